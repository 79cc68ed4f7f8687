import ArchiveHome
import FileSafety
import Foundation
import Ledger
import Operations
import RecordsModel
import SystemPackage
import TestArchives
import TestSupport
import Testing

/// A repair that is interrupted anywhere is carried on by running it again.
@Suite(.scratch, .serialized)
struct RepairFaultTests {
    /// A home with all that a repair can do something about.
    private static func broken() throws -> TestArchive {
        let archive = try TestArchive(making: Scratch.folder.appending("base"))
        let rows = [
            BatchFolder.Row("satu.txt", "formulir satu"),
            BatchFolder.Row("draf-1.txt", "formulir versi satu").labelled("draf"),
        ]
        #expect(archive.ingest(try BatchFolder(Scratch.folder.appending("first"), rows)).kept.count == 2)
        _ = try Pack(try ArchiveWriter(try archive.home(), TestArchive.context())).run(
            .year(2024),
            to: .home(ending: "tar")
        )
        let home = archive.path.string
        let old = try Data(contentsOf: URL(fileURLWithPath: home + "/ledger/checkpoint"))
        let more = [
            BatchFolder.Row("dua.txt", "formulir dua"),
            BatchFolder.Row("draf-2.txt", "formulir versi dua").labelled("draf"),
        ]
        #expect(archive.ingest(try BatchFolder(Scratch.folder.appending("second"), more)).kept.count == 2)
        let script = """
            set -e; cd "$1"; printf '{"actor":"to' >> ledger/events.jsonl; truncate -s -50 ledger/leaves; rm packages/*.sha512
            touch store/.DS_Store; mkdir -p staging/sisa; echo x > staging/sisa/a; mkdir -p store/abc/def store/fff/fff
            object=$(dirname "$(find store -path '*0001/0=ocfl_object_1.1')"); cp -a "$object" store/fff/fff/x
            other=$(dirname "$(find store -path '*0002/0=ocfl_object_1.1')"); rm "$other/inventory.json.sha512"
            cp -a "$object/v1" "$object/v7"; chmod o+w policy/people.csv
            """
        let done = try Tool.run("bash", ["-c", script, "bash", home])
        #expect(done.status == 0, "\(done.errorText)")
        try old.write(to: URL(fileURLWithPath: home + "/ledger/checkpoint"))
        return archive
    }

    @Test(arguments: FaultKind.allCases)
    func `a fault at any durable step of a repair loses nothing, and running it again ends it`(_ kind: FaultKind) throws
    {
        let base = try Self.broken()
        let good = try TestArchive(copying: base, to: Scratch.folder.appending("good"))
        let counting = FaultPlan()
        let report = try Repair(good.home(), TestArchive.context(counting)).run()
        #expect(report.obstacles.isEmpty && report.isEntered, "\(report)")
        #expect(
            Set(report.steps.map(\.area)) == [.ledger, .store, .packages, .staging, .catalogue, .strangers, .modes]
        )
        #expect(try good.faults().isEmpty)
        let expected = try good.answers()
        #expect(try good.home().ledger.readCheckpoint().size >= 7)
        for index in stride(from: 0, to: counting.steps.count, by: kind == .crash ? 1 : 2) {
            let archive = try TestArchive(copying: base, to: Scratch.folder.appending("run"))
            let place: Comment = "step \(index): \(counting.steps[index])"
            _ = try? Repair(try archive.home(), TestArchive.context(FaultPlan(failing: index, kind: kind))).run()
            let again = try Repair(try archive.home(), TestArchive.context()).run()
            #expect(again.obstacles.isEmpty, "\(again.obstacles) \(place)")
            #expect(try archive.faults().isEmpty, place)
            #expect(try archive.answers() == expected, place)
            try Self.requireKept(archive, place)
            try FileManager.default.removeItem(atPath: archive.path.string)
        }
    }

    /// What was taken out lies in the folders of the repairs, and each of them is told in the ledger.
    private static func requireKept(_ archive: TestArchive, _ place: Comment) throws {
        let repair = archive.path.appending("repair")
        let all = try TreeSnapshot.of(repair)
        let folders = try FolderEntries(of: repair).map(\.name.shown)
        let log = try String(contentsOfFile: archive.path.shown + "/ledger/events.jsonl", encoding: .utf8)
        for folder in folders {
            // One that was only begun has no list, and nothing in it.
            guard all["\(folder)/list.txt"] != nil else {
                #expect(all.keys.allSatisfy { !$0.hasPrefix(folder + "/") || $0.hasSuffix("list.txt.new") }, place)
                continue
            }
            #expect(all["\(folder)/entered"] != nil, "\(folder) \(place)")
            #expect(log.contains("repair/\(folder)\""), "\(folder) \(place)")
        }
        for wanted in [
            "events.jsonl.cut", ".DS_Store", "staging/sisa/a", "fff/fff/x/inventory.json", "v7/inventory.json",
        ] {
            #expect(all.keys.contains { $0.hasSuffix(wanted) }, "\(wanted) \(place)")
        }
    }
}
