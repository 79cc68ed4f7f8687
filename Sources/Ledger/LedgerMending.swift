package import FileSafety
import Foundation
import RecordsModel
package import SystemPackage

/// What a repair does to the files of a ledger: each step whole or not at all, and none takes a byte away that was not put
/// aside before.
extension LedgerFolder {
    /// Cuts what lies behind an end off the open file, after it was put aside.
    ///
    /// - Parameters:
    ///   - end: where the log shall end.
    ///   - aside: the file that keeps what is cut off.
    ///   - files: what changes files.
    /// - Throws: `LedgerError`, code `damaged`, where the end lies within a closed part.
    package func cut(at end: End, aside: FilePath, files: DurableFiles) throws {
        let closed = try closedSize()
        guard closed <= end.bytes else {
            throw LedgerError(.damaged, message: "it would have to be cut within a closed part")
        }
        let begin = end.bytes - closed
        let size = try requireSize(of: events)
        guard size > begin else { return }
        try copy(events, from: begin, to: aside, files: files)
        try files.append([], to: events, at: begin)
    }

    /// Copies a file, or its end, to where there is none, and waits for the disk.
    func copy(_ source: FilePath, from start: Int, to copy: FilePath, files: DurableFiles) throws {
        let file = try OpenFile.reading(source)
        let size = try file.status().size
        try files.removeIfPresent(copy)
        try files.create(copy, [])
        var done = start
        while done < size {
            try file.seek(to: done)
            let piece = try file.beginning(min(1 << 22, size - done))
            guard !piece.isEmpty else { break }
            try files.append(piece, to: copy, at: done - start)
            done += piece.count
        }
        try files.sync(copy)
        let folder = copy.removingLastComponent()
        try files.sync(folder.isEmpty ? "." : folder)
    }

    /// Makes `leaves` anew from the lines of the log; what was there before is put aside.
    ///
    /// - Parameters:
    ///   - aside: the file that keeps the old one.
    ///   - files: what changes files.
    /// - Throws: `FileSafetyError`; `LedgerError`, code `missing`, without a log.
    package func remakeLeaves(aside: FilePath, files: DurableFiles) throws {
        let fresh = FilePath(leaves.string + ".new")
        try files.removeIfPresent(fresh)
        try files.create(fresh, [])
        var pending: [UInt8] = []
        var written = 0
        func write() throws {
            try files.append(pending, to: fresh, at: written)
            written += pending.count
            pending.removeAll(keepingCapacity: true)
        }
        try readLog { line, _ in
            pending += MerkleFrontier.leaf(line)
            if pending.count >= 1 << 22 { try write() }
        }
        try write()
        if FileStatus.exists(leaves) { try copy(leaves, from: 0, to: aside, files: files) }
        try files.rename(fresh, to: leaves)
        try files.sync(path)
    }

    /// Moves the checkpoint to an end; what was there before is put aside.
    package func setCheckpoint(_ said: Checkpoint, aside: FilePath, files: DurableFiles) throws {
        if FileStatus.exists(checkpoint) { try copy(checkpoint, from: 0, to: aside, files: files) }
        try files.replace(checkpoint, said.description.utf8)
    }

    /// A file of the log that is written anew, or for the first time.
    package struct Rewriting: Sendable {
        /// The file.
        package let file: FilePath
        /// Its lines, without their line ends.
        package let lines: [[UInt8]]
        /// How many of them come from elsewhere.
        package let restored: Int
    }

