import FileSafety
import Foundation
import Ledger
import RecordsModel
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct LedgerDamageTests {
    @Test func `one changed byte names its line, wherever it is`() throws {
        let sample = try LedgerSample.of(5)
        let whole = try sample.content("events.jsonl")
        for offset in stride(from: 0, to: whole.count, by: 7) where whole[offset] != UInt8(ascii: "\n") {
            var bytes = whole
            bytes[offset] ^= 1
            guard bytes[offset] != UInt8(ascii: "\n") else { continue }
            try sample.write("events.jsonl", bytes)
            let line = whole[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
            let named = try sample.named()
            #expect(named.contains(line) && !named.contains { $0 != 0 && $0 < line }, "byte \(offset)")
        }
        try sample.write("events.jsonl", whole)
        #expect(try sample.named().isEmpty)
    }

    @Test(arguments: 0..<5)
    func `a line that says something else is named`(index: Int) throws {
        let sample = try LedgerSample.of(5)
        var lines = try sample.lines()
        lines[index] = Array(
            String(decoding: lines[index], as: UTF8.self).replacing("Arsiparis", with: "Arsiparus").utf8
        )
        try sample.write(lines: lines)
        #expect(try sample.named() == [index + 1])
        #expect(try sample.folder.verify().findings.first?.message.contains("leaf hash differs") == true)
    }

    @Test(arguments: [(600, []), (601, [4])])
    func `time that runs backwards by more than ten minutes is named, however well every hash fits`(
        seconds: Int,
        named: [Int]
    ) throws {
        let sample = try LedgerSample.of(5)
        var lines = try sample.lines()
        func time(_ second: Int) -> String { Moment(secondsSinceEpoch: second, offset: 28_800).description }
        // Line 4 lies behind line 3 by so much; line 5 is later than both.
        let before = time(1_700_000_002 - seconds)
        lines[3] = Array(String(decoding: lines[3], as: UTF8.self).replacing(time(1_700_000_003), with: before).utf8)
        try sample.write(lines: lines)
        try sample.reseal()
        #expect(try sample.named() == named)
        let words = try sample.folder.verify().findings.map(\.message).joined()
        #expect(words.contains("time ran backwards") == !named.isEmpty, "\(words)")
    }

    @Test func `swapped lines are named`() throws {
        let sample = try LedgerSample.of(5)
        var lines = try sample.lines()
        lines.swapAt(1, 3)
        try sample.write(lines: lines)
        #expect(try Set(sample.named()) == [2, 4])
    }

    @Test func `a missing last line is named`() throws {
        let sample = try LedgerSample.of(5)
        try sample.write(lines: try sample.lines().dropLast())
        #expect(try sample.named() == [5])
    }

    @Test func `a missing first line is named`() throws {
        let sample = try LedgerSample.of(5)
        try sample.write(lines: Array(try sample.lines().dropFirst()))
        let named = try sample.named()
        #expect(named.contains(1) && named.contains(5))
    }

    @Test func `an extra line behind the last is named`() throws {
        let sample = try LedgerSample.of(5)
        try sample.write(lines: try sample.lines() + [try LedgerSample.line(5)])
        #expect(try sample.named() == [6])
        #expect(try sample.folder.verify().findings.first?.message.contains("not covered by the checkpoint") == true)
    }

    @Test func `a last line without its line end is named as cut`() throws {
        let sample = try LedgerSample.of(5)
        try sample.write("events.jsonl", try sample.content("events.jsonl").dropLast())
        let findings = try sample.folder.verify().findings
        #expect(findings.map(\.line) == [5])
        #expect(findings.first?.message.contains("no line end") == true)
    }

    @Test func `a line cut in its middle is named`() throws {
        let sample = try LedgerSample.of(5)
        try sample.write("events.jsonl", try sample.content("events.jsonl").dropLast(30))
        let named = try sample.named()
        #expect(!named.isEmpty && named.allSatisfy { $0 == 5 })
    }

    @Test func `an empty log is all missing`() throws {
        let sample = try LedgerSample.of(5)
        try sample.write("events.jsonl", [])
        #expect(try sample.named() == [1])
    }

    // MARK: - The files beside the log

    @Test(arguments: 0..<3)
    func `an edited leaf is told as such, and not as an edited line`(index: Int) throws {
        let sample = try LedgerSample.of(3)
        var leaves = try sample.content("leaves")
        leaves[index * 32 + 5] ^= 0x10
        try sample.write("leaves", leaves)
        let findings = try sample.folder.verify().findings
        #expect(findings.map(\.line) == [nil])
        #expect(findings.first?.message.contains("'leaves' was changed: its entry \(index + 1)") == true)
    }

    @Test(arguments: [-1, -32, 1, 32])
    func `leaves that are cut or too long are told`(change: Int) throws {
        let sample = try LedgerSample.of(3)
        let leaves = try sample.content("leaves")
        try sample.write(
            "leaves",
            change < 0 ? leaves.dropLast(-change) : leaves + [UInt8](repeating: 0, count: change)
        )
        let findings = try sample.folder.verify().findings
        #expect(findings.map(\.line) == [nil])
        #expect(findings.first?.message.contains("'leaves' has \(96 + change) bytes, 96 belong") == true)
    }

    @Test func `a changed line whose leaf was rewritten is told by the checkpoint`() throws {
        let sample = try LedgerSample.of(3)
        let checkpoint = try sample.content("checkpoint")
        var lines = try sample.lines()
        lines[1] = try LedgerSample.line(1, .packing)
        try sample.write(lines: lines)
        try sample.reseal()
        try sample.write("checkpoint", checkpoint)
        let findings = try sample.folder.verify().findings
        #expect(findings.map(\.line) == [nil])
        #expect(findings.first?.message.contains("does not have the root") == true)
    }

    @Test func `every byte of the checkpoint counts`() throws {
        let sample = try LedgerSample.of(3)
        let first = try LedgerSample.line(0, .creation, ["origin": .string(LedgerSample.origin)])
        try sample.write(lines: [first] + Array(try sample.lines().dropFirst()))
        try sample.reseal()
        let whole = try sample.content("checkpoint")
        #expect(try sample.named().isEmpty)
        for offset in whole.indices {
            var bytes = whole
            bytes[offset] ^= 1
            try sample.write("checkpoint", bytes)
            #expect(try !sample.named().isEmpty, "byte \(offset)")
        }
        try sample.write("checkpoint", whole + Array("more\n".utf8))
        #expect(try !sample.named().isEmpty)
    }

    @Test(arguments: ["a\n9223372036854775807\n", "a\n1099511627776\n", "a\n4\n", "a\n2\n", "a\n0\n"])
    func `a checkpoint that names another number of lines is told, however large`(head: String) throws {
        let sample = try LedgerSample.of(3)
        let root = try sample.folder.readCheckpoint().rootText
        try sample.write("checkpoint", (head + root + "\n").utf8)
        #expect(try !sample.named().isEmpty)
        #expect(throws: LedgerError(.damaged, message: "")) { try sample.folder.end() }
    }

    // MARK: - Witnesses

    /// A ledger whose fourth line names the checkpoint of the first three.
    private func witnessed(size: Int = 3, root: String? = nil) throws -> LedgerSample {
        let sample = try LedgerSample.of(3)
        let said = try sample.folder.readCheckpoint()
        let detail: [String: JSONValue] = [
            "checkpointRoot": .string(root ?? said.rootText), "checkpointSize": .integer(size),
        ]
        let line = try LedgerSample.line(3, .packing, detail)
        _ = try sample.folder.append([line], behind: try sample.folder.end(), files: DurableFiles())
        return sample
    }

    @Test func `a package's checkpoint witnesses the lines before it, also where all else was rewritten`() throws {
        let sample = try witnessed()
        #expect(try sample.named().isEmpty)
        var lines = try sample.lines()
        lines[1] = try LedgerSample.line(1, .packing)
        try sample.write(lines: lines)
        try sample.reseal()
        #expect(try sample.named() == [4])
    }

    @Test(arguments: [-1, 4, 5, Int.max, Int.min])
    func `a checkpoint that cannot stand where it is named is told`(size: Int) throws {
        #expect(try witnessed(size: size).named() == [4])
    }

    @Test func `a witness of the empty tree is held against it`() throws {
        let empty = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        #expect(try witnessed(size: 0, root: empty).named().isEmpty)
    }

    // MARK: - What the events say

    @Test func `an event that is out of its place is named, also where all else fits`() throws {
        let sample = try LedgerSample.of(3)
        var lines = try sample.lines()
        lines.swapAt(0, 2)
        try sample.write(lines: lines)
        try sample.reseal()
        #expect(try sample.named() == [1, 3])
    }

    @Test(arguments: ["", "{}", "nonsense", "[1]", "{\"seq\":1}"])
    func `a line that is no event is named, also where all else fits`(text: String) throws {
        let sample = try LedgerSample.of(3)
        let lines = try sample.lines()
        let log = lines[0] + [10] + Array(text.utf8) + [10] + lines[2] + [10]
        try sample.write("events.jsonl", log)
        let findings = try sample.folder.verify().findings
        #expect(findings.contains { $0.line == 2 && $0.message == "cannot be read as an event" })
    }

    @Test func `a checkpoint of another log is told`() throws {
        let sample = try LedgerSample()
        let line = try LedgerSample.line(0, .creation, ["origin": .string("tag:other.example,2026:ledger")])
        _ = try sample.folder.append([line], behind: try sample.folder.end(), files: DurableFiles())
        let findings = try sample.folder.verify().findings
        #expect(findings.map(\.line) == [nil])
        #expect(findings.first?.message.contains("tag:other.example") == true)
    }

    @Test func `verifying visits every event, and writes nothing`() throws {
        let sample = try LedgerSample.of(5)
        let before = try TreeSnapshot.of(sample.path)
        var visited: [Int] = []
        _ = try sample.folder.verify { event, _ in visited.append(event.seq) }
        #expect(visited == [0, 1, 2, 3, 4])
        #expect(try TreeSnapshot.of(sample.path) == before)
    }
}
