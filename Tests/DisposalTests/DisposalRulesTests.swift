import Acts
import Disposal
import RecordsModel
import Testing

struct DisposalRulesTests {
    private typealias Office = TestOffice

    private func codes<Value>(_ verdict: Verdict<Value>) -> Set<Refusal.Code> { Set(verdict.refusals.map(\.code)) }

    private func letter(_ authority: DisposalAuthority = .regent, by: String = "Eka Bupati") -> DisposalRules.Letter {
        DisposalRules.Letter(
            authority: authority,
            by: by,
            record: Office.id(90, year: 2026),
            number: "000.5.6.2/12/2026",
            date: Office.today
        )
    }

    private func approve(
        _ ledger: TestLedger,
        _ letter: DisposalRules.Letter,
        by actor: String? = nil,
        held: [RecordID: [HoldID]] = [:],
        due: DueFacts = TestOffice.due()
    ) throws -> Verdict<DisposalApproved> {
        try ledger.rules().approve(
            Office.list(1),
            letter: letter,
            held: held,
            due: due,
            paper: Office.paper,
            by: actor ?? letter.by
        )
    }

    private func begin(
        _ ledger: TestLedger,
        witnesses: [String] = ["Gita Saksi", "Hadi Saksi"],
        due: DueFacts = TestOffice.due(),
        by actor: String = "Ani Arsiparis"
    ) throws -> Verdict<DisposalBegun> {
        try ledger.rules().begin(
            Office.list(1),
            witnesses: witnesses,
            due: due,
            place: "Paringin",
            method: "penghapusan",
            by: actor
        )
    }

    // MARK: - Proposing

    @Test func `R1 a list freezes what is due, and names everything that speaks against the rest at once`() throws {
        let rules = try TestLedger().rules()
        var held = Office.candidate(3)
        held.holds = [Office.hold(1)]
        held.isOnLoan = true
        let bad = rules.propose(
            .destroy,
            title: "",
            unit: "Subbag Program",
            candidates: [
                Office.candidate(1, due: Office.due(since: "2026-11-25")),
                Office.candidate(2, due: Office.due(.transfer)),
                held, held,
            ],
            by: "Budi Santoso"
        )
        #expect(codes(bad) == [.notPermitted, .missing, .notDue, .otherAction, .held, .onLoan, .malformed])
        let good = rules.propose(
            .destroy,
            title: "Usul 2026",
            unit: "Subbag Program",
            candidates: [Office.candidate(1, due: Office.due(since: "2026-11-24"))],
            by: "Ani Arsiparis"
        )
        #expect(good.value?.list == Office.list(1) && good.value?.items.count == 1)
    }

    @Test func `R7 a record whose period has not begun is never due`() throws {
        let due = Office.due(since: nil)
        let verdict = try TestLedger().rules().propose(
            .destroy,
            title: "t",
            unit: "u",
            candidates: [Office.candidate(1, due: due)],
            by: "Ani Arsiparis"
        )
        #expect(codes(verdict).contains(.notDue))
    }

    @Test(arguments: DisposalKind.allCases)
    func `R60 while the sample schedule is in force nothing is proposed`(kind: DisposalKind) throws {
        let due = Office.due(kind.action, isSample: true)
        let verdict = try TestLedger().rules().propose(
            kind,
            title: "t",
            unit: "u",
            candidates: [Office.candidate(1, due: due)],
            by: "Ani Arsiparis"
        )
        #expect(codes(verdict) == [.sampleSchedule])
    }

    @Test func `a record without a row is proposed only with a reason, and only Kepala ANRI approves it`() throws {
        let due = Office.due(nil, since: nil, row: nil, months: nil)
        let rules = try TestLedger().rules()
        func propose(_ note: String?) -> Verdict<DisposalProposed> {
            let candidate = DisposalRules.Candidate(item: Office.item(1, due: due, note: note), due: due)
            return rules.propose(.destroy, title: "t", unit: "u", candidates: [candidate], by: "Ani Arsiparis")
        }
        #expect(codes(propose(nil)) == [.malformed])
        #expect(propose("penilaian khusus").value != nil)
        var ledger = TestLedger()
        try ledger.assessed(items: [Office.item(1, due: due, note: "penilaian khusus")])
        #expect(try codes(approve(ledger, letter())) == [.wrongAuthority])
        #expect(try approve(ledger, letter(.nationalArchives, by: "Fajar ANRI")).value != nil)
    }

    @Test(arguments: [nil, "", " "])
    func `what nobody has classified is not destroyed: not proposed, not approved, not executed`(code: String?) throws {
        var item = Office.item(1, note: "alasan")
        item.code = code
        let candidate = DisposalRules.Candidate(item: item, due: Office.due())
        func propose(_ kind: DisposalKind, _ candidate: DisposalRules.Candidate) throws -> Set<Refusal.Code> {
            try codes(
                TestLedger().rules().propose(kind, title: "t", unit: "u", candidates: [candidate], by: "Ani Arsiparis")
            )
        }
        #expect(try propose(.destroy, candidate) == [.unclassified])
        // A list that was frozen before the rule goes no further with it.
        var ledger = TestLedger()
        try ledger.assessed(items: [item, Office.item(2)])
        #expect(try codes(approve(ledger, letter())) == [.unclassified])
        try ledger.approve()
        let list = try #require(try ledger.disposals[Office.list(1)])
        guard case .skip(let reasons) = item.recheck(against: Office.current(), list: list, today: Office.today) else {
            Issue.record("it would go")
            return
        }
        #expect(reasons.map(\.code) == [.unclassified])
    }

