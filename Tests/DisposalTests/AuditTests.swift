import Acts
import Disposal
import RecordsModel
import Retention
import Testing

struct AuditTests {
    private typealias Office = TestOffice

    private func record(
        _ number: Int,
        isListed: Bool? = true,
        missing: [String] = [],
        phase: AuditRecord.Phase = .active
    ) -> AuditRecord {
        AuditRecord(id: Office.id(number), year: 2026, isListed: isListed, missingColumns: missing, phase: phase)
    }

    private func audit(
        _ records: [AuditRecord],
        ledger: TestLedger = TestLedger(),
        isSample: Bool = false,
        authority: String? = "Perbup 1/2026",
        fixity: AuditFixity? = AuditFixity(last: TestOffice.today, failed: []),
        asOf: CivilDate = TestOffice.today,
        dates: [AuditDate] = []
    ) throws -> RetentionAudit {
        RetentionAudit(
            AuditInput(
                year: 2026,
                asOf: asOf,
                records: records,
                schedule: AuditSchedule(
                    version: Office.schedule,
                    isSample: isSample,
                    authority: authority,
                    adopted: Office.date("2026-01-02")
                ),
                disposals: try ledger.disposals,
                holds: try ledger.holds,
                fixity: fixity,
                dates: dates
            )
        )
    }

    @Test
    func `a date that cannot be believed makes the answer no, and one with a reason is shown whatever the answer`()
        throws
    {
        func date(_ isAccepted: Bool) -> AuditDate {
            AuditDate(record: Office.id(1), message: "dated 1901", words: "bertanggal 1901", isAccepted: isAccepted)
        }
        let silent = try #require(audit([record(1)], dates: [date(false)])[.everyRecordHasRule])
        #expect(silent.value == .no && silent.behind.map(\.message) == ["dated 1901"])
        let told = try #require(audit([record(1)], dates: [date(true)])[.everyRecordHasRule])
        #expect(told.value == .yes && told.behind.map(\.subject).contains("RKT-2018-0001"))
        let both = try #require(audit([record(2, phase: .noRule)], dates: [date(true)])[.everyRecordHasRule])
        #expect(both.value == .no && both.behind.map(\.subject) == ["RKT-2018-0002", "RKT-2018-0001"])
    }

    @Test func `every question stands behind those that it depends on`() {
        for (place, question) in AuditQuestion.allCases.enumerated() {
            for upstream in question.upstream {
                #expect(AuditQuestion.allCases.prefix(place).contains(upstream))
            }
        }
    }

    @Test func `an archive in order is answered yes throughout`() throws {
        var ledger = TestLedger()
        try ledger.approved()
        try ledger.begin()
        try ledger.remove(1)
        try ledger.attach(.certificate, 95)
        let audit = try audit([record(1), record(2, phase: .inactive)], ledger: ledger)
        #expect(audit.answers.map(\.question) == AuditQuestion.allCases)
        #expect(audit.answers.allSatisfy { $0.value == .yes && $0.forcedBy.isEmpty })
    }

