import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel
import SystemPackage

struct PackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack",
        abstract: "Packs records, or a year, into a BagIt bag in one file.",
        discussion: """
            The package holds the files, what is said of them, their history, the office's policies and a README: all that \
            an archive elsewhere needs. The same records give the same .tar, byte for byte. A .sha512 is written beside it, \
            and the package is entered in the ledger. Without --to it goes into packages/ of the home.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("Records' numbers.", valueName: "id"))
    var records: [RecordArgument] = []

    @Option(help: ArgumentHelp("All records of a fiscal year.", valueName: "year"))
    var year: Int?

    @Option(
        help: ArgumentHelp(
            "The file to write; its ending tells the format: .tar, .tar.gz, .tar.zst or .zip.",
            valueName: "file"
        )
    )
    var to: String?

    func validate() throws {
        if records.isEmpty == (year == nil) { throw ValidationError("name records, or --year") }
        if records.contains(where: { $0.reference.version != nil }) {
            throw ValidationError("a package holds all versions of a record; name it without @vN")
        }
    }

    func run() throws {
        let writer = try common.openWriter()
        let choice = year.map { Pack.Choice.year($0) } ?? .records(records.map(\.reference.id))
        let destination = to.map { Pack.Destination.file(FilePath(argument: $0)) } ?? .home(ending: "tar")
        let outcome = try Pack(writer).run(choice, to: destination)
        Terminal.clearProgress()
        try common.tell(
            """
            \(outcome.wasThere ? "already packed" : "packed")  \(outcome.path.string.displayed)  \(Size.text(outcome.bytes))
              records  \(outcome.records), payload files \(outcome.files)
              sha512   \(outcome.sha512)
              ledger checkpoint: \(outcome.checkpoint.split(separator: "\n").joined(separator: " "))
            """,
            [
                "bytes": .integer(outcome.bytes), "checkpoint": .string(outcome.checkpoint),
                "files": .integer(outcome.files), "kind": .string("package"), "libraries": .string(outcome.libraries),
                "path": .string(outcome.path.string), "records": .integer(outcome.records),
                "sha512": .string(outcome.sha512), "wasThere": .boolean(outcome.wasThere),
            ]
        )
        Terminal.flush()
    }
}
