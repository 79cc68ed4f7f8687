import Acts
import Disposal
import Foundation
import RecordsModel
import Testing

struct DisposalFoldTests {
    private typealias Office = TestOffice

    private func fault(_ events: [Event]) -> EventFault? {
        do throws(EventFault) {
            _ = try DisposalBook(folding: events)
            return nil
        } catch {
            return error
        }
    }

    /// A destruction from its proposal to its end, with a copy elsewhere.
    private func whole() throws -> TestLedger {
        var ledger = TestLedger()
        try ledger.approved()
        try ledger.begin()
        try ledger.remove(1)
        try ledger.skip(2, SkipReason(.held, "it is held", holds: [Office.hold(1)]))
        try ledger.add(
            DisposalCopiesListed(
                list: Office.list(1),
                copies: [
                    KnownCopy(number: 1, kind: .backup, place: "cakram 4"), .init(number: 2, kind: .paper, place: "B1"),
                ]
            ),
            by: "Ani Arsiparis",
            record: Office.id(1)
        )
        try ledger.finish()
        try ledger.add(
            DisposalCopyDestroyed(list: Office.list(1), copy: 1, method: "dihancurkan"),
            by: "Ani Arsiparis"
        )
        try ledger.attach(.certificate, 95)
        return ledger
    }

    @Test func `R28 what is removed leaves a tombstone that is found by number and by the digest of its bytes`() throws
    {
        let book = try whole().disposals
        let stone = try #require(book.tombstones[Office.id(1)])
        #expect(book.tombstones(sha512: Office.digest("b")) == [stone])
        #expect(book.tombstones(sha512: Office.digest("c")).isEmpty)
        #expect(stone.authority.authority == .regent && stone.authority.witnesses == ["Gita Saksi", "Hadi Saksi"])
        #expect(stone.rule.row == "000.7.2.7" && stone.list == Office.list(1))
        #expect(stone.sentence.contains("removed") && !stone.sentence.contains("wiped"))
        let json = try CanonicalJSON.line(stone)
        #expect(try CanonicalJSON.decode(Tombstone.self, from: json) == stone)
    }

    @Test func `R26 each copy elsewhere is listed with its state until a person confirms that it is gone`() throws {
        let list = try #require(whole().disposals[Office.list(1)])
        #expect(list.state == .executed)
        #expect(list.openCopies.map(\.description.kind) == [.paper])
        #expect(list.copies[1]?.destroyed?.reason == "dihancurkan")
    }

