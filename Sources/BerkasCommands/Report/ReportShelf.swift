import ArchiveHome
import ArgumentParser
import Catalogue
import Operations
import RecordsModel
import Reporting

extension LabelEntry.Holder: ExpressibleByArgument {
    /// A holder as a word of a command: `boks` or `folder`.
    init?(argument: String) {
        guard let holder = Self.allCases.first(where: { $0.rawValue.lowercased() == argument.lowercased() }) else {
            return nil
        }
        self = holder
    }
}

struct ReportLabels: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "labels",
        abstract: "Labels of the boxes and folders that records lie in.",
        discussion: """
            Boxes and folders are read from where the records say that they lie: 'Rak 1 / Boks 2 / Folder 3'. A record \
            that names none is left out, and named.

            \(ExitStatus.help)
            """,
        aliases: ["label"]
    )

    @OptionGroup var list: OfficeListOptions

    @Option(help: ArgumentHelp("boks or folder; else both.", valueName: "holder"))
    var of: LabelEntry.Holder?

    func validate() throws { try list.paper.requireFile() }

    func run() throws {
        let desk = try list.open()
        let (labels, unplaced) = desk.papers.labels(of: desk.gathered, holders: of.map { [$0] } ?? [.box, .folder])
        if !unplaced.isEmpty {
            Terminal.error(
                "note: \(Count.text(unplaced.count, "record")) left out, which do not say in which box (boks) or folder "
                    + "they lie: \(RecordNames.text(unplaced))"
            )
        }
        if labels.isEmpty {
            throw OperationError(
                .noSuchRecord,
                message: "no record says in which box or folder it lies",
                remedy: "a place is written as 'Rak 1 / Boks 2 / Folder 3' when a record is filed; nothing was written"
            )
        }
        try list.write(.labels(labels, frame: desk.frame), desk)
    }
}

struct ReportCover: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cover",
        abstract: "Sampul Berkas: the cover sheet of a year's dossier, with what is in it.",
        discussion: ExitStatus.help,
        aliases: ["sampul"]
    )

    @OptionGroup var list: OfficeListOptions

    @Option(help: ArgumentHelp("What the dossier is called; else as its procedure.", valueName: "words"))
    var title: String?

    func validate() throws {
        try list.paper.requireFile()
        if list.filter.year == nil { throw ValidationError("a cover is of one dossier: name its --year") }
    }

    func run() throws {
        let desk = try list.open()
        let entries = desk.gathered.entries
        let dossiers = try desk.papers.dossiers(of: desk.gathered, unit: desk.unit)
        guard var dossier = dossiers.first, dossiers.count == 1 else {
            throw OperationError(
                .usage,
                message: "the records are of several dossiers, and a cover is of one",
                remedy: "name one --year"
            )
        }
        dossier.title = title ?? dossier.title
        let made = Paper.cover(
            dossier,
            entries,
            access: DossierEntry.distinct(entries.compactMap(\.access)),
            fate: desk.papers.fate(of: entries, desk.gathered.due),
            procedure: try desk.papers.procedure(),
            frame: desk.frame
        )
        try list.write(made, desk)
    }
}

struct ReportSakip: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sakip",
        abstract: "Daftar Bukti Dukung SAKIP 1.a and 1.b: each year's signed plan, years without one in front.",
        discussion: """
            The days of publication and the links are said by --facts: the archive does not know them.

              berkas report sakip --from 2020 --until 2026 --facts publikasi.csv --to bukti-sakip.xlsx

            \(ExitStatus.help)
            """,
        aliases: ["daftar-bukti-sakip"]
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var paper: PaperOptions
    @OptionGroup var facts: FactOptions

    @Option(help: ArgumentHelp("The first fiscal year; else the first that has a record.", valueName: "year"))
    var from: Int?

    @Option(help: ArgumentHelp("The last fiscal year; else the last that has a record.", valueName: "year"))
    var until: Int?

    @Option(
        help: ArgumentHelp(
            "A document type that is asked for; may stand several times; else the signed plan.",
            valueName: "type"
        )
    )
    var type: [String] = []

    @Option(help: ArgumentHelp("Kepala Dinas, as 'name;office;NIP'.", valueName: "signer"))
    var head: SignerArgument?

    func validate() throws {
        try paper.requireFile()
        for year in [from, until].compactMap(\.self) where !(1900...2200).contains(year) {
            throw ValidationError("--from and --until are years from 1900 to 2200")
        }
        if let from, let until, until < from { throw ValidationError("--until is before --from") }
    }

    func run() throws {
        let home = try common.locateHome()
        let said = try facts.said()
        let papers = try OfficePapers(home, try common.context(for: home), facts: said)
        Terminal.clearProgress()
        let known = try papers.catalogue.years()
        guard let first = from ?? known.first ?? until, let last = until ?? known.last ?? from, first <= last else {
            throw OperationError(
                .noSuchRecord,
                message: "there is no record from which the years could be told",
                remedy: "name them with --from and --until; nothing was written"
            )
        }
        let made = Paper.sakipEvidence(
            try papers.evidence(of: first...last, types: type),
            frame: paper.frame(of: home, today: papers.today, checkpoint: try papers.checkpoint),
            head: head?.signer
        )
        try paper.write(made, of: "years \(first) to \(last)", facts: said.digest, home, common)
    }
}
