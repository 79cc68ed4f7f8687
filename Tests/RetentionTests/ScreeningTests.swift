import RecordsModel
import Retention
import Testing

struct ScreeningTests {
    private static func answers() throws -> [(RecordFacts, RetentionAnswer)] {
        let schedule = try Schedules.schedule(
            "1;A;;1 Tahun;1 Tahun;;;Musnah;x;;",
            "2;B;;1 Tahun;2 Tahun;;setelah pemeriksaan;Permanen;x;;",
            "3;C;;9000 Tahun;-;;;Dinilai Kembali;x;;"
        )
        let calculator = RetentionCalculator(schedule: schedule, settings: RetentionSettings())
        let day = try #require(CivilDate("2026-01-01"))
        var numbers = SeededNumbers(state: 17)
        return try (1...500).map { sequence in
            let date = CivilDate(daysSinceEpoch: Int.random(in: 18_000...21_000, using: &numbers)).description
            let code = ["1", "2", "3", "4", nil][sequence % 5]
            let events = sequence % 3 == 0 ? [("audited", date)] : []
            var facts = try RecordFacts.sample(
                sequence,
                date: date,
                year: 2020 + sequence % 4,
                code: code,
                events: events
            )
            facts.unit = sequence % 2 == 0 ? "Sekretariat" : "Bidang"
            return (facts, calculator.answer(for: facts, asOf: day))
        }
    }

    @Test
    func `R17 records are screened by phase, action, unit, year, code, event and due date`() throws {
        let all = try Self.answers()
        func count(_ change: (inout RetentionScreening) -> Void) -> Int {
            var screening = RetentionScreening()
            change(&screening)
            return all.count { screening.matches($0.0, $0.1) }
        }
        #expect(count { _ in } == 500)
        for phase in RetentionPhase.allCases {
            let expected = all.count { $0.1.phase == phase }
            #expect(expected > 0, "\(phase)")
            #expect(count { $0.phases = [phase] } == expected)
        }
        #expect(count { $0.actions = [.transfer] } == all.count { $0.0.classification == "2" })
        #expect(count { $0.units = [ExactText("Bidang")] } == 250)
        #expect(count { $0.years = [2020, 2021] } == 250)
        #expect(count { $0.codes = [ExactText("1")] } == 100)
        #expect(count { $0.events = [ExactText("audited")] } == 166)
        let from = try #require(CivilDate("2024-01-01"))
        let until = try #require(CivilDate("2024-12-31"))
        let within = all.count { $0.1.dueDate.map { (from...until).contains($0) } ?? false }
        #expect(within > 0)
        let found = count {
            $0.dueFrom = from
            $0.dueUntil = until
        }
        #expect(found == within)
        let both = count {
            $0.phases = [.due]
            $0.units = [ExactText("Sekretariat")]
        }
        #expect(both == all.count { $0.1.phase == .due && $0.0.unit == "Sekretariat" })
    }

    @Test
    func `R7 R17 what cannot be computed stands in front, the rest by due date`() throws {
        let sorted = try Self.answers().sorted {
            RetentionSortKey(id: $0.0.id, answer: $0.1) < RetentionSortKey(id: $1.0.id, answer: $1.1)
        }
        let computed = sorted.map(\.1.phase.isComputed)
        #expect(computed == computed.filter { !$0 } + computed.filter { $0 })
        let dues = sorted.filter(\.1.phase.isComputed).map { $0.1.dueDate }
        #expect(dues.prefix { $0 != nil }.compactMap { $0 } == dues.compactMap { $0 }.sorted())
        #expect(dues.last == .some(nil))
    }
}
