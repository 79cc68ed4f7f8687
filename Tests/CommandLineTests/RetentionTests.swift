import Foundation
import SystemPackage
import TestSupport
import Testing

/// The schedule in force, what a person decides, and that the truth keeps it.
@Suite(.scratch)
struct RetentionTests {
    static let schedule = """
        kode,jenis arsip,aktif,inaktif,pemicu,nasib akhir,dasar hukum,contoh
        000.7.2.6,Program Kerja Tahunan,2 Tahun,3 Tahun,,Permanen,Perbup 1/2026,tidak
        000.7.2.7,Perjanjian Kinerja,1 Tahun,1 Tahun,Setelah Tidak Berlaku,Musnah,Perbup 1/2026,tidak

        """

    /// A home with two records of 2024 and people: Siti (arsiparis), Budi (pimpinan), Rani (reader).
    static func office() throws -> Office {
        let office = try Office.founded()
        let people = "name,role,address\nSiti,arsiparis,\nBudi,pimpinan,\nRani,reader,\n"
        try people.write(toFile: office.home.string + "/policy/people.csv", atomically: true, encoding: .utf8)
        try schedule.write(toFile: office.folder.string + "/jra.csv", atomically: true, encoding: .utf8)
        let batch = office.folder.string + "/isi"
        try FileManager.default.createDirectory(atPath: batch, withIntermediateDirectories: true)
        for name in ["a.txt", "b.txt"] { try name.write(toFile: batch + "/" + name, atomically: true, encoding: .utf8) }
        let rows = """
            path,year,step,type,title,date,classification
            a.txt,2024,10,rkt,Rencana,2020-02-29,000.7.2.6
            b.txt,2024,2,notulen,Notulen,2024-01-01,

            """
        try rows.write(toFile: batch + "/intake.csv", atomically: true, encoding: .utf8)
        try #require(office.berkas("ingest", batch, "-q").status == 0)
        return office
    }

    static func adopt(_ file: String = "jra.csv", in office: Office, asOf day: String = "2026-11-24") throws -> Answer {
        let simulated = try office.berkas("retention", "simulate", file, "--as-of", day, "--json")
        let digest = try #require(simulated.text.firstMatch(of: /"digest":"([0-9a-f]{128})"/)?.output.1)
        return try office.berkas(
            "retention",
            "adopt",
            file,
            "--authority",
            "Perbup 1/2026",
            "--simulation",
            String(digest),
            "--as-of",
            day,
            "--as",
            "Siti"
        )
    }

    @Test func `R8: a date is explained step by step, 29 February going to 1 March and never early`() throws {
        let office = try Self.office()
        #expect(try Self.adopt(in: office).status == 0)
        let answer = try office.berkas("retention", "explain", "RKT-2024-0001", "--as-of", "2025-02-28")
        #expect(answer.status == 0, "\(answer.everything)")
        #expect(answer.text.contains("active for 2 years, up to and with 28 February 2022"))
        #expect(answer.text.contains("from 1 March 2025 on it is to be handed over to the archives"))
        #expect(answer.text.contains("on 28 February 2025 it is inactive"))
        #expect(answer.text.contains("JRA"))
    }

    @Test func `R7: what cannot be computed stands in front, and is never due`() throws {
        let office = try Self.office()
        #expect(try Self.adopt(in: office).status == 0)
        let lines = try office.berkas("retention", "list", "--as-of", "2199-12-31", "--json").lines
        #expect(lines.count == 2)
        #expect(lines.first?.contains("\"phase\":\"no-classification\"") == true)
        #expect(lines.last?.contains("\"phase\":\"due\"") == true)
        let choice = try office.berkas(
            "classify",
            "RKT-2024-0002",
            "000.7.2.7",
            "--by",
            "Siti",
            "--reason",
            "PK",
            "--confirm"
        )
        #expect(choice.status == 0, "\(choice.everything)")
        let waiting = try office.berkas("retention", "list", "--as-of", "2199-12-31", "--json").lines
        #expect(waiting.first?.contains("\"phase\":\"not-started\"") == true)
        #expect(waiting.first?.contains("\"missing\":\"no-longer-valid\"") == true)
    }

