import BoundedProcess
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import TextExtraction

@Suite(.scratch)
struct RecognitionTests {
    // MARK: - Against the true text of the sample

    struct Truth: Decodable {
        struct Page: Decodable {
            let n: Int
            let text: String
        }
        let pages: [Page]
    }

    private func counts(_ text: String, by part: (String) -> [String]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for word in part(text) { counts[word, default: 0] += 1 }
        return counts
    }

    /// Which part of the truth is in what was read, each as often, wherever it stands.
    private func found(_ truth: String, _ read: String, by part: (String) -> [String]) -> Double {
        let (wanted, got) = (counts(truth, by: part), counts(read, by: part))
        let total = wanted.values.reduce(0, +)
        let missed = wanted.reduce(0) { $0 + max(0, $1.value - (got[$1.key] ?? 0)) }
        return Double(total - missed) / Double(max(1, total))
    }

    private func words(_ text: String) -> [String] {
        text.lowercased().matches(of: /[\p{L}\p{N}]+/).map { String($0.output) }
    }

    private func letters(_ text: String) -> [String] { text.filter { !$0.isWhitespace }.map(String.init) }

    private func sample(_ path: String) throws -> (file: FilePath, truth: Truth)? {
        guard let file = Checkout.shared("samples/rkt/\(path)"),
            let truth = Checkout.shared("samples/rkt-truth/\(path).json")
        else {
            return nil
        }
        let data = try Data(contentsOf: URL(fileURLWithPath: truth.string))
        return (file, try JSONDecoder().decode(Truth.self, from: data))
    }

    static let scans = [
        "2023/01-disposisi/disposisi-rkt-2023.jpg",
        "2024/04-formulir/formulir-rkt-2024-bidang-pelayanan-pendaftaran-penduduk-ttd.tif",
        "2024/10-ditandatangani/surat-pengantar-rkt-2024.pdf",
    ]

    @Test(arguments: scans)
    func `the text of a scan is recognised, with stamps and tables on it`(_ path: String) throws {
        guard Tool.isPresent("tesseract"), let (file, truth) = try sample(path) else { return }
        let pages = Scratch.folder.appending("pages")
        let reading = try Reading.read(file, pages: pages)
        #expect(reading.pageCount == truth.pages.count && reading.allFindings.isEmpty)
        for (page, right) in zip(reading.pages, truth.pages) {
            #expect(page.source == .recognised && (page.confidence ?? 0) > 80)
            #expect(found(right.text, page.text, by: letters) >= 0.98, "page \(page.number)")
            #expect(found(right.text, page.text, by: words) >= 0.95, "page \(page.number)")
            #expect(page.picture?.lowest(or: nil) == 300)
        }
        // Each page was kept, and is taken from there the next time.
        var kept = try #require(PageStore(folder: pages).page(1))
        kept.text = "dari simpanan"
        try PageStore(folder: pages).keep(kept)
        #expect(try Reading.read(file, pages: pages).pages[0].text == "dari simpanan")
    }

    static let texts = [
        "2023/09-final/rkt-2023-final.pdf", "2024/02-nota-dinas/nota-dinas-2024.pdf",
        "2024/06-draf/draf-rkt-2024-bidang-pelayanan-pendaftaran-penduduk-v2.docx",
        "2023/07-pembahasan/notulen-rapat-rkt-2023.odt", "2024/05-rekapitulasi/rekapitulasi-rkt-2024.xlsx",
    ]

    @Test(arguments: texts)
    func `the text of a document is read to the last word`(_ path: String) throws {
        guard let (file, truth) = try sample(path) else { return }
        let reading = try Reading.read(file)
        let text = reading.pages.map(\.text).joined(separator: "\n")
        // The truth writes a whole number of a cell as its program holds it, 71.0; a person sees 71.
        let right = truth.pages.map(\.text).joined(separator: "\n").replacing(/\b(\d+)\.0\b/) { String($0.output.1) }
        #expect(found(right, text, by: words) == 1)
        #expect(reading.pages.allSatisfy { $0.source == .text } && reading.format.agrees == true)
    }

    // MARK: - A page that fails

    @Test
    func `a page that runs out of time is a fault of that page, and the others are read`() throws {
        guard Tool.isPresent("tesseract"), let (file, _) = try sample(Self.scans[1]) else { return }
        var limits = Reading.limits
        limits.recognition.wall = .milliseconds(50)
        let reading = try Reading.read(file, limits: limits)
        #expect(reading.pages.count == 2)
        #expect(reading.pages.allSatisfy { $0.findings.map(\.code) == [.limit] && $0.text.isEmpty })
    }

