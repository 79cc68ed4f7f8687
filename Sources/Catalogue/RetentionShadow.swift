import GRDB

/// Dates and holds that were computed just now and stand in front of the stored ones, for one connection and in memory.
///
/// What a reader does where the stored ones are stale and the home cannot be written to: the same questions give the same
/// answers as they would after a write, and nothing on the disk changes.
extension CatalogueDatabase {
    /// Begins with a copy of the stored dates, of which those of some years are left out.
    ///
    /// - Parameter years: the years that `shadowRetention` will be called for.
    /// - Throws: `CatalogueError`.
    package func beginShadow(without years: [Int]) throws {
        try Self.translated {
            try queue.writeWithoutTransaction { database in
                // A temporary table cannot refer to one of the file.
                try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY")
                // Of an earlier question of this connection.
                try database.execute(sql: "DROP TABLE IF EXISTS temp.retention; DROP TABLE IF EXISTS temp.held")
                let parts = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT type, sql FROM main.sqlite_master
                        WHERE tbl_name IN ('retention', 'held') AND sql IS NOT NULL ORDER BY type = 'index'
                        """
                )
                for part in parts {
                    let (type, sql): (String, String) = (part[0], part[1])
                    // Tables and their indexes as the migrations have them, in the schema of this connection alone.
                    try database.execute(
                        sql: type == "table"
                            ? sql.replacing("CREATE TABLE ", with: "CREATE TEMP TABLE ", maxReplacements: 1)
                            : sql.replacing("CREATE INDEX ", with: "CREATE INDEX temp.", maxReplacements: 1)
                    )
                }
                let list = years.map(String.init).joined(separator: ", ")
                try database.execute(
                    sql: """
                        INSERT INTO temp.retention SELECT * FROM main.retention WHERE record_row NOT IN
                            (SELECT row_id FROM main.record WHERE year IN (\(list)));
                        INSERT INTO temp.held SELECT * FROM main.held
                        """
                )
            }
        }
    }

    /// Adds the dates of a year.
    package func shadowRetention(_ rows: [RetentionRow]) throws {
        try shadow { try Self.insert(rows, into: $0) }
    }

    /// Puts what is held in place of what was stored.
    package func shadowHeld(_ held: [(hold: String, record: String)]) throws {
        try shadow { database in
            try database.execute(sql: "DELETE FROM temp.held")
            let insert = try database.cachedStatement(sql: "INSERT INTO temp.held (hold, record) VALUES (?, ?)")
            for (hold, record) in held { try insert.execute(arguments: [hold, record]) }
        }
    }

    private func shadow(_ body: (Database) throws -> Void) throws {
        try Self.translated {
            try queue.writeWithoutTransaction { database in
                try database.inTransaction(.deferred) {
                    try body(database)
                    return .commit
                }
            }
        }
    }

    /// The years that the archive keeps records of, ascending.
    package func years() throws -> [Int] {
        var years: [Int] = []
        try each("SELECT DISTINCT year FROM record WHERE removed IS NULL ORDER BY year", []) { years.append($0[0]) }
        return years
    }
}
