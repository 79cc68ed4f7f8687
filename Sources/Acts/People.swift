/// A person of the office, as `policy/people.csv` names them.
package struct Person: Hashable, Sendable {
    /// The name, verbatim.
    package var name: String
    /// The roles, such as `arsiparis`; several rows of the file are one person with several roles.
    package var roles: [String]
    /// The unit, where the file has one.
    package var unit: String?
    /// The accounts of the operating system that are this person's, such as `siti`, or `siti@arsip-1` on one computer only.
    package var accounts: [String]
    /// The names of those for whom this person's accounts may act.
    package var actsFor: [String]

    /// A person out of the parts.
    package init(
        name: String,
        roles: [String],
        unit: String? = nil,
        accounts: [String] = [],
        actsFor: [String] = []
    ) {
        self.name = name
        self.roles = roles
        self.unit = unit
        self.accounts = accounts
        self.actsFor = actsFor
    }
}

/// Everybody whom the office names, with what their roles allow.
package struct People: Hashable, Sendable {
    private(set) var known: [PersonName: Person] = [:]
    /// Which role allows what.
    package let roles: RoleTable
    /// The policy files that are not as they were adopted.
    package let unadopted: [PolicyFile]

    /// The people of the rows of a file; rows with the same name are one person.
    package init(_ people: [Person], roles: RoleTable = .standard, unadopted: [PolicyFile] = []) {
        self.roles = roles
        self.unadopted = unadopted
        for person in people where !person.name.isBlank {
            let key = PersonName(person.name)
            if var earlier = known[key] {
                earlier.roles += person.roles
                earlier.unit = earlier.unit ?? person.unit
                earlier.accounts += person.accounts
                earlier.actsFor += person.actsFor
                known[key] = earlier
            } else {
                known[key] = person
            }
        }
    }

    /// The person of that name, however it is typed.
    package func person(named name: String) -> Person? { known[PersonName(name)] }

    /// Whether the office knows the person, and one of their roles allows something.
    package func allows(_ permission: Permission, to name: String) -> Bool {
        person(named: name).map { roles.allows(permission, to: $0) } ?? false
    }

    /// Everybody, in the order of their names.
    package var everybody: [Person] { known.values.sorted { $0.name < $1.name } }

    /// Everybody who may do something, in the order of their names.
    package func all(allowed permission: Permission) -> [Person] {
        known.values.filter { roles.allows(permission, to: $0) }.sorted { $0.name < $1.name }
    }
}
