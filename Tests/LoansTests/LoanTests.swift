import Acts
import Loans
import RecordsModel
import Testing

/// Loans of paper originals: what may go out, what is out, and what the ledger must not say.
struct LoanTests {
    private typealias Office = TestOffice

    private func loan(_ number: Int) throws -> LoanID { try #require(LoanID(year: 2026, sequence: number)) }

    private var draft: LoanDraft {
        var draft = LoanDraft()
        draft.items = [.init(Office.id(1), location: "Rak 1", pages: 12), .init(Office.id(2), location: "Rak 2")]
        draft.borrower = "Oki"
        draft.unit = "Inspektorat"
        draft.purpose = "reviu"
        draft.due = Office.date("2026-12-01")
        return draft
    }

    private func terms(until due: String = "2026-12-01") -> LoanTerms {
        LoanTerms(
            borrower: "Oki",
            unit: "Inspektorat",
            purpose: "reviu",
            out: Office.date("2026-11-20"),
            due: Office.date(due)
        )
    }

    /// A ledger in which the records went out on one loan.
    private func ledger(_ records: ClosedRange<Int> = 1...2, until due: String = "2026-12-01") throws -> TestLedger {
        var ledger = TestLedger()
        for number in records {
            let lent = PaperLent(loan: try loan(1), terms: terms(until: due), location: "Rak \(number)")
            try ledger.add(lent, by: "Ani Arsiparis", record: Office.id(number))
        }
        return ledger
    }

    private func fault(_ ledger: TestLedger) -> EventFault.Code? {
        do {
            _ = try LoanBook(folding: ledger.events)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func `a loan that lacks everything names all that is missing`() {
        let verdict = LoanBook().lend(LoanDraft(), by: "Mira Pembaca", today: Office.today, people: Office.people)
        let subjects = verdict.refusals.map(\.subject)
        #expect(subjects == ["Mira Pembaca", "borrower", "unit", "purpose", "until", "record"])
        #expect(verdict.refusals.first?.code == .notPermitted)
    }

    @Test func `a loan that lacks nothing gets the next number, and each record its place and pages`() throws {
        var draft = draft
        draft.nip = "1980"
        let book = try LoanBook(folding: ledger(5...6).events)
        let start = try #require(
            book.lend(draft, by: "Ani Arsiparis", today: Office.today, people: Office.people).value
        )
        #expect(start.id == (try loan(2)))
        #expect(start.items.map(\.record) == [Office.id(1), Office.id(2)])
        #expect(start.items.map(\.detail.location) == ["Rak 1", "Rak 2"])
        #expect(start.items.map(\.detail.pages) == [12, nil])
        #expect(start.items.allSatisfy { $0.detail.terms == start.terms && $0.detail.loan == start.id })
        #expect(start.terms.out == Office.today && start.terms.nip == "1980")
    }

    @Test func `what is lent, named twice or nowhere on paper is refused, each with its reason`() throws {
        var draft = draft
        draft.items = [
            .init(Office.id(1), location: "Rak 1"), .init(Office.id(3), location: "Rak 3"),
            .init(Office.id(3), location: "Rak 3"), .init(Office.id(4), location: " \u{200B}"),
            .init(Office.id(5), location: nil),
        ]
        let book = try LoanBook(folding: ledger().events)
        let refusals = book.lend(draft, by: "Ani Arsiparis", today: Office.today, people: Office.people).refusals
        #expect(refusals.map(\.code) == [.onLoan, .malformed, .missing, .missing])
        #expect(refusals.first?.message.contains("lent to Oki until 2026-12-01 (PINJAM-2026-0001)") == true)
    }

    @Test func `papers go out not after today, and come back not before they went out`() {
        var late = draft
        late.out = Office.date("2026-11-25")
        var short = draft
        short.due = Office.date("2026-11-23")
        var long = draft
        long.purpose = String(repeating: "x", count: 70_000)
        var none = draft
        none.items[0].pages = 0
        for (wrong, subject) in [(late, "on"), (short, "until"), (long, "loan"), (none, "loan")] {
            let refusals = LoanBook().lend(wrong, by: "Ani Arsiparis", today: Office.today, people: Office.people)
                .refusals
            #expect(refusals.map(\.code) == [.malformed] && refusals.first?.subject == subject, "\(refusals)")
        }
        var due = draft
        due.due = Office.today
        #expect(LoanBook().lend(due, by: "Ani Arsiparis", today: Office.today, people: Office.people).value != nil)
    }

    @Test func `a part comes back, then the rest, and the loan is closed on the last day`() throws {
        var ledger = try ledger(1...3)
        let book = try LoanBook(folding: ledger.events)
        func back(_ book: LoanBook, _ records: [RecordID]?, on day: String) -> Verdict<LoanReturn> {
            book.takeBack(
                LoanID("PINJAM-2026-0001") ?? book.loans[0].id,
                records: records,
                on: Office.date(day),
                note: "utuh",
                by: "Kartika Kearsipan",
                today: Office.today,
                people: Office.people
            )
        }
        let part = try #require(back(book, [Office.id(2)], on: "2026-11-21").value)
        #expect(!part.isWhole)
        try ledger.add(part.detail, by: "Kartika Kearsipan", record: Office.id(2))
        let middle = try LoanBook(folding: ledger.events)
        #expect(middle.loan(of: Office.id(2)) == nil && middle.loan(of: Office.id(1)) != nil)
        #expect(back(middle, [Office.id(2)], on: "2026-11-22").refusals.map(\.code) == [.unknown])
        let rest = try #require(back(middle, nil, on: "2026-11-24").value)
        #expect(rest.isWhole && rest.records == [Office.id(1), Office.id(3)])
        for record in rest.records { try ledger.add(rest.detail, by: "Kartika Kearsipan", record: record) }
        let end = try LoanBook(folding: ledger.events)
        #expect(end.open.isEmpty && end.loans.first?.closed == Office.date("2026-11-24"))
        #expect(end.loans.first?.items[1].back?.by == "Kartika Kearsipan")
        #expect(back(end, nil, on: "2026-11-24").refusals.map(\.code) == [.alreadyDone])
        // What is back may go out again, on another loan.
        #expect(
            end.lend(draft, by: "Ani Arsiparis", today: Office.today, people: Office.people).value?.id == (try loan(2))
        )
    }

    @Test(arguments: [("2026-11-19", "before it went out"), ("2026-11-25", "tomorrow")])
    func `nothing comes back on an impossible day`(_ day: String, _ why: String) throws {
        let book = try LoanBook(folding: ledger().events)
        let verdict = book.takeBack(
            try loan(1),
            records: nil,
            on: Office.date(day),
            note: nil,
            by: "Ani Arsiparis",
            today: Office.today,
            people: Office.people
        )
        #expect(verdict.refusals.map(\.subject) == ["on"], "\(why)")
    }

    @Test func `a loan is overdue from the day behind its last, by days, longest first, and not when it is back`()
        throws
    {
        var ledger = try ledger(1...1, until: "2026-11-30")
        let other = PaperLent(loan: try loan(2), terms: terms(until: "2026-11-28"), location: "Rak 9")
        try ledger.add(other, by: "Ani Arsiparis", record: Office.id(9))
        let book = try LoanBook(folding: ledger.events)
        #expect(book.overdue(on: Office.date("2026-11-28")).isEmpty)
        #expect(book.overdue(on: Office.date("2026-11-30")).map(\.id) == [try loan(2)])
        let late = book.overdue(on: Office.date("2026-12-02"))
        #expect(late.map(\.id) == [try loan(2), try loan(1)])
        #expect(late.map { $0.daysOver(on: Office.date("2026-12-02")) } == [4, 2])
        try ledger.add(PaperReturned(loan: try loan(2), on: Office.today), by: "Ani Arsiparis", record: Office.id(9))
        #expect(try LoanBook(folding: ledger.events).overdue(on: Office.date("2026-12-02")).map(\.id) == [try loan(1)])
    }

    @Test func `what cannot be true of a loan stops the fold and is named`() throws {
        let good = try ledger()
        #expect(fault(good) == nil)
        func with(_ detail: some EventDetail, _ record: RecordID?, by actor: String = "Ani Arsiparis") throws
            -> TestLedger
        {
            var ledger = good
            try ledger.add(detail, by: actor, record: record)
            return ledger
        }
        let again = PaperLent(loan: try loan(2), terms: terms(), location: "Rak 1")
        #expect(fault(try with(again, Office.id(1))) == .again)
        let others = PaperLent(loan: try loan(1), terms: terms(until: "2026-12-02"), location: "Rak 3")
        #expect(fault(try with(others, Office.id(3))) == .again)
        #expect(fault(try with(PaperReturned(loan: try loan(2), on: Office.today), Office.id(1))) == .unknown)
        #expect(fault(try with(PaperReturned(loan: try loan(1), on: Office.today), Office.id(7))) == .unknown)
        #expect(
            fault(try with(PaperReturned(loan: try loan(1), on: Office.date("2026-11-19")), Office.id(1))) == .value
        )
        #expect(fault(try with(PaperReturned(loan: try loan(1), on: Office.today), nil)) == .shape)
        #expect(fault(try with(PaperReturned(loan: try loan(1), on: Office.today), Office.id(1), by: " ")) == .value)
        var twice = try with(PaperReturned(loan: try loan(1), on: Office.today), Office.id(1))
        try twice.add(PaperReturned(loan: try loan(1), on: Office.today), by: "Ani Arsiparis", record: Office.id(1))
        #expect(fault(twice) == .again)
        // One more record of the same loan, but not behind the others.
        var later = good
        try later.add(Office.attempt, by: "Ani Arsiparis")
        try later.add(
            PaperLent(loan: try loan(1), terms: terms(), location: "Rak 3"),
            by: "Ani Arsiparis",
            record: Office.id(3)
        )
        #expect(fault(later) == .again)
        var turned = good
        turned.events.swapAt(0, 1)
        #expect(fault(turned) == .order)
    }

    @Test func `the terms of a loan are the same value in the ledger and back, and a strange member is refused`() throws
    {
        var full = terms()
        full.nip = "1980"
        full.contact = "0811"
        full.approval = "ND 4"
        full.note = "hati-hati"
        full.position = "Analis"
        let detail = PaperLent(loan: try loan(1), terms: full, location: "Rak 1 / Boks 2", pages: 3)
        var event = try Event(detail, seq: 0, time: TestLedger().lastMoment, actor: "Ani", record: Office.id(1))
        #expect(try PaperLent(of: event) == detail)
        var members = event.detail
        members["asing"] = .integer(1)
        event = Event(
            seq: 0,
            time: event.time,
            actor: "Ani",
            event: .paperLent,
            record: Office.id(1),
            detail: members
        )
        #expect(throws: EventFault.self) { try PaperLent(of: event) }
    }
}
