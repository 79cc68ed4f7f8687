import ArchiveHome
import Operations
import RecordsModel
import Testing

/// When every byte was read last: folded from sweeps over everything and rounds of samples.
struct FixityStandingTests {
    private func day(_ number: Int) -> CivilDate { CivilDate(daysSinceEpoch: 20_000 + number) }

    private func sweep(_ number: Int, _ scope: JSONValue, findings: Int = 0) -> Event {
        Event(
            seq: number,
            time: Moment(secondsSinceEpoch: (20_000 + number) * 86_400 + 3600, offset: 0),
            actor: "malam",
            event: .fixityCheck,
            detail: ["scope": scope, "findings": .integer(findings)]
        )
    }

    private func sample(_ number: Int, _ part: Int, of parts: Int, findings: Int = 0) -> Event {
        sweep(number, .object(["part": .integer(part), "of": .integer(parts)]), findings: findings)
    }

    private func finding(_ number: Int, _ message: String, record: RecordID? = nil) -> Event {
        Event(
            seq: number,
            time: Moment(secondsSinceEpoch: (20_000 + number) * 86_400, offset: 0),
            actor: "malam",
            event: .fixityCheck,
            record: record,
            detail: ["message": .string(message)]
        )
    }

    @Test func `nothing was read where no sweep is, or only one over single records`() {
        #expect(FixityStanding(folding: []).last == nil)
        let one = FixityStanding(folding: [sweep(1, .array([.string("RKT-2024-0001")])), finding(2, "x")])
        #expect(one.last == nil && one.everything == nil)
    }

    @Test func `a whole round is as old as its oldest part, and the younger of round and sweep counts`() {
        var events = [sample(1, 1, of: 3), sample(2, 2, of: 3)]
        #expect(FixityStanding(folding: events).everything == nil)
        events.append(sample(9, 3, of: 3))
        #expect(FixityStanding(folding: events).everything == day(1))
        #expect(FixityStanding(folding: events).last?.on == day(9))
        events.append(sample(10, 1, of: 3))
        #expect(FixityStanding(folding: events).everything == day(2))
        // Parts of another size belong to another round.
        events += [sample(11, 2, of: 2)]
        #expect(FixityStanding(folding: events).everything == day(2))
        #expect(FixityStanding(folding: events + [sweep(12, .string("everything"))]).everything == day(12))
        #expect(FixityStanding(folding: [sweep(0, .string("everything"))] + events).everything == day(2))
    }

    @Test func `the findings of the last sweep are told, those of earlier ones and of single records are not`() {
        let id = RecordID(prefix: "RKT", year: 2024, sequence: 3)
        let standing = FixityStanding(folding: [
            sweep(1, .string("everything"), findings: 1), finding(1, "lama"),
            sample(2, 1, of: 2, findings: 7), finding(2, "rusak", record: id),
            finding(2, "a"), finding(2, "b"), finding(2, "c"), finding(2, "d"), finding(2, "e"),
            sweep(3, .array([.string("RKT-2024-0001")]), findings: 1), finding(3, "lain"),
        ])
        #expect(standing.last?.findings == 7)
        #expect(standing.last?.messages == ["RKT-2024-0003: rusak", "a", "b", "c", "d"])
    }

    @Test(arguments: [("5%", 20), ("5", 20), ("100%", 1), ("12%", 8), ("33%", 3), ("0.1%", 1000), ("12.5%", 8)])
    func `a percentage is the number of parts, each at least as large`(_ text: String, _ parts: Int) {
        #expect(FixitySample.parts(ofPercent: text) == parts)
    }

    @Test(arguments: ["", "%", "0", "0.09%", "100.1", "-1", "1e2", "5 %", "nan", "٥%"])
    func `what is no percentage from a tenth to a hundred is none`(_ text: String) {
        #expect(FixitySample.parts(ofPercent: text) == nil)
    }

    @Test func `a part out of range is none, in the ledger too`() {
        #expect(FixitySample(part: 0, of: 2) == nil && FixitySample(part: 3, of: 2) == nil)
        #expect(FixitySample(sample(1, 3, of: 2)) == nil && FixitySample(sample(1, 1, of: 0)) == nil)
        #expect(FixitySample(sweep(1, .string("everything"))) == nil)
    }
}
