/// What a Word document of before 2007 says of itself at its beginning ([MS-DOC], 2.5; for Word 6.0 and 95 the same parts
/// at other places).
struct WordHeader {
    /// Where the parts of the text lie in the one count of its characters, in their order (2.4.1).
    enum Part: Int, CaseIterable {
        /// The text itself.
        case main
        /// Footnotes.
        case footnotes
        /// Headers and footers.
        case margins
        /// Macros, which are no text.
        case macros
        /// Comments.
        case comments
        /// Endnotes.
        case endnotes
        /// Text boxes.
        case boxes
        /// Text boxes in headers and footers.
        case marginBoxes
    }

    /// The places of tables, by their number in the list (2.5.5).
    enum Table: Int {
        /// The characters that footnotes are on.
        case footnoteReferences = 2
        /// Where each footnote begins.
        case footnoteTexts = 3
        /// The characters that comments are on, and whose they are.
        case commentReferences = 4
        /// Where each comment begins.
        case commentTexts = 5
        /// Where each header and footer begins.
        case marginTexts = 11
        /// Pages with the properties of characters.
        case characterRuns = 12
        /// Pages with the properties of paragraphs.
        case paragraphRuns = 13
        /// The fonts, with the script that each is for.
        case fonts = 15
        /// The pieces of the text.
        case pieces = 33
        /// Who commented.
        case commentAuthors = 36
        /// The characters that endnotes are on.
        case endnoteReferences = 46
        /// Where each endnote begins.
        case endnoteTexts = 47
        /// Drawings and the pictures in them.
        case drawings = 50
        /// Who corrected.
        case correctionAuthors = 51
    }

    /// The version of the format; Word 97 has 193.
    let version: Int
    let isEncrypted: Bool
    /// Whether tables lie in the stream `1Table`, else in `0Table`.
    let usesTableOne: Bool
    /// Whether the text was changed without writing it anew, or is in another order than it is read.
    let isComplex: Bool
    /// Whether letters of Word 95 have two bytes.
    let isWide: Bool
    let language: Int
    let isMacintosh: Bool
    /// How many characters each part has.
    let counts: [Int]
    /// Where the text lies where there is no list of its pieces.
    let plain: Range<Int>
    private let stream: LittleBytes

    /// Whether it is of Word 97 or later, in Unicode and with tables in a stream of their own.
    var isUnicode: Bool { version >= 193 }

    /// Reads a stream's beginning; nil where it is none of Word 6.0 to 2003.
    init?(_ stream: LittleBytes) {
        guard let magic = stream.u16(0), [0xA5EC, 0xA5DC].contains(magic), let version = stream.u16(2), version >= 100,
            let flags = stream.u16(0x0A)
        else { return nil }
        self.stream = stream
        self.version = version
        isEncrypted = flags & 0x100 != 0
        usesTableOne = flags & 0x200 != 0
        isComplex = flags & 4 != 0
        isWide = flags & 0x1000 != 0
        language = stream.u16(6) ?? 0
        isMacintosh = stream.u16(0x14) == 256
        let first = version >= 193 ? 0x4C : 0x34
        counts = Part.allCases.map { part in
            let count = stream.u32(first + 4 * part.rawValue) ?? 0
            return count < 0x8000_0000 ? count : 0
        }
        let start = min(stream.u32(0x18) ?? 0, stream.count)
        plain = start..<max(start, min(stream.u32(0x1C) ?? 0, stream.count))
    }

    /// Where a table lies: its first byte, and how many it has.
    func place(_ table: Table) -> (start: Int, count: Int) {
        let pair = (isUnicode ? 0x9A : 0x58) + 8 * table.rawValue
        // What Word 6.0 has of later tables lies elsewhere.
        guard isUnicode || table.rawValue <= Table.pieces.rawValue, let start = stream.u32(pair),
            let count = stream.u32(pair + 4)
        else { return (0, 0) }
        return (start, count)
    }

    /// The characters of a part, in the one count of all.
    func range(_ part: Part) -> Range<Int> {
        let start = counts.prefix(part.rawValue).reduce(0, +)
        return start..<(start + counts[part.rawValue])
    }
}
