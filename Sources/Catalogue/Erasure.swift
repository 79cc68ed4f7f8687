import GRDB

/// What removed records leave in the file, and how it goes.
extension CatalogueDatabase {
    /// Remembers that words of a removed record may stand in the file.
    static func markErasureOwed(in database: Database) throws {
        try database.cachedStatement(sql: "INSERT OR IGNORE INTO erasure_owed (only) VALUES (1)").execute()
    }

    /// Whether words of removed records may still stand in the file.
    package func owesErasure() throws -> Bool {
        var owes = false
        try each("SELECT 1 FROM erasure_owed", []) { _ in owes = true }
        return owes
    }

    /// Erases what removed records left in the file, where anything is owed: words in the indexes, and the bytes of pages.
    ///
    /// SQLite only marks what is deleted as free, and the indexes keep deleted words until they are merged. So both are
    /// merged, the file is written anew out of what is there (<https://www.sqlite.org/lang_vacuum.html>), which needs its
    /// size once more on the disk, and the write-ahead log is cut to nothing.
    ///
    /// - Returns: whether nothing is owed any more; false while another process reads.
    /// - Throws: `CatalogueError`, `noSpace` above all: then it is still owed.
    package func eraseRemoved() throws -> Bool {
        guard try owesErasure() else { return true }
        return try Self.translated {
            try queue.write { database in
                for index in ["search_index", "page_index"] {
                    try database.execute(sql: "INSERT INTO \(index) (\(index)) VALUES ('optimize')")
                }
            }
            try connection.vacuum()
            guard connection.cutLog() else { return false }
            try queue.write { try $0.execute(sql: "DELETE FROM erasure_owed") }
            return true
        }
    }
}