    @Test func `a record is on one open list at a time`() throws {
        var ledger = TestLedger()
        try ledger.propose(items: [Office.item(1)])
        let verdict = try ledger.rules().propose(
            .destroy,
            title: "t",
            unit: "u",
            candidates: [Office.candidate(1)],
            by: "Ani Arsiparis"
        )
        #expect(codes(verdict) == [.onOtherList])
    }

    // MARK: - Assessing and approving

    @Test func `R23 nobody does two of proposing, assessing and approving, under no spelling of the name`() throws {
        var ledger = TestLedger()
        try ledger.propose(by: "Budi Santoso")
        try ledger.attach(.committeeDecree, 81)
        try ledger.attach(.list, 82)
        let opinion = DisposalAssessed.Opinion(record: Office.id(1), agrees: true)
        let own = try ledger.rules().assess(Office.list(1), opinions: [opinion], by: "budi  SANTOSO\u{200B}")
        #expect(codes(own) == [.samePerson])
        try ledger.assess([1, 2], by: "Citra Dewi")
        #expect(try codes(approve(ledger, letter(by: "CITRA dewi"))).contains(.samePerson))
        #expect(try codes(approve(ledger, letter(by: "Budi santoso"))).contains(.samePerson))
        #expect(try codes(approve(ledger, letter(), by: " citra  Dewi")).contains(.samePerson))
        #expect(try !codes(approve(ledger, letter())).contains(.samePerson))
    }

    @Test func `R22 a list without its evidence, its assessments or a letter is not approved, and all is named`() throws
    {
        var ledger = TestLedger()
        try ledger.propose()
        let verdict = try ledger.rules().approve(
            Office.list(1),
            letter: letter(),
            held: [:],
            due: Office.due(),
            paper: { _ in nil },
            by: "Eka Bupati"
        )
        let missing = verdict.refusals.filter { $0.code == .evidenceMissing }.map(\.subject)
        #expect(missing == ["sk-panitia", "daftar", "notula", "pertimbangan"])
        let absent = verdict.refusals.filter { $0.code == .assessmentMissing }.map(\.subject)
        #expect(absent == ["Budi Santoso", "Citra Dewi", "Dedi Kurnia"])
        #expect(codes(verdict) == [.evidenceMissing, .assessmentMissing, .unknown])
    }

    @Test(arguments: [
        (119, DisposalAuthority.regent), (120, .nationalArchives), (0, .regent), (1200, .nationalArchives),
    ])
    func `ten years of retention need Kepala ANRI, less needs the Bupati`(
        months: Int,
        authority: DisposalAuthority
    ) throws {
        var ledger = TestLedger()
        let due = Office.due(months: months)
        try ledger.assessed(items: [Office.item(1, due: due), Office.item(2, due: Office.due(months: 12))])
        let regent = try approve(ledger, letter())
        let national = try approve(ledger, letter(.nationalArchives, by: "Fajar ANRI"))
        #expect(codes(regent) == (authority == .regent ? [] : [.wrongAuthority]))
        #expect(codes(national) == (authority == .nationalArchives ? [] : [.wrongAuthority]))
    }

    @Test func `R52 the Bupati's approval is not given by another role`() throws {
        var ledger = TestLedger()
        try ledger.assessed()
        for name in ["Fajar ANRI", "Indah Pimpinan", "Mira Pembaca", "Nobody"] {
            #expect(try codes(approve(ledger, letter(by: name))).contains(.notPermitted), "\(name)")
        }
        #expect(try codes(approve(ledger, letter(), by: "Mira Pembaca")) == [.notPermitted])
        #expect(try approve(ledger, letter(), by: "Indah Pimpinan").value?.by == "Eka Bupati")
    }

