import FileSafety
package import RecordsModel
package import SystemPackage
import Yams

/// Reads the files that the office edits: `berkas.yaml`, the procedure, and the small tables beside it.
package enum PolicyFiles {
    /// The largest policy file that is read, in bytes.
    static let limit = 16 << 20

    /// Reads `berkas.yaml`.
    ///
    /// - Throws: `OfficeFileError`: `newer` for a format that this program does not know, `invalid` with the reason.
    package static func settings(_ file: FilePath) throws -> OfficeSettings {
        struct Format: Decodable { let format: Int? }
        let bytes = try content(file)
        let form: Format = try decode(bytes, of: file)
        if let format = form.format, format > OfficeSettings.currentFormat {
            throw OfficeFileError(
                .newer,
                file: file,
                message:
                    "the home has the format \(format), this version of Berkas knows up to \(OfficeSettings.currentFormat)",
                remedy: "install a newer version of Berkas; nothing was changed"
            )
        }
        let settings: OfficeSettings = try decode(bytes, of: file)
        try require(settings.format >= 1, file, "'format' must be at least 1")
        try require(RecordID.isPrefix(settings.idPrefix), file, "'id-prefix' must be 1 to 16 of A to Z and 0 to 9")
        let uri = settings.uriPrefix
        let isURI = uri.hasPrefix("tag:") && uri.contains(",") && uri.utf8.allSatisfy { (33...126).contains($0) }
        try require(isURI, file, "'uri-prefix' must be a tag: URI such as \"tag:office.example,2026:\"")
        return settings
    }

    /// Reads a procedure, and checks that its steps are numbered from 1 and name types that it describes.
    ///
    /// - Throws: `OfficeFileError`, code `invalid`, with the reason.
    package static func procedure(_ file: FilePath) throws -> Procedure {
        let procedure: Procedure = try decode(try content(file), of: file)
        try require(!procedure.steps.isEmpty, file, "it has no steps")
        try require(
            procedure.steps.map(\.step) == Array(1...procedure.steps.count),
            file,
            "its steps are not numbered 1, 2, 3 …"
        )
        let known = Set(procedure.types.map(\.id))
        try require(known.count == procedure.types.count, file, "a document type is described twice")
        for step in procedure.steps {
            for type in step.types where !known.contains(type) {
                try require(
                    false,
                    file,
                    "step \(step.step) names the document type '\(type)', which 'types' does not describe"
                )
            }
        }
        return procedure
    }

    /// Reads a table whose first row names the columns; returns a dictionary a row.
    ///
    /// A missing file is an empty table: the office has not set it.
    ///
    /// - Throws: `OfficeFileError`: `malformed` with the row, `invalid` for a missing column.
    package static func table(_ file: FilePath, columns: [String]) throws -> [[String: String]] {
        guard FileStatus.exists(file) else { return [] }
        var reader = CSVReader(try content(file))
        guard let header = reader.next() else { return [] }
        let names = header.fields.map { $0.lowercased() }
        for column in columns where !names.contains(column) {
            try require(false, file, "the column '\(column)' is missing")
        }
        var rows: [[String: String]] = []
        while let record = reader.next() {
            if record.isBlank { continue }
            guard record.fault == nil, record.fields.count <= names.count else {
                throw OfficeFileError(
                    .malformed,
                    file: file,
                    line: record.line,
                    message: record.fault ?? "the row has more fields than the header",
                    remedy: "put fields that hold a separator in quotation marks"
                )
            }
            rows.append(Dictionary(zip(names, record.fields), uniquingKeysWith: { first, _ in first }))
        }
        return rows
    }

    private static func content(_ file: FilePath) throws -> [UInt8] {
        try TextEncoding.utf8(try OpenFile.content(of: file, limit: limit), of: file)
    }

    private static func decode<Value: Decodable>(_ bytes: [UInt8], of file: FilePath) throws -> Value {
        do {
            return try YAMLDecoder().decode(Value.self, from: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw OfficeFileError(
                .invalid,
                file: file,
                message: Self.onOneLine(words(for: error)),
                remedy: "correct the file"
            )
        }
    }

    private static func onOneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).map { $0.split(separator: " ").joined(separator: " ") }.joined(
            separator: " "
        )
    }

    /// What a decoder says, without its own vocabulary.
    private static func words(for error: any Error) -> String {
        guard let error = error as? DecodingError else { return "it is no YAML: \(error)" }
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
        }
        return switch error {
        case .keyNotFound(let key, let context):
            "'\(key.stringValue)' is missing" + (context.codingPath.isEmpty ? "" : " in '\(path(context))'")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "'\(path(context))' has a value of the wrong kind"
        case .dataCorrupted(let context):
            context.underlyingError.map { "it is no YAML: \($0)" } ?? context.debugDescription
        @unknown default: "\(error)"
        }
    }

    private static func require(_ condition: Bool, _ file: FilePath, _ message: String) throws(OfficeFileError) {
        guard condition else {
            throw OfficeFileError(.invalid, file: file, message: message, remedy: "correct the file")
        }
    }
}
