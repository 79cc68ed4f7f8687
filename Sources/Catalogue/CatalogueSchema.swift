import Foundation
import GRDB
import RecordsModel

/// What a catalogue may hold: the tables, indexes and views that the migrations make, and nothing else.
///
/// A trigger, a view in the place of a table or one more table is not ours, whoever put it there: such a file is not asked.
enum CatalogueSchema {
    /// Migrations by name, in order; one numbered file of `Schemas/catalogue` each, never edited once published.
    private static let migrations: [(name: String, sql: [UInt8])] = [
        ("001-records", PackageResources._01_records_sql),
        ("002-accessions", PackageResources._02_accessions_sql),
        ("003-retention", PackageResources._03_retention_sql),
        ("004-disposal", PackageResources._04_disposal_sql),
        ("005-retention-pages", PackageResources._05_retention_pages_sql),
        ("006-reading", PackageResources._06_reading_sql),
        ("007-search", PackageResources._07_search_sql),
        ("008-anchors", PackageResources._08_anchors_sql),
        ("009-places", PackageResources._09_places_sql),
        ("010-states", PackageResources._10_states_sql),
        ("011-whole-rows", PackageResources._11_whole_rows_sql),
        ("012-erasure", PackageResources._12_erasure_sql),
    ]

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.name) { database in
                try database.execute(sql: String(decoding: migration.sql, as: UTF8.self))
                if migration.name == "009-places" { try CatalogueDatabase.indexAll(in: database) }
            }
        }
        return migrator
    }

    /// Which catalogues of ours will do.
    enum Allowance {
        /// Of this version only.
        case current
        /// Of an older version too, and one in which nothing is yet.
        case olderOrEmpty
    }

    /// Holds the schema of a file against the migrations' own.
    ///
    /// - Throws: `CatalogueError`: `strange` with what does not belong there, `newer`, or `older`.
    static func requireOurs(in database: Database, allowing allowance: Allowance) throws {
        let found = try parts(in: database)
        if allowance == .olderOrEmpty, found.isEmpty { return }
        let known = migrations.map(\.name)
        // Asked only where it is the table that it should be, and nothing that calls itself so.
        let ledger = "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)"
        guard found.contains(Part(type: "table", name: "grdb_migrations", table: "grdb_migrations", sql: ledger)) else {
            throw strange(found.isEmpty ? "it has no tables" : "it is a database of another program")
        }
        let applied = try String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier")
        if applied.contains(where: { !known.contains($0) }) { throw newer }
        guard applied == Array(known.prefix(applied.count)) else { throw older }
        if applied == known, text(of: found).utf8.elementsEqual(PackageResources.whole_sql) { return }
        // Another version of SQLite may word what it makes for itself in another way: the migrations have the last word.
        let expected = try expected(upTo: applied.last)
        guard found == expected else { throw strange(difference(of: found, from: expected)) }
        if applied != known, allowance == .current { throw older }
    }

    /// One row of the schema.
    struct Part: Hashable {
        let type: String
        let name: String
        let table: String
        let sql: String?
    }

    static func parts(in database: Database) throws -> [Part] {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
        )
        return try rows.map { row in
            // Whatever stands in these columns of a file from elsewhere, it may be no text.
            func text(_ column: Int) throws -> String {
                guard let text = String.fromDatabaseValue(row[column]) else { throw strange("its schema is no text") }
                return text
            }
            let sql: DatabaseValue = row[3]
            return Part(
                type: try text(0),
                name: try text(1),
                table: try text(2),
                sql: sql.isNull ? nil : try text(3)
            )
        }
    }

    /// The schema as one text, of which no two are the same: each part begins with its length.
    static func text(of parts: [Part]) -> String {
        var text = ""
        for part in parts {
            text += "-- \(part.type) \(part.name) on \(part.table), "
            text += part.sql.map { "\($0.utf8.count) bytes\n\($0);\n\n" } ?? "made by SQLite\n\n"
        }
        return text
    }

    /// The schema that the migrations make.
    static func expected(upTo migration: String?) throws -> [Part] {
        guard let migration else { return [] }
        let fresh = try CatalogueConnection(":memory:", .own)
        try migrator.migrate(fresh.queue, upTo: migration)
        return try fresh.queue.read { try parts(in: $0) }
    }

    private static func difference(of found: [Part], from expected: [Part]) -> String {
        var named: [String] = []
        for part in found where !expected.contains(part) {
            let isChanged = expected.contains { $0.type == part.type && $0.name == part.name }
            named.append("the \(part.type.displayed) '\(part.name.displayed)' is \(isChanged ? "another" : "in it")")
        }
        for part in expected where !found.contains(where: { $0.name == part.name }) {
            named.append("the \(part.type) '\(part.name)' is missing")
        }
        let more = named.count > 5 ? ", and \(named.count - 5) more" : ""
        return named.isEmpty ? "its schema is another" : named.prefix(5).joined(separator: ", ") + more
    }

    private static func strange(_ reason: String) -> CatalogueError {
        CatalogueError(
            .strange,
            message: "the catalogue is not one that this program made: \(reason)",
            remedy: "run 'berkas rebuild': it is made anew from the store and the ledger"
        )
    }

    private static let newer = CatalogueError(
        .newer,
        message: "the catalogue was made by a newer version of Berkas",
        remedy: "install that version, or run 'berkas rebuild' to make it anew with this one"
    )

    private static let older = CatalogueError(
        .older,
        message: "the catalogue was not finished or is of an older version",
        remedy: "run 'berkas rebuild': it is made anew from the store and the ledger"
    )
}
