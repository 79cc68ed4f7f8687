import FileSafety
import Foundation
package import RecordsModel
import SystemPackage

/// How far the files of a ledger agree: what a repair goes by.
///
/// Lines count from the first on, as long as each is a whole event in its place. What covers them: the checkpoint, where their
/// tree has its root; and leaf hashes that themselves have the checkpoint's root.
package struct LedgerSurvey: Sendable {
    /// What the checkpoint says; nil where it cannot be read.
    package internal(set) var checkpoint: Checkpoint?
    /// Why the checkpoint cannot be read.
    package internal(set) var checkpointFault: String?
    /// How many lines from the first on are events in their places.
    package internal(set) var lines = 0
    /// The length of these lines in bytes.
    package internal(set) var bytes = 0
    /// The tree over them.
    package internal(set) var frontier = MerkleFrontier()
    /// How many bytes lie behind them in the log.
    package internal(set) var rest = 0
    /// The lines that a closed part should hold which is not there.
    package internal(set) var gap: LogPart?
    /// Whether the lines that the checkpoint names have its root.
    package internal(set) var isProven = false
    /// How long `leaves` is, in bytes; nil where there is no such file.
    package internal(set) var leafBytes: Int?
    /// How many leaf hashes from the first on are those of the lines.
    package internal(set) var agreeing = 0
    /// Whether the leaf hashes that the checkpoint names have its root.
    package internal(set) var areLeavesProven = false

    /// Whether log, leaf hashes and checkpoint say the same.
    package var isSound: Bool {
        guard let checkpoint else { return false }
        return isProven && rest == 0 && gap == nil && lines == checkpoint.size && agreeing == lines
            && leafBytes == lines * 32
    }

    /// How many whole leaf hashes there are.
    package var leaves: Int { (leafBytes ?? 0) / 32 }
}

extension LedgerFolder {
    private struct Stop: Error {}

    /// Reads log, leaf hashes and checkpoint as far as they go, each on its own.
    ///
    /// - Parameter visit: given each line that counts, in order.
    /// - Returns: how far they agree.
    /// - Throws: what `visit` throws; `FileSafetyError` where a file cannot be read.
    package func survey(visit: (Event, [UInt8]) throws -> Void = { _, _ in }) throws -> LedgerSurvey {
        var found = LedgerSurvey()
        do {
            found.checkpoint = try readCheckpoint()
        } catch {
            found.checkpointFault = (error as? LedgerError)?.message ?? "\(error)"
        }
        found.leafBytes = try? FileStatus.of(leaves).size
        let kept = found.leafBytes == nil ? nil : try LeafFile(leaves)
        if let kept, let said = found.checkpoint, kept.count >= said.size {
            var frontier = MerkleFrontier()
            try kept.add(0..<said.size, to: &frontier)
            found.areLeavesProven = frontier.root == said.root
        }
        if found.checkpoint?.size == 0 { found.isProven = found.checkpoint?.root == MerkleFrontier().root }
        for (file, first) in try logFiles() {
            guard first == found.lines + 1 else {
                if found.rest == 0, first > found.lines {
                    found.gap = LogPart(first: found.lines + 1, last: first - 1)
                }
                break
            }
            guard try take(file, into: &found, kept: kept, visit) else { break }
        }
        found.rest = try (logFiles().reduce(0) { $0 + (try requireSize(of: $1.file)) }) - found.bytes
        return found
    }

    /// The files of the log that are there, each with the number of its first line; the open file's is told by its first event
    /// where that closed a part.
    func logFiles() throws -> [(file: FilePath, first: Int)] {
        let parts = try closedParts()
        var files = parts.map { (file: file(of: $0), first: $0.first) }
        guard FileStatus.exists(events) else { return files }
        var first = (parts.last?.last ?? 0) + 1
        do {
            try LineReader.read(events, limit: Self.lineLimit) { line, _ in
                if let event = try? CanonicalJSON.decode(Event.self, from: Data(line)), event.event == .partClosed,
                    event.seq >= 0, event.seq < Int.max
                {
                    first = event.seq + 1
                }
                throw Stop()
            }
        } catch is Stop {
        } catch let error as FileSafetyError where error.code == .tooLarge {}
        files.append((events, first))
        return files
    }

    /// - Returns: whether all of the file counts.
    private func take(
        _ file: FilePath,
        into found: inout LedgerSurvey,
        kept: LeafFile?,
        _ visit: (Event, [UInt8]) throws -> Void
    ) throws -> Bool {
        do {
            try LineReader.read(file, limit: Self.lineLimit) { line, isWhole in
                guard isWhole, let event = try? CanonicalJSON.decode(Event.self, from: Data(line)),
                    event.seq == found.lines
                else {
                    throw Stop()
                }
                let leaf = MerkleFrontier.leaf(line)
                if let kept, found.agreeing == found.lines, found.lines < kept.count,
                    try kept.holds(leaf, at: found.lines)
                {
                    found.agreeing += 1
                } else if found.areLeavesProven, found.lines < found.checkpoint?.size ?? 0 {
                    // The checkpoint covers another line here.
                    throw Stop()
                }
                found.frontier.append(leaf)
                found.lines += 1
                found.bytes += line.count + 1
                if let said = found.checkpoint, said.size == found.lines {
                    found.isProven = found.frontier.root == said.root
                }
                try visit(event, line)
            }
            return true
        } catch is Stop {
            return false
        } catch let error as FileSafetyError where error.code == .tooLarge {
            return false
        }
    }

    /// Whether a byte of the open file begins the event of a place.
    func isEvent(_ place: Int, behind offset: Int) throws -> Bool {
        var found = false
        do {
            try LineReader.read(events, from: offset, limit: Self.lineLimit) { line, isWhole in
                found = isWhole && (try? CanonicalJSON.decode(Event.self, from: Data(line)))?.seq == place
                throw Stop()
            }
        } catch is Stop {
        } catch let error as FileSafetyError where error.code == .tooLarge {}
        return found
    }

    /// Where the first lines of the log end.
    ///
    /// - Throws: `LedgerError`, code `damaged`, where there are fewer.
    package func end(of lines: Int, origin: String) throws -> End {
        var frontier = MerkleFrontier()
        var bytes = 0
        do {
            if lines > 0 {
                try readLog { line, _ in
                    frontier.append(MerkleFrontier.leaf(line))
                    bytes += line.count + 1
                    if frontier.size == lines { throw Stop() }
                }
            }
        } catch is Stop {}
        guard frontier.size == lines else {
            throw LedgerError(.damaged, message: "its log has \(frontier.size) lines, not \(lines)")
        }
        return End(origin: origin, bytes: bytes, frontier: frontier)
    }
}
