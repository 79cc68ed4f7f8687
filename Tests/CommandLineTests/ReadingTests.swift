import Foundation
import SystemPackage
import TestSupport
import Testing

/// What is kept is read: its text can be printed, compared and looked at, and nothing waits for it to be kept.
@Suite(.scratch)
struct ReadingTests {
    /// `ingest` with reading, and `read`.
    private static let reads = ["BERKAS_NO_READ": ""]

    private func office(_ files: [(name: String, content: String)]) throws -> Office {
        let office = try Office.founded()
        let rows = files.map { "\($0.name),2024,1,disposisi,\($0.name)" }
        let manifest = "path,year,step,type,title\n" + rows.joined(separator: "\n") + "\n"
        let contents = Dictionary(files.map { ($0.name, $0.content) }) { $1 }
        let batch = try office.batch("masuk", manifest, files: contents)
        try #require(try office.berkas("ingest", batch.string, "-q").status == 0)
        return office
    }

    @Test func `ingest reads what it keeps, and --no-read leaves it to read`() throws {
        let office = try Office.founded()
        let batch = try office.batch(
            "masuk",
            "path,year,step,type\na.txt,2024,1,disposisi\n",
            files: ["a.txt": "Target e-KTP 98 %\n"]
        ).string
        let left = try office.berkas("ingest", batch, "--no-read")
        #expect(left.status == 0 && !left.text.contains("read  "), "\(left.everything)")
        let unread = try office.berkas("text", "RKT-2024-0001")
        #expect(unread.status == 1 && unread.errorText.contains("berkas read RKT-2024-0001"), "\(unread.everything)")
        // The same batch again: kept already, and read now.
        let read = try office.berkas(["ingest", batch], environment: Self.reads)
        #expect(read.status == 0 && read.text.contains("read          RKT-2024-0001@v1  a.txt"), "\(read.everything)")
        #expect(try office.berkas("text", "RKT-2024-0001").text == "Target e-KTP 98 %\n")
        let again = try office.berkas("read", "--json")
        #expect(again.status == 0)
        #expect(try again.facts("reading summary").first?.number("files") == 0)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `a file that is damaged or unknown is kept, named, and stops no other`() throws {
        let office = try office([
            ("rusak.pdf", "%PDF-1.7\nrusak"), ("aneh.bin", "\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}"), ("baik.txt", "baik"),
        ])
        let read = try office.berkas("read")
        #expect(read.status == 3, "\(read.everything)")
        #expect(read.errorText.contains("fault: RKT-2024-0001@v1 rusak.pdf"), "\(read.errorText)")
        #expect(read.errorText.contains("fault: RKT-2024-0002@v1 aneh.bin"), "\(read.errorText)")
        #expect(read.text.contains("read          RKT-2024-0003@v1  baik.txt"))
        let shown = try office.berkas("show", "RKT-2024-0001")
        #expect(shown.text.contains("PDF document") && shown.text.contains("fault"), "\(shown.text)")
        let facts = try office.berkas("show", "RKT-2024-0002", "--json").facts("reading")
        #expect(facts.first?.parts("findings").first?.text("code") == "unknown-format")
        let none = try office.berkas("text", "RKT-2024-0001")
        #expect(none.status == 1 && none.errorText.contains("no text"), "\(none.everything)")
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `formbomb_pdf spends its budget at intake, what is left is named, and the next file is read`() throws {
        guard let bomb = Checkout.shared("found/slow/formbomb.pdf") else { return }
        let office = try Office.founded()
        let settings = String(decoding: try office.content("berkas.yaml"), as: UTF8.self)
        try office.write(settings + "\nfile-budget:\n  seconds: 2\n", to: "Arsip/berkas.yaml")
        let batch = try office.batch(
            "masuk",
            "path,year,step,type\nbom.pdf,2024,1,disposisi\nbaik.txt,2024,1,disposisi\n",
            files: ["baik.txt": "MANGGIS\n"]
        )
        try office.write([UInt8](try Data(contentsOf: URL(fileURLWithPath: bomb.string))), to: "masuk/bom.pdf")
        let kept = try office.berkas(["ingest", batch.string], environment: Self.reads)
        #expect(kept.status == 3, "\(kept.everything)")
        let said = "the 2 seconds that one file may take are over: page 1 of 1 was not read"
        #expect(kept.errorText.contains(said) && kept.errorText.contains("'file-budget'"), "\(kept.errorText)")
        #expect(try office.berkas("text", "RKT-2024-0002").text == "MANGGIS\n")
        #expect(try office.berkas("show", "RKT-2024-0001").text.contains(said))
        let again = try office.berkas("read", "--redo", "RKT-2024-0001", "--json")
        #expect(again.status == 3, "\(again.everything)")
        #expect(try PublishedSchema.check(again.text)?.status ?? 0 == 0)
        let reading = try #require(try again.facts("reading").first)
        #expect(reading.number("pages") == 1 && reading.number("pagesRead") == 0)
        let summary = try #require(try again.facts("reading summary").first)
        #expect(summary.number("pages") == 1 && summary.number("pagesRead") == 0 && summary.number("cut") == 1)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `where bubblewrap is missing that is said, and files are read behind the filter`() throws {
        let office = try office([("baik.txt", "MANGGIS")])
        let hidden = try office.shell("unshare -m true && test -e /usr/bin/bwrap && test $(id -u) = 0")
        guard hidden.status == 0 else { return print("LEFT OUT: bubblewrap cannot be hidden without being root") }
        let script = "mount --bind /dev/null /usr/bin/bwrap && exec \"$BERKAS\" read"
        let read = try office.shell("unshare -m bash -c '\(script)'")
        #expect(
            read.status == 0 && read.text.contains("read          RKT-2024-0001@v1"),
            "\(read.text) \(read.errorText)"
        )
        #expect(read.errorText.contains("bubblewrap is not installed or does not work here"), "\(read.errorText)")
        #expect(read.errorText.contains("install the package 'bubblewrap'"))
        #expect(try office.berkas("text", "RKT-2024-0001").text == "MANGGIS\n")
        let plain = try office.berkas("read", "--redo")
        #expect(plain.status == 0 && !plain.errorText.contains("bubblewrap"), "\(plain.errorText)")
    }

