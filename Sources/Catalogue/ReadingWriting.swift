import Foundation
import GRDB
package import RecordsModel

/// What was read from one content, as the catalogue keeps it.
package struct CatalogueReading: Hashable, Sendable {
    /// One page.
    package struct Page: Hashable, Sendable {
        /// The page's number, from 1.
        package let number: Int
        /// The sheet's name.
        package let name: String?
        /// Where the text comes from: `text`, `recognised`, `none`.
        package let source: String
        /// How sure the recognition is: 0 to 100.
        package let confidence: Double?
        /// Whether a person had better look at the picture.
        package let isPoor: Bool
        /// The text.
        package let text: String

        /// A page out of its parts.
        package init(
            number: Int,
            name: String?,
            source: String,
            confidence: Double?,
            isPoor: Bool,
            text: String
        ) {
            self.number = number
            self.name = name
            self.source = source
            self.confidence = confidence
            self.isPoor = isPoor
            self.text = text
        }
    }

    /// SHA-512 of the content, hexadecimal.
    package let digest: String
    /// The format, where it is one that is read.
    package let format: String?
    /// The media type.
    package let mediaType: String
    /// Whether it cannot be read without a password.
    package let isEncrypted: Bool
    /// How many pages it has, where that could be told.
    package let pageCount: Int?
    /// How far it was read: `read`, `doubtful` or `not-read`.
    package let state: String
    /// The reading without its texts: JSON, one line, keys sorted.
    package let line: String
    /// The pages that were read, ascending.
    package let pages: [Page]
    /// SHA-512 of the `reading.json` that it was entered from, hexadecimal; nil where an older version entered it.
    package let anchor: String?

    /// A reading out of its parts.
    package init(
        digest: String,
        format: String?,
        mediaType: String,
        isEncrypted: Bool,
        pageCount: Int?,
        state: String,
        line: String,
        pages: [Page],
        anchor: String? = nil
    ) {
        self.digest = digest
        self.format = format
        self.mediaType = mediaType
        self.isEncrypted = isEncrypted
        self.pageCount = pageCount
        self.state = state
        self.line = line
        self.pages = pages
        self.anchor = anchor
    }
}

extension CatalogueDatabase {
    /// How many pages of one content have a place in the order of rows; a content of more is entered up to there.
    static let pagesPerReading: Int64 = 8192
    /// How far the row of a page in the index is shifted to give that of its record.
    static let pageBits: Int64 = 37

    /// Enters what was read, all of it or nothing; what was entered of the same contents before is replaced.
    ///
    /// Whether a reading is the one that the ledger names is for the caller to have found out; a content counts as read only
    /// where it is.
    ///
    /// - Parameter readings: the readings; one whose content no file of a record has is left out.
    /// - Throws: `CatalogueError` where SQLite fails.
    package func enter(_ readings: [CatalogueReading]) throws {
        guard !readings.isEmpty else { return }
        try Self.translated {
            try queue.write { database in
                var words = WordTally()
                for reading in readings { try Self.insert(reading, into: database, &words) }
                try words.enter(into: database)
            }
        }
    }

