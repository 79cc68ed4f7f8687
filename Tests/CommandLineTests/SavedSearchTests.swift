import Foundation
import SystemPackage
import TestSupport
import Testing

/// Searches over descriptions and texts, saved under names, with counts.
@Suite(.scratch)
struct SavedSearchTests {
    private static let rows = """
        path,year,step,type,title,number,unit,signer,location,note
        a.txt,2023,1,disposisi,Disposisi rencana,470/1/2023,Sekretariat,Rahmat,Rak 1,
        b.txt,2023,7,notulen,Rapat target,470/2/2023,Bidang A,,Rak 2,kuning
        c.txt,2024,7,notulen,Rapat kerja,470/3/2024,Bidang A,,Rak 2,
        d.txt,2024,1,disposisi,Undangan,470/4/2024,Sekretariat,Rahmat,,

        """

    private func office() throws -> Office {
        let office = try Office.founded()
        let files = ["a.txt": "satu", "b.txt": "dua", "c.txt": "tiga ekor", "d.txt": "rapat ekor"]
        try #require(office.berkas("ingest", try office.batch("b", Self.rows, files: files).string).status == 0)
        try #require(office.berkas("read").status == 0)
        return office
    }

    private func found(_ office: Office, _ words: String...) throws -> [String] {
        let answer = try office.berkas(["search"] + words + ["--json"])
        return try answer.facts("hit").compactMap { $0.text("id") }.sorted()
    }

    @Test(arguments: [
        (["rapat"], [2, 3, 4]), (["470/1/2023"], [1]), (["rahmat"], [1, 4]), (["kuning"], [2]), (["ekor"], [3, 4]),
        (["rapat", "--unit", "Bidang A", "--year", "2024"], [3]), (["rapat", "--location", "rak 2"], [2, 3]),
    ])
    func `R57 every field and every text is looked through, with known answers`(words: [String], ids: [Int]) throws {
        let office = try office()
        let hits = try office.berkas(["search"] + words + ["--json"]).facts("hit").compactMap { $0.text("id") }
        let records = try office.records().compactMap { $0.text("id") }
        #expect(hits.sorted() == ids.map { records.sorted()[$0 - 1] }, "\(hits)")
    }

    @Test func `R57 a search is saved under a name, asked again, narrowed, counted and replaced`() throws {
        let office = try office()
        let first = try office.berkas("search", "rapat", "--unit", "Bidang A", "--save", "rapat bidang", "--json")
        #expect(first.status == 0, "\(first.everything)")
        let again = try found(office, "--saved", "rapat bidang")
        #expect(again.count == 2)
        #expect(try found(office, "--saved", "rapat bidang", "--year", "2024").count == 1)
        #expect(try found(office, "--saved", "rapat bidang", "kuning").count == 1)
        let counted = try office.berkas("search", "--saved", "rapat bidang", "--counts", "--json").facts("counts")
        #expect(counted.first?.number("total") == 2)
        #expect(try office.berkas("search", "\"kata, kunci\"", "--save", "rapat bidang").status == 0)
        let table = String(decoding: try office.content("policy/searches.csv"), as: UTF8.self)
        #expect(table.split(separator: "\n").count == 2 && table.contains("\"\"\"kata, kunci\"\"\""), "\(table)")
        let unknown = try office.berkas("search", "--saved", "lain")
        #expect(unknown.status == 64 && unknown.errorText.contains("there are 'rapat bidang'"), "\(unknown.everything)")
        try office.write("name,words,year\nsalah,rapat,dua\n", to: "Arsip/policy/searches.csv")
        #expect(try office.berkas("search", "--saved", "salah").status == 64)
        #expect(try office.berkas("search").status == 64)
    }
}
