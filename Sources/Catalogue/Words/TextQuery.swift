/// Words to look for in texts, as a person types them, for an index that `IndonesianTokenizer` made.
///
/// - `perencanaan` finds itself, and below it what has its stem: `merencanakan`, `rencana`.
/// - `"rencana kinerja"` finds the words side by side, to the letter.
/// - `renc*` finds what begins so.
/// - `1.250.000`, `Rp1.250.000,00`, `98 %`, `470/257/2023` are found however they are grouped in the text.
///
/// All terms must be found.
package struct TextQuery: Hashable, Sendable {
    /// One thing that is looked for.
    struct Term: Hashable, Sendable {
        /// How it is looked for.
        enum Kind: Hashable, Sendable {
            /// A word of letters, which has a stem and near misses.
            case word
            /// A number, or several words without a space between them.
            case joined
            /// Words in quotation marks, to the letter.
            case phrase
            /// What begins so.
            case prefix
        }

        /// How it is looked for.
        let kind: Kind
        /// What was typed, in quotation marks.
        let quoted: String
        /// Its words as they stand in the index.
        let forms: [[UInt8]]

        /// The same as text.
        var words: [String] { forms.map { String(decoding: $0, as: UTF8.self) } }

        /// The word, for a word.
        var word: String? { kind == .word ? words[0] : nil }

        /// Its stems are looked for.
        var marked: String { "\"" + String(UnicodeScalar(IndonesianTokenizer.mark)) + quoted.dropFirst() }

        /// Itself, and nothing else.
        var exact: String { kind == .prefix ? quoted + " *" : quoted }

        /// Itself, and what has its stem.
        var broad: String { kind == .word ? "(\(quoted) OR \(marked))" : exact }

        /// Itself, what begins so, and what has its stem: in descriptions, which are short.
        var broadest: String {
            switch kind {
            case .word: "(\(quoted) OR \(quoted) * OR \(marked))"
            case .joined: "(\(quoted) OR \(quoted) *)"
            case .phrase, .prefix: exact
            }
        }
    }

    /// What is looked for; all of it must be found.
    let terms: [Term]
    /// How many terms are looked at; more are no question of a person.
    private static let most = 64

    /// Terms that were read before.
    init(terms: [Term]) { self.terms = terms }

    /// The expression for FTS5 (<https://www.sqlite.org/fts5.html#full_text_query_syntax>): words and their stems.
    var expression: String { terms.map(\.broad).joined(separator: " AND ") }
    /// The words that were asked for one by one, as they stand in the index: what near misses are looked for.
    var words: [String] { terms.compactMap(\.word) }

    /// Reads what was typed; nil where there is neither letter nor digit in it.
    package init?(_ text: String) {
        var terms: [Term] = []
        func add(_ part: Substring, isPhrase: Bool, isPrefix: Bool) {
            let found = WordScanner.words(of: String(part)).filter { !$0.isBeside }
            guard !found.isEmpty, terms.count < Self.most else { return }
            let quoted = "\"" + part.filter { $0 != "\"" && $0 != "\u{2}" && $0 != "\u{0}" } + "\""
            let kind: Term.Kind =
                isPrefix ? .prefix : isPhrase ? .phrase : found.count == 1 && found[0].isAlphabetic ? .word : .joined
            terms.append(Term(kind: kind, quoted: quoted, forms: found.map(\.form)))
        }
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            // A quotation mark that is never closed is passed over.
            if index % 2 == 1, index < parts.count - 1 {
                add(part, isPhrase: true, isPrefix: false)
                continue
            }
            for word in Self.joined(part.split(whereSeparator: \.isWhitespace)) {
                let isPrefix = word.hasSuffix("*")
                add(isPrefix ? word.dropLast() : word[...], isPhrase: false, isPrefix: isPrefix)
            }
        }
        guard !terms.isEmpty else { return nil }
        self.terms = terms
    }

    /// A `%` behind a number belongs to it: `98 %` is one term.
    private static func joined(_ words: [Substring]) -> [String] {
        var terms: [String] = []
        for word in words {
            if word == "%", let last = terms.last, last.last?.isNumber == true {
                terms[terms.count - 1] = last + " %"
            } else {
                terms.append(String(word))
            }
        }
        return terms
    }
}
