import SystemPackage
import TestSupport

/// A PDF made object by object, with no more in it than a test asks for.
struct MadePDF {
    /// The objects from number 4 on; 1 is the catalogue, 2 the tree of pages, 3 the page.
    private var objects: [Int: [UInt8]] = [:]
    private var next = 4
    /// Entries of the catalogue.
    var catalogue = ""
    /// Entries of the page.
    var page = ""
    /// Objects that lie in an object stream.
    var packed: Set<Int> = []
    /// How many objects the file says that it has beyond those that it has.
    var spare = 0
    /// What the page shows.
    var shown = "Rencana kerja tahunan dinas disusun bersama seluruh bidang"

    /// Adds an object and returns its number.
    mutating func add(_ object: String) -> Int {
        objects[next] = Array(object.utf8)
        next += 1
        return next - 1
    }

    /// Adds a stream and returns its number.
    mutating func add(stream: [UInt8], _ entries: String = "") -> Int {
        objects[next] = Self.stream(stream, entries)
        next += 1
        return next - 1
    }

    /// Replaces an object that was added.
    mutating func set(_ number: Int, _ object: String) { objects[number] = Array(object.utf8) }

    /// Attaches a file by the tree of names; returns the number of its file specification.
    mutating func attach(_ name: String, _ content: [UInt8]) -> Int {
        let stream = add(stream: content, "/Type /EmbeddedFile")
        return add("<< /Type /Filespec /F (\(name)) /UF (\(name)) /EF << /F \(stream) 0 R >> >>")
    }

    private static func stream(_ content: [UInt8], _ entries: String) -> [UInt8] {
        Array("<< /Length \(content.count) \(entries) >>\nstream\n".utf8) + content + Array("\nendstream".utf8)
    }

    /// The file's bytes.
    func bytes() -> [UInt8] {
        var all = objects
        all[1] = Array("<< /Type /Catalog /Pages 2 0 R \(catalogue) >>".utf8)
        all[2] = Array("<< /Type /Pages /Kids [3 0 R] /Count 1 >>".utf8)
        let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
        all[3] = Array(
            """
            << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(next) 0 R
            /Resources << /Font << /F1 \(font) >> >> \(page) >>
            """.utf8
        )
        all[next] = Self.stream(Array("BT /F1 12 Tf 72 770 Td (\(shown)) Tj ET".utf8), "")
        var body = Array("%PDF-1.7\n".utf8)
        var rows: [(Int, Int, Int)] = [(0, 0, 0)]
        for number in all.keys.sorted() where !packed.contains(number) {
            rows.append((number, 1, body.count))
            body += Array("\(number) 0 obj\n".utf8) + (all[number] ?? []) + Array("\nendobj\n".utf8)
        }
        let holder = next + 1
        var head = ""
        var content: [UInt8] = []
        for number in packed.sorted() {
            rows.append((number, 2, holder))
            head += "\(number) \(content.count) "
            content += (all[number] ?? []) + [0x0A]
        }
        let entries = "/Type /ObjStm /N \(packed.count) /First \(head.utf8.count)"
        rows.append((holder, 1, body.count))
        body += Array("\(holder) 0 obj\n".utf8) + Self.stream(Array(head.utf8) + content, entries)
        body += Array("\nendobj\n".utf8)
        let table = body.count
        rows.append((holder + 1, 1, table))
        var lines: [UInt8] = []
        var places: [Int: Int] = [:]
        for (place, number) in packed.sorted().enumerated() { places[number] = place }
        for (number, kind, value) in rows.sorted(by: { $0.0 < $1.0 }) {
            lines.append(UInt8(kind))
            for shift in [24, 16, 8, 0] { lines.append(UInt8(truncatingIfNeeded: value >> shift)) }
            let third = places[number] ?? 0
            lines += [UInt8(third >> 8), UInt8(third & 255)]
        }
        let index = "/Type /XRef /Size \(holder + 2 + spare) /Index [0 \(holder + 2)] /W [1 4 2] /Root 1 0 R"
        body += Array("\(holder + 1) 0 obj\n".utf8) + Self.stream(lines, index)
        return body + Array("\nendobj\nstartxref\n\(table)\n%%EOF\n".utf8)
    }

    /// Writes it into the test's folder.
    func write(_ name: String = "a.pdf") throws -> FilePath { try Scratch.file(name, bytes()) }
}
