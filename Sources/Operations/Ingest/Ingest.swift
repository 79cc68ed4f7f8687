package import ArchiveHome
import Catalogue
import FileSafety
import Fixity
import Foundation
package import Intake
import OCFLStore
package import RecordsModel
import SystemPackage

/// Takes a batch into the archive.
///
/// A scan's way: row → `SourceReader` (one read: digest, kept already? copy into staging) → `IngestPlan` (new, and of
/// which record?) → `StorageRoot.stage` (a whole OCFL version) → `ArchiveWriter.transact` (durable, intent, store, ledger,
/// catalogue) → reported as kept. Groups of rows go this way together, so that a sync is paid once a group.
package struct Ingest {
    /// Bytes a group, unless one file alone is larger.
    static let bytesPerGroup = 256 << 20

    private let rowsPerGroup: Int
    private let writer: ArchiveWriter
    private let policy: IntakePolicy
    private let signatures: SignatureIntake?
    private let dates: DateIntake
    private var report = IngestReport()
    private var claims: Set<RecordID> = []
    private var stoppedLabels: Set<LabelKey> = []
    private var sealed: SealedDossiers?

    /// An ingest under a lock that is held.
    ///
    /// - Parameters:
    ///   - writer: the home, under its lock.
    ///   - policy: what the office has laid down.
    ///   - signatures: what looks at the electronic signatures of PDF files before they are kept; nil where the files are
    ///     known to have none, since it runs this program again for those that may have one.
    ///   - because: why dates are right that cannot be believed; nil where nobody says so.
    ///   - rowsPerGroup: what an interruption can cost, and what memory must hold.
    package init(
        _ writer: ArchiveWriter,
        policy: IntakePolicy,
        signatures: SignatureIntake? = nil,
        because: String? = nil,
        rowsPerGroup: Int = 1000
    ) {
        self.rowsPerGroup = rowsPerGroup
        self.writer = writer
        self.policy = policy
        self.signatures = signatures
        dates = DateIntake(writer.home, writer.context, because: because)
    }

    /// Checks a batch against the office's rules and against what is kept, and writes nothing.
    package static func survey(_ batch: Batch, policy: IntakePolicy, books: Books) throws -> BatchSurvey {
        var survey = try batch.survey(policy: policy) { key in
            try books.catalogue.record(year: key.year, label: key.label.text).map {
                KeptType(id: $0.id.description, type: $0.type)
            }
        }
        // Once a year: whether a row brings anything new is known only when its bytes are read.
        let sealed = try SealedDossiers(books)
        var told: Set<Int> = []
        batch.eachAccepted(survey, policy: policy) { row in
            guard told.insert(row.description.year).inserted else { return }
            if let warning = sealed.warning(year: row.description.year, row: row.row) { survey.faults.append(warning) }
        }
        return survey
    }

    /// Looks at the signatures of a batch's files where they lie, and writes nothing.
    ///
    /// - Parameters:
    ///   - batch: the batch.
    ///   - survey: what checking it found; rows that it stops are not looked at.
    ///   - policy: what the office has laid down.
    ///   - signatures: what looks at them.
    /// - Returns: what would keep rows out, the later versions of their records included, and what is worth knowing.
    /// - Throws: `BoundedProcessError` where this program cannot be run again.
    package static func signatureFaults(
        of batch: Batch,
        survey: BatchSurvey,
        policy: IntakePolicy,
        _ signatures: SignatureIntake
    ) throws -> [Fault] {
        var accepted: [IntakeRow] = []
        batch.eachAccepted(survey, policy: policy) { accepted.append($0) }
        let rows = accepted
        let found = try ParallelWork.map(count: rows.count) { index, _ in try signatures.fault(ofSource: rows[index]) }
        var stopped: Set<LabelKey> = []
        return zip(rows, found).compactMap { row, fault in
            if let key = row.labelKey, stopped.contains(key) { return Self.stopped(row, key) }
            if fault?.severity == .fault, let key = row.labelKey { stopped.insert(key) }
            return fault
        }
    }

    /// Takes in every row that the survey lets pass.
    ///
    /// - Parameters:
    ///   - batch: the batch.
    ///   - survey: what checking it found.
    ///   - item: told what became of each row, once it is settled for good.
    /// - Returns: what was done, in numbers.
    /// - Throws: `OperationError`, code `interrupted`; `FileSafetyError`, a full disk above all. What was told as kept is
    ///   kept, and running the same batch again completes it.
    package mutating func run(
        _ batch: Batch,
        survey: BatchSurvey,
        item: (IngestItem) throws -> Void
    ) throws -> IngestReport {
        let context = writer.context
        let counter = ProgressCounter(
            phase: "files",
            totalItems: survey.accepted,
            totalBytes: survey.bytes,
            report: context.progress
        )
        let reader = SourceReader(
            home: writer.home,
            context: context,
            catalogue: writer.catalogue,
            counter: counter,
            looksForSignatures: signatures != nil
        )
        var rows: [IntakeRow] = []
        var bytes = 0
        try batch.eachAccepted(survey, policy: policy) { row in
            let size = survey.size(ofRow: row.row)
            if rows.count >= rowsPerGroup || (!rows.isEmpty && bytes + size > Self.bytesPerGroup) {
                try takeIn(rows, reader, item)
                rows.removeAll(keepingCapacity: true)
                bytes = 0
            }
            rows.append(row)
            bytes += size
        }
        if !rows.isEmpty { try takeIn(rows, reader, item) }
        try writer.applyHolds()
        return report
    }

    private mutating func takeIn(_ rows: [IntakeRow], _ reader: SourceReader, _ item: (IngestItem) throws -> Void)
        throws
    {
        let files = writer.context.files
        let plan = try writer.transact { group in
            try files.makeDirectory(writer.home.work.appending("content"))
            try files.makeDirectory(writer.home.work.appending("objects"))
            let plan = try makePlan(rows, reader)
            try stage(plan, into: &group)
            return plan
        }
        try writer.refuse(plan.returning)
        try writer.refuse(sealed: plan.sealedYears)
        try writer.refuse(dates: plan.implausible)
        for settled in plan.items { try tell(settled, item) }
        for target in plan.targets {
            for (index, reading) in target.readings.enumerated() {
                let kept = IngestItem.kept(
                    row: reading.row.row,
                    path: reading.row.path.shown,
                    record: target.id,
                    version: target.head + index + 1,
                    bytes: reading.size
                )
                if target.head + index == 0 { report.records += 1 }
                try tell(kept, item)
                for warning in [signatures?.fault(of: reading), dates.fault(of: reading.row)].compactMap(\.self)
                where warning.severity == .warning {
                    try tell(.warned(warning), item)
                }
            }
        }
    }

    private mutating func tell(_ settled: IngestItem, _ item: (IngestItem) throws -> Void) throws {
        switch settled {
        case .kept(_, _, _, _, let bytes):
            report.versions += 1
            report.files += 1
            report.bytes += bytes
        case .alreadyKept: report.alreadyKept += 1
        case .failed: report.failed += 1
        case .warned: break
        }
        try item(settled)
    }

    /// The dossiers that are sealed, read once: nobody seals or opens one while this run has the lock.
    private mutating func seals() throws -> SealedDossiers {
        if let sealed { return sealed }
        let read = try SealedDossiers(writer.books)
        sealed = read
        return read
    }

    private mutating func makePlan(_ rows: [IntakeRow], _ reader: SourceReader) throws -> IngestPlan {
        let outcomes = try Self.judged(reader.read(rows), signatures, writer.context)
        var plan = IngestPlan(
            catalogue: writer.catalogue,
            idPrefix: writer.home.settings.idPrefix,
            sealed: try seals()
        )
        for (row, outcome) in zip(rows, outcomes) {
            if let key = row.labelKey, stoppedLabels.contains(key) {
                plan.add(SourceReader.RowFailure(fault: Self.stopped(row, key)))
                continue
            }
            switch outcome {
            case .success(let reading):
                guard try plan.isNew(reading, claims: &claims) else { continue }
                if let fault = dates.fault(of: row), fault.severity == .fault {
                    plan.stop(dated: fault)
                    if let key = row.labelKey { stoppedLabels.insert(key) }
                    continue
                }
                // Bytes that were kept already, for another record of this batch, were only digested.
                let copied = try reading.staged == nil ? copy(reading, reader) : outcome
                switch copied {
                case .success(let whole): try plan.addNew(whole, claims: &claims)
                case .failure(let failure): plan.add(failure)
                }
            case .failure(let failure):
                plan.add(failure)
                if let key = row.labelKey { stoppedLabels.insert(key) }
            }
        }
        return plan
    }

    private func copy(_ reading: SourceReading, _ reader: SourceReader) throws -> SourceReader.Outcome {
        try Self.judged([reader.copy(reading)], signatures, writer.context)[0]
    }

    /// Looks at the signatures of what was copied, two files at a time; what the rule does not let in becomes a failure.
    private static func judged(
        _ outcomes: [SourceReader.Outcome],
        _ signatures: SignatureIntake?,
        _ context: OperationContext
    ) throws -> [SourceReader.Outcome] {
        guard let signatures else { return outcomes }
        return try ParallelWork.map(count: outcomes.count) { index, _ in
            guard case .success(var reading) = outcomes[index], let staged = reading.staged else {
                return outcomes[index]
            }
            try context.stopIfInterrupted()
            reading.signatures = try signatures.look(at: staged, reading.passed)
            if let fault = signatures.fault(of: reading), fault.severity == .fault {
                return .failure(SourceReader.RowFailure(fault: fault))
            }
            return .success(reading)
        }
    }

    /// A version behind one that cannot be kept is not kept: the record would have a hole.
    private static func stopped(_ row: IntakeRow, _ key: LabelKey) -> Fault {
        Fault(
            row: row.row,
            column: "label",
            value: key.label.text,
            message: "an earlier version of '\(key.label.text)' cannot be kept, so that this one is not kept either",
            remedy: "set the earlier one right, then run the command again"
        )
    }

    private func stage(_ plan: IngestPlan, into group: inout ArchiveWriter.Group) throws {
        if plan.targets.isEmpty { return }
        let moment = writer.context.now()
        let address = try writer.home.address(of: writer.context.actor)
        let stager = VersionStager(
            home: writer.home,
            catalogue: writer.catalogue,
            files: writer.context.files,
            dossier: writer.procedure.id,
            user: Inventory.User(name: writer.context.actor, address: address),
            moment: moment,
            signatures: signatures,
            dates: dates
        )
        let root = writer.root
        let targets = plan.targets
        let staged = try ParallelWork.map(count: targets.count) { index, _ in
            try stager.stage(targets[index], number: index, root: root)
        }
        for target in staged {
            group.install(target.object, isNew: target.isNew)
            group.add(target.entries)
        }
    }
}
