package import Acts
package import ArchiveHome
import Catalogue
package import Disposal
import Foundation
import Ledger
package import RecordsModel
import Retention

/// The holds of a home (pembekuan), folded from the ledger, and what they cover now.
package struct Holds {
    /// The holds.
    package let book: HoldBook
    private let catalogue: CatalogueDatabase
    private let procedure: Procedure
    private var found: [String: Set<RecordID>] = [:]

    /// Reads the holds.
    ///
    /// - Throws: `EventFault` where an event of the ledger cannot be true: nothing counts as "not held" then.
    package init(_ home: Home, _ books: Books) throws {
        catalogue = books.catalogue
        procedure = try home.procedure()
        book = try books.holds()
    }

    private init(_ book: HoldBook, _ catalogue: CatalogueDatabase, _ procedure: Procedure) {
        self.book = book
        self.catalogue = catalogue
        self.procedure = procedure
    }

    /// The holds as they would be with one event more, which is not in the ledger yet.
    func supposing(_ event: Event) throws -> Holds {
        var book = book
        try book.apply(event)
        return Holds(book, catalogue, procedure)
    }

    /// The holds that cover a record as it would be under another code, and that the ledger does not name for it yet.
    mutating func fresh(on facts: RecordFacts, code: String) throws -> [HoldID] {
        var facts = HoldFacts(facts)
        facts.classification = code
        return try book.unapplied(to: facts, search: searched())
    }

    /// Every record that a hold in force covers, in the order of their rows, with the holds.
    ///
    /// - Parameters:
    ///   - year: only records of this fiscal year.
    ///   - body: given what a hold looks at in a record, and the holds on it, at least one.
    /// - Throws: `CatalogueError`, and what `body` throws.
    package mutating func eachHeld(year: Int? = nil, body: (HoldFacts, [Hold]) throws -> Void) throws {
        if book.inForce.isEmpty { return }
        let search = try searched()
        try catalogue.eachRetentionInput(year: year) { input in
            let facts = HoldFacts(RecordFacts(input, procedure: procedure))
            let holds = try book.covering(facts, search: search)
            if !holds.isEmpty { try body(facts, holds) }
        }
    }

    /// The holds in force on records as they go into another archive: each on just these records, with where it comes from.
    ///
    /// - Parameters:
    ///   - ids: the records.
    ///   - archive: the origin of this archive's ledger.
    /// - Returns: the terms, by number; `hold` is the number in this archive.
    /// - Throws: `CatalogueError`.
    mutating func carried(with ids: [RecordID], from archive: String) throws -> [HoldPlaced] {
        if book.inForce.isEmpty { return [] }
        let wanted = Set(ids)
        var facts: [HoldFacts] = []
        try catalogue.eachRetentionInput(year: nil) { input in
            if wanted.contains(input.id) { facts.append(HoldFacts(RecordFacts(input, procedure: procedure))) }
        }
        return try book.carried(with: facts, from: archive, search: searched())
    }

    /// The holds on one record.
    package mutating func holds(on id: RecordID) throws -> [Hold] {
        var holds: [Hold] = []
        try eachHeld(year: id.year) { if $0.id == id { holds = $1 } }
        return holds
    }

    /// Stops where one of the holds was never placed.
    ///
    /// - Throws: `OperationError`, code `noSuchRecord`.
    package func require(_ ids: [HoldID]) throws {
        for id in ids where book[id] == nil {
            throw OperationError(
                .noSuchRecord,
                message: "there is no hold '\(id)'",
                remedy: "run 'berkas hold list --all' to see them"
            )
        }
    }

    /// How many records each hold in force covers.
    package mutating func counts() throws -> [HoldID: Int] {
        var counts: [HoldID: Int] = [:]
        try eachHeld { for hold in $1 { counts[hold.id, default: 0] += 1 } }
        return counts
    }

    /// Answers whether words find a record, out of one search for each.
    private mutating func searched() throws -> HoldSearch {
        for hold in book.inForce {
            guard case .search(let words) = hold.terms.scope, found[words] == nil else { continue }
            found[words] = try catalogue.described(by: SearchQuery(words))
        }
        let found = found
        return { words, id in found[words]?.contains(id) ?? true }
    }
}

