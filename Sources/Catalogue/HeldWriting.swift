import GRDB
import RecordsModel

/// What the index knows of holds: for lists only; whether a record is held is told by folding the events.
extension CatalogueDatabase {
    /// Enters what an event says of records under a hold.
    static func insertHeld(_ event: Event, into database: Database) throws {
        switch event.event {
        case .holdPlaced:
            try markHeldStale(in: database)
        case .holdApplied:
            guard let hold = event.detail["hold"]?.text, let record = event.record else { return }
            try database.cachedStatement(sql: "INSERT OR IGNORE INTO held (hold, record) VALUES (?, ?)")
                .execute(arguments: [hold, record])
        case .holdReleased, .holdWithdrawn:
            try database.execute(sql: "DELETE FROM held WHERE hold = ?", arguments: [event.detail["hold"]?.text])
        default:
            return
        }
    }

    /// Remembers that something may have come under a hold that no event names for it yet.
    static func markHeldStale(in database: Database) throws {
        try database.cachedStatement(sql: "INSERT OR IGNORE INTO held_stale (only) VALUES (1)").execute()
    }

    /// Whether something may have come under a hold that no event names for it yet.
    package func isHeldStale() throws -> Bool {
        var isStale = false
        try each("SELECT 1 FROM held_stale", []) { _ in isStale = true }
        return isStale
    }

    /// Remembers that the events name every record that is held.
    package func setHeldCurrent() throws {
        guard try isHeldStale() else { return }
        try Self.translated { try queue.write { try $0.execute(sql: "DELETE FROM held_stale") } }
    }

    /// The line of the ledger that said last how the office counts; nil where none did.
    package func lastCounting() throws -> String? {
        var line: String?
        try each(
            "SELECT line FROM counting JOIN event USING (seq) WHERE event = ? ORDER BY seq DESC LIMIT 1",
            [EventType.countingChanged.rawValue]
        ) { line = $0[0] }
        return line
    }

    /// The lines of the ledger that said how the office counts, in order.
    package func countingLines() throws -> [String] {
        var lines: [String] = []
        try each(
            "SELECT line FROM counting JOIN event USING (seq) WHERE event = ? ORDER BY seq",
            [EventType.countingChanged.rawValue]
        ) { lines.append($0[0]) }
        return lines
    }
}
