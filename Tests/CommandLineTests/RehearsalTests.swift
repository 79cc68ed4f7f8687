import Foundation
import SystemPackage
import TestSupport
import Testing

/// A day to come is tried in a copy of the home, and nothing of it comes back.
@Suite(.scratch)
struct RehearsalTests {
    /// A folder for the copies, so that a test sees what is left of them.
    private func rehearse(_ office: Office, _ day: String, _ words: [String], before: [String] = []) throws -> Answer {
        let folder = office.path("sementara")
        try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        let answer = try office.berkas(
            before + ["rehearse", "--as-of", day, "--"] + words,
            environment: ["TMPDIR": folder.string]
        )
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.string).isEmpty, "the copy is removed")
        return answer
    }

    private static func day(ahead days: Int) -> String {
        let format = DateFormatter()
        format.calendar = Calendar(identifier: .gregorian)
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "Asia/Makassar")
        format.dateFormat = "yyyy-MM-dd"
        return format.string(from: Date().addingTimeInterval(Double(days) * 86_400))
    }

    @Test func `an execution is rehearsed after its wait: every line says so, and the home is as it was`() throws {
        let desk = try DisposalOffice(waiting: nil)
        let list = try desk.approved()
        let before = try TreeSnapshot.of(desk.office.home)
        let words = [
            "disposal", "execute", list, "--witness", "Dedi", "--witness", "Eka", "--place", "Paringin", "--method",
            "hapus", "--as", "Siti",
        ]
        let early = try rehearse(desk.office, Self.day(ahead: 3), words)
        #expect(early.status == 4 && early.errorText.contains("disposal-wait-days"), "\(early.everything)")
        let day = Self.day(ahead: 7)
        let done = try rehearse(desk.office, day, words)
        #expect(done.status == 0, "\(done.everything)")
        #expect(done.text.contains("removed RKT-2018-0001"))
        let lines = done.lines + done.errorLines
        #expect(lines.count > 5 && lines.allSatisfy { $0.hasPrefix("rehearsal \(day): ") }, "\(lines)")
        #expect(try TreeSnapshot.of(desk.office.home) == before)
        #expect(try desk.office.berkas("show", "RKT-2018-0001").text.contains("REMOVED") == false)
        #expect(try desk.execute(list).status == 4)
    }

    @Test func `years ahead nothing waits for the clock, and with --json each object stands in one of the rehearsal`()
        throws
    {
        let desk = try DisposalOffice()
        let day = Self.day(ahead: 2200)
        let words = ["disposal", "propose", "--kind", "musnah", "--title", "Usul", "--due", "--as", "Siti"]
        let proposed = try rehearse(desk.office, day, words, before: ["--json"])
        #expect(proposed.status == 0, "\(proposed.everything)")
        let facts = try proposed.facts()
        #expect(!facts.isEmpty && facts.allSatisfy { $0.kind == "rehearsal" && $0.text("asOf") == day })
        #expect(facts.first?.part("line")?.values["kind"] as? String == "disposal proposed")
        let today = try rehearse(desk.office, day, ["today", "--json"])
        #expect(today.status == 0, "\(today.everything)")
        #expect(try today.facts().first?.part("line")?.text("asOf") == day)
        if let checked = try PublishedSchema.check(proposed.text + today.text) {
            #expect(checked.status == 0, "\(checked.errorText)")
        }
        #expect(try desk.office.berkas("disposal", "list", "--all").text.isEmpty)
    }

    @Test func `a package of a rehearsal is marked, and no archive takes it in`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 2).string, "-q").status == 0)
        let batch = try office.batch("dua", count: 1).string
        let day = Self.day(ahead: 10)
        #expect(try rehearse(office, day, ["ingest", batch]).status == 0)
        #expect(try office.records().count == 2)
        let packed = try rehearse(office, day, ["pack", "--year", "2024", "--to", "gladi.tar"])
        #expect(packed.status == 0, "\(packed.everything)")
        let info = try Tool.run("tar", ["-xOf", office.path("gladi.tar").string, "--wildcards", "*/bag-info.txt"])
        #expect(info.text.contains("Berkas-Rehearsal: \(day)"), "\(info.text)")
        let other = try office.berkas("init", "Lain", "--office", "Kantor Lain")
        #expect(other.status == 0)
        for home in [office.home.string, office.path("Lain").string] {
            let refused = try office.berkas("--home", home, "import", "gladi.tar", "--as", "Arsiparis Contoh")
            #expect(refused.status == 4, "\(refused.everything)")
            #expect(refused.errorText.contains("was packed in a rehearsal of \(day)"), "\(refused.errorText)")
        }
        // Its checkpoint is of another log: it accuses nobody of having rewritten this one.
        let held = try office.berkas("ledger", "verify", "--against", "gladi.tar")
        #expect(!held.text.contains("rewritten"), "\(held.everything)")
        let real = try office.berkas("pack", "--year", "2024", "--to", "benar.tar")
        #expect(real.status == 0)
        #expect(
            try office.berkas("--home", office.path("Lain").string, "import", "benar.tar", "--as", "Arsiparis Contoh")
                .status == 0
        )
    }

    @Test func `a copy that was kept is opened by nothing`() throws {
        let office = try Office.founded()
        let settings = String(decoding: try office.content("berkas.yaml"), as: UTF8.self)
        try office.write(settings + "\nrehearsal: \"2031-01-02\"\n", to: "Arsip/berkas.yaml")
        let batch = try office.batch("satu", count: 1).string
        for words in [["list"], ["verify"], ["rebuild"], ["ingest", batch]] {
            let refused = try office.berkas(words)
            #expect(refused.status == 1, "\(words)")
            #expect(refused.errorText.contains("is the copy of a rehearsal (gladi), and no archive"), "\(words)")
        }
    }

    @Test func `what would leave the copy unmarked, and a day that has passed, is no rehearsal`() throws {
        let office = try Office.founded()
        let day = Self.day(ahead: 1)
        for words in [
            ["init", "Baru"], ["--as", "X", "init", "Baru"], ["rehearse", "--as-of", day, "--", "list"],
            ["list", "--home", "Arsip"], ["today", "--to", "hari.txt"], [],
            ["report", "label", "--year", "2024", "--to=label.html"],
        ] {
            let refused = try rehearse(office, day, words)
            #expect(refused.status == 64, "\(words): \(refused.everything)")
        }
        #expect(!FileManager.default.fileExists(atPath: office.path("Baru").string))
        let past = try rehearse(office, "2020-01-01", ["list"])
        #expect(past.status == 64 && past.errorText.contains("2020-01-01 has passed"), "\(past.everything)")
        #expect(try office.berkas("rehearse", "--", "list").status == 64)
        #expect(try office.berkas("rehearse", "--as-of", day, "list").status == 64)
    }

    @Test func `questions about a day: what would be proposed, and how a list stands, then and later`() throws {
        let desk = try DisposalOffice(waiting: nil)
        let before = try desk.office.truth()
        func preview(_ day: String) throws -> Answer {
            let words = ["disposal", "propose", "--kind", "musnah", "--due", "--as-of", day, "--json", "--as", "Siti"]
            return try desk.office.berkas(words)
        }
        let none = try preview("2019-06-01")
        #expect(none.status == 0 && none.errorText.contains("nothing was entered"), "\(none.everything)")
        #expect(try none.facts("disposal preview").first?.number("records") == 0)
        let three = try preview("2020-06-01")
        #expect(try three.facts("disposal preview item").compactMap { $0.text("record") } == DisposalOffice.short)
        #expect(try three.facts("disposal preview").first?.text("authority") == "bupati")
        let four = try preview(DisposalOffice.today)
        #expect(try four.facts("disposal preview").first?.text("authority") == "kepala-anri")
        let early = try desk.office.berkas(
            "disposal",
            "propose",
            "RKT-2018-0001",
            "--kind",
            "musnah",
            "--as-of",
            "2019-01-01",
            "--as",
            "Siti"
        )
        #expect(early.status == 4 && early.errorText.contains("this was a question, and nothing was entered"))
        #expect(try desk.office.truth() == before)
        let list = try desk.approved()
        let unborn = try desk.office.berkas("disposal", "show", list, "--as-of", "2020-01-01")
        #expect(unborn.status == 1 && unborn.errorText.contains("there was no list '\(list)' on 2020-01-01"))
        try desk.hold("--record", "RKT-2018-0002")
        let day = Self.day(ahead: 8)
        let later = try desk.office.berkas("disposal", "show", list, "--as-of", day, "--json")
        let outlook = try later.facts("disposal outlook")
        #expect(outlook.first?.values["goes"] as? Bool == true, "\(later.everything)")
        let stays = outlook.filter { $0.values["goes"] as? Bool == false }.compactMap { $0.text("record") }
        #expect(stays == ["RKT-2018-0002"])
        let now = try desk.office.berkas("disposal", "show", list, "--as-of", DisposalOffice.today)
        #expect(now.text.contains("it could not be carried out") && now.text.contains("disposal-wait-days"))
        if let checked = try PublishedSchema.check(none.text + three.text + later.text) {
            #expect(checked.status == 0, "\(checked.errorText)")
        }
    }
}
