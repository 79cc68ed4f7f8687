import ArchiveHome
import Catalogue
import FileSafety
import Fixity
import Foundation
import Intake
import OCFLStore
import RecordsModel
import SystemPackage

/// Makes OCFL versions out of readings: `record.json` beside `files/`.
struct VersionStager: Sendable {
    let home: Home
    let catalogue: CatalogueDatabase
    let files: DurableFiles
    let dossier: String
    let user: Inventory.User
    let moment: Moment
    /// What looked at electronic signatures; nil where nothing did.
    let signatures: SignatureIntake?
    /// What holds the dates of documents against what can be believed.
    let dates: DateIntake

    /// A record's new versions in staging, with what ledger and catalogue will say of them.
    struct Staged: Sendable {
        let object: StagedObject
        let isNew: Bool
        /// Each event with the versions that it brings in.
        let entries: [ArchiveWriter.Group.Entry]
    }

    /// Stages all new versions of one record.
    func stage(_ target: IngestPlan.Target, number: Int, root: StorageRoot) throws -> Staged {
        let object = target.head == 0 ? nil : try catalogue.object(of: target.id)
        let objectID = object ?? home.settings.objectID(of: target.id)
        let base = target.head == 0 ? nil : try root.inventory(of: objectID)
        if let base, base.headNumber?.number != target.head {
            throw OperationError(
                .damaged,
                message: "the store holds \(base.head) of \(target.id), the catalogue knows v\(target.head)",
                remedy: "run 'berkas verify'; nothing was written"
            )
        }
        var newVersions: [NewVersion] = []
        var documents: [(document: RecordDocument, bytes: [UInt8], digest: Digest)] = []
        for (index, reading) in target.readings.enumerated() {
            let document = document(reading, id: target.id, version: target.head + index + 1)
            let bytes = Array(try CanonicalJSON.document(document))
            let digest = Digest.of(bytes, .sha512)
            documents.append((document, bytes, digest))
            guard let staged = reading.staged else { preconditionFailure("a new version's bytes were not copied") }
            newVersions.append(
                NewVersion(
                    created: moment.description,
                    message: "ingestion of \(reading.row.path.shown)",
                    user: user,
                    files: [
                        NewVersion.File(path: document.files[0].path, digest: reading.digest, content: .staged(staged)),
                        NewVersion.File(path: "record.json", digest: digest.hex, content: .bytes(bytes)),
                    ]
                )
            )
        }
        let staged = try StorageRoot.stage(
            objectID,
            on: base,
            versions: newVersions,
            in: home.work.appending("objects").appending("\(number)"),
            files: files
        )
        return try describe(staged, isNew: base == nil, id: target.id, object: object, documents: documents)
    }

    private func describe(
        _ staged: StagedObject,
        isNew: Bool,
        id: RecordID,
        object: String?,
        documents: [(document: RecordDocument, bytes: [UInt8], digest: Digest)]
    ) throws -> Staged {
        var entries: [ArchiveWriter.Group.Entry] = []
        for (index, entry) in documents.enumerated() {
            let inventory = staged.inventoryDigests[index]
            let file = entry.document.files[0]
            var detail: [String: JSONValue] = [
                "bytes": .integer(file.size),
                "file": .string(file.path),
                "inventory": .string(inventory),
                "sha512": .string(file.sha512),
            ]
            if let object { detail["object"] = .string(object) }
            let ingestion = Event(
                seq: 0,
                time: moment,
                actor: user.name,
                event: .ingestion,
                record: id,
                version: entry.document.version,
                detail: detail
            )
            let version = CatalogueEntry.KeptVersion(
                document: entry.document,
                documentLine: String(decoding: CanonicalJSON.line(ofDocument: entry.bytes), as: UTF8.self),
                documentDigest: entry.digest.bytes,
                inventoryDigest: Digest(algorithm: .sha512, hex: inventory)?.bytes ?? [],
                object: object
            )
            entries.append(ArchiveWriter.Group.Entry(ingestion, versions: [version]))
            if let accepted = signatures?.acceptance(of: entry.document, by: user.name, at: moment) {
                entries.append(ArchiveWriter.Group.Entry(accepted))
            }
            if let accepted = try dates.acceptance(of: entry.document, by: user.name, at: moment) {
                entries.append(ArchiveWriter.Group.Entry(accepted))
            }
        }
        return Staged(object: staged, isNew: isNew, entries: entries)
    }

    private func document(_ reading: SourceReading, id: RecordID, version: Int) -> RecordDocument {
        let path = reading.row.path
        let file = RecordFile(named: path.lastName, size: reading.size, sha512: reading.digest)
        let form = WrittenName.inStore(path.rawBytes)
        return RecordDocument(
            id: id,
            version: version,
            dossier: "\(dossier)/\(id.year)",
            description: reading.row.description,
            files: [file],
            signatures: reading.signatures.map { [RecordSignatures(file: file.path, report: $0.json)] },
            source: RecordSource(
                path: form ?? path.string,
                modified: reading.modified,
                pathBytes: form == nil ? nil : path.rawBytes
            ),
            received: moment,
            receivedBy: user.name
        )
    }
}
