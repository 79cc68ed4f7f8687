import RecordsModel
import Retention
import Testing

struct RecordFactsTests {
    @Test
    func `facts differ by the trigger events entered`() throws {
        let day = try #require(CivilDate("2026-01-02"))
        let id = RecordID(prefix: "RKT", year: 2024, sequence: 7)
        var facts = RecordFacts(
            id: id,
            dossier: "RKT/2024",
            year: 2024,
            unit: "Sekretariat",
            step: 10,
            type: "rkt",
            classification: nil,
            date: nil,
            received: day
        )
        let before = facts
        facts.triggers.append(TriggerFact(kind: "superseded", date: day, seq: 12))
        #expect(facts != before)
    }
}
