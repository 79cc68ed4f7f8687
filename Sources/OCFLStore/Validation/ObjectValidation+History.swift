/// An older inventory against the newest one.
extension ObjectValidation {
    func compare(_ own: ParsedInventory, with root: ParsedInventory, version: String, path: String) {
        if own.id != root.id, own.id != .absent, root.id != .absent {
            let found = "the id \(own.id.shown)"
            log.add(
                .E110,
                version: version,
                path: path,
                found: found,
                expected: "\(root.id.shown), as in the object's root"
            )
        }
        let keys = DigestKeys(own, root, pools)
        for earlier in own.versions {
            let name = earlier.shownName
            guard let later = root.version(named: earlier.name) else {
                guard root.versionsPart == .object else { continue }
                let found = "the version '\(name)'"
                log.add(
                    .E066,
                    version: name,
                    path: path,
                    found: found,
                    expected: "a version that the newest inventory has"
                )
                continue
            }
            if earlier.statePart == .object, later.statePart == .object,
                let difference = keys.difference(of: earlier.state, from: later.state)
            {
                log.add(
                    .E066,
                    version: name,
                    path: path,
                    found: "the state of '\(name)' differs at \(Shown.quoted(pools.paths[difference]))",
                    expected: "the state that the newest inventory has for '\(name)'"
                )
            }
            compareMetadata(earlier, later, path: path)
        }
    }

    private func compareMetadata(_ earlier: ParsedVersion, _ later: ParsedVersion, path: String) {
        let fields: [(String, InventoryField, InventoryField)] = [
            ("created", earlier.created, later.created), ("message", earlier.message, later.message),
            ("name of the user", earlier.userName, later.userName),
            ("address of the user", earlier.userAddress, later.userAddress),
        ]
        for (name, old, new) in fields where old != new {
            log.add(
                .W011,
                version: earlier.shownName,
                path: path,
                found: "for '\(earlier.shownName)' the \(name) \(old.shown)",
                expected: "\(new.shown), as the newest inventory has it"
            )
        }
    }
}

/// Makes digests of two inventories comparable, also where they are of different algorithms.
///
/// Two digests mean the same bytes when they are the same, whatever their case; across algorithms, when the newer manifest
/// names the content of the older one under its own digest.
private final class DigestKeys {
    private let pools: NamePools
    /// By path: what the newer state shows there.
    ///
    /// Empty between two comparisons, so that each costs its own paths only.
    private var shown: [BytePool.ID] = []
    private let translation: [BytePool.ID: BytePool.ID]?

    init(_ own: ParsedInventory, _ root: ParsedInventory, _ pools: NamePools) {
        self.pools = pools
        guard own.digestAlgorithm != root.digestAlgorithm else {
            translation = nil
            return
        }
        var rootDigests: [BytePool.ID: BytePool.ID] = [:]
        for (index, digest) in root.manifest.digests.enumerated() {
            for path in root.manifest.paths(index) { rootDigests[path] = pools.digests.folded(digest) }
        }
        var translation: [BytePool.ID: BytePool.ID] = [:]
        for (index, digest) in own.manifest.digests.enumerated() {
            if let path = own.manifest.paths(index).first, let known = rootDigests[path] {
                translation[pools.digests.folded(digest)] = known
            }
        }
        self.translation = translation
    }

    private func key(_ digest: BytePool.ID) -> BytePool.ID? {
        let folded = pools.digests.folded(digest)
        guard let translation else { return folded }
        return translation[folded]
    }

    /// The first logical path that two states show otherwise; nil where they are the same.
    func difference(of own: DigestBlock, from root: DigestBlock) -> BytePool.ID? {
        let none = BytePool.ID.max
        if shown.count < pools.paths.count {
            shown.append(contentsOf: repeatElement(none, count: pools.paths.count - shown.count))
        }
        defer { for path in root.allPaths { shown[Int(path)] = none } }
        for (index, digest) in root.digests.enumerated() {
            let folded = pools.digests.folded(digest)
            for path in root.paths(index) { shown[Int(path)] = folded }
        }
        var first: BytePool.ID?
        for (index, digest) in own.digests.enumerated() {
            let key = key(digest)
            for path in own.paths(index) {
                if first == nil, shown[Int(path)] == none || shown[Int(path)] != key { first = path }
                shown[Int(path)] = none
            }
        }
        if let first { return first }
        return root.allPaths.first { shown[Int($0)] != none }
    }
}
