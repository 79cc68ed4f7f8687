package import RecordsModel

/// What events of a ledger amount to, such as all holds: a fold over them, one event after the other.
///
/// The same events give the same book. Events of other kinds are passed over; one of its kinds that cannot be true stops
/// the fold and is named.
package protocol EventBook: Sendable {
    /// The kinds of events that it is made of.
    static var kinds: Set<EventType> { get }
    /// A book of no event.
    init()
    /// Takes in one event more, which must stand behind all others in the ledger.
    mutating func apply(_ event: Event) throws(EventFault)
}

extension EventBook {
    /// The book of a ledger.
    package init(folding events: some Sequence<Event>) throws(EventFault) {
        self.init()
        for event in events { try apply(event) }
    }
}
