import Foundation
import SystemPackage
import TestSupport
import Testing

/// What is wrong with a manifest, told by row and column, and what happens to the rows that are right.
@Suite(.scratch)
struct ManifestFaultTests {
    /// A row that is wrong, the column that is to be named, and a word of the message.
    struct Slip: Sendable, CustomTestStringConvertible {
        let row: String
        let column: String
        let words: String

        init(_ row: String, _ column: String, _ words: String) {
            self.row = row
            self.column = column
            self.words = words
        }

        var testDescription: String { row }
    }

    private static let header = "path,year,step,type,date,label,signature,access"
    private static let slips = [
        Slip("a.txt,2024,0,disposisi,,,,", "step", "'0'"), Slip("a.txt,2024,12,disposisi,,,,", "step", "'12'"),
        Slip("a.txt,2024,x,disposisi,,,,", "step", "'x'"), Slip("a.txt,2024,,disposisi,,,,", "step", "empty"),
        Slip("a.txt,2024,-1,disposisi,,,,", "step", "'-1'"), Slip("a.txt,2024,1.5,disposisi,,,,", "step", "'1.5'"),
        Slip("a.txt,2024,99999999999999999999,disposisi,,,,", "step", "99999999999999999999"),
        Slip("a.txt,2024,١,disposisi,,,,", "step", "'١'"),
        Slip("a.txt,2024,1,surat-cinta,,,,", "type", "surat-cinta"), Slip("a.txt,2024,1,,,,,", "type", "empty"),
        Slip("a.txt,2024,1,disposisi,2024-02-30,,,", "date", "2024-02-30"),
        Slip("a.txt,2024,1,disposisi,2023-02-29,,,", "date", "2023-02-29"),
        Slip("a.txt,2024,1,disposisi,30/02/2024,,,", "date", "30/02/2024"),
        Slip("a.txt,2024,1,disposisi,2024-13-01,,,", "date", "2024-13-01"),
        Slip("a.txt,1899,1,disposisi,,,,", "year", "1899"), Slip("a.txt,2201,1,disposisi,,,,", "year", "2201"),
        Slip("a.txt,24,1,disposisi,,,,", "year", "'24'"), Slip("a.txt,,1,disposisi,,,,", "year", "empty"),
        Slip("a.txt,dua ribu,1,disposisi,,,,", "year", "dua ribu"),
        Slip(",2024,1,disposisi,,,,", "path", "empty"), Slip("../luar.txt,2024,1,disposisi,,,,", "path", "'..'"),
        Slip("map/../a.txt,2024,1,disposisi,,,,", "path", "'..'"), Slip("..,2024,1,disposisi,,,,", "path", "'..'"),
        Slip("/etc/passwd,2024,1,disposisi,,,,", "path", "absolute"),
        Slip("tautan.txt,2024,1,disposisi,,,,", "path", "symbolic link"),
        Slip("tautan-map/c.txt,2024,1,disposisi,,,,", "path", "symbolic link"),
        Slip("tiada.txt,2024,1,disposisi,,,,", "path", "no file"), Slip("map,2024,1,disposisi,,,,", "path", "folder"),
        Slip("map/,2024,1,disposisi,,,,", "path", "folder"), Slip(".,2024,1,disposisi,,,,", "path", "no file"),
        Slip("kosong.txt,2024,1,disposisi,,,,", "path", "empty"), Slip("a.txt/x,2024,1,disposisi,,,,", "path", "a.txt"),
        Slip("map\\c.txt,2024,1,disposisi,,,,", "path", "no file"),
        Slip("a.txt,2024,1,disposisi,,,cap,", "signature", "cap"),
        Slip("a.txt,2024,1,disposisi,,,,top", "access", "top"),
    ]

