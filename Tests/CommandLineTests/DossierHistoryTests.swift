import Foundation
import SystemPackage
import TestSupport
import Testing

/// What a dossier tells of the past: days to the letter, stages done twice, records that were removed, data of the office.
@Suite(.scratch)
struct DossierHistoryTests {
    private static let stages = [
        ["receive", "2025"], ["check-filing", "2025"], ["approve-filing", "2025", "--as", "Budi Kasubbag"],
    ]

    /// An office with a signed plan of 2025 and a draft of two versions to come.
    private func office() throws -> Office {
        let office = try Office.founded()
        try office.write(
            "name,role\nSiti Arsiparis,arsiparis\nBudi Kasubbag,kasubbag\nRani,reader\n",
            to: "Arsip/policy/people.csv"
        )
        let manifest = """
            path,year,unit,step,type,title,date,signer,signature,label
            1.txt,2025,Dinas,1,disposisi,Disposisi,2024-11-04,,,
            2.txt,2025,Dinas,6,draft-rkt,Draf,2024-11-18,,,draf
            3.txt,2025,Dinas,10,rkt,RKT 2025,2024-11-20,Kepala Dinas,basah,

            """
        let batch = try office.batch("masuk", manifest, files: ["1.txt": "1", "2.txt": "2", "3.txt": "3"])
        try #require(try office.berkas("ingest", batch.string, "-q").status == 0)
        return office
    }

    private func advance(_ office: Office) throws {
        for words in Self.stages {
            let answer = try office.berkas(words)
            try #require(answer.status == 0, "\(answer.everything)")
        }
    }

    private func seal(_ office: Office) throws -> Answer {
        try advance(office)
        return try office.berkas("seal", "2025", "--incomplete", "formulir hilang", "--json")
    }

    // MARK: - The sample

    /// What was counted apart from the program: step, step that it is counted from, due, days, working days, and both over.
    private struct Expected: Equatable {
        let step: Int
        let since: Int
        let due: String
        let days: [Int]

        init(_ step: Int, _ since: Int, _ due: String, _ days: Int...) {
            (self.step, self.since, self.due, self.days) = (step, since, due, days)
        }

        init?(_ fact: Fact) {
            guard let step = fact.number("step"), step < 11, let since = fact.number("sinceStep"),
                let due = fact.text("due")
            else {
                return nil
            }
            let days = ["calendarDays", "workingDays", "daysOver", "workingDaysOver"].compactMap { fact.number($0) }
            if days.isEmpty { return nil }
            (self.step, self.since, self.due, self.days) = (step, since, due, days)
        }
    }

    private static let expected = [
        "2023": [
            Expected(4, 1, "2022-09-30", 24, 18, 19, 13), Expected(6, 4, "2022-10-25", 20, 14, 14, 10),
            Expected(7, 6, "2022-11-11", 1, 1, 0, 0), Expected(8, 7, "2022-11-16", 6, 4, 0, 0),
            Expected(9, 8, "2022-11-16", 4, 3, 3, 2), Expected(10, 9, "2022-11-20", 7, 5, 6, 5),
        ],
        "2024": [
            Expected(2, 1, "2023-10-01", 8, 5, 7, 5), Expected(3, 2, "2023-10-09", 6, 5, 5, 4),
            Expected(4, 3, "2023-10-17", 5, 4, 2, 2), Expected(5, 4, "2023-10-22", 9, 6, 6, 5),
            Expected(6, 5, "2023-10-31", 12, 9, 9, 7), Expected(7, 6, "2023-11-12", 3, 1, 0, 0),
            Expected(8, 7, "2023-11-19", 6, 5, 0, 0), Expected(9, 8, "2023-11-19", 8, 5, 7, 5),
            Expected(10, 9, "2023-11-27", 5, 5, 4, 4),
        ],
    ]

    @Test(arguments: ["2023", "2024"])
    func `of the sample every step is counted to the day, and what is missing is named`(_ year: String) throws {
        guard let office = try Office.withSample() else { return }
        let units = """
            units:
              - Dinas Kependudukan dan Pencatatan Sipil
              - Bidang Pelayanan Pendaftaran Penduduk
              - Bidang Pelayanan Pencatatan Sipil
            """
        let settings = String(decoding: try office.content("berkas.yaml"), as: UTF8.self)
        try office.write(settings.replacing("units: []", with: units), to: "Arsip/berkas.yaml")
        let answer = try office.berkas("dossier", year, "--json")
        #expect(try PublishedSchema.check(answer.text)?.status ?? 0 == 0)
        let steps = try answer.facts("dossier step")
        #expect(steps.map { $0.number("step") } == Array(1...11))
        #expect(steps.compactMap { Expected($0) } == Self.expected[year])
        let gaps = steps.flatMap { step in
            step.parts("findings").filter { ["missing", "missing-unit"].contains($0.text("finding")) }
                .map { "\(step.number("step") ?? 0) \($0.text("subject") ?? "")" }
        }
        let bidang = "4 Bidang Pelayanan Pencatatan Sipil"
        #expect(gaps == (year == "2023" ? ["2 Form RKT", "3 Form RKT", bidang, "5 Form RKT"] : [bidang]))
        #expect(steps[7].text("allowedUnit") == "minggu" && steps[3].text("allowedUnit") == "hari")
        let signed = try #require(steps[9].parts("records").first)
        #expect(signed.values["valid"] as? Bool == true && signed.text("type") == "rkt")
        #expect(steps[9].text("ended") == signed.text("date"), "the letter that went with it ends nothing")
    }

