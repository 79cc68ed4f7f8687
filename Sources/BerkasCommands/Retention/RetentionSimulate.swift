import Acts
import ArchiveHome
import ArgumentParser
import Catalogue
import Foundation
import Operations
import RecordsModel
import Retention
import SystemPackage

struct RetentionSimulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Shows what a schedule would change for every record; changes nothing.",
        discussion: """
            Ends with the digest of what it showed, which 'berkas retention adopt' must be given.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var day: AsOfOptions

    @Argument(help: ArgumentHelp("The schedule, CSV.", valueName: "file"))
    var file: String

    func run() throws {
        let home = try common.locateHome()
        let ask = try AskRetention(home, try common.context(for: home))
        let asOf = day.asOf ?? ask.today
        let proposal = try ScheduleProposal(
            FilePath(argument: file),
            desk: ask.desk,
            catalogue: ask.catalogue,
            asOf: asOf
        )
        try ScheduleRendering(common: common).tell(proposal, file: file)
        guard let simulation = proposal.simulation else { return try end(.failed) }
        for item in simulation.items { try common.tell(Self.text(item), try Self.object(item)) }
        let totals = ScheduleChange.allCases.map { "\(simulation.totals[$0.rawValue] ?? 0) \($0.rawValue)" }
        try common.tell(
            """
            \(totals.joined(separator: ", "))
            simulation \(proposal.digest)
            to adopt it: berkas retention adopt '\(file)' --authority '…' --simulation \(proposal.digest.prefix(12))\
            \(day.asOf.map { " --as-of \($0)" } ?? "")
            """,
            [
                "kind": .string("retention simulation"), "asOf": .string(asOf.description),
                "digest": .string(proposal.digest), "totals": .object(simulation.totals.mapValues { .integer($0) }),
                "inForce": simulation.inForce.map { .string($0) } ?? .null, "proposed": .string(simulation.proposed),
            ]
        )
    }

    private static func text(_ item: ScheduleSimulation.Item) -> String {
        func side(_ side: ScheduleSimulation.Side) -> String {
            side.phase.rawValue + (side.due.map { ", \(side.action?.rawValue ?? "due") from \($0)" } ?? "")
        }
        return "\(item.record.padded(to: 13))  \(item.change.rawValue.padded(to: 19))  \(side(item.before))"
            + "  ->  \(side(item.after))"
    }

    private static func object(_ item: ScheduleSimulation.Item) throws -> [String: JSONValue] {
        guard case .object(var members) = try JSONValue(encoding: item) else { return [:] }
        members["kind"] = .string("retention change")
        return members
    }
}

struct RetentionAdopt: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Puts a schedule in force, once its simulation was read.",
        discussion: """
            The file is kept under policy/retention and never changed again; the version before stays too.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var day: AsOfOptions

    @Argument(help: ArgumentHelp("The schedule, CSV.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The regulation that it comes from, as it is cited.", valueName: "words"))
    var authority: String

    @Option(help: ArgumentHelp("The digest that 'simulate' ended with, or 12 digits of it.", valueName: "digest"))
    var simulation: String

    func run() throws {
        let writer = try common.openWriter()
        let (proposal, adopted) = try RetentionActs(writer).adopt(
            FilePath(argument: file),
            authority: authority,
            simulation: simulation,
            asOf: day.asOf ?? writer.context.now().date
        )
        try ScheduleRendering(common: common).tell(proposal, file: file)
        try common.tell(
            """
            adopted on \(adopted.adopted): \(adopted.rows) rows, \(adopted.samples) of them samples
              kept as    policy/\(adopted.file)
              authority  \(adopted.authority.displayed)
            """,
            [
                "kind": .string("retention adopted"), "adopted": .string(adopted.adopted.description),
                "authority": .string(adopted.authority), "digest": .string(adopted.digest),
                "file": .string("policy/" + adopted.file), "rows": .integer(adopted.rows),
                "samples": .integer(adopted.samples), "simulation": .string(adopted.simulation),
            ]
        )
    }
}

