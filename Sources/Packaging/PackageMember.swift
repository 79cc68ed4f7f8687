package import SystemPackage

/// One file of a bag: where it stands, what is in it, when it was last changed.
package struct PackageMember: Sendable {
    /// Where the bytes come from.
    package enum Content: Sendable {
        /// A file on disk, with the length in bytes and the SHA-512 (hexadecimal, either case) that it must turn out to have.
        case file(FilePath, size: Int, sha512: String)
        /// Bytes at hand.
        case bytes([UInt8])
    }

    /// The path below the bag's folder, components parted by `/`: below `data/` a payload file, else a tag file.
    ///
    /// Two paths are the same when their UTF-8 bytes are; names that differ by Unicode form only are two names.
    package let path: String
    /// Where the bytes come from.
    package let content: Content
    /// Time of last change, whole seconds since 1970.
    package let modified: Int

    /// A member out of its parts.
    package init(path: String, content: Content, modified: Int) {
        self.path = path
        self.content = content
        self.modified = modified
    }

    var isPayload: Bool { path.utf8.starts(with: "data/".utf8) }

    /// Length in bytes, as promised.
    var size: Int {
        switch content {
        case .file(_, let size, _): size
        case .bytes(let bytes): bytes.count
        }
    }
}
