import Foundation
import SystemPackage
import TestSupport
import Testing

/// A `catalogue.sqlite` that somebody else made: it is named, and answered without or made anew.
@Suite(.scratch)
struct HostileCatalogueTests {
    /// What is done to the catalogue in `Arsip`, and what must be said of it.
    static let hostile = [
        (
            "a trigger that would run on a write",
            "CREATE TRIGGER jahat AFTER INSERT ON event BEGIN DELETE FROM record; DELETE FROM version; END",
            "the trigger 'jahat'"
        ),
        (
            "a view in the place of a table",
            "DROP TABLE held; CREATE VIEW held (hold, record) AS SELECT 'HOLD-2026-0001', id FROM record",
            "'held'"
        ),
        ("one more table", "CREATE TABLE lain (x); INSERT INTO lain VALUES (zeroblob(100000))", "the table 'lain'"),
        ("a virtual table", "CREATE VIRTUAL TABLE lain USING fts5 (x)", "the table 'lain'"),
        (
            "a schema that loads an extension", "CREATE VIEW lain AS SELECT load_extension('./jahat.so')",
            "the view 'lain'"
        ),
        (
            "a default that would load an extension",
            "DROP TABLE package; CREATE TABLE package (seq INTEGER PRIMARY KEY, x DEFAULT (load_extension('./jahat.so')))",
            "the table 'package'"
        ),
        (
            "a name that moves the cursor",
            "CREATE TABLE 'a$(printf '\\033')[2Jb' (x)",
            "the table 'a"
        ),
        (
            "a changed table",
            "PRAGMA writable_schema = ON; "
                + "UPDATE sqlite_schema SET sql = replace(sql, 'location', 'lokasi') WHERE name = 'record'",
            "the table 'record' is another"
        ),
    ]

