import GRDB

/// One search: tier by tier, until enough is found.
///
/// In each tier the descriptions are asked first, then the pages, then both together. An index hands out rows in the order of
/// filing, so that the newest are at hand at once, however common the words are; only where few enough rows are found are
/// these ranked, since ranking by a word reads every row that has it.
struct SearchRun {
    /// How many rows of an index are looked at: of words that stand everywhere, the newest are as good as any.
    private static let most = 1000
    /// On how many rows a term may stand for rows to be ranked by it.
    private static let ranked = 2000
    /// Below how many hits near misses are looked for.
    private static let few = 20
    /// How many near words of one word are looked for.
    private static let nearWords = 5

    let query: TextQuery
    let filter: RecordFilter
    let limit: Int
    let database: Database
    /// What the filter asks of the indexes.
    private var facets = ""
    private(set) var order: [Int64] = []
    private(set) var found: [Int64: Found] = [:]
    private(set) var isMore = false
    private(set) var near: [String: [String]] = [:]
    private var commonness: [String: Bool] = [:]

    /// A record that was found.
    struct Found {
        let tier: SearchTier
        var pages: [PageRow] = []
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

    /// An index of words.
    private enum Index: String {
        case descriptions = "search_index"
        case pages = "page_index"

        /// A word in a number or a title says more than one in a remark.
        var weights: String { self == .descriptions ? "10, 1, 5, 8, 2, 3, 1, 2, 0" : "1, 1, 0" }
    }

    /// How the terms are asked for in a tier.
    private struct Forms {
        /// In descriptions.
        let described: [String]
        /// On pages, and in descriptions together with pages.
        let written: [String]
        /// Those of `written` that pages are ranked by: single words, since what is put together of several is gathered from
        /// all rows of each whenever it is asked for.
        let ranking: [String]
        /// Whether descriptions, and pages, were asked for the same before.
        var isKnown = (described: false, written: false)
    }

    init(_ query: TextQuery, filter: RecordFilter, limit: Int, database: Database) {
        self.query = query
        self.filter = filter
        self.limit = limit
        self.database = database
    }

    // MARK: - Finding

    mutating func find() throws {
        guard let facets = try filter.facets(in: database) else { return }
        self.facets = facets
        let exact = forms { ($0.exact, $0.exact) }
        var broad = forms { ($0.broadest, $0.broad) }
        broad.isKnown = (broad.described == exact.described, broad.written == exact.written)
        try look(for: exact, .exact)
        if !isMore { try look(for: broad, .stem) }
        if !isMore, order.count < min(Self.few, limit) { try lookForNearMisses() }
    }

    private func forms(_ form: (TextQuery.Term) -> (described: String, written: String)) -> Forms {
        let all = query.terms.map { (term: $0, form: form($0)) }
        let single = all.filter { $0.term.kind != .prefix && $0.term.forms.count == 1 }
        return Forms(
            described: all.map(\.form.described),
            written: all.map(\.form.written),
            ranking: single.map(\.form.written)
        )
    }

    private mutating func look(for forms: Forms, _ tier: SearchTier) throws {
        if !forms.isKnown.described {
            let described = forms.described.joined(separator: " AND ")
            for row in try rows(of: .descriptions, "- facets : (\(described))", forms.described).rows { add(row, tier) }
        }
        guard !forms.isKnown.written else { return }
        // Of records that are found there may be too many already: then pages only add to these.
        let isFull = isMore
        let written = forms.written.joined(separator: " AND ")
        for page in try pages("text : (\(written))", forms, tier) { add(page, isNew: !isFull) }
        guard forms.written.count > 1, !isMore else { return }
        try lookTogether(for: forms, tier)
    }

    /// Records of which each term stands in the description or on one page, and not all in either.
    private mutating func lookTogether(for forms: Forms, _ tier: SearchTier) throws {
        let known = found
        let written = forms.written.joined(separator: " AND ")
        let all = "- facets : (\(written))"
        var new = try pages(all, forms, tier).filter { known[$0.record] == nil }
        if new.isEmpty, isMore {
            // Nothing but pages of what was found by its description: these left out, which takes longer.
            isMore = false
            let any = forms.written.joined(separator: " OR ")
            new = try pages("(\(all)) AND (text : (\(any))) AND (description : (\(any)))", forms, tier)
                .filter { known[$0.record] == nil }
        }
        for page in new { add(page, isNew: true) }
    }

    /// Descriptions and pages that have words near to those that were asked for.
    ///
    /// A word that stands on many pages is no mistake, and what is near to it mostly another word.
    private mutating func lookForNearMisses() throws {
        for word in query.words where try !isCommon("\"\(word)\"", in: .pages) {
            let others = try NearWords.near(word, limit: Self.nearWords, in: database).map(\.word)
            if !others.isEmpty { near[word] = others }
        }
        guard !near.isEmpty else { return }
        let near = near
        func expanded(_ term: TextQuery.Term, _ own: String) -> String {
            let others = term.word.flatMap { near[$0] } ?? []
            return others.isEmpty ? own : "(" + ([own] + others.map { "\"\($0)\"" }).joined(separator: " OR ") + ")"
        }
        try look(for: forms { (expanded($0, $0.broadest), expanded($0, $0.broad)) }, .near)
        if !found.values.contains(where: { $0.tier == .near || $0.pages.contains { $0.tier == .near } }) {
            self.near = [:]
        }
    }

