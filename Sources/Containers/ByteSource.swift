import FileSafety
import SystemPackage

/// Bytes that come piece by piece, from a file or out of a compression.
protocol ByteSource: AnyObject {
    /// The next piece, valid until the next call; an empty one at the end.
    ///
    /// - Throws: `ContainerFault` for damage, `FileSafetyError` for what the file system would not do.
    func next() throws -> UnsafeRawBufferPointer

    /// How many bytes of the file have been taken so far.
    var consumed: Int { get }
}

/// Damage that ends the reading of a container: the finding that tells it.
package struct ContainerFault: Error {
    /// What is wrong.
    package let finding: ContainerFinding

    /// A fault out of its parts.
    package init(
        _ rule: ContainerRule,
        _ path: [UInt8]? = nil,
        found: String,
        expected: String? = nil,
        limit: ContainerLimits.Kind? = nil
    ) {
        finding = ContainerFinding(.invalid, rule, path, found: found, expected: expected, limit: limit)
    }
}

/// The bytes of a file from its start.
@safe
final class FileSource: ByteSource {
    /// Small enough for a core's own cache, so that what reads the piece next finds it there.
    private static let piece = 1 << 18

    private let file: OpenFile
    private let buffer: UnsafeMutableRawBufferPointer
    private let before: FileStatus
    private(set) var consumed = 0

    /// Opens a regular file.
    init(_ path: FilePath) throws {
        file = try OpenFile.reading(path)
        before = try file.status()
        unsafe buffer = .allocate(byteCount: Self.piece, alignment: 4096)
    }

    deinit { unsafe buffer.deallocate() }

    /// Length in bytes, when it was opened.
    var size: Int { before.size }

    func next() throws -> UnsafeRawBufferPointer {
        let count = try unsafe file.read(into: buffer)
        consumed += count
        return unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }

    /// Goes on from another place.
    func seek(to offset: Int) throws { try file.seek(to: offset) }

    /// Begins at another place than the start; what lies before counts as taken.
    func start(at offset: Int) throws {
        try file.seek(to: offset)
        consumed = offset
    }

    /// Bytes from a place; fewer than asked for only at the end.
    func bytes(at offset: Int, count: Int) throws -> [UInt8] {
        try unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = try unsafe file.read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
        }
    }

    /// Whether the file is still what it was when it was opened.
    func isUnchanged() throws -> Bool { try file.status() == before }
}
