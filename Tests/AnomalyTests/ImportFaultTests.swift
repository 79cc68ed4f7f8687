import ArchiveHome
import Catalogue
import FileSafety
import Foundation
import Operations
import Packaging
import RecordsModel
import SystemPackage
import TestArchives
import TestSupport
import Testing

@Suite(.scratch, .serialized)
struct ImportFaultTests {
    private static let rows = [
        BatchFolder.Row("a/satu.txt", "formulir satu"),
        BatchFolder.Row("a/draf-1.txt", "formulir versi satu").labelled("draf"),
        BatchFolder.Row("a/dua.txt", "formulir dua"),
    ]

    private static func pack(_ archive: TestArchive, to name: String) throws -> FilePath {
        let path = Scratch.folder.appending(name)
        _ = try Pack(try ArchiveWriter(try archive.home(), TestArchive.context())).run(.year(2024), to: .file(path))
        return path
    }

    /// Imports a package two records a group; returns what was told as imported, and the error that ended it.
    private static func take(
        _ package: FilePath,
        into archive: TestArchive,
        _ context: OperationContext = TestArchive.context()
    ) -> (imported: [String], error: (any Error)?) {
        var imported: [String] = []
        do {
            let writer = try ArchiveWriter(try archive.home(), context)
            let work = Import(writer, recordsPerGroup: 2)
            let outcome = try work.run(package, description: [:], options: BagOptions()) { item in
                guard case .imported(let id, let versions, _, _) = item else { return }
                imported.append("\(id)@v\(versions.upperBound)")
            }
            guard case .done = outcome else { return (imported, UnexpectedOutcome(outcome: "\(outcome)")) }
            return (imported, nil)
        } catch {
            return (imported, error)
        }
    }

    private struct UnexpectedOutcome: Error {
        let outcome: String
    }

    private static func known(_ archive: TestArchive) throws -> Set<String> {
        let reader = try ArchiveReader(try archive.home(), TestArchive.context())
        var found: Set<String> = []
        try reader.catalogue.list(.init()) { record in found.formUnion((1...record.head).map { "\(record.id)@v\($0)" })
        }
        return found
    }

    @Test(arguments: FaultKind.allCases)
    func `a fault at any durable step of an import loses nothing that was reported, and the next run completes it`(
        _ kind: FaultKind
    ) throws {
        let source = try TestArchive(making: Scratch.folder.appending("source"))
        #expect(source.ingest(try BatchFolder(Scratch.folder.appending("first"), Self.rows)).error == nil)
        let first = try Self.pack(source, to: "first.tar")
        let more = [
            BatchFolder.Row("b/draf-2.txt", "formulir versi dua").labelled("draf"),
            BatchFolder.Row("b/tiga.txt", "formulir tiga"),
        ]
        #expect(source.ingest(try BatchFolder(Scratch.folder.appending("second"), more)).error == nil)
        let second = try Self.pack(source, to: "second.tar")

        let base = try TestArchive(making: Scratch.folder.appending("base"))
        #expect(Self.take(first, into: base).imported.count == 3)
        let good = try TestArchive(copying: base, to: Scratch.folder.appending("good"))
        let counting = FaultPlan()
        let reference = Self.take(second, into: good, TestArchive.context(counting))
        #expect(reference.error == nil && reference.imported == ["RKT-2024-0002@v2", "RKT-2024-0004@v1"])
        #expect(try good.faults().isEmpty)
        let expected = try good.answers()
        let steps = counting.steps
        #expect(steps.count > 60)

        for index in steps.indices {
            let archive = try TestArchive(copying: base, to: Scratch.folder.appending("run"))
            let broken = Self.take(second, into: archive, TestArchive.context(FaultPlan(failing: index, kind: kind)))
            let place: Comment = "step \(index): \(steps[index])"
            let known = try Self.known(archive)
            for item in broken.imported { #expect(known.contains(item), "reported and gone, \(place)") }
            #expect(try archive.faults().isEmpty, place)
            let again = Self.take(second, into: archive)
            #expect(again.error == nil, place)
            #expect(try archive.answers() == expected, place)
            #expect(try archive.faults().isEmpty, place)
            #expect(try FolderEntries(of: archive.path.appending("staging")).isEmpty, place)
            try FileManager.default.removeItem(atPath: archive.path.string)
        }
    }
}
