import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import TextExtraction

/// What a PDF has beside the text of its pages: comments, forms, attached files, layers.
@Suite(.scratch)
struct PDFInsideTests {
    // MARK: - Files that were handed to us

    @Test
    func `the files of a portfolio are read as its parts`() throws {
        guard let file = Checkout.shared("found/reading/pdf-attachments--portofolio.pdf") else { return }
        let reading = try Reading.read(file)
        #expect(reading.pageCount == 1 && reading.state == .read, "\(reading.allFindings)")
        #expect(reading.pages.compactMap(\.part) == ["anggaran.csv", "lampiran-notulen.pdf"])
        #expect(reading.pages.map(\.number) == [1, 2, 3])
        #expect(reading.pages.dropFirst().contains { $0.text.contains("MANGGIS") })
    }

    @Test
    func `the words of an XFA form are read, and its page is no document`() throws {
        guard let file = Checkout.shared("found/reading/xfa-form--formulir-xfa.pdf") else { return }
        let reading = try Reading.read(file)
        #expect(reading.pages.map(\.part) == [nil, "XFA form"] && reading.state == .doubtful)
        #expect(reading.pages[0].state == .doubtful && reading.pages[1].text.contains("MANGGIS"))
    }

    @Test
    func `comments of Adobe's in object streams are read`() throws {
        guard let file = Checkout.shared("found/real/pdf-comments--simple-annotated-in-adobe-x.pdf") else { return }
        let reading = try Reading.read(file)
        let page = try #require(reading.pages.first)
        #expect(page.text.contains("sticky") && page.text.contains("Reader"), "\(page.text)")
        #expect(page.spans.contains { $0.kind == .comment && $0.author != nil })
        #expect(reading.state == .read, "\(reading.allFindings)")
    }

    // MARK: - Comments

    @Test
    func `a comment stands behind the text with its author, and its window is no second one`() throws {
        var pdf = MadePDF()
        let note = pdf.add(
            "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (MANGGIS \\350) /T (Siti) /M (D:2024) >>"
        )
        let popup = pdf.add(
            "<< /Type /Annot /Subtype /Popup /Rect [0 0 9 9] /Parent \(note) 0 R /Contents (MANGGIS) >>"
        )
        let rich = "<body><p>RAMBUTAN <b>merah</b></p></body>"
        let free = pdf.add("<< /Type /Annot /Subtype /Square /Rect [0 0 9 9] /RC (\(rich)) >>")
        pdf.page = "/Annots [\(note) 0 R \(popup) 0 R \(free) 0 R]"
        pdf.packed = [note, popup, free]
        let reading = try Reading.read(try pdf.write())
        let page = try #require(reading.pages.first)
        #expect(page.text == pdf.shown + "\nMANGGIS è\nRAMBUTAN merah")
        #expect(page.markedText.contains("{>>Siti: MANGGIS è<<}") && reading.allFindings.isEmpty)
        #expect(page.spans.map(\.kind) == [.comment, .comment] && page.spans[0].date == "D:2024")
    }

    @Test
    func `a text on the page that the layer has is not said twice, and a hidden one is said`() throws {
        var pdf = MadePDF()
        let words = "BT /F1 12 Tf 2 4 Td (DURIAN matang) Tj ET"
        let font = "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        let look = pdf.add(stream: Array(words.utf8), "/Type /XObject /Subtype /Form /BBox [0 0 200 20] \(font)")
        let box = "/Type /Annot /Subtype /FreeText /Rect [72 600 272 620] /AP << /N \(look) 0 R >>"
        pdf.page = "/Annots [<< \(box) /F 4 /Contents (DURIAN matang) >> << \(box) /F 2 /Contents (SALAK) >>]"
        let reading = try Reading.read(try pdf.write())
        let text = try #require(reading.pages.first).text
        #expect(text.components(separatedBy: "DURIAN").count == 2 && text.hasSuffix("SALAK"), "\(text)")
    }

    // MARK: - Forms

