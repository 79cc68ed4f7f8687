import Foundation
import GRDB
package import RecordsModel

/// Which records a person asks for; what is nil does not narrow.
package struct RecordFilter: Hashable, Sendable {
    /// The fiscal year.
    package var year: Int?
    /// A part of the unit's name, letter case aside.
    package var unit: String?
    /// The step of the procedure.
    package var step: Int?
    /// The document type's id.
    package var type: String?
    /// A classification code, with all codes below it: `000.7` finds `000.7.2.6`.
    package var classification: String?
    /// A part of the signer's name, letter case aside.
    package var signer: String?
    /// The earliest date on the document.
    package var after: CivilDate?
    /// The latest date on the document.
    package var before: CivilDate?
    /// Words of the place where the paper lies, side by side: `rak 2` finds `Rak 2 / Boks 1`, and not `Rak 20`.
    package var location: String?
    /// Whether records that were removed, of which a tombstone stays, are left out.
    package var leavesOutRemoved = false
    /// Whether only those are meant of which something was not read, or was read with a doubt.
    package var isUnread = false

    /// A filter that lets everything pass.
    package init() {}

    /// The condition on the table `record`, and its arguments.
    var condition: (sql: String, arguments: StatementArguments) {
        var parts: [String] = []
        var arguments = StatementArguments()
        func add(_ sql: String, _ values: StatementArguments) {
            parts.append(sql)
            arguments += values
        }
        if isUnread { add(CatalogueDatabase.hasUnread, []) }
        if leavesOutRemoved { add("record.removed IS NULL", []) }
        if let year { add("record.year = ?", [year]) }
        if let unit { add("record.unit LIKE ? ESCAPE '\\'", ["%\(Self.escaped(unit))%"]) }
        if let step { add("record.step = ?", [step]) }
        if let type { add("record.type = ?", [type]) }
        if let signer { add("record.signer LIKE ? ESCAPE '\\'", ["%\(Self.escaped(signer))%"]) }
        if let after { add("record.date >= ?", [after.description]) }
        if let before { add("record.date <= ?", [before.description]) }
        if let location {
            // Words, since `rak 2` is no part of `Rak 20`; a place without any is nowhere.
            let phrase = WordScanner.phrase(location)
            let rows = "SELECT rowid FROM search_index WHERE search_index MATCH ?"
            phrase.map { add("record.row_id IN (\(rows))", ["location : \($0)"]) } ?? add("0", [])
        }
        if let classification {
            add(
                "(coalesce(record.classified, record.classification) = ?"
                    + " OR coalesce(record.classified, record.classification) LIKE ? ESCAPE '\\')",
                [classification, Self.escaped(classification) + ".%"]
            )
        }
        return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), arguments)
    }

    static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
    }
}

/// A record as a list shows it: the description of its newest version.
package struct RecordSummary: Hashable, Sendable {
    /// The accession number.
    package let id: String
    /// The step of the procedure.
    package let step: Int
    /// The document type's id.
    package let type: String
    /// The date on the document, `YYYY-MM-DD`.
    package let date: String?
    /// The newest version.
    package let head: Int
    /// The unit that it comes from.
    package let unit: String
    /// The title.
    package let title: String
    /// The document's own number.
    package let number: String?
    /// Length of the newest version's files in bytes.
    package let bytes: Int
    /// What became of it, where it was removed: which list removed it, and when.
    package let removal: Removal?

    /// What became of a removed record.
    package struct Removal: Hashable, Sendable {
        /// The number of the list.
        package let list: String
        /// The kind of list: `musnah`, `serah` or `pindah`.
        package let kind: String
        /// When, RFC 3339 with an offset.
        package let time: String
    }

    init(_ row: Row) {
        id = row[0]
        step = row[1]
        type = row[2]
        date = row[3]
        head = row[4]
        unit = row[5]
        title = row[6]
        number = row[7]
        bytes = row[8]
        let removal: String? = row[9]
        let parts = removal?.split(separator: "|").map(String.init) ?? []
        self.removal = parts.count == 3 ? Removal(list: parts[0], kind: parts[1], time: parts[2]) : nil
    }

    static let columns = """
        record.id, record.step, record.type, record.date, record.head, record.unit, record.title, record.number,
        record.bytes, CASE WHEN record.removed IS NOT NULL THEN (
            SELECT (line ->> '$.detail.list') || '|' || (line ->> '$.detail.tombstone.kind') || '|' || (line ->> '$.time')
            FROM event WHERE seq = record.removed) END
        """
}

