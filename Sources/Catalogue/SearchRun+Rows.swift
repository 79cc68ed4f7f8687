import GRDB

extension SearchRun {
    /// On how many rows a term may stand for rows to be ranked by it.
    private static let ranked = 2000

    /// An index of words.
    enum RowIndex: String, CaseIterable {
        /// Of the descriptions.
        case descriptions = "search_index"
        /// Of the pages, each with the descriptions of its records.
        case pages = "page_index"

        /// A word in a number or a title says more than one in a remark.
        var weights: String { self == .descriptions ? "10, 1, 5, 8, 2, 3, 1, 2, 2, 0" : "1, 1, 0" }
    }

    /// The rows that an expression finds, the best first, and whether they are ranked; else the newest come first.
    mutating func rows(
        of index: RowIndex,
        _ expression: String,
        _ terms: [String]
    ) throws -> (rows: [Int64], areRanked: Bool) {
        let name = index.rawValue
        let condition = filter.condition
        let isPage = index == .pages
        let sql =
            condition.sql == "1"
            ? "SELECT rowid FROM \(name) WHERE \(name) MATCH ? ORDER BY rowid DESC LIMIT \(most + 1)"
            : """
            SELECT \(name).rowid FROM \(name)
            CROSS JOIN record ON record.row_id = \(name).rowid\(isPage ? " >> \(CatalogueDatabase.pageBits)" : "")
            WHERE \(name) MATCH ? AND \(condition.sql) ORDER BY \(name).rowid DESC LIMIT \(most + 1)
            """
        let statement = try database.cachedStatement(sql: sql)
        let rows = try Int64.fetchAll(statement, arguments: [narrowed(expression)] + condition.arguments)
        guard rows.count <= most else {
            isMore = true
            return (Array(rows.prefix(most)), false)
        }
        return try rank(rows, of: index, by: terms)
    }

    /// The rows in the order of what the less common terms say of them; of equals, the newest first.
    private mutating func rank(
        _ rows: [Int64],
        of index: RowIndex,
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
    private mutating func isCommon(_ term: String, in index: RowIndex) throws -> Bool {
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

    /// Pages that an expression finds, the best first.
    mutating func pages(_ expression: String, _ forms: Forms, _ tier: SearchTier) throws -> [PageRow] {
        let (rows, areRanked) = try rows(of: .pages, expression, forms.ranking.written)
        return rows.enumerated().map { PageRow(row: $1, tier: tier, place: areRanked ? $0 : 0) }
    }

    // MARK: - Beginnings

    /// How many words stand for a beginning at the most.
    private static let words = 32
    /// How many words with that beginning are counted at the most.
    private static let counted = 5000

    /// The question with the commonest words in the place of beginnings; nil where there is none, or where it has few rows.
    func withCommonWords(_ question: Question) throws -> Question? {
        var isChanged = false
        var changed = question
        for (index, clause) in question.clauses.enumerated() {
            changed.clauses[index].ways = try clause.ways.flatMap { way -> [Question.Clause.Way] in
                guard case .term(let term) = way, term.kind == .prefix, let words = try commonWords(term) else {
                    return [way]
                }
                isChanged = true
                return words.compactMap { TextQuery($0)?.terms.first.map { .term($0) } }
            }
        }
        return isChanged ? changed : nil
    }

    /// The commonest words that begin so; nil where all of them together stand on few pages.
    private func commonWords(_ term: TextQuery.Term) throws -> [String]? {
        guard term.forms.count == 1, term.forms[0].count >= 4 else { return nil }
        let first = String(decoding: term.forms[0], as: UTF8.self)
        let statement = try database.cachedStatement(
            sql: "SELECT word, pages FROM vocabulary WHERE word >= ? AND word < ? LIMIT \(Self.counted)"
        )
        let rows = try Row.fetchAll(statement, arguments: [first, first + "\u{10FFFF}"])
        let words = rows.map { (word: $0[0] as String, pages: $0[1] as Int) }
        guard words.reduce(0, { $0 + $1.pages }) > Self.ranked else { return nil }
        return words.sorted { ($1.pages, $0.word) < ($0.pages, $1.word) }.prefix(Self.words).map(\.word)
    }
}
