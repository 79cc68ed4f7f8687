import Dispatch

/// A digest that is made on another thread, behind whoever hands the bytes over.
///
/// SHA-512 takes longer than reading and writing. Whoever packs a file makes two digests of it, its own and the
/// container's: one after the other they would double the time, side by side they do not. What waits to be digested is
/// bounded: the giver waits where the digest falls behind.
package final class BackgroundDigest: Sendable {
    private let context: QueuedContext
    private let queue = DispatchQueue(label: "digest")
    private let room: DispatchSemaphore

    /// A digest of nothing yet.
    ///
    /// - Parameters:
    ///   - algorithm: which.
    ///   - waiting: how many blocks may wait before the giver does: enough that the digest has work while the giver waits
    ///   for the disk.
    package init(_ algorithm: DigestAlgorithm, waiting: Int = 16) {
        context = QueuedContext(algorithm)
        room = DispatchSemaphore(value: waiting)
    }

    /// Hands bytes over, in order; they are not copied.
    package func update(_ block: [UInt8]) {
        room.wait()
        queue.async { [context, room] in
            context.update(block)
            room.signal()
        }
    }

    /// The digest of all that was handed over, when it is done; nil the second time.
    package func finish() -> Digest? { queue.sync { context.finish() } }
}

/// `@unchecked`: only blocks of one serial queue touch it, one at a time and in order.
private final class QueuedContext: @unchecked Sendable {
    private var context: DigestContext?

    init(_ algorithm: DigestAlgorithm) { context = DigestContext(algorithm) }

    func update(_ block: [UInt8]) {
        unsafe block.withUnsafeBytes { unsafe context?.update($0) }
    }

    func finish() -> Digest? { context.take()?.finish() }
}
