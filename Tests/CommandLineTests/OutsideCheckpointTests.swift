import Foundation
import SystemPackage
import TestSupport
import Testing

/// A ledger whose history was written anew, with every hash right, and what tells it: a checkpoint that lay elsewhere.
@Suite(.scratch)
struct OutsideCheckpointTests {
    /// An office with records, a refusal of nothing, and a checkpoint in the middle of its history.
    private func office() throws -> (office: Office, early: String, late: String) {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 3).string, "-q").status == 0)
        let early = String(decoding: try office.content("ledger/checkpoint"), as: UTF8.self)
        try #require(office.berkas("ingest", try office.batch("dua", count: 3).string, "-q").status == 0)
        return (office, early, String(decoding: try office.content("ledger/checkpoint"), as: UTF8.self))
    }

    /// The words of a checkpoint: name, number of lines, root.
    private func words(_ checkpoint: String) -> [String] { checkpoint.split(separator: "\n").map(String.init) }

    /// The form that is short enough to be typed.
    private func short(_ office: Office) throws -> String {
        try office.berkas("ledger", "checkpoint", "--short").text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func `a short form that is mistyped is said to be, and one of a history that was written anew tells it`()
        throws
    {
        guard let script = Checkout.shared("found/evidence/rewrite-ledger.py") else { return }
        let (office, _, _) = try office()
        let code = try short(office)
        let last = try #require(code.last?.wholeNumberValue)
        let wrong = code.dropLast() + "\((last + 1) % 10)"
        let mistyped = try office.berkas("ledger", "verify", "--against", String(wrong))
        #expect(mistyped.status == 64 && mistyped.errorText.contains("mistyped"), "\(mistyped.everything)")
        try #require(office.shell("python3 '\(script.string)' Arsip actor 'Siti Arsiparis' Susi").status == 0)
        let answer = try office.berkas("ledger", "verify", "--against", code)
        #expect(answer.status == 5 && answer.text.contains("history was rewritten"), "\(answer.everything)")
    }

    @Test func `a paper shows the checkpoint for a camera and for a hand, and both are those of the ledger`() throws {
        let (office, _, late) = try office()
        let made = try office.berkas("report", "contents-list", "--year", "2024", "--to", "daftar.html")
        try #require(made.status == 0, "\(made.everything)")
        let page = String(
            decoding: try Data(contentsOf: URL(filePath: office.path("daftar.html").string)),
            as: UTF8.self
        )
        #expect(page.contains("class=\"titik\"") && page.contains("data:image/svg+xml;base64,"), "\(page)")
        let code = try #require(page.firstMatch(of: /Bentuk pendek: <b>([^<]*)</)).output.1
        // Printing is an event, and the paper shows what stood before it.
        #expect(code.hasPrefix("\(words(late)[1])-"), "\(code)")
        let answer = try office.berkas("ledger", "verify", "--against", String(code))
        #expect(answer.status == 0 && answer.text.contains("consistent"), "\(answer.everything)")
    }

    @Test func `a ledger that only grew begins with each checkpoint it had, in each form that people keep`() throws {
        let (office, early, late) = try office()
        let packed = try office.berkas("pack", "RKT-2024-0001", "--to", "paket.zip")
        try #require(packed.status == 0, "\(packed.everything)")
        let letter = "Kepada Inspektorat\n\n\(early)Hormat kami\n".replacing("\n", with: "\r\n")
        try office.write(letter, to: "surat")
        let forms = [
            early, words(early).joined(separator: " "), words(early).dropFirst().joined(separator: "  "), "surat",
            "paket.zip", late, try short(office), try short(office).lowercased().replacing("-", with: " "),
        ]
        for form in forms {
            let answer = try office.berkas("ledger", "verify", "--against", form)
            #expect(answer.status == 0, "\(form): \(answer.everything)")
            #expect(answer.text.contains("consistent: the ledger begins with the"), "\(form): \(answer.text)")
        }
        let all = try office.berkas(["ledger", "verify", "--json"] + forms.flatMap { ["--against", $0] })
        #expect(try all.facts("consistent").count == forms.count)
    }

    @Test(arguments: ["drop RKT-2024-0002", "actor 'Siti Arsiparis' Susi"])
    func `history that was written anew is found by an old checkpoint alone`(how: String) throws {
        guard let script = Checkout.shared("found/evidence/rewrite-ledger.py") else { return }
        let (office, early, late) = try office()
        let whole = try office.shell("cp -a Arsip Utuh && python3 '\(script.string)' Arsip \(how)")
        try #require(whole.status == 0, "\(whole.errorText)")
        #expect(try office.berkas("ledger", "verify").status == 0, "nothing in the home tells")
        for checkpoint in [early, late] {
            let answer = try office.berkas("ledger", "verify", "--against", checkpoint)
            #expect(answer.status == 5, "\(answer.everything)")
            let ways = ["history was rewritten after line 0", "history was cut back"]
            #expect(ways.contains { answer.text.contains($0) }, "\(answer.text)")
        }
    }

    @Test func `where an older checkpoint agrees, history is said to differ after its last line`() throws {
        guard let script = Checkout.shared("found/evidence/rewrite-ledger.py") else { return }
        let (office, early, late) = try office()
        try #require(office.shell("python3 '\(script.string)' Arsip drop RKT-2024-0005").status == 0)
        try #require(office.berkas("ingest", try office.batch("tiga", count: 2).string, "-q").status == 0)
        let answer = try office.berkas("ledger", "verify", "--against", late, "--against", early)
        #expect(answer.status == 5, "\(answer.everything)")
        #expect(answer.text.contains("history was rewritten after line \(words(early)[1]): "), "\(answer.text)")
        #expect(answer.text.contains("consistent: the ledger begins with the \(words(early)[1]) lines"))
    }

    @Test func `verify finds by a package in the home that history was written anew`() throws {
        guard let script = Checkout.shared("found/evidence/rewrite-ledger.py") else { return }
        let (office, _, _) = try office()
        try #require(office.berkas("pack", "RKT-2024-0004").status == 0)
        #expect(try office.berkas("verify").status == 0)
        try #require(office.shell("python3 '\(script.string)' Arsip actor 'Siti Arsiparis' Susi").status == 0)
        let answer = try office.berkas("verify", "--json")
        #expect(answer.status == 5)
        let told = try answer.facts("finding").filter { $0.text("area") == "packages" }
        #expect(
            told.contains { $0.text("message")?.contains("history was rewritten") == true },
            "\(answer.everything)"
        )
    }

    @Test func `a home that was put back as it was, and another archive's checkpoint, are told`() throws {
        let (office, _, _) = try office()
        try #require(office.shell("cp -a Arsip Dulu").status == 0)
        try #require(office.berkas("ingest", try office.batch("tiga", count: 2).string, "-q").status == 0)
        let late = String(decoding: try office.content("ledger/checkpoint"), as: UTF8.self)
        try #require(office.shell("rm -r Arsip && mv Dulu Arsip").status == 0)
        let answer = try office.berkas("ledger", "verify", "--against", late)
        #expect(answer.status == 5)
        #expect(answer.text.contains("history was cut back, or this is an older copy of the home"), "\(answer.text)")
        let other = late.replacing(words(late)[0], with: "arsip-lain.example/1")
        let foreign = try office.berkas("ledger", "verify", "--against", other)
        #expect(foreign.status == 5)
        #expect(foreign.text.contains("is of the log 'arsip-lain.example/1'"), "\(foreign.text)")
        // Its package names its log too, and accuses nobody here of rewriting.
        let made = try office.berkas("init", "Lain", "--office", "L", "--uri-prefix", "tag:lain.example,2026:")
        try #require(made.status == 0, "\(made.everything)")
        let words = ["ingest", try office.batch("lain", count: 1).string, "-q", "--home", "Lain"]
        try #require(office.berkas(words).status == 0)
        let packed = ["pack", "RKT-2024-0001", "--to", "lain.tar", "--home", "Lain"]
        try #require(office.berkas(packed).status == 0)
        let package = try office.berkas("ledger", "verify", "--against", "lain.tar")
        #expect(package.status == 5)
        #expect(package.text.contains("is of the log 'tag:lain.example,2026:ledger'"), "\(package.text)")
    }

    @Test func `what is no checkpoint is refused, and a package that was changed is not believed`() throws {
        let (office, early, _) = try office()
        for words in ["tidak ada", words(early)[2], words(early).joined(separator: " ") + "="] {
            let answer = try office.berkas("ledger", "verify", "--against", words)
            #expect(answer.status == 64, "\(words): \(answer.everything)")
            #expect(answer.errorText.contains("is no file, and no checkpoint"), "\(answer.errorText)")
        }
        try office.write("bukan bukti\n", to: "catatan.txt")
        #expect(try office.berkas("ledger", "verify", "--against", "catatan.txt").status == 64)
        try #require(office.berkas("pack", "RKT-2024-0001", "--to", "paket.tar").status == 0)
        let change = "mkdir p && tar -xf paket.tar -C p && echo x >> p/*/data/ledger/events.jsonl"
        try #require(office.shell(change).status == 0)
        let folder = try #require(FileManager.default.contentsOfDirectory(atPath: office.path("p").string).first)
        let changed = try office.berkas("ledger", "verify", "--against", "p/\(folder)")
        #expect(changed.status == 5)
        #expect(changed.errorText.contains("is not believed"), "\(changed.errorText)")
    }
}
