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

    /// A report of nothing.
    package init() {}
}

extension LedgerFolder {
    /// Recomputes the tree from the lines, and names the first line that differs.
    ///
    /// The leaf hashes kept beside the log tell which line was changed; the checkpoint tells that the leaf hashes were
    /// not. Where both were rewritten, only a checkpoint kept elsewhere can tell: one of each package is looked at here.
    ///
    /// - Parameter visit: given each line that can be read as an event, with its bytes.
    /// - Returns: what is wrong, and how much was read.
    /// - Throws: `FileSafetyError` where a file cannot be read at all.
    package func verify(visit: (Event, [UInt8]) throws -> Void = { _, _ in }) throws -> LedgerReport {
        var report = LedgerReport()
        func find(_ line: Int?, _ message: String) {
            report.findings.append(LedgerFinding(line: line, message: message))
        }
        do {
            report.checkpoint = try readCheckpoint()
        } catch let error as LedgerError {
            find(nil, error.message)
        }
        // Left beside the checkpoint for an instant while it is replaced.
        let own = ["events.jsonl", "leaves", "checkpoint", "checkpoint.new"]
        for entry in (try? DirectoryListing.entries(of: path)) ?? [] where !own.contains(entry.name.string) {
            find(nil, "'\(entry.name.string)' does not belong in the ledger's folder")
        }
        guard FileStatus.exists(events) else {
            find(nil, "there is no file '\(events.string)'")
            return report
        }
        let kept = (try? OpenFile.content(of: leaves, limit: 1 << 30)) ?? []
        var computed: [UInt8] = []
        var firstDifference: Int?
        var witnesses: [(line: Int, size: Int, root: String)] = []
        try LineReader.read(events, limit: Self.lineLimit) { line, isWhole in
            let index = report.lines
            report.lines += 1
            let leaf = MerkleFrontier.leaf(line)
            computed += leaf
            let inLeaves = index * 32 + 32 <= kept.count
            if firstDifference == nil, inLeaves, !kept[index * 32..<index * 32 + 32].elementsEqual(leaf) {
                firstDifference = index + 1
            }
            if !isWhole { find(index + 1, "has no line end: it was cut or added by hand") }
            guard let event = try? CanonicalJSON.decode(Event.self, from: Data(line)) else {
                find(index + 1, "cannot be read as an event")
                return
            }
            if event.seq != index {
                find(index + 1, "says that it is event \(event.seq), and stands in place \(index)")
            }
            if let root = event.detail["checkpointRoot"]?.text, let size = event.detail["checkpointSize"]?.number {
                witnesses.append((index + 1, size, root))
            }
            if event.event == .creation, let origin = event.detail["origin"]?.text, let said = report.checkpoint,
                !said.origin.utf8.elementsEqual(origin.utf8)
            {
                find(nil, "the checkpoint is of the log '\(said.origin)', line \(index + 1) says '\(origin)'")
            }
            try visit(event, line)
        }
        compare(computed: computed, kept: kept, difference: firstDifference, witnesses: witnesses, into: &report)
        return report
    }

    private func compare(
        computed: [UInt8],
        kept: [UInt8],
        difference: Int?,
        witnesses: [(line: Int, size: Int, root: String)],
        into report: inout LedgerReport
    ) {
        func find(_ line: Int?, _ message: String) {
            report.findings.append(LedgerFinding(line: line, message: message))
        }
        let size = report.checkpoint.map { min($0.size, report.lines) } ?? report.lines
        let agrees = report.checkpoint.map {
            $0.size == size && Self.frontier(of: computed, size: size).root == $0.root
        }
        let lineNamed = difference != nil && agrees != true
        if let line = difference {
            if agrees == true {
                find(
                    nil,
                    "'leaves' was changed: its entry \(line) is not that of line \(line), which the checkpoint covers"
                )
            } else {
                find(line, "is not the line that was written: its leaf hash differs")
            }
        }
        if let said = report.checkpoint {
            if report.lines < said.size {
                find(report.lines + 1, "is missing: the checkpoint names \(said.size) lines, there are \(report.lines)")
            } else if report.lines > said.size {
                find(said.size + 1, "is not covered by the checkpoint, which names \(said.size) lines")
            } else if !lineNamed, agrees == false {
                find(nil, "the tree of its \(said.size) lines does not have the root that the checkpoint names")
            }
            if kept.count != said.size * 32 {
                find(nil, "'leaves' has \(kept.count) bytes, \(said.size * 32) belong to the checkpoint")
            }
        }
        for witness in witnesses {
            guard (0..<witness.line).contains(witness.size) else {
                find(witness.line, "names a checkpoint of \(witness.size) lines, which cannot be where it stands")
                continue
            }
            let root = Self.frontier(of: computed, size: witness.size).root
            if Data(root).base64EncodedString() != witness.root, !lineNamed {
                find(witness.line, "names another root for the first \(witness.size) lines than they have now")
            }
        }
    }

    /// Reads events from a place in the log on, without checking the tree.
    ///
    /// - Parameters:
    ///   - offset: the byte at which a line begins.
    ///   - visit: given each event with its bytes.
    /// - Throws: `LedgerError`, code `damaged`, where a line is no event.
    package func read(from offset: Int, visit: (Event, [UInt8]) throws -> Void) throws {
        try LineReader.read(events, from: offset, limit: Self.lineLimit) { line, _ in
            guard let event = try? CanonicalJSON.decode(Event.self, from: Data(line)) else {
                throw LedgerError(.damaged, message: "the line at byte \(offset) or behind cannot be read as an event")
            }
            try visit(event, line)
        }
    }
}
