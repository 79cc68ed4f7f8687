package import FileSafety
package import SystemPackage

/// A closed part of the log: a file of its own that is never written to again.
///
/// Its name says which lines it holds, from 1, so that a part that is gone can be named by the ones beside it.
package struct LogPart: Hashable, Sendable, CustomStringConvertible {
    /// The number of its first line in the whole log, from 1.
    package let first: Int
    /// The number of its last line.
    package let last: Int

    /// A part by the lines that it holds.
    package init(first: Int, last: Int) {
        self.first = first
        self.last = last
    }

    /// The part with this file name; nil where it is not the name of a part.
    package init?(name: String) {
        let pieces = name.split(separator: "-", omittingEmptySubsequences: false)
        guard pieces.count == 3, let first = Int(pieces[1]), let last = Int(pieces[2].dropLast(Self.ending.count))
        else {
            return nil
        }
        self.init(first: first, last: last)
        guard (1...last).contains(first), self.name.utf8.elementsEqual(name.utf8) else { return nil }
    }

    /// Its file's name in `ledger/parts/`.
    package var name: String { "events-\(Self.padded(first))-\(Self.padded(last))\(Self.ending)" }

    /// The name.
    package var description: String { name }

    private static let ending = ".jsonl"

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 9 - digits.count)) + digits
    }
}

extension LedgerFolder {
    /// Where the closed parts lie; not there before the first of them.
    package var parts: FilePath { path.appending("parts") }

    /// The closed parts in the order of their lines.
    ///
    /// Files with other names are passed over: whether something is missing or too many, the checkpoint tells.
    ///
    /// - Throws: `FileSafetyError` where the folder cannot be read.
    package func closedParts() throws -> [LogPart] {
        guard FileStatus.exists(parts) else { return [] }
        return try FolderEntries(of: parts).compactMap { LogPart(name: $0.name.shown) }
            .sorted { ($0.first, $0.last) < ($1.first, $1.last) }
    }

    /// The file of a part.
    package func file(of part: LogPart) -> FilePath { parts.appending(part.name) }

    /// The files of the log in the order of their lines.
    ///
    /// The open file may be missing behind a closed part: it then has no line yet. Whether it ever had one, the checkpoint
    /// tells.
    ///
    /// - Throws: `LedgerError`, code `missing`, where there is neither a part nor the open file.
    func stretches() throws -> [(file: FilePath, bytes: Int)] {
        var files = try closedParts().map { file(of: $0) }
        if files.isEmpty || FileStatus.exists(events) { files.append(events) }
        return try files.map { ($0, try requireSize(of: $0)) }
    }

    /// The length of the whole log in bytes.
    func logSize() throws -> Int { try stretches().reduce(0) { $0 + $1.bytes } }

    /// The length of the closed parts in bytes: where the open file begins.
    func closedSize() throws -> Int { try closedParts().reduce(0) { $0 + (try requireSize(of: file(of: $1))) } }

    /// The length of the closed parts in bytes: nothing before it is ever cut.
    package func closedBytes() throws -> Int { try closedSize() }

    /// Reads the lines of the whole log, from a byte of it on.
    ///
    /// - Parameters:
    ///   - offset: how many bytes of the log to pass over first; a line begins there.
    ///   - body: given each line without its line end, and whether it has one.
    /// - Throws: `LedgerError`, code `missing`; `FileSafetyError`, code `tooLarge`, for a line that is too long; and what
    ///   `body` throws.
    func readLog(from offset: Int = 0, body: (_ line: [UInt8], _ isWhole: Bool) throws -> Void) throws {
        var begin = 0
        for stretch in try stretches() {
            defer { begin += stretch.bytes }
            guard begin + stretch.bytes > offset else { continue }
            let skipped = max(0, offset - begin)
            try LineReader.read(stretch.file, from: skipped, limit: Self.lineLimit, body: body)
        }
    }

    /// Closes the log where it ends: what was written until then becomes a part, and the next line begins a new file.
    ///
    /// Nothing is copied or cut: the open file gets another name, in one step. Running it again with the same end changes
    /// nothing more.
    ///
    /// - Parameters:
    ///   - end: where the ledger ends.
    ///   - files: what changes files.
    /// - Throws: `LedgerError`, code `damaged`, where the files do not end there.
    package func close(at end: End, files: DurableFiles) throws {
        let closed = try closedParts()
        let size = try closedSize()
        guard size < end.bytes else { return }
        guard try requireSize(of: events) == end.bytes - size else {
            throw LedgerError(.damaged, message: "its open file does not end where the checkpoint says")
        }
        let part = LogPart(first: (closed.last?.last ?? 0) + 1, last: end.frontier.size)
        if !FileStatus.exists(parts) {
            try files.makeDirectory(parts)
            try files.sync(path)
        }
        try files.rename(events, to: file(of: part))
        try files.sync(parts)
        try files.sync(path)
    }
}
