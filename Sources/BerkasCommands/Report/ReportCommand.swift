import ArgumentParser

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "What an auditor asks, and the papers of the office, from ledger and catalogue.",
        discussion: ExitStatus.help,
        subcommands: [ReportRetentionAudit.self, ReportDisposal.self]
    )
}
