package import Acts
package import ArchiveHome
import Catalogue
import OfficeFiles
import RecordsModel
import Retention
import SystemPackage

/// What a person asked for and a rule does not allow; the attempt stands in the ledger.
package struct RefusedError: Error, Sendable, CustomStringConvertible {
    /// What was asked for, as in "may not …".
    package let act: String
    /// Every reason.
    package let refusals: [Refusal]

    /// A refusal out of its parts.
    package init(act: String, refusals: [Refusal]) {
        self.act = act
        self.refusals = refusals
    }

    /// One line a reason: what, which, why, what to do.
    package var description: String {
        "refused to \(act)\n" + refusals.map { "  \($0.message); \($0.remedy)" }.joined(separator: "\n")
    }
}

extension Home {
    /// Everybody whom the office names in `policy/people.csv`, with what their roles allow.
    ///
    /// Several roles of one person stand on several lines, or in one cell with `|` between them. What a role allows stands
    /// in `policy/roles.csv` where the office has one, else `RoleTable.standard` holds.
    ///
    /// - Throws: `OfficeFileError`, also for a permission that does not exist.
    package func people() throws -> People {
        let rows = try PolicyFiles.table(policy.appending("people.csv"), columns: ["name", "role"])
        var order: [PersonName] = []
        var found: [PersonName: Person] = [:]
        for row in rows {
            let name = row["name"] ?? ""
            let roles = (row["role"] ?? "").split(separator: "|").map { String($0) }
            let key = PersonName(name)
            if key.isEmpty { continue }
            if found[key] == nil { order.append(key) }
            var person =
                found[key] ?? Person(name: name, roles: [], unit: row["unit"].flatMap { $0.isEmpty ? nil : $0 })
            person.roles += roles
            found[key] = person
        }
        return People(order.compactMap { found[$0] }, roles: try roleTable())
    }

    private func roleTable() throws -> RoleTable {
        let file = policy.appending("roles.csv")
        let rows = try PolicyFiles.rows(file, columns: ["role", "permission"])
        if rows.isEmpty { return .standard }
        let (table, unknown) = RoleTable.reading(rows.map { ($0.cells["role"] ?? "", $0.cells["permission"] ?? "") })
        if let first = unknown.first {
            throw OfficeFileError(
                .invalid,
                file: file,
                message:
                    "its row \(rows[first].row) names the permission '\(rows[first].cells["permission"] ?? "")', which does not exist",
                remedy: "name one of: " + Permission.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
        return table
    }
}

extension ArchiveWriter {
    /// Which dates this office takes today without a reason.
    var plausibleDates: PlausibleDates {
        PlausibleDates(today: context.now().date, firstYear: home.settings.firstYear)
    }

    /// An event of now, by whoever works.
    func event(_ detail: some EventDetail, record: RecordID? = nil) throws -> Event {
        try Event(detail, seq: 0, time: context.now(), actor: context.actor, record: record)
    }

    /// Lets an act pass that nothing speaks against; else enters the attempt in the ledger (R48) and throws.
    ///
    /// - Throws: `RefusedError` with every reason.
    func require(_ refusals: [Refusal], act: String, subject: String, record: RecordID? = nil) throws {
        if !refusals.isEmpty { try refuse(refusals, act: act, subject: subject, record: record) }
    }

    /// What a rule allows; else enters the attempt in the ledger and throws, as `require` does.
    func allowed<Value>(_ verdict: Verdict<Value>, act: String, subject: String) throws -> Value {
        switch verdict {
        case .allowed(let value): return value
        case .refused(let refusals): try refuse(refusals, act: act, subject: subject)
        }
    }

    private func refuse(
        _ refusals: [Refusal],
        act: String,
        subject: String,
        record: RecordID? = nil
    ) throws -> Never {
        let attempt = RefusedAttempt(act: act, subject: subject, refusals: refusals)
        try enter([event(attempt, record: record)])
        throw RefusedError(act: act, refusals: refusals)
    }
}
