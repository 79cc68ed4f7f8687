/// A text of Office Open XML: one page, since its pages are made when it is printed.
enum WordDocument {
    /// The part that holds the body; nil where this is no such document.
    static func body(of parts: ZipParts) -> String? {
        let named = PackageRelations(of: "", in: parts).parts("officeDocument").first
        return [named, "word/document.xml"].compactMap { $0 }.first { part in
            part.hasPrefix("word/") && parts.content[part] != nil
        }
    }

    /// Reads the text.
    ///
    /// - Returns: the page, and why it could not be read whole.
    static func read(_ parts: ZipParts, body: String, limit: Int) -> (page: PageReading, fault: XMLFault?) {
        let relations = PackageRelations(of: body, in: parts)
        var fault: XMLFault?
        func note(_ found: XMLFault?) { if fault == nil { fault = found } }
        var remarks: WordText.Remarks = [:]
        for type in ["comments", "footnotes", "endnotes"] {
            for part in relations.parts(type) {
                guard let content = parts.content[part] else { continue }
                let reader = WordText(limit: limit)
                note(XMLReader.read(content, reader))
                remarks.merge(reader.found) { first, _ in first }
            }
        }
        let text = WordText(limit: limit, remarks: remarks)
        func addMargins(_ type: String) {
            var seen: Set<String> = []
            for part in relations.parts(type).prefix(100) {
                guard let content = parts.content[part] else { continue }
                let reader = WordText(limit: limit)
                note(XMLReader.read(content, reader))
                let words = reader.builder.text
                if seen.insert(words).inserted, !words.isEmpty { text.addMargin(words) }
            }
        }
        addMargins("header")
        note(XMLReader.read(parts.content[body] ?? [], text))
        addMargins("footer")
        return (text.builder.page(1), fault)
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
