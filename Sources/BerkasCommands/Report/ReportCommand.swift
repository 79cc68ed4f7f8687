import ArgumentParser

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "What an auditor asks, and the papers of the office, from ledger and catalogue.",
        discussion: """
            Papers are Indonesian; the ending of --to tells the form: .html, .pdf, .xlsx or .csv. What a form asks for and \
            nobody has said is named before the paper is written: one empty column fails the auditor's question. Numbers \
            are asked for with --number, never invented. Each print stands in the ledger.

            \(ExitStatus.help)
            """,
        subcommands: [
            ReportRetentionAudit.self, ReportDisposal.self, ReportDossierList.self, ReportContentsList.self,
            ReportActiveList.self, ReportInactiveList.self, ReportConversionMinutes.self, ReportConversionList.self,
            ReportLabels.self, ReportCover.self, ReportSakip.self, ReportUnread.self, ReportLoanForm.self,
            ReportOutIndicator.self,
        ]
    )
}
