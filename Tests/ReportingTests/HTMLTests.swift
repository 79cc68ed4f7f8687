import Foundation
import RecordsModel
import Reporting
import TestSupport
import Testing

struct HTMLTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func read(_ paper: Paper) throws -> ReadPage {
        try Peer.read("html", try HTMLRenderer().page(of: paper).utf8, as: ReadPage.self)
    }

    /// A paper with hostile texts in every place that has a text.
    private func hostilePaper() -> Paper {
        var paper = Paper(.destructionMinutes, Papers.frame())
        let all = Papers.hostile
        paper.title = all.joined(separator: " ")
        paper.number = all[2]
        paper.opening = all
        paper.closing = all
        paper.facts = all.enumerated().map { .init("isian_\($0.offset)", $0.element, $0.element) }
        paper.tables = [Papers.table(all)]
        paper.signatures = all.map { SignatureBlock($0, Signer($0, nip: $0, position: $0)) }
        paper.attachments = all.map { Attachment($0) }
        return paper
    }

    @Test(.scratch) func `Python reads every cell as it was, and finds no element or attribute that data brought in`()
        throws
    {
        let paper = hostilePaper()
        let page = try read(paper)
        let table = try #require(page.tables.first { $0.class == "daftar" })
        for (row, text) in zip(table.rows.dropFirst(), Papers.hostile) {
            #expect(row[1].map(bytes) == bytes(PaperText.printable(text)), "\(text.debugDescription)")
        }
        let clean = try read(Papers.paper(["x"]))
        let known = Set(clean.elements.keys).union(["ol", "li", "b"])
        #expect(Set(page.elements.keys).isSubset(of: known), "\(Set(page.elements.keys).subtracting(known))")
        #expect(page.attributes.allSatisfy { !($0[1] ?? "").hasPrefix("on") })
        #expect(page.elements["script"] == nil && page.elements["h1"] == 1)
    }

    @Test func `an attribute with a hostile text in it stays one attribute, also behind a combining accent`() throws {
        var paper = Paper(.destructionMinutes, Papers.frame())
        paper.attachments = [
            try Attachment("\"\u{301} onload=\"alert(1)", photograph: [0xFF, 0xD8, 0xFF, 0xE0, 0x00])
        ]
        let page = try HTMLRenderer().page(of: paper)
        #expect(page.utf8.count { $0 == UInt8(ascii: "\"") } % 2 == 0)
        #expect(bytes(page).contains(bytes("alt=\"&quot;\u{301} onload=&quot;alert(1)\"")))
        #expect(page.contains("src=\"data:image/jpeg;base64,/9j/4AA=\""))
    }

    @Test func `no value is read as a template`() throws {
        let page = try HTMLRenderer().page(of: Papers.paper(["{{judul}}", "{{#tabel}}x{{/tabel}}"]))
        #expect(page.contains("<td class=\"text\">{{judul}}</td>"))
    }

    @Test func `the page stands alone, forbids what it does not need, and names its sheet`() throws {
        let page = try HTMLRenderer().page(of: Papers.paper(["x"], width: 300))
        #expect(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"))
        #expect(page.contains("@page { size: 330mm 215mm;") && page.contains("<html lang=\"id\">"))
        #expect(page.contains("disdukcapil.example,2026:ledger 42 AAAA"))
        #expect(!page.contains("http://") && !page.contains("https://"))
        #expect(try HTMLRenderer().page(of: Papers.paper(["x"], sheet: .a4)).contains("size: 210mm 297mm;"))
    }

    @Test func `minutes are upright, and their wide list lies`() throws {
        var paper = Paper(.destructionMinutes, Papers.frame())
        paper.tables = [Papers.table(["x"], width: 250)]
        let page = try HTMLRenderer().page(of: paper)
        #expect(page.contains("@page { size: 215mm 330mm;") && page.contains("@page lampiran { size: 330mm 215mm; }"))
    }

    @Test func `a number that nobody gave is a line to write on`() throws {
        let page = try HTMLRenderer().page(of: Paper(.destructionMinutes, Papers.frame(number: nil)))
        #expect(page.contains("Nomor: <span class=\"kosong\">&nbsp;</span>"))
    }

    @Test func `a table without rows says so`() throws {
        #expect(try HTMLRenderer().page(of: Papers.paper([])).contains("<td colspan=\"2\">Nihil</td>"))
    }

    @Test func `the same paper is the same bytes`() throws {
        let paper = hostilePaper()
        #expect(bytes(try HTMLRenderer().page(of: paper)) == bytes(try HTMLRenderer().page(of: paper)))
    }

    @Test func `a cell of 10,000 characters stays whole`() throws {
        let long = String(repeating: "a<b ", count: 2500)
        let page = try HTMLRenderer().page(of: Papers.paper([long]))
        #expect(page.contains(String(repeating: "a&lt;b ", count: 2500)))
    }
}

extension [UInt8] {
    /// Whether other bytes stand somewhere in these.
    fileprivate func contains(_ wanted: [UInt8]) -> Bool {
        indices.contains { self[$0] == wanted[0] && self[$0...].starts(with: wanted) }
    }
}
