import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel
import Retention

struct RetentionEvent: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event",
        abstract: "Enters the event that starts a period (superseded, activity accounted for …), or corrects one.",
        discussion: """
            Kinds of event: \(kinds)

              berkas retention event superseded RKT-2024-0007 --on 2026-01-02 --reason 'RKT 2025 disahkan'
              berkas retention event --correct 41 --on 2026-01-05 --reason 'salah ketik'
              berkas retention event --correct 41 --withdraw --reason 'tidak terjadi'

            A day after today, before the office's first year ('first-year' in berkas.yaml) or before the document's own \
            date is refused, unless --because says why it is right; the yearly audit shows it.

            \(ExitStatus.help)
            """
    )

    private static let kinds = RetentionVocabulary.standard.triggers.filter(\.isEntered).map(\.id)
        .joined(separator: ", ")

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The kind of event, then the records' numbers.", valueName: "kind-and-ids"))
    var words: [String] = []

    @Option(help: ArgumentHelp("The day on which it happened, YYYY-MM-DD.", valueName: "date"))
    var on: CivilDate?

    @Option(help: ArgumentHelp("How that is known.", valueName: "words"))
    var reason = ""

    @Option(help: ArgumentHelp("Why a day is right that cannot be believed.", valueName: "words"))
    var because: String?

    @Option(help: ArgumentHelp("The place in the ledger of the event to put right.", valueName: "number"))
    var correct: Int?

    @Flag(help: "With --correct: it did not happen.")
    var withdraw = false

    func validate() throws {
        if correct != nil, !words.isEmpty {
            throw ValidationError("--correct names the event; give no kind and no record")
        }
        if correct == nil, words.count < 2 {
            throw ValidationError("give the kind of event and at least one record, or --correct")
        }
        if withdraw, correct == nil { throw ValidationError("--withdraw goes with --correct") }
        if withdraw == (on != nil) { throw ValidationError("give the day with --on, or --correct with --withdraw") }
        for word in words.dropFirst() where RecordID(word) == nil {
            throw ValidationError("'\(word)' is no record's number such as RKT-2024-0007")
        }
    }

    func run() throws {
        let acts = try RetentionActs(common.openWriter())
        if let correct {
            let detail = try acts.correctTrigger(correct, to: on, reason: reason, because: because)
            try common.tell(
                "corrected: \(detail.trigger) on \(detail.before) is now \(detail.date?.description ?? "taken back")",
                [
                    "kind": .string("retention event corrected"), "corrects": .integer(detail.corrects),
                    "trigger": .string(detail.trigger), "before": .string(detail.before.description),
                    "date": detail.date.map { .string($0.description) } ?? .null,
                ]
            )
            return
        }
        guard let on, let kind = words.first else { return }
        let ids = words.dropFirst().compactMap { RecordID($0) }
        try acts.enterTrigger(kind, on: on, of: ids, reason: reason, because: because)
        for id in ids {
            try common.tell(
                "entered: \(kind) on \(on) for \(id)",
                [
                    "kind": .string("retention event"), "id": .string(id.description), "trigger": .string(kind),
                    "date": .string(on.description),
                ]
            )
        }
    }
}
