import ArchiveHome
import ArgumentParser
import FileSafety
import Ledger
import Operations
import RecordsModel
import SystemPackage

struct LedgerTiles: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tiles",
        abstract: "Writes the log's hashes as tiles, for those who serve them to others.",
        discussion: """
            The folder gets the checkpoint and the hashes in the form of C2SP tlog-tiles: any web server hands them out, and \
            any client of such logs proves with them that the log only grew. Nothing of what the lines say is in them. Run it \
            again, and what is new is added.

              berkas ledger tiles --to /srv/www/berkas-log

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("The folder: a new one, or that of the last time.", valueName: "folder"))
    var to: String

    func run() throws {
        let (reader, context) = try common.openReader()
        let folder = FilePath(argument: to)
        let (note, written) = try WriteTiles.run(to: folder, reader, context)
        let lines = Checkpoint(note.text)?.size ?? 0
        try common.tell(
            "tiles  \(folder.shown.displayed)  \(Count.text(lines, "line")), \(Count.text(written, "new tile"))"
                + (note.signatures.isEmpty ? ", not signed" : ", signed by the log's key"),
            [
                "checkpoint": .string(note.description), "kind": .string("tiles"), "lines": .integer(lines),
                "path": .string(folder.shown), "signed": .boolean(!note.signatures.isEmpty),
                "written": .integer(written),
            ]
        )
        Terminal.flush()
    }
}
