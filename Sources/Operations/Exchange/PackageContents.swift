import ArchiveHome
import Catalogue
import FileSafety
import Foundation
import Ledger
import OCFLStore
import Packaging
import RecordsModel
import SystemPackage

/// What goes into a package: all that an archive elsewhere needs without Berkas.
///
/// ```
/// RKT-2024/                         the bag
///   bagit.txt  bag-info.txt  manifest-sha512.txt  tagmanifest-sha512.txt
///   README.txt                      what this is, in Indonesian and English
///   data/
///     records/RKT-2024-0007/v1/record.json
///     records/RKT-2024-0007/v1/files/rkt-2024.pdf
///     records/RKT-2024-0007/v1/inventory.json    the version's OCFL inventory: when, why and by whom it was made
///     names.jsonl                   which files stand under another name than their own, where there are any
///     ledger/events.jsonl           the events of these records, to the letter
///     ledger/checkpoint             what the ledger committed to behind the last of them
///     ledger/holds.jsonl            the holds in force on these records, where there are any
///     ledger/hold-releases.jsonl    the events by which holds on them were lifted, where there are any
///     policy/…  schemas/…  berkas.yaml
/// ```
///
/// Times are the records' own, the checkpoint is that of their last event: the same records are the same bytes, however
/// often they are packed.
struct PackageContents {
    /// The bag's folder, and the container's name without its ending.
    let name: String
    /// The records, by number.
    let records: [RecordID]
    /// The files of the bag.
    private(set) var members: [PackageMember] = []
    /// The fields of `bag-info.txt`.
    private(set) var info = BagInfo([])
    /// When the newest of the records was received, whole seconds since 1970.
    private(set) var modified = 0
    /// What the ledger committed to behind the last event of the records.
    let checkpoint: Checkpoint
    /// The lines of `names.jsonl`.
    private var renamed: [String] = []

    init(_ records: [RecordID], year: Int?, writer: ArchiveWriter) throws {
        self.records = records
        let home = writer.home
        name =
            year.map { "\(writer.procedure.id)-\($0)" }
            ?? (records.count == 1 ? records[0].description : Self.selectionName(records, writer))
        var events: [Event] = []
        var lines: [String] = []
        for record in records {
            for line in try writer.catalogue.events(of: record) {
                events.append(try Event(line: line))
                lines.append(line)
            }
        }
        let order = events.indices.sorted { events[$0].seq < events[$1].seq }
        let proven = try home.ledger.checkpoint(at: (events.map(\.seq).max() ?? -1) + 1)
        // That of a rehearsal is of another log: it accuses nobody of having rewritten this one.
        let mark = home.settings.rehearsal == nil ? "" : "-rehearsal"
        checkpoint = Checkpoint(origin: proven.origin + mark, size: proven.size, root: proven.root)
        for record in records { try addRecord(record, writer) }
        try addPolicies(home)
        if !renamed.isEmpty { add(PackageLayout.names, Array(renamed.joined().utf8)) }
        let log = order.map { lines[$0] + "\n" }.joined()
        add(PackageLayout.events, Array(log.utf8))
        let signer = try CheckpointSigner(home, writer.catalogue, writer.context)
        add(PackageLayout.checkpoint, Array(try signer.note(checkpoint).description.utf8))
        let holds = try CarriedHolds.lines(on: records, writer: writer)
        if !holds.isEmpty { add(PackageLayout.holds, holds) }
        let releases = try CarriedHolds.releases(amongst: events, writer: writer)
        if !releases.isEmpty { add(PackageLayout.releases, releases) }
        add("data/schemas/record.schema.json", PackageResources.record_schema_json)
        add("data/schemas/ledger-event.schema.json", PackageResources.ledger_event_schema_json)
        add("README.txt", Array(readme(home.settings).utf8))
        members = members.map { member in
            member.modified > 0 ? member : PackageMember(path: member.path, content: member.content, modified: modified)
        }
        info = BagInfo(
            [
                ("Source-Organization", home.settings.office),
                ("External-Identifier", name),
                ("External-Description", "\(records.count) records of the archive \(home.settings.uriPrefix)"),
                ("Bagging-Date", Moment(secondsSinceEpoch: modified, offset: 0).date.description),
                ("Bag-Software-Agent", "Berkas"),
                ("Berkas-Ledger-Checkpoint", "\(checkpoint.size) \(checkpoint.rootText)"),
            ] + (home.settings.rehearsal.map { [(Self.rehearsalLabel, $0)] } ?? [])
        )
    }

    /// The label in `bag-info.txt` of a package that was made in a rehearsal, with its day.
    static let rehearsalLabel = "Berkas-Rehearsal"

    /// A name for any other choice of records: the same choice, the same name.
    private static func selectionName(_ records: [RecordID], _ writer: ArchiveWriter) -> String {
        let hash = MerkleFrontier.leaf(records.map(\.description).joined(separator: "\n").utf8).prefix(4)
        return "\(writer.procedure.id)-" + hash.map { CivilDate.padded(Int($0), to: 3) }.joined()
    }

    private mutating func add(_ path: String, _ bytes: [UInt8]) {
        // Time 0 stands for the package's own, which is known when all records are in.
        members.append(PackageMember(path: path, content: .bytes(bytes), modified: 0))
    }

