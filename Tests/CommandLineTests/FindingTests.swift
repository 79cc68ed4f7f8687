import Foundation
import SystemPackage
import TestSupport
import Testing

/// Pages are found with the words in their surroundings, and what a person should know of them is said.
@Suite(.scratch)
struct FindingTests {
    private static let manifest = """
        path,year,unit,step,type,title,number,date,signer,label
        a/draf1.txt,2024,Bidang Pencatatan,6,draft-rkt,Draf RKT,,2023-11-02,Budi Santoso,draf
        a/draf2.txt,2024,Bidang Pencatatan,6,draft-rkt,Draf RKT,,2023-11-20,Budi Santoso,draf
        b/rkt.txt,2024,Sekretariat,10,rkt,Rencana Kerja Tahunan,470/257/2024,2023-12-01,"Dra. Yuliana Harahap",
        c/lama.txt,2023,Sekretariat,10,rkt,Rencana Kerja Tahunan,470/53/2023,2022-12-01,"Dra. Yuliana Harahap",
        """
    private static let files = [
        "a/draf1.txt": "Perekaman e-KTP 90 % di kecamatan Mekarsari.\n",
        "a/draf2.txt": "Perekaman e-KTP 95 % di kecamatan Sukamaju.\n",
        "b/rkt.txt": "Target perekaman e-KTP 98 %, pagu Rp1.250.000,00, oleh Disdukcapil.\n",
        "c/lama.txt": "Target merekam e-KTP 97 %, pagu Rp1.100.000,00, oleh Disdukcapil.\n",
    ]

    private func office(reads: Bool = true) throws -> Office {
        let office = try Office.founded()
        let batch = try office.batch("masuk", Self.manifest, files: Self.files)
        let filed = try office.berkas(
            ["ingest", batch.string, "-q"],
            environment: ["BERKAS_NO_READ": reads ? "" : "1"]
        )
        try #require(filed.status == 0, "\(filed.errorText)")
        return office
    }

    private func hits(_ office: Office, _ words: String...) throws -> [String] {
        let answer = try office.berkas(["search", "--json"] + words)
        try #require(answer.status == 0, "\(words): \(answer.errorText)")
        return try answer.facts("hit").compactMap { $0.text("id") }
    }

    @Test func `the plan with the target is found by what stands in it`() throws {
        let office = try office()
        #expect(try hits(office, "e-KTP", "98", "%") == ["RKT-2024-0002"])
        #expect(try hits(office, "1250000") == ["RKT-2024-0002"])
        #expect(try hits(office, "Rp 1.250.000") == ["RKT-2024-0002"])
        #expect(try hits(office, "\"target perekaman\"") == ["RKT-2024-0002"])
        #expect(try hits(office, "perekaman").last == "RKT-2023-0001", "a word of its stem")
        #expect(try hits(office, "tahunan", "target", "2023") == ["RKT-2023-0001"], "title, page and year")
        #expect(try hits(office, "mekarsari", "pagu").isEmpty)
        let text = try office.berkas("search", "e-KTP 98 %").text
        #expect(text.contains("page 1: Target perekaman «e»-«KTP» «98» «%», pagu"), "\(text)")
    }

    @Test func `filters narrow pages too, and days are days of the calendar`() throws {
        let office = try office()
        #expect(try hits(office, "perekaman", "--after", "2023-12-01") == ["RKT-2024-0002"])
        #expect(try hits(office, "target", "--before", "2022-12-01") == ["RKT-2023-0001"])
        #expect(try hits(office, "perekaman", "--signer", "santoso") == ["RKT-2024-0001"])
        #expect(try hits(office, "perekaman", "--unit", "sekret", "--year", "2023") == ["RKT-2023-0001"])
        #expect(try hits(office, "target", "--type", "draf-rkt").isEmpty)
        let wrong = try office.berkas("search", "target", "--after", "2023-02-30")
        #expect(wrong.status == 64 && wrong.errorText.contains("2023-02-30"), "\(wrong.errorText)")
    }

    @Test func `what stands in an earlier version only is marked as such`() throws {
        let office = try office()
        let text = try office.berkas("search", "mekarsari").text
        #expect(text.contains("v1, an earlier version, page 1"), "\(text)")
        #expect(try !office.berkas("search", "sukamaju").text.contains("earlier"))
        let hit = try #require(try office.berkas("search", "mekarsari", "--json").facts("hit").first)
        let page = try #require(hit.parts("pages").first)
        #expect(page.number("version") == 1 && hit.number("versions") == 2 && page.text("file") == "draf1.txt")
        let excerpt = try #require(page.text("excerpt"))
        let range = try #require((page.values["ranges"] as? [[Int]])?.first)
        let scalars = Array(excerpt.unicodeScalars)[range[0]..<range[0] + range[1]]
        #expect(String(String.UnicodeScalarView(scalars)) == "Mekarsari" && page.number("start") == 0)
    }

