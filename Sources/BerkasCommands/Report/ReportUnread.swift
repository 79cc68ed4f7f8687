import ArchiveHome
import ArgumentParser
import Catalogue
import Operations
import RecordsModel
import Reporting
import TextExtraction

struct ReportUnread: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unread",
        abstract: "Daftar Arsip yang Belum Terbaca: each file whose text was not read, or may be wrong, and why.",
        discussion: """
            What was not read is not found by its words. 'berkas list --unread' shows the same, 'berkas read' reads what \
            was not tried yet.

              berkas report unread --year 2024 --place Paringin --head 'Siti;Arsiparis;1980' --to belum-terbaca.pdf

            \(ExitStatus.help)
            """,
        aliases: ["daftar-arsip-belum-terbaca"]
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var filter: FilterOptions
    @OptionGroup var paper: PaperOptions

    @Option(help: ArgumentHelp("Kepala Unit Kearsipan, as 'name;office;NIP'.", valueName: "signer"))
    var head: SignerArgument?

    func validate() throws { try paper.requireFile() }

    func run() throws {
        let home = try common.locateHome()
        let said = PaperFacts()
        let papers = try OfficePapers(home, try common.context(for: home), facts: said)
        Terminal.clearProgress()
        let chosen = try filter.recordFilter(home)
        let entries = try papers.catalogue.unread(chosen).flatMap { item in
            try item.files.map { try Self.entry(item.record, $0.version, $0.file) }
        }
        guard !entries.isEmpty else {
            throw OperationError(
                .noSuchRecord,
                message: "no record is on this paper: all that is kept of these was read",
                remedy: "nothing was written"
            )
        }
        var choice = OfficePapers.Choice(asOf: papers.today)
        choice.filter = chosen
        let frame = paper.frame(of: home, today: papers.today, checkpoint: try papers.checkpoint)
        let made = Paper.unreadList(entries, frame: frame, head: head?.signer)
        try paper.write(made, of: choice.summary, facts: nil, home, common)
    }

    private static func entry(_ record: RecordSummary, _ version: Int, _ file: ReadFile) throws -> UnreadEntry {
        let reading = try file.outline()
        let reasons = ReadingRendering.reasons(reading)
        return UnreadEntry(
            record: record.id,
            title: record.title,
            version: version,
            file: file.name,
            state: reading.map { $0.state == .doubtful ? .doubtful : .notRead } ?? .waiting,
            reasons: reasons.map { finding in (finding.page.map { "hlm. \($0): " } ?? "") + finding.message }
        )
    }
}
