import Foundation
import SystemPackage
import TestSupport
import Testing

/// The forms in which spreadsheets write a manifest.
@Suite(.scratch)
struct ManifestFormTests {
    private static let rows = [
        ["path", "year", "step", "type", "title", "note"],
        ["a.txt", "2024", "1", "disposisi", "Judul, dengan; \"tanda\"", "baris satu\nbaris dua"],
        ["b.txt", "2024", "1", "disposisi", "Ünïcode é e\u{301} 汉 🙂", " tepi "],
    ]

    private static func manifest(separator: String, lineEnd: String) -> String {
        rows.map { row in
            row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: separator) + lineEnd
        }.joined()
    }

    private static func utf16(_ text: String, highFirst: Bool) -> [UInt8] {
        ("\u{FEFF}" + text).utf16.flatMap { unit -> [UInt8] in
            let bytes = [UInt8(unit >> 8), UInt8(unit & 255)]
            return highFirst ? bytes : bytes.reversed()
        }
    }

    /// The records that a table brings in.
    private func records(of bytes: [UInt8], _ name: String) throws -> [Fact] {
        let office = try Office.founded()
        for file in ["a.txt", "b.txt"] { try office.write("isi \(file)", to: "bentuk/\(file)") }
        try office.write(bytes, to: "bentuk/intake.csv")
        let answer = try office.berkas("ingest", "--json", "bentuk")
        try #require(answer.status == 0, "\(name): \(answer.everything)")
        return try office.records()
    }

    /// Titles and notes, byte for byte: two texts of Swift are equal where their bytes are not.
    private func words(of records: [Fact]) -> [[[UInt8]?]] {
        records.map { record in ["title", "note"].map { record.text($0).map { Array($0.utf8) } } }
    }

    private static var written: [[[UInt8]?]] { rows.dropFirst().map { [Array($0[4].utf8), Array($0[5].utf8)] } }

    @Test(arguments: [",", ";", "\t"], ["\n", "\r\n"])
    func `every separator and line end is read`(separator: String, lineEnd: String) throws {
        let text = Self.manifest(separator: separator, lineEnd: lineEnd)
        #expect(words(of: try records(of: Array(text.utf8), "UTF-8")) == Self.written)
    }

    @Test func `every encoding that says what it is is read`() throws {
        let text = Self.manifest(separator: ",", lineEnd: "\r\n")
        let bytes = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
        #expect(words(of: try records(of: bytes, "UTF-8 with a mark")) == Self.written)
    }

    @Test(arguments: [true, false])
    func `utf-16 with a mark is read`(highFirst: Bool) throws {
        let text = Self.manifest(separator: ";", lineEnd: "\r\n")
        let bytes = Self.utf16(text, highFirst: highFirst)
        #expect(words(of: try records(of: bytes, "UTF-16")) == Self.written)
    }

    @Test func `another encoding is refused with its line, and nothing is kept`() throws {
        let office = try Office.founded()
        let head = "path,year,step,type,title\na.txt,2024,1,disposisi,baik\n"
        let latin = Array(head.utf8) + Array("b.txt,2024,1,disposisi,caf".utf8) + [0xE9, 10]
        let withoutMark = Array(Self.utf16(head, highFirst: false).dropFirst(2))
        let halfPair = Self.utf16(head, highFirst: false) + [0x3D, 0xD8, 10, 0]
        let overlong = Array(head.utf8) + [0xC0, 0xAF, 10]
        let odd = Self.utf16(head, highFirst: true) + [0]
        for (bytes, line) in [(latin, 3), (withoutMark, 1), (halfPair, 3), (overlong, 3), (odd, 3)] {
            try office.write(bytes, to: "sandi/intake.csv")
            try office.write("a", to: "sandi/a.txt")
            for command in ["check", "ingest"] {
                let answer = try office.berkas(command, "sandi")
                #expect(answer.status == 1)
                #expect(answer.errorLines.count == 1)
                #expect(answer.errorText.contains("line \(line)"), "\(answer.errorText)")
                #expect(answer.errorText.contains("UTF-8"))
            }
        }
        #expect(try office.records().isEmpty)
    }

    @Test func `a row whose form is broken is told with its line, and the others are kept`() throws {
        let office = try Office.founded()
        let manifest = """
            path,year,step,type,title
            a.txt,2024,1,disposisi,"satu
            dua"
            b.txt,2024,1,disposisi
            c.txt,2024,1,disposisi,x,y
            d.txt,2024,1,disposisi,"x"y
            e.txt,2024,1,disposisi,baik
            f.txt,2024,1,disposisi,"tak ditutup
            """
        let names = ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "f.txt"]
        let files = Dictionary(uniqueKeysWithValues: names.map { ($0, "isi \($0)") })
        let answer = try office.berkas("ingest", try office.batch("rusak", manifest, files: files).string, "--json")
        #expect(answer.status == 3)
        #expect(try answer.facts("kept").compactMap { $0.text("path") } == ["a.txt", "e.txt"])
        let faults = try answer.facts("fault")
        #expect(faults.compactMap { $0.number("row") } == [3, 4, 5, 7])
        #expect(faults.first?.text("message")?.contains("line 4") == true)
    }

    @Test func `headers may be Indonesian, with spaces and any letter case`() throws {
        let office = try Office.founded()
        let manifest =
            "Nama Berkas;TAHUN;Langkah SOP;jenis_dokumen;Nomor Surat;Tanggal\na.txt;2024;1;lembar-disposisi;470/ 257 /2023;2024-02-29\n"
        let answer = try office.berkas("ingest", try office.batch("id", manifest, files: ["a.txt": "a"]).string)
        #expect(answer.status == 0, "\(answer.everything)")
        let record = try #require(try office.records().first)
        #expect(record.text("number") == "470/ 257 /2023", "kept to the letter")
        #expect(record.text("type") == "disposisi")
    }

    @Test func `a manifest may be named itself, and lie in a folder of another name`() throws {
        let office = try Office.founded()
        try office.write("path,year,step,type\nsub/a.txt,2024,1,disposisi\n", to: "lain/daftar arsip.csv")
        try office.write("a", to: "lain/sub/a.txt")
        #expect(try office.berkas("ingest", "lain/daftar arsip.csv").status == 0)
        let again = try office.berkas(["ingest", "daftar arsip.csv", "--json"], from: office.path("lain"))
        #expect(try again.facts("already-kept").count == 1)
        #expect(try office.berkas("ingest", "lain", "--json").facts("already-kept").count == 1)
    }

    @Test func `files are described by the command itself`() throws {
        let office = try Office.founded()
        try office.write("a", to: "satu dua.txt")
        try office.write("b", to: "dua.txt")
        let answer = try office.berkas(
            "ingest",
            "satu dua.txt",
            office.path("dua.txt").string,
            "--year",
            "2024",
            "--step",
            "1",
            "--type",
            "disposisi",
            "--title",
            "Judul",
            "--number",
            "1/2",
            "--date",
            "2024-02-29",
            "--signer",
            "Budi",
            "--signature",
            "basah",
            "--access",
            "biasa",
            "--location",
            "Rak 1",
            "--note",
            "catatan",
            "--unit",
            "Sekretariat"
        )
        #expect(answer.status == 0, "\(answer.errorText)")
        #expect(try office.records().allSatisfy { $0.text("number") == "1/2" && $0.text("location") == "Rak 1" })
        #expect(try office.records().count == 2)
        let bad = try office.berkas(
            "ingest",
            "dua.txt",
            "tiada.txt",
            "--year",
            "2024",
            "--step",
            "99",
            "--type",
            "disposisi"
        )
        #expect(bad.status == 1)
        #expect(bad.errorText.contains("'99'"))
    }
}
