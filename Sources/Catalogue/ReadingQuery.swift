import Foundation
import GRDB
package import RecordsModel

/// A content that is kept, by one of the files that have it.
package struct KeptContent: Hashable, Sendable {
    /// SHA-512, hexadecimal.
    package let digest: String
    /// The record.
    package let record: RecordID
    /// The version.
    package let version: Int
    /// The path within the version: `files/NAME`.
    package let path: String
    /// Length in bytes.
    package let size: Int
    /// Whether it was read, with every program that its format needs.
    package let isRead: Bool

    /// The file's name as it came.
    package var name: String { path.behind("files/") ?? path }
}

/// A file of a version, with what was read from it.
package struct ReadFile: Hashable, Sendable {
    /// The path within the version: `files/NAME`.
    package let path: String
    /// SHA-512, hexadecimal.
    package let digest: String
    /// The reading without its texts, JSON; nil where it has not been read.
    package let line: String?

    /// The file's name as it came.
    package var name: String { path.behind("files/") ?? path }
}

/// A record of which something was not read, or may be read wrongly.
package struct UnreadRecord: Hashable, Sendable {
    /// One of its files.
    package struct File: Hashable, Sendable {
        /// The version.
        package let version: Int
        /// The file, with its reading where there is one.
        package let file: ReadFile
    }

    /// The record.
    package let record: RecordSummary
    /// Its files that are meant, by version and path.
    package let files: [File]
}

extension CatalogueDatabase {
    // What lacked a program is not read yet: it can be read when the program is there. Nor is what nobody vouches for.
    static let isRead = """
        EXISTS (SELECT 1 FROM reading JOIN reading_anchor USING (digest, anchor) WHERE reading.digest = file.digest
            AND instr(reading.reading, '"code":"program-missing"') = 0)
        """

    /// Calls `body` with each content that is kept, in the order of filing; each once.
    ///
    /// - Parameters:
    ///   - year: only of that fiscal year; nil for all.
    ///   - references: only of these records, or of one version of them; empty for all.
    ///   - body: given each content.
    /// - Throws: `CatalogueError` where SQLite fails, and what `body` throws.
    package func contents(
        year: Int? = nil,
        of references: [RecordReference] = [],
        body: (KeptContent) throws -> Void
    ) throws {
        var seen: Set<Data> = []
        func ask(_ condition: String, _ arguments: StatementArguments) throws {
            try each(
                """
                SELECT file.digest, record.id, version, path, size, \(Self.isRead) FROM file
                JOIN record ON record.row_id = record_row WHERE \(condition) ORDER BY record_row, version, path
                """,
                arguments
            ) { row in
                let digest: Data = row[0]
                guard let id = RecordID(row[1] as String), seen.insert(digest).inserted else { return }
                let content = KeptContent(
                    digest: Hex.text(digest),
                    record: id,
                    version: row[2],
                    path: row[3],
                    size: row[4],
                    isRead: row[5]
                )
                try body(content)
            }
        }
        guard !references.isEmpty else {
            try year.map { try ask("record.year = ?", [$0]) } ?? ask("1", [])
            return
        }
        for reference in references {
            if let version = reference.version {
                try ask("record.id = ? AND version = ?", [reference.id.description, version])
            } else {
                try ask("record.id = ?", [reference.id.description])
            }
        }
    }

    /// How many contents are kept and not read yet.
    package func unreadContents() throws -> Int {
        var count = 0
        try each("SELECT count(DISTINCT digest) FROM file WHERE NOT \(Self.isRead)", []) { count = $0[0] }
        return count
    }

    /// How many contents that are kept were not read whole, and how many were read with a doubt; quick to tell.
    package func readingStates() throws -> (notRead: Int, doubtful: Int) {
        var counts: [String: Int] = [:]
        // What lacked a program counts as not read yet.
        try each(
            """
            SELECT state, count(*) FROM reading WHERE state <> 'read'
                AND instr(reading, '"code":"program-missing"') = 0 GROUP BY state
            """,
            []
        ) { counts[$0[0]] = $0[1] }
        return (counts["not-read"] ?? 0, counts["doubtful"] ?? 0)
    }