    @Test func `R62 the ledger tells who did what in a year`() throws {
        let acts = try whole().disposals.acts(in: 2026)
        #expect(acts.count == (try whole()).events.count)
        #expect(
            acts.filter { $0.record == "RKT-2018-0001" }.map(\.event) == [.disposalItemRemoved, .disposalCopiesListed]
        )
        #expect(try whole().disposals.acts(in: 2025).isEmpty)
    }

    @Test func `R48 a refused act is in the book`() throws {
        var ledger = TestLedger()
        let refusals = try ledger.rules().cancel(Office.list(5), reason: "", by: "Mira Pembaca").refusals
        #expect(refusals.map(\.code) == [.unknown, .notPermitted, .missing])
        let attempt = RefusedAttempt(act: "disposal cancel", subject: "USUL-2026-0005", refusals: refusals)
        try ledger.add(attempt, by: "Mira Pembaca")
        #expect(try ledger.disposals.refusedAttempts.map(\.attempt) == [attempt])
    }

    @Test func `every event travels through the ledger's bytes unchanged, and folding one by one is folding all`()
        throws
    {
        let events = try whole().events
        let read = try events.map { try CanonicalJSON.decode(Event.self, from: CanonicalJSON.line($0)) }
        #expect(read == events)
        var book = DisposalBook()
        for (place, event) in read.enumerated() {
            try book.apply(event)
            #expect(try DisposalBook(folding: events[...place]) == book)
        }
    }

    @Test func `no event is taken twice, and none before its time`() throws {
        let events = try whole().events
        for place in events.indices {
            var again = events[place]
            again.seq = events.count
            #expect(fault(events + [again]) != nil, "\(again.event) twice")
            let found = fault(Array(events[...place]) + [events[place]])
            #expect(found?.code == .order && found?.seq == place)
        }
        for place in events.indices.dropFirst() where events[place].event != .disposalEvidence {
            #expect(fault([events[place]])?.seq == place, "\(events[place].event) without its list")
        }
    }

    @Test func `a member taken from, or put into, any detail is named by its event and never traps`() throws {
        let events = try whole().events
        for (place, event) in events.enumerated() {
            let edits =
                event.detail.keys.sorted().map { key in
                    event.detail.filter { $0.key != key }
                }
                + event.detail.keys.sorted().map { key in
                    event.detail.merging([key: .object(["x": .array([.null, .decimal(1.5), .integer(.min)])])]) { $1 }
                } + [event.detail.merging(["extra": .null]) { $1 }]
            for detail in edits {
                var edited = events
                edited[place] = Event(
                    seq: event.seq,
                    time: event.time,
                    actor: event.actor,
                    event: event.event,
                    record: event.record.flatMap { RecordID($0) },
                    detail: detail
                )
                #expect(fault(edited)?.seq == place, "\(event.event) \(detail.keys.sorted())")
            }
        }
    }

    @Test func `R23 a ledger in which one person proposes and approves is not believed`() throws {
        var ledger = TestLedger()
        try ledger.propose(by: "Eka Bupati")
        try ledger.assess([1, 2], by: "Budi Santoso")
        try ledger.approve(by: "EKA  bupati")
        #expect(fault(ledger.events)?.code == .samePerson)
        var own = TestLedger()
        try own.propose(by: "Budi Santoso")
        try own.assess([1], by: "budi santoso ")
        #expect(fault(own.events)?.code == .samePerson)
        var seen = TestLedger()
        try seen.approved()
        try seen.begin(witnesses: ["Gita Saksi", "BUDI Santoso"])
        #expect(fault(seen.events)?.code == .samePerson)
        var alone = TestLedger()
        try alone.approved()
        try alone.begin(witnesses: ["Gita Saksi"])
        #expect(fault(alone.events)?.code == .value)
    }

    @Test func `R30 nothing is executed while an item is left, and no count is believed that is not so`() throws {
        var ledger = TestLedger()
        try ledger.approved()
        try ledger.begin()
        try ledger.remove(1)
        var early = ledger
        try early.finish()
        #expect(fault(early.events)?.code == .state)
        try ledger.skip(2, SkipReason(.onLoan, "it is lent"))
        let events = ledger.events
        try ledger.finish()
        let last = try #require(ledger.events.last)
        let wrong = Event(
            seq: last.seq,
            time: last.time,
            actor: last.actor,
            event: last.event,
            detail: last.detail.merging(["removed": .integer(2)]) { $1 }
        )
        #expect(fault(events + [wrong])?.code == .value)
        #expect(fault(ledger.events) == nil)
    }

    @Test func `R31 nothing that was handed over is removed here before the receiver confirms`() throws {
        var ledger = TestLedger()
        let due = Office.due(.transfer)
        try ledger.propose(.deposit, items: [Office.item(1, due: due)])
        try ledger.assess([1], by: "Budi Santoso")
        try ledger.approve(.regionalArchives, by: "Lestari LKD")
        try ledger.begin(witnesses: [])
        let sent = DisposalItemTransferred(list: Office.list(1), package: "serah.tar", sha512: Office.digest())
        try ledger.add(sent, by: "Ani Arsiparis", record: Office.id(1))
        let current = Office.current(due: due)
        func refusals() throws -> [Refusal.Code] {
            try ledger.rules().removalRefusals(
                of: Office.id(1),
                on: Office.list(1),
                current: current,
                by: "Ani Arsiparis"
            ).map(\.code)
        }
        #expect(try refusals() == [.receiptMissing])
        var early = ledger
        try early.remove(1)
        #expect(fault(early.events)?.code == .state)
        func receive(_ date: CivilDate, _ digests: [String]) throws -> Verdict<DisposalReceipt> {
            try ledger.rules().receive(
                Office.list(1),
                receiver: "LKD Balangan",
                date: date,
                letter: Office.id(96, year: 2026),
                digests: digests,
                paper: Office.paper,
                by: "Ani Arsiparis"
            )
        }
        let digest = Office.digest()
        // Before the handing over, in days to come, without the package, too short, with another one's digest.
        #expect(try receive(Office.date("2026-11-23"), [digest]).refusals.map(\.code) == [.implausibleDate])
        #expect(try receive(Office.date("2026-11-25"), [digest]).refusals.map(\.code) == [.implausibleDate])
        #expect(try receive(Office.today, []).refusals.map(\.code) == [.missing])
        #expect(try receive(Office.today, ["aaaa"]).refusals.map(\.code) == [.missing, .packageMissing])
        #expect(try receive(Office.today, [digest, Office.digest("c")]).refusals.map(\.code) == [.packageMissing])
        let receipt = try receive(Office.today, ["AAAAAAAAAAAA"])
        #expect(receipt.value?.packages == [digest])
        let list = try #require(ledger.disposals[Office.list(1)])
        #expect(try ledger.rules().packageRefusals(list, found: [Office.digest("c")]).map(\.code) == [.packageMissing])
        #expect(try ledger.rules().packageRefusals(list, found: [digest]).isEmpty)
        try ledger.add(try #require(receipt.value), by: "Ani Arsiparis")
        #expect(try refusals().isEmpty)
        var held = current
        held.holds = [Office.hold(1)]
        #expect(
            try ledger.rules().removalRefusals(
                of: Office.id(1),
                on: Office.list(1),
                current: held,
                by: "Ani Arsiparis"
            ).map(\.code) == [.held]
        )
        try ledger.remove(1)
        #expect(try ledger.disposals.tombstones[Office.id(1)]?.kind == .deposit)
    }

    @Test func `a move is agreed by the giving unit's head and approved by the unit kearsipan`() throws {
        var ledger = TestLedger()
        let due = Office.due(.move)
        try ledger.propose(.move, items: [Office.item(1, due: due)])
        try ledger.attach(.list, 82)
        let opinion = DisposalAssessed.Opinion(record: Office.id(1), agrees: true)
        let verdict = try ledger.rules().assess(Office.list(1), opinions: [opinion], by: "Joko Pengolah")
        try ledger.add(try #require(verdict.value), by: "Joko Pengolah")
        let letter = DisposalRules.Letter(
            authority: .recordsUnit,
            by: "Kartika Kearsipan",
            record: Office.id(90, year: 2026),
            number: "1",
            date: Office.today
        )
        let approval = try ledger.rules().approve(
            Office.list(1),
            letter: letter,
            held: [:],
            due: due,
            paper: Office.paper,
            by: "Kartika Kearsipan"
        )
        #expect(approval.refusals.isEmpty)
    }

    @Test func `a tombstone of another record, list or digest is not believed`() throws {
        var ledger = TestLedger()
        try ledger.approved()
        try ledger.begin()
        let stone = try #require(try ledger.tombstone(1))
        let detail = DisposalItemRemoved(list: Office.list(1), tombstone: stone)
        var other = ledger
        try other.add(detail, by: "Ani Arsiparis", record: Office.id(2))
        #expect(fault(other.events)?.code == .value)
        var twice = ledger
        try twice.add(detail, by: "Ani Arsiparis", record: Office.id(1))
        try twice.add(detail, by: "Ani Arsiparis", record: Office.id(1))
        #expect(fault(twice.events)?.code == .again)
    }

    @Test(arguments: [
        ("approvedBy", "Orang Lain"), ("row", "000.1.2"), ("authority", "kepala-anri"), ("code", "700.1"),
    ])
    func `a tombstone with another rule or authority than its list's is not believed`(member: String, value: String)
        throws
    {
        var ledger = TestLedger()
        try ledger.approved()
        try ledger.begin()
        let stone = try #require(try ledger.tombstone(1))
        let line = String(decoding: try CanonicalJSON.line(stone), as: UTF8.self)
        let forged = line.replacing(try Regex("\"\(member)\":\"[^\"]*\""), with: "\"\(member)\":\"\(value)\"")
        #expect(forged != line)
        let other = try CanonicalJSON.decode(Tombstone.self, from: Data(forged.utf8))
        try ledger.add(
            DisposalItemRemoved(list: Office.list(1), tombstone: other),
            by: "Ani Arsiparis",
            record: Office.id(1)
        )
        #expect(fault(ledger.events)?.code == .value)
    }

    @Test func `a cancelled list keeps what it removed, and its other records can be proposed again`() throws {
        var ledger = TestLedger()
        try ledger.approved()
        try ledger.begin()
        try ledger.remove(1)
        try ledger.add(DisposalCancelled(list: Office.list(1), reason: "JRA baru"), by: "Ani Arsiparis")
        try ledger.propose(items: [Office.item(2)], list: 2)
        #expect(try ledger.disposals[Office.list(1)]?.removed.map(\.record) == [Office.id(1)])
        var again = ledger
        try again.propose(items: [Office.item(1)], list: 3)
        #expect(fault(again.events)?.code == .state)
    }
}
