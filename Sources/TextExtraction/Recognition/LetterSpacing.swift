import Foundation

/// Words that a program set letter by letter, with room between (`A l d e r m a n`), put together again.
///
/// A line of single letters says nothing of where its words begin: the places of the letters on the page do. Joined is only
/// what has evidence for it, so that a table's row of `a b c` stays what it is.
struct LetterSpacing {
    /// A word of the layer and its place, in points from the page's upper left corner.
    struct Word: Equatable {
        let text: String
        let box: InkCover.Box

        var height: Double { max(1, box.bottom - box.top) }
    }

    /// How many single letters or digits in a row are looked at.
    static let least = 4
    /// By how much of the letters' height a gap between words is wider than one between letters, at the least.
    private static let wider = 0.18
    /// How wide a gap between letters is, at the most, in their height: columns stand further apart.
    private static let widest = 0.9
    /// Between which parts of the page's usual gap between words a gap may be a usual one.
    private static let usual = 0.75...1.35

    private let words: [Word]
    /// The gap between words that is usual on the page, in parts of their height.
    private let usualGap: Double
    /// The same where too few words tell: a space of Helvetica or Times.
    private static let space = 0.28

    /// Takes the words of one page in the order of its text.
    init(_ words: [Word]) {
        self.words = words
        let gaps = words.indices.dropFirst().compactMap { index -> Double? in
            let (left, right) = (words[index - 1], words[index])
            guard left.text.count > 1, right.text.count > 1, Self.isBeside(left, right) else { return nil }
            return (right.box.left - left.box.right) / right.height
        }
        usualGap = gaps.count >= 5 ? gaps.sorted()[gaps.count / 2] : Self.space
    }

    /// Whether a text has a row of single letters or digits that is worth a look.
    static func isSuspect(_ text: String) -> Bool {
        text.split(separator: "\n").contains { !runs(in: $0.split(separator: " ")).isEmpty }
    }

    /// The text with its letter-spaced words whole.
    func joined(_ text: String) -> String {
        var place = 0
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            let tokens = line.split(separator: " ")
            let runs = Self.runs(in: tokens)
            guard !runs.isEmpty else { return String(line) }
            var kept: [String] = []
            var next = 0
            for run in runs {
                kept += tokens[next..<run.lowerBound].map(String.init)
                let letters = tokens[run].map(String.init)
                if let found = self.find(letters, from: place) {
                    place = found.upperBound
                    kept += groups(Array(words[found]))
                } else {
                    kept += letters
                }
                next = run.upperBound
            }
            kept += tokens[next...].map(String.init)
            return kept.joined(separator: " ")
        }
        return lines.joined(separator: "\n")
    }

    /// Rows of single letters or digits; a sign that ends a word may hang on the last.
    private static func runs(in tokens: [Substring]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        for index in 0...tokens.count {
            if index < tokens.count, isSingle(tokens[index]) { continue }
            if index - start >= least { runs.append(start..<index) }
            start = index + 1
        }
        return runs
    }

    private static func isSingle(_ token: Substring) -> Bool {
        let isSign = { (sign: Character) in ".,:;/-()'&".contains(sign) }
        switch token.count {
        case 1: return token.first.map { $0.isLetter || $0.isNumber || isSign($0) } ?? false
        case 2: return token.first.map { $0.isLetter || $0.isNumber } == true && token.last.map(isSign) == true
        default: return false
        }
    }

    private static func isBeside(_ left: Word, _ right: Word) -> Bool {
        let middle = (right.box.top + right.box.bottom) / 2
        return middle > left.box.top && middle < left.box.bottom && right.box.left >= left.box.right - left.height * 0.3
    }

    private func find(_ letters: [String], from start: Int) -> Range<Int>? {
        func search(_ range: Range<Int>) -> Range<Int>? {
            guard range.count >= letters.count else { return nil }
            return range.dropLast(letters.count - 1).first { first in
                letters.indices.allSatisfy { words[first + $0].text == letters[$0] }
            }
            .map { $0..<($0 + letters.count) }
        }
        return search(start..<words.count) ?? search(0..<start)
    }

    /// The words of a row of letters.
    private func groups(_ row: [Word]) -> [String] {
        let apart = row.map(\.text)
        guard row.indices.dropFirst().allSatisfy({ Self.isBeside(row[$0 - 1], row[$0]) }) else { return apart }
        let height = row.map(\.height).sorted()[row.count / 2]
        let gaps = row.indices.dropFirst().map { row[$0].box.left - row[$0 - 1].box.right }
        let narrow = gaps.sorted()[gaps.count / 3]
        var groups: [[Word]] = [[row[0]]]
        for (index, gap) in gaps.enumerated() {
            if gap > narrow + height * Self.wider {
                groups.append([row[index + 1]])
            } else {
                groups[groups.count - 1].append(row[index + 1])
            }
        }
        guard narrow <= height * Self.widest else { return apart }
        let isParted = groups.count > 1 && groups.filter { $0.count > 2 }.count * 2 >= groups.count
        return groups.flatMap { group -> [String] in
            let letters = group.map(\.text)
            let word = letters.joined()
            let isUsual = Self.usual.contains(narrow / height / max(usualGap, 0.01))
            let isWord = isParted || !isUsual || Self.isLikeWord(word)
            return letters.count == 1 || isWord && !Self.isList(word) ? [word] : letters
        }
    }

    /// Whether signs follow one another as in a list, or are all the same.
    private static func isList(_ word: String) -> Bool {
        let values = word.unicodeScalars.map { Int($0.value) }
        guard values.count > 2 else { return false }
        let steps = Set(zip(values, values.dropFirst()).map { $1 - $0 })
        return steps == [1] || steps == [0]
    }

    /// Whether letters follow one another as they do in words.
    private static func isLikeWord(_ word: String) -> Bool {
        guard word.count >= 5, word.allSatisfy(\.isLetter) else { return false }
        return LayerTrust.commonShare(word, least: 4).map { $0 >= 0.75 } ?? false
    }

    /// Takes what `pdftotext -bbox` prints apart, page by page.
    static func pages(in output: [UInt8]) -> [[Word]] {
        var pages: [[Word]] = []
        for line in output.split(separator: 0x0A) {
            let text = String(decoding: line, as: UTF8.self)
            if text.contains("<page ") { pages.append([]) }
            guard let mark = text.firstRange(of: "<word "), !pages.isEmpty,
                let box = InkCover.boxes(in: Array(line)).first,
                let start = text[mark.upperBound...].firstIndex(of: ">"),
                let end = text.range(of: "</word>", options: .backwards),
                start < end.lowerBound
            else {
                continue
            }
            pages[pages.count - 1].append(Word(text: plain(text[text.index(after: start)..<end.lowerBound]), box: box))
        }
        return pages
    }

    private static func plain(_ text: Substring) -> String {
        guard text.contains("&") else { return String(text) }
        var plain = String(text)
        for (name, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            plain = plain.replacing(name, with: sign)
        }
        return plain
    }
}
