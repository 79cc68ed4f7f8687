import Foundation
import GRDB
package import RecordsModel

/// One event of the ledger with what the catalogue needs beside it.
package struct CatalogueEntry: Sendable {
    /// A version as it lies in the store.
    package struct KeptVersion: Sendable {
        /// `record.json`, read.
        package let document: RecordDocument
        /// `record.json` on one line with sorted keys.
        package let documentLine: String
        /// SHA-512 of `record.json` as it lies in the store: 64 bytes.
        package let documentDigest: [UInt8]
        /// SHA-512 of the version's inventory: 64 bytes.
        package let inventoryDigest: [UInt8]
        /// The OCFL id of a record that came from another archive; nil for one of this archive's own form.
        package let object: String?

        /// A version out of its parts.
        package init(
            document: RecordDocument,
            documentLine: String,
            documentDigest: [UInt8],
            inventoryDigest: [UInt8],
            object: String? = nil
        ) {
            self.document = document
            self.documentLine = documentLine
            self.documentDigest = documentDigest
            self.inventoryDigest = inventoryDigest
            self.object = object
        }
    }

    /// The event.
    package let event: Event
    /// Its line in the ledger, to the letter.
    package let line: String
    /// The versions that it brought in, ascending: one for an ingestion, one or more for an accession.
    package let versions: [KeptVersion]

    /// An entry out of its parts.
    package init(event: Event, line: String, versions: [KeptVersion]) {
        self.event = event
        self.line = line
        self.versions = versions
    }
}

extension CatalogueDatabase {
    /// Brings the catalogue up to the ledger: all of these events, or none.
    ///
    /// The one way in which rows come about, for an ingest and for a rebuild alike, so that both give the same answers.
    ///
    /// - Parameters:
    ///   - entries: the events, each with the versions that it brought.
    ///   - progress: where the ledger ends behind them.
    ///   - leftOut: the records that these events name and the store did not give up.
    /// - Throws: `CatalogueError`.
    package func apply(
        _ entries: [CatalogueEntry],
        progress: CatalogueProgress,
        leftOut: [LeftOutRecord] = []
    ) throws {
        try Self.translated {
            try queue.write { database in
                try Self.insert(entries, into: database)
                for record in leftOut { try Self.insert(record, into: database) }
                try Self.insert(progress, into: database)
            }
        }
    }

    /// Brings the catalogue up to events that are still to be kept: their rows are made while that is done, and stand only
    /// behind it.
    ///
    /// - Parameters:
    ///   - entries: the events, each with the versions that it brought.
    ///   - keep: keeps them, and calls what it is given once, which makes the rows; tells where the ledger ends then.
    /// - Throws: what `keep` throws, and then no row is there; `CatalogueError` where they are kept and the catalogue cannot
    ///   follow.
    package func apply(_ entries: [CatalogueEntry], while keep: (_ rows: () -> Void) throws -> CatalogueProgress) throws
    {
        try Self.translated {
            try queue.write { database in
                // What the catalogue cannot take does not keep the truth from being kept.
                var failure: (any Error)?
                let progress = try keep {
                    do { try Self.insert(entries, into: database) } catch { failure = error }
                }
                if let failure { throw failure }
                try Self.insert(progress, into: database)
            }
        }
    }

    private static func insert(_ entries: [CatalogueEntry], into database: Database) throws {
        var words = WordTally()
        for entry in entries { try insert(entry, into: database, &words) }
        try words.enter(into: database)
    }

