import ArchiveHome
import Catalogue
import Disposal
import FileSafety
import Fixity
import Foundation
import OCFLStore
import Packaging
import RecordsModel
import SystemPackage

/// Keeps a bag of another program as one record: its payload as the record's files, its tag files beside them.
///
/// ```
/// record.json
/// files/…    the payload, as it lay below data/
/// bag/…      bagit.txt, manifests and the other tag files, so that the bag can be put together and checked again
/// ```
struct BagKeeper {
    let writer: ArchiveWriter
    let bag: StagedBag
    let parcel: Import.Parcel
    let described: RecordDescription
    /// The dossiers that take nothing new.
    let sealed: SealedDossiers
    /// What looks at electronic signatures; nil where nothing does.
    let signatures: SignatureIntake?
    /// What the signatures of its PDF files are worth, each with the file's path in the record.
    var looks: [(path: String, look: SignatureIntake.Look)] = []

    /// Looks at the signatures of every PDF in the payload.
    ///
    /// - Returns: what keeps the bag out, and what is worth knowing.
    mutating func look() throws -> [Fault] {
        guard let signatures else { return [] }
        var faults: [Fault] = []
        for file in bag.payload {
            guard let look = try signatures.look(at: bag.folder.pushing(FilePath(Self.path(file)))) else { continue }
            let path = Self.recordPath(file)
            looks.append((path, look))
            if let fault = signatures.fault(look, said: described, path: path, row: nil) { faults.append(fault) }
        }
        return faults
    }

    /// Why this bag cannot be a record, if it cannot.
    var fault: Fault? {
        get throws {
            if bag.payload.isEmpty {
                return Fault(
                    value: parcel.name,
                    message: "the bag '\(parcel.name)' is valid, and has nothing in it to keep",
                    remedy: "ask whoever sent it for the files"
                )
            }
            if let fault = sealed.fault(year: described.year, value: parcel.name) { return fault }
            guard let label = described.label,
                let other = try writer.catalogue.record(year: described.year, label: label)
            else {
                return nil
            }
            return Fault(
                column: "label",
                value: label,
                message:
                    "the label '\(label)' of \(described.year) belongs to \(other.id); a bag becomes a record of its own",
                remedy: "give it another label, or none"
            )
        }
    }

    /// The files of the bag that are those of a removed record, each with its tombstone.
    var returning: [(path: String, stone: Tombstone)] {
        get throws {
            try bag.payload.compactMap { file in
                guard let digest = file.digest(.sha512)?.hex,
                    let stone = try writer.catalogue.tombstone(holding: digest)
                else {
                    return nil
                }
                return (Self.path(file), stone)
            }
        }
    }

    /// Commits the record, and returns its description.
    func keep() throws -> RecordDocument {
        let context = writer.context
        let files = context.files
        let home = writer.home
        return try writer.transact { group in
            let objects = home.work.appending("objects")
            try files.makeDirectory(objects)
            let sequence = try writer.catalogue.lastSequence(year: described.year) + 1
            let id = RecordID(prefix: home.settings.idPrefix, year: described.year, sequence: sequence)
            let moment = context.now()
            let document = document(id, received: moment)
            let bytes = Array(try CanonicalJSON.document(document))
            let digest = Digest.of(bytes, .sha512)
            let version = NewVersion(
                created: moment.description,
                message: "accession of the bag \(parcel.name)",
                user: Inventory.User(name: context.actor, address: try home.address(of: context.actor)),
                files: staged(document) + [
                    NewVersion.File(path: "record.json", digest: digest.hex, content: .bytes(bytes))
                ]
            )
            let object = try StorageRoot.stage(
                home.settings.objectID(of: id),
                on: nil,
                versions: [version],
                in: objects.appending("0"),
                files: files
            )
            try fill(&group, object, id, document, digest, moment)
            return document
        }
    }

    private func fill(
        _ group: inout ArchiveWriter.Group,
        _ object: StagedObject,
        _ id: RecordID,
        _ document: RecordDocument,
        _ documentDigest: Digest,
        _ moment: Moment
    ) throws {
        let inventory = object.inventoryDigests[0]
        var detail = parcel.detail
        detail["inventories"] = .object(["v1": .string(inventory)])
        let accession = Event(
            seq: 0,
            time: moment,
            actor: writer.context.actor,
            event: .accession,
            record: id,
            version: 1,
            detail: detail
        )
        let version = CatalogueEntry.KeptVersion(
            document: document,
            documentLine: String(decoding: try CanonicalJSON.line(document), as: UTF8.self),
            documentDigest: documentDigest.bytes,
            inventoryDigest: Digest(algorithm: .sha512, hex: inventory)?.bytes ?? []
        )
        group.install(object, isNew: true)
        group.add(accession, versions: [version])
        if let accepted = signatures?.acceptance(of: document, by: writer.context.actor, at: moment) {
            group.add(accepted)
        }
    }

    /// Where a file of the payload lies in the record.
    private static func recordPath(_ file: StagedFile) -> String {
        "files/" + (path(file).behind("data/") ?? path(file))
    }

    private static func path(_ file: StagedFile) -> String { String(decoding: file.path, as: UTF8.self) }

    private func document(_ id: RecordID, received: Moment) -> RecordDocument {
        RecordDocument(
            id: id,
            version: 1,
            dossier: "\(writer.procedure.id)/\(id.year)",
            description: described,
            files: bag.payload.map { file in
                RecordFile(
                    path: Self.recordPath(file),
                    size: file.size,
                    sha512: file.digest(.sha512)?.hex ?? ""
                )
            },
            signatures: looks.isEmpty ? nil : looks.map { RecordSignatures(file: $0.path, report: $0.look.json) },
            source: RecordSource(path: parcel.name, modified: received.secondsSinceEpoch),
            received: received,
            receivedBy: writer.context.actor
        )
    }

    /// The files of the version; bytes that are there twice are moved once.
    private func staged(_ document: RecordDocument) -> [NewVersion.File] {
        func file(_ path: String, _ staged: StagedFile) -> NewVersion.File {
            let source = bag.folder.pushing(FilePath(Self.path(staged)))
            return NewVersion.File(path: path, digest: staged.digest(.sha512)?.hex ?? "", content: .staged(source))
        }
        return zip(document.files, bag.payload).map { file($0.path, $1) }
            + bag.tagFiles.map { file("bag/" + Self.path($0), $0) }
    }
}
