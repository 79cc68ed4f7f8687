import Acts
import Disposal
import RecordsModel

/// An office, a ledger and a list in the making, for tests of holds, disposal and audit.
struct TestOffice {
    static let people = People([
        Person(name: "Ani Arsiparis", roles: ["arsiparis"]),
        Person(name: "Budi Santoso", roles: ["panitia"]),
        Person(name: "Citra Dewi", roles: ["panitia"]),
        Person(name: "Dedi Kurnia", roles: ["panitia"]),
        Person(name: "Eka Bupati", roles: ["bupati"]),
        Person(name: "Fajar ANRI", roles: ["kepala-anri"]),
        Person(name: "Gita Saksi", roles: ["saksi"], unit: "Bagian Hukum"),
        Person(name: "Hadi Saksi", roles: ["saksi"], unit: "Inspektorat"),
        Person(name: "Indah Pimpinan", roles: ["pimpinan"]),
        Person(name: "Joko Pengolah", roles: ["kepala-unit-pengolah"], unit: "Subbag Program"),
        Person(name: "Kartika Kearsipan", roles: ["kepala-unit-kearsipan"]),
        Person(name: "Lestari LKD", roles: ["kepala-lkd"]),
        Person(name: "Mira Pembaca", roles: ["reader"]),
        Person(name: "Nanda Auditor", roles: ["auditor"]),
    ])

    /// The same people, where these names are one account's.
    static func people(sharing account: String, _ names: String...) -> People {
        People(
            people.everybody.map { person in
                names.contains(person.name)
                    ? Person(name: person.name, roles: person.roles, unit: person.unit, accounts: [account]) : person
            }
        )
    }

    static let schedule = "2026-01-02-0123456789ab"
    static let today = date("2026-11-24")

    static func date(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(daysSinceEpoch: 0) }
    static func id(_ number: Int, year: Int = 2018) -> RecordID {
        RecordID(prefix: "RKT", year: year, sequence: number)
    }
    static func digest(_ character: Character = "a") -> String { String(repeating: character, count: 128) }
    static func hold(_ number: Int) -> HoldID { serial(number) }
    static func list(_ number: Int) -> DisposalID { serial(number) }
    private static func serial<Series>(_ number: Int) -> SerialNumber<Series> {
        guard let serial = SerialNumber<Series>(year: 2026, sequence: number) else {
            preconditionFailure("\(number) is no running number")
        }
        return serial
    }

    static func facts(_ number: Int, year: Int = 2018, unit: String = "Subbag Program", code: String? = "000.7.2.7")
        -> HoldFacts
    {
        HoldFacts(id: id(number, year: year), dossier: "RKT/\(year)", year: year, unit: unit, classification: code)
    }

    static func due(
        _ action: DueAction? = .destroy,
        since: String? = "2026-01-01",
        version: String = schedule,
        isSample: Bool = false,
        row: String? = "000.7.2.7",
        months: Int? = 84
    ) -> DueFacts {
        DueFacts(
            action: action,
            dueSince: since.map(date),
            scheduleVersion: version,
            isSample: isSample,
            row: row,
            totalMonths: months
        )
    }

    static func item(_ number: Int, whole: Bool = false, due: DueFacts = due(), note: String? = nil) -> DisposalItem {
        DisposalItem(
            record: id(number),
            version: 1,
            digest: digest(),
            title: "Perjanjian Kinerja \(number)",
            dossier: "RKT/2018",
            isWholeDossier: whole,
            code: "000.7.2.7",
            row: due.row,
            dueSince: due.dueSince,
            totalMonths: due.totalMonths,
            note: note
        )
    }

    static func candidate(_ number: Int, due: DueFacts = due()) -> DisposalRules.Candidate {
        DisposalRules.Candidate(item: item(number, due: due), due: due)
    }

    static func current(
        version: Int? = 1,
        digest: String = digest(),
        due: DueFacts = due(),
        holds: [HoldID] = [],
        dossierHolds: [HoldID] = [],
        isOnLoan: Bool = false
    ) -> CurrentFacts {
        CurrentFacts(
            version: version,
            digest: digest,
            due: due,
            holds: holds,
            dossierHolds: dossierHolds,
            isOnLoan: isOnLoan
        )
    }

    static func version(_ number: Int = 1, sha512: String = digest("b")) -> Tombstone.Version {
        Tombstone.Version(
            version: number,
            received: Moment(secondsSinceEpoch: 1_546_300_800, offset: 28_800),
            receivedBy: "Siti",
            description: RecordDescription(year: 2018, unit: "Subbag Program", step: 10, type: "pk", title: "PK"),
            files: [RecordFile(path: "files/pk.pdf", size: 10, sha512: sha512)]
        )
    }

    /// Which types fill which place; the papers of the fixtures are numbered from 81 on, in this order.
    static let types = EvidenceTypes([
        ("sk-panitia", "keputusan"), ("daftar", "daftar-arsip"), ("notula", "notulen"),
        ("pertimbangan", "pertimbangan"),
        ("persetujuan", "surat-persetujuan"), ("penetapan", "keputusan"), ("tanda-terima", "tanda-terima"),
    ])

    /// What a paper of the fixtures says of itself; one that is numbered otherwise can be minutes.
    static func paper(_ id: RecordID) -> EvidencePaper? {
        let kinds = [
            81: "keputusan", 82: "daftar-arsip", 84: "pertimbangan", 90: "surat-persetujuan", 91: "keputusan",
            96: "tanda-terima",
        ]
        return EvidencePaper(type: kinds[id.sequence] ?? "notulen", number: nil, date: nil, signer: nil)
            .said(id.sequence == 90 || id.sequence == 96 ? nil : "1/2026", today)
    }

    static func noSearch(_ words: String, _ record: RecordID) -> Bool { false }
}