    @Test(arguments: [true, false])
    func `values of a form without appearances are read, once`(_ isDrawnByReaders: Bool) throws {
        var pdf = MadePDF()
        let name = pdf.add("<< /FT /Tx /T (nama) /TU (Nama lengkap) /V (MANGGIS) /Subtype /Widget /Rect [0 0 9 9] >>")
        let box = pdf.add("<< /FT /Btn /T (setuju) /V /Ya /AS /Ya /Subtype /Widget /Rect [0 0 9 9] >>")
        let off = pdf.add("<< /FT /Btn /T (tolak) /V /Off /AS /Off /Subtype /Widget /Rect [0 0 9 9] >>")
        let choice = pdf.add(
            "<< /FT /Ch /T (bidang) /V (b) /Opt [[(a) (Umum)] [(b) (RAMBUTAN)]] /Subtype /Widget /Rect [0 0 9 9] >>"
        )
        let parent = pdf.add("<< /T (alamat) /FT /Tx /V (Jalan DURIAN) /Kids [] >>")
        let kid = pdf.add("<< /T (jalan) /Parent \(parent) 0 R /Subtype /Widget /Rect [0 0 9 9] >>")
        let loose = pdf.add("<< /FT /Tx /T (sembunyi) /V (SALAK) >>")
        pdf.set(parent, "<< /T (alamat) /FT /Tx /V (Jalan DURIAN) /Kids [\(kid) 0 R] /Parent \(kid) 0 R >>")
        let fields = [name, box, off, choice, parent, loose].map { "\($0) 0 R" }.joined(separator: " ")
        pdf.catalogue = "/AcroForm << /NeedAppearances \(isDrawnByReaders) /DA (/Helv 0 Tf 0 g) /Fields [\(fields)] >>"
        pdf.page = "/Annots [\(name) 0 R \(box) 0 R \(off) 0 R \(choice) 0 R \(kid) 0 R]"
        let reading = try Reading.read(try pdf.write())
        let page = try #require(reading.pages.first)
        let expected = ["MANGGIS", "setuju: Ya", "bidang: RAMBUTAN", "alamat.jalan: Jalan DURIAN", "sembunyi: SALAK"]
        #expect(expected.allSatisfy { page.text.contains($0) }, "\(page.text)")
        #expect(page.text.components(separatedBy: "MANGGIS").count == 2 && !page.text.contains("tolak"))
        #expect(page.spans.allSatisfy { $0.kind == .field } && reading.state == .read, "\(reading.allFindings)")
    }

    static let template = """
        <template xmlns='http://www.xfa.org/schema/xfa-template/3.3/'><subform><draw><value><text>Usulan</text></value></draw>
        <field name='buah'><caption><value><exData contentType='text/html'><body xmlns='http://www.w3.org/1999/xhtml'>
        <p>Buah &amp; <b>sayur</b></p></body></exData></value></caption><event><script>rahasia()</script></event></field>
        </subform></template>
        """
    static let data = """
        <xfa:datasets xmlns:xfa='http://www.xfa.org/schema/xfa-data/1.0/'><xfa:data><form1><buah>MANGGIS</buah>
        <kosong/><isi><jumlah>12</jumlah></isi></form1></xfa:data></xfa:datasets>
        """

    @Test(arguments: ["array", "stream", "broken frame"])
    func `an XFA form is read from one stream and from packets`(_ way: String) throws {
        var pdf = MadePDF()
        let head = "<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'>"
        if way == "stream" {
            let whole = pdf.add(stream: Array((head + Self.template + Self.data + "</xdp:xdp>").utf8))
            pdf.catalogue = "/AcroForm << /Fields [] /XFA \(whole) 0 R >> /NeedsRendering true"
        } else {
            let parts = [
                ("preamble", way == "array" ? head : "<xdp:xdp"), ("template", Self.template), ("datasets", Self.data),
                ("postamble", "</xdp:xdp>"),
            ]
            var list = ""
            for (name, content) in parts { list += "(\(name)) \(pdf.add(stream: Array(content.utf8))) 0 R " }
            pdf.catalogue = "/AcroForm << /Fields [] /XFA [\(list)] >> /NeedsRendering true"
        }
        pdf.shown = "Please wait..."
        let reading = try Reading.read(try pdf.write())
        let form = try #require(reading.pages.last)
        #expect(form.part == "XFA form" && reading.state == .doubtful, "\(reading.allFindings)")
        #expect(form.text == "Usulan\nBuah & sayur\nbuah: MANGGIS\njumlah: 12", "\(form.text)")
    }

    // MARK: - Attached files

