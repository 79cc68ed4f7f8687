import GRDB
package import RecordsModel

extension CatalogueDatabase {
    /// Finds records by their descriptions and by the texts of their pages.
    ///
    /// All terms must be found in the description, or all on one page; where that finds nothing, some in the description and
    /// the others on one page. Exact words come first, then stems, then near misses; within these descriptions before pages.
    /// Of equals the newer comes first.
    ///
    /// - Parameters:
    ///   - query: the words.
    ///   - filter: which records count.
    ///   - dossier: the first part of a dossier's name, the procedure's id.
    ///   - limit: how many hits at the most.
    /// - Returns: what was found.
    /// - Throws: `CatalogueError` where SQLite fails.
    package func search(
        _ query: SearchQuery,
        filter: RecordFilter,
        dossier: String,
        limit: Int
    ) throws -> SearchAnswer {
        try Self.translated {
            try queue.read { database in
                var run = SearchRun(query.text, filter: filter, limit: limit, database: database)
                try run.find()
                return try run.answer(dossier: dossier)
            }
        }
    }
}

extension CatalogueDatabase {
    /// All records whose descriptions have these words, words of their stems, or words that begin so.
    ///
    /// What a decision rests on: every one of them, and nothing that texts say, which can be read badly or not at all.
    ///
    /// - Parameter query: the words.
    /// - Returns: the numbers of the records.
    /// - Throws: `CatalogueError` where SQLite fails.
    package func described(by query: SearchQuery) throws -> Set<RecordID> {
        var found: Set<RecordID> = []
        try each(
            """
            SELECT record.id FROM search_index CROSS JOIN record ON record.row_id = search_index.rowid
            WHERE search_index MATCH ?
            """,
            [query.text.terms.map(\.broadest).joined(separator: " AND ")]
        ) { if let id = RecordID($0[0] as String) { found.insert(id) } }
        return found
    }
}

/// One search: tier by tier, until enough is found.
struct SearchRun {
    /// How many rows of one tier are looked at: of words that stand everywhere, the newest are as good as any.
    private static let most = 1000
    /// On how many rows a term may stand for its rank to be computed: that takes reading all of them.
    private static let ranked = 4000
    /// Below how many hits near misses are looked for.
    private static let few = 20
    /// How many near words of one word are looked for.
    private static let nearWords = 5
    private static let pagesShown = 3

    private let query: TextQuery
    private let filter: RecordFilter
    private let limit: Int
    private let database: Database
    private var order: [Int64] = []
    private var found: [Int64: Found] = [:]
    private var isMore = false
    private var near: [String: [String]] = [:]
    private var commonness: [String: Bool] = [:]

    /// A record that was found.
    private struct Found {
        let tier: SearchTier
        var pages: [PageRow] = []
    }

    /// A page that was found.
    private struct PageRow {
        let row: Int64
        let version: Int
        let path: String
        let tier: SearchTier
    }

    init(_ query: TextQuery, filter: RecordFilter, limit: Int, database: Database) {
        self.query = query
        self.filter = filter
        self.limit = limit
        self.database = database
    }

    /// The fields that are searched, in the order of the index, each with its weight: a word in a number or a title says
    /// more than one in a remark.
    private static let fields: [(name: String, weight: Double)] = [
        ("record", 10), ("year", 1), ("title", 5), ("number", 8), ("unit", 2), ("signer", 3), ("note", 1), ("files", 2),
    ]

    // MARK: - Finding

    mutating func find() throws {
        try descriptions(query.terms.map(\.exact), .exact)
        try pages(query.terms.map(\.exact), .exact)
        try descriptions(query.terms.map(\.broadest), .stem)
        try pages(query.terms.map(\.broad), .stem)
        if order.isEmpty { try mixed() }
        if order.count < min(Self.few, limit) { try nearMisses() }
    }

