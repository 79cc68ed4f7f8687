import Foundation
import SystemPackage
import TestSupport
import Testing

/// What was read counts only where the ledger names it.
@Suite(.scratch)
struct AnchorTests {
    private static let reads = ["BERKAS_NO_READ": ""]

    private func office(_ count: Int = 3) throws -> Office {
        let office = try Office.founded()
        let batch = try office.batch("masuk", count: count).string
        try #require(try office.berkas(["ingest", batch, "-q"], environment: Self.reads).status == 0)
        return office
    }

    /// The files of readings, relative to the home, in order.
    private func readings(_ office: Office, named name: String = "reading.json") throws -> [String] {
        try TreeSnapshot.of(office.home).keys.filter { $0.hasPrefix("derived/") && $0.hasSuffix("/\(name)") }.sorted()
    }

    private func anchors(_ office: Office) throws -> [Fact] {
        try office.berkas("history", "--event", "reading", "--json").facts()
    }

    @Test func `what a batch reads is named by one event, which a screen does not drown in`() throws {
        let office = try office(30)
        let events = try anchors(office)
        #expect(events.count == 1)
        let named = try #require(events.first?.part("detail")?.part("readings")?.values as? [String: String])
        #expect(named.count == 30)
        for path in try readings(office) {
            let file = office.home.pushing(FilePath(path)).string
            let digest = try Tool.run("sha512sum", [file]).text.prefix(128)
            #expect(named[String(path.split(separator: "/")[2])] == String(digest))
        }
        #expect(try readings(office, named: "next.json").isEmpty)
        let shown = try office.berkas("history", "--event", "reading")
        #expect(shown.text.contains("what was read of 30 files") && shown.text.utf8.count < 500, "\(shown.text)")
        #expect(try office.berkas("read").status == 0)
        #expect(try anchors(office).count == 1, "nothing new was read")
        #expect(try office.berkas("verify").status == 0)
        // A package holds the events of its records, and this is of none.
        #expect(try office.berkas("pack", "--year", "2024", "-q").status == 0)
        let other = try Office.founded(named: "Lain")
        let package = office.home.appending("packages").appending("RKT-2024.tar").string
        #expect(try other.berkas("import", package, "-q").status == 0)
        #expect(try anchors(other).isEmpty)
        #expect(try other.berkas("verify").status == 0)
    }

