/// Text of a part of a word processing document (ECMA-376, part 1, chapter 17): paragraphs, tables in reading order,
/// tracked changes and comments included and marked.
final class WordText: XMLHandler {
    /// A comment or a note, which the body refers to by number.
    struct Remark {
        let kind: TextSpan.Kind
        let text: String
        let author: String?
        let date: String?
    }

    /// Comments, footnotes and endnotes by `kind:id`.
    typealias Remarks = [String: Remark]

    /// What came so far.
    private(set) var builder: TextBuilder
    /// The remarks of a part that consists of them.
    private(set) var found: Remarks = [:]
    private let remarks: Remarks
    /// What stands in parts of their own and is shown in the text, by the number of the reference.
    private let embedded: [String: String]
    private let limit: Int
    /// For each choice that is open: how much text there was, and whether something else was chosen.
    private var choices: [(start: Int, hasOther: Bool)] = []
    private var pending: [Remark] = []
    private var skipped = 0
    private var properties = 0
    private var collecting = 0
    private var cells = 0
    private var paragraphs = 0
    private var current: (key: String, author: String?, date: String?)?

    init(limit: Int, remarks: Remarks = [:], embedded: [String: String] = [:]) {
        builder = TextBuilder(limit: limit)
        self.embedded = embedded
        self.limit = limit
        self.remarks = remarks
    }

    var isFinished: Bool { builder.isFull }

    /// Elements whose content is about the text and not of it.
    private static let propertyElements: Set<String> = [
        "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "tblGrid", "instrText", "delInstrText",
    ]

    func start(_ name: String, _ attributes: XMLAttributes) {
        if skipped > 0 {
            skipped += 1
            return
        }
        if properties > 0 || Self.propertyElements.contains(name) {
            properties += 1
            return
        }
        if startInside(name, attributes) { return }
        switch name {
        case "t", "delText": collecting += 1
        case "tab", "ptab": builder.addTab()
        case "br", "cr": builder.endLine()
        case "noBreakHyphen": builder.append("-")
        case "ins", "moveTo": builder.begin(.inserted, author: attributes["author"], date: attributes["date"])
        case "del", "moveFrom": builder.begin(.deleted, author: attributes["author"], date: attributes["date"])
        case "p":
            // A paragraph inside another, in a box or a table of its run, is no part of its line.
            if paragraphs > 0 { part() }
            paragraphs += 1
        case "tbl": if paragraphs > 0 { part() }
        case "tc": cells += 1
        case "commentReference", "footnoteReference", "endnoteReference":
            let key = name.dropLast("Reference".count) + ":" + (attributes["id"] ?? "")
            if let remark = remarks[String(key)], pending.count < 1000 { pending.append(remark) }
        case "comment", "footnote", "endnote":
            let isMark = ["separator", "continuationSeparator", "continuationNotice"].contains(attributes["type"])
            guard let id = attributes["id"], !isMark, current == nil else { break }
            current = (name + ":" + id, attributes["author"], attributes["date"])
            builder = TextBuilder(limit: limit)
        default: break
        }
    }

    func end(_ name: String) {
        if skipped > 0 {
            skipped -= 1
            return
        }
        if properties > 0 {
            properties -= 1
            return
        }
        switch name {
        case "AlternateContent": _ = choices.popLast()
        case "t", "delText": collecting = max(0, collecting - 1)
        case "ins", "moveTo": builder.end(.inserted)
        case "del", "moveFrom": builder.end(.deleted)
        case "p":
            paragraphs = max(0, paragraphs - 1)
            if cells > 0 {
                builder.addSpace()
            } else {
                builder.endLine()
                addPending()
            }
        case "tc":
            cells = max(0, cells - 1)
            builder.addTab()
        case "tr":
            builder.endLine()
            if cells == 0 { addPending() }
        case "comment", "footnote", "endnote":
            guard let current else { break }
            let kind: TextSpan.Kind = name == "comment" ? .comment : .note
            if !builder.isEmpty {
                found[current.key] = Remark(
                    kind: kind,
                    text: builder.text,
                    author: current.author,
                    date: current.date
                )
            }
            self.current = nil
        default: break
        }
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) {
        guard collecting > 0, skipped == 0, properties == 0 else { return }
        unsafe builder.append(piece)
    }

    /// Adds a whole part as a line of its own, such as a header.
    func addMargin(_ text: String) { builder.addLine(text, .margin) }

    /// What is stored twice, for old programs and for new ones, and what stands in a part of its own.
    ///
    /// - Returns: whether it was one of them.
    private func startInside(_ name: String, _ attributes: XMLAttributes) -> Bool {
        switch name {
        case "AlternateContent": choices.append((builder.bytes.count, false))
        case "Choice", "Fallback":
            // One of them is shown: the first that says something (ECMA-376, part 3, 7.6).
            if let choice = choices.last, choice.hasOther || builder.bytes.count > choice.start { skipped = 1 }
        case "chart", "altChunk", "relIds":
            if !choices.isEmpty { choices[choices.count - 1].hasOther = true }
            addEmbedded(attributes[name == "relIds" ? "dm" : "id"])
        case "textpath":
            // A watermark, or letters along a line.
            guard let words = attributes["string"] else { break }
            part()
            builder.append(words)
            part()
        default: return false
        }
        return true
    }

    private func addEmbedded(_ reference: String?) {
        guard let text = reference.flatMap({ embedded[$0] }), !text.isEmpty else { return }
        if cells > 0 {
            builder.addSpace()
            builder.append(text)
            builder.addSpace()
        } else {
            builder.addLines(text)
        }
    }

    private func part() {
        if cells > 0 { builder.addSpace() } else { builder.endLine() }
    }

    private func addPending() {
        for remark in pending { builder.addLine(remark.text, remark.kind, author: remark.author, date: remark.date) }
        pending = []
    }
}
