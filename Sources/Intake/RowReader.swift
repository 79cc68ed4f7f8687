import FileSafety
import RecordsModel
import SystemPackage

/// Makes a described file out of a row, or says all that is wrong with it.
///
/// Looks at the words only; whether the file is there is the checker's question.
struct RowReader {
    /// The years that a plan can be of: wide enough for any paper, narrow enough to catch a slip of the finger.
    static let years = 1900...2200

    let policy: IntakePolicy

    /// What came of a row.
    struct Reading {
        var row: IntakeRow?
        /// The file that is named, also where something else is wrong with the row.
        var path: FilePath?
        var faults: [Fault]
    }

    func read(_ raw: RawRow) -> Reading {
        var faults: [Fault] = []
        func text(_ column: IntakeColumns.Name) -> String? {
            guard let value = raw.values[column], !Self.trimmed(value).isEmpty else { return nil }
            return value
        }
        func word(_ column: IntakeColumns.Name) -> String? { text(column).map(Self.trimmed) }
        func fault(
            _ column: IntakeColumns.Name,
            _ message: String,
            _ remedy: String,
            _ severity: Fault.Severity = .fault
        ) {
            let fault = Fault(
                severity,
                row: raw.row,
                column: column.rawValue,
                value: raw.values[column],
                message: message,
                remedy: remedy
            )
            faults.append(fault)
        }
        let path = readPath(text(.path), raw.file, fault)
        let year = readYear(word(.year), fault)
        let step = readStep(word(.step), fault)
        let type = readType(word(.type), step: step, fault)
        let date = readDate(word(.date), fault)
        let signature = readSignature(word(.signature), fault)
        let access = readAccess(word(.access), fault)
        let classification = word(.classification)
        if let classification, !policy.classificationCodes.isEmpty, !policy.classificationCodes.contains(classification)
        {
            let message = "'\(classification)' is not in policy/classification.csv"
            fault(
                .classification,
                message,
                "check the code, or add it to that file; the record is kept all the same",
                .warning
            )
        }
        let unit = word(.unit) ?? policy.settings.office
        if !policy.settings.units.isEmpty, !policy.settings.units.contains(where: { ExactText($0) == ExactText(unit) })
        {
            let message = "'\(unit)' is not among the units of berkas.yaml"
            fault(.unit, message, "check the name, or add it to that file; the record is kept all the same", .warning)
        }
        guard let path, let year, let step, let type, !faults.contains(where: { $0.severity == .fault }) else {
            return Reading(row: nil, path: path, faults: faults)
        }
        let title = text(.title) ?? Self.title(of: path)
        var said = RecordDescription(year: year, unit: unit, step: step, type: type, title: title)
        said.number = text(.number)
        said.date = date
        said.signer = text(.signer)
        said.signature = signature
        said.classification = classification
        said.access = access
        said.location = text(.location)
        said.label = word(.label)
        said.note = text(.note)
        let row = IntakeRow(row: raw.row, folder: raw.folder, path: path, description: said)
        return Reading(row: row, path: path, faults: faults)
    }

    /// The file's name without its ending, or with it where nothing but points would be left.
    private static func title(of path: FilePath) -> String {
        guard let name = path.lastComponent else { return path.shown }
        if String(validating: path.lastName, as: UTF8.self) == nil {
            // What it is in letters would be a guess.
            let shown = FilePath(rawBytes: path.lastName).shown
            let point = shown.lastIndex(of: ".") ?? shown.startIndex
            return point > shown.startIndex ? String(shown[..<point]) : shown
        }
        return name.stem.utf8.allSatisfy { $0 == UInt8(ascii: ".") } ? name.string : name.stem
    }

    private typealias Report = (IntakeColumns.Name, String, String, Fault.Severity) -> Void

    private func readPath(_ text: String?, _ file: FilePath?, _ fault: Report) -> FilePath? {
        guard let text else {
            fault(.path, "the path is empty", "name the file, relative to the manifest's folder", .fault)
            return nil
        }
        guard !text.utf8.contains(0) else {
            fault(.path, "the path holds a zero byte", "write the file's name as it is", .fault)
            return nil
        }
        let path = file ?? FilePath(text)
        if path.isAbsolute {
            fault(
                .path,
                "the path '\(text)' leaves the batch: it is absolute",
                "give it relative to the manifest's folder",
                .fault
            )
            return nil
        }
        if path.components.contains(where: { $0.kind == .parentDirectory }) {
            fault(
                .path,
                "the path '\(text)' leaves the batch through '..'",
                "put the file into the batch's folder",
                .fault
            )
            return nil
        }
        let regular = FilePath(root: nil, path.components.filter { $0.kind == .regular })
        guard !regular.isEmpty else {
            fault(.path, "the path '\(text)' names no file", "name the file, relative to the manifest's folder", .fault)
            return nil
        }
        if text.hasSuffix("/") {
            fault(.path, "the path '\(text)' names a folder", "name a file, one a row", .fault)
            return nil
        }
        return regular
    }

