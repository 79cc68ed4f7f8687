package import FileSafety
package import SystemPackage

/// The append-only log of everything that happened.
///
/// ```
/// ledger/
///   parts/         closed parts of the log, `events-FIRST-LAST.jsonl`          the log, from its first line
///   events.jsonl   one event a line                                            the log, behind the closed parts
///   leaves         32 bytes a line: the line's leaf hash in the Merkle tree    names a changed line
///   checkpoint     origin, size, root                                          what the log commits to
/// ```
package struct LedgerFolder: Sendable {
    /// Where it lies.
    package let path: FilePath

    /// A ledger in a folder, whether it is there or not.
    package init(_ path: FilePath) { self.path = path }

    /// The open file of the log, where the next line goes.
    package var events: FilePath { path.appending("events.jsonl") }
    /// The leaf hashes of the log's lines.
    package var leaves: FilePath { path.appending("leaves") }
    var checkpoint: FilePath { path.appending("checkpoint") }

    /// The newest line that is read, in bytes.
    static let lineLimit = 16 << 20

    /// Makes a ledger whose folder does not exist yet, with nothing in it.
    package func create(origin: String, files: DurableFiles) throws {
        try files.makeDirectory(path)
        try files.create(events, [])
        try files.create(leaves, [])
        try files.create(checkpoint, Checkpoint(origin: origin, size: 0, root: MerkleFrontier().root).description.utf8)
    }

    /// What the ledger commits to.
    ///
    /// - Throws: `LedgerError`, code `missing` without a checkpoint, `damaged` where it cannot be read as one.
    package func readCheckpoint() throws -> Checkpoint {
        guard FileStatus.exists(checkpoint) else {
            throw LedgerError(.missing, message: "there is no file '\(checkpoint.string)'")
        }
        let bytes = try OpenFile.content(of: checkpoint, limit: 1 << 16)
        guard let read = Checkpoint(String(decoding: bytes, as: UTF8.self)) else {
            throw LedgerError(.damaged, message: "'\(checkpoint.string)' is no checkpoint")
        }
        return read
    }

    /// Where the log ends and what its tree looks like there.
    package struct End: Hashable, Sendable {
        /// The log's name.
        package let origin: String
        /// The length of the log in bytes.
        package let bytes: Int
        /// The tree over its lines.
        package let frontier: MerkleFrontier

        /// An end out of its parts.
        package init(origin: String, bytes: Int, frontier: MerkleFrontier) {
            self.origin = origin
            self.bytes = bytes
            self.frontier = frontier
        }

        /// What the log commits to there.
        package var checkpoint: Checkpoint { Checkpoint(origin: origin, size: frontier.size, root: frontier.root) }
    }

    /// Where the ledger ends, held against the checkpoint.
    ///
    /// - Parameter remembered: the end that an index remembers; where it still fits, nothing is read again.
    /// - Returns: where the log ends.
    /// - Throws: `LedgerError` where log, leaves and checkpoint contradict each other.
    package func end(remembered: End? = nil) throws -> End {
        let said = try readCheckpoint()
        let size = try logSize()
        guard try requireSize(of: leaves) == said.size * 32 else {
            throw LedgerError(
                .damaged,
                message: "'leaves' does not have the \(said.size) entries that the checkpoint names"
            )
        }
        if let remembered, remembered.checkpoint == said {
            guard remembered.bytes == size else {
                let reason = "the log has \(size) bytes where \(remembered.bytes) belong to the checkpoint"
                throw LedgerError(.damaged, message: reason)
            }
            return remembered
        }
        var frontier = MerkleFrontier()
        var bytes = 0
        var torn = false
        try readLog { line, isWhole in
            frontier.append(MerkleFrontier.leaf(line))
            bytes += line.count + 1
            torn = torn || !isWhole
        }
        guard !torn, frontier.size == said.size, frontier.root == said.root else {
            throw LedgerError(.damaged, message: "its lines are not those that the checkpoint names")
        }
        return End(origin: said.origin, bytes: bytes, frontier: frontier)
    }

    /// The length of a file of the ledger in bytes; one that is not there is an error.
    func requireSize(of file: FilePath) throws -> Int {
        guard let status = try? FileStatus.of(file) else {
            throw LedgerError(.missing, message: "there is no file '\(file.string)'")
        }
        return status.size
    }

    /// Adds lines behind an end and moves the checkpoint on, all of it durable when it returns.
    ///
    /// Running it again with the same end, after it was interrupted anywhere or after it was done, gives the same ledger.
    ///
    /// - Parameters:
    ///   - lines: the events, each without its line end.
    ///   - end: where the ledger ended when they were written.
    ///   - files: what changes files.
    /// - Returns: where it ends now.
    /// - Throws: `LedgerError`, code `damaged`, where the files are shorter than that end.
    package func append(_ lines: [[UInt8]], behind end: End, files: DurableFiles) throws -> End {
        let closed = try closedSize()
        let isFresh = closed > 0 && closed == end.bytes && !FileStatus.exists(events)
        let hasTail = try isFresh || requireSize(of: events) >= end.bytes - closed
        guard hasTail, closed <= end.bytes, try requireSize(of: leaves) >= end.frontier.size * 32 else {
            throw LedgerError(.damaged, message: "it is shorter than it was when this work began")
        }
        var frontier = end.frontier
        var log: [UInt8] = []
        var hashes: [UInt8] = []
        for line in lines {
            guard line.count <= Self.lineLimit, !line.contains(UInt8(ascii: "\n")) else {
                throw LedgerError(
                    .damaged,
                    message: "an event of \(line.count) bytes, or with a line end in it, cannot be entered"
                )
            }
            let leaf = MerkleFrontier.leaf(line)
            frontier.append(leaf)
            hashes += leaf
            log += line
            log.append(UInt8(ascii: "\n"))
        }
        try requireEnd(behind: log, at: end, lines: lines.count)
        if isFresh {
            try files.create(events, [])
            try files.sync(path)
        }
        try files.append(log, to: events, at: end.bytes - closed)
        try files.append(hashes, to: leaves, at: end.frontier.size * 32)
        let now = End(origin: end.origin, bytes: end.bytes + log.count, frontier: frontier)
        try files.replace(checkpoint, now.checkpoint.description.utf8)
        return now
    }

    /// Refuses to enter lines again behind which the ledger went on: what follows them would be cut off.
    ///
    /// Such a ledger is a copy that was made in pieces, the work of an interrupted command before the log.
    private func requireEnd(behind log: [UInt8], at end: End, lines: Int) throws {
        let size = end.frontier.size + lines
        var goesOn = try readCheckpoint().size > size
        let begin = end.bytes - (try closedSize())
        if !goesOn, FileStatus.exists(events), try requireSize(of: events) > begin + log.count {
            let file = try OpenFile.reading(events)
            try file.seek(to: begin)
            goesOn = try file.beginning(log.count) == log && isEvent(size, behind: begin + log.count)
        }
        guard !goesOn else {
            throw LedgerError(.damaged, message: "it goes on behind the lines that an interrupted command was to enter")
        }
    }

    /// Whether the ledger begins with the lines that a checkpoint commits to.
    package func begins(with said: Checkpoint) throws -> Bool {
        try said.size <= readCheckpoint().size && checkpoint(at: said.size) == said
    }

    /// What the ledger committed to when it had that many lines.
    package func checkpoint(at size: Int) throws -> Checkpoint {
        let said = try readCheckpoint()
        guard (0...said.size).contains(size) else {
            throw LedgerError(.damaged, message: "it has \(said.size) lines, not \(size)")
        }
        guard try requireSize(of: leaves) == said.size * 32 else {
            throw LedgerError(.damaged, message: "'leaves' is not what the checkpoint names")
        }
        let file = try LeafFile(leaves)
        var frontier = MerkleFrontier()
        try file.add(0..<size, to: &frontier)
        let then = frontier.root
        try file.add(size..<said.size, to: &frontier)
        // What this says is printed and entered for good: it must not rest on leaves that somebody changed.
        guard frontier.root == said.root else {
            throw LedgerError(.damaged, message: "'leaves' is not what the checkpoint names")
        }
        return Checkpoint(origin: said.origin, size: size, root: then)
    }
}
