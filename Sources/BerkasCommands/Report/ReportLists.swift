import ArchiveHome
import ArgumentParser
import Catalogue
import Operations
import RecordsModel
import Reporting
import Retention

/// Which records a list of the office is of, and how it is written.
struct OfficeListOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var filter: FilterOptions
    @OptionGroup var day: AsOfOptions
    @OptionGroup var paper: PaperOptions
    @OptionGroup var facts: FactOptions

    @Option(help: ArgumentHelp("Kepala Unit Pengolah, as 'name;office;NIP'.", valueName: "signer"))
    var unitHead: SignerArgument?

    /// What a list is made with.
    struct Desk {
        let papers: OfficePapers
        let gathered: OfficePapers.Gathered
        let choice: OfficePapers.Choice
        /// The unit pengolah that the list is of.
        let unit: String?
        let frame: PaperFrame
        let facts: PaperFacts
    }

    /// Opens the home, and gathers the records.
    ///
    /// - Parameters:
    ///   - phases: the phases in which they may stand; nil for every phase.
    ///   - records: only these; empty for all that pass.
    /// - Returns: the records with what the list is made with.
    /// - Throws: `OperationError`, `OfficeFileError`.
    func open(phases: Set<RetentionPhase>? = nil, records: [RecordID] = []) throws -> Desk {
        let home = try common.locateHome()
        let said = try facts.said()
        let papers = try OfficePapers(home, try common.context(for: home), facts: said)
        var choice = OfficePapers.Choice(asOf: day.asOf ?? papers.today)
        choice.filter = try filter.recordFilter(home)
        choice.phases = phases
        choice.records = records
        let gathered = try papers.gather(choice)
        Terminal.clearProgress()
        if phases != nil { tell(gathered.untold, papers.home) }
        // --unit is a part of a name; the paper bears the whole name.
        let units = DossierEntry.distinct(gathered.entries.compactMap(\.unit))
        return Desk(
            papers: papers,
            gathered: gathered,
            choice: choice,
            unit: filter.unit == nil ? home.settings.office : units,
            frame: paper.frame(of: home, today: papers.today, checkpoint: try papers.checkpoint),
            facts: said
        )
    }

    /// Names the records that are on no list by phase.
    private func tell(_ untold: [RetentionPhase: [RecordID]], _ home: Home) {
        for phase in [RetentionPhase.noClassification, .noRule] {
            guard let records = untold[phase] else { continue }
            Terminal.error(
                "note: \(Count.text(records.count, "record")) left out, of which nobody can say whether active or inactive "
                    + "(\(phase.rawValue)): \(RecordNames.text(records))"
            )
        }
    }

    /// Writes the list.
    func write(_ made: Paper, _ desk: Desk) throws {
        try paper.write(made, of: desk.choice.summary, facts: desk.facts.digest, desk.papers.home, common)
    }
}

/// Names of records in a sentence.
enum RecordNames {
    /// The first of them, and how many more there are.
    static func text(_ records: [RecordID]) -> String {
        let shown = records.prefix(5).map(\.description).joined(separator: ", ")
        return records.count > 5 ? "\(shown) and \(records.count - 5) more" : shown
    }
}

struct ReportDossierList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dossier-list",
        abstract: "Daftar Berkas: every dossier with code, years and quantity.",
        discussion: """
              berkas report dossier-list --unit Sekretariat --place Paringin --unit-head 'Siti;Sekretaris;1980' \\
                --to daftar-berkas.pdf

            \(ExitStatus.help)
            """,
        aliases: ["daftar-berkas"]
    )

    @OptionGroup var list: OfficeListOptions

    func validate() throws { try list.paper.requireFile() }

    func run() throws {
        let desk = try list.open()
        let dossiers = try desk.papers.dossiers(of: desk.gathered, unit: desk.unit)
        try list.write(
            .dossierList(dossiers, unit: desk.unit, frame: desk.frame, unitHead: list.unitHead?.signer),
            desk
        )
    }
}

struct ReportContentsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contents-list",
        abstract: "Daftar Isi Berkas: every record of the dossiers.",
        discussion: ExitStatus.help,
        aliases: ["daftar-isi-berkas"]
    )

    @OptionGroup var list: OfficeListOptions

    func validate() throws { try list.paper.requireFile() }

    func run() throws {
        let desk = try list.open()
        let head = list.unitHead?.signer
        try list.write(.contentsList(desk.gathered.entries, unit: desk.unit, frame: desk.frame, unitHead: head), desk)
    }
}

struct ReportActiveList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "active-list",
        abstract: "Daftar Arsip Aktif: the records whose active period is not over.",
        discussion: """
            A record whose period has not begun, since its event has not happened, is still active. One without a code or \
            without a row in the schedule is on neither list, and is named.

            \(ExitStatus.help)
            """,
        aliases: ["daftar-arsip-aktif"]
    )

    @OptionGroup var list: OfficeListOptions

    func validate() throws { try list.paper.requireFile() }

    func run() throws {
        let desk = try list.open(phases: [.active, .notStarted])
        let head = list.unitHead?.signer
        try list.write(.activeList(desk.gathered.entries, unit: desk.unit, frame: desk.frame, unitHead: head), desk)
    }
}

extension Paper.InactiveForm: ExpressibleByArgument {}

struct ReportInactiveList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inactive-list",
        abstract: "Daftar Arsip Inaktif: the records whose active period is over, and that are here still.",
        discussion: ExitStatus.help,
        aliases: ["daftar-arsip-inaktif"]
    )

    @OptionGroup var list: OfficeListOptions

    @Option(help: ArgumentHelp("kementerian (twelve columns) or rinci (eighteen).", valueName: "columns"))
    var columns: Paper.InactiveForm = .ministry

    @Option(help: ArgumentHelp("Kepala Unit Kearsipan, as 'name;office;NIP'.", valueName: "signer"))
    var recordsHead: SignerArgument?

    func validate() throws { try list.paper.requireFile() }

    func run() throws {
        let desk = try list.open(phases: [.inactive, .due])
        let made = Paper.inactiveList(
            desk.gathered.entries,
            unit: desk.unit,
            form: columns,
            frame: desk.frame,
            recordsUnitHead: recordsHead?.signer,
            unitHead: list.unitHead?.signer
        )
        try list.write(made, desk)
    }
}
