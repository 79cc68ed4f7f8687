import Fixity

/// What all inventories of an object say about the bytes of its content files.
///
/// Each statement is held once, however many inventories repeat it.
struct ContentExpectations {
    /// One statement.
    struct Statement {
        /// What is held against the file.
        let kind: FixityKind
        /// The digest in lower case.
        let digest: BytePool.ID
        /// Whether a manifest says it; else a block of fixity.
        let isManifest: Bool
        /// The inventory that says it first: 0 for the object's root, else the version's number.
        let inventory: Int
        fileprivate let next: UInt32
    }

    private var heads: [UInt32] = []
    private var statements: [Statement] = []

    /// Adds a statement about a path, unless it is known.
    mutating func add(
        _ path: BytePool.ID,
        _ kind: FixityKind,
        _ digest: BytePool.ID,
        isManifest: Bool,
        by inventory: Int
    ) {
        let index = Int(path)
        if heads.count <= index { heads.append(contentsOf: repeatElement(0, count: index + 1 - heads.count)) }
        var known = heads[index]
        while known != 0 {
            let statement = statements[Int(known) - 1]
            if statement.digest == digest, statement.kind == kind, statement.isManifest == isManifest { return }
            known = statement.next
        }
        statements.append(
            Statement(kind: kind, digest: digest, isManifest: isManifest, inventory: inventory, next: heads[index])
        )
        heads[index] = UInt32(statements.count)
    }

    /// The statements about a path, in the order in which they were added.
    func about(_ path: BytePool.ID) -> [Statement] {
        guard Int(path) < heads.count else { return [] }
        var found: [Statement] = []
        var next = heads[Int(path)]
        while next != 0 {
            found.append(statements[Int(next) - 1])
            next = statements[Int(next) - 1].next
        }
        return found.reversed()
    }

    /// Whether anything is said about a path.
    func isExpected(_ path: BytePool.ID) -> Bool { Int(path) < heads.count && heads[Int(path)] != 0 }

    /// Adds all that an inventory says of content; what is not written as a digest must be is left out, having been named.
    mutating func add(_ parsed: ParsedInventory, pools: NamePools, by inventory: Int) {
        let algorithm = parsed.digestAlgorithm.bytes.flatMap { FixityKind(name: $0) }
        switch algorithm {
        case .digest(.sha512), .digest(.sha256):
            if let algorithm { add(parsed.manifest, algorithm, isManifest: true, pools: pools, by: inventory) }
        default: break
        }
        for (name, block) in parsed.fixity {
            guard let kind = FixityKind(name: name) else { continue }
            add(block, kind, isManifest: false, pools: pools, by: inventory)
        }
    }

    private mutating func add(
        _ block: DigestBlock,
        _ kind: FixityKind,
        isManifest: Bool,
        pools: NamePools,
        by inventory: Int
    ) {
        for (index, digest) in block.digests.enumerated() {
            switch kind {
            case .digest(let algorithm): if pools.digests.value(digest)?.count != algorithm.byteCount { continue }
            case .size: if !pools.digests.isDecimal(digest) { continue }
            }
            let folded = pools.digests.folded(digest)
            for path in block.paths(index) { add(path, kind, folded, isManifest: isManifest, by: inventory) }
        }
    }
}
