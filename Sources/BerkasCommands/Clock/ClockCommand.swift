import Acts
import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel

struct ClockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "The computer's clock: where it leapt forward, and who says that it is right.",
        discussion: """
            Every date of the archive rests on the computer's clock. Where nothing was entered for more days than \
            'clock-leap-days' in berkas.yaml allows (45), the office may have been closed, or the clock was set forward. \
            That is told by every command. Executing a list, handing it over and removing it, proposing and approving, \
            adopting a schedule and sealing a dossier wait until somebody says that the clock is right, or a time from \
            outside does: 'berkas ledger stamp', 'berkas ledger accept'. Filing goes on.

            \(ExitStatus.help)
            """,
        subcommands: [ClockShow.self, ClockConfirm.self, ClockCorrect.self]
    )
}

struct ClockShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows what the clock says, when the last event was entered, and each leap that waits.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions

    func run() throws {
        let (reader, context) = try common.openReader()
        let standing = try ClockStanding(reader, context)
        let last = standing.last.map { "\($0)" }
        try common.tell(
            """
            now         \(standing.now)
            last event  \(last ?? "-")
            leaps       \(standing.leaps.count), each of more than \(standing.allowed) days without an event
            """,
            [
                "allowed": .integer(standing.allowed), "kind": .string("clock"),
                "last": last.map { .string($0) } ?? .null, "leaps": .integer(standing.leaps.count),
                "now": .string(standing.now.description),
            ]
        )
        for leap in standing.leaps { try common.tell(ClockRendering.line(leap), ClockRendering.object(leap)) }
        Terminal.flush()
    }
}

struct ClockConfirm: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract: "Says that the clock was right wherever it leapt forward, up to now.",
        discussion: """
            Look at another clock first. What is said stands in the ledger, with whoever says it, and in the audit.

              berkas clock confirm --reason 'kantor tutup selama dua bulan; jam dicocokkan dengan telepon' --as 'Siti'

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("How that is known.", valueName: "words"))
    var reason = ""

    func run() throws {
        let confirmed = try ClockActs(common.openWriter()).confirm(reason: reason)
        try common.tell(
            "confirmed: the clock was right (\(Count.text(confirmed.leaps.count, "leap")))",
            [
                "kind": .string("clock confirmed"), "leaps": .integer(confirmed.leaps.count),
                "reason": .string(confirmed.reason),
            ]
        )
        for leap in confirmed.leaps { try common.tell(ClockRendering.line(leap), ClockRendering.object(leap)) }
        Terminal.flush()
    }
}

struct ClockCorrect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: "Says that the clock was ahead, and is right now.",
        discussion: """
            Where the clock was ahead, even for one command, the ledger states times that are still to come, and nothing is \
            written until they have come. Set the clock right, look at another one, and say so. What was entered stays as it \
            is; 'verify' and the audit tell of the correction for good. It takes the right to adopt policies.

              berkas clock correct --reason 'baterai komputer habis; jam dicocokkan dengan telepon' --as 'Kepala Dinas'

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("How that is known.", valueName: "words"))
    var reason = ""

    func run() throws {
        let corrected = try ClockActs(common.openWriter { $0.correctingClock() }).correct(reason: reason)
        try common.tell(
            "corrected: \(corrected.sentence)",
            [
                "ahead": .integer(corrected.ahead), "from": .string(corrected.from.description),
                "kind": .string("clock corrected"), "reason": .string(corrected.reason),
                "to": .string(corrected.to.description),
            ]
        )
        Terminal.flush()
    }
}

/// How a leap of the clock is shown.
enum ClockRendering {
    static func line(_ leap: ClockLeap) -> String {
        "  \(Count.text(leap.days, "day")): from \(leap.from) to \(leap.to)"
            + (leap.seq.map { ", event \($0)" } ?? ", which is now")
    }

    static func object(_ leap: ClockLeap) -> [String: JSONValue] {
        [
            "days": .integer(leap.days), "from": .string(leap.from.description), "kind": .string("clock leap"),
            "seq": leap.seq.map { .integer($0) } ?? .null, "to": .string(leap.to.description),
        ]
    }
}
