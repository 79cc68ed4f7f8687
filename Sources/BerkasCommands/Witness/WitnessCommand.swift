import ArchiveHome
import ArgumentParser
import FileSafety
import Ledger
import Operations
import RecordsModel
import SystemPackage

struct WitnessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness",
        abstract: "Looks at the logs of other offices, and signs that they only grew.",
        discussion: """
            For another computer: the Inspektorat's, the regional archives', a second office's. It needs no home. The key and \
            what was signed last lie in ~/.config/berkas/, or where BERKAS_WITNESS_KEY says.

            \(ExitStatus.help)
            """,
        subcommands: [WitnessKey.self, WitnessSign.self]
    )
}

struct WitnessKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Makes this witness's key, or shows it.",
        discussion: """
            The offices enter it in policy/witnesses.csv: hand it over in person, or by a way that they trust.

              berkas witness key --name inspektorat.example/saksi

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("What the witness is called; for a new key.", valueName: "name"))
    var name: String?

    func run() throws {
        let witness = try Witness(try common.context(timeZone: "UTC"))
        let (key, isNew) = try witness.key(named: name)
        try common.tell(
            """
            \(isNew ? "made the key of this witness" : "the key of this witness"); for policy/witnesses.csv of an office:
            name,vkey
            \(key.name.displayed),\(key)
              the private key lies in \(witness.file.shown.displayed); whoever has it can sign as this witness
            """,
            [
                "file": .string(witness.file.shown), "key": .string(key.description), "kind": .string("witness-key"),
                "name": .string(key.name), "new": .boolean(isNew),
            ]
        )
    }
}

struct WitnessSign: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Looks at an offer, and signs its checkpoint where the log only grew.",
        discussion: """
            Refused with status 5 where the log is shorter than, or does not begin with, what this witness signed last. At \
            the first time there is nothing to hold it against; the log's key is remembered, and told: compare it with what \
            the office gave you. Your clock stands in the signature.

              berkas witness sign /media/stik/berkas

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The folder that 'berkas ledger offer' made.", valueName: "folder"))
    var folder: String

    @Option(help: ArgumentHelp("The log's public key, where it has another one now.", valueName: "vkey"))
    var key: String?

    func run() throws {
        let given = try key.map { text in
            guard let key = NoteKey(text) else { throw ValidationError("--key is no public key: NAME+ID+KEY") }
            return key
        }
        let witness = try Witness(try common.context(timeZone: "UTC"))
        let outcome = try witness.sign(FilePath(argument: folder), logKey: given)
        let time = Moment(secondsSinceEpoch: outcome.time, offset: 0).description
        let before =
            outcome.previous.map { "it goes on from the \(Count.text($0, "line")) that were signed last" }
            ?? "seen for the first time: there was nothing to hold it against"
        let logKey =
            outcome.logKey.map { "the log's key, which is remembered: \($0)" } ?? "the log has no key of its own"
        try common.tell(
            """
            signed  \(outcome.log.displayed), \(Count.text(outcome.lines, "line")), at \(time)
              \(before)
              \(logKey)
              as \(outcome.key.name.displayed)
            """,
            [
                "key": .string(outcome.key.description), "kind": .string("witnessed"), "lines": .integer(outcome.lines),
                "log": .string(outcome.log), "logKey": outcome.logKey.map { .string($0.description) } ?? .null,
                "previous": outcome.previous.map { .integer($0) } ?? .null, "time": .string(time),
            ]
        )
        Terminal.flush()
    }
}
