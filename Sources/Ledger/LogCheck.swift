import FileSafety
import Foundation
import RecordsModel
import SystemPackage

/// The log on its way through a verification, from its first line to its last.
final class LogCheck {
    private let folder: LedgerFolder
    private(set) var report = LedgerReport()
    /// The kept leaf hashes; nil where they cannot be read, which is found.
    private var kept: LeafFile?
    private let keptCount: Int
    private let keptBytes: Int?
    /// The tree over the lines so far; a line that is missing enters with what is kept of it.
    private var frontier = MerkleFrontier()
    /// The root at the size that the checkpoint names, once so many lines were read.
    private var rootAtCheckpoint: [UInt8]?
    /// The first line whose leaf hash is not the one that was kept.
    private var difference: Int?
    /// What events say that the ledger once committed to, where that is not the line before.
    private var witnesses: [Witness] = []
    /// Where the lines came from, in their order: a file, or the kept hashes of so many lines.
    private var sources: [Source] = []

    private struct Witness {
        let line: Int
        let size: Int
        let root: String
    }

    private enum Source {
        case file(FilePath)
        case kept(Range<Int>)
    }

    /// The latest time that an event was entered, in seconds since 1970.
    private var latest: (seconds: Int, line: Int)?
    /// What others say that the ledger once committed to.
    private let outside: [CheckpointClaim]

    init(_ folder: LedgerFolder, outside: [CheckpointClaim] = []) {
        self.folder = folder
        self.outside = outside
        do {
            let file = try LeafFile(folder.leaves)
            keptCount = file.count
            keptBytes = file.bytes
            kept = file
        } catch {
            keptCount = 0
            keptBytes = nil
            let isThere = FileStatus.exists(folder.leaves)
            find(nil, isThere ? "'leaves' cannot be read: \(error)" : "there is no file 'leaves'")
        }
    }

    func find(_ line: Int?, _ message: String) {
        report.findings.append(LedgerFinding(line: line, message: message))
    }

    /// Looks at the checkpoint and at what lies in the folder.
    func begin() {
        do {
            report.checkpoint = try folder.readCheckpoint()
        } catch let error as LedgerError {
            find(nil, error.message)
        } catch {
            find(nil, "'checkpoint' cannot be read: \(error)")
        }
        noteRoot()
        // A `.new` lies beside its file for an instant while that is replaced.
        let own = [
            "events.jsonl", "events.jsonl.new", "leaves", "leaves.new", "checkpoint", "checkpoint.new", "parts",
        ]
        checkNames(in: folder.path, "the ledger's folder") { own.contains($0) }
        guard FileStatus.exists(folder.parts) else { return }
        checkNames(in: folder.parts, "the ledger's folder 'parts'") { LogPart(name: $0) != nil }
    }

    /// Names what does not belong in a folder.
    private func checkNames(in place: FilePath, _ words: String, isOwn: (String) -> Bool) {
        do {
            for entry in try FolderEntries(of: place) where !isOwn(entry.name.shown) {
                if Stranger.isStranger(at: place.appending(entry.name)) {
                    report.strangers.append((place == folder.path ? "" : "parts/") + entry.name.shown)
                } else {
                    find(nil, "'\(entry.name.shown)' does not belong in \(words)")
                }
            }
        } catch {
            find(nil, "\(words) cannot be listed: \(error)")
        }
    }

    // MARK: - Lines

    func readParts(_ visit: (Event, [UInt8]) throws -> Void) throws {
        for part in try folder.closedParts() {
            try pass(part)
            report.files.append(("parts/\(part.name)", report.lines + 1))
            let before = report.lines
            try read(folder.file(of: part), visit)
            let count = report.lines - before
            if count != part.last - part.first + 1 {
                find(nil, "'\(part.name)' holds \(count) lines, not those of its name")
            }
        }
    }

    func readOpenFile(_ visit: (Event, [UInt8]) throws -> Void) throws {
        report.files.append(("events.jsonl", report.lines + 1))
        try read(folder.events, visit)
    }

