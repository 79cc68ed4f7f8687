import GRDB

/// Words that came and went in a transaction, counted once for all of it.
struct WordTally {
    private var changes: [String: Int] = [:]

    /// Counts each word of a text once.
    mutating func add(_ text: String, by count: Int = 1) {
        var seen: Set<[UInt8]> = []
        for word in WordScanner.words(of: text) where NearWords.isKept(word) && seen.insert(word.form).inserted {
            changes[String(decoding: word.form, as: UTF8.self), default: 0] += count
        }
    }

    /// Enters what was counted into the vocabulary.
    func enter(into database: Database) throws {
        // Sorted, so that the same changes give the same rows.
        for word in changes.keys.sorted() {
            try NearWords.adjust(word, by: changes[word] ?? 0, in: database)
        }
    }
}

extension CatalogueDatabase {
    private static let fields = "record, year, title, number, unit, signer, note, files"

    // MARK: - Descriptions

    /// Enters the description of a record into the index; its row in `search_text` is there.
    static func indexDescription(row: Int64, in database: Database, _ words: inout WordTally) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO search_index (rowid, \(fields)) SELECT row_id, \(fields) FROM search_text WHERE row_id = ?
                """
        ).execute(arguments: [row])
        words.add(try description(row: row, in: database))
    }

    /// Takes the description of a record out of the index; its row in `search_text` is still there, unchanged.
    static func unindexDescription(row: Int64, in database: Database, _ words: inout WordTally) throws {
        words.add(try description(row: row, in: database), by: -1)
        try database.cachedStatement(
            sql: """
                INSERT INTO search_index (search_index, rowid, \(fields))
                SELECT 'delete', row_id, \(fields) FROM search_text WHERE row_id = ?
                """
        ).execute(arguments: [row])
    }

    private static func description(row: Int64, in database: Database) throws -> String {
        let statement = try database.cachedStatement(
            sql: """
                SELECT title || char(10) || unit || char(10) || signer || char(10) || note || char(10) || files
                FROM search_text WHERE row_id = ?
                """
        )
        return try String.fetchOne(statement, arguments: [row]) ?? ""
    }

    // MARK: - Pages

    /// Enters the text of a page into the index; its row in `page_text` is there.
    static func indexPage(row: Int64, text: String, in database: Database, _ words: inout WordTally) throws {
        try database.cachedStatement(sql: "INSERT INTO page_index (rowid, text) VALUES (?, ?)")
            .execute(arguments: [row, text])
        words.add(text)
    }

    /// Takes the text of a page out of the index.
    static func unindexPage(row: Int64, text: String, in database: Database, _ words: inout WordTally) throws {
        try database.cachedStatement(
            sql: "INSERT INTO page_index (page_index, rowid, text) VALUES ('delete', ?, ?)"
        ).execute(arguments: [row, text])
        words.add(text, by: -1)
    }

    // MARK: - All of it

    /// Fills the indexes of a catalogue that was made without them.
    static func indexAll(in database: Database) throws {
        var words = WordTally()
        for index in ["search_index", "page_index"] {
            try database.execute(sql: "INSERT INTO \(index) (\(index)) VALUES ('rebuild')")
        }
        for row in try Int64.fetchAll(database, sql: "SELECT row_id FROM search_text") {
            words.add(try description(row: row, in: database))
        }
        let pages = try Row.fetchCursor(database, sql: "SELECT text FROM page_text")
        while let page = try pages.next() { words.add(page[0]) }
        try words.enter(into: database)
    }
}
