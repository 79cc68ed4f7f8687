import Acts
import RecordsModel

/// An office and its people, for tests of loans.
struct TestOffice {
    static let people = People([
        Person(name: "Ani Arsiparis", roles: ["arsiparis"]),
        Person(name: "Kartika Kearsipan", roles: ["kepala-unit-kearsipan"]),
        Person(name: "Mira Pembaca", roles: ["reader"]),
    ])
    static let today = date("2026-11-24")
    /// An act that is no loan.
    static let attempt = RefusedAttempt(
        act: "propose a list",
        subject: "Usul 2026",
        refusals: [.malformed("list", "it is empty")]
    )

    static func date(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(daysSinceEpoch: 0) }
    static func id(_ number: Int) -> RecordID { RecordID(prefix: "RKT", year: 2018, sequence: number) }
}

/// A ledger that tests write into.
struct TestLedger {
    var events: [Event] = []

    var lastMoment: Moment {
        Moment(secondsSinceEpoch: TestOffice.today.daysSinceEpoch * 86_400 + 3600 + events.count, offset: 28_800)
    }

    mutating func add(_ detail: some EventDetail, by actor: String, record: RecordID? = nil) throws {
        events.append(try Event(detail, seq: events.count, time: lastMoment, actor: actor, record: record))
    }
}
