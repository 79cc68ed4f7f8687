import RecordsModel

/// Reads what was typed as a question.
struct QuestionReader {
    typealias Clause = Question.Clause

    let sense: SearchSense
    let terms: [TextQuery.Term]
    /// What each term says as a word, in letters and digits; nil for phrases, beginnings and what is put together.
    let words: [String?]
    var isTaken: [Bool]
    var clauses: [(place: Int, clause: Question.Clause)] = []
    var meaning = Question.Meaning()

    /// Reads a question.
    static func question(_ query: TextQuery, _ sense: SearchSense) -> Question {
        var reader = QuestionReader(query, sense)
        return reader.read()
    }

    init(_ query: TextQuery, _ sense: SearchSense) {
        self.sense = sense
        terms = query.terms.flatMap { Self.parted($0, sense) }
        words = terms.map { term in
            term.forms.count == 1 && (term.kind == .word || term.kind == .joined)
                ? term.words[0] : nil
        }
        isTaken = terms.map { _ in false }
    }

    /// `rkt-2024` and `rkt2024` are a name and a year.
    static func parted(_ term: TextQuery.Term, _ sense: SearchSense) -> [TextQuery.Term] {
        guard term.kind == .joined else { return [term] }
        var forms = term.words
        if forms.count == 1, forms[0].utf8.count > 4 {
            forms = [String(forms[0].dropLast(4)), String(forms[0].suffix(4))]
        }
        guard forms.count == 2, Self.year(forms[1]) != nil,
            sense.planNames.contains([forms[0]]) || sense.kinds.contains(where: { $0.names.contains([forms[0]]) })
                || sense.shorts.contains(where: { $0.short == [forms[0]] })
        else { return [term] }
        return forms.compactMap { TextQuery($0)?.terms.first }
    }

    mutating func read() -> Question {
        takeYears()
        takeSigned()
        takeNames()
        takePlan()
        takeBeginnings()
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
            word.map { [$0] } ?? term.words
        }
        return Question(
            clauses: clauses.sorted { $0.place < $1.place }.map(\.clause),
            meaning: meaning,
            titleWords: said.filter { !QuestionWords.small.contains($0) && !QuestionWords.year.contains($0) }
        )
    }

    /// A word is itself; of a word with a hyphen, also what it is without.
    func contentClause(_ place: Int) -> Question.Clause {
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

    func shown(_ place: Int) -> String {
        words[place] ?? terms[place].words.joined(separator: " ")
    }

    mutating func take(_ places: some Sequence<Int>) { for place in places { isTaken[place] = true } }

    // MARK: - What is meant

    /// How a record is said to be signed, as words in `facets`.
    static var signatures: [Question.Clause.Way] {
        [SignatureKind.wet, .electronic].map { .facet("xn" + Hex.text($0.rawValue.utf8)) }
    }

    mutating func takeMeanings() {
        for place in terms.indices where !isTaken[place] {
            guard let word = words[place] else { continue }
            if QuestionWords.draft.contains(word) {
                addMeaning(\.isDraft, .draft, [place])
            } else if QuestionWords.final.contains(word) {
                addMeaning(\.isFinal, .final, [place])
            } else if QuestionWords.scan.contains(word) {
                meaning.isScan = true
                let names = ["tif", "tiff", "jpg", "jpeg", "png"].compactMap { TextQuery($0)?.terms.first }
                addMeant([place], names.map { .term($0) } + Self.signatures.prefix(1))
            } else if QuestionWords.newest.contains(word), meaning.isPlan || !meaning.types.isEmpty {
                isTaken[place] = true
            }
        }
        // The words before a scan: hasil scan.
        for place in terms.indices.dropLast() where !isTaken[place] && words[place] == "hasil" {
            if let next = words[place + 1], QuestionWords.scan.contains(next) { isTaken[place] = true }
        }
    }

    /// Before names are taken: `ditandatangani Kepala Dinas` names nobody's letter.
    mutating func takeSigned() {
        for place in terms.indices where !isTaken[place] {
            guard let word = words[place] else { continue }
            if QuestionWords.signed.contains(word) {
                addSigned([place])
            } else if word == "tanda" || word == "bertanda", place + 1 < terms.count, words[place + 1] == "tangan" {
                addSigned([place, place + 1])
            }
        }
    }

    mutating func addSigned(_ places: [Int]) {
        meaning.isSigned = true
        addMeant(places, Self.signatures + sense.types(of: .signed).map(Self.facet))
        // Who signed it, and how, is said by what it is.
        var next = places[places.count - 1] + 1
        while next < terms.count, !isTaken[next], let word = words[next],
            QuestionWords.small.contains(word) || QuestionWords.signers.contains(word)
        {
            isTaken[next] = true
            next += 1
        }
    }

    mutating func addMeaning(
        _ meant: WritableKeyPath<Question.Meaning, Bool>,
        _ stage: PlanStage,
        _ places: [Int]
    ) {
        meaning[keyPath: meant] = true
        let words = stage == .draft ? QuestionWords.draft : []
        let others = words.sorted().compactMap { TextQuery($0)?.terms.first.map { Clause.Way.term($0) } }
        addMeant(places, others + sense.types(of: stage).map(Self.facet))
    }

    mutating func addMeant(_ places: [Int], _ others: [Question.Clause.Way]) {
        take(places)
        let own: [Clause.Way] = places.count == 1 ? [.term(terms[places[0]])] : [.all(places.map { terms[$0] })]
        add(.meaning, places, own + others.filter { !own.contains($0) })
    }
}
