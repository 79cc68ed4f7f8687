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

    /// Writes a TIFF of one directory: `o` and `l` of a tag stand for where a part lies and how long it is.
    private static let writing = """
        import io, struct
        def tiff(tags, parts):
            data = b''; places = []
            for part in parts: places.append(8 + len(data)); data += part + b'\\0' * (len(part) % 2)
            start = 8 + len(data); base = start + 2 + len(tags) * 12 + 4; rows = b''; more = b''
            for tag in sorted(tags):
                kind, values = tags[tag]
                if values == 'o': values = places
                if values == 'l': values = [len(part) for part in parts]
                raw = struct.pack('<%d%s' % (len(values), {3: 'H', 4: 'I'}[kind]), *values)
                rows += struct.pack('<HHI', tag, kind, len(values))
                if len(raw) <= 4: rows += raw.ljust(4, b'\\0')
                else: rows += struct.pack('<I', base + len(more)); more += raw
            head = b'II*\\0' + struct.pack('<I', start) + data + struct.pack('<H', len(tags))
            open(out, 'wb').write(head + rows + struct.pack('<I', 0) + more)
        w, h = 896, 320
        size = {256: (4, [w]), 257: (4, [h])}
        strip = dict(size); strip.update({273: (4, 'o'), 278: (4, [h]), 279: (4, 'l')})

        """

    static let layouts: [(name: String, script: String)] = [
        (
            "jpeg-lama.tif",
            """
            j = io.BytesIO(); page(size=(w, h)).save(j, 'JPEG', quality=80, subsampling=0)
            n = len(j.getvalue())
            strip.update({258: (3, [8] * 3), 259: (3, [6]), 262: (3, [6]), 277: (3, [3]), 513: (4, [8]), 514: (4, [n])})
            tiff(strip, [j.getvalue()])
            """
        ),
        (
            "ubin-bidang.tif",
            """
            parts = [p.crop((x, y, x + 64, y + 64)).tobytes() for p in page(size=(w, h)).split()
                for y in range(0, h, 64) for x in range(0, w, 64)]
            size.update({258: (3, [8] * 3), 259: (3, [1]), 262: (3, [2]), 277: (3, [3]), 284: (3, [2]), 322: (4, [64])})
            size.update({323: (4, [64]), 324: (4, 'o'), 325: (4, 'l')}); tiff(size, parts)
            """
        ),
        (
            "putih-nol.tif",
            """
            strip.update({258: (3, [1]), 259: (3, [1]), 262: (3, [0]), 277: (3, [1])})
            tiff(strip, [page('1', 0, 1, (w, h)).tobytes()])
            """
        ),
        (
            "enam-belas.tif",
            """
            strip.update({258: (3, [16]), 259: (3, [1]), 262: (3, [1]), 277: (3, [1])})
            tiff(strip, [b''.join(struct.pack('<H', v * 257) for v in page('L', 255, 0, (w, h)).tobytes())])
            """
        ),
    ]

    @Test(arguments: layouts.indices)
    func `a TIFF of each layout is read`(_ index: Int) throws {
        let layout = Self.layouts[index]
        let reading = try Reading.read(try Self.made(layout.name, Self.writing + layout.script))
        #expect(Self.text(reading).contains("RAMBUTAN"), "\(layout.name): \(reading.allFindings)")
        #expect(reading.pages.count == 1 && reading.state == .read, "\(reading.allFindings)")
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
