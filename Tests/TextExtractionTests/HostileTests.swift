import BoundedProcess
import Foundation
import SystemPackage
import TestSupport
import Testing
import TextExtraction

/// Files that want to do harm: each ends as a fault of its own reading, and soon.
@Suite(.scratch)
struct HostileTests {
    private func fault(
        _ path: FilePath,
        _ codes: Set<ReadingFinding.Code>,
        within: Duration = .seconds(40),
        limits: ReadingLimits = Reading.limits,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> DocumentReading {
        let begun = ContinuousClock.now
        let reading = try Reading.read(path, limits: limits)
        #expect(ContinuousClock.now - begun < within, sourceLocation: sourceLocation)
        let found = reading.allFindings.filter { $0.severity == .fault }.map(\.code)
        #expect(!codes.isDisjoint(with: found), "found \(reading.allFindings)", sourceLocation: sourceLocation)
        return reading
    }

    // MARK: - XML

    @Test
    func `a billion laughs are not laughed`() throws {
        var entities = "<!ENTITY a0 'lol'>"
        for level in 1...9 {
            entities += "<!ENTITY a\(level) '" + String(repeating: "&a\(level - 1);", count: 10) + "'>"
        }
        let prolog = "<!DOCTYPE d [\(entities)]>"
        let file = try Reading.docx("a.docx", body: "<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", prolog: prolog)
        #expect(try fault(file, [.damaged]).format.format == .docx)
    }

    @Test
    func `an external entity is not asked for`() throws {
        let secret = try Scratch.file("secret.txt", Array("rahasia".utf8))
        let prolog = "<!DOCTYPE d [<!ENTITY x SYSTEM 'file://\(secret.string)'>]>"
        let file = try Reading.docx("a.docx", body: "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", prolog: prolog)
        let reading = try fault(file, [.damaged])
        #expect(!reading.pages.contains { $0.text.contains("rahasia") })
    }

    @Test
    func `a hundred thousand nested elements are not followed`() throws {
        let deep = String(repeating: "<w:p>", count: 100_000) + String(repeating: "</w:p>", count: 100_000)
        let file = try Reading.docx("a.docx", body: "<w:p><w:r><w:t>Awal</w:t></w:r></w:p>" + deep)
        // What came before is kept.
        #expect(try fault(file, [.damaged]).pages.map(\.text) == ["Awal"])
    }

    @Test
    func `XML that breaks off gives what came until then`() throws {
        let file = try Reading.zip(
            "a.docx",
            [("word/document.xml", "<w:document \(Reading.word)><w:body><w:p><w:r><w:t>Awal</w:t></w:r></w:p><w:p>")]
        )
        #expect(try fault(file, [.damaged]).pages.map(\.text) == ["Awal"])
    }

    @Test
    func `a cell that points at no string, and a sheet that is not there, are passed over`() throws {
        let file = try Reading.zip(
            "a.xlsx",
            [
                (
                    "xl/workbook.xml",
                    "<workbook><sheets><sheet name='A' id='r1'/><sheet name='B' id='r9'/></sheets></workbook>"
                ),
                (
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='../../../xl/s.xml'/></Relationships>"
                ),
                (
                    "xl/s.xml",
                    "<worksheet><row><c t='s'><v>99999999999999999999</v></c><c t='s'><v>-1</v></c><c><v>7</v></c></row></worksheet>"
                ),
            ]
        )
        #expect(try Reading.read(file).pages.map(\.text) == ["7", ""])
    }

    // MARK: - Containers

    @Test
    func `a document that unpacks to ten gigabytes is given up`() throws {
        let script = """
            import sys, zipfile
            z = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED)
            with z.open('word/document.xml', 'w', force_zip64=True) as f:
                f.write(b'<w:document \(Reading.word.replacingOccurrences(of: "'", with: "\""))><w:body>')
                for _ in range(1200): f.write(b' ' * 1000000)
            z.close()
            """
        let reading = try fault(try Reading.python("a.docx", script), [.limit, .damaged])
        #expect(reading.pages.allSatisfy { $0.text.isEmpty }, "nothing of a bomb is told as a text")
    }

    @Test(arguments: [10, 100, 300])
    func `a document that was cut is damaged, or none`(_ length: Int) throws {
        let whole = try Reading.docx("whole.docx", body: "<w:p><w:r><w:t>Awal</w:t></w:r></w:p>")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: whole.string)).prefix(length)
        let reading = try Reading.read(try Scratch.file("a.docx", bytes))
        #expect(!reading.allFindings.isEmpty)
        #expect(reading.pages.allSatisfy { $0.text.isEmpty })
    }

    // MARK: - PDF

    @Test
    func `a PDF whose pages are their own parents ends`() throws {
        let text = """
            %PDF-1.4
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000000/Parent 2 0 R>>endobj
            trailer<</Root 1 0 R/Prev 9>>
            %%EOF
            """
        var limits = Reading.limits
        limits.pages = 20
        let file = try Scratch.file("a.pdf", Array(text.utf8))
        let reading = try fault(file, [.damaged, .limit, .pageUnreadable], limits: limits)
        #expect(reading.pages.count <= 20, "no more pages than the limit")
    }

    @Test
    func `a PDF that draws for ever fails on its page and nothing else`() throws {
        var limits = Reading.limits
        limits.text.wall = .seconds(3)
        limits.picture.wall = .seconds(3)
        // Forms that draw forms that draw forms: ten thousand million rectangles out of a few kilobytes.
        let forms = (0..<10).map { level -> String in
            let drawing = level == 9 ? "0 0 1 1 re f" : String(repeating: "/X Do ", count: 10)
            let inner = level == 9 ? "" : "/XObject<</X \(level + 7) 0 R>>"
            return "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<\(inner)>>/Length \(drawing.utf8.count)>>"
                + "stream\n\(drawing)\nendstream"
        }
        let pdf = FormatTests.pdf("/X Do", resources: "/XObject<</X 6 0 R>>", more: forms)
        let file = try Scratch.file("a.pdf", pdf)
        let reading = try fault(file, [.pageUnreadable, .limit, .damaged], limits: limits)
        #expect(reading.pages.allSatisfy { $0.text.isEmpty }, "a page that was not drawn has no text")
    }

    @Test(arguments: [20, 200, 500])
    func `a PDF that was cut is damaged, or read all the same`(_ length: Int) throws {
        let bytes = FormatTests.pdf("BT /F 12 Tf 72 700 Td (Rencana) Tj ET").prefix(length)
        let reading = try Reading.read(try Scratch.file("a.pdf", bytes))
        #expect(reading.format.format == .pdf)
        #expect(!reading.allFindings.isEmpty || reading.pages.map(\.text) == ["Rencana"])
    }

    @Test
    func `a page as large as a football field is drawn as far as it may be`() throws {
        let file = try Scratch.file("a.pdf", FormatTests.pdf(media: "0 0 14400 14400"))
        var limits = Reading.limits
        limits.pixels = 4_000_000
        let reading = try Reading.read(file, limits: limits)
        #expect(reading.pageCount == 1 && reading.allFindings.isEmpty)
    }

    @Test
    func `a title cannot forge the number of pages`() throws {
        let title = "<</Title(x\\nPages: 77\\nEncrypted: yes)>>"
        let pdf = String(decoding: FormatTests.pdf(more: [title]), as: UTF8.self)
            .replacingOccurrences(of: "trailer<<", with: "trailer<</Info 6 0 R")
        let reading = try Reading.read(try Scratch.file("a.pdf", Array(pdf.utf8)))
        #expect(reading.pageCount == 1 && !reading.isEncrypted)
    }

    // MARK: - Pictures

    @Test
    func `a picture that claims a thousand million pixels is not decoded`() throws {
        let script = FormatTests.picture.replacingOccurrences(
            of: "w, h, dpm = 1240, 1754, 5906",
            with: "w, h, dpm = 1, 1, 5906"
        )
        .replacingOccurrences(of: "'>IIBBBBB', w, h", with: "'>IIBBBBB', 60000, 60000")
        let reading = try fault(try Reading.python("a.png", script), [.limit, .damaged])
        #expect(reading.pages.allSatisfy { $0.text.isEmpty }, "a picture that was not decoded has no text")
    }

    @Test
    func `a picture without its end fails on its page`() throws {
        let whole = try Reading.python("whole.png", FormatTests.picture)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: whole.string)).prefix(100)
        let reading = try Reading.read(try Scratch.file("a.png", bytes))
        #expect(Reading.codes(reading).contains { [.pageUnreadable, .damaged].contains($0) })
    }

    @Test
    func `a TIFF whose directories go round in a circle ends`() throws {
        // One directory with width and height, whose next directory is itself.
        var bytes: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 3, 0]
        for (tag, value) in [(256, 8), (257, 8), (258, 1)] as [(UInt16, UInt8)] {
            bytes += [UInt8(tag & 255), UInt8(tag >> 8), 3, 0, 1, 0, 0, 0, value, 0, 0, 0]
        }
        bytes += [8, 0, 0, 0]
        let begun = ContinuousClock.now
        let reading = try Reading.read(try Scratch.file("a.tif", bytes))
        #expect(ContinuousClock.now - begun < .seconds(40))
        #expect(!reading.allFindings.isEmpty)
    }

    // MARK: - The batch

    @Test
    func `one bad file does not stop the others`() throws {
        let good = try Scratch.file("good.txt", Array("baik".utf8))
        let bad = try Scratch.file("bad.docx", [0x50, 0x4B, 3, 4, 0, 0])
        let gone = Scratch.folder.appending("gone.pdf")
        let requests = [bad, gone, good].map {
            ReadingRequest(file: $0, name: Array($0.string.utf8), digest: "d", pages: nil)
        }
        let results = Results()
        try Reading.reader().read(requests, onFile: { index, result in results.add(index, result) })
        let all = results.all
        #expect(all.count == 3)
        #expect(try all[2]?.get().pages.map(\.text) == ["baik"])
        #expect(throws: (any Error).self) { _ = try all[1]?.get() }
    }
}
