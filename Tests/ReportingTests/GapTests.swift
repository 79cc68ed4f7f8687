import RecordsModel
import Reporting
import Testing

struct GapTests {
    @Test func `a column that lacks one cell is named with its row`() throws {
        let paper = Papers.paper(["satu", "", "\u{A0}\u{200B}", "empat"])
        let empty = try #require(paper.emptyColumns.first)
        #expect(paper.emptyColumns.count == 1 && empty.key == "uraian" && empty.rows == [2, 3] && !empty.isWhole)
        #expect(empty.message == "the column 'Uraian' of 'arsip' is empty in 2 of its rows: 2, 3")
    }

    @Test func `a column without a single cell is named as a whole`() throws {
        let empty = try #require(Papers.paper(["", " "]).emptyColumns.first)
        #expect(empty.isWhole && empty.message == "the column 'Uraian' of 'arsip' is empty")
    }

    @Test func `a column for remarks lacks something only where nobody remarked anything`() {
        var paper = Papers.paper([])
        paper.tables = [Papers.table(["", "x"], mayLack: true)]
        #expect(paper.emptyColumns.isEmpty)
        paper.tables = [Papers.table(["", ""], mayLack: true)]
        #expect(paper.emptyColumns.map(\.key) == ["uraian"])
    }

    @Test func `a full table and a table without rows lack nothing`() {
        #expect(Papers.paper(["satu", "-"]).emptyColumns.isEmpty)
        #expect(Papers.paper([]).emptyColumns.isEmpty)
    }

    @Test func `number, place, facts, names and checkpoint that nobody gave are named and not invented`() {
        var frame = Papers.frame(number: nil)
        frame.place = " "
        frame.checkpoint = nil
        var paper = Paper(.destructionMinutes, frame)
        paper.facts = [.init("cara", "Cara pemusnahan", nil), .init("jumlah", "Jumlah berkas", "1")]
        paper.signatures = [SignatureBlock("Saksi I", nil), SignatureBlock("Saksi II", Signer("Hadi"))]
        #expect(paper.missingParts == ["Nomor", "Tempat", "Cara pemusnahan", "Nama Saksi I", "Titik periksa"])
        #expect(paper.number == nil)
        #expect(Paper(.proposedDestruction, Papers.frame(number: nil)).missingParts.isEmpty)
    }

    @Test func `a wide table is printed across the sheet, and minutes stay upright`() {
        #expect(!Papers.paper(["x"], width: 168).isLandscape)
        #expect(Papers.paper(["x"], width: 169).isLandscape)
        #expect(Papers.paper(["x"], width: 164, sheet: .a4).isLandscape)
        var minutes = Paper(.destructionMinutes, Papers.frame())
        minutes.tables = [Papers.table(["x"], width: 200)]
        #expect(!minutes.isLandscape && minutes.isWide)
    }

    @Test func `a photograph is told by its bytes and must be small`() throws {
        #expect(try Attachment("foto", photograph: [0xFF, 0xD8, 0xFF, 0xE0]).photograph?.format == .jpeg)
        #expect(throws: ReportingError(.attachment, message: "", remedy: "")) {
            try Attachment("foto", photograph: Array("GIF89a".utf8))
        }
        #expect(throws: ReportingError(.tooLarge, message: "", remedy: "")) {
            try Attachment("foto", photograph: [UInt8](repeating: 0xFF, count: Attachment.limit + 1))
        }
    }
}
