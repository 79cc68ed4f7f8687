import Acts
import Disposal
import RecordsModel
import Testing

struct DisposalRecheckTests {
    private typealias Office = TestOffice

    private func list(whole: Bool = false) throws -> DisposalList {
        var ledger = TestLedger()
        try ledger.approved(items: [Office.item(1, whole: whole), Office.item(2)])
        return try #require(ledger.disposals[Office.list(1)])
    }

    private func recheck(_ current: CurrentFacts, whole: Bool = false) throws -> Recheck {
        let list = try list(whole: whole)
        return try #require(list.item(Office.id(1))).recheck(against: current, list: list, today: Office.today)
    }

    private func reasons(_ current: CurrentFacts, whole: Bool = false) throws -> [SkipReason.Code] {
        guard case .skip(let reasons) = try recheck(current, whole: whole) else { return [] }
        return reasons.map(\.code)
    }

    @Test func `R24 what is as it was approved goes`() throws {
        #expect(try recheck(Office.current()) == .go)
    }

    @Test func `R24 a hold placed between approval and execution leaves the record out, with the hold's number`() throws
    {
        guard case .skip(let reasons) = try recheck(Office.current(holds: [Office.hold(3)])) else {
            Issue.record("it went")
            return
        }
        #expect(reasons.map(\.code) == [.held] && reasons[0].holds == [Office.hold(3)])
        #expect(reasons[0].message.contains("HOLD-2026-0003"))
    }

    @Test func `R36 a held sibling keeps a record that goes with its whole dossier, and no other`() throws {
        let current = Office.current(dossierHolds: [Office.hold(1)])
        #expect(try reasons(current, whole: true) == [.dossierHeld])
        #expect(try recheck(current, whole: false) == .go)
        // The hold on the record itself is told once.
        let own = Office.current(holds: [Office.hold(1)], dossierHolds: [Office.hold(1)])
        #expect(try reasons(own, whole: true) == [.held])
    }

    @Test func `R25 a schedule that changed stops the run, whatever else is true, a hold included`() throws {
        let changed = Office.current(due: Office.due(version: "other"), holds: [Office.hold(1)])
        guard case .stop(let reasons) = try recheck(changed) else {
            Issue.record("it did not stop")
            return
        }
        #expect(reasons.map(\.code) == [.scheduleChanged])
        guard case .stop = try recheck(Office.current(due: Office.due(isSample: true))) else {
            Issue.record("the sample did not stop it")
            return
        }
    }

    @Test func `R24 all reasons to leave a record out are told at once`() throws {
        let current = Office.current(
            version: 2,
            digest: Office.digest("c"),
            due: Office.due(since: "2026-11-25"),
            holds: [Office.hold(1)],
            isOnLoan: true
        )
        #expect(try reasons(current) == [.held, .versionChanged, .digestChanged, .onLoan, .notDue])
    }

    @Test(arguments: [
        (TestOffice.due(.transfer), SkipReason.Code.otherAction), (TestOffice.due(nil), .otherAction),
        (TestOffice.due(since: nil), .notDue), (TestOffice.due(row: "000.7.2.6"), .rowChanged),
        (TestOffice.due(months: 120), .rowChanged),
        (TestOffice.due(nil, since: nil, row: nil, months: nil), .rowChanged),
    ])
    func `R24 what the schedule says is asked again`(due: DueFacts, code: SkipReason.Code) throws {
        #expect(try reasons(Office.current(due: due)) == [code])
    }

    @Test func `R24 a record that is not in the store is left out`() throws {
        #expect(try reasons(Office.current(version: nil)) == [.absent])
    }

    @Test func `R40 releasing a hold destroys nothing, and the record is due at once`() throws {
        var ledger = TestLedger()
        try ledger.approved()
        try ledger.placeHold(1, .year(2018))
        let before = try ledger.disposals
        try ledger.add(HoldReleased(hold: Office.hold(1), reason: "r", authority: "a"), by: "Indah Pimpinan")
        #expect(try ledger.disposals == before)
        let holds = try ledger.holds.covering(Office.facts(1), search: Office.noSearch).map(\.id)
        #expect(try recheck(Office.current(holds: holds)) == .go)
    }

    @Test func `R20 a closed review decides until the schedule changes`() throws {
        func closed(_ disposition: ReviewClosed.Disposition, until: CivilDate? = nil) -> ClosedReview? {
            var ledger = TestLedger()
            let outcome = ReviewClosed(
                disposition: disposition,
                until: until,
                authority: "SK 1",
                comment: "tidak bernilai guna",
                scheduleVersion: Office.schedule
            )
            try? ledger.add(outcome, by: "Indah Pimpinan", record: Office.id(1))
            return try? ledger.disposals.reviews[Office.id(1)]?.last
        }
        let due = Office.due(.review)
        #expect(due.after(closed(.destroy)).action == .destroy)
        #expect(due.after(closed(.permanent)).action == .transfer)
        #expect(due.after(closed(.extend, until: Office.date("2030-01-01"))).dueSince == Office.date("2030-01-01"))
        #expect(due.after(nil) == due)
        let later = Office.due(.review, version: "other")
        #expect(later.after(closed(.destroy)) == later)
        #expect(Office.due(.transfer).after(closed(.destroy)).action == .transfer, "a permanent record stays so")
    }

    @Test func `R20 a review is closed only with an outcome, an authority and a comment`() throws {
        let rules = try TestLedger().rules()
        let bad = rules.closeReview(
            of: Office.id(1),
            as: nil,
            row: "000.9",
            until: nil,
            authority: "",
            comment: "",
            due: Office.due(.review),
            rowExists: { _ in false },
            by: "Ani Arsiparis"
        )
        #expect(bad.refusals.map(\.subject) == ["Ani Arsiparis", "authority", "comment", "disposition", "row"])
        let good = rules.closeReview(
            of: Office.id(1),
            as: .permanent,
            row: nil,
            until: nil,
            authority: "SK 1",
            comment: "bernilai guna sekunder",
            due: Office.due(.review),
            rowExists: { _ in true },
            by: "Indah Pimpinan"
        )
        #expect(good.value?.disposition == .permanent)
    }

    @Test func `R21 what waits too long is told once`() throws {
        var ledger = TestLedger()
        try ledger.propose()
        func overdue(_ text: String, given: Set<String> = []) throws -> [OverdueNotice] {
            try ledger.rules(today: Office.date(text)).overdue(
                reviews: [(Office.id(9), Office.date("2026-11-20"))],
                given: given
            )
        }
        #expect(try overdue("2026-12-20").isEmpty)
        let first = try overdue("2026-12-25")
        #expect(first.map(\.step) == [.review, .approval] && first.map(\.overdueDays) == [5, 1])
        #expect(try overdue("2026-12-26", given: Set(first.map(\.key))).isEmpty)
    }
}
