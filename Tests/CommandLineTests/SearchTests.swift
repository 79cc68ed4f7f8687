import Foundation
import SystemPackage
import TestSupport
import Testing

/// What is found, in which order, and what cannot be asked for.
@Suite(.scratch)
struct SearchTests {
    private static let manifest = """
        path,year,unit,step,type,title,number,date,signer,label,note
        a/surat-undangan.pdf,2023,Sekretariat,7,undangan,Undangan rapat pembahasan,470/53/2023,2022-11-01,"Dra. Yuliana Harahap, S.Sos.",,lampiran dua
        b/notulen rapat.odt,2023,Bidang Pencatatan,7,notulen,Notulen rapat pembahasan draf,,2022-11-02,Budi Santoso,,
        c/draf1.docx,2024,Bidang Pencatatan,6,draft-rkt,Draf RKT,470/530/2024,2023-11-02,,draf,versi satu
        c/draf2.docx,2024,Bidang Pencatatan,6,draft-rkt,Draf RKT final,470/530/2024,2023-11-03,,draf,versi dua
        d/rekap.xlsx,2024,Sekretariat,5,rekapitulasi,Rekapitulasi cafés d'Ambon,DUKCAPIL.470/287.a/VI/2024,,,,drafting diperlukan
        e/rkt.pdf,2024,Sekretariat,10,rkt,Rencana,470/257/2024,,Ñuñez,,
        """

    private func office() throws -> Office {
        let office = try Office.founded()
        let names = [
            "a/surat-undangan.pdf", "b/notulen rapat.odt", "c/draf1.docx", "c/draf2.docx", "d/rekap.xlsx", "e/rkt.pdf",
        ]
        let files = Dictionary(uniqueKeysWithValues: names.map { ($0, "isi \($0)") })
        let batch = try office.batch("cari", Self.manifest, files: files)
        try #require(office.berkas("ingest", batch.string, "-q").status == 0)
        return office
    }

    private func found(_ office: Office, _ words: String...) throws -> [String] {
        let answer = try office.berkas(["search", "--json"] + words)
        try #require(answer.status == 0, "\(words): \(answer.errorText)")
        return try answer.facts().compactMap { $0.text("id") }
    }

