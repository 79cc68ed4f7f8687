import ArchiveHome
import ArgumentParser
import Foundation
import Operations
import RecordsModel
import SystemPackage

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Makes an archive home.",
        discussion: """
            Makes the folder with berkas.yaml, sample policies, an empty store, ledger and catalogue. Edit berkas.yaml \
            before the first record is kept: the prefixes are settled then.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The folder; else --home, else BERKAS_HOME, else 'Archive'.", valueName: "folder"))
    var folder: String?

    @Option(help: ArgumentHelp("The name of the office.", valueName: "name"))
    var office = "Kantor"

    @Option(help: ArgumentHelp("What record ids begin with.", valueName: "prefix"))
    var idPrefix = "RKT"

    @Option(
        help: ArgumentHelp(
            "The tag: URI that OCFL object ids begin with, such as tag:office.example,2026:",
            valueName: "uri"
        )
    )
    var uriPrefix: String?

    @Option(help: ArgumentHelp("The IANA name of the time zone.", valueName: "zone"))
    var timeZone = "Asia/Makassar"

    @Flag(help: "Ask for signatures under the acts that matter most: 'signed-acts' in berkas.yaml.")
    var signed = false

    func run() throws {
        let named = CommandWords.environment("BERKAS_HOME")
        let path = FilePath(argument: folder ?? common.home ?? named ?? "Archive")
        guard OperationContext.clock(in: timeZone) != nil else {
            throw ValidationError("there is no time zone '\(timeZone)'; give an IANA name such as Asia/Makassar")
        }
        let context = try common.context(timeZone: timeZone)
        let settings = try Initialise.settings(
            office: office,
            idPrefix: idPrefix,
            uriPrefix: uriPrefix,
            timeZone: timeZone,
            today: context.now().date,
            signedActs: signed ? Set(SignableAct.allCases) : []
        )
        let home = try Initialise.run(path, settings: settings, context: context)
        try common.tell(
            """
            made the archive home '\(home.path.string.displayed)'
            Next: edit berkas.yaml and policy/ there, put a batch into intake/, then
              berkas --home \(home.path.string.displayed) check \(home.path.string.displayed)/intake
            """,
            ["home": .string(home.path.string), "kind": .string("home"), "uriPrefix": .string(settings.uriPrefix)]
        )
        Terminal.flush()
    }
}
