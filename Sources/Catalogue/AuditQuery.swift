import Foundation
import GRDB
package import RecordsModel

/// A record as the list (daftar arsip) has it, for an audit of the list's columns.
package struct ListedRecord: Sendable {
    /// The record.
    package let id: RecordID
    /// Its title (uraian informasi).
    package let title: String
    /// The classification code in force.
    package let code: String?
    /// The date on the document.
    package let date: String?
    /// How many files its newest version has (jumlah).
    package let files: Int
}

/// What an audit asks of the whole index: read from end to end, not by the page.
extension CatalogueDatabase {
    /// Calls `body` with each record of a year that is on the list, by number.
    package func eachListed(year: Int, body: (ListedRecord) throws -> Void) throws {
        try each(
            """
            SELECT id, title, coalesce(classified, classification), date, files FROM record
            WHERE removed IS NULL AND year = ? ORDER BY sequence, id
            """,
            [year]
        ) { row in
            let name: String = row[0]
            guard let id = RecordID(name) else { return }
            try body(ListedRecord(id: id, title: row[1], code: row[2], date: row[3], files: row[4]))
        }
    }

    /// The records that the ledger says were taken in, each once, in no order.
    package func recordsTakenIn() throws -> Set<RecordID> {
        var found: Set<RecordID> = []
        let kinds = [EventType.ingestion.rawValue, EventType.accession.rawValue]
        try each(
            "SELECT DISTINCT record FROM event WHERE record IS NOT NULL AND event IN (?, ?)",
            [kinds[0], kinds[1]]
        ) {
            if let id = RecordID($0[0] as String) { found.insert(id) }
        }
        return found
    }

    /// The last line of the ledger; nil where it has none.
    package func lastEvent() throws -> String? {
        var line: String?
        try each("SELECT line FROM event ORDER BY seq DESC LIMIT 1", []) { line = $0[0] }
        return line
    }

    /// The event at a place in the ledger; nil where it has none.
    package func event(at seq: Int) throws -> Event? {
        var event: Event?
        try each("SELECT line FROM event WHERE seq = ?", [seq]) { event = try Event(line: $0[0]) }
        return event
    }

    /// The events of some kinds, in the order of the ledger.
    package func events(of kinds: [EventType]) throws -> [Event] {
        var events: [Event] = []
        let places = kinds.map { _ in "?" }.joined(separator: ", ")
        try each(
            "SELECT line FROM event WHERE event IN (\(places)) ORDER BY seq",
            StatementArguments(kinds.map(\.rawValue))
        ) { events.append(try Event(line: $0[0])) }
        return events
    }

    /// Calls `body` with each line of the ledger, in order; of one kind of event, or of all.
    package func eachEvent(kind: String?, body: (String) throws -> Void) throws {
        try each(
            "SELECT line FROM event WHERE \(kind == nil ? "1" : "event = ?") ORDER BY seq",
            kind.map { [$0] } ?? []
        ) {
            try body($0[0])
        }
    }
}
