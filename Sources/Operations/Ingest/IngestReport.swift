import ArchiveHome
package import RecordsModel

/// What became of one row.
package enum IngestItem: Sendable {
    /// It is kept, as this version of this record.
    case kept(row: Int, path: String, record: RecordID, version: Int, bytes: Int)
    /// Its bytes were kept before, as this version of this record; nothing was changed. Fields in which the row now says
    /// something else are named, `here` being the row's.
    case alreadyKept(row: Int, path: String, record: RecordID, version: Int, differences: [FieldDifference])
    /// It is not kept.
    case failed(Fault)
    /// It is kept, and something about it is worth knowing.
    case warned(Fault)

    /// The version that its bytes are kept as.
    package var reference: RecordReference? {
        switch self {
        case .kept(_, _, let record, let version, _), .alreadyKept(_, _, let record, let version, _):
            RecordReference(id: record, version: version)
        case .failed, .warned: nil
        }
    }
}

/// What an ingest did.
package struct IngestReport: Sendable {
    /// New records.
    package var records = 0
    /// New versions, those of new records included.
    package var versions = 0
    /// Files kept.
    package var files = 0
    /// Their length in bytes.
    package var bytes = 0
    /// Rows whose bytes were kept before.
    package var alreadyKept = 0
    /// Rows that failed while they were read, each with a fault.
    package var failed = 0
}