    private func office() throws -> Office {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 3).string, "-q").status == 0)
        return office
    }

    private static let questions = [
        ["list", "--json"], ["search", "berkas", "--json"], ["show", "RKT-2024-0002", "--json"], ["today", "--json"],
    ]

    private func check(_ office: Office, _ before: [Data], named: String) throws {
        let found = try office.content("catalogue.sqlite")
        for (question, answer) in zip(Self.questions, before) {
            let asked = try office.berkas(question)
            #expect(asked.status == 0, "\(question): \(asked.everything)")
            #expect(asked.output == answer, "\(question)")
            #expect(asked.errorText.contains(named), "\(question): \(asked.errorText)")
            #expect(!asked.errorText.contains("\u{1B}"))
        }
        #expect(try office.content("catalogue.sqlite") == found, "a question changed the file")
        let verified = try office.berkas("verify", "--json")
        #expect(verified.status == 5, "\(verified.everything)")
        #expect(try verified.facts("finding").allSatisfy { $0.text("area") == "catalogue" })
        #expect(verified.text.contains("berkas rebuild") || verified.text.contains(named), "\(verified.text)")
        let written = try office.berkas("ingest", try office.batch("dua", count: 1).string)
        #expect(written.status == 0, "\(written.everything)")
        #expect(written.errorText.contains(named) && written.errorText.contains("made anew"), "\(written.errorText)")
        let listed = try office.berkas("list", "--json")
        #expect(listed.lines.count == 4)
        #expect(listed.errorText.isEmpty, "\(listed.errorText)")
        #expect(try office.berkas("verify").status == 0)
    }

    @Test(arguments: hostile)
    func `what is not ours is named, answered without, and made anew`(what: String, sql: String, named: String) throws {
        guard Tool.isPresent("sqlite3") else { return }
        let office = try office()
        let before = try Self.questions.map { try office.berkas($0).output }
        let changed = try office.shell("sqlite3 -cmd '.dbconfig defensive off' Arsip/catalogue.sqlite \"\(sql)\"")
        try #require(changed.status == 0, "\(changed.errorText)")
        try check(office, before, named: named)
    }

    @Test(arguments: ["zero", "junk", "a journal of another program"])
    func `a file that is no catalogue is named, answered without, and made anew`(kind: String) throws {
        let office = try office()
        let before = try Self.questions.map { try office.berkas($0).output }
        let (script, named) = try #require(
            [
                "zero": (": > Arsip/catalogue.sqlite", "it is empty"),
                "junk": ("head -c 9000 /dev/urandom > Arsip/catalogue.sqlite", "not a database"),
                "a journal of another program": (
                    "head -c 900 /dev/urandom > Arsip/catalogue.sqlite-journal", "stopped"
                ),
            ][kind]
        )
        try #require(office.shell(script).status == 0)
        let found = try office.content("catalogue.sqlite")
        for (question, answer) in zip(Self.questions, before) {
            let asked = try office.berkas(question)
            #expect(asked.status == 0, "\(question): \(asked.everything)")
            #expect(asked.output == answer)
            #expect(asked.errorText.contains(named), "\(asked.errorText)")
        }
        #expect(try office.content("catalogue.sqlite") == found)
        #expect(try office.berkas("ingest", try office.batch("dua", count: 1).string).status == 0)
        #expect(try office.berkas("list", "--json").lines.count == 4)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test(arguments: ["cells that point outside", "pages of noise", "an overflow that leads to itself"])
    func `broken pages are named, and the answer comes from the ledger`(kind: String) throws {
        let office = try office()
        let before = try Self.questions.map { try office.berkas($0).output }
        var bytes = try office.content("catalogue.sqlite")
        let size = 4096
        for page in 1..<bytes.count / size {
            let begin = page * size
            switch kind {
            case "cells that point outside":
                for place in begin + 8..<begin + 64 { bytes[place] = 0xff }
            case "pages of noise":
                for place in begin..<begin + size {
                    bytes[place] = UInt8(truncatingIfNeeded: place &* 2_654_435_761 >> 7)
                }
            default:
                // The last four bytes of a page hold where its overflow goes on, in a leaf that is full.
                for place in begin + 100..<begin + size {
                    bytes[place] = place % 4 == 3 ? UInt8(truncatingIfNeeded: page + 1) : 0
                }
            }
        }
        try bytes.write(to: URL(fileURLWithPath: office.home.appending("catalogue.sqlite").string))
        for (question, answer) in zip(Self.questions, before) {
            let asked = try office.berkas(question, killAfter: 30)
            #expect(asked.status == 0, "\(question): \(asked.everything)")
            #expect(asked.output == answer, "\(question): \(asked.text)")
            #expect(asked.errorText.contains("the catalogue cannot be used"), "\(asked.errorText)")
        }
        #expect(try office.berkas("verify").status == 5)
        #expect(try office.berkas("rebuild").status == 0)
        #expect(try office.berkas("verify").status == 0)
        // What `today` says of the last check has changed.
        #expect(try zip(Self.questions, before).dropLast().allSatisfy { try office.berkas($0).output == $1 })
    }

    @Test(arguments: ["ln -s ../satu/intake.csv", "mkfifo", "mkdir"])
    func `a link, a FIFO or a folder in the place of the catalogue is refused, and nothing is touched`(script: String)
        throws
    {
        let office = try office()
        for name in ["catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm"] {
            try #require(office.shell("cp -a Arsip Coba; rm -f Coba/\(name); \(script) Coba/\(name)").status == 0)
            let before = try office.shell("find Coba | sort; cat satu/intake.csv").text
            for call in [["list"], ["search", "berkas"], ["ingest", "satu"]] {
                let answer = try office.berkas(call + ["--home", "Coba"], killAfter: 20)
                #expect(answer.status != 0 && answer.status < 128, "\(name) \(call): \(answer.everything)")
                #expect(answer.errorText.contains("Coba/\(name)"), "\(name) \(call): \(answer.errorText)")
                #expect(answer.text.isEmpty)
            }
            #expect(try office.shell("find Coba | sort; cat satu/intake.csv").text == before)
            try #require(office.shell("rm -r Coba").status == 0)
        }
    }
}
