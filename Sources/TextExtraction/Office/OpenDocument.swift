/// Texts and spreadsheets of OpenDocument (ISO/IEC 26300-1).
enum OpenDocument {
    /// Reads a text: one page.
    static func readText(_ parts: ZipParts, limit: Int) -> (page: PageReading, fault: XMLFault?) {
        let margins = OpenDocumentText(limit: limit, mode: .margins)
        var fault = parts.content["styles.xml"].flatMap { XMLReader.read($0, margins) }
        let body = OpenDocumentText(limit: limit, mode: .text)
        for header in margins.headers { body.addMargin(header) }
        let bodyFault = XMLReader.read(parts.content["content.xml"] ?? [], body)
        fault = bodyFault ?? fault
        for footer in margins.footers { body.addMargin(footer) }
        return (body.builder.page(1), fault)
    }

    /// Reads a spreadsheet: a page a sheet.
    static func readSheets(_ parts: ZipParts, limits: ReadingLimits) -> (pages: [PageReading], fault: XMLFault?) {
        let margins = OpenDocumentText(limit: limits.pageText, mode: .margins)
        let marginFault = parts.content["styles.xml"].flatMap { XMLReader.read($0, margins) }
        let reader = OpenDocumentText(limit: limits.pageText, mode: .sheets(most: limits.pages))
        // What stands on every printed page stands once, with the first sheet.
        reader.margins = (margins.headers, margins.footers)
        let fault = XMLReader.read(parts.content["content.xml"] ?? [], reader)
        return (reader.pages, fault ?? marginFault)
    }

    /// Whether the package says that its parts are encrypted (part 2, 4.8.1).
    static func isEncrypted(_ parts: ZipParts) -> Bool {
        guard let manifest = parts.content["META-INF/manifest.xml"] else { return false }
        let reader = Manifest()
        _ = XMLReader.read(manifest, reader)
        return reader.isEncrypted
    }

    private final class Manifest: XMLHandler {
        var isEncrypted = false
        var isFinished: Bool { isEncrypted }

        func start(_ name: String, _ attributes: XMLAttributes) { if name == "encryption-data" { isEncrypted = true } }

        func end(_ name: String) {}

        func text(_ piece: UnsafeBufferPointer<UInt8>) {}
    }
}

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
    private var repeats = 1
    private var cellStart = 0
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

    init(limit: Int, mode: Mode) {
        self.limit = limit
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
        case "line-break": if isCollecting { builder.endLine() }
        case "table-cell", "covered-table-cell":
            cells += 1
            repeats = attributes["number-columns-repeated"].flatMap { Int($0) } ?? 1
            cellStart = builder.bytes.count
        case "table":
            if mode != .text, mode != .margins, sheet == nil {
                sheet = attributes["name"] ?? ""
                builder = TextBuilder(limit: limit)
                if pages.isEmpty { for header in margins.headers { addMargin(header) } }
            }
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
            builder.addTab()
            repeatCell()
        case "table-row":
            builder.endLine()
            if cells == 0 { addRemarks() }
        case "table":
            guard let sheet, cells == 0 else { break }
            if pages.isEmpty { for footer in margins.footers { addMargin(footer) } }
            pages.append(builder.page(pages.count + 1, name: sheet))
            self.sheet = nil
        case "annotation", "note": endAside(name == "note" ? .note : .comment)
        case "note-citation": isInCitation = max(0, isInCitation - 1)
        case "header", "header-left", "header-first", "footer", "footer-left", "footer-first":
            guard mode == .margins, !builder.isEmpty, headers.count + footers.count < 100 else { break }
            isInMargin = false
            let words = builder.text
            if name.hasPrefix("header") {
                if !headers.contains(words) { headers.append(words) }
            } else if !footers.contains(words) {
                footers.append(words)
            }
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
        paragraphs > 0 && isInCitation == 0 && label == nil && (mode != .margins || isInMargin)
    }

    /// Cells that are the same are stored once, with their number; a sheet has 16,384 columns.
    private func repeatCell() {
        guard repeats > 1, cells == 0, mode != .text, asides.isEmpty else { return }
        let count = min(repeats, 16_384) - 1
        repeats = 1
        let words = Array(builder.bytes.dropFirst(cellStart).drop { $0 == 0x0A || $0 == 0x09 })
        for _ in 0..<count {
            builder.append(words)
            builder.addTab()
        }
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

    private func addRemarks() {
        guard asides.isEmpty, change == nil, paragraphs == 0 else { return }
        for remark in remarks { builder.addLine(remark.text, remark.kind, author: remark.author, date: remark.date) }
        remarks = []
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
        case "change-start":
            let found = attributes["change-id"].flatMap { changes[$0] }
            if found?.kind == .inserted { builder.begin(.inserted, author: found?.author, date: found?.date) }
        case "change-end":
            if attributes["change-id"].flatMap({ changes[$0] })?.kind == .inserted { builder.end(.inserted) }
        default: break
        }
    }
}
