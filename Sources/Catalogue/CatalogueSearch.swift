import GRDB
package import RecordsModel

extension CatalogueDatabase {
    /// Finds records by their descriptions and by the texts of their pages.
    ///
    /// All that a question asks for must be found in the description, or all on one page, or each in one of both. What comes
    /// first is told by `SearchRun.sort`: the plan itself, the year that is named, the title, then the words.
    ///
    /// - Parameters:
    ///   - query: the words.
    ///   - sense: what words mean in the office.
    ///   - filter: which records count.
    ///   - dossier: the first part of a dossier's name, the procedure's id.
    ///   - limit: how many hits at the most.
    ///   - counts: whether all that is found is counted, however much it is.
    /// - Returns: what was found.
    /// - Throws: `CatalogueError` where SQLite fails.
    package func search(
        _ query: SearchQuery,
        sense: SearchSense = .none,
        filter: RecordFilter,
        dossier: String,
        limit: Int,
        counts: Bool = false
    ) throws -> SearchAnswer {
        try Self.translated {
            try queue.read { database in
                var run = SearchRun(query.text, sense: sense, filter: filter, limit: limit, database: database)
                try run.find()
                try run.findPages(ofFirst: limit)
                var answer = try run.answer(dossier: dossier)
                if counts { answer.counts = try run.counts() }
                return answer
            }
        }
    }
}

extension CatalogueDatabase {
    /// All records whose descriptions have these words, words of their stems, or words that begin so.
    ///
    /// What a decision rests on: every one of them, and nothing that texts say, which can be read badly or not at all, nor where a
    /// paper lies.
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
            ["- {facets location} : (\(query.text.terms.map(\.broadest).joined(separator: " AND ")))"]
        ) { if let id = RecordID($0[0] as String) { found.insert(id) } }
        return found
    }
}

extension SearchRun {
    private static let pagesShown = 3

    /// The fields of a description that are shown, in the order of the index.
    private static let fields = ["record", "year", "title", "number", "unit", "signer", "note", "files", "location"]

    func answer(dossier: String) throws -> SearchAnswer {
        var answer = SearchAnswer()
        answer.total = order.count
        answer.isMore = isMore
        answer.near = near
        answer.passedOver = passedOver
        answer.years = question.meaning.years
        answer.relativeYear = question.meaning.relativeYear
        let fieldMarker = WordMarker(question.marked, near: near, findsBeginnings: true)
        let pageMarker = WordMarker(question.marked, near: near, findsBeginnings: false)
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
        let names = Self.fields.map { "search_text.\($0)" }.joined(separator: ", ")
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
            if !ranges.isEmpty { matches.append(SearchHit.Match(field: field, text: text, ranges: ranges)) }
        }
        // Of pages that were not ranked, those of the newest version first, as one leafs through it.
        let best = found.pages.sorted { left, right in
            let readings = (left.row / CatalogueDatabase.pagesPerReading, right.row / CatalogueDatabase.pagesPerReading)
            return (left.tier, left.place, readings.1, left.row) < (right.tier, right.place, readings.0, right.row)
        }
        return SearchHit(
            record: RecordSummary(said),
            json: said[10],
            matches: matches,
            pages: try best.prefix(Self.pagesShown).compactMap { try match($0, of: row, pageMarker) },
            tier: found.tier
        )
    }

    private func match(_ page: PageRow, of record: Int64, _ marker: WordMarker) throws -> PageMatch? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT page, name, is_poor, text, version, path FROM page_entry
                JOIN page_text ON page_text.row_id = page_row JOIN reading ON reading.row_id = reading_row
                JOIN file ON file.digest = reading.digest AND file.record_row = ?
                WHERE page_entry.row_id = ? ORDER BY version DESC, path LIMIT 1
                """
        )
        guard let row = try Row.fetchOne(statement, arguments: [record, page.row]) else { return nil }
        let (text, start, ranges) = marker.excerpt(of: row[3])
        let path: String = row[5]
        return PageMatch(
            version: row[4],
            file: path.behind("files/") ?? path,
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
