import ArchiveHome
import FileSafety
import Fixity
import OfficeFiles
package import RecordsModel
package import Reporting
package import SystemPackage

/// What a person says of records for a paper, since the archive does not know it: how original, on what, in what state.
///
/// Said of all records at once, or of each by a table whose rows name the record; the table goes before.
package struct PaperFacts: Hashable, Sendable {
    /// What is said of one record, or of all.
    package struct Said: Hashable, Sendable {
        /// How original it is (tingkat perkembangan).
        package var originality: String?
        /// What it is on (media).
        package var medium: String?
        /// How it is (kondisi).
        package var condition: String?
        /// Its category (kategori).
        package var category: String?
        /// How much there is of it (jumlah).
        package var quantity: Quantity?
        /// How many items it has (jumlah item).
        package var items: Int?
        /// The day on which it was published (tanggal publikasi).
        package var published: CivilDate?
        /// Where it can be read (tautan).
        package var link: String?
        /// What it was converted into (menjadi).
        package var into: String?
        /// What it was converted with (alat).
        package var device: String?
        /// When it was converted (waktu).
        package var converted: CivilDate?

        /// Nothing said.
        package init() {}
    }

    /// What is said of all records.
    package var all = Said()
    /// What is said of each, by record.
    package private(set) var each: [RecordID: Said] = [:]
    /// SHA-512 of the table, hexadecimal; nil where there was none.
    package private(set) var digest: String?

    /// Nothing said.
    package init() {}

    /// What is said of a record.
    package func said(of record: RecordID) -> Said {
        let own = each[record] ?? Said()
        var said = all
        said.originality = own.originality ?? all.originality
        said.medium = own.medium ?? all.medium
        said.condition = own.condition ?? all.condition
        said.category = own.category ?? all.category
        said.quantity = own.quantity ?? all.quantity
        said.items = own.items ?? all.items
        said.published = own.published ?? all.published
        said.link = own.link ?? all.link
        said.into = own.into ?? all.into
        said.device = own.device ?? all.device
        said.converted = own.converted ?? all.converted
        return said
    }

    /// Adds to an entry what is said of its record.
    package func fill(_ entry: inout RecordEntry) {
        let said = said(of: entry.record)
        entry.originality = entry.originality ?? said.originality
        entry.medium = entry.medium ?? said.medium
        entry.condition = entry.condition ?? said.condition
        entry.category = entry.category ?? said.category
        entry.quantity = said.quantity ?? entry.quantity
        entry.items = said.items ?? entry.items
        entry.scan = said.link ?? entry.scan
    }
}

extension PaperFacts {
    /// The columns that a table may have beside `record`.
    package static let columns = [
        "originality", "medium", "condition", "category", "quantity", "items", "published", "link", "into", "device",
        "converted",
    ]

    /// Reads a table: CSV with the column `record`, and any of `columns`.
    ///
    /// - Parameter file: the table.
    /// - Throws: `OfficeFileError` with the row; `FileSafetyError` where it cannot be read.
    package mutating func read(_ file: FilePath) throws {
        let bytes = try OpenFile.content(of: file, limit: 16 << 20)
        let rows = try PolicyFiles.table(file, columns: ["record"])
        for (place, row) in rows.enumerated() {
            let reading = RowReading(file: file, row: place + 2, cells: row)
            for name in row.keys.sorted() where name != "record" && !Self.columns.contains(name) {
                let known = Self.columns.joined(separator: ", ")
                throw reading.fault("there is no column '\(name.displayed)'", "name one of: \(known)")
            }
            guard let record = RecordID(row["record"] ?? "") else {
                throw reading.fault("'\((row["record"] ?? "").displayed)' is no record's number", "correct it")
            }
            guard each[record] == nil else {
                throw reading.fault("\(record) has a row already", "leave one row for each record")
            }
            each[record] = try reading.said()
        }
        digest = Digest.of(bytes, .sha512).hex
    }

    /// One row of a table, with what names it in a fault.
    private struct RowReading {
        let file: FilePath
        let row: Int
        let cells: [String: String]

        func fault(_ message: String, _ remedy: String) -> OfficeFileError {
            OfficeFileError(.invalid, file: file, message: "row \(row): \(message)", remedy: remedy)
        }

        private func text(_ name: String) -> String? { cells[name].flatMap { PaperText.isBlank($0) ? nil : $0 } }

        private func count(_ name: String) throws -> Int? {
            try text(name).map { cell in
                guard let count = Int(cell), count >= 0 else {
                    throw fault("'\(name)' is '\(cell.displayed)'", "give a whole number from 0")
                }
                return count
            }
        }

        private func day(_ name: String) throws -> CivilDate? {
            try text(name).map { cell in
                guard let day = CivilDate(cell) else {
                    throw fault("'\(name)' is '\(cell.displayed)'", "give a date YYYY-MM-DD")
                }
                return day
            }
        }

        private func quantity() throws -> Quantity? {
            try text("quantity").map { cell in
                let parts = cell.split(separator: " ", maxSplits: 1)
                guard parts.count == 2, let count = Int(parts[0]), count >= 0 else {
                    throw fault("'quantity' is '\(cell.displayed)'", "give a number and a unit, such as '12 lembar'")
                }
                return Quantity(count, String(parts[1]))
            }
        }

        func said() throws -> Said {
            var said = Said()
            said.originality = text("originality")
            said.medium = text("medium")
            said.condition = text("condition")
            said.category = text("category")
            said.quantity = try quantity()
            said.items = try count("items")
            said.published = try day("published")
            said.link = text("link")
            said.into = text("into")
            said.device = text("device")
            said.converted = try day("converted")
            return said
        }
    }
}
