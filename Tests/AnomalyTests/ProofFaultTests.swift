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

/// What is given out, named and signed, where the power goes or the disk is full at any step.
@Suite(.scratch, .serialized)
struct ProofFaultTests {
    private static func base() throws -> TestArchive {
        let archive = try TestArchive(making: Scratch.folder.appending("base"))
        let rows = [
            BatchFolder.Row("satu.txt", "formulir satu").labelled("draf"),
            BatchFolder.Row("dua.txt", "formulir dua").labelled("draf"),
        ]
        #expect(archive.ingest(try BatchFolder(Scratch.folder.appending("masuk"), rows)).kept.count == 2)
        return archive
    }

    private static func prove(_ archive: TestArchive, to folder: FilePath, _ context: OperationContext) throws {
        let reader = try ArchiveReader(try archive.home(), context)
        let id = RecordID(prefix: "RKT", year: 2024, sequence: 1)
        _ = try Prove(reader, context).run([id], to: folder)
    }

    private static func there(_ path: FilePath) -> Bool { FileManager.default.fileExists(atPath: path.string) }

    @Test(arguments: FaultKind.allCases)
    func `a proof is there whole or not at all, and making it again makes it`(_ kind: FaultKind) throws {
        let base = try Self.base()
        let whole = Scratch.folder.appending("utuh")
        let counting = FaultPlan()
        try Self.prove(base, to: whole, TestArchive.context(counting))
        let expected = try TreeSnapshot.of(whole)
        let home = try TreeSnapshot.of(base.path)
        #expect(counting.steps.count > 12)
        for index in counting.steps.indices {
            let folder = Scratch.folder.appending("bukti")
            let plan = FaultPlan(failing: index, kind: kind)
            #expect(throws: (any Error).self, "step \(index)") {
                try Self.prove(base, to: folder, TestArchive.context(plan))
            }
            // The last step makes its name durable: the folder is whole by then.
            if Self.there(folder) { #expect(try TreeSnapshot.of(folder) == expected, "step \(index)") }
            if Self.there(folder) { try FileManager.default.removeItem(atPath: folder.string) }
            try Self.prove(base, to: folder, TestArchive.context())
            #expect(try TreeSnapshot.of(folder) == expected, "step \(index)")
            try FileManager.default.removeItem(atPath: folder.string)
        }
        #expect(try TreeSnapshot.of(base.path) == home)
    }

    @Test func `a key that the power cut kept out of the ledger is the one that it names next`() throws {
        let base = try Self.base()
        let counting = FaultPlan()
        let good = try TestArchive(copying: base, to: Scratch.folder.appending("baik"))
        _ = try NameLogKey.run(
            try good.home(),
            TestArchive.context(counting),
            file: Scratch.folder.appending("k/log.key")
        )
        for index in counting.steps.indices {
            let archive = try TestArchive(copying: base, to: Scratch.folder.appending("run"))
            let file = Scratch.folder.appending("kunci").appending("log.key")
            let context = TestArchive.context(FaultPlan(failing: index, kind: .crash))
            _ = try? NameLogKey.run(try archive.home(), context, file: file)
            let made = Self.there(file) ? try? CheckpointSigner.read(file).key : nil
            let named = try NameLogKey.run(try archive.home(), TestArchive.context(), file: file).key
            #expect(made == nil || made == named, "step \(index)")
            #expect(try CheckpointSigner.read(file).key == named)
            let events = try ArchiveReader(try archive.home(), TestArchive.context()).catalogue
                .events(of: [.logKeyNamed])
            #expect(events.count == 1, "step \(index)")
            #expect(try archive.faults().isEmpty, "step \(index)")
            try FileManager.default.removeItem(atPath: archive.path.string)
            try FileManager.default.removeItem(atPath: file.removingLastComponent().string)
        }
    }

    @Test(arguments: FaultKind.allCases)
    func `what a witness signed it remembers, wherever it was cut off`(_ kind: FaultKind) throws {
        let base = try Self.base()
        let own = Scratch.folder.appending("saksi")
        let key = own.appending("witness.key")
        _ = try Witness(file: key, TestArchive.context()).key(named: "saksi.example")
        let offer = Scratch.folder.appending("tawaran")
        let reader = try ArchiveReader(try base.home(), TestArchive.context())
        let size = try CheckpointOffer.write(to: offer, reader, TestArchive.context()).text.split(separator: "\n")[1]
        let counting = FaultPlan()
        try FileManager.default.copyItem(atPath: offer.string, toPath: Scratch.folder.appending("coba").string)
        _ = try Witness(file: key, TestArchive.context(counting)).sign(Scratch.folder.appending("coba"))
        let memory = FilePath(key.string + ".logs")
        for index in counting.steps.indices {
            try FileManager.default.removeItem(atPath: memory.string)
            try FileManager.default.removeItem(atPath: Scratch.folder.appending("coba").string)
            try FileManager.default.copyItem(atPath: offer.string, toPath: Scratch.folder.appending("coba").string)
            let context = TestArchive.context(FaultPlan(failing: index, kind: kind))
            _ = try? Witness(file: key, context).sign(Scratch.folder.appending("coba"))
            let note = try String(contentsOfFile: Scratch.folder.appending("coba/cekpoin").string, encoding: .utf8)
            let files = (try? FileManager.default.contentsOfDirectory(atPath: memory.string)) ?? []
            let state = files.first { $0.hasSuffix(".state") }
            if note.contains("saksi.example") { #expect(state != nil, "step \(index): signed, and forgotten") }
            let again = try Witness(file: key, TestArchive.context()).sign(Scratch.folder.appending("coba"))
            #expect(String(again.lines) == size)
        }
    }
}
