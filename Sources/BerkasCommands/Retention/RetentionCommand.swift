import ArgumentParser
import RecordsModel

struct RetentionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "The schedule (JRA): why each record is still here, and when it may go.",
        discussion: ExitStatus.help,
        subcommands: [
            RetentionList.self, RetentionExplain.self, RetentionEvent.self, RetentionReview.self,
            RetentionSimulate.self, RetentionAdopt.self, RetentionShow.self,
        ]
    )
}

/// The day that is asked for.
struct AsOfOptions: ParsableArguments {
    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp("The day that is asked for, YYYY-MM-DD. Else today.", valueName: "date")
    )
    var asOf: CivilDate?
}

extension CivilDate: ExpressibleByArgument {
    /// A date as a word of a command.
    public init?(argument: String) {
        guard let date = CivilDate(argument) else { return nil }
        self = date
    }
}
