import Fixity
package import Foundation

/// An OCFL 1.1 inventory: what an object holds, version by version.
///
/// <https://ocfl.io/1.1/spec/#inventory>. Digests are lower-case hexadecimal SHA-512.
package struct Inventory: Hashable, Sendable, Codable {
    /// The value of `type` in OCFL 1.1.
    package static let type = "https://ocfl.io/1.1/spec/#inventory"

    /// The object's id, a URI.
    package let id: String
    /// The specification that it follows.
    package let type: String
    /// The content-addressing algorithm.
    package let digestAlgorithm: String
    /// The newest version.
    package var head: String
    /// Digest → the content paths that hold those bytes, relative to the object's root.
    package var manifest: [String: [String]]
    /// Version folder → what the version says.
    package var versions: [String: Version]

    /// One version.
    package struct Version: Hashable, Sendable, Codable {
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
    package struct User: Hashable, Sendable, Codable {
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
        manifest = [:]
        versions = [:]
    }

    /// Reads an inventory; throws `DecodingError` where a part is missing or of the wrong kind.
    package init(json: Data) throws {
        self = try JSONDecoder().decode(Inventory.self, from: json)
    }

    /// The bytes to write: keys sorted, indented, the same for the same inventory.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return try encoder.encode(self) + [UInt8(ascii: "\n")]
    }

    /// The newest version's number; nil where `head` is no version.
    package var headNumber: VersionNumber? { VersionNumber(head) }

    /// What a version shows: logical path and digest, in the order of the paths' bytes.
    package func files(in version: VersionNumber) -> [LogicalFile]? {
        guard let state = versions[version.description]?.state else { return nil }
        var files: [LogicalFile] = []
        for (digest, paths) in state {
            files += paths.map { LogicalFile(path: $0, digest: digest) }
        }
        return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}

/// A file as a version shows it.
package struct LogicalFile: Hashable, Sendable {
    /// The path within the version.
    package let path: String
    /// SHA-512, hexadecimal.
    package let digest: String
}