extension CatalogueDatabase {
    /// The JSON object of a record, made by SQLite itself: keys sorted, every key there, one line.
    static let recordJSON = """
        json_object(
            'access', record.access, 'bytes', record.bytes,
            'classification', coalesce(record.classified, record.classification),
            'date', record.date, 'dossier', ? || '/' || record.year, 'files', record.files, 'id', record.id,
            'kind', ?, 'label', record.label, 'location', record.location, 'note', record.note,
            'number', record.number, 'received', record.received, 'receivedBy', record.received_by,
            'removed', CASE WHEN record.removed IS NOT NULL THEN (
                SELECT json_object('at', line ->> '$.time', 'kind', line ->> '$.detail.tombstone.kind',
                    'list', line ->> '$.detail.list') FROM event WHERE seq = record.removed) END,
            'signature', record.signature, 'signer', record.signer, 'step', record.step, 'title', record.title,
            'type', record.type, 'unit', record.unit, 'versions', record.head, 'year', record.year)
        """

    /// Calls `body` with every record that passes, by year and number.
    package func list(_ filter: RecordFilter, body: (RecordSummary) throws -> Void) throws {
        let condition = filter.condition
        try each(
            "SELECT \(RecordSummary.columns) FROM record WHERE \(condition.sql) ORDER BY record.year, record.sequence, record.id",
            condition.arguments
        ) { try body(RecordSummary($0)) }
    }

    /// Calls `body` with one JSON object a record, by year and number.
    ///
    /// - Parameters:
    ///   - filter: which records count.
    ///   - dossier: the first part of a dossier's name, the procedure's id.
    ///   - body: given each object.
    /// - Throws: `CatalogueError` where SQLite fails, and what `body` throws.
    package func listJSON(_ filter: RecordFilter, dossier: String, body: (String) throws -> Void) throws {
        let condition = filter.condition
        try each(
            "SELECT \(Self.recordJSON) FROM record WHERE \(condition.sql) ORDER BY record.year, record.sequence, record.id",
            [dossier, "record"] + condition.arguments
        ) { try body($0[0]) }
    }

    /// The record of that id, if there is one.
    package func summary(of id: RecordID) throws -> RecordSummary? {
        var found: RecordSummary?
        try each("SELECT \(RecordSummary.columns) FROM record WHERE id = ?", [id.description]) {
            found = RecordSummary($0)
        }
        return found
    }

    /// The JSON object of one record, if there is one.
    package func recordJSON(of id: RecordID, dossier: String) throws -> String? {
        var found: String?
        try each("SELECT \(Self.recordJSON) FROM record WHERE id = ?", [dossier, "record", id.description]) {
            found = $0[0]
        }
        return found
    }

    /// A version as the catalogue knows it.
    package struct VersionRow: Sendable {
        /// The number.
        package let version: Int
        /// `record.json` on one line with sorted keys.
        package let document: String
        /// SHA-512 of `record.json` in the store, hexadecimal.
        package let documentDigest: String
        /// SHA-512 of the version's inventory, hexadecimal.
        package let inventoryDigest: String
    }

    /// The versions of a record, from 1.
    package func versions(of id: RecordID) throws -> [VersionRow] {
        var rows: [VersionRow] = []
        try each(
            """
            SELECT version, document, lower(hex(document_digest)), lower(hex(inventory_digest)) FROM version
            JOIN record ON record.row_id = record_row WHERE record.id = ? ORDER BY version
            """,
            [id.description]
        ) { rows.append(VersionRow(version: $0[0], document: $0[1], documentDigest: $0[2], inventoryDigest: $0[3])) }
        return rows
    }

