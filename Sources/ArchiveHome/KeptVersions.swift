import OCFLStore
package import RecordsModel

/// What an event says of versions that came to be kept, by ingestion or by accession.
package struct KeptVersions {
    /// The record.
    package let id: RecordID
    /// The OCFL id of its object.
    package let objectID: String
    /// The OCFL id where it is not of this archive's own form.
    package let foreignID: String?
    /// The versions, ascending, each with SHA-512 of its inventory, hexadecimal.
    package let inventories: [(version: Int, digest: String)]

    /// Nil for an event that brought nothing in.
    package init?(_ event: Event, settings: OfficeSettings) {
        guard let id = event.record.flatMap({ RecordID($0) }) else { return nil }
        switch event.event {
        case .ingestion:
            guard let version = event.version, version >= 1 else { return nil }
            inventories = [(version, event.detail["inventory"]?.text ?? "")]
        case .accession:
            guard case .object(let said) = event.detail["inventories"] else { return nil }
            inventories = said.compactMap { name, digest in
                VersionNumber(name).map { ($0.number, digest.text ?? "") }
            }.sorted { $0.0 < $1.0 }
        default: return nil
        }
        self.id = id
        foreignID = event.detail["object"]?.text
        objectID = foreignID ?? settings.objectID(of: id)
    }
}
