import Acts
import Disposal
import RecordsModel
import Testing

/// The wait between approval and execution, and the objections that stop a list, as pure rules and as a fold.
struct WaitRuleTests {
    private typealias Office = TestOffice
    private static let list = TestOffice.list(1)

    private func codes<Value>(_ verdict: Verdict<Value>) -> Set<Refusal.Code> { Set(verdict.refusals.map(\.code)) }

    private func begin(_ ledger: TestLedger, days: Int, waiting: Int = 7) throws -> Verdict<DisposalBegun> {
        let today = CivilDate(daysSinceEpoch: Office.today.daysSinceEpoch + days)
        return try ledger.rules(today: today, waiting: waiting).begin(
            Self.list,
            witnesses: ["Gita Saksi", "Hadi Saksi"],
            due: Office.due(),
            place: "Paringin",
            method: "penghapusan",
            by: "Ani Arsiparis"
        )
    }

    @Test(arguments: [(0, true), (6, true), (7, false), (8, false)])
    func `a destruction begins on the seventh day after its approval at the earliest`(days: Int, isRefused: Bool) throws
    {
        var ledger = TestLedger()
        try ledger.approved()
        #expect(try codes(begin(ledger, days: days)) == (isRefused ? [.coolingOff] : []))
        #expect(try codes(begin(ledger, days: days, waiting: 0)).isEmpty, "a list of the time before the wait")
    }

    @Test func `the longer of both waits counts: that of the day of the approval, and that of today`() throws {
        var ledger = TestLedger()
        try ledger.assessed()
        let approval = try ledger.rules(waiting: 5).approve(
            Self.list,
            letter: DisposalRules.Letter(
                authority: .regent,
                by: "Eka Bupati",
                record: Office.id(90, year: 2026),
                number: "12/2026",
                date: Office.today
            ),
            held: [:],
            due: Office.due(),
            paper: Office.paper,
            by: "Eka Bupati"
        )
        guard case .allowed(let detail) = approval else {
            Issue.record("refused: \(approval.refusals)")
            return
        }
        #expect(detail.waitDays == 5)
        try ledger.add(detail, by: "Eka Bupati")
        try ledger.attach(.decision, 91)
        #expect(try codes(begin(ledger, days: 4, waiting: 0)) == [.coolingOff])
        #expect(try codes(begin(ledger, days: 5, waiting: 0)).isEmpty)
        #expect(try codes(begin(ledger, days: 5, waiting: 9)) == [.coolingOff])
        // The ledger itself holds no execution within the wait that it names.
        let early = ledger
        #expect(throws: EventFault.self) {
            var cheating = early
            try cheating.begin()
            _ = try cheating.disposals
        }
        ledger.day = CivilDate(daysSinceEpoch: Office.today.daysSinceEpoch + 5)
        try ledger.begin()
        #expect(try ledger.disposals[Self.list]?.state == .executing)
    }

    @Test func `an objection stops the beginning and the removal, and stands once for each person`() throws {
        var ledger = TestLedger()
        try ledger.approved()
        try ledger.add(DisposalObjected(list: Self.list, reason: "perkara"), by: "Mira Pembaca")
        #expect(try codes(begin(ledger, days: 9)) == [.objected])
        let rules = try ledger.rules()
        #expect(codes(rules.object(Self.list, reason: "lagi", by: "Mira Pembaca")) == [.alreadyDone])
        #expect(codes(rules.object(Self.list, reason: "lagi", by: "Tidak Dikenal")) == [.notPermitted])
        #expect(codes(rules.object(Self.list, reason: " ", by: "Budi Santoso")) == [.missing])
        #expect(codes(rules.object(Office.list(9), reason: "x", by: "Budi Santoso")) == [.unknown])
        let stopped = ledger
        #expect(throws: EventFault.self) {
            var cheating = stopped
            cheating.day = CivilDate(daysSinceEpoch: Office.today.daysSinceEpoch + 9)
            try cheating.begin()
            _ = try cheating.disposals
        }
        func lift(_ objector: String, by actor: String) -> Set<Refusal.Code> {
            codes(rules.liftObjection(of: objector, to: Self.list, reason: "selesai", by: actor))
        }
        #expect(lift("Mira Pembaca", by: "Mira Pembaca").isEmpty)
        #expect(lift("Mira Pembaca", by: "Eka Bupati").isEmpty)
        #expect(lift("Mira Pembaca", by: "Indah Pimpinan") == [.notPermitted])
        #expect(lift("Mira Pembaca", by: "Ani Arsiparis") == [.notPermitted, .samePerson])
        #expect(lift("Budi Santoso", by: "Eka Bupati") == [.unknown])
        // One who approves lifts nothing where the account says that it is who proposed or assessed.
        for other in ["Ani Arsiparis", "Budi Santoso"] {
            let one = DisposalRules(
                book: rules.book,
                people: Office.people(sharing: "eka", "Eka Bupati", other),
                today: Office.today
            )
            let lifted = one.liftObjection(of: "Mira Pembaca", to: Self.list, reason: "selesai", by: "Eka Bupati")
            #expect(codes(lifted) == [.samePerson], "\(other)")
        }
        try ledger.add(
            DisposalObjectionLifted(list: Self.list, objector: "Mira Pembaca", reason: "selesai"),
            by: "Eka Bupati"
        )
        #expect(try codes(begin(ledger, days: 9)).isEmpty)
        #expect(try ledger.disposals[Self.list]?.objections.count == 1)
    }

    @Test func `an objection that was never made is not lifted, and the proposer lifts nobody else's`() throws {
        var ledger = TestLedger()
        try ledger.approved()
        let lifted = DisposalObjectionLifted(list: Self.list, objector: "Mira Pembaca", reason: "x")
        let none = ledger
        #expect(throws: EventFault.self) {
            var cheating = none
            try cheating.add(lifted, by: "Mira Pembaca")
            _ = try cheating.disposals
        }
        try ledger.add(DisposalObjected(list: Self.list, reason: "perkara"), by: "Mira Pembaca")
        let standing = ledger
        #expect(throws: EventFault.self) {
            var cheating = standing
            try cheating.add(lifted, by: "Ani Arsiparis")
            _ = try cheating.disposals
        }
    }
}
