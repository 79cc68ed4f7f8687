import ArchiveHome
import Catalogue
import FileSafety
import Foundation
import Operations
import RecordsModel
import Synchronization
import SystemPackage
import TestArchives
import TestSupport
import Testing

@Suite(.scratch, .serialized)
struct FaultInjectionTests {
    /// Two records, one of them labelled with two versions: what is there before.
    private static let before = [
        BatchFolder.Row("a/satu.txt", "formulir satu"),
        BatchFolder.Row("a/draf-1.txt", "formulir versi satu").labelled("draf"),
    ]

    /// What is being taken in when things go wrong: known bytes, a further version, new records, two versions at once.
    private static let during = [
        BatchFolder.Row("a/satu.txt", "formulir satu"),
        BatchFolder.Row("b/draf-2.txt", "formulir versi dua").labelled("draf"),
        // A PDF that can hold no signature, and one that the helper looks at.
        BatchFolder.Row("b/dua.txt", "%PDF-1.4 formulir dua"),
        BatchFolder.Row("b/tiga.txt", "%PDF-1.7 /ByteRange formulir tiga"),
        BatchFolder.Row("b/lain-1.txt", "formulir lain").labelled("lain"),
        BatchFolder.Row("b/lain-2.txt", "formulir lain, versi dua").labelled("lain"),
        BatchFolder.Row("b/draf-3.txt", "formulir versi tiga").labelled("draf"),
    ]

    @Test(arguments: FaultKind.allCases)
    func `a fault at any durable step of an ingest loses nothing that was reported as kept`(_ kind: FaultKind) throws {
        let base = try TestArchive(making: Scratch.folder.appending("base"))
        let first = try BatchFolder(Scratch.folder.appending("first"), Self.before)
        #expect(base.ingest(first).kept.count == 2)
        let batch = try BatchFolder(Scratch.folder.appending("second"), Self.during)

        let check = try SignatureCheck(program: try Checkout.binary, trust: [], now: TestArchive.moment)
        let signatures = try SignatureIntake(check, acceptance: nil)
        let good = try TestArchive(copying: base, to: Scratch.folder.appending("good"))
        let counting = FaultPlan()
        let reference = good.ingest(batch, TestArchive.context(counting), signatures: signatures)
        #expect(reference.error == nil)
        #expect(reference.kept.count == 6)
        #expect(try good.faults().isEmpty)
        let expected = try good.answers()
        let steps = counting.steps
        #expect(steps.count > 100)
        #expect(
            Set(steps.map(\.kind)).isSuperset(of: [.write, .sync, .rename, .makeDirectory, .append, .remove, .commit])
        )

        // A crash at every step; a full disk at every second one, since the program is there to tidy up.
        for index in stride(from: 0, to: steps.count, by: kind == .crash ? 1 : 2) {
            let archive = try TestArchive(copying: base, to: Scratch.folder.appending("run"))
            let plan = FaultPlan(failing: index, kind: kind)
            let broken = archive.ingest(batch, TestArchive.context(plan), signatures: signatures)
            let place: Comment = "step \(index): \(steps[index])"
            // A step whose failure only delays tidying up may go unnoticed; the archive must be right all the same.
            let known = try Self.versions(archive)
            for kept in broken.kept { #expect(known.contains(kept), "reported as kept and gone, \(place)") }
            #expect(try archive.faults().isEmpty, place)
            let again = archive.ingest(batch, signatures: signatures)
            #expect(again.error == nil, place)
            #expect(try archive.answers() == expected, place)
            #expect(try archive.faults().isEmpty, place)
            #expect(try FolderEntries(of: archive.path.appending("staging")).isEmpty, place)
            try FileManager.default.removeItem(atPath: archive.path.string)
        }
    }

    /// What the next command sees: every version with the path that it came from.
    private static func versions(_ archive: TestArchive) throws -> Set<String> {
        let reader = try ArchiveReader(try archive.home(), TestArchive.context())
        var found: Set<String> = []
        var ids: [RecordID] = []
        try reader.catalogue.list(.init()) { if let id = RecordID($0.id) { ids.append(id) } }
        for id in ids {
            for version in try reader.catalogue.versions(of: id) {
                let document = try CanonicalJSON.decode(RecordDocument.self, from: Data(version.document.utf8))
                found.insert("\(id)@v\(version.version) \(document.source.path)")
            }
        }
        return found
    }

