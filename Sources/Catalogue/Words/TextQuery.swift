/// Words to look for in texts, as a person types them, for an index that `IndonesianTokenizer` made.
///
/// - `perencanaan` finds itself, and below it what has its stem: `merencanakan`, `rencana`.
/// - `"rencana kinerja"` finds the words side by side, to the letter.
/// - `renc*` finds what begins so.
/// - `1.250.000`, `Rp1.250.000,00`, `98 %`, `470/257/2023` are found however they are grouped in the text.
///
/// All terms must be found.
package struct TextQuery: Hashable, Sendable {
    /// The expression for FTS5 (<https://www.sqlite.org/fts5.html#full_text_query_syntax>).
    package let expression: String
    /// The words that were asked for one by one, as they stand in the index: what near misses are looked for.
    package let words: [String]
    /// How many terms are looked at; more are no question of a person.
    private static let most = 64

    /// Reads what was typed; nil where there is neither letter nor digit in it.
    package init?(_ text: String) {
        var terms: [String] = []
        var words: [String] = []
        func add(_ part: Substring, isPhrase: Bool, isPrefix: Bool) {
            let found = WordScanner.words(of: String(part))
            guard !found.isEmpty, terms.count < Self.most else { return }
            let quoted = "\"" + part.filter { $0 != "\"" && $0 != "\u{2}" } + "\""
            if isPrefix {
                terms.append(quoted + " *")
            } else if !isPhrase, found.count == 1, found[0].isAlphabetic {
                let mark = String(UnicodeScalar(IndonesianTokenizer.mark))
                terms.append("(\(quoted) OR \"\(mark)\(quoted.dropFirst()))")
                words.append(String(decoding: found[0].form, as: UTF8.self))
            } else {
                terms.append(quoted)
            }
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
        expression = terms.joined(separator: " AND ")
        self.words = words
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
