/// Reads an inventory token by token into a `ParsedInventory`, and enters what breaks its structure.
///
/// Holds no more than the names that the inventory holds. What is wrong is entered at its line and byte, and the reading goes
/// on; only JSON that cannot be understood ends it.
struct InventoryReader {
    let log: FindingLog
    let pools: NamePools
    /// The version folder of the inventory; nil for the object's root.
    let version: String?
    /// The inventory's path within the object.
    let path: String

    /// Marks of what the block at hand has named: one number a name, compared with the block's own.
    private var pathMarks: [UInt32] = []
    private var digestMarks: [UInt32] = []
    private var block: UInt32 = 0

    init(log: FindingLog, pools: NamePools, version: String?, path: String) {
        self.log = log
        self.pools = pools
        self.version = version
        self.path = path
    }

    /// What the digests and paths of a block are, and which codes its rules have.
    struct BlockKind {
        let what: String
        /// The version that a `state` belongs to.
        let version: String?
        let notAnArray: OCFLCode
        let notAText: OCFLCode
        let twice: OCFLCode
        let ends: OCFLCode
        let element: OCFLCode
        let samePath: OCFLCode
        let isContent: Bool

        static let manifest = BlockKind(
            what: "manifest",
            version: nil,
            notAnArray: .E092,
            notAText: .E098,
            twice: .E096,
            ends: .E100,
            element: .E099,
            samePath: .E101,
            isContent: true
        )

        static func state(_ version: String) -> BlockKind {
            BlockKind(
                what: "state",
                version: version,
                notAnArray: .E051,
                notAText: .E051,
                twice: .E033,
                ends: .E053,
                element: .E052,
                samePath: .E095,
                isContent: false
            )
        }

        static func fixity(_ algorithm: [UInt8]) -> BlockKind {
            BlockKind(
                what: "fixity \(Shown.text(algorithm))",
                version: nil,
                notAnArray: .E057,
                notAText: .E057,
                twice: .E097,
                ends: .E100,
                element: .E099,
                samePath: .E101,
                isContent: true
            )
        }
    }

    /// Reads a whole inventory.
    ///
    /// - Returns: what it says; nil where it is no JSON, or no JSON object, which is entered.
    /// - Throws: what the source throws.
    mutating func read(_ source: ByteSource) throws -> ParsedInventory? {
        let tokens = JSONTokenizer(source)
        defer { for flaw in tokens.flaws { find(.E033, "\(flaw)", "JSON in UTF-8, as RFC 8259 has it") } }
        do {
            let first = try tokens.next()
            guard first == .beginObject else {
                find(.E033, "the inventory is \(Self.kind(first))", "a JSON object")
                try tokens.skip(first)
                _ = try tokens.next()
                return nil
            }
            let inventory = try readRoot(tokens)
            _ = try tokens.next()
            return inventory
        } catch let fault as JSONFault {
            find(.E033, "\(fault)", "JSON as RFC 8259 has it")
            return nil
        }
    }

    private func find(_ code: OCFLCode, _ found: String, _ expected: String, of version: String? = nil) {
        log.add(code, version: version ?? self.version, path: path, found: found, expected: expected)
    }

    private static func kind(_ token: JSONTokenizer.Token) -> String {
        switch token {
        case .beginObject: "an object"
        case .beginArray: "an array"
        case .string: "a text"
        case .number: "a number"
        case .yes, .no: "a truth value"
        case .null: "null"
        case .name, .endObject, .endArray, .end: "nothing"
        }
    }

    private mutating func readRoot(_ tokens: JSONTokenizer) throws -> ParsedInventory {
        var inventory = ParsedInventory()
        try readObject(tokens, "the inventory") { reader, key, name in
            switch key {
            case "id": inventory.id = try reader.field(tokens)
            case "type": inventory.type = try reader.field(tokens)
            case "digestAlgorithm": inventory.digestAlgorithm = try reader.field(tokens)
            case "head": inventory.head = try reader.field(tokens)
            case "contentDirectory": inventory.contentDirectory = try reader.field(tokens)
            case "manifest":
                inventory.manifestPart = try reader.part(tokens)
                guard inventory.manifestPart == .object else { return }
                inventory.manifest = try reader.readBlock(tokens, .manifest)
            case "versions":
                inventory.versionsPart = try reader.part(tokens)
                guard inventory.versionsPart == .object else { return }
                inventory.versions = try reader.readVersions(tokens)
            case "fixity":
                inventory.fixityPart = try reader.part(tokens)
                guard inventory.fixityPart == .object else { return }
                inventory.fixity = try reader.readFixity(tokens)
            default:
                inventory.unknownKeys.append(name)
                try reader.unknown(name, "the inventory", tokens)
            }
        }
        return inventory
    }