    @Test func `R13: a corrected event leaves both values in the history, and the dates follow`() throws {
        let office = try Self.office()
        #expect(try Self.adopt(in: office).status == 0)
        try #require(
            office.berkas("classify", "RKT-2024-0002", "000.7.2.7", "--by", "Siti", "--reason", "PK", "--confirm")
                .status == 0
        )
        let entered = try office.berkas(
            "retention",
            "event",
            "no-longer-valid",
            "RKT-2024-0002",
            "--on",
            "2025-01-02",
            "--reason",
            "PK baru",
            "--as",
            "Siti"
        )
        #expect(entered.status == 0, "\(entered.everything)")
        func due() throws -> String {
            let lines = try office.berkas("retention", "list", "--json").lines
            let line = try #require(lines.first { $0.contains("RKT-2024-0002") })
            return String(try #require(line.firstMatch(of: /"due":"([0-9-]+)"/)?.output.1))
        }
        #expect(try due() == "2027-01-03")
        let history = try office.berkas("history", "RKT-2024-0002").text
        let seq = try #require(history.matches(of: /ledger ([0-9]+)/).last?.output.1)
        let corrected = try office.berkas(
            "retention",
            "event",
            "--correct",
            String(seq),
            "--on",
            "2025-03-04",
            "--reason",
            "salah ketik",
            "--as",
            "Siti"
        )
        #expect(corrected.status == 0, "\(corrected.everything)")
        #expect(try due() == "2027-03-05")
        let after = try office.berkas("history", "RKT-2024-0002").text
        #expect(after.contains("2025-01-02") && after.contains("2025-03-04"))
        // What was put right is not put right twice.
        let again = try office.berkas(
            "retention",
            "event",
            "--correct",
            String(seq),
            "--withdraw",
            "--reason",
            "x",
            "--as",
            "Siti"
        )
        #expect(again.status == 64)
    }

    @Test func `R15 R48: a reader may neither adopt nor classify, and the attempt stands in the ledger`() throws {
        let office = try Self.office()
        #expect(try Self.adopt(in: office).status == 0)
        let before = try office.berkas("list", "--json").text
        let refused = try office.berkas(
            "classify",
            "RKT-2024-0001",
            "000.7.2.7",
            "--by",
            "Rani",
            "--reason",
            "x",
            "--confirm"
        )
        #expect(refused.status == 4)
        #expect(refused.errorText.contains("'Rani' may not choose the classification of RKT-2024-0001"))
        #expect(try office.berkas("list", "--json").text == before)
        #expect(try office.berkas("history", "RKT-2024-0001").text.contains("refusal"))
        let stranger = try office.berkas(
            "retention",
            "event",
            "superseded",
            "RKT-2024-0001",
            "--on",
            "2026-01-02",
            "--as",
            "X"
        )
        #expect(stranger.status == 4)
        #expect(stranger.errorText.contains("no reason is given") && stranger.errorText.contains("'X' may not"))
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `R4: under a code that the schedule does not know nothing is classified`() throws {
        let office = try Self.office()
        #expect(try Self.adopt(in: office).status == 0)
        let answer = try office.berkas(
            "classify",
            "RKT-2024-0001",
            "999.9",
            "--by",
            "Siti",
            "--reason",
            "x",
            "--confirm"
        )
        #expect(answer.status == 4)
        #expect(answer.errorText.contains("no row for the code '999.9'"))
        #expect(answer.errorText.contains("000.7.2.6, 000.7.2.7"))
    }

    @Test func `adopting demands the digest of the simulation of these records and this file`() throws {
        let office = try Self.office()
        let wrong = try office.berkas(
            "retention",
            "adopt",
            "jra.csv",
            "--authority",
            "Perbup",
            "--simulation",
            String(repeating: "0", count: 128),
            "--as",
            "Siti"
        )
        #expect(wrong.status == 4)
        #expect(wrong.errorText.contains("the simulation named is not the one of this file"))
        #expect(try office.berkas("retention", "show").text.isEmpty)
        // A record more makes it another simulation.
        let simulated = try office.berkas("retention", "simulate", "jra.csv", "--json")
        let digest = try #require(simulated.text.firstMatch(of: /"digest":"([0-9a-f]{128})"/)?.output.1)
        try "c".write(toFile: office.folder.string + "/c.txt", atomically: true, encoding: .utf8)
        let words = ["--year", "2024", "--step", "10", "--type", "rkt", "--classification", "000.7.2.6"]
        try #require(office.berkas(["ingest", "c.txt"] + words).status == 0)
        let stale = try office.berkas(
            "retention",
            "adopt",
            "jra.csv",
            "--authority",
            "Perbup",
            "--simulation",
            String(digest),
            "--as",
            "Siti"
        )
        #expect(stale.status == 4)
    }

    @Test func `R2: every fault of every row of a schedule is named at once, and nothing is adopted`() throws {
        let office = try Self.office()
        let broken = """
            kode,jenis arsip,aktif,inaktif,pemicu,nasib akhir,dasar hukum
            000.1,A,dua,1 Tahun,Sejak Hujan,Musnah,x
            ,B,1 Tahun,1 Tahun,,Dibuang,

            """
        try broken.write(toFile: office.folder.string + "/rusak.csv", atomically: true, encoding: .utf8)
        let answer = try office.berkas("retention", "simulate", "rusak.csv")
        #expect(answer.status == 1)
        for words in ["row 2", "row 3", "Sejak Hujan", "Dibuang", "'dua'"] { #expect(answer.errorText.contains(words)) }
        let refused = try office.berkas(
            "retention",
            "adopt",
            "rusak.csv",
            "--authority",
            "x",
            "--simulation",
            "000000000000",
            "--as",
            "Siti"
        )
        #expect(refused.status == 4)
    }

    @Test func `R5 R6 R14: a second schedule is in force with an event, the first stays, and all dates follow`() throws
    {
        let office = try Self.office()
        #expect(try Self.adopt(in: office).status == 0)
        let longer = Self.schedule.replacingOccurrences(of: "2 Tahun,3 Tahun", with: "5 Tahun,10 Tahun")
        try longer.write(toFile: office.folder.string + "/baru.csv", atomically: true, encoding: .utf8)
        let simulated = try office.berkas("retention", "simulate", "baru.csv")
        #expect(simulated.text.contains("RKT-2024-0001  due-later"))
        #expect(try Self.adopt("baru.csv", in: office).status == 0)
        let shown = try office.berkas("retention", "show", "--json").lines.filter {
            $0.contains("\"retention schedule\"")
        }
        #expect(shown.count == 2)
        #expect(shown.count { $0.contains("\"inForce\":true") } == 1)
        #expect(try office.berkas("retention", "list", "--json").text.contains("\"due\":\"2035-03-01\""))
        // In force already.
        #expect(try Self.adopt("baru.csv", in: office).status == 4)
    }

    @Test func `an adopted schedule that was edited is found by every question, and by verify`() throws {
        let office = try Self.office()
        #expect(try Self.adopt(in: office).status == 0)
        let folder = office.home.string + "/policy/retention/"
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasPrefix("20") }
        )
        let text = try String(contentsOfFile: folder + name, encoding: .utf8)
        try text.replacingOccurrences(of: "3 Tahun", with: "0 Tahun").write(
            toFile: folder + name,
            atomically: true,
            encoding: .utf8
        )
        let listed = try office.berkas("retention", "list")
        #expect(listed.status == 5)
        #expect(listed.errorText.contains(name) && listed.errorText.contains("was changed"))
        let verified = try office.berkas("verify")
        #expect(verified.status == 5)
        #expect(verified.everything.contains(name))
    }

