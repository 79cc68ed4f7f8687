import FileSafety
import Foundation
import GRDB
package import SystemPackage

/// The index of an archive home in SQLite.
///
/// Holds nothing that the store, the ledger and the policy files do not: delete it, rebuild it, and every answer is the
/// same. One connection; write-ahead log, so that a reader never waits for a writer. The file is not believed: see
/// `CatalogueDefence` for what it may do, and `CatalogueSchema` for what it may hold.
package struct CatalogueDatabase: Sendable {
    let connection: CatalogueConnection
    /// Where the file lies; nil for a catalogue in memory.
    package let path: FilePath?

    var queue: DatabaseQueue { connection.queue }

    init(_ connection: CatalogueConnection, path: FilePath?) {
        self.connection = connection
        self.path = path
    }

    /// Opens a catalogue for reading and writing, and makes or migrates it where needed.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - isInPlace: whether others may read it there; else closing it leaves nothing beside it, whoever reads in the folder.
    /// - Returns: the catalogue.
    /// - Throws: `CatalogueError`: `damaged`, `strange`, `newer`, `readOnly`, `noSpace`, `noLocks` or `busy`;
    ///   `FileSafetyError` where something other than a file stands there.
    package static func open(_ path: FilePath, isInPlace: Bool = true) throws -> CatalogueDatabase {
        let file = try CatalogueFile(path)
        try file.requireWritable()
        return try translated {
            let mark = isInPlace ? try? FolderMark(path.removingLastComponent()) : nil
            let connection = try CatalogueConnection(file.uri, .writing, mark: mark)
            try connection.queue.writeWithoutTransaction { database in
                try CatalogueSchema.requireOurs(in: database, allowing: .olderOrEmpty)
                try database.execute(sql: "PRAGMA journal_mode = WAL")
            }
            try CatalogueSchema.migrator.migrate(connection.queue)
            return CatalogueDatabase(connection, path: path)
        }
    }

    /// Opens a catalogue that is there for asking, and writes nothing: neither in the file nor beside it.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - isInterrupted: asked again and again whether the question must end, whatever SQLite is doing.
    /// - Returns: the catalogue.
    /// - Throws: `CatalogueError`: `damaged`, `strange`, `older`, `newer` or `busy`; `FileSafetyError` where something other
    ///   than a file stands there.
    package static func openForReading(
        _ path: FilePath,
        isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) throws -> CatalogueDatabase {
        try open(path, allowing: .current, isInterrupted: isInterrupted)
    }

    /// Whether a file is a catalogue of an older version, or nothing yet: what a writer carries over.
    package static func isCarriable(_ path: FilePath) -> Bool {
        let catalogue = try? open(path, allowing: .olderOrEmpty, isInterrupted: { false })
        try? catalogue?.close()
        return catalogue != nil
    }

    /// A copy of a catalogue of an older version, brought to this one; the file stays as it is.
    ///
    /// - Throws: as `openForReading`.
    package static func carriedOver(
        _ path: FilePath,
        isInterrupted: @escaping @Sendable () -> Bool
    ) throws -> CatalogueDatabase {
        let older = try open(path, allowing: .olderOrEmpty, isInterrupted: isInterrupted)
        let copy = try older.copied(isInterrupted: isInterrupted)
        try older.close()
        try translated { try CatalogueSchema.migrator.migrate(copy.queue) }
        return copy
    }

    private static func open(
        _ path: FilePath,
        allowing allowance: CatalogueSchema.Allowance,
        isInterrupted: @escaping @Sendable () -> Bool
    ) throws -> CatalogueDatabase {
        let mark = try? FolderMark(path.removingLastComponent())
        guard mark?.share() != .busy else {
            throw CatalogueError(
                .busy,
                message: "the catalogue is being rewritten by another process",
                remedy: "run the same command again"
            )
        }
        // A rebuild may put another file in its place between the looks at it and at its log.
        for _ in 0..<20 {
            let file = try CatalogueFile(path)
            let place = try file.reading()
            let opened = try translated { () throws -> CatalogueDatabase? in
                let connection = try CatalogueConnection(
                    place.uri,
                    place.hasLog ? .readingLog : .reading,
                    mark: mark,
                    isInterrupted: isInterrupted
                )
                try connection.queue.read { try CatalogueSchema.requireOurs(in: $0, allowing: allowance) }
                return try CatalogueFile(path) == file ? CatalogueDatabase(connection, path: path) : nil
            }
            if let opened { return opened }
            guard mark?.share() != .busy else { break }
        }
        throw CatalogueError(
            .busy,
            message: "the catalogue is being replaced again and again",
            remedy: "run the same command again"
        )
    }

    /// A catalogue of nothing, in memory: what a home without records answers from.
    package static func empty(isInterrupted: @escaping @Sendable () -> Bool = { false }) throws -> CatalogueDatabase {
        try own(":memory:", .own, isInterrupted: isInterrupted)
    }

    static func own(
        _ name: String,
        _ kind: CatalogueDefence.Kind,
        isInterrupted: @escaping @Sendable () -> Bool
    ) throws -> CatalogueDatabase {
        try translated {
            let connection = try CatalogueConnection(name, kind, isInterrupted: isInterrupted)
            try CatalogueSchema.migrator.migrate(connection.queue)
            return CatalogueDatabase(connection, path: nil)
        }
    }

    /// Above how many bytes a copy is not made in memory but in a file of SQLite's own, which goes with the connection.
    private static let mostInMemory = 256 << 20

    /// A copy that may be written to; the file stays as it is.
    ///
    /// - Throws: `CatalogueError`.
    package func copied(isInterrupted: @escaping @Sendable () -> Bool = { false }) throws -> CatalogueDatabase {
        try Self.translated {
            if isInterrupted() { throw Self.interrupted }
            let bytes = try queue.read { database in
                try Int.fetchOne(
                    database,
                    sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
                ) ?? 0
            }
            let copy = try CatalogueConnection(
                bytes > Self.mostInMemory ? "" : ":memory:",
                .own,
                isInterrupted: isInterrupted
            )
            try queue.backup(to: copy.queue, pagesPerStep: 4096) { _ in
                if isInterrupted() { throw Self.interrupted }
            }
            return CatalogueDatabase(copy, path: nil)
        }
    }

    /// Closes the connection; the write-ahead log is folded into the file where nobody reads it.
    package func close() throws { try connection.close() }

    // MARK: - What went wrong

    static let interrupted = CatalogueError(
        .interrupted,
        message: "interrupted; nothing was changed",
        remedy: "run the same command again"
    )

    /// Runs a call to SQLite and says what went wrong in words of ours; arguments are never shown.
    static func translated<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw Self.error(for: error)
        } catch is CancellationError {
            throw interrupted
        }
    }

    private static func error(for error: DatabaseError) -> CatalogueError {
        let text = error.message ?? error.resultCode.description
        switch error.resultCode {
        case .SQLITE_INTERRUPT:
            return interrupted
        // SQLite has another word for a full disk where the index of its log has no room.
        case _ where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE, .SQLITE_FULL:
            return CatalogueError(
                .noSpace,
                message: "the catalogue cannot be written: disk full",
                remedy: "free some space on that disk, then run the same command again: it carries on"
            )
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
            return CatalogueError(
                .readOnly,
                message: "the catalogue cannot be opened for writing: \(text)",
                remedy: "make the home writable, or copy it to a disk that is"
            )
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return CatalogueError(
                .busy,
                message: "the catalogue is held by another program: \(text)",
                remedy: "close that program, then run the same command again"
            )
        case .SQLITE_IOERR:
            return CatalogueError(
                .device,
                message: "the disk did not give up the catalogue, or did not take it: \(text)",
                remedy: "look at the disk, copy the home to another one and run 'berkas verify' there"
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