    /// What has to be written anew for the log to have the lines that the checkpoint covers.
    ///
    /// - Parameters:
    ///   - size: how many lines the checkpoint covers.
    ///   - line: a line from elsewhere by its place, from 0; nil where there is none.
    ///   - isProven: whether a line is the one that is covered in a place.
    /// - Returns: the files, and how many lines the log then has: fewer than `size` where the last ones are nowhere; nil where
    ///   a line in the middle is nowhere.
    /// - Throws: `FileSafetyError`, and what the closures throw.
    package func rewritings(
        upTo size: Int,
        line: (Int) throws -> [UInt8]?,
        isProven: ([UInt8], Int) throws -> Bool
    ) throws -> (files: [Rewriting], lines: Int)? {
        var made: [Rewriting] = []
        var next = 0
        var ranges: [(file: FilePath, range: Range<Int>, isOpen: Bool)] = []
        let there = try logFiles()
        for (index, entry) in there.enumerated() where entry.file != events {
            if entry.first - 1 > next { ranges.append((gapFile(next, entry.first - 1), next..<entry.first - 1, false)) }
            let last = LogPart(name: entry.file.lastComponent?.string ?? "")?.last ?? entry.first
            ranges.append((entry.file, entry.first - 1..<min(last, max(size, entry.first - 1)), false))
            next = last
            _ = index
        }
        let begin = there.first { $0.file == events }.map { $0.first - 1 } ?? next
        if begin > next { ranges.append((gapFile(next, begin), next..<begin, false)) }
        ranges.append((events, max(begin, next)..<max(size, begin, next), true))
        for (file, range, isOpen) in ranges {
            let own = try lines(of: file)
            var lines: [[UInt8]] = []
            var restored = 0
            for place in range {
                let mine = own.indices.contains(place - range.lowerBound) ? own[place - range.lowerBound] : nil
                if let mine, try isProven(mine, place) {
                    lines.append(mine)
                } else if let other = try line(place), try isProven(other, place) {
                    lines.append(other)
                    restored += 1
                } else {
                    guard isOpen else { return nil }
                    break
                }
            }
            let isWhole = lines.count == range.count
            guard isOpen else {
                if restored > 0 { made.append(Rewriting(file: file, lines: lines, restored: restored)) }
                continue
            }
            // A line in the middle that is nowhere: what lies behind it would be lost.
            if !isWhole, own.count > lines.count + 1 { return nil }
            if restored > 0 {
                if isWhole { lines += Self.uncovered(own, from: size) }
                made.append(Rewriting(file: file, lines: lines, restored: restored))
            }
            return (made, isWhole ? max(size, range.lowerBound) : range.lowerBound + lines.count)
        }
        return nil
    }

    private func gapFile(_ first: Int, _ last: Int) -> FilePath {
        parts.appending(LogPart(first: first + 1, last: last).name)
    }

    private func lines(of file: FilePath) throws -> [[UInt8]] {
        guard FileStatus.exists(file) else { return [] }
        var lines: [[UInt8]] = []
        do {
            try LineReader.read(file, limit: Self.lineLimit) { line, _ in lines.append(line) }
        } catch let error as FileSafetyError where error.code == .tooLarge {}
        return lines
    }

    /// The last of some lines that are events in their places, from one place on.
    private static func uncovered(_ lines: [[UInt8]], from size: Int) -> [[UInt8]] {
        func seq(_ line: [UInt8]) -> Int? { (try? CanonicalJSON.decode(Event.self, from: Data(line)))?.seq }
        guard let begin = lines.lastIndex(where: { seq($0) == size }) else { return [] }
        var count = 0
        for line in lines[begin...] {
            guard seq(line) == size + count else { break }
            count += 1
        }
        return Array(lines[begin..<begin + count])
    }

    /// Writes a file of the log anew; what was there before is put aside.
    package func write(_ rewriting: Rewriting, aside: FilePath, files: DurableFiles) throws {
        if FileStatus.exists(rewriting.file) { try copy(rewriting.file, from: 0, to: aside, files: files) }
        if rewriting.file != events, !FileStatus.exists(parts) {
            try files.makeDirectory(parts)
            try files.sync(path)
        }
        // Beside the ledger's folder's own names, and never seen: renamed as soon as it is whole.
        try files.replace(rewriting.file, rewriting.lines.flatMap { $0 + [UInt8(ascii: "\n")] })
    }

    /// A line of the kept leaf hashes that the checkpoint covers: whether it is the hash of these bytes.
    package func proofByLeaves() throws -> ([UInt8], Int) throws -> Bool {
        let kept = try LeafFile(leaves)
        return { line, place in
            guard place < kept.count else { return false }
            return try kept.holds(MerkleFrontier.leaf(line), at: place)
        }
    }
}