    private static func insert(
        _ reading: CatalogueReading,
        into database: Database,
        _ words: inout WordTally
    ) throws {
        let digest = Data(Hex.bytes(reading.digest))
        guard let place = try firstFiling(of: digest, in: database) else { return }
        try dropReading(of: digest, in: database, &words)
        var row = place
        // A place can be taken only where a removed record's row was given to another.
        let taken = try database.cachedStatement(sql: "SELECT 1 FROM reading WHERE row_id = ?")
        while try Int.fetchOne(taken, arguments: [row]) != nil { row += 1 }
        try database.cachedStatement(
            sql: """
                INSERT INTO reading (row_id, digest, format, media_type, encrypted, pages, reading, anchor, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            row, digest, reading.format, reading.mediaType, reading.isEncrypted, reading.pageCount, reading.line,
            reading.anchor.map { Data(Hex.bytes($0)) }, reading.state,
        ])
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO page_text (row_id, reading_row, page, name, source, confidence, is_poor, text)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        for page in reading.pages where page.number < pagesPerReading {
            let pageRow = row * pagesPerReading + Int64(page.number)
            try statement.execute(arguments: [
                pageRow, row, page.number, page.name, page.source, page.confidence, page.isPoor, page.text,
            ])
            words.add(page.text)
        }
        for record in try records(with: digest, in: database) {
            try indexPages(of: record, content: digest, in: database)
        }
    }

    /// Keeps which reading of each content the newest event names.
    static func insertAnchors(_ event: Event, into database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO reading_anchor (digest, anchor) VALUES (?, ?)"
        )
        for (content, anchor) in ReadingAnchors(event).anchors {
            try statement.execute(arguments: [Data(Hex.bytes(content)), Data(Hex.bytes(anchor))])
        }
    }

    private static func anchor(of digest: Data, in database: Database) throws -> Data? {
        let statement = try database.cachedStatement(sql: "SELECT anchor FROM reading_anchor WHERE digest = ?")
        return try Data.fetchOne(statement, arguments: [digest])
    }

    /// SHA-512 of the reading of a content that the ledger named last, hexadecimal; nil where it named none.
    ///
    /// - Parameter digest: SHA-512 of the content, hexadecimal.
    /// - Returns: the digest.
    /// - Throws: `CatalogueError` where SQLite fails.
    package func readingAnchor(of digest: String) throws -> String? {
        try Self.translated {
            try queue.read { try Self.anchor(of: Data(Hex.bytes(digest)), in: $0).map { Hex.text($0) } }
        }
    }

    /// The record in which a content was filed first; nil where no file that is kept has it.
    ///
    /// - Parameter digest: SHA-512 of the content, hexadecimal.
    /// - Returns: the record.
    /// - Throws: `CatalogueError` where SQLite fails.
    package func filing(of digest: String) throws -> RecordID? {
        var found: RecordID?
        try each(
            "SELECT id FROM file JOIN record ON row_id = record_row WHERE digest = ? ORDER BY record_row LIMIT 1",
            [Data(Hex.bytes(digest))]
        ) { found = RecordID($0[0] as String) }
        return found
    }

    /// Where a content was filed first, as a number that grows with the order of filing; nil where no file has it.
    private static func firstFiling(of digest: Data, in database: Database) throws -> Int64? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT record_row, version, (SELECT count(*) FROM file AS other WHERE other.record_row = file.record_row
                    AND other.version = file.version AND other.path < file.path)
                FROM file WHERE digest = ? ORDER BY record_row, version, path LIMIT 1
                """
        )
        guard let row = try Row.fetchOne(statement, arguments: [digest]) else { return nil }
        let (record, version, place): (Int64, Int64, Int64) = (row[0], row[1], row[2])
        return record << 24 | min(version, 4095) << 12 | min(place, 4095)
    }

    /// Takes out what was read of a content.
    private static func dropReading(
        of digest: Data,
        in database: Database,
        _ words: inout WordTally
    ) throws {
        let find = try database.cachedStatement(sql: "SELECT row_id FROM reading WHERE digest = ?")
        guard let row = try Int64.fetchOne(find, arguments: [digest]) else { return }
        for record in try records(with: digest, in: database) {
            try unindexPages(of: record, content: digest, in: database)
        }
        let texts = try String.fetchAll(
            database,
            sql: "SELECT text FROM page_text WHERE reading_row = ?",
            arguments: [row]
        )
        for text in texts { words.add(text, by: -1) }
        try database.cachedStatement(sql: "DELETE FROM page_text WHERE reading_row = ?").execute(arguments: [row])
        try database.cachedStatement(sql: "DELETE FROM reading WHERE row_id = ?").execute(arguments: [row])
    }

    /// Takes out what was read of contents that no file has any more.
    static func dropUnnamedReadings(
        among digests: [Data],
        in database: Database,
        _ words: inout WordTally
    ) throws {
        let named = try database.cachedStatement(sql: "SELECT 1 FROM file WHERE digest = ? LIMIT 1")
        for digest in digests where try Int.fetchOne(named, arguments: [digest]) == nil {
            try dropReading(of: digest, in: database, &words)
        }
    }
}
