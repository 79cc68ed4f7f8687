import ArchiveHome
import ArgumentParser
import Catalogue
import Intake
import Operations
import RecordsModel

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks a batch and writes nothing.",
        discussion: """
            Names all faults of all rows at once, with row and column. A row with a fault stops its own record, not the \
            others. The status is the one that 'ingest' would end with.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var batch: BatchOptions
    @OptionGroup var acceptance: AcceptanceOptions

    func run() throws {
        let (reader, _) = try common.openReader()
        try Self.run(batch.open(), common, reader, acceptance)
    }

    /// Checks, tells, and ends with the status.
    static func run(
        _ batch: Batch,
        _ common: CommonOptions,
        _ reader: ArchiveReader,
        _ acceptance: AcceptanceOptions
    ) throws {
        let policy = try reader.home.intakePolicy()
        let survey = try Ingest.survey(batch, policy: policy, books: reader.books)
        let context = try common.context(for: reader.home)
        let signatures = try acceptance.intake(of: reader.home, context, common)
        let dated = try acceptance.dates(of: reader.home, context, common).faults(
            of: batch,
            survey: survey,
            policy: policy
        )
        let signed = try Ingest.signatureFaults(of: batch, survey: survey, policy: policy, signatures) + dated
        for fault in survey.faults + signed where !common.quiet || fault.severity == .fault {
            Terminal.result(
                common.json ? String(decoding: try CanonicalJSON.line(fault.object), as: UTF8.self) : fault.line
            )
        }
        let stopped = signed.filter { $0.severity == .fault }
        let rows = Set(stopped.compactMap(\.row))
        let accepted = survey.accepted - rows.count
        let bytes = survey.bytes - rows.reduce(0) { $0 + survey.size(ofRow: $1) }
        let faults = survey.faults.count { $0.severity == .fault } + stopped.count
        let warnings = survey.faults.count + signed.count - faults
        try common.tell(
            "\(survey.rows) rows: \(accepted) can be taken in (\(Size.text(bytes))), \(survey.stopped + rows.count) "
                + "cannot; \(faults) faults, \(warnings) warnings; nothing was written",
            [
                "accepted": .integer(accepted), "bytes": .integer(bytes), "faults": .integer(faults),
                "kind": .string("summary"), "rows": .integer(survey.rows), "warnings": .integer(warnings),
            ]
        )
        Terminal.flush()
        let status = BatchOutcome.status(faults: faults, good: accepted)
        if status != .done { throw ExitCode(status.rawValue) }
    }
}
