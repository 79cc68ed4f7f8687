import Foundation
import GRDB

/// Words that came and went in a transaction, counted once for all of it.
struct WordTally {
    private var changes: [String: Int] = [:]

    /// What was counted.
    var counts: [String: Int] { changes }

    /// Counts each word of a text once.
    mutating func add(_ text: String, by count: Int = 1) {
        var seen: Set<[UInt8]> = []
        for word in WordScanner.words(of: text)
        where NearWords.isKept(word) && !word.isBeside && seen.insert(word.form).inserted {
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
    private static let fields = "record, year, title, number, unit, signer, note, files, location, facets"

    // MARK: - Descriptions

    /// Enters the description of a record into the index; its rows in `record` and `search_text` are there.
    static func indexDescription(row: Int64, in database: Database, _ words: inout WordTally) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO search_index (rowid, \(fields)) SELECT row_id, \(fields) FROM record_words WHERE row_id = ?
                """
        ).execute(arguments: [row])
        words.add(try description(row: row, in: database))
    }

    /// Takes the description of a record out of the index; its rows are still there, unchanged.
    static func unindexDescription(row: Int64, in database: Database, _ words: inout WordTally) throws {
        words.add(try description(row: row, in: database), by: -1)
        try database.cachedStatement(
            sql: """
                INSERT INTO search_index (search_index, rowid, \(fields))
                SELECT 'delete', row_id, \(fields) FROM record_words WHERE row_id = ?
                """
        ).execute(arguments: [row])
    }

    private static func description(row: Int64, in database: Database) throws -> String {
        let statement = try database.cachedStatement(
            sql: """
                SELECT title || char(10) || unit || char(10) || signer || char(10) || note || char(10) || files
                    || char(10) || location
                FROM search_text WHERE row_id = ?
                """
        )
        return try String.fetchOne(statement, arguments: [row]) ?? ""
    }

    // MARK: - Pages

    /// Enters pages of a record into the index, with its description: what was read of its contents, or of one of them.
    ///
    /// Each content stands under the version in which the record had it first.
    static func indexPages(of record: Int64, content: Data? = nil, in database: Database) throws {
        let filings = try Row.fetchAll(
            try database.cachedStatement(
                sql: """
                    SELECT reading.row_id, file.version, (SELECT count(*) FROM file AS other
                        WHERE other.record_row = file.record_row AND other.version = file.version AND other.path < file.path)
                    FROM file CROSS JOIN reading ON reading.digest = file.digest
                    WHERE file.record_row = ? ORDER BY file.version, file.path
                    """
            ),
            arguments: [record]
        )
        let wanted = try content.map { try readingRow(of: $0, in: database) }
        var seen: Set<Int64> = []
        for filing in filings {
            let (reading, version, place): (Int64, Int64, Int64) = (filing[0], filing[1], filing[2])
            guard seen.insert(reading).inserted, wanted == nil || wanted == reading else { continue }
            let first = (record << 24 | min(version, 4095) << 12 | min(place, 4095)) * pagesPerReading
            // Two files behind the 4,095th could fall together; the first of them is found.
            try database.cachedStatement(
                sql: """
                    INSERT OR IGNORE INTO page_entry (row_id, page_row) SELECT ? + page, row_id FROM page_text
                    WHERE row_id BETWEEN ? AND ?
                    """
            ).execute(arguments: [first] + pages(of: reading))
            try database.cachedStatement(
                sql: """
                    INSERT INTO page_index (rowid, text, description, facets)
                    SELECT row_id, text, description, facets FROM page_words WHERE row_id BETWEEN ? AND ?
                    """
            ).execute(arguments: [first, first + pagesPerReading - 1])
        }
    }

    /// Takes pages of a record out of the index, all or those of one content; all of its rows are still as they were entered.
    static func unindexPages(of record: Int64, content: Data? = nil, in database: Database) throws {
        let all: StatementArguments = [record << pageBits, (record + 1) << pageBits - 1]
        var pages: StatementArguments = [Int64.min, Int64.max]
        if let content {
            guard let reading = try readingRow(of: content, in: database) else { return }
            pages = Self.pages(of: reading)
        }
        try database.cachedStatement(
            sql: """
                INSERT INTO page_index (page_index, rowid, text, description, facets)
                SELECT 'delete', page_words.row_id, text, description, facets FROM page_words
                JOIN page_entry ON page_entry.row_id = page_words.row_id
                WHERE page_words.row_id BETWEEN ? AND ? AND page_entry.page_row BETWEEN ? AND ?
                """
        ).execute(arguments: all + pages)
        try database.cachedStatement(
            sql: "DELETE FROM page_entry WHERE row_id BETWEEN ? AND ? AND page_row BETWEEN ? AND ?"
        ).execute(arguments: all + pages)
    }

    /// The records that have a content.
    static func records(with content: Data, in database: Database) throws -> [Int64] {
        let statement = try database.cachedStatement(
            sql: "SELECT DISTINCT record_row FROM file WHERE digest = ? ORDER BY record_row"
        )
        return try Int64.fetchAll(statement, arguments: [content])
    }

    /// The row of what was read of a content; nil where nothing was.
    private static func readingRow(of digest: Data, in database: Database) throws -> Int64? {
        let statement = try database.cachedStatement(sql: "SELECT row_id FROM reading WHERE digest = ?")
        return try Int64.fetchOne(statement, arguments: [digest])
    }

    private static func pages(of reading: Int64) -> StatementArguments {
        [reading * pagesPerReading, (reading + 1) * pagesPerReading - 1]
    }

    // MARK: - All of it

    /// Fills the indexes of a catalogue that was made without them.
    static func indexAll(in database: Database) throws {
        try database.execute(sql: "INSERT INTO search_index (search_index) VALUES ('rebuild')")
        let records = try Int64.fetchAll(
            database,
            sql: "SELECT DISTINCT record_row FROM file JOIN reading USING (digest) ORDER BY record_row"
        )
        for record in records { try indexPages(of: record, in: database) }
        try tally(in: database).enter(into: database)
    }

    /// Counts the words of all descriptions and pages.
    private static func tally(in database: Database) throws -> WordTally {
        var words = WordTally()
        for row in try Int64.fetchAll(database, sql: "SELECT row_id FROM search_text") {
            words.add(try description(row: row, in: database))
        }
        let pages = try Row.fetchCursor(database, sql: "SELECT text FROM page_text")
        while let page = try pages.next() { words.add(page[0]) }
        return words
    }

    /// Whether the vocabulary holds the words that there are, and no other.
    static func hasTrueVocabulary(in database: Database) throws -> Bool {
        var counts = try tally(in: database).counts
        var trigrams = 0
        let rows = try Row.fetchCursor(database, sql: "SELECT word, pages FROM vocabulary")
        while let row = try rows.next() {
            let word: String = row[0]
            guard counts.removeValue(forKey: word) == row[1] else { return false }
            trigrams += NearWords.trigrams(of: word).count
        }
        let there = try Int.fetchOne(database, sql: "SELECT count(*) FROM vocabulary_trigram")
        return counts.isEmpty && trigrams == there
    }
}
