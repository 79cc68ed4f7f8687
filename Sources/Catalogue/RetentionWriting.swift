import Foundation
import GRDB
package import RecordsModel

/// The dates of one record, as the catalogue keeps them.
package struct RetentionRow: Sendable {
    /// The record's row.
    package let record: Int64
    /// Why a date is missing; nil where none is.
    package let obstacle: String?
    /// The kind of event that it waits for.
    package let missing: String?
    /// The day of the event that starts the period.
    package let start: CivilDate?
    /// The last day of the active period.
    package let activeEnd: CivilDate?
    /// The first day on which it is eligible.
    package let due: CivilDate?
    /// What is to be done then.
    package let action: String?
    /// The row of the schedule's file, as a spreadsheet counts it.
    package let scheduleRow: Int?

    /// A row out of its parts.
    package init(
        record: Int64,
        obstacle: String?,
        missing: String?,
        start: CivilDate?,
        activeEnd: CivilDate?,
        due: CivilDate?,
        action: String?,
        scheduleRow: Int?
    ) {
        self.record = record
        self.obstacle = obstacle
        self.missing = missing
        self.start = start
        self.activeEnd = activeEnd
        self.due = due
        self.action = action
        self.scheduleRow = scheduleRow
    }

    /// Where it stands in a list: what cannot be computed in front of all days, what lies behind the year 9999 last.
    var place: String { obstacle == nil ? due?.description ?? "~" : "" }
}

extension CatalogueDatabase {
    private static let acts: Set<EventType> = [
        .refusal, .holdPlaced, .holdApplied, .holdReleased, .holdWithdrawn, .disposalProposed, .disposalAssessed,
        .disposalEvidence, .disposalApproved, .disposalObjected,
        .disposalObjectionLifted, .disposalBegun, .disposalItemTransferred, .disposalItemRemoved,
        .disposalItemSkipped, .disposalReceipt, .disposalExecuted, .disposalCancelled, .disposalCopiesListed,
        .disposalCopyDestroyed, .reviewClosed, .paperLent, .paperReturned,
        .dossierStage, .dossierSealed, .dossierReopened,
    ]

