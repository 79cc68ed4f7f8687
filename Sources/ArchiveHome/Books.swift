package import Acts
package import Catalogue
package import Disposal
package import Dossiers
package import Loans
import RecordsModel

/// What the acts of a ledger amount to: holds, lists, loans and seals, each folded once and handed round.
///
/// A book is folded when it is first asked for, and alone: an event of a loan that cannot be true stops no hold. What is
/// entered under the same lock is taken in, so that no book is made twice.
package final class Books {
    /// A book that is made of the acts; that of the dossiers has a reading of its own.
    package enum Part: Sendable {
        /// The holds.
        case holds
        /// The disposal lists.
        case disposals
        /// The loans.
        case loans
    }

    /// The index that the acts are read from.
    package let catalogue: CatalogueDatabase
    private let lag: Int
    private var holdShelf = Shelf<HoldBook>()
    private var listShelf = Shelf<DisposalBook>()
    private var loanShelf = Shelf<LoanBook>()
    private var sealShelf = Shelf<DossierBook>()
    private var policyShelf = Shelf<PolicyBook>()
    private var keyShelf = Shelf<KeyBook>()

    /// The books of an index, none of them folded yet.
    ///
    /// - Parameters:
    ///   - catalogue: the index; nobody but whoever has these books enters anything while they are asked.
    ///   - lag: how many events may wait for a folded book; one that is further behind is folded anew.
    package init(_ catalogue: CatalogueDatabase, lag: Int = 10_000) {
        self.catalogue = catalogue
        self.lag = lag
    }

    /// Folds several books out of one reading of the acts, in this order.
    ///
    /// - Throws: `EventFault` where an event of one of them cannot be true.
    package func fold(_ parts: Part...) throws {
        var read: [Event]?
        func acts() throws -> [Event] {
            if let read { return read }
            let acts = try catalogue.acts()
            read = acts
            return acts
        }
        for part in parts {
            switch part {
            case .holds: _ = try holdShelf.book(acts)
            case .disposals: _ = try listShelf.book(acts)
            case .loans: _ = try loanShelf.book(acts)
            }
        }
    }

    /// The holds.
    ///
    /// - Throws: `EventFault` where an event of them cannot be true: nothing counts as "not held" then.
    package func holds() throws -> HoldBook { try holdShelf.book(catalogue.acts) }

    /// The disposal lists, tombstones and reviews.
    ///
    /// - Throws: `EventFault` where an event of them cannot be true: nothing is disposed of then.
    package func disposals() throws -> DisposalBook { try listShelf.book(catalogue.acts) }

    /// The loans of paper originals.
    ///
    /// - Throws: `EventFault` where an event of them cannot be true: nothing counts as "not lent" then.
    package func loans() throws -> LoanBook { try loanShelf.book(catalogue.acts) }

    /// The stages and seals of dossiers.
    ///
    /// - Throws: `EventFault` where an event of them cannot be true: nothing counts as "not sealed" then.
    package func dossiers() throws -> DossierBook { try sealShelf.book(catalogue.dossierActs) }

    /// Which texts of policy files were in force when.
    ///
    /// - Throws: `EventFault` where an event of them cannot be true: nothing rests on a policy then.
    package func policies() throws -> PolicyBook {
        try policyShelf.book { try catalogue.events(of: [.policyAdopted, .policyChanged]) }
    }

    /// Whose key signs.
    ///
    /// - Throws: `EventFault` where an event of keys cannot be true: no act is signed then.
    package func keys() throws -> KeyBook {
        try keyShelf.book { try catalogue.events(of: [.personEnrolled, .personRetired]) }
    }

    /// Takes in what was entered into ledger and index just now.
    package func take(_ entries: [CatalogueEntry]) {
        holdShelf.take(entries, lag)
        listShelf.take(entries, lag)
        loanShelf.take(entries, lag)
        sealShelf.take(entries, lag)
        policyShelf.take(entries, lag)
        keyShelf.take(entries, lag)
    }
}

/// A book with the lines that it has not taken in yet.
private struct Shelf<Book: EventBook> {
    private var folded: Book?
    private var waiting: [String] = []

    /// The book, up to the last event.
    mutating func book(_ acts: () throws -> [Event]) throws -> Book {
        guard var book = folded else {
            let book = try Book(folding: acts())
            folded = book
            return book
        }
        if waiting.isEmpty { return book }
        // A line that cannot be true leaves no half of a book: the next question folds anew, and names it too.
        let lines = waiting
        forget()
        for line in lines { try book.apply(Event(line: line)) }
        folded = book
        return book
    }

    /// Notes what a folded book has to take in; one that is too far behind is forgotten.
    mutating func take(_ entries: [CatalogueEntry], _ lag: Int) {
        guard folded != nil else { return }
        for entry in entries where Book.kinds.contains(entry.event.event) {
            if waiting.count == lag { return forget() }
            waiting.append(entry.line)
        }
    }

    private mutating func forget() {
        folded = nil
        waiting = []
    }
}
