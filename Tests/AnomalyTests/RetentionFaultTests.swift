import Acts
import ArchiveHome
import Catalogue
import Disposal
import Dossiers
import FileSafety
import Foundation
import Loans
import Operations
import RecordsModel
import Reporting
import SystemPackage
import TestArchives
import TestSupport
import Testing

/// What a person decides is in the ledger and in every index, or it is nowhere.
@Suite(.scratch, .serialized)
struct RetentionFaultTests {
    /// The acts, each ready to be done in the home that `base` makes.
    enum Act: String, CaseIterable, Codable, Sendable {
        case adopt
        case classify
        case enterTrigger
        case correctTrigger
        case placeHold
        case releaseHold
        case settings
        case closeLog
        case lend
        case takeBack
        case printPaper
        case stage
        case seal
        case reopen

        /// Whether it does nothing but enter events.
        var entersOnly: Bool {
            switch self {
            case .classify, .enterTrigger, .correctTrigger, .releaseHold, .lend, .takeBack, .printPaper, .stage,
                .reopen:
                true
            case .adopt, .placeHold, .settings, .closeLog, .seal: false
            }
        }

        /// Events that it enters.
        var events: Int {
            switch self {
            case .adopt, .correctTrigger, .releaseHold, .closeLog, .printPaper, .stage, .reopen: 1
            // The hold on its class; two records; that the file was edited, and its counting; the package.
            case .classify, .enterTrigger, .lend, .takeBack, .settings, .seal: 2
            case .placeHold: 6  // The hold, and each of five records.
            }
        }

        func perform(in archive: TestArchive, _ context: OperationContext) throws {
            let (id, other) = (
                RecordID(prefix: "RKT", year: 2024, sequence: 1), try #require(RecordID("RKT-2024-0002"))
            )
            let day = CivilDate(daysSinceEpoch: 19_700)
            if self == .settings {
                let file = archive.path.appending("berkas.yaml").string
                let text = try String(contentsOfFile: file, encoding: .utf8)
                if !text.contains("retention:") {
                    try (text + "retention:\n  cutoff: year\n").write(toFile: file, atomically: true, encoding: .utf8)
                }
                _ = try ArchiveWriter(try archive.home(), context)
                return
            }
            if self == .closeLog {
                _ = try CloseLedger.run(atLeast: 1, try archive.home(), context)
                return
            }
            if self == .printPaper {
                let frame = PaperFrame(letterhead: Letterhead(office: "Kantor Uji"), date: day)
                let printed = PaperPrinted(
                    Paper.labels([], frame: frame),
                    of: "year 2024",
                    files: [("label.csv", [1])],
                    facts: nil
                )
                try PaperPress(try archive.home(), context).enter(printed)
                return
            }
            let writer = try ArchiveWriter(try archive.home(), context)
            switch self {
            case .adopt:
                let file = archive.path.appending("usul.csv")
                let desk = try RetentionDesk(writer.home, writer.catalogue)
                let proposal = try ScheduleProposal(file, desk: desk, catalogue: writer.catalogue, asOf: day)
                _ = try RetentionActs(writer)
                    .adopt(file, authority: "Perbup 2", simulation: proposal.digest, asOf: day)
            case .classify: _ = try RetentionActs(writer).classify(other, code: "000.7.2.7", reason: "PK")
            case .enterTrigger:
                try RetentionActs(writer).enterTrigger(
                    "superseded",
                    on: CivilDate(daysSinceEpoch: 19_650),
                    of: [id, other],
                    reason: "r"
                )
            case .correctTrigger:
                let seq = try #require(try RetentionFaultTests.lastTrigger(writer.catalogue))
                _ = try RetentionActs(writer).correctTrigger(
                    seq,
                    to: CivilDate(daysSinceEpoch: 19_650),
                    reason: "salah ketik"
                )
            case .placeHold: _ = try HoldActs(writer).place(RetentionFaultTests.hold(.year(2024)))
            case .releaseHold:
                let hold = try #require(HoldID(year: TestArchive.moment.date.year, sequence: 2))
                try HoldActs(writer).release(hold, reason: "selesai", authority: "LHP 3")
            case .lend: try RetentionFaultTests.lend([id, other], writer)
            case .takeBack:
                let loan = try #require(LoanID(year: TestArchive.moment.date.year, sequence: 1))
                _ = try LoanActs(writer).takeBack(loan, records: nil, on: nil, note: "utuh")
            case .stage: _ = try DossierActs(writer).advance(.receive, year: 2022, note: "lengkap")
            case .seal: _ = try DossierActs(writer).seal(year: 2024, incomplete: "uji", ending: "tar")
            case .reopen: _ = try DossierActs(writer).reopen(year: 2021, reason: "lampiran menyusul")
            case .settings, .closeLog, .printPaper: break
            }
        }
    }

