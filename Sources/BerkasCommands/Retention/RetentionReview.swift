import ArchiveHome
import ArgumentParser
import Disposal
import Operations
import RecordsModel

struct RetentionReview: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Closes the review of a record that is to be appraised again (dinilai kembali).",
        discussion: """
              berkas retention review RKT-2019-0004 --outcome perpanjang --until 2028-01-01 \\
                --authority 'Nota Dinas 12/2026' --comment 'masih dipakai dalam pemeriksaan'

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The record.", valueName: "id"))
    var record: RecordID

    @Option(
        help: ArgumentHelp(
            "musnah (destroy), permanen (keep for ever) or perpanjang (appraise later).",
            valueName: "outcome"
        )
    )
    var outcome: ReviewClosed.Disposition?

    @Option(help: ArgumentHelp("The code of the schedule that applies from now on.", valueName: "code"))
    var row: String?

    @Option(help: ArgumentHelp("With perpanjang: the day of the next review, YYYY-MM-DD.", valueName: "date"))
    var until: CivilDate?

    @Option(help: ArgumentHelp("On whose word, such as a letter with its number.", valueName: "words"))
    var authority = ""

    @Option(help: ArgumentHelp("Why.", valueName: "words"))
    var comment = ""

    func run() throws {
        let closed = try DisposalActs(common.openWriter()).closeReview(
            of: record,
            as: outcome,
            row: row,
            until: until,
            authority: authority,
            comment: comment
        )
        try common.tell(
            "closed the review of \(record): \(closed.disposition.rawValue)\(closed.until.map { " until \($0)" } ?? "")",
            [
                "kind": .string("review closed"), "record": .string(record.description),
                "outcome": .string(closed.disposition.rawValue),
                "until": closed.until.map { .string($0.description) } ?? .null,
            ]
        )
    }
}
