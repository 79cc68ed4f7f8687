import Foundation
import Testing

@testable import Signatures

/// What may stand behind the end of a revision, byte by byte.
struct AppendedUpdateTests {
    /// Reads what `edit` makes of an update; nil where nothing is wrong with it, else what is.
    private func fault(
        _ objects: [Int: String] = [20: "(x)"],
        _ edit: (String) -> String = { $0 }
    ) throws -> String? {
        var pdf = SmallPDF()
        let end = pdf.bytes.count
        let first = try PDFFile(FileBytes(pdf.bytes), end: end, password: nil, repairing: false)
        pdf.append(objects)
        let tail = edit(String(decoding: pdf.bytes[end...], as: UTF8.self))
        let bytes = FileBytes(Array(pdf.bytes[..<end]) + Array(tail.utf8))
        // Lengths of streams are direct here, so that the first revision serves.
        let file = try? PDFFile(bytes, end: bytes.count, password: nil, repairing: false)
        var updates = AppendedUpdates(file ?? first)
        if file == nil {
            // Where not even mending opens it, it is called damaged before anything else is asked.
            guard let whole = try? PDFFile(bytes, end: bytes.count, password: nil, repairing: true) else {
                return "it cannot be opened"
            }
            updates = AppendedUpdates(whole)
        }
        do throws(ObjectSyntax.Fault) {
            try updates.read(end..<bytes.count)
            return nil
        } catch {
            return error.words
        }
    }

    private static let hidden = "4 0 obj\n(93 persen)\nendobj\n"

    @Test
    func `an update that lists what it holds is one`() throws {
        #expect(try fault() == nil)
        #expect(
            try fault { $0.replacing("xref\n0", with: "%iText 7\nxref\n0") } != nil,
            "the number is off by the comment"
        )
        #expect(try fault { $0.replacing("startxref", with: "%iText 7\nstartxref") } == nil)
        #expect(try fault { $0 + "\r\n" } == nil)
        #expect(try fault([20: SmallPDF.stream("q Q")]) == nil)
    }

    @Test
    func `an object that no section lists is found wherever it hides`() throws {
        #expect(try fault { Self.hidden + $0 } != nil)
        #expect(try fault { $0.replacing("startxref", with: Self.hidden + "startxref") } != nil)
        #expect(try fault { $0 + Self.hidden } != nil)
        #expect(try fault([20: SmallPDF.stream("\n4 0 obj\n(93)\n")]) != nil)
        #expect(try fault([20: "(4 0 obj (93) endobj)"]) != nil)
        #expect(try fault([20: SmallPDF.stream("trailer << /Root 30 0 R >>")]) != nil)
        #expect(try fault { "%\r4 0 obj (93) endobj\r" + $0 } != nil)
    }

    @Test(arguments: [
        ("startxref\n", "startxref\0"), ("startxref\n", "startxref "), ("startxref\n", "startxref\n000000000000"),
        ("\n%%EOF", "\u{0C}%%EOF"), ("\n%%EOF", "    \n%%EOF"), ("%%EOF", "%EOF"), ("00000 n \n", "00000 n\n"),
        ("00000 n \n", "00001 n \n"), ("/Prev", "/Vorher"), ("/Root", "/Wurzel"), ("/Size 12", "/Size 5"),
        ("/Size 21", "/Size 5"), ("endobj", "endob"), ("20 0 obj", "21 0 obj"), ("20 0 obj", "20\0000 obj"),
        ("trailer\n<<", "trailer\n<< /Prev 9"), ("trailer\n<<", "trailer\n<< /XRefStm 9"),
    ])
    func `what some programs follow and others do not is no update`(_ part: String, _ other: String) throws {
        let changed = try fault { text in
            guard let range = text.ranges(of: part).last else { return text }
            return text.replacingCharacters(in: range, with: other)
        }
        if part != "/Size 12" { #expect(changed != nil) }
    }

    @Test
    func `blanks behind the end may be few`() throws {
        #expect(try fault { $0 + String(repeating: "\n", count: 40) } == nil)
        #expect(try fault { $0 + String(repeating: "\n", count: 100) } != nil)
        #expect(try fault { $0 + "\0" } != nil)
    }

    @Test
    func `a linearized file is found by its first dictionary`() {
        func length(_ text: String) -> LinearizedHead? { LinearizedHead(FileBytes(Array("%PDF-1.7\n\(text)".utf8))) }
        #expect(length("1 0 obj << /Linearized 1 /L 500 /H [1 2] >> endobj")?.length == 500)
        #expect(length("1 0 obj << /L 500 /Line#61rized 1 >> endobj")?.length == 500)
        #expect(length("1 0 obj << /Linearized 1 /L 500.0 >> endobj").map { $0.length } == .some(nil))
        #expect(length("1 0 obj << /Type /Catalog /L 500 >> endobj") == nil)
    }
}
