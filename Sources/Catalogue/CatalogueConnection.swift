import CSQLite
import FileSafety
import GRDB
import Synchronization

/// One connection to SQLite, with what keeps others out of its way and what ends it.
///
/// **Readers write nothing.** A question opens the file for reading, takes no lock of SQLite's, and has no shared memory beside
/// it: the index of a write-ahead log is built in its own memory. What makes that safe is the mark on the folder (`FolderMark`):
/// whoever reads shares it, and the one who writes folds the log into the file only where nobody does. Until then it only adds
/// to the log, behind what a reader has seen.
final class CatalogueConnection: Sendable {
    let queue: DatabaseQueue
    private let mark: FolderMark?
    private let isWriter: Bool
    private let stop: Stop
    private let isClosed = Atomic(false)

    /// Asked by SQLite every few thousand steps whether to go on.
    final class Stop: Sendable {
        let isAsked: @Sendable () -> Bool

        init(_ isAsked: @escaping @Sendable () -> Bool) { self.isAsked = isAsked }
    }

    /// Opens SQLite.
    ///
    /// - Parameters:
    ///   - name: a path, `:memory:`, or a URI.
    ///   - kind: what it is for.
    ///   - mark: the mark of the folder that the file lies in, which this connection drops.
    ///   - isInterrupted: whether a question must end.
    /// - Throws: `DatabaseError`.
    init(
        _ name: String,
        _ kind: CatalogueDefence.Kind,
        mark: FolderMark? = nil,
        isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) throws {
        self.mark = mark
        isWriter = kind == .writing
        let stop = Stop(isInterrupted)
        self.stop = stop
        queue = try DatabaseQueue(
            path: name,
            configuration: CatalogueDefence.configuration(kind, folder: mark?.number, stop: stop)
        )
    }

    deinit { try? close() }

    /// Writes the file anew out of what is there; SQLite attaches the new one for it, which nothing else may do.
    ///
    /// - Throws: `DatabaseError`.
    func vacuum() throws {
        try queue.writeWithoutTransaction { database in
            guard let connection = unsafe database.sqliteConnection else { return }
            let limit = unsafe sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 1)
            defer { _ = unsafe sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, limit) }
            try database.execute(sql: "VACUUM")
        }
    }

    /// Folds the write-ahead log into the file and cuts it to nothing; not while somebody reads.
    ///
    /// - Returns: whether nothing of it is left.
    func cutLog() -> Bool {
        queue.writeWithoutTransaction { database in
            guard let connection = unsafe database.sqliteConnection else { return false }
            return unsafe berkas_sqlite_cut_log(mark?.number ?? -1, connection, nil) == SQLITE_OK
        }
    }

    /// Closes the connection; a writer folds the write-ahead log into the file where nobody reads.
    func close() throws {
        guard !isClosed.exchange(true, ordering: .sequentiallyConsistent) else { return }
        defer { mark?.drop() }
        if isWriter {
            let keepsLog: CInt = mark?.takeAlone() == .busy ? 1 : 0
            queue.writeWithoutTransaction { database in
                guard let connection = unsafe database.sqliteConnection else { return }
                _ = unsafe berkas_sqlite_keep_log(connection, keepsLog)
            }
        }
        try queue.close()
    }
}