    /// Records of which some terms stand in the description, and the others on one page.
    private mutating func mixed() throws {
        let terms = query.terms
        guard (2...8).contains(terms.count) else { return }
        let described = try terms.indices.filter { try isThere("search_index", terms[$0].broadest) }
        var splits = described.map { [$0] }
        if described.count > 1, described.count < terms.count { splits.insert(described, at: 0) }
        for split in splits where split.count < terms.count {
            let others = terms.indices.filter { !split.contains($0) }
            let words = split.map { terms[$0].broadest }.joined(separator: " AND ")
            try pages(others.map { terms[$0].broad }, .stem, described: words)
            if !order.isEmpty { return }
        }
    }

    /// Pages and descriptions that have words near to those that were asked for.
    private mutating func nearMisses() throws {
        for term in query.terms {
            guard let word = term.word else { continue }
            let others = try NearWords.near(word, limit: Self.nearWords, in: database).map(\.word)
            if !others.isEmpty { near[word] = others }
        }
        guard !near.isEmpty else { return }
        func expanded(_ term: TextQuery.Term, _ own: String) -> String {
            let others = term.word.flatMap { near[$0] } ?? []
            return others.isEmpty ? own : "(" + ([own] + others.map { "\"\($0)\"" }).joined(separator: " OR ") + ")"
        }
        let before = order.count
        try descriptions(query.terms.map { expanded($0, $0.broadest) }, .near)
        try pages(query.terms.map { expanded($0, $0.broad) }, .near)
        if order.count == before, !found.values.contains(where: { $0.pages.contains { $0.tier == .near } }) {
            near = [:]
        }
    }

    private func isThere(_ index: String, _ expression: String) throws -> Bool {
        let sql = "SELECT 1 FROM \(index) WHERE \(index) MATCH ? LIMIT 1"
        return try Int.fetchOne(database, sql: sql, arguments: [expression]) != nil
    }

    /// Whether a term stands on so many rows that ranking by it would read them all for nothing.
    private mutating func isCommon(_ index: String, _ terms: [String]) throws -> Bool {
        for term in terms {
            let key = index + term
            if commonness[key] == nil {
                let sql = "SELECT count(*) FROM (SELECT 1 FROM \(index) WHERE \(index) MATCH ? LIMIT ?)"
                let count = try Int.fetchOne(database, sql: sql, arguments: [term, Self.ranked + 1]) ?? 0
                commonness[key] = count > Self.ranked
            }
            if commonness[key] == true { return true }
        }
        return false
    }

    private mutating func descriptions(_ terms: [String], _ tier: SearchTier) throws {
        guard order.count < Self.most else { return }
        let condition = filter.condition
        let weights = Self.fields.map { String($0.weight) }.joined(separator: ", ")
        let best =
            try isCommon("search_index", terms)
            ? "search_index.rowid DESC"
            : "bm25(search_index, \(weights)), record.year DESC, record.sequence, record.id"
        let rows = try Int64.fetchAll(
            database,
            sql: """
                SELECT record.row_id FROM search_index CROSS JOIN record ON record.row_id = search_index.rowid
                WHERE search_index MATCH ? AND \(condition.sql) ORDER BY \(best) LIMIT \(Self.most + 1)
                """,
            arguments: [terms.joined(separator: " AND ")] + condition.arguments
        )
        if rows.count > Self.most { isMore = true }
        for row in rows.prefix(Self.most) where found[row] == nil {
            found[row] = Found(tier: tier)
            order.append(row)
        }
    }

