import Acts
import ArchiveHome
import ArgumentParser
import Disposal
import Operations
import RecordsModel

struct DisposalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disposal",
        abstract: "Disposal (penyusutan): lists of records that may go, step by step, with the proof of each.",
        discussion: """
            A list is proposed and frozen, assessed by every member of the panitia, approved by the authority that the \
            length of the retention demands, and executed before two witnesses once 'disposal-wait-days' of berkas.yaml \
            have passed and nobody objects. Nobody does two of proposing, assessing \
            and approving the same list. What is removed leaves a tombstone.

            \(ExitStatus.help)
            """,
        subcommands: [
            DisposalPropose.self, DisposalListCommand.self, DisposalShow.self, DisposalAssess.self, DisposalAttach.self,
            DisposalLeaveOut.self, DisposalApprove.self, DisposalObject.self, DisposalExecute.self, DisposalCancel.self,
            DisposalCopies.self,
        ]
    )
}

/// The number of a list as a word of a command.
struct ListArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The number of the list, such as USUL-2026-0001.", valueName: "list"))
    var list: DisposalID
}

extension DisposalKind: ExpressibleByArgument {}
extension EvidenceSlot: ExpressibleByArgument {}
extension DisposalAuthority: ExpressibleByArgument {}
extension ReviewClosed.Disposition: ExpressibleByArgument {}

extension RecordID: ExpressibleByArgument {
    /// A record's number as a word of a command.
    package init?(argument: String) { self.init(argument) }
}

struct DisposalPropose: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose",
        abstract: "Freezes a list of records: numbers, versions and digests.",
        discussion: """
            Name the records, or --due for all that are due and free, or --dossier for a whole year that goes together \
            or not at all. One record that may not be proposed refuses the list, with every reason.

              berkas disposal propose --kind musnah --title 'Usul musnah 2026' --due --as 'Arsiparis'

            With --as-of it is a question: what would be proposed on that day is shown, and nothing is entered.

              berkas disposal propose --kind musnah --due --as-of 2031-01-02

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("musnah (destroy), serah (deposit) or pindah (move).", valueName: "kind"))
    var kind: DisposalKind

    @Option(help: ArgumentHelp("What the list is called.", valueName: "words"))
    var title = ""

    @Option(help: ArgumentHelp("The unit that the records come from; else the office.", valueName: "name"))
    var unit: String?

    @Flag(help: "Every record that is due, not held, not lent and on no open list; with --unit, of that unit only.")
    var due = false

    @Option(help: ArgumentHelp("With --due: only records of this year.", valueName: "year"))
    var year: Int?

    @Option(help: ArgumentHelp("The whole dossier of this year.", valueName: "year"))
    var dossier: Int?

    @Option(help: ArgumentHelp("Why records without a row in the schedule are on the list.", valueName: "words"))
    var note: String?

    @OptionGroup var day: AsOfOptions

    @Argument(help: ArgumentHelp("The records.", valueName: "id"))
    var records: [RecordID] = []

    func validate() throws {
        let ways = [due, dossier != nil, !records.isEmpty].count { $0 }
        if ways != 1 { throw ValidationError("name records, or --due, or --dossier: one of them") }
        if year != nil, !due { throw ValidationError("--year belongs to --due") }
    }

    func run() throws {
        let choice: DisposalActs.Choice =
            if let dossier { .dossier(year: dossier) } else if due { .due(year: year, unit: unit) } else {
                .records(records, note: note)
            }
        if let asOf = day.asOf {
            let (reader, context) = try common.openReader()
            let outlook = DisposalOutlook(reader, today: context.now().date)
            let preview = try outlook.propose(kind, title: title, unit: unit, choice, on: asOf, by: common.actor)
            return try DisposalRendering.tell(preview, kind, on: asOf, common)
        }
        let proposed = try DisposalActs(common.openWriter()).propose(kind, title: title, unit: unit, choice)
        try common.tell(
            "proposed \(proposed.list): \(Count.text(proposed.items.count, "record")) to \(kind.verb)",
            [
                "kind": .string("disposal proposed"), "list": .string(proposed.list.description),
                "disposal": .string(kind.rawValue), "records": .integer(proposed.items.count),
            ]
        )
        if common.json { return }
        let (reader, _) = try common.openReader()
        let list = try reader.books.disposals().list(proposed.list)
        for line in DisposalRendering.next(list) where !common.quiet { Terminal.error(line) }
    }
}

struct DisposalListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the lists that something is left to do of.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions

    @Flag(help: "Those too that are carried out or were given up.")
    var all = false

    func run() throws {
        let (reader, _) = try common.openReader()
        let lists = try reader.books.disposals().lists.filter {
            all || $0.state.isOpen || !$0.openCopies.isEmpty
        }
        for list in lists { try common.tell(DisposalRendering.line(list), DisposalRendering.object(list)) }
        if lists.isEmpty, !common.quiet { Terminal.error("no list is open") }
    }
}

struct DisposalShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a list, what became of each item, and what is still missing of the chain of evidence.",
        discussion: """
            With --as-of: on a day that has passed, the list as it stood then; on a later one, or today, also whether it \
            could be carried out, and what of it would stay and why, as everything is now.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: ListArgument
    @OptionGroup var day: AsOfOptions

    func run() throws {
        let (reader, context) = try common.openReader()
        let standing = try day.asOf.map {
            try DisposalOutlook(reader, today: context.now().date).show(target.list, on: $0)
        }
        let list = try standing?.list ?? reader.books.disposals().list(target.list)
        if common.quiet { return }
        var sure = try Certainties(reader.home, reader.books)
        let own = try reader.books.disposals().acts.filter { act in
            act.subject == list.id.description && day.asOf.map { act.time.date <= $0 } ?? true
        }
        let acts = try sure.judged(own)
        guard common.json else {
            let lines = try DisposalRendering.whole(list) + ["  acts"] + acts.map(ActRendering.text)
            Terminal.result(lines.joined(separator: "\n"))
            if let standing, let asOf = day.asOf { try DisposalRendering.tell(standing, on: asOf, common) }
            Terminal.flush()
            return
        }
        defer { Terminal.flush() }
        if let standing, let asOf = day.asOf { try DisposalRendering.tell(standing, on: asOf, common) }
        try common.tell("", DisposalRendering.object(list))
        for item in list.items { try common.tell("", DisposalRendering.object(item, list)) }
        for (number, copy) in list.copies.sorted(by: { $0.key < $1.key }) {
            try common.tell("", DisposalRendering.object(copy, number, list.id))
        }
        for act in acts { try common.tell("", ActRendering.object(act)) }
    }
}