    @Test func `every field is searched`() throws {
        let office = try office()
        let questions: [(String, String)] = [
            ("undangan", "RKT-2023-0001"), ("470/53/2023", "RKT-2023-0001"), ("surat-undangan.pdf", "RKT-2023-0001"),
            ("Yuliana", "RKT-2023-0001"), ("S.Sos.", "RKT-2023-0001"), ("lampiran", "RKT-2023-0001"),
            ("RKT-2023-0002", "RKT-2023-0002"), ("notulen rapat.odt", "RKT-2023-0002"), ("Budi", "RKT-2023-0002"),
            ("DUKCAPIL.470/287.a/VI/2024", "RKT-2024-0002"), ("287.a", "RKT-2024-0002"),
            ("draf2.docx", "RKT-2024-0001"),
            ("draf1.docx", "RKT-2024-0001"), ("versi dua", "RKT-2024-0001"),
        ]
        for (words, id) in questions { #expect(try found(office, words) == [id], "\(words)") }
        #expect(try found(office, "2023") == ["RKT-2023-0001", "RKT-2023-0002"])
        #expect(try found(office, "Pencatatan").sorted() == ["RKT-2023-0002", "RKT-2024-0001"])
    }

    @Test func `a number is found whole and does not find the one that it begins`() throws {
        let office = try office()
        #expect(try found(office, "470/53/2023") == ["RKT-2023-0001"])
        #expect(try found(office, "470/257/2024") == ["RKT-2024-0003"])
        #expect(try found(office, "470/53").first == "RKT-2023-0001")
        #expect(try found(office, "470 / 257 / 2024") == ["RKT-2024-0003"])
    }

    @Test func `words all count, beginnings find, and what is exact comes first`() throws {
        let office = try office()
        #expect(try found(office, "rapat", "draf") == ["RKT-2023-0002"])
        #expect(try found(office, "rap") == found(office, "rapat"))
        #expect(try found(office, "rap*") == found(office, "rapat"))
        let drafts = try found(office, "draf")
        #expect(Set(drafts) == ["RKT-2024-0001", "RKT-2023-0002", "RKT-2024-0002"])
        #expect(drafts.last == "RKT-2024-0002", "only 'drafting', in a note")
        #expect(try found(office, "tiada").isEmpty)
    }

    @Test func `a quoted phrase is found side by side only`() throws {
        let office = try office()
        #expect(try found(office, "\"rapat pembahasan\"").count == 2)
        #expect(try found(office, "\"pembahasan rapat\"").isEmpty)
        #expect(try found(office, "\"rapat pembahasan\" draf") == ["RKT-2023-0002"])
        #expect(try found(office, "\"rapat pemb\"").isEmpty, "a phrase has no beginnings")
    }

    @Test func `letter case and accents do not matter`() throws {
        let office = try office()
        for words in ["cafes", "CAFÉS", "cafe\u{301}s", "Cafés"] {
            #expect(try found(office, words) == ["RKT-2024-0002"])
        }
        for words in ["nunez", "ÑUÑEZ", "n\u{303}un\u{303}ez"] {
            #expect(try found(office, words) == ["RKT-2024-0003"])
        }
        #expect(try found(office, "yuliana HARAHAP") == ["RKT-2023-0001"])
    }

    @Test func `filters narrow, and the limit keeps the best`() throws {
        let office = try office()
        #expect(try found(office, "draf", "--year", "2023") == ["RKT-2023-0002"])
        #expect(try found(office, "draf", "--type", "draf-rkt") == ["RKT-2024-0001"])
        #expect(try found(office, "draf", "--step", "7") == ["RKT-2023-0002"])
        #expect(try found(office, "draf", "--unit", "sekretariat") == ["RKT-2024-0002"])
        #expect(try found(office, "draf", "--year", "1999").isEmpty)
        #expect(try found(office, "draf", "--limit", "1") == [found(office, "draf")[0]])
        let text = try office.berkas("search", "draf", "--limit", "1")
        #expect(text.everything.contains("3 records found"))
    }

    @Test func `nothing found is no failure`() throws {
        let office = try office()
        let answer = try office.berkas("search", "tiada")
        #expect(answer.status == 0)
        #expect(answer.output.isEmpty)
        #expect(answer.errorText.contains("0 records found"))
    }

    @Test(arguments: ["!!!", "\"", "\"\"", "*", "(", ")(", "***", "' '", ";--", "/", "\\", "🙂", "\u{202E}"])
    func `punctuation alone is no question`(words: String) throws {
        let office = try office()
        let answer = try office.berkas("search", "--", words)
        #expect(answer.status == 64)
        #expect(answer.errorLines.count == 1, "\(answer.errorText)")
    }

    @Test func `the query language of the index is plain text here`() throws {
        let office = try office()
        let hostile = [
            "title:draf", "{title number}: draf", "draf OR undangan", "draf AND", "NEAR(draf rkt, 3)", "draf NEAR rkt",
            "^draf", "draf + rkt", "a\"b", "\"draf", "draf\"", "(draf", "draf)", "'; DROP TABLE record; --",
            "draf* OR *", "NOT draf", "-draf", "draf\nrkt", "\"draf*\"", "\u{F0000}draf\u{F0001}", "rank MATCH 'x'",
            "search_index", "½", "Ⅷ", "draf\u{0}rkt".replacing("\u{0}", with: "\u{1}"),
            String(repeating: "draf ", count: 300),
            String(repeating: "(", count: 2000) + "draf", "a*b*c", "\u{301}draf",
        ]
        for words in hostile {
            let answer = try office.berkas("search", "--json", "--", words)
            #expect(answer.status == 0, "\(words.prefix(40)): \(answer.errorText.prefix(200))")
            #expect(throws: Never.self) { try answer.facts() }
        }
        #expect(try found(office, "draf").count == 3)
        #expect(
            try office.berkas("search", "--json", "title:draf").facts("hit").isEmpty,
            "a column filter must not work"
        )
        #expect(try office.berkas("search", "--json", "draf OR undangan").facts("hit").isEmpty, "OR is a word")
    }

    @Test func `what was found is marked, and control characters are not passed on`() throws {
        let office = try office()
        let text = try office.berkas("search", "notulen")
        #expect(text.text.contains("«Notulen»"))
        let hit = try #require(try office.berkas("search", "notulen", "--json").facts("hit").first)
        let title = try #require(hit.parts("matches").first { $0.text("field") == "title" })
        #expect(title.text("text") == "Notulen rapat pembahasan draf")
        #expect(title.values["ranges"] as? [[Int]] == [[0, 7]])

        let escape = "path,year,step,type,title\nx,2025,1,disposisi,\"merah \u{1B}[31m\u{202E}balik\nbaris\"\n"
        try #require(
            office.berkas("ingest", try office.batch("jahat", escape, files: ["x": "x"]).string, "-q").status == 0
        )
        for call in [["list"], ["search", "merah"], ["show", "RKT-2025-0001"]] {
            let shown = try office.berkas(call).text
            #expect(shown.contains("merah") && !shown.contains("\u{1B}") && !shown.contains("\u{202E}"), "\(call)")
        }
        #expect(try office.berkas("list", "--year", "2025").lines.count == 2)
        #expect(
            try office.berkas("list", "--year", "2025", "--json").facts().first?.text("title")?.contains("\u{1B}")
                == true
        )
    }

    @Test func `several files' names are shown one a line, without escapes`() throws {
        let office = try office()
        let text = try office.berkas("search", "draf1.docx").text
        #expect(!text.contains("\\n"), "\(text)")
    }
}