    private static let schedule = """
        kode,jenis arsip,aktif,inaktif,pemicu,nasib akhir,dasar hukum
        000.7.2.6,Program Kerja Tahunan,2 Tahun,3 Tahun,Setelah Tidak Berlaku,Permanen,Perbup 1
        000.7.2.7,Perjanjian Kinerja,1 Tahun,1 Tahun,,Musnah,Perbup 1

        """

    private static func hold(_ scope: HoldScope) -> HoldDraft {
        var draft = HoldDraft()
        draft.title = "Pemeriksaan"
        draft.mandate = "ST 12"
        draft.reason = "berjalan"
        draft.orderedBy = "Inspektorat"
        draft.orderedOn = "2023-01-02"
        draft.scope = scope
        return draft
    }

    private static func lend(_ records: [RecordID], _ writer: ArchiveWriter) throws {
        var draft = LoanDraft()
        draft.items = records.map { .init($0, location: "Rak 1") }
        draft.borrower = "Oki"
        draft.unit = "Inspektorat"
        draft.purpose = "reviu"
        draft.due = CivilDate(daysSinceEpoch: 19_900)
        _ = try LoanActs(writer).lend(draft, from: nil)
    }

    private static func lastTrigger(_ catalogue: CatalogueDatabase) throws -> Int? {
        try catalogue.events(of: [.triggerEntered]).last?.seq
    }

    /// Seven records, a schedule, an event, two holds, a loan, a sealed dossier and one to be sealed: what is there before.
    private static func base() throws -> TestArchive {
        let archive = try TestArchive(making: Scratch.folder.appending("base"))
        try "name,role\nPenguji,arsiparis|pimpinan\n".write(
            toFile: archive.path.string + "/policy/people.csv",
            atomically: true,
            encoding: .utf8
        )
        let procedure = archive.path.string + "/policy/sop-rkt.yaml"
        try String(contentsOfFile: procedure, encoding: .utf8).replacing("one-person: false", with: "one-person: true")
            .write(toFile: procedure, atomically: true, encoding: .utf8)
        var rows = (1...5).map { BatchFolder.Row("a/\($0).txt", "formulir \($0)") }
        for (number, year) in [(6, 2022), (7, 2021)] {
            var other = BatchFolder.Row("a/\(number).txt", "formulir \(number)")
            other.year = year
            rows.append(other)
        }
        #expect(archive.ingest(try BatchFolder(Scratch.folder.appending("batch"), rows)).error == nil)
        let first = archive.path.appending("usul.csv").string
        try schedule.write(toFile: first, atomically: true, encoding: .utf8)
        let context = TestArchive.context()
        try Act.adopt.perform(in: archive, context)
        let longer = schedule.replacingOccurrences(of: "3 Tahun", with: "4 Tahun")
        try longer.write(toFile: first, atomically: true, encoding: .utf8)
        let writer = try ArchiveWriter(try archive.home(), context)
        let id = RecordID(prefix: "RKT", year: 2024, sequence: 1)
        _ = try RetentionActs(writer).classify(id, code: "000.7.2.6", reason: "RKT")
        try RetentionActs(writer)
            .enterTrigger("no-longer-valid", on: CivilDate(daysSinceEpoch: 19_600), of: [id], reason: "r")
        _ = try HoldActs(writer).place(hold(.classification("000.7.2.7")))
        _ = try HoldActs(writer).place(hold(.records([id])))
        try lend(
            [RecordID(prefix: "RKT", year: 2024, sequence: 4), RecordID(prefix: "RKT", year: 2024, sequence: 5)],
            writer
        )
        for year in [2021, 2024] {
            for act in DossierAct.allCases { _ = try DossierActs(writer).advance(act, year: year, note: nil) }
        }
        _ = try DossierActs(writer).seal(year: 2021, incomplete: "uji", ending: "tar")
        return archive
    }

