import Foundation
import RecordsModel
import Signatures
import SystemPackage
import TestSupport
import Testing

/// Each file of both collections by its name: what a viewer shows is what was signed, or the signature is not valid.
@Suite(.scratch)
struct FoundTests {
    /// A file that the collection calls valid, and that may not be.
    ///
    /// Its `/L` is the length that the file has after the update: poppler then takes the first page from the front, where
    /// another figure stands. The collection calls it valid; no file may be valid of which a program shows another page.
    private static let readFromFront = "linear-update.pdf"

    @Test func `both collections are there, whole`() {
        guard Checkout.shared("found/signatures") != nil, Checkout.shared("conformance/signatures") != nil else {
            return
        }
        #expect(Collections.deceiving.count == 31)
        #expect(Collections.suite.count == 97)
    }

    @Test(arguments: Collections.deceiving)
    func `the first signature of a file that was made to deceive is judged as it should`(_ example: Collections.Example)
        throws
    {
        guard let found = Checkout.shared("found/signatures"), let suite = Checkout.shared("conformance/signatures")
        else { return }
        let verifier = try Collections.verifier(example, suite: suite, found: found)
        let report = verifier.report(on: try Collections.bytes(found.appending(example.name)))
        let first = try #require(report.signatures.first)
        let told = "\(first.verdict.rawValue): \(first.explanations) \(first.changes)"
        if example.name == Self.readFromFront || example.wanted == "not valid" {
            #expect(first.verdict != .valid, "\(told)")
        } else {
            #expect(first.verdict == .valid, "\(told)")
        }
        if example.wanted.contains("the report says") {
            #expect(first.changes.contains { $0.contains("something visible was put over page 1 later") }, "\(told)")
        }
    }

    @Test(arguments: Collections.suite)
    func `a file of the suite has the category that it should`(_ example: Collections.Example) throws {
        guard let suite = Checkout.shared("conformance/signatures") else { return }
        let verifier = try Collections.verifier(example, suite: suite, found: nil)
        let report = verifier.report(on: try Collections.bytes(suite.appending(example.name)))
        if example.wanted != "either" { #expect(report.category.rawValue == example.wanted) }
    }

    private struct Item: Encodable {
        let file: String
        let end: Int
        let rectangles: [RevisionDrawing.Rectangle]
    }

    /// What is to be drawn of the files that are called valid.
    private func items() throws -> [Item]? {
        guard let found = Checkout.shared("found/signatures"), let suite = Checkout.shared("conformance/signatures")
        else { return nil }
        var items: [Item] = []
        for (folder, examples) in [(found, Collections.deceiving), (suite, Collections.suite)] {
            for example in examples {
                let path = folder.appending(example.name)
                let verifier = try Collections.verifier(example, suite: suite, found: found)
                let report = verifier.report(on: try Collections.bytes(path))
                // Thirty signatures on one page: the first and the last tell what all do.
                let drawings = (report.drawings ?? []).filter { report.signatures[$0.signature].verdict == .valid }
                for drawing in drawings.count > 4 ? [drawings[0], drawings[drawings.count - 1]] : drawings {
                    items.append(Item(file: path.string, end: drawing.end, rectangles: drawing.rectangles))
                }
            }
        }
        return items
    }

    /// Three programs that share no code agree on every page of every file that is called valid.
    @Test(.timeLimit(.minutes(10)), arguments: ["poppler", "pdfium", "mupdf"])
    func `no file is valid of which a program shows another page than was signed`(_ program: String) throws {
        let requirement = program == "mupdf" ? "pymupdf==1.28.2" : "pypdfium2==5.15.2"
        guard let items = try items(), let bin = try Tool.pythonPeer(requirement) else { return }
        #expect(items.count > 8)
        let list = Scratch.folder.appending("\(program).json").string
        try JSONEncoder().encode(items).write(to: URL(fileURLWithPath: list))
        let script = Checkout.root.appending("Tests/SignaturesTests/draw.py").string
        let drawn = try Tool.run(bin.appending("python3").string, [script, program, list])
        try #require(drawn.status == 0, "\(drawn.errorText)")
        let differing = try JSONDecoder().decode([String].self, from: Data(drawn.output))
        #expect(differing == [])
    }

    @Test(arguments: ["poppler", "pdfium", "mupdf"])
    func `a page that differs is seen by each of the programs`(_ program: String) throws {
        let requirement = program == "mupdf" ? "pymupdf==1.28.2" : "pypdfium2==5.15.2"
        guard let found = Checkout.shared("found/signatures"), let bin = try Tool.pythonPeer(requirement) else {
            return
        }
        let path = found.appending("form-overlay-filled.pdf").string
        let list = Scratch.folder.appending("\(program)-differs.json").string
        try JSONEncoder().encode([Item(file: path, end: 13_182, rectangles: [])]).write(to: URL(fileURLWithPath: list))
        let script = Checkout.root.appending("Tests/SignaturesTests/draw.py").string
        let drawn = try Tool.run(bin.appending("python3").string, [script, program, list])
        #expect(drawn.text.contains("page 1"), "\(drawn.text) \(drawn.errorText)")
    }
}
