package import RecordsModel

/// How sure it is that the person who is said to act did so.
package enum Certainty: String, Hashable, Sendable, Codable, CaseIterable {
    /// It is signed with the person's key, in force then.
    case key
    /// The account that wrote it is the person's own, by the table in force then.
    case account
    /// The account that wrote it may act for the person, by the table in force then.
    case delegated
    /// The name was typed, and nothing stands behind it.
    case typed
    /// Another archive says so, and nothing here proves it.
    case unproven
}

extension Account {
    /// Whether a cell of `policy/people.csv` means it: its name, or its name and computer as `siti@arsip-1`.
    func isMeant(by cell: String) -> Bool {
        ExactText(cell) == ExactText(name) || ExactText(cell) == ExactText("\(name)@\(host)")
    }
}

extension People {
    /// Everybody whose account it is, in the order of their names.
    package func owners(of account: Account) -> [Person] {
        known.values.filter { $0.accounts.contains(where: account.isMeant) }.sorted { $0.name < $1.name }
    }

    /// How sure it is that a person acted, where an account wrote it.
    package func certainty(of name: String, under account: Account?) -> Certainty {
        guard let account, let person = person(named: name) else { return .typed }
        if person.accounts.contains(where: account.isMeant) { return .account }
        return mayAct(account, for: name) ? .delegated : .typed
    }

    private func mayAct(_ account: Account, for name: String) -> Bool {
        owners(of: account).contains { $0.actsFor.contains { PersonName($0) == PersonName(name) } }
    }

    /// Why an account may not work as a person: the name or the account is somebody else's.
    ///
    /// A name without an account, typed under an account that nobody has, passes: it is as sure as a typed name is.
    ///
    /// - Returns: the reason; empty where it may.
    package func accountRefusals(of name: String, under account: Account) -> [Refusal] {
        if mayAct(account, for: name) { return [] }
        let here = "'\(account.name.displayed)' on '\(account.host.displayed)'"
        if let person = person(named: name), !person.accounts.isEmpty {
            if person.accounts.contains(where: account.isMeant) { return [] }
            return [
                Refusal(
                    .wrongAccount,
                    name,
                    "'\(name.displayed)' works under the account \(person.accounts.joined(separator: ", ").displayed), by "
                        + "'policy/people.csv', and this is \(here)",
                    remedy:
                        "let them do it under their own account, or name them under 'acts-for' of whoever has this one"
                )
            ]
        }
        let owners = owners(of: account)
        guard let owner = owners.first, !owners.contains(where: { PersonName($0.name) == PersonName(name) }) else {
            return []
        }
        return [
            Refusal(
                .wrongAccount,
                name,
                "the account \(here) is that of '\(owner.name.displayed)', by 'policy/people.csv', and may not act as "
                    + "'\(name.displayed)'",
                remedy: "act as --as '\(owner.name.displayed)', or enter the name under 'acts-for' of that person"
            )
        ]
    }

    /// Whether two names are one person: the same name, or names with an account in common.
    package func areSame(_ one: String, _ other: String) -> Bool {
        if PersonName(one) == PersonName(other) { return true }
        guard let first = person(named: one), let second = person(named: other) else { return false }
        return first.accounts.contains { cell in second.accounts.contains { Self.overlap(cell, $0) } }
    }

    /// The names without those that are one person with a name before them, and without blank ones.
    package func distinct(_ names: [String]) -> [String] {
        names.reduce(into: []) { found, name in
            if !name.isBlank, !found.contains(where: { areSame($0, name) }) { found.append(name) }
        }
    }

    /// Whether two cells may mean one account: the same name, unless each names another computer.
    private static func overlap(_ one: String, _ other: String) -> Bool {
        if ExactText(one) == ExactText(other) { return true }
        let (left, right) = (one.split(separator: "@"), other.split(separator: "@"))
        guard let first = left.first, first == right.first else { return false }
        return left.count == 1 || right.count == 1
    }
}
