import Acts
import ArchiveHome
import ArgumentParser
import BoundedProcess
import FileSafety
import Foundation
import Operations
import RecordsModel
import Signatures
import SystemPackage

struct SignatureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signature",
        abstract: "Electronic signatures in PDF files: valid, invalid, or not to be told, and why.",
        discussion: ExitStatus.help,
        subcommands: [SignatureVerify.self]
    )
}

struct SignatureVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verifies the signatures of files, or of a record's files. Needs no network, and for files no home.",
        discussion: """
            Byte range, what later revisions changed, algorithms, key usage, the chain to the trust anchors, revocation \
            data and time stamps inside the file, at the time that is proven. Anchors are those of --trust, else \
            'policy/trust/*.pem' of the home. It ends with 0 where all signatures are valid or there is none, 5 where one is \
            invalid, 3 where one cannot be told.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("A file of trust anchors in PEM form, instead of the home's.", valueName: "file"))
    var trust: [String] = []

    @Argument(help: ArgumentHelp("PDF files, or records such as RKT-2024-0012@v1.", valueName: "file-or-id"))
    var subjects: [String]

    func run() throws {
        let home = try? common.locateHome()
        let anchors =
            try trust.isEmpty
            ? home.map { try SignatureCheck.trust(of: $0) } ?? [] : trust.map { FilePath(argument: $0) }
        if anchors.isEmpty, !common.quiet {
            Terminal.error(
                "note: there are no trust anchors, so that no signature can be valid; name some with --trust"
            )
        }
        let zone = home?.settings.timeZone ?? "Asia/Jakarta"
        let now = OperationContext.clock(in: zone).map { $0() } ?? Moment(secondsSinceEpoch: 0, offset: 0)
        let budget = home?.settings.budget ?? FileBudget.Limits()
        let check = try SignatureCheck(program: OwnProgram.path ?? "berkas", trust: anchors, now: now, budget: budget)
        var worst = ExitStatus.done
        for subject in subjects {
            for (name, path) in try files(subject) {
                let (report, why) = try check.report(on: path)
                let status = Self.status(report)
                if worst != .integrityFault, status != .done { worst = status }
                try common.tell(Self.text(report, why, name), try Self.object(report, why, name))
            }
        }
        Terminal.flush()
        try end(worst)
    }

    /// The file of that name, else the files of the record.
    private func files(_ subject: String) throws -> [(name: String, path: FilePath)] {
        let path = FilePath(argument: subject)
        guard !FileStatus.exists(path), let reference = RecordReference(subject) else { return [(subject, path)] }
        let (reader, _) = try common.openReader()
        return try reader.storedFiles(of: reference).map { ("\(reference.id) \($0.name)", $0.path) }
    }

    private static func status(_ report: SignatureReport?) -> ExitStatus {
        switch report?.category {
        case .valid?, SignatureReport.Category.none?: .done
        case .invalid?: .integrityFault
        case .cannotTell?, nil: .partly
        }
    }

    private static func text(_ report: SignatureReport?, _ why: String, _ name: String) -> String {
        guard let report else { return "\(name.displayed): cannot tell: \(why)" }
        var lines = ["\(name.displayed): \(report.summary)"]
        for signature in report.signatures {
            lines.append(
                "  \(signature.field.displayed): \(signature.verdict.rawValue) (\(signature.reason.rawValue))"
                    + (signature.kind == .documentTimestamp ? ", document time stamp" : "")
            )
            if let signer = signature.signer { lines.append("      signer   \(signer.displayed)") }
            if let issuer = signature.issuer { lines.append("      issuer   \(issuer.displayed)") }
            if let time = signature.provenTime { lines.append("      proven   \(time)") }
            if let time = signature.claimedTime { lines.append("      claimed  \(time)") }
            lines += signature.explanations.map { "      \($0.displayed)" }
            lines += signature.changes.map { "      later: \($0.displayed)" }
        }
        return (lines + report.notes.map { "  note: \($0.displayed)" }).joined(separator: "\n")
    }

    private static func object(_ report: SignatureReport?, _ why: String, _ name: String) throws -> [String: JSONValue]
    {
        var members: [String: JSONValue] = ["category": .string("cannot-tell"), "notes": .array([.string(why)])]
        if let report, case .object(let said) = try JSONValue(encoding: report) { members = said }
        members["kind"] = .string("signature report")
        members["file"] = .string(name)
        return members
    }
}
