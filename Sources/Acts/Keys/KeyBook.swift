package import RecordsModel

/// Whose key signs, from when to when: a fold over the ledger.
package struct KeyBook: EventBook {
    /// A key of a person.
    package struct Key: Hashable, Sendable {
        /// The person, as the name was typed when the key was entered.
        package let person: String
        /// Type and base64, as OpenSSH writes them.
        package let key: String
        /// `SHA256:` and base64.
        package let fingerprint: String
        /// The place in the ledger of the event that entered it.
        package let since: Int
        /// When it was entered.
        package let time: Moment
        /// By whom.
        package let enrolledBy: String
        /// The place in the ledger of the event that retired it; nil while it signs.
        package var until: Int?
    }

    /// The kinds of events that it is made of.
    package static let kinds: Set<EventType> = [.personEnrolled, .personRetired]

    /// All keys that ever signed, in the order of the ledger.
    package private(set) var keys: [Key] = []

    /// A book of no event.
    package init() {}

    /// Takes in one event more.
    package mutating func apply(_ event: Event) throws(EventFault) {
        switch event.event {
        case .personEnrolled:
            let said = try PersonEnrolled(of: event)
            if let other = keys.first(where: { $0.until == nil && $0.fingerprint == said.fingerprint }) {
                throw EventFault(event, .again, "the key is that of '\(other.person.displayed)' already")
            }
            keys.append(
                Key(
                    person: said.person,
                    key: said.key,
                    fingerprint: said.fingerprint,
                    since: event.seq,
                    time: event.time,
                    enrolledBy: event.actor
                )
            )
        case .personRetired:
            let said = try PersonRetired(of: event)
            guard let place = keys.firstIndex(where: { $0.until == nil && $0.fingerprint == said.fingerprint }) else {
                throw EventFault(event, .unknown, "no such key signs")
            }
            keys[place].until = event.seq
        default: return
        }
    }

    /// The keys of a person that sign now.
    package func keys(of name: String) -> [Key] {
        keys.filter { $0.until == nil && PersonName($0.person) == PersonName(name) }
    }

    /// The key of a person with a fingerprint that signed before an event.
    package func key(_ fingerprint: String, of name: String, before seq: Int) -> Key? {
        keys.first { key in
            key.fingerprint == fingerprint && PersonName(key.person) == PersonName(name) && key.since < seq
                && key.until.map { seq <= $0 } ?? true
        }
    }
}
