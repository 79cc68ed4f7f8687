package import RecordsModel

/// An act that a rule refused, as the ledger keeps it (R48).
package struct RefusedAttempt: EventDetail {
    /// The kind of event.
    package static let type = EventType.refusal

    /// What was to be done, such as `disposal execute`.
    package let act: String
    /// What it was to be done to: a list, a hold or a record.
    package let subject: String
    /// Why not, all of it; at least one.
    package let refusals: [Refusal]

    /// An attempt out of its parts.
    package init(act: String, subject: String, refusals: [Refusal]) {
        self.act = act
        self.subject = subject
        self.refusals = refusals
    }

    /// What is wrong with the values.
    package var faults: [String] {
        var faults = [act].textFaults("act")
        if refusals.isEmpty { faults.append("'refusals' is empty") }
        if refusals.count > EventLimit.items { faults.append("'refusals' has more than \(EventLimit.items) members") }
        return faults
    }
}
