/// A text of Office Open XML: one page, since its pages are made when it is printed.
struct WordDocument {
    /// What was read of it.
    struct Result {
        var page: PageReading
        /// Why it could not be read whole.
        var fault: XMLFault?
        /// What is wrong with parts that stand in it.
        var findings: [ReadingFinding] = []
    }

    private let parts: OfficeParts
    private let limits: ReadingLimits
    /// In how many packages this one lies.
    private let depth: Int
    private var fault: XMLFault?
    private var findings: [ReadingFinding] = []

    /// In how many packages a package may lie whose text is read.
    private static let mostDepth = 4
    /// The texts of charts and SmartArt by part: each is read once, however many refer to it.
    private var drawn: [String: String] = [:]
    private var passes = 0
    private var body = ""
    /// How many parts may have chunks of other formats.
    private static let mostPasses = 20
    /// How many parts of one kind a part may refer to.
    private static let most = 1000

    /// The part that holds the body; nil where this is no such document.
    static func body(of parts: OfficeParts) -> String? {
        parts.main(in: "word/", usual: "document.xml", kind: "wordprocessingml")
    }

    /// Reads the text.
    static func read(_ parts: OfficeParts, body: String, limits: ReadingLimits, depth: Int = 0) -> Result {
        var document = WordDocument(parts, limits, depth)
        return document.read(body)
    }

    private init(_ parts: OfficeParts, _ limits: ReadingLimits, _ depth: Int) {
        self.parts = parts
        self.limits = limits
        self.depth = depth
    }

    private mutating func note(_ found: XMLFault?) { if fault == nil { fault = found } }

    private mutating func read(_ body: String) -> Result {
        self.body = body
        let relations = PackageRelations(of: body, in: parts)
        var remarks: WordText.Remarks = [:]
        for type in ["comments", "footnotes", "endnotes"] {
            for part in relations.parts(type).prefix(10) {
                guard let reader = text(of: part) else { continue }
                remarks.merge(reader.found) { first, _ in first }
            }
        }
        let headers = margins(relations.parts("header"))
        let footers = margins(relations.parts("footer"))
        let text = WordText(limit: limits.pageText, remarks: remarks, embedded: embedded(in: body))
        for header in headers { text.addMargin(header) }
        note(XMLReader.read(parts.content[body] ?? [], text))
        for footer in footers { text.addMargin(footer) }
        return Result(page: text.builder.page(1), fault: fault, findings: findings)
    }

    private mutating func text(of part: String) -> WordText? {
        guard let content = parts.content[part] else { return nil }
        let reader = WordText(limit: limits.pageText, embedded: embedded(in: part))
        note(XMLReader.read(content, reader))
        return reader
    }

    /// Headers or footers, those that are alike once.
    private mutating func margins(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        var all: [String] = []
        for part in names.prefix(100) {
            guard let words = text(of: part)?.builder.text else { continue }
            if seen.insert(words).inserted, !words.isEmpty { all.append(words) }
        }
        return all
    }

    // MARK: - What stands in parts of their own

    /// The texts of charts, SmartArt and chunks of other formats that a part refers to.
    private mutating func embedded(in part: String) -> [String: String] {
        var texts: [String: String] = [:]
        var chunks: [String: [String]] = [:]
        for relation in PackageRelations(of: part, in: parts).relations {
            if relation.type == "aFChunk" {
                chunks[relation.part, default: []].append(relation.id)
            } else if let known = drawn[relation.part] {
                texts[relation.id] = known
            } else if drawn.count < Self.most,
                let read = DrawingText.referred(relation, in: parts, limit: limits.pageText)
            {
                note(read.fault)
                (texts[relation.id], drawn[relation.part]) = (read.text, read.text)
            }
        }
        guard !chunks.isEmpty else { return texts }
        // Each time the package is gone through: the body comes last, and has its turn.
        passes += 1
        guard passes <= Self.mostPasses || part == body else {
            findings.append(.partNotRead("the chunks of '\(part)'"))
            return texts
        }
        if chunks.count > Self.most {
            findings.append(.partNotRead("\(chunks.count - Self.most) chunks of other formats"))
        }
        let wanted = Set(chunks.keys.sorted().prefix(Self.most))
        var contents: [String: [UInt8]] = [:]
        let missing = parts.read(wanted) { contents[$0] = $1 }
        for name in missing.sorted() { findings.append(.partNotRead("the part '\(name)'")) }
        for (name, content) in contents.sorted(by: { $0.key < $1.key }) {
            let text = chunk(name, content)
            for id in chunks[name] ?? [] { texts[id] = text }
        }
        return texts
    }

    /// The text of a chunk that Word would take over when it opens the document (ECMA-376, part 1, 17.17.2.1).
    private mutating func chunk(_ name: String, _ content: [UInt8]) -> String? {
        if content.starts(with: [0x50, 0x4B]) {
            guard depth < Self.mostDepth, let inner = OfficeParts(content), let body = Self.body(of: inner) else {
                findings.append(.partNotRead("the part '\(name)'"))
                return nil
            }
            let read = Self.read(inner, body: body, limits: limits, depth: depth + 1)
            note(read.fault)
            findings += read.findings
            return read.page.text
        }
        var found = Inspection(format: IdentifiedFormat(format: nil, mediaType: "", name: ""))
        if WrittenText.read(content, limits: limits, into: &found) {
            findings += found.findings
            return found.pages.map(\.text).joined(separator: "\n")
        }
        if content.drop(while: { $0 <= 0x20 }).first == 0x3C {
            let reader = WordText(limit: limits.pageText)
            if XMLReader.read(content, reader) == nil, !reader.builder.isEmpty { return reader.builder.text }
        } else if let text = PlainText(content) {
            return text.pages.joined(separator: "\n")
        }
        findings.append(.partNotRead("the part '\(name)'"))
        return nil
    }
}

extension ReadingFinding {
    /// A page has more corrections, comments and notes than are marked.
    static func tooManySpans(page: Int) -> ReadingFinding {
        ReadingFinding(
            .limit,
            .fault,
            page: page,
            "the text has more than \(TextBuilder.mostSpans) corrections, comments and notes, of which the first are marked",
            remedy: "look at the file itself: what was deleted stands in the text as what was not"
        )
    }

    /// A page has more text than is kept.
    static func tooMuchText(page: Int, limit: Int) -> ReadingFinding {
        ReadingFinding(
            .limit,
            .fault,
            page: page,
            "the page has more than \(limit) bytes of text, of which the first are kept",
            remedy: "look at the file itself for the rest"
        )
    }
}