    /// All that the ledger and every index say, save for sweeps and places in the ledger.
    private static func state(_ archive: TestArchive) throws -> [String] {
        let home = try archive.home()
        var lines: [String] = []
        // What is left to do is done by whoever takes the lock next; a question does nothing.
        _ = try ArchiveWriter(home, TestArchive.context())
        let ask = try AskRetention(home, TestArchive.context())
        var question = RetentionQuestion(asOf: CivilDate(daysSinceEpoch: 20_000))
        try ask.list(question) { lines.append("\($0)") }
        question.held = .any
        try ask.list(question) { lines.append("held \($0.id) \($0.holds)") }
        let reader = try ArchiveReader(home, TestArchive.context())
        let (catalogue, books) = (reader.catalogue, reader.books)
        try catalogue.eachEvent(kind: nil) { line in
            if !line.contains("\"event\":\"fixity check\"") { lines.append(line.replacing(/"seq":\d+/, with: "")) }
        }
        lines += try catalogue.adoptedSchedules().map { "\($0.file) \($0.authority)" }
        lines.append("counting \(try catalogue.counting().debugDescription)")
        var holds = try Holds(home, books)
        try holds.eachHeld { lines.append("covered \($0.id) \($1.map(\.id))") }
        lines += holds.book.holds.map { "\($0.id) \($0.isInForce) \($0.applied.sorted())" }
        let packages = archive.path.appending("packages")
        lines += try FolderEntries(of: packages).map { "lies there \($0.name.shown)" }.sorted()
        for year in [2021, 2022, 2024] {
            let report = try DossierDesk(home, books).report(of: year, asOf: CivilDate(daysSinceEpoch: 20_000))
            lines += report.standing.acts.map { "\($0.kind) \($0.by) \($0.at)" } + ["\(report.assessment.findings)"]
        }
        lines += try books.loans().loans.map { "\($0.id) \($0.out.map(\.record)) \($0.items.map(\.location))" }
        return lines
    }

