import Acts
import ArchiveHome
import ArgumentParser
import Catalogue
import Operations
import RecordsModel
import Retention

extension RetentionPhase: ExpressibleByArgument {}
extension RetentionAction: ExpressibleByArgument {}

struct RetentionList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists where records stand on a day: those that cannot be computed in front, then by due date.",
        discussion: """
            --held lists what is under any hold (pembekuan); name holds behind it for what those cover:

              berkas retention list --held --phase due
              berkas retention list --held HOLD-2026-0003

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var filter: FilterOptions
    @OptionGroup var day: AsOfOptions

    @Option(help: ArgumentHelp("Only records in this phase.", valueName: "phase"))
    var phase: RetentionPhase?

    @Option(help: ArgumentHelp("Only records with which this is to be done once they are due.", valueName: "action"))
    var action: RetentionAction?

    @Flag(help: "Only records that a hold in force covers.")
    var held = false

    @Argument(help: ArgumentHelp("With --held: only these holds.", valueName: "hold"))
    var holds: [HoldID] = []

    @Option(help: ArgumentHelp("So many records at the most.", valueName: "count"))
    var limit: Int?

    @Option(help: ArgumentHelp("Pass over so many records first.", valueName: "count"))
    var offset = 0

    func validate() throws {
        if offset < 0 || limit.map({ $0 < 0 }) ?? false {
            throw ValidationError("--limit and --offset are counts: give 0 or more")
        }
        if !holds.isEmpty, !held { throw ValidationError("a hold's number goes with --held") }
    }

    func run() throws {
        let home = try common.locateHome()
        let ask = try AskRetention(home, try common.context(for: home))
        var question = RetentionQuestion(asOf: day.asOf ?? ask.today)
        question.filter = try filter.recordFilter(home)
        question.phase = phase?.rawValue
        question.action = action?.rawValue
        if held { question.held = holds.isEmpty ? .any : .by(holds.map(\.description)) }
        question.limit = limit
        question.offset = offset
        var count = 0
        try ask.list(question) { line in
            if count == 0, !common.json, !common.quiet { Terminal.result(Self.header) }
            count += 1
            try common.tell(Self.text(line), Self.object(line, question.asOf, ask.desk))
        }
        Terminal.flush()
        if count == 0, !holds.isEmpty { try Holds(ask.home, ask.books).require(holds) }
        if count == 0, !common.quiet { Terminal.error("no records match") }
        if let note = ask.desk.note, !common.quiet { Terminal.error("note: \(note)") }
    }

    private static let header =
        "RECORD         PHASE              DUE         ACTION    HELD BY         CODE          TITLE"

    private static func text(_ line: RetentionLine) -> String {
        [
            line.id.padded(to: 13), line.phase.padded(to: 17), (line.due ?? "-").padded(to: 10),
            (line.action ?? "-").padded(to: 8), heldBy(line).padded(to: 14),
            (line.classification ?? "-").displayed.padded(to: 12),
            line.title.displayed,
        ].joined(separator: "  ") + (line.missing.map { "  [waits for: \($0)]" } ?? "")
    }

    /// The first hold, and how many more there are.
    private static func heldBy(_ line: RetentionLine) -> String {
        guard let first = line.holds.first else { return "-" }
        return first + (line.holds.count > 1 ? "+\(line.holds.count - 1)" : "")
    }

    private static func object(
        _ line: RetentionLine,
        _ asOf: CivilDate,
        _ desk: RetentionDesk
    ) -> [String: JSONValue] {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        return [
            "kind": .string("retention"), "id": .string(line.id), "asOf": .string(asOf.description),
            "phase": .string(line.phase), "missing": text(line.missing), "start": text(line.start),
            "activeEnd": text(line.activeEnd), "due": text(line.due), "action": text(line.action),
            "classification": text(line.classification), "title": .string(line.title), "unit": .string(line.unit),
            "year": .integer(line.year), "type": .string(line.type),
            "schedule": text(desk.adopted == nil ? nil : desk.schedule.version.name),
            "row": line.scheduleRow.map { .integer($0) } ?? .null,
            "holds": .array(line.holds.map { .string($0) }),
        ]
    }
}

extension RetentionDesk {
    /// What a person must know of the schedule in force before believing a date; nil where nothing.
    var note: String? {
        if adopted == nil {
            return
                "no schedule (JRA) is in force: run 'berkas retention simulate FILE', then 'berkas retention adopt FILE'"
        }
        return schedule.hasSample
            ? "the schedule in force holds sample rows (CONTOH): its dates are examples, and disposal is refused" : nil
    }
}
