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

    @Test
    func `metadata are the same but for dates that a program sets`() {
        let before = Array("<a><xmp:ModifyDate>2024</xmp:ModifyDate><t>x</t></a>   ".utf8)
        let later = Array("<a><xmp:ModifyDate>2025</xmp:ModifyDate><t>x</t></a>".utf8)
        let other = Array("<a><xmp:ModifyDate>2024</xmp:ModifyDate><t>y</t></a>".utf8)
        let trimmed = XMPDates.removed(from: later)
        #expect(XMPDates.removed(from: before).prefix(trimmed.count).elementsEqual(trimmed))
        #expect(XMPDates.removed(from: other) != XMPDates.removed(from: before))
        let attribute = Array("<a xmp:ModifyDate=\"2024\" t='x'/>".utf8)
        #expect(
            XMPDates.removed(from: attribute) == XMPDates.removed(from: Array("<a xmp:ModifyDate=\"1\" t='x'/>".utf8))
        )
    }
}
