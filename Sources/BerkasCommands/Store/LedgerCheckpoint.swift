import ArchiveHome
import ArgumentParser
import FileSafety
import Ledger
import Operations
import RecordsModel
import SystemPackage

struct LedgerCheckpoint: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Hands out what the log commits to, signed where the log has its key here.",
        discussion: """
            Mail it, print it, copy it to another office: whoever holds it finds out when history is written anew, with \
            'berkas ledger verify --against' or with the 'periksa.py' of 'berkas prove'.

              berkas ledger checkpoint > cekpoin-2026-11.txt
              berkas ledger checkpoint --short
              berkas ledger checkpoint --to /media/inspektorat/cekpoin-2026-11.txt

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("A new file to write it to, instead of the screen.", valueName: "file"))
    var to: String?

    @Flag(help: "The form that is short enough to be typed; it is never signed.")
    var short = false

    func validate() throws {
        if short, to != nil { throw ValidationError("--short is for the screen: leave out --to") }
    }

    func run() throws {
        let (reader, context) = try common.openReader()
        let checkpoint = try CheckpointSigner.newest(of: reader.home)
        let note = try CheckpointSigner(reader.home, reader.catalogue, context).note(checkpoint)
        let text = short ? "\(ShortCheckpoint(checkpoint))\n" : note.description
        if let to {
            let file = FilePath(argument: to)
            try reader.home.requireOutsideTruth(file.removingLastComponent())
            try context.files.create(file, Array(text.utf8))
            try context.files.sync(file)
        }
        let object: [String: JSONValue] = [
            "checkpoint": .string(text), "kind": .string("checkpoint"), "lines": .integer(checkpoint.size),
            "signed": .boolean(!short && !note.signatures.isEmpty),
        ]
        if let to, !common.json {
            let words = note.signatures.isEmpty ? "not signed" : "signed by the log's key"
            try common.tell("written  \(to.displayed)  \(Count.text(checkpoint.size, "line")), \(words)", object)
        } else {
            try common.tell(String(text.dropLast()), object)
        }
        Terminal.flush()
    }
}