    @Test func `the scans and drafts of the sample are read page by page`() throws {
        guard let office = try Office.withSample() else { return }
        let read = try office.berkas("read", "RKT-2024-0005", "RKT-2024-0008", "RKT-2024-0007@v2", "--json")
        #expect(read.status == 0, "\(read.everything)")
        #expect(try read.facts("reading").count == 3)
        #expect(try PublishedSchema.check(read.text)?.status ?? 0 == 0)
        let page = try office.berkas("text", "RKT-2024-0005", "--page", "1", "--json")
        let fact = try #require(try page.facts("page").first)
        #expect(fact.text("source") == "recognised" && fact.number("confidence") ?? 0 > 80)
        #expect(fact.text("text")?.contains("Dinas Kependudukan dan Pencatatan Sipil") ?? false)
        #expect(try PublishedSchema.check(page.text)?.status ?? 0 == 0)
        let missing = try office.berkas("text", "RKT-2024-0005", "--page", "3")
        #expect(missing.status == 1 && missing.errorText.contains("no page 3"), "\(missing.everything)")
        let whole = try office.berkas("text", "RKT-2024-0005")
        #expect(whole.text.contains("\u{C}"), "a form feed parts the pages")
        // Another version of the record was not read.
        #expect(try office.berkas("text", "RKT-2024-0007@v1").status == 1)
    }

