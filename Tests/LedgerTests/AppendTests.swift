import FileSafety
import Ledger
import RecordsModel
import Synchronization
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct AppendTests {
    @Test func `a new ledger has no lines and the root of nothing`() throws {
        let sample = try LedgerSample()
        let end = try sample.folder.end()
        #expect(end.bytes == 0 && end.frontier.size == 0)
        #expect(end.checkpoint == (try sample.folder.readCheckpoint()))
        #expect(end.checkpoint.rootText == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
        #expect(try sample.folder.verify().findings.isEmpty)
    }

    @Test(arguments: [[1], [1, 1, 1], [3, 5], [0, 2], [7, 1, 8]])
    func `lines added in groups are the ledger, whatever the groups`(groups: [Int]) throws {
        let sample = try LedgerSample()
        var end = try sample.folder.end()
        var count = 0
        for group in groups {
            let lines = try (count..<count + group).map { try LedgerSample.line($0) }
            end = try sample.folder.append(lines, behind: end, files: DurableFiles())
            count += group
            #expect(try sample.folder.end() == end)
            #expect(try sample.folder.end(remembered: end) == end)
        }
        let report = try sample.folder.verify()
        #expect(report.findings.isEmpty)
        #expect(report.lines == count)
        #expect(report.checkpoint == end.checkpoint)
        #expect(try sample.lines() == (0..<count).map { try LedgerSample.line($0) })
    }

    @Test func `appending again behind the same end changes nothing`() throws {
        let sample = try LedgerSample.of(3)
        let end = try sample.folder.end()
        let lines = [try LedgerSample.line(3), try LedgerSample.line(4)]
        let now = try sample.folder.append(lines, behind: end, files: DurableFiles())
        let before = try TreeSnapshot.of(sample.path)
        #expect(try sample.folder.append(lines, behind: end, files: DurableFiles()) == now)
        #expect(try TreeSnapshot.of(sample.path) == before)
    }

    /// How many steps an append of two lines takes.
    private static let steps = 8

    @Test func `an append takes eight steps, log before leaves before checkpoint`() throws {
        let sample = try LedgerSample.of(3)
        let seen = Mutex<[String]>([])
        let wire = Tripwire { step in
            seen.withLock { $0.append("\(step.kind.rawValue) \(step.path.lastComponent?.string ?? "")") }
        }
        let lines = [try LedgerSample.line(3), try LedgerSample.line(4)]
        _ = try sample.folder.append(lines, behind: try sample.folder.end(), files: DurableFiles(tripwire: wire))
        let expected = [
            "append events.jsonl", "sync events.jsonl", "append leaves", "sync leaves", "write checkpoint.new",
            "sync checkpoint.new", "rename checkpoint", "sync ledger",
        ]
        #expect(seen.withLock { $0 } == expected)
        #expect(expected.count == Self.steps)
    }

    @Test(arguments: 0..<steps, [0, 40, 100_000])
    func `an append interrupted at any step is carried to its end by appending again`(step: Int, torn: Int) throws {
        struct Crash: Error {}
        let sample = try LedgerSample.of(3)
        let end = try sample.folder.end()
        let lines = [try LedgerSample.line(3), try LedgerSample.line(4)]
        let count = Mutex(0)
        let wire = Tripwire { _ in
            let number = count.withLock { value in
                value += 1
                return value - 1
            }
            if number >= step { throw Crash() }
        }
        #expect(throws: Crash.self) {
            try sample.folder.append(lines, behind: end, files: DurableFiles(tripwire: wire))
        }
        // A crash may also leave anything behind the old end.
        if torn > 0 {
            let rest = [UInt8](repeating: 0, count: torn)
            try sample.write("events.jsonl", try sample.content("events.jsonl").prefix(end.bytes) + rest)
        }
        let now = try sample.folder.append(lines, behind: end, files: DurableFiles())
        #expect(try sample.folder.end() == now)
        #expect(try sample.folder.verify().findings.isEmpty)
        #expect(try sample.lines().count == 5)
        #expect(
            try FolderEntries(of: sample.path).map(\.name.shown) == [
                "checkpoint", "events.jsonl", "leaves",
            ]
        )
    }

    @Test(arguments: ["events.jsonl", "leaves"])
    func `nothing is added to a ledger that is shorter than it was`(name: String) throws {
        let sample = try LedgerSample.of(3)
        let end = try sample.folder.end()
        try sample.write(name, try sample.content(name).dropLast())
        #expect(throws: LedgerError(.damaged, message: "")) {
            try sample.folder.append([try LedgerSample.line(3)], behind: end, files: DurableFiles())
        }
        #expect(throws: LedgerError(.damaged, message: "")) { try sample.folder.end() }
        #expect(throws: LedgerError(.damaged, message: "")) { try sample.folder.end(remembered: end) }
    }

    @Test(arguments: ["events.jsonl", "leaves", "checkpoint"])
    func `a missing file is named as missing`(name: String) throws {
        let sample = try LedgerSample.of(3)
        let end = try sample.folder.end()
        try DurableFiles().removeIfPresent(sample.path.appending(name))
        let error = #expect(throws: LedgerError.self) { try sample.folder.end(remembered: end) }
        #expect(error?.code == .missing)
        #expect(error?.message.contains(name) == true)
        #expect(try !sample.folder.verify().findings.isEmpty)
    }

    @Test func `a changed byte is found when the end is computed and nothing is remembered`() throws {
        let sample = try LedgerSample.of(3)
        var bytes = try sample.content("events.jsonl")
        bytes[10] ^= 1
        try sample.write("events.jsonl", bytes)
        #expect(throws: LedgerError(.damaged, message: "")) { try sample.folder.end() }
    }

    @Test func `the checkpoint of an earlier length is the one that stood there then`() throws {
        let sample = try LedgerSample()
        var end = try sample.folder.end()
        var checkpoints = [end.checkpoint]
        for seq in 0..<9 {
            end = try sample.folder.append([try LedgerSample.line(seq)], behind: end, files: DurableFiles())
            checkpoints.append(end.checkpoint)
        }
        for (size, checkpoint) in checkpoints.enumerated() {
            #expect(try sample.folder.checkpoint(at: size) == checkpoint)
        }
        for size in [-1, 10, Int.max, Int.min] {
            #expect(throws: LedgerError(.damaged, message: "")) { try sample.folder.checkpoint(at: size) }
        }
    }

    @Test func `no checkpoint of an earlier length is made out of leaves that were changed`() throws {
        let sample = try LedgerSample.of(5)
        let leaves = try sample.content("leaves")
        for offset in [0, 40, 159] {
            var bytes = leaves
            bytes[offset] ^= 1
            try sample.write("leaves", bytes)
            #expect(throws: LedgerError(.damaged, message: "")) { try sample.folder.checkpoint(at: 3) }
        }
        try sample.write("leaves", leaves)
        #expect(try sample.folder.checkpoint(at: 3).size == 3)
    }

    @Test func `events are read from any line on, with their bytes`() throws {
        let sample = try LedgerSample.of(5)
        let lines = try sample.lines()
        let start = lines.prefix(2).reduce(0) { $0 + $1.count + 1 }
        var found: [Int] = []
        try sample.folder.read(from: start) { event, bytes in
            found.append(event.seq)
            #expect(bytes == lines[event.seq])
        }
        #expect(found == [2, 3, 4])
        #expect(throws: LedgerError(.damaged, message: "")) { try sample.folder.read(from: start + 1) { _, _ in } }
    }
}
