import Foundation
import SystemPackage
import TestSupport
import Testing
import TextExtraction

@Suite(.scratch)
struct FormatTests {
    /// A PDF of one page, written out with the offsets right.
    static func pdf(_ content: String = "", media: String = "0 0 595 842", resources: String = "", more: [String] = [])
        -> [UInt8]
    {
        let objects =
            [
                "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[\(media)]/Contents 4 0 R"
                    + "/Resources<</Font<</F 5 0 R>>\(resources)>>>>",
                "<</Length \(content.utf8.count)>>stream\n\(content)\nendstream",
                "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            ] + more
        var text = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(index + 1) 0 obj\(object)\nendobj\n"
        }
        let start = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets { text += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n" }
        text += "trailer<</Size \(objects.count + 1)/Root 1 0 R>>\nstartxref\n\(start)\n%%EOF\n"
        return Array(text.utf8)
    }

    static let picture = """
        import struct, sys, zlib
        def chunk(t, d): return struct.pack('>I', len(d)) + t + d + struct.pack('>I', zlib.crc32(t + d))
        w, h, dpm = 1240, 1754, 5906
        rows = b''.join(b'\\0' + b'\\xff' * w for _ in range(h))
        open(sys.argv[1], 'wb').write(b'\\x89PNG\\r\\n\\x1a\\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', w, h, 8, 0, 0, 0, 0))
          + chunk(b'pHYs', struct.pack('>IIB', dpm, dpm, 1)) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
        """

    @Test
    func `a file is what its content says, and a name that claims otherwise is warned of`() throws {
        let pdf = try Scratch.file("a.pdf", Self.pdf("BT /F 12 Tf 72 700 Td (Rencana Kinerja) Tj ET"))
        let reading = try Reading.read(pdf)
        #expect(reading.format.format == .pdf && reading.format.agrees == true && reading.format.claimed == "pdf")
        #expect(reading.pages.map(\.text) == ["Rencana Kinerja"])
        #expect(reading.pages[0].source == .text && reading.pages[0].size == PageSize(width: 595, height: 842))
        #expect(reading.allFindings.isEmpty)
        let renamed = try Reading.read(pdf, as: "rencana.DOCX")
        #expect(renamed.format.claimed == "docx" && renamed.format.agrees == false)
        #expect(Reading.codes(renamed) == [.extensionDiffers])
    }

    @Test
    func `formats that are not read are named, and a file without content is told`() throws {
        let script = try Reading.read(try Scratch.file("a.ps", Array("%!PS-Adobe-3.0\n(x) show\n".utf8)))
        #expect(script.format.format == nil && script.format.mediaType == "application/postscript")
        #expect(Reading.codes(script) == [.unknownFormat])
        let zip = try Reading.read(try Reading.zip("a.zip", [("x.txt", "x")]))
        #expect(zip.format.format == nil && zip.format.name.contains("Zip"))
        let empty = try Reading.read(try Scratch.file("a.txt", []))
        #expect(Reading.codes(empty).first == .empty)
    }

    @Test
    func `a picture's pixels, resolution and colour are told, and a scan of few pixels is warned of`() throws {
        let reading = try Reading.read(try Reading.python("a.png", Self.picture))
        #expect(reading.format.format == .png && reading.pageCount == 1)
        let picture = try #require(reading.pages.first?.picture)
        #expect(picture.width == 1240 && picture.height == 1754)
        #expect(picture.horizontalDPI == 150 && picture.colour == .grey && picture.bits == 8)
        #expect(Reading.codes(reading).first == .lowResolution)
        #expect(reading.pages[0].findings[0].page == 1)
    }

    @Test
    func `media types are those that the program file tells too`() throws {
        guard Tool.isPresent("file") else { return }
        let files = [
            try Scratch.file("a.pdf", Self.pdf()), try Reading.python("a.png", Self.picture),
            try Scratch.file("a.bin", [0, 1, 2, 3, 0xFE, 0x80]), try Scratch.file("t.txt", Array("kata\n".utf8)),
        ]
        for file in files {
            let told = try Tool.run("file", ["--brief", "--mime-type", file.string]).text.split(separator: "\n").first
            #expect(try Reading.read(file).format.mediaType == told.map(String.init))
        }
    }

    static let encodings: [(String, [UInt8])] = {
        let text = "Rencana – “kinerja” é\n"
        func units(_ big: Bool) -> [UInt8] {
            text.utf16.flatMap { big ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
        }
        func wide(_ big: Bool) -> [UInt8] {
            text.unicodeScalars.flatMap { scalar -> [UInt8] in
                let bytes = [0, 8, 16, 24].map { UInt8(scalar.value >> $0 & 255) }
                return big ? bytes.reversed() : bytes
            }
        }
        let windows: [UInt8] =
            Array("Rencana ".utf8) + [0x96, 0x20, 0x93] + Array("kinerja".utf8) + [0x94, 0x20, 0xE9, 10]
        return [
            ("UTF-8", Array(text.utf8)), ("UTF-8", [0xEF, 0xBB, 0xBF] + text.utf8),
            ("UTF-16LE", [0xFF, 0xFE] + units(false)),
            ("UTF-16BE", [0xFE, 0xFF] + units(true)), ("UTF-16LE", units(false)), ("UTF-16BE", units(true)),
            ("UTF-32LE", [0xFF, 0xFE, 0, 0] + wide(false)), ("UTF-32BE", [0, 0, 0xFE, 0xFF] + wide(true)),
            ("UTF-32LE", wide(false)), ("UTF-32BE", wide(true)), ("WINDOWS-1252", windows),
        ]
    }()

    @Test(arguments: encodings)
    func `plain text is read in any encoding, with its mark and without`(_ name: String, _ bytes: [UInt8]) throws {
        let reading = try Reading.read(try Scratch.file("a.txt", bytes))
        #expect(reading.format.format == .txt && reading.format.name == "plain text in \(name)")
        #expect(reading.pages.map(\.text) == ["Rencana – “kinerja” é\n"])
        #expect(reading.allFindings.isEmpty)
    }

    @Test
    func `bytes that are no characters are shown and warned of, and form feeds part pages`() throws {
        let bytes: [UInt8] = Array("satu\r\n".utf8) + [0x81, 0x0C] + Array("dua\rtiga".utf8)
        let reading = try Reading.read(try Scratch.file("a.txt", bytes))
        #expect(reading.pages.map(\.text) == ["satu\n\u{FFFD}", "dua\ntiga"])
        #expect(Reading.codes(reading) == [.encoding])
    }
}
