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
    func `cells and rows are parted, lines end where they end, and pages begin where their writer began them`() throws {
        let text =
            "No\u{7}Sasaran\u{7}\u{7}1\u{7}\u{7}\u{7}satu\u{B}dua\ttiga\u{1E}empat\u{1F}lima\r\u{C}halaman\r\u{C}\r"
        let reading = try read(OldFiles.document([text]))
        #expect(reading.pages.map(\.text) == ["No\tSasaran\n1\nsatu\ndua\ttiga-empatlima", "halaman"])
        #expect(reading.pageCount == 2)
    }

    @Test
    func `a paragraph before a comment's or a picture's anchor is not lost`() throws {
        let reading = try read(OldFiles.document(["Sebelum\u{5}\rGambar: \u{1} di sini\u{8}\rSesudah\u{2}\r"]))
        #expect(reading.pages.map(\.text) == ["Sebelum\nGambar:  di sini\nSesudah"])
        #expect(Reading.codes(reading) == [.partNotRead] && reading.state == .doubtful)
    }

    @Test
    func `headers, notes, comments and text boxes are read, each as what it is`() throws {
        let parts = [
            "Isi\r", "\u{2} Catatan kaki\r", "Kepala surat\r", "", "\u{5}Mohon cek\r", "\u{2} Catatan akhir\r",
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
        let reading = try read(OldFiles.word95([0xCF, 0xEB, 0xE0, 0xED, 0x20, 0x32, 0x30, 0x0D], language: 0x0419))
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
        let reading = try read(OldFiles.document(["isi\r"], objects: 2))
        #expect(reading.pages.map(\.text) == ["isi"] && reading.state == .notRead)
        #expect(reading.findings.map(\.message) == ["what 2 documents inside of it may say was not read"])
    }
}
