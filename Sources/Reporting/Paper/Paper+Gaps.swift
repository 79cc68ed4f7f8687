/// A column of a paper that is not filled: one of them fails the auditor's question about the whole list.
package struct EmptyColumn: Hashable, Sendable {
    /// The table, by its id.
    package let table: String
    /// The column's heading.
    package let heading: String
    /// The column's key.
    package let key: String
    /// The rows in which it is empty, from 1.
    package let rows: [Int]
    /// Whether it is empty in all rows.
    package let isWhole: Bool

    /// One sentence without a full stop, with the first of the rows.
    package var message: String {
        if isWhole { return "the column '\(heading)' of '\(table)' is empty" }
        let named = rows.prefix(5).map(String.init).joined(separator: ", ") + (rows.count > 5 ? " …" : "")
        return "the column '\(heading)' of '\(table)' is empty in \(rows.count) of its rows: \(named)"
    }
}

extension Paper {
    /// The columns that are not filled, in the order of the tables; to be named before printing.
    ///
    /// A column for remarks counts only where no row has one. A table without a row lacks nothing.
    package var emptyColumns: [EmptyColumn] {
        tables.flatMap { table in
            table.columns.enumerated().compactMap { place, column -> EmptyColumn? in
                let rows = table.rows.enumerated().filter { $0.element[place].isBlank }.map { $0.offset + 1 }
                let isWhole = rows.count == table.rows.count
                guard !rows.isEmpty, isWhole || !column.mayLack else { return nil }
                return EmptyColumn(
                    table: table.id,
                    heading: column.heading,
                    key: column.key,
                    rows: rows,
                    isWhole: isWhole
                )
            }
        }
    }

    /// What else the form asks for and nobody has given, in the words of the form: number, place, facts, names of those
    /// who sign.
    package var missingParts: [String] {
        func lacks(_ value: String?) -> Bool { value.map(PaperText.isBlank) ?? true }
        var missing: [String] = []
        if kind.asksForNumber, lacks(number) { missing.append("Nomor") }
        if lacks(place) { missing.append("Tempat") }
        if lacks(letterhead.office) { missing.append("Nama kantor") }
        missing += facts.filter { !$0.mayLack && lacks($0.value) }.map(\.heading)
        missing += signatures.filter { lacks($0.name) }.map { "Nama " + $0.role }
        if lacks(checkpoint?.line) { missing.append("Titik periksa") }
        return missing
    }
}