    /// Enters what an event says about retention, and marks the dates that it makes stale.
    static func insertRetention(_ event: Event, into database: Database) throws {
        let detail = event.detail
        switch event.event {
        case .ingestion:
            try markHeldStale(in: database)
        case .accession:
            try insertCarried(by: event, into: database)
            try markHeldStale(in: database)
        case .importAdopted:
            try adoptCarried(by: event, into: database)
        case .countingChanged, .clockConfirmed, .clockCorrected, .timeStampAccepted, .checkpointCosigned:
            try database.execute(sql: "INSERT INTO counting (seq) VALUES (?)", arguments: [event.seq])
        case .scheduleAdopted:
            try database.execute(
                sql: "INSERT INTO schedule (seq, digest, adopted, authority, file) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    event.seq, detail["digest"]?.text ?? "", detail["adopted"]?.text ?? "",
                    detail["authority"]?.text ?? "", detail["file"]?.text ?? "",
                ]
            )
            try markAllStale(in: database)
        case .classified:
            try database.cachedStatement(sql: "UPDATE record SET classified = ? WHERE id = ?")
                .execute(arguments: [detail["code"]?.text, event.record])
            try markStale(event.record, in: database)
            try markHeldStale(in: database)
        case .triggerEntered:
            try insertTrigger(event, into: database)
            try markStale(event.record, in: database)
        case .triggerCorrected:
            try database.cachedStatement(
                sql: """
                    UPDATE trigger_event SET corrected_by = ?
                    WHERE seq = ? AND part = 0 AND record = ? AND corrected_by IS NULL
                    """
            ).execute(arguments: [event.seq, detail["corrects"]?.number, event.record])
            if detail["date"]?.text != nil { try insertTrigger(event, into: database) }
            try markStale(event.record, in: database)
        default:
            guard acts.contains(event.event) else { return }
            if event.event == .disposalItemRemoved { try removeRecord(by: event, in: database) }
            try database.cachedStatement(sql: "INSERT INTO act (seq) VALUES (?)").execute(arguments: [event.seq])
            try insertHeld(event, into: database)
        }
    }

    private static func markAllStale(in database: Database) throws {
        try database.execute(
            sql: "INSERT OR IGNORE INTO retention_stale SELECT DISTINCT year FROM record WHERE removed IS NULL"
        )
    }

    private static func insertTrigger(_ event: Event, of accession: Int? = nil, part: Int = 0, into database: Database)
        throws
    {
        try database.cachedStatement(
            sql: "INSERT INTO trigger_event (seq, part, record, kind, date) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [
            accession ?? event.seq, part, event.record ?? "", event.detail["trigger"]?.text ?? "",
            event.detail["date"]?.text ?? "",
        ])
    }

    /// Enters what was decided about a record in the archives that it came through: it holds here too.
    ///
    /// Of an accession whose decisions are history, only once somebody adopts them.
    private static func insertCarried(
        by accession: Event,
        isAdopted: Bool = false,
        into database: Database
    ) throws {
        var parts: [Int: Int] = [:]
        for (index, event) in try accession.carried().enumerated() where event.record == accession.record {
            if accession.isHistoryOnly, !isAdopted, event.event != .reviewClosed { continue }
            switch event.event {
            case .classified:
                try database.cachedStatement(sql: "UPDATE record SET classified = ? WHERE id = ?")
                    .execute(arguments: [event.detail["code"]?.text, event.record])
            case .triggerEntered, .triggerCorrected:
                if event.event == .triggerCorrected, let corrected = event.detail["corrects"]?.number,
                    let part = parts[corrected]
                {
                    try database.execute(
                        sql: "UPDATE trigger_event SET corrected_by = ? WHERE seq = ? AND part = ?",
                        arguments: [event.seq, accession.seq, part]
                    )
                }
                guard event.detail["date"]?.text != nil else { continue }
                parts[event.seq] = index + 1
                try insertTrigger(event, of: accession.seq, part: index + 1, into: database)
            case .reviewClosed:
                try database.cachedStatement(sql: "INSERT OR IGNORE INTO act (seq) VALUES (?)")
                    .execute(arguments: [accession.seq])
            default:
                continue
            }
        }
    }

    /// Puts in force what an accession brought along.
    private static func adoptCarried(by event: Event, into database: Database) throws {
        guard let seq = event.detail["accession"]?.number,
            let line = try String.fetchOne(database, sql: "SELECT line FROM event WHERE seq = ?", arguments: [seq])
        else { return }
        let accession = try Event(line: line)
        guard accession.event == .accession, accession.record == event.record, accession.isHistoryOnly else { return }
        try insertCarried(by: accession, isAdopted: true, into: database)
        try database.cachedStatement(sql: "INSERT INTO act (seq) VALUES (?)").execute(arguments: [event.seq])
        try markStale(event.record, in: database)
        try markHeldStale(in: database)
    }

    private static func markStale(_ record: String?, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT OR IGNORE INTO retention_stale SELECT year FROM record WHERE id = ?"
        )
        try statement.execute(arguments: [record])
    }

    /// Marks the dates of a year as to be computed anew: a record came, or its description changed.
    static func markStale(year: Int, in database: Database) throws {
        try database.cachedStatement(sql: "INSERT OR IGNORE INTO retention_stale (year) VALUES (?)")
            .execute(arguments: [year])
    }

    /// Keeps the dates of a year, in place of those that were there.
    package func replaceRetention(of year: Int, _ rows: [RetentionRow]) throws {
        try Self.translated {
            try queue.write { database in
                try database.execute(
                    sql: "DELETE FROM retention WHERE record_row IN (SELECT row_id FROM record WHERE year = ?)",
                    arguments: [year]
                )
                try Self.insert(rows, into: database)
                try database.execute(sql: "DELETE FROM retention_stale WHERE year = ?", arguments: [year])
            }
        }
    }

    /// Puts dates into whichever table is called `retention` on this connection.
    static func insert(_ rows: [RetentionRow], into database: Database) throws {
        let insert = try database.cachedStatement(
            sql: """
                INSERT INTO retention (record_row, place, obstacle, missing, start, active_end, due, action, schedule_row)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        for row in rows {
            try insert.execute(arguments: [
                row.record, row.place, row.obstacle, row.missing, row.start?.description, row.activeEnd?.description,
                row.due?.description, row.action, row.scheduleRow,
            ])
        }
    }

    /// Remembers what the dates are computed from; where it was something else, all of them are stale.
    package func setRetentionBasis(_ basis: String) throws {
        guard try retentionBasis() != basis else { return }
        try Self.translated {
            try queue.write { database in
                try Self.markAllStale(in: database)
                try database.execute(
                    sql: "INSERT OR REPLACE INTO retention_basis (only, basis) VALUES (1, ?)",
                    arguments: [basis]
                )
            }
        }
    }

    /// What the dates were computed from; nil where none were.
    package func retentionBasis() throws -> String? {
        var found: String?
        try each("SELECT basis FROM retention_basis", []) { found = $0[0] }
        return found
    }

    /// The years whose dates must be computed anew, ascending.
    package func staleYears() throws -> [Int] {
        var years: [Int] = []
        try each("SELECT year FROM retention_stale ORDER BY year", []) { years.append($0[0]) }
        return years
    }
}
