import Foundation
import RecordsModel
import Reporting
import SystemPackage
import TestSupport
import Testing

struct XLSXTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func read(_ paper: Paper) throws -> ReadWorkbook? {
        guard let bin = try Tool.pythonPeer("openpyxl==3.1.5") else { return nil }
        return try Peer.read(
            "xlsx",
            try XLSXRenderer().bytes(of: paper),
            python: bin.appending("python").string,
            as: ReadWorkbook.self
        )
    }

    @Test(.scratch) func `openpyxl reads in every cell what the CSV has, with real numbers and dates`() throws {
        var paper = Papers.paper([])
        paper.tables = [.mixed((1...40).map { Papers.entry($0) })]
        guard let book = try read(paper) else { return }
        let csv = try Peer.read("csv", CSVRenderer().bytes(of: paper.tables[0]), as: [[String]].self)
        let sheet = try #require(book.sheets.first)
        #expect(sheet.rows.count == csv.count)
        for (row, (cells, record)) in zip(sheet.rows, csv).enumerated() {
            #expect(cells.count == record.count)
            for (place, (cell, text)) in zip(cells, record).enumerated() {
                let kind = paper.tables[0].columns[place].kind
                if row > 0, kind == .date {
                    let date = try #require(CivilDate(cell.value))
                    #expect(cell.kind == "date" && IndonesianWords.day(date) == text)
                } else {
                    #expect(bytes(cell.value) == bytes(text))
                    #expect(cell.kind == (row > 0 && kind == .number ? "number" : "text"))
                }
            }
        }
    }

    @Test(.scratch) func `nothing becomes a formula, a link or a number that was a text`() throws {
        let paper = Papers.paper(Papers.hostile)
        guard let book = try read(paper) else { return }
        let sheet = try #require(book.sheets.first)
        for (row, text) in zip(sheet.rows.dropFirst(), Papers.hostile) {
            #expect(row[1].kind == "text" && !row[1].isLink, "\(text.debugDescription)")
            // openpyxl leaves the file format's escape as it stands; spreadsheets read it back.
            let value = row[1].value.replacingOccurrences(of: "_x005F_", with: "_")
            #expect(bytes(value) == bytes(PaperText.guarded(text)), "\(text.debugDescription)")
        }
    }

    @Test(.scratch) func `headings are frozen and repeated, and the sheet is set up for its paper`() throws {
        guard let book = try read(Papers.paper(["x"], width: 300)) else { return }
        #expect(book.sheets.map(\.title) == ["Daftar arsip", "Keterangan"])
        let sheet = try #require(book.sheets.first)
        #expect(sheet.frozen == "A2" && sheet.repeated == "$1:$1")
        #expect(sheet.orientation == "landscape" && sheet.paper == 14)
        #expect(sheet.footer.contains("Halaman &P dari &N") && sheet.footer.contains("disdukcapil.example"))
        #expect(book.created == "2026-11-24T00:00:00+00:00" || book.created == "2026-11-24T00:00:00")
        guard let small = try read(Papers.paper(["x"], width: 20, sheet: .a4)) else { return }
        #expect(small.sheets.first?.orientation == "portrait" && small.sheets.first?.paper == 9)
    }

    @Test(.scratch) func `what stands around the tables is on a sheet of its own`() throws {
        var paper = Papers.paper(["x"])
        paper.opening = ["=Pembuka"]
        paper.signatures = [SignatureBlock("Saksi I", Signer("Gita", nip: "198001", position: "Inspektorat"))]
        guard let notes = try read(paper)?.sheets.last else { return }
        let lines = notes.rows.map { $0.map(\.value) }
        #expect(lines.contains(["Judul", "Daftar Arsip Usul Musnah"]) && lines.contains(["Pembuka", "'=Pembuka"]))
        #expect(lines.contains(["Saksi I", "Inspektorat, Gita, NIP 198001"]))
        #expect(lines.contains { $0.first == "Titik periksa" && $0.last?.contains("42") ?? false })
    }

    @Test(.scratch) func `the same paper is the same bytes, at another time too`() async throws {
        let paper = Papers.paper(Papers.hostile)
        let first = try XLSXRenderer(temporary: Scratch.folder).bytes(of: paper)
        try await Task.sleep(for: .milliseconds(2100))
        #expect(try XLSXRenderer(temporary: Scratch.folder).bytes(of: paper) == first)
        #expect(try FileManager.default.contentsOfDirectory(atPath: Scratch.folder.string).isEmpty)
    }

    @Test(.scratch) func `a text longer than a cell is cut and says so, and tables of one name have sheets of two`()
        throws
    {
        var paper = Papers.paper([String(repeating: "panjang ", count: 5000)])
        paper.tables += [Papers.table(["x"]), PaperTable(id: "b", title: "[]:*?/\\", fields: [], items: [Int]())]
        guard let book = try read(paper) else { return }
        let cell = try #require(book.sheets.first?.rows[1][1])
        #expect(cell.value.utf16.count <= 32_767 && cell.value.hasSuffix("[dipotong; lengkap dalam CSV]"))
        #expect(book.sheets.map(\.title) == ["Daftar arsip", "Daftar arsip 2", "Tabel", "Keterangan"])
    }

    @Test(.scratch) func `days before the calendar of spreadsheets are texts`() throws {
        let days = try ["1899-12-31", "1900-02-28", "1900-03-01", "9999-12-31"].map { try #require(CivilDate($0)) }
        var paper = Papers.paper([])
        let fields: [PaperTable.Field<CivilDate>] = [
            .init("Tanggal", key: "tanggal", kind: .date, width: 30) { _, day in .date(day) }
        ]
        paper.tables = [PaperTable(id: "a", title: "a", fields: fields, items: days)]
        guard let rows = try read(paper)?.sheets.first?.rows.dropFirst() else { return }
        #expect(rows.map { $0[0].kind } == ["text", "text", "date", "date"])
        #expect(rows.map { $0[0].value }.suffix(2) == ["1900-03-01", "9999-12-31"])
    }

    @Test func `a folder that cannot be written to is named`() throws {
        let error = try #require(throws: ReportingError.self) {
            try XLSXRenderer(temporary: "/nonexistent").bytes(of: Papers.paper(["x"]))
        }
        #expect(error.code == .writing && error.description.contains("/nonexistent"))
    }
}

extension PaperTable {
    /// A table with texts, numbers and dates.
    static func mixed(_ entries: [RecordEntry]) -> PaperTable {
        let fields: [Field<RecordEntry>] = [
            .init("No", key: "no", kind: .number, width: 12) { number, _ in .number(number) },
            .init("Uraian", key: "uraian", width: 80) { _, entry in .text(entry.title) },
            .init("Tanggal", key: "tanggal", kind: .date, width: 35) { _, entry in .init(entry.date) },
            .init("Lokasi", key: "lokasi", width: 40) { _, entry in .init(entry.location) },
        ]
        return PaperTable(id: "arsip", title: "Daftar arsip", fields: fields, items: entries)
    }
}
