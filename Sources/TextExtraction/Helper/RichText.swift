/// The text of Rich Text Format (<https://www.biblioscape.com/rtf15_spec.htm>).
///
/// It consists of groups, control words, and characters in the document's code page or by their Unicode number. What is
/// no text, such as fonts and pictures, is passed over.
struct RichText {
    private struct Group {
        var isSkipped = false
        var fallback = 1
        var ends: TextSpan.Kind?
    }

    /// What was read.
    private(set) var builder: TextBuilder
    /// How many pictures and embedded objects it holds.
    private(set) var objects = 0
    /// Whether the document ends before its last group does.
    private(set) var isCut = false
    private var group = Group()
    private var groups: [Group] = []
    private var page = "WINDOWS-1252"
    private var bytes: [UInt8] = []
    private var high: UInt32?
    private var toSkip = 0

    private static let skipped: Set<String> = [
        "fonttbl", "colortbl", "stylesheet", "info", "themedata", "colorschememapping", "datastore",
        "latentstyles", "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "fldinst", "filetbl",
        "revtbl", "bkmkstart", "bkmkend",
    ]
    private static let signs: [String: String] = [
        "emdash": "\u{2014}", "endash": "\u{2013}", "lquote": "\u{2018}", "rquote": "\u{2019}",
        "ldblquote": "\u{201C}", "rdblquote": "\u{201D}", "bullet": "\u{2022}", "emspace": " ", "enspace": " ",
    ]

    /// Reads a document.
    init(_ file: [UInt8], limit: Int) {
        builder = TextBuilder(limit: limit)
        var place = 0
        while place < file.count, !builder.isFull {
            let byte = file[place]
            place += 1
            switch byte {
            case 0x7B:
                flush()
                // Deeper than any program writes; what lies there is read as if it lay here.
                if groups.count < 10_000 { groups.append(group) }
                group.ends = nil
                toSkip = 0
            case 0x7D:
                flush()
                if let kind = group.ends {
                    builder.end(kind)
                    builder.endLine()
                }
                group = groups.popLast() ?? Group()
                toSkip = 0
            case 0x5C: control(file, &place)
            case 0x0A, 0x0D: break
            default: add(byte)
            }
        }
        flush()
        isCut = !groups.isEmpty && !builder.isFull
    }

    private mutating func control(_ file: [UInt8], _ place: inout Int) {
        guard place < file.count else { return }
        let sign = file[place]
        guard (0x61...0x7A).contains(sign | 0x20) else {
            place += 1
            switch sign {
            case 0x27:
                let digits = file[place..<min(place + 2, file.count)]
                place += digits.count
                if let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) { add(value) }
            case 0x2A: group.isSkipped = true
            case 0x7E: put(" ")
            case 0x5F: put("-")
            case 0x5C, 0x7B, 0x7D: add(sign)
            case 0x0A, 0x0D:
                flush()
                if !group.isSkipped { builder.endLine() }
            default: break
            }
            return
        }
        let start = place
        while place < file.count, (0x61...0x7A).contains(file[place] | 0x20), place - start < 40 { place += 1 }
        let name = String(decoding: file[start..<place], as: UTF8.self)
        let digits = place
        if place < file.count, file[place] == 0x2D { place += 1 }
        while place < file.count, (0x30...0x39).contains(file[place]), place - digits < 12 { place += 1 }
        let value = Int(String(decoding: file[digits..<place], as: UTF8.self))
        if place < file.count, file[place] == 0x20 { place += 1 }
        if name == "bin", let value, value > 0 {
            place = min(file.count, place + min(value, file.count))
            return
        }
        word(name, value)
    }

    private mutating func word(_ name: String, _ value: Int?) {
        switch name {
        case "ansicpg":
            flush()
            if let value, value > 0 { page = value == 65_001 ? "UTF-8" : "CP\(value)" }
        case "uc": group.fallback = max(0, min(value ?? 1, 100))
        case "u":
            flush()
            unicode(UInt32(truncatingIfNeeded: (value ?? 0) & 0xFFFF))
            toSkip = group.fallback
        case "pict", "object":
            objects += 1
            group.isSkipped = true
        case let name where Self.skipped.contains(name): group.isSkipped = true
        case "par", "line", "sect", "page", "row", "nestrow":
            flush()
            if !group.isSkipped { builder.endLine() }
        case "tab", "cell", "nestcell":
            flush()
            if !group.isSkipped { builder.addTab() }
        case "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf": begin(.margin)
        case "footnote": begin(.note)
        case "annotation":
            group.isSkipped = false
            begin(.comment)
        default: if let sign = Self.signs[name] { put(sign) }
        }
    }

    private mutating func begin(_ kind: TextSpan.Kind) {
        flush()
        guard !group.isSkipped else { return }
        builder.endLine()
        builder.begin(kind)
        group.ends = kind
    }

    private mutating func unicode(_ value: UInt32) {
        if (0xD800..<0xDC00).contains(value) {
            high = value
        } else if (0xDC00..<0xE000).contains(value) {
            if let high, let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (value - 0xDC00)) {
                put(String(scalar))
            }
            high = nil
        } else if let scalar = Unicode.Scalar(value) {
            put(String(scalar))
        }
    }

    private mutating func add(_ byte: UInt8) {
        if toSkip > 0 {
            toSkip -= 1
        } else if !group.isSkipped {
            bytes.append(byte)
        }
    }

    private mutating func put(_ text: String) {
        flush()
        if !group.isSkipped { builder.append(text) }
    }

    private mutating func flush() {
        guard !bytes.isEmpty else { return }
        builder.append(PlainText.convert(bytes, from: page).text)
        bytes = []
    }
}
