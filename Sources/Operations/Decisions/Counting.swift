import Acts
import ArchiveHome
package import Catalogue
import Foundation
package import RecordsModel
package import Retention

/// How the office counted, as the ledger tells it.
extension CatalogueDatabase {
    /// What the ledger said last; nil where it has not said, or where what it said cannot be read.
    package func counting() throws -> CountingChanged.Counting? {
        try lastCounting().flatMap { line in
            try? CountingChanged(of: Event(line: line)).after
        }
    }

    /// Every change, in the order of the ledger.
    ///
    /// - Throws: `EventFault` for one that cannot be true.
    package func countingChanges() throws -> [(event: Event, change: CountingChanged)] {
        try countingLines().map { line in
            let event = try Event(line: line)
            return (event, try CountingChanged(of: event))
        }
    }
}

extension ArchiveWriter {
    /// Enters how the office counts, where the ledger said otherwise last.
    ///
    /// From the first schedule on: before that no date depends on it. Settings that cannot be used are not entered; the
    /// questions that need them say what is wrong.
    func enterCounting() throws {
        guard let after = (try? home.retentionSettings()).map(CountingChanged.Counting.init) else { return }
        guard let before = try catalogue.counting() else {
            if try !catalogue.adoptedSchedules().isEmpty { try enter(firstCounting()) }
            return
        }
        // As bytes: document types are compared so, too.
        if try CanonicalJSON.line(before) == CanonicalJSON.line(after) { return }
        try enter([event(CountingChanged(before: before, after: after))])
        context.notice(
            "'retention' in berkas.yaml has changed, which may move due dates; the change is in the ledger now"
        )
    }

    /// The event that goes before the first schedule: how the office counts from the beginning; none later.
    func firstCounting() throws -> [Event] {
        guard try catalogue.counting() == nil else { return [] }
        return [try event(CountingChanged(before: nil, after: CountingChanged.Counting(home.retentionSettings())))]
    }
}
