import Acts
import ArchiveHome
import ArgumentParser
import Disposal
import Ledger
import Operations
import RecordsModel
import Reporting
import Retention

struct ReportRetentionAudit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention-audit",
        abstract:
            "Answers the auditor's questions of a year: yes, no, cannot tell or nothing to judge, with the records behind each.",
        discussion: """
            The records of the fiscal year, and the acts of the calendar year; what was refused is told whatever the year, where
            it concerns the records. Where no record, act or attempt is there to answer by, that is said. The answers are no judgement on the run of
            the command: it ends with 0 whatever they are.

            \(ExitStatus.help)
            """
    )

    /// How many lines behind one question, or of acts, a person is shown.
    private static let shown = 10

    @OptionGroup var common: CommonOptions
    @OptionGroup var day: AsOfOptions

    @OptionGroup var paper: PaperOptions

    @Option(help: ArgumentHelp("With --to: who signs as auditor, as 'name;office;NIP'.", valueName: "signer"))
    var auditor: SignerArgument?

    @Option(help: ArgumentHelp("With --to: who signs for the unit kearsipan.", valueName: "signer"))
    var unitHead: SignerArgument?

    @Option(help: ArgumentHelp("The year that is audited.", valueName: "year"))
    var year: Int

    func validate() throws {
        if paper.to != nil { try paper.requireFile() }
        if !(1900...2200).contains(year) { throw ValidationError("--year is a year from 1900 to 2200") }
    }

    func run() throws {
        let home = try common.locateHome()
        let work = try AuditRetention(home, try common.context(for: home))
        let report = try work.run(year: year, asOf: day.asOf ?? work.today)
        if paper.to != nil {
            try print(report, asOf: day.asOf ?? work.today, home)
            return
        }
        try common.tell(Self.heading(report), Self.object(report))
        for answer in report.audit.answers {
            try common.tell(Self.text(answer), Self.object(answer))
            try tell(answer.behind, { "      \($0.subject.displayed)  \($0.message.displayed)" }) { item in
                [
                    "kind": .string("audit item"), "question": .string(answer.question.rawValue),
                    "subject": .string(item.subject), "message": .string(item.message),
                ]
            }
        }
        headline("waits for a person for too long", report.notices.count)
        try tell(report.notices, Self.text) { Self.object($0) }
        headline("who decided what in \(year)", report.acts.count)
        try tell(report.acts, ActRendering.text) { ActRendering.object($0) }
        Terminal.flush()
        if report.isBehind, !common.quiet {
            Terminal.error("note: the ledger goes on behind the checkpoint up to which this report looks")
        }
    }

    /// Writes the report as a paper.
    private func print(_ report: AuditReport, asOf: CivilDate, _ home: Home) throws {
        let frame = paper.frame(of: home, today: asOf, checkpoint: try home.paperCheckpoint)
        let made = Paper.retentionAudit(
            report.audit,
            asOf: asOf,
            frame: frame,
            auditor: auditor?.signer,
            unitHead: unitHead?.signer
        )
        try paper.write(made, of: "audit of \(report.audit.year)", mayGoUnentered: true, home, common)
    }

    /// A heading for a person, where there is anything below it.
    private func headline(_ words: String, _ count: Int) {
        if !common.json, !common.quiet, count > 0 { Terminal.result("\n\(words) (\(count))") }
    }

    /// The first few for a person, all of them for a script.
    private func tell<Item>(
        _ items: [Item],
        _ text: (Item) -> String,
        _ object: (Item) -> [String: JSONValue]
    ) throws {
        for item in common.json ? items[...] : items.prefix(Self.shown) {
            try common.tell(text(item), object(item))
        }
        let more = items.count - Self.shown
        if more > 0, !common.json, !common.quiet { Terminal.result("      and \(more) more (--json has all)") }
    }

    // MARK: - Text

    private static func heading(_ report: AuditReport) -> String {
        let schedule = report.schedule.map {
            "\($0.version), \(($0.authority ?? "no authority").displayed)\($0.isSample ? "  CONTOH" : "")"
        }
        return """
            retention audit (audit retensi) of \(report.audit.year) on \(report.asOf)
              schedule    \(schedule ?? "none is in force")
              records     \(report.records) of \(report.audit.year)
              checkpoint  \(report.checkpoint.map(line) ?? "no ledger")

            """
    }

    private static func line(_ checkpoint: String) -> String {
        checkpoint.split(separator: "\n").joined(separator: " ")
    }

    private static func text(_ answer: AuditAnswer) -> String {
        let value = answer.value.words
        let number = String(answer.question.number)
        let place = String(repeating: " ", count: max(0, 3 - number.utf8.count)) + number
        return """
            \(place). \(answer.question.words)  \(value.english.uppercased()) (\(value.indonesian))
                 \(answer.sentence.english)
                 \(answer.sentence.indonesian)
            """
    }

    private static func text(_ notice: OverdueNotice) -> String {
        "      \(notice.subject.displayed)  \(notice.step.rawValue), since \(notice.since), "
            + "\(Count.text(notice.overdueDays, "day")) beyond what is allowed"
    }

    // MARK: - JSON

    private static func object(_ report: AuditReport) -> [String: JSONValue] {
        func count(_ value: AuditAnswer.Value) -> JSONValue {
            .integer(report.audit.answers.count { $0.value == value })
        }
        return [
            "kind": .string("retention audit"), "year": .integer(report.audit.year),
            "asOf": .string(report.asOf.description), "records": .integer(report.records),
            "schedule": report.schedule.map { .string($0.version) } ?? .null,
            "authority": report.schedule?.authority.map { .string($0) } ?? .null,
            "sample": report.schedule.map { .boolean($0.isSample) } ?? .null,
            "checkpoint": report.checkpoint.map { .string($0) } ?? .null, "behind": .boolean(report.isBehind),
            "yes": count(.yes), "no": count(.no), "cannotTell": count(.cannotTell), "nothing": count(.nothing),
            "acts": .integer(report.acts.count),
        ]
    }

    private static func object(_ answer: AuditAnswer) -> [String: JSONValue] {
        [
            "kind": .string("audit answer"), "number": .integer(answer.question.number),
            "question": .string(answer.question.rawValue), "words": .string(answer.question.words),
            "answer": .string(answer.value.rawValue), "sentence": .string(answer.sentence.english),
            "kalimat": .string(answer.sentence.indonesian),
            "forcedBy": .array(answer.forcedBy.map { .string($0.rawValue) }), "items": .integer(answer.behind.count),
        ]
    }

    private static func object(_ notice: OverdueNotice) -> [String: JSONValue] {
        [
            "kind": .string("audit notice"), "step": .string(notice.step.rawValue), "subject": .string(notice.subject),
            "since": .string(notice.since.description), "overdueDays": .integer(notice.overdueDays),
        ]
    }
}
