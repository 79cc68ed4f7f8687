import FileSafety
package import RecordsModel
package import SystemPackage

/// Reads `policy/holidays.csv`: which days are not worked, by which decree.
///
/// Columns: `date` (YYYY-MM-DD), `name`, `kind` (`libur`, `cuti bersama`, or `kerja` for a day that a later decree made a
/// working day again), `decree` (its number), `decreed` (its date). Others may stand beside them; a `note` that begins with
/// `CONTOH` marks a row as a sample.
package enum HolidayFile {
    /// The columns that must be there.
    package static let columns = ["date", "name", "kind", "decree", "decreed"]

    /// Reads the table; a file that is not there is an empty one.
    ///
    /// - Parameter file: the file.
    /// - Returns: its rows, in their order.
    /// - Throws: `OfficeFileError`, code `invalid`, with every row that cannot be used.
    package static func read(_ file: FilePath) throws -> [Holiday] {
        var holidays: [Holiday] = []
        var faults: [String] = []
        var said: [Key: (row: Int, isWorked: Bool)] = [:]
        for (number, row) in try PolicyFiles.rows(file, columns: columns) {
            func fault(_ column: String, _ problem: String) {
                faults.append("row \(number), column '\(column)': '\((row[column] ?? "").displayed)' \(problem)")
            }
            let date = CivilDate(row["date"] ?? "")
            let decreed = CivilDate(row["decreed"] ?? "")
            let kind = Holiday.Kind(rawValue: (row["kind"] ?? "").lowercased())
            let decree = row["decree"] ?? ""
            if date == nil { fault("date", "is no date YYYY-MM-DD") }
            if decreed == nil { fault("decreed", "is no date YYYY-MM-DD") }
            if kind == nil {
                fault("kind", "is none of " + Holiday.Kind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "))
            }
            if decree.allSatisfy(\.isWhitespace) { fault("decree", "names no decree") }
            guard let date, let decreed, let kind else { continue }
            // Nothing would tell which of the two is the later word.
            if let other = said[Key(date: date, decreed: decreed)], other.isWorked != (kind == .working) {
                fault("kind", "contradicts row \(other.row), which speaks of the same day and is decreed on the same")
            }
            said[Key(date: date, decreed: decreed)] = (number, kind == .working)
            holidays.append(
                Holiday(
                    date: date,
                    name: row["name"] ?? "",
                    kind: kind,
                    decree: decree,
                    decreed: decreed,
                    isSample: row["note"]?.uppercased().hasPrefix("CONTOH") ?? false
                )
            )
        }
        guard faults.isEmpty else {
            throw OfficeFileError(
                .invalid,
                file: file,
                message: faults.joined(separator: "; "),
                remedy: "correct these rows by the decree itself"
            )
        }
        return holidays
    }

    private struct Key: Hashable {
        let date: CivilDate
        let decreed: CivilDate
    }
}