/// A ledger that tests write into.
struct TestLedger {
    var events: [Event] = []
    var day = TestOffice.today

    var lastMoment: Moment {
        Moment(secondsSinceEpoch: day.daysSinceEpoch * 86_400 + 3600 + events.count, offset: 28_800)
    }

    mutating func add(_ detail: some EventDetail, by actor: String, record: RecordID? = nil) throws {
        events.append(try Event(detail, seq: events.count, time: lastMoment, actor: actor, record: record))
    }

    var holds: HoldBook { get throws { try HoldBook(folding: events) } }
    var disposals: DisposalBook { get throws { try DisposalBook(folding: events) } }

    func rules(today: CivilDate = TestOffice.today, waiting days: Int = 0) throws -> DisposalRules {
        var settings = DisposalSettings()
        settings.waitDays = days
        return DisposalRules(
            book: try disposals,
            people: TestOffice.people,
            settings: settings,
            today: today,
            types: TestOffice.types
        )
    }

    // MARK: - Steps that succeed

    mutating func placeHold(_ number: Int, _ scope: HoldScope, reason: String = "perkara 12/2026") throws {
        try add(
            HoldPlaced(
                hold: TestOffice.hold(number),
                title: "Perkara \(number)",
                mandate: "UU 43/2009 pasal 51",
                reason: reason,
                orderedBy: "Bagian Hukum",
                orderedOn: TestOffice.date("2026-11-01"),
                scope: scope
            ),
            by: "Ani Arsiparis"
        )
    }

    mutating func propose(
        _ kind: DisposalKind = .destroy,
        items: [DisposalItem] = [TestOffice.item(1), TestOffice.item(2)],
        list: Int = 1,
        by actor: String = "Ani Arsiparis"
    ) throws {
        try add(
            DisposalProposed(
                list: TestOffice.list(list),
                kind: kind,
                title: "Usul 2026",
                unit: "Subbag Program",
                scheduleVersion: TestOffice.schedule,
                items: items
            ),
            by: actor
        )
    }

    mutating func attach(_ slot: EvidenceSlot, _ number: Int, list: Int = 1) throws {
        let evidence = DisposalEvidence(
            list: TestOffice.list(list),
            slot: slot,
            evidence: TestOffice.id(number, year: 2026)
        )
        try add(evidence, by: "Ani Arsiparis")
    }

    mutating func assess(_ records: [Int], agrees: Bool = true, by actor: String, list: Int = 1) throws {
        let opinions = records.map {
            DisposalAssessed.Opinion(record: TestOffice.id($0), agrees: agrees, reason: agrees ? nil : "masih dipakai")
        }
        try add(DisposalAssessed(list: TestOffice.list(list), opinions: opinions), by: actor)
    }

    mutating func approve(
        _ authority: DisposalAuthority = .regent,
        by approver: String = "Eka Bupati",
        list: Int = 1
    ) throws {
        try add(
            DisposalApproved(
                list: TestOffice.list(list),
                authority: authority,
                by: approver,
                letter: TestOffice.id(90, year: 2026),
                number: "000.5.6.2/12/2026",
                date: TestOffice.today
            ),
            by: approver
        )
    }

    /// A list that is assessed by everybody and lacks nothing before its approval.
    mutating func assessed(items: [DisposalItem] = [TestOffice.item(1), TestOffice.item(2)]) throws {
        try propose(items: items)
        try attach(.committeeDecree, 81)
        try attach(.list, 82)
        for member in ["Budi Santoso", "Citra Dewi", "Dedi Kurnia"] {
            try assess(items.map(\.record.sequence), by: member)
        }
        try attach(.minutes, 83)
        try attach(.consideration, 84)
    }

    /// A list that lacks nothing before its execution.
    mutating func approved(items: [DisposalItem] = [TestOffice.item(1), TestOffice.item(2)]) throws {
        try assessed(items: items)
        try approve()
        try attach(.decision, 91)
    }

    mutating func begin(list: Int = 1, witnesses: [String] = ["Gita Saksi", "Hadi Saksi"]) throws {
        try add(
            DisposalBegun(
                list: TestOffice.list(list),
                witnesses: witnesses,
                scheduleVersion: TestOffice.schedule,
                place: "Paringin",
                method: "penghapusan berkas digital"
            ),
            by: "Ani Arsiparis"
        )
    }

    func tombstone(_ number: Int, list: Int = 1) throws -> Tombstone? {
        try disposals[TestOffice.list(list)].flatMap {
            Tombstone(
                of: TestOffice.id(number),
                on: $0,
                versions: [TestOffice.version()],
                by: "Ani Arsiparis",
                at: lastMoment
            )
        }
    }

    mutating func remove(_ number: Int, list: Int = 1) throws {
        guard let stone = try tombstone(number, list: list) else { return }
        try add(
            DisposalItemRemoved(list: TestOffice.list(list), tombstone: stone),
            by: "Ani Arsiparis",
            record: TestOffice.id(number)
        )
    }

    mutating func skip(_ number: Int, _ reason: SkipReason, list: Int = 1) throws {
        try add(
            DisposalItemSkipped(list: TestOffice.list(list), reasons: [reason]),
            by: "Ani Arsiparis",
            record: TestOffice.id(number)
        )
    }

    mutating func finish(list: Int = 1) throws {
        guard let found = try disposals[TestOffice.list(list)] else { return }
        try add(DisposalExecuted(found), by: "Ani Arsiparis")
    }
}

extension EvidencePaper {
    /// The same with number, date and signer; without any where there is no number.
    fileprivate func said(_ number: String?, _ date: CivilDate) -> EvidencePaper {
        guard let number else { return self }
        return EvidencePaper(type: type, number: number, date: date, signer: "Indah Pimpinan")
    }
}
