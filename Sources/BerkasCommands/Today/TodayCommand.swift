import ArchiveHome
import ArgumentParser
import FileSafety
import Operations
import RecordsModel
import SystemPackage

struct TodayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "today",
        abstract: "What waits for a person today, on one screen.",
        discussion: """
            Dossiers that are late or wait, records without a code, loans overdue, retention that ends soon, and whether \
            bytes were read and a package was made within the days that 'reminders' in berkas.yaml allows. Changes nothing; \
            what it says is no judgement on the run of the command: it ends with 0.

            --to FILE writes the report to a new file instead. Where it names a folder (one that is there, or a name that \
            ends in /), to the file of the day in it, such as 2026-11-27.txt, in place of an earlier report of that day.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var day: AsOfOptions

    @Option(help: ArgumentHelp("Write the report to this file, or into this folder.", valueName: "file"))
    var to: String?

    func run() throws {
        let home = try common.locateHome()
        let context = try common.context(for: home)
        let report = try Today(home, context) { home, books, day in
            DossierStanding(try DossierDesk(home, books).waiting(on: day))
        }.run(asOf: day.asOf)
        Terminal.clearProgress()
        let lines = try common.json ? TodayRendering.objects(report) : TodayRendering.text(report)
        guard let to else {
            if !common.quiet { for line in lines { Terminal.result(line) } }
            Terminal.flush()
            return
        }
        let (file, isOfDay) = target(to, report.asOf)
        try home.writeReport(file, lines.joined(separator: "\n") + "\n", replacing: isOfDay)
        if !common.quiet { Terminal.error("wrote \(file.string.displayed)") }
    }

    /// The file that is meant, and whether it is that of the day in a folder.
    private func target(_ to: String, _ day: CivilDate) -> (file: FilePath, isOfDay: Bool) {
        let path = FilePath(argument: to)
        let isFolder = to.hasSuffix("/") || (try? FileStatus.following(path))?.kind == .directory
        return isFolder ? (path.appending("\(day).\(common.json ? "jsonl" : "txt")"), true) : (path, false)
    }
}

/// How the day is shown.
enum TodayRendering {
    /// The report for a person: one line a row, and below it what calls.
    static func text(_ report: TodayReport) -> [String] {
        var lines = ["\(report.office.displayed), \(report.asOf)", ""]
        for row in report.rows {
            let mark = row.isCalling ? "!" : " "
            lines.append("\(mark) \(row.topic.words.padded(to: 30))\(row.message.displayed)")
            lines += row.items.map { item in
                let day = item.day.map { "\($0)  " } ?? ""
                return "      \(day)\(item.subject.displayed)  \(item.message.displayed)"
            }
            if row.count > row.items.count, !row.items.isEmpty {
                lines.append("      and others, \(row.count) in all")
            }
            if let remedy = row.remedy { lines.append("      -> \(remedy)") }
        }
        let checkpoint = report.checkpoint?.split(separator: "\n").joined(separator: " ")
        return lines + (checkpoint.map { ["", "ledger checkpoint: \($0)"] } ?? [])
    }

    /// The report for scripts: a heading, a line a row, a line an item.
    static func objects(_ report: TodayReport) throws -> [String] {
        let heading: [String: JSONValue] = [
            "kind": .string("today"), "asOf": .string(report.asOf.description), "office": .string(report.office),
            "calling": .integer(report.rows.count(where: \.isCalling)),
            "checkpoint": report.checkpoint.map { .string($0) } ?? .null,
        ]
        var objects = [heading]
        for row in report.rows {
            objects.append([
                "kind": .string("today row"), "topic": .string(row.topic.rawValue), "calling": .boolean(row.isCalling),
                "message": .string(row.message), "remedy": row.remedy.map { .string($0) } ?? .null,
                "count": .integer(row.count),
            ])
            objects += row.items.map { item in
                [
                    "kind": .string("today item"), "topic": .string(row.topic.rawValue),
                    "subject": .string(item.subject), "message": .string(item.message),
                    "day": item.day.map { .string($0.description) } ?? .null,
                ]
            }
        }
        return try objects.map { String(decoding: try CanonicalJSON.line($0), as: UTF8.self) }
    }
}
