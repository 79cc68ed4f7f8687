import Foundation
import SystemPackage
import TestSupport
import Testing
import TextExtraction

@Suite(.scratch)
struct ValueTests {
    @Test
    func `what is kept of a reading is what the published schema says`() throws {
        guard let bin = try Tool.pythonPeer("jsonschema==4.26.0") else { return }
        let files = [
            try Scratch.file("a.pdf", FormatTests.pdf("BT /F 12 Tf 72 700 Td (Rencana) Tj ET")),
            try Reading.python("a.png", FormatTests.picture), try Scratch.file("a.docx", Array("bukan".utf8)),
            try Scratch.file("a.bin", [0, 1, 2]),
            try Reading.docx("b.docx", body: "<w:p><w:ins w:author='A'><w:r><w:t>baru</w:t></w:r></w:ins></w:p>"),
        ]
        var lines: [Data] = []
        for file in files { lines.append(try JSONEncoder().encode(try Reading.read(file))) }
        let path = try Scratch.file("readings.jsonl", Array(lines.joined(separator: Data("\n".utf8))))
        let schema = Checkout.root.appending("Schemas").appending("reading.schema.json").string
        let script = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft202012Validator.check_schema(schema)
            lines = open(sys.argv[2]).read().splitlines()
            for line in lines: jsonschema.Draft202012Validator(schema).validate(json.loads(line))
            print(len(lines))
            """
        let result = try Tool.run(bin.appending("python3").string, ["-c", script, schema, path.string])
        #expect(result.text == "5\n", "\(result.errorText)")
    }

    @Test
    func `every code of a finding is in the schema`() throws {
        let schema = Checkout.root.appending("Schemas").appending("reading.schema.json").string
        let text = try String(contentsOfFile: schema, encoding: .utf8)
        for code in ReadingFinding.Code.allCases { #expect(text.contains("\"\(code.rawValue)\"")) }
        for format in DocumentFormat.allCases { #expect(text.contains("\"\(format.rawValue)\"")) }
    }

    /// A compound file whose directory has one stream of that name.
    private func compound(_ stream: String) -> [UInt8] {
        var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        bytes += [UInt8](repeating: 0, count: 512 + 128 - bytes.count)
        var entry: [UInt8] = []
        for byte in stream.utf8 { entry += [byte, 0] }
        let length = UInt8(entry.count + 2)
        entry += [UInt8](repeating: 0, count: 64 - entry.count) + [length, 0, 2]
        return bytes + entry + [UInt8](repeating: 0, count: 128 - entry.count)
    }

    @Test(arguments: [("WordDocument", DocumentFormat.doc), ("Workbook", .xls), ("Book", .xls)])
    func `documents of old office programs are told by their streams`(_ stream: String, _ format: DocumentFormat) throws
    {
        let reading = try Reading.read(try Scratch.file("a.\(format.rawValue)", compound(stream)))
        #expect(reading.format.format == format && reading.format.agrees == true)
    }

    @Test
    func `an encrypted office document is told`() throws {
        let reading = try Reading.read(try Scratch.file("a.docx", compound("EncryptedPackage")))
        #expect(reading.isEncrypted && Reading.codes(reading).contains(.encrypted))
        let manifest = "<m:manifest xmlns:m='m'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
        let odt = try Reading.zip(
            "a.odt",
            [
                ("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "\u{1}"),
                ("META-INF/manifest.xml", manifest),
            ]
        )
        let open = try Reading.read(odt)
        #expect(open.isEncrypted && open.format.format == .odt && Reading.codes(open) == [.encrypted])
    }

    @Test(arguments: [true, false])
    func `a PDF that asks for a password is told, and one that only forbids is read`(_ asks: Bool) throws {
        guard let bin = try Tool.pythonPeer("pypdf==7.1.0") else { return }
        let plain = try Scratch.file("plain.pdf", FormatTests.pdf("BT /F 12 Tf 72 700 Td (Rencana) Tj ET"))
        let script = """
            import pypdf, sys
            w = pypdf.PdfWriter(clone_from='\(plain.string)')
            w.encrypt('\(asks ? "rahasia" : "")', 'pemilik', algorithm='RC4-128')
            w.write(sys.argv[1])
            """
        let reading = try Reading.read(try Reading.python("a.pdf", script, bin: bin))
        #expect(reading.isEncrypted)
        #expect(Reading.codes(reading) == (asks ? [.encrypted] : []))
        #expect(reading.pages.map(\.text) == (asks ? [] : ["Rencana"]))
    }

    @Test(
        arguments: [
            ("a.PDF", "pdf", true), ("a.tar.gz", "gz", nil), ("folder.pdf/a", nil, nil), (".pdf", nil, nil),
            ("a.", nil, nil),
            ("a.tiff", "tiff", false), ("a.\u{E9}", nil, nil),
        ] as [(String, String?, Bool?)]
    )
    func `the claimed extension is the name's last`(_ name: String, _ claimed: String?, _ agrees: Bool?) throws {
        let reading = try Reading.read(
            try Scratch.file("x", FormatTests.pdf("BT /F 12 Tf 72 700 Td (R) Tj ET")),
            as: name
        )
        #expect(reading.format.claimed == claimed)
        #expect(reading.format.agrees == (claimed == "gz" ? false : agrees))
    }
}