    /// Pages on which all of these terms stand; with `described`, of records whose description has those too.
    private mutating func pages(_ terms: [String], _ tier: SearchTier, described: String? = nil) throws {
        guard order.count < Self.most else { return }
        let condition = filter.condition
        var arguments: StatementArguments = [terms.joined(separator: " AND ")]
        arguments += condition.arguments
        var more = ""
        if let described {
            more = " AND record.row_id IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)"
            arguments += [described]
        }
        let best =
            try isCommon("page_index", terms)
            ? "page_index.rowid DESC"
            : "bm25(page_index), record.year DESC, record.sequence, record.id, file.path, page_index.rowid"
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT page_index.rowid, record.row_id, file.version, file.path FROM page_index
                CROSS JOIN reading ON reading.row_id = page_index.rowid / 8192
                CROSS JOIN file ON file.digest = reading.digest
                CROSS JOIN record ON record.row_id = file.record_row
                WHERE page_index MATCH ? AND \(condition.sql)\(more) ORDER BY \(best) LIMIT \(Self.most + 1)
                """,
            arguments: arguments
        )
        if rows.count > Self.most { isMore = true }
        for row in rows.prefix(Self.most) {
            add(PageRow(row: row[0], version: row[2], path: row[3], tier: tier), of: row[1])
        }
    }

    private mutating func add(_ page: PageRow, of record: Int64) {
        if found[record] == nil {
            found[record] = Found(tier: page.tier)
            order.append(record)
        }
        let pages = found[record]?.pages ?? []
        if let place = pages.firstIndex(where: { $0.row == page.row }) {
            // The same content in several versions: the newest counts.
            if page.tier == pages[place].tier, page.version > pages[place].version {
                found[record]?.pages[place] = page
            }
        } else if pages.count < Self.pagesShown {
            found[record]?.pages.append(page)
        }
    }

    // MARK: - Telling

    func answer(dossier: String) throws -> SearchAnswer {
        var answer = SearchAnswer()
        answer.total = order.count
        answer.isMore = isMore
        answer.near = near
        let fieldMarker = WordMarker(query, near: near, findsBeginnings: true)
        let pageMarker = WordMarker(query, near: near, findsBeginnings: false)
        for row in order.prefix(limit) {
            guard let found = found[row] else { continue }
            answer.hits.append(try hit(row, found, dossier, fieldMarker, pageMarker))
        }
        return answer
    }

    private func hit(
        _ row: Int64,
        _ found: Found,
        _ dossier: String,
        _ fieldMarker: WordMarker,
        _ pageMarker: WordMarker
    ) throws -> SearchHit {
        let names = Self.fields.map { "search_text.\($0.name)" }.joined(separator: ", ")
        let statement = try database.cachedStatement(
            sql: """
                SELECT \(RecordSummary.columns), \(CatalogueDatabase.recordJSON), \(names) FROM record
                JOIN search_text ON search_text.row_id = record.row_id WHERE record.row_id = ?
                """
        )
        guard let said = try Row.fetchOne(statement, arguments: [dossier, "hit", row]) else {
            throw DatabaseError(message: "a record has no words to be found by")
        }
        var matches: [SearchHit.Match] = []
        for (index, field) in Self.fields.enumerated() {
            let text: String = said[11 + index]
            let ranges = fieldMarker.scalarRanges(in: text)
            if !ranges.isEmpty { matches.append(SearchHit.Match(field: field.name, text: text, ranges: ranges)) }
        }
        return SearchHit(
            record: RecordSummary(said),
            json: said[10],
            matches: matches,
            pages: try found.pages.compactMap { try match($0, pageMarker) },
            tier: found.tier
        )
    }

    private func match(_ page: PageRow, _ marker: WordMarker) throws -> PageMatch? {
        let statement = try database.cachedStatement(
            sql: "SELECT page, name, is_poor, text FROM page_text WHERE row_id = ?"
        )
        guard let row = try Row.fetchOne(statement, arguments: [page.row]) else { return nil }
        let (text, start, ranges) = marker.excerpt(of: row[3])
        return PageMatch(
            version: page.version,
            file: page.path.behind("files/") ?? page.path,
            page: row[0],
            name: row[1],
            tier: page.tier,
            isPoor: row[2],
            excerpt: text,
            start: start,
            ranges: ranges
        )
    }
}
