import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Reads every byte, and holds store, packages, ledger and catalogue against each other.",
        discussion: """
            Names each fault by record, version and path. Changes nothing but the ledger, where the outcome is entered.

            --sample 5% reads one of twenty parts of the records and packages: the part behind the one that was read last, \
            so that twenty runs read everything. Ledger, catalogue and schedules, and what is missing or does not belong \
            there, are looked at whole each time.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("Only these records.", valueName: "id"))
    var records: [RecordArgument] = []

    @Option(
        help: ArgumentHelp("Read only this part of records and packages, another one each time.", valueName: "percent")
    )
    var sample: SamplePart?

    func validate() throws {
        if sample != nil, !records.isEmpty { throw ValidationError("name records, or give --sample: not both") }
    }

    func run() throws {
        let home = try common.locateHome()
        let context = try common.context(timeZone: home.settings.timeZone)
        let report = try Verify(home, context).run(records: records.map(\.reference.id), parts: sample?.parts)
        Terminal.clearProgress()
        for finding in report.findings { try Findings.tell(finding, common) }
        let faults = report.findings.count
        let checkpoint =
            report.checkpoint.map { "\nledger checkpoint: " + $0.split(separator: "\n").joined(separator: " ") } ?? ""
        let part = report.sample.map { ", part \($0.part) of \($0.parts) of the records and packages" } ?? ""
        try common.tell(
            (faults == 0 ? "all is well\(part): " : "\(Count.text(faults, "fault"))\(part): ")
                + "\(Count.text(report.records, "record")), \(Count.text(report.files, "file")), \(Size.text(report.bytes)), "
                + "\(Count.text(report.packages, "package")), \(Count.text(report.events, "event"))" + checkpoint,
            [
                "bytes": .integer(report.bytes), "checkpoint": report.checkpoint.map { .string($0) } ?? .null,
                "entered": .boolean(report.isEntered), "events": .integer(report.events),
                "files": .integer(report.files),
                "findings": .integer(faults), "kind": .string("summary"), "linked": .integer(report.linked),
                "packages": .integer(report.packages),
                "records": .integer(report.records), "part": report.sample.map { .integer($0.part) } ?? .null,
                "parts": report.sample.map { .integer($0.parts) } ?? .null,
            ]
        )
        Terminal.flush()
        if report.linked > 0 {
            Terminal.error(
                "warning: \(Count.text(report.linked, "file")) of the store \(report.linked == 1 ? "has" : "have") a further name "
                    + "outside of it (a backup by 'cp -al' or 'rsync --link-dest'): both are one file on the disk, "
                    + "so that what damages one damages the other"
            )
        }
        if !report.isEntered, report.checkpoint != nil {
            Terminal.error("note: the outcome is not entered in the ledger (the home is locked, read-only or damaged)")
        }
        if faults > 0 { try end(.integrityFault) }
    }
}

/// How much of the archive is read at a time, as a word of a command: `5%`.
struct SamplePart: ExpressibleByArgument {
    let parts: Int

    init?(argument: String) {
        guard let parts = FixitySample.parts(ofPercent: argument) else { return nil }
        self.parts = parts
    }
}

/// Findings as lines.
enum Findings {
    static func tell(_ finding: VerifyFinding, _ common: CommonOptions) throws {
        Terminal.result(
            common.json ? String(decoding: try CanonicalJSON.line(finding.object), as: UTF8.self) : finding.line
        )
    }
}