    @Test func `where a writer stands still, whatever it has half done is no fault`() throws {
        let base = try TestArchive(making: Scratch.folder.appending("base"))
        #expect(base.ingest(try BatchFolder(Scratch.folder.appending("first"), Self.before)).kept.count == 2)
        let batch = try BatchFolder(Scratch.folder.appending("second"), Array(Self.during.prefix(3)))
        let counting = FaultPlan()
        let good = try TestArchive(copying: base, to: Scratch.folder.appending("good"))
        #expect(good.ingest(batch, TestArchive.context(counting)).error == nil)
        let steps = counting.steps
        // Each step at which something gets its name or the log grows: in between nothing that is looked at changes.
        let moments = steps.indices.filter { [.rename, .append, .commit].contains(steps[$0].kind) }
        #expect(moments.count > 5)
        var explained = 0
        for index in moments {
            let archive = try TestArchive(copying: base, to: Scratch.folder.appending("run"))
            _ = archive.ingest(batch, TestArchive.context(FaultPlan(failing: index, kind: .crash)))
            let home = try archive.home()
            let place: Comment = "step \(index): \(steps[index])"
            do {
                let lock = try AdvisoryLock.take(archive.path.appending(".lock"), holder: "a writer that stands still")
                defer { withExtendedLifetime(lock) {} }
                let notices = Mutex(0)
                let context = OperationContext(
                    actor: "Penguji",
                    now: { TestArchive.moment },
                    notice: { if $0.contains("left out") { notices.withLock { $0 += 1 } } }
                )
                let findings = try Verify(home, context).run().findings
                #expect(findings.isEmpty, "\(place): \(findings)")
                #expect(try VerifyLedger.run(home, context).findings.isEmpty, place)
                explained += notices.withLock { $0 }
            }
            #expect(try archive.faults().isEmpty, place)
            try FileManager.default.removeItem(atPath: archive.path.string)
        }
        #expect(explained > 2)
        // A change by another hand is found all the same.
        let archive = try TestArchive(copying: base, to: Scratch.folder.appending("run"))
        let append = try #require(moments.last { steps[$0].kind == .append })
        _ = archive.ingest(batch, TestArchive.context(FaultPlan(failing: append, kind: .crash)))
        let home = try archive.home()
        let log = archive.path.appending("ledger").appending("events.jsonl").string
        let text = try String(contentsOfFile: log, encoding: .utf8).replacing(
            "Penguji",
            with: "Penguja",
            maxReplacements: 1
        )
        try text.write(toFile: log, atomically: true, encoding: .utf8)
        let lock = try AdvisoryLock.take(archive.path.appending(".lock"), holder: "a writer that stands still")
        defer { withExtendedLifetime(lock) {} }
        #expect(try VerifyLedger.run(home, TestArchive.context()).findings.first?.path == "events.jsonl:1")
    }

    @Test(arguments: FaultKind.allCases)
    func `a fault at any durable step of the first command in a home leaves a home that works`(_ kind: FaultKind) throws
    {
        let batch = try BatchFolder(Scratch.folder.appending("batch"), Array(Self.before))
        let made = try TestArchive(making: Scratch.folder.appending("made"))
        // As a shipped home: settings and policies, and nothing kept yet.
        for name in ["store", "ledger", "catalogue.sqlite", ".lock", "packages", "staging"] {
            try FileManager.default.removeItem(atPath: made.path.appending(name).string)
        }
        let good = try TestArchive(copying: made, to: Scratch.folder.appending("good"))
        let counting = FaultPlan()
        #expect(good.ingest(batch, TestArchive.context(counting)).error == nil)
        let expected = try good.answers()
        for index in counting.steps.indices {
            let archive = try TestArchive(copying: made, to: Scratch.folder.appending("run"))
            _ = archive.ingest(batch, TestArchive.context(FaultPlan(failing: index, kind: kind)))
            let place: Comment = "step \(index): \(counting.steps[index])"
            #expect(archive.ingest(batch).error == nil, place)
            #expect(try archive.answers() == expected, place)
            #expect(try archive.faults().isEmpty, place)
            try FileManager.default.removeItem(atPath: archive.path.string)
        }
    }

    @Test(arguments: FaultKind.allCases)
    func `a fault at any durable step of a rebuild or a pack leaves an archive that verifies`(_ kind: FaultKind) throws
    {
        let base = try TestArchive(making: Scratch.folder.appending("base"))
        #expect(base.ingest(try BatchFolder(Scratch.folder.appending("first"), Self.before)).error == nil)
        let expected = try base.answers()
        let works: [(String, @Sendable (Home, OperationContext) throws -> Void)] = [
            ("rebuild", { _ = try Rebuild.run($0, $1) }),
            ("pack", { _ = try Pack(try ArchiveWriter($0, $1)).run(.year(2024), to: .home(ending: "tar")) }),
        ]
        for (name, work) in works {
            let counting = FaultPlan()
            let good = try TestArchive(copying: base, to: Scratch.folder.appending("good-\(name)"))
            try work(try good.home(), TestArchive.context(counting))
            #expect(counting.steps.count > 3)
            for index in counting.steps.indices {
                let archive = try TestArchive(copying: base, to: Scratch.folder.appending("run"))
                try? work(try archive.home(), TestArchive.context(FaultPlan(failing: index, kind: kind)))
                let place: Comment = "\(name), step \(index): \(counting.steps[index])"
                #expect(try archive.faults().isEmpty, place)
                try work(try archive.home(), TestArchive.context())
                #expect(try archive.answers() == expected, place)
                #expect(try archive.faults().isEmpty, place)
                try FileManager.default.removeItem(atPath: archive.path.string)
            }
        }
    }

    @Test
    func `an interruption between groups keeps what was reported and undoes the rest`() throws {
        let archive = try TestArchive(making: Scratch.folder.appending("home"))
        let rows = (0..<40).map { BatchFolder.Row("f\($0).txt", "isi \($0)") }
        let batch = try BatchFolder(Scratch.folder.appending("batch"), rows)
        let asked = FaultPlan()
        let context = TestArchive.context(asked, isInterrupted: { asked.steps.count > 150 })
        let stopped = archive.ingest(batch, context)
        #expect((stopped.error as? OperationError)?.code == .interrupted)
        #expect(!stopped.kept.isEmpty && stopped.kept.count < 40)
        let known = try Self.versions(archive)
        #expect(stopped.kept.allSatisfy { known.contains($0) })
        #expect(known.count == stopped.kept.count)
        #expect(archive.ingest(batch).kept.count == 40 - stopped.kept.count)
        #expect(try Self.versions(archive).count == 40)
        #expect(try archive.faults().isEmpty)
    }
}
