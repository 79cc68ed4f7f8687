package import Acts
package import RecordsModel

/// A loan of paper originals (peminjaman arsip): who has them, what for, until when, and what came back.
package struct Loan: Hashable, Sendable {
    /// One record on the loan.
    package struct Item: Hashable, Sendable {
        /// The record.
        package let record: RecordID
        /// Where the paper was taken from, and belongs.
        package let location: String
        /// How many pages went out, where they were counted.
        package let pages: Int?
        /// How it came back; nil while it is out.
        package internal(set) var back: Return?
    }

    /// How one record came back.
    package struct Return: Hashable, Sendable {
        /// The day.
        package let on: CivilDate
        /// What was said of it.
        package let note: String?
        /// Who took it back.
        package let by: String
        /// When it was entered.
        package let at: Moment
        /// The place in the ledger.
        package let seq: Int
    }

    /// The number.
    package let id: LoanID
    /// Who borrows, what for, until when.
    package let terms: LoanTerms
    /// Who lent.
    package let lentBy: String
    /// When it was entered.
    package let lentAt: Moment
    /// The place in the ledger of its first event.
    package let seq: Int
    /// The records, in the order in which they went out.
    package internal(set) var items: [Item]

    /// The records that are out.
    package var out: [Item] { items.filter { $0.back == nil } }
    /// Whether any record is out.
    package var isOpen: Bool { items.contains { $0.back == nil } }

    /// The day on which the last record came back; nil while one is out.
    package var closed: CivilDate? { isOpen ? nil : items.compactMap { $0.back?.on }.max() }

    /// How many days it is over its time, from 1; nil where it is not.
    ///
    /// The day on which it must be back is still in time.
    package func daysOver(on day: CivilDate) -> Int? {
        let days = day.daysSinceEpoch - terms.due.daysSinceEpoch
        return isOpen && days > 0 ? days : nil
    }
}

/// All loans, as the ledger tells of them.
///
/// A fold over the events: the same events give the same book, after a rebuild or a restore. Events of other kinds are
/// passed over; one of these kinds that cannot be true stops the fold and is named, since a loan that is overlooked lets a
/// record be destroyed whose paper is elsewhere.
package struct LoanBook: EventBook, Hashable {
    /// The kinds of events that it is made of.
    package static let kinds: Set<EventType> = [.paperLent, .paperReturned]
    private var known: [LoanID: Loan] = [:]
    private var lent: [RecordID: LoanID] = [:]
    private var lastSeq = -1

    /// A book without a loan.
    package init() {}

    /// Takes in one event more, which must stand behind all others in the ledger.
    package mutating func apply(_ event: Event) throws(EventFault) {
        guard Self.kinds.contains(event.event) else { return }
        guard event.seq > lastSeq else {
            throw EventFault(event, .order, "it stands behind event \(lastSeq)")
        }
        if event.actor.isBlank { throw EventFault(event, .value, "it names nobody who did it") }
        let record = try event.namedRecord()
        if event.event == .paperLent {
            try lend(PaperLent(of: event), record, event)
        } else {
            try takeBack(PaperReturned(of: event), record, event)
        }
        lastSeq = event.seq
    }

    private mutating func lend(_ said: PaperLent, _ record: RecordID, _ event: Event) throws(EventFault) {
        if let loan = lent[record] { throw EventFault(event, .again, "\(record) is out on \(loan)") }
        let item = Loan.Item(record: record, location: said.location, pages: said.pages)
        if let loan = known[said.loan] {
            // The records of a loan go out together: their events stand behind each other.
            guard event.seq == loan.seq + loan.items.count, loan.terms == said.terms,
                PersonName(loan.lentBy) == PersonName(event.actor)
            else {
                throw EventFault(event, .again, "\(said.loan) went out before")
            }
            known[said.loan]?.items.append(item)
        } else {
            known[said.loan] = Loan(
                id: said.loan,
                terms: said.terms,
                lentBy: event.actor,
                lentAt: event.time,
                seq: event.seq,
                items: [item]
            )
        }
        lent[record] = said.loan
    }

    private mutating func takeBack(_ said: PaperReturned, _ record: RecordID, _ event: Event) throws(EventFault) {
        guard let loan = known[said.loan] else { throw EventFault(event, .unknown, "there is no \(said.loan)") }
        guard let place = loan.items.firstIndex(where: { $0.record == record }) else {
            throw EventFault(event, .unknown, "\(record) did not go out on \(said.loan)")
        }
        if loan.items[place].back != nil { throw EventFault(event, .again, "\(record) was back before") }
        if said.on < loan.terms.out { throw EventFault(event, .value, "it is back before it went out") }
        known[said.loan]?.items[place].back = Loan.Return(
            on: said.on,
            note: said.note,
            by: event.actor,
            at: event.time,
            seq: event.seq
        )
        lent[record] = nil
    }

    // MARK: - Questions

    /// The loan of that number, closed or not.
    package subscript(id: LoanID) -> Loan? { known[id] }
    /// All loans by number, the closed ones too.
    package var loans: [Loan] { known.values.sorted { $0.id < $1.id } }
    /// The loans of which a record is out, by the day on which they must be back.
    package var open: [Loan] {
        known.values.filter(\.isOpen).sorted { ($0.terms.due, $0.id) < ($1.terms.due, $1.id) }
    }

    /// The loan on which the paper original of a record is out; nil where it is not.
    package func loan(of record: RecordID) -> Loan? { lent[record].flatMap { known[$0] } }

    /// The loans that should have been back before a day, longest first.
    package func overdue(on day: CivilDate) -> [Loan] { open.filter { $0.daysOver(on: day) != nil } }

    /// The number of the next loan of a year, never used before; nil at the end of the series.
    package func nextID(in year: Int) -> LoanID? { LoanID.next(in: year, after: known.keys) }
}
