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
        ("trailer\n<<", "trailer\n<< /XRefStm 9223372036854775807"), ("trailer\n<<", "trailer\n<< /XRefStm -9"),
    ])
    func `what some programs follow and others do not is no update`(_ part: String, _ other: String) throws {
        let changed = try fault { text in
            guard let range = text.ranges(of: part).last else { return text }
            return text.replacingCharacters(in: range, with: other)
        }
        if part != "/Size 12" { #expect(changed != nil) }
    }

    @Test(arguments: [
        ("0000000000 65535 f", "0009999999 00000 n"), ("/Size 21", "/Size 8999999"),
        ("trailer", "9000000 1\n0000000000 00000 f \ntrailer"), ("trailer", "5000000 1\n0000000000 00000 f \ntrailer"),
        ("trailer", "8388608 1\n0000000000 00000 f \ntrailer"),
    ])
    func `a table that some programs take for broken is no update`(_ part: String, _ other: String) throws {
        let changed = try fault { text in
            guard let range = text.ranges(of: part).last else { return "" }
            return text.replacingCharacters(in: range, with: other)
        }
        #expect(changed != nil)
        #expect(try fault { $0.replacing("trailer", with: "40 1\n0000000000 00000 f \ntrailer") } == nil)
    }

    @Test
    func `an object that is listed again is read strictly where it stands, and one in a stream only in a real one`()
        throws
    {
        for (data, isRight) in [("q Q", true), ("% q Q", false)] {
            var pdf = SmallPDF()
            let place = try #require(FileBytes(pdf.bytes).first("startxref", in: 0..<pdf.bytes.count))
            let table = String(decoding: pdf.bytes[(place + 10)...].prefix { $0 != 0x0A }, as: UTF8.self)
            let hidden = pdf.bytes.count
            pdf.add("4 0 obj\n\(SmallPDF.stream(data).replacing("stream\n%", with: "stream%"))\nendobj\n")
            let end = pdf.bytes.count
            pdf.add("xref\n4 1\n" + String(format: "%010d 00000 n \n", hidden))
            pdf.add("trailer\n<< /Size 12 /Root 1 0 R /Prev \(table) >>\nstartxref\n\(end)\n%%EOF\n")
            #expect(try (Self.judged(pdf.bytes, from: end) == nil) == isRight)
        }
        for stream in ["90", "23", "20"] {
            let row = [UInt8(2), 0, UInt8(stream) ?? 0, 0]
            #expect(try Self.fault(Self.hybrid(SmallPDF(), row: row)) != nil, "\(stream)")
        }
    }

    /// An update as iText writes it in a hybrid file: a table, and beside it a stream that lists what lies in an object
    /// stream.
    private static func hybrid(
        _ pdf: SmallPDF,
        entries: String = "",
        row: [UInt8] = [2, 0, 22, 0],
        index: String = "23 1"
    ) throws -> (bytes: [UInt8], end: Int) {
        var bytes = pdf.bytes
        let end = bytes.count
        let table = try #require(String(decoding: bytes, as: UTF8.self).split(separator: "startxref\n").last)
        let before = try #require(table.split(separator: "\n").first)
        var places: [Int] = []
        func add(_ text: String) { bytes += Array(text.utf8) }
        places.append(bytes.count)
        add("20 0 obj\n(x)\nendobj\n")
        places.append(bytes.count)
        add("22 0 obj\n<< /Type /ObjStm /N 1 /First 5 /Length 8 >>\nstream\n23 0 (y)\nendstream\nendobj\n")
        places.append(bytes.count)
        add(
            "24 0 obj\n<< /Type /XRef /W [1 2 1] /Index [\(index)] /Size 25 /Length \(row.count) \(entries) >>\nstream\n"
        )
        bytes += row
        add("\nendstream\nendobj\n")
        let start = bytes.count
        add("xref\n0 1\n0000000000 65535 f \n")
        for (number, place) in zip([20, 22, 24], places) {
            add("\(number) 1\n" + String(format: "%010d 00000 n \n", place))
        }
        add("trailer\n<< /Size 25 /Root 1 0 R /Info 10 0 R /Prev \(before) /XRefStm \(places[2]) >>\n")
        add("startxref\n\(start)\n%%EOF\n")
        return (bytes, end)
    }

    private static func fault(_ file: (bytes: [UInt8], end: Int)) throws -> String? {
        try judged(file.bytes, from: file.end)
    }

    @Test
    func `a stream beside a table is taken where it cannot matter which is read first`() throws {
        let right = try Self.hybrid(SmallPDF())
        #expect(try Self.fault(right) == nil)
        #expect(RevisionChain(FileBytes(right.bytes), end: right.bytes.count)?.sections.count == 3)
        // It lists an object that the table lists at another place, lists nothing, or what is not there.
        #expect(try Self.fault(Self.hybrid(SmallPDF(), row: [1, 0, 9, 0], index: "20 1")) != nil)
        #expect(try Self.fault(Self.hybrid(SmallPDF(), row: [], index: "")) != nil)
        #expect(try Self.fault(Self.hybrid(SmallPDF(), row: [2, 0, 20, 0])) != nil)
        // It leads to other sections than the table, or to another document.
        #expect(try Self.fault(Self.hybrid(SmallPDF(), entries: "/Prev 9")) != nil)
        #expect(try Self.fault(Self.hybrid(SmallPDF(), entries: "/Root 2 0 R")) != nil)
    }

    @Test
    func `blanks before an object, a table and its trailer are harmless, and a Size counts in the newest trailer only`()
        throws
    {
        for (shift, isRight) in [(0, true), (1, true), (2, false)] {
            var pdf = SmallPDF()
            let end = pdf.bytes.count
            pdf.append([20: "(x)"], shift: shift)
            #expect(try (Self.judged(pdf.bytes, from: end) == nil) == isRight, "\(shift)")
        }
        #expect(try fault { $0.replacing("trailer", with: "\ntrailer") } == nil)
        var pdf = SmallPDF()
        let end = pdf.bytes.count
        pdf.append([20: "(x)"], size: 1)
        let small = pdf
        pdf.append([21: "(y)"], size: 22)
        #expect(try Self.judged(pdf.bytes, from: end) == nil)
        #expect(try Self.judged(small.bytes, from: end) != nil)
        pdf.append([22: "(y)"], size: 3)
        #expect(try Self.judged(pdf.bytes, from: end) != nil)
    }

    private static func judged(_ bytes: [UInt8], from end: Int) throws -> String? {
        let bytes = FileBytes(bytes)
        var updates = AppendedUpdates(try PDFFile(bytes, end: bytes.count, password: nil, repairing: true))
        do throws(ObjectSyntax.Fault) {
            try updates.read(end..<bytes.count)
            return nil
        } catch {
            return error.words
        }
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
