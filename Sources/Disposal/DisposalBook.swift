package import Acts
package import RecordsModel

/// All disposal lists, tombstones and closed reviews, as the ledger tells of them.
///
/// A fold over the events, like `HoldBook`. It holds what can be held without the office's files: the order of the steps,
/// that nobody does two of proposing, assessing and approving the same list, two witnesses, one end for each record. Who
/// may do what is the rules' part, since the office's people change.
package struct DisposalBook: EventBook, Hashable {
    /// The kinds of events that it is made of.
    package static let kinds: Set<EventType> = [
        .accession, .importAdopted, .refusal, .reviewClosed, .disposalProposed, .disposalAssessed, .disposalEvidence,
        .disposalApproved, .disposalObjected, .disposalObjectionLifted, .disposalBegun, .disposalItemTransferred,
        .disposalItemRemoved, .disposalItemSkipped, .disposalReceipt, .disposalExecuted, .disposalCancelled,
        .disposalCopiesListed, .disposalCopyDestroyed,
    ]
    private var known: [DisposalID: DisposalList] = [:]
    private var lastSeq = -1
    /// Reviews that came along with a record and that nobody has adopted, by the accession's place in the ledger.
    private var waiting: [Int: [Event]] = [:]
    /// What is left of the removed records.
    package private(set) var tombstones: [RecordID: Tombstone] = [:]
    /// The outcomes of reviews by record, in the order of the ledger.
    package private(set) var reviews: [RecordID: [ClosedReview]] = [:]
    /// Acts that were refused (R48), in the order of the ledger.
    package private(set) var refusedAttempts: [Refused] = []
    /// Who did what, in the order of the ledger (R62).
    package private(set) var acts: [LedgerAct] = []

    /// An act that was refused, with who tried it and when.
    package struct Refused: Hashable, Sendable {
        /// What was refused.
        package let attempt: RefusedAttempt
        /// Who tried.
        package let by: String
        /// When.
        package let at: Moment
        /// The record, where it was about one.
        package let record: String?
    }

    /// A book without a list.
    package init() {}

    /// Takes in one event more, which must stand behind all others in the ledger.
    package mutating func apply(_ event: Event) throws(EventFault) {
        guard Self.kinds.contains(event.event) else { return }
        guard event.seq > lastSeq else { throw EventFault(event, .order, "it stands behind event \(lastSeq)") }
        if event.actor.isBlank { throw EventFault(event, .value, "it names nobody who did it") }
        let subject: String
        switch event.event {
        case .refusal:
            let attempt = try RefusedAttempt(of: event)
            subject = attempt.subject
            refusedAttempts.append(
                Refused(attempt: attempt, by: event.actor, at: event.time, record: event.record)
            )
        case .reviewClosed:
            subject = try closeReview(by: event).description
        case .accession:
            try takeOver(from: event)
            lastSeq = event.seq
            return
        case .importAdopted:
            for review in waiting.removeValue(forKey: try ImportAdopted(of: event).accession) ?? [] {
                _ = try closeReview(by: review)
            }
            subject = try event.namedRecord().description
        case .disposalProposed:
            let list = try proposed(event)
            subject = list.id.description
            known[list.id] = list
        default:
            subject = try changeList(by: event).description
        }
        acts.append(LedgerAct(event, subject: subject))
        lastSeq = event.seq
    }

    private mutating func closeReview(by event: Event) throws(EventFault) -> RecordID {
        let record = try event.namedRecord()
        let outcome = try ReviewClosed(of: event)
        if tombstones[record] != nil { throw EventFault(event, .state, "\(record) was removed before") }
        let review = ClosedReview(outcome: outcome, by: event.actor, at: event.time)
        // The same review may come along with every package of the record.
        if reviews[record]?.contains(review) != true { reviews[record, default: []].append(review) }
        return record
    }

    /// Takes over the reviews that were closed in the archives that a record came through.
    ///
    /// They bind here where the same version of the schedule is in force, and once somebody of this archive adopted them.
    private mutating func takeOver(from accession: Event) throws(EventFault) {
        let carried: [Event]
        do { carried = try accession.carried() } catch {
            throw EventFault(accession, .shape, "an event that it tells of cannot be read")
        }
        for event in carried where event.event == .reviewClosed && event.record == accession.record {
            if accession.isHistoryOnly {
                waiting[accession.seq, default: []].append(event)
            } else {
                _ = try closeReview(by: event)
            }
        }
    }

    private func proposed(_ event: Event) throws(EventFault) -> DisposalList {
        let said = try DisposalProposed(of: event)
        guard known[said.list] == nil else { throw EventFault(event, .again, "\(said.list) was proposed before") }
        let open = openItems
        for item in said.items {
            if tombstones[item.record] != nil { throw EventFault(event, .state, "\(item.record) was removed before") }
            if let other = open[item.record] {
                throw EventFault(event, .again, "\(item.record) is on the open list \(other)")
            }
        }
        return DisposalList(said, event: event)
    }

    /// Lets an event change the list that it names.
    private mutating func changeList(by event: Event) throws(EventFault) -> DisposalID {
        // Every detail names its list in the same member; what else is in it is read by the step.
        guard let id = event.detail["list"]?.text.flatMap({ DisposalID($0) }) else {
            throw EventFault(event, .shape, "'list' names no list")
        }
        if event.event == .disposalItemRemoved {
            let record = try event.namedRecord()
            if tombstones[record] != nil { throw EventFault(event, .again, "\(record) was removed before") }
        }
        // Taken out while it changes: a list of 100,000 items is not copied for each of its events. A step that throws
        // has changed nothing.
        guard var list = known.removeValue(forKey: id) else { throw EventFault(event, .unknown, "there is no \(id)") }
        defer { known[id] = list }
        if let stone = try list.apply(event) { tombstones[stone.record] = stone }
        list.touched = event.time
        return id
    }

    // MARK: - Questions

    /// The list of that number.
    package subscript(id: DisposalID) -> DisposalList? { known[id] }
    /// All lists by number.
    package var lists: [DisposalList] { known.values.sorted { $0.id < $1.id } }
    /// The number of the next list of a year, never used before; nil at the end of the series.
    package func nextID(in year: Int) -> DisposalID? { DisposalID.next(in: year, after: known.keys) }

    /// The open list of every record that is on one and has not been refused or left out there.
    package var openItems: [RecordID: DisposalID] {
        var open: [RecordID: DisposalID] = [:]
        for list in known.values where list.state.isOpen {
            for item in list.items {
                switch list.outcome(item.record) {
                case .pending, .transferred: open[item.record] = list.id
                case .refused, .skipped, .removed: break
                }
            }
        }
        return open
    }

    /// The lists that a record is evidence of, with its places there; a list that was given up and removed nothing counts not.
    ///
    /// Evidence of what was done is kept as long as what it proves is asked about: while the tombstones stand.
    package var evidence: [RecordID: [ListEvidence]] {
        var found: [RecordID: [ListEvidence]] = [:]
        for list in lists where list.state != .cancelled || !list.removed.isEmpty {
            for slot in EvidenceSlot.allCases {
                for record in list.evidence[slot] ?? [] {
                    found[record, default: []].append(ListEvidence(list: list.id, place: slot.name))
                }
            }
            if let receipt = list.receipt {
                found[receipt.letter, default: []].append(ListEvidence(list: list.id, place: "tanda terima"))
            }
        }
        return found
    }

    /// A record's place in the chain of evidence of a list.
    package struct ListEvidence: Hashable, Sendable {
        /// The list.
        package let list: DisposalID
        /// What it is there, in the words of the form.
        package let place: String
    }

    /// The tombstones of which a file had these bytes: a later ingest of them is stopped and shown these.
    package func tombstones(sha512: String) -> [Tombstone] {
        tombstones.values.filter { $0.has(sha512: sha512) }.sorted { $0.record < $1.record }
    }

    /// Who did what in a year of the office's calendar (R62).
    package func acts(in year: Int) -> [LedgerAct] { acts.filter { $0.time.date.year == year } }
}
