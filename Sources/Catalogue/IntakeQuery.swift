import Foundation
import GRDB
package import RecordsModel

/// A record that a new row may belong to.
package struct KnownRecord: Hashable, Sendable {
    /// The accession number.
    package let id: RecordID
    /// The newest version.
    package let head: Int
    /// The document type's id.
    package let type: String
    /// Whether it was removed, and only its tombstone is here.
    package let isRemoved: Bool
}

/// A version that holds the bytes of a new row.
package struct KnownVersion: Hashable, Sendable {
    /// The accession number.
    package let id: RecordID
    /// The version that holds them.
    package let version: Int
    /// `record.json` of that version on one line.
    package let document: String
}

extension CatalogueDatabase {
    /// The record that carries a label in a year, if there is one.
    package func record(year: Int, label: String) throws -> KnownRecord? {
        var found: KnownRecord?
        let question = "SELECT id, head, type, removed IS NOT NULL FROM record WHERE year = ? AND label = ?"
        try eachCached(question, [year, label]) { row in
            guard let id = RecordID(row[0] as String) else { return }
            found = KnownRecord(id: id, head: row[1], type: row[2], isRemoved: row[3])
        }
        return found
    }

    /// The first version of a record that holds these bytes, if there is one.
    package func version(of id: RecordID, holding sha512: String) throws -> KnownVersion? {
        var found: KnownVersion?
        try eachCached(
            """
            SELECT file.version, version.document FROM file
            JOIN record ON record.row_id = file.record_row
            JOIN version ON version.record_row = file.record_row AND version.version = file.version
            WHERE record.id = ? AND file.digest = ? ORDER BY file.version LIMIT 1
            """,
            [id.description, Data(Hex.bytes(sha512))]
        ) { found = KnownVersion(id: id, version: $0[0], document: $0[1]) }
        return found
    }

    /// The question that `unlabelled` asks: digest, year, step, type and unit.
    ///
    /// `CROSS JOIN` fixes the order (<https://www.sqlite.org/optoverview.html#crossjoin>): the digest first, which few files
    /// share. Left to itself SQLite walks all records of the year, for each row of a batch.
    package static let unlabelledQuery = """
        SELECT record.id, file.version, version.document FROM file
        CROSS JOIN record ON record.row_id = file.record_row
        CROSS JOIN version ON version.record_row = file.record_row AND version.version = file.version
        WHERE file.digest = ? AND record.label IS NULL AND record.year = ? AND record.step = ? AND record.type = ?
            AND record.unit = ?
        ORDER BY record.sequence, record.id, file.version
        """

    /// The records without a label that hold these bytes and are of the same year, step, type and unit, by number.
    package func unlabelled(holding sha512: String, like said: RecordDescription) throws -> [KnownVersion] {
        var found: [KnownVersion] = []
        try eachCached(
            Self.unlabelledQuery,
            [Data(Hex.bytes(sha512)), said.year, said.step, said.type, said.unit]
        ) { row in
            guard let id = RecordID(row[0] as String) else { return }
            found.append(KnownVersion(id: id, version: row[1], document: row[2]))
        }
        return found
    }

    /// Whether any kept file has that length: where none has, the bytes cannot be here already.
    package func hasFile(ofSize size: Int) throws -> Bool {
        var found = false
        try eachCached("SELECT EXISTS (SELECT 1 FROM file WHERE size = ?)", [size]) { found = $0[0] }
        return found
    }

    /// The highest number given in a year, 0 where there is none.
    package func lastSequence(year: Int) throws -> Int {
        var last = 0
        try eachCached("SELECT coalesce(max(sequence), 0) FROM record WHERE year = ?", [year]) { last = $0[0] }
        return last
    }

    /// Runs a query whose statement is kept for the next time.
    ///
    /// One statement sees one state of the database by itself; `read` would put a transaction of its own round it, whose
    /// statements are prepared anew each time.
    func eachCached(_ sql: String, _ arguments: StatementArguments, _ body: (Row) throws -> Void) throws {
        try Self.translated {
            try queue.unsafeRead { database in
                let rows = try Row.fetchCursor(try database.cachedStatement(sql: sql), arguments: arguments)
                while let row = try rows.next() { try body(row) }
            }
        }
    }
}
