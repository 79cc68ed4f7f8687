import Containers
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import TextExtraction

/// Packages as many programs write them, and what comes of them on the way.
@Suite(.scratch)
struct OfficePackageTests {
    /// Writes a document, of which the variant is a piece of Python over `parts`, a list of names and texts, and `write`.
    private static func document(_ variant: String) throws -> FilePath {
        let script = """
            import base64, io, sys, zipfile
            parts = [('[Content_Types].xml', '<Types/>'),
              ('_rels/.rels', '<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>'),
              ('word/document.xml', '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                '<w:body><w:p><w:r><w:t>MANGGIS</w:t></w:r></w:p><w:altChunk id="b"/></w:body></w:document>'),
              ('word/_rels/document.xml.rels', '<Relationships><Relationship Id="b" Type="http://x/aFChunk" Target="b.txt"/></Relationships>'),
              ('word/b.txt', 'RAMBUTAN')]
            def write(parts, before=b'', behind=b'', comment=b'', packing=zipfile.ZIP_DEFLATED, rename=None):
                file = io.BytesIO()
                z = zipfile.ZipFile(file, 'w', packing)
                for name, content in parts:
                    info = zipfile.ZipInfo(name)
                    info.compress_type = packing
                    if rename: info.filename = rename(name)
                    z.writestr(info, content)
                z.comment = comment
                z.close()
                open(sys.argv[1], 'wb').write(before + file.getvalue() + behind)

            """
        return try Reading.python("a.docx", script + variant)
    }

    @Test(arguments: [
        "write(parts, packing=zipfile.ZIP_STORED)", "write(parts, comment=b'dibuat oleh')",
        "write(parts, before=b'\\r\\n')",
        "write(parts, behind=b'\\r\\n')", "write(parts, before=b'x' * 9000, behind=b'--batas--')",
        "write([p for p in parts if p[0] != '_rels/.rels'])",
        "write([(n.replace('document', 'Document').replace('b.txt', 'B.TXT'), c) for n, c in parts])",
        "write([(n.upper(), c) for n, c in parts])", "write(parts, rename=lambda n: n.replace('/', chr(92)))",
        "write([(n.replace('document.xml', 'document2.xml'), c.replace('document.xml', 'document2.xml')) for n, c in parts])",
        "write([(n.replace('word/', 'isi/'), c.replace('word/document', 'isi/document')) for n, c in parts])",
        "write([(n, c.replace('version=\"1.0\"', 'version=\"1.0\" encoding=\"UTF-16\"').encode('utf-16') if 'document.xml' == n[-12:] else c) for n, c in parts])",
        """
        flat = '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        for name, content in parts:
            if name.endswith('txt'): body = '<pkg:binaryData>' + base64.b64encode(content.encode()).decode() + '</pkg:binaryData>'
            else: body = '<pkg:xmlData>' + content.split('?>')[-1] + '</pkg:xmlData>'
            flat += '<pkg:part pkg:name="/' + name + '" pkg:contentType="x">' + body + '</pkg:part>'
        open(sys.argv[1], 'w').write(flat + '</pkg:package>')
        """,
    ])
    func `a document is read however its package was written`(_ variant: String) throws {
        let reading = try Reading.read(try Self.document(variant))
        #expect(reading.pages.map(\.text) == ["MANGGIS\nRAMBUTAN"])
        #expect(reading.state == .read && reading.allFindings.allSatisfy { $0.severity == .warning })
    }

    @Test
    func `a package with one name twice is damaged, and a zip of other things is no document`() throws {
        let twice = try Reading.read(try Self.document("write(parts + [parts[2]])"))
        #expect(twice.state == .notRead && Reading.codes(twice).contains(.damaged))
        let other = try Reading.read(try Self.document("write([('a.txt', 'x'), ('b.xml', '<x/>')])"))
        #expect(other.format.format == nil && Reading.codes(other).contains(.unknownFormat))
    }

    @Test
    func `members in memory are unpacked whole, or not at all`() throws {
        let script = """
            import sys, zlib, struct, random
            random.seed(3)
            data = b''.join(b'baris %d nilai %d\\n' % (i, random.randrange(99)) for i in range(3000)) + bytes(range(256)) * 20
            file = b''
            directory = b''
            for number, (level, strategy) in enumerate([(9, 0), (6, 4), (1, 2), (0, 0), (9, 3)]):
                packer = zlib.compressobj(level, zlib.DEFLATED, -15, 8, strategy)
                packed = packer.compress(data) + packer.flush()
                name = b'%d' % number
                rest = struct.pack('<HHHIIIHH', 8, 0, 0, zlib.crc32(data), len(packed), len(data), 1, 0)
                directory += b'PK\\1\\2' + struct.pack('<HHH', 20, 20, 0) + rest + struct.pack('<HHHII', 0, 0, 0, 0, len(file)) + name
                file += b'PK\\3\\4' + struct.pack('<HH', 20, 0) + rest + name + packed
            end = b'PK\\5\\6' + struct.pack('<HHHHIIH', 0, 0, 5, 5, len(directory), len(file), 0)
            open(sys.argv[1], 'wb').write(file + directory + end)
            """
        let path = try Reading.python("a.zip", script)
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path.string)))
        let zip = try #require(ZipBytes(bytes))
        let all = zip.names.compactMap { zip.content($0, most: 1 << 20) }
        #expect(all.count == 5 && Set(all).count == 1 && all[0].starts(with: "baris 0".utf8))
        #expect(zip.content("0", most: 100) == nil && zip.content("9", most: 1 << 20) == nil)
        let packed = 31..<(31 + (18..<22).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) })
        var unseen = 0
        for place in stride(from: packed.lowerBound, to: packed.upperBound, by: 7) {
            var changed = bytes
            changed[place] ^= 0x55
            unseen += ZipBytes(changed)?.content("0", most: 1 << 20) == all[0] ? 1 : 0
        }
        #expect(packed.count > 1000 && unseen == 0, "no change of a packed byte goes unseen")
    }
}
