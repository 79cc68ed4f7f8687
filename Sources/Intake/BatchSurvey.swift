import FileSafety
import Foundation
package import RecordsModel
import SystemPackage

/// What checking a whole batch found, before anything is taken in.
package struct BatchSurvey: Sendable {
    /// All that is wrong or worth knowing, in the order of the rows; the batch as a whole first.
    package var faults: [Fault] = []
    /// How many rows the batch has.
    package var rows = 0
    /// How many of them can be taken in.
    package var accepted = 0
    /// The length of the accepted rows' files in bytes.
    package var bytes = 0
    fileprivate var sizes: [Int: Int] = [:]
    /// Files that are called otherwise in the folder than a table can write it, by their rows.
    fileprivate var foreign: [Int: FilePath] = [:]
    /// Rows that cannot be taken in: with a fault of their own, or with another version that has one.
    fileprivate var stoppedRows: Set<Int> = []
    /// Labels of which a row has a fault: a record is not taken in with a version missing.
    fileprivate var stoppedLabels: Set<LabelKey> = []

    /// The length of an accepted row's file in bytes, when it was checked.
    package func size(ofRow row: Int) -> Int { sizes[row] ?? 0 }

    /// How many rows cannot be taken in.
    package var stopped: Int { rows - accepted }
}

extension Batch {
    /// Checks the whole batch, and writes nothing: every row, every file, and rows against each other.
    ///
    /// - Parameters:
    ///   - policy: what the office has laid down.
    ///   - keptType: the document type of the record that already carries a label, if there is one.
    /// - Returns: the survey, with every fault.
    /// - Throws: what `keptType` throws, and `FileSafetyError` where the folder itself cannot be opened.
    package func survey(policy: IntakePolicy, keptType: (LabelKey) throws -> KeptType?) throws -> BatchSurvey {
        var checker = BatchChecker(reader: RowReader(policy: policy))
        var tableFaults: [Fault] = []
        var unread: [[String]] = []
        let rows = try eachRow(fault: { tableFaults.append($0) }, malformed: { unread.append($0) }) { raw in
            try checker.check(raw, keptType: keptType)
        }
        let words = BatchChecker.words(in: unread)
        checker.stopLabels(amongst: words)
        var survey = checker.survey
        for fault in tableFaults {
            if let row = fault.row, row > 1 || manifestFile == nil { survey.stoppedRows.insert(row) }
        }
        if rows != nil { stopLabels(policy: policy, &survey) }
        survey.rows = rows ?? 0
        survey.faults = (tableFaults + survey.faults).enumerated()
            .sorted { ($0.element.row ?? 0, $0.offset) < ($1.element.row ?? 0, $1.offset) }.map(\.element)
        survey.faults += try unnamedFiles(checker.files, words: words)
        // A row that is not stopped by now has no fault, and neither has any other version of its record.
        if let rows {
            survey.accepted = rows - survey.stoppedRows.count
            survey.bytes = survey.sizes.reduce(0) { survey.stoppedRows.contains($1.key) ? $0 : $0 + $1.value }
        }
        return survey
    }

    /// Names the rows that are well and cannot be taken in all the same, since another version of their record has a fault.
    private func stopLabels(policy: IntakePolicy, _ survey: inout BatchSurvey) {
        guard !survey.stoppedLabels.isEmpty else { return }
        let reader = RowReader(policy: policy)
        _ = eachRow(fault: { _ in }) { raw in
            guard !survey.stoppedRows.contains(raw.row), let row = reader.read(raw).row, let key = row.labelKey,
                survey.stoppedLabels.contains(key)
            else {
                return
            }
            survey.stoppedRows.insert(raw.row)
            survey.faults.append(
                Fault(
                    row: raw.row,
                    column: "label",
                    value: key.label.text,
                    message: "another version of '\(key.label.text)' has a fault, so that this one is not taken in",
                    remedy: "set the other one right; versions of one record go in together"
                )
            )
        }
    }

    /// Calls `body` with every row that the survey lets pass, in the order of the batch.
    package func eachAccepted(_ survey: BatchSurvey, policy: IntakePolicy, body: (IntakeRow) throws -> Void) rethrows {
        let reader = RowReader(policy: policy)
        _ = try eachRow(fault: { _ in }) { raw in
            guard !survey.stoppedRows.contains(raw.row), let row = reader.read(raw).row else { return }
            try body(row.found(at: survey.foreign[raw.row]))
        }
    }