    @Test
    func `reading that is to stop keeps what is finished`() throws {
        let stop: @Sendable () -> Bool = { true }
        let reader = DocumentReader(helper: HelperProgram(try Checkout.binary), isInterrupted: stop)
        let file = try Scratch.file("a.txt", Array("x".utf8))
        #expect(throws: CancellationError.self) {
            _ = try reader.read(ReadingRequest(file: file, name: [], digest: "d", pages: nil))
        }
    }

    @Test
    func `a page is shown as a PNG`() throws {
        let reader = try Reading.reader()
        let pdf = try Scratch.file("a.pdf", FormatTests.pdf())
        let page = try reader.png(of: pdf, page: 1, format: .pdf, dpi: 50).get()
        #expect(page.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        let picture = try Reading.python("a.png", FormatTests.picture)
        #expect(try reader.png(of: picture, page: 1, format: .png, dpi: 0).get().starts(with: [0x89, 0x50]))
        #expect(throws: PageImageError.self) { _ = try reader.png(of: pdf, page: 1, format: .txt, dpi: 50).get() }
    }

    // MARK: - Parts

    @Test
    func `tesseract's table becomes text, with the confidence of its characters`() {
        let rows = [
            "level\tpage_num\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext",
            "1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t", "5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t90\tRencana",
            "5\t1\t1\t1\t1\t2\t0\t0\t9\t9\t50\tkerja", "5\t1\t1\t1\t2\t1\t0\t0\t9\t9\t70.5\t98",
            "5\t1\t2\t1\t1\t1\t0\t0\t9\t9\tx\t%",
            "5\t1\t2\t1\t1\t2\t0\t0\t9\t9\t90\t ", "5\tshort",
        ]
        let table = TesseractTable(Array(rows.joined(separator: "\n").utf8))
        #expect(table.text == "Rencana kerja\n98\n\n%")
        #expect(table.words == 4 && table.doubtful == 2)
        let weighed: Double = 90.0 * 7 + 50.0 * 5 + 70.5 * 2 + 0
        let mean: Double = weighed / 15
        #expect(table.confidence == (mean * 10).rounded() / 10)
    }

    private func picture(_ width: Int, _ height: Int, paint: (Int, Int) -> UInt8) throws -> GreyPicture {
        var bytes = Array("P5 # remark\n\(width) \(height)\n255\n".utf8)
        for row in 0..<height { for column in 0..<width { bytes.append(paint(row, column)) } }
        return try #require(GreyPicture(pgm: bytes))
    }

    @Test
    func `the lines of a table are taken away; letters and black blocks stay`() throws {
        var page = try picture(400, 300) { row, column in
            if row == 50 || row == 51 || column == 100 { return 20 }  // lines
            if (100..<140).contains(row), (200..<210).contains(column) { return 20 }  // a letter's stroke
            if (200..<280).contains(row), (200..<390).contains(column) { return 20 }  // a block
            return 250
        }
        page.prepare(dpi: 300)
        func shade(_ row: Int, _ column: Int) -> UInt8 { page.pixels[row * 400 + column] }
        #expect(shade(50, 20) == 255 && shade(51, 300) == 255 && shade(150, 100) == 255 && shade(50, 100) == 255)
        #expect(shade(120, 205) < 60 && shade(240, 300) < 60)
    }

    @Test
    func `what is paler than ink becomes paper`() throws {
        var page = try picture(100, 100) { row, _ in row < 10 ? 40 : row < 20 ? 160 : 245 }
        #expect(page.levels == GreyPicture.Levels(paper: 245, ink: 40))
        page.prepare(dpi: 300)
        #expect(page.pixels[150] < 80 && page.pixels[1500] == 255 && page.pixels[9000] == 255)
    }

    @Test(arguments: [
        "", "P5", "P5\n", "P5\n2 2\n255\nabc", "P5\n99999999 99999999\n255\n", "P5\n-1 2\n255\n", "P6\n1 1\n255\nabc",
        "P5\n2 2\n65535\nabcdefgh",
    ])
    func `what is no picture is refused`(_ text: String) { #expect(GreyPicture(pgm: Array(text.utf8)) == nil) }

    @Test
    func `the lists of poppler are taken apart, pictures inside a page's content too`() {
        let list = """
            page   num  type   width height color comp bpc  enc interp  object ID x-ppi y-ppi size ratio
            --------------------------------------------------------------------------------------------
               1     0 image    1240  1754  gray    1   1  ccitt  no         6  0   150   150 11.6K 1.1%
               1     1 smask     100   100  gray    1   8  image  no         7  0   300   300 1K 1.1%
               2     2 stencil   300   300  -       1   1  image  no   [inline]     196   197 9879B  11%
            """
        let size = PageSize(width: 595.2, height: 841.92)
        let found = PDFTools.pictures(in: Array(list.utf8), sizes: [1: size, 2: size])
        #expect(
            found[1]?.0
                == PagePicture(
                    width: 1240,
                    height: 1754,
                    horizontalDPI: 150,
                    verticalDPI: 150,
                    colour: .bilevel,
                    bits: 1
                )
        )
        #expect((found[1]?.coverage ?? 0) > 0.99 && (found[2]?.coverage ?? 1) < 0.2)
        #expect(found[2]?.0.verticalDPI == 197)
    }
}
