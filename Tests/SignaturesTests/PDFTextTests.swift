import RecordsModel
import Testing

@testable import Signatures

/// Text and dates as PDF writes them.
struct PDFTextTests {
    @Test(arguments: [
        ("D:20240315100000+08'00'", "2024-03-15T10:00:00+08:00"),
        ("D:20240315100000+08'00", "2024-03-15T10:00:00+08:00"),
        ("D:20240315100000Z", "2024-03-15T10:00:00+00:00"), ("20240315", "2024-03-15T00:00:00+00:00"),
        ("D:20240315100000-0930", "2024-03-15T10:00:00-09:30"),
    ])
    func `a date is read with its offset`(_ text: String, _ expected: String) {
        #expect(PDFText.moment(Array(text.utf8))?.description == expected)
    }

    @Test(arguments: ["", "D:", "D:20240230", "D:20240315990000", "kemarin", "D:20240315100000+99'00'"])
    func `what is no date is none`(_ text: String) {
        #expect(PDFText.moment(Array(text.utf8)) == nil)
    }

    @Test
    func `text is UTF-16, UTF-8 or PDFDocEncoding`() {
        #expect(PDFText.decoded([0xFE, 0xFF, 0x00, 0x41, 0x20, 0xAC]) == "A€")
        #expect(PDFText.decoded([0xEF, 0xBB, 0xBF, 0xC3, 0xA9]) == "é")
        #expect(PDFText.decoded([0x41, 0xE9, 0xA0, 0x8D]) == "Aé€\u{201C}")
        #expect(PDFText.decoded([0xFE, 0xFF, 0x00]) == "")
    }

    /// Metadata around a body.
    private static func metadata(_ body: String, kit: String = "PDFNet") -> [UInt8] {
        let spaces = """
            xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" \
            xmlns:pdf="http://ns.adobe.com/pdf/1.3/" rdf:about=""
            """
        return Array(
            """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="\(kit)">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description \(spaces)\(body)</rdf:RDF>
            </x:xmpmeta><?xpacket end="w"?>
            """.utf8
        )
    }

    @Test
    func `metadata are the same however they are written, but for what a program sets`() throws {
        let title = "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Rencana &amp; kerja</rdf:li></rdf:Alt></dc:title>"
        let before = try #require(
            XMPProperties(
                Self.metadata("><xmp:ModifyDate>2024</xmp:ModifyDate>\(title)<pdf:Keywords/></rdf:Description>")
            )
        )
        let end = "</rdf:Description>"
        #expect(
            before
                == XMPProperties(Self.metadata(" xmp:ModifyDate='2025' pdf:Keywords=''> \(title) \(end)", kit: "iText"))
        )
        #expect(before == XMPProperties(Self.metadata(" pdf:Producer='iText 7'>\(title)\(end)")))
        #expect(before != XMPProperties(Self.metadata(">\(title.replacing("kerja", with: "lain"))\(end)")))
        #expect(before != XMPProperties(Self.metadata(" pdf:Keywords='rkt'>\(title)\(end)")))
        #expect(before != XMPProperties(Self.metadata(">\(title.replacing("x-default", with: "id"))\(end)")))
    }

    @Test(arguments: [
        "><dc:title><!-- x -->y</dc:title></rdf:Description>", "><dc:title>&lain;</dc:title></rdf:Description>",
        "><dc:title>y</rdf:Description>", " a=1></rdf:Description>", "><lain:judul>y</lain:judul></rdf:Description>",
        "><dc:title>y<dc:x/>z</dc:title></rdf:Description>", " dc:title='a' dc:title='b'></rdf:Description>",
    ])
    func `metadata that are written oddly have no properties`(_ body: String) {
        #expect(XMPProperties(Self.metadata(body)) == nil)
    }
}