    /// Reads an object whose keys are few, up to its end; a key that comes again is entered.
    private mutating func readObject(
        _ tokens: JSONTokenizer,
        _ what: String,
        of version: String? = nil,
        _ each: (inout InventoryReader, String, [UInt8]) throws -> Void
    ) throws {
        var seen: Set<[UInt8]> = []
        while try tokens.next() == .name {
            let name = tokens.text
            if !seen.insert(name).inserted {
                let found = "\(tokens.place): the key \(Shown.quoted(name)) stands twice in \(what)"
                find(.E033, found, "each key once", of: version)
            }
            try each(&self, String(decoding: name, as: UTF8.self), name)
        }
    }

    private func unknown(_ name: [UInt8], _ what: String, _ tokens: JSONTokenizer, of version: String? = nil) throws {
        let found = "\(tokens.place): \(what) has the key \(Shown.quoted(name))"
        find(.E102, found, "no keys but those that the specification describes", of: version)
        try tokens.skip(try tokens.next())
    }

    private func field(_ tokens: JSONTokenizer) throws -> InventoryField {
        let token = try tokens.next()
        if token == .string { return .text(tokens.text) }
        try tokens.skip(token)
        return .other(Self.kind(token))
    }

    /// Opens an object, or reads over what stands in its place.
    private func part(_ tokens: JSONTokenizer) throws -> InventoryPart {
        let token = try tokens.next()
        if token == .beginObject { return .object }
        try tokens.skip(token)
        return .other(Self.kind(token))
    }

    private mutating func readFixity(_ tokens: JSONTokenizer) throws -> [(name: [UInt8], block: DigestBlock)] {
        var blocks: [(name: [UInt8], block: DigestBlock)] = []
        try readObject(tokens, "the block of fixity") { reader, _, name in
            let part = try reader.part(tokens)
            guard part == .object else {
                if case .other(let kind) = part {
                    reader.find(.E057, "the block of \(Shown.quoted(name)) is \(kind)", "an object as the manifest is")
                }
                return
            }
            blocks.append((name, try reader.readBlock(tokens, .fixity(name))))
        }
        return blocks
    }

    private mutating func readVersions(_ tokens: JSONTokenizer) throws -> [ParsedVersion] {
        var versions: [ParsedVersion] = []
        try readObject(tokens, "the block of versions") { reader, _, name in
            let part = try reader.part(tokens)
            guard part == .object else {
                if case .other(let kind) = part {
                    let shown = Shown.text(name)
                    reader.find(.E047, "the version '\(shown)' is \(kind)", "an object", of: shown)
                }
                return
            }
            versions.append(try reader.readVersion(tokens, name))
        }
        return versions
    }

    private mutating func readVersion(_ tokens: JSONTokenizer, _ name: [UInt8]) throws -> ParsedVersion {
        var version = ParsedVersion(name: name)
        let shown = version.shownName
        try readObject(tokens, "the version '\(shown)'", of: shown) { reader, key, name in
            switch key {
            case "created": version.created = try reader.field(tokens)
            case "message": version.message = try reader.field(tokens)
            case "user":
                version.user = try reader.part(tokens)
                guard version.user == .object else { return }
                try reader.readObject(tokens, "the user of '\(shown)'", of: shown) { reader, key, name in
                    switch key {
                    case "name": version.userName = try reader.field(tokens)
                    case "address": version.userAddress = try reader.field(tokens)
                    default: try reader.unknown(name, "the user of '\(shown)'", tokens, of: shown)
                    }
                }
            case "state":
                version.statePart = try reader.part(tokens)
                guard version.statePart == .object else { return }
                version.state = try reader.readBlock(tokens, .state(shown))
            default: try reader.unknown(name, "the version '\(shown)'", tokens, of: shown)
            }
        }
        return version
    }
}

// MARK: - Blocks of digests