    /// Goes over lines that no file holds, so that what stands behind them is still held against its place.
    private func pass(_ part: LogPart) throws {
        let next = report.lines + 1
        guard part.first != next else { return }
        guard part.first > next, part.first - 1 <= keptCount else {
            find(nil, "'\(part.name)' should begin with line \(next)")
            return
        }
        try miss(upTo: part.first - 1)
    }

    private func miss(upTo last: Int) throws {
        let part = LogPart(first: report.lines + 1, last: last)
        find(nil, "lines \(part.first) to \(last) are missing: put the closed part back, as 'parts/\(part.name)'")
        // The checkpoint may have been written in the middle of it.
        let said = report.checkpoint?.size ?? last
        for end in [min(max(said, report.lines), last), last] where end > report.lines {
            try kept?.add(report.lines..<end, to: &frontier)
            sources.append(.kept(report.lines..<end))
            report.lines = end
            noteRoot()
        }
    }

    private func noteRoot() {
        if report.checkpoint?.size == frontier.size { rootAtCheckpoint = frontier.root }
    }

    private func read(_ file: FilePath, _ visit: (Event, [UInt8]) throws -> Void) throws {
        let place = sources.count
        do {
            try LineReader.read(file, limit: LedgerFolder.lineLimit) { line, isWhole in
                let event = try? CanonicalJSON.decode(Event.self, from: Data(line))
                // The first event behind a closed part says where that part ended.
                if let event, event.event == .partClosed, report.files.last?.first == report.lines + 1,
                    let last = event.detail["last"]?.number, last > report.lines, last <= keptCount
                {
                    report.files.removeLast()
                    try miss(upTo: last)
                    report.files.append((file.lastComponent?.string ?? "", report.lines + 1))
                }
                if sources.count == place || !isFile(sources.last) { sources.append(.file(file)) }
                report.lines += 1
                try check(event, line, isWhole: isWhole, visit)
            }
        } catch let error as FileSafetyError where error.code == .tooLarge {
            find(report.lines + 1, "is no line of a ledger, and what is behind it was not read: \(error.reason)")
        }
    }

    private func isFile(_ source: Source?) -> Bool { if case .file = source { true } else { false } }

    private func check(
        _ read: Event?,
        _ line: [UInt8],
        isWhole: Bool,
        _ visit: (Event, [UInt8]) throws -> Void
    ) throws {
        let number = report.lines
        let leaf = MerkleFrontier.leaf(line)
        if let root = read?.detail["checkpointRoot"]?.text, let size = read?.detail["checkpointSize"]?.number {
            let isThere = size == frontier.size && Data(frontier.root).base64EncodedString() == root
            if !isThere { witnesses.append(Witness(line: number, size: size, root: root)) }
        }
        if let text = read?.signature?.checkpoint, let said = Checkpoint(text) {
            let origin = report.checkpoint?.origin ?? said.origin
            if !said.origin.utf8.elementsEqual(origin.utf8) {
                find(number, "is signed over a checkpoint of another log")
            }
            if said.size != frontier.size || said.root != frontier.root {
                witnesses.append(Witness(line: number, size: said.size, root: said.rootText))
            }
        }
        frontier.append(leaf)
        noteRoot()
        if difference == nil, number <= keptCount, try kept?.holds(leaf, at: number - 1) == false {
            difference = number
        }
        if !isWhole { find(number, "has no line end: it was cut or added by hand") }
        guard let event = read else {
            find(number, "cannot be read as an event")
            return
        }
        if event.seq != number - 1 {
            find(number, "says that it is event \(event.seq), and stands in place \(number - 1)")
        }
        checkTime(of: event)
        if event.event == .creation, let origin = event.detail["origin"]?.text, let said = report.checkpoint,
            !said.origin.utf8.elementsEqual(origin.utf8)
        {
            find(nil, "the checkpoint is of the log '\(said.origin)', line \(number) says '\(origin)'")
        }
        try visit(event, line)
    }

