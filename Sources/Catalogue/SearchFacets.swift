import GRDB
import RecordsModel

extension RecordFilter {
    /// How many months are asked for one by one; longer times by the year.
    private static let mostMonths = 24
    /// How many units or signers are asked for one by one; more narrow too little to be worth it.
    private static let mostValues = 64

    /// What the filter asks of the indexes, as an expression of words in `facets` (see `007-search.sql`); nil where nothing
    /// can pass, empty where the indexes do not help.
    ///
    /// It lets everything pass that the filter does, and may let more pass: a text with such a word too, since to look at the
    /// column would take longer.
    func facets(in database: Database) throws -> String? {
        var parts: [String] = []
        if let year { parts.append("xy\(year)") }
        if let step { parts.append("xs\(step)") }
        if let type { parts.append("xt" + Hex.text(type.utf8)) }
        for (column, mark, text) in [("unit", "xu", unit), ("signer", "xg", signer)] {
            guard let text else { continue }
            guard let values = try Self.values(of: column, with: text, in: database) else { continue }
            if values.isEmpty { return nil }
            // As long as the tokenizer lets a word be.
            parts.append(values.map { mark + Hex.text($0.utf8) }.joined(separator: " OR "))
        }
        if after != nil || before != nil {
            guard let days = try days(in: database) else { return nil }
            parts.append(Self.times(from: days.first, to: days.last))
        }
        return parts.map { "(\($0))" }.joined(separator: " AND ")
    }

    /// The values of a column that have this text; nil where they are too many.
    ///
    /// An index hands out each once.
    private static func values(of column: String, with text: String, in database: Database) throws -> [String]? {
        var values: [String] = []
        let rows = try String.fetchCursor(
            database,
            sql: """
                WITH RECURSIVE value (text) AS (
                    SELECT min(\(column)) FROM record WHERE \(column) IS NOT NULL
                    UNION ALL SELECT (SELECT min(\(column)) FROM record WHERE \(column) > text) FROM value
                        WHERE text IS NOT NULL
                )
                SELECT text FROM value WHERE text LIKE ? ESCAPE '\\'
                """,
            arguments: ["%\(escaped(text))%"]
        )
        while let value = try rows.next() {
            values.append(value)
            if values.count > mostValues { return nil }
        }
        return values
    }

    /// The first and the last day that can pass; nil where none can.
    private func days(in database: Database) throws -> (first: CivilDate, last: CivilDate)? {
        let row = try Row.fetchOne(
            database,
            sql:
                "SELECT (SELECT min(date) FROM record WHERE date IS NOT NULL), (SELECT max(date) FROM record WHERE date IS NOT NULL)"
        )
        let (least, most): (String?, String?) = (row?[0], row?[1])
        guard let least = least.flatMap({ CivilDate($0) }), let most = most.flatMap({ CivilDate($0) }) else {
            return nil
        }
        let (first, last) = (max(after ?? least, least), min(before ?? most, most))
        return first <= last ? (first, last) : nil
    }

    private static func times(from first: CivilDate, to last: CivilDate) -> String {
        func digits(_ number: Int, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
        }
        let months = (first.year * 12 + first.month - 1)...(last.year * 12 + last.month - 1)
        if months.count <= mostMonths {
            return months.map { "xm\(digits($0 / 12, 4))\(digits($0 % 12 + 1, 2))" }.joined(separator: " OR ")
        }
        return (first.year...last.year).map { "xd\(digits($0, 4))" }.joined(separator: " OR ")
    }
}
