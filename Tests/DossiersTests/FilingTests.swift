import Acts
import Dossiers
import RecordsModel
import Testing

/// Stages, seals and reopenings, as the ledger tells of them.
struct FilingTests {
    private static let moment = Moment(secondsSinceEpoch: 1_700_000_000, offset: 28_800)

    private func filing(records: Int = 3, lastChange: Int = 2) -> DossierFiling {
        DossierFiling(
            dossier: "RKT/2025",
            stages: Sample.stages,
            records: records,
            lastChange: lastChange,
            allowsOnePerson: true
        )
    }

    private func event(_ detail: some EventDetail, _ seq: Int) throws -> Event {
        try Event(detail, seq: seq, time: Self.moment, actor: "Siti")
    }

    private func stage(_ id: String, _ seq: Int) throws -> Event {
        try event(DossierStage(dossier: "RKT/2025", stage: id, records: 3), seq)
    }

    private func seal(_ seq: Int) throws -> Event {
        let digest = String(repeating: "a", count: 128)
        return try event(DossierSealed(dossier: "RKT/2025", package: "RKT-2025.tar", sha512: digest, records: 3), seq)
    }

    private func codes(_ book: DossierBook, _ act: DossierAct, _ filing: DossierFiling, by actor: String) -> [Refusal
        .Code]
    {
        book.advance(act, filing, note: nil, by: actor, people: Sample.people).refusals.map(\.code)
    }

    @Test func `each stage needs the one before it and the person who may`() throws {
        var book = DossierBook()
        #expect(codes(book, .check, filing(), by: "Siti") == [.wrongState])
        #expect(codes(book, .receive, filing(), by: "Rani") == [.notPermitted])
        #expect(codes(book, .receive, filing(records: 0, lastChange: -1), by: "Siti") == [.unknown])
        #expect(codes(book, .receive, filing(), by: "Siti").isEmpty)
        try book.apply(stage("received", 5))
        #expect(codes(book, .receive, filing(), by: "Siti") == [.alreadyDone])
        try book.apply(stage("checked", 6))
        #expect(codes(book, .approve, filing(), by: "Siti") == [.notPermitted])
        #expect(codes(book, .approve, filing(), by: "Kepala").isEmpty)
    }

    @Test func `what came after a stage makes it stale, and it may be repeated`() throws {
        let book = try DossierBook(folding: [stage("received", 5), stage("checked", 6)])
        let changed = filing(lastChange: 8)
        #expect(codes(book, .approve, changed, by: "Kepala") == [.wrongState])
        #expect(codes(book, .check, changed, by: "Siti").isEmpty)
    }

    @Test func `a seal needs approval, completeness or a reason, and everything is refused at once`() throws {
        func refusals(_ book: DossierBook, gaps: [String], _ reason: String?, by actor: String) -> [Refusal.Code] {
            book.sealRefusals(filing(), gaps: gaps, incomplete: reason, by: actor, people: Sample.people).map(\.code)
        }
        let none = DossierBook()
        #expect(
            refusals(none, gaps: ["a", "b"], nil, by: "Rani") == [
                .notPermitted, .wrongState, .evidenceMissing, .evidenceMissing,
            ]
        )
        let book = try DossierBook(folding: [stage("received", 5), stage("checked", 6), stage("filed", 7)])
        #expect(refusals(book, gaps: [], nil, by: "Siti").isEmpty)
        #expect(refusals(book, gaps: ["a"], " ", by: "Siti") == [.evidenceMissing])
        #expect(refusals(book, gaps: ["a"], "hilang sejak 2019", by: "Siti").isEmpty)
    }

    @Test func `reopening needs a seal and a reason, and stages begin anew`() throws {
        var book = try DossierBook(folding: [stage("received", 5), stage("checked", 6), stage("filed", 7), seal(8)])
        #expect(book["RKT/2025"].seal?.act.seq == 8)
        #expect(codes(book, .receive, filing(), by: "Siti").contains(.alreadyDone))
        func reopen(_ reason: String, by actor: String) -> [Refusal.Code] {
            book.reopen("RKT/2025", reason: reason, by: actor, people: Sample.people).refusals.map(\.code)
        }
        #expect(reopen("", by: "Siti") == [.notPermitted, .missing])
        #expect(reopen("lampiran menyusul", by: "Kepala").isEmpty)
        try book.apply(event(DossierReopened(dossier: "RKT/2025", reason: "lampiran menyusul"), 9))
        #expect(book["RKT/2025"].seal == nil && book["RKT/2025"].stages.isEmpty && book["RKT/2025"].acts.count == 5)
        #expect(reopen("lagi", by: "Kepala") == [.wrongState])
    }

    @Test func `an event that cannot be true stops every answer`() throws {
        #expect(throws: EventFault.self) {
            _ = try DossierBook(folding: [event(DossierReopened(dossier: "RKT/2025", reason: "x"), 1)])
        }
        #expect(throws: EventFault.self) { _ = try DossierBook(folding: [seal(1), seal(2)]) }
        #expect(throws: EventFault.self) { _ = try DossierBook(folding: [seal(1), stage("received", 2)]) }
        #expect(throws: EventFault.self) { _ = try DossierBook(folding: [stage("received", 2), stage("checked", 1)]) }
        #expect(throws: EventFault.self) { _ = try DossierBook(folding: [stage("received", 2), stage("checked", 2)]) }
    }

    @Test func `the archiving of a plan ended with the first seal that holds it, whatever came later`() throws {
        func seal(_ seq: Int, _ plan: String?) throws -> Event {
            let digest = String(repeating: "a", count: 128)
            var detail = DossierSealed(dossier: "RKT/2025", package: "p.tar", sha512: digest, records: 3)
            detail.plan = plan
            return try event(detail, seq)
        }
        func reopened(_ seq: Int) throws -> Event { try event(DossierReopened(dossier: "RKT/2025", reason: "r"), seq) }
        let first = RecordID(prefix: "RKT", year: 2025, sequence: 5)
        let revised = RecordID(prefix: "RKT", year: 2025, sequence: 7)
        var book = try DossierBook(folding: [seal(1, "RKT-2025-0005"), reopened(2)])
        #expect(book["RKT/2025"].sealing(of: first)?.seq == 1 && book["RKT/2025"].reopened?.act.seq == 2)
        #expect(book["RKT/2025"].sealing(of: revised) == nil && book["RKT/2025"].sealing(of: nil) == nil)
        try book.apply(seal(3, "RKT-2025-0005"))
        #expect(book["RKT/2025"].sealing(of: first)?.seq == 1 && book["RKT/2025"].reopened == nil)
        try book.apply(reopened(4))
        try book.apply(seal(5, "RKT-2025-0007"))
        #expect(book["RKT/2025"].sealing(of: revised)?.seq == 5 && book["RKT/2025"].hasPast)
    }
}
