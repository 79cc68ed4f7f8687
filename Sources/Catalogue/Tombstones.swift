import Foundation
import GRDB
package import RecordsModel

/// A removed record, as the catalogue finds it again.
package struct RemovedRecord: Hashable, Sendable {
    /// The record.
    package let id: RecordID
    /// The ledger's line of the event that removed it: its detail holds the tombstone.
    package let line: String
}

extension CatalogueDatabase {
    /// What the catalogue reads of a tombstone: the versions with their descriptions and files.
    private struct Stone: Decodable {
        struct Version: Decodable {
            let version: Int
            let received: Moment
            let receivedBy: String
            let description: RecordDescription
            let files: [RecordFile]
        }
        let record: RecordID
        let code: String?
        let versions: [Version]
    }

    /// Puts a tombstone in the place of a record: whatever was known of it goes, and what the tombstone says stays.
    ///
    /// The same rows come about whether the record was here a moment ago or, in a rebuild, never was.
    static func removeRecord(by event: Event, in database: Database) throws {
        guard let said = event.detail["tombstone"],
            let stone = try? CanonicalJSON.decode(Stone.self, from: CanonicalJSON.line(said)),
            let newest = stone.versions.last
        else {
            throw CatalogueError(
                .damaged,
                message: "the event \(event.seq) of the ledger removes a record, and its tombstone cannot be read",
                remedy: "run 'berkas ledger verify', and use the version of Berkas that wrote it"
            )
        }
        let id = stone.record.description
        try forget(id, in: database)
        let row = try insert(newest, of: stone, removedBy: event.seq, in: database)
        for version in stone.versions {
            for file in version.files {
                try database.cachedStatement(
                    sql: "INSERT INTO removed_file (record_row, version, path, size, digest) VALUES (?, ?, ?, ?, ?)"
                ).execute(arguments: [row, version.version, file.path, file.size, Data(Hex.bytes(file.sha512))])
            }
        }
        for name in event.detail["packages"]?.list ?? [] {
            try database.cachedStatement(sql: "UPDATE package SET kept = 0 WHERE name = ?")
                .execute(arguments: [name.text])
        }
        try markStale(year: newest.description.year, in: database)
    }

    private static func forget(_ id: String, in database: Database) throws {
        guard let row = try Int64.fetchOne(database, sql: "SELECT row_id FROM record WHERE id = ?", arguments: [id])
        else {
            return
        }
        try markErasureOwed(in: database)
        let digests = try Data.fetchAll(
            database,
            sql: "SELECT DISTINCT digest FROM file WHERE record_row = ?",
            arguments: [row]
        )
        var words = WordTally()
        try unindexPages(of: row, in: database)
        try unindexDescription(row: row, in: database, &words)
        for table in ["file", "version", "retention", "removed_file"] {
            try database.cachedStatement(sql: "DELETE FROM \(table) WHERE record_row = ?").execute(arguments: [row])
        }
        try database.cachedStatement(sql: "DELETE FROM search_text WHERE row_id = ?").execute(arguments: [row])
        try database.cachedStatement(sql: "DELETE FROM record WHERE row_id = ?").execute(arguments: [row])
        try dropUnnamedReadings(among: digests, in: database, &words)
        try words.enter(into: database)
    }

    private static func insert(
        _ newest: Stone.Version,
        of stone: Stone,
        removedBy seq: Int,
        in database: Database
    ) throws -> Int64 {
        let said = newest.description
        let sizes = newest.files.reduce(0) { $0 + $1.size }
        let values: StatementArguments = [
            newest.version, said.step, said.type, said.unit, said.title, said.number, said.date?.description,
            said.signer, said.signature?.rawValue, said.classification, said.access, said.location, said.label,
            said.note, newest.files.count, sizes, newest.received.description, newest.receivedBy,
            stone.record.description, said.year, stone.record.sequence, stone.code, seq,
        ]
        try database.cachedStatement(
            sql: """
                INSERT INTO record (head, step, type, unit, title, number, date, signer, signature, classification,
                    access, location, label, note, files, bytes, received, received_by, id, year, sequence, classified,
                    removed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: values)
        let row = database.lastInsertedRowID
        var files: [RecordFile] = []
        for file in stone.versions.flatMap(\.files) where !files.contains(where: { $0.path == file.path }) {
            files.append(file)
        }
        try database.cachedStatement(
            sql: """
                INSERT INTO search_text (record, year, title, number, unit, signer, note, files, location, row_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            stone.record.description, String(said.year), said.title, said.number ?? "", said.unit, said.signer ?? "",
            said.note ?? "", files.flatMap(\.searchedNames).joined(separator: "\n"), said.location ?? "", row,
        ])
        var words = WordTally()
        try indexDescription(row: row, in: database, &words)
        try words.enter(into: database)
        return row
    }

    /// The removed record of that number, if it was removed.
    package func removed(_ id: RecordID) throws -> RemovedRecord? {
        var found: RemovedRecord?
        try each("SELECT line FROM record JOIN event ON seq = removed WHERE id = ?", [id.description]) {
            found = RemovedRecord(id: id, line: $0[0])
        }
        return found
    }

    /// The removed record of which a file had these bytes, if there is one; the first by number.
    package func removed(holding sha512: String) throws -> RemovedRecord? {
        var found: RemovedRecord?
        try eachCached(
            """
            SELECT id, line FROM removed_file JOIN record ON row_id = record_row JOIN event ON seq = removed
            WHERE digest = ? ORDER BY year, sequence, id LIMIT 1
            """,
            [Data(Hex.bytes(sha512))]
        ) { row in
            let name: String = row[0]
            if let id = RecordID(name) { found = RemovedRecord(id: id, line: row[1]) }
        }
        return found
    }

    /// Whether a file that is kept, of another record than these, has these bytes.
    package func isKept(_ sha512: String, besides ids: Set<String>) throws -> Bool {
        var found = false
        try each(
            "SELECT DISTINCT id FROM file JOIN record ON row_id = record_row WHERE digest = ?",
            [Data(Hex.bytes(sha512))]
        ) { if !ids.contains($0[0]) { found = true } }
        return found
    }

    /// A package that holds a record.
    package struct Holding: Hashable, Sendable {
        /// The package's file name.
        package let name: String
        /// Whether it lies in `packages/` of the home; else somewhere else.
        package let isKept: Bool
    }

    /// The packages that hold each record, in the order in which they were made.
    package func packagesByRecord() throws -> [String: [Holding]] {
        var found: [String: [Holding]] = [:]
        try each(
            """
            SELECT member.value, name, kept FROM package JOIN event USING (seq),
                json_each(event.line, '$.detail.records') AS member ORDER BY seq
            """,
            []
        ) { row in
            let holding = Holding(name: row[1], isKept: row[2])
            if found[row[0]]?.contains(holding) != true { found[row[0], default: []].append(holding) }
        }
        return found
    }
}
