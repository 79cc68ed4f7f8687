import GRDB

/// A record that the ledger names and the catalogue lacks, since the store did not give it up when it was followed.
package struct LeftOutRecord: Hashable, Sendable {
    /// Its number.
    package let record: String
    /// The place in the ledger of the event that could not be followed whole.
    package let seq: Int
    /// Why, without a full stop.
    package let reason: String

    /// A record out of its parts.
    package init(record: String, seq: Int, reason: String) {
        self.record = record
        self.seq = seq
        self.reason = reason
    }
}

extension CatalogueDatabase {
    /// The records that no answer from this catalogue can hold, in the order of the ledger.
    ///
    /// - Throws: `CatalogueError`.
    package func leftOut() throws -> [LeftOutRecord] {
        var found: [LeftOutRecord] = []
        try each("SELECT record, seq, reason FROM left_out ORDER BY seq, record", []) { row in
            found.append(LeftOutRecord(record: row[0], seq: row[1], reason: row[2]))
        }
        return found
    }

    static func insert(_ record: LeftOutRecord, into database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO left_out (record, seq, reason) VALUES (?, ?, ?)",
            arguments: [record.record, record.seq, record.reason]
        )
    }

    /// One that the ledger removes is missing by right.
    static func removeLeftOut(_ record: String?, in database: Database) throws {
        try database.execute(sql: "DELETE FROM left_out WHERE record = ?", arguments: [record])
    }
}
