import FileSafety
import Foundation
package import RecordsModel
import SystemPackage

/// What recomputing the ledger found.
package struct LedgerReport: Sendable {
    /// What is wrong; empty for a ledger that is what it commits to.
    package var findings: [LedgerFinding] = []
    /// How many lines were read.
    package var lines = 0
    /// What the checkpoint says, where it can be read.
    package var checkpoint: Checkpoint?
    /// Files that a desktop left in the ledger's folder, relative to it.
    package var strangers: [String] = []
    /// How the checkpoints stand to it that were kept elsewhere, in the order in which they were given.
    package var outside: [CheckpointStanding] = []
    /// The files of the log, each with the number of its first line, in their order.
    var files: [(name: String, first: Int)] = []

    /// A report of nothing.
    package init() {}

    /// Where a line of the log lies.
    ///
    /// - Parameter line: its number in the whole log, from 1.
    /// - Returns: the file's name in `ledger/`, a colon, and the line's number in that file.
    package func place(of line: Int) -> String {
        let file = files.last { $0.first <= line } ?? ("events.jsonl", 1)
        return "\(file.name):\(line - file.first + 1)"
    }
}

extension LedgerFolder {
    /// How many seconds an event may lie behind one that was entered before it: ten minutes, since a clock is set now and then.
    package static let clockSlack = 600

    /// Recomputes the tree from the lines, and names the first line that differs.
    ///
    /// The leaf hashes kept beside the log tell which line was changed; the checkpoint tells that the leaf hashes were
    /// not. Where both were rewritten, only a checkpoint kept elsewhere can tell: one of each package is looked at here.
    /// Closed parts and the open file are one log, whose lines are numbered through all of them. Of a part that is not there
    /// the kept leaf hashes stand in: the missing lines are named once, and every other line is still proven.
    /// Log and leaf hashes are read in pieces: the length of a ledger makes no difference to the memory that this takes.
    ///
    /// - Parameters:
    ///   - outside: checkpoints that were kept elsewhere, each held against the lines.
    ///   - visit: given each line that can be read as an event, with its bytes.
    /// - Returns: what is wrong, and how much was read.
    /// - Throws: `FileSafetyError` where a file cannot be read at all.
    package func verify(
        against outside: [CheckpointClaim] = [],
        visit: (Event, [UInt8]) throws -> Void = { _, _ in }
    ) throws -> LedgerReport {
        let check = LogCheck(self, outside: outside)
        check.begin()
        try check.readParts(visit)
        if FileStatus.exists(events) {
            try check.readOpenFile(visit)
        } else if check.report.files.isEmpty {
            check.find(nil, "there is no file '\(events.string)'")
            return check.report
        }
        try check.end()
        return check.report
    }

    /// Reads events from a place in the log on, without checking the tree.
    ///
    /// - Parameters:
    ///   - offset: the byte at which a line begins.
    ///   - visit: given each event with its bytes.
    /// - Throws: `LedgerError`, code `damaged`, where a line is no event.
    package func read(from offset: Int, visit: (Event, [UInt8]) throws -> Void) throws {
        try readLog(from: offset) { line, _ in
            guard let event = try? CanonicalJSON.decode(Event.self, from: Data(line)) else {
                throw LedgerError(.damaged, message: "the line at byte \(offset) or behind cannot be read as an event")
            }
            try visit(event, line)
        }
    }
}
