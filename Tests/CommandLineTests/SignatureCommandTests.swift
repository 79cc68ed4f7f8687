import Foundation
import SystemPackage
import TestSupport
import Testing

/// `signature verify` on files and on records.
@Suite(.scratch)
struct SignatureCommandTests {
    private func run(_ words: [String]) throws -> Answer {
        let result = try Tool.run(
            try Checkout.binary.string,
            ["signature", "verify"] + words,
            environment: ["BERKAS_HOME": ""],
            directory: Scratch.folder,
            killAfter: 300
        )
        return Answer(status: result.status, output: result.output, errors: result.errors)
    }

    @Test
    func `every signed and tampered file of the suite is judged as expected, without a home, and none falsely valid`()
        throws
    {
        guard let suite = Checkout.shared("conformance/signatures") else { return }
        let data = try Data(contentsOf: URL(fileURLWithPath: suite.appending("expected.json").string))
        let expected = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let cases = try #require(expected["cases"] as? [[String: Any]])
        let anchors = (expected["trust_anchors"] as? [String] ?? []).flatMap {
            ["--trust", suite.pushing(FilePath($0)).string]
        }
        let names = cases.compactMap { $0["file"] as? String }
        let answer = try run(["--json"] + anchors + names.map { suite.appending($0).string })
        #expect(answer.status == 5)
        var found: [String: Fact] = [:]
        for fact in try answer.facts("signature report") {
            found[FilePath(fact.text("file") ?? "").lastComponent?.string ?? ""] = fact
        }
        var right = 0
        for item in cases {
            let name = item["file"] as? String ?? ""
            let wanted = item["category"] as? String ?? ""
            let category = found[name]?.text("category")
            if wanted == "either" || category == wanted { right += 1 }
            #expect(category != "valid" || ["valid", "either"].contains(wanted), "falsely valid: \(name)")
        }
        #expect(cases.count > 90)
        #expect(right >= cases.count - 2, "\(right) of \(cases.count)")
    }

    @Test func `a later signature that covers a figure is told with its page, in text and in JSON`() throws {
        guard let found = Checkout.shared("found/signatures") else { return }
        let words = ["--trust", found.appending("root.pem").string, found.appending("e1-ssa-approval-staf.pdf").string]
        let text = try run(words)
        #expect(text.text.contains("ttd: valid"), "\(text.everything)")
        #expect(text.text.contains("later: something visible was put over page 1 later"), "\(text.everything)")
        let fact = try run(["--json"] + words).facts("signature report").first
        #expect(fact?.parts("signatures").first?.text("verdict") == "valid")
        #expect(fact?.part("drawings") == nil)
    }

    @Test func `what is no PDF has no signature, a broken one cannot be told, and a file that is not there is named`()
        throws
    {
        let text = Scratch.folder.appending("surat.txt").string
        try "bukan pdf".write(toFile: text, atomically: true, encoding: .utf8)
        let none = try run([text])
        #expect(none.status == 0)
        #expect(none.text.contains("no signature"))
        #expect(none.errorText.contains("no trust anchors"))
        let broken = Scratch.folder.appending("rusak.pdf").string
        try "%PDF-1.7\n/ByteRange [0 1 2 3] trailer << >>".write(toFile: broken, atomically: true, encoding: .utf8)
        let answer = try run([broken, "--json"])
        #expect(answer.status == 3, "\(answer.everything)")
        #expect(try answer.facts("signature report").first?.text("category") == "cannot-tell")
        let missing = try run(["tidak-ada.pdf"])
        #expect(missing.status == 1)
        #expect(missing.errorText.contains("tidak-ada.pdf"))
    }

    @Test func `the files of a record are verified where they lie, with the anchors of the home`() throws {
        guard let suite = Checkout.shared("conformance/signatures") else { return }
        let office = try Office.founded()
        let folder = office.home.appending("policy").appending("trust").string
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["root.pem", "tsa-root.pem"] {
            try FileManager.default.copyItem(
                atPath: suite.appending("trust").appending(name).string,
                toPath: folder + "/" + name
            )
        }
        let file = suite.appending("adbe-pkcs7-detached-plain.pdf").string
        try #require(office.berkas("ingest", file, "--year", "2024", "--step", "10", "--type", "rkt").status == 0)
        let answer = try office.berkas("signature", "verify", "RKT-2024-0001")
        #expect(answer.status == 0, "\(answer.everything)")
        #expect(answer.text.contains("valid") && answer.text.contains("KEPALA DINAS CONTOH"))
        #expect(try office.berkas("signature", "verify", "RKT-2024-0009").status == 1)
        #expect(try office.berkas("verify").status == 0)
    }
}
