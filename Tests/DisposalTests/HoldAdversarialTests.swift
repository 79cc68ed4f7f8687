import Acts
import Disposal
import RecordsModel
import Testing

/// The ways in which other systems lose a hold.
struct HoldAdversarialTests {
    private typealias Office = TestOffice

    @Test func `R35 a record that a hold took effect on stays held though its class, unit and year change`() throws {
        var ledger = TestLedger()
        try ledger.placeHold(1, .classification("000.7.2.7"))
        try ledger.add(HoldApplied(hold: Office.hold(1)), by: "Ani Arsiparis", record: Office.id(1))
        var moved = Office.facts(1, unit: "Sekretariat", code: "700.1.1.3")
        moved.dossier = "LAIN/2030"
        moved.year = 2030
        #expect(try ledger.holds.covering(moved, search: Office.noSearch).map(\.id) == [Office.hold(1)])
    }

    @Test func `R32 a hold goes along with the records into another archive, and holds there`() throws {
        var here = TestLedger()
        try here.placeHold(1, .classification("000.7"))
        try here.placeHold(2, .year(1999))
        let carried = try here.holds.carried(
            with: [Office.facts(2), Office.facts(1), Office.facts(3, code: nil)],
            from: "tag:a.example,2026:ledger",
            search: Office.noSearch
        )
        #expect(carried.map(\.scope) == [.records([Office.id(1), Office.id(2)])])
        let first = try #require(carried.first)
        var draft = HoldDraft()
        draft.title = first.title
        draft.mandate = first.mandate
        draft.reason = first.reason
        draft.orderedBy = first.orderedBy
        draft.orderedOn = first.orderedOn.description
        draft.scope = first.scope
        draft.origin = first.origin
        let there = HoldBook().place(
            draft,
            by: "Ani Arsiparis",
            today: Office.today,
            people: Office.people
        )
        let terms = try #require(there.value)
        #expect(terms.origin == HoldPlaced.Origin(archive: "tag:a.example,2026:ledger", hold: Office.hold(1)))
        var ledger = TestLedger()
        try ledger.add(terms, by: "Ani Arsiparis")
        #expect(try !ledger.holds.covering(Office.facts(1, code: nil), search: Office.noSearch).isEmpty)
        let further = try ledger.holds.carried(with: [Office.facts(1)], from: "tag:b.example", search: Office.noSearch)
        #expect(further.first?.origin?.archive == "tag:a.example,2026:ledger", "it keeps where it was ordered")
    }

    @Test func `R55 a book folded anew from what the ledger holds as bytes is the same book`() throws {
        var ledger = TestLedger()
        try ledger.placeHold(1, .records([Office.id(1), Office.id(2)]))
        try ledger.placeHold(2, .search("kinerja \"2018\" / é"))
        try ledger.add(HoldApplied(hold: Office.hold(1)), by: "Ani Arsiparis", record: Office.id(1))
        try ledger.add(HoldReleased(hold: Office.hold(1), reason: "putus", authority: "Put. 1"), by: "Indah Pimpinan")
        let read = try ledger.events.map { try CanonicalJSON.decode(Event.self, from: CanonicalJSON.line($0)) }
        #expect(read == ledger.events)
        #expect(try HoldBook(folding: read) == ledger.holds)
    }

    @Test func `folding holds one by one is folding all, at every place`() throws {
        var ledger = TestLedger()
        var generator = SeededGenerator(seed: 42)
        for step in 1...120 {
            let open = try ledger.holds.inForce
            switch UInt8.random(in: 0..<4, using: &generator) {
            case 0 where !open.isEmpty:
                let hold = open.randomElement(using: &generator)?.id ?? Office.hold(1)
                try ledger.add(HoldReleased(hold: hold, reason: "r", authority: "a"), by: "Indah Pimpinan")
            case 1 where !open.isEmpty:
                let hold = open.randomElement(using: &generator)?.id ?? Office.hold(1)
                try ledger.add(HoldApplied(hold: hold), by: "Ani Arsiparis", record: Office.id(step))
            default: try ledger.placeHold(step, .year(1900 + step))
            }
        }
        var book = HoldBook()
        for (place, event) in ledger.events.enumerated() {
            try book.apply(event)
            #expect(try HoldBook(folding: ledger.events[...place]) == book)
        }
    }

    @Test func `an event that comes twice, out of order or after the end is named`() throws {
        var ledger = TestLedger()
        try ledger.placeHold(1, .year(2018))
        try ledger.add(HoldReleased(hold: Office.hold(1), reason: "r", authority: "a"), by: "Indah Pimpinan")
        func fault(_ events: [Event]) -> EventFault? {
            do throws(EventFault) {
                _ = try HoldBook(folding: events)
                return nil
            } catch {
                return error
            }
        }
        #expect(fault(ledger.events.reversed())?.code == .unknown)
        #expect(fault([ledger.events[0], ledger.events[0]])?.code == .order)
        var again = ledger.events[1]
        again.seq = 2
        #expect(fault(ledger.events + [again])?.code == .again)
        var placed = ledger.events[0]
        placed.seq = 2
        #expect(fault(ledger.events + [placed])?.code == .again, "a number is never used again")
        let text = try #require(fault(ledger.events + [again])).description
        #expect(text.contains("event 2 ('hold released')"))
    }

    @Test(
        arguments: [
            ("mandate", nil, EventFault.Code.shape), ("mandate", JSONValue.string(""), .value),
            ("mandate", .integer(3), .shape), ("mandate", .null, .shape), ("extra", .string("x"), .shape),
            ("hold", .string("HOLD-2026-1"), .shape), ("hold", .string("HOLD-2026-99999999999999999999"), .shape),
            ("orderedOn", .string("2026-02-30"), .shape), ("scope", .string("year"), .shape),
            ("scope", .object(["kind": .string("year"), "of": .array([])]), .shape),
            ("scope", .object(["kind": .string("galaxy"), "of": .array([.string("x")])]), .shape),
            ("scope", .object(["kind": .string("class"), "of": .array([.string("000..7")])]), .value),
            ("scope", .object(["kind": .string("record"), "of": .array([])]), .value),
            ("scope", .object(["kind": .string("year"), "of": .array([.string("2018")]), "x": .null]), .shape),
        ] as [(String, JSONValue?, EventFault.Code)]
    )
    func `a hold edited by hand is named by its event and its member`(
        name: String,
        value: JSONValue?,
        code: EventFault.Code
    ) throws {
        var ledger = TestLedger()
        try ledger.placeHold(1, .year(2018))
        var detail = ledger.events[0].detail
        detail[name] = value
        let edited = Event(seq: 3, time: ledger.lastMoment, actor: "x", event: .holdPlaced, detail: detail)
        do throws(EventFault) {
            _ = try HoldBook(folding: [edited])
            Issue.record("it was taken")
        } catch {
            #expect(error.code == code && error.seq == 3, "\(error)")
        }
    }

    @Test func `an event that nobody did, or that names no record, is named`() throws {
        var ledger = TestLedger()
        try ledger.placeHold(1, .year(2018))
        let nobody = Event(
            seq: 0,
            time: ledger.lastMoment,
            actor: " ",
            event: .holdPlaced,
            detail: ledger.events[0].detail
        )
        #expect(throws: EventFault.self) { try HoldBook(folding: [nobody]) }
        try ledger.add(HoldApplied(hold: Office.hold(1)), by: "Ani Arsiparis")
        #expect(throws: EventFault.self) { try ledger.holds }
    }
}

/// Numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
