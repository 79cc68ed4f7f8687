import RecordsModel

/// Reads what was typed as a question.
struct QuestionReader {
    private typealias Clause = Question.Clause

    private let sense: SearchSense
    private let terms: [TextQuery.Term]
    /// What each term says as a word, in letters and digits; nil for phrases, beginnings and what is put together.
    private let words: [String?]
    private var isTaken: [Bool]
    private var clauses: [(place: Int, clause: Question.Clause)] = []
    private var meaning = Question.Meaning()

    /// Reads a question.
    static func question(_ query: TextQuery, _ sense: SearchSense) -> Question {
        var reader = QuestionReader(query, sense)
        return reader.read()
    }

    private init(_ query: TextQuery, _ sense: SearchSense) {
        self.sense = sense
        terms = query.terms.flatMap { Self.parted($0, sense) }
        words = terms.map { term in
            term.forms.count == 1 && (term.kind == .word || term.kind == .joined)
                ? String(decoding: term.forms[0], as: UTF8.self) : nil
        }
        isTaken = terms.map { _ in false }
    }

    /// `rkt-2024` and `rkt2024` are a name and a year.
    private static func parted(_ term: TextQuery.Term, _ sense: SearchSense) -> [TextQuery.Term] {
        guard term.kind == .joined else { return [term] }
        var forms = term.forms.map { String(decoding: $0, as: UTF8.self) }
        if forms.count == 1, forms[0].utf8.count > 4 {
            forms = [String(forms[0].dropLast(4)), String(forms[0].suffix(4))]
        }
        guard forms.count == 2, Self.year(forms[1]) != nil,
            sense.planNames.contains([forms[0]]) || sense.kinds.contains(where: { $0.names.contains([forms[0]]) })
                || sense.shorts.contains(where: { $0.short == [forms[0]] })
        else { return [term] }
        return forms.compactMap { TextQuery($0)?.terms.first }
    }

    private mutating func read() -> Question {
        takeYears()
        takeNames()
        takePlan()
        takeMeanings()
        var content: [Int] = []
        for place in terms.indices where !isTaken[place] {
            guard let word = words[place], QuestionWords.small.contains(word) || QuestionWords.papers.contains(word)
            else {
                content.append(place)
                continue
            }
            isTaken[place] = true
        }
        for place in content { clauses.append((place, contentClause(place))) }
        if clauses.isEmpty { clauses = terms.indices.map { ($0, contentClause($0)) } }
        let said = zip(terms, words).flatMap { term, word in
            word.map { [$0] } ?? term.forms.map { String(decoding: $0, as: UTF8.self) }
        }
        return Question(
            clauses: clauses.sorted { $0.place < $1.place }.map(\.clause),
            meaning: meaning,
            titleWords: said.filter { !QuestionWords.small.contains($0) && !QuestionWords.year.contains($0) }
        )
    }

    /// A word is itself; of a word with a hyphen, also what it is without.
    private func contentClause(_ place: Int) -> Question.Clause {
        let term = terms[place]
        var ways: [Clause.Way] = [.term(term)]
        if term.kind == .joined, term.forms.count == 2, term.quoted.contains("-"),
            term.forms.allSatisfy({ $0.allSatisfy { (0x61...0x7A).contains($0) } }),
            let whole = TextQuery(String(decoding: term.forms.joined(), as: UTF8.self))?.terms.first
        {
            ways.append(.term(whole))
        }
        return Clause(kind: .content, ways: ways, words: [shown(place)])
    }

    private func shown(_ place: Int) -> String {
        words[place] ?? terms[place].forms.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }

    private mutating func take(_ places: some Sequence<Int>) { for place in places { isTaken[place] = true } }

    // MARK: - Years

    private static func year(_ word: String) -> Int? {
        guard word.utf8.count == 4, word.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let year = Int(word),
            (1900...2200).contains(year)
        else {
            return nil
        }
        return year
    }

