import GRDB
import RecordsModel

/// One search: the question is read, looked for tier by tier until enough is found, and what is found is put in order.
///
/// In each tier the descriptions are asked first, then the pages, then both together. An index hands out rows in the order of
/// filing, so that the newest are at hand at once, however common the words are. Where there are more than are looked at, it is
/// asked once more for those that should come first: the year and the kind of record that are meant.
struct SearchRun {
    /// How many rows of an index are looked at: of words that stand everywhere, the newest are as good as any.
    private static let most = 1000
    /// How many of those that should come first are looked at.
    static let mostFirst = 100
    /// Below how many hits near misses are looked for.
    private static let few = 20

    let query: TextQuery
    let sense: SearchSense
    let filter: RecordFilter
    let limit: Int
    let database: Database
    /// The question as it was understood when something was found.
    private(set) var question: Question
    /// What the filter asks of the indexes.
    private var facets = ""
    /// What is asked of them besides, to find first what is meant to come first.
    var narrowing = ""
    /// How many rows are looked at now.
    var most = Self.most
    var order: [Int64] = []
    private(set) var found: [Int64: Found] = [:]
    var isMore = false
    private(set) var near: [String: [String]] = [:]
    /// Words that were passed over, since nothing has them with the others.
    private(set) var passedOver: [String] = []
    var commonness: [String: Bool] = [:]
    /// What was found first of what is meant to come first.
    private var hits: [Int64] = []
    private var seen: Set<Int64> = []
    private var looked: [(question: Question, tier: QuestionTier)] = []

    /// A record that was found.
    struct Found {
        let tier: SearchTier
        let place: Place
        var pages: [PageRow] = []
    }

    /// Where the words of a question stand.
    enum Place: Int {
        /// All of them in the description.
        case description
        /// All of them on one page.
        case page
        /// Some in the description, the others on one page.
        case both
    }

    /// A page that was found: its row, which is its place in the order of filing.
    struct PageRow: Hashable {
        let row: Int64
        let tier: SearchTier
        /// Its place among those that were ranked; the same for those that were not.
        let place: Int

        /// The row of its record.
        var record: Int64 { row >> CatalogueDatabase.pageBits }
    }

    /// How the clauses are asked for in a tier.
    struct Forms {
        /// All of them, in descriptions.
        let described: String
        /// All of them, on one page.
        let written: String
        /// All of them, in descriptions together with pages.
        let together: String
        /// Any of them on the page, and any in the description.
        let parted: String
        /// The terms by which descriptions, and pages, are ranked.
        let ranking: (described: [String], written: [String])
        let count: Int

        init(_ question: Question, _ tier: QuestionTier) {
            let clauses = question.clauses
            func all(_ columns: String, _ form: (TextQuery.Term) -> String, _ link: String = " AND ") -> String {
                clauses.map { $0.expression(in: columns, form) }.joined(separator: link)
            }
            described = all("- facets", tier.described)
            written = all("text", tier.written)
            together = all("- facets", tier.written)
            parted = "(\(all("text", tier.written, " OR "))) AND (\(all("description", tier.written, " OR ")))"
            ranking = (
                clauses.compactMap { $0.ranking(tier.described) }, clauses.compactMap { $0.ranking(tier.written) }
            )
            count = clauses.count
        }
    }

    init(_ query: TextQuery, sense: SearchSense, filter: RecordFilter, limit: Int, database: Database) {
        self.query = query
        self.sense = sense
        self.filter = filter
        self.limit = limit
        self.database = database
        question = QuestionReader.question(query, sense)
    }

    // MARK: - Finding

    mutating func find() throws {
        guard let facets = try filter.facets(in: database) else { return }
        self.facets = facets
        try lookForWords()
        if !isMore, order.count < min(Self.few, limit) { try lookForNearMisses() }
        if order.isEmpty { try lookForLess() }
        if isMore { try lookForFirst() }
        try sort()
    }

