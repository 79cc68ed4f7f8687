import Foundation
import SystemPackage
import TestSupport
import Testing
import TextExtraction

@Suite(.scratch)
struct OfficeTests {
    /// The words that a span covers, by its offsets in bytes.
    private func words(_ span: TextSpan, in page: PageReading) -> String {
        String(decoding: Array(page.text.utf8)[span.start..<span.end], as: UTF8.self)
    }

    @Test
    func `tracked changes and comments of a draft are in its text, and marked by offsets in bytes`() throws {
        let body = """
            <w:p><w:r><w:t>Targét </w:t></w:r><w:del w:author='Budi' w:date='2024-01-02T00:00:00Z'><w:r><w:delText>90</w:delText>
            </w:r></w:del><w:ins w:author='Siti'><w:r><w:t>98</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> persen</w:t>
            <w:commentReference w:id='4'/></w:r></w:p><w:p><w:r><w:t>Penutup</w:t></w:r></w:p>
            """
        let comments =
            "<w:comments \(Reading.word)><w:comment w:id='4' w:author='Kabid'><w:p><w:r><w:t>Sesuai?</w:t></w:r></w:p></w:comment></w:comments>"
        let relations =
            "<Relationships><Relationship Id='a' Type='http://x/comments' Target='comments.xml'/></Relationships>"
        let more = [("word/comments.xml", comments), ("word/_rels/document.xml.rels", relations)]
        let reading = try Reading.read(try Reading.docx("a.docx", body: body, more: more))
        let page = try #require(reading.pages.first)
        #expect(page.text == "Targét 90 98 persen\nSesuai?\nPenutup")
        #expect(page.spans.map(\.kind) == [.deleted, .inserted, .comment])
        #expect(page.spans.map { words($0, in: page) } == ["90", "98", "Sesuai?"])
        #expect(page.spans.map(\.author) == ["Budi", "Siti", "Kabid"])
        #expect(page.spans[0].date == "2024-01-02T00:00:00Z")
        #expect(reading.allFindings.isEmpty)
    }

    @Test
    func `tables keep their order: a line a row, a tab between cells`() throws {
        func cell(_ text: String) -> String { "<w:tc><w:tcPr/><w:p><w:r><w:t>\(text)</w:t></w:r></w:p></w:tc>" }
        let body =
            "<w:p><w:r><w:t>Tabel</w:t></w:r></w:p><w:tbl><w:tr>\(cell("No"))\(cell("Sasaran"))\(cell("Target"))</w:tr>"
            + "<w:tr>\(cell("1"))\(cell(""))\(cell("98 %"))</w:tr></w:tbl><w:p><w:r><w:t>Selesai</w:t></w:r></w:p>"
        let reading = try Reading.read(try Reading.docx("a.docx", body: body))
        #expect(reading.pages[0].text == "Tabel\nNo\tSasaran\tTarget\n1\t\t98 %\nSelesai")
    }

    @Test
    func `text in a box is read once, though the file holds it twice`() throws {
        let box = "<w:txbxContent><w:p><w:r><w:t>Kotak</w:t></w:r></w:p></w:txbxContent>"
        let body =
            "<w:p><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice>\(box)</mc:Choice><mc:Fallback>\(box)</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        #expect(try Reading.read(try Reading.docx("a.docx", body: body)).pages[0].text == "Kotak")
    }

    @Test
    func `an OpenDocument text keeps spaces, changes, comments and notes`() throws {
        let body = """
            <office:text><text:tracked-changes><text:changed-region text:id='d1'><text:deletion><office:change-info>
            <dc:creator>Budi</dc:creator><dc:date>2024-01-02</dc:date></office:change-info><text:p>lama</text:p></text:deletion>
            </text:changed-region><text:changed-region text:id='i1'><text:insertion><office:change-info><dc:creator>Siti</dc:creator>
            </office:change-info></text:insertion></text:changed-region></text:tracked-changes>
            <text:p>Satu<text:s text:c='2'/>  dua <text:change text:change-id='d1'/><text:change-start text:change-id='i1'/>baru<text:change-end text:change-id='i1'/>
            <office:annotation><dc:creator>Kabid</dc:creator><text:p>Mohon cek</text:p></office:annotation>akhir<text:note><text:note-citation>1</text:note-citation>
            <text:note-body><text:p>Catatan kaki</text:p></text:note-body></text:note></text:p></office:text>
            """
        let page = try #require(try Reading.read(try Reading.odt("a.odt", body: body)).pages.first)
        #expect(page.text == "Satu   dua lama baru akhir\nMohon cek\nCatatan kaki")
        #expect(page.spans.map(\.kind) == [.deleted, .inserted, .comment, .note])
        #expect(page.spans.map { words($0, in: page) } == ["lama", "baru", "Mohon cek", "Catatan kaki"])
        #expect(page.spans.map(\.author) == ["Budi", "Siti", "Kabid", nil])
    }

