import Acts
import ArchiveHome
import Catalogue
import Disposal
import FileSafety
import Foundation
import Intake
import Operations
import RecordsModel
import SystemPackage
import TestArchives
import TestSupport
import Testing

/// A destruction that ends anywhere: it goes on, and no state says "removed" while bytes are there.
@Suite(.scratch, .serialized)
struct DisposalFaultTests {
    private static let records = ["RKT-2018-0001", "RKT-2018-0002", "RKT-2018-0003"].compactMap { RecordID($0) }
    private static let held = RecordID(prefix: "RKT", year: 2018, sequence: 3)

    private static func context(_ actor: String, _ plan: FaultPlan? = nil) -> OperationContext {
        OperationContext(actor: actor, now: { TestArchive.moment }, tripwire: plan?.tripwire ?? .none)
    }

    private static func acts(_ archive: TestArchive, _ actor: String) throws -> DisposalActs {
        DisposalActs(try ArchiveWriter(try archive.home(), context(actor)))
    }

    /// The papers that prove the list, as records of 2023 in this order from 0001 on.
    private static let papers: [(slot: EvidenceSlot, type: String)] = [
        (.committeeDecree, "keputusan"), (.list, "daftar-arsip"), (.minutes, "notulen"),
        (.consideration, "surat-pertimbangan"), (.approvalLetter, "surat-persetujuan"), (.decision, "penetapan"),
    ]

    private static func proof(_ slot: EvidenceSlot) -> RecordID {
        let place = papers.firstIndex { $0.slot == slot } ?? 98
        return RecordID(prefix: "RKT", year: 2023, sequence: place + 1)
    }

    /// An archive with a list that may be executed: three records, one of them under a hold that came later.
    static func approved() throws -> (archive: TestArchive, list: DisposalID) {
        let archive = try TestArchive(making: Scratch.folder.appending("base"))
        let settings = archive.path.appending("berkas.yaml").string
        // The test's clock stands still: this office waits no day between approval and execution.
        try (String(contentsOfFile: settings, encoding: .utf8) + "\ndisposal-wait-days: 0\n")
            .write(toFile: settings, atomically: true, encoding: .utf8)
        let policy = archive.path.appending("policy")
        let people =
            "name,role,address\nPenguji,arsiparis,\nSiti,arsiparis,\nAni,panitia,\nBudi,panitia,\nCici,panitia,\n"
            + "Dedi,saksi,\nEka,saksi,\nBupati,bupati,\n"
        try people.write(toFile: policy.appending("people.csv").string, atomically: true, encoding: .utf8)
        let rows =
            (1...3).map { BatchFolder.Row("\($0).txt", "isi arsip \($0)") }
            + papers.map { BatchFolder.Row("\($0.slot.rawValue).txt", "bukti \($0.slot.rawValue)") }
        let batch = try BatchFolder(Scratch.folder.appending("batch"), rows)
        let day = TestArchive.moment.date
        let proofs = papers.map { "\($0.slot.rawValue).txt,2023,11,\($0.type),bukti,\(day),000.5.6.2,1,Siti,basah" }
        let manifest = """
            path,year,step,type,title,date,classification,number,signer,signature
            1.txt,2018,11,berita-acara,satu,2018-01-02,000.7.2.7,,,
            2.txt,2018,11,berita-acara,dua,2018-01-02,000.7.2.7,,,
            3.txt,2018,11,berita-acara,tiga,2018-01-02,000.7.2.7,,,
            \(proofs.joined(separator: "\n"))

            """
        try manifest.write(toFile: batch.path.appending("intake.csv").string, atomically: true, encoding: .utf8)
        #expect(archive.ingest(batch).kept.count == 3 + papers.count)
        let schedule = """
            kode,jenis arsip,aktif,inaktif,pemicu,nasib akhir,dasar hukum,contoh
            000.7.2.7,Perjanjian Kinerja,1 Tahun,1 Tahun,,Musnah,Perbup 1/2026,tidak
            000.5.6.2,Pemusnahan Arsip,1 Tahun,1 Tahun,,Permanen,Perbup 1/2026,tidak

            """
        let file = Scratch.folder.appending("jra.csv")
        try schedule.write(toFile: file.string, atomically: true, encoding: .utf8)
        do {
            let writer = try ArchiveWriter(try archive.home(), context("Siti"))
            let desk = try RetentionDesk(writer.home, writer.catalogue)
            let proposal = try ScheduleProposal(file, desk: desk, catalogue: writer.catalogue, asOf: day)
            _ = try RetentionActs(writer).adopt(file, authority: "Perbup 1", simulation: proposal.digest, asOf: day)
            _ = try Pack(writer).run(.year(2018), to: .home(ending: "tar"))
        }
        let list = try acts(archive, "Siti").propose(.destroy, title: "Usul", unit: nil, .due(year: nil, unit: nil))
            .list
        func attach(_ slots: EvidenceSlot...) throws {
            for slot in slots { try acts(archive, "Siti").attach(list, slot, proof(slot), EvidenceWords()) }
        }
        try attach(.committeeDecree, .list)
        for member in ["Ani", "Budi", "Cici"] {
            _ = try acts(archive, member).assess(list, agreeing: nil, refusing: [], reason: nil)
        }
        try attach(.minutes, .consideration)
        let letter = DisposalRules.Letter(
            authority: .regent,
            by: "Bupati",
            record: proof(.approvalLetter),
            number: "1",
            date: TestArchive.moment.date
        )
        _ = try acts(archive, "Bupati").approve(list, letter)
        try attach(.decision)
        var draft = HoldDraft()
        draft.title = "Perkara"
        draft.mandate = "ST 1"
        draft.reason = "gugatan"
        draft.orderedBy = "Bagian Hukum"
        draft.orderedOn = TestArchive.moment.date.description
        draft.scope = .records([held])
        _ = try HoldActs(try ArchiveWriter(try archive.home(), context("Siti"))).place(draft)
        return (archive, list)
    }

