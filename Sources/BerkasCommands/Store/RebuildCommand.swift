import ArchiveHome
import ArgumentParser
import Catalogue
import Operations
import RecordsModel

struct RebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Makes the catalogue anew from store and ledger.",
        discussion: """
            The catalogue is an index and nothing else: after a rebuild every answer is the same as before.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    func run() throws {
        let home = try common.locateHome()
        let context = try common.context(for: home)
        let report = try Rebuild.run(home, context, running: [.dates])
        Terminal.clearProgress()
        let totals = report.totals
        try common.tell(
            "the catalogue was made anew: \(totals.records) records, \(totals.versions) versions, \(totals.files) files, "
                + "\(report.events) events",
            [
                "events": .integer(report.events), "files": .integer(totals.files), "kind": .string("summary"),
                "leftOut": .integer(report.faults.count), "records": .integer(totals.records),
                "versions": .integer(totals.versions),
            ]
        )
        Terminal.flush()
        if !report.faults.isEmpty { try end(.integrityFault) }
    }
}
