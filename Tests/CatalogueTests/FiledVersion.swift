import Catalogue
import RecordsModel

extension RecordDocument {
    /// When tests file their records.
    static let moment = Moment(secondsSinceEpoch: 1_700_000_000, offset: 28_800)

    /// A version as tests file it: of this record, with what is said of it, its files, and where it came from.
    init(filing id: RecordID, _ said: RecordDescription, version: Int = 1, files: [RecordFile], from path: String) {
        self.init(
            id: id,
            version: version,
            dossier: "RKT/\(said.year)",
            description: said,
            files: files,
            source: RecordSource(path: path, modified: 0),
            received: Self.moment,
            receivedBy: "uji"
        )
    }
}

extension CatalogueEntry {
    /// The ingestion of a version, at a place of the ledger; the lines are those of ledger and store.
    init(filing document: RecordDocument, seq: Int, line: String, documentLine: String = "{}") {
        let event = Event(
            seq: seq,
            time: RecordDocument.moment,
            actor: "uji",
            event: .ingestion,
            record: RecordID(document.id),
            version: document.version,
            detail: [:]
        )
        let kept = KeptVersion(
            document: document,
            documentLine: documentLine,
            documentDigest: [1],
            inventoryDigest: [2]
        )
        self.init(event: event, line: line, versions: [kept])
    }
}
