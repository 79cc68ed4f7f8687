import FileSafety
import Foundation
import Ledger
import RecordsModel
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// R51: old parts of the log may be put away by rule, and the chain stays whole.
@Suite(.scratch)
struct LogPartTests {
    /// A ledger of seven lines: two closed parts of three and two, and an open file of two.
    private static func sample() throws -> LedgerSample {
        let sample = try LedgerSample()
        var end = try sample.folder.end()
        for group in [0..<3, 3..<5, 5..<7] {
            if group.lowerBound > 0 { try sample.folder.close(at: end, files: DurableFiles()) }
            end = try sample.folder.append(try lines(group), behind: end, files: DurableFiles())
        }
        return sample
    }

    /// Lines; the first behind a closed part says where that part ended.
    private static func lines(_ range: Range<Int>) throws -> [[UInt8]] {
        try range.map { seq in
            guard [3, 5].contains(seq) else { return try LedgerSample.line(seq) }
            return try LedgerSample.line(seq, .partClosed, ["last": .integer(seq)])
        }
    }

    private static let first = "parts/events-000000001-000000003.jsonl"
    private static let second = "parts/events-000000004-000000005.jsonl"

    @Test func `R51 a log in parts has the root of the same log in one file, and is read from any line on`() throws {
        let sample = try Self.sample()
        let whole = LedgerFolder(Scratch.folder.appending("whole"))
        try whole.create(origin: LedgerSample.origin, files: DurableFiles())
        let end = try whole.append(try Self.lines(0..<7), behind: try whole.end(), files: DurableFiles())
        #expect(try sample.folder.end() == end)
        #expect(try sample.folder.end(remembered: end) == end)
        #expect(try sample.folder.closedParts() == [LogPart(first: 1, last: 3), LogPart(first: 4, last: 5)])
        let report = try sample.folder.verify()
        #expect(report.findings.isEmpty && report.lines == 7)
        let lengths = try Self.lines(0..<7).map { $0.count + 1 }
        for skipped in 0...7 {
            var found: [Int] = []
            try sample.folder.read(from: lengths.prefix(skipped).reduce(0, +)) { event, _ in found.append(event.seq) }
            #expect(found == Array(skipped..<7))
        }
    }

    @Test func `a changed line is named by its number in the log and its place in its part`() throws {
        let sample = try Self.sample()
        let text = String(decoding: try sample.content(Self.second), as: UTF8.self)
        var lines = text.split(separator: "\n").map(String.init)
        lines[1] = lines[1].replacing("Arsiparis", with: "Arsiparus")
        try sample.write(Self.second, (lines.joined(separator: "\n") + "\n").utf8)
        let report = try sample.folder.verify()
        #expect(report.findings.map(\.line) == [5])
        #expect(report.place(of: 5) == "\(Self.second):2")
        #expect(report.place(of: 6) == "events.jsonl:1" && report.place(of: 3) == "\(Self.first):3")
    }

    @Test(arguments: [(first, "lines 1 to 3"), (second, "lines 4 to 5")])
    func `a part that is gone is named once, and the rest is proven by the leaf hashes that are kept`(
        name: String,
        words: String
    ) throws {
        let sample = try Self.sample()
        try FileManager.default.removeItem(atPath: sample.path.pushing(FilePath(name)).string)
        let findings = try sample.folder.verify().findings
        #expect(findings.count == 1 && findings.first?.message.contains("\(words) are missing") == true)
        #expect(throws: LedgerError(.damaged, message: "")) { try sample.folder.end() }
    }

