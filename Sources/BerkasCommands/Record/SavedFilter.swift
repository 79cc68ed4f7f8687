import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel

extension FilterOptions {
    /// The options that were given, by the names of their columns.
    var said: [String: String] {
        let all: [String: String?] = [
            "year": year.map(String.init), "unit": unit, "step": step.map(String.init), "type": type, "signer": signer,
            "after": after?.description, "before": before?.description, "location": location, "class": classification,
        ]
        return all.compactMapValues { $0 }
    }

    /// Takes over what a saved search says, where no option was given.
    ///
    /// - Throws: `OperationError`, code `usage`, for a cell that is no such value.
    mutating func narrow(by saved: SavedSearches.Entry) throws {
        func value<Value>(_ option: String, _ read: (String) -> Value?) throws -> Value? {
            guard let text = saved.options[option] else { return nil }
            guard let value = read(text) else {
                throw OperationError(
                    .usage,
                    message: "the saved search '\(saved.name.displayed)' has '\(text.displayed)' as its \(option)",
                    remedy: "correct 'policy/searches.csv'"
                )
            }
            return value
        }
        year = try year ?? value("year") { Int($0) }
        step = try step ?? value("step") { Int($0) }
        after = try after ?? value("after") { CivilDate($0) }
        before = try before ?? value("before") { CivilDate($0) }
        unit = try unit ?? value("unit") { $0 }
        type = try type ?? value("type") { $0 }
        signer = try signer ?? value("signer") { $0 }
        location = try location ?? value("location") { $0 }
        classification = try classification ?? value("class") { $0 }
    }
}
