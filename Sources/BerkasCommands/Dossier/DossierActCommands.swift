import ArchiveHome
import ArgumentParser
import Dossiers
import Operations
import Packaging
import RecordsModel
import SystemPackage

/// The year of a dossier, and who moves it on.
struct DossierOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The fiscal year of the dossier.", valueName: "year"))
    var year: Int

    func validate() throws { try Self.check(year) }

    static func check(_ year: Int) throws {
        if !(1...9999).contains(year) { throw ValidationError("the year must be 1 to 9999, such as 2024") }
    }
}

struct ReceiveDossier: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive",
        abstract: "Takes a dossier in for filing: the first stage of archiving (terima).",
        discussion: """
            Who may do it stands in policy/roles.csv (receive-dossier). The stages are those of step 11 of the procedure.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var dossier: DossierOptions

    @Option(help: ArgumentHelp("A remark.", valueName: "words"))
    var note: String?

    func run() throws { try StageRendering.advance(.receive, dossier.year, note, common) }
}

struct CheckFiling: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-filing",
        abstract: "Enters that a dossier's papers were checked (periksa).",
        discussion: """
            Look at 'berkas dossier YEAR' first: it names what is missing. Where records come or go afterwards, it has to be \
            checked again. Who may do it stands in policy/roles.csv (check-filing).

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var dossier: DossierOptions

    @Option(help: ArgumentHelp("A remark.", valueName: "words"))
    var note: String?

    func run() throws { try StageRendering.advance(.check, dossier.year, note, common) }
}

struct ApproveFiling: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve-filing",
        abstract: "Approves that a dossier is filed as it is (berkaskan).",
        discussion: """
            Who may do it stands in policy/roles.csv (approve-filing).

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var dossier: DossierOptions

    @Option(help: ArgumentHelp("A remark.", valueName: "words"))
    var note: String?

    func run() throws { try StageRendering.advance(.approve, dossier.year, note, common) }
}

/// How it is shown that a dossier was moved on.
enum StageRendering {
    static func advance(_ act: DossierAct, _ year: Int, _ note: String?, _ common: CommonOptions) throws {
        let (detail, name) = try DossierActs(common.openWriter()).advance(act, year: year, note: note)
        try common.tell(
            "\(detail.dossier) is '\(name.displayed)': \(Count.text(detail.records, "record"))",
            [
                "dossier": .string(detail.dossier), "kind": .string("dossier stage reached"), "name": .string(name),
                "records": .integer(detail.records), "stage": .string(detail.stage),
            ]
        )
        Terminal.flush()
    }
}

struct SealDossier: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal",
        abstract: "Seals a dossier (selesai): packs it, and lets nothing new into it.",
        discussion: """
            The package goes into packages/, its digest into the ledger. A dossier that lacks a required document is sealed \
            only with --incomplete REASON. Afterwards ingest and import take nothing new of that year until somebody opens \
            it again with 'berkas reopen'. Who may do it stands in policy/roles.csv (seal-dossier).

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var dossier: DossierOptions

    @Option(help: ArgumentHelp("Why it is sealed although something is missing.", valueName: "reason"))
    var incomplete: String?

    @Option(help: ArgumentHelp("The package's format: tar, tar.gz, tar.zst or zip.", valueName: "ending"))
    var format = "tar"

    func validate() throws {
        if PackageFormat(rawValue: format) == nil {
            throw ValidationError("--format must be tar, tar.gz, tar.zst or zip")
        }
    }

    func run() throws {
        let sealed = try DossierActs(common.openWriter()).seal(
            year: dossier.year,
            incomplete: incomplete,
            ending: format
        )
        Terminal.clearProgress()
        let detail = sealed.detail
        var lines = [
            "sealed \(detail.dossier): \(Count.text(detail.records, "record"))",
            "  package  \(sealed.package.path.string.displayed)  \(Size.text(sealed.package.bytes))",
            "  sha512   \(detail.sha512)",
        ]
        if let timing = sealed.timing, let due = timing.due, let over = timing.daysOver {
            let working = Count.text(timing.workingDaysOver ?? 0, "working day")
            let late = over == 0 ? "in time" : "\(Count.text(over, "day")) late (\(working))"
            lines.append(
                "  due      \(due), \(late); first sealed with this plan on \(timing.ended?.description ?? "-")"
            )
        }
        if let reason = detail.incomplete { lines.append("  INCOMPLETE: \(reason.displayed)") }
        try common.tell(
            lines.joined(separator: "\n"),
            [
                "bytes": .integer(sealed.package.bytes),
                "daysOver": sealed.timing?.daysOver.map { .integer($0) } ?? .null,
                "dossier": .string(detail.dossier), "due": detail.due.map { .string($0.description) } ?? .null,
                "incomplete": detail.incomplete.map { .string($0) } ?? .null, "kind": .string("dossier sealed"),
                "path": .string(sealed.package.path.string), "plan": detail.plan.map { .string($0) } ?? .null,
                "records": .integer(detail.records), "sha512": .string(detail.sha512),
                "signed": detail.signed.map { .string($0.description) } ?? .null,
                "workingDaysOver": sealed.timing?.workingDaysOver.map { .integer($0) } ?? .null,
            ]
        )
        Terminal.flush()
    }
}

struct ReopenDossier: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reopen",
        abstract: "Opens a sealed dossier again, with a reason.",
        discussion: """
            The stages begin anew; the earlier package and seal stay in the ledger. Who may do it stands in policy/roles.csv \
            (reopen-dossier).

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var dossier: DossierOptions

    @Option(help: ArgumentHelp("Why.", valueName: "words"))
    var reason = ""

    func run() throws {
        let detail = try DossierActs(common.openWriter()).reopen(year: dossier.year, reason: reason)
        try common.tell(
            "\(detail.dossier) is open again: \(detail.reason.displayed)",
            [
                "dossier": .string(detail.dossier), "kind": .string("dossier reopened"),
                "reason": .string(detail.reason),
            ]
        )
        Terminal.flush()
    }
}
