/// Digests of the same bytes by several algorithms, fed piece by piece.
///
/// Used by one thread at a time.
package final class DigestGroup {
    private let running: [RunningDigest]

    /// Digests of nothing yet, one for each algorithm.
    package init(_ algorithms: [DigestAlgorithm]) { running = algorithms.map { RunningDigest($0) } }

    /// Adds bytes to each.
    package func update(_ piece: UnsafeRawBufferPointer) {
        for digest in running { unsafe digest.update(piece) }
    }

    /// The digests of all that was added, in the order of the algorithms; the group is used up.
    package func finish() -> [Digest] { running.compactMap { $0.finish() } }
}

/// A digest in the making that can lie in an array.
private final class RunningDigest {
    private var context: DigestContext?

    init(_ algorithm: DigestAlgorithm) { context = DigestContext(algorithm) }

    func update(_ piece: UnsafeRawBufferPointer) { unsafe context?.update(piece) }

    func finish() -> Digest? { context.take()?.finish() }
}
