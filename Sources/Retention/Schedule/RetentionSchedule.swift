package import RecordsModel

/// A retention schedule (jadwal retensi arsip, JRA): its rows and how they are found.
///
/// A version is never edited: what changes is another schedule with another digest.
package struct RetentionSchedule: Sendable {
    /// Which version it is.
    package let version: ScheduleVersion
    /// The rows, in the order of the file.
    package let rows: [ScheduleRow]
    /// The rows of each code.
    private let codes: [ExactText: Entry]

    private struct Entry {
        /// The row that lists no types.
        var general: Int?
        /// The rows that list some, by type.
        var byType: [(type: String, row: Int)] = []
    }

    /// A schedule of rows of which no two are for the same code and type; of such the first counts.
    package init(version: ScheduleVersion, rows: [ScheduleRow]) {
        self.version = version
        self.rows = rows
        var codes: [ExactText: Entry] = [:]
        for (index, row) in rows.enumerated() {
            var entry = codes[ExactText(row.code)] ?? Entry()
            if row.types.isEmpty { entry.general = entry.general ?? index }
            entry.byType += row.types.map { ($0, index) }
            codes[ExactText(row.code)] = entry
        }
        self.codes = codes
    }

    /// Whether any row is a sample: then nothing may be disposed of.
    package var hasSample: Bool { rows.contains(where: \.isSample) }

    /// The place in `rows` of the row for a code and a document type; nil where there is none.
    ///
    /// The code is compared to the letter, spaces around it aside. A row that lists the type goes before the row that
    /// lists none. A code never inherits the row of a shorter one: what the schedule does not say has no rule.
    package func index(code: String, type: String) -> Int? {
        guard let entry = codes[ExactText(code)] ?? trimmed(code) else { return nil }
        for (listed, row) in entry.byType where listed.utf8.elementsEqual(type.utf8) { return row }
        return entry.general
    }

    /// The row for a code and a document type; nil where there is none (R4).
    package func row(code: String, type: String) -> ScheduleRow? { index(code: code, type: type).map { rows[$0] } }

    /// All rows of a code with what they are for, so that a person who classifies sees the fates side by side.
    package func rows(code: String) -> [ScheduleRow] {
        let code = ScheduleText.trimmed(code)
        return rows.filter { $0.code.utf8.elementsEqual(code.utf8) }
    }

    private func trimmed(_ code: String) -> Entry? {
        let isSpaced = code.utf8.first.map { $0 <= 32 || $0 > 127 } ?? false
        guard isSpaced || code.utf8.last.map({ $0 <= 32 || $0 > 127 }) ?? false else { return nil }
        return codes[ExactText(ScheduleText.trimmed(code))]
    }
}

/// What came of reading a schedule.
package struct ScheduleReading: Sendable {
    /// The schedule; nil where anything is a fault.
    package let schedule: RetentionSchedule?
    /// All that is wrong with all rows, and the warnings, in the order of the file (R2).
    package let faults: [Fault]
}

/// Texts of cells.
enum ScheduleText {
    /// A text without white space at its ends.
    static func trimmed(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
        while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
        return String(scalars)
    }
}
