import ArchiveHome
import ArgumentParser
import FileSafety
import Operations
import RecordsModel
import SystemPackage

struct ProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Gives an auditor what proves records, with a script that checks it without Berkas.",
        discussion: """
            The folder holds all versions of the records, their events as the ledger has them, the proof that each event \
            stands in the log, the log's checkpoint, and 'periksa.py': Python and openssl are all it needs. It says SAH or \
            TIDAK SAH, and why. Whoever holds an older checkpoint gives it as an argument:

              berkas prove RKT-2024-0007 --to bukti
              python3 bukti/periksa.py '120 6Wq…='

            Everything is checked before anything is there; what does not hold is not given out (status 5). Of a record that \
            was removed only its events are there, its tombstone among them. The home is only read.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("\(NamedRecord.help)", valueName: "id"))
    var records: [NamedRecord]

    @Option(help: ArgumentHelp("The folder to make; nothing may be in it.", valueName: "folder"))
    var to: String

    func run() throws {
        let (reader, context) = try common.openReader()
        let references = try records.map { try $0.reference(reader.catalogue, common) }
        if let named = references.first(where: { $0.version != nil }) {
            throw OperationError(
                .usage,
                message: "a proof holds all versions of a record",
                remedy: "name \(named.id) without @vN"
            )
        }
        let outcome = try Prove(reader, context).run(references.map(\.id), to: FilePath(argument: to))
        Terminal.clearProgress()
        let removed = outcome.removed.map { "\n  removed     \($0): only its events are there, with its tombstone" }
        try common.tell(
            """
            proven  \(outcome.path.shown.displayed)  \(Count.text(outcome.records.count, "record")), \
            \(Count.text(outcome.versions, "version")), \(Count.text(outcome.files, "file")), \
            \(Count.text(outcome.events, "event")), \(Size.text(outcome.bytes))\(removed.joined())
              checkpoint  \(outcome.checkpoint.split(separator: "\n").prefix(3).joined(separator: " "))
              signed      \(outcome.isSigned ? "by the log's key" : "no: the log's key is not here, or it has none")
              sha512      \(outcome.list) of daftar.txt
              check it with: python3 \(outcome.path.shown.displayed)/periksa.py
            """,
            [
                "bytes": .integer(outcome.bytes), "checkpoint": .string(outcome.checkpoint),
                "events": .integer(outcome.events), "files": .integer(outcome.files), "kind": .string("proof"),
                "list": .string(outcome.list), "path": .string(outcome.path.shown),
                "records": .array(outcome.records.map { .string($0.description) }),
                "removed": .array(outcome.removed.map { .string($0.description) }),
                "signed": .boolean(outcome.isSigned), "versions": .integer(outcome.versions),
            ]
        )
        Terminal.flush()
    }
}
