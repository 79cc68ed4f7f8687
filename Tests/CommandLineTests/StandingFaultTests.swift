import Foundation
import SystemPackage
import TestSupport
import Testing

/// A fault that stands is one line of the ledger, however many nights it is found.
@Suite(.scratch)
struct StandingFaultTests {
    private func checks(_ office: Office) throws -> [Substring] {
        String(decoding: try office.content("ledger/events.jsonl"), as: UTF8.self).split(separator: "\n")
            .filter { $0.contains("\"event\":\"fixity check\"") }
    }

    @Test func `a check enters its summary and what is new since the last, and what is gone once`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 4).string, "-q").status == 0)
        let one = try office.object(of: "RKT-2024-0001")
        let two = try office.object(of: "RKT-2024-0002")
        try #require(office.shell("cp -a Arsip/\(one) aman; rm Arsip/\(one)/v1/content/files/*").status == 0)
        var counts: [Int] = []
        func check() throws -> String {
            let before = try checks(office).count
            let answer = try office.berkas("verify", "--json")
            counts.append(try checks(office).count - before)
            let summary = try #require(try answer.facts("summary").first)
            return [
                answer.status, summary.number("findings") ?? -1, summary.number("new") ?? -1,
                summary.number("gone") ?? -1,
            ]
            .map { "\($0)" }.joined(separator: " ")
        }
        let first = try check()
        #expect(first.hasPrefix("5 ") && counts[0] > 1)
        let found = counts[0] - 1
        #expect(first == "5 \(found) \(found) 0")
        for _ in 0..<3 { #expect(try check() == "5 \(found) 0 0") }
        #expect(counts.dropFirst() == [1, 1, 1])
        // Another fault is new, the first is not.
        try #require(office.shell("echo x > Arsip/\(two)/lebih.txt").status == 0)
        #expect(try check() == "5 \(found + 1) 1 0")
        // A night that reads the rest does not call gone what it did not look at.
        for part in 0..<4 {
            let answer = try office.berkas("verify", "--sample", "25%", "--json")
            #expect(try answer.facts("summary").first?.number("gone") == 0, "\(part): \(answer.everything)")
            #expect(try answer.facts("summary").first?.number("new") == 0, "\(part): \(answer.everything)")
        }
        #expect(try office.berkas("today").text.contains("FAULTS"))
        try #require(office.shell("rm -r Arsip/\(one) Arsip/\(two)/lebih.txt; mv aman Arsip/\(one)").status == 0)
        #expect(try check() == "0 0 0 \(found + 1)")
        #expect(try office.berkas("history", "RKT-2024-0001").text.contains("no longer found"))
        #expect(try check() == "0 0 0 0")
        #expect(counts.suffix(3) == [2, found + 2, 1])
    }

    @Test func `however many faults there are and however long their names, a check enters a hundred short lines`()
        throws
    {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 1).string, "-q").status == 0)
        try #require(office.berkas("rebuild").status == 0)
        let object = try office.object(of: "RKT-2024-0001")
        let long = String(repeating: "a", count: 240)
        let script =
            "cd Arsip/\(object)/v1/content && for i in $(seq 150); do mkdir -p \(long)/\(long)/\(long); "
            + "echo $i > \(long)/\(long)/\(long)/$i; done"
        try #require(office.shell(script).status == 0)
        for expected in [101, 51, 1] {
            let before = try checks(office).count
            #expect(try office.berkas("verify", "-q").status == 5)
            #expect(try checks(office).count - before == expected)
        }
        let longest = try office.content("ledger/events.jsonl").split(separator: UInt8(ascii: "\n")).map(\.count).max()
        #expect((longest ?? 0) < 2048)
    }
}
