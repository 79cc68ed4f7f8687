import RecordsModel

extension QuestionReader {
    static func year(_ word: String) -> Int? {
        guard word.utf8.count == 4, word.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let year = Int(word),
            (1900...2200).contains(year)
        else {
            return nil
        }
        return year
    }

    mutating func takeYears() {
        var ways: [Clause.Way] = []
        var (said, first): ([String], Int?) = ([], nil)
        func facet(_ year: Int) -> Clause.Way { .facet("xy\(year)") }
        var place = 0
        while place < terms.count {
            guard let found = years(at: place) else {
                place += 1
                continue
            }
            if found.isLiteral { ways += terms[found.places].filter { $0.kind != .word }.map { .term($0) } }
            ways += found.years.map(facet)
            meaning.years += found.years.filter { !meaning.years.contains($0) }
            said += found.places.map(shown)
            first = first ?? place
            take(found.places)
            place = found.places.upperBound
        }
        if let first {
            clauses.append((first, Clause(kind: .year, ways: ways, words: said)))
        }
        takeYearWords()
    }

    /// Years that are named at a place: one, a span, one in words, or one that is told from today.
    mutating func years(at place: Int) -> (years: [Int], places: Range<Int>, isLiteral: Bool)? {
        let forms = terms[place].words
        if terms[place].kind == .joined, forms.count == 2, let first = Self.year(forms[0]),
            let last = Self.year(forms[1]) ?? Self.short(forms[1], after: first), first <= last, last - first < 30
        {
            return (Array(first...last), place..<place + 1, true)
        }
        guard let word = words[place] else { return nil }
        if let first = Self.year(word) {
            if let end = spanEnd(after: place), let last = words[end].flatMap({ Self.year($0) }), first < last,
                last - first < 30
            {
                return (Array(first...last), place..<end + 1, false)
            }
            return ([first], place..<place + 1, true)
        }
        if word.utf8.count == 2, let number = Int(word), place > 0, let before = words[place - 1],
            isYearWord(place - 1) || sense.planNames.contains([before])
                || terms[place].quoted.contains("'"),
            word.utf8.allSatisfy({ $0 < 0x3A })
        {
            return ([2000 + number], place..<place + 1, false)
        }
        let following = words[place...].prefix { $0 != nil }.compactMap(\.self)
        if let (year, count) = QuestionWords.year(following) { return ([year], place..<place + count, false) }
        return relativeYear(at: place, following)
    }

    /// The second year of `2019/20`.
    static func short(_ word: String, after year: Int) -> Int? {
        guard word.utf8.count == 2, let number = Int(word), year / 100 * 100 + number == year + 1 else { return nil }
        return year + 1
    }

    /// The place of a year that ends a span: `2020 sampai dengan 2022`, `2020 s.d. 2022`.
    func spanEnd(after place: Int) -> Int? {
        var index = place + 1
        var isSpan = place > 0 && words[place - 1] == "antara"
        while index < terms.count, index < place + 4 {
            if let word = words[index], Self.year(word) != nil { return isSpan ? index : nil }
            let forms = terms[index].words
            let isBetween = forms == ["s", "d"] || words[index].map { QuestionWords.spans.contains($0) } ?? false
            guard isBetween || words[index] == "dengan" || words[index] == "dan" && isSpan else { return nil }
            isSpan = isSpan || isBetween
            index += 1
        }
        return nil
    }

    /// `tahun lalu`, `tahun ini`, `tahun depan`: told from the day of the question, and not guessed without.
    mutating func relativeYear(
        at place: Int,
        _ following: [String]
    ) -> (years: [Int], places: Range<Int>, isLiteral: Bool)? {
        let steps = ["lalu": -1, "kemarin": -1, "ini": 0, "sekarang": 0, "berjalan": 0, "depan": 1, "mendatang": 1]
        guard following.count > 1, QuestionWords.year.contains(following[0]), following[0] != "anggaran" else {
            return nil
        }
        let offset = following.count > 2 && following[1] == "anggaran" ? 2 : 1
        guard let step = steps[following[offset]] else { return nil }
        let places = place..<place + offset + 1
        guard let today = sense.today else {
            take(places)
            return nil
        }
        meaning.relativeYear = following[0...offset].joined(separator: " ")
        return ([today.year + step], places, false)
    }

    /// Whether a word says that a year is meant: `anggaran` does so only in `tahun anggaran`.
    func isYearWord(_ place: Int) -> Bool {
        guard let word = words[place], QuestionWords.year.contains(word) else { return false }
        return word != "anggaran" || place > 0 && ["tahun", "thn", "th"].contains(words[place - 1] ?? "")
    }

    /// `tahun` and `tahun anggaran` say nothing beside a year.
    mutating func takeYearWords() {
        for place in terms.indices where !isTaken[place] {
            guard let word = words[place], QuestionWords.year.contains(word) else { continue }
            let isBeforeYear = place + 1 < terms.count && isTaken[place + 1]
            let isOther = ["ta", "th", "periode"].contains(word)
            if word == "anggaran" ? isYearWord(place) : !isOther || isBeforeYear { isTaken[place] = true }
        }
    }
}
