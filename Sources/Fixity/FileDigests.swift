package import FileSafety
package import SystemPackage

/// What one pass over a file found.
package struct FileReading: Hashable, Sendable {
    /// The digest of the bytes that came.
    package let digest: Digest
    /// Further digests of the same bytes, in the order in which they were asked for.
    package let further: [Digest]
    /// How many bytes came.
    package let size: Int
    /// Time of last change before the first byte was read, whole seconds since 1970.
    package let modified: Int

    /// A reading out of its parts.
    package init(digest: Digest, further: [Digest] = [], size: Int, modified: Int) {
        self.digest = digest
        self.further = further
        self.size = size
        self.modified = modified
    }
}

/// What one pass over a file found, whose digest may still be in the making.
package struct PendingReading: Sendable {
    private enum Making: Sendable {
        case done(Digest)
        case behind(BackgroundDigest)
    }

    private let making: Making
    /// How many bytes came.
    package let size: Int

    init(size: Int, digest: Digest) {
        self.size = size
        making = .done(digest)
    }

    init(size: Int, behind: BackgroundDigest) {
        self.size = size
        making = .behind(behind)
    }

    /// The digest of the bytes that came, as soon as it is made; consumed, for it is given once.
    package consuming func digest() -> Digest? {
        switch making {
        case .done(let digest): digest
        case .behind(let background): background.finish()
        }
    }
}

/// A file that was not the same before and after it was read.
package struct FileChangedError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    package let path: FilePath

    /// The error for a file.
    package init(path: FilePath) { self.path = path }

    /// One line: what, which, why, what to do.
    package var description: String {
        "'\(path.string)' changed while it was being read: wait until nobody writes to it, then run the command again"
    }
}

/// Reads files once, and digests what comes on the way.
///
/// Holds one buffer of 1 MiB, reused for every file; give each thread its own.
@safe
package final class FileDigester {
    private let buffer: UnsafeMutableRawBufferPointer
    private let algorithm: DigestAlgorithm

    /// A reader with a buffer of its own.
    ///
    /// - Parameters:
    ///   - algorithm: which digest is made.
    ///   - bufferSize: how many bytes are read at a time.
    package init(_ algorithm: DigestAlgorithm = .sha512, bufferSize: Int = 1 << 20) {
        unsafe buffer = .allocate(byteCount: bufferSize, alignment: 4096)
        self.algorithm = algorithm
    }

    deinit { unsafe buffer.deallocate() }

    /// Digests a file from its position to its end.
    ///
    /// - Throws: as the form with a sink.
    package func read(_ file: borrowing OpenFile) throws -> FileReading {
        try unsafe read(file, sink: { _ in })
    }

    /// Digests a file from its position to its end, and hands every piece on.
    ///
    /// - Parameters:
    ///   - file: the file, at its start.
    ///   - further: algorithms of which the same pass makes digests too.
    ///   - sink: given every piece in order, before the next is read; the piece is valid during the call only.
    /// - Returns: digest and length of what came.
    /// - Throws: `FileChangedError` where length, time or identity differ after the reading; `FileSafetyError`; and what
    ///   the sink throws.
    package func read(
        _ file: borrowing OpenFile,
        further: [DigestAlgorithm] = [],
        sink: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> FileReading {
        let before = try file.status()
        var context = DigestContext(algorithm)
        let others = DigestGroup(further)
        var size = 0
        while true {
            let count = try unsafe file.read(into: buffer)
            guard count > 0 else { break }
            size += count
            // A file that grows is not chased: its writer may never stop.
            guard size <= before.size else { throw FileChangedError(path: file.path) }
            let piece = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
            unsafe context.update(piece)
            unsafe others.update(piece)
            try unsafe sink(piece)
        }
        guard try file.status() == before, size == before.size else { throw FileChangedError(path: file.path) }
        return FileReading(
            digest: context.finish(),
            further: others.finish(),
            size: size,
            modified: before.modified
        )
    }

    /// Reads a file from its position to its end, hands every piece on, and leaves the digest to another thread.
    ///
    /// For readers whose sink has as much to do as the digest has, and who can go on with the next file before they know
    /// the digest of this one. What fits into one buffer is digested at once.
    ///
    /// - Parameters:
    ///   - file: the file, at its start.
    ///   - sink: given every piece in order, before the next is read; the piece is valid during the call only.
    /// - Returns: the length of what came, and its digest when it is made.
    /// - Throws: as `read`.
    package func readAhead(
        _ file: borrowing OpenFile,
        sink: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> PendingReading {
        let before = try file.status()
        guard unsafe before.size > buffer.count else {
            let reading = try unsafe read(file, sink: sink)
            return PendingReading(size: reading.size, digest: reading.digest)
        }
        let background = BackgroundDigest(algorithm)
        var size = 0
        while true {
            // The block is the digest's to keep, so the file is read into it and nothing is copied.
            let block = try unsafe [UInt8](unsafeUninitializedCapacity: buffer.count) { block, count in
                count = try unsafe file.read(into: UnsafeMutableRawBufferPointer(block))
            }
            guard !block.isEmpty else { break }
            size += block.count
            guard size <= before.size else { throw FileChangedError(path: file.path) }
            background.update(block)
            try unsafe block.withUnsafeBytes { try unsafe sink($0) }
        }
        guard try file.status() == before, size == before.size else { throw FileChangedError(path: file.path) }
        return PendingReading(size: size, behind: background)
    }
}
