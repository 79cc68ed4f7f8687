import Acts
import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel
import Retention

struct RetentionExplain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Shows step by step how the dates of a record came about, and says it in a sentence.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var day: AsOfOptions

    @Argument(help: ArgumentHelp("The record's number.", valueName: "id"))
    var record: RecordArgument

    func run() throws {
        let home = try common.locateHome()
        let ask = try AskRetention(home, try common.context(for: home))
        let (_, why) = try ask.explain(record.reference.id, asOf: day.asOf ?? ask.today)
        try common.tell(Self.text(why), try Self.object(why))
        var sure = try Certainties(home, ask.books)
        for act in try sure.datingActs(of: record.reference.id) {
            try common.tell(ActRendering.text(act), ActRendering.object(act))
        }
        if let note = ask.desk.note, !common.quiet { Terminal.error("note: \(note)") }
    }

    private static func text(_ why: Explanation) -> String {
        var lines = ["\(why.record) on \(why.asOf)"]
        for (index, step) in why.steps.enumerated() {
            lines.append("  \(index + 1). " + step.text.english.displayed)
            lines.append("     " + step.text.indonesian.displayed)
        }
        return (lines + ["", why.sentence.english.displayed, why.sentence.indonesian.displayed]).joined(separator: "\n")
    }

    private static func object(_ why: Explanation) throws -> [String: JSONValue] {
        guard case .object(var members) = try JSONValue(encoding: why) else { return [:] }
        members["kind"] = .string("retention explanation")
        return members
    }
}
