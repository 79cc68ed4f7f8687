import FileSafety
import Foundation
import RecordsModel
import SystemPackage

extension LedgerFolder {
    /// Why lines cannot be carried into the log behind an end that somebody wrote down; nil where they can.
    ///
    /// Nothing of that end is believed: its tree must be the one that the checkpoint names, before the lines or with them,
    /// and its length must be where the last of its lines ends. What lies behind it may be some of these lines, the last of
    /// them torn, and nothing else: `append` cuts it off.
    ///
    /// - Parameters:
    ///   - lines: the lines, each without its line end.
    ///   - end: where the log is said to have ended before them.
    /// - Returns: the place in the end, its value, and what is wrong with it; nil where nothing is.
    /// - Throws: `FileSafetyError` where a file cannot be read; `LedgerError` where the checkpoint cannot.
    package func objection(
        to lines: [[UInt8]],
        behind end: End
    ) throws -> (place: String, value: String, reason: String)? {
        let said = try readCheckpoint()
        guard said.origin.utf8.elementsEqual(end.origin.utf8) else {
            return ("origin", end.origin, "is not the log's name, '\(said.origin)'")
        }
        var with = end.frontier
        for line in lines { with.append(MerkleFrontier.leaf(line)) }
        guard said.size == end.frontier.size || said.size == with.size else {
            return ("events", "\(end.frontier.size)", "does not fit the checkpoint, which has \(said.size) lines")
        }
        guard said.root == (said.size == with.size ? with : end.frontier).root else {
            return ("frontier", end.checkpoint.rootText, "is not the tree that the checkpoint names")
        }
        guard try requireSize(of: leaves) >= end.frontier.size * 32 else {
            return ("events", "\(end.frontier.size)", "is more than 'leaves' has")
        }
        guard try closedSize() <= end.bytes, try end.bytes <= logSize(), try ends(at: end) else {
            return ("bytes", "\(end.bytes)", "is not where line \(end.frontier.size) of the log ends")
        }
        guard try isTorn(lines, from: end.bytes) else {
            return ("bytes", "\(end.bytes)", "is followed in the log by lines that are not those of 'events.jsonl'")
        }
        return nil
    }

    /// Whether the last line of an end is there and ends where it says.
    private func ends(at end: End) throws -> Bool {
        let number = end.frontier.size
        guard number > 0 else { return end.bytes == 0 }
        guard let line = try lastLine(before: end.bytes) else { return false }
        let file = try OpenFile.reading(leaves)
        try file.seek(to: (number - 1) * 32)
        return try file.beginning(32) == MerkleFrontier.leaf(line)
            && (try? CanonicalJSON.decode(Event.self, from: Data(line)))?.seq == number - 1
    }

    /// The line that ends, with its line end, at a byte of the whole log; nil where none does.
    private func lastLine(before position: Int) throws -> [UInt8]? {
        var begin = 0
        for stretch in try stretches() {
            defer { begin += stretch.bytes }
            guard position > begin, position <= begin + stretch.bytes else { continue }
            let last = position - begin
            let file = try OpenFile.reading(stretch.file)
            var length = min(last, 1 << 16)
            while true {
                try file.seek(to: last - length)
                let bytes = try file.beginning(length)
                guard bytes.count == length, bytes.last == UInt8(ascii: "\n") else { return nil }
                if let before = bytes.dropLast().lastIndex(of: UInt8(ascii: "\n")) {
                    return Array(bytes[(before + 1)...].dropLast())
                }
                if length == last { return bytes.dropLast() }
                guard length <= Self.lineLimit else { return nil }
                length = min(last, length * 4)
            }
        }
        return nil
    }

    /// Whether what lies behind a byte of the log is the beginning of these lines, the last of it perhaps torn.
    private func isTorn(_ lines: [[UInt8]], from position: Int) throws -> Bool {
        var next = 0
        var fits = true
        try readLog(from: position) { line, isWhole in
            guard isWhole else { return }
            fits = fits && next < lines.count && lines[next] == line
            next += 1
        }
        return fits
    }
}
