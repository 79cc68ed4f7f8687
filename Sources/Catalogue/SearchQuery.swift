/// Words to look for, as a person types them.
///
/// A word finds itself and the words that begin with it, itself first; `"two words"` finds them side by side; `word*`
/// says outright that beginnings count. All terms must be found. Case and diacritics do not matter; `470/257/2023` is
/// looked for as its three numbers side by side.
package struct SearchQuery: Hashable, Sendable {
    /// The expression for FTS5 (<https://www.sqlite.org/fts5.html#full_text_query_syntax>).
    let expression: String

    /// Reads what was typed.
    ///
    /// - Throws: `CatalogueError`, code `nothingToSearch`, where there is neither letter nor digit in it.
    package init(_ text: String) throws {
        let terms = Self.terms(of: text).filter { term in
            term.text.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
        }
        guard !terms.isEmpty else {
            throw CatalogueError(
                .nothingToSearch,
                message: "there is no word to look for in '\(text)'",
                remedy: "give at least one word or number"
            )
        }
        expression = terms.map(\.expression).joined(separator: " AND ")
    }

    private struct Term {
        enum Kind { case word, phrase, prefix }
        let text: String
        let kind: Kind

        var expression: String {
            let quoted = "\"" + text.replacing("\"", with: "\"\"") + "\""
            return switch kind {
            case .word: "(\(quoted) OR \(quoted) *)"
            case .phrase: quoted
            case .prefix: "\(quoted) *"
            }
        }
    }

    private static func terms(of text: String) -> [Term] {
        var terms: [Term] = []
        for (index, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            if index % 2 == 1 {
                terms.append(Term(text: String(part), kind: .phrase))
            } else {
                for word in part.split(whereSeparator: \.isWhitespace) {
                    let isPrefix = word.hasSuffix("*")
                    terms.append(
                        Term(text: isPrefix ? String(word.dropLast()) : String(word), kind: isPrefix ? .prefix : .word)
                    )
                }
            }
        }
        return terms
    }
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
    /// Where the words stand.
    package let matches: [Match]
}