    @Test func `R44 a hold on an item of a pending list blocks its approval until the item is taken off`() throws {
        var ledger = TestLedger()
        try ledger.assessed()
        try ledger.placeHold(1, .records([Office.id(1)]))
        let held = [Office.id(1): [Office.hold(1)]]
        #expect(try codes(approve(ledger, letter(), held: held)) == [.held])
        let off = try ledger.rules().leaveOut(
            Office.id(1),
            from: Office.list(1),
            reason: "dibekukan",
            by: "Ani Arsiparis"
        )
        try ledger.add(try #require(off.value), by: "Ani Arsiparis", record: Office.id(1))
        #expect(try approve(ledger, letter(), held: held).value != nil)
    }

    @Test func `a refused item is not approved later, by nobody and on no second word`() throws {
        var ledger = TestLedger()
        try ledger.propose()
        try ledger.attach(.committeeDecree, 81)
        try ledger.attach(.list, 82)
        try ledger.assess([1, 2], by: "Budi Santoso")
        try ledger.assess([1], agrees: false, by: "Citra Dewi")
        let opinion = DisposalAssessed.Opinion(record: Office.id(1), agrees: true)
        for member in ["Citra Dewi", "Dedi Kurnia"] {
            #expect(try codes(ledger.rules().assess(Office.list(1), opinions: [opinion], by: member)) == [.alreadyDone])
        }
        #expect(try ledger.disposals[Office.list(1)]?.pending.map(\.record) == [Office.id(2)])
        try ledger.assess([1], agrees: true, by: "Dedi Kurnia")
        #expect(throws: EventFault.self) { try ledger.disposals }
    }

    @Test func `a member may turn agreement into refusal before the approval`() throws {
        var ledger = TestLedger()
        try ledger.propose()
        try ledger.assess([1, 2], by: "Budi Santoso")
        try ledger.assess([1], agrees: false, by: "Budi Santoso")
        #expect(try ledger.disposals[Office.list(1)]?.pending.map(\.record) == [Office.id(2)])
    }

    @Test func `evidence is kept in the archive and is not on the list that it proves`() throws {
        var ledger = TestLedger()
        try ledger.propose()
        let rules = try ledger.rules()
        func attach(_ record: RecordID, _ slot: EvidenceSlot = .minutes, exists: Bool = true) -> Set<Refusal.Code> {
            codes(
                rules.attach(
                    Office.list(1),
                    slot: slot,
                    evidence: record,
                    paper: { exists ? Office.paper($0) : nil },
                    by: "Ani Arsiparis"
                )
            )
        }
        #expect(attach(Office.id(1)) == [.evidenceOnList])
        #expect(attach(Office.id(80, year: 2026), exists: false) == [.unknown])
        #expect(attach(Office.id(80, year: 2026), .notification) == [.malformed, .wrongDocument])
        #expect(attach(Office.id(80, year: 2026), .approvalLetter) == [.malformed, .wrongDocument])
        #expect(attach(Office.id(80, year: 2026)).isEmpty)
    }

    // MARK: - Executing

    @Test func `each step shows what of the chain is missing`() throws {
        var ledger = TestLedger()
        try ledger.approved()
        let list = try #require(ledger.disposals[Office.list(1)])
        #expect(list.missingEvidence(before: .execute).isEmpty)
        #expect(list.missingEvidence(before: .close) == [.certificate])
        var early = TestLedger()
        try early.assessed()
        try early.approve()
        #expect(try begin(early).refusals.map(\.subject) == ["penetapan"])
    }

    @Test(
        arguments: [
            (["Gita Saksi", "Hadi Saksi"], []), (["Gita Saksi"], [.witnessesMissing]), ([], [.witnessesMissing]),
            (["Gita Saksi", "gita  SAKSI"], [.witnessesMissing, .malformed]),
            (["Gita Saksi", "Hadi Saksi", ""], [.malformed]),
            (["Gita Saksi", "Budi Santoso"], [.notPermitted, .samePerson]),
            (["Gita Saksi", "Eka Bupati"], [.notPermitted, .samePerson]),
            (["Gita Saksi", "Nobody"], [.notPermitted]),
        ] as [([String], Set<Refusal.Code>)]
    )
    func `R23 a destruction has two different witnesses who had no part in it`(
        witnesses: [String],
        expected: Set<Refusal.Code>
    ) throws {
        var ledger = TestLedger()
        try ledger.approved()
        #expect(try codes(begin(ledger, witnesses: witnesses)) == expected)
    }

    @Test func `R25 a schedule that changed after approval refuses the run, and so does the sample`() throws {
        var ledger = TestLedger()
        try ledger.approved()
        #expect(try codes(begin(ledger, due: Office.due(version: "2026-11-23-ffff"))) == [.scheduleChanged])
        #expect(try codes(begin(ledger, due: Office.due(isSample: true))) == [.sampleSchedule])
        #expect(try codes(begin(ledger, by: "Mira Pembaca")) == [.notPermitted])
    }

    @Test func `R22 a list that is not approved is not executed`() throws {
        var ledger = TestLedger()
        try ledger.assessed()
        #expect(try codes(begin(ledger)).contains(.wrongState))
    }

    @Test func `R30 an interrupted run goes on before the same witnesses only`() throws {
        var ledger = TestLedger()
        try ledger.approved()
        try ledger.begin()
        try ledger.remove(1)
        #expect(try begin(ledger, witnesses: []).value?.witnesses == ["Gita Saksi", "Hadi Saksi"])
        #expect(try codes(begin(ledger, witnesses: ["Gita Saksi", "Nanda Auditor"])).contains(.malformed))
        #expect(try ledger.disposals[Office.list(1)]?.pending.map(\.record) == [Office.id(2)])
    }
}
