package import RecordsModel

/// Which texts of policy files were in force when, and which were found: a fold over the ledger.
package struct PolicyBook: EventBook {
    /// A text from its adoption on.
    package struct Adoption: Hashable, Sendable {
        /// The text.
        package let text: PolicyText
        /// The event's place in the ledger.
        package let seq: Int
        /// When.
        package let time: Moment
        /// Who.
        package let actor: String
        /// Why it is in force, on whose word, for what reason.
        package let detail: PolicyAdopted
    }

    /// The kinds of events that it is made of.
    package static let kinds: Set<EventType> = [.policyAdopted, .policyChanged]

    private var adoptions: [String: [Adoption]] = [:]
    private var noticed: [String: PolicyText] = [:]
    /// Every text that the ledger names, each once.
    package private(set) var texts: Set<PolicyText> = []

    /// A book of no event.
    package init() {}

    /// Takes in one event more.
    package mutating func apply(_ event: Event) throws(EventFault) {
        switch event.event {
        case .policyAdopted:
            let detail = try PolicyAdopted(of: event)
            for text in detail.files {
                if detail.basis == .found, adoptions[text.file] != nil {
                    throw EventFault(
                        event,
                        .again,
                        "'\(text.file.displayed)' was in force before, and is not found anew"
                    )
                }
                let adoption = Adoption(
                    text: text,
                    seq: event.seq,
                    time: event.time,
                    actor: event.actor,
                    detail: detail
                )
                adoptions[text.file, default: []].append(adoption)
                note(text)
            }
        case .policyChanged: for text in try PolicyChanged(of: event).files { note(text) }
        default: return
        }
    }

    private mutating func note(_ text: PolicyText) {
        noticed[text.file] = text
        texts.insert(text)
    }

    /// The adoption that is in force; nil where the ledger does not speak of the file yet.
    package func inForce(_ file: PolicyFile) -> Adoption? { adoptions[file.rawValue]?.last }

    /// The adoption that was in force before an event; nil where the ledger had not spoken of the file.
    package func inForce(_ file: PolicyFile, before seq: Int) -> Adoption? {
        adoptions[file.rawValue]?.last { $0.seq < seq }
    }

    /// The text that was found last.
    package func found(_ file: PolicyFile) -> PolicyText? { noticed[file.rawValue] }
}
