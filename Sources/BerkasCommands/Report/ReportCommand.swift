import ArgumentParser

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "What an auditor asks, answered from ledger and catalogue.",
        discussion: ExitStatus.help,
        subcommands: [ReportRetentionAudit.self]
    )
}
