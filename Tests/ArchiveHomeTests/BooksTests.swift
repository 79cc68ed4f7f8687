import Acts
import ArchiveHome
import Catalogue
import Disposal
import Dossiers
import Loans
import RecordsModel
import SystemPackage
import TestArchives
import TestSupport
import Testing

/// What the acts of a ledger amount to is folded once, and goes on with what is entered.
@Suite(.scratch)
struct BooksTests {
    private static let day = TestArchive.moment.date
    private static let record = RecordID(prefix: "RKT", year: 2024, sequence: 1)

    private func writer() throws -> ArchiveWriter {
        let home = try TestArchive(making: Scratch.folder.appending("home")).home()
        return try ArchiveWriter(home, TestArchive.context(), running: [])
    }

    private func event(_ detail: some EventDetail, record: RecordID? = nil) throws -> Event {
        try Event(detail, seq: 0, time: TestArchive.moment, actor: "Penguji", record: record)
    }

    private func hold(_ number: Int) throws -> HoldID { try #require(HoldID(year: 2024, sequence: number)) }

    private func placing(_ number: Int) throws -> Event {
        try event(
            HoldPlaced(
                hold: hold(number),
                title: "Perkara \(number)",
                mandate: "UU 43/2009",
                reason: "gugatan",
                orderedBy: "Bagian Hukum",
                orderedOn: Self.day,
                scope: .year(2024)
            )
        )
    }

    private func lending() throws -> Event {
        let terms = LoanTerms(borrower: "Oki", unit: "Inspektorat", purpose: "reviu", out: Self.day, due: Self.day)
        let loan = try #require(LoanID(year: 2024, sequence: 1))
        return try event(PaperLent(loan: loan, terms: terms, location: "Rak 1"), record: Self.record)
    }

    private func entries(_ acts: [Event]) throws -> [CatalogueEntry] {
        try acts.map { event in
            let line = String(decoding: try CanonicalJSON.line(event), as: UTF8.self)
            return CatalogueEntry(event: event, line: line, versions: [])
        }
    }

    @Test func `what is entered under a lock is in the books that were folded before`() throws {
        let writer = try writer()
        let books = writer.books
        try books.fold(.loans, .disposals, .holds)
        #expect(try books.holds().holds.isEmpty && books.loans().loans.isEmpty)
        #expect(try books.dossiers()["RKT/2024"].acts.isEmpty && books.disposals().acts.isEmpty)
        let refused = RefusedAttempt(act: "propose", subject: "Usul", refusals: [.malformed("list", "it is empty")])
        try writer.enter([placing(1), placing(2), event(refused), lending()])
        #expect(try books.holds().inForce.count == 2)
        try writer.enter([
            event(HoldReleased(hold: hold(1), reason: "selesai", authority: "LHP 3")),
            event(DossierStage(dossier: "RKT/2024", stage: "terima", records: 1)),
        ])
        let acts = try writer.catalogue.acts()
        #expect(acts.count == 6)
        #expect(try books.holds() == HoldBook(folding: acts))
        #expect(try books.disposals() == DisposalBook(folding: acts))
        #expect(try books.loans() == LoanBook(folding: acts))
        #expect(try books.dossiers() == DossierBook(folding: acts))
        #expect(try books.holds().inForce.map(\.id) == [hold(2)] && books.disposals().refusedAttempts.count == 1)
        #expect(try books.loans().loan(of: Self.record) != nil && books.dossiers()["RKT/2024"].acts.count == 1)
    }

    @Test func `a return that cannot be true stops every question about loans, and none about holds`() throws {
        let writer = try writer()
        try writer.enter([placing(1), lending()])
        #expect(try writer.books.loans().open.count == 1)
        let unknown = try #require(LoanID(year: 2024, sequence: 9))
        try writer.enter([event(PaperReturned(loan: unknown, on: Self.day), record: Self.record), placing(2)])
        for _ in 1...2 { #expect(throws: EventFault.self) { try writer.books.loans() } }
        #expect(throws: EventFault.self) { try writer.books.fold(.holds, .loans) }
        try writer.books.fold(.holds, .disposals)
        #expect(try writer.books.holds().inForce.count == 2)
    }

    @Test(arguments: [(2, 2), (3, 0)])
    func `books read nothing again for what they take in, but where it is more than may wait`(
        _ entered: Int,
        _ known: Int
    ) throws {
        let writer = try writer()
        try writer.enter((1...entered).map { try placing($0) })
        // The index of these books has no act, and never will: what they know they were told.
        let books = Books(try CatalogueDatabase.empty(), lag: 2)
        #expect(try books.holds().holds.isEmpty)
        books.take(try entries(writer.catalogue.acts()))
        #expect(try books.holds().holds.count == known)
        // A book that nobody asked for waits for nothing: it is folded from the index.
        #expect(try books.disposals().acts.isEmpty)
    }
}
