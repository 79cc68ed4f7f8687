import FileSafety
import Foundation
import SystemPackage
import TestArchives
import TestSupport
import Testing

@Suite(.scratch, .serialized)
struct HardLinkFaultTests {
    @Test(arguments: FaultKind.allCases)
    func `a fault at any durable step leaves a copy made with hard links as it was`(_ kind: FaultKind) throws {
        let base = try TestArchive(making: Scratch.folder.appending("base"))
        let first = [BatchFolder.Row("a/draf-1.txt", "versi satu").labelled("draf")]
        #expect(base.ingest(try BatchFolder(Scratch.folder.appending("first"), first)).kept.count == 1)
        let batch = try BatchFolder(
            Scratch.folder.appending("second"),
            [
                BatchFolder.Row("b/draf-2.txt", "versi dua").labelled("draf"),
                BatchFolder.Row("b/dua.txt", "formulir dua"),
            ]
        )
        // The copy that takes nothing in; its answers are what every run begins with.
        let (copy, run) = (Scratch.folder.appending("copy"), Scratch.folder.appending("run"))
        func link() throws -> TestArchive {
            let made = try Tool.run("cp", ["-al", copy.string, run.string])
            try #require(made.status == 0, "\(made.errorText)")
            return TestArchive(at: run)
        }
        _ = try TestArchive(copying: base, to: copy)
        let before = try TreeSnapshot.of(copy)

        let counting = FaultPlan()
        let good = try link()
        #expect(good.ingest(batch, TestArchive.context(counting)).error == nil)
        #expect(try TreeSnapshot.of(copy) == before)
        let (expected, steps) = (try good.answers(), counting.steps)
        let changed = steps.compactMap(\.path.lastComponent?.string)
        for name in ["events.jsonl.new", "leaves.new"] { #expect(changed.contains(name)) }
        try FileManager.default.removeItem(atPath: run.string)

        for index in steps.indices {
            let archive = try link()
            let place: Comment = "step \(index): \(steps[index])"
            _ = archive.ingest(batch, TestArchive.context(FaultPlan(failing: index, kind: kind)))
            #expect(try TreeSnapshot.of(copy) == before, place)
            #expect(try archive.faults().isEmpty, place)
            #expect(archive.ingest(batch).error == nil, place)
            #expect(try archive.answers() == expected, place)
            #expect(try TreeSnapshot.of(copy) == before, place)
            try FileManager.default.removeItem(atPath: run.string)
        }
        #expect(try TestArchive(copying: base, to: Scratch.folder.appending("last")).faults().isEmpty)
    }
}