extension ArchiveWriter {
    /// Enters, for every record that a hold covers and that the ledger does not yet name for it, that it is held (R34).
    ///
    /// Called behind whatever can bring a record under a hold, and by the next command where that was cut short.
    ///
    /// - Returns: how many records came under a hold.
    @discardableResult
    func applyHolds() throws -> Int {
        var holds = try Holds(home, books)
        let (events, records) = try applications(of: &holds)
        if !events.isEmpty { try enter(events) }
        try catalogue.setHeldCurrent()
        return records
    }

    /// Enters what an interrupted command left unnamed; what the ledger cannot be believed in is told where it is asked for.
    func resumeHolds() throws {
        guard try catalogue.isHeldStale() else { return }
        do {
            try applyHolds()
        } catch let fault as EventFault {
            context.notice("\(fault)")
        }
    }

    /// The events by which records come under holds, and how many records those are.
    func applications(of holds: inout Holds) throws -> (events: [Event], records: Int) {
        var events: [Event] = []
        var records = 0
        try holds.eachHeld { facts, covering in
            let fresh = covering.filter { !$0.applied.contains(facts.id) }
            records += fresh.isEmpty ? 0 : 1
            for hold in fresh { events.append(try event(HoldApplied(hold: hold.id), record: facts.id)) }
        }
        return (events, records)
    }
}

/// Places and lifts holds.
package struct HoldActs {
    private let writer: ArchiveWriter
    private let people: People

    /// Deciding under a lock that is held.
    package init(_ writer: ArchiveWriter) throws {
        self.writer = writer
        people = try writer.people()
    }

    private var actor: String { writer.context.actor }

    /// Places a hold; it covers what is there and what arrives later (R33, R35, R44).
    ///
    /// - Returns: the hold as entered, and how many records it covers now.
    /// - Throws: `RefusedError` with all faults at once; `OperationError`, code `noSuchRecord`, for a record in its scope.
    package func place(_ draft: HoldDraft) throws -> (placed: HoldPlaced, records: Int) {
        let holds = try Holds(writer.home, writer.books)
        if case .records(let ids) = draft.scope {
            for id in ids { try writer.catalogue.require(id) }
        }
        if case .search(let words) = draft.scope { _ = try SearchQuery(words) }
        let today = writer.context.now().date
        let verdict = holds.book.place(draft, by: actor, today: today, people: people)
        let placed = try writer.allowed(verdict, act: "place a hold", subject: draft.title)
        // The hold and its effect on each record are entered together: none of them is without the others.
        var event = try writer.event(placed)
        event.seq = writer.end.frontier.size
        var supposed = try holds.supposing(event)
        let (applications, records) = try writer.applications(of: &supposed)
        try writer.enter([event] + applications)
        try writer.catalogue.setHeldCurrent()
        return (placed, records)
    }

    /// Lifts a hold, with a reason and an authority; the others stay (R37, R38).
    package func release(_ id: HoldID, reason: String, authority: String) throws {
        let holds = try Holds(writer.home, writer.books)
        let verdict = holds.book.release(id, reason: reason, authority: authority, by: actor, people: people)
        let released = try writer.allowed(verdict, act: "lift \(id)", subject: id.description)
        try writer.enter(signing: writer.event(released), as: .releaseHold, subject: id.description)
    }

    /// Takes back a hold that never covered anything; one that was used cannot be deleted (R43).
    package func withdraw(_ id: HoldID, reason: String) throws {
        var holds = try Holds(writer.home, writer.books)
        let covered = try holds.counts()[id] ?? 0
        let verdict = holds.book.withdraw(id, covered: covered, reason: reason, by: actor, people: people)
        let withdrawn = try writer.allowed(verdict, act: "take back \(id)", subject: id.description)
        try writer.enter([writer.event(withdrawn)])
    }
}
