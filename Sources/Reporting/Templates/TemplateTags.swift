/// One tag of a template.
struct TemplateTag: Hashable {
    /// The kinds of tags that the office's templates have.
    enum Kind: Hashable {
        /// `{{name}}`: a value, escaped.
        case value
        /// `{{#name}}`: once for each, or if there is one.
        case section
        /// `{{^name}}`: if there is none.
        case inverted
        /// `{{/name}}`.
        case end
        /// `{{>name}}`: another template.
        case partial
        /// `{{! … }}`.
        case comment
    }

    /// The kind.
    let kind: Kind
    /// The name; empty for a comment.
    let name: String
    /// The line, from 1.
    let line: Int
}

/// Takes a template apart before Mustache does, to say what is wrong with it by file and line.
///
/// Mustache has ways to write a value without escaping it, to change its own delimiters and to fetch a template by a name
/// that is data; a page has ways to run programs and to fetch files. None of them is needed on a paper, and each would let
/// a hostile title out of its cell, so that they are refused here. So is an unknown name, which Mustache prints as nothing:
/// a column would be lost in silence.
struct TemplateTags {
    /// How deep sections may be nested.
    private static let depthLimit = 16

    private let source: TemplateSource
    private let bytes: [UInt8]
    private var page = PageScanner()
    private var position = 0
    private var line = 1
    private var open: [(tag: TemplateTag, place: PageScanner.Place)] = []
    private var found: [TemplateTag] = []

    private init(_ source: TemplateSource) {
        self.source = source
        bytes = Array(source.text.utf8)
    }

    /// All tags of a template, in order.
    ///
    /// - Throws: `ReportingError`, code `template`, with file and line.
    static func all(of source: TemplateSource) throws(ReportingError) -> [TemplateTag] {
        var tags = TemplateTags(source)
        try tags.scan()
        return tags.found
    }

    private mutating func scan() throws(ReportingError) {
        guard bytes.count <= TemplateSource.limit else {
            throw source.fault(line: 1, "it has \(bytes.count) bytes", "keep it under \(TemplateSource.limit)")
        }
        while position < bytes.count {
            if begins("{{") {
                try readTag()
            } else {
                if let problem = page.take(bytes[position]) { throw fault(problem) }
                if bytes[position] == UInt8(ascii: "\n") { line += 1 }
                position += 1
            }
        }
        if let last = open.last?.tag {
            throw source.fault(
                line: last.line,
                "'\(last.name)' is opened and never closed",
                "write {{/\(last.name)}} where it ends"
            )
        }
        if !page.isBetweenTags { throw fault("the page ends inside a tag, a comment or a style of HTML") }
    }

    private func fault(_ message: String) -> ReportingError {
        source.fault(line: line, message, "correct the template, or delete the file to have Berkas's own")
    }

    private func begins(_ text: StaticString, at place: Int? = nil) -> Bool {
        let start = place ?? position
        let wanted = text.description.utf8
        return start + wanted.count <= bytes.count && bytes[start..<start + wanted.count].elementsEqual(wanted)
    }

    private mutating func readTag() throws(ReportingError) {
        let firstLine = line
        var end = position + 2
        while end < bytes.count, !begins("}}", at: end) {
            if bytes[end] == UInt8(ascii: "\n") { line += 1 }
            end += 1
        }
        guard end < bytes.count else {
            throw source.fault(line: firstLine, "'{{' is never closed", "write '}}' behind the name")
        }
        let content = bytes[position + 2..<end]
        position = end + 2
        let kind: TemplateTag.Kind
        switch content.first {
        case UInt8(ascii: "#"): kind = .section
        case UInt8(ascii: "^"): kind = .inverted
        case UInt8(ascii: "/"): kind = .end
        case UInt8(ascii: ">"): kind = .partial
        case UInt8(ascii: "!"): kind = .comment
        case UInt8(ascii: "{"), UInt8(ascii: "&"):
            throw source.fault(line: firstLine, "a value would stand unescaped", "write {{name}}")
        case UInt8(ascii: "="), UInt8(ascii: "%"), UInt8(ascii: "<"), UInt8(ascii: "$"):
            throw source.fault(
                line: firstLine,
                "tags that begin with '=', '%', '<' or '$' are not for papers",
                "use names, sections ({{#name}} … {{/name}}) and other templates ({{>name}})"
            )
        default: kind = .value
        }
        if kind == .comment {
            found.append(TemplateTag(kind: kind, name: "", line: firstLine))
            return
        }
        let tag = TemplateTag(kind: kind, name: try name(content, kind, firstLine), line: firstLine)
        try place(tag)
        found.append(tag)
    }

    /// The name of a tag: letters, digits, `_` and `-`, with one point between a group and a name.
    private func name(_ content: ArraySlice<UInt8>, _ kind: TemplateTag.Kind, _ line: Int) throws(ReportingError)
        -> String
    {
        func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
        var text = (kind == .value ? content : content.dropFirst()).drop(while: isSpace)
        while let last = text.last, isSpace(last) { text.removeLast() }
        let isName = text.allSatisfy {
            switch $0 {
            case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
            default: false
            }
        }
        guard isName, let first = text.first, first != UInt8(ascii: "."), text.count <= 64 else {
            let shown = PaperText.printable(String(decoding: content.prefix(40), as: UTF8.self))
            throw source.fault(
                line: line,
                "'{{\(shown)}}' has no name that a paper knows",
                "use letters, digits and '_'"
            )
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Holds a tag against the place of the page that it stands in, and against the sections that are open.
    private mutating func place(_ tag: TemplateTag) throws(ReportingError) {
        switch tag.kind {
        case .section, .inverted:
            guard open.count < Self.depthLimit else {
                let problem = "sections are nested more than \(Self.depthLimit) deep"
                throw source.fault(line: tag.line, problem, "nest fewer")
            }
            open.append((tag, page.place))
        case .end:
            guard let last = open.popLast() else {
                let problem = "'\(tag.name)' is closed and was never opened"
                throw source.fault(line: tag.line, problem, "remove {{/\(tag.name)}}")
            }
            guard last.tag.name.utf8.elementsEqual(tag.name.utf8) else {
                throw source.fault(
                    line: tag.line,
                    "'\(tag.name)' is closed where '\(last.tag.name)' of line \(last.tag.line) is open",
                    "close the inner one first"
                )
            }
            if last.place != page.place { throw fault("'\(tag.name)' begins and ends in different parts of the page") }
        case .partial:
            if !page.isBetweenTags { throw fault("a template can stand between tags of HTML only") }
        case .value:
            if let problem = page.refusal(of: tag.name) { throw source.fault(line: tag.line, problem.0, problem.1) }
        case .comment: break
        }
    }
}