    private func office(_ rows: [String]) throws -> (Office, String) {
        let office = try Office.founded()
        let files = ["a.txt": "a", "b.txt": "b", "map/c.txt": "c", "kosong.txt": "", "sub/d.txt": "d"]
        let batch = try office.batch("salah", ([Self.header] + rows).joined(separator: "\n") + "\n", files: files)
        try office.write("luar", to: "luar.txt")
        try #require(
            office.shell("ln -s a.txt salah/tautan.txt; ln -s map salah/tautan-map; ln -s ../luar.txt salah/luar")
                .status == 0
        )
        return (office, batch.string)
    }

    @Test(arguments: slips)
    func `a slip is told with row, column, value and remedy, and nothing is kept`(slip: Slip) throws {
        let (office, batch) = try office([slip.row])
        let before = try office.truth()
        for command in ["check", "ingest"] {
            let answer = try office.berkas(command, "--json", batch)
            #expect(answer.status == 1, "\(command)")
            let faults = try answer.facts("fault")
            #expect(faults.count == 1, "\(answer.text)")
            let fault = try #require(faults.first)
            #expect(fault.number("row") == 2)
            #expect(fault.text("column") == slip.column)
            #expect(fault.text("message")?.contains(slip.words) == true, "\(fault.text("message") ?? "")")
            #expect(fault.text("remedy")?.isEmpty == false)
        }
        #expect(try office.truth() == before)
    }

    @Test func `all faults of all rows are told at once, and the good rows are kept`() throws {
        let good = ["b.txt,2024,1,disposisi,,,,", "sub/d.txt,2024,2,nota-dinas,2024-02-29,,,"]
        let slips = Self.slips.filter { !$0.row.hasPrefix("a.txt,") || $0.column != "path" }
        let (office, batch) = try office([good[0]] + slips.map(\.row) + [good[1]])
        let text = try office.berkas("check", batch)
        #expect(text.status == 3)
        let json = try office.berkas("ingest", "--json", batch)
        #expect(json.status == 3)
        let faults = try json.facts("fault")
        for (index, slip) in slips.enumerated() {
            #expect(
                faults.contains { $0.number("row") == index + 3 && $0.text("column") == slip.column },
                "\(slip.row)"
            )
            #expect(text.text.contains("row \(index + 3), column '\(slip.column)'"), "\(slip.row)")
        }
        #expect(try json.facts("kept").compactMap { $0.number("row") } == [2, slips.count + 3])
        #expect(try office.records().count == 2)
        #expect(try office.berkas("verify").status == 0)
        #expect(try TreeSnapshot.of(office.home.appending("staging")).isEmpty)
    }

    @Test func `several slips of one row are all told`() throws {
        let (office, batch) = try office(["tiada.txt,1,99,cinta,2024-02-30,,cap,top"])
        let columns = try office.berkas("check", "--json", batch).facts("fault").compactMap { $0.text("column") }
        #expect(Set(columns).isSuperset(of: ["year", "step", "type", "date", "signature", "access"]))
        #expect(columns.contains("path"), "the missing file too: all faults at once")
    }

    @Test func `a file named twice and a label of two types are told`() throws {
        let rows = [
            "a.txt,2024,1,disposisi,,,,", "./a.txt,2024,1,disposisi,,,,", "b.txt,2024,6,draft-rkt,,draf,,",
            "sub/d.txt,2024,10,rkt,,draf,,",
        ]
        let (office, batch) = try office(rows)
        let faults = try office.berkas("ingest", "--json", batch).facts("fault")
        #expect(faults.contains { $0.number("row") == 3 && $0.text("message")?.contains("row 2") == true })
        #expect(faults.contains { $0.number("row") == 5 && $0.text("column") == "label" })
        #expect(try office.records().count == 1)
    }

    @Test(arguments: [
        ("path,year,step\na.txt,2024,1\n", "type"), ("year,step,type\n2024,1,disposisi\n", "path"),
        ("path,year,step,type,warna\na.txt,2024,1,disposisi,x\n", "warna"),
        ("path,year,step,type,path\na.txt,2024,1,disposisi,b.txt\n", "path"),
        ("path,year,step,type,jenis\na.txt,2024,1,disposisi,rkt\n", "jenis"),
        ("path,year,step,type,\na.txt,2024,1,disposisi,x\n", "without a name"),
        ("a.txt,2024,1,disposisi\n", "a.txt"),
    ])
    func `a header with a wrong column names it`(manifest: String, column: String) throws {
        let office = try Office.founded()
        let batch = try office.batch("kepala", manifest, files: ["a.txt": "a"])
        let answer = try office.berkas("ingest", batch.string)
        #expect(answer.status == 1)
        #expect(answer.errorText.contains(column))
        #expect(try office.records().isEmpty)
    }

    @Test(arguments: ["", "\n\n", "path,year,step,type\n", "path,year,step,type\n\n,,,\n"])
    func `a manifest without rows is refused`(manifest: String) throws {
        let office = try Office.founded()
        let answer = try office.berkas("ingest", try office.batch("kosong", manifest).string)
        #expect(answer.status == 1)
        #expect(answer.errorText.contains("no rows") || answer.errorText.contains("empty"))
    }

    @Test func `a folder without a manifest, or with two tables, is refused with what to do`() throws {
        let office = try Office.founded()
        try office.write("a", to: "tanpa/a.txt")
        try office.write("x", to: "dua/satu.csv")
        try office.write("x", to: "dua/dua.csv")
        for place in ["tanpa", "dua", "tiada", "tiada/intake.csv"] {
            for command in ["check", "ingest"] {
                let answer = try office.berkas(command, place)
                #expect(answer.status == 1, "\(place)")
                #expect(answer.errorLines.count == 1)
                #expect(answer.errorText.contains(place) && answer.errorText.contains("; "), "\(answer.errorText)")
            }
        }
    }

    @Test func `a file that no row names is a warning, and the status is 0`() throws {
        let office = try Office.founded()
        let batch = try office.batch(
            "sisa",
            "path,year,step,type\na,2024,1,disposisi\n",
            files: ["a": "a", "sub/lupa.pdf": "x"]
        )
        let answer = try office.berkas("ingest", "--json", batch.string)
        #expect(answer.status == 0)
        #expect(try answer.facts("warning").map { $0.text("value") } == ["sub/lupa.pdf"])
    }

    @Test func `an unknown unit, classification or step of a type is a warning only`() throws {
        let office = try Office.founded()
        let manifest = "path,year,step,type,unit,classification\na,2024,1,rkt,Bidang Asing,999.9\n"
        let answer = try office.berkas(
            "ingest",
            "--json",
            try office.batch("asing", manifest, files: ["a": "a"]).string
        )
        #expect(answer.status == 0)
        #expect(try answer.facts("kept").count == 1)
        #expect(try answer.facts("warning").compactMap { $0.text("column") }.contains("classification"))
        #expect(try answer.facts("warning").compactMap { $0.text("column") }.contains("type"))
    }
}