    /// The condition that something of a record was not read, not yet or not whole, or was read with a doubt.
    static let hasUnread = """
        record.removed IS NULL AND EXISTS (SELECT 1 FROM file LEFT JOIN reading ON reading.digest = file.digest
            WHERE file.record_row = record.row_id AND (coalesce(reading.state, '') <> 'read' OR NOT \(isRead)))
        """

    /// The records of which something was not read, not yet or not whole, or was read with a doubt, with these files.
    ///
    /// - Parameter filter: which records to look at.
    /// - Returns: the records by year and number, each with its files by version and path.
    /// - Throws: `CatalogueError` where SQLite fails.
    package func unread(_ filter: RecordFilter) throws -> [UnreadRecord] {
        var filter = filter
        filter.isUnread = true
        var records: [RecordSummary] = []
        try list(filter) { records.append($0) }
        return try records.map { record in
            var files: [UnreadRecord.File] = []
            try each(
                """
                SELECT version, path, lower(hex(file.digest)), CASE WHEN \(Self.isRead) THEN reading END FROM file
                JOIN record ON record.row_id = record_row LEFT JOIN reading ON reading.digest = file.digest
                WHERE record.id = ? AND (coalesce(reading.state, '') <> 'read' OR NOT \(Self.isRead))
                ORDER BY version, path
                """,
                [record.id]
            ) { files.append(.init(version: $0[0], file: ReadFile(path: $0[1], digest: $0[2], line: $0[3]))) }
            return UnreadRecord(record: record, files: files)
        }
    }

    /// The files of a version with what was read from each, by path.
    package func readFiles(of id: RecordID, version: Int) throws -> [ReadFile] {
        var files: [ReadFile] = []
        try each(
            """
            SELECT path, lower(hex(file.digest)), reading FROM file JOIN record ON record.row_id = record_row
            LEFT JOIN reading ON reading.digest = file.digest WHERE record.id = ? AND version = ? ORDER BY path
            """,
            [id.description, version]
        ) { files.append(ReadFile(path: $0[0], digest: $0[1], line: $0[2])) }
        return files
    }

    /// What was read from a content; nil where nothing was entered.
    ///
    /// - Parameter digest: SHA-512 of the content, hexadecimal.
    /// - Returns: the reading, with its pages.
    /// - Throws: `CatalogueError` where SQLite fails.
    package func reading(of digest: String) throws -> CatalogueReading? {
        var pages: [CatalogueReading.Page] = []
        let key = Data(Hex.bytes(digest))
        try each(
            """
            SELECT page, name, source, confidence, is_poor, text FROM page_text
            JOIN reading ON reading.row_id = reading_row WHERE digest = ? ORDER BY page
            """,
            [key]
        ) { row in
            pages.append(
                CatalogueReading.Page(
                    number: row[0],
                    name: row[1],
                    source: row[2],
                    confidence: row[3],
                    isPoor: row[4],
                    text: row[5]
                )
            )
        }
        var found: CatalogueReading?
        let sql =
            "SELECT format, media_type, encrypted, pages, reading, lower(hex(anchor)), state FROM reading WHERE digest = ?"
        try each(sql, [key]) { row in
            found = CatalogueReading(
                digest: digest,
                format: row[0],
                mediaType: row[1],
                isEncrypted: row[2],
                pageCount: row[3],
                state: row[6],
                line: row[4],
                pages: pages,
                anchor: row[5]
            )
        }
        return found
    }

    /// Calls `body` with the digest of each content of which something was read, in the order of filing.
    package func readDigests(body: (String) throws -> Void) throws {
        var digests: [String] = []
        try each("SELECT lower(hex(digest)) FROM reading ORDER BY row_id", []) { digests.append($0[0]) }
        for digest in digests { try body(digest) }
    }
}
