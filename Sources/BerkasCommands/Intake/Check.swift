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

    func run() throws {
        let (reader, _) = try common.openReader()
        try Self.run(batch.open(), common, policy: try reader.home.intakePolicy(), catalogue: reader.catalogue)
    }

    /// Checks, tells, and ends with the status.
    static func run(_ batch: Batch, _ common: CommonOptions, policy: IntakePolicy, catalogue: CatalogueDatabase) throws
    {
        let survey = try Ingest.survey(batch, policy: policy, catalogue: catalogue)
        for fault in survey.faults where !common.quiet || fault.severity == .fault {
            Terminal.result(
                common.json ? String(decoding: try CanonicalJSON.line(fault.object), as: UTF8.self) : fault.line
            )
        }
        let faults = survey.faults.count { $0.severity == .fault }
        let warnings = survey.faults.count - faults
        try common.tell(
            "\(survey.rows) rows: \(survey.accepted) can be taken in (\(Size.text(survey.bytes))), \(survey.stopped) cannot; "
                + "\(faults) faults, \(warnings) warnings; nothing was written",
            [
                "accepted": .integer(survey.accepted), "bytes": .integer(survey.bytes), "faults": .integer(faults),
                "kind": .string("summary"), "rows": .integer(survey.rows), "warnings": .integer(warnings),
            ]
        )
        Terminal.flush()
        let status = BatchOutcome.status(faults: faults, good: survey.accepted)
        if status != .done { throw ExitCode(status.rawValue) }
    }
}