    @Test
    func `a file in a file in a file is read, and two of one name are two`() throws {
        var inner = MadePDF()
        let deepest = inner.attach("isi.txt", Array("MANGGIS paling dalam".utf8))
        inner.catalogue = "/Names << /EmbeddedFiles << /Names [(isi.txt) \(deepest) 0 R] >> >>"
        inner.shown = "RAMBUTAN di tengah halaman lampiran"
        var pdf = MadePDF()
        let one = pdf.attach("a.pdf", inner.bytes())
        let two = pdf.attach("a.pdf", Array("bukan PDF, DURIAN".utf8))
        let page = pdf.attach("catatan.txt", Array("SALAK pada halaman".utf8))
        pdf.page = "/AF [\(page) 0 R] /Annots [<< /Subtype /FileAttachment /Rect [0 0 9 9] /FS \(page) 0 R >>]"
        // A branch whose kid is the tree itself, and one that names a file again.
        let branch = pdf.add("")
        let leaf = pdf.add("<< /Names [(b) \(two) 0 R (c) \(one) 0 R] >>")
        pdf.set(branch, "<< /Kids [\(branch) 0 R \(leaf) 0 R] /Names [(a) \(one) 0 R] >>")
        pdf.catalogue = "/Names << /EmbeddedFiles \(branch) 0 R >>"
        let reading = try Reading.read(try pdf.write())
        let texts = Dictionary(
            reading.pages.compactMap { page in page.part.map { ($0, page.text) } },
            uniquingKeysWith: { first, _ in first }
        )
        #expect(texts["a.pdf / isi.txt"] == "MANGGIS paling dalam", "\(reading.pages) \(reading.findings)")
        #expect(texts["a.pdf"]?.contains("RAMBUTAN") == true && texts["a.pdf (2)"]?.contains("DURIAN") == true)
        #expect(texts["catatan.txt"] == "SALAK pada halaman" && reading.pages.count == 5)
        #expect(reading.state == .read && Reading.codes(reading) == [.extensionDiffers])
    }

    @Test
    func `an attached file of no known kind, and one that is a bomb, are named`() throws {
        var pdf = MadePDF()
        let packed = try Reading.python(
            "bomb",
            """
            import sys, zlib
            c = zlib.compressobj(9); out = open(sys.argv[1], 'wb')
            for _ in range(600): out.write(c.compress(b'\\0' * 1048576))
            out.write(c.flush()); out.close()
            """
        )
        let content = Array(try Data(contentsOf: URL(fileURLWithPath: packed.string)))
        let stream = pdf.add(stream: content, "/Type /EmbeddedFile /Filter /FlateDecode")
        let bomb = pdf.add("<< /Type /Filespec /F (bom.txt) /EF << /F \(stream) 0 R >> >>")
        let odd = pdf.attach("suara.dat", [0, 1, 2, 3, 0xFF, 0xFE, 0x80, 0, 0, 9])
        let good = pdf.attach("baik.txt", Array("MANGGIS".utf8))
        pdf.catalogue =
            "/Names << /EmbeddedFiles << /Names [(a) \(bomb) 0 R (b) \(odd) 0 R (c) \(good) 0 R] >> >>"
        let reading = try Reading.read(try pdf.write())
        let named = reading.findings.filter { $0.code == .partNotRead && $0.severity == .fault }.map(\.message)
        #expect(named.count == 2 && named[0].contains("bom.txt") && named[1].contains("suara.dat"), "\(named)")
        #expect(reading.state == .notRead && reading.pages.last?.text == "MANGGIS")
    }

    // MARK: - The rest

    @Test
    func `a layer that is switched off is told by its name`() throws {
        var pdf = MadePDF()
        let layer = pdf.add("<< /Type /OCG /Name (Konsep) >>")
        pdf.catalogue = "/OCProperties << /OCGs [\(layer) 0 R] /D << /OFF [\(layer) 0 R] >> >>"
        let reading = try Reading.read(try pdf.write())
        #expect(reading.state == .doubtful && reading.findings.map(\.code) == [.partNotRead])
        #expect(reading.findings.first?.message.contains("'Konsep'") == true)
    }

    @Test
    func `a file whose table of objects is broken is read with a doubt`() throws {
        var pdf = MadePDF()
        let note = pdf.add("<< /Subtype /Text /Rect [0 0 9 9] /Contents (MANGGIS) >>")
        pdf.page = "/Annots [\(note) 0 R]"
        let whole = pdf.bytes()
        let end = try #require(whole.firstRange(of: Array("startxref".utf8))).lowerBound
        let tail = "trailer\n<< /Size 99 /Root 1 0 R >>\nstartxref\n7\n%%EOF\n"
        let broken = whole[..<end] + Array(tail.utf8)
        let reading = try Reading.read(try Scratch.file("rusak.pdf", broken))
        #expect(reading.pages.first?.text.hasSuffix("MANGGIS") == true, "\(reading.allFindings)")
        #expect(reading.state == .doubtful && Reading.codes(reading).contains(.complaint))
    }

    @Test
    func `a count of objects that is a little off is no doubt`() throws {
        var pdf = MadePDF()
        pdf.spare = 2
        #expect(try Reading.read(try pdf.write()).allFindings.isEmpty)
    }

    @Test
    func `a PDF with nothing beside its pages has nothing to say`() throws {
        let reading = try Reading.read(try MadePDF().write())
        #expect(reading.allFindings.isEmpty && reading.pages.map(\.spans) == [[]] && reading.state == .read)
    }
}
