import ArchiveHome
import Catalogue
import RecordsModel
import SystemPackage

extension Verify {
    /// Enters the sweep: its summary, and a line for each finding that is new since the last or gone, up to a hundred of each.
    func enter(_ report: inout VerifyReport, records: [RecordID], _ writer: ArchiveWriter) {
        do {
            let known = KnownFindings(folding: try writer.catalogue.events(of: [.fixityCheck]))
            let now = context.now()
            let found = report.findings.map { KnownFindings.event($0, actor: context.actor, time: now) }
            let fresh = found.filter { !known.holds($0) }
            let there = KnownFindings(folding: found)
            let gone = known.standing.filter { !there.holds($0) && wasLookedAt($0, report, records) }
            report.new = fresh.count
            report.gone = gone.count
            let entered = Array(fresh.prefix(KnownFindings.limit))
            let untold = KnownFindings(folding: fresh.dropFirst(KnownFindings.limit))
            var events = [
                summary(
                    report,
                    records,
                    time: now,
                    unnamed: found.count { $0.record == nil || untold.holds($0) }
                )
            ]
            events += entered
            events += gone.prefix(KnownFindings.limit)
                .map { KnownFindings.goneEvent($0, actor: context.actor, time: now) }
            try writer.enter(events)
            report.isEntered = true
        } catch {
            context.notice("the sweep could not be entered in the ledger: \(ErrorWords.of(error))")
        }
    }

    private func summary(_ report: VerifyReport, _ records: [RecordID], time: Moment, unnamed: Int) -> Event {
        Event(
            seq: 0,
            time: time,
            actor: context.actor,
            event: .fixityCheck,
            detail: [
                "bytes": .integer(report.bytes),
                "files": .integer(report.files),
                "findings": .integer(report.findings.count),
                "gone": .integer(report.gone),
                "new": .integer(report.new),
                "outcome": .string(report.findings.isEmpty ? "success" : "failure"),
                "packages": .integer(report.packages),
                "records": .integer(report.records),
                "scope": report.sample?.scope
                    ?? (records.isEmpty ? .string("everything") : .array(records.map { .string($0.description) })),
                "strangers": .integer(report.strangers.count),
                "unnamed": .integer(unnamed),
            ]
        )
    }

    /// Whether a sweep looked where a finding was: what it did not look at may be as it was.
    private func wasLookedAt(_ finding: Event, _ report: VerifyReport, _ records: [RecordID]) -> Bool {
        guard let area = finding.detail["area"]?.text.flatMap({ VerifyFinding.Area(rawValue: $0) }),
            !report.unseen.contains(area)
        else {
            return false
        }
        if !records.isEmpty {
            guard let record = finding.record else { return false }
            return (area == .store || area == .catalogue) && records.contains { $0.description == record }
        }
        guard let sample = report.sample else { return true }
        switch area {
        case .store: return finding.record.flatMap { report.places[$0] }.map { sample.holds($0) } ?? true
        case .packages:
            guard let path = finding.detail["path"]?.text, !path.hasSuffix(".sha512") else { return true }
            return sample.holds(FilePath(path))
        case .ledger, .catalogue, .derived, .policy, .staging: return true
        }
    }
}
