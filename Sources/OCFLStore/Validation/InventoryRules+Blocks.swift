import Fixity

extension InventoryRules {
    /// The algorithm of manifest and states, where it is one of the two.
    var algorithm: DigestAlgorithm? {
        switch inventory.digestAlgorithm.bytes.map({ String(decoding: $0, as: UTF8.self) }) {
        case "sha512": .sha512
        case "sha256": .sha256
        default: nil
        }
    }

    /// The form of the manifest's digests, and that each is used.
    func checkManifest() {
        guard inventory.manifestPart == .object else { return }
        var isUsed = [Bool](repeating: false, count: pools.digests.count)
        for version in inventory.versions {
            for digest in version.state.digests { isUsed[Int(pools.digests.folded(digest))] = true }
        }
        let statesAreKnown =
            inventory.versionsPart == .object && !inventory.versions.isEmpty
            && inventory.versions.allSatisfy { $0.statePart == .object }
        for (index, digest) in inventory.manifest.digests.enumerated() {
            if let algorithm { checkForm(of: digest, .digest(algorithm), in: "manifest", isAddress: true) }
            if inventory.manifest.paths(index).isEmpty {
                let found = "the manifest names no content for \(shown(digest))"
                find(.E092, found, "the content paths of the files with that digest")
            }
            // 1.0 asks only that every content file be there, not that it be used.
            if rules == .v1_1, statesAreKnown, !isUsed[Int(pools.digests.folded(digest))] {
                find(.E107, "the manifest names \(shown(digest))", "a digest that some version uses")
            }
        }
    }

    private func shown(_ digest: BytePool.ID) -> String { Shown.quoted(pools.digests.text(digest)) }

    /// Where the digest addresses content, one of the other algorithm's length is taken for one of that algorithm.
    private func checkForm(of digest: BytePool.ID, _ kind: FixityKind, in place: String, isAddress: Bool) {
        switch kind {
        case .digest(let algorithm):
            let length = pools.digests.value(digest)?.count
            guard length != algorithm.byteCount else { return }
            let isOther = length == DigestAlgorithm.sha256.byteCount || length == DigestAlgorithm.sha512.byteCount
            find(
                isAddress && isOther ? .E039 : kind.formCode,
                "the \(place) names \(shown(digest))",
                "\(algorithm.rawValue) in \(algorithm.byteCount * 2) hexadecimal digits"
            )
        case .size:
            guard !pools.digests.isDecimal(digest) else { return }
            find(kind.formCode, "the \(place) names the size \(shown(digest))", "a number of bytes, not padded")
        }
    }

    /// Every content path begins with a version folder, by its own name, and the content folder in it.
    func checkContentPaths() {
        let contentFolder = inventory.contentFolder
        let isSet = inventory.contentDirectory.bytes != nil
        let folders = Set(inventory.versions.map { ArraySlice($0.name) })
        var good: [UInt8] = []
        for path in inventory.manifest.allPaths {
            let bytes = pools.paths[path]
            if !good.isEmpty, bytes.count > good.count, bytes.starts(with: good) { continue }
            let slash = bytes.firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
            let folder = bytes[..<slash]
            guard folders.contains(folder) || folders.isEmpty else {
                checkForeignFolder(folder, of: bytes)
                continue
            }
            let rest = bytes[slash...].dropFirst()
            let name = rest.prefix { $0 != UInt8(ascii: "/") }
            if name.elementsEqual(contentFolder), name.count < rest.count {
                good = Array(folder) + [UInt8(ascii: "/")] + contentFolder + [UInt8(ascii: "/")]
            } else {
                find(
                    isSet ? .E016 : .E021,
                    "the manifest names \(Shown.quoted(bytes))",
                    "a path below '\(Shown.text(folder))/\(Shown.text(contentFolder))/'",
                    of: Shown.text(folder)
                )
            }
        }
    }

    private func checkForeignFolder(_ folder: ArraySlice<UInt8>, of path: ArraySlice<UInt8>) {
        let found = "the manifest names \(Shown.quoted(path))"
        if folder.count == path.count, path.contains(UInt8(ascii: "\\")) {
            find(.E035, found, "a path whose elements are joined by '/'")
        } else if let named = VersionName(folder),
            let actual = inventory.versions.first(where: { VersionName($0.name)?.number == named.number })
        {
            find(.E014, found, "the version folder by its name, '\(actual.shownName)'")
        } else {
            find(.E042, found, "a path from the object's root, through the folder of a version")
        }
    }

    func checkFixity() {
        guard !inventory.fixity.isEmpty else { return }
        var isContent = [Bool](repeating: false, count: pools.paths.count)
        for path in inventory.manifest.allPaths { isContent[Int(path)] = true }
        for (name, block) in inventory.fixity {
            let kind = FixityKind(name: name)
            if kind == nil {
                log.add(
                    .E028,
                    version: version,
                    path: path,
                    found: "the block of fixity has \(block.count) digests by \(Shown.quoted(name))",
                    expected: "an algorithm of OCFL or of extension 0009; these digests were not checked",
                    as: .note,
                    by: rules
                )
            }
            for digest in block.digests {
                if let kind { checkForm(of: digest, kind, in: "block of fixity", isAddress: false) }
            }
            for path in block.allPaths where !isContent[Int(path)] && inventory.manifestPart == .object {
                let found = "the fixity by \(Shown.quoted(name)) names \(Shown.quoted(pools.paths[path]))"
                find(.E057, found, "a content path that stands in the manifest")
            }
        }
    }
}
