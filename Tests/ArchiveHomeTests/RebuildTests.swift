import ArchiveHome
import Catalogue
import FileSafety
import Foundation
import Ledger
import Operations
import RecordsModel
import SystemPackage
import TestArchives
import TestSupport
import Testing

@Suite(.scratch)
struct RebuildTests {
    /// Records of many years and shapes: with and without labels and numbers, several versions, odd names.
    private static func rows(_ count: Int) -> [BatchFolder.Row] {
        (0..<count).map { index in
            var row = BatchFolder.Row("m\(index % 7)/berkas \(index) é\u{301}.txt", "isi \(index)")
            row.year = 2000 + index % 25
            row.step = 1 + index % 11
            row.type = ["disposisi", "form-rkt", "draft-rkt", "rkt"][index % 4]
            row.title = index % 5 == 0 ? "" : "Formulir, satu \"\(index % 97)\"\nversi dua"
            if index % 3 == 0 { row.number = "470/ \(index) /\(row.year)" }
            // Every tenth label comes again 500 rows later, as a further version.
            if index % 10 == 0 {
                row.label = "berkas-\(index % 500)"
                row.year = 2020
                row.type = "draft-rkt"
            }
            return row
        }
    }

    @Test(arguments: [2000])
    func `after the catalogue is deleted, a rebuild gives the same bytes for every question`(_ count: Int) throws {
        let archive = try TestArchive(making: Scratch.folder.appending("home"))
        let batch = try BatchFolder(Scratch.folder.appending("batch"), Self.rows(count))
        let taken = archive.ingest(batch, rowsPerGroup: 300)
        #expect(taken.error == nil)
        #expect(taken.kept.count == count)
        let before = try archive.answers(places: true)
        #expect(before.count > 2 * count)

        let home = try archive.home()
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: home.catalogue.string + suffix)
        }
        let report = try Rebuild.run(home, TestArchive.context())
        #expect(report.faults.isEmpty)
        #expect(try archive.answers(places: true) == before)

        // Deleted and simply asked again, it is made anew by itself.
        try FileManager.default.removeItem(atPath: home.catalogue.string)
        #expect(try archive.answers(places: true) == before)
        #expect(try archive.faults().isEmpty)
    }

    @Test
    func `an old copy of the catalogue is brought up to the ledger`() throws {
        let archive = try TestArchive(making: Scratch.folder.appending("home"))
        let rows = Self.rows(60)
        #expect(archive.ingest(try BatchFolder(Scratch.folder.appending("a"), Array(rows.prefix(30)))).error == nil)
        let catalogue = try archive.home().catalogue.string
        let old = Scratch.folder.appending("old.sqlite").string
        try FileManager.default.copyItem(atPath: catalogue, toPath: old)
        #expect(archive.ingest(try BatchFolder(Scratch.folder.appending("b"), Array(rows.suffix(30)))).error == nil)
        let expected = try archive.answers(places: true)
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: catalogue + suffix) }
        try FileManager.default.copyItem(atPath: old, toPath: catalogue)
        #expect(try archive.answers(places: true) == expected)
    }

    @Test
    func `a catalogue that knows more than the ledger is not believed`() throws {
        let archive = try TestArchive(making: Scratch.folder.appending("home"))
        #expect(archive.ingest(try BatchFolder(Scratch.folder.appending("a"), Self.rows(3))).error == nil)
        let ledger = try archive.home().ledger.path.string
        let kept = Scratch.folder.appending("ledger").string
        try FileManager.default.copyItem(atPath: ledger, toPath: kept)
        #expect(archive.ingest(try BatchFolder(Scratch.folder.appending("b"), Self.rows(6))).error == nil)
        try FileManager.default.removeItem(atPath: ledger)
        try FileManager.default.copyItem(atPath: kept, toPath: ledger)
        let again = archive.ingest(try BatchFolder(Scratch.folder.appending("c"), Self.rows(9)))
        #expect((again.error as? OperationError)?.code == .damaged)
        #expect(try !archive.faults().isEmpty)
    }

    @Test
    func `a record that the store lost is left out of a rebuild and named, and all others are there`() throws {
        let archive = try TestArchive(making: Scratch.folder.appending("home"))
        #expect(archive.ingest(try BatchFolder(Scratch.folder.appending("a"), Self.rows(9))).error == nil)
        let home = try archive.home()
        let id = try #require(RecordID("RKT-2003-0001"))
        let name = home.settings.objectID(of: id).replacing(":", with: "%3a").replacing(",", with: "%2c").replacing(
            ".",
            with: "%2e"
        )
        let walker = try #require(FileManager.default.enumerator(atPath: home.store.string))
        let object = try #require(walker.compactMap { $0 as? String }.first { $0.hasSuffix(name) })
        try FileManager.default.removeItem(atPath: home.store.string + "/" + object)
        let report = try Rebuild.run(home, TestArchive.context())
        #expect(report.faults.count == 1 && report.faults[0].contains("RKT-2003-0001"))
        #expect(report.totals.records == 8)
        let faults = try archive.faults()
        #expect(faults.contains { $0.record == "RKT-2003-0001" && $0.area == .store })
    }
}
