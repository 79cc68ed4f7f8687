import Acts
import Disposal
import RecordsModel
import Testing

struct HoldTests {
    private typealias Office = TestOffice

    private func covers(_ scope: HoldScope, _ facts: HoldFacts, search: HoldSearch = Office.noSearch) throws -> Bool {
        var ledger = TestLedger()
        try ledger.placeHold(1, scope)
        return try !ledger.holds.covering(facts, search: search).isEmpty
    }

    private var draft: HoldDraft {
        var draft = HoldDraft()
        draft.title = "Perkara TUN"
        draft.mandate = "UU 43/2009 pasal 51"
        draft.reason = "gugatan"
        draft.orderedBy = "Bagian Hukum"
        draft.orderedOn = "2026-11-20"
        draft.scope = .year(2018)
        return draft
    }

    @Test func `R33 a hold without a mandate is refused, and one without anything names all that is missing`() throws {
        var lacking = draft
        lacking.mandate = " \u{200B}\t"
        let book = HoldBook()
        let one = book.place(lacking, by: "Ani Arsiparis", today: Office.today, people: Office.people)
        #expect(one.refusals.map(\.code) == [.missing] && one.refusals.first?.subject == "mandate")
        let all = book.place(HoldDraft(), by: "Mira Pembaca", today: Office.today, people: Office.people)
        #expect(
            all.refusals.map(\.subject)
                == ["Mira Pembaca", "title", "mandate", "reason", "ordered-by", "ordered-on", "scope"]
        )
    }

    @Test(arguments: ["2026-11-25", "2026-02-30", "1/11/2026"])
    func `R33 an order of tomorrow or of no day is refused`(date: String) {
        var wrong = draft
        wrong.orderedOn = date
        let verdict = HoldBook().place(wrong, by: "Ani Arsiparis", today: Office.today, people: Office.people)
        #expect(verdict.refusals.map(\.code) == [.malformed])
    }

    @Test func `R33 a hold that lacks nothing gets the next number of its year`() throws {
        var ledger = TestLedger()
        try ledger.placeHold(7, .year(2018))
        let verdict = try ledger.holds.place(draft, by: "ani  ARSIPARIS", today: Office.today, people: Office.people)
        #expect(verdict.value?.hold == Office.hold(8))
        #expect(verdict.value?.orderedOn == Office.date("2026-11-20"))
    }

    @Test func `R34 a hold names the records that no event says it took effect on, until one does`() throws {
        var ledger = TestLedger()
        try ledger.placeHold(1, .year(2018))
        #expect(try ledger.holds.unapplied(to: Office.facts(1), search: Office.noSearch) == [Office.hold(1)])
        try ledger.add(HoldApplied(hold: Office.hold(1)), by: "Ani Arsiparis", record: Office.id(1))
        #expect(try ledger.holds.unapplied(to: Office.facts(1), search: Office.noSearch).isEmpty)
        #expect(try ledger.holds.acts.map(\.record) == [nil, "RKT-2018-0001"])
    }

    @Test(arguments: [
        ("000.7.2", "000.7.2.6", true), ("000.7.2", "000.7.2", true), ("000.7.2", "000.7.20", false),
        ("000.7.2", "000.7", false), ("000.7.2", " 000.7.2 .6", true), ("pr.05", "PR.05.01", true),
        ("0", "000", false), ("000", "000.7", true),
    ])
    func `R35 a hold on a class covers what is below it by segments`(code: String, other: String, isHeld: Bool) throws {
        #expect(try covers(.classification(code), Office.facts(1, code: other)) == isHeld)
    }

    @Test func `R35 a record that arrives after the hold is held too, whatever the scope`() throws {
        let scopes: [HoldScope] = [
            .dossier("RKT/2018"), .dossier("rkt"), .year(2018), .unit("subbag  PROGRAM"), .classification("000.7"),
            .search("kinerja"),
        ]
        for scope in scopes {
            // The record exists nowhere when the hold is folded; it is only asked for later.
            #expect(try covers(scope, Office.facts(99)) { words, _ in words == "kinerja" }, "\(scope)")
        }
        #expect(try !covers(.dossier("RKT/201"), Office.facts(1)))
        #expect(try !covers(.records([Office.id(1)]), Office.facts(2)))
        #expect(try !covers(.classification("000"), Office.facts(1, code: nil)))
    }

    @Test func `R35 a search that cannot be asked is an error and not an answer`() throws {
        struct Broken: Error {}
        #expect(throws: Broken.self) { try covers(.search("x"), Office.facts(1)) { _, _ in throw Broken() } }
    }

    @Test func `R36 a held dossier holds its records, and a held record keeps its dossier`() throws {
        var ledger = TestLedger()
        try ledger.placeHold(1, .dossier("RKT/2018"))
        try ledger.placeHold(2, .records([Office.id(5, year: 2019)]))
        let book = try ledger.holds
        let children = [Office.facts(4, year: 2019), Office.facts(5, year: 2019)]
        #expect(try book.covering(Office.facts(1), search: Office.noSearch).map(\.id) == [Office.hold(1)])
        #expect(try book.isHeld(dossier: "RKT/2018", records: [], search: Office.noSearch))
        #expect(try book.isHeld(dossier: "RKT/2019", records: children, search: Office.noSearch))
        #expect(try !book.isHeld(dossier: "RKT/2019", records: [children[0]], search: Office.noSearch))
        #expect(try book.covering(children[0], search: Office.noSearch).isEmpty)
        let refusals = try book.refusals(
            of: .destroy,
            onDossier: "RKT/2019",
            records: children,
            search: Office.noSearch
        )
        #expect(refusals.map(\.code) == [.held])
    }

    @Test func `R37 holds stack, and lifting one leaves the rest`() throws {
        var ledger = TestLedger()
        try ledger.placeHold(1, .year(2018))
        try ledger.placeHold(2, .records([Office.id(1)]))
        try ledger.add(HoldReleased(hold: Office.hold(1), reason: "putus", authority: "Put. 1"), by: "Indah Pimpinan")
        #expect(try ledger.holds.covering(Office.facts(1), search: Office.noSearch).map(\.id) == [Office.hold(2)])
        #expect(try ledger.holds.covering(Office.facts(2), search: Office.noSearch).isEmpty)
        #expect(try ledger.holds[Office.hold(1)]?.release?.authority == "Put. 1")
    }

    @Test func `R38 a release needs a reason, an authority and a person who may, all told at once`() throws {
        var ledger = TestLedger()
        try ledger.placeHold(1, .year(2018))
        let bad = try ledger.holds.release(
            Office.hold(1),
            reason: "",
            authority: " ",
            by: "Ani Arsiparis",
            people: Office.people
        )
        #expect(bad.refusals.map(\.code) == [.notPermitted, .missing, .missing])
        let unknown = try ledger.holds.release(
            Office.hold(9),
            reason: "r",
            authority: "a",
            by: "Indah Pimpinan",
            people: Office.people
        )
        #expect(unknown.refusals.map(\.code) == [.unknown])
        let good = try ledger.holds.release(
            Office.hold(1),
            reason: "putus",
            authority: "Put. 1",
            by: "Indah Pimpinan",
            people: Office.people
        )
        try ledger.add(#require(good.value), by: "Indah Pimpinan")
        let again = try ledger.holds.release(
            Office.hold(1),
            reason: "putus",
            authority: "Put. 1",
            by: "Indah Pimpinan",
            people: Office.people
        )
        #expect(again.refusals.map(\.code) == [.alreadyDone])
    }

    @Test func `R39 holds are found by the words of their reason, lifted ones too`() throws {
        var ledger = TestLedger()
        try ledger.placeHold(1, .year(2018), reason: "Gugatan TUN nomor 7")
        try ledger.placeHold(2, .year(2019), reason: "audit BPK")
        try ledger.add(HoldReleased(hold: Office.hold(1), reason: "putus", authority: "Put. 1"), by: "Indah Pimpinan")
        #expect(try ledger.holds.holds(mentioning: "tun GUGATAN").map(\.id) == [Office.hold(1)])
        #expect(try ledger.holds.holds(mentioning: "pajak").isEmpty)
    }

    @Test(arguments: HeldAct.allCases)
    func `R41 a hold blocks pruning, removal after transfer and change as it blocks destruction`(act: HeldAct) throws {
        var ledger = TestLedger()
        try ledger.placeHold(1, .year(2018))
        let book = try ledger.holds
        #expect(try book.refusals(of: act, on: Office.facts(1), search: Office.noSearch).map(\.code) == [.held])
        #expect(try book.refusals(of: act, on: Office.facts(1, year: 2019), search: Office.noSearch).isEmpty)
    }

    @Test func `R43 a hold that took effect cannot be deleted, one entered by mistake can be taken back`() throws {
        var ledger = TestLedger()
        try ledger.placeHold(1, .records([Office.id(1)]))
        try ledger.placeHold(2, .year(1999))
        func withdraw(_ number: Int, covered: Int) throws -> Verdict<HoldWithdrawn> {
            try ledger.holds.withdraw(
                Office.hold(number),
                covered: covered,
                reason: "salah ketik",
                by: "Indah Pimpinan",
                people: Office.people
            )
        }
        #expect(try withdraw(1, covered: 1).refusals.map(\.code) == [.holdWasUsed])
        try ledger.add(HoldApplied(hold: Office.hold(1)), by: "Ani Arsiparis", record: Office.id(1))
        #expect(try withdraw(1, covered: 0).refusals.map(\.code) == [.holdWasUsed])
        try ledger.add(try #require(withdraw(2, covered: 0).value), by: "Indah Pimpinan")
        let book = try ledger.holds
        #expect(book.inForce.map(\.id) == [Office.hold(1)])
        #expect(book.nextID(in: 2026) == Office.hold(3), "a number is never used again")
    }

    @Test func `R52 only roles that may place holds place them`() {
        for person in ["Ani Arsiparis", "Budi Santoso", "Indah Pimpinan", "Nanda Auditor", "Mira Pembaca", "Nobody"] {
            let verdict = HoldBook().place(draft, by: person, today: Office.today, people: Office.people)
            let may = ["Ani Arsiparis", "Indah Pimpinan", "Nanda Auditor"].contains(person)
            #expect(verdict.refusals.isEmpty == may, "\(person)")
        }
    }
}