struct RetentionShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows the schedule in force, row by row, the versions before it, and how the office counted when.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions

    func run() throws {
        let home = try common.locateHome()
        let ask = try AskRetention(home, try common.context(for: home))
        for version in try ask.catalogue.adoptedSchedules() {
            let isInForce = version == ask.desk.adopted
            try common.tell(
                "\(version.adopted)  policy/\(version.file)  \(version.authority.displayed)\(isInForce ? "  (in force)" : "")",
                [
                    "kind": .string("retention schedule"), "adopted": .string(version.adopted.description),
                    "authority": .string(version.authority), "digest": .string(version.digest),
                    "file": .string("policy/" + version.file), "inForce": .boolean(isInForce),
                ]
            )
        }
        let changes = try ask.catalogue.countingChanges()
        for (event, change) in changes {
            try common.tell(
                CountingRendering.text(event, change),
                try CountingRendering.object(event, change, isInForce: event.seq == changes.last?.event.seq)
            )
        }
        for row in ask.desk.schedule.rows {
            try common.tell(ScheduleRendering.text(row), ScheduleRendering.object(row))
        }
        if let note = ask.desk.note, !common.quiet { Terminal.error("note: \(note)") }
    }
}

/// How schedules and their faults are shown.
struct ScheduleRendering {
    let common: CommonOptions

    /// Tells the faults of a file.
    func tell(_ proposal: ScheduleProposal, file: String) throws {
        for fault in proposal.faults {
            let place = [fault.row.map { "row \($0)" }, fault.column.map { "column '\($0.displayed)'" }]
            let words = ([file.displayed] + place.compactMap { $0 }).joined(separator: ", ")
            let value = fault.value.map { " ('\($0.displayed)')" } ?? ""
            Terminal.error("\(fault.severity.rawValue): \(words): \(fault.message)\(value); \(fault.remedy)")
        }
    }

    /// A row on a line.
    static func text(_ row: ScheduleRow) -> String {
        let types = row.types.isEmpty ? "" : " [\(row.types.joined(separator: " "))]"
        let trigger = row.trigger.text.isEmpty ? "" : ", \(row.trigger.text)"
        return "  \(row.code.padded(to: 12)) \(row.active.text) + \(row.inactive.text)\(trigger.displayed), "
            + "\(row.disposition.text.displayed): \(row.title.displayed)\(types)\(row.isSample ? "  CONTOH" : "")"
    }

    /// A row as JSON: the published words beside what they were read as.
    static func object(_ row: ScheduleRow) -> [String: JSONValue] {
        [
            "kind": .string("retention row"), "row": .integer(row.row), "code": .string(row.code),
            "title": .string(row.title), "types": .array(row.types.map { .string($0) }),
            "active": .string(row.active.text), "inactive": .string(row.inactive.text),
            "trigger": .string(row.trigger.text), "triggerKind": .string(row.trigger.kind.id),
            "dispositionText": .string(row.disposition.text),
            "disposition": .string(row.disposition.disposition.rawValue), "basis": .string(row.basis),
            "followsPlan": .boolean(row.followsPlan), "sample": .boolean(row.isSample),
        ]
    }
}

/// How a change of the office's settings is shown.
enum CountingRendering {
    /// A change on a line: what holds from there on, each setting that is another with what it was before.
    static func text(_ event: Event, _ change: CountingChanged) -> String {
        let (old, new) = (change.before.map(settings), settings(change.after))
        let parts = new.enumerated().map { place, setting in
            guard let was = old?[place].value, was != setting.value else { return "\(setting.name) \(setting.value)" }
            return "\(setting.name) \(was) -> \(setting.value)"
        }
        return "\(event.time.date)  settings  \(parts.joined(separator: ", "))  by \(event.actor.displayed)"
            + "  (ledger \(event.seq))"
    }

    private static func settings(_ counting: CountingChanged.Counting) -> [(name: String, value: String)] {
        [
            ("fiscal-month", String(counting.fiscalMonth)), ("cutoff", counting.cutoff.displayed),
            ("counts-starting-day", String(counting.countsStartingDay)), ("adds-periods", String(counting.addsPeriods)),
            ("plan-types", counting.planTypes.map(\.displayed).joined(separator: " ")),
        ]
    }

    /// A change as JSON.
    static func object(_ event: Event, _ change: CountingChanged, isInForce: Bool) throws -> [String: JSONValue] {
        [
            "kind": .string("retention counting"), "seq": .integer(event.seq),
            "time": .string(event.time.description), "actor": .string(event.actor),
            "before": try change.before.map { try JSONValue(encoding: $0) } ?? .null,
            "after": try JSONValue(encoding: change.after), "inForce": .boolean(isInForce),
        ]
    }
}
