/// The text of `content.xml`, or the headers and footers of `styles.xml`.
final class OpenDocumentText: XMLHandler {
    /// What is read.
    enum Mode: Equatable {
        /// The body of a text document.
        case text
        /// The headers and footers, which lie in the styles.
        case margins
        /// A spreadsheet, of which so many sheets are read.
        case sheets(most: Int)
    }

    private struct Change {
        var kind: TextSpan.Kind = .inserted
        var author: String?
        var date: String?
        var deleted = ""
    }

    /// Text that stands inside a paragraph and belongs behind it.
    private struct Aside {
        let kind: TextSpan.Kind
        let outer: TextBuilder
        let paragraphs: Int
        var author: String?
        var date: String?
    }

    private struct Remark {
        let kind: TextSpan.Kind
        let text: String
        let author: String?
        let date: String?
    }

    /// The sheets that are over.
    private(set) var pages: [PageReading] = []
    private(set) var headers: [String] = []
    private(set) var footers: [String] = []
    /// What stands above and below the first sheet.
    var margins: (headers: [String], footers: [String]) = ([], [])
    private var cell = Cell()
    private var cellStart = 0
    private var row = (repeats: 1, start: 0)
    /// How many rows and cells stand too often to be shown so often.
    private var folded = 0
    /// How many cells have a formula and no result.
    private var formulas = 0
    private var style = ""
    private var hiddenStyles: Set<String> = []
    private let objects: [String: String]
    private var pendingObjects: [String] = []
    private var isInFormula = false
    private let limit: Int
    private let mode: Mode
    private(set) var builder: TextBuilder
    private var paragraphs = 0
    private var cells = 0
    private var wasSpace = true
    private var asides: [Aside] = []
    private var remarks: [Remark] = []
    private var changes: [String: Change] = [:]
    private var change: (id: String, value: Change)?
    private var label: (isAuthor: Bool, text: [UInt8])?
    private var sheet: String?
    private var isInMargin = false
    private var isInCitation = 0

    init(limit: Int, mode: Mode, objects: [String: String] = [:]) {
        self.limit = limit
        self.objects = objects
        self.mode = mode
        builder = TextBuilder(limit: limit)
    }

    var isFinished: Bool {
        if case .sheets(let most) = mode { return pages.count >= most }
        return builder.isFull && asides.isEmpty && change == nil
    }

