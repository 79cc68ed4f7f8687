package import ArchiveHome
import Fixity
import FileSafety
import Ledger
import RecordsModel
import SystemPackage

/// Closes what the log holds by now into a part of its own, which can be copied away for good and never changes again.
package enum CloseLedger {
    /// What was done.
    package struct Outcome: Sendable {
        /// How many lines the open file of the log had.
        package let lines: Int
        /// The part that was made; nil where there were fewer lines than asked for.
        package let part: Part?
    }

    /// A part that was made.
    package struct Part: Sendable {
        /// Its file, relative to the home.
        package let file: String
        /// The number of its first line, from 1.
        package let first: Int
        /// The number of its last line.
        package let last: Int
        /// Its SHA-512, lower-case hexadecimal.
        package let sha512: String
    }

    /// Closes the log where its open file has at least that many lines.
    ///
    /// The part is closed and the event `ledger part closed`, which names its lines, its digest and the root of the tree up
    /// to there, begins the next file: both, or none, wherever it is interrupted.
    ///
    /// - Parameters:
    ///   - minimum: how many lines make a part worth while, at least 1.
    ///   - home: whose log.
    ///   - context: who closes it, and when.
    /// - Returns: what was done.
    /// - Throws: `OperationError`, code `damaged`, where ledger, catalogue and store contradict each other; nothing is closed.
    package static func run(atLeast minimum: Int, _ home: Home, _ context: OperationContext) throws -> Outcome {
        let writer = try ArchiveWriter(home, context)
        let end = writer.end
        let closedLines = try home.ledger.closedParts().last?.last ?? 0
        let lines = end.frontier.size - closedLines
        guard lines >= max(1, minimum) else { return Outcome(lines: lines, part: nil) }
        // A part that is closed is proven: nobody shall find later that it was closed damaged.
        try writer.requireProof()
        let part = LogPart(first: closedLines + 1, last: end.frontier.size)
        let file = try OpenFile.reading(home.ledger.events)
        let reading = try FileDigester().read(file)
        let closed = Event(
            seq: 0,
            time: context.now(),
            actor: context.actor,
            event: .partClosed,
            detail: [
                "bytes": .integer(reading.size),
                "checkpointRoot": .string(end.checkpoint.rootText),
                "checkpointSize": .integer(end.checkpoint.size),
                "first": .integer(part.first),
                "last": .integer(part.last),
                "name": .string(part.name),
                "sha512": .string(reading.digest.hex),
            ]
        )
        try writer.transact { group in
            group.closesLog = true
            group.add(closed)
        }
        let path = "ledger/parts/\(part.name)"
        let made = Part(file: path, first: part.first, last: part.last, sha512: reading.digest.hex)
        return Outcome(lines: lines, part: made)
    }
}
