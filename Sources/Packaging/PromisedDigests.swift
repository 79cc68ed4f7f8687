import Fixity

/// Files that were read, whose digests are still to be held against what was promised of them.
///
/// The digest of a file is made while the next one is read: waiting for each in turn would leave one processor idle at the
/// end of every file.
struct PromisedDigests {
    /// How many files may wait: enough that there is always work, few enough that little is held in memory.
    private static let waiting = 2

    /// What reads the files.
    let digester = FileDigester()
    private var open: [(path: String, sha512: String, reading: PendingReading)] = []

    /// Takes in a file that was read, and holds the oldest against its promise where too many wait.
    ///
    /// - Throws: `PackagingError`, code `contentDiffers`.
    mutating func add(_ path: String, sha512: String, _ reading: PendingReading) throws(PackagingError) {
        open.append((path, sha512.lowercased(), reading))
        try hold(waiting: Self.waiting)
    }

    /// Holds all but the newest of them against their promises, in the order in which they were read.
    ///
    /// - Parameter waiting: how many may go on waiting.
    /// - Throws: `PackagingError`, code `contentDiffers`.
    mutating func hold(waiting: Int) throws(PackagingError) {
        while open.count > waiting {
            let (path, expected, reading) = open.removeFirst()
            let found = reading.digest()?.hex ?? ""
            guard found == expected else {
                throw .differs(path, what: "SHA-512", expected: expected, found: found)
            }
        }
    }
}
