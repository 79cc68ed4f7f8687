/// What was read from one page: its text, where that comes from, and the picture that it is.
///
/// A sheet of a workbook is a page with a name; a text document of an office program has no fixed pages and is one.
package struct PageReading: Hashable, Sendable, Codable {
    /// Where a page's text comes from.
    package enum Source: String, Hashable, Sendable, Codable {
        /// The file holds it as text.
        case text
        /// It was recognised in a picture, and may be wrong.
        case recognised
        /// Both stand: spans of `layer` and `recognised` say which is which, the one that is trusted more first.
        case mixed
        /// The page has none, or it could not be read: a finding says which.
        case none
    }

    /// The page's number, from 1; those of attached parts go on behind the document's own.
    package var number: Int
    /// The attached part that it belongs to, by its name in the file; nil for a page of the document itself.
    package internal(set) var part: String?
    /// How far it was read; nil in a reading of schema 1, which did not say.
    package internal(set) var state: ReadingState?
    /// The sheet's name.
    package var name: String?
    /// The text, lines ended by LF, cells of a table's row separated by a tab.
    package var text: String
    /// Where the text comes from.
    package var source: Source
    /// How sure the recognition is of its words: 0 to 100, the mean over all characters; nil where nothing was recognised.
    package var confidence: Double?
    /// How many words were recognised.
    package var words: Int?
    /// How many of them the recognition is not sure of (`OCRThresholds.word`).
    package var doubtfulWords: Int?
    /// The paper's size in points of 1/72 inch, width and height.
    package var size: PageSize?
    /// The picture that covers the page, or the largest on it.
    package var picture: PagePicture?
    /// By how many degrees clockwise the page, as its file shows it, has to be turned to stand upright: 90, 180 or 270;
    /// nil where it does, or nothing says otherwise.
    package internal(set) var turn: Int?
    /// What the text's parts are besides text, in their order.
    package var spans: [TextSpan]
    /// What is wrong with this page.
    package var findings: [ReadingFinding]

    /// A page out of its parts; the rest is filled in where it is known.
    package init(
        number: Int,
        name: String? = nil,
        text: String = "",
        source: Source = .none,
        spans: [TextSpan] = [],
        findings: [ReadingFinding] = []
    ) {
        self.number = number
        self.name = name
        self.text = text
        self.source = source
        self.spans = spans
        self.findings = findings
    }

    /// What the page is called: by its part, its sheet, or both; nil for a page that has only its number.
    package var shownName: String? {
        guard let part else { return name }
        return name.map { "\(part): \($0)" } ?? part
    }

    /// The turns that a page may need.
    package static let turns = [90, 180, 270]

    /// Whether a person had better look at the picture: the text was recognised, and badly.
    package var isPoor: Bool {
        guard source == .recognised || source == .mixed, let confidence, let words else { return false }
        return words > 0 && confidence < OCRThresholds.page
    }
}

/// Width and height of a page in points of 1/72 inch.
package struct PageSize: Hashable, Sendable, Codable {
    /// Width.
    package var width: Double
    /// Height.
    package var height: Double

    /// A size out of its parts.
    package init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }
}

/// A picture as its file describes it.
package struct PagePicture: Hashable, Sendable, Codable {
    /// The kinds of colour.
    package enum Colour: String, Hashable, Sendable, Codable {
        /// Black and white only.
        case bilevel
        /// Shades of grey.
        case grey
        /// Colours.
        case colour
    }

    /// Width in pixels.
    package var width: Int
    /// Height in pixels.
    package var height: Int
    /// Pixels an inch across, as the file says or as the page's size tells; nil where neither does.
    package var horizontalDPI: Int?
    /// Pixels an inch down.
    package var verticalDPI: Int?
    /// Its colours.
    package var colour: Colour
    /// Bits a sample.
    package var bits: Int

    /// A picture out of its parts.
    package init(width: Int, height: Int, horizontalDPI: Int?, verticalDPI: Int?, colour: Colour, bits: Int) {
        self.width = width
        self.height = height
        self.horizontalDPI = horizontalDPI
        self.verticalDPI = verticalDPI
        self.colour = colour
        self.bits = bits
    }
}

/// Below which confidence recognised text is called doubtful.
///
/// Measured on the sample's scans: see ARCHITECTURE.md, "How a page is read".
package enum OCRThresholds {
    /// Below this mean a page had better be looked at.
    package static let page = 85.0
    /// Below this a word is doubtful.
    package static let word = 60.0
}
