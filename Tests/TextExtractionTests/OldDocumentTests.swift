import Foundation
import TestSupport
import Testing
import TextExtraction

/// Texts of Word 6.0 to 2003, read as a person sees them.
@Suite(.scratch)
struct OldDocumentTests {
    private func read(_ file: [UInt8]) throws -> DocumentReading {
        try Reading.read(try Scratch.file("a.doc", file))
    }

    @Test
    func `pieces are read in their order, in letters of one byte and of two`() throws {
        let reading = try read(
            OldFiles.document(["Caf\u{E9} ", "Pemerintah \u{201C}Kota\u{201D}\r", "selesai\u{2026}\r"])
        )
        #expect(reading.pages.map(\.text) == ["Café Pemerintah “Kota”\nselesai…"])
        #expect(reading.allFindings.isEmpty && reading.state == .read && reading.format.format == .doc)
    }

    @Test
    func `fields show their results, whatever lies in their codes`() throws {
        let link = "\u{13} HYPERLINK \"http://a\" \u{13} nested \u{14}x\u{15} \u{14}tautan\u{15}"
        let text =
            "A \(link) B \u{13} XE \"indeks\" \u{15}C \u{13} EQ \\o\\ad(\\s\\up 10(Atas),bawah)\u{15}\rsisa \u{13} tak berakhir\r"
        let reading = try read(OldFiles.document([text]))
        #expect(reading.pages.map(\.text) == ["A tautan B C Atas bawah\nsisa  tak berakhir"])
    }

    @Test
    func
        `cells and rows are parted, lines end where they end, and pages begin where their writer began them`()
        throws
    {
        let text =
            "No\u{7}Sasaran\u{7}\u{7}1\u{7}\u{7}\u{7}satu\u{B}dua\ttiga\u{1E}empat\u{1F}lima\r\u{C}halaman\r\u{C}\r"
        let reading = try read(OldFiles.document([text]))
        #expect(reading.pages.map(\.text) == ["No\tSasaran\n1\nsatu\ndua\ttiga-empatlima", "halaman"])
        #expect(reading.pageCount == 2)
    }

    @Test
    func `a paragraph before a comment's or a picture's anchor is not lost`() throws {
        let reading = try read(
            OldFiles.document(["Sebelum\u{5}\rGambar: \u{1} di sini\u{8}\rSesudah\u{2}\r"])
        )
        #expect(reading.pages.map(\.text) == ["Sebelum\nGambar:  di sini\nSesudah"])
        #expect(Reading.codes(reading) == [.partNotRead] && reading.state == .doubtful)
    }

