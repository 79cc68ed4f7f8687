import Foundation
import SystemPackage
import TestSupport
import Testing
import TextExtraction

/// Files of offices that were read wrongly once, each by its name, with the words that have to be in its text.
@Suite(.scratch)
struct FoundOfficeTests {
    private struct Expected: Decodable {
        let words: [String]
        let pages: Int?
    }

    static let handed = [
        "office-in-disguise--html.doc", "office-in-disguise--mhtml.doc", "office-in-disguise--tabel-saja.xls",
        "office-in-disguise--xml2003.xls", "plain-text-taken-for-other--nul.txt", "plain-text-taken-for-other--p1.txt",
        "plain-text-taken-for-other--surel.txt", "plain-text-taken-for-other--tag.txt",
        "plain-text-taken-for-other--xml.txt", "ods-repeats--ulang.ods", "office-package-variants--ketat.docx",
        "office-package-variants--dokumen2.docx", "office-package-variants--awalan.docx", "xlsx-values--jam.xlsx",
        "docx-hidden-places--altchunk.docx", "docx-hidden-places--gambar.docx",
        "xls-latin-letters--luas.xls",
    ]

    static let real = [
        "docx-glued-nested-paragraph--testWORD_tableInRunInsideParagraph.docx", "sheet-headers-footers--testFooter.ods",
        "tracked-change-glued--testODFwithOOo3.odt", "office-charts-and-shapes--testWORD_charts.docx",
        "office-charts-and-shapes--testEXCEL_hyperlinks.xlsx",
        "old-office-western-letters--testEXCEL_custom_props.xls",
        "xls-dates-as-serials--testEXCEL_dateFormats.xls", "doc-paragraph-lost-before-anchor--testComment.doc",
        "stream-name-case--simple_upper_case.doc",
    ]

    /// What of a file is not as expected; nothing where all is.
    private func faults(of name: String, in folder: String) throws -> [String] {
        guard let folder = Checkout.shared(folder) else { return [] }
        let list = try Data(contentsOf: URL(fileURLWithPath: folder.appending("expected.json").string))
        let expected = try #require(try JSONDecoder().decode([String: Expected].self, from: list)[name])
        let reading = try Reading.read(folder.appending(name))
        let words = Set(
            reading.pages.flatMap { page in
                page.text.split { !$0.isLetter && !$0.isNumber }
                    + page.text.split { $0.isWhitespace || "()".contains($0) }
            }
            .map { $0.lowercased() }
        )
        var faults = expected.words.filter { !words.contains($0.lowercased()) }.map { "no \($0) in \(reading.pages)" }
        if let pages = expected.pages, reading.pages.count != pages { faults.append("\(reading.pages.count) pages") }
        return faults
    }

    @Test(arguments: handed)
    func `a file that was handed to us is read`(_ name: String) throws {
        #expect(try faults(of: name, in: "found/reading") == [])
    }

    @Test(arguments: real)
    func `a public file is read`(_ name: String) throws {
        #expect(try faults(of: name, in: "found/real") == [])
    }

    @Test(
        arguments: [
            ("old-office-encrypted--testWORD_protected_passtika.doc", ReadingFinding.Code.encrypted),
            ("not-read-not-said--testWordPerfect_50.doc", .unknownFormat),
        ]
    )
    func `a public file that cannot be read is called what it is, and not damaged`(
        _ name: String,
        _ code: ReadingFinding.Code
    ) throws {
        guard let folder = Checkout.shared("found/real") else { return }
        let reading = try Reading.read(folder.appending(name))
        let codes = Reading.codes(reading)
        #expect(
            reading.state == .notRead && codes.contains(code) && !codes.contains(.damaged),
            "\(reading.allFindings)"
        )
    }

    @Test
    func `values of a workbook are shown as Excel shows them`() throws {
        guard let folder = Checkout.shared("found/reading") else { return }
        let reading = try Reading.read(folder.appending("xlsx-values--jam.xlsx"))
        let lines = reading.pages[0].text.split(separator: "\n").map(String.init)
        #expect(
            lines == [
                "SALAK rahasia", "Jam lembur\t27:30", "Tanggal\t28 Februari 2024 (2024-02-28)", "Capaian\t93.5%",
                "Pagu\tRp 1,250,000 (1250000)", "Kode\t007", "Waktu\t28/02/2024 13:05 (2024-02-28)", "Rasio\t0.3",
                "Bulan\tFeb-24 (2024-02-01)", "Bulan saja\tFebruari (2024-02-01)", "Gabungan PEPAYA", "Catatan DURIAN",
            ]
        )
        #expect(reading.pages.map(\.name) == ["Rekap", "Sembunyi (hidden)"] && reading.state == .read)
    }

    @Test
    func `a package that is cut short is called damaged, and is not read`() throws {
        guard let folder = Checkout.shared("found/reading") else { return }
        let reading = try Reading.read(folder.appending("truncated--potong.docx"))
        #expect(reading.state == .notRead && Reading.codes(reading).contains(.damaged), "\(reading.allFindings)")
    }

    @Test
    func `zero bytes in a text are told, and the text is doubtful`() throws {
        guard let folder = Checkout.shared("found/reading") else { return }
        let reading = try Reading.read(folder.appending("plain-text-taken-for-other--nul.txt"))
        #expect(reading.state == .doubtful && Reading.codes(reading).contains(.encoding))
    }

    @Test
    func `Rich Text Format is read without its fonts, and its picture is named`() throws {
        let text = """
            {\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\*\\generator x;}Caf\\'e9 \\u8211? MANGGIS\\par
            A\\cell B\\cell\\row {\\pict 89504e47}akhir}
            """
        let reading = try Reading.read(try Scratch.file("a.rtf", Array(text.utf8)))
        #expect(reading.format.format == .rtf)
        #expect(reading.pages.map(\.text) == ["Café – MANGGIS\nA\tB\nakhir"])
        #expect(Reading.codes(reading) == [.partNotRead] && reading.state == .doubtful)
    }

    @Test
    func `a page of the web is read as its reader sees it`() throws {
        let text =
            "<!DOCTYPE html><html><head><script>var x = '<p>';</script></head><body><p>Rencana&nbsp;&amp; kinerja"
            + "<table><tr><td>No<td>Target</tr><tr><td>1</td><td>98&nbsp;%</td></tr></table><!-- rahasia --></body></html>"
        let reading = try Reading.read(try Scratch.file("a.html", Array(text.utf8)))
        #expect(reading.format.format == .html && reading.allFindings.isEmpty)
        #expect(reading.pages.map(\.text) == ["Rencana & kinerja\nNo\tTarget\n1\t98 %"])
    }
}