    private static func insert(_ progress: CatalogueProgress, into database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO progress (only, origin, events, bytes, frontier) VALUES (1, ?, ?, ?, ?)",
            arguments: [progress.origin, progress.events, progress.bytes, Data(progress.frontier)]
        )
    }

    private static func insert(_ entry: CatalogueEntry, into database: Database, _ words: inout WordTally) throws {
        let event = entry.event
        let statement = try database.cachedStatement(
            sql: "INSERT INTO event (seq, event, record, line) VALUES (?, ?, ?, ?)"
        )
        try statement.execute(arguments: [event.seq, event.event.rawValue, event.record, entry.line])
        for version in entry.versions { try insert(version, into: database, &words) }
        if event.event == .packing { try insertPackage(event, into: database) }
        if event.event == .reading { try insertAnchors(event, into: database) }
        if event.event == .disposalItemRemoved { try removeLeftOut(event.record, in: database) }
        try insertRetention(event, into: database)
    }

    private static func insert(
        _ kept: CatalogueEntry.KeptVersion,
        into database: Database,
        _ words: inout WordTally
    ) throws {
        let document = kept.document
        // The index takes out what it was given: before anything changes.
        if document.version > 1, let row = try recordRow(document.id, in: database) {
            try unindexPages(of: row, in: database)
            try unindexDescription(row: row, in: database, &words)
        }
        let row = try upsertRecord(document, object: kept.object, in: database)
        try database.cachedStatement(
            sql: """
                INSERT INTO version (record_row, version, document, document_digest, inventory_digest)
                VALUES (?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            row, document.version, kept.documentLine, Data(kept.documentDigest), Data(kept.inventoryDigest),
        ])
        let insertFile = try database.cachedStatement(
            sql: "INSERT INTO file (record_row, version, path, size, digest) VALUES (?, ?, ?, ?, ?)"
        )
        for file in document.files {
            try insertFile.execute(arguments: [
                row, document.version, file.path, file.size, Data(Hex.bytes(file.sha512)),
            ])
        }
        try upsertSearchText(document, row: row, in: database)
        try indexDescription(row: row, in: database, &words)
        try indexPages(of: row, in: database)
        try markStale(year: document.description.year, in: database)
    }

    private static func recordRow(_ id: String, in database: Database) throws -> Int64? {
        let statement = try database.cachedStatement(sql: "SELECT row_id FROM record WHERE id = ?")
        return try Int64.fetchOne(statement, arguments: [id])
    }

    /// Puts the description of a version into the record's row, and returns the row's id.
    private static func upsertRecord(
        _ document: RecordDocument,
        object: String?,
        in database: Database
    ) throws -> Int64 {
        let said = document.description
        let values: StatementArguments = [
            document.version, said.step, said.type, said.unit, said.title, said.number, said.date?.description,
            said.signer, said.signature?.rawValue, said.classification, said.access, said.location, said.label,
            said.note, document.files.count, document.files.reduce(0) { $0 + $1.size },
            document.received.description, document.receivedBy, document.id,
        ]
        if document.version > 1 {
            try database.cachedStatement(
                sql: """
                    UPDATE record SET head = ?, step = ?, type = ?, unit = ?, title = ?, number = ?, date = ?,
                        signer = ?, signature = ?, classification = ?, access = ?, location = ?, label = ?, note = ?,
                        files = ?, bytes = ?, received = ?, received_by = ? WHERE id = ?
                    """
            ).execute(arguments: values)
            return try recordRow(document.id, in: database) ?? 0
        }
        let sequence = RecordID(document.id)?.sequence ?? 0
        try database.cachedStatement(
            sql: """
                INSERT INTO record (head, step, type, unit, title, number, date, signer, signature, classification,
                    access, location, label, note, files, bytes, received, received_by, id, year, sequence, object)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: values + [said.year, sequence, object])
        return database.lastInsertedRowID
    }

    /// What files are found by whose names are no UTF-8, by their paths; read only where a path looks like such a name's.
    private static func foreignNames(
        _ paths: [String],
        row: Int64,
        in database: Database
    ) throws -> [ExactText: [String]] {
        guard paths.contains(where: { $0.utf8.contains(UInt8(ascii: "=")) }) else { return [:] }
        let documents = try String.fetchAll(
            database,
            sql: "SELECT document FROM version WHERE record_row = ?",
            arguments: [row]
        )
        var names: [ExactText: [String]] = [:]
        for text in documents {
            let document = try CanonicalJSON.decode(RecordDocument.self, from: Data(text.utf8))
            for file in document.files where file.nameBytes != nil { names[ExactText(file.path)] = file.searchedNames }
        }
        return names
    }

    private static func upsertSearchText(
        _ document: RecordDocument,
        row: Int64,
        in database: Database
    ) throws {
        let said = document.description
        let names: String
        if document.version == 1 {
            names = document.files.flatMap(\.searchedNames).joined(separator: "\n")
        } else {
            let paths = try String.fetchAll(
                database,
                sql: "SELECT DISTINCT path FROM file WHERE record_row = ? ORDER BY version, path",
                arguments: [row]
            )
            let foreign = try foreignNames(paths, row: row, in: database)
            names = paths.flatMap { foreign[ExactText($0)] ?? [$0.behind("files/") ?? $0] }.joined(separator: "\n")
        }
        let sql =
            document.version == 1
            ? """
            INSERT INTO search_text (record, year, title, number, unit, signer, note, files, location, row_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
            : """
            UPDATE search_text SET record = ?, year = ?, title = ?, number = ?, unit = ?, signer = ?, note = ?,
                files = ?, location = ? WHERE row_id = ?
            """
        try database.cachedStatement(sql: sql).execute(arguments: [
            document.id, String(said.year), said.title, said.number ?? "", said.unit, said.signer ?? "",
            said.note ?? "", names, said.location ?? "", row,
        ])
    }

    private static func insertPackage(_ event: Event, into database: Database) throws {
        let detail = event.detail
        try database.execute(
            sql: "INSERT INTO package (seq, name, format, digest, bytes, records, kept) VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                event.seq, detail["name"]?.text ?? "", detail["format"]?.text ?? "",
                Data(Hex.bytes(detail["sha512"]?.text ?? "")), detail["bytes"]?.number ?? 0,
                detail["records"]?.list?.count ?? 0, detail["kept"] == .boolean(true) ? 1 : 0,
            ]
        )
    }
}

/// Hexadecimal digits, as the model writes digests, and bytes, as the catalogue keeps them.
enum Hex {
    /// The bytes of lower-case digits; what is no digit counts as 0, so that a damaged digest stays a wrong one.
    static func bytes(_ text: String) -> [UInt8] {
        let digits = text.utf8.map { digit -> UInt8 in
            switch digit {
            case 48...57: digit - 48
            case 97...102: digit - 87
            default: 0
            }
        }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// Lower-case digits.
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
