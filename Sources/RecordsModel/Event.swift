/// What happened: one line of the ledger.
///
/// The shape is published as `Schemas/ledger-event.schema.json`. Names of events follow the PREMIS event types where
/// there is one (<https://id.loc.gov/vocabulary/preservation/eventType.html>).
package struct Event: Hashable, Sendable, Codable {
    /// The place in the ledger, from 0.
    package var seq: Int
    /// When.
    package let time: Moment
    /// Who.
    package let actor: String
    /// What.
    package let event: EventType
    /// The record that it concerns.
    package let record: String?
    /// The version of the record that it concerns.
    package let version: Int?
    /// The particulars, by event.
    package let detail: [String: JSONValue]

    /// An event out of its parts.
    package init(
        seq: Int,
        time: Moment,
        actor: String,
        event: EventType,
        record: RecordID? = nil,
        version: Int? = nil,
        detail: [String: JSONValue]
    ) {
        self.seq = seq
        self.time = time
        self.actor = actor
        self.event = event
        self.record = record?.description
        self.version = version
        self.detail = detail
    }
}

/// The kinds of event that this version of Berkas writes; a reader keeps those that it does not know.
package struct EventType: Hashable, Sendable, RawRepresentable, Codable, CustomStringConvertible {
    /// The name in the ledger.
    package let rawValue: String

    /// A kind by its name in the ledger.
    package init(rawValue: String) { self.rawValue = rawValue }

    /// The archive was begun: its origin, its office and its format.
    package static let creation = EventType(rawValue: "creation")
    /// A version of a record was received, and is kept.
    package static let ingestion = EventType(rawValue: "ingestion")
    /// Versions of a record came from another archive, or a bag became a record, and are kept.
    package static let accession = EventType(rawValue: "accession")
    /// A package was made.
    package static let packing = EventType(rawValue: "packing")
    /// A sweep over the archive, or one failure that it found.
    package static let fixityCheck = EventType(rawValue: "fixity check")

    /// The name in the ledger.
    package var description: String { rawValue }
}
