package import Acts
package import ArchiveHome
import RecordsModel
package import SystemPackage

/// Enters and retires the keys of persons.
package struct KeyActs {
    private let writer: ArchiveWriter
    private let people: People
    private let book: KeyBook

    /// Acting under a lock that is held.
    package init(_ writer: ArchiveWriter) throws {
        self.writer = writer
        people = try writer.people()
        book = try writer.books.keys()
    }

    /// Enters a person's public key: from here on it signs for them.
    ///
    /// Where nobody has the right to, as in an office of one person, anybody may.
    ///
    /// - Parameters:
    ///   - person: the name, as `policy/people.csv` has it.
    ///   - file: the public key.
    ///   - reason: how it is known that the key is theirs.
    /// - Returns: what was entered.
    /// - Throws: `RefusedError`; `OperationError`, code `usage`, for a file that is no public key.
    package func enrol(_ person: String, key file: FilePath, reason: String) throws -> PersonEnrolled {
        let act = "enter a key of '\(person)'"
        let (key, fingerprint) = try SecureShell.publicKey(in: file)
        var refusals = rightRefusals(act) + Self.reasonRefusals(reason)
        if people.person(named: person) == nil {
            refusals.append(
                Refusal(
                    .unknown,
                    person,
                    "the office's people do not include '\(person.displayed)'",
                    remedy: "enter the person in 'policy/people.csv' and adopt it"
                )
            )
        }
        if let other = book.keys.first(where: { $0.until == nil && $0.fingerprint == fingerprint }) {
            refusals.append(
                Refusal(
                    .alreadyDone,
                    person,
                    "the key \(fingerprint) is that of '\(other.person.displayed)' already",
                    remedy: "a key is one person's: give another one, or retire it there first"
                )
            )
        }
        try writer.require(refusals, act: act, subject: person)
        let detail = PersonEnrolled(person: person, key: key, fingerprint: fingerprint, reason: reason)
        try writer.enter([writer.event(detail)])
        return detail
    }

    /// Retires keys of a person: what they signed until now stays signed.
    ///
    /// - Parameters:
    ///   - person: the name.
    ///   - fingerprint: of the key; nil for all of them.
    ///   - reason: why.
    /// - Returns: what was entered, an entry a key.
    /// - Throws: `RefusedError`.
    package func retire(_ person: String, fingerprint: String?, reason: String) throws -> [PersonRetired] {
        let act = "retire a key of '\(person)'"
        let keys = book.keys(of: person).filter { fingerprint == nil || $0.fingerprint == fingerprint }
        // Whoever lost a key may say so at once: that only takes a right away.
        var refusals = people.areSame(person, writer.context.actor) ? [] : rightRefusals(act)
        refusals += Self.reasonRefusals(reason)
        if keys.isEmpty {
            refusals.append(
                Refusal(
                    .unknown,
                    person,
                    "'\(person.displayed)' has no such key that signs",
                    remedy: "see 'berkas person list'"
                )
            )
        }
        try writer.require(refusals, act: act, subject: person)
        let details = keys.map { PersonRetired(person: $0.person, fingerprint: $0.fingerprint, reason: reason) }
        try writer.enter(try details.map { try writer.event($0) })
        return details
    }

    private func rightRefusals(_ act: String) -> [Refusal] {
        if people.all(allowed: .enrolPerson).isEmpty { return [] }
        return people.refusals(of: act, by: writer.context.actor, needing: .enrolPerson)
    }

    private static func reasonRefusals(_ reason: String) -> [Refusal] {
        guard reason.isBlank else { return [] }
        return [Refusal(.missing, "reason", "no reason is given", remedy: "say how you know: --reason WORDS")]
    }
}

/// Everybody whom the office names, with their accounts and keys.
package struct PersonList {
    /// A person with the keys that are or were theirs.
    package struct Entry: Sendable {
        /// The person.
        package let person: Person
        /// Their keys, in the order of the ledger.
        package let keys: [KeyBook.Key]
    }

    /// In the order of their names; those with a key whom the table does not name come last.
    package let entries: [Entry]

    /// Reads table and keys.
    ///
    /// - Throws: as `PolicyDesk.people`; `EventFault` where an event of keys cannot be true.
    package init(_ reader: ArchiveReader) throws {
        let people = try PolicyDesk(reader.home, reader.books).people()
        let keys = try reader.books.keys().keys
        func own(_ name: String) -> [KeyBook.Key] { keys.filter { PersonName($0.person) == PersonName(name) } }
        let known = people.everybody.map { Entry(person: $0, keys: own($0.name)) }
        let strangers = keys.map(\.person).filter { people.person(named: $0) == nil }
        entries = known + people.distinct(strangers).map { Entry(person: Person(name: $0, roles: []), keys: own($0)) }
    }
}
