import Catalogue
import FileSafety
import Fixity
import Foundation
import Glibc
import Ledger
import OCFLStore
package import RecordsModel
import SystemPackage

/// Holds store, packages, ledger and catalogue against each other, and reads every byte.
package struct Verify {
    private let home: Home
    private let context: OperationContext

    /// A sweep over a home.
    package init(_ home: Home, _ context: OperationContext) {
        self.home = home
        self.context = context
    }

    /// Looks at everything, or at some records, and goes on after a finding.
    ///
    /// Where a writer was at work meanwhile and something was found, the sweep is made again under the lock, so that
    /// what is reported is not merely half written. The outcome is entered in the ledger as one event and one more a
    /// failure, unless the home is locked or cannot be written to.
    ///
    /// - Parameter records: the records to look at; empty for everything.
    /// - Returns: what was found and how much was read.
    /// - Throws: `OperationError`, code `noSuchRecord`, for an id that neither ledger nor catalogue knows.
    package func run(records: [RecordID] = []) throws -> VerifyReport {
        guard home.hasTruth || FileStatus.exists(home.work) else { return VerifyReport() }
        let needsWriter = (try? ArchiveReader.needsWork(home)) ?? true
        var writer = try needsWriter ? takeLock(wait: 0) : nil
        let before = try? home.ledger.readCheckpoint()
        var report = try sweep(records)
        if !report.findings.isEmpty, writer == nil,
            (try? home.ledger.readCheckpoint()) != before || FileStatus.exists(home.work)
        {
            context.notice("another process was writing; the archive is looked at again")
            writer = try takeLock(wait: 60)
            report = try sweep(records)
        }
        writer = try writer ?? takeLock(wait: 0)
        if let writer { report.isEntered = enter(report, records: records, writer) }
        return report
    }

    /// The lock, or nil where it is taken, the disk cannot be written to, or the truth is too damaged to go on.
    private func takeLock(wait seconds: Int) throws -> ArchiveWriter? {
        for attempt in 0...seconds {
            do {
                return try ArchiveWriter(home, context)
            } catch let error as FileSafetyError where error.code == .locked {
                if attempt < seconds { sleep(1) }
            } catch let error as FileSafetyError where [.readOnly, .permissionDenied].contains(error.code) {
                return nil
            } catch is OperationError, is LedgerError, is OCFLError, is CatalogueError {
                return nil  // The sweep names what is wrong.
            }
        }
        return nil
    }

    private func sweep(_ records: [RecordID]) throws -> VerifyReport {
        var report = VerifyReport()
        let facts = try LedgerFacts.read(home)
        report.events = facts.report.lines
        report.checkpoint = facts.report.checkpoint?.description
        report.findings += facts.report.findings.map { finding in
            let place = finding.line.map { "line \($0) " } ?? ""
            return VerifyFinding(
                .ledger,
                path: finding.line.map { "events.jsonl:\($0)" },
                message: place + finding.message
            )
        }
        let wanted = try records.map { id -> FilePath in
            let path = FilePath(HashAndIDLayout().path(of: home.settings.objectID(of: id)))
            guard facts.records[path] != nil || FileStatus.exists(home.store.pushing(path)) else {
                throw OperationError.noSuchRecord(id.description)
            }
            return path
        }
        try StoreSweep(home: home, context: context, facts: facts).run(only: wanted, into: &report)
        try CatalogueSweep(home: home, context: context).run(only: Set(records.map(\.description)), into: &report)
        if records.isEmpty { try PackageSweep(home: home, context: context, facts: facts).run(into: &report) }
        return report
    }

    /// Enters the sweep: one event, and one a finding up to a hundred.
    private func enter(_ report: VerifyReport, records: [RecordID], _ writer: ArchiveWriter) -> Bool {
        let now = context.now()
        var events = [
            Event(
                seq: 0,
                time: now,
                actor: context.actor,
                event: .fixityCheck,
                detail: [
                    "bytes": .integer(report.bytes),
                    "files": .integer(report.files),
                    "findings": .integer(report.findings.count),
                    "outcome": .string(report.findings.isEmpty ? "success" : "failure"),
                    "packages": .integer(report.packages),
                    "records": .integer(report.records),
                    "scope": records.isEmpty ? .string("everything") : .array(records.map { .string($0.description) }),
                ]
            )
        ]
        for finding in report.findings.prefix(100) {
            var detail: [String: JSONValue] = [
                "area": .string(finding.area.rawValue), "message": .string(finding.message),
                "outcome": .string("failure"),
            ]
            detail["code"] = finding.code.map { .string($0) }
            detail["path"] = finding.path.map { .string($0) }
            let version = finding.version.flatMap { VersionNumber($0)?.number }
            let record = finding.record.flatMap { RecordID($0) }
            events.append(
                Event(
                    seq: 0,
                    time: now,
                    actor: context.actor,
                    event: .fixityCheck,
                    record: record,
                    version: version,
                    detail: detail
                )
            )
        }
        var group = ArchiveWriter.Group()
        group.events = events
        group.versions = Array(repeating: nil, count: events.count)
        do {
            try writer.beginWork()
            try writer.commit(group)
            return true
        } catch {
            context.notice("the sweep could not be entered in the ledger: \(error)")
            return false
        }
    }
}
