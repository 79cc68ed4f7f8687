import ArchiveHome
import ArgumentParser
import Catalogue
import FileSafety
import Foundation
import Intake
import Operations
import RecordsModel

struct IngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Takes a batch into the archive.",
        discussion: """
            Checks the whole batch first; takes in what has no fault. Sources are never moved or changed. Bytes that the \
            record holds already are reported as already kept: running a batch again changes nothing. A line is printed \
            for a row only when it is kept for good.

            Every PDF is looked at for electronic signatures, and what they are worth is kept with the record. A document \
            that is said to be signed (signature 'elektronik', or a signer and no 'basah') and whose signature is invalid \
            is not kept.

            A document dated after today, or before the office's first year ('first-year' in berkas.yaml), is not kept \
            unless --because says why the date is right.

            When all is kept, the texts of the files are read, which takes about a second a scanned page and can be             interrupted: 'berkas read' goes on. What cannot be read is named, and is kept all the same.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var batch: BatchOptions

    @OptionGroup var acceptance: AcceptanceOptions

    @Flag(help: "Only check; the same as 'berkas check'.")
    var dryRun = false

    @Flag(help: "Keep only; 'berkas read' reads the texts later. BERKAS_NO_READ says the same.")
    var noRead = false

    func run() throws {
        let batch = try batch.open()
        if dryRun {
            let (reader, _) = try common.openReader()
            try Check.run(batch, common, reader, acceptance)
            return
        }
        let (report, faults, references, writer) = try keep(batch)
        var cut = 0
        if !references.isEmpty, !isReadingLeft {
            cut = try read(references, writer.home, writer.context)
            Terminal.flush()
        }
        try end(BatchOutcome.status(faults: faults + cut, good: report.versions + report.alreadyKept))
    }

    private var isReadingLeft: Bool {
        noRead || ProcessInfo.processInfo.environment["BERKAS_NO_READ"].map { !$0.isEmpty } ?? false
    }

    /// Reads what was kept; where another process reads already, that is left to it or to `berkas read`.
    ///
    /// - Returns: how many files were not read whole since they take more than a file may.
    private func read(_ references: [RecordReference], _ home: Home, _ context: OperationContext) throws -> Int {
        do {
            let report = try ReadingRendering.run(home, context, .records(references), redo: false, common)
            if report.files + report.failed > 0 { try ReadingRendering.summarise(report, common) }
            return report.faulty + report.failed
        } catch let error as FileSafetyError where error.code == .locked {
            Terminal.error(
                "note: the texts are not read now, since the reader is \(error.reason); run 'berkas read' later"
            )
        } catch let error as FileSafetyError {
            Terminal.error(
                "note: the texts were not read: \(Message.of(error)); what was kept is kept, run 'berkas read' later"
            )
        }
        return 0
    }

    /// Keeps the batch, under the home's lock, which ends with this.
    private func keep(_ batch: Batch) throws -> (
        IngestReport, faults: Int, [RecordReference], (home: Home, context: OperationContext)
    ) {
        let writer = try common.openWriter()
        let policy = try writer.home.intakePolicy()
        let survey = try Ingest.survey(batch, policy: policy, books: writer.books)
        try IngestRendering.tell(survey.faults, common)
        let signatures = try acceptance.intake(of: writer.home, writer.context, common)
        _ = try acceptance.dates(of: writer.home, writer.context, common)
        var ingest = Ingest(writer, policy: policy, signatures: signatures, because: acceptance.because)
        var count = 0
        var references: [RecordReference] = []
        let report: IngestReport
        do {
            report = try ingest.run(batch, survey: survey) { item in
                if let reference = item.reference { references.append(reference) }
                try IngestRendering.tell(item, common)
                count += 1
                if count % 100 == 0 { Terminal.flush() }
            }
        } catch {
            Terminal.flush()
            throw error
        }
        Terminal.clearProgress()
        let faults = survey.faults.count { $0.severity == .fault } + report.failed
        try summarise(report, survey: survey, faults: faults, totals: try writer.catalogue.totals())
        Terminal.flush()
        return (report, faults, references, (writer.home, writer.context))
    }

    private func summarise(_ report: IngestReport, survey: BatchSurvey, faults: Int, totals: CatalogueTotals) throws {
        func line(_ name: String, _ value: Int, _ more: String = "") -> String {
            "  " + name.padded(to: 30) + String(value) + more
        }
        let text = [
            "",
            report.versions == 0 ? "Nothing new was kept." : "Kept, and safe on the disk:",
            line("new records (arsip)", report.records),
            line("new versions (versi)", report.versions),
            line("files (file)", report.files, "  (\(Size.text(report.bytes)))"),
            line("already kept (sudah ada)", report.alreadyKept),
            line("faults (kesalahan)", faults),
            "The archive holds \(totals.records) records, \(totals.versions) versions, \(totals.files) files, \(Size.text(totals.bytes)).",
        ]
        try common.tell(
            text.joined(separator: "\n"),
            [
                "alreadyKept": .integer(report.alreadyKept), "bytes": .integer(report.bytes),
                "faults": .integer(faults),
                "files": .integer(report.files), "kind": .string("summary"), "records": .integer(report.records),
                "rows": .integer(survey.rows), "totalRecords": .integer(totals.records),
                "totalVersions": .integer(totals.versions), "versions": .integer(report.versions),
            ]
        )
    }
}
