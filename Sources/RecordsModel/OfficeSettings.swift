/// What `berkas.yaml` says: whose archive this is and what its identifiers look like.
package struct OfficeSettings: Hashable, Sendable {
    /// The format of the archive home that this version of Berkas writes.
    package static let currentFormat = 1

    /// The format of the archive home.
    package let format: Int
    /// The name of the office; also the unit of a row that names none.
    package let office: String
    /// The prefix of record ids, such as `RKT`.
    package let idPrefix: String
    /// The `tag:` URI (RFC 4151) that OCFL object ids begin with.
    package let uriPrefix: String
    /// The IANA name of the office's time zone.
    package let timeZone: String
    /// The units that file; empty where the office does not keep a list.
    package let units: [String]

    /// Settings out of their parts.
    package init(
        format: Int = Self.currentFormat,
        office: String,
        idPrefix: String,
        uriPrefix: String,
        timeZone: String,
        units: [String] = []
    ) {
        self.format = format
        self.office = office
        self.idPrefix = idPrefix
        self.uriPrefix = uriPrefix
        self.timeZone = timeZone
        self.units = units
    }

    /// The OCFL object id of a record.
    package func objectID(of id: RecordID) -> String { uriPrefix + id.description }

    /// The origin line of the ledger's checkpoint.
    package var ledgerOrigin: String { uriPrefix + "ledger" }
}