    @Test
    func `headers, notes, comments and text boxes are read, each as what it is`() throws {
        let parts = [
            "Isi\r", "\u{2} Catatan kaki\r", "Kepala surat\r", "", "\u{5}Mohon cek\r",
            "\u{2} Catatan akhir\r",
            "Kotak\r",
        ]
        let page = try #require(
            try read(OldFiles.document([parts.joined()], parts: parts.map(\.utf16.count))).pages.first
        )
        #expect(page.text == "Kepala surat\nIsi\nCatatan kaki\nCatatan akhir\nMohon cek\nKotak")
        #expect(page.spans.map(\.kind) == [.margin, .note, .note, .comment])
    }

    @Test
    func `a text of Word 95 is read in the code page of its language`() throws {
        let reading = try read(
            OldFiles.word95([0xCF, 0xEB, 0xE0, 0xED, 0x20, 0x32, 0x30, 0x0D], language: 0x0419)
        )
        #expect(reading.pages.map(\.text) == ["План 20"] && reading.allFindings.isEmpty)
        let bahasa = try read(OldFiles.word95(Array("Rencana ".utf8) + [0xE9, 0x0D], language: 0x0421))
        #expect(bahasa.pages.map(\.text) == ["Rencana é"])
    }

    @Test
    func `an encrypted document is called encrypted, and not damaged`() throws {
        let reading = try read(OldFiles.document(["rahasia\r"], flags: 0x100))
        #expect(reading.isEncrypted && Reading.codes(reading) == [.encrypted] && reading.pages.isEmpty)
    }

    @Test
    func `a document that shows nothing of what it holds is not called read`() throws {
        let reading = try read(OldFiles.document(["\u{13} INCLUDETEXT \"C:\\rkt.doc\" \u{15}\r"]))
        #expect(reading.state == .notRead && Reading.codes(reading) == [.partNotRead])
    }

    @Test
    func `a document inside of a document is named`() throws {
        let reading = try read(OldFiles.document(["isi\r"], objects: [[], []]))
        #expect(reading.pages.map(\.text) == ["isi"] && reading.state == .notRead)
        #expect(
            reading.findings.map(\.message) == ["what 2 documents inside of it may say was not read"]
        )
    }

    @Test
    func `corrections are marked with who did them and when, and rows end where it says so`() throws {
        func property(_ name: Int, _ value: [UInt8]) -> [UInt8] { OldFiles.two(name) + value }
        // The 2nd of January 2024, 10:30, in four bytes.
        let date = OldFiles.four(30 | 10 << 6 | 2 << 11 | 1 << 16 | 124 << 20)
        let deleted = property(0x0800, [1]) + property(0x4863, OldFiles.two(1)) + property(0x6864, date)
        let inserted =
            property(0x4804, OldFiles.two(0)) + property(0x0801, [1]) + property(0x6805, date)
        let inTable = property(0x2416, [1])
        let file = OldFiles.document(
            "Target 9098 persen\ra\u{7}b\rc\u{7}\u{7}\u{7}akhir\r",
            characters: [(7, []), (2, deleted), (2, inserted), (8, []), (14, [])],
            // An empty cell at a row's end looks as the end does, and only what is said of it tells them apart.
            paragraphs: [
                (19, []), (2, inTable), (2, inTable), (2, inTable), (1, inTable),
                (1, inTable + property(0x2417, [1])),
            ],
            authors: ["Siti", "Budi"]
        )
        let page = try #require(try read(file).pages.first)
        #expect(page.text == "Target 90 98 persen\na\tb c\nakhir")
        #expect(
            page.spans.map(\.kind) == [.deleted, .inserted]
                && page.spans.map(\.author) == ["Budi", "Siti"]
        )
        #expect(page.spans.map(\.date) == ["2024-01-02T10:30:00", "2024-01-02T10:30:00"])
    }

    @Test
    func `a text of Word 95 whose fonts are of another script than its language is read in theirs`()
        throws
    {
        let fonts = OldFiles.two(12) + [9, 0, 0, 0, 204, 0] + Array("Cyr".utf8) + [0]
        let bytes: [UInt8] = [0xCF, 0xEB, 0xE0, 0xED, 0x20, 0x32, 0x30, 0x0D]
        #expect(
            try read(OldFiles.word95(bytes, language: 0x0409, fonts: fonts)).pages.map(\.text) == [
                "План 20"
            ]
        )
        // A few letters with accents among others are what the language makes of them.
        let french = Array("propri".utf8) + [0xE9] + Array("t".utf8) + [0xE9, 0x0D]
        #expect(
            try read(OldFiles.word95(french, language: 0x040C, fonts: fonts)).pages.map(\.text) == [
                "propriété"
            ]
        )
    }

    @Test
    func `a workbook inside of a document is read, as pages after its own`() throws {
        let book = OldFiles.book([], [("Rekap", false, OldFiles.label(0, 0, "anggaran")), ("Kosong", false, [])])
        let reading = try read(OldFiles.document(["isi\r"], objects: [[("Workbook", book)], []]))
        #expect(reading.pages.map(\.text) == ["isi", "anggaran", ""])
        #expect(reading.pageCount == 1 && reading.pagesRead == 1)
        #expect(reading.pages.map(\.shownName) == [nil, "document 1 inside: Rekap", "document 1 inside: Kosong"])
        #expect(reading.pages.map(\.part) == [nil, "document 1 inside", "document 1 inside"])
        #expect(reading.findings.map(\.message) == ["what a document inside of it may say was not read"])
    }
}