    /// The words themselves, then those of their stems.
    private mutating func lookForWords() throws {
        if let common = try withCommonWords(question) {
            // A beginning gathers all rows of all its words before it gives one: the commonest may be enough.
            try look(for: Forms(common, .exact), .exact)
            looked = [(question, .exact)]
            if isMore { return }
            (order, found) = ([], [:])
        }
        let exact = Forms(question, .exact)
        try look(for: exact, .exact)
        looked = [(question, .exact)]
        if isMore { return }
        let broad = Forms(question, .broad)
        try look(for: broad, .stem, unless: exact)
        looked.append((question, .broad))
    }

    /// Looks in descriptions, on pages, and in both together; what was asked for the same before is not asked again.
    private mutating func look(for forms: Forms, _ tier: SearchTier, unless known: Forms? = nil) throws {
        if forms.described != known?.described {
            for row in try rows(of: .descriptions, forms.described, forms.ranking.described).rows {
                add(row, tier, .description)
            }
        }
        guard forms.written != known?.written else { return }
        // Of records that are found there may be too many already: then pages only add to these.
        let isFull = isMore
        if isFull, !narrowing.isEmpty { return }
        for page in try pages(forms.written, forms, tier) { add(page, .page, isNew: !isFull) }
        guard forms.count > 1, !isMore else { return }
        try lookTogether(for: forms, tier)
    }

    /// Records of which each clause stands in the description or on one page, and not all in either.
    private mutating func lookTogether(for forms: Forms, _ tier: SearchTier) throws {
        let known = found
        var new = try pages(forms.together, forms, tier).filter { known[$0.record] == nil }
        if new.isEmpty, isMore {
            // Nothing but pages of what was found by its description: these left out, which takes longer.
            isMore = false
            new = try pages("(\(forms.together)) AND \(forms.parted)", forms, tier).filter { known[$0.record] == nil }
        }
        for page in new { add(page, .both, isNew: true) }
    }

    /// Of more hits than are looked at, those that should come first: of the years and the kind that are meant.
    private mutating func lookForFirst() throws {
        let meaning = question.meaning
        let years = meaning.years.map { "xy\($0)" }.joined(separator: " OR ")
        let kinds = (meaning.types.isEmpty ? sense.types(of: firstStage) : meaning.types.sorted())
            .map { "xt" + Hex.text($0.utf8) }.joined(separator: " OR ")
        let both = [years, kinds].filter { !$0.isEmpty }.map { "facets : (\($0))" }
        var narrowings = both.isEmpty ? [] : [both.joined(separator: " AND ")]
        if both.count > 1 { narrowings.append(both[0]) }
        most = max(Self.mostFirst, limit)
        hits = []
        for narrowing in narrowings {
            self.narrowing = narrowing
            isMore = false
            for (question, tier) in looked where !isMore {
                try look(for: Forms(question, tier), tier.tier)
            }
        }
        (narrowing, most, isMore) = ("", Self.most, true)
        let first = Set(hits)
        order = hits + order.filter { !first.contains($0) }
    }

    /// The stage of the plan that is meant to come first.
    private var firstStage: PlanStage {
        question.meaning.isDraft ? .draft : question.meaning.isFinal ? .final : .signed
    }

    // MARK: - Words that nothing has

    /// Descriptions and pages that have words near to those that stand nowhere.
    ///
    /// A word that stands somewhere, itself or its stem, is no mistake, and what is near to it another word.
    private mutating func lookForNearMisses() throws {
        let unknown = try Set(question.words).filter { try !stands($0) }
        guard !unknown.isEmpty else { return }
        var (shown, asked): ([String: [String]], [String: [String]]) = ([:], [:])
        var terms = query.terms
        for word in unknown.sorted() {
            let meant = NearWords.nearest(to: word, among: sense.vocabulary)
            let others = try NearWords.near(word, limit: NearWords.most, in: database).map(\.word).filter {
                $0 != meant
            }
            let all = ([meant].compactMap(\.self) + others).prefix(NearWords.most)
            if all.isEmpty { continue }
            shown[word] = Array(all)
            asked[meant ?? word] = others
            if let meant, let term = TextQuery(meant)?.terms.first {
                terms = terms.map { $0.word == word ? term : $0 }
            }
        }
        guard !shown.isEmpty else { return }
        let corrected = QuestionReader.question(TextQuery(terms: terms), sense)
        try look(for: Forms(corrected, .near(asked)), .near)
        guard found.values.contains(where: { $0.tier == .near || $0.pages.contains { $0.tier == .near } }) else {
            return
        }
        near = shown
        looked.append((corrected, .near(asked)))
        question = corrected
    }

