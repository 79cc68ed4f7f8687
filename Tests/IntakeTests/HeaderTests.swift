import Intake
import OfficeFiles
import RecordsModel
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct HeaderTests {
    @Test(arguments: ["path", "year", "step", "type"])
    func `a column that must be there and is missing is named, and nothing is read`(missing: String) throws {
        let columns = ["path", "year", "step", "type"].filter { $0 != missing }
        let survey = try Samples.survey(try Samples.batch(columns.joined(separator: ",") + "\na.pdf,2024,4\n"))
        #expect(survey.places == ["1 \(missing)"])
        #expect(survey.rows == 0 && survey.accepted == 0)
    }

    @Test func `unknown, double and missing columns are told at once`() throws {
        let batch = try Samples.batch("path,Path,colour,year,tahun,type\na.pdf,a.pdf,red,2024,2024,form-rkt\n")
        let survey = try Samples.survey(batch)
        #expect(survey.places == ["1 Path", "1 colour", "1 tahun", "1 step"])
        #expect(survey.messages.contains("'colour' is unknown"))
        #expect(survey.messages.contains("'tahun' is there twice"))
    }

    @Test func `an empty column that a spreadsheet left behind is passed over, a value in it is not`() throws {
        let batch = try Samples.batch("path,year,step,type,,\na.pdf,2024,4,form-rkt,,\nb.pdf,2024,4,form-rkt,x,\n")
        let survey = try Samples.survey(batch)
        #expect(survey.messages.contains("'x' stands in a column without a name"))
        #expect(survey.faults.filter { $0.row == 2 && $0.column == nil }.isEmpty)
    }

    @Test(arguments: ["path2", "title!", "no", "pa.th", "päth"])
    func `a column that is almost one is unknown`(column: String) throws {
        let survey = try Samples.survey(try Samples.batch("path,year,step,type,\(column)\na.pdf,2024,4,form-rkt,x\n"))
        #expect(survey.places == ["1 \(column)"])
        #expect(IntakeColumns.published.column(named: column) == nil)
    }

    @Test(arguments: [
        ("PATH", IntakeColumns.Name.path), ("Nama Berkas", .path), ("nama_berkas", .path), ("NAMA-BERKAS", .path),
        (" tahun ", .year), ("Tahun Anggaran", .year), ("langkah", .step), ("Jenis", .type), ("Uraian", .title),
        ("nomor surat", .number), ("Tanggal", .date), ("Tanda Tangan", .signature), ("klasifikasi keamanan", .access),
        ("lokasi simpan", .location), ("keterangan", .note), ("tanda", .label), ("bidang", .unit),
    ])
    func `a column has an English and an Indonesian name, letter case and separators aside`(
        name: String,
        column: IntakeColumns.Name
    ) {
        #expect(IntakeColumns.published.column(named: name) == column)
    }

    @Test func `four columns must be there`() {
        #expect(IntakeColumns.published.required == [.path, .year, .step, .type])
        for name in IntakeColumns.Name.allCases {
            #expect(IntakeColumns.published.column(named: name.rawValue) == name)
        }
    }

    private static let table = [
        ["Nama Berkas", "Tahun", "Langkah", "Jenis", "Nomor Surat", "Judul"],
        ["a.pdf", "2024", "4", "form-rkt", "470/ 257 /2023", "Caf\u{e9}; satu, dua"],
    ]

    @Test(arguments: [",", ";", "\t"], ["\n", "\r\n", "\r"])
    func `an Indonesian header is read with each separator and line end`(separator: String, end: String) throws {
        let lines = Self.table.map { row in row.map { "\"\($0)\"" }.joined(separator: separator) }
        let batch = try Samples.batch(lines.joined(separator: end) + end, files: ["a.pdf"])
        let survey = try Samples.survey(batch)
        #expect(survey.faults.isEmpty)
        let row = try #require(try Samples.accepted(batch, survey).first)
        #expect(row.path == "a.pdf")
        #expect(row.description.number == "470/ 257 /2023")
        #expect(row.description.title == "Caf\u{e9}; satu, dua")
        #expect(survey.bytes == 5 && survey.size(ofRow: 2) == 5)
    }

    @Test(arguments: [true, false])
    func `a manifest in UTF-16 is read like one in UTF-8`(highFirst: Bool) throws {
        let text = "\u{feff}path;year;step;type;title\na.pdf;2024;4;form-rkt;Andre\u{301} 😀\n"
        let bytes = text.utf16.flatMap { unit -> [UInt8] in
            highFirst ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
        }
        _ = try Scratch.file("batch/a.pdf", "a".utf8)
        let batch = try Batch.open(try Scratch.file("batch/intake.csv", bytes))
        let survey = try Samples.survey(batch)
        #expect(survey.faults.isEmpty)
        #expect(
            try Samples.accepted(batch, survey).map { ExactText($0.description.title) } == [ExactText("Andre\u{301} 😀")]
        )
    }

    @Test(arguments: ["", "\n\n", "\u{feff}", " , \n"])
    func `an empty manifest is a fault of the batch`(text: String) throws {
        let survey = try Samples.survey(try Samples.batch(text))
        #expect(survey.places == ["- -"])
        #expect(survey.messages.contains("is empty"))
    }

    @Test(arguments: ["path,year,step,type\n", "path,year,step,type", "path,year,step,type\n\n,,,\n"])
    func `a manifest without rows is a fault of the batch`(text: String) throws {
        let survey = try Samples.survey(try Samples.batch(text))
        #expect(survey.places == ["- -"])
        #expect(survey.messages.contains("has no rows"))
        #expect(survey.rows == 0 && survey.accepted == 0)
    }

    @Test func `Latin-1 is refused when the batch is opened`() throws {
        let file = try Scratch.file("batch/intake.csv", Array("path,year\nCaf".utf8) + [0xe9])
        let error = #expect(throws: OfficeFileError.self) { try Batch.open(file) }
        #expect(error?.code == .encoding && error?.line == 2)
    }
}