    /// The files of schedules that lie there, without the one that every home begins with.
    private static func schedules(_ archive: TestArchive) throws -> [String] {
        let folder = archive.path.appending("policy").appending("retention").string
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != "contoh.csv" }.sorted()
    }

    /// Holds what a broken run left behind against what was before and what the whole act gives.
    ///
    /// - Returns: whether nothing was left of it.
    @discardableResult
    private static func check(
        _ archive: TestArchive,
        _ act: Act,
        before: [String],
        after: [String],
        _ place: Comment
    ) throws -> Bool {
        let found = try state(archive)
        // The settings lie in a file that people write: once they are there, the next command enters them.
        #expect(found == after || (found == before && act != .settings), place)
        if found == before {
            try act.perform(in: archive, TestArchive.context())
            #expect(try state(archive) == after, place)
        }
        #expect(try archive.faults().isEmpty, place)
        #expect(try FolderEntries(of: archive.path.appending("staging")).isEmpty, place)
        return found == before
    }

    /// A whole run: what is there afterwards, and the steps that it took.
    private static func whole(_ act: Act, from base: TestArchive) throws -> (after: [String], steps: [DurableStep]) {
        let good = try TestArchive(copying: base, to: Scratch.folder.appending("good"))
        let counting = FaultPlan()
        try act.perform(in: good, TestArchive.context(counting))
        let after = try state(good)
        #expect(try good.faults().isEmpty)
        return (after, counting.steps)
    }

    /// Every act with a crash; those that do more than enter events with a full disk, too.
    private static let cases =
        Act.allCases.map { ($0, FaultKind.crash) }
        + [Act.adopt, .classify, .placeHold, .settings, .seal].map { ($0, FaultKind.fullDisk) }

    @Test(arguments: cases)
    func `a fault at any durable step of an act of retention leaves the whole act or nothing of it`(
        _ act: Act,
        _ kind: FaultKind
    ) throws {
        let base = try Self.base()
        let before = try Self.state(base)
        let files = try Self.schedules(base)
        let (after, steps) = try Self.whole(act, from: base)
        #expect(steps.count > 8)
        #expect(Self.events(after) == Self.events(before) + act.events)
        // Acts that only enter events take the same steps: each goes to every second one, and neighbours to the others.
        let every = act.entersOnly ? 2 : 1
        let first = (Act.allCases.firstIndex(of: act) ?? 0) % every
        for index in stride(from: first, to: steps.count, by: every) {
            let archive = try TestArchive(copying: base, to: Scratch.folder.appending("run"))
            let place: Comment = "\(act), step \(index): \(steps[index])"
            try? act.perform(in: archive, TestArchive.context(FaultPlan(failing: index, kind: kind)))
            let left = try Self.schedules(archive)
            let isNowhere = try Self.check(archive, act, before: before, after: after, place)
            // A full disk leaves no file of a schedule that no event names; a crash may.
            if kind == .fullDisk, isNowhere { #expect(left == files, place) }
            try FileManager.default.removeItem(atPath: archive.path.string)
        }
    }

    @Test(arguments: Act.allCases)
    func `killed between durable steps of an act of retention, the next command finds the whole act or nothing of it`(
        _ act: Act
    ) async throws {
        let base = try Self.base()
        let before = try Self.state(base)
        let (after, steps) = try Self.whole(act, from: base)
        // A process for each: every third step of each act, so that all acts together come to every step.
        let stride = 3
        let first = (Act.allCases.firstIndex(of: act) ?? 0) % stride
        for index in Swift.stride(from: first, to: steps.count, by: stride) {
            let archive = try TestArchive(copying: base, to: Scratch.folder.appending("run"))
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [act = act as Act, index = index as Int, path = archive.path.string as String] in
                try act.perform(in: TestArchive(at: FilePath(path)), TestArchive.context(asking: .killing(at: index)))
            }
            try Self.check(archive, act, before: before, after: after, "\(act), step \(index): \(steps[index])")
            try FileManager.default.removeItem(atPath: archive.path.string)
        }
    }

    private static func events(_ state: [String]) -> Int { state.count { $0.hasPrefix("{") } }

    @Test func `R35 what came in and was killed before it came under its hold is held from the next command on`() throws
    {
        let archive = try Self.base()
        // The last step of an ingest brings its records under holds; all of it is undone or done later, never forgotten.
        _ = try HoldActs(ArchiveWriter(try archive.home(), TestArchive.context())).place(Self.hold(.year(2023)))
        var row = BatchFolder.Row("b/baru.txt", "formulir baru")
        row.year = 2023
        let batch = try BatchFolder(Scratch.folder.appending("baru"), [row])
        let good = try TestArchive(copying: archive, to: Scratch.folder.appending("good"))
        let counting = FaultPlan()
        #expect(good.ingest(batch, TestArchive.context(counting)).error == nil)
        let after = try Self.state(good)
        #expect(after.contains { $0.hasPrefix("held RKT-2023-0001") })
        for index in counting.steps.indices {
            let run = try TestArchive(copying: archive, to: Scratch.folder.appending("run"))
            let broken = run.ingest(batch, TestArchive.context(FaultPlan(failing: index, kind: .crash)))
            let found = try Self.state(run)
            let place: Comment = "step \(index): \(counting.steps[index])"
            if !broken.kept.isEmpty { #expect(found == after, place) }
            #expect(found == after || !found.contains { $0.contains("RKT-2023-0001") }, place)
            try FileManager.default.removeItem(atPath: run.path.string)
        }
    }
}