    private func readYear(_ text: String?, _ fault: Report) -> Int? {
        guard let text else {
            fault(.year, "the year is empty", "give the fiscal year of the plan, such as 2024", .fault)
            return nil
        }
        guard text.utf8.count == 4, let year = Self.number(text) else {
            fault(.year, "'\(text)' is no year", "give four digits, such as 2024", .fault)
            return nil
        }
        guard Self.years.contains(year) else {
            let range = "\(Self.years.lowerBound) to \(Self.years.upperBound)"
            fault(.year, "the year \(year) is out of range", "give a year from \(range)", .fault)
            return nil
        }
        return year
    }

    private func readStep(_ text: String?, _ fault: Report) -> Int? {
        let last = policy.procedure.steps.count
        let remedy = "give a step of the procedure, 1 to \(last)"
        guard let text else {
            fault(.step, "the step is empty", remedy, .fault)
            return nil
        }
        guard let step = Self.number(text), (1...last).contains(step) else {
            fault(.step, "'\(text)' is no step of the procedure '\(policy.procedure.title)'", remedy, .fault)
            return nil
        }
        return step
    }

    private func readType(_ text: String?, step: Int?, _ fault: Report) -> String? {
        let known = policy.procedure.types.map(\.id).joined(separator: ", ")
        guard let text else {
            fault(.type, "the document type is empty", "give one of: \(known)", .fault)
            return nil
        }
        guard let type = policy.procedure.type(named: text) else {
            fault(
                .type,
                "'\(text)' is no document type",
                "give one of: \(known); or add it to policy/sop-rkt.yaml",
                .fault
            )
            return nil
        }
        let steps = policy.procedure.steps(of: type.id)
        if let step, !steps.contains(step) {
            let belongs = steps.isEmpty ? "no step" : "step " + steps.map(String.init).joined(separator: ", ")
            let message = "'\(type.id)' belongs to \(belongs), not to step \(step)"
            fault(
                .type,
                message,
                "check both, or add the type to that step in policy/sop-rkt.yaml; the record is kept all the same",
                .warning
            )
        }
        return type.id
    }

    private func readDate(_ text: String?, _ fault: Report) -> CivilDate? {
        guard let text else { return nil }
        guard let date = CivilDate(text) else {
            let hasForm = text.utf8.count == 10 && text.split(separator: "-").map(\.utf8.count) == [4, 2, 2]
            let message =
                hasForm && text.allSatisfy { $0.isNumber || $0 == "-" }
                ? "the date \(text) does not exist" : "'\(text)' is no date"
            fault(.date, message, "give it as YYYY-MM-DD, such as 2024-02-28", .fault)
            return nil
        }
        return date
    }

    private func readSignature(_ text: String?, _ fault: Report) -> SignatureKind? {
        guard let text else { return nil }
        switch text.lowercased() {
        case "basah", "wet", "wet ink": return .wet
        case "elektronik", "electronic", "tte": return .electronic
        case "tidak", "tidak ada", "none", "-": return SignatureKind.none
        default:
            fault(
                .signature,
                "'\(text)' is no kind of signature",
                "give basah (wet ink), elektronik (TTE) or tidak (none)",
                .fault
            )
            return nil
        }
    }

    private func readAccess(_ text: String?, _ fault: Report) -> String? {
        guard let text else { return nil }
        guard !policy.accessLevels.isEmpty else { return text }
        if let level = policy.accessLevels.first(where: { $0.lowercased() == text.lowercased() }) { return level }
        let known = policy.accessLevels.joined(separator: ", ")
        fault(
            .access,
            "'\(text)' is no security class",
            "give one of: \(known); or add it to policy/access.csv",
            .fault
        )
        return nil
    }

    private static func number(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }

    /// Without the spaces and tabs that spreadsheets leave at either end.
    static func trimmed(_ text: String) -> String {
        let bytes = Array(text.utf8)
        func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }
        guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) })
        else {
            return ""
        }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}
