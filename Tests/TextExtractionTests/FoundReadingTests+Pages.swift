import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import TextExtraction

/// PDFs and pictures as scanners, phones and programs make them, each by its name.
@Suite(.scratch)
struct FoundReadingPagesTests {
    struct Expected: Decodable {
        var words: [String]
        var pages: Int?
        var or_finding: Bool
        var finding: Bool
    }

    static let found = [
        "exif-orientation--foto-exif3.jpg", "exif-orientation--foto-exif8.jpg", "rotated-scan--rotate-flag.pdf",
        "rotated-scan--sideways.pdf", "strips-with-stamp--strip.pdf", "picture-in-text-page--setengah.pdf",
        "wrong-tounicode--salah-huruf.pdf", "wrong-tounicode--benar.pdf", "pdf-attachments--portofolio.pdf",
        "xfa-form--formulir-xfa.pdf", "truncated--potong.tif", "truncated--potong.jpg", "png-alpha--tembus.png",
        "inverted--negatif.tif", "jpeg-with-harmless-warnings--sos.jpg", "tiff-kinds--rgba.tif",
        "tiff-kinds--tengah-aneh.tif", "fax-unequal-dpi--faks.tif", "line-end-hyphen-scan--sambung.png",
        "tiff-layouts--ubin-abu.tif", "tiff-without-dpi--tanpa.tif",
    ]
    static let real = ["poppler-complaint-ignored--arial_unicode_en_cidfont.pdf"]

    /// What of a file is not as expected; nothing where all is.
    private func faults(of name: String, in folder: String) throws -> [String] {
        guard let list = Checkout.shared("found/\(folder)/expected.json"),
            let file = Checkout.shared("found/\(folder)/\(name)")
        else {
            return []
        }
        let data = try Data(contentsOf: URL(fileURLWithPath: list.string))
        let expected = try #require(try JSONDecoder().decode([String: Expected].self, from: data)[name])
        let reading = try Reading.read(file)
        let text = reading.pages.map(\.text).joined(separator: "\n")
        let told = reading.allFindings.contains { $0.severity != .warning }
        let isThere = expected.words.allSatisfy { text.localizedCaseInsensitiveContains($0) }
        let said = "\(reading.allFindings.map(\.message)) \(text.prefix(300))"
        var faults: [String] = []
        if !isThere, !(expected.or_finding && told) { faults.append("its words are not there: \(said)") }
        if expected.finding, !told || reading.state == .read { faults.append("nothing is said of it: \(said)") }
        if let pages = expected.pages, reading.pageCount != pages { faults.append("other pages: \(said)") }
        return faults
    }

    @Test(arguments: found)
    func `a file that was found is read, or said not to be`(_ name: String) throws {
        #expect(try faults(of: name, in: "reading") == [])
    }

    @Test(arguments: real)
    func `a real file is read, or said not to be`(_ name: String) throws {
        #expect(try faults(of: name, in: "real") == [])
    }

    @Test
    func `a page on its side is turned, and shown upright; a stamp on strips stands beside what was recognised`() throws
    {
        guard let side = Checkout.shared("found/reading/rotated-scan--sideways.pdf"),
            let strips = Checkout.shared("found/reading/strips-with-stamp--strip.pdf")
        else {
            return
        }
        let page = try #require(try Reading.read(side).pages.first)
        #expect(page.turn == 90 && page.source == .recognised)
        let reader = try Reading.reader()
        let shown = try reader.png(of: side, page: 1, format: .pdf, dpi: 50, known: page).get()
        // Width and height stand at the beginning of a PNG: upright is higher than wide.
        #expect(shown[18...19].reduce(0) { $0 << 8 | Int($1) } < shown[22...23].reduce(0) { $0 << 8 | Int($1) })
        let mixed = try #require(try Reading.read(strips).pages.first)
        #expect(mixed.source == .mixed && mixed.turn == nil)
        #expect(mixed.spans.map(\.kind) == [.layer, .recognised], "\(mixed.findings)")
        #expect(mixed.text.hasPrefix("Dokumen ini telah"))
    }