    private mutating func takeYears() {
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
    private mutating func years(at place: Int) -> (years: [Int], places: Range<Int>, isLiteral: Bool)? {
        let forms = terms[place].forms.map { String(decoding: $0, as: UTF8.self) }
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
            QuestionWords.year.contains(before) || terms[place].quoted.contains("'"),
            word.utf8.allSatisfy({ $0 < 0x3A })
        {
            return ([2000 + number], place..<place + 1, false)
        }
        let following = words[place...].prefix { $0 != nil }.compactMap(\.self)
        if let (year, count) = QuestionWords.year(following) { return ([year], place..<place + count, false) }
        return relativeYear(at: place, following)
    }

    /// The second year of `2019/20`.
    private static func short(_ word: String, after year: Int) -> Int? {
        guard word.utf8.count == 2, let number = Int(word), year / 100 * 100 + number == year + 1 else { return nil }
        return year + 1
    }

    /// The place of a year that ends a span: `2020 sampai dengan 2022`, `2020 s.d. 2022`.
    private func spanEnd(after place: Int) -> Int? {
        var index = place + 1
        var isSpan = place > 0 && words[place - 1] == "antara"
        while index < terms.count, index < place + 4 {
            if let word = words[index], Self.year(word) != nil { return isSpan ? index : nil }
            let forms = terms[index].forms.map { String(decoding: $0, as: UTF8.self) }
            let isBetween = forms == ["s", "d"] || words[index].map { QuestionWords.spans.contains($0) } ?? false
            guard isBetween || words[index] == "dengan" || words[index] == "dan" && isSpan else { return nil }
            isSpan = isSpan || isBetween
            index += 1
        }
        return nil
    }

    /// `tahun lalu`, `tahun ini`, `tahun depan`: told from the day of the question, and not guessed without.
    private mutating func relativeYear(
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

    /// `tahun` and `tahun anggaran` say nothing beside a year.
    private mutating func takeYearWords() {
        for place in terms.indices where !isTaken[place] {
            guard let word = words[place], QuestionWords.year.contains(word) else { continue }
            let isNamed = place > 0 && ["tahun", "thn", "th"].contains(words[place - 1] ?? "")
            let isBeforeYear = place + 1 < terms.count && isTaken[place + 1]
            if word == "anggaran" ? isNamed : word == "ta" || word == "th" || word == "periode" ? isBeforeYear : true {
                isTaken[place] = true
            }
        }
    }

    // MARK: - Names

    /// A name that questions use, and what it stands for.
    private enum Named {
        case type(String)
        case short(SearchSense.Short)
        case office
        case plan
    }

    private mutating func takeNames() {
        let names = self.names.sorted { $0.words.count > $1.words.count }
        for (name, stands) in names {
            while let places = run(of: name) { take(name, places, stands) }
        }
        takeOffice()
    }

    private var names: [(words: [String], stands: Named)] {
        sense.planNames.map { ($0, .plan) }
            + sense.kinds.flatMap { kind in kind.names.map { ($0, .type(kind.id)) } }
            + [(Self.significant(sense.office), .office)]
            + sense.shorts.flatMap { [($0.short, .short($0)), (Self.significant($0.long), .short($0))] }
    }

    private static func significant(_ words: [String]) -> [String] {
        words.filter { !QuestionWords.small.contains($0) }
    }

    /// Where a name stands in the question, small words between its own passed over.
    private func run(of name: [String]) -> [Int]? {
        let wanted = Self.significant(name)
        guard !wanted.isEmpty else { return nil }
        for start in terms.indices where !isTaken[start] && words[start] == wanted[0] {
            var (places, index) = ([start], start + 1)
            while places.count < wanted.count, index < terms.count, !isTaken[index], let word = words[index] {
                if word == wanted[places.count] {
                    places.append(index)
                } else if !QuestionWords.small.contains(word) {
                    break
                }
                index += 1
            }
            if places.count == wanted.count { return places }
        }
        // A short form of several words is typed as one: KTP-el.
        return terms.indices.first {
            !isTaken[$0] && terms[$0].kind == .joined && wanted.count > 1
                && terms[$0].forms.map { String(decoding: $0, as: UTF8.self) } == wanted
        }.map { [$0] }
    }

    private mutating func take(_ name: [String], _ places: [Int], _ stands: Named) {
        take(places)
        let own: Clause.Way = places.count == 1 ? .term(terms[places[0]]) : .all(places.map { terms[$0] })
        switch stands {
        case .plan: addPlan(places)
        case .office: break
        case .type(let id):
            let stage = sense.stages[id]
            guard stage == nil else {
                addMeaning(stage == .draft ? \.isDraft : \.isFinal, stage ?? .final, places)
                return
            }
            meaning.types.insert(id)
            let types = sense.kinds.filter { $0.names.contains(name) }.map(\.id)
            add(.type, places, [own] + types.map(Self.facet))
        case .short(let entry): takeShort(entry, own, places)
        }
    }

    private mutating func takeShort(_ entry: SearchSense.Short, _ own: Question.Clause.Way, _ places: [Int]) {
        let same = sense.shorts.filter { $0.short == entry.short || $0.long == entry.long }
        let long = Self.significant(entry.long)
        if sense.planNames.contains(entry.short) || sense.planNames.contains(entry.long) {
            addPlan(places)
        } else if isOffice(long) {
            return
        } else {
            var ways = [own]
            for name in same.flatMap({ [$0.short, $0.long] }) {
                if let term = TextQuery("\"\(name.joined(separator: " "))\"")?.terms.first, !ways.contains(.term(term))
                {
                    ways.append(.term(term))
                }
            }
            let types = sense.kinds.filter { kind in
                same.contains { kind.names.contains($0.long) || kind.names.contains($0.short) }
            }
            for type in types where type.stage == nil {
                meaning.types.insert(type.id)
                ways.append(Self.facet(type.id))
            }
            add(types.isEmpty ? .content : .type, places, ways)
        }
    }

    /// Whether a run of words stands in the office's name, and in that of no other unit.
    private func isOffice(_ words: [String]) -> Bool {
        func has(_ name: [String]) -> Bool {
            let name = Self.significant(name)
            guard words.count <= name.count, !words.isEmpty else { return false }
            return (0...(name.count - words.count)).contains { name[$0...].starts(with: words) }
        }
        return has(sense.office) && !sense.units.contains { $0 != sense.office && has($0) }
    }

    /// Every record is the office's: its name, a part of it or a short form asks for nothing.
    private mutating func takeOffice() {
        var start = 0
        while start < terms.count {
            var end = start
            var places: [Int] = []
            while end < terms.count, !isTaken[end], let word = words[end] {
                if !QuestionWords.small.contains(word) { places.append(end) }
                end += 1
            }
            let longest = officeRun(of: places)
            if let longest { take(longest) }
            start = max(end, start + 1)
        }
        for place in terms.indices where !isTaken[place] {
            guard let word = words[place], sense.isShort(word, of: sense.office) else { continue }
            if !sense.units.contains(where: { $0 != sense.office && sense.isShort(word, of: $0) }) {
                isTaken[place] = true
            }
        }
    }

    /// The longest run of two words or more that stands in the office's name.
    private func officeRun(of places: [Int]) -> ArraySlice<Int>? {
        for count in stride(from: places.count, through: 2, by: -1) {
            for start in 0...(places.count - count) {
                let run = places[start..<start + count]
                if isOffice(run.compactMap { words[$0] }) { return run }
            }
        }
        return nil
    }

    /// Two words of the plan's name, in any order, are the plan.
    private mutating func takePlan() {
        guard !meaning.isPlan else { return }
        var best: [Int] = []
        for name in sense.planNames where name.count > 1 {
            let places = terms.indices.filter { place in
                !isTaken[place] && words[place].map { name.contains($0) } ?? false
            }
            let distinct = Set(places.compactMap { words[$0] })
            if distinct.count > 1, distinct.contains(name[0]), places.count > best.count { best = places }
        }
        if !best.isEmpty {
            take(best)
            addPlan(best)
        }
    }

    private mutating func addPlan(_ places: [Int]) {
        guard !meaning.isPlan else { return }
        meaning.isPlan = true
        var ways = sense.planNames.compactMap { name in
            TextQuery("\"\(name.joined(separator: " "))\"")?.terms.first.map { Clause.Way.term($0) }
        }
        ways += PlanStage.allCases.flatMap { sense.types(of: $0) }.map(Self.facet)
        add(.plan, places, ways)
    }

    private static func facet(_ type: String) -> Question.Clause.Way { .facet("xt" + Hex.text(type.utf8)) }

    private mutating func add(_ kind: Question.Clause.Kind, _ places: [Int], _ ways: [Question.Clause.Way]) {
        clauses.append((places[0], Clause(kind: kind, ways: ways, words: places.map(shown))))
    }

    // MARK: - What is meant

    private mutating func takeMeanings() {
        let signatures = ["basah", "elektronik"].map { Clause.Way.facet("xn" + Hex.text($0.utf8)) }
        for place in terms.indices where !isTaken[place] {
            guard let word = words[place] else { continue }
            if QuestionWords.draft.contains(word) {
                addMeaning(\.isDraft, .draft, [place])
            } else if QuestionWords.final.contains(word) {
                addMeaning(\.isFinal, .final, [place])
            } else if QuestionWords.signed.contains(word) {
                meaning.isSigned = true
                addMeant([place], signatures + sense.types(of: .signed).map(Self.facet))
            } else if (word == "tanda" || word == "bertanda"), place + 1 < terms.count, words[place + 1] == "tangan" {
                meaning.isSigned = true
                addMeant([place, place + 1], signatures + sense.types(of: .signed).map(Self.facet))
            } else if QuestionWords.scan.contains(word) {
                meaning.isScan = true
                let names = ["tif", "tiff", "jpg", "jpeg", "png"].compactMap { TextQuery($0)?.terms.first }
                addMeant([place], names.map { .term($0) } + signatures.prefix(1))
            } else if QuestionWords.newest.contains(word), meaning.isPlan || !meaning.types.isEmpty {
                isTaken[place] = true
            }
        }
        // The words before a scan: hasil scan.
        for place in terms.indices.dropLast() where !isTaken[place] && words[place] == "hasil" {
            if let next = words[place + 1], QuestionWords.scan.contains(next) { isTaken[place] = true }
        }
    }

    private mutating func addMeaning(
        _ meant: WritableKeyPath<Question.Meaning, Bool>,
        _ stage: PlanStage,
        _ places: [Int]
    ) {
        meaning[keyPath: meant] = true
        let words = stage == .draft ? QuestionWords.draft : []
        let others = words.sorted().compactMap { TextQuery($0)?.terms.first.map { Clause.Way.term($0) } }
        addMeant(places, others + sense.types(of: stage).map(Self.facet))
    }

    private mutating func addMeant(_ places: [Int], _ others: [Question.Clause.Way]) {
        take(places)
        let own: [Clause.Way] = places.count == 1 ? [.term(terms[places[0]])] : [.all(places.map { terms[$0] })]
        add(.meaning, places, own + others.filter { !own.contains($0) })
    }
}
