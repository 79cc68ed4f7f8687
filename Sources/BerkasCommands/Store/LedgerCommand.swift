import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel
import SystemPackage

struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Works on the log of everything that happened.",
        subcommands: [
            LedgerVerify.self, LedgerClose.self, LedgerCheckpoint.self, LedgerKey.self, LedgerOffer.self,
            LedgerAccept.self, LedgerStampCommand.self, LedgerTiles.self,
        ]
    )
}

struct LedgerVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recomputes the ledger's tree, and names the first line that differs.",
        discussion: """
            Whoever can write to the home can write its history anew, with every hash right. So hold it against what they \
            cannot reach: --against takes a checkpoint from a printed paper, a mail, a package or a copy, as a file or typed \
            ('NUMBER-OF-LINES ROOT', or the short form with its check digits), and may be given several times.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("A checkpoint kept elsewhere: a file, a package, or its text.", valueName: "checkpoint"))
    var against: [String] = []

    func run() throws {
        let home = try common.locateHome()
        let outside = try against.map { try OutsideCheckpoint.read($0, file: FilePath(argument: $0)) }
        let context = try common.context(for: home)
        let report = try VerifyLedger.run(home, context, against: outside)
        for finding in report.findings { try Findings.tell(finding, common) }
        for (source, lines) in report.consistent {
            let count = Count.text(lines, "line")
            try common.tell(
                "consistent: the ledger begins with the \(count) of the checkpoint '\(source.displayed)'",
                ["kind": .string("consistent"), "lines": .integer(lines), "source": .string(source)]
            )
        }
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