    @Test func `a forged reading is found by verify, refused by rebuild, and read again`() throws {
        let office = try office()
        let path = try #require(try readings(office).first)
        let before = try office.content(path)
        let text = String(decoding: before, as: UTF8.self)
        let forged = text.replacingOccurrences(of: "isi masuk", with: "isi palsu")
        try #require(forged != text)
        try office.write(forged, to: "Arsip/\(path)")
        let found = try office.berkas("verify", "--json")
        let finding = try #require(try found.facts("finding").first)
        #expect(found.status == 5 && finding.text("area") == "derived", "\(found.everything)")
        let record = try #require(finding.text("record"))
        #expect(finding.text("message")?.contains("berkas read --redo \(record)") ?? false, "\(found.everything)")
        let rebuilt = try office.berkas("rebuild")
        #expect(
            rebuilt.status == 5 && rebuilt.errorText.contains("not what the ledger says was read"),
            "\(rebuilt.everything)"
        )
        #expect(rebuilt.errorText.contains(record) && rebuilt.errorText.contains("berkas read"), "\(rebuilt.errorText)")
        #expect(try office.berkas("search", "palsu").text.contains("RKT") == false)
        #expect(try office.berkas("text", record).status == 1)
        #expect(try office.berkas("read", "-q").status == 0)
        #expect(try office.content(path) == before)
        #expect(try office.berkas("text", record).text.contains("isi masuk"))
        let clean = try office.berkas("verify")
        #expect(clean.status == 0, "\(clean.everything)")
        #expect(try office.berkas("rebuild").status == 0)
    }

    @Test func `a forged reading that verify named is set right by the command that it names`() throws {
        let office = try office()
        let path = try #require(try readings(office).first)
        try office.write("{}", to: "Arsip/\(path)")
        let finding = try #require(try office.berkas("verify", "--json").facts("finding").first)
        let record = try #require(finding.text("record"))
        #expect(try office.berkas("read", "--redo", record, "-q").status == 0)
        let clean = try office.berkas("verify")
        #expect(clean.status == 0 && !clean.errorText.contains("vouches"), "\(clean.everything)")
    }

    @Test func `a reading that no event names is told, read again and never believed`() throws {
        let office = try Office.founded()
        let batch = try office.batch("masuk", count: 2).string
        try #require(try office.berkas("ingest", batch, "-q").status == 0)
        // As an older version left it, or somebody who wants it found: a reading, and no event.
        let other = try Office.founded(named: "Lain")
        try #require(try other.berkas(["ingest", batch, "-q"], environment: Self.reads).status == 0)
        try #require(
            try office.shell(
                "cp -a Lain/derived Arsip/ && sed -i 's/isi masuk/isi palsu/' Arsip/derived/*/*/reading.json"
            ).status == 0
        )
        let told = try office.berkas("verify")
        #expect(told.status == 0, "\(told.everything)")
        #expect(told.errorText.contains("nobody vouches for the texts of 2 files"), "\(told.errorText)")
        #expect(told.errorText.contains("berkas read"), "\(told.errorText)")
        #expect(try office.berkas("rebuild").status == 0)
        #expect(try office.berkas("text", "RKT-2024-0001").status == 1)
        let read = try office.berkas("read", "--json")
        #expect(try read.facts("reading summary").first?.number("files") == 2)
        #expect(try office.berkas("text", "RKT-2024-0001").text == "isi masuk 0\n")
        let clean = try office.berkas("verify")
        #expect(clean.status == 0 && !clean.errorText.contains("vouches"), "\(clean.everything)")
    }

    @Test func `texts that an older version entered are found, counted as not read, and read again`() throws {
        let office = try office(2)
        let catalogue = office.home.appending("catalogue.sqlite").string
        // What migration 8 makes of a catalogue of before.
        let old = "UPDATE reading SET anchor = NULL; DELETE FROM reading_anchor;"
        try #require(try Tool.run("sqlite3", [catalogue, old]).status == 0)
        #expect(try office.berkas("search", "isi").text.contains("RKT-2024-0001"))
        let read = try office.berkas("read", "--json")
        #expect(try read.facts("reading summary").first?.number("files") == 2, "\(read.everything)")
        let clean = try office.berkas("verify")
        #expect(clean.status == 0, "\(clean.everything)")
    }

    @Test func `killed at many moments, reading is never taken for forgery and is whole after the next read`() throws {
        let base = try Office.founded()
        let batch = try base.batch("masuk", count: 4).string
        try #require(try base.berkas("ingest", batch, "-q").status == 0)
        let begin = ContinuousClock.now
        try #require(try base.shell("rm -rf Coba; cp -a Arsip Coba").status == 0)
        try #require(try base.berkas("read", "-q", "--home", "Coba").status == 0)
        let whole = begin.duration(to: .now)
        let seconds = Double(whole.components.seconds) + Double(whole.components.attoseconds) / 1e18
        for moment in 1...16 {
            // Every second time all was read before, and is read anew.
            let again = moment % 2 == 0
            if !again { try #require(try base.shell("rm -rf Coba; cp -a Arsip Coba").status == 0) }
            let words = ["read", "-q", "--home", "Coba"] + (again ? ["--redo"] : [])
            _ = try base.berkas(words, killAfter: seconds * Double(moment) / 14)
            let looked = try base.berkas("verify", "--home", "Coba")
            #expect(looked.status == 0, "moment \(moment): \(looked.everything)")
            #expect(try base.berkas("read", "-q", "--home", "Coba").status == 0)
            let clean = try base.berkas("verify", "--home", "Coba")
            #expect(clean.status == 0 && !clean.errorText.contains("vouches"), "moment \(moment): \(clean.everything)")
            #expect(try base.berkas("text", "RKT-2024-0004", "--home", "Coba").text == "isi masuk 3\n")
        }
    }
}
