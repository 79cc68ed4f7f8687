package import Acts
package import ArchiveHome
package import Catalogue
package import Loans
package import RecordsModel

extension LoanBook {
    /// The loan of that number.
    ///
    /// - Throws: `OperationError`, code `noSuchRecord`, where there is none.
    package func loan(_ id: LoanID) throws -> Loan {
        if let loan = self[id] { return loan }
        throw OperationError(
            .noSuchRecord,
            message: "there is no loan '\(id)'",
            remedy: "run 'berkas loan list --all' to see them"
        )
    }
}

extension CatalogueDatabase {
    /// The loans of one record (peminjaman), in which other records are left out.
    ///
    /// - Throws: `EventFault`, as for all loans.
    package func loans(of record: RecordID) throws -> LoanBook {
        try LoanBook(folding: events(of: record).map { try Event(line: $0) })
    }
}

/// Lends paper originals, and takes them back.
package struct LoanActs {
    private let writer: ArchiveWriter
    private let people: People
    private let book: LoanBook

    /// Lending under a lock that is held.
    package init(_ writer: ArchiveWriter) throws {
        self.writer = writer
        people = try writer.people()
        book = try writer.books.loans()
    }

    private var actor: String { writer.context.actor }
    private var today: CivilDate { writer.context.now().date }

    /// Enters that papers go out: one event a record, all of them or none.
    ///
    /// - Parameters:
    ///   - draft: what was entered; an item without a place gets the one that its record says.
    ///   - place: where the paper of a record lies that does not say it.
    /// - Returns: the loan as entered.
    /// - Throws: `RefusedError` with all faults at once; `OperationError`, code `noSuchRecord` or `removed`.
    package func lend(_ draft: LoanDraft, from place: String?) throws -> LoanStart {
        var draft = draft
        for index in draft.items.indices {
            let id = draft.items[index].record
            try writer.catalogue.require(id)
            let said = try writer.catalogue.document(of: id)?.description.location
            draft.items[index].location = draft.items[index].location ?? said ?? place
        }
        let subject = draft.items.map(\.record.description).joined(separator: " ")
        let verdict = book.lend(draft, by: actor, today: today, people: people)
        let start = try writer.allowed(verdict, act: "lend papers", subject: subject)
        try writer.enter(start.items.map { try writer.event($0.detail, record: $0.record) })
        return start
    }

    /// Enters that papers of a loan are back: one event a record, all of them or none.
    ///
    /// - Parameters:
    ///   - id: the loan.
    ///   - records: the records that are back; nil for all that are out.
    ///   - day: the day on which they came back; nil for today.
    ///   - note: what is to be said of them.
    /// - Returns: what was entered.
    /// - Throws: `RefusedError`; `OperationError`, code `noSuchRecord`.
    package func takeBack(_ id: LoanID, records: [RecordID]?, on day: CivilDate?, note: String?) throws -> LoanReturn {
        let verdict = book.takeBack(
            id,
            records: records,
            on: day,
            note: note,
            by: actor,
            today: today,
            people: people
        )
        let done = try writer.allowed(verdict, act: "take papers of \(id) back", subject: id.description)
        try writer.enter(done.records.map { try writer.event(done.detail, record: $0) })
        return done
    }

    /// Enters that the papers of records are back, whatever loans they went out on.
    ///
    /// - Returns: what was entered, a loan at a time.
    /// - Throws: `RefusedError` where one of them is not out: nothing is entered then; as `takeBack`.
    package func takeBack(_ records: [RecordID], on day: CivilDate?, note: String?) throws -> [LoanReturn] {
        var order: [LoanID] = []
        var wanted: [LoanID: [RecordID]] = [:]
        var refusals: [Refusal] = []
        for record in records {
            guard let loan = book.loan(of: record) else {
                try writer.catalogue.require(record)
                let message = "\(record) is not lent"
                refusals.append(Refusal(.unknown, record.description, message, remedy: "see 'berkas loan list'"))
                continue
            }
            if wanted[loan.id] == nil { order.append(loan.id) }
            wanted[loan.id, default: []].append(record)
        }
        let subject = records.map(\.description).joined(separator: " ")
        try writer.require(refusals, act: "take papers back", subject: subject)
        return try order.map { try takeBack($0, records: wanted[$0], on: day, note: note) }
    }
}
