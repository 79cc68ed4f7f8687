import Foundation
import OfficeFiles
import RecordsModel
import Reporting
import SystemPackage
import TestSupport
import Testing

struct TemplateTests {
    private func page(_ text: String, of paper: Paper = Papers.paper(["x"])) throws -> String {
        try HTMLRenderer().page(of: paper, by: TemplateSource(name: "uji", file: "uji.mustache", text: text))
    }

    private func fault(_ text: String) throws -> String {
        let error = try #require(throws: ReportingError.self, "\(text)") { try page(text) }
        #expect(error.code == .template)
        return error.description
    }

    @Test(arguments: [
        ("{{judul", 1), ("a\n{{#tabel}}\n", 2), ("a\n{{/tabel}}", 2), ("{{#tabel}}\n{{#baris}}{{/tabel}}", 2),
        ("\n\n{{judl}}", 3), ("{{#kolum}}{{/kolum}}", 1), ("{{>tidak-ada}}", 1), ("{{}}", 1),
        ("{{ju dul}}\n{{ju&l}}", 1),
        ("{{{judul}}}", 1), ("{{&judul}}", 1), ("{{=<% %>=}}", 1), ("{{%CONTENT_TYPE:TEXT}}", 1),
        ("{{<daftar}}{{/daftar}}", 1),
        ("{{$x}}{{/x}}", 1), ("{{>*judul}}", 1), ("{{lowercased(judul)}}", 1), ("{{.}}", 1), ("{{isian.rahasia}}", 1),
        ("<p\n>{{\u{301}judul}}", 2),
    ])
    func `a broken template is named with its file and line`(_ text: String, _ line: Int) throws {
        #expect(try fault(text).hasPrefix("template 'uji.mustache', line \(line): "))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "<SCRIPT src=\"x\">", "<img src=\"http://127.0.0.1/x.png\">",
        "<img src=\"{{judul}}\">",
        "<img src='file:///etc/hostname'>", "<link rel=\"stylesheet\" href=\"x.css\">",
        "<a href=\"http://127.0.0.1\">x</a>",
        "<p onclick=\"x()\">", "<iframe src=\"data:x\">", "<base href=\"#\">", "<p class={{judul}}>", "<p {{judul}}>",
        "<style>{{judul}}</style>", "<style>p { background: URL(x) }</style>", "<style>@import 'x';</style>",
        "<style>p { background: u\\72l(x) }</style>", "<p style=\"{{judul}}\">", "<p style=\"background:url(x)\">",
        "<!-- {{judul}} -->", "<p title=\"x", "<style>", "<!-- x", "<object data=\"x\"></object>", "<svg></svg>",
        "<meta http-equiv=\"refresh\" content=\"0\">", "<p title=x>", "<{{judul}}>",
        "<p title=\"{{#nomor}}\">{{/nomor}}",
        "<p title=\"{{>kop}}\">", "<embed src=\"x\">", "<img srcset=\"x\">", "<table background=\"x\">",
        "<img src=\"\">",
        "<p/onclick=\"x\">", "x <", "<{{>kop}}", "<p a=/x>", "<img\nsrc\n=\n\"http://x\">",
    ])
    func `a template that would fetch, run or let a value out is refused`(_ text: String) throws {
        #expect(try fault(text).hasPrefix("template 'uji.mustache', line "))
    }

    @Test(arguments: [
        "<p>{{judul}}</p>", "<p title=\"{{judul}}\">", "<p title='{{judul}}' class='x'>",
        "<p style=\"width: {{ukuran}}\">",
        "<style>@page { size: {{ukuran}} }</style><p>{{judul}}", "<a href=\"#x\">x</a>", "a < b, 3 <4", "<!-- x --><p>",
        "<!DOCTYPE html>", "<br/>", "<input disabled>", "{{#nomor}}{{nomor}}{{/nomor}}", "{{! <script> }}",
        "<img src=\"data:image/png;base64,AAAA\">", "<p {{#nomor}}class=\"x\"{{/nomor}}>", "<p title = \"x\">",
    ])
    func `a template that does none of it is taken`(_ text: String) throws {
        // What stands before the first tag comes out as it went in.
        let page = try page(text)
        #expect(page.hasPrefix(text.prefix { $0 != "{" }))
        #expect(!page.contains("{{"))
    }

    @Test func `the office's own template gives its own page, with facts by name`() throws {
        var paper = Paper(.destructionMinutes, Papers.frame())
        paper.facts = [.init("cara", "Cara", "<cacah>")]
        #expect(try page("{{isian.cara}} pada {{hari}}", of: paper) == "&lt;cacah&gt; pada Selasa")
    }

    @Test func `a value in quotation marks cannot leave them`() throws {
        var paper = Papers.paper([])
        paper.title = "\"\u{301} onclick=\"x\" '\u{301}"
        let shown = try page("<p title=\"{{judul}}\">", of: paper)
        #expect(shown.utf8.count { $0 == UInt8(ascii: "\"") } == 2 && shown.utf8.count { $0 == UInt8(ascii: "'") } == 0)
    }

    @Test func `templates that take each other in, or nest too deep, are refused`() throws {
        var set = TemplateSet.builtIn
        set.put(TemplateSource(name: "kop", file: "kop.mustache", text: "\n{{>tabel}}"))
        set.put(TemplateSource(name: "tabel", file: "tabel.mustache", text: "{{>kop}}"))
        let error = try #require(throws: ReportingError.self) {
            try HTMLRenderer(templates: set).page(of: Papers.paper(["x"]))
        }
        #expect(error.description.contains("'tabel.mustache', line 1") && error.description.contains("takes itself in"))
        var wide = TemplateSet.builtIn
        for (name, next) in [("a", "b"), ("b", "c"), ("c", "kop")] {
            let text = String(repeating: "{{>\(next)}}", count: 20)
            wide.put(TemplateSource(name: name, file: name, text: text))
        }
        let many = TemplateSource(name: "uji", file: "uji", text: "{{>a}}")
        #expect(throws: ReportingError(.template, message: "", remedy: "")) {
            try HTMLRenderer(templates: wide).page(of: Papers.paper(["x"]), by: many)
        }
        let deep = String(repeating: "{{#tabel}}", count: 20) + String(repeating: "{{/tabel}}", count: 20)
        #expect(try fault(deep).contains("nested"))
        #expect(try fault(String(repeating: " ", count: TemplateSource.limit + 1)).contains("bytes"))
    }

    @Test(.scratch) func `a folder's templates stand over those of Berkas, and a kind's over its family's`() throws {
        try Scratch.file("templates/daftar.mustache", "\u{FEFF}keluarga {{judul}}".utf8)
        try Scratch.file("templates/BACA.txt", "{{".utf8)
        let folder = Scratch.folder.appending("templates")
        let family = HTMLRenderer(templates: try .reading(folder))
        #expect(try family.page(of: Papers.paper(["x"])) == "keluarga Daftar Arsip Usul Musnah")
        try Scratch.file("templates/daftar-arsip-usul-musnah.mustache", "jenis".utf8)
        let kind = HTMLRenderer(templates: try .reading(folder))
        #expect(try kind.page(of: Papers.paper(["x"])) == "jenis")
        #expect(try TemplateSet.reading(Scratch.folder.appending("none")) == TemplateSet.builtIn)
    }

    @Test(.scratch) func `a template that is no text is named`() throws {
        let file = try Scratch.file("templates/daftar.mustache", [0x41, 0xFF, 0x0A])
        let error = try #require(throws: OfficeFileError.self) {
            try TemplateSet.reading(file.removingLastComponent())
        }
        #expect(error.code == .encoding && error.line == 1)
    }

    @Test func `a template with bytes changed anywhere is taken or refused, and lets no hostile title out`() {
        var paper = Papers.paper(Array(Papers.hostile.prefix(8)))
        paper.title = "<script>\"'><script>"
        var random = SplitMix(state: 20_261_124)
        let tags = [
            "{{", "}}", "{", "}", "<", ">", "\"", "'", "=", "/", "#", "^", "!", "&", ">", "\n", "\u{301}", "style",
            "--",
        ]
        var taken = 0
        for _ in 0..<600 {
            guard
                let source = TemplateSet.builtIn[
                    ["daftar", "tabel", "kop", "gaya"].randomElement(using: &random) ?? ""
                ]
            else { continue }
            var bytes = Array(source.text.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                let piece = Array((tags.randomElement(using: &random) ?? "").utf8)
                let end = min(bytes.count, place + Int.random(in: 0...2, using: &random))
                bytes.replaceSubrange(place..<end, with: piece)
            }
            guard let page = try? page(String(decoding: bytes, as: UTF8.self), of: paper) else { continue }
            taken += 1
            #expect(!page.contains("<script"), "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(taken > 50)
    }

    @Test func `the templates of the sample home are those that are built in`() throws {
        let folder = Checkout.root.appending("Archive").appending("templates")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.string).sorted()
        #expect(names == TemplateSet.defaultFiles.map(\.name).sorted())
        #expect(try TemplateSet.reading(folder)["daftar"]?.text == TemplateSet.builtIn["daftar"]?.text)
        for kind in PaperKind.allCases { #expect(try !TemplateSet.builtIn.source(for: kind).text.isEmpty) }
    }
}

/// A generator of numbers that are the same in every run (SplitMix64).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
