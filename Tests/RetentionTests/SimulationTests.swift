import Foundation
import RecordsModel
import Retention
import Testing

struct SimulationTests {
    private static let rows = [
        "1;A;;1 Tahun;1 Tahun;;;Musnah;x;;", "2;B;;1 Tahun;8 Tahun;;;Musnah;x;;", "3;C;;1 Tahun;20 Tahun;;;Musnah;x;;",
        "4;D;;1 Tahun;20 Tahun;;;Musnah;x;;", "5;E;;1 Tahun;20 Tahun;;;Musnah;x;;",
        "6;F;;1 Tahun;20 Tahun;;;Musnah;x;;",
        "7;G;;1 Tahun;20 Tahun;;;Musnah;x;;",
    ]
    private static let proposedRows = [
        "1;A;;1 Tahun;1 Tahun;;;Permanen;x;;", "3;C;;1 Tahun;2 Tahun;;;Musnah;x;;",
        "4;D;;1 Tahun;15 Tahun;;;Musnah;x;;",
        "5;E;;1 Tahun;30 Tahun;;;Musnah;x;;", "6;F;;2 Tahun;19 Tahun;;;Musnah;x;;",
        "7;G baru;;1 Tahun;20 Tahun;;;Musnah;x;;",
        "8;H;;1 Tahun;20 Tahun;;;Musnah;x;;",
    ]

    private static func calculator(_ rows: [String], digest: String) throws -> RetentionCalculator {
        let text = Schedules.header + rows.joined(separator: "\n")
        let version = ScheduleVersion(digest: digest, adopted: nil)
        let schedule = try #require(RetentionSchedule.read(Array(text.utf8), version: version).schedule)
        return RetentionCalculator(schedule: schedule, settings: RetentionSettings())
    }

    @Test
    func `R14 a simulation says of every record what another schedule would change`() throws {
        let inForce = try Self.calculator(Self.rows, digest: "aa")
        let proposed = try Self.calculator(Self.proposedRows, digest: "bb")
        let records = try (1...9).map { try RecordFacts.sample($0, date: "2020-01-01", code: String($0)) }
        let day = try #require(CivilDate("2025-01-01"))
        let report = ScheduleSimulation(inForce: inForce, proposed: proposed, records: records, asOf: day)
        let changes = Dictionary(uniqueKeysWithValues: report.items.map { ($0.record, $0.change) })
        let expected: [ScheduleChange] = [
            .dispositionChanged, .noRuleAnyMore, .dueAtOnce, .dueEarlier, .dueLater, .activeChanged, .unchanged,
            .newlyRuled, .unchanged,
        ]
        for (place, change) in expected.enumerated() {
            let id = RecordID(prefix: "RKT", year: 2024, sequence: place + 1).description
            #expect(changes[id] == (change == .unchanged ? nil : change), "\(id)")
        }
        #expect(report.totals["unchanged"] == 2)
        #expect(report.totals.values.reduce(0, +) == records.count)
        #expect(report.totals.count == ScheduleChange.allCases.count)
        let due = try #require(report.items.first { $0.change == .dueAtOnce })
        #expect(due.before.due == CivilDate("2041-01-02") && due.after.due == CivilDate("2023-01-02"))
        #expect(due.before.phase == .inactive && due.after.phase == .due)
    }

    @Test
    func `R14 a report has the same bytes in whatever order the records come`() throws {
        let inForce = try Self.calculator(Self.rows, digest: "aa")
        let proposed = try Self.calculator(Self.proposedRows, digest: "bb")
        let records = try (1...900).map { try RecordFacts.sample($0, date: "2020-01-01", code: String($0 % 10)) }
        let day = try #require(CivilDate("2025-01-01"))
        var numbers = SeededNumbers(state: 3)
        let first = try CanonicalJSON.document(
            ScheduleSimulation(inForce: inForce, proposed: proposed, records: records, asOf: day)
        )
        for _ in 0..<3 {
            let shuffled = records.shuffled(using: &numbers)
            let again = ScheduleSimulation(inForce: inForce, proposed: proposed, records: shuffled, asOf: day)
            #expect(try CanonicalJSON.document(again) == first)
        }
        let fewer = ScheduleSimulation(inForce: inForce, proposed: proposed, records: records.dropLast(), asOf: day)
        #expect(try CanonicalJSON.document(fewer) != first)
        #expect(try CanonicalJSON.decode(ScheduleSimulation.self, from: first).items.count > 500)
    }

    @Test
    func `a first schedule rules anew, and what is over is due at once`() throws {
        let proposed = try Self.calculator(Self.rows, digest: "aa")
        let records = try [1, 3].map { try RecordFacts.sample($0, date: "2020-01-01", code: String($0)) }
        let day = try #require(CivilDate("2025-01-01"))
        let report = ScheduleSimulation(inForce: nil, proposed: proposed, records: records, asOf: day)
        #expect(report.items.map(\.change) == [.dueAtOnce, .newlyRuled])
        #expect(report.inForce == nil && report.proposed == "aa")
    }

    @Test
    func `R14 10,000 records computed again under another schedule are as computed anew`() throws {
        var numbers = SeededNumbers(state: 14)
        let records = try (1...10_000).map { sequence in
            let date = CivilDate(daysSinceEpoch: Int.random(in: -10_000...20_000, using: &numbers))
            return try RecordFacts.sample(sequence, date: date.description, code: String(sequence % 9))
        }
        let old = try Self.calculator(Self.rows, digest: "aa")
        let before = records.map { old.dates(for: $0) }
        let again = try Self.calculator(Self.proposedRows, digest: "bb")
        let recomputed = records.map { again.dates(for: $0) }
        let fresh = try Self.calculator(Self.proposedRows, digest: "bb")
        var byID: [RecordID: RetentionDates] = [:]
        for record in records.shuffled(using: &numbers) { byID[record.id] = fresh.dates(for: record) }
        #expect(records.map { byID[$0.id] } == recomputed)
        #expect(before != recomputed)
        #expect(records.map { old.dates(for: $0) } == before)
    }
}