    // MARK: - Stages

    @Test func `all stages are told, also those before it was opened again, and every line is as the schema says`()
        throws
    {
        let office = try office()
        var lines: [String] = []
        for words in Self.stages + [
            ["seal", "2025", "--incomplete", "formulir hilang"],
            ["reopen", "2025", "--reason", "draf menyusul", "--as", "Budi Kasubbag"],
        ] {
            let answer = try office.berkas(words + ["--json"])
            try #require(answer.status == 0, "\(answer.everything)")
            lines += answer.lines
        }
        let open = try office.berkas("dossier", "2025")
        #expect(open.text.contains("and not sealed since") && open.text.contains("history (riwayat)"), "\(open.text)")
        // It was sealed with this plan once: when that was is what counts, however long it stays open.
        let step = try #require(try office.berkas("dossier", "2025", "--json").facts("dossier step").last)
        #expect(step.text("ended") == DisposalOffice.today)
        let far = try office.berkas("dossier", "2025", "--json", "--as-of", "2199-01-01").facts("dossier step")
        #expect(far.last?.number("daysOver") == step.number("daysOver"))
        let further = "path,year,step,type,title,label\n2.txt,2025,6,draft-rkt,Draf,draf\n"
        let batch = try office.batch("lagi", further, files: ["2.txt": "dua"]).string
        #expect(try office.berkas("ingest", batch, "-q").status == 0)
        let again = try seal(office)
        #expect(again.status == 0 && again.text.contains("RKT-2025-2.tar"), "\(again.everything)")
        lines += again.lines
        lines += try office.berkas("dossier", "2025", "--json").lines
        let text = lines.joined(separator: "\n") + "\n"
        #expect(try PublishedSchema.check(text)?.status ?? 0 == 0)
        let shown = try office.berkas("dossier", "2025").text
        for (words, times) in [
            ("Diterima (received)", 3), ("Selesai (sealed)", 3), ("opened again", 1), ("RKT-2025-2.tar", 2),
        ] {
            #expect(shown.components(separatedBy: words).count == times + 1, "\(words) in \(shown)")
        }
        let file = office.path("berkas.html").string
        #expect(try office.berkas("dossier", "2025", "--html", file).status == 0)
        let page = try String(contentsOfFile: file, encoding: .utf8)
        #expect(page.contains("Riwayat") && page.contains("Dibuka kembali") && page.contains("draf menyusul"))
    }

    @Test func `R18 a sealed dossier takes no further version, from a batch or from a package`() throws {
        let office = try office()
        // A copy of the archive that goes on by itself, and hands back what it has.
        let copied = try office.shell("cp -a Arsip Salinan")
        try #require(copied.status == 0)
        let copy = Office(folder: office.folder, home: office.path("Salinan"))
        try #require(try seal(office).status == 0)
        let further = "path,year,step,type,title,label\n2.txt,2025,6,draft-rkt,Draf,draf\n"
        let batch = try office.batch("lagi", further, files: ["2.txt": "dua"]).string
        let before = try office.truth().filter { !$0.key.hasPrefix("ledger") }
        let refused = try office.berkas("ingest", batch)
        #expect(refused.status == 1 && refused.errorText.contains("RKT/2025 is sealed, by Siti Arsiparis"))
        try #require(try copy.berkas("ingest", batch, "-q").status == 0)
        let package = office.path("salinan.tar").string
        try #require(try copy.berkas("pack", "RKT-2025-0002", "--to", package).status == 0)
        let imported = try office.berkas("import", package)
        #expect(imported.status == 4 && imported.everything.contains("berkas reopen 2025"), "\(imported.everything)")
        #expect(try office.truth().filter { !$0.key.hasPrefix("ledger") } == before)
        let history = try office.berkas("history", "--json").text
        #expect(history.components(separatedBy: "file into a sealed dossier").count == 3)
        #expect(try office.berkas("verify").status == 0)
        let opened = try office.berkas("reopen", "2025", "--reason", "draf menyusul", "--as", "Budi Kasubbag")
        #expect(opened.status == 0)
        #expect(try office.berkas("import", package).status == 0)
        #expect(try office.berkas("show", "RKT-2025-0002").text.contains("v2"))
    }

