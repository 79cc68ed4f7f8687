import FileSafety
import GRDB
package import SystemPackage

/// A row in which two catalogues differ.
package struct CatalogueDifference: Hashable, Sendable {
    /// The table.
    package let table: String
    /// What the row is about: a record's id, an event, a package.
    package let subject: String
    /// Whether the row is in the catalogue and not in the truth; else the reverse.
    package let isExtra: Bool
}

extension CatalogueDatabase {
    /// A catalogue in a temporary file that SQLite removes by itself.
    ///
    /// Another one can be held against it.
    package static func temporary(isInterrupted: @escaping @Sendable () -> Bool = { false }) throws -> CatalogueDatabase
    {
        try own("", .comparing, isInterrupted: isInterrupted)
    }

    /// The questions that compare two catalogues: each row begins with what it is about.
    ///
    /// Row ids stay out, since a
    /// record's id says the same, so that only what a person could ask differs.
    private static let comparisons: [(table: String, sql: String)] = [
        (
            "record",
            """
            SELECT id, year, sequence, head, step, type, unit, title, number, date, signer, signature, classification,
                access, location, label, note, files, bytes, received, received_by, object, classified,
                removed FROM %.record
            """
        ),
        ("schedule", "SELECT 'event ' || seq, digest, adopted, authority, file FROM %.schedule"),
        ("trigger_event", "SELECT record, seq, part, kind, date, corrected_by FROM %.trigger_event"),
        ("act", "SELECT 'event ' || seq FROM %.act"),
        ("held", "SELECT record, hold FROM %.held"),
        ("counting", "SELECT 'event ' || seq FROM %.counting"),
        (
            "version",
            """
            SELECT id, version, document, document_digest, inventory_digest FROM %.version
            JOIN %.record ON row_id = record_row
            """
        ),
        ("file", "SELECT id, version, path, size, digest FROM %.file JOIN %.record ON row_id = record_row"),
        (
            "removed_file",
            "SELECT id, version, path, size, digest FROM %.removed_file JOIN %.record ON row_id = record_row"
        ),
        ("event", "SELECT coalesce(record, 'event ' || seq), seq, event, line FROM %.event"),
        ("package", "SELECT name, seq, format, digest, bytes, records, kept FROM %.package"),
        ("reading_anchor", "SELECT 'content ' || lower(hex(digest)), anchor FROM %.reading_anchor"),
        ("search", "SELECT record, year, title, number, unit, signer, note, files, location FROM %.search_text"),
    ]

    /// Holds a catalogue file against this one, which was made from the truth just now.
    ///
    /// - Parameters:
    ///   - kept: the file.
    ///   - limit: how many differences a table at the most.
    /// - Returns: the rows that one has and the other lacks.
    /// - Throws: `CatalogueError`, code `damaged`, where the file cannot be read as a catalogue.
    package func differences(from kept: FilePath, limit: Int = 1000) throws -> [CatalogueDifference] {
        let mark = try? FolderMark(kept.removingLastComponent())
        _ = mark?.share()
        defer { withExtendedLifetime(mark) {} }
        let place = try CatalogueFile(kept).reading()
        return try Self.translated {
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "ATTACH DATABASE ? AS kept", arguments: [place.uri])
                var found: [CatalogueDifference] = []
                for (table, sql) in Self.comparisons {
                    let truth = sql.replacing("%", with: "main")
                    let there = sql.replacing("%", with: "kept")
                    for (first, second, isExtra) in [(truth, there, false), (there, truth, true)] {
                        let rows = try Row.fetchAll(database, sql: "\(first) EXCEPT \(second) LIMIT \(limit)")
                        found += rows.map { CatalogueDifference(table: table, subject: $0[0], isExtra: isExtra) }
                    }
                }
                try database.execute(sql: "DETACH DATABASE kept")
                return found
            }
        }
    }

    /// Asks SQLite whether the file and the full-text index are whole; returns what it says is wrong.
    ///
    /// A file that is open for reading is looked at in a copy, since the index's own check asks for a connection that writes.
    package func integrityFaults(isInterrupted: @escaping @Sendable () -> Bool = { false }) throws -> [String] {
        if queue.configuration.readonly {
            let copy = try copied(isInterrupted: isInterrupted)
            defer { try? copy.close() }
            return try copy.integrityFaults(isInterrupted: isInterrupted)
        }
        var faults: [String] = []
        try each("PRAGMA quick_check(10)", []) { row in
            let text: String = row[0]
            if text != "ok" { faults.append(text) }
        }
        let indexes = [("search_index", "the descriptions"), ("page_index", "the texts")]
        for (index, what) in indexes {
            try Self.translated {
                do {
                    // Rank 1: the index against its own structure and against the content table.
                    try queue.write { database in
                        try database.execute(sql: "INSERT INTO \(index) (\(index), rank) VALUES ('integrity-check', 1)")
                    }
                } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
                    faults.append("the full-text index does not fit \(what)")
                }
            }
        }
        let isTrue = try Self.translated { try queue.read { try Self.hasTrueVocabulary(in: $0) } }
        if !isTrue { faults.append("the words that near misses are looked for among are not those of the records") }
        return faults
    }

    /// The packages, in the order in which they were made.
    package func packages() throws -> [PackageRow] {
        var rows: [PackageRow] = []
        try each("SELECT seq, name, lower(hex(digest)), bytes, kept FROM package ORDER BY seq", []) { row in
            rows.append(PackageRow(seq: row[0], name: row[1], sha512: row[2], bytes: row[3], isKept: row[4]))
        }
        return rows
    }

    /// A package as the catalogue knows it.
    package struct PackageRow: Hashable, Sendable {
        /// The place of its event in the ledger.
        package let seq: Int
        /// Its file name.
        package let name: String
        /// SHA-512 of the file, hexadecimal.
        package let sha512: String
        /// Length in bytes.
        package let bytes: Int
        /// Whether it lies in `packages/` of the home.
        package let isKept: Bool
    }
}