    /// Files that lie in the batch's folder and that no row names; what systems leave behind is passed over.
    private func unnamedFiles(_ named: [FilePath: Int], words: Set<ExactText>) throws -> [Fault] {
        guard let manifest = try manifestFile?.lastComponent.map({ try EntryName($0) }), !named.isEmpty else {
            return []
        }
        var faults: [Fault] = []
        func walk(_ relative: FilePath) throws {
            let entries: FolderEntries
            do {
                entries = try FolderEntries(of: folder.pushing(relative))
            } catch {
                // The batch's own folder must be readable; a folder in it that is not hides files, and that is said.
                guard !relative.isEmpty else { throw error }
                let message = "the folder '\(relative.string)' cannot be looked into: \(error.reason)"
                faults.append(
                    Fault(.warning, value: relative.string, message: message, remedy: "ask its owner for permission")
                )
                return
            }
            for entry in entries {
                let path = relative.appending(entry.name)
                let name = entry.name.shown
                let shown = path.shown
                if name.hasPrefix(".") || name.hasPrefix("~$") || ["Thumbs.db", "desktop.ini"].contains(name) {
                    continue
                }
                if entry.kind == .directory {
                    try walk(path)
                } else if named[folder.pushing(path)] == nil, !words.contains(ExactText(path.string)),
                    !(relative.isEmpty && entry.name == manifest)
                {
                    faults.append(
                        Fault(
                            .warning,
                            value: shown,
                            message: "the file '\(shown)' is in the folder, and no row names it",
                            remedy: "add a row for it, or move it elsewhere; it is not taken in"
                        )
                    )
                }
            }
        }
        try walk(FilePath())
        return faults
    }
}

/// What a label that is already in the archive stands for.
package struct KeptType: Sendable {
    /// The record.
    package let id: String
    /// Its document type.
    package let type: String

    /// A kept record's type.
    package init(id: String, type: String) {
        self.id = id
        self.type = type
    }
}

/// A file that a row names.
private struct NamedFile {
    let row: Int
    let folder: FilePath
    let path: FilePath
}

/// Checks rows one by one, and remembers what later rows must be held against.
private struct BatchChecker {
    let reader: RowReader
    var survey = BatchSurvey()
    var files: [FilePath: Int] = [:]
    private var labels: [LabelKey: (type: String, row: Int)] = [:]

    init(reader: RowReader) { self.reader = reader }

    mutating func check(_ raw: RawRow, keptType: (LabelKey) throws -> KeptType?) throws {
        let reading = reader.read(raw)
        survey.faults += reading.faults
        let before = survey.faults.endIndex
        // Looked at whatever else is wrong with the row: all faults are told at once.
        if let path = reading.path { checkFile(NamedFile(row: raw.row, folder: raw.folder, path: path)) }
        if let row = reading.row { try checkLabel(row, keptType: keptType) }
        if reading.row == nil || survey.faults[before...].contains(where: { $0.severity == .fault }) { stop(raw) }
    }

    /// What rows say whose columns could not be told apart: their fields, and the pieces between separators.
    static func words(in unread: [[String]]) -> Set<ExactText> {
        var words: Set<ExactText> = []
        for field in unread.joined() {
            words.insert(ExactText(RowReader.trimmed(field)))
            for piece in field.utf8.split(whereSeparator: { ",;\t\r\n\"".utf8.contains($0) }) {
                words.insert(ExactText(RowReader.trimmed(String(Substring(piece)))))
            }
        }
        return words
    }

    /// Takes out the labels that rows may carry whose columns could not be told apart.
    ///
    /// Such a row may be a version of a record; without it, the record's later versions would take its place.
    mutating func stopLabels(amongst words: Set<ExactText>) {
        guard !words.isEmpty else { return }
        survey.stoppedLabels.formUnion(labels.keys.filter { words.contains($0.label) })
    }

    /// Takes a row out, and with it all rows of its label.
    private mutating func stop(_ raw: RawRow) {
        survey.stoppedRows.insert(raw.row)
        guard let label = raw.values[.label].map(RowReader.trimmed), !label.isEmpty,
            let year = raw.values[.year].map(RowReader.trimmed).flatMap({ Int($0) })
        else {
            return
        }
        survey.stoppedLabels.insert(LabelKey(year: year, label: ExactText(label)))
    }

