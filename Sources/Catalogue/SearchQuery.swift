/// Words to look for, as a person types them: see `TextQuery`.
///
/// In descriptions, which are short, a word also finds those that begin with it.
package struct SearchQuery: Hashable, Sendable {
    /// What was typed, read.
    let text: TextQuery

    /// Reads what was typed.
    ///
    /// - Throws: `CatalogueError`, code `nothingToSearch`, where there is neither letter nor digit in it.
    package init(_ text: String) throws {
        guard let query = TextQuery(text) else {
            throw CatalogueError(
                .nothingToSearch,
                message: "there is no word to look for in '\(text)'",
                remedy: "give at least one word or number"
            )
        }
        self.text = query
    }
}

/// How near to what was asked for a hit is.
package enum SearchTier: String, Hashable, Sendable, Comparable, CaseIterable {
    /// The words themselves.
    case exact
    /// Words of the same stem, or, in a description, words that begin so.
    case stem
    /// Words that are nearly these: mistyped, or misread by recognition.
    case near

    package static func < (left: SearchTier, right: SearchTier) -> Bool { left.place < right.place }
    var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// A page on which something was found.
package struct PageMatch: Hashable, Sendable {
    /// The newest version that has the file.
    package let version: Int
    /// The file's name as it came.
    package let file: String
    /// The page's number, from 1.
    package let page: Int
    /// The sheet's name.
    package let name: String?
    /// How near it is.
    package let tier: SearchTier
    /// Whether the text was recognised badly, so that a person had better look at the picture.
    package let isPoor: Bool
    /// A part of the page's text.
    package let excerpt: String
    /// Where that part begins in the page's text, in Unicode scalars.
    package let start: Int
    /// What was found in that part: start and length in Unicode scalars.
    package let ranges: [Range<Int>]
}

/// What a search found.
package struct SearchAnswer: Hashable, Sendable {
    /// The hits, the best first.
    package internal(set) var hits: [SearchHit] = []
    /// How many records were found, without the limit.
    package internal(set) var total = 0
    /// Whether there may be more than `total`: that many were looked at, and no more.
    package internal(set) var isMore = false
    /// Near words that were looked for beside a word.
    package internal(set) var near: [String: [String]] = [:]
    /// Words that were passed over: nothing has them together with the rest.
    package internal(set) var passedOver: [String] = []
    /// The years that the question names.
    package internal(set) var years: [Int] = []
    /// The words that name a year by the day of the question: `tahun lalu`.
    package internal(set) var relativeYear: String?
    /// How many records there are of each year, type and unit; nil where that was not asked for.
    package internal(set) var counts: SearchCounts?
}

/// How many of the records that a search finds are of each year, type and unit.
package struct SearchCounts: Hashable, Sendable {
    /// A value with how many records have it.
    package struct Count: Hashable, Sendable {
        /// The year, the type's id or the unit.
        package let value: String
        /// How many records.
        package let records: Int
    }

    /// By fiscal year, the newest first.
    package let years: [Count]
    /// By document type, the most first.
    package let types: [Count]
    /// By unit, the most first.
    package let units: [Count]
    /// All of them.
    package let total: Int
}

/// One record that was found.
package struct SearchHit: Hashable, Sendable {
    /// A field in which something was found.
    package struct Match: Hashable, Sendable {
        /// The field's name.
        package let field: String
        /// Its text.
        package let text: String
        /// What was found in it: start and length in Unicode scalars.
        package let ranges: [Range<Int>]

        /// A match out of its parts.
        package init(field: String, text: String, ranges: [Range<Int>]) {
            self.field = field
            self.text = text
            self.ranges = ranges
        }
    }

    /// The record, as a list shows it.
    package let record: RecordSummary
    /// The record as a JSON object of kind `hit`, one line.
    package let json: String
    /// Where the words stand in the description.
    package let matches: [Match]
    /// Pages on which words stand, the best first; at most three.
    package let pages: [PageMatch]
    /// How near it is.
    package let tier: SearchTier
}