    /// Whether a word, or one of its stem, stands in any description or on any page.
    private func stands(_ word: String) throws -> Bool {
        guard let term = TextQuery(word)?.terms.first else { return true }
        return try RowIndex.allCases.contains { index in
            let name = index.rawValue
            let statement = try database.cachedStatement(sql: "SELECT 1 FROM \(name) WHERE \(name) MATCH ? LIMIT 1")
            return try Int.fetchOne(statement, arguments: ["- facets : (\(term.broad))"]) != nil
        }
    }

    /// What is meant need not stand there; and where the plan is asked for, or several types, a word that none has with the rest is
    /// passed over, and said to be.
    private mutating func lookForLess() throws {
        let whole = question
        var tries = [whole.withoutMeanings]
        let namesTypes = whole.clauses.count { $0.kind == .type } > 1
        let loose = whole.clauses.filter {
            $0.kind == .content && whole.meaning.isPlan || $0.kind == .type && namesTypes
        }
        for clause in loose.reversed() { tries.append(whole.withoutMeanings.without([clause])) }
        if loose.count > 1, whole.meaning.isPlan { tries.append(whole.withoutMeanings.without(loose)) }
        for less in tries where !less.clauses.isEmpty && less.clauses != whole.clauses {
            question = less
            near = [:]
            try lookForWords()
            guard order.isEmpty else {
                passedOver = whole.clauses.filter { $0.kind != .meaning && !less.clauses.contains($0) }.flatMap(\.words)
                return
            }
        }
        question = whole
    }

    // MARK: - What was found

    private mutating func add(_ record: Int64, _ tier: SearchTier, _ place: Place) {
        if !narrowing.isEmpty, seen.insert(record).inserted { hits.append(record) }
        guard found[record] == nil else { return }
        found[record] = Found(tier: tier, place: place)
        order.append(record)
    }

    private mutating func add(_ page: PageRow, _ place: Place, isNew: Bool) {
        if isNew { add(page.record, page.tier, place) }
        guard let known = found[page.record], !known.pages.contains(where: { $0.row == page.row }) else { return }
        found[page.record]?.pages.append(page)
    }

    /// Looks for pages of the records that are shown and were found by their descriptions, where there were too many pages to
    /// look at all.
    mutating func findPages(ofFirst count: Int) throws {
        let bare = order.prefix(count).filter { found[$0]?.pages.isEmpty == true }
        guard isMore, let first = bare.min(), let last = bare.max() else { return }
        let statement = try database.cachedStatement(
            sql: """
                SELECT rowid FROM page_index WHERE page_index MATCH ? AND rowid BETWEEN ? AND ?
                ORDER BY rowid DESC LIMIT \(most)
                """
        )
        let bits = CatalogueDatabase.pageBits
        let rows = try Int64.fetchAll(
            statement,
            arguments: [Forms(question, .exact).written, first << bits, (last + 1) << bits - 1]
        )
        for row in rows where found[row >> bits]?.tier == .exact {
            add(PageRow(row: row, tier: .exact, place: 0), .page, isNew: false)
        }
    }

    /// An expression with what the filter asks of the indexes, and what is meant to come first.
    func narrowed(_ expression: String) -> String {
        ([expression, facets].filter { !$0.isEmpty }.map { "(\($0))" } + [narrowing].filter { !$0.isEmpty })
            .joined(separator: " AND ")
    }

    /// What was looked for, to count all of it.
    var expressions: [(index: RowIndex, expression: String)] {
        looked.flatMap { question, tier in
            let forms = Forms(question, tier)
            let all: [(RowIndex, String)] = [
                (.descriptions, forms.described), (.pages, forms.written), (.pages, forms.together),
            ]
            return all.map { (index: $0.0, expression: $0.1) }
        }
    }
}
