import Foundation
import GRDB
package import SystemPackage

/// The index of an archive home in SQLite.
///
/// Holds nothing that the store, the ledger and the policy files do not: delete it, rebuild it, and every answer is the
/// same. One connection; write-ahead log, so that a reader never waits for a writer.
package struct CatalogueDatabase: Sendable {
    let queue: DatabaseQueue
    /// Where the file lies; nil for a catalogue in memory.
    package let path: FilePath?

    private init(queue: DatabaseQueue, path: FilePath?) {
        self.queue = queue
        self.path = path
    }

    /// Opens a catalogue for reading and writing, and makes or migrates it where needed.
    ///
    /// - Throws: `CatalogueError`: `damaged`, `newer`, `readOnly` or `noSpace`.
    package static func open(_ path: FilePath) throws -> CatalogueDatabase {
        try translated {
            var configuration = Self.configuration
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
            }
            let queue = try DatabaseQueue(path: path.string, configuration: configuration)
            try migrate(queue)
            return CatalogueDatabase(queue: queue, path: path)
        }
    }

    /// Opens a catalogue that is there for reading, also on a disk that cannot be written to.
    ///
    /// - Throws: `CatalogueError`: `damaged` or `newer`.
    package static func openForReading(_ path: FilePath) throws -> CatalogueDatabase {
        do {
            let queue = try DatabaseQueue(path: path.string, configuration: configuration)
            try requireKnown(queue)
            return CatalogueDatabase(queue: queue, path: path)
        } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
            // A write-ahead log cannot be opened beside a file on a read-only disk; nobody writes there, so that the
            // file alone is the whole database (https://www.sqlite.org/uri.html, "immutable").
            return try translated {
                var configuration = Self.configuration
                configuration.readonly = true
                let queue = try DatabaseQueue(path: immutable(path), configuration: configuration)
                try requireKnown(queue)
                return CatalogueDatabase(queue: queue, path: path)
            }
        } catch let error as DatabaseError {
            throw Self.error(for: error)
        }
    }

    /// The URI of a file that nobody writes to.
    static func immutable(_ path: FilePath) -> String {
        let allowed = CharacterSet.urlPathAllowed.subtracting(CharacterSet(charactersIn: "?#"))
        let escaped = path.string.addingPercentEncoding(withAllowedCharacters: allowed) ?? path.string
        return "file:\(escaped)?immutable=1"
    }

    /// A catalogue of nothing, in memory: what a home without records answers from.
    package static func empty() throws -> CatalogueDatabase { try empty(path: ":memory:") }

    static func empty(path: String) throws -> CatalogueDatabase {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try migrate(queue)
        return CatalogueDatabase(queue: queue, path: nil)
    }

    /// Closes the connection; the write-ahead log is folded into the file.
    package func close() throws { try queue.close() }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        configuration.label = "catalogue"
        configuration.prepareDatabase { $0.add(tokenizer: IndonesianTokenizer.self) }
        return configuration
    }

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
    ]

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.name) { database in
                try database.execute(sql: String(decoding: migration.sql, as: UTF8.self))
                if migration.name == "007-search" { try indexAll(in: database) }
            }
        }
        return migrator
    }

    private static func migrate(_ queue: DatabaseQueue) throws {
        let migrator = migrator
        let isNewer = try queue.read { try migrator.hasBeenSuperseded($0) }
        guard !isNewer else { throw newer }
        try migrator.migrate(queue)
    }

    private static func requireKnown(_ queue: DatabaseQueue) throws {
        let applied = try queue.read { database in
            try database.tableExists("grdb_migrations")
                ? String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier") : []
        }
        let known = migrations.map(\.name)
        guard applied != known else { return }
        if applied.contains(where: { !known.contains($0) }) { throw newer }
        throw CatalogueError(
            .older,
            message: "the catalogue was not finished or is of an older version",
            remedy: "run 'berkas rebuild': it is made anew from the store and the ledger"
        )
    }

    private static let newer = CatalogueError(
        .newer,
        message: "the catalogue was made by a newer version of Berkas",
        remedy: "install that version, or run 'berkas rebuild' to make it anew with this one"
    )

    /// Runs a call to SQLite and says what went wrong in words of ours; arguments are never shown.
    static func translated<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw Self.error(for: error)
        }
    }

    private static func error(for error: DatabaseError) -> CatalogueError {
        let text = error.message ?? error.resultCode.description
        switch error.resultCode {
        case .SQLITE_FULL:
            return CatalogueError(
                .noSpace,
                message: "the catalogue cannot be written: the disk is full",
                remedy: "free some space on that disk, then run the same command again: it carries on"
            )
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
            return CatalogueError(
                .readOnly,
                message: "the catalogue cannot be opened for writing: \(text)",
                remedy: "make the home writable, or copy it to a disk that is"
            )
        default:
            return CatalogueError(
                .damaged,
                message: "the catalogue cannot be used: \(text)",
                remedy: "run 'berkas rebuild': it is made anew from the store and the ledger"
            )
        }
    }
}
