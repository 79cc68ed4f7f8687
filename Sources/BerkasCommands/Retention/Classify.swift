import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel
import Retention

struct Classify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Chooses a record's classification code; shows what becomes of it under each code first.",
        discussion: """
            Without --confirm nothing is changed: the alternatives are shown with their fate.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var day: AsOfOptions

    @Argument(help: ArgumentHelp("The record's number.", valueName: "id"))
    var record: RecordArgument

    @Argument(help: ArgumentHelp("The classification code.", valueName: "code"))
    var code: String

    @Option(help: ArgumentHelp("Who chooses; the same as --as.", valueName: "person"))
    var by: String?

    @Option(help: ArgumentHelp("Why this one.", valueName: "words"))
    var reason = ""

    @Flag(help: "Make the choice; the alternatives were read.")
    var confirm = false

    func run() throws {
        var common = common
        if let by { common.person = by }
        let home = try common.locateHome()
        let id = record.reference.id
        let context = try common.context(for: home)
        guard confirm else {
            let ask = try AskRetention(home, context)
            for choice in try ask.alternatives(for: id, code: code, asOf: day.asOf ?? ask.today) {
                try common.tell(Self.text(choice, wanted: code), Self.object(choice, wanted: code))
            }
            Terminal.flush()
            if let note = ask.desk.note, !common.quiet { Terminal.error("note: \(note)") }
            let words = "--reason '…' --confirm"
            if !common.quiet {
                Terminal.error("nothing was changed; to choose: berkas classify \(id) \(code) \(words)")
            }
            return
        }
        let detail: Classified
        switch try RetentionActs(ArchiveWriter(home, context)).classify(id, code: code, reason: reason) {
        case .classified(let said): detail = said
        case .proposed(let said):
            try common.tell(
                "proposed for \(id): \(said.before.displayed) -> \(said.code.displayed); under \(said.before.displayed) it is kept "
                    + "for ever, so that a second person decides: 'berkas classify \(id) \(said.code.displayed) --by PERSON "
                    + "--reason … --confirm'",
                [
                    "kind": .string("classification proposed"), "id": .string(id.description),
                    "code": .string(said.code),
                    "before": .string(said.before), "reason": .string(said.reason),
                ]
            )
            Terminal.flush()
            throw ExitCode(ExitStatus.partly.rawValue)
        }
        try common.tell(
            "classified \(id): \(detail.before?.displayed ?? "no code") -> \(detail.code.displayed)",
            [
                "kind": .string("classified"), "id": .string(id.description), "code": .string(detail.code),
                "before": detail.before.map { .string($0) } ?? .null, "reason": .string(detail.reason),
            ]
        )
    }

    private static func text(_ choice: AskRetention.Alternative, wanted: String) -> String {
        let mark = ExactText(choice.code) == ExactText(wanted) ? ">" : choice.isInForce ? "*" : " "
        guard let row = choice.row else {
            return "\(mark) \(choice.code.displayed.padded(to: 12))  no rule for this type"
        }
        let due = choice.answer.dueDate.map { "due \($0)" } ?? choice.answer.phase.rawValue
        return "\(mark) \(choice.code.displayed.padded(to: 12))  \(row.disposition.text.displayed.padded(to: 10))  "
            + "\(due.padded(to: 17))  \(row.title.displayed)\(choice.isInForce ? "  (in force)" : "")"
    }

    private static func object(_ choice: AskRetention.Alternative, wanted: String) -> [String: JSONValue] {
        [
            "kind": .string("classification alternative"), "code": .string(choice.code),
            "wanted": .boolean(ExactText(choice.code) == ExactText(wanted)), "inForce": .boolean(choice.isInForce),
            "title": choice.row.map { .string($0.title) } ?? .null,
            "dispositionText": choice.row.map { .string($0.disposition.text) } ?? .null,
            "phase": .string(choice.answer.phase.rawValue),
            "due": choice.answer.dueDate.map { .string($0.description) } ?? .null,
            "action": choice.answer.action.map { .string($0.rawValue) } ?? .null,
        ]
    }
}
