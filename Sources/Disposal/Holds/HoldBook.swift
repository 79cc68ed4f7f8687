package import Acts
package import RecordsModel

/// All holds, as the ledger tells of them.
///
/// A fold over the events: the same events give the same book, after a rebuild, an import or a restore. Events of other
/// kinds are passed over; one of these kinds that cannot be true stops the fold and is named, since a hold that is
/// overlooked is a record destroyed.
package struct HoldBook: EventBook, Hashable {
    /// The kinds of events that it is made of.
    package static let kinds: Set<EventType> = [.holdPlaced, .holdApplied, .holdReleased, .holdWithdrawn]
    private var known: [HoldID: Hold] = [:]
    private var lastSeq = -1
    /// Who placed, lifted and took back what, in the order of the ledger.
    package private(set) var acts: [LedgerAct] = []

    /// A book without a hold.
    package init() {}

    /// Takes in one event more, which must stand behind all others in the ledger.
    package mutating func apply(_ event: Event) throws(EventFault) {
        guard Self.kinds.contains(event.event) else { return }
        guard event.seq > lastSeq else {
            throw EventFault(event, .order, "it stands behind event \(lastSeq)")
        }
        if event.actor.isBlank { throw EventFault(event, .value, "it names nobody who did it") }
        let id = try change(by: event)
        acts.append(LedgerAct(event, subject: id.description))
        lastSeq = event.seq
    }

    private mutating func change(by event: Event) throws(EventFault) -> HoldID {
        switch event.event {
        case .holdPlaced:
            let terms = try HoldPlaced(of: event)
            guard known[terms.hold] == nil else { throw EventFault(event, .again, "\(terms.hold) was placed before") }
            known[terms.hold] = Hold(terms, event: event)
            return terms.hold
        case .holdApplied:
            let hold = try openHold(HoldApplied(of: event).hold, event)
            let record = try event.namedRecord()
            if hold.applied.contains(record) {
                throw EventFault(event, .again, "\(hold.id) had taken effect on \(record) before")
            }
            let id = hold.id
            _ = consume hold
            known[id]?.applied.insert(record)
            return id
        case .holdReleased:
            let said = try HoldReleased(of: event)
            let ending = HoldEnding(event, reason: said.reason, authority: said.authority)
            let id = try openHold(said.hold, event).id
            known[id]?.release = ending
            return id
        default:
            let said = try HoldWithdrawn(of: event)
            let hold = try openHold(said.hold, event)
            if hold.wasUsed { throw EventFault(event, .state, "\(hold.id) took effect, and stays") }
            known[hold.id]?.withdrawal = HoldEnding(event, reason: said.reason)
            return hold.id
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

    /// The number of the next hold of a year, never used before; nil at the end of the series.
    package func nextID(in year: Int) -> HoldID? { HoldID.next(in: year, after: known.keys) }

    /// The holds in force that cover the record, by number: on itself, its dossier, year, unit, class or words.
    ///
    /// - Throws: what the search throws; a record whose answer is not known must be taken as held.
    package func covering(_ facts: HoldFacts, search: HoldSearch) throws -> [Hold] {
        // Put in order only once it is known that there is anything: this is asked of every record of the archive.
        var found: [Hold] = []
        for hold in known.values where hold.isInForce {
            if try hold.covers(facts, search: search) { found.append(hold) }
        }
        return found.sorted { $0.id < $1.id }
    }

    /// The holds in force by which a dossier may not be destroyed: on the dossier, and on any record in it (R36).
    ///
    /// - Parameters:
    ///   - dossier: the dossier's name.
    ///   - records: every record of the dossier.
    ///   - search: whether a search finds a record.
    /// - Returns: the holds by number; empty where nothing in or over the dossier is held.
    /// - Throws: what the search throws; a dossier whose answer is not known must be taken as held.
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
            let text = [terms.title, terms.mandate, terms.reason, terms.scopeNotes, terms.orderedBy].joined(
                separator: "\n"
            )
            .lowercased()
            return wanted.allSatisfy { text.contains($0) }
        }
    }
}
