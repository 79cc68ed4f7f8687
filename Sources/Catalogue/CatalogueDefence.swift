import CSQLite
import GRDB

/// How SQLite is set so that a catalogue from elsewhere can do nothing but be read.
enum CatalogueDefence {
    /// What a connection is for.
    enum Kind: Hashable, Sendable {
        /// The catalogue of a home, by the one who holds its lock.
        case writing
        /// The file alone, by one who writes nothing.
        case reading
        /// The file and its write-ahead log, by one who writes nothing.
        case readingLog
        /// A catalogue of this connection's own, in memory or in a file that goes with it.
        case own
        /// The same, beside which another catalogue is opened.
        case comparing
    }

    /// What a statement, a value or a text may be at the most: far above what this program asks for.
    private static let limits: [(CInt, CInt)] = [
        (SQLITE_LIMIT_LENGTH, 256 << 20), (SQLITE_LIMIT_SQL_LENGTH, 1 << 20), (SQLITE_LIMIT_COLUMN, 200),
        (SQLITE_LIMIT_EXPR_DEPTH, 200), (SQLITE_LIMIT_COMPOUND_SELECT, 50), (SQLITE_LIMIT_FUNCTION_ARG, 100),
        (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 10_000), (SQLITE_LIMIT_TRIGGER_DEPTH, 1), (SQLITE_LIMIT_WORKER_THREADS, 0),
    ]

    /// The layer over the file system through which a file and its log are read, made known to SQLite.
    static let readingLayer: String = {
        // Where it cannot be made known, opening says that there is no such layer.
        _ = berkas_sqlite_register_reading()
        return "berkas-reading"
    }()

    /// The settings of a connection; all of them stand before SQLite reads the first byte.
    static func configuration(_ kind: Kind, folder: CInt?, stop: CatalogueConnection.Stop) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        configuration.label = "catalogue"
        configuration.readonly = kind == .reading || kind == .readingLog
        configuration.prepareDatabase { database in
            guard let connection = unsafe database.sqliteConnection else { return }
            guard unsafe berkas_sqlite_distrust(connection) == SQLITE_OK,
                unsafe berkas_sqlite_keep_log(connection, kind == .own || kind == .comparing ? 0 : 1) == SQLITE_OK
            else {
                throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "SQLite cannot be set to distrust a file")
            }
            for (limit, most) in limits { _ = unsafe sqlite3_limit(connection, limit, most) }
            _ = unsafe sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, kind == .comparing ? 1 : 0)
            if kind != .writing {
                // A group that was begun is carried to its end: only questions stop in the middle.
                let asked = unsafe Unmanaged.passUnretained(stop).toOpaque()
                unsafe sqlite3_progress_handler(connection, 1000, { unsafe CatalogueDefence.mustStop($0) }, asked)
            }
            if kind == .writing {
                unsafe berkas_sqlite_fold_behind_commits(connection, folder ?? -1)
            }
            try database.execute(sql: "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0")
            switch kind {
            // The rest once its schema was looked at.
            // A record goes into a dozen indexes at places far apart: 32 MiB of pages are kept, not the 2 of SQLite.
            case .writing: try database.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768")
            case .reading: try database.execute(sql: "PRAGMA temp_store = MEMORY")
            // Nobody else's connection: the index of the log lies in this one's memory.
            case .readingLog: try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY")
            case .own: break
            // Of what is opened beside it.
            case .comparing: try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            }
            database.add(tokenizer: IndonesianTokenizer.self)
        }
        return configuration
    }

    private static func mustStop(_ asked: UnsafeMutableRawPointer?) -> CInt {
        guard let asked = unsafe asked else { return 0 }
        return unsafe Unmanaged<CatalogueConnection.Stop>.fromOpaque(asked).takeUnretainedValue().isAsked() ? 1 : 0
    }
}
