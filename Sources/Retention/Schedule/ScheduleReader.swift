import OfficeFiles
import RecordsModel

extension RetentionSchedule {
    /// Reads a schedule as an office keeps it: CSV with commas, semicolons or tabs, header in Indonesian or English.
    ///
    /// Every fault of every row is named at once, with row, column, value and what to do (R2); a schedule with a fault
    /// is no schedule. What is understood is kept beside the verbatim text.
    ///
    /// - Parameters:
    ///   - bytes: the file as UTF-8 (`TextEncoding.utf8` makes it so); a byte order mark is passed over.
    ///   - version: the digest of the file and the day of its adoption.
    ///   - fiscalMonth: the month that the office's fiscal year begins in, for a cut-off that names no month.
    ///   - knownTypes: the document types of the procedure; a row that lists another one is warned of. Empty: all pass.
    ///   - vocabulary: the words that are understood.
    /// - Returns: the schedule, unless anything is a fault, and all faults and warnings.
    package static func read(
        _ bytes: [UInt8],
        version: ScheduleVersion,
        fiscalMonth: Int = 1,
        knownTypes: [String] = [],
        vocabulary: RetentionVocabulary = .standard
    ) -> ScheduleReading {
        var reader = ScheduleReader(fiscalMonth: fiscalMonth, knownTypes: knownTypes, vocabulary: vocabulary)
        reader.read(bytes)
        let isWhole = reader.faults.allSatisfy { $0.severity == .warning }
        let schedule = isWhole ? RetentionSchedule(version: version, rows: reader.rows) : nil
        return ScheduleReading(schedule: schedule, faults: reader.faults)
    }
}

/// Reads the rows of a schedule and gathers what is wrong with them.
struct ScheduleReader {
    /// The most rows and the most faults that are read; a published schedule has some thousand.
    private static let limit = 100_000

    let fiscalMonth: Int
    let knownTypes: [String]
    let vocabulary: RetentionVocabulary
    private(set) var rows: [ScheduleRow] = []
    private(set) var faults: [Fault] = []
    private var columns: [(column: ScheduleColumn, unit: Period.Unit?)?] = []
    private var headers: [String] = []
    /// The row that has a code and a type (or none), to find those that are there twice.
    private var taken: [Key: Int] = [:]

    private struct Key: Hashable {
        let code: ExactText
        let type: ExactText?
    }

    init(fiscalMonth: Int, knownTypes: [String], vocabulary: RetentionVocabulary) {
        self.fiscalMonth = (1...12).contains(fiscalMonth) ? fiscalMonth : 1
        self.knownTypes = knownTypes
        self.vocabulary = vocabulary
    }

    mutating func read(_ bytes: [UInt8]) {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard String(validating: text, as: UTF8.self) != nil else {
            fault(nil, nil, nil, "the file is not UTF-8", "save it as UTF-8 (in a spreadsheet: 'CSV UTF-8')")
            return
        }
        var reader = CSVReader(text)
        guard let header = reader.next(), !header.isBlank else {
            fault(nil, nil, nil, "the file is empty", "write a header and a row for each kind of record")
            return
        }
        guard readHeader(header) else { return }
        var count = 0
        while let record = reader.next() {
            if record.isBlank { continue }
            count += 1
            guard count <= Self.limit, faults.count <= Self.limit else {
                fault(record.row, nil, nil, "there are more rows or faults than \(Self.limit)", "split the file")
                return
            }
            read(record)
        }
        if count == 0 { fault(nil, nil, nil, "the file has no rows", "write a row for each kind of record") }
    }