    private mutating func addRecord(_ id: RecordID, _ writer: ArchiveWriter) throws {
        let object = try writer.home.objectID(of: id, in: writer.catalogue)
        let inventory = try writer.root.inventory(of: object)
        for row in try writer.catalogue.versions(of: id) {
            let document = try CanonicalJSON.decode(RecordDocument.self, from: Data(row.document.utf8))
            guard let files = inventory.files(in: VersionNumber(row.version)) else {
                throw OperationError(
                    .damaged,
                    message: "the store lacks version \(row.version) of \(id)",
                    remedy: "run 'berkas verify \(id)'; no package was made"
                )
            }
            let received = document.received.secondsSinceEpoch
            modified = max(modified, received)
            let folder = PackageLayout.folder(of: id, version: row.version)
            let sealed = try writer.root.folder(of: object).appending("v\(row.version)").appending("inventory.json")
            let size = try FileStatus.of(sealed).size
            let own = PackageMember.Content.file(sealed, size: size, sha512: row.inventoryDigest)
            members.append(PackageMember(path: folder + "inventory.json", content: own, modified: received))
            let described = Dictionary(
                document.files.map { (ExactText($0.path), $0) },
                uniquingKeysWith: { first, _ in first }
            )
            for file in files {
                let path = try writer.root.contentPath(of: file.digest, in: inventory)
                let content = PackageMember.Content.file(path, size: try FileStatus.of(path).size, sha512: file.digest)
                let said = described[ExactText(file.path)]
                let place = folder + PackageLayout.place(of: file.path, said)
                try note(place, is: folder + file.path, file.path, said?.nameBytes)
                members.append(PackageMember(path: place, content: content, modified: received))
            }
        }
    }

    /// Enters a file that stands under another name than its own.
    private mutating func note(_ place: String, is own: String, _ name: String, _ nameBytes: String?) throws {
        guard nameBytes != nil || ExactText(place) != ExactText(own) else { return }
        let line = PackageLayout.line(path: place, name: name, nameBytes: nameBytes)
        renamed.append(String(decoding: try CanonicalJSON.line(line), as: UTF8.self) + "\n")
    }

    private mutating func addPolicies(_ home: Home) throws {
        add(PackageLayout.settings, try OpenFile.content(of: home.path.appending(Home.settingsFile), limit: 16 << 20))
        func walk(_ relative: FilePath) throws {
            for entry in try FolderEntries(of: home.path.pushing(relative)) {
                let path = relative.appending(entry.name)
                if entry.name.shown.hasPrefix(".") { continue }
                switch entry.kind {
                case .directory: try walk(path)
                case .file:
                    let form = WrittenName.inStore(path.rawBytes)
                    let name = form ?? path.string
                    let place = "data/" + WrittenName.inPackage(path.rawBytes)
                    try note(place, is: "data/" + name, name, form.map { _ in HexadecimalText.of(path.rawBytes) })
                    add(place, try OpenFile.content(of: home.path.pushing(path), limit: 64 << 20))
                case .symbolicLink, .fifo, .socket, .device: continue  // No policy file of ours.
                }
            }
        }
        try walk("policy")
    }

    private func readme(_ settings: OfficeSettings) -> String {
        (settings.rehearsal == nil ? "" : "GLADI: BUKAN ARSIP / REHEARSAL: NO RECORDS\n")
            + """
            PAKET ARSIP / RECORDS PACKAGE
            \(name)

            Paket ini berisi \(records.count) arsip dari \(settings.office). Paket dapat dibaca tanpa program Berkas.
            - data/records/NOMOR/vN/files/   berkas asli, tidak diubah, satu folder untuk setiap versi
            - data/records/NOMOR/vN/record.json   keterangan arsip: judul, nomor, tanggal, penandatangan, unit
            - data/records/NOMOR/vN/inventory.json   catatan OCFL versi itu: kapan, mengapa dan oleh siapa dibuat
            - data/names.jsonl   nama asli berkas yang namanya di sini ditulis lain: =25 berarti byte 25 (heksadesimal)
            - data/ledger/events.jsonl   riwayat arsip; data/ledger/checkpoint   bukti keutuhan riwayat itu
            - data/policy/, data/berkas.yaml, data/schemas/   aturan kantor dan bentuk data
            - manifest-sha512.txt   nilai hash setiap berkas; periksa dengan: sha512sum -c manifest-sha512.txt

            This package holds \(records.count) records of \(settings.office). It can be read without Berkas.
            - data/records/NUMBER/vN/files/   the files as received, unchanged, one folder a version
            - data/records/NUMBER/vN/record.json   what is said of the record: title, number, date, signer, unit
            - data/records/NUMBER/vN/inventory.json   the version's OCFL inventory: when, why and by whom it was made
            - data/names.jsonl   the true names of files that stand here under another: =25 means the byte 25 (hexadecimal)
            - data/ledger/events.jsonl   the records' history; data/ledger/checkpoint   what proves that history whole
            - data/policy/, data/berkas.yaml, data/schemas/   the office's rules and the shapes of the data
            - manifest-sha512.txt   the digest of every file; check with: sha512sum -c manifest-sha512.txt

            The package is a bag (BagIt 1.0, RFC 8493). data/names.jsonl is there only where a name had to be written otherwise.

            """
    }
}