    @Test func `all parts gone are told from the event that begins the open file`() throws {
        let sample = try Self.sample()
        try FileManager.default.removeItem(atPath: sample.folder.parts.string)
        let findings = try sample.folder.verify().findings
        #expect(
            findings.map(\.message) == [
                "lines 1 to 5 are missing: put the closed part back, as 'parts/events-000000001-000000005.jsonl'"
            ]
        )
    }

    @Test func `the open file gone with lines in it is a fault, and gone without any is none`() throws {
        let sample = try Self.sample()
        try FileManager.default.removeItem(atPath: sample.folder.events.string)
        #expect(try sample.folder.verify().findings.map(\.line) == [6])
        #expect(throws: LedgerError(.damaged, message: "")) { try sample.folder.end() }

        let closed = try Self.sample(in: "closed")
        let end = try closed.end()
        try closed.close(at: end, files: DurableFiles())
        #expect(!FileStatus.exists(closed.events))
        #expect(try closed.end() == end && closed.verify().findings.isEmpty)
        _ = try closed.append([try LedgerSample.line(7)], behind: end, files: DurableFiles())
        #expect(try closed.verify().lines == 8 && closed.verify().findings.isEmpty)
    }

    private static func sample(in name: String) throws -> LedgerFolder {
        let folder = LedgerFolder(Scratch.folder.appending(name))
        try folder.create(origin: LedgerSample.origin, files: DurableFiles())
        _ = try folder.append(try lines(0..<7), behind: try folder.end(), files: DurableFiles())
        return folder
    }

    @Test(arguments: [
        "events-1-3.jsonl", "events-000000003-000000001.jsonl", "events-000000000-000000003.jsonl", "lain",
    ])
    func `what is no part does not belong there`(name: String) throws {
        #expect(LogPart(name: name) == nil)
        let sample = try Self.sample()
        try sample.write("parts/\(name)", "x".utf8)
        let findings = try sample.folder.verify().findings
        #expect(findings.count == 1 && findings.first?.message.contains("does not belong") == true)
    }

    @Test func `a part that was renamed, or put there by hand, is found`() throws {
        let sample = try Self.sample()
        let forged = sample.path.appending("parts").appending("events-000000006-000000007.jsonl")
        try FileManager.default.copyItem(
            atPath: sample.path.pushing(FilePath(Self.second)).string,
            toPath: forged.string
        )
        #expect(try !sample.folder.verify().findings.isEmpty)
        #expect(throws: LedgerError(.damaged, message: "")) { try sample.folder.end() }
        try FileManager.default.removeItem(atPath: forged.string)
        let other = sample.path.appending("parts").appending("events-000000004-000000006.jsonl")
        try FileManager.default.moveItem(
            atPath: sample.path.pushing(FilePath(Self.second)).string,
            toPath: other.string
        )
        let messages = try sample.folder.verify().findings.map(\.message)
        #expect(messages == ["'events-000000004-000000006.jsonl' holds 2 lines, not those of its name"])
    }

    @Test func `closing and appending interrupted at any step is carried to its end by doing both again`() throws {
        struct Crash: Error {}
        func work(_ folder: LedgerFolder, _ end: LedgerFolder.End, _ files: DurableFiles) throws {
            try folder.close(at: end, files: files)
            _ = try folder.append(
                [try LedgerSample.line(7, .partClosed, ["last": .integer(7)])],
                behind: end,
                files: files
            )
        }
        let good = try Self.sample(in: "good")
        let steps = Mutex(0)
        let counting = Tripwire { _ in steps.withLock { $0 += 1 } }
        try work(good, try good.end(), DurableFiles(tripwire: counting))
        let count = steps.withLock { $0 }
        #expect(count > 8)
        for step in 0..<count {
            let folder = try Self.sample(in: "run \(step)")
            let end = try folder.end()
            let passed = Mutex(0)
            let wire = Tripwire { _ in
                let number = passed.withLock { value in
                    value += 1
                    return value - 1
                }
                if number >= step { throw Crash() }
            }
            #expect(throws: Crash.self) { try work(folder, end, DurableFiles(tripwire: wire)) }
            try work(folder, end, DurableFiles())
            #expect(try TreeSnapshot.of(folder.path) == TreeSnapshot.of(good.path), "step \(step)")
            #expect(try folder.verify().findings.isEmpty, "step \(step)")
        }
    }
}
