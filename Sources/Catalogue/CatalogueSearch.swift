import GRDB

extension CatalogueDatabase {
    /// The fields that are searched, in the order of the index, each with its weight: a word in a number or a title says
    /// more than one in a remark.
    private static let fields: [(name: String, weight: Double)] = [
        ("record", 10), ("year", 1), ("title", 5), ("number", 8), ("unit", 2), ("signer", 3), ("note", 1), ("files", 2),
    ]

    // Characters of the private use area, which no keyboard types, stand round what was found until it is cut out.
    private static let opening: Unicode.Scalar = "\u{F0000}"
    private static let closing: Unicode.Scalar = "\u{F0001}"

    /// The records in which all terms are found, the best first; of equals the newer year, then the lower number.
    ///
    /// - Parameters:
    ///   - query: the words.
    ///   - filter: which records count.
    ///   - dossier: the first part of a dossier's name, the procedure's id.
    ///   - limit: how many hits at the most.
    /// - Returns: the hits, and how many there are without the limit.
    /// - Throws: `CatalogueError` where SQLite fails.
    package func search(
        _ query: SearchQuery,
        filter: RecordFilter,
        dossier: String,
        limit: Int
    ) throws -> (hits: [SearchHit], total: Int) {
        let condition = filter.condition
        let weights = Self.fields.map { String($0.weight) }.joined(separator: ", ")
        let highlights = Self.fields.indices.map {
            "highlight(search_index, \($0), '\(Self.opening)', '\(Self.closing)')"
        }.joined(separator: ", ")
        let matching = """
            FROM search_index JOIN record ON record.row_id = search_index.rowid
            WHERE search_index MATCH ? AND \(condition.sql)
            """
        var hits: [SearchHit] = []
        try each(
            """
            SELECT \(RecordSummary.columns), \(Self.recordJSON), \(highlights) \(matching)
            ORDER BY bm25(search_index, \(weights)), record.year DESC, record.sequence, record.id LIMIT ?
            """,
            [dossier, "hit", query.expression] + condition.arguments + [limit]
        ) { row in
            var matches: [SearchHit.Match] = []
            for (index, field) in Self.fields.enumerated() {
                if let match = Self.match(in: row[11 + index] as String, field: field.name) { matches.append(match) }
            }
            hits.append(SearchHit(record: RecordSummary(row), json: row[10], matches: matches))
        }
        var total = hits.count
        if total == limit {
            try each("SELECT count(*) \(matching)", [query.expression] + condition.arguments) { total = $0[0] }
        }
        return (hits, total)
    }

    private static func match(in marked: String, field: String) -> SearchHit.Match? {
        var text = String.UnicodeScalarView()
        var ranges: [Range<Int>] = []
        var start = 0
        var count = 0
        for scalar in marked.unicodeScalars {
            if scalar == opening {
                start = count
            } else if scalar == closing {
                ranges.append(start..<count)
            } else {
                text.append(scalar)
                count += 1
            }
        }
        return ranges.isEmpty ? nil : SearchHit.Match(field: field, text: String(text), ranges: ranges)
    }
}
