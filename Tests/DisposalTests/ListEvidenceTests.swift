import Acts
import Disposal
import RecordsModel
import Testing

/// What proves a disposal stays.
struct ListEvidenceTests {
    private typealias Office = TestOffice

    private func codes<Value>(_ verdict: Verdict<Value>) -> Set<Refusal.Code> { Set(verdict.refusals.map(\.code)) }

    /// A second list that names item 1 as its evidence.
    private func withEvidence(_ ledger: TestLedger) throws -> TestLedger {
        var ledger = ledger
        try ledger.propose(items: [Office.item(5)], list: 2)
        try ledger.add(
            DisposalEvidence(list: Office.list(2), slot: .committeeDecree, evidence: Office.id(1)),
            by: "Ani Arsiparis"
        )
        return ledger
    }

    private func approve(_ ledger: TestLedger) throws -> Verdict<DisposalApproved> {
        try ledger.rules().approve(
            Office.list(1),
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
    }

    private func begin(_ ledger: TestLedger) throws -> Verdict<DisposalBegun> {
        try ledger.rules().begin(
            Office.list(1),
            witnesses: ["Gita Saksi", "Hadi Saksi"],
            due: Office.due(),
            place: "Paringin",
            method: "penghapusan",
            by: "Ani Arsiparis"
        )
    }

    private func propose(_ ledger: TestLedger, _ kind: DisposalKind = .destroy) throws -> Verdict<DisposalProposed> {
        let due = kind == .destroy ? Office.due() : Office.due(.transfer)
        return try ledger.rules().propose(
            kind,
            title: "t",
            unit: "u",
            candidates: [Office.candidate(1, due: due)],
            by: "Ani Arsiparis"
        )
    }

    @Test func `evidence of a list is not proposed, approved or executed`() throws {
        #expect(try codes(propose(withEvidence(TestLedger()))) == [.evidenceOfList])
        var assessed = TestLedger()
        try assessed.assessed()
        #expect(try approve(assessed).value != nil)
        let refused = try approve(withEvidence(assessed))
        #expect(codes(refused) == [.evidenceOfList])
        #expect(refused.refusals.contains { $0.message.contains("USUL-2026-0002") && $0.remedy.contains("leave-out") })
        var approved = TestLedger()
        try approved.approved()
        #expect(try begin(approved).value != nil)
        #expect(try codes(begin(withEvidence(approved))) == [.evidenceOfList])
    }

    @Test
    func `a list that was given up and removed nothing proves nothing; what goes to the archives is not destroyed`()
        throws
    {
        var ledger = try withEvidence(TestLedger())
        #expect(try propose(ledger, .deposit).value != nil)
        try ledger.add(DisposalCancelled(list: Office.list(2), reason: "keliru"), by: "Ani Arsiparis")
        #expect(try propose(ledger).value != nil)
    }

    @Test func `evidence stays while the tombstones stand, also of a list that was given up half way`() throws {
        var ledger = TestLedger()
        try ledger.approved()
        try ledger.begin()
        try ledger.remove(1)
        try ledger.add(DisposalCancelled(list: Office.list(1), reason: "banjir"), by: "Ani Arsiparis")
        let letter = Office.id(90, year: 2026)
        #expect(try ledger.disposals.evidence[letter]?.map(\.list) == [Office.list(1)])
    }

    @Test func `what is to be destroyed is not attached as evidence of another list`() throws {
        var ledger = TestLedger()
        try ledger.propose()
        try ledger.propose(items: [Office.item(5)], list: 2)
        let verdict = try ledger.rules().attach(
            Office.list(2),
            slot: .minutes,
            evidence: Office.id(1),
            paper: Office.paper,
            by: "Ani Arsiparis"
        )
        #expect(codes(verdict) == [.evidenceOfList])
    }

    private func attach(
        _ slot: EvidenceSlot,
        _ paper: EvidencePaper,
        _ words: EvidenceWords = EvidenceWords()
    ) throws -> Verdict<DisposalEvidence> {
        var ledger = TestLedger()
        try ledger.propose()
        return try ledger.rules().attach(
            Office.list(1),
            slot: slot,
            evidence: Office.id(50, year: 2026),
            words: words,
            paper: { _ in paper },
            by: "Ani Arsiparis"
        )
    }

    @Test func `each place takes only its kind of paper, with number, date and signer, each missing one named`() throws
    {
        let whole = EvidencePaper(type: "notulen", number: "5/2026", date: Office.today, signer: "Budi")
        #expect(try attach(.minutes, whole).value?.number == "5/2026")
        let wrong = try attach(.consideration, whole)
        #expect(codes(wrong) == [.wrongDocument])
        #expect(wrong.refusals.first?.message.contains("takes pertimbangan") == true)
        #expect(try codes(attach(.certificate, whole)) == [.wrongDocument])
        let bare = try attach(.minutes, EvidencePaper(type: "notulen"))
        #expect(bare.refusals.map(\.code) == [.evidenceIncomplete, .evidenceIncomplete, .evidenceIncomplete])
        for (refusal, word) in zip(bare.refusals, ["no number", "no date", "no signer"]) {
            #expect(refusal.message.contains(word))
        }
        let words = EvidenceWords(number: "5/2026", date: Office.today, signer: "Budi")
        #expect(try attach(.minutes, EvidencePaper(type: "notulen"), words).value?.signer == "Budi")
        // Nobody says otherwise than the record does, and nothing is dated in days to come.
        let other = EvidenceWords(number: "6/2026", date: Office.date("2026-11-01"), signer: nil)
        #expect(try attach(.minutes, whole, other).refusals.map(\.code) == [.malformed, .malformed])
        var late = whole
        late.date = Office.date("2026-11-25")
        #expect(try codes(attach(.minutes, late)) == [.implausibleDate])
    }

    @Test func `one paper proves one thing: a record is named once on a list`() throws {
        var ledger = TestLedger()
        try ledger.propose()
        try ledger.attach(.committeeDecree, 91)
        let verdict = try ledger.rules().attach(
            Office.list(1),
            slot: .decision,
            evidence: Office.id(91, year: 2026),
            paper: Office.paper,
            by: "Ani Arsiparis"
        )
        #expect(verdict.refusals.map(\.code) == [.alreadyDone])
        #expect(verdict.refusals.first?.message.contains("SK Panitia") == true)
    }

    @Test func `an approval that is dated after the day of the execution stops it`() throws {
        var ledger = TestLedger()
        try ledger.approved()
        let early = try ledger.rules(today: Office.date("2026-11-23")).begin(
            Office.list(1),
            witnesses: ["Gita Saksi", "Hadi Saksi"],
            due: Office.due(),
            place: "Paringin",
            method: "penghapusan",
            by: "Ani Arsiparis"
        )
        #expect(codes(early).contains(.implausibleDate))
    }
}
