import ArchiveHome
import ArgumentParser
import FileSafety
import Ledger
import Operations
import RecordsModel
import SystemPackage

struct LedgerOffer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offer",
        abstract: "Writes what a witness outside of the office needs to look at the log.",
        discussion: """
            The folder holds the checkpoint and the leaf hash of every line (32 bytes a line), nothing of what the lines say. \
            Take it to the witness on a stick, or mail it; there 'berkas witness sign' adds its signature, and 'berkas \
            ledger accept' takes it in here.

              berkas ledger offer --to /media/stik/berkas

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("The folder; an earlier offer in it gives way.", valueName: "folder"))
    var to: String

    func run() throws {
        let (reader, context) = try common.openReader()
        let folder = FilePath(argument: to)
        let note = try CheckpointOffer.write(to: folder, reader, context)
        let lines = Checkpoint(note.text)?.size ?? 0
        try common.tell(
            "offered  \(folder.shown.displayed)  \(Count.text(lines, "line"))"
                + (note.signatures.isEmpty ? ", not signed" : ", signed by the log's key"),
            [
                "checkpoint": .string(note.description), "kind": .string("offer"), "lines": .integer(lines),
                "path": .string(folder.shown), "signed": .boolean(!note.signatures.isEmpty),
            ]
        )
        Terminal.flush()
    }
}

struct LedgerAccept: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Takes in what witnesses signed on an offer.",
        discussion: """
            Only witnesses that policy/witnesses.csv names count: 'name,vkey', as 'berkas witness key' shows them. Each \
            signature becomes an event of the ledger; 'berkas verify' holds the log against it from then on, 'berkas prove' \
            gives it to auditors, and 'berkas today' says when the last one was.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The folder of the offer, as it came back.", valueName: "folder"))
    var folder: String

    func run() throws {
        let home = try common.locateHome()
        let context = try common.context(for: home)
        let outcome = try AcceptCosignatures.run(FilePath(argument: folder), home, context)
        for cosigned in outcome.new {
            let time = Moment(secondsSinceEpoch: cosigned.time, offset: 0).description
            try common.tell(
                "accepted  \(cosigned.witness.displayed) saw \(Count.text(cosigned.lines, "line")) at \(time)",
                [
                    "kind": .string("cosignature"), "lines": .integer(cosigned.lines), "time": .string(time),
                    "witness": .string(cosigned.witness),
                ]
            )
        }
        Terminal.flush()
        for name in outcome.strangers {
            Terminal.error("warning: '\(name.displayed)' is not named by policy/witnesses.csv, and was passed over")
        }
        if outcome.new.isEmpty, !common.quiet { Terminal.error("note: the ledger knows these signatures already") }
        if !outcome.strangers.isEmpty { try end(.partly) }
    }
}
