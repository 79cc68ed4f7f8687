import FileSafety
import Fixity
import SystemPackage

/// Memory for the pieces of a file, used for one file behind another.
@safe
final class PieceBuffer {
    let bytes: UnsafeMutableRawBufferPointer

    /// A buffer of that many bytes.
    init(size: Int = 1 << 16) { unsafe bytes = .allocate(byteCount: size, alignment: 64) }

    deinit { unsafe bytes.deallocate() }
}

/// A file, or bytes in memory, handed out piece by piece and digested on the way: memory does not grow with the length.
@safe
final class ByteSource {
    /// The largest inventory that is read, in bytes: 100,000 files take 32 MB.
    static let limit = 1 << 30

    /// Memory of the piece at hand.
    let buffer: PieceBuffer
    /// Bytes that came before the piece at hand.
    private(set) var consumed = 0
    /// Bytes in the piece at hand.
    private(set) var filled = 0
    /// Bytes in all.
    let size: Int
    /// What the file system said of the file; nil for bytes in memory.
    let status: FileStatus?

    private let file: OpenFile?
    private let path: FilePath
    private let before: FileStatus?
    private let bytes: [UInt8]
    private var contexts: [Context]

    /// A digest in the making that can lie in an array.
    private final class Context {
        private var context: DigestContext?

        init(_ algorithm: DigestAlgorithm) { context = DigestContext(algorithm) }

        func update(_ piece: UnsafeRawBufferPointer) { unsafe context?.update(piece) }

        func finish() -> Digest? { context.take()?.finish() }
    }

    /// A file from its start.
    ///
    /// - Throws: `FileSafetyError`, code `tooLarge` above the limit.
    init(_ file: consuming OpenFile, algorithms: [DigestAlgorithm], buffer: PieceBuffer) throws {
        let status = try file.status()
        guard status.size <= Self.limit else {
            let reason = "it has \(status.size) bytes, more than the \(Self.limit) that an inventory may have"
            throw FileSafetyError(.tooLarge, operation: "read", path: file.path, reason: reason)
        }
        self.buffer = buffer
        path = file.path
        before = status
        size = status.size
        self.status = status
        self.file = consume file
        bytes = []
        contexts = algorithms.map { Context($0) }
    }

    /// Bytes in memory, handed out in pieces as large as the buffer.
    init(bytes: [UInt8], buffer: PieceBuffer = PieceBuffer(size: 4096)) {
        self.buffer = buffer
        self.bytes = bytes
        file = nil
        path = ""
        before = nil
        size = bytes.count
        status = nil
        contexts = []
    }

    /// Reads the next piece over the last one; returns its length, 0 at the end.
    ///
    /// - Throws: `FileChangedError` where the file has grown; `FileSafetyError`.
    func refill() throws -> Int {
        consumed += filled
        filled = 0
        guard let before else {
            let part = bytes[consumed..<min(bytes.count, consumed + (unsafe buffer.bytes.count))]
            unsafe buffer.bytes.copyBytes(from: part)
            filled = part.count
            return filled
        }
        filled = try unsafe file?.read(into: buffer.bytes) ?? 0
        guard consumed + filled <= before.size else { throw changed }
        let piece = unsafe UnsafeRawBufferPointer(rebasing: buffer.bytes[..<filled])
        for context in contexts { unsafe context.update(piece) }
        return filled
    }

    /// Reads what is left, and closes the digests.
    ///
    /// - Returns: the digests of the whole file, in the order in which they were asked for.
    /// - Throws: `FileChangedError` where the file is not as it was at the start; `FileSafetyError`.
    func finish() throws -> [Digest] {
        while try refill() > 0 {}
        if let before {
            guard try file?.status() == before, consumed == before.size else { throw changed }
        }
        return contexts.compactMap { $0.finish() }
    }

    private var changed: FileChangedError { FileChangedError(path: path) }
}
