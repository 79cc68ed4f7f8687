import BoundedProcess
import Disposal
import Foundation
import RecordsModel
import Reporting
import SystemPackage
import TestSupport
import Testing

/// WeasyPrint takes some seconds a run: few runs, each looked at from all sides.
@Suite(.serialized)
struct PDFTests {
    private let isThere = Tool.isPresent("weasyprint") && Tool.isPresent("pdftotext") && Tool.isPresent("pdfinfo")

    private func pdf(_ paper: Paper) throws -> (bytes: [UInt8], file: FilePath) {
        let bytes = try PDFRenderer(temporary: Scratch.folder).bytes(
            of: try HTMLRenderer().page(of: paper),
            date: paper.date
        )
        return (bytes, try Scratch.file("paper-\(UUID().uuidString).pdf", bytes))
    }

    /// The text without any space, since a line ends where the cell does; in the order of the file, cell by cell.
    private func text(_ file: FilePath) throws -> String {
        folded(try Tool.run("pdftotext", ["-raw", "-enc", "UTF-8", file.string, "-"]).text)
    }

    private func folded(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isWhitespace }))
    }

    /// The sizes of the pages in millimetres.
    private func sheets(_ file: FilePath) throws -> [[Int]] {
        try Tool.run("pdfinfo", ["-f", "1", "-l", "999", file.string]).lines.compactMap { line in
            guard let match = line.firstMatch(of: /Page +\d+ size: +([0-9.]+) x ([0-9.]+) pts/) else { return nil }
            return [match.1, match.2].map { Int(((Double($0) ?? 0) / 72 * 25.4).rounded()) }
        }
    }

    @Test(.scratch) func `a wide list lies on F4, holds every cell of the CSV, and counts its pages`() throws {
        guard isThere else { return }
        var paper = Papers.paper([])
        var history = try ListHistory()
        try history.propose(.destroy, 1...60)
        let source = DisposalPaper(
            try history.value,
            entries: (1...60).map { Papers.entry($0) },
            frame: Papers.frame(),
            schedule: "Perbup 1/2026"
        )
        paper = source.proposedDestruction(form: .ministry, recordsUnitHead: Signer("Kartika"), unitHead: nil)
        let made = try pdf(paper)
        let sheets = try sheets(made.file)
        #expect(sheets.count > 2 && sheets.allSatisfy { $0 == [330, 215] }, "\(sheets)")
        let text = try text(made.file)
        let csv = try Peer.read("csv", CSVRenderer().bytes(of: paper.tables[0]), as: [[String]].self)
        for cell in csv.joined() { #expect(text.contains(folded(cell)), "\(cell)") }
        for page in 1...sheets.count { #expect(text.contains("Halaman\(page)dari\(sheets.count)")) }
        #expect(text.components(separatedBy: "tag:disdukcapil.example,2026:ledger42AAAA").count == sheets.count + 1)
        // The last page may have no more than the totals and the signatures.
        #expect(text.components(separatedBy: "Retensiinaktif").count >= sheets.count, "headings on each page")
        // Another run of another process gives the same file.
        #expect(try pdf(paper).bytes == made.bytes)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: Scratch.folder.string).allSatisfy {
                !$0.hasPrefix("berkas-")
            }
        )
    }

    @Test(.scratch)
    func `minutes are upright with their list across, and hostile texts are read back as they are printed`() throws {
        guard isThere else { return }
        var paper = Paper(.destructionMinutes, Papers.frame(sheet: .a4))
        let long = String(repeating: "sepuluh ribu ", count: 770)
        let texts = Papers.hostile.filter { text in text.unicodeScalars.allSatisfy { $0.value < 0x590 } } + [long]
        paper.tables = [Papers.table(texts, width: 200)]
        paper.opening = [IndonesianWords.dayAloud(Papers.today)]
        paper.signatures = [SignatureBlock("Saksi I", Signer("Gita", nip: "1980"))]
        let pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        paper.attachments = [try Attachment("Foto", photograph: Array(try #require(Data(base64Encoded: pixel))))]
        let made = try pdf(paper)
        let sheets = try sheets(made.file)
        // The minutes, the list across, the photograph.
        #expect(sheets.first == [210, 297] && sheets.last == [210, 297] && sheets.count > 2)
        #expect(sheets.dropFirst().dropLast().allSatisfy { $0 == [297, 210] })
        let text = try text(made.file).precomposedStringWithCanonicalMapping
        for cell in texts where cell != long {
            let words = folded(PaperText.printable(cell)).precomposedStringWithCanonicalMapping
            #expect(text.contains(words), "\(cell.debugDescription)")
        }
        let images = try Tool.run("pdfimages", ["-list", made.file.string]).lines
        #expect(images.contains { $0.contains(" image ") }, "\(images)")
        // Longer than a page: foot and heading stand between its parts.
        #expect(text.components(separatedBy: "sepuluhribu").count > 740)
        #expect(text.contains("Selasa,tanggalduapuluhempat") && text.contains("NIP1980"))
    }

    @Test(.scratch) func `nothing is fetched, and a page that asks for it makes no paper`() throws {
        guard isThere else { return }
        let secret = try Scratch.file("rahasia.png", Array("x".utf8))
        let renderer = PDFRenderer(temporary: Scratch.folder)
        for address in ["file://" + secret.string, "http://127.0.0.1:9/x.png"] {
            let error = try #require(throws: ReportingError.self) {
                try renderer.bytes(of: "<img src=\"\(address)\">", date: Papers.today)
            }
            #expect(error.code == .programFailed && error.description.contains("stands alone"), "\(error)")
        }
    }

    @Test func `where WeasyPrint is missing, the package to install is named`() throws {
        let error = PDFRenderer.missing(.missing("weasyprint", debianPackage: "weasyprint"))
        #expect(error.code == .programMissing && error.description.contains("install the package 'weasyprint'"))
    }

    /// A program in WeasyPrint's place.
    private func renderer(_ script: String, seconds: Int = 20) throws -> PDFRenderer {
        let file = try Scratch.file("bin/weasyprint", ("#!/usr/bin/perl\n" + script).utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.string)
        return PDFRenderer(
            limits: .init(seconds: seconds, memory: 1 << 30, size: 1 << 20),
            temporary: Scratch.folder,
            program: file
        )
    }

    @Test(
        .scratch,
        arguments: [
            (
                "print STDERR \"Traceback\\nMemoryError: x\\n\"; exit 1", ReportingError.Code.programFailed,
                "fewer records"
            ),
            ("sleep 60", .timedOut, "ended after 2 s"),
            ("unpack 'p', pack 'Q', 8", .programFailed, "signal 11"),
            ("exit 0", .programFailed, "did not load the part"),
            (
                "print STDERR \"x\\n$ENV{BERKAS_STAND_ALONE}\\n\"; print '%PDF-'", .programFailed,
                "did not load the part"
            ),
            ("print STDERR \"$ENV{BERKAS_STAND_ALONE}\\n\"; print 'x'", .programFailed, "no PDF"),
            ("print STDERR \"$ENV{BERKAS_STAND_ALONE}\\n\"", .programFailed, "no PDF"),
            (
                "print STDERR \"$ENV{BERKAS_STAND_ALONE}\\nERROR: no font\\n\"; print '%PDF-'", .programFailed,
                "no font"
            ),
            (
                "print STDERR \"$ENV{BERKAS_STAND_ALONE}\\n\"; print 'x' x 3000000", .tooLarge,
                "longer than 1048576 bytes"
            ),
        ]
    )
    func `a program that fails, hangs, dies or lies is an error that says so`(
        _ script: String,
        _ code: ReportingError.Code,
        _ words: String
    ) throws {
        let renderer = try renderer(script, seconds: 2)
        let error = try #require(throws: ReportingError.self) { try renderer.bytes(of: "<p>x", date: Papers.today) }
        #expect(error.code == code && error.description.contains(words), "\(error)")
    }

    @Test(.scratch) func `the program gets its limits, the page, and no more of the environment than it needs`() throws
    {
        let script = """
            print STDERR "$ENV{BERKAS_STAND_ALONE}\\n"; print '%PDF-'; print while <STDIN>;
            print "\\n", map { "$_=$ENV{$_}\\n" } sort keys %ENV; print -w '.' ? 'may write' : 'reads';
            """
        let renderer = try renderer(script)
        let said = String(decoding: try renderer.bytes(of: "<p>halaman", date: Papers.today), as: UTF8.self)
        #expect(said.hasPrefix("%PDF-<p>halaman\n") && said.contains("SOURCE_DATE_EPOCH=1795478400"), "\(said)")
        #expect(said.contains("PATH=/nonexistent") && !said.contains("USER="))
    }
}
