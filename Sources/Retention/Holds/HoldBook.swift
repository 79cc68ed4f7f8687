package import RecordsModel

/// All holds, as the ledger tells of them.
///
/// A fold over the events: the same events give the same book, after a rebuild, an import or a restore. Events of other
/// kinds are passed over; one of these kinds that cannot be true stops the fold and is named, since a hold that is
/// overlooked is a record destroyed.
package struct HoldBook: Hashable, Sendable {
    private var known: [HoldID: Hold] = [:]
    private var lastSeq = -1
    /// Who placed, lifted and took back what, in the order of the ledger.
    package private(set) var acts: [RetentionAct] = []

    /// A book without a hold.
    package init() {}

    /// The book of a ledger.
    package init(folding events: some Sequence<Event>) throws(EventFault) {
        for event in events { try apply(event) }
    }

    /// Takes in one event more, which must stand behind all others in the ledger.
    package mutating func apply(_ event: Event) throws(EventFault) {
        switch event.event {
        case .holdPlaced, .holdApplied, .holdReleased, .holdWithdrawn: break
        default: return
        }
        guard event.seq > lastSeq else {
            throw EventFault(event, .order, "it stands behind event \(lastSeq)")
        }
        if event.actor.isBlank { throw EventFault(event, .value, "it names nobody who did it") }
        let hold = try changed(by: event)
        known[hold.id] = hold
        acts.append(RetentionAct(event, subject: hold.id.description))
        lastSeq = event.seq
    }

    private func changed(by event: Event) throws(EventFault) -> Hold {
        switch event.event {
        case .holdPlaced:
            let terms = try HoldPlaced(of: event)
            guard known[terms.hold] == nil else { throw EventFault(event, .again, "\(terms.hold) was placed before") }
            return Hold(terms, event: event)
        case .holdApplied:
            var hold = try openHold(HoldApplied(of: event).hold, event)
            guard let text = event.record, let record = RecordID(text), record.description == text else {
                throw EventFault(event, .shape, "it names no record")
            }
            guard hold.applied.insert(record).inserted else {
                throw EventFault(event, .again, "\(hold.id) had taken effect on \(record) before")
            }
            return hold
        case .holdReleased:
            let said = try HoldReleased(of: event)
            var hold = try openHold(said.hold, event)
            hold.release = HoldEnding(
                reason: said.reason,
                authority: said.authority,
                by: event.actor,
                at: event.time
            )
            return hold
        default:
            let said = try HoldWithdrawn(of: event)
            var hold = try openHold(said.hold, event)
            if hold.wasUsed { throw EventFault(event, .state, "\(hold.id) took effect, and stays") }
            hold.withdrawal = HoldEnding(reason: said.reason, authority: "", by: event.actor, at: event.time)
            return hold
        }
    }

    private func openHold(_ id: HoldID, _ event: Event) throws(EventFault) -> Hold {
        guard let hold = known[id] else { throw EventFault(event, .unknown, "there is no \(id)") }
        guard hold.isInForce else { throw EventFault(event, .again, "\(id) was lifted before") }
        return hold
    }

    // MARK: - Questions

    /// The hold of that number, lifted or not.
    package subscript(id: HoldID) -> Hold? { known[id] }
    /// All holds by number, the lifted ones too.
    package var holds: [Hold] { known.values.sorted { $0.id < $1.id } }
    /// The holds in force by number.
    package var inForce: [Hold] { holds.filter(\.isInForce) }

    /// The number of the next hold of a year; a number is never used again. Nil at the end of the series.
    package func nextID(in year: Int) -> HoldID? { HoldID.next(in: year, after: known.keys) }

    /// The holds in force that cover the record, by number: on itself, its dossier, year, unit, class or words.
    ///
    /// - Throws: what the search throws; a record whose answer is not known must be taken as held.
    package func covering(_ facts: HoldFacts, search: HoldSearch) throws -> [Hold] {
        try inForce.filter { try $0.covers(facts, search: search) }
    }

    /// The holds in force by which a dossier may not be destroyed: on the dossier, and on any record in it (R36).
    ///
    /// - Parameters:
    ///   - dossier: the dossier's name.
    ///   - records: every record of the dossier.
    ///   - search: whether a search finds a record.
    package func covering(dossier: String, records: some Sequence<HoldFacts>, search: HoldSearch) throws -> [Hold] {
        let records = Array(records)
        return try inForce.filter { hold in
            if hold.matcher.covers(dossier: dossier) { return true }
            return try records.contains { try hold.covers($0, search: search) }
        }
    }

    /// Whether anything in or over a dossier is held.
    package func isHeld(dossier: String, records: some Sequence<HoldFacts>, search: HoldSearch) throws -> Bool {
        try !covering(dossier: dossier, records: records, search: search).isEmpty
    }

    /// The records that the event `hold applied` is due for: covered by a hold and not yet known to be (R34).
    package func unapplied(to facts: HoldFacts, search: HoldSearch) throws -> [HoldID] {
        try covering(facts, search: search).filter { !$0.applied.contains(facts.id) }.map(\.id)
    }

    /// The holds, lifted ones too, whose title, mandate, reason or notes have these words somewhere (R39).
    package func holds(mentioning words: String) -> [Hold] {
        let wanted = words.lowercased().split(whereSeparator: \.isWhitespace)
        return holds.filter { hold in
            let terms = hold.terms
            let text = [terms.title, terms.mandate, terms.reason, terms.scopeNotes, terms.orderedBy].joined(separator: "\n")
                .lowercased()
            return wanted.allSatisfy { text.contains($0) }
        }
    }
}
