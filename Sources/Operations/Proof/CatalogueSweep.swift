import ArchiveHome
import Catalogue
import FileSafety
import Ledger
import RecordsModel
import SystemPackage

/// Holds the catalogue against one made from the truth just now.
struct CatalogueSweep {
    let home: Home
    let context: OperationContext

    func run(only records: Set<String>, into report: inout VerifyReport) throws {
        func find(_ record: String?, _ message: String, line: Int? = nil) {
            report.findings.append(
                VerifyFinding(.catalogue, record: record, path: "catalogue.sqlite", line: line, message: message)
            )
        }
        guard FileStatus.exists(home.catalogue) else {
            report.unseen.insert(.catalogue)
            find(nil, "the catalogue is missing; 'berkas rebuild' makes it anew")
            return
        }
        do {
            let kept = try CatalogueDatabase.openForReading(home.catalogue, isInterrupted: context.isInterrupted)
            for fault in try kept.integrityFaults(isInterrupted: context.isInterrupted) { find(nil, fault) }
            try kept.close()
            let fresh = try CatalogueDatabase.temporary(isInterrupted: context.isInterrupted)
            let quiet = OperationContext(actor: context.actor, now: context.now, isInterrupted: context.isInterrupted)
            let lost = try Follower(home: home, context: quiet, entersReadings: false).follow(fresh).lost
            for difference in try fresh.differences(from: home.catalogue) {
                if !records.isEmpty, !records.contains(difference.subject) { continue }
                // What the store lost is the store's fault, and named there; a rebuild would not mend it.
                if lost.contains(difference.subject) { continue }
                let side = difference.isExtra ? "holds what the truth does not" : "lacks what the truth holds"
                let record = difference.subject.hasPrefix(home.settings.idPrefix + "-") ? difference.subject : nil
                // Event 0 is the first line.
                let event = difference.subject.behind("event ").flatMap { Int($0) }
                find(
                    record,
                    "\(side) (\(difference.table) \(difference.subject)); 'berkas rebuild' makes it anew",
                    line: event.map { $0 + 1 }
                )
            }
        } catch let error as OperationError where error.code == .interrupted {
            throw error
        } catch let error as CatalogueError where error.code == .interrupted {
            throw error
        } catch let error as CatalogueError where [.noSpace, .busy, .noLocks].contains(error.code) {
            // Nothing is wrong with the home: there is no room, or no peace, to hold its catalogue against the truth.
            context.shortfall("the catalogue could not be held against the truth: \(error)")
        } catch let error as CatalogueError where error.code == .older && CatalogueDatabase.isCarriable(home.catalogue)
        {
            // It is whole, and the next command that writes carries it over.
            report.unseen.insert(.catalogue)
            context.shortfall(
                "the catalogue is of an older version, and was not held against the truth; run 'berkas rebuild'"
            )
        } catch let error as LedgerError {
            report.unseen.insert(.catalogue)
            // What is being added to the log lies behind its last line.
            find(nil, "it cannot be held against the truth: \(ErrorWords.of(error))", line: .max)
        } catch {
            report.unseen.insert(.catalogue)
            find(nil, "it cannot be held against the truth: \(ErrorWords.of(error))")
        }
    }
}
