package import Acts
package import RecordsModel

/// A hold (pembekuan): what keeps records from being destroyed, whatever the schedule says.
///
/// Retention keeps running under it (R40): a due date does not move, and lifting the last hold destroys nothing.
package struct Hold: Hashable, Sendable {
    /// The number.
    package let id: HoldID
    /// What was said when it was placed.
    package let terms: HoldPlaced
    /// Who entered it.
    package let enteredBy: String
    /// When it was entered.
    package let enteredAt: Moment
    /// The place in the ledger of the event that placed it.
    package let seq: Int
    /// The records on which it is known to have taken effect; they stay covered whatever becomes of their description.
    package internal(set) var applied: Set<RecordID> = []
    /// How it was lifted; nil while it is in force.
    package internal(set) var release: HoldEnding?
    /// How it was taken back without having taken effect; nil where it was not.
    package internal(set) var withdrawal: HoldEnding?
    let matcher: HoldMatcher

    /// A hold out of the event that placed it.
    init(_ terms: HoldPlaced, event: Event) {
        id = terms.hold
        self.terms = terms
        enteredBy = event.actor
        enteredAt = event.time
        seq = event.seq
        matcher = HoldMatcher(terms.scope)
    }

    /// Whether it holds.
    package var isInForce: Bool { release == nil && withdrawal == nil }
    /// Whether it took effect on a record.
    package var wasUsed: Bool { !applied.isEmpty }

    /// Whether it covers the record, by its scope or because it took effect on it before.
    package func covers(_ facts: HoldFacts, search: HoldSearch) throws -> Bool {
        if applied.contains(facts.id) { return true }
        return try matcher.covers(facts, search: search)
    }
}

/// How something ended, such as a hold: who, when, why, and on whose word.
package struct HoldEnding: Hashable, Sendable {
    /// Why, or how.
    package let reason: String
    /// On whose word, such as a letter with its number; empty where none is asked for.
    package let authority: String
    /// Who entered it.
    package let by: String
    /// When.
    package let at: Moment
    /// The place in the ledger.
    package let seq: Int

    /// The ending that an event tells of.
    init(_ event: Event, reason: String, authority: String = "") {
        self.reason = reason
        self.authority = authority
        by = event.actor
        at = event.time
        seq = event.seq
    }
}

/// The detail of `hold placed`: what a hold is, as it is entered.
///
/// Called for by R33: title, mandate, scope notes, originator and dates.
package struct HoldPlaced: EventDetail {
    /// The kind of event.
    package static let type = EventType.holdPlaced

    /// Another archive's hold, which this one carries on for records that came from there.
    package struct Origin: Hashable, Sendable, Codable {
        /// The origin of the other archive's ledger.
        package let archive: String
        /// The number that the hold has there.
        package let hold: HoldID

        /// An origin out of its parts.
        package init(archive: String, hold: HoldID) {
            self.archive = archive
            self.hold = hold
        }
    }

    /// The number.
    package var hold: HoldID
    /// What it is called.
    package var title: String
    /// The law or order that it rests on.
    package var mandate: String
    /// What is meant by the scope, in words; empty where there is nothing to add.
    package var scopeNotes: String
    /// Why.
    package var reason: String
    /// Who ordered it.
    package var orderedBy: String
    /// The day of the order.
    package var orderedOn: CivilDate
    /// What it covers.
    package var scope: HoldScope
    /// Where it comes from, where it came with records of another archive.
    package var origin: Origin?

    /// Terms out of their parts.
    package init(
        hold: HoldID,
        title: String,
        mandate: String,
        scopeNotes: String = "",
        reason: String,
        orderedBy: String,
        orderedOn: CivilDate,
        scope: HoldScope,
        origin: Origin? = nil
    ) {
        self.hold = hold
        self.title = title
        self.mandate = mandate
        self.scopeNotes = scopeNotes
        self.reason = reason
        self.orderedBy = orderedBy
        self.orderedOn = orderedOn
        self.scope = scope
        self.origin = origin
    }

    /// The texts that must not be empty, by their names.
    var mandatory: [(name: String, text: String)] {
        [("title", title), ("mandate", mandate), ("reason", reason), ("ordered by", orderedBy)]
    }

    /// What is wrong with the values.
    package var faults: [String] {
        let notes = scopeNotes.utf8.count > EventLimit.text ? ["'scopeNotes' is too long"] : []
        return mandatory.flatMap { [$0.text].textFaults($0.name) } + notes + scope.faults
    }
}

/// The detail of `hold applied`: the event's record is covered from here on (R34).
package struct HoldApplied: EventDetail {
    /// The kind of event.
    package static let type = EventType.holdApplied

    /// The hold.
    package var hold: HoldID

    /// A detail for a hold; the record stands in the event.
    package init(hold: HoldID) { self.hold = hold }
    /// What is wrong with the values.
    package var faults: [String] { [] }
}

/// The detail of `hold released`.
package struct HoldReleased: EventDetail {
    /// The kind of event.
    package static let type = EventType.holdReleased

    /// The hold.
    package var hold: HoldID
    /// Why it is lifted.
    package var reason: String
    /// On whose word.
    package var authority: String

    /// A release out of its parts.
    package init(hold: HoldID, reason: String, authority: String) {
        self.hold = hold
        self.reason = reason
        self.authority = authority
    }

    /// What is wrong with the values.
    package var faults: [String] { [reason].textFaults("reason") + [authority].textFaults("authority") }
}

/// The detail of `hold withdrawn`: the hold was entered by mistake and never took effect.
package struct HoldWithdrawn: EventDetail {
    /// The kind of event.
    package static let type = EventType.holdWithdrawn

    /// The hold.
    package var hold: HoldID
    /// Why it is taken back.
    package var reason: String

    /// A withdrawal out of its parts.
    package init(hold: HoldID, reason: String) {
        self.hold = hold
        self.reason = reason
    }

    /// What is wrong with the values.
    package var faults: [String] { [reason].textFaults("reason") }
}