    @Test func `R32 R55: after a rebuild, and after an import elsewhere, every answer of retention is the same`() throws
    {
        let office = try Self.office()
        #expect(try Self.adopt(in: office).status == 0)
        try #require(
            office.berkas("classify", "RKT-2024-0002", "000.7.2.7", "--by", "Siti", "--reason", "PK", "--confirm")
                .status == 0
        )
        for day in ["2025-01-02", "2025-02-03"] {
            try #require(
                office.berkas(
                    "retention",
                    "event",
                    "no-longer-valid",
                    "RKT-2024-0002",
                    "--on",
                    day,
                    "--reason",
                    "r",
                    "--as",
                    "Siti"
                ).status == 0
            )
        }
        let history = try office.berkas("history", "RKT-2024-0002").text
        let seq = try #require(history.matches(of: /ledger ([0-9]+)/).last?.output.1)
        try #require(
            office.berkas("retention", "event", "--correct", String(seq), "--withdraw", "--reason", "x", "--as", "Siti")
                .status == 0
        )
        let before = try office.berkas("retention", "list", "--json").text
        #expect(before.contains("\"due\":\"2027-01-03\""))
        for file in ["catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm"] {
            try? FileManager.default.removeItem(atPath: office.home.string + "/" + file)
        }
        #expect(try office.berkas("retention", "list", "--json").text == before)
        #expect(try office.berkas("verify").status == 0)

        try #require(office.berkas("pack", "--year", "2024", "--to", "p.tar").status == 0)
        let other = try Office.founded(named: "Lain")
        try #require(other.berkas("import", "p.tar").status == 0)
        try "name,role,address\nSiti,arsiparis,\n".write(
            toFile: other.home.string + "/policy/people.csv",
            atomically: true,
            encoding: .utf8
        )
        try other.adoptPolicies(as: "Siti")
        #expect(try Self.adopt(in: other).status == 0)
        #expect(try other.berkas("retention", "list", "--json").text != before)
        #expect(try other.berkas("import", "adopt", "--all", "--reason", "sama", "--as", "Siti").status == 0)
        #expect(try other.berkas("retention", "list", "--json").text == before)
        #expect(try other.berkas("verify").status == 0)
    }
}