    @Test func `a page comes out as a picture, and never in the place of another file`() throws {
        guard let office = try Office.withSample() else { return }
        try #require(try office.berkas("read", "RKT-2024-0005", "RKT-2024-0010", "-q").status == 0)
        let target = office.path("keluar/hal-2.png")
        let made = try office.berkas("page", "RKT-2024-0005", "--page", "2", "--to", target.string)
        #expect(made.status == 0, "\(made.everything)")
        let bytes = try #require(FileManager.default.contents(atPath: target.string))
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        let again = try office.berkas("page", "RKT-2024-0005", "--page", "2", "--to", target.string, "--json")
        #expect(try again.facts("page image").first?.values["wasThere"] as? Bool == true)
        let other = try office.berkas("page", "RKT-2024-0005", "--page", "1", "--to", target.string)
        #expect(other.status == 1 && other.errorText.contains("nothing was replaced"), "\(other.everything)")
        #expect(FileManager.default.contents(atPath: target.string) == bytes)
        let far = try office.berkas("page", "RKT-2024-0005", "--page", "9", "--to", office.path("x.png").string)
        #expect(far.status == 1 && far.errorText.contains("it has 2"), "\(far.everything)")
        let draft = try office.berkas("page", "RKT-2024-0010", "--to", office.path("x.png").string)
        #expect(draft.status == 1 && draft.errorText.contains("no pages that are pictures"), "\(draft.everything)")
        let inside = try office.berkas("page", "RKT-2024-0005", "--to", office.home.string + "/store/x.png")
        #expect(inside.status == 1 && inside.errorText.contains("own folders"), "\(inside.everything)")
    }

    @Test func `diff shows the words that differ between two versions of a draft`() throws {
        let office = try Office.founded()
        for (name, text) in [("satu", "Judul\nTarget 98 persen\nAkhir\n"), ("dua", "Judul\nTarget 99 persen\nAkhir\n")]
        {
            let manifest = "path,year,step,type,label\nd.txt,2024,6,draft-rkt,draf\n"
            let batch = try office.batch(name, manifest, files: ["d.txt": text]).string
            try #require(try office.berkas(["ingest", batch, "-q"], environment: Self.reads).status == 0)
        }
        let shown = try office.berkas("diff", "RKT-2024-0001@v1", "RKT-2024-0001@v2")
        #expect(shown.status == 0 && shown.lines.contains("~ Target [-98-]{+99+} persen"), "\(shown.everything)")
        #expect(try office.berkas("diff", "RKT-2024-0001").text == shown.text)
        let facts = try office.berkas("diff", "RKT-2024-0001", "--json")
        #expect(try facts.facts("difference").first?.number("added") == 1)
        #expect(try facts.facts("change").first?.number("leftLine") == 2)
        #expect(try PublishedSchema.check(facts.text)?.status ?? 0 == 0)
        let page = office.path("beda.html")
        #expect(try office.berkas("diff", "RKT-2024-0001", "--html", page.string).status == 0)
        let html = try String(contentsOfFile: page.string, encoding: .utf8)
        #expect(html.contains("<del>98</del>") && html.contains("<ins>99</ins>"))
        let first = try office.berkas("diff", "RKT-2024-0001@v1")
        #expect(first.status == 64 && first.errorText.contains("first version"), "\(first.everything)")
    }