    static func execute(_ archive: TestArchive, _ list: DisposalID, _ plan: FaultPlan? = nil) throws
        -> [RecordID]
    {
        var removed: [RecordID] = []
        let writer = try ArchiveWriter(try archive.home(), context("Siti", plan))
        _ = try DisposalRun(writer).run(list, witnesses: ["Dedi", "Eka"], place: "Paringin", method: "hapus") {
            outcome in
            if case .removed(let stone) = outcome { removed.append(stone.record) }
        }
        return removed
    }

    /// Every file below the home that holds the bytes of a record.
    private static func bytes(of record: RecordID, in archive: TestArchive) throws -> [String] {
        try Tool.run("grep", ["-rlF", "isi arsip \(record.sequence)", archive.path.string]).lines
    }

    @Test(arguments: FaultKind.allCases)
    func `R30: a fault at any durable step of a destruction is resumed, and nothing is called removed that is there`(
        _ kind: FaultKind
    ) throws {
        let (base, list) = try Self.approved()
        let good = try TestArchive(copying: base, to: Scratch.folder.appending("good"))
        let counting = FaultPlan()
        #expect(try Self.execute(good, list, counting) == Array(Self.records.prefix(2)))
        #expect(try good.faults().isEmpty)
        let expected = try good.answers()
        for record in Self.records.prefix(2) { #expect(try Self.bytes(of: record, in: good).isEmpty) }
        #expect(try !Self.bytes(of: Self.held, in: good).isEmpty)
        #expect(Set(counting.steps.map(\.kind)).isSuperset(of: [.rename, .remove, .append, .sync, .commit]))
        for index in counting.steps.indices {
            let archive = try TestArchive(copying: base, to: Scratch.folder.appending("run"))
            let place: Comment = "step \(index): \(counting.steps[index])"
            let told = (try? Self.execute(archive, list, FaultPlan(failing: index, kind: kind))) ?? []
            // What the ledger calls removed as it lies there, before anything recovers.
            let ledger = String(
                decoding: FileManager.default.contents(atPath: archive.path.string + "/ledger/events.jsonl") ?? Data(),
                as: UTF8.self
            )
            for record in Self.records {
                let said = ledger.contains("\"event\":\"disposal item removed\",\"record\":\"\(record)\"")
                if said || told.contains(record) {
                    #expect(try Self.bytes(of: record, in: archive).isEmpty, "\(record) is called removed, \(place)")
                }
            }
            if kind == .crash { #expect(try archive.faults().isEmpty, place) }
            _ = try? Self.execute(archive, list)
            #expect(try archive.answers() == expected, place)
            #expect(try archive.faults().isEmpty, place)
            #expect(try FolderEntries(of: archive.path.appending("staging")).isEmpty, place)
            try FileManager.default.removeItem(atPath: archive.path.string)
        }
    }
}
