import Fixity

/// An OCFL inventory: what an object holds, version by version.
///
/// <https://ocfl.io/1.1/spec/#inventory>. The archive writes OCFL 1.1 and lower-case SHA-512; what other programs wrote is
/// read as it is.
package struct Inventory: Hashable, Sendable {
    /// The value of `type` in OCFL 1.1.
    package static let type = OCFLVersion.v1_1.inventoryType

    /// The object's id, a URI.
    package let id: String
    /// The specification that it follows.
    package let type: String
    /// The content-addressing algorithm.
    package let digestAlgorithm: String
    /// The newest version.
    package var head: String
    /// The content folder's name, where it is not `content`.
    package let contentDirectory: String?
    /// Digest → the content paths that hold those bytes, relative to the object's root.
    package var manifest: [String: [String]]
    /// Version folder → what the version says.
    package var versions: [String: Version]
    /// Algorithm → digest → content paths; empty where there is none.
    package let fixity: [String: [String: [String]]]

    /// One version.
    package struct Version: Hashable, Sendable {
        /// When it was made, RFC 3339.
        package let created: String
        /// Why it was made.
        package let message: String?
        /// Digest → the logical paths that the version shows those bytes under.
        package let state: [String: [String]]
        /// Who made it.
        package let user: User?

        /// A version out of its parts.
        package init(created: String, message: String?, state: [String: [String]], user: User?) {
            self.created = created
            self.message = message
            self.state = state
            self.user = user
        }
    }

    /// A person or program that made a version.
    package struct User: Hashable, Sendable {
        /// The name.
        package let name: String
        /// A URI that tells them apart from others of that name.
        package let address: String?

        /// A user out of its parts.
        package init(name: String, address: String?) {
            self.name = name
            self.address = address
        }
    }

    /// An inventory of an object that has no version yet; not to be written like this.
    init(newObject id: String) {
        self.id = id
        type = Self.type
        digestAlgorithm = DigestAlgorithm.sha512.rawValue
        head = ""
        contentDirectory = nil
        manifest = [:]
        versions = [:]
        fixity = [:]
    }

    /// Reads an inventory by the same rules as the validator.
    ///
    /// - Throws: `InventoryFault` where a part is missing, is of the wrong kind, or names a content path that could lead out
    ///   of the object.
    package init(json: [UInt8]) throws {
        let log = FindingLog(object: nil)
        let pools = NamePools()
        var reader = InventoryReader(log: log, pools: pools, version: nil, path: "inventory.json")
        let parsed = try reader.read(ByteSource(bytes: json, buffer: PieceBuffer()))
        // What merely should not be there hinders nobody.
        if let fault = log.findings.first(where: { $0.code != .E102 }) {
            throw InventoryFault(description: "\(fault.code.rawValue): \(fault.found)")
        }
        guard let parsed else { throw InventoryFault(description: "no JSON object") }
        try self.init(parsed, pools)
    }

    private init(_ parsed: ParsedInventory, _ pools: NamePools) throws {
        func text(_ field: InventoryField, _ key: String) throws -> String {
            guard let bytes = field.bytes else { throw InventoryFault(description: "'\(key)' is \(field.shown)") }
            return String(decoding: bytes, as: UTF8.self)
        }
        func block(_ block: DigestBlock) -> [String: [String]] {
            var result: [String: [String]] = [:]
            for (index, digest) in block.digests.enumerated() {
                let paths = block.paths(index).map { String(decoding: pools.paths[$0], as: UTF8.self) }
                result[String(decoding: pools.digests.text(digest), as: UTF8.self), default: []] += paths
            }
            return result
        }
        guard parsed.manifestPart == .object, parsed.versionsPart == .object else {
            throw InventoryFault(description: "'manifest' or 'versions' is missing")
        }
        id = try text(parsed.id, "id")
        type = try text(parsed.type, "type")
        digestAlgorithm = try text(parsed.digestAlgorithm, "digestAlgorithm")
        head = try text(parsed.head, "head")
        contentDirectory =
            parsed.contentDirectory == .absent ? nil : String(decoding: parsed.contentFolder, as: UTF8.self)
        manifest = block(parsed.manifest)
        var versions: [String: Version] = [:]
        for version in parsed.versions {
            guard version.statePart == .object else { throw InventoryFault(description: "a version has no state") }
            versions[version.shownName] = Version(
                created: try text(version.created, "created"),
                message: version.message == .absent ? nil : try text(version.message, "message"),
                state: block(version.state),
                user: version.user == .object
                    ? User(
                        name: try text(version.userName, "name"),
                        address: version.userAddress == .absent ? nil : try text(version.userAddress, "address")
                    ) : nil
            )
        }
        self.versions = versions
        var fixity: [String: [String: [String]]] = [:]
        for (name, found) in parsed.fixity { fixity[String(decoding: name, as: UTF8.self)] = block(found) }
        self.fixity = fixity
    }

    /// The newest version's number; nil where `head` is no version, or a padded one.
    package var headNumber: VersionNumber? { VersionNumber(head) }

    /// What a version shows: logical path and digest, in the order of the paths' bytes.
    package func files(in version: VersionNumber) -> [LogicalFile]? {
        let padded = versions.keys.first { VersionName($0.utf8)?.number == version.number }
        guard let state = (versions[version.description] ?? padded.flatMap { versions[$0] })?.state else { return nil }
        var files: [LogicalFile] = []
        for (digest, paths) in state {
            files += paths.map { LogicalFile(path: $0, digest: digest) }
        }
        return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}

/// An inventory that cannot be followed, and why.
package struct InventoryFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, in words.
    package let description: String
}

/// A file as a version shows it.
package struct LogicalFile: Hashable, Sendable {
    /// The path within the version.
    package let path: String
    /// SHA-512, hexadecimal.
    package let digest: String
}
