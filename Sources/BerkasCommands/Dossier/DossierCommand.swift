import ArchiveHome
import ArgumentParser
import Dossiers
import Operations
import RecordsModel
import Reporting
import SystemPackage

struct DossierCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dossier",
        abstract: "Holds a year's dossier against the procedure: complete, signed, in time, sealed?",
        discussion: """
            For each step: who does it, what the procedure allows, the records that are there, days used and days over, and \
            what is missing, out of order, or filed before it was signed. A step is counted from the day on which the one \
            before it ended; that day itself is not counted. Both calendar days and working days (policy/holidays.csv) are \
            shown. --all puts the years side by side, missing years in front. What it says is no judgement on the run of the \
            command: it ends with 0.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var day: AsOfOptions

    @Argument(help: ArgumentHelp("The fiscal year.", valueName: "year"))
    var year: Int?

    @Flag(help: "All years against each other.")
    var all = false

    @Option(help: ArgumentHelp("Write the dossier, with its timeline, to this HTML file.", valueName: "file"))
    var html: String?

    func validate() throws {
        if all == (year != nil) { throw ValidationError("name a year, or give --all") }
        if let year { try DossierOptions.check(year) }
        if all, html != nil { throw ValidationError("--html shows one dossier: name its year") }
    }

    func run() throws {
        let (reader, context) = try common.openReader()
        let desk = try DossierDesk(reader.home, reader.books)
        let asOf = day.asOf ?? context.now().date
        guard let year else {
            try showAll(try desk.all(asOf: asOf))
            Terminal.flush()
            return
        }
        let report = try desk.report(of: year, asOf: asOf)
        guard !report.assessment.isEmpty else {
            throw OperationError(
                .noSuchRecord,
                message: "the dossier \(report.assessment.dossier) has no record",
                remedy: "run 'berkas dossier --all' to see which years there are"
            )
        }
        if let html {
            let page = DossierPage(
                office: reader.home.settings.office,
                procedure: desk.procedure,
                assessment: report.assessment,
                progress: report.standing,
                checkpoint: try desk.checkpoint
            )
            let wasThere = try NewFile.write(Array(page.html.utf8), to: FilePath(argument: html), reader.home, context)
            if !common.quiet { Terminal.error("\(wasThere ? "already there:" : "wrote") \(html.displayed)") }
            return
        }
        let rendering = DossierRendering(report, desk.procedure, stages: desk.stages)
        if common.json {
            for object in rendering.objects { try common.tell("", object) }
        } else {
            for line in rendering.lines where !common.quiet { Terminal.result(line) }
        }
        Terminal.flush()
    }

    private func showAll(_ reports: [DossierReport]) throws {
        if reports.isEmpty, !common.json { Terminal.error("there is no record yet") }
        if !common.json, !common.quiet, !reports.isEmpty {
            let heads = ["dossier", "records", "complete", "signed", "in time", "sealed", ""]
            Terminal.result(zip(heads, Self.widths).map { $0.padded(to: $1) }.joined().trimmed)
        }
        for report in reports {
            let assessment = report.assessment
            let gaps = assessment.findings.count(where: \.isGap)
            let isEmpty = assessment.isEmpty
            let inTime = assessment.isInTime.map { $0 ? "yes" : "\(assessment.daysOver) days over" } ?? "cannot tell"
            let cells = [
                assessment.dossier, String(assessment.records),
                isEmpty ? "MISSING" : gaps == 0 ? "yes" : "\(gaps) missing",
                assessment.validPlan?.date?.description ?? (assessment.plans.isEmpty ? "no" : "cannot tell"),
                isEmpty ? "-" : inTime, report.standing.seal?.act.at.date.description ?? "no",
                isEmpty ? "" : report.waiting?.message ?? "",
            ]
            try common.tell(
                zip(cells, Self.widths).map { $0.displayed.padded(to: $1) }.joined().trimmed,
                DossierRendering.summary(report)
            )
        }
    }

    private static let widths = [12, 9, 12, 13, 16, 12, 0]
}

extension String {
    /// Without the spaces at its end.
    fileprivate var trimmed: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
