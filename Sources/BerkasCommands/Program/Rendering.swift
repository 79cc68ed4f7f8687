import ArchiveHome
import Operations
import RecordsModel

extension String {
    /// Filled with spaces to a width in characters; a longer text is not cut.
    func padded(to width: Int) -> String {
        let missing = width - displayWidth
        return missing > 0 ? self + String(repeating: " ", count: missing) : self
    }

    /// The width in characters; letters are counted only where bytes do not tell, since counting takes longer than printing.
    var displayWidth: Int { utf8.allSatisfy { $0 < 0x80 } ? utf8.count : count }
}

/// Numbers of things.
enum Count {
    /// `1 record`, `2 records`.
    static func text(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}

extension Fault {
    /// One line: where, what, why, what to do.
    var line: String {
        let place = [row.map { "row \($0)" }, column.map { "column '\($0.displayed)'" }].compactMap(\.self)
        let prefix = severity.rawValue + (place.isEmpty ? "" : ", " + place.joined(separator: ", "))
        return "\(prefix): \(message.displayed); \(remedy.displayed)"
    }

    /// The JSON object of kind `fault` or `warning`.
    var object: [String: JSONValue] {
        [
            "column": column.map { .string($0) } ?? .null, "kind": .string(severity.rawValue),
            "message": .string(message), "remedy": .string(remedy), "row": row.map { .integer($0) } ?? .null,
            "value": value.map { .string($0) } ?? .null,
        ]
    }
}

extension VerifyFinding {
    /// One line: where, what.
    var line: String {
        let subject = [record.map { $0 + (version.map { "@" + $0 } ?? "") } ?? version, path].compactMap(\.self)
        let place = ([area.rawValue] + subject.map(\.displayed)).joined(separator: " ")
        return "fault: \(place): \(message.displayed)\(code.map { " [\($0)]" } ?? "")"
    }

    /// The JSON object of kind `finding`.
    var object: [String: JSONValue] {
        [
            "area": .string(area.rawValue), "code": code.map { .string($0) } ?? .null, "kind": .string("finding"),
            "message": .string(message), "path": path.map { .string($0) } ?? .null,
            "record": record.map { .string($0) } ?? .null, "version": version.map { .string($0) } ?? .null,
        ]
    }
}
