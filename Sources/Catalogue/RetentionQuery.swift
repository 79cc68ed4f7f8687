import Foundation
import GRDB
package import RecordsModel

/// What decides the dates of one record, as the catalogue has it.
package struct RetentionInput: Sendable {
    /// The record's row.
    package let row: Int64
    /// The record.
    package let id: RecordID
    /// The fiscal year.
    package let year: Int
    /// The unit that it comes from.
    package let unit: String
    /// The step of the procedure.
    package let step: Int
    /// The document type's id.
    package let type: String
    /// The classification code in force.
    package let classification: String?
    /// The date on the document.
    package let date: CivilDate?
    /// The day on which its first version was received.
    package let received: CivilDate
    /// Kind, date and place in the ledger of each trigger event that stands.
    package let triggers: [(kind: String, date: CivilDate, seq: Int)]
}

/// A version of the schedule that was adopted.
package struct AdoptedSchedule: Hashable, Sendable {
    /// The place of the event in the ledger.
    package let seq: Int
    /// SHA-512 of the file, hexadecimal.
    package let digest: String
    /// The day of its adoption.
    package let adopted: CivilDate
    /// On whose authority.
    package let authority: String
    /// The file within `policy/`.
    package let file: String
}

/// Which holds a record must be under.
package enum HeldFilter: Hashable, Sendable {
    /// Any hold in force.
    case any
    /// One of these holds, by their numbers.
    case by([String])
}

/// Which records a list of retention is asked for; what is nil does not narrow.
package struct RetentionQuestion: Sendable {
    /// The day that phases are told for.
    package var asOf: CivilDate
    /// What the record must be.
    package var filter = RecordFilter()
    /// Where it must stand: `due`, `active`, `inactive`, `no-classification`, `no-rule` or `not-started`.
    package var phase: String?
    /// What must be to be done once it is due.
    package var action: String?
    /// Whether it must be held, and by which hold.
    package var held: HeldFilter?
    /// How many records at the most.
    package var limit: Int?
    /// How many to pass over first.
    package var offset = 0

    /// A question about all records on a day.
    package init(asOf: CivilDate) { self.asOf = asOf }
}

/// A record in a list of retention.
package struct RetentionLine: Hashable, Sendable {
    /// The accession number.
    package let id: String
    /// The classification code in force.
    package let classification: String?
    /// Where it stands on the day asked for.
    package let phase: String
    /// The kind of event that it waits for.
    package let missing: String?
    /// The day of the event that starts the period.
    package let start: String?
    /// The last day of the active period.
    package let activeEnd: String?
    /// The first day on which it is eligible.
    package let due: String?
    /// What is to be done then.
    package let action: String?
    /// The row of the schedule's file.
    package let scheduleRow: Int?
    /// The title.
    package let title: String
    /// The unit that it comes from.
    package let unit: String
    /// The fiscal year.
    package let year: Int
    /// The document type's id.
    package let type: String
    /// The numbers of the holds in force on it, ascending.
    package let holds: [String]
}

extension CatalogueDatabase {
    /// Calls `body` with what decides the dates of each record of a year, or of all years, in the order of their rows.
    package func eachRetentionInput(year: Int?, body: (RetentionInput) throws -> Void) throws {
        var triggers: [String: [(kind: String, date: CivilDate, seq: Int)]] = [:]
        try each(
            """
            SELECT trigger_event.record, kind, trigger_event.date, seq FROM trigger_event
            JOIN record ON record.id = trigger_event.record
            WHERE corrected_by IS NULL AND (? IS NULL OR record.year = ?) ORDER BY seq, part
            """,
            [year, year]
        ) { row in
            let date: String = row[2]
            guard let date = CivilDate(date) else { return }
            triggers[row[0], default: []].append((row[1], date, row[3]))
        }
        try each(
            """
            SELECT row_id, id, year, unit, step, type, coalesce(classified, classification), date,
                (SELECT json_extract(document, '$.received') FROM version WHERE record_row = row_id AND version = 1)
            FROM record WHERE removed IS NULL \(year == nil ? "" : "AND year = ?") ORDER BY row_id
            """,
            year.map { [$0] } ?? []
        ) { row in
            let (name, date): (String, String?) = (row[1], row[7])
            let moment: String? = row[8]
            guard let id = RecordID(name), let received = moment.flatMap({ Moment($0) })?.date else {
                throw CatalogueError(
                    .damaged,
                    message: "the catalogue does not say when '\(name)' was received",
                    remedy: "run 'berkas rebuild'"
                )
            }
            try body(
                RetentionInput(
                    row: row[0],
                    id: id,
                    year: row[2],
                    unit: row[3],
                    step: row[4],
                    type: row[5],
                    classification: row[6],
                    date: date.flatMap { CivilDate($0) },
                    received: received,
                    triggers: triggers[name] ?? []
                )
            )
        }
    }

    /// The versions of the schedule that were adopted, in the order of their adoption; the last is in force.
    package func adoptedSchedules() throws -> [AdoptedSchedule] {
        var found: [AdoptedSchedule] = []
        try each("SELECT seq, digest, adopted, authority, file FROM schedule ORDER BY seq", []) { row in
            let day: String = row[2]
            guard let adopted = CivilDate(day) else { return }
            found.append(
                AdoptedSchedule(seq: row[0], digest: row[1], adopted: adopted, authority: row[3], file: row[4])
            )
        }
        return found
    }

    /// The trigger event of that place in the ledger, with its record, if it still stands.
    package func standingTrigger(_ seq: Int) throws -> (record: String, kind: String, date: String)? {
        var found: (String, String, String)?
        try each(
            "SELECT record, kind, date FROM trigger_event WHERE seq = ? AND part = 0 AND corrected_by IS NULL",
            [seq]
        ) {
            found = ($0[0], $0[1], $0[2])
        }
        return found
    }

    /// The events that holds, disposal, loans and refusals are made of, in the order of the ledger.
    package func acts() throws -> [Event] {
        var events: [Event] = []
        try each("SELECT line FROM act JOIN event USING (seq) ORDER BY seq", []) {
            events.append(try Event(line: $0[0]))
        }
        return events
    }
}