    @Test func `the audit never says yes to nothing`() throws {
        let empty = try audit([], fixity: nil)
        for question in AuditQuestion.allCases where question != .scheduleAdopted && question != .fixityChecked {
            #expect(empty[question]?.value == .nothing, "\(question)")
        }
        #expect(!empty.answers.contains { $0.value == .yes && $0.question != .scheduleAdopted })
        // One record: the questions about records are answered, those about removals still have nothing.
        let quiet = try audit([record(1)])
        #expect(quiet[.listComplete]?.value == .yes && quiet[.nothingRefused]?.value == .yes)
        for question in [AuditQuestion.approvalsComplete, .destructionsProven, .holdsRespected, .copiesDestroyed] {
            #expect(quiet[question]?.value == .nothing, "\(question)")
            #expect(
                quiet[question]?.sentence.indonesian
                    == "Tidak ada yang dinilai: tidak ada hal tahun itu yang dapat dinilai."
            )
        }
        // Without a schedule the answers about no record are still none, and not "no".
        #expect(try audit([], isSample: true)[.noOverdueActive]?.value == .nothing)
    }

    @Test(
        arguments: [
            ("RKT-2026-0007", "x", nil), ("RKT/2026", "x", nil), ("Usul 2030", "RKT-2026-0003", nil),
            ("Usul 2030", "x", "RKT-2026-0001"), ("USUL-2031-0001", "x", nil),
        ] as [(String, String, String?)]
    )
    func `a refused attempt of another year is told where it concerns the year's records`(
        subject: String,
        reason: String,
        record: String?
    ) throws {
        var ledger = TestLedger()
        let year = Office.date("2031-05-05")
        ledger.day = year
        var item = Office.item(1)
        item.record = Office.id(1, year: 2026)
        try ledger.add(
            DisposalProposed(
                list: try #require(DisposalID("USUL-2031-0001")),
                kind: .destroy,
                title: "t",
                unit: "u",
                scheduleVersion: Office.schedule,
                items: [item]
            ),
            by: "Ani Arsiparis"
        )
        let refusal = Refusal(.held, reason, "it is held", remedy: "wait")
        try ledger.add(
            RefusedAttempt(act: "propose", subject: subject, refusals: [refusal]),
            by: "Mira Pembaca",
            record: record.flatMap { RecordID($0) }
        )
        let told = try #require(audit([self.record(1)], ledger: ledger, asOf: year)[.nothingRefused])
        #expect(told.value == .no && told.behind.count == 1)
        let elsewhereRefusal = Refusal(.held, "RKT-2027-0001", "it is held", remedy: "wait")
        let other = RefusedAttempt(act: "propose", subject: "RKT-2027-0007", refusals: [elsewhereRefusal])
        var elsewhere = TestLedger()
        elsewhere.day = year
        try elsewhere.add(other, by: "Mira Pembaca")
        #expect(try audit([self.record(1)], ledger: elsewhere, asOf: year)[.nothingRefused]?.value == .yes)
    }

    @Test func `one missing column makes the question no, and names the record and the column`() throws {
        let answer = try #require(audit([record(1), record(2, missing: ["jumlah"])])[.columnsComplete])
        #expect(answer.value == .no && answer.behind.map(\.subject) == ["RKT-2018-0002"])
        #expect(answer.behind.map(\.message) == ["empty: jumlah"] && answer.behind.map(\.words) == ["kosong: jumlah"])
    }

    @Test func `one no upstream forces those that depend on it`() throws {
        let listed = try audit([record(1, isListed: false)])
        #expect(listed[.columnsComplete]?.value == .no && listed[.columnsComplete]?.forcedBy == [.listComplete])
        let sample = try audit([record(1)], isSample: true)
        for question in [AuditQuestion.everyRecordHasRule, .noOverdueActive, .overdueInactiveProposed] {
            #expect(sample[question]?.value == .no, "\(question)")
        }
        #expect(sample[.listComplete]?.value == .yes)
        #expect(try audit([record(1)], authority: " ")[.scheduleAdopted]?.value == .no)
    }

    @Test func `what nobody can tell is neither yes nor no, and is handed on`() throws {
        let audit = try audit([record(1, isListed: nil)], fixity: nil)
        #expect(audit[.listComplete]?.value == .cannotTell)
        #expect(audit[.columnsComplete]?.value == .cannotTell)
        #expect(audit[.fixityChecked]?.value == .cannotTell)
    }

    @Test func `what is overdue and what has no rule is named`() throws {
        let since = Office.date("2026-01-01")
        let audit = try audit([
            record(1, phase: .overdueActive(since: since)), record(2, phase: .due(.destroy, since: since)),
            record(3, phase: .noRule), record(4, phase: .notStarted),
        ])
        #expect(audit[.noOverdueActive]?.behind.map(\.subject) == ["RKT-2018-0001"])
        #expect(audit[.overdueInactiveProposed]?.behind.map(\.subject) == ["RKT-2018-0002"])
        #expect(audit[.everyRecordHasRule]?.behind.map(\.subject) == ["RKT-2018-0003", "RKT-2018-0004"])
        var ledger = TestLedger()
        try ledger.propose()
        #expect(
            try self.audit([record(2, phase: .due(.destroy, since: since))], ledger: ledger)[
                .overdueInactiveProposed
            ]?.value == .yes
        )
    }

    @Test func `a destruction without its berita acara is not proven, and says what is missing`() throws {
        var ledger = TestLedger()
        try ledger.approved()
        try ledger.begin()
        try ledger.remove(1)
        let before = try #require(audit([record(2)], ledger: ledger)[.destructionsProven])
        #expect(before.value == .no && before.behind.map(\.subject) == ["USUL-2026-0001", "RKT-2018-0001"])
        #expect(before.behind.first?.message == "missing: Berita Acara")
        try ledger.attach(.certificate, 95)
        #expect(try audit([record(2)], ledger: ledger)[.destructionsProven]?.value == .yes)
        #expect(try audit([record(2)], ledger: ledger)[.approvalsComplete]?.behind.count == 1)
    }

    @Test func `an approval by the lesser authority makes the approvals and the proofs no`() throws {
        var ledger = TestLedger()
        let items = [Office.item(1, due: Office.due(months: 120)), Office.item(2)]
        try ledger.approved(items: items)
        try ledger.begin()
        try ledger.remove(1)
        try ledger.attach(.certificate, 95)
        let audit = try audit([record(2)], ledger: ledger)
        #expect(audit[.approvalsComplete]?.value == .no)
        #expect(audit[.destructionsProven]?.forcedBy == [.approvalsComplete])
    }

    @Test func `R42 a record that was removed under a hold is found, one held later is not`() throws {
        for isHeldBefore in [true, false] {
            var ledger = TestLedger()
            try ledger.approved()
            if isHeldBefore { try ledger.placeHold(1, .year(2018)) }
            try ledger.begin()
            try ledger.remove(1)
            if !isHeldBefore { try ledger.placeHold(1, .year(2018)) }
            let answer = try #require(audit([record(2)], ledger: ledger)[.holdsRespected])
            #expect(answer.value == (isHeldBefore ? .no : .yes))
        }
    }

    @Test(arguments: [
        ("2026-11-24", AuditAnswer.Value.yes), ("2025-11-23", .yes), ("2025-11-22", .no), ("2026-11-25", .cannotTell),
    ])
    func `R59 a sweep that is too old is no, one of a later day cannot tell`(
        last: String,
        value: AuditAnswer.Value
    ) throws {
        let fixity = AuditFixity(last: Office.date(last), failed: [])
        #expect(try audit([record(1)], fixity: fixity)[.fixityChecked]?.value == value)
        let failed = AuditFixity(last: Office.date(last), failed: [Office.id(1)])
        #expect(try audit([record(1)], fixity: failed)[.fixityChecked]?.value == .no)
    }

    @Test func `R48 refused attempts of the year are in the report, copies left elsewhere too`() throws {
        var ledger = TestLedger()
        try ledger.approved()
        try ledger.begin()
        try ledger.remove(1)
        let copies = DisposalCopiesListed(
            list: Office.list(1),
            copies: [KnownCopy(number: 1, kind: .paper, place: "rak 3")]
        )
        try ledger.add(copies, by: "Ani Arsiparis", record: Office.id(1))
        let refusal = Refusal(.held, "RKT-2018-0002", "it is held", remedy: "wait")
        try ledger.add(RefusedAttempt(act: "prune", subject: "RKT-2018-0002", refusals: [refusal]), by: "Mira Pembaca")
        let audit = try audit([record(2)], ledger: ledger)
        #expect(audit[.copiesDestroyed]?.behind.map(\.subject) == ["RKT-2018-0001"])
        #expect(audit[.nothingRefused]?.value == .no)
        #expect(audit[.nothingRefused]?.behind.first?.message.contains("held") ?? false)
    }
}