    /// Finds the columns; false where the rows cannot be read.
    private mutating func readHeader(_ header: CSVReader.Record) -> Bool {
        if let problem = header.fault {
            fault(header.row, nil, nil, problem, "put fields that hold a separator in quotation marks")
            return false
        }
        headers = header.fields.map(ScheduleText.trimmed)
        columns = headers.map { ScheduleColumn.named($0) }
        // 'keterangan' is the final disposition of a usual JRA, unless another column is.
        let places = columns.indices.filter { columns[$0]?.column == .disposition }
        let remarks = places.filter { headers[$0].lowercased() == "keterangan" }
        if places.count == 2, remarks.count == 1 { columns[remarks[0]] = nil }
        for (place, name) in headers.enumerated() where columns[place] == nil && !name.isEmpty {
            warn(header.row, name, nil, "the column is not one of a schedule and is not read", "check its name")
        }
        for column in ScheduleColumn.allCases {
            let count = columns.count { $0?.column == column }
            if count > 1 {
                fault(header.row, column.rawValue, nil, "the column is there \(count) times", "leave one of them")
            } else if count == 0, column.isMandatory {
                fault(header.row, column.rawValue, nil, "the column is missing", "add it to the header and fill it in")
            }
        }
        return faults.allSatisfy { $0.severity == .warning }
    }

    private mutating func read(_ record: CSVReader.Record) {
        if let problem = record.fault {
            fault(record.row, nil, nil, problem, "put fields that hold a separator in quotation marks")
            return
        }
        let extra = record.fields.dropFirst(columns.count)
        if let value = extra.first(where: { !ScheduleText.trimmed($0).isEmpty }) {
            let message = "the row has more fields than the header"
            fault(record.row, nil, value, message, "put fields that hold a separator in quotation marks")
            return
        }
        var cells = Cells(row: record.row)
        for (place, field) in record.fields.enumerated() {
            guard place < columns.count, let (column, unit) = columns[place] else { continue }
            cells.values[column] = ScheduleText.trimmed(field)
            cells.names[column] = headers[place]
            cells.units[column] = unit
        }
        let known = faults.count
        for column in ScheduleColumn.allCases where column.isMandatory && cells[column].isEmpty {
            let name = cells.names[column] ?? column.rawValue
            fault(record.row, name, "", "the field is empty, and must be filled in", remedy(for: column))
        }
        let row = row(cells)
        checkDuplicates(cells)
        if let row, faults[known...].allSatisfy({ $0.severity == .warning }) { rows.append(row) }
    }

    private func remedy(for column: ScheduleColumn) -> String {
        switch column {
        case .active, .inactive: "write the period, or '-' where there is none"
        case .disposition: "write Musnah, Permanen or Dinilai Kembali, or the phrase as published"
        case .basis: "write the regulation that the row comes from"
        default: "fill it in"
        }
    }

    private mutating func checkDuplicates(_ cells: Cells) {
        let code = cells[.code]
        guard !code.isEmpty else { return }
        let types = cells.types
        let keys = types.isEmpty ? [nil] : types.map { ExactText($0) }
        for type in keys {
            let key = Key(code: ExactText(code), type: type)
            if let other = taken[key] {
                let what =
                    type.map { "the code '\(code)' with the type '\($0.text)'" } ?? "the code '\(code)' for all types"
                let message = "\(what) is in row \(other) already, and a record has one rule"
                fault(cells.row, cells.names[.code], code, message, "leave one row, or list other document types")
            } else {
                taken[key] = cells.row
            }
        }
    }

    // MARK: - Faults

    mutating func fault(_ row: Int?, _ column: String?, _ value: String?, _ message: String, _ remedy: String) {
        faults.append(Fault(row: row, column: column, value: value, message: message, remedy: remedy))
    }

    mutating func warn(_ row: Int?, _ column: String?, _ value: String?, _ message: String, _ remedy: String) {
        faults.append(Fault(.warning, row: row, column: column, value: value, message: message, remedy: remedy))
    }
}

extension ScheduleReader {
    /// The cells of one row, by column.
    struct Cells {
        let row: Int
        var values: [ScheduleColumn: String] = [:]
        var names: [ScheduleColumn: String] = [:]
        var units: [ScheduleColumn: Period.Unit] = [:]

        subscript(column: ScheduleColumn) -> String { values[column] ?? "" }

        /// The document types listed, between spaces, commas or bars.
        var types: [String] {
            self[.types].split { $0.isWhitespace || $0 == "|" || $0 == "," || $0 == ";" }.map(String.init)
        }
    }
}
