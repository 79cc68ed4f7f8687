import Acts
import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel

struct ListPeople: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists everybody whom the office names, with roles, accounts and keys.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions

    func run() throws {
        let (reader, _) = try common.openReader()
        for entry in try PersonList(reader).entries { try common.tell(Self.text(entry), Self.object(entry)) }
        Terminal.flush()
    }

    private static func text(_ entry: PersonList.Entry) -> String {
        let person = entry.person
        var lines = ["\(person.name.displayed)  \(person.roles.joined(separator: ", ").displayed)"]
        if !person.accounts.isEmpty { lines.append("accounts: \(person.accounts.joined(separator: ", ").displayed)") }
        if !person.actsFor.isEmpty { lines.append("acts for: \(person.actsFor.joined(separator: ", ").displayed)") }
        lines += entry.keys.map { key in
            "key: \(key.fingerprint.displayed)  since \(key.time), entered by \(key.enrolledBy.displayed)"
                + (key.until == nil ? "" : "  (retired)")
        }
        return lines.joined(separator: "\n    ")
    }

    private static func object(_ entry: PersonList.Entry) -> [String: JSONValue] {
        func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
        return [
            "kind": .string("person"), "name": .string(entry.person.name), "roles": list(entry.person.roles),
            "unit": entry.person.unit.map { .string($0) } ?? .null, "accounts": list(entry.person.accounts),
            "actsFor": list(entry.person.actsFor),
            "keys": .array(
                entry.keys.map { key in
                    .object([
                        "fingerprint": .string(key.fingerprint), "since": .string(key.time.description),
                        "enrolledBy": .string(key.enrolledBy), "retired": .boolean(key.until != nil),
                    ])
                }
            ),
        ]
    }
}