extension InventoryReader {
    private mutating func readBlock(_ tokens: JSONTokenizer, _ kind: BlockKind) throws -> DigestBlock {
        var result = DigestBlock()
        block += 1
        while try tokens.next() == .name {
            let digest = pools.digests.intern(tokens.text)
            if !Self.mark(&digestMarks, pools.digests.folded(digest), of: pools.digests.count, in: block) {
                let found = "\(tokens.place): the \(kind.what) names the digest \(Shown.quoted(tokens.text)) twice"
                find(kind.twice, found, "each digest once, whatever its case", of: kind.version)
            }
            result.begin(digest)
            let token = try tokens.next()
            guard token == .beginArray else {
                let found = "\(tokens.place): in the \(kind.what), \(Self.kind(token)) stands behind a digest"
                find(kind.notAnArray, found, "an array of paths", of: kind.version)
                try tokens.skip(token)
                continue
            }
            try readPaths(tokens, kind, into: &result)
        }
        findConflicts(in: result, kind)
        return result
    }

    private mutating func readPaths(_ tokens: JSONTokenizer, _ kind: BlockKind, into result: inout DigestBlock) throws {
        while true {
            let token = try tokens.next()
            if token == .endArray { return }
            guard token == .string else {
                let found = "\(tokens.place): in the \(kind.what), \(Self.kind(token)) stands in place of a path"
                find(kind.notAText, found, "a text", of: kind.version)
                try tokens.skip(token)
                continue
            }
            let form = PathForm(tokens.text)
            if form.hasSlashAtAnEnd {
                let found = "the \(kind.what) names the path \(Shown.quoted(tokens.text))"
                find(kind.ends, found, "a path without '/' at its beginning and end", of: kind.version)
            }
            if form.hasForbiddenElement {
                let found = "the \(kind.what) names the path \(Shown.quoted(tokens.text))"
                find(kind.element, found, "a path without '.', '..' and empty elements", of: kind.version)
            }
            // A content path of another form leads somewhere else, and is never followed.
            if kind.isContent, !form.isPlain { continue }
            let path = pools.paths.intern(tokens.text)
            guard Self.mark(&pathMarks, path, of: pools.paths.count, in: block) else {
                let found = "the \(kind.what) names the path \(Shown.quoted(tokens.text)) twice"
                find(kind.samePath, found, "each path once", of: kind.version)
                continue
            }
            result.append(path)
        }
    }

    /// Enters paths of which one is the folder of another.
    private func findConflicts(in result: DigestBlock, _ kind: BlockKind) {
        for path in result.allPaths {
            let folder = pools.paths.firstFolder(of: path) { $0 < pathMarks.count && pathMarks[Int($0)] == block }
            guard let folder else { continue }
            let found =
                "the \(kind.what) names \(Shown.quoted(pools.paths[folder])) as a file, and as the folder of "
                + Shown.quoted(pools.paths[path])
            find(kind.samePath, found, "no file that is the folder of another", of: kind.version)
        }
    }

    /// Marks a name as named by the block at hand; false where it is already.
    private static func mark(_ marks: inout [UInt32], _ id: BytePool.ID, of count: Int, in block: UInt32) -> Bool {
        if marks.count < count { marks.append(contentsOf: repeatElement(0, count: count - marks.count)) }
        guard marks[Int(id)] != block else { return false }
        marks[Int(id)] = block
        return true
    }
}

/// Whether a path can be followed.
struct PathForm {
    /// Whether it begins or ends with a slash.
    let hasSlashAtAnEnd: Bool
    /// Whether it is empty, or one of its elements is empty, `.` or `..`.
    let hasForbiddenElement: Bool

    /// Whether it is elements, joined by single slashes, that lead downwards only.
    var isPlain: Bool { !hasSlashAtAnEnd && !hasForbiddenElement }

    init(_ path: some BidirectionalCollection<UInt8>) {
        let slash = UInt8(ascii: "/")
        hasSlashAtAnEnd = path.first == slash || path.last == slash
        var inner = path[...]
        if inner.first == slash { inner = inner.dropFirst() }
        if inner.last == slash { inner = inner.dropLast() }
        var length = 0
        var dots = 0
        var isForbidden = path.isEmpty || (inner.isEmpty && path.count > 1)
        for byte in inner {
            if byte == slash {
                if length == 0 || (length == dots && length <= 2) { isForbidden = true }
                (length, dots) = (0, 0)
            } else {
                length += 1
                if byte == UInt8(ascii: ".") { dots += 1 }
            }
        }
        if !inner.isEmpty, length == 0 || (length == dots && length <= 2) { isForbidden = true }
        hasForbiddenElement = isForbidden
    }
}
