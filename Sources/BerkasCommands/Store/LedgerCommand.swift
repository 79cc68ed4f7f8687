import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel

struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Works on the log of everything that happened.",
        subcommands: [LedgerVerify.self, LedgerClose.self]
    )
}

struct LedgerVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recomputes the ledger's tree, and names the first line that differs.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions

    func run() throws {
        let home = try common.locateHome()
        let report = try VerifyLedger.run(home, try common.context(timeZone: home.settings.timeZone))
        for finding in report.findings { try Findings.tell(finding, common) }
        try Findings.tell(strangers: report.strangers, home, common)
        let checkpoint =
            report.checkpoint.map { "; checkpoint: " + $0.split(separator: "\n").joined(separator: " ") } ?? ""
        try common.tell(
            (report.findings.isEmpty ? "the ledger is whole: " : "\(Count.text(report.findings.count, "fault")): ")
                + "\(report.lines) events" + checkpoint,
            [
                "checkpoint": report.checkpoint.map { .string($0) } ?? .null, "events": .integer(report.lines),
                "findings": .integer(report.findings.count), "kind": .string("summary"),
            ]
        )
        Terminal.flush()
        if !report.findings.isEmpty { try end(.integrityFault) }
        if Findings.areReported(report.strangers, home) { try end(.partly) }
    }
}
