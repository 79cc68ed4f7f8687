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

    /// The lines of the ledger that holds, disposal and refusals are made of, in order.
    package func actLines() throws -> [String] {
        var lines: [String] = []
        try each("SELECT line FROM act JOIN event USING (seq) ORDER BY seq", []) { lines.append($0[0]) }
        return lines
    }

    /// Where a record stands on the day in question; the dates do not depend on it.
    private static let phase = """
        CASE WHEN due <= ? AND action IS NOT NULL THEN 'due' WHEN active_end >= ? THEN 'active'
        WHEN obstacle IS NOT NULL THEN obstacle WHEN active_end IS NULL THEN 'active' ELSE 'inactive' END
        """

    /// The parts of the list, in its order, in which records of a phase can lie; what the index can seek to.
    private static func ranges(of phase: String?, day: String) -> [(sql: String, arguments: StatementArguments)] {
        let uncomputed: (String, StatementArguments) = ("(obstacle IS NULL) = 0", [])
        let later: (String, StatementArguments) = ("(obstacle IS NULL) = 1 AND coalesce(due, '~') > ?", [day])
        switch phase {
        case nil: return [("1", [])]
        case "due": return [("(obstacle IS NULL) = 1 AND coalesce(due, '~') <= ?", [day])]
        case "inactive": return [later]
        case "active": return [uncomputed, later]
        default: return [uncomputed]
        }
    }

    /// Calls `body` with each record that is asked for: those whose dates cannot be computed in front, then by due date.
    package func retentionList(_ question: RetentionQuestion, body: (RetentionLine) throws -> Void) throws {
        var passed = question.offset
        var left = question.limit ?? Int.max
        let day = question.asOf.description
        let ranges = Self.ranges(of: question.phase, day: day)
        for range in ranges where left > 0 {
            // Where there is one range only, SQLite itself passes over what comes first.
            let isOnly = ranges.count == 1
            try each(
                "\(Self.selection(question, within: range.sql)) LIMIT ? OFFSET ?",
                Self.arguments(question, day: day, within: range.arguments)
                    + [left == Int.max ? -1 : left + (isOnly ? 0 : passed), isOnly ? passed : 0]
            ) { row in
                if !isOnly, passed > 0 {
                    passed -= 1
                    return
                }
                left -= left == Int.max ? 0 : 1
                try body(RetentionLine(row))
            }
        }
    }

    private static func selection(_ question: RetentionQuestion, within range: String) -> String {
        """
        SELECT id, coalesce(classified, classification), \(phase) AS phase, missing, start, active_end, due,
            action, schedule_row, title, unit, year, type
        FROM retention CROSS JOIN record ON row_id = record_row
        WHERE \(range) AND \(question.phase == nil ? "1" : "\(phase) = ?")
            AND \(question.action == nil ? "1" : "action = ?") AND \(question.filter.condition.sql)
        ORDER BY \(range == "1" ? "obstacle IS NULL," : "") coalesce(due, '~'), record_row
        """
    }

    private static func arguments(
        _ question: RetentionQuestion,
        day: String,
        within range: StatementArguments
    ) -> StatementArguments {
        var arguments: StatementArguments = [day, day]
        arguments += range
        if let phase = question.phase { arguments += [day, day, phase] }
        if let action = question.action { arguments += [action] }
        return arguments + question.filter.condition.arguments
    }
}

extension RetentionLine {
    fileprivate init(_ row: Row) {
        self.init(
            id: row[0],
            classification: row[1],
            phase: row[2],
            missing: row[3],
            start: row[4],
            activeEnd: row[5],
            due: row[6],
            action: row[7],
            scheduleRow: row[8],
            title: row[9],
            unit: row[10],
            year: row[11],
            type: row[12]
        )
    }
}
