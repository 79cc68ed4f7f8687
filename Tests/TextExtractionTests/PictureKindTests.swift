import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import TextExtraction

/// Pictures of every kind that scanners, telephones and programs write: each is read, or said not to be.
@Suite(.scratch)
struct PictureKindTests {
    /// Draws two lines of words; `page(mode, background, ink)` gives a picture of Python's `PIL`, which WeasyPrint brings.
    private static let drawing = """
        import sys
        from PIL import Image, ImageDraw, ImageFont
        out = sys.argv[1]
        f = ImageFont.truetype('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf', 60)
        def page(mode='RGB', bg='white', fg='black', size=(900, 300)):
            i = Image.new(mode, size, bg); d = ImageDraw.Draw(i)
            d.text((50, 40), 'Buah MANGGIS', fill=fg, font=f); d.text((50, 150), 'dan RAMBUTAN', fill=fg, font=f)
            return i

        """

    private static func made(_ name: String, _ script: String) throws -> FilePath {
        try Reading.python(name, drawing + script, bin: "/usr/bin")
    }

    private static func text(_ reading: DocumentReading) -> String {
        reading.pages.map(\.text).joined(separator: "\n")
    }

    static let kinds: [(name: String, format: DocumentFormat, script: String)] = [
        ("polos.webp", .webp, "page().save(out, quality=60)"),
        ("rugi.webp", .webp, "page().save(out, lossless=True)"),
        ("tembus.webp", .webp, "page('RGBA', (0, 0, 0, 0), (0, 0, 0, 255)).save(out, lossless=True)"),
        (
            "miring.webp", .webp,
            "e = Image.Exif(); e[0x112] = 6; page().rotate(90, expand=True).save(out, quality=60, exif=e.tobytes())"
        ),
        ("palet.gif", .gif, "page('L', 255, 0).convert('P').save(out)"),
        ("biasa.bmp", .bmp, "page().save(out)"),
        ("hitam.bmp", .bmp, "page('1', 1, 0).save(out)"),
        ("baru.jp2", .jp2, "page().save(out)"),
        ("cetak.jpg", .jpeg, "page('CMYK', (0, 0, 0, 0), (0, 0, 0, 255)).save(out, quality=90)"),
        ("bertahap.jpg", .jpeg, "page().save(out, progressive=True, quality=80)"),
        ("palet.png", .png, "page('L', 255, 0).convert('P').save(out, transparency=255, bits=8)"),
        ("dalam.png", .png, "page('L', 255, 0).convert('I').point(lambda v: v * 257).save(out)"),
        ("dua.png", .png, "page('1', 1, 0).save(out)"),
        ("cmyk.tif", .tiff, "page('CMYK', (0, 0, 0, 0), (0, 0, 0, 255)).save(out, compression='tiff_lzw')"),
        ("faks3.tif", .tiff, "page('1', 1, 0).save(out, compression='group3')"),
        ("faks4.tif", .tiff, "page('1', 1, 0).save(out, compression='group4', tiffinfo={266: 2})"),
        ("jpeg.tif", .tiff, "page().save(out, compression='jpeg')"),
        ("senti.tif", .tiff, "page().save(out, resolution_unit='cm', x_resolution=118.11, y_resolution=118.11)"),
    ]

    @Test(arguments: kinds.indices)
    func `a picture of each kind is read`(_ index: Int) throws {
        let kind = Self.kinds[index]
        let reading = try Reading.read(try Self.made(kind.name, kind.script))
        #expect(reading.format.format == kind.format && reading.pages.count == 1, "\(reading.allFindings)")
        #expect(Self.text(reading).contains("RAMBUTAN"), "\(kind.name): \(reading.allFindings) \(Self.text(reading))")
        #expect(reading.state == .read, "\(reading.allFindings)")
    }

    @Test
    func `centimetres become inches, and black on white stays so whichever is called 0`() throws {
        let file = try Self.made("senti.tif", Self.kinds[Self.kinds.count - 1].script)
        let picture = try #require(try Reading.read(file).pages.first?.picture)
        #expect(picture.horizontalDPI == 300 && picture.verticalDPI == 300)
    }

    @Test(arguments: ["gerak.webp", "gerak.gif"])
    func `of moving pictures the first is read, and the rest is told`(_ name: String) throws {
        let script = """
            a = page(); b = page(bg='yellow'); a.save(out, save_all=True, append_images=[b, a], duration=100)
            """
        let reading = try Reading.read(try Self.made(name, script))
        #expect(Self.text(reading).contains("RAMBUTAN") && reading.state == .doubtful, "\(reading.allFindings)")
        #expect(Reading.codes(reading).contains(.partNotRead))
    }

    @Test(arguments: ["foto.heic", "alfa.avif", "dua.heic"])
    func `HEIC and AVIF are read upright and on white, each picture a page`(_ name: String) throws {
        let file = Checkout.root.appending("Tests/TextExtractionTests/Pictures/\(name)")
        let reading = try Reading.read(file)
        #expect(reading.format.format == .heif && reading.format.agrees == true)
        #expect(reading.pages.count == (name == "dua.heic" ? 2 : 1) && reading.state == .read, "\(reading.allFindings)")
        #expect(reading.pages.allSatisfy { $0.text.contains("MANGGIS") }, "\(Self.text(reading))")
        let picture = try #require(reading.pages.first?.picture)
        #expect(picture.width == 640 && picture.height == 200 && picture.horizontalDPI == nil)
    }

    @Test(arguments: [("foto.heic", 3000), ("a.webp", 2000), ("a.gif", 900)])
    func `a picture that is cut short is no picture that was read`(_ name: String, _ length: Int) throws {
        let whole =
            name.hasSuffix("heic")
            ? Checkout.root.appending("Tests/TextExtractionTests/Pictures/\(name)")
            : try Self.made("whole-\(name)", "page().save(out)")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: whole.string)).prefix(length)
        let reading = try Reading.read(try Scratch.file(name, bytes))
        #expect(reading.state == .notRead && !reading.allFindings.isEmpty)
    }

    @Test
    func `kinds are told by their first bytes alone`() {
        #expect(PictureKind(Array("RIFF....WAVE".utf8)) == nil && PictureKind(Array("BM adalah singkatan".utf8)) == nil)
        let video: [UInt8] = [0, 0, 0, 20] + Array("ftypisom\0\0\0\0mp42".utf8)
        let photo: [UInt8] = [0, 0, 0, 20] + Array("ftypmif1\0\0\0\0heic".utf8)
        #expect(PictureKind(video) == nil && PictureKind(photo) == .heif && PictureKind([]) == nil)
    }
}
