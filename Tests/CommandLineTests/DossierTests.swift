import Foundation
import SystemPackage
import TestSupport
import Testing

/// A year's dossier against the procedure, and its way to the seal.
@Suite(.scratch)
struct DossierTests {
    private static let people = """
        name,role
        Siti Arsiparis,arsiparis
        Budi Kasubbag,kasubbag
        Rani,reader

        """

    /// An office with three records of 2025, in which two bidang were asked and one has filed.
    private func office() throws -> Office {
        let office = try Office.founded()
        try office.write(Self.people, to: "Arsip/policy/people.csv")
        let settings = String(decoding: try office.content("berkas.yaml"), as: UTF8.self)
        try office.write(
            settings.replacing("units: []", with: "units: [Dinas, Bidang Satu, Bidang Dua]"),
            to: "Arsip/berkas.yaml"
        )
        let manifest = """
            path,year,unit,step,type,title,date,signer,signature
            1.txt,2025,Dinas,1,disposisi,Disposisi,2024-11-04,,
            2.txt,2025,Bidang Satu,4,form-rkt,Form satu,2024-11-06,,
            3.txt,2025,Dinas,10,rkt,RKT 2025,2024-11-20,Kepala Dinas,basah

            """
        let batch = try office.batch("masuk", manifest, files: ["1.txt": "1", "2.txt": "2", "3.txt": "3"])
        try #require(try office.berkas("ingest", batch.string, "-q").status == 0)
        return office
    }

    /// Brings the dossier of 2025 up to the seal.
    private func sealed() throws -> Office {
        let office = try office()
        for words in [
            ["receive", "2025"], ["check-filing", "2025"], ["approve-filing", "2025", "--as", "Budi Kasubbag"],
        ] {
            let answer = try office.berkas(words)
            try #require(answer.status == 0, "\(answer.everything)")
        }
        let answer = try office.berkas("seal", "2025", "--incomplete", "bidang dua dihapus 2024")
        try #require(answer.status == 0, "\(answer.everything)")
        return office
    }

    private func late(_ office: Office, _ name: String, year: Int = 2025) throws -> String {
        let manifest = "path,year,step,type,title\n\(name).txt,\(year),11,lampiran-rkt,Susulan \(name)\n"
        return try office.batch(name, manifest, files: ["\(name).txt": "isi \(name)"]).string
    }

