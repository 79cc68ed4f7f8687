import Foundation
import SystemPackage
import TestSupport
import Testing

/// How the office counts stands in the ledger: a change of settings moves dates, and is an event.
@Suite(.scratch)
struct CountingTests {
    private static let kind = "retention settings changed"

    private func events(_ office: Office) throws -> [Fact] {
        try office.berkas("history", "--event", Self.kind, "--json").facts("event")
    }

    private func settle(_ office: Office, _ lines: String) throws {
        let file = office.home.appending("berkas.yaml").string
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let kept = text.range(of: "retention:\n").map { String(text[..<$0.lowerBound]) } ?? text
        try (kept + lines).write(toFile: file, atomically: true, encoding: .utf8)
    }

    @Test func `R19 R45 the first schedule brings how the office counts, and a change is an event with both values`()
        throws
    {
        let office = try RetentionTests.office()
        #expect(try events(office).isEmpty)
        try #require(RetentionTests.adopt(in: office).status == 0)
        let first = try events(office)
        #expect(first.count == 1)
        #expect(first.first?.part("detail")?.values["before"] == nil)
        #expect(first.first?.part("detail")?.part("after")?.text("cutoff") == "none")

        try settle(office, "retention:\n  cutoff: year\n")
        // A question counts by it already and enters nothing; the first command that takes the lock does.
        let answer = try office.berkas("retention", "list", "--json", "--as", "Ani")
        #expect(answer.status == 0, "\(answer.everything)")
        #expect(answer.text.contains("\"due\":\"2026-01-01\""))
        #expect(try events(office).count == 1)
        try #require(office.berkas("verify", "-q", "--as", "Budi").status == 0)
        let changed = try events(office)
        #expect(changed.count == 2)
        #expect(changed.last?.part("detail")?.part("before")?.text("cutoff") == "none")
        #expect(changed.last?.part("detail")?.part("after")?.text("cutoff") == "year")
        #expect(changed.last?.text("actor") == "Budi")
        // Seen once, entered once; another spelling of the same is no change.
        try settle(office, "retention:\n  cutoff: tahun\n")
        try #require(office.berkas("retention", "list").status == 0)
        try #require(office.berkas("verify", "-q").status == 0)
        #expect(try events(office).count == 2)
        let shown = try office.berkas("retention", "show")
        #expect(shown.text.contains("cutoff none -> year"))
    }

    @Test func `R55 after a rebuild the ledger has said the same of the settings, and nothing more is entered`() throws
    {
        let office = try RetentionTests.office()
        try #require(RetentionTests.adopt(in: office).status == 0)
        try settle(office, "retention:\n  fiscal-month: 7\n  plan-types: [rkt, renja]\n")
        try #require(office.berkas("retention", "list").status == 0)
        let before = try office.berkas("retention", "show", "--json").text
        let dates = try office.berkas("retention", "list", "--json").text
        let truth = try office.truth()
        try #require(office.berkas("rebuild").status == 0)
        #expect(try office.berkas("retention", "show", "--json").text == before)
        #expect(try office.berkas("retention", "list", "--json").text == dates)
        #expect(try office.truth() == truth)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `settings that cannot be used stop what needs them and nothing else, and are not entered`() throws {
        let office = try RetentionTests.office()
        try #require(RetentionTests.adopt(in: office).status == 0)
        try settle(office, "retention:\n  cutoff: purnama\n")
        #expect(try office.berkas("retention", "list").status == 1)
        try office.write("d", to: "d.txt")
        #expect(try office.berkas("ingest", "d.txt", "--year", "2024", "--step", "10", "--type", "rkt").status == 0)
        #expect(try events(office).count == 1)
    }
}