    @Test
    func `a layer of other letters is doubted, and what is seen comes first`() throws {
        guard let file = Checkout.shared("found/reading/wrong-tounicode--salah-huruf.pdf") else { return }
        let page = try #require(try Reading.read(file).pages.first)
        #expect(page.source == .mixed && page.spans.map(\.kind) == [.recognised, .layer])
        #expect(page.findings.map(\.code) == [.layerDistrusted] && page.state == .doubtful)
        #expect(page.text.contains("STYZQJS"))
    }

    @Test
    func `a picture that is cut short is damaged, and a resolution that nobody says is unknown`() throws {
        guard let cut = Checkout.shared("found/reading/truncated--potong.jpg"),
            let plain = Checkout.shared("found/reading/tiff-without-dpi--tanpa.tif"),
            let harmless = Checkout.shared("found/reading/jpeg-with-harmless-warnings--sos.jpg")
        else {
            return
        }
        let reading = try Reading.read(cut)
        #expect(Reading.codes(reading).contains(.damaged) && reading.state == .notRead)
        let unknown = try #require(try Reading.read(plain).pages.first?.picture)
        #expect(unknown.horizontalDPI == nil && unknown.verticalDPI == nil)
        #expect(try Reading.read(harmless).state == .read)
    }

    // MARK: - Parts

    @Test
    func `letters tell words of Indonesian and English from such as are none`() {
        let indonesian = "Rencana kerja tahunan disusun bersama seluruh bidang dan disetujui oleh kepala dinas terkait"
        let english = "The text layer of a page has to earn its trust before anybody may believe what it says of it"
        #expect(!LayerTrust.isUnlike(indonesian) && !LayerTrust.isUnlike(english))
        let shifted = String(
            String.UnicodeScalarView(
                indonesian.lowercased().unicodeScalars.map { scalar in
                    guard (97...122).contains(scalar.value) else { return scalar }
                    return Unicode.Scalar(UInt8((scalar.value - 97 + 5) % 26 + 97))
                }
            )
        )
        #expect(LayerTrust.isUnlike(shifted) && !LayerTrust.isUnlike("1.250.000 2.500.000"))
        #expect(LayerTrust.isUnlike("это не то что показывает страница"))
    }

    @Test
    func `a fax is squared, and Exif says how a photo lies`() {
        let fax = PagePicture(width: 1728, height: 1146, horizontalDPI: 204, verticalDPI: 98, colour: .bilevel, bits: 1)
        #expect(fax.scale(to: 300) == PictureScale(across: 147, down: 306, dpi: 300))
        #expect(fax.shownScale == PictureScale(across: 100, down: 208, dpi: 204))
        let exif: [UInt8] =
            [0xFF, 0xD8, 0xFF, 0xE1, 0x00, 0x22] + Array("Exif\0\0MM\0*\0\0\0\u{8}\0\u{1}".utf8)
            + [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
        #expect(PictureOrientation.of(exif) == 6 && PictureOrientation.of(Array(exif.prefix(20))) == 1)
        #expect(JPEGSegments.isCut(exif))
    }

    @Test
    func `a picture is turned, and ink outside of words is counted`() throws {
        let picture = try #require(GreyPicture(pgm: Array("P5\n2 1\n255\n".utf8) + [1, 2]))
        #expect(picture.turned(by: 90).pixels == [1, 2] && picture.turned(by: 90).height == 2)
        #expect(picture.turned(by: 270).pixels == [2, 1] && picture.turned(by: 180).pixels == [2, 1])
        let line = "  <word xMin=\"1.5\" yMin=\"2\" xMax=\"3\" yMax=\"4\">a &lt;word&gt;</word>\n"
        #expect(InkCover.boxes(in: Array(line.utf8)) == [InkCover.Box(left: 1.5, top: 2, right: 3, bottom: 4)])
        #expect(
            ProgramComplaints.poppler(Array("Syntax Warning: x\nSyntax Error: Missing language pack\n".utf8)) != nil
        )
        #expect(ProgramComplaints.poppler(Array("Syntax Warning: x\n".utf8)) == nil)
        #expect(ProgramComplaints.picture(Array("Invalid SOS parameters for sequential JPEG".utf8)) == nil)
    }
}
