import Acts
import ArchiveHome
import FileSafety
import Fixity
import Intake
import RecordsModel
import Signatures
import SystemPackage

/// Looks at the electronic signatures of what comes in, and says whether a document may be kept as what it is said to be.
///
/// Every PDF is looked at. What was found goes into the record's metadata, whatever it is. Only an invalid signature on a
/// document that is said to be signed keeps it out, until a person accepts it with a reason: an official would answer for
/// a forged plan as for a lost one. That a signature cannot be told, or is not there, is a warning.
package struct SignatureIntake: Sendable {
    /// What was found in one PDF file.
    package struct Look: Sendable {
        /// The report; nil where reading the file failed.
        let report: SignatureReport?
        /// Why there is no report.
        let why: String
        /// The report as the record keeps it.
        let json: JSONValue
    }

    private let check: SignatureCheck
    /// Why an invalid signature is let in; nil where none is.
    private let acceptance: String?
    /// What is said in JSON of every file that is ruled out; only its length and its digest differ.
    private let ruledOut: [String: JSONValue]

    /// A look at signatures.
    ///
    /// - Parameters:
    ///   - check: what judges a file.
    ///   - acceptance: why a person lets invalid signatures in; nil where nobody does.
    /// - Throws: `EncodingError`.
    package init(_ check: SignatureCheck, acceptance: String?) throws {
        self.check = check
        self.acceptance = acceptance
        guard case .object(let members) = try JSONValue(encoding: check.ruledOut(bytes: 0, sha256: "")) else {
            preconditionFailure("a report is no object")
        }
        ruledOut = members
    }

    /// What the signatures of a file are worth.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - passed: what its bytes said when they passed by; nil where they did not, so that they are read here.
    /// - Returns: what was found; nil for a file that is no PDF.
    /// - Throws: `FileSafetyError`; `FileChangedError`; `BoundedProcessError` where this program cannot be run again.
    func look(at file: FilePath, _ passed: PassedFile? = nil) throws -> Look? {
        let passed = try passed ?? PassedFile.reading(file)
        let (report, why): (SignatureReport?, String)
        switch passed {
        case .noPDF: return nil
        case .ruledOut(let bytes, let sha256):
            var members = ruledOut
            members["bytes"] = .integer(bytes)
            members["sha256"] = .string(sha256)
            return Look(report: check.ruledOut(bytes: bytes, sha256: sha256), why: "", json: .object(members))
        case .toBeLookedAt: (report, why) = try check.report(on: file)
        }
        let json: JSONValue
        if let report {
            json = try JSONValue(encoding: report)
        } else {
            json = .object([
                "category": .string(SignatureReport.Category.cannotTell.rawValue), "notes": .array([.string(why)]),
            ])
        }
        return Look(report: report, why: why, json: json)
    }

    /// Whether a description says that the document is signed electronically: in its column, or by naming a signer where
    /// that column is empty.
    static func isSaidToBeSigned(_ said: RecordDescription) -> Bool {
        said.signature == .electronic || (said.signature == nil && said.signer != nil)
    }

    /// What is wrong with a row's signatures, or worth knowing; nil where nothing is.
    func fault(of reading: SourceReading) -> Fault? {
        fault(reading.signatures, said: reading.row.description, path: reading.row.path.shown, row: reading.row.row)
    }

    /// What is wrong with a row's signatures, looked at where its file lies, or worth knowing; nil where nothing is.
    func fault(ofSource row: IntakeRow) throws -> Fault? {
        let look: Look?
        do {
            look = try self.look(at: row.folder.pushing(row.path))
        } catch is FileChangedError {
            return Fault(
                row: row.row,
                column: "path",
                value: row.path.shown,
                message: "the file '\(row.path.shown.displayed)' changed while it was being read",
                remedy: "wait until nobody writes to it, then run the command again"
            )
        } catch let error as FileSafetyError {
            return Fault(
                row: row.row,
                column: "path",
                value: row.path.shown,
                message: "the file '\(row.path.shown.displayed)' cannot be read: \(error.reason)",
                remedy: error.remedy ?? "check the file, then run the command again"
            )
        }
        return fault(look, said: row.description, path: row.path.shown, row: row.row)
    }

    /// What is wrong with a file's signatures, or worth knowing.
    ///
    /// - Parameters:
    ///   - look: what was found; nil for a file that is no PDF.
    ///   - said: what the person who files it says of it.
    ///   - path: the file's path, as the person knows it.
    ///   - row: the row of the batch; nil where there is none.
    /// - Returns: a fault where it keeps the document out, else a warning, or nil.
    func fault(_ look: Look?, said: RecordDescription, path: String, row: Int?) -> Fault? {
        func tell(_ severity: Fault.Severity, _ message: String, _ remedy: String) -> Fault {
            let name = path.displayed
            let value = said.signature?.rawValue
            return Fault(
                severity,
                row: row,
                column: "signature",
                value: value,
                message: "'\(name)' \(message)",
                remedy: remedy
            )
        }
        let isElectronic = said.signature == .electronic
        guard let look else {
            return isElectronic ? tell(.warning, "is no PDF and carries no electronic signature", Self.copy) : nil
        }
        switch look.report?.category {
        case .valid?: return nil
        case SignatureReport.Category.none?:
            return isElectronic ? tell(.warning, "carries no electronic signature", Self.copy) : nil
        case .invalid?:
            let summary = look.report?.summary ?? ""
            guard Self.isSaidToBeSigned(said) else {
                let remedy = "see 'berkas signature verify' before you rely on it"
                return tell(.warning, "carries an electronic signature that does not hold: \(summary)", remedy)
            }
            if let acceptance {
                return tell(
                    .warning,
                    "is kept with a signature that does not hold: \(summary)",
                    "accepted: \(acceptance)"
                )
            }
            return tell(
                .fault,
                "is said to be signed, and its electronic signature does not hold: \(summary)",
                Self.refused
            )
        case .cannotTell?, nil:
            let why = look.report.map { $0.summary } ?? "cannot tell: \(look.why)"
            let hasSignature = look.report.map { $0.signatureCount > 0 } ?? false
            // Of a file that broke its reader, or took longer than it may, nobody can say that it is not signed.
            guard isElectronic || hasSignature || look.report == nil else { return nil }
            return tell(.warning, "may be signed electronically or not: \(why)", Self.untold)
        }
    }

    /// The event of the person who lets a document in although a signature in it is invalid; nil where nobody had to.
    func acceptance(of document: RecordDocument, by person: String, at moment: Moment) -> Event? {
        guard let acceptance, let found = document.signatures, Self.isSaidToBeSigned(document.description) else {
            return nil
        }
        let invalid = found.filter { $0.report["category"]?.text == SignatureReport.Category.invalid.rawValue }
        guard !invalid.isEmpty else { return nil }
        return Event(
            seq: 0,
            time: moment,
            actor: person,
            event: .signatureAccepted,
            record: RecordID(document.id),
            version: document.version,
            detail: ["files": .array(invalid.map { .string($0.file) }), "reason": .string(acceptance)]
        )
    }

    private static let copy =
        "ask for the file that was signed: a print, a scan or a QR code of a signature proves nothing"
    private static let refused =
        "ask the signer for the file as it was signed, or keep it with --accept-signature REASON --as PERSON"
    private static let untold =
        "see 'berkas signature verify'; trust anchors of the office belong into 'policy/trust'"
}
