import Foundation
import TestSupport
import Testing
import TextExtraction

/// Workbooks of Excel 2.0 to 2003, read as a person sees them.
@Suite(.scratch)
struct OldWorkbookTests {
    private func read(_ stream: [UInt8], _ name: String = "Workbook", shift: Int = 9) throws -> DocumentReading {
        try Reading.read(try Scratch.file("a.xls", OldFiles.compound([(name, stream)], shift: shift)))
    }

    private static func text(_ body: String) -> [UInt8] { OldFiles.two(body.utf8.count) + [0] + Array(body.utf8) }

    @Test(arguments: [9, 12])
    func `a workbook of Excel 97 is read as it shows itself`(_ shift: Int) throws {
        // A text that goes on in the next record, first in letters of one byte and then of two; one with runs of fonts.
        let strings =
            OldFiles.record(0xFC, OldFiles.four(2) + OldFiles.four(2) + OldFiles.two(9) + [0] + Array("Sasar".utf8))
            + OldFiles.record(
                0x3C,
                [1] + OldFiles.wide("an–é") + OldFiles.two(3) + [8] + OldFiles.two(1) + Array("m".utf8) + [0xB2, 0x2E]
                    + [0, 0, 0, 0]
            )
        let globals = OldFiles.style(0) + OldFiles.style(14) + OldFiles.style(10) + strings
        func cell(_ row: Int, _ column: Int) -> [UInt8] { OldFiles.two(row) + OldFiles.two(column) + OldFiles.two(0) }
        var sheet = OldFiles.record(0x14, Self.text("&L&\"Arial,Bold\"&12DINAS && KOTA&CHal. &P"))
        sheet +=
            OldFiles.record(0xFD, cell(0, 0) + OldFiles.four(0)) + OldFiles.record(0xFD, cell(0, 2) + OldFiles.four(1))
        sheet += OldFiles.number(1, 0, 43_363, style: 1) + OldFiles.number(1, 1, 0.935, style: 2)
        sheet += OldFiles.record(0x27E, cell(1, 2) + OldFiles.four(123_456 << 2 | 3))
        let two = OldFiles.two(0) + OldFiles.four(7 << 2 | 2)
        sheet += OldFiles.record(0xBD, OldFiles.two(2) + OldFiles.two(1) + two + two + OldFiles.two(2))
        sheet += OldFiles.record(0x205, cell(3, 0) + [1, 0]) + OldFiles.record(0x205, cell(3, 1) + [0x2A, 1])
        sheet += OldFiles.record(0x06, cell(4, 0) + [0, 0, 0, 0, 0, 0, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 8))
        sheet += OldFiles.record(0x207, Self.text("hasil"))
        sheet += OldFiles.record(0x15, Self.text("&Rkaki"))
        let reading = try read(
            OldFiles.book(globals, [("Rekap", false, sheet), ("Rahasia", true, OldFiles.label(0, 0, "ada"))]),
            shift: shift
        )
        #expect(reading.pages.map(\.name) == ["Rekap", "Rahasia (hidden)"] && reading.pageCount == 2)
        let lines = reading.pages[0].text.split(separator: "\n").map(String.init)
        #expect(
            lines == [
                "DINAS & KOTA Hal.", "Sasaran–é\t\tm².", "2018-09-20\t93.50%\t1234.56", "\t7\t7", "TRUE\t#N/A", "hasil",
                "kaki",
            ]
        )
        #expect(reading.pages[0].spans.map(\.kind) == [.margin, .margin])
        #expect(reading.pages[1].text == "ada")
        #expect(reading.allFindings.isEmpty && reading.state == .read)
    }

    @Test
    func `comments and text boxes are read with the cells`() throws {
        func object(_ kind: Int, _ number: Int) -> [UInt8] {
            OldFiles.record(
                0x5D,
                OldFiles.two(0x15) + OldFiles.two(0x12) + OldFiles.two(kind) + OldFiles.two(number)
                    + [UInt8](repeating: 0, count: 14)
            )
        }
        func words(_ text: String) -> [UInt8] {
            OldFiles.record(
                0x1B6,
                [UInt8](repeating: 0, count: 10) + OldFiles.two(text.utf8.count) + [16, 0, 0, 0, 0, 0]
            )
                + OldFiles.record(0x3C, [0] + Array(text.utf8))
                + OldFiles.record(0x3C, [UInt8](repeating: 0, count: 16))
        }
        let sheet =
            OldFiles.label(0, 0, "sel") + object(6, 1) + words("Kotak teks") + object(0x19, 2) + words("mohon cek")
            + OldFiles.record(
                0x1C,
                OldFiles.two(6) + OldFiles.two(27) + OldFiles.two(0) + OldFiles.two(2) + Self.text("Siti")
            )
        let reading = try read(OldFiles.book([], [("A", false, sheet)]))
        #expect(reading.pages.map(\.text) == ["sel\nKotak teks\nAB7: mohon cek"])
        #expect(reading.pages[0].spans.map(\.kind) == [.comment] && reading.pages[0].spans[0].author == "Siti")
    }

    @Test
    func `a workbook of Excel 95 is read in its code page, with days counted from 1904`() throws {
        func label(_ row: Int, _ bytes: [UInt8]) -> [UInt8] {
            OldFiles.record(0x204, OldFiles.two(row) + [0, 0, 0, 0] + OldFiles.two(bytes.count) + bytes)
        }
        let globals =
            OldFiles.record(0x42, OldFiles.two(1251)) + OldFiles.record(0x22, OldFiles.two(1))
            + OldFiles.record(0x41E, OldFiles.two(164) + [10] + Array("dd/mm/yyyy".utf8)) + OldFiles.style(0)
            + OldFiles.style(164)
        let sheet = label(0, [0xCF, 0xEB, 0xE0, 0xED]) + OldFiles.number(1, 0, 43_363 - 1462, style: 1)
        let reading = try read(OldFiles.book(globals, [("Lembar", false, sheet)], version: 0x0500), "BOOK")
        #expect(
            reading.pages.map(\.text) == ["План\n20/09/2018 (2018-09-20)"] && reading.pages.map(\.name) == ["Lembar"]
        )
        #expect(reading.allFindings.isEmpty)
    }

    @Test
    func `a sheet of Excel 2_0, which is no compound file, is read`() throws {
        let sheet =
            OldFiles.record(0x09, OldFiles.two(2) + OldFiles.two(0x10))
            + OldFiles.record(0x04, OldFiles.two(0) + OldFiles.two(0) + [0, 0, 0, 4] + Array("RKT ".utf8))
            + OldFiles.record(0x02, OldFiles.two(0) + OldFiles.two(1) + [0, 0, 0] + OldFiles.two(1991)) + OldFiles.end
        let reading = try Reading.read(try Scratch.file("a.xls", sheet))
        #expect(reading.format.format == .xls && reading.pages.map(\.text) == ["RKT \t1991"])
        #expect(reading.allFindings.isEmpty)
    }

    @Test
    func `an encrypted workbook is called encrypted, and not damaged`() throws {
        let reading = try read(
            OldFiles.book(OldFiles.record(0x2F, [0, 0]), [("A", false, OldFiles.label(0, 0, "xx"))])
        )
        #expect(reading.isEncrypted && Reading.codes(reading) == [.encrypted] && reading.pages.isEmpty)
    }

    @Test
    func `a chart that is a sheet gives its titles, and one without is named`() throws {
        let title = OldFiles.record(0x100D, [0, 0, 7, 0] + Array("Capaian".utf8))
        var stream = OldFiles.book([], [("Grafik", false, title), ("Kosong", false, [])])
        // A sheet's beginning says what it is.
        for place in stream.indices.dropLast(8)
        where Array(stream[place..<(place + 8)]) == Array(OldFiles.begin(16)[..<8]) {
            stream[place + 6] = 0x20
        }
        let reading = try read(stream)
        #expect(reading.pages.map(\.text) == ["Capaian", ""] && reading.pages.map(\.state) == [.read, .doubtful])
        #expect(Reading.codes(reading) == [.partNotRead])
    }
}