    private mutating func add(_ record: Int64, _ tier: SearchTier) {
        guard found[record] == nil else { return }
        found[record] = Found(tier: tier)
        order.append(record)
    }

    // MARK: - Rows of an index

    /// The rows that an expression finds, the best first, and whether they are ranked; else the newest come first.
    private mutating func rows(
        of index: Index,
        _ expression: String,
        _ terms: [String]
    ) throws -> (rows: [Int64], areRanked: Bool) {
        let name = index.rawValue
        let condition = filter.condition
        let isPage = index == .pages
        let sql =
            condition.sql == "1"
            ? "SELECT rowid FROM \(name) WHERE \(name) MATCH ? ORDER BY rowid DESC LIMIT \(Self.most + 1)"
            : """
            SELECT \(name).rowid FROM \(name)
            CROSS JOIN record ON record.row_id = \(name).rowid\(isPage ? " >> \(CatalogueDatabase.pageBits)" : "")
            WHERE \(name) MATCH ? AND \(condition.sql) ORDER BY \(name).rowid DESC LIMIT \(Self.most + 1)
            """
        let statement = try database.cachedStatement(sql: sql)
        let rows = try Int64.fetchAll(statement, arguments: [narrowed(expression)] + condition.arguments)
        guard rows.count <= Self.most else {
            isMore = true
            return (Array(rows.prefix(Self.most)), false)
        }
        return try rank(rows, of: index, by: terms)
    }

    private func narrowed(_ expression: String) -> String {
        facets.isEmpty ? expression : "(\(expression)) AND \(facets)"
    }

    /// The rows in the order of what the less common terms say of them; of equals, the newest first.
    private mutating func rank(
        _ rows: [Int64],
        of index: Index,
        by terms: [String]
    ) throws -> (rows: [Int64], areRanked: Bool) {
        guard rows.count > 1 else { return (rows, true) }
        var rare: [String] = []
        for term in terms where try !isCommon(term, in: index) { rare.append(term) }
        guard !rare.isEmpty else { return (rows, false) }
        let name = index.rawValue
        let statement = try database.cachedStatement(
            sql: "SELECT rowid, bm25(\(name), \(index.weights)) FROM \(name) WHERE \(name) MATCH ?"
        )
        let expression = "- facets : (\(rare.joined(separator: " AND ")))"
        var ranks: [Int64: Double] = [:]
        let cursor = try Row.fetchCursor(statement, arguments: [expression])
        while let row = try cursor.next() { ranks[row[0]] = row[1] }
        let sorted = rows.sorted { left, right in
            let (first, second) = (ranks[left] ?? 0, ranks[right] ?? 0)
            return first != second ? first < second : left > right
        }
        return (sorted, true)
    }

    /// Whether a term stands on so many rows that ranking by it would read them all for nothing.
    private mutating func isCommon(_ term: String, in index: Index) throws -> Bool {
        let key = index.rawValue + term
        if let known = commonness[key] { return known }
        let name = index.rawValue
        let statement = try database.cachedStatement(
            sql: "SELECT count(*) FROM (SELECT 1 FROM \(name) WHERE \(name) MATCH ? LIMIT \(Self.ranked + 1))"
        )
        let isCommon = (try Int.fetchOne(statement, arguments: ["- facets : (\(term))"]) ?? 0) > Self.ranked
        commonness[key] = isCommon
        return isCommon
    }

    // MARK: - Pages

    /// Pages that an expression finds, the best first.
    private mutating func pages(_ expression: String, _ forms: Forms, _ tier: SearchTier) throws -> [PageRow] {
        let (rows, areRanked) = try rows(of: .pages, expression, forms.ranking)
        return rows.enumerated().map { PageRow(row: $1, tier: tier, place: areRanked ? $0 : 0) }
    }

    private mutating func add(_ page: PageRow, isNew: Bool) {
        if isNew { add(page.record, page.tier) }
        guard let known = found[page.record], !known.pages.contains(where: { $0.row == page.row }) else { return }
        found[page.record]?.pages.append(page)
    }

    /// Looks for pages of the records that are shown and were found by their descriptions, where there were too many pages to
    /// look at all.
    mutating func findPages(ofFirst count: Int) throws {
        let bare = order.prefix(count).filter { found[$0]?.pages.isEmpty == true }
        guard isMore, let first = bare.min(), let last = bare.max() else { return }
        let words = query.terms.map(\.exact).joined(separator: " AND ")
        let statement = try database.cachedStatement(
            sql: """
                SELECT rowid FROM page_index WHERE page_index MATCH ? AND rowid BETWEEN ? AND ?
                ORDER BY rowid DESC LIMIT \(Self.most)
                """
        )
        let bits = CatalogueDatabase.pageBits
        let rows = try Int64.fetchAll(
            statement,
            arguments: ["text : (\(words))", first << bits, (last + 1) << bits - 1]
        )
        for row in rows where found[row >> bits]?.tier == .exact {
            add(PageRow(row: row, tier: .exact, place: 0), isNew: false)
        }
    }
}