    /// `record.json` of a record's newest version; nil where there is no such record, or its bytes were removed.
    package func document(of id: RecordID) throws -> RecordDocument? {
        try versions(of: id).last.map { try CanonicalJSON.decode(RecordDocument.self, from: Data($0.document.utf8)) }
    }

    /// The ledger's lines that concern a record, in order: what happened to it here.
    package func events(of id: RecordID) throws -> [String] {
        var lines: [String] = []
        try each("SELECT line FROM event WHERE record = ? ORDER BY seq", [id.description]) { lines.append($0[0]) }
        return lines
    }

    /// What happened to a record, here and in the archives that it came from, in order; one line an event.
    ///
    /// An accession carries the events that the package told of; they stand before it, each once.
    ///
    /// - Returns: each line, and whether it came along from another archive.
    package func history(of id: RecordID) throws -> [(line: String, isCarried: Bool)] {
        var shown: Set<String> = []
        let own = try events(of: id)
        let lines = try own.flatMap { try Self.withOrigin($0) }.filter { shown.insert($0).inserted }
        let here = Set(own)
        return lines.map { ($0, !here.contains($0)) }
    }

    /// A line with what it carries of earlier lines before it.
    ///
    /// As deep as the number of archives that a record went through; the reader of JSON refuses more than 512.
    private static func withOrigin(_ line: String) throws -> [String] {
        let event = try Event(line: line)
        guard event.event == .accession, let carried = event.detail["events"]?.list else { return [line] }
        return try carried.flatMap { try withOrigin(String(decoding: CanonicalJSON.line($0), as: UTF8.self)) } + [line]
    }

    /// The OCFL id of a record that came from another archive; nil for one of this archive's own form.
    package func object(of id: RecordID) throws -> String? {
        var found: String?
        try each("SELECT object FROM record WHERE id = ?", [id.description]) { found = $0[0] }
        return found
    }

    /// The classification code in force of a record; nil where nobody has chosen one.
    package func classification(of id: RecordID) throws -> String? {
        var found: String?
        try each("SELECT coalesce(classified, classification) FROM record WHERE id = ?", [id.description]) {
            found = $0[0]
        }
        return found
    }

    /// The record that a bag with this payload became when it was imported, if it was.
    ///
    /// - Parameter payload: SHA-512 over the bag's payload listing, hexadecimal.
    /// - Returns: the record.
    /// - Throws: `CatalogueError` where SQLite fails.
    package func accession(ofPayload payload: String) throws -> RecordID? {
        var found: RecordID?
        try each(
            "SELECT record FROM event WHERE event = ? AND line ->> '$.detail.payload' = ? ORDER BY seq LIMIT 1",
            [EventType.accession.rawValue, payload]
        ) { found = RecordID($0[0] as String) }
        return found
    }

    /// How many records, versions, files and bytes there are.
    package func totals() throws -> CatalogueTotals {
        var totals = CatalogueTotals()
        try each(
            """
            SELECT (SELECT count(*) FROM record WHERE removed IS NULL), (SELECT count(*) FROM version), (SELECT count(*) FROM file),
                (SELECT coalesce(sum(size), 0) FROM file)
            """,
            []
        ) { totals = CatalogueTotals(records: $0[0], versions: $0[1], files: $0[2], bytes: $0[3]) }
        return totals
    }

    /// Runs a query and hands its rows on one by one.
    func each(_ sql: String, _ arguments: StatementArguments, _ body: (Row) throws -> Void) throws {
        try Self.translated {
            try queue.read { database in
                let rows = try Row.fetchCursor(database, sql: sql, arguments: arguments)
                while let row = try rows.next() { try body(row) }
            }
        }
    }
}

/// How much a catalogue describes.
package struct CatalogueTotals: Hashable, Sendable {
    /// Records.
    package var records = 0
    /// Versions of them.
    package var versions = 0
    /// Files in those versions.
    package var files = 0
    /// Length of those files in bytes.
    package var bytes = 0

    /// Totals of nothing.
    package init() {}

    init(records: Int, versions: Int, files: Int, bytes: Int) {
        self.records = records
        self.versions = versions
        self.files = files
        self.bytes = bytes
    }
}
