import Dispatch
import FileSafety
import Synchronization
import SystemPackage

/// A new file that is written on another thread, behind whoever hands the bytes over.
///
/// A disk that begins to write back may keep the writer waiting; whoever reads and digests the next bytes goes on
/// meanwhile. What waits to be written is bounded: the giver waits where the disk falls behind.
final class BackgroundFile: Sendable {
    /// How many blocks may wait.
    private static let waiting = 16

    private let file: QueuedFile
    private let queue = DispatchQueue(label: "container")
    private let room = DispatchSemaphore(value: BackgroundFile.waiting)
    private let failure = Mutex<(any Error)?>(nil)

    /// Takes over a new file.
    init(_ file: consuming OpenFile) { self.file = QueuedFile(file) }

    /// Hands bytes over, in order; they are not copied.
    ///
    /// - Throws: what an earlier write failed with.
    func write(_ block: [UInt8]) throws {
        if let failure = failure.withLock({ $0 }) { throw failure }
        room.wait()
        queue.async { [self] in
            defer { room.signal() }
            guard failure.withLock({ $0 == nil }) else { return }
            do {
                try file.write(block)
            } catch {
                failure.withLock { $0 = error }
            }
        }
    }

    /// Waits until all of it is on the disk.
    ///
    /// - Throws: what any write, or the disk, failed with.
    func finish() throws {
        queue.sync {}
        if let failure = failure.withLock({ $0 }) { throw failure }
        try file.sync()
    }
}

/// `@unchecked`: only blocks of one serial queue touch it, one at a time, and `sync` when none is left.
private final class QueuedFile: @unchecked Sendable {
    /// After how many bytes the disk is told to begin: a power of two.
    private static let stretch = 1 << 24

    private let file: OpenFile
    private var written = 0

    init(_ file: consuming OpenFile) { self.file = file }

    func write(_ block: [UInt8]) throws {
        try unsafe block.withUnsafeBytes { buffer in try unsafe file.write(buffer) }
        written += block.count
        // The disk begins early, so that little is left to wait for at the end.
        if written & (Self.stretch - 1) < block.count { file.startWriteback() }
    }

    func sync() throws { try file.sync() }
}