    @Test
    func `a spreadsheet of OpenDocument has a page a sheet, and repeated rows are not repeated`() throws {
        func row(_ cells: String...) -> String {
            "<table:table-row table:number-rows-repeated='1000000'>"
                + cells.map { "<table:table-cell><text:p>\($0)</text:p></table:table-cell>" }.joined()
                + "</table:table-row>"
        }
        let body =
            "<office:spreadsheet><table:table table:name='Rekap'>\(row("Anggaran", "1.250.000"))\(row("", "98 %"))</table:table><table:table table:name='Kosong'/></office:spreadsheet>"
        let reading = try Reading.read(try Reading.odt("a.ods", body: body, type: "spreadsheet"))
        #expect(reading.format.format == .ods && reading.pages.map(\.name) == ["Rekap", "Kosong"])
        #expect(reading.pages[0].text == "Anggaran\t1.250.000\n\t98 %")
    }

    @Test
    func `what python-docx writes is read whole`() throws {
        guard let bin = try Tool.pythonPeer("python-docx==1.2.0") else { return }
        let script = """
            import docx, sys
            d = docx.Document()
            d.sections[0].header.paragraphs[0].text = 'DINAS'
            d.add_heading('BAB I', 1)
            d.add_paragraph('Pelayanan é')
            t = d.add_table(2, 2)
            for i, c in enumerate(t._cells): c.text = f'sel {i}'
            d.add_paragraph('akhir')
            d.save(sys.argv[1])
            """
        let reading = try Reading.read(try Reading.python("a.docx", script, bin: bin))
        #expect(reading.format.format == .docx)
        #expect(reading.pages[0].text == "DINAS\nBAB I\nPelayanan é\nsel 0\tsel 1\nsel 2\tsel 3\nakhir")
        #expect(reading.pages[0].spans.map(\.kind) == [.margin])
    }

    @Test
    func `what openpyxl writes is read as a person sees it: dates, percentages, fifteen digits, comments`() throws {
        guard let bin = try Tool.pythonPeer("openpyxl==3.1.5") else { return }
        let script = """
            import openpyxl, sys, datetime
            from openpyxl.comments import Comment
            w = openpyxl.Workbook()
            s = w.active
            s.title = 'Formulir'
            s.append(['Anggaran', 1250000, 70.92, 0.1 + 0.2])
            s.append(['Tanggal', datetime.date(2024, 2, 29), datetime.datetime(2024, 3, 1, 13, 30), datetime.time(8, 5)])
            s.append(['Capaian', 0.98, True, None, 'akhir'])
            s['B3'].number_format = '0.00%'
            s['A1'].comment = Comment('periksa', 'Siti')
            w.create_sheet('Kosong')
            w.save(sys.argv[1])
            """
        let reading = try Reading.read(try Reading.python("a.xlsx", script, bin: bin))
        #expect(reading.format.format == .xlsx && reading.pages.map(\.name) == ["Formulir", "Kosong"])
        let lines = reading.pages[0].text.split(separator: "\n").map(String.init)
        #expect(
            lines == [
                "Anggaran\t1250000\t70.92\t0.3", "Tanggal\t2024-02-29\t2024-03-01 13:30:00\t8:05:00",
                "Capaian\t98.00%\tTRUE\t\takhir",
                "A1: periksa",
            ]
        )
        #expect(reading.pages[0].spans.map(\.author) == ["Siti"])
        #expect(reading.allFindings.isEmpty)
    }
}
