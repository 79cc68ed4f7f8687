/// Puts the characters of an old Word document together as they are read: fields by their results, cells and rows of
/// tables, corrections, and what the signs that are no letters stand for ([MS-DOC], 2.4.3, 2.8.25).
struct OldText {
    /// A comment or a note, and the character that it is on.
    struct Remark {
        let place: Int
        let kind: TextSpan.Kind
        let text: String
        let author: String?
    }

    /// The pages that are over.
    private var finished: [TextBuilder] = []
    private var builder: TextBuilder
    /// How many pictures stand in the text.
    private(set) var pictures = 0
    /// Whether there are more pages than are read.
    private(set) var hasMorePages = false
    private let text: WordPieces
    private let runs: WordRuns?
    private let limits: ReadingLimits
    private let isParted: Bool
    private var letters: [UInt16] = []
    private var mark = 0
    private var pending: [Remark] = []

    /// A text of which nothing was read yet.
    ///
    /// - Parameters:
    ///   - text: the characters.
    ///   - runs: what is said of them.
    ///   - limits: how much is read.
    ///   - isParted: whether a page's end begins a page.
    init(_ text: WordPieces, _ runs: WordRuns?, limits: ReadingLimits, isParted: Bool = true) {
        self.text = text
        self.runs = runs
        self.limits = limits
        self.isParted = isParted
        builder = TextBuilder(limit: limits.pageText)
    }

    /// The pages; empty ones only where it is the first.
    var pages: [PageReading] {
        let texts = (finished + [builder]).enumerated().filter { $0.offset == 0 || !$0.element.isEmpty }
        return texts.enumerated().map { $0.element.element.page($0.offset + 1) }
    }

    /// What a part says.
    static func words(of range: Range<Int>, _ text: WordPieces, _ runs: WordRuns?, limits: ReadingLimits) -> String {
        var reader = OldText(text, runs, limits: limits, isParted: false)
        reader.read(range)
        return reader.builder.text
    }

    /// Adds lines that stand by themselves.
    mutating func add(_ words: String, _ kind: TextSpan.Kind?, author: String? = nil) {
        guard !words.isEmpty else { return }
        if let kind {
            builder.addLine(words, kind, author: author)
        } else {
            for line in words.split(separator: "\n") {
                builder.endLine()
                builder.append(String(line))
            }
        }
        builder.endLine()
    }

    /// Reads a part.
    ///
    /// - Parameters:
    ///   - range: its characters.
    ///   - remarks: what is on them, in the order of the places.
    mutating func read(_ range: Range<Int>, remarks: [Remark] = []) {
        let range = range.clamped(to: 0..<text.units.count)
        let fields = fields(range)
        var depth = 0
        var next = 0
        for place in range {
            while next < remarks.count, remarks[next].place <= place {
                pending.append(remarks[next])
                next += 1
            }
            if let shown = fields.shown[place], depth == 0 {
                flush()
                builder.append(shown)
            }
            if !fields.steps.isEmpty { depth += Int(fields.steps[place - range.lowerBound]) }
            if depth > 0 { continue }
            turn(to: runs.flatMap { $0.characters.isEmpty ? nil : Int($0.characters[place]) } ?? 0)
            read(text.units[place], at: place)
            if builder.isFull { break }
        }
        turn(to: 0)
        flush()
        pending += remarks[next...]
        endLine()
    }

    // MARK: - Signs

    private mutating func read(_ unit: UInt16, at place: Int) {
        if unit >= 0x20 {
            if unit == WordPieces.nothing { return }
            guard mark > 0, let symbol = runs?.marks[mark - 1].symbol else {
                letters.append(unit)
                return
            }
            // What a font of signs has at its own places is no letter of any text.
            letters.append((0xE000..<0xF900).contains(symbol) || symbol < 0x20 ? 0x20 : symbol)
            return
        }
        let paragraph = runs.flatMap { $0.paragraphs.isEmpty ? nil : $0.paragraphs[place] }
        if unit != 0x1F { flush() }
        switch unit {
        case 0x01: pictures += 1
        case 0x07: endCell(paragraph, at: place)
        case 0x09: builder.addTab()
        case 0x0A: builder.addSpace()
        case 0x0B, 0x0E: builder.endLine()
        case 0x0C: endPage()
        case 0x0D: endParagraph(paragraph ?? 0)
        case 0x1E: builder.append("-")
        default: break
        }
    }

    private mutating func endCell(_ paragraph: UInt16?, at place: Int) {
        // Without properties, the sign of a row's end is known by the sign of its last cell's before it.
        let endsRow =
            paragraph.map { $0 & WordRuns.Paragraph.endsRow != 0 } ?? (place > 0 && text.units[place - 1] == 0x07)
        if endsRow { endLine() } else { builder.addTab() }
    }

    private mutating func endParagraph(_ paragraph: UInt16) {
        if paragraph & WordRuns.Paragraph.endsRow != 0 {
            builder.endLine()
        } else if paragraph & WordRuns.Paragraph.endsInnerCell != 0 {
            builder.addTab()
        } else if paragraph & WordRuns.Paragraph.isInTable != 0 {
            builder.addSpace()
        } else {
            endLine()
        }
    }

    /// Ends a line, after which comes what was said of it.
    private mutating func endLine() {
        builder.endLine()
        for remark in pending { builder.addLine(remark.text, remark.kind, author: remark.author) }
        pending = []
    }

    private mutating func endPage() {
        endLine()
        guard isParted else { return }
        guard finished.count + 1 < limits.pages else {
            hasMorePages = true
            return
        }
        turn(to: 0)
        if !builder.isEmpty || finished.isEmpty {
            finished.append(builder)
            builder = TextBuilder(limit: limits.pageText)
        }
    }

    private mutating func flush() {
        guard !letters.isEmpty else { return }
        builder.append(String(decoding: letters, as: UTF16.self))
        letters = []
    }

    /// Goes over to text with another mark, or without one.
    private mutating func turn(to new: Int) {
        guard new != mark else { return }
        flush()
        if mark > 0, let kind = runs?.marks[mark - 1].kind { builder.end(kind) }
        mark = new
        guard new > 0, let begun = runs?.marks[new - 1], let kind = begun.kind else { return }
        builder.begin(kind, author: begun.author, date: begun.date)
    }

    // MARK: - Fields

    /// Where the codes of fields begin and end, of which the results are read, and what is shown of some instead.
    ///
    /// A field that does not end hides nothing.
    private func fields(_ range: Range<Int>) -> (steps: [Int8], shown: [Int: String]) {
        var steps: [Int8] = []
        var shown: [Int: String] = [:]
        var open: [(begin: Int, parted: Int?)] = []
        // Fields lie in fields; deeper than this nobody wrote them.
        var deeper = 0
        for place in range {
            switch text.units[place] {
            case 0x13: if open.count < 100 { open.append((place, nil)) } else { deeper += 1 }
            case 0x14: if deeper == 0, let last = open.last, last.parted == nil { open[open.count - 1].parted = place }
            case 0x15:
                if deeper > 0 {
                    deeper -= 1
                } else if let field = open.popLast() {
                    if steps.isEmpty { steps = [Int8](repeating: 0, count: range.count + 1) }
                    steps[field.begin - range.lowerBound] += 1
                    steps[(field.parted ?? place) - range.lowerBound] -= 1
                    if field.parted == nil {
                        shown[field.begin] = WordField.shown(text.units[(field.begin + 1)..<place])
                    }
                }
            default: break
            }
        }
        return (steps, shown)
    }
}