    @Test func `rebuild carries the texts over without reading anything again`() throws {
        let office = try office([("a.txt", "halaman pertama"), ("b.txt", "halaman kedua")])
        try #require(try office.berkas("read", "-q").status == 0)
        let before = try office.berkas("text", "RKT-2024-0002", "--json").text
        let derived = try TreeSnapshot.of(office.home.appending("derived"))
        #expect(try office.berkas("rebuild").status == 0)
        #expect(try office.berkas("text", "RKT-2024-0002", "--json").text == before)
        #expect(try TreeSnapshot.of(office.home.appending("derived")) == derived)
        // Without `derived/` a rebuild has no texts; read makes the same ones again.
        try FileManager.default.removeItem(atPath: office.home.appending("derived").string)
        let verified = try office.berkas("verify")
        #expect(
            verified.status == 0 && verified.errorText.contains("no longer in 'derived/'"),
            "\(verified.everything)"
        )
        #expect(try office.berkas("rebuild").status == 0)
        #expect(try office.berkas("text", "RKT-2024-0002").status == 1)
        #expect(try office.berkas("read", "-q").status == 0)
        #expect(try office.berkas("text", "RKT-2024-0002", "--json").text == before)
    }

    @Test func `verify finds a text that was changed, and what was read of a content that is not kept`() throws {
        let office = try office([("a.txt", "halaman pertama")])
        try #require(try office.berkas("read", "-q").status == 0)
        let stranger = String(repeating: "ab", count: 64)
        try office.write("{}", to: "\(office.home.lastComponent?.string ?? "")/derived/ab/\(stranger)/reading.json")
        let left = try office.berkas("verify")
        #expect(left.status == 5 && left.text.contains("no record has"), "\(left.everything)")
        let swept = try office.berkas("read")
        #expect(swept.status == 0 && swept.text.contains("forgotten"), "\(swept.everything)")
        #expect(try office.berkas("verify").status == 0)
        let catalogue = office.home.appending("catalogue.sqlite").string
        _ = try Tool.run("sqlite3", [catalogue, "UPDATE page_text SET text = 'lain'"])
        let changed = try office.berkas("verify")
        #expect(changed.status == 5 && changed.text.contains("another text than was read"), "\(changed.everything)")
        #expect(try office.berkas("rebuild").status == 0)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `while another process reads, ingest keeps all the same and says who reads`() throws {
        let office = try office([("a.txt", "halaman pertama")])
        try #require(try office.berkas("read", "-q").status == 0)
        let lock = office.home.appending("derived").appending(".lock").string
        let holder = try office.begin(program: "flock", lock, "sh", "-c", "echo ada; sleep 60")
        holder.wait { holder.outputSoFar.contains("ada") }
        let batch = try office.batch("lagi", "path,year,step,type\nb.txt,2024,1,disposisi\n", files: ["b.txt": "b"])
            .string
        let kept = try office.berkas(["ingest", batch], environment: Self.reads)
        #expect(kept.status == 0 && kept.errorText.contains("berkas read"), "\(kept.everything)")
        let read = try office.berkas("read")
        #expect(read.status == 6, "\(read.everything)")
        holder.destroy()
        _ = holder.end()
        #expect(try office.berkas("read").status == 0)
        #expect(try office.berkas("text", "RKT-2024-0002").text == "b\n")
    }

    @Test func `a removed record takes along what was read of it`() throws {
        let disposal = try DisposalOffice()
        let office = disposal.office
        try #require(try office.berkas("read", "-q").status == 0)
        #expect(try office.berkas("text", "RKT-2018-0001").status == 0)
        let before = try TreeSnapshot.of(office.home.appending("derived")).count
        let list = try disposal.approved()
        let done = try disposal.execute(list)
        #expect(done.status == 0, "\(done.everything)")
        let gone = try office.berkas("text", "RKT-2018-0001")
        #expect(gone.status == 1 && gone.errorText.contains(list), "\(gone.everything)")
        #expect(try TreeSnapshot.of(office.home.appending("derived")).count < before)
        let verified = try office.berkas("verify")
        #expect(verified.status == 0, "\(verified.everything)")
        #expect(try office.berkas("rebuild").status == 0)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test(.enabled(if: Tool.isPresent("tesseract")))
    func `a reading that is killed goes on with the pages that were done`() throws {
        guard let office = try Office.withSample() else { return }
        let running = try office.begin("read", "RKT-2024-0012", "-q")
        func pages() -> [String] {
            let all = FileManager.default.enumerator(atPath: office.home.appending("derived").string)
            return (all?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".json") && $0.contains("/page-") }
        }
        running.wait { pages().count >= 2 }
        running.destroy()
        _ = running.end()
        #expect(!pages().isEmpty)
        #expect(try office.berkas("verify").status == 0)
        let read = try office.berkas(["read", "RKT-2024-0012"], killAfter: 300)
        #expect(read.status == 0, "\(read.everything)")
        #expect(pages().isEmpty, "finished pages go when the whole is kept")
        #expect(try office.berkas("text", "RKT-2024-0012", "--page", "12").status == 0)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `a reading that is interrupted ends with 130 and what is read stays`() throws {
        guard let office = try Office.withSample() else { return }
        let running = try office.begin("read", "--json")
        running.wait { running.outputSoFar.contains("\"reading\"") }
        running.interrupt()
        let stopped = running.end()
        #expect(stopped.status == 130 && stopped.errorText.contains("berkas read"), "\(stopped.everything)")
        #expect(try office.berkas("verify").status == 0)
    }
}