    private mutating func fault(
        _ row: Int,
        _ column: IntakeColumns.Name,
        _ value: String,
        _ message: String,
        _ remedy: String
    ) {
        survey.faults.append(Fault(row: row, column: column.rawValue, value: value, message: message, remedy: remedy))
    }

    private mutating func checkLabel(_ row: IntakeRow, keptType: (LabelKey) throws -> KeptType?) throws {
        guard let key = row.labelKey else { return }
        let type = row.description.type
        if let first = labels[key] {
            if first.type != type {
                let message =
                    "the label '\(key.label.text)' of \(key.year) is a '\(first.type)' in row \(first.row) and a '\(type)' here"
                fault(row.row, .label, key.label.text, message, "give one record one type, or another label")
            }
            return
        }
        labels[key] = (type, row.row)
        if let kept = try keptType(key), kept.type != type {
            let message =
                "the label '\(key.label.text)' of \(key.year) belongs to \(kept.id), a '\(kept.type)'; here it is a '\(type)'"
            fault(row.row, .label, key.label.text, message, "give the row that type, or another label")
        }
    }

    /// The file under the name that it has in the folder, where that is no UTF-8 and a table cannot write it.
    private mutating func found(_ file: NamedFile) -> NamedFile {
        guard !FileStatus.exists(file.folder.pushing(file.path)),
            let path = ForeignNames.path(said: file.path, below: file.folder)
        else {
            return file
        }
        survey.foreign[file.row] = path
        survey.faults.append(
            Fault(
                .warning,
                row: file.row,
                column: IntakeColumns.Name.path.rawValue,
                value: file.path.string,
                message:
                    "the file is called '\(path.shown)' in the folder, which is no UTF-8; it is kept under that name",
                remedy: "check that it is the file that was meant"
            )
        )
        return NamedFile(row: file.row, folder: file.folder, path: path)
    }

    private mutating func checkFile(_ named: NamedFile) {
        let file = found(named)
        let path = file.path.shown
        let full = file.folder.pushing(file.path)
        if let first = files[full] {
            fault(file.row, .path, path, "the file '\(path)' is named in row \(first) already", "name each file once")
            return
        }
        files[full] = file.row
        do {
            let folder = try DirectoryHandle.open(file.folder)
            let size = try folder.openFile(at: file.path).status().size
            if size == 0 {
                fault(file.row, .path, path, "the file '\(path)' is empty (0 bytes)", "scan or export it again")
            }
            survey.sizes[file.row] = size
        } catch {
            let (message, remedy) = Self.words(for: error, file)
            fault(file.row, .path, path, message, remedy)
        }
    }

    private static func words(for error: FileSafetyError, _ file: NamedFile) -> (String, String) {
        let path = file.path.shown
        switch error.code {
        case .notFound:
            if let near = nearName(file) {
                return (
                    "there is no file '\(path)', but there is '\(near)', written in another form",
                    "write the name as the file has it"
                )
            }
            if path.contains("\\") {
                return (
                    "there is no file '\(path)'",
                    "write / between folders, and the path relative to the manifest's folder"
                )
            }
            return ("there is no file '\(path)'", "check the name, and that the file is in the batch's folder")
        case .symbolicLink:
            return ("the path '\(path)' leads through a symbolic link", "put the file itself into the batch")
        case .notARegularFile:
            let kind = (try? FileStatus.of(file.folder.pushing(file.path)))?.kind
            if kind == .directory { return ("'\(path)' is a folder, not a file", "name its files, one a row") }
            guard let kind else { return ("a part of the path '\(path)' is a file, not a folder", "check the path") }
            return ("'\(path)' is a \(kind.rawValue), not a file", "put a regular file there")
        case .permissionDenied: return ("'\(path)' may not be read", "ask its owner for permission to read it")
        case .nameTooLong: return ("the path '\(path)' is too long for the file system", "give the file a shorter name")
        default: return ("'\(path)' cannot be read: \(error.reason)", error.remedy ?? "check the file")
        }
    }

    /// A name in the same folder that differs in Unicode form or letter case only.
    private static func nearName(_ file: NamedFile) -> String? {
        guard let name = file.path.lastComponent?.string else { return nil }
        let parent = file.folder.pushing(file.path.removingLastComponent())
        let wanted = name.precomposedStringWithCanonicalMapping.lowercased()
        let entries = (try? FolderEntries(of: parent)) ?? .none
        return entries.compactMap(\.name.text).first {
            $0.precomposedStringWithCanonicalMapping.lowercased() == wanted
        }
    }
}
