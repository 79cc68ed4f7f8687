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

/// What is gathered while the log is read from its first line.
private struct LogReading {
    /// The leaf hash of each line; of a line that is missing, what is kept of it.
    var leaves: [UInt8] = []
    /// The first line whose leaf hash is not the one that was kept.
    var difference: Int?
    /// What events say that the ledger once committed to.
    var witnesses: [(line: Int, size: Int, root: String)] = []
}

extension LedgerFolder {
    /// Recomputes the tree from the lines, and names the first line that differs.
    ///
    /// The leaf hashes kept beside the log tell which line was changed; the checkpoint tells that the leaf hashes were
    /// not. Where both were rewritten, only a checkpoint kept elsewhere can tell: one of each package is looked at here.
    /// Closed parts and the open file are one log, whose lines are numbered through all of them. Of a part that is not there
    /// the kept leaf hashes stand in: the missing lines are named once, and every other line is still proven.
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
        try checkNames { find(nil, $0) }
        let kept = (try? OpenFile.content(of: leaves, limit: 1 << 30)) ?? []
        var reading = LogReading()
        for part in try closedParts() {
            pass(part, over: kept, in: &reading, of: &report)
            report.files.append(("parts/\(part.name)", report.lines + 1))
            let before = report.lines
            try read(file(of: part), kept: kept, into: &reading, of: &report, visit: visit)
            let count = report.lines - before
            if count != part.last - part.first + 1 {
                find(nil, "'\(part.name)' holds \(count) lines, not those of its name")
            }
        }
        if FileStatus.exists(events) {
            report.files.append(("events.jsonl", report.lines + 1))
            try read(events, kept: kept, into: &reading, of: &report, visit: visit)
        } else if report.files.isEmpty {
            find(nil, "there is no file '\(events.string)'")
            return report
        }
        compare(reading, kept: kept, into: &report)
        return report
    }

    /// Names what does not belong in the ledger's folders.
    private func checkNames(_ find: (String) -> Void) throws {
        // A `.new` lies beside its file for an instant while that is replaced.
        let own = [
            "events.jsonl", "events.jsonl.new", "leaves", "leaves.new", "checkpoint", "checkpoint.new", "parts",
        ]
        for entry in (try? FolderEntries(of: path)) ?? .none where !own.contains(entry.name.shown) {
            find("'\(entry.name.shown)' does not belong in the ledger's folder")
        }
        guard FileStatus.exists(parts) else { return }
        for entry in try FolderEntries(of: parts) where LogPart(name: entry.name.shown) == nil {
            find("'\(entry.name.shown)' does not belong in the ledger's folder 'parts'")
        }
    }

    /// Goes over lines that no file holds, so that what stands behind them is still held against its place.
    private func pass(_ part: LogPart, over kept: [UInt8], in reading: inout LogReading, of report: inout LedgerReport)
    {
        let next = report.lines + 1
        guard part.first != next else { return }
        guard part.first > next, (part.first - 1) * 32 <= kept.count else {
            let message = "'\(part.name)' should begin with line \(next)"
            report.findings.append(LedgerFinding(line: nil, message: message))
            return
        }
        miss(upTo: part.first - 1, kept: kept, in: &reading, of: &report)
    }

    private func miss(upTo last: Int, kept: [UInt8], in reading: inout LogReading, of report: inout LedgerReport) {
        let part = LogPart(first: report.lines + 1, last: last)
        let message = "lines \(part.first) to \(last) are missing: put the closed part back, as 'parts/\(part.name)'"
        report.findings.append(LedgerFinding(line: nil, message: message))
        reading.leaves += kept[report.lines * 32..<last * 32]
        report.lines = last
    }

    private func read(
        _ file: FilePath,
        kept: [UInt8],
        into reading: inout LogReading,
        of report: inout LedgerReport,
        visit: (Event, [UInt8]) throws -> Void
    ) throws {
        try LineReader.read(file, limit: Self.lineLimit) { line, isWhole in
            let read = try? CanonicalJSON.decode(Event.self, from: Data(line))
            // The first event behind a closed part says where that part ended.
            if let read, read.event == .partClosed, report.files.last?.first == report.lines + 1,
                let last = read.detail["last"]?.number, last > report.lines, last * 32 <= kept.count
            {
                report.files.removeLast()
                miss(upTo: last, kept: kept, in: &reading, of: &report)
                report.files.append((file.lastComponent?.string ?? "", report.lines + 1))
            }
            report.lines += 1
            try check(read, line, isWhole: isWhole, kept: kept, into: &reading, of: &report, visit: visit)
        }
    }

    private func check(
        _ read: Event?,
        _ line: [UInt8],
        isWhole: Bool,
        kept: [UInt8],
        into reading: inout LogReading,
        of report: inout LedgerReport,
        visit: (Event, [UInt8]) throws -> Void
    ) throws {
        let number = report.lines
        func find(_ line: Int?, _ message: String) {
            report.findings.append(LedgerFinding(line: line, message: message))
        }
        let leaf = MerkleFrontier.leaf(line)
        reading.leaves += leaf
        if reading.difference == nil, number * 32 <= kept.count,
            !kept[number * 32 - 32..<number * 32].elementsEqual(leaf)
        {
            reading.difference = number
        }
        if !isWhole { find(number, "has no line end: it was cut or added by hand") }
        guard let event = read else {
            find(number, "cannot be read as an event")
            return
        }
        if event.seq != number - 1 {
            find(number, "says that it is event \(event.seq), and stands in place \(number - 1)")
        }
        if let root = event.detail["checkpointRoot"]?.text, let size = event.detail["checkpointSize"]?.number {
            reading.witnesses.append((number, size, root))
        }
        if event.event == .creation, let origin = event.detail["origin"]?.text, let said = report.checkpoint,
            !said.origin.utf8.elementsEqual(origin.utf8)
        {
            find(nil, "the checkpoint is of the log '\(said.origin)', line \(number) says '\(origin)'")
        }
        try visit(event, line)
    }

    private func compare(_ reading: LogReading, kept: [UInt8], into report: inout LedgerReport) {
        let computed = reading.leaves
        func find(_ line: Int?, _ message: String) {
            report.findings.append(LedgerFinding(line: line, message: message))
        }
        let size = report.checkpoint.map { min($0.size, report.lines) } ?? report.lines
        let agrees = report.checkpoint.map {
            $0.size == size && Self.frontier(of: computed, size: size).root == $0.root
        }
        let lineNamed = reading.difference != nil && agrees != true
        if let line = reading.difference {
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
        for witness in reading.witnesses {
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
        try readLog(from: offset) { line, _ in
            guard let event = try? CanonicalJSON.decode(Event.self, from: Data(line)) else {
                throw LedgerError(.damaged, message: "the line at byte \(offset) or behind cannot be read as an event")
            }
            try visit(event, line)
        }
    }
}
