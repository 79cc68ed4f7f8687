package import Acts
import ArchiveHome
import ArgumentParser
import Disposal
import Operations
import RecordsModel

struct HoldCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Holds (pembekuan): what may not be destroyed, whatever the schedule says.",
        discussion: ExitStatus.help,
        subcommands: [HoldPlace.self, HoldList.self, HoldShow.self, HoldRelease.self, HoldWithdraw.self]
    )
}

extension SerialNumber: ExpressibleByArgument {
    /// A number as a word of a command.
    package init?(argument: String) { self.init(argument) }
}

struct HoldPlace: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "place",
        abstract: "Places a hold on what is there and on what arrives later.",
        discussion: """
            Name one scope: --record (several times for several), --dossier, --year, --unit, --class or --search.

              berkas hold place --year 2024 --title 'Pemeriksaan BPK' --mandate 'Surat Tugas 12/2026' \\
                --reason 'pemeriksaan berjalan' --ordered-by 'Inspektorat' --ordered-on 2026-11-20

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("What it is called.", valueName: "words"))
    var title = ""

    @Option(help: ArgumentHelp("The letter or law that orders it.", valueName: "words"))
    var mandate = ""

    @Option(help: ArgumentHelp("Why.", valueName: "words"))
    var reason = ""

    @Option(help: ArgumentHelp("Who ordered it.", valueName: "person"))
    var orderedBy = ""

    @Option(help: ArgumentHelp("The day of the order, YYYY-MM-DD.", valueName: "date"))
    var orderedOn = ""

    @Option(help: ArgumentHelp("Remarks on the scope.", valueName: "words"))
    var notes = ""

    @Option(help: ArgumentHelp("This record.", valueName: "id"))
    var record: [String] = []

    @Option(help: ArgumentHelp("This dossier and all in it, such as RKT/2024.", valueName: "name"))
    var dossier: String?

    @Option(help: ArgumentHelp("Every record of this fiscal year.", valueName: "year"))
    var year: String?

    @Option(help: ArgumentHelp("Every record of this unit.", valueName: "name"))
    var unit: String?

    @Option(
        name: .customLong("class"),
        help: ArgumentHelp("This classification code and those below it.", valueName: "code")
    )
    var classification: String?

    @Option(help: ArgumentHelp("Every record in whose description a search finds these words.", valueName: "words"))
    var search: String?

    private var scopes: [(kind: String, members: [String])] {
        let single = [
            ("dossier", dossier), ("year", year), ("unit", unit), ("class", classification), ("search", search),
        ]
        return (record.isEmpty ? [] : [("record", record)])
            + single.compactMap { kind, text in text.map { (kind, [$0]) } }
    }

    func validate() throws {
        if scopes.count > 1 { throw ValidationError("name one scope, not several; place a hold for each") }
        if let scope = scopes.first, HoldScope(kind: scope.kind, of: scope.members) == nil {
            throw ValidationError("'\(scope.members.joined(separator: ", "))' cannot be the scope --\(scope.kind)")
        }
    }

    func run() throws {
        var draft = HoldDraft()
        draft.title = title
        draft.mandate = mandate
        draft.reason = reason
        draft.orderedBy = orderedBy
        draft.orderedOn = orderedOn
        draft.scopeNotes = notes
        draft.scope = scopes.first.flatMap { HoldScope(kind: $0.kind, of: $0.members) }
        let (placed, records) = try HoldActs(common.openWriter()).place(draft)
        try common.tell(
            "placed \(placed.hold): \(placed.scope.summary), \(records) records are held now",
            [
                "kind": .string("hold placed"), "hold": .string(placed.hold.description),
                "scope": .string(placed.scope.summary), "records": .integer(records),
            ]
        )
    }
}

struct HoldList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the holds in force.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions

    @Flag(help: "Those too that were lifted or taken back.")
    var all = false

    @Option(help: ArgumentHelp("Only holds with these words in title, mandate, reason or notes.", valueName: "words"))
    var mentioning: String?

    func run() throws {
        let (reader, _) = try common.openReader()
        var holds = try Holds(reader.home, reader.books)
        let counts = try holds.counts()
        let wanted = mentioning.map { holds.book.holds(mentioning: $0) } ?? holds.book.holds
        let shown = wanted.filter { all || $0.isInForce }
        for hold in shown {
            try common.tell(HoldRendering.line(hold, counts[hold.id] ?? 0), HoldRendering.object(hold, counts[hold.id]))
        }
        if shown.isEmpty, !common.quiet { Terminal.error("no hold is in force") }
    }
}

struct HoldShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a hold with the records that it covers, or the holds on a record.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The number of the hold, or of the record.", valueName: "id"))
    var number: String

    func run() throws {
        let (reader, _) = try common.openReader()
        var holds = try Holds(reader.home, reader.books)
        // A hold's number has the form of a record's.
        if HoldID(number) == nil, let id = RecordID(number) {
            try reader.catalogue.require(id)
            let found = try holds.holds(on: id)
            for hold in found { try common.tell(HoldRendering.line(hold, nil), HoldRendering.object(hold, nil)) }
            if found.isEmpty, !common.quiet { Terminal.error("no hold is on \(id)") }
            return
        }
        guard let id = HoldID(number), let hold = holds.book[id] else {
            throw OperationError(
                .noSuchRecord,
                message: "there is no hold '\(number)'",
                remedy: "run 'berkas hold list --all' to see them"
            )
        }
        var records: [String] = []
        try holds.eachHeld { if $1.contains(where: { $0.id == id }) { records.append($0.id.description) } }
        try common.tell(HoldRendering.whole(hold, records), HoldRendering.object(hold, records.count, records))
    }
}

struct HoldRelease: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Lifts a hold; needs a reason and an authority. Releasing destroys nothing.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The number of the hold.", valueName: "id"))
    var hold: HoldID

    @Option(help: ArgumentHelp("Why.", valueName: "words"))
    var reason = ""

    @Option(help: ArgumentHelp("Who allows it, and by which letter.", valueName: "words"))
    var authority = ""

    func run() throws {
        try HoldActs(common.openWriter()).release(hold, reason: reason, authority: authority)
        try common.tell("released \(hold)", ["kind": .string("hold released"), "hold": .string(hold.description)])
    }
}

struct HoldWithdraw: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Takes back a hold that was entered by mistake and never covered anything.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The number of the hold.", valueName: "id"))
    var hold: HoldID

    @Option(help: ArgumentHelp("Why.", valueName: "words"))
    var reason = ""

    func run() throws {
        try HoldActs(common.openWriter()).withdraw(hold, reason: reason)
        try common.tell("withdrawn \(hold)", ["kind": .string("hold withdrawn"), "hold": .string(hold.description)])
    }
}

/// How holds are shown.
enum HoldRendering {
    /// A hold on a line.
    static func line(_ hold: Hold, _ records: Int?) -> String {
        let count = records.map { "  \($0) records" } ?? ""
        return "\(hold.id)  \(state(hold))  \(hold.terms.scope.summary)\(count)  \(hold.terms.title.displayed)"
    }

    private static func state(_ hold: Hold) -> String {
        hold.isInForce ? "in force " : hold.release != nil ? "released " : "withdrawn"
    }

    /// A hold with all that was entered.
    static func whole(_ hold: Hold, _ records: [String]) -> String {
        let terms = hold.terms
        var lines = [
            "\(hold.id)  \(terms.title.displayed)  (\(state(hold).split(separator: " ").joined(separator: " ")))",
            "  scope       \(terms.scope.summary)\(terms.scopeNotes.isEmpty ? "" : "; " + terms.scopeNotes.displayed)",
            "  mandate     \(terms.mandate.displayed)", "  reason      \(terms.reason.displayed)",
            "  ordered by  \(terms.orderedBy.displayed) on \(terms.orderedOn)",
            "  entered by  \(hold.enteredBy.displayed) at \(hold.enteredAt)  (ledger \(hold.seq))",
        ]
        for (name, ending) in [("released", hold.release), ("withdrawn", hold.withdrawal)] {
            guard let ending else { continue }
            let authority = ending.authority.isEmpty ? "" : ", authority: \(ending.authority.displayed)"
            lines.append(
                "  \(name)    by \(ending.by.displayed) at \(ending.at): \(ending.reason.displayed)\(authority)"
            )
        }
        return (lines + records.map { "  \($0)" }).joined(separator: "\n")
    }

    /// A hold as JSON.
    static func object(_ hold: Hold, _ count: Int?, _ records: [String]? = nil) -> [String: JSONValue] {
        let terms = hold.terms
        let ending = hold.release ?? hold.withdrawal
        return [
            "kind": .string("hold"), "hold": .string(hold.id.description), "title": .string(terms.title),
            "mandate": .string(terms.mandate), "reason": .string(terms.reason), "notes": .string(terms.scopeNotes),
            "scopeKind": .string(terms.scope.kind), "scope": .array(terms.scope.members.map { .string($0) }),
            "orderedBy": .string(terms.orderedBy), "orderedOn": .string(terms.orderedOn.description),
            "enteredBy": .string(hold.enteredBy), "enteredAt": .string(hold.enteredAt.description),
            "inForce": .boolean(hold.isInForce), "records": count.map { .integer($0) } ?? .null,
            "ids": records.map { .array($0.map { .string($0) }) } ?? .null,
            "endedBy": ending.map { .string($0.by) } ?? .null, "endReason": ending.map { .string($0.reason) } ?? .null,
            "endAuthority": ending.map { .string($0.authority) } ?? .null,
        ]
    }
}