    @Test func `the dossier says what is missing, late and waited for`() throws {
        let office = try office()
        let shown = try office.berkas("dossier", "2025", "--as-of", "2024-12-01")
        #expect(shown.status == 0)
        for words in [
            "'Bidang Dua' has filed no 'Form RKT'", "RKT-2025-0003, 2024-11-20 by Kepala Dinas",
            "signed and not sealed",
            "10 days over", "holidays.csv says nothing of 2024", "who does a step is a proposal",
        ] { #expect(shown.text.contains(words), "\(words) in \(shown.text)") }
        #expect(!shown.text.contains("'Bidang Satu' has filed no"))
        let facts = try office.berkas("dossier", "2025", "--json", "--as-of", "2024-12-01")
        let step = try #require(try facts.facts("dossier step").first { $0.number("step") == 4 })
        #expect(step.number("calendarDays") == 2 && step.number("workingDays") == 2 && step.number("sinceStep") == 1)
        #expect(step.parts("findings").map { $0.text("finding") } == ["missing-unit"])
        #expect(try facts.facts("dossier").first?.values["complete"] as? Bool == false)
        #expect(try PublishedSchema.check(facts.text)?.status ?? 0 == 0)
        let none = try office.berkas("dossier", "2031")
        #expect(none.status == 1 && none.errorText.contains("dossier --all"), "\(none.everything)")
    }

    @Test func `the years stand against each other, missing ones in front`() throws {
        let office = try office()
        try #require(try office.berkas("ingest", try late(office, "lama", year: 2022), "-q").status == 0)
        let all = try office.berkas("dossier", "--all", "--json", "--as-of", "2025-01-01").facts("dossier")
        #expect(all.map { $0.number("year") } == [2023, 2024, 2022, 2025])
        #expect(all.map { $0.number("records") } == [0, 0, 1, 3])
        let text = try office.berkas("dossier", "--all", "--as-of", "2025-01-01").text
        #expect(text.contains("RKT/2023    0        MISSING"), "\(text)")
    }

    @Test func `a dossier goes from stage to stage by those who may, and refusals stand in the ledger`() throws {
        let office = try office()
        let early = try office.berkas("seal", "2025")
        #expect(early.status == 4, "\(early.everything)")
        for words in ["Diberkaskan", "Bidang Dua", "--incomplete"] { #expect(early.errorText.contains(words)) }
        let stranger = try office.berkas("receive", "2025", "--as", "Rani")
        #expect(stranger.status == 4 && stranger.errorText.contains("arsiparis"), "\(stranger.everything)")
        #expect(try office.berkas("receive", "2025", "--note", "tiga map").status == 0)
        #expect(try office.berkas("receive", "2025").status == 4)
        #expect(try office.berkas("check-filing", "2025").status == 0)
        #expect(try office.berkas("approve-filing", "2025").status == 4, "an arsiparis does not approve")
        // A record that comes afterwards makes what was checked stale.
        try #require(try office.berkas("ingest", try late(office, "susulan"), "-q").status == 0)
        let stale = try office.berkas("approve-filing", "2025", "--as", "Budi Kasubbag")
        #expect(stale.status == 4 && stale.errorText.contains("came or went"), "\(stale.everything)")
        #expect(try office.berkas("check-filing", "2025").status == 0)
        #expect(try office.berkas("approve-filing", "2025", "--as", "Budi Kasubbag").status == 0)
        let history = try office.berkas("history", "--json").text
        #expect(history.components(separatedBy: "\"event\":\"refusal\"").count == 6)
        #expect(try office.berkas("dossier", "2025").text.contains("tiga map"))
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `a sealed dossier is packed, and takes nothing new until it is opened again`() throws {
        let office = try sealed()
        let package = office.home.appending("packages").appending("RKT-2025.tar").string
        let digest = try Tool.run("sha512sum", [package]).lines.first?.prefix(128)
        let seal = try #require(try office.berkas("dossier", "2025", "--json").facts("dossier act").last)
        #expect(seal.text("act") == "sealed" && seal.text("sha512") == digest.map(String.init))
        #expect(seal.text("note") == "bidang dua dihapus 2024")
        let batch = try late(office, "susulan")
        let checked = try office.berkas("check", batch)
        #expect(checked.status == 0 && checked.everything.contains("is sealed"), "\(checked.everything)")
        let before = try office.truth().filter { !$0.key.hasPrefix("ledger") }
        let refused = try office.berkas("ingest", batch)
        #expect(refused.status == 1 && refused.errorText.contains("berkas reopen 2025"), "\(refused.everything)")
        #expect(try office.truth().filter { !$0.key.hasPrefix("ledger") } == before)
        #expect(try office.berkas("history", "--json").text.contains("file into a sealed dossier"))
        // What is kept already is told as such; other years are free.
        #expect(try office.berkas("ingest", office.path("masuk").string).text.contains("already kept"))
        #expect(try office.berkas("ingest", try late(office, "lain", year: 2026), "-q").status == 0)
        #expect(try office.berkas("reopen", "2025", "--as", "Budi Kasubbag").status == 4, "without a reason")
        let open = try office.berkas("reopen", "2025", "--reason", "lampiran menyusul", "--as", "Budi Kasubbag")
        #expect(open.status == 0, "\(open.everything)")
        #expect(try office.berkas("ingest", batch, "-q").status == 0)
        for words in [
            ["receive", "2025"], ["check-filing", "2025"], ["approve-filing", "2025", "--as", "Budi Kasubbag"],
        ] {
            #expect(try office.berkas(words).status == 0)
        }
        #expect(try office.berkas("seal", "2025", "--incomplete", "bidang dua dihapus").text.contains("RKT-2025-2.tar"))
        let shown = try office.berkas("dossier", "2025").text
        #expect(shown.contains("opened again") && shown.contains("lampiran menyusul"))
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `a sealed dossier takes neither package nor bag`() throws {
        let office = try sealed()
        let other = try Office.founded(named: "Lain")
        let manifest = "path,year,step,type,title\nx.txt,2025,11,lampiran-rkt,Dari luar\n"
        let batch = try other.batch("dari-luar", manifest, files: ["x.txt": "dari luar"])
        try #require(try other.berkas("ingest", batch.string, "-q").status == 0)
        try #require(try other.berkas("ingest", try late(other, "kedua"), "-q").status == 0)
        for number in 1...4 {
            try #require(try other.berkas("ingest", try late(other, "n\(number)"), "-q").status == 0)
        }
        let package = office.path("luar.tar").string
        try #require(try other.berkas("pack", "RKT-2025-0006", "--to", package).status == 0)
        let imported = try office.berkas("import", package)
        #expect(imported.status == 4 && imported.everything.contains("is sealed"), "\(imported.everything)")
        let bag = office.path("bag").string
        try office.write("isi", to: "bag/data/a.txt")
        try office.write("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", to: "bag/bagit.txt")
        let made = try office.shell("cd bag && sha512sum data/a.txt > manifest-sha512.txt")
        try #require(made.status == 0)
        let kept = try office.berkas("import", bag, "--year", "2025", "--step", "11", "--type", "lampiran-rkt")
        #expect(kept.status == 4 && kept.everything.contains("is sealed"), "\(kept.everything)")
        #expect(try office.records().count == 3)
    }

    @Test func `after a rebuild every answer about dossiers is the same`() throws {
        let office = try sealed()
        func answers() throws -> [String] {
            try [["dossier", "2025", "--json"], ["dossier", "--all"], ["today"]].map { try office.berkas($0).text }
        }
        let before = try answers()
        #expect(try office.berkas("rebuild").status == 0)
        #expect(try answers() == before)
        #expect(try office.berkas("ingest", try late(office, "susulan")).status == 1)
    }

    @Test func `the page has the timeline as a picture, stands alone, and replaces no other file`() throws {
        let office = try sealed()
        let file = office.path("keluar/berkas.html").string
        #expect(try office.berkas("dossier", "2025", "--html", file, "--as-of", "2025-01-01").status == 0)
        let page = try String(contentsOfFile: file, encoding: .utf8)
        for words in [
            "<svg", "Garis waktu", "belum ada dari Bidang Dua", "tidak lengkap: bidang dua dihapus 2024", "<polygon",
        ] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(!page.contains("<script") && !page.contains("src="))
        #expect(try office.berkas("dossier", "2025", "--html", file, "--as-of", "2025-01-02").status == 1)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == page)
    }

    @Test func `today names dossiers that wait, and years without a record`() throws {
        let office = try office()
        let today = try office.berkas("today", "--json", "--as-of", "2026-02-01")
        let items = try today.facts("today item").filter { $0.text("topic") == "dossiers" }
        #expect(items.map { $0.text("subject") } == ["RKT/2026", "RKT/2025"])
        #expect(items.last?.text("message")?.contains("signed and not sealed") ?? false)
        #expect(try PublishedSchema.check(today.text)?.status ?? 0 == 0)
    }

    @Test func `every fault of the table of holidays is told at once`() throws {
        let office = try office()
        let rows = "date,name,kind,decree,decreed\n2024-13-01,a,libur,SKB,2024-01-01\n2024-12-25,b,pesta,,x\n"
        try office.write(rows, to: "Arsip/policy/holidays.csv")
        let answer = try office.berkas("dossier", "2025")
        #expect(answer.status == 1)
        for words in ["row 2", "2024-13-01", "row 3", "pesta", "names no decree", "'decreed': 'x'"] {
            #expect(answer.errorText.contains(words), "\(words) in \(answer.errorText)")
        }
    }

    @Test func `a later decree changes the working days that are counted`() throws {
        let office = try office()
        func working() throws -> Int? {
            try office.berkas("dossier", "2025", "--json").facts("dossier step").first { $0.number("step") == 4 }?
                .number("workingDays")
        }
        let head = "date,name,kind,decree,decreed\n"
        let first = "2024-11-05,Libur,libur,SKB 1/2023,2023-09-01\n"
        try office.write(head + first, to: "Arsip/policy/holidays.csv")
        #expect(try working() == 1)
        try office.write(
            head + first + "2024-11-05,Kerja,kerja,SKB 2/2024,2024-08-01\n",
            to: "Arsip/policy/holidays.csv"
        )
        #expect(try working() == 2)
    }

    @Test func `both years of the sample are held against the procedure`() throws {
        guard let office = try Office.withSample() else { return }
        let found = try office.berkas("dossier", "--all", "--json", "--as-of", "2024-01-31").facts("dossier")
        #expect(found.map { $0.number("year") } == [2023, 2024])
        #expect(found.map { $0.text("plan") } == ["RKT-2023-0008", "RKT-2024-0012"])
        #expect(found.allSatisfy { $0.values["inTime"] as? Bool == false })
        for year in ["2023", "2024"] {
            let steps = try office.berkas("dossier", year, "--json").facts("dossier step")
            #expect(steps.map { $0.number("step") } == Array(1...11))
        }
    }
}
