/// The cross-reference sections of a revision, newest first, as `startxref` and `Prev` link them (ISO 32000-2, 7.5.6).
struct RevisionChain: Hashable {
    /// Where each section begins.
    let sections: [Int]
    /// The most objects that any section but the newest says that there are; 0 where none says it.
    let sizeBefore: Int

    /// How many sections a chain may have.
    static let limit = 10_000

    /// How many tokens all its sections together may have; a table has three an object.
    static let tokenLimit = 30_000_000

    /// Follows the chain of the first `end` bytes; nil where it leads nowhere, loops, or is broken.
    init?(_ bytes: FileBytes, end: Int) {
        guard let keyword = Self.startOfTail(bytes, end: end) else { return nil }
        let header = bytes.header
        var tail = PDFTokenizer(bytes, at: keyword + 9, limit: end)
        guard let first = tail.nextNumber() else { return nil }
        var sections: [Int] = []
        var seen: Set<Int> = []
        var waiting: [Int] = [first]
        var sizeBefore = 0
        var budget = Self.tokenLimit
        while let written = waiting.popLast() {
            guard written >= 0, written < end - header, sections.count < Self.limit else { return nil }
            let offset = written + header
            guard seen.insert(offset).inserted, let links = Self.links(bytes, at: offset, end: end, budget: &budget)
            else {
                return nil
            }
            if !sections.isEmpty { sizeBefore = max(sizeBefore, links.size ?? 0) }
            sections.append(offset)
            if let previous = links.previous { waiting.append(previous) }
            if let hybrid = links.hybrid {
                // The stream beside a table may say again what stands before both.
                guard hybrid >= 0, hybrid < end - header,
                    let stream = Self.links(bytes, at: hybrid + header, end: end, budget: &budget),
                    stream.previous == nil || stream.previous == links.previous, stream.hybrid == nil,
                    seen.insert(hybrid + header).inserted
                else { return nil }
                sections.append(hybrid + header)
            }
        }
        self.sections = sections
        self.sizeBefore = sizeBefore
    }

    /// Where `startxref` stands in the tail of a revision that ends properly: `startxref`, a number, `%%EOF` and nothing
    /// else but white space; nil for any other end.
    static func startOfTail(_ bytes: FileBytes, end: Int) -> Int? {
        var place = end - 1
        while let byte = bytes.byte(place), PDFTokenizer.isSpace(byte) { place -= 1 }
        place -= 4
        guard bytes.has("%%EOF", at: place) else { return nil }
        place -= 1
        while let byte = bytes.byte(place), PDFTokenizer.isSpace(byte) { place -= 1 }
        while let byte = bytes.byte(place), byte >= 0x30, byte <= 0x39 { place -= 1 }
        while let byte = bytes.byte(place), PDFTokenizer.isSpace(byte) { place -= 1 }
        place -= 8
        return bytes.has("startxref", at: place) ? place : nil
    }

    /// What a section links to.
    private struct Links {
        /// The section before it.
        var previous: Int?
        /// The stream that stands beside a table in a hybrid file.
        var hybrid: Int?
        /// How many objects it says that there are.
        var size: Int?
    }

    private static func links(_ bytes: FileBytes, at offset: Int, end: Int, budget: inout Int) -> Links? {
        var tokens = PDFTokenizer(bytes, at: offset, limit: end)
        guard case .word(let opening) = tokens.next() else { return nil }
        guard opening == Array("xref".utf8) else {
            // A stream: `N G obj` and its dictionary.
            guard tokens.nextNumber() != nil, tokens.next() == .word(Array("obj".utf8)),
                tokens.next() == .dictionaryStart
            else {
                return nil
            }
            return entries(&tokens, budget: &budget)
        }
        // The entries of a table are digits and words; its trailer is the first dictionary behind them.
        while budget > 0 {
            budget -= 1
            guard case .word(let word) = tokens.next() else { return nil }
            guard word == Array("trailer".utf8) else { continue }
            return tokens.next() == .dictionaryStart ? entries(&tokens, budget: &budget) : nil
        }
        return nil
    }

    /// Reads to the end of the dictionary that has just begun.
    private static func entries(_ tokens: inout PDFTokenizer, budget: inout Int) -> Links? {
        var links = Links()
        var depth = 1
        while depth > 0 {
            budget -= 1
            guard budget > 0 else { return nil }
            switch tokens.next() {
            case .dictionaryStart, .arrayStart: depth += 1
            case .dictionaryEnd, .arrayEnd: depth -= 1
            case .name(let key) where depth == 1 && key == Array("Prev".utf8):
                guard links.previous == nil, let number = tokens.nextNumber() else { return nil }
                links.previous = number
            case .name(let key) where depth == 1 && key == Array("Size".utf8): links.size = tokens.nextNumber()
            case .name(let key) where depth == 1 && key == Array("XRefStm".utf8):
                guard links.hybrid == nil, let number = tokens.nextNumber() else { return nil }
                links.hybrid = number
            case .end: return nil
            default: continue
            }
        }
        return links
    }
}
