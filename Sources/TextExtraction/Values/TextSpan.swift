/// A part of a page's text that is something besides text: a correction, a comment, a note.
package struct TextSpan: Hashable, Sendable, Codable {
    /// What a part of a text can be.
    package enum Kind: String, Hashable, Sendable, Codable {
        /// Was inserted while changes were tracked, and not accepted yet.
        case inserted
        /// Was deleted while changes were tracked, and not accepted yet.
        case deleted
        /// Somebody's comment; it stands behind the paragraph that it is on.
        case comment
        /// A footnote or endnote; it stands behind the paragraph that it is on.
        case note
        /// A header, at the beginning of the text, or a footer, at its end.
        case margin
        /// A form's field and its value, behind the page's own text.
        case field
        /// What the file holds as text, on a page of which both that and what was recognised are kept.
        case layer
        /// What was recognised in the page's picture, on a page of which both are kept, or in a picture inside a text.
        case recognised
    }

    /// What it is.
    package var kind: Kind
    /// Where it begins: bytes of UTF-8 from the text's beginning.
    package var start: Int
    /// Where it ends: bytes of UTF-8 from the text's beginning.
    package var end: Int
    /// Who did it, as the document says.
    package var author: String?
    /// When, as the document says, to the letter.
    package var date: String?

    /// A span out of its parts.
    package init(_ kind: Kind, start: Int, end: Int, author: String? = nil, date: String? = nil) {
        self.kind = kind
        self.start = start
        self.end = end
        self.author = author
        self.date = date
    }
}
