import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel

struct LedgerClose: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Closes the log into a part that never changes again, and begins a new file.",
        discussion: """
            What the open file 'ledger/events.jsonl' holds becomes 'ledger/parts/events-FIRST-LAST.jsonl', named by its lines.
            Copy it to a medium that cannot be written to, and leave it where it is: 'verify' and 'rebuild' read through all
            parts, and the chain of proof spans them. The event that begins the new file holds the part's SHA-512.

              berkas ledger close
              berkas ledger close --at-least 100000    for a nightly run: does nothing while there are fewer lines

            """ + ExitStatus.help
    )

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("Close only where the open file has so many lines.", valueName: "lines"))
    var atLeast = 1

    func validate() throws {
        if atLeast < 1 { throw ValidationError("--at-least must be 1 or more") }
    }

    func run() throws {
        let home = try common.locateHome()
        let outcome = try CloseLedger.run(atLeast: atLeast, home, try common.context(for: home))
        var fields: [String: JSONValue] = ["kind": .string("ledger-part"), "lines": .integer(outcome.lines)]
        guard let part = outcome.part else {
            fields["file"] = .null
            let lines = Count.text(outcome.lines, "line")
            try common.tell("nothing was closed: the open file of the log has \(lines), fewer than \(atLeast)", fields)
            return
        }
        fields["file"] = .string(part.file)
        fields["first"] = .integer(part.first)
        fields["last"] = .integer(part.last)
        fields["sha512"] = .string(part.sha512)
        try common.tell(
            "closed: \(part.file), lines \(part.first) to \(part.last)\n  sha512 \(part.sha512)",
            fields
        )
    }
}
