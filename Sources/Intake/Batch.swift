import FileSafety
import OfficeFiles
import RecordsModel
package import SystemPackage

/// Files that are to be taken in, with what is said of them: a manifest beside them, or the words of one command.
package struct Batch: Sendable {
    /// What a command says of the files that it names itself; as the columns of a manifest.
    package typealias Description = [IntakeColumns.Name: String]

    private enum Source {
        case manifest(text: [UInt8], file: FilePath)
        case files([FilePath], Description)
    }

    private let source: Source
    /// The folder that paths are relative to.
    package let folder: FilePath

    /// The largest manifest that is read, in bytes; 100,000 rows take 25 MB.
    static let manifestLimit = 512 << 20
    /// What a manifest in a folder is called.
    static let manifestName: FilePath.Component = "intake.csv"

    /// Opens a folder with a manifest, or a manifest.
    ///
    /// In a folder the manifest is `intake.csv`, or else the only CSV file in it.
    ///
    /// - Throws: `FileSafetyError` where it cannot be read, `OfficeFileError` for its encoding, `BatchError` where there
    ///   is no manifest.
    package static func open(_ path: FilePath) throws -> Batch {
        let status = try FileStatus.following(path)
        let file = status.kind == .directory ? try manifest(in: path) : path
        let bytes = try OpenFile.content(of: file, limit: manifestLimit)
        let folder = file.removingLastComponent()
        return Batch(
            source: .manifest(text: try TextEncoding.utf8(bytes, of: file), file: file),
            folder: folder.isEmpty ? "." : folder
        )
    }

    /// Takes files as they are named in a command, all with the same description.
    package static func files(_ paths: [FilePath], described: Description) -> Batch {
        Batch(source: .files(paths, described), folder: ".")
    }

    private static func manifest(in folder: FilePath) throws -> FilePath {
        let own = try EntryName(manifestName)
        let entries = try FolderEntries(of: folder).filter { $0.kind == .file }
        if entries.contains(where: { $0.name == own }) { return folder.appending(manifestName) }
        let tables = entries.filter { FilePath().appending($0.name).extension?.lowercased() == "csv" }
        guard let only = tables.first, tables.count == 1 else {
            throw BatchError(
                folder: folder,
                message: tables.isEmpty
                    ? "there is no manifest in this folder"
                    : "there are \(tables.count) CSV files in this folder, none called 'intake.csv'",
                remedy: "put the manifest there as 'intake.csv', or name the manifest itself"
            )
        }
        return folder.appending(only.name)
    }

    /// The manifest, where there is one.
    var manifestFile: FilePath? { if case .manifest(_, let file) = source { file } else { nil } }

    /// Calls `body` with every row; `fault` with what is wrong with the table itself, and `malformed` with the fields of
    /// a row whose columns cannot be told apart.
    ///
    /// - Returns: how many rows there are, or nil where the header cannot be used.
    func eachRow(
        fault: (Fault) -> Void,
        malformed: ([String]) -> Void = { _ in },
        body: (RawRow) throws -> Void
    ) rethrows -> Int? {
        switch source {
        case .files(let paths, let described):
            for (index, path) in paths.enumerated() {
                let parent = path.removingLastComponent()
                var values = described
                let file = path.lastComponent.map { FilePath(root: nil, [$0]) } ?? path
                values[.path] = file.shown
                try body(
                    RawRow(
                        row: index + 1,
                        folder: parent.isEmpty ? (path.isAbsolute ? "/" : ".") : parent,
                        values: values,
                        file: file
                    )
                )
            }
            return paths.count
        case .manifest(let text, let file):
            var reader = CSVReader(text)
            guard let header = readHeader(&reader, of: file, fault: fault) else { return nil }
            var rows = 0
            while let record = reader.next() {
                if record.isBlank { continue }
                rows += 1
                if let raw = raw(record, header: header, fault: fault) {
                    try body(raw)
                } else {
                    malformed(record.fields)
                }
            }
            if rows == 0 {
                fault(Fault(message: "the manifest '\(file.string)' has no rows", remedy: "add a row a file"))
            }
            return rows
        }
    }

    private func raw(_ record: CSVReader.Record, header: [IntakeColumns.Name?], fault: (Fault) -> Void) -> RawRow? {
        if let problem = record.fault {
            fault(
                Fault(
                    row: record.row,
                    message: "\(problem) (line \(record.line))",
                    remedy: "put the field in quotation marks, and double those inside it"
                )
            )
            return nil
        }
        guard record.fields.count == header.count else {
            fault(
                Fault(
                    row: record.row,
                    message:
                        "the row has \(record.fields.count) fields, the header has \(header.count) (line \(record.line))",
                    remedy: "put fields that hold a separator in quotation marks, and leave no field out"
                )
            )
            return nil
        }
        var values: [IntakeColumns.Name: String] = [:]
        for (column, value) in zip(header, record.fields) where !value.isEmpty {
            guard let column else {
                fault(
                    Fault(
                        row: record.row,
                        value: value,
                        message: "'\(value)' stands in a column without a name (line \(record.line))",
                        remedy: "name the column in the header, or empty it"
                    )
                )
                return nil
            }
            values[column] = value
        }
        return RawRow(row: record.row, folder: folder, values: values)
    }

    private func readHeader(
        _ reader: inout CSVReader,
        of file: FilePath,
        fault: (Fault) -> Void
    ) -> [IntakeColumns.Name?]? {
        guard let record = reader.next(), !record.isBlank else {
            fault(
                Fault(message: "the manifest '\(file.string)' is empty", remedy: "begin it with a row of column names")
            )
            return nil
        }
        let columns = IntakeColumns.published
        var header: [IntakeColumns.Name?] = []
        var usable = true
        func refuse(_ column: String?, _ message: String, _ remedy: String) {
            usable = false
            fault(Fault(row: record.row, column: column, message: message, remedy: remedy))
        }
        if let problem = record.fault { refuse(nil, problem, "correct the header") }
        for field in record.fields {
            let column = columns.column(named: field)
            if RowReader.trimmed(field).isEmpty {
                header.append(nil)  // Spreadsheets leave empty columns behind; a value in one is a fault of its row.
                continue
            }
            if column == nil {
                let known = IntakeColumns.Name.allCases.map(\.rawValue).joined(separator: ", ")
                refuse(field, "the column '\(field)' is unknown", "use these columns: \(known)")
            } else if header.contains(column) {
                refuse(field, "the column '\(field)' is there twice", "leave one of them out")
            }
            header.append(column)
        }
        for column in columns.required where !header.contains(column) {
            refuse(
                column.rawValue,
                "the column '\(column.rawValue)' is missing",
                "add it to the header and to every row"
            )
        }
        return usable ? header : nil
    }
}

/// A folder that is no batch: which, why, what to do.
package struct BatchError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The folder.
    package let folder: FilePath
    /// What is wrong, without a full stop.
    package let message: String
    /// What to do, without a full stop.
    package let remedy: String

    /// One line: which, what, what to do.
    package var description: String { "'\(folder.string)': \(message); \(remedy)" }
}
