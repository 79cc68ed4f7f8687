package import ArchiveHome
import FileSafety
import Foundation
import OfficeFiles
import RecordsModel
import SystemPackage

/// The searches that an office saved under names, in `policy/searches.csv` (R57).
///
/// A file that the office may edit: a column `name`, a column `words`, and one for each option that narrows a search.
package struct SavedSearches {
    /// The options that narrow a search, as the columns are called.
    package static let options = ["year", "unit", "step", "type", "signer", "after", "before", "location", "class"]

    /// One saved search.
    package struct Entry: Hashable, Sendable {
        /// What it is called.
        package let name: String
        /// What is looked for.
        package let words: String
        /// The options that narrow it, by the name of each.
        package let options: [String: String]

        /// A search out of its parts.
        package init(name: String, words: String, options: [String: String]) {
            self.name = name
            self.words = words
            self.options = options
        }
    }

    private let home: Home
    /// The searches, in the order of the file.
    package private(set) var entries: [Entry]

    /// Reads them; none where there is no file.
    ///
    /// - Throws: `OfficeFileError`.
    package init(_ home: Home) throws {
        self.home = home
        let rows = try PolicyFiles.rows(home.policy.appending("searches.csv"), columns: ["name", "words"])
        entries = rows.map(\.cells).compactMap { row in
            guard let name = row["name"], !name.isEmpty else { return nil }
            let options = Self.options.compactMap { option in
                row[option].flatMap { $0.isEmpty ? nil : (option, $0) }
            }
            return Entry(name: name, words: row["words"] ?? "", options: Dictionary(uniqueKeysWithValues: options))
        }
    }

    /// The search of a name.
    ///
    /// - Throws: `OperationError`, code `usage`, with the names that there are.
    package func entry(named name: String) throws -> Entry {
        if let entry = entries.first(where: { ExactText($0.name) == ExactText(name) }) { return entry }
        let names = entries.map { "'\($0.name.displayed)'" }.joined(separator: ", ")
        throw OperationError(
            .usage,
            message: "there is no saved search '\(name.displayed)'" + (names.isEmpty ? "" : ": there are \(names)"),
            remedy: "save one with 'berkas search WORDS --save NAME', or edit 'policy/searches.csv'"
        )
    }

    /// Saves a search, in the place of one of that name; the file is replaced whole, under the home's lock.
    ///
    /// - Throws: `OfficeFileError`; `FileSafetyError`.
    package static func save(_ entry: Entry, in home: Home, _ context: OperationContext) throws {
        let context = try context.working(in: home)
        let lock = try home.takeLock(context, isBrief: true)
        try withExtendedLifetime(lock) {
            var entries = try SavedSearches(home).entries
            let place = entries.firstIndex { ExactText($0.name) == ExactText(entry.name) }
            if let place { entries[place] = entry } else { entries.append(entry) }
            let header = (["name", "words"] + options).joined(separator: ",")
            let lines = entries.map { entry in
                ([entry.name, entry.words] + options.map { entry.options[$0] ?? "" }).map(cell).joined(separator: ",")
            }
            let text = ([header] + lines).joined(separator: "\n") + "\n"
            try context.files.replace(home.policy.appending("searches.csv"), Array(text.utf8))
        }
    }

    private static func cell(_ text: String) -> String {
        guard text.contains(where: { ",;\"\n\r".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