    @Test func `a near miss is said to be one`() throws {
        let office = try office()
        let answer = try office.berkas("search", "disdukcapll")
        #expect(answer.text.contains("page 1, near: "), "\(answer.text)")
        #expect(answer.errorText.contains("near: disdukcapil for 'disdukcapll'"), "\(answer.errorText)")
        let facts = try office.berkas("search", "disdukcapll", "--json").facts()
        #expect(facts.dropLast().allSatisfy { $0.text("tier") == "near" } && facts.count == 3)
        let last = try #require(facts.last)
        #expect(last.kind == "search" && last.number("total") == 2 && last.values["isExact"] as? Bool == true)
        #expect(last.values["near"] as? [String: [String]] == ["disdukcapll": ["disdukcapil"]])
    }

    @Test func `a rebuilt catalogue finds the same`() throws {
        let office = try office()
        func answers() throws -> [String] {
            try ["perekaman", "e-ktp", "disdukcapll", "tahunan target 2023", "\"di kecamatan\"", "pere*"].map {
                try office.berkas("search", $0, "--json").text
            }
        }
        let before = try answers()
        #expect(try office.berkas("rebuild").status == 0)
        #expect(try answers() == before)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `what was not read yet, and is not found by it, is told`() throws {
        let unread = try office(reads: false).berkas("search", "mekarsari")
        #expect(unread.output.isEmpty && unread.errorText.contains("4 files not read yet"), "\(unread.errorText)")
    }

    @Test func `what was not read whole, or may be wrong, is told by every command that speaks of it`() throws {
        let office = try Office.founded()
        let manifest = """
            path,year,unit,step,type,title,number,date,signer,label
            b/rkt.txt,2024,Sekretariat,10,rkt,Rencana Kerja Tahunan,470/257/2024,2023-12-01,"Dra. Yuliana Harahap",
            c/rusak.pdf,2023,Sekretariat,10,rkt,Rencana Kerja Tahunan,470/53/2023,2022-12-01,"Dra. Yuliana Harahap",
            """
        let batch = try office.batch(
            "masuk",
            manifest,
            files: ["b/rkt.txt": "Target perekaman e-KTP.\n", "c/rusak.pdf": "%PDF-1.7\nini bukan PDF\n"]
        )
        let filed = try office.berkas(["ingest", batch.string, "-q"], environment: ["BERKAS_NO_READ": ""])
        #expect(filed.status == 3, "\(filed.everything)")
        #expect(try office.berkas("read", "--redo", "-q").status == 3)
        let listed = try office.berkas("list", "--unread").text
        #expect(listed.contains("RKT-2023-0001") && listed.contains("v1 rusak.pdf: not read whole"), "\(listed)")
        #expect(!listed.contains("RKT-2024-0001"), "\(listed)")
        let facts = try office.berkas("list", "--unread", "--json").facts()
        #expect(facts.count == 2 && facts[1].kind == "unread file" && facts[1].text("state") == "not-read")
        let found = try office.berkas("search", "perekaman")
        #expect(found.errorText.contains("1 file could not be read whole") && found.status == 0, "\(found.everything)")
        #expect(try office.berkas("search", "perekaman", "--json").facts("search").first?.number("notRead") == 1)
        #expect(try office.berkas("show", "RKT-2023-0001").text.contains("fault"))
        #expect(
            try office.berkas("show", "RKT-2023-0001", "--json").facts("reading").first?.text("state") == "not-read"
        )
        let row = try #require(
            try office.berkas("today", "--json").facts("today row").first { $0.text("topic") == "reading" }
        )
        #expect(row.text("message") == "1 file not read whole" && row.values["calling"] as? Bool == true)
        let paper = office.folder.appending("belum-terbaca.csv").string
        let printed = try office.berkas(
            "report",
            "unread",
            "--to",
            paper,
            "--place",
            "Paringin",
            "--head",
            "Siti;Arsiparis;1980",
            "--as",
            "Siti"
        )
        #expect(printed.status == 0, "\(printed.everything)")
        let lines = try String(contentsOfFile: paper, encoding: .utf8)
        #expect(lines.contains("rusak.pdf") && lines.contains("tidak terbaca seluruhnya"), "\(lines)")
        // The state is what the ledger vouches for: a catalogue made anew says the same.
        try #require(office.berkas("rebuild").status == 0)
        #expect(try office.berkas("list", "--unread").text == listed)
    }

    @Test func `what was not read yet is listed with the command that reads it`() throws {
        let unread = try office(reads: false).berkas("list", "--unread").text
        #expect(unread.contains("not read yet; 'berkas read RKT-2024-0001'"), "\(unread)")
    }
}
