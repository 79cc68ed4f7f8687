/// Finds in a text what a query asks for, to show it.
///
/// Used by one thread at a time.
struct WordMarker {
    /// How many bytes of a page are shown.
    private static let excerpt = 200
    /// How many bytes of it stand before what was found first.
    private static let lead = 40

    private let words: Set<[UInt8]>
    private let stems: Set<[UInt8]>
    private let beginnings: [[UInt8]]
    private let phrases: [[[UInt8]]]
    /// Of the stems, what a word that has one holds to the letter.
    private let roots: [[UInt8]]
    private let stemmer: IndonesianStemmer?
    /// What passes over words that are not asked for; nil for phrases, of which each word counts.
    private let sieve: WordSieve?

    /// A marker.
    ///
    /// - Parameters:
    ///   - query: what was asked for.
    ///   - near: near words that count as well.
    ///   - findsBeginnings: whether a word also finds those that begin with it.
    init(_ query: TextQuery, near: [String: [String]], findsBeginnings: Bool) {
        var (words, stems): (Set<[UInt8]>, Set<[UInt8]>) = ([], [])
        var (beginnings, phrases): ([[UInt8]], [[[UInt8]]]) = ([], [])
        let stemmer = IndonesianStemmer()
        for term in query.terms {
            if term.forms.count > 1, term.kind != .prefix {
                phrases.append(term.forms)
                continue
            }
            let form = term.forms[term.forms.count - 1]
            words.insert(form)
            switch term.kind {
            case .word:
                stems.formUnion(stemmer?.stems(of: form) ?? [])
                stems.insert(form)
                if findsBeginnings { beginnings.append(form) }
                for other in near[String(decoding: form, as: UTF8.self)] ?? [] { words.insert(Array(other.utf8)) }
            case .prefix: beginnings.append(form)
            case .joined: if findsBeginnings { beginnings.append(form) }
            case .phrase: break
            }
        }
        (self.words, self.stems, self.beginnings, self.phrases) = (words, stems, beginnings, phrases)
        roots = stems.map { Array($0.dropFirst()) }
        self.stemmer = stemmer
        sieve = phrases.isEmpty ? WordSieve(beginnings: words.union(beginnings), parts: roots) : nil
    }

    private static func has(_ word: [UInt8], _ part: [UInt8]) -> Bool {
        guard part.count <= word.count else { return false }
        return (0...(word.count - part.count)).contains { word[$0...].starts(with: part) }
    }

    /// Where what is asked for stands in a text, in bytes of UTF-8, ascending; none overlap.
    ///
    /// A word that goes over a line end is marked with the line end, or only the part of it that is asked for.
    func ranges(in text: String) -> [Range<Int>] {
        let all = WordScanner.words(of: text, sieve: sieve)
        let found = all.filter { !$0.isBeside }
        var isMarked = found.map { isWanted($0) }
        for phrase in phrases where found.count >= phrase.count {
            for start in 0...(found.count - phrase.count)
            where phrase.indices.allSatisfy({ found[start + $0].form == phrase[$0] }) {
                for place in phrase.indices { isMarked[start + place] = true }
            }
        }
        guard all.count > found.count else { return zip(found, isMarked).filter(\.1).map(\.0.range) }
        var ranges: [Range<Int>] = []
        var index = -1
        for word in all {
            if !word.isBeside { index += 1 }
            if word.isBeside ? !isMarked[index] && isWanted(word) : isMarked[index] { ranges.append(word.range) }
        }
        return ranges
    }

    private func isWanted(_ word: WordScanner.Word) -> Bool {
        if words.contains(word.form) || beginnings.contains(where: { word.form.starts(with: $0) }) { return true }
        // What is taken from a word is its beginning, of which a letter may change, and its end.
        guard word.isAlphabetic, roots.contains(where: { Self.has(word.form, $0) }) else { return false }
        return stemmer?.stems(of: word.form).contains { stems.contains($0) } ?? false
    }

    /// The part of a text with most of what is asked for: where it begins, and what was found in it, in Unicode scalars.
    func excerpt(of text: String) -> (text: String, start: Int, ranges: [Range<Int>]) {
        let bytes = Array(text.utf8)
        let marks = ranges(in: text)
        var best = (start: 0, count: -1)
        for (index, mark) in marks.enumerated() {
            let end = max(0, mark.lowerBound - Self.lead) + Self.excerpt
            let count = marks[index...].prefix { $0.upperBound <= end }.count
            if count > best.count { best = (max(0, mark.lowerBound - Self.lead), count) }
        }
        func isInside(_ place: Int) -> Bool { place > 0 && place < bytes.count && bytes[place] & 0xC0 == 0x80 }
        // From the beginning of a word to the end of one, as far as that is near.
        var start = best.start
        while start > 0, start > best.start - 24, bytes[start - 1] > 0x20 { start -= 1 }
        while isInside(start) { start -= 1 }
        var end = min(bytes.count, best.start + Self.excerpt)
        while end < bytes.count, end < best.start + Self.excerpt + 24, bytes[end] > 0x20 { end += 1 }
        while isInside(end) { end += 1 }
        func scalars(_ range: Range<Int>) -> Int { bytes[range].count { $0 & 0xC0 != 0x80 } }
        let inside = marks.filter { $0.lowerBound >= start && $0.upperBound <= end }
        let ranges = inside.map { mark in
            let first = scalars(start..<mark.lowerBound)
            return first..<first + scalars(mark)
        }
        return (String(decoding: bytes[start..<end], as: UTF8.self), scalars(0..<start), ranges)
    }

    /// What was found in a whole text, in Unicode scalars.
    func scalarRanges(in text: String) -> [Range<Int>] {
        let bytes = Array(text.utf8)
        func scalars(_ range: Range<Int>) -> Int { bytes[range].count { $0 & 0xC0 != 0x80 } }
        return ranges(in: text).map { mark in
            let first = scalars(0..<mark.lowerBound)
            return first..<first + scalars(mark)
        }
    }
}
