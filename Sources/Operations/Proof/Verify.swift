package import ArchiveHome
import Catalogue
import FileSafety
import Fixity
import Glibc
import Ledger
import OCFLStore
package import RecordsModel
import SystemPackage

/// Holds store, packages, ledger and catalogue against each other, and reads every byte.
package struct Verify {
    let home: Home
    let context: OperationContext

    /// A sweep over a home.
    package init(_ home: Home, _ context: OperationContext) {
        self.home = home
        self.context = context
    }

    /// Looks at everything, or at some records, and goes on after a finding.
    ///
    /// Waits for nobody. Where a writer was at work meanwhile and something was found, it is looked at again, several
    /// times: what is merely half written at one moment is whole at the next, and only what stays is reported. The outcome
    /// is entered in the ledger as one event and one more for each failure that is new or gone, unless the home is locked or cannot be written to.
    ///
    /// - Parameters:
    ///   - records: the records to look at; empty for everything.
    ///   - parts: into how many parts the archive falls of which one is read, the one behind that which was read last; nil
    ///     for all of it. Ledger, catalogue, schedules and what is there at all are looked at whole all the same.
    /// - Returns: what was found and how much was read.
    /// - Throws: `OperationError`, code `noSuchRecord`, for an id that neither ledger nor catalogue knows.
    package func run(records: [RecordID] = [], parts: Int? = nil) throws -> VerifyReport {
        guard home.hasTruth || FileStatus.exists(home.work) else { return VerifyReport() }
        var obstacle: (any Error)?
        var writer = ((try? ArchiveReader.needsWork(home, context)) ?? true) ? takeLock(&obstacle) : nil
        let before = try? home.ledger.readCheckpoint()
        var report = try sweep(records, parts: parts)
        if !report.findings.isEmpty, writer == nil, !Self.isUntrusted(obstacle),
            (try? home.ledger.readCheckpoint()) != before || FileStatus.exists(home.work)
        {
            context.notice("another process is writing; what was found is looked at again")
            try lookAgain(records, &report)
            // A writer that stands still leaves half done what it does, however often it is looked at.
            if !report.findings.isEmpty, let work = UnderwayWork(home) {
                let count = work.takeExplained(from: &report.findings)
                if count > 0 { context.notice(UnderwayWork.notice(count)) }
            }
        }
        writer = writer ?? takeLock(&obstacle)
        report.obstacle = obstacle.map(Self.words)
        if let objection = objection(behind: obstacle) {
            report.findings.append(VerifyFinding(.staging, path: "staging/work", message: objection.message))
        }
        if let writer {
            enter(&report, records: records, writer)
            // What a question would compute again and again, since it keeps nothing; a fault of a schedule is a finding.
            try? RetentionDesk(home, writer.catalogue).refresh(writer.catalogue)
        }
        return report
    }

    /// Takes the lock, as far as that is possible.
    ///
    /// - Parameter obstacle: why it could not be taken.
    /// - Returns: nil where it is taken, the disk cannot be written to, or the truth is too damaged to go on.
    private func takeLock(_ obstacle: inout (any Error)?) -> ArchiveWriter? {
        do {
            // Whatever is wrong with the home, the sweep names it; a catalogue that is not ours is named before it is made
            // anew.
            let writer = try ArchiveWriter(home, context, mendsIndex: false)
            obstacle = nil
            return writer
        } catch {
            obstacle = error
        }
        return nil
    }

    private static func words(_ obstacle: any Error) -> String {
        if let error = obstacle as? FileSafetyError, error.code == .locked { return "the home is \(error.reason)" }
        return ErrorWords.of(obstacle)
    }

    private static func isUntrusted(_ obstacle: (any Error)?) -> Bool {
        (obstacle as? OperationError)?.code == .untrusted
    }

    /// Why what an interrupted command left is carried out by none; nil where there is nothing, or where a command is at work
    /// on it: what that moves meanwhile cannot be judged.
    private func objection(behind obstacle: (any Error)?) -> OperationError? {
        if Self.isUntrusted(obstacle) { return obstacle as? OperationError }
        guard let obstacle, (obstacle as? FileSafetyError)?.code != .locked else { return nil }
        return (try? home.objectionToWork()) ?? nil
    }

    /// Keeps of the findings those that are there at every further look.
    private func lookAgain(_ records: [RecordID], _ report: inout VerifyReport) throws {
        for _ in 0..<8 where !report.findings.isEmpty {
            try context.stopIfInterrupted()
            usleep(400_000)
            var again = VerifyReport()
            let facts = try readFacts(into: &again)
            let suspects = Set(
                report.findings.filter { $0.area == .store }.compactMap { $0.object.map { FilePath($0) } }
            )
            if records.isEmpty {
                try StoreSweep(home: home, context: context, facts: facts).run(.suspects(suspects), into: &again)
                try PackageSweep(home: home, context: context, facts: facts, sample: report.sample).run(into: &again)
                PolicySweep(home: home, facts: facts).run(into: &again)
                try ActSignatureSweep(home: home, facts: facts).run(into: &again)
                try DerivedSweep(home: home, context: context, facts: facts).run(into: &again)
                try StampSweep(home: home, context: context, facts: facts).run(into: &again)
            } else {
                try StoreSweep(home: home, context: context, facts: facts).run(.objects(Array(suspects)), into: &again)
            }
            try CatalogueSweep(home: home, context: context).run(only: Set(records.map(\.description)), into: &again)
            let still = Set(again.findings.map(\.place))
            report.findings.removeAll { !still.contains($0.place) }
            report.events = again.events
            report.checkpoint = again.checkpoint
        }
    }

    private func readFacts(into report: inout VerifyReport) throws -> LedgerFacts {
        let facts = try LedgerFacts.read(home)
        report.events = facts.report.lines
        report.checkpoint = facts.report.checkpoint?.description
        report.findings += (facts.report.findings + facts.untrue).map { VerifyFinding($0, in: facts.report) }
        report.strangers.formUnion(facts.report.strangers.map { "ledger/" + $0 })
        return facts
    }

    private func sweep(_ records: [RecordID], parts: Int?) throws -> VerifyReport {
        var report = VerifyReport()
        let facts = try readFacts(into: &report)
        facts.corrections.forEach(context.notice)
        let wanted = try records.map { id -> FilePath in
            let known = facts.records.first { $0.value.id == id.description }?.key
            let path = known ?? FilePath(StorageLayout.standard.path(of: home.settings.objectID(of: id)) ?? "")
            if let gone = facts.removed[path], !FileStatus.exists(home.store.pushing(path)) {
                throw OperationError.removed(id, "it was removed by \(gone.list) on \(gone.time.date)")
            }
            guard !path.isEmpty, facts.records[path] != nil || FileStatus.exists(home.store.pushing(path)) else {
                throw OperationError.noSuchRecord(id.description)
            }
            return path
        }
        report.places = Dictionary(facts.records.map { ($1.id, $0) }) { $1 }
        if let parts { report.sample = FixitySample(behind: facts.sampled[parts], of: parts) }
        let whole = report.sample.map { StoreSweep.Scope.sample($0) } ?? .everything
        try StoreSweep(home: home, context: context, facts: facts)
            .run(wanted.isEmpty ? whole : .objects(wanted), into: &report)
        try CatalogueSweep(home: home, context: context).run(only: Set(records.map(\.description)), into: &report)
        if records.isEmpty {
            try PackageSweep(home: home, context: context, facts: facts, sample: report.sample).run(into: &report)
            PolicySweep(home: home, facts: facts).run(into: &report)
            try ActSignatureSweep(home: home, facts: facts).run(into: &report)
            try DerivedSweep(home: home, context: context, facts: facts).run(into: &report)
            try StampSweep(home: home, context: context, facts: facts).run(into: &report)
        }
        return report
    }
}
