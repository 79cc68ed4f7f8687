import Foundation
import GRDB
import RecordsModel

/// Pages of retention: found first by what the indexes hold, then looked up.
///
/// A page of 100 of 1,000,000 is to take less than a tenth of a second whatever is asked for. So each phase has its part of
/// an index to seek to, what is passed over is never looked at, and a narrow question begins with what is narrow in it.
extension CatalogueDatabase {
    /// Up to so many held records are put in order one by one; more are met on the way through all.
    private static let fewHeld = 20_000
    /// Records looked up at a time.
    private static let chunk = 500

    /// A part of the list in which what is asked for can lie.
    private struct Stretch {
        /// The condition on `retention`, with the day in place of each `?`.
        let condition: String
        /// Its order, for which an index stands.
        var order = "place, record_row"
    }

    /// The parts of the list in which records of a phase lie, in its order.
    ///
    /// A record is due from its due date on; before that it is active to the end of its active period, and where that is
    /// over either inactive or, without a due date, what its obstacle says.
    private static func stretches(of phase: String?) -> [Stretch] {
        switch phase {
        case nil: [Stretch(condition: "1")]
        case "due": [Stretch(condition: "place > '' AND place <= ?")]
        case "inactive": [Stretch(condition: "place > ? AND active_end < ?")]
        case "active":
            [
                Stretch(
                    condition: "obstacle IS NOT NULL AND active_end IS NOT NULL AND active_end >= ?",
                    order: "record_row"
                ), Stretch(condition: "place > ? AND (active_end >= ? OR active_end IS NULL)"),
            ]
        default:
            [Stretch(condition: "obstacle = :phase AND (active_end IS NULL OR active_end < ?)", order: "record_row")]
        }
    }

    /// Calls `body` with each record that is asked for: those whose dates cannot be computed in front, then by due date.
    package func retentionList(_ question: RetentionQuestion, body: (RetentionLine) throws -> Void) throws {
        try Self.translated {
            try queue.read { database in
                let rows = try Self.rows(question, in: database)
                for start in stride(from: 0, to: rows.count, by: Self.chunk) {
                    let part = rows[start..<min(start + Self.chunk, rows.count)]
                    try Self.eachLine(part, asOf: question.asOf, in: database, body: body)
                }
            }
        }
    }

    /// The rows of the records that are asked for, in order.
    private static func rows(_ question: RetentionQuestion, in database: Database) throws -> [Int64] {
        let source = try source(question, in: database)
        var found: [Int64] = []
        var passed = max(0, question.offset)
        let stretches = stretches(of: question.phase)
        for (place, stretch) in stretches.enumerated() {
            let left = question.limit.map { max(0, $0 - found.count) } ?? -1
            if left == 0 { break }
            let (sql, arguments) = selection(question, source: source, stretch)
            let order = "ORDER BY \(stretch.order) LIMIT ? OFFSET ?"
            let more = try Int64.fetchAll(database, sql: "\(sql) \(order)", arguments: arguments + [left, passed])
            found += more
            guard more.isEmpty, passed > 0, place + 1 < stretches.count else {
                passed = 0
                continue
            }
            // All of this part was passed over; how many those were is asked only here.
            let count = "SELECT count(*) FROM (\(sql) LIMIT ?)"
            passed -= try Int.fetchOne(database, sql: count, arguments: arguments + [passed]) ?? 0
        }
        return found
    }

    /// The tables to go through, the outermost first, with the conditions that this asks for.
    private struct Source {
        var tables = "retention"
        var conditions: [String] = []
        var arguments = StatementArguments()
    }

    private static func source(_ question: RetentionQuestion, in database: Database) throws -> Source {
        var source = Source()
        let filter = question.filter.condition
        if filter.sql != "1" {
            source.conditions.append(filter.sql)
            source.arguments += filter.arguments
        }
        if let held = question.held {
            let (condition, arguments) = condition(held)
            let few = "SELECT count(*) FROM (SELECT 1 FROM held WHERE \(condition) LIMIT ?)"
            let count = try Int.fetchOne(database, sql: few, arguments: arguments + [fewHeld + 1]) ?? 0
            if count <= fewHeld {
                source.tables = """
                    (SELECT DISTINCT record AS name FROM held WHERE \(condition)) AS wanted
                    CROSS JOIN record ON record.id = wanted.name CROSS JOIN retention ON record_row = record.row_id
                    """
                source.arguments = arguments + source.arguments
                return source
            }
            source.conditions.append("EXISTS (SELECT 1 FROM held WHERE held.record = record.id AND \(condition))")
            source.arguments += arguments
        }
        if question.filter.year != nil {
            source.tables = "record CROSS JOIN retention ON record_row = record.row_id"
        } else if !source.conditions.isEmpty {
            source.tables = "retention CROSS JOIN record ON record.row_id = record_row"
        }
        return source
    }

    private static func condition(_ held: HeldFilter) -> (sql: String, arguments: StatementArguments) {
        switch held {
        case .any: ("1", [])
        case .by(let holds):
            (
                "held.hold IN (\(holds.map { _ in "?" }.joined(separator: ", ")))",
                StatementArguments(holds)
            )
        }
    }

    private static func selection(
        _ question: RetentionQuestion,
        source: Source,
        _ stretch: Stretch
    ) -> (sql: String, arguments: StatementArguments) {
        var conditions = source.conditions
        var arguments = source.arguments
        var own = stretch.condition
        if let phase = question.phase, own.contains(":phase") {
            own = own.replacing(":phase", with: "?")
            arguments += [phase]
        }
        let days = stretch.condition.utf8.count { $0 == UInt8(ascii: "?") }
        arguments += StatementArguments(Array(repeating: question.asOf.description, count: days))
        conditions.append(own)
        if let action = question.action {
            conditions.append("action = ?")
            arguments += [action]
        }
        let sql = "SELECT record_row FROM \(source.tables) WHERE \(conditions.joined(separator: " AND "))"
        return (sql, arguments)
    }

    /// Where a record stands on the day in question; the dates do not depend on it.
    private static let phase = """
        CASE WHEN due <= ? AND action IS NOT NULL THEN 'due' WHEN active_end >= ? THEN 'active'
        WHEN obstacle IS NOT NULL THEN obstacle WHEN active_end IS NULL THEN 'active' ELSE 'inactive' END
        """

    private static func eachLine(
        _ rows: ArraySlice<Int64>,
        asOf: CivilDate,
        in database: Database,
        body: (RetentionLine) throws -> Void
    ) throws {
        let statement = try database.cachedStatement(
            sql: """
                SELECT record.id, coalesce(classified, classification), \(phase), missing, start, active_end, due, action,
                    schedule_row, title, unit, year, record.type,
                    (SELECT group_concat(hold, ' ')
                        FROM (SELECT hold FROM held WHERE held.record = record.id ORDER BY hold))
                FROM json_each(?) AS wanted CROSS JOIN retention ON record_row = wanted.value
                CROSS JOIN record ON row_id = record_row ORDER BY wanted.key
                """
        )
        let day = asOf.description
        let list = "[" + rows.map(String.init).joined(separator: ",") + "]"
        let lines = try Row.fetchCursor(statement, arguments: [day, day, list])
        while let row = try lines.next() { try body(RetentionLine(row)) }
    }
}

extension RetentionLine {
    fileprivate init(_ row: Row) {
        let holds: String? = row[13]
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
            type: row[12],
            holds: holds.map { $0.split(separator: " ").map(String.init) } ?? []
        )
    }
}
