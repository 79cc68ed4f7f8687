import ArchiveHome
import ArgumentParser
import FileSafety
import Ledger
import Operations
import RecordsModel
import SystemPackage

struct LedgerKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Makes the key that signs the log's checkpoints, or shows it.",
        discussion: """
            The private key lies outside of the home, in a file that only you may read: BERKAS_LOG_KEY, else \
            ~/.config/berkas/. The ledger names the public key (C2SP vkey), which you print and give to those who check. From \
            then on 'ledger checkpoint', packages and 'prove' hand out signed checkpoints (C2SP signed notes). Beside the key \
            lies what it signed last: a ledger that does not begin with it is signed no more (status 5).

              berkas ledger key
              berkas ledger key --to /media/kunci/log.key     and BERKAS_LOG_KEY=/media/kunci/log.key from then on
              berkas ledger key --anew --reason 'komputer dicuri'

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("Where the private key lies, or is to lie.", valueName: "file"))
    var to: String?

    @Flag(help: "Give the log another key than the one that it has.")
    var anew = false

    @Option(help: ArgumentHelp("Why it gets another one.", valueName: "text"))
    var reason: String?

    func validate() throws {
        if anew == (reason ?? "").isEmpty { throw ValidationError("give --anew and --reason together") }
    }

    func run() throws {
        let home = try common.locateHome()
        let context = try common.context(for: home)
        let outcome = try NameLogKey.run(
            home,
            context,
            file: to.map { FilePath(argument: $0) },
            anewBecause: anew ? reason : nil
        )
        try common.tell(
            """
            \(outcome.isNew ? "the ledger names its key from here on" : "the log's key"):
            \(outcome.key)
              the private key lies in \(outcome.file.shown.displayed); whoever has it can sign for this log
            """,
            [
                "file": .string(outcome.file.shown), "key": .string(outcome.key.description),
                "kind": .string("log-key"),
                "new": .boolean(outcome.isNew),
                "replaces": outcome.replaced.map { .string($0.description) } ?? .null,
            ]
        )
    }
}