    /// Time runs forward, save where somebody says that the clock was ahead, and names both times.
    private func checkTime(of event: Event) {
        let number = report.lines
        let time = event.time.secondsSinceEpoch
        if let latest, time + LedgerFolder.clockSlack < latest.seconds {
            let said = (event.detail["from"]?.text, event.detail["to"]?.text)
            let isCorrected =
                event.event == .clockCorrected && said.1 == "\(event.time)"
                && said.0.flatMap { Moment($0) }?.secondsSinceEpoch == latest.seconds
            guard !isCorrected else { return self.latest = (time, number) }
            find(number, "is of \(event.time), before line \(latest.line): time ran backwards")
        }
        if latest.map({ $0.seconds < time }) ?? true { latest = (time, number) }
    }

    // MARK: - What it comes to

    /// Holds the lines against leaf hashes, checkpoint and witnesses.
    func end() throws {
        let agrees = report.checkpoint.map { rootAtCheckpoint == $0.root }
        let isLineNamed = difference != nil && agrees != true
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
            } else if !isLineNamed, agrees == false {
                find(nil, "the tree of its \(said.size) lines does not have the root that the checkpoint names")
            }
            if let keptBytes, keptBytes != said.size * 32 {
                find(nil, "'leaves' has \(keptBytes) bytes, \(said.size * 32) belong to the checkpoint")
            }
        }
        try judgeWitnesses(isLineNamed: isLineNamed)
        try judgeOutside()
    }

    /// Holds what was kept elsewhere against the lines as they are: nothing that lies in the home has a say in it.
    private func judgeOutside() throws {
        let roots = try roots(at: outside.map(\.size).filter { (0...report.lines).contains($0) })
        report.outside = outside.map { claim in
            let origin = report.checkpoint?.origin ?? claim.origin
            if !claim.origin.isEmpty, !claim.origin.utf8.elementsEqual(origin.utf8) { return .ofAnotherLog }
            guard claim.size <= report.lines else { return .longer }
            let isLong = claim.root.count >= ShortCheckpoint.length
            return isLong && roots[claim.size]?.starts(with: claim.root) == true ? .consistent : .rewritten
        }
    }

    private func judgeWitnesses(isLineNamed: Bool) throws {
        let roots = try roots(at: witnesses.map(\.size).filter { (0...report.lines).contains($0) })
        for witness in witnesses {
            guard (0..<witness.line).contains(witness.size) else {
                find(witness.line, "names a checkpoint of \(witness.size) lines, which cannot be where it stands")
                continue
            }
            if roots[witness.size].map({ Data($0).base64EncodedString() }) != witness.root, !isLineNamed {
                find(witness.line, "names another root for the first \(witness.size) lines than they have now")
            }
        }
    }

    /// The roots that the tree has at some sizes: from one more way over the kept leaf hashes where they are those
    /// of the lines, else over the lines.
    private func roots(at sizes: [Int]) throws -> [Int: [UInt8]] {
        guard let largest = sizes.max() else { return [:] }
        var wanted = Set(sizes).sorted()[...]
        var tree = MerkleFrontier()
        var roots: [Int: [UInt8]] = [:]
        func note() {
            if wanted.first == tree.size {
                roots[tree.size] = tree.root
                wanted.removeFirst()
            }
        }
        note()
        if difference == nil, largest <= keptCount {
            while let next = wanted.first {
                try kept?.add(tree.size..<next, to: &tree)
                note()
            }
            return roots
        }
        for source in sources where !wanted.isEmpty {
            switch source {
            case .kept(let range):
                while tree.size < range.upperBound {
                    let next = min(range.upperBound, wanted.first ?? range.upperBound)
                    try kept?.add(tree.size..<next, to: &tree)
                    note()
                }
            case .file(let path):
                do {
                    try LineReader.read(path, limit: LedgerFolder.lineLimit) { line, _ in
                        tree.append(MerkleFrontier.leaf(line))
                        note()
                    }
                } catch let error as FileSafetyError where error.code == .tooLarge { break }
            }
        }
        return roots
    }
}
