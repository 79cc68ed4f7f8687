import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Reads every byte, and holds store, packages, ledger and catalogue against each other.",
        discussion: """
            Names each fault by record, version and path. Changes nothing but the ledger, where the outcome is entered: its \
            numbers, and one line for each fault that is new since the last check or no longer found.

            Files that a desktop left in the home (._X, .DS_Store, Thumbs.db, desktop.ini) are told in one line and are no \
            fault; with 'strangers: report' in berkas.yaml the status is 3. 'berkas repair' puts them aside.

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
        let context = try common.context(for: home)
        let report = try Verify(home, context).run(records: records.map(\.reference.id), parts: sample?.parts)
        Terminal.clearProgress()
        for finding in report.findings { try Findings.tell(finding, common) }
        try Findings.tell(strangers: report.strangers, home, common)
        let faults = report.findings.count
        let checkpoint =
            report.checkpoint.map { "\nledger checkpoint: " + $0.split(separator: "\n").joined(separator: " ") } ?? ""
        let part = report.sample.map { ", part \($0.part) of \($0.parts) of the records and packages" } ?? ""
        try common.tell(
            (faults == 0 ? "all is well" : Count.text(faults, "fault") + Self.news(report)) + "\(part): "
                + "\(Count.text(report.records, "record")), \(Count.text(report.files, "file")), \(Size.text(report.bytes)), "
                + "\(Count.text(report.packages, "package")), \(Count.text(report.events, "event"))" + checkpoint,
            [
                "bytes": .integer(report.bytes), "checkpoint": report.checkpoint.map { .string($0) } ?? .null,
                "entered": .boolean(report.isEntered), "events": .integer(report.events),
                "files": .integer(report.files),
                "findings": .integer(faults), "gone": .integer(report.gone),
                "kind": .string("summary"), "linked": .integer(report.linked),
                "new": .integer(report.new), "strangers": .integer(report.strangers.count),
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
            let reason = report.obstacle ?? "the home is locked, read-only or damaged"
            Terminal.error("note: the outcome is not entered in the ledger: \(reason)")
        }
        if faults > 0 { try end(.integrityFault) }
        if Findings.areReported(report.strangers, home) { try end(.partly) }
    }

    private static func news(_ report: VerifyReport) -> String {
        report.isEntered ? ", \(report.new) of them new, \(report.gone) gone since the last check" : ""
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

    /// Tells in one line of files that a desktop left in a home.
    static func tell(strangers: Set<String>, _ home: Home, _ common: CommonOptions) throws {
        guard let first = strangers.min() else { return }
        guard !common.quiet || areReported(strangers, home) else { return }
        let object: [String: JSONValue] = [
            "count": .integer(strangers.count), "example": .string(first), "kind": .string("strangers"),
        ]
        let text =
            "strangers: \(Count.text(strangers.count, "file")) that a desktop left in the home, such as "
            + "'\(first.displayed)'; they are no damage, and 'berkas repair' puts them aside"
        Terminal.result(common.json ? String(decoding: try CanonicalJSON.line(object), as: UTF8.self) : text)
    }

    /// Whether strangers end a check with status 3, as the office has laid down.
    static func areReported(_ strangers: Set<String>, _ home: Home) -> Bool {
        !strangers.isEmpty && home.settings.strangers == .report
    }
}