    @Test func `who moves a dossier on is data, and a permission that no role has is named`() throws {
        let office = try office()
        try office.write("role,permission\n\nreader,receive-dossier\n", to: "Arsip/policy/roles.csv")
        try office.adoptPolicies(as: "Rani")
        #expect(try office.berkas("receive", "2025").status == 4)
        #expect(try office.berkas("receive", "2025", "--as", "Rani").status == 0)
        let none = try office.berkas("check-filing", "2025", "--as", "Rani")
        #expect(
            none.status == 4 && none.errorText.contains("'check-filing' in 'policy/roles.csv'"),
            "\(none.everything)"
        )
        try office.write("role,permission\n\nreader,receive-all\n", to: "Arsip/policy/roles.csv")
        #expect(try office.berkas("policy", "adopt", "--reason", "uji", "--as", "Rani").errorText.contains("row 3"))
    }

    // MARK: - Removed records

    @Test func `what was removed is named, counts as having been there, and is told the same after a rebuild`() throws {
        let desk = try DisposalOffice()
        let list = try desk.approved()
        let done = try desk.execute(list)
        try #require(done.status == 0, "\(done.everything)")
        let before = try desk.office.berkas("dossier", "2018", "--json")
        let last = try #require(try before.facts("dossier step").last)
        #expect(last.parts("records").filter { $0.text("removedBy") == list }.count == 3)
        #expect(last.parts("findings").filter { $0.text("finding") == "removed" }.count == 3)
        #expect(try before.facts("dossier").first?.number("records") == 5)
        #expect(try PublishedSchema.check(before.text)?.status ?? 0 == 0)
        #expect(try desk.office.berkas("rebuild").status == 0)
        #expect(try desk.office.berkas("dossier", "2018", "--json").text == before.text)
        // A year is missing that never had a record, not one from which some were removed.
        let all = try desk.office.berkas("dossier", "--all", "--json", "--as-of", "2026-11-01").facts("dossier")
        #expect(all.map { $0.number("year") } == Array(2019...2025) + [2018, 2026])
    }

    // MARK: - What the office edits

    @Test func `a terminal that is wide has bars, a narrow one and a pipe have none`() throws {
        let office = try office()
        func shown(_ columns: Int) throws -> String {
            let words = "stty cols \(columns) rows 50; \"$BERKAS\" dossier 2025"
            return try office.shell("script -qec '\(words)' /dev/null < /dev/null").text
        }
        let wide = try shown(140)
        #expect(wide.contains("####") && wide.contains("!!!!"), "\(wide)")
        let late = wide.split(whereSeparator: \.isNewline).first { $0.hasPrefix("   6. Mengumpulkan") }
        #expect(late?.contains("#!") ?? false, "\(wide)")
        #expect(wide.contains("!>"), "a seal that is years late ends at the edge")
        #expect(try !shown(80).contains("####"))
        #expect(try !office.berkas("dossier", "2025").text.contains("####"))
    }

    @Test func `rows of holidays are numbered as a spreadsheet does, and one decree cannot say two things of a day`()
        throws
    {
        let office = try office()
        let rows = """
            date;name;kind;decree;decreed;note

            2024-11-05;Libur;libur;SKB 1;2023-09-01;
            2024-11-05;Kerja;kerja;SKB 1;2023-09-01;
            2024-11-06;Libur;cuti;SKB 1;2023-09-01;

            """
        try office.write(rows, to: "Arsip/policy/holidays.csv")
        let answer = try office.berkas("dossier", "2025")
        #expect(answer.status == 1)
        for words in ["row 4, column 'kind'", "contradicts row 3", "row 5, column 'kind': 'cuti'"] {
            #expect(answer.errorText.contains(words), "\(words) in \(answer.errorText)")
        }
        try office.write(
            "date,name,kind,decree,decreed,note\n2024-11-05,Libur,libur,SKB 1,2023-09-01,CONTOH: periksa\n",
            to: "Arsip/policy/holidays.csv"
        )
        #expect(try office.berkas("dossier", "2025").text.contains("rows marked CONTOH"))
    }

    @Test func `what cannot be asked of the office's units, or reached by a command, is said`() throws {
        let office = try office()
        let shown = try office.berkas("dossier", "2025")
        #expect(shown.text.contains("step 4 asks each unit whose name begins with 'Bidang'"), "\(shown.text)")
        let procedure = String(decoding: try office.content("policy/sop-rkt.yaml"), as: UTF8.self)
        try office.write(procedure.replacing("id: checked", with: "id: dilihat"), to: "Arsip/policy/sop-rkt.yaml")
        let stage = try office.berkas("dossier", "2025")
        #expect(stage.status == 1 && stage.errorText.contains("'dilihat'"), "\(stage.everything)")
        try office.write(
            procedure.replacing("count: 3, unit: hari", with: "count: 99999, unit: hari kerja"),
            to: "Arsip/policy/sop-rkt.yaml"
        )
        #expect(try office.berkas("dossier", "2025").errorText.contains("allows 99999"))
    }

    @Test(arguments: [
        ["receive", "0"], ["seal", "20245"], ["dossier", "-1"], ["dossier"], ["dossier", "2024", "--all"],
    ])
    func `a year that none is, or no year at all, is a wrong call`(_ words: [String]) throws {
        #expect(try Office.founded().berkas(words).status == 64)
    }
}
