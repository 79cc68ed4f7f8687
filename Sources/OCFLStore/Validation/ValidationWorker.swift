import Fixity

/// What one thread works with: buffers that are used for one file behind another.
final class ValidationWorker {
    let pieces = PieceBuffer()
    private var digesters: [DigestAlgorithm: FileDigester] = [:]

    /// A digester whose first digest is of this algorithm.
    func digester(_ algorithm: DigestAlgorithm) -> FileDigester {
        if let known = digesters[algorithm] { return known }
        let made = FileDigester(algorithm)
        digesters[algorithm] = made
        return made
    }
}
