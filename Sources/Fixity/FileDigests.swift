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
    private let isInBackground: Bool

    /// A reader with a buffer of its own.
    ///
    /// - Parameters:
    ///   - algorithm: which digest is made.
    ///   - bufferSize: how many bytes are read at a time.
    ///   - isInBackground: whether the digest of what has more than one buffer is made on another thread, for readers
    ///     whose sink has as much to do as the digest has.
    package init(_ algorithm: DigestAlgorithm = .sha512, bufferSize: Int = 1 << 20, isInBackground: Bool = false) {
        unsafe buffer = .allocate(byteCount: bufferSize, alignment: 4096)
        self.algorithm = algorithm
        self.isInBackground = isInBackground
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
        let background = unsafe isInBackground && before.size > buffer.count ? BackgroundDigest(algorithm) : nil
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
            if let background { background.update(unsafe [UInt8](piece)) } else { unsafe context.update(piece) }
            unsafe others.update(piece)
            try unsafe sink(piece)
        }
        guard try file.status() == before, size == before.size else { throw FileChangedError(path: file.path) }
        let behind = background?.finish()
        let here = context.finish()
        return FileReading(
            digest: behind ?? here,
            further: others.finish(),
            size: size,
            modified: before.modified
        )
    }
}
