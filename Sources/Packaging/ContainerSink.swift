import FileSafety
import Fixity
import SystemPackage

/// Takes the bytes of a container as the library makes them: into a file and through a digest, each on a thread of its own.
///
/// A class, for the library holds on to it. An error cannot pass through C: it is kept, every later byte is refused, and
/// whoever called the library finds it in `failure`.
final class ContainerSink {
    /// How many bytes are gathered before the file is written to: libarchive hands over headers a few bytes at a time.
    private static let block = 1 << 20

    private let path: FilePath
    private let file: BackgroundFile
    private let tripwire: Tripwire
    private let digest = BackgroundDigest(.sha512)
    private var pending: [UInt8] = []
    private var held: [UInt8]?
    private var written = 0
    /// What went wrong, if anything did.
    private(set) var failure: (any Error)?

    /// Makes the file.
    init(creating path: FilePath, files: DurableFiles) throws {
        try files.tripwire.pass(.write, path)
        self.path = path
        file = BackgroundFile(try files.openNew(path))
        tripwire = files.tripwire
        pending.reserveCapacity(Self.block * 2)
    }

    /// Takes bytes from the library; false where they could not be taken.
    func accept(_ piece: UnsafeRawBufferPointer) -> Bool {
        guard failure == nil else { return false }
        guard held == nil else {
            unsafe held?.append(contentsOf: piece)
            return true
        }
        unsafe pending.append(contentsOf: piece)
        return flush(above: Self.block)
    }

    /// Keeps what comes during `body` out of the file, and gives it back.
    func holding(_ body: () throws -> Void) throws -> [UInt8] {
        held = []
        defer { held = nil }
        try body()
        return held ?? []
    }

    /// Takes bytes that were held, put right.
    func release(_ bytes: [UInt8]) throws {
        unsafe bytes.withUnsafeBytes { buffer in _ = unsafe accept(buffer) }
        if let failure { throw failure }
    }

    /// Writes what is left, waits for the disk, and says what the container turned out to be.
    func finish() throws -> (sha512: String, size: Int) {
        _ = flush(above: 1)
        if let failure { throw failure }
        try tripwire.pass(.sync, path)
        try file.finish()
        return (digest.finish()?.hex ?? "", written)
    }

    private func flush(above limit: Int) -> Bool {
        guard pending.count >= limit else { return true }
        do {
            try tripwire.pass(.write, path)
            // Digested and written at once: the digest keeps the block, and the next one is another.
            let block = pending
            pending = []
            pending.reserveCapacity(Self.block * 2)
            digest.update(block)
            try file.write(block)
            written += block.count
            return true
        } catch {
            failure = error
            return false
        }
    }
}
