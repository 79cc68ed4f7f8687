import Foundation
import SystemPackage
import TestSupport
import Testing
import TextExtraction

/// Old office files that were cut, or that want to do harm: what can be had is read, and what is wrong is said.
@Suite(.scratch)
struct OldHostileTests {
    /// A workbook of some sectors.
    private static func workbook() -> [UInt8] {
        let rows = (0..<300).flatMap { OldFiles.label($0, 0, "baris \($0)") }
        return OldFiles.compound([("Workbook", OldFiles.book([], [("A", false, rows)]))])
    }

    /// What is wrong with a reading that must be a fault of the file, told by the reader itself.
    private func faults(of bytes: [UInt8], _ name: String) throws -> String? {
        let reading = try Reading.read(try Scratch.file(name, bytes))
        guard reading.state == .notRead else { return "read as if all were well: \(reading.pages.map(\.text.count))" }
        // A reader that was ended by a signal is a fault of its own, whatever the file is.
        return reading.allFindings.first { $0.message.contains("signal") || $0.code == .limit }?.message
    }

    @Test
    func `a workbook that was cut at any sector is damaged, and what is left of it is read`() throws {
        let whole = Self.workbook()
        try #require(try Reading.read(try Scratch.file("whole.xls", whole)).state == .read)
        for length in stride(from: 512, to: whole.count - 512, by: 1024) {
            #expect(try faults(of: Array(whole[..<length]), "a.xls") == nil, "cut at \(length)")
        }
        let half = try Reading.read(try Scratch.file("half.xls", Array(whole[..<(whole.count / 2)])))
        #expect(
            half.pages.first?.text.hasPrefix("baris 0\nbaris 1\n") == true && Reading.codes(half).contains(.damaged)
        )
    }

    @Test
    func `a record that was cut at any byte is told`() throws {
        let stream = OldFiles.book([], [("A", false, OldFiles.label(0, 0, "satu") + OldFiles.number(1, 0, 2))])
        for length in stride(from: 1, to: stream.count, by: 7) {
            let file = OldFiles.compound([("Workbook", Array(stream[..<length]))])
            #expect(try faults(of: file, "a.xls") == nil, "cut at \(length)")
        }
    }

    @Test(arguments: [0, 1, 2, 0xFFFF_FFFE, 0xFFFF_FFFF, 0x7FFF_FFFF])
    func `a sector that is followed by itself, by another's or by none does not go round for ever`(_ next: Int) throws {
        var bytes = Self.workbook()
        // The table is the first sector, the directory the second: the workbook's third leads elsewhere.
        bytes.replaceSubrange((512 + 16)..<(512 + 20), with: OldFiles.four(next == 2 ? 4 : next))
        #expect(try faults(of: bytes, "a.xls") == nil)
    }

    @Test
    func `a directory whose entries hang on each other in a ring is told, and its streams are read`() throws {
        var bytes = Self.workbook()
        let name = OldFiles.wide("Workbook")
        let place = try #require(
            stride(from: 0, to: bytes.count, by: 128).first { bytes[$0...].starts(with: name) }
        )
        bytes.replaceSubrange((place + 68)..<(place + 72), with: OldFiles.four(1))
        let reading = try Reading.read(try Scratch.file("a.xls", bytes))
        #expect(Reading.codes(reading) == [.damaged] && reading.pages[0].text.hasSuffix("baris 299"))
    }

    @Test(arguments: [44, 48, 56, 60, 64, 68, 72, 76])
    func `numbers of the header that cannot be are not believed`(_ place: Int) throws {
        for number in [0x7FFF_FFFF, 0xFFFF_FFF0, 0x0FFF_FFFF] {
            var bytes = Self.workbook()
            bytes.replaceSubrange(place..<(place + 4), with: OldFiles.four(number))
            let reading = try Reading.read(try Scratch.file("a.xls", bytes))
            let isWhole = reading.pages.first?.text.hasSuffix("baris 299") == true
            #expect(isWhole || reading.state == .notRead, "\(place) \(number)")
            #expect(!reading.allFindings.contains { $0.message.contains("signal") || $0.code == .limit })
        }
    }

    @Test
    func `counts and places that no file can have end a workbook at once`() throws {
        func cell(_ row: Int, _ column: Int) -> [UInt8] { OldFiles.two(row) + OldFiles.two(column) + OldFiles.two(0) }
        let strings = OldFiles.record(
            0xFC,
            OldFiles.four(0xFFFF_FFFF) + OldFiles.four(0xFFFF_FFFF) + OldFiles.two(0xFFFF) + [12]
                + OldFiles.two(0xFFFF) + OldFiles.four(0xFFFF_FFFF) + Array("a".utf8)
        )
        let sheet =
            OldFiles.record(0xFD, cell(0xFFFF, 0xFFFF) + OldFiles.four(0xFFFF_FFFF))
            + OldFiles.record(0x204, cell(0, 0xFFFF) + OldFiles.two(0xFFFF) + [1]) + OldFiles.record(0xBD, [])
            + OldFiles.record(0x1B6, [UInt8](repeating: 0xFF, count: 18)) + OldFiles.record(0x5D, [1])
            + OldFiles.record(0x1C, [0, 0]) + OldFiles.record(0x14, [0xFF, 0xFF, 1]) + OldFiles.number(3, 0, .nan)
        var stream = OldFiles.book(strings, [("A", false, sheet), ("B", false, [])])
        #expect(try faults(of: OldFiles.compound([("Workbook", stream)]), "a.xls") == nil)
        // The places of the sheets: both the same, then behind the end.
        let list = try #require(stream.firstRange(of: [0x85, 0x00]))
        stream.replaceSubrange((list.lowerBound + 4)..<(list.lowerBound + 8), with: OldFiles.four(0xFFFF_FFFF))
        #expect(try faults(of: OldFiles.compound([("Workbook", stream)]), "a.xls") == nil)
    }

    @Test
    func `cells that are far apart end where a page is full, and soon`() throws {
        let rows = (0..<200_000).flatMap { row in
            OldFiles.record(0x204, OldFiles.two(row & 0xFFFF) + OldFiles.two(0xFFFF) + [0, 0, 1, 0, 0] + [0x78])
        }
        let stream = OldFiles.begin(16) + rows + OldFiles.end
        let begun = ContinuousClock.now
        // A sheet by itself needs no compound file.
        let reading = try Reading.read(try Scratch.file("a.xls", stream))
        #expect(reading.pages.count == 1 && Reading.codes(reading).contains(.limit))
        #expect(ContinuousClock.now - begun < .seconds(30))
    }

    // MARK: - Texts

    private static func text() -> [UInt8] {
        OldFiles.document((0..<200).map { "Paragraf \($0) dengan isi\r" })
    }

    @Test
    func `a text that was cut at any sector is damaged, and what is left of it is read`() throws {
        let whole = Self.text()
        try #require(try Reading.read(try Scratch.file("whole.doc", whole)).state == .read)
        for length in stride(from: 512, to: whole.count - 512, by: 1024) {
            #expect(try faults(of: Array(whole[..<length]), "a.doc") == nil, "cut at \(length)")
        }
        // The list of the pieces comes last: without it, what lies where a plain text would is read.
        let half = try Reading.read(try Scratch.file("half.doc", Array(whole[..<(whole.count / 2)])))
        #expect(half.format.format == .doc && Reading.codes(half).contains(.damaged))
    }

    @Test
    func `a text whose stream or table was cut at any byte is damaged`() throws {
        let (text, table) = OldFiles.streams(["satu\r", "dua \u{201C}tiga\u{201D}\r"])
        for length in stride(from: 0, to: table.count, by: 5) {
            let file = OldFiles.compound([("WordDocument", text), ("0Table", Array(table[..<length]))])
            #expect(try faults(of: file, "a.doc") == nil, "table cut at \(length)")
        }
        for length in [1, 2, 10, 0x4C, 0x1A2, 0x400, 0x408, text.count - 1] {
            let file = OldFiles.compound([("WordDocument", Array(text[..<length])), ("0Table", table)])
            #expect(try faults(of: file, "a.doc") == nil, "text cut at \(length)")
        }
    }

    @Test(arguments: [0xFFFF_FFFF, 0x7FFF_FFFF, 0x4000_0000, 0x1000_0000])
    func `counts and places that no file can have end a text at once`(_ number: Int) throws {
        let (text, table) = OldFiles.streams(["satu\r", "dua\r"])
        // The places of two pieces: how many characters they have, and where their bytes are.
        for place in [5, 9, 13, 19, 27] where place + 4 <= table.count {
            var broken = table
            broken.replaceSubrange(place..<(place + 4), with: OldFiles.four(number))
            #expect(try faults(of: OldFiles.compound([("WordDocument", text), ("0Table", broken)]), "a.doc") == nil)
        }
        // Every table that the beginning tells of, at once.
        var broken = text
        for place in stride(from: 0x9A, to: 0x1A0, by: 4) {
            broken.replaceSubrange(place..<(place + 4), with: OldFiles.four(number))
        }
        broken.replaceSubrange(0x50..<0x6C, with: (0..<7).flatMap { _ in OldFiles.four(number) })
        let reading = try Reading.read(
            try Scratch.file("a.doc", OldFiles.compound([("WordDocument", broken), ("0Table", table)]))
        )
        #expect(!reading.allFindings.contains { $0.message.contains("signal") } && reading.pages.count == 1)
    }

    @Test
    func `fields in fields without an end are no way to hide a text, and no way to use up memory`() throws {
        let deep = String(repeating: "\u{13}", count: 15_000) + "isi" + String(repeating: "\u{15}", count: 7_000)
        let reading = try Reading.read(try Scratch.file("a.doc", OldFiles.document([deep + "akhir\r"])))
        #expect(reading.pages.map(\.text) == ["isiakhir"])
    }
}
