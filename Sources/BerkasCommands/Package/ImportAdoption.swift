import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel
import Retention

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes in packages of other archives, or any valid bag; puts in force what they decided.",
        discussion: """
            Holds that come along bind at once. Classifications, events and reviews of another archive are history here until
            somebody adopts them, with due dates before and after.

              berkas import coba/RKT-2023.zip --as 'Arsiparis Contoh'
              berkas import show
              berkas import adopt RKT-2023-0001 --reason 'sesuai JRA kami' --as 'Arsiparis Contoh'

            \(ExitStatus.help)
            """,
        subcommands: [ImportPackage.self, ImportShow.self, ImportAdopt.self],
        defaultSubcommand: ImportPackage.self
    )
}

struct ImportShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows decisions of other archives that wait, with due dates before and after.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("Only these records.", valueName: "id"))
    var records: [RecordID] = []

    func run() throws {
        let home = try common.locateHome()
        let pending = try AskImports(home, try common.context(for: home)).pending(of: records)
        for item in pending { try common.tell(PendingText.text(item), PendingText.object(item)) }
        if pending.isEmpty, !common.json, !common.quiet {
            Terminal.result("no decision of another archive waits")
        }
        Terminal.flush()
    }
}

struct ImportAdopt: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Puts decisions of other archives in force.",
        discussion: """
            It takes the permission that each decision takes here. A record that is kept for ever, and would not be then, takes
            another person than the one who imported it.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The records; --all for every one that waits.", valueName: "id"))
    var records: [RecordID] = []

    @Flag(help: "Of every record that waits; 'import show' was read.")
    var all = false

    @Option(help: ArgumentHelp("Why.", valueName: "words"))
    var reason = ""

    @Option(help: ArgumentHelp("Why a date counts that cannot be believed.", valueName: "words"))
    var because: String?

    func validate() throws {
        if records.isEmpty != all { throw ValidationError("name records, or give --all") }
    }

    func run() throws {
        let writer = try common.openWriter()
        let adopted = try RetentionActs(writer).adoptImports(of: records, reason: reason, because: because)
        for item in adopted {
            try common.tell("in force: " + PendingText.text(item), PendingText.object(item, isAdopted: true))
        }
        if adopted.isEmpty, !common.json, !common.quiet { Terminal.result("no decision of another archive waits") }
        Terminal.flush()
    }
}

/// What waits of a record, in words and as JSON.
enum PendingText {
    static func text(_ item: PendingImport) -> String {
        let from = item.accession.detail["checkpoint"]?.text?.split(separator: "\n").first.map { String($0) } ?? "?"
        var lines = [
            "\(item.record)  imported on \(item.accession.time.date) by \(item.accession.actor.displayed)  (ledger "
                + "\(item.accession.seq))  from \(from.displayed)"
        ]
        lines += item.decisions.map { event in
            "    \(event.time)  \(event.event.rawValue.displayed)  \(words(event))  by \(event.actor.displayed)"
        }
        lines.append("    due before: \(stand(item.before));  after: \(stand(item.after))")
        return lines.joined(separator: "\n")
    }

    static func object(_ item: PendingImport, isAdopted: Bool = false) -> [String: JSONValue] {
        [
            "kind": .string(isAdopted ? "import adopted" : "import pending"), "id": .string(item.record.description),
            "ledger": .integer(item.accession.seq), "importedBy": .string(item.accession.actor),
            "decisions": .array(
                item.decisions.map { event in
                    .object([
                        "event": .string(event.event.rawValue), "time": .string(event.time.description),
                        "actor": .string(event.actor), "detail": .object(event.detail),
                    ])
                }
            ),
            "dueBefore": day(item.before), "dueAfter": day(item.after),
            "phaseBefore": .string(item.before.phase.rawValue), "phaseAfter": .string(item.after.phase.rawValue),
        ]
    }

    private static func words(_ event: Event) -> String {
        ["code", "trigger", "date", "outcome", "reason"].compactMap { event.detail[$0]?.text?.displayed }
            .joined(separator: " ")
    }

    private static func day(_ answer: RetentionAnswer) -> JSONValue {
        answer.dueDate.map { .string($0.description) } ?? .null
    }

    private static func stand(_ answer: RetentionAnswer) -> String {
        let due = answer.dueDate.map { "\($0)" } ?? answer.phase.rawValue
        return due + (answer.action.map { " \($0.rawValue)" } ?? "")
    }
}
