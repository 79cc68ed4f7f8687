import GRDB
import RecordsModel

extension SearchRun {
    /// How many of the records that the question finds are of each year, type and unit: all of them, not the first only.
    func counts() throws -> SearchCounts {
        var rows = Set(order)
        if isMore {
            for (index, expression) in expressions {
                let name = index.rawValue
                let row = index == .pages ? "rowid >> \(CatalogueDatabase.pageBits)" : "rowid"
                let cursor = try Int64.fetchCursor(
                    database,
                    sql: "SELECT DISTINCT \(row) FROM \(name) WHERE \(name) MATCH ?",
                    arguments: [narrowed(expression)]
                )
                while let row = try cursor.next() { rows.insert(row) }
            }
        }
        var years: [String: Int] = [:]
        var types: [String: Int] = [:]
        var units: [String: Int] = [:]
        var total = 0
        let condition = filter.condition
        let statement = try database.cachedStatement(
            sql: "SELECT year, type, unit FROM record WHERE row_id = ? AND \(condition.sql)"
        )
        for row in rows.sorted() {
            guard let record = try Row.fetchOne(statement, arguments: [row] + condition.arguments) else { continue }
            total += 1
            years[String(record[0] as Int), default: 0] += 1
            types[record[1], default: 0] += 1
            units[record[2], default: 0] += 1
        }
        return SearchCounts(
            years: years.sorted { $0.key > $1.key }.map { SearchCounts.Count(value: $0.key, records: $0.value) },
            types: Self.sorted(types),
            units: Self.sorted(units),
            total: total
        )
    }

    private static func sorted(_ counts: [String: Int]) -> [SearchCounts.Count] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { SearchCounts.Count(value: $0.key, records: $0.value) }
    }
}

extension CatalogueDatabase {
    /// The records whose own number is this one, however it is spaced; removed ones among them.
    ///
    /// - Parameter number: the number of a letter or decree: `470/169/2024`.
    /// - Returns: the records, by year and number.
    /// - Throws: `CatalogueError` where SQLite fails.
    package func records(numbered number: String) throws -> [RecordSummary] {
        let words = WordScanner.words(of: number).map(\.form)
        guard let phrase = WordScanner.phrase(number) else { return [] }
        var found: [RecordSummary] = []
        try each(
            """
            SELECT \(RecordSummary.columns) FROM search_index JOIN record ON record.row_id = search_index.rowid
            WHERE search_index MATCH ? ORDER BY record.year, record.sequence, record.id
            """,
            ["number : \(phrase)"]
        ) { row in
            let record = RecordSummary(row)
            if let own = record.number, WordScanner.words(of: own).map(\.form) == words { found.append(record) }
        }
        return found
    }
}
