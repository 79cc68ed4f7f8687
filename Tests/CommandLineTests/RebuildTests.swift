import Foundation
import SystemPackage
import TestSupport
import Testing

/// The index is disposable: every answer is the same without it.
@Suite(.scratch)
struct RebuildTests {
    private func answers(_ office: Office) throws -> [Data] {
        let ids = try office.records().compactMap { $0.text("id") }
        let calls = [["list"], ["search", "rkt"], ["search", "470"], ["show"] + ids] + ids.map { ["history", $0] }
        return try calls.map { try office.berkas($0 + ["--json"]).output }
    }

    @Test func `without its catalogue the sample answers the same, whichever command comes first`() throws {
        guard let office = try Office.withSample() else { return }
        try #require(office.berkas("pack", "--year", "2023").status == 0)
        let before = try answers(office)
        let calls = [
            ["list"], ["search", "rkt"], ["show", "RKT-2024-0001"], ["verify"], ["rebuild"], ["pack", "RKT-2024-0001"],
        ]
        for call in calls {
            try #require(office.shell("rm -f Arsip/catalogue.sqlite*").status == 0)
            let answer = try office.berkas(call)
            #expect(answer.status == 0, "\(call): \(answer.everything)")
            if call[0] == "list" || call[0] == "search" { #expect(try answers(office) == before, "\(call)") }
        }
        let events = try office.berkas("list", "--json").output
        #expect(events == before[0])
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `rebuild of a catalogue that is there changes no answer`() throws {
        guard let office = try Office.withSample() else { return }
        let before = try answers(office)
        let rebuilt = try office.berkas("rebuild", "--json")
        #expect(try rebuilt.facts("summary").first?.number("records") == 23)
        #expect(try answers(office) == before)
        #expect(try office.shell("ls Arsip").text.contains(".new") == false)
    }

    @Test func `an old copy of the catalogue catches up`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 3).string, "-q").status == 0)
        try #require(office.shell("cp Arsip/catalogue.sqlite lama").status == 0)
        try #require(office.berkas("ingest", try office.batch("dua", count: 4).string, "-q").status == 0)
        let before = try answers(office)
        try #require(office.shell("rm -f Arsip/catalogue.sqlite*; cp lama Arsip/catalogue.sqlite").status == 0)
        #expect(try answers(office) == before)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `a catalogue of the future is told apart from one that is behind`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 2).string, "-q").status == 0)
        try #require(office.shell("cp -a Arsip/ledger ledger; cp -a Arsip/store store").status == 0)
        try #require(office.berkas("ingest", try office.batch("dua", count: 2).string, "-q").status == 0)
        try #require(office.shell("rm -r Arsip/ledger Arsip/store; mv ledger store Arsip/").status == 0)
        let answer = try office.berkas("list")
        #expect(answer.status == 5, "\(answer.everything)")
        #expect(answer.errorText.contains("rebuild"))
        #expect(try office.berkas("rebuild").status == 0)
        #expect(try office.records().count == 2)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `a catalogue that is no database is named and answered without, and rebuild makes it anew`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 2).string, "-q").status == 0)
        let before = try answers(office)
        try #require(
            office.shell("rm -f Arsip/catalogue.sqlite*; head -c 5000 /dev/urandom > Arsip/catalogue.sqlite").status
                == 0
        )
        let answer = try office.berkas("list")
        #expect(answer.status == 0, "\(answer.everything)")
        #expect(answer.lines.count == 3, "a heading and two records: \(answer.text)")
        #expect(answer.errorLines.count == 1 && answer.errorText.contains("rebuild"), "\(answer.errorText)")
        #expect(try office.berkas("rebuild").status == 0)
        #expect(try answers(office) == before)
    }
}