    /// Adds a header or footer as lines of their own.
    func addMargin(_ text: String) { builder.addLine(text, .margin) }

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "p", "h":
            if paragraphs > 0 { builder.endLine() }
            paragraphs += 1
            wasSpace = true
        case "s":
            let count = attributes["c"].flatMap { Int($0) } ?? 1
            if isCollecting { builder.append([UInt8](repeating: 0x20, count: max(1, min(count, 100)))) }
        case "tab": if isCollecting { builder.addTab() }
        case "desc": if isCollecting { builder.endLine() }
        case "line-break": if isCollecting { builder.endLine() }
        case "table-cell", "covered-table-cell":
            cells += 1
            if isSheet, cells == 1 { cell = Cell(attributes) }
            cellStart = builder.bytes.count
        case "table-row":
            if cells == 0 {
                row = (attributes["number-rows-repeated"].flatMap { Int($0) } ?? 1, builder.bytes.count)
            }
        case "table":
            if isSheet, sheet == nil {
                let isHidden = attributes["style-name"].map { hiddenStyles.contains($0) } ?? false
                sheet = (attributes["name"] ?? "") + (isHidden ? " (hidden)" : "")
                builder = TextBuilder(limit: limit)
                if pages.isEmpty { for header in margins.headers { addMargin(header) } }
            }
        case "style": style = attributes["name"] ?? ""
        case "table-properties": if attributes["display"] == "false" { hiddenStyles.insert(style) }
        case "object":
            guard let name = attributes["href"], pendingObjects.count < 1000 else { break }
            pendingObjects.append(name.hasPrefix("./") ? String(name.dropFirst(2)) : name)
        case "mi", "mn", "mo", "mtext": isInFormula = true
        case "annotation": beginAside(.comment)
        case "note": beginAside(.note)
        case "note-citation": isInCitation += 1
        case "header", "header-left", "header-first", "footer", "footer-left", "footer-first":
            guard mode == .margins else { break }
            isInMargin = true
            builder = TextBuilder(limit: limit)
        case "creator", "date": if change != nil || !asides.isEmpty { label = (name == "creator", []) }
        default: startChange(name, attributes)
        }
    }

    func end(_ name: String) {
        switch name {
        case "p", "h":
            paragraphs = max(0, paragraphs - 1)
            if cells > 0, asides.isEmpty {
                builder.addSpace()
            } else {
                builder.endLine()
                addRemarks()
            }
        case "table-cell", "covered-table-cell":
            cells = max(0, cells - 1)
            if cells == 0, isSheet { endCell() }
            builder.addTab()
            repeatCell()
        case "table-row":
            builder.endLine()
            if cells == 0 {
                repeatRow()
                addRemarks()
            }
        case "table":
            guard let sheet, cells == 0 else { break }
            addRemarks()
            addObjects()
            if pages.isEmpty { for footer in margins.footers { addMargin(footer) } }
            endSheet(sheet)
        case "annotation", "note": endAside(name == "note" ? .note : .comment)
        case "note-citation": isInCitation = max(0, isInCitation - 1)
        case "header", "header-left", "header-first", "footer", "footer-left", "footer-first":
            guard mode == .margins, !builder.isEmpty, headers.count + footers.count < 100 else { break }
            isInMargin = false
            let words = builder.text
            // A field that is filled in when it is printed, such as the sheet's name.
            guard words.contains(where: { $0.isLetter || $0.isNumber }) else { break }
            if name.hasPrefix("header") {
                if !headers.contains(words) { headers.append(words) }
            } else if !footers.contains(words) {
                footers.append(words)
            }
        case "mi", "mn", "mo", "mtext":
            isInFormula = false
            builder.addSpace()
        case "creator", "date":
            guard let label else { break }
            setLabel(String(decoding: label.text, as: UTF8.self), isAuthor: label.isAuthor)
            self.label = nil
        case "changed-region":
            guard var region = change else { break }
            region.value.deleted = builder.text
            if changes.count < 100_000 { changes[region.id] = region.value }
            change = nil
            builder = TextBuilder(limit: limit)
        default: break
        }
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) {
        if label != nil {
            if (label?.text.count ?? 0) + piece.count < 1024 { unsafe label?.text.append(contentsOf: piece) }
            return
        }
        guard isCollecting else { return }
        // Runs of white space are one space, and none at a paragraph's beginning (part 1, 6.1.2).
        var words: [UInt8] = []
        words.reserveCapacity(piece.count)
        for index in 0..<piece.count {
            let byte = unsafe piece[index]
            let isSpace = byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
            if isSpace, wasSpace { continue }
            words.append(isSpace ? 0x20 : byte)
            wasSpace = isSpace
        }
        builder.append(words)
    }

    private var isCollecting: Bool {
        (paragraphs > 0 || isInFormula) && isInCitation == 0 && label == nil && (mode != .margins || isInMargin)
    }

    private var isSheet: Bool { mode != .text && mode != .margins }

    // MARK: - Sheets

    /// What a cell says of itself beside its text.
    private struct Cell {
        var repeats = 1
        var value: String?
        var formula: String?

        init() {}

        init(_ attributes: XMLAttributes) {
            repeats = attributes["number-columns-repeated"].flatMap { Int($0) } ?? 1
            formula = attributes["formula"]
            switch attributes["value-type"] {
            case "percentage":
                value = attributes["value"].flatMap { Double($0) }.map { CellFormats.plain($0 * 100) + "%" }
            case "date": value = attributes["date-value"]?.replacing("T", with: " ")
            case "time": value = attributes["time-value"]
            case "boolean": value = attributes["boolean-value"]?.uppercased()
            case "string": value = attributes["string-value"]
            default: value = attributes["value"]
            }
        }
    }

    /// How often a row or a cell that is stored once is shown at the most.
    private static let mostRepeats = 100
    /// How many empty cells before another are told by tabs.
    private static let mostGap = 64

    /// Shows the value of a cell without a text, or the formula of one without a value.
    private func endCell() {
        guard builder.bytes.count == cellStart else { return }
        if let value = cell.value {
            builder.append(value)
        } else if let formula = cell.formula, !formula.isEmpty {
            // "of:=[.A1]": the name of its language comes first.
            formulas += 1
            builder.append(formula.firstIndex(of: "=").map { String(formula[$0...]) } ?? formula)
        }
    }

    /// Cells that are the same are stored once, with their number; a sheet has 16,384 columns.
    private func repeatCell() {
        guard cell.repeats > 1, cells == 0, isSheet, asides.isEmpty else { return }
        let words = Array(builder.bytes.dropFirst(cellStart).drop { $0 == 0x0A || $0 == 0x09 })
        if words.isEmpty {
            for _ in 1..<min(cell.repeats, Self.mostGap) { builder.addTab() }
        } else if cell.repeats > Self.mostRepeats {
            folded += 1
        } else {
            for _ in 1..<cell.repeats {
                builder.append(words)
                builder.addTab()
            }
        }
        cell.repeats = 1
    }

    /// Rows that are the same are stored once too; a sheet has 1,048,576 rows.
    private func repeatRow() {
        guard row.repeats > 1, isSheet, asides.isEmpty, builder.bytes.count > row.start else { return }
        if row.repeats > Self.mostRepeats {
            folded += 1
        } else {
            let words = String(decoding: builder.bytes[row.start...].drop { $0 == 0x0A }, as: UTF8.self)
            for _ in 1..<row.repeats { builder.addLines(words) }
        }
        row.repeats = 1
    }

    private func endSheet(_ name: String) {
        var page = builder.page(pages.count + 1, name: name)
        if formulas > 0 { page.findings.append(.formulas(formulas, page: page.number)) }
        if folded > 0 {
            page.findings.append(
                ReadingFinding(
                    .valueAsStored,
                    .warning,
                    page: page.number,
                    "\(folded) rows or cells stand more than \(Self.mostRepeats) times, and are shown once",
                    remedy: "look at the sheet itself where their number matters"
                )
            )
        }
        (formulas, folded) = (0, 0)
        pages.append(page)
        sheet = nil
    }

    // MARK: - Comments and notes

    private func beginAside(_ kind: TextSpan.Kind) {
        guard asides.count < 16 else { return }
        asides.append(Aside(kind: kind, outer: builder, paragraphs: paragraphs))
        builder = TextBuilder(limit: limit)
        paragraphs = 0
    }

    private func endAside(_ kind: TextSpan.Kind) {
        guard let aside = asides.last, aside.kind == kind else { return }
        asides.removeLast()
        let remark = Remark(kind: kind, text: builder.text, author: aside.author, date: aside.date)
        if remarks.count < 1000 { remarks.append(remark) }
        builder = aside.outer
        paragraphs = aside.paragraphs
        wasSpace = false
    }

    /// Adds what belongs behind the paragraph, the row or the sheet that is over.
    func addRemarks() {
        guard asides.isEmpty, change == nil, paragraphs == 0 else { return }
        if !isSheet { addObjects() }
        for remark in remarks { builder.addLine(remark.text, remark.kind, author: remark.author, date: remark.date) }
        remarks = []
    }

    private func addObjects() {
        let names = pendingObjects
        pendingObjects = []
        for name in names { if let text = objects[name] { builder.addLines(text) } }
    }

    private func setLabel(_ text: String, isAuthor: Bool) {
        if let index = asides.indices.last {
            if isAuthor { asides[index].author = text } else { asides[index].date = text }
        } else if change != nil {
            if isAuthor { change?.value.author = text } else { change?.value.date = text }
        }
    }

    // MARK: - Tracked changes (part 1, 5.5)

    private func startChange(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "changed-region":
            // They stand in front of the text.
            guard builder.isEmpty, let id = attributes["id"] else { break }
            change = (id, Change())
        case "deletion": change?.value.kind = .deleted
        case "change":
            guard let found = attributes["change-id"].flatMap({ changes[$0] }), found.kind == .deleted else { break }
            builder.begin(.deleted, author: found.author, date: found.date)
            for (index, line) in found.deleted.split(separator: "\n").enumerated() {
                if index > 0 { builder.endLine() }
                builder.append(String(line))
            }
            builder.end(.deleted)
            // What was deleted between two paragraphs is a part of neither.
            if paragraphs == 0 { builder.endLine() }
        case "change-start":
            let found = attributes["change-id"].flatMap { changes[$0] }
            if found?.kind == .inserted { builder.begin(.inserted, author: found?.author, date: found?.date) }
        case "change-end":
            if attributes["change-id"].flatMap({ changes[$0] })?.kind == .inserted { builder.end(.inserted) }
        default: break
        }
    }
}
