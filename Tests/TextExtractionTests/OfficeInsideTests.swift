import Foundation
import SystemPackage
import TestSupport
import Testing
import TextExtraction

/// What lies in office documents beside their paragraphs and cells: each is read, or named as not read.
@Suite(.scratch)
struct OfficeInsideTests {
    private func relations(_ list: (id: String, type: String, target: String)...) -> String {
        let lines = list.map { "<Relationship Id='\($0.id)' Type='http://x/\($0.type)' Target='\($0.target)'/>" }
        return "<Relationships>\(lines.joined())</Relationships>"
    }

    private func paragraph(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

    // MARK: - Texts

    @Test
    func `chunks of other formats are read where they stand, and what is none is named`() throws {
        let chunks = (1...6).map { "<w:altChunk id='c\($0)'/>" }.joined()
        let more = [
            (
                "word/_rels/document.xml.rels",
                relations(
                    ("c1", "aFChunk", "a.html"),
                    ("c2", "aFChunk", "a.rtf"),
                    ("c3", "aFChunk", "a.txt"),
                    ("c4", "aFChunk", "../word/document.xml"),
                    ("c5", "aFChunk", "../../../../etc/passwd"),
                    ("c6", "aFChunk", "a.mht")
                )
            ), ("word/a.html", "<html><body><p>MANGGIS</p></body></html>"),
            ("word/a.rtf", "{\\\\rtf1 RAMBUTAN\\\\par}"),
            ("word/a.txt", "DURIAN"),
            (
                "word/a.mht",
                "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/plain\n\nSALAK\n--x--\n"
            ),
        ]
        let body = paragraph("awal") + chunks + paragraph("akhir")
        let reading = try Reading.read(try Reading.docx("a.docx", body: body, more: more))
        let text = reading.pages[0].text
        #expect(text.hasPrefix("awal\nMANGGIS\n") && text.contains("\nDURIAN\n") && text.contains("\nSALAK\n"))
        #expect(text.hasSuffix("\nakhir") && text.components(separatedBy: "awal").count == 3)
        #expect(Reading.codes(reading) == [.partNotRead] && reading.state == .notRead)
        #expect(reading.allFindings[0].message.contains("etc/passwd"))
    }

    @Test
    func `a document in a document in a document is read`() throws {
        let script = """
            import io, sys, zipfile
            def docx(words, chunk):
                file = io.BytesIO()
                z = zipfile.ZipFile(file, 'w', zipfile.ZIP_DEFLATED)
                z.writestr('word/document.xml', '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>' + words
                  + '</w:t></w:r></w:p><w:altChunk id="a"/></w:body></w:document>')
                z.writestr('word/_rels/document.xml.rels',
                  '<Relationships><Relationship Id="a" Type="aFChunk" Target="a.docx"/></Relationships>')
                if chunk: z.writestr('word/a.docx', chunk)
                z.close()
                return file.getvalue()
            chunk = docx('terdalam', docx('lebih', None))
            for depth in range(8): chunk = docx('lapis %d' % depth, chunk)
            open(sys.argv[1], 'wb').write(chunk)
            """
        let reading = try Reading.read(try Reading.python("a.docx", script))
        #expect(reading.pages.map(\.text) == ["lapis 7\nlapis 6\nlapis 5\nlapis 4\nlapis 3"])
        #expect(Reading.codes(reading) == [.partNotRead], "a ring cannot be built, and a depth has its end")
    }

    @Test
    func `bombs inside are named, and the text around them is read`() throws {
        let script = """
            import io, sys, zipfile
            inner = io.BytesIO()
            z = zipfile.ZipFile(inner, 'w', zipfile.ZIP_DEFLATED)
            z.writestr('word/document.xml', b'<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>' + b' ' * (80 << 20))
            z.close()
            z = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED)
            z.writestr('word/document.xml', '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>awal</w:t></w:r></w:p>'
              '<w:altChunk id="a"/><w:p><w:r><w:drawing><w:chart id="b"/></w:drawing><w:t>akhir</w:t></w:r></w:p></w:body></w:document>')
            z.writestr('word/_rels/document.xml.rels', '<Relationships><Relationship Id="a" Type="aFChunk" Target="a.docx"/>'
              '<Relationship Id="b" Type="chart" Target="b.xml"/></Relationships>')
            z.writestr('word/a.docx', inner.getvalue())
            z.writestr('word/b.xml', '<!DOCTYPE c [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><c><t>&b;</t></c>')
            z.close()
            """
        let reading = try Reading.read(try Reading.python("a.docx", script))
        #expect(reading.pages.map(\.text) == ["awal\nakhir"] && reading.state == .notRead)
        #expect(Reading.codes(reading) == [.partNotRead, .damaged])
    }

    @Test
    func `boxes are read once, SmartArt and watermarks too, and field codes never`() throws {
        func box(_ text: String) -> String { "<w:txbxContent>\(paragraph(text))</w:txbxContent>" }
        func choice(_ one: String, _ other: String) -> String {
            "<w:p><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice>\(one)</mc:Choice><mc:Fallback>\(other)</mc:Fallback>"
                + "</mc:AlternateContent></w:r></w:p>"
        }
        let body =
            choice(box("satu"), box("satu")) + choice("<w:drawing/>", box("dua"))
            + "<w:p><w:r><w:drawing><w:relIds w:dm='d'/></w:drawing></w:r></w:p>"
            + "<w:p><w:r><w:pict><w:textpath string='DRAF'/></w:pict><w:instrText>PAGE</w:instrText><w:t>tiga</w:t></w:r></w:p>"
        let diagram = "<d:m xmlns:d='d'><d:pt><d:t>\n <d:p><d:r><d:t>bagan</d:t></d:r></d:p></d:t></d:pt></d:m>"
        let more = [
            ("word/_rels/document.xml.rels", relations(("d", "diagramData", "diagrams/data1.xml"))),
            ("word/diagrams/data1.xml", diagram),
        ]
        let reading = try Reading.read(try Reading.docx("a.docx", body: body, more: more))
        #expect(reading.pages.map(\.text) == ["satu\ndua\nbagan\nDRAF\ntiga"] && reading.allFindings.isEmpty)
    }

    @Test
    func `what stands in front of a document is passed over and told`() throws {
        let whole = try Reading.docx("whole.docx", body: paragraph("MANGGIS"))
        for front in ["\r\n", "HTTP/1.1 200 OK\r\n\r\n", String(repeating: "x", count: 5000)] {
            let bytes = Array(front.utf8) + Array(try Data(contentsOf: URL(fileURLWithPath: whole.string)))
            let reading = try Reading.read(try Scratch.file("a.docx", bytes))
            #expect(reading.format.format == .docx && reading.pages.map(\.text) == ["MANGGIS"])
            #expect(reading.allFindings.map(\.severity) == [.warning] && reading.state == .read)
            let cut = try Reading.read(try Scratch.file("b.docx", Array(bytes.dropLast(30))))
            #expect(cut.state == .notRead && cut.pages.allSatisfy(\.text.isEmpty))
        }
    }

    @Test
    func `words are found whole though soft hyphens and signs without width stand in them`() throws {
        let body = "<w:p><w:r><w:t>ren</w:t><w:softHyphen/><w:t>ca\u{AD}na kin\u{200B}erja</w:t></w:r></w:p>"
        let page = try #require(try Reading.read(try Reading.docx("a.docx", body: body)).pages.first)
        let letters = page.text.unicodeScalars.filter { !["\u{AD}", "\u{200B}"].contains($0) }
        #expect(String(String.UnicodeScalarView(letters)) == "rencana kinerja")
    }

    // MARK: - Workbooks

    private func workbook(_ name: String, sheet: String, more: [(String, String)] = [], state: String = "") throws
        -> FilePath
    {
        let parts = [
            ("xl/workbook.xml", "<workbook><sheets><sheet name='Satu' \(state) id='a'/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", relations(("a", "worksheet", "worksheets/s.xml"))),
            ("xl/worksheets/s.xml", "<worksheet>\(sheet)</worksheet>"),
        ]
        return try Reading.zip(name, parts + more)
    }

    @Test
    func `a formula without a result is shown as the formula, and the page is doubtful`() throws {
        let sheet =
            "<sheetData><row><c r='A1'><f>B1+C1</f></c><c r='C1'><f>1+1</f><v>2</v></c><c r='D1' t='str'><f>X</f><v></v></c>"
            + "</row></sheetData>"
        let reading = try Reading.read(try workbook("a.xlsx", sheet: sheet))
        #expect(reading.pages.map(\.text) == ["=B1+C1\t\t2"])
        #expect(Reading.codes(reading) == [.valueAsStored] && reading.state == .doubtful)
    }

    @Test(arguments: ["hidden", "veryHidden"])
    func `a hidden sheet is read and marked, its page header has no codes`(_ state: String) throws {
        let sheet =
            "<sheetData><row><c t='inlineStr'><is><r><t>ka</t></r><r><t>ya</t></r></is></c></row></sheetData><headerFooter>"
            + "<oddHeader>&amp;L&amp;\"Arial,Bold\"&amp;12DINAS&amp;C&amp;KFF0000Rekap &amp;A&amp;R&amp;P</oddHeader>"
            + "<oddFooter>A &amp;&amp; B&amp;K01+049!</oddFooter></headerFooter>"
        let reading = try Reading.read(try workbook("a.xlsx", sheet: sheet, state: "state='\(state)'"))
        #expect(reading.pages.map(\.name) == ["Satu (hidden)"] && reading.allFindings.isEmpty)
        #expect(reading.pages[0].text == "DINAS Rekap Satu\nkaya\nA & B!")
        #expect(reading.pages[0].spans.map(\.kind) == [.margin, .margin] && reading.pages[0].spans[1].start == 22)
    }

    @Test
    func `boxes, charts and talks of a sheet are read`() throws {
        let chart = """
            <c:c xmlns:c='c'><c:title><c:p><c:r><c:t>Grafik</c:t></c:r></c:p></c:title><c:ser><c:tx><c:pt><c:v>Target</c:v></c:pt></c:tx>
            <c:cat><c:pt><c:v>Jan</c:v></c:pt><c:pt><c:v>Feb</c:v></c:pt></c:cat><c:val><c:pt><c:v>98</c:v></c:pt></c:val></c:ser></c:c>
            """
        let more = [
            (
                "xl/worksheets/_rels/s.xml.rels",
                relations(
                    ("d", "drawing", "../drawings/d.xml"),
                    ("t", "threadedComment", "../t.xml"),
                    ("c", "comments", "../c.xml")
                )
            ), ("xl/drawings/d.xml", "<x:d xmlns:x='x'><x:p><x:r><x:t>kotak</x:t></x:r></x:p></x:d>"),
            ("xl/drawings/_rels/d.xml.rels", relations(("c", "chart", "../charts/c.xml"))), ("xl/charts/c.xml", chart),
            ("xl/t.xml", "<t><threadedComment ref='A1'><text>cek lagi</text></threadedComment></t>"),
            (
                "xl/c.xml",
                "<comments><comment ref='A1'><t>[Threaded]</t></comment><comment ref='B1'><t>biasa</t></comment></comments>"
            ),
        ]
        let reading = try Reading.read(try workbook("a.xlsx", sheet: "<sheetData/>", more: more))
        #expect(reading.pages[0].text == "A1: cek lagi\nB1: biasa\nkotak\nGrafik\n\tJan\tFeb\nTarget\t98")
        #expect(reading.allFindings.isEmpty)
    }

    // MARK: - OpenDocument

    @Test
    func `repeated cells and rows are shown as often, and a thousand million times once, which is told`() throws {
        func cell(_ text: String, _ count: Int = 1) -> String {
            "<table:table-cell table:number-columns-repeated='\(count)'>\(text.isEmpty ? "" : "<text:p>\(text)</text:p>")"
                + "</table:table-cell>"
        }
        func row(_ count: Int, _ cells: String...) -> String {
            "<table:table-row table:number-rows-repeated='\(count)'>\(cells.joined())</table:table-row>"
        }
        let rows =
            row(2, cell("SAMA"), cell("5", 2)) + row(1_000_000_000, cell("BANYAK", 1_000_000_000))
            + row(1, cell("", 2), cell("AKHIR")) + row(1_048_570, cell("", 16_384))
        let body = "<office:spreadsheet><table:table table:name='A'>\(rows)</table:table></office:spreadsheet>"
        let reading = try Reading.read(try Reading.odt("a.ods", body: body, type: "spreadsheet"))
        #expect(reading.pages.map(\.text) == ["SAMA\t5\t5\nSAMA\t5\t5\nBANYAK\n\t\tAKHIR"])
        #expect(reading.allFindings.map(\.code) == [.valueAsStored] && reading.state == .read)
    }

    @Test
    func `a sheet's values without a text, its hidden state and its boxes are read`() throws {
        let body = """
            <office:styles><table:style table:name='h'><table:table-properties table:display='false'/></table:style></office:styles>
            <office:spreadsheet><table:table table:name='A' table:style-name='h'><table:shapes><text:p>kotak</text:p></table:shapes>
            <table:table-row><table:table-cell office:value-type='percentage' office:value='0.5'/>
            <table:table-cell table:formula='of:=[.A1]+1'/></table:table-row></table:table></office:spreadsheet>
            """
        let reading = try Reading.read(try Reading.odt("a.ods", body: body, type: "spreadsheet"))
        #expect(reading.pages.map(\.text) == ["kotak\n50%\t=[.A1]+1"] && reading.pages[0].name == "A (hidden)")
        #expect(Reading.codes(reading) == [.valueAsStored] && reading.state == .doubtful)
    }

    // MARK: - Pictures

    @Test
    func `a picture in a document is recognised once, an icon never, and what cannot be drawn is named`() throws {
        let pdf = try Scratch.file(
            "p.pdf",
            FormatTests.pdf(
                "BT /F 20 Tf 50 700 Td (Rencana kinerja dinas MANGGIS) Tj 0 -40 Td (RAMBUTAN dan SALAK) Tj ET"
            )
        )
        let script = """
            import subprocess, sys, zipfile
            png = subprocess.run(['pdftoppm', '-r', '150', '-png', '\(pdf.string)'], stdout=subprocess.PIPE, check=True).stdout
            icon = subprocess.run(['pdftoppm', '-r', '5', '-png', '\(pdf.string)'], stdout=subprocess.PIPE, check=True).stdout
            white = subprocess.run(['pdftoppm', '-r', '60', '-png', '-y', '600', '-H', '100', '\(pdf.string)'], stdout=subprocess.PIPE,
              check=True).stdout
            names = {'media/image0.png': white, 'media/image1.png': png, 'media/image2.png': png, 'media/image3.png': icon,
              'media/image4.emf': b'\\x01\\0\\0\\0' + bytes(80), 'embeddings/o.bin': b'\\xd0\\xcf\\x11\\xe0',
              'media/image5.svg': b'<svg xmlns="http://www.w3.org/2000/svg"><text>NANAS</text></svg>'}
            rels = ''.join('<Relationship Id="r%d" Type="%s" Target="%s"/>' % (i, 'image' if 'media' in n else 'oleObject', n)
              for i, n in enumerate(names))
            z = zipfile.ZipFile(sys.argv[1], 'w')
            z.writestr('word/document.xml', '<w:document xmlns:w="w"><w:body/></w:document>')
            z.writestr('word/_rels/document.xml.rels', '<Relationships>' + rels + '</Relationships>')
            for name, content in names.items(): z.writestr('word/' + name, content)
            z.writestr('docProps/thumbnail.png', png)
            z.close()
            """
        let reading = try Reading.read(try Reading.python("a.docx", script))
        #expect(reading.pages.map(\.part) == [nil, "word/media/image1.png", "word/media/image5.svg"])
        #expect(reading.pages.map(\.source) == [.none, .recognised, .text] && reading.pageCount == 1)
        #expect(reading.pages.map(\.number) == [1, 2, 3], "a picture without a text is no page")
        #expect(reading.pages[1].text.contains("MANGGIS") && reading.pages[2].text == "NANAS")
        #expect(Reading.codes(reading) == [.partNotRead, .partNotRead] && reading.state == .notRead)
        let named = reading.allFindings.map(\.message).joined()
        #expect(named.contains("image4.emf") && named.contains("o.bin"))
    }
}
