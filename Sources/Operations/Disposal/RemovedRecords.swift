import Acts
import ArchiveHome
package import Catalogue
package import Disposal
import Foundation
package import RecordsModel

extension CatalogueDatabase {
    /// The tombstone of a removed record; nil where the record was never removed.
    ///
    /// - Throws: `EventFault` where the ledger's event is not what this program writes.
    package func tombstone(of id: RecordID) throws -> Tombstone? { try removed(id).map { try $0.tombstone() } }

    /// The tombstone of a removed record of which a file had these bytes; nil where there is none.
    func tombstone(holding sha512: String) throws -> Tombstone? {
        try removed(holding: sha512).map { try $0.tombstone() }
    }

    /// What a person is told who asks for a record that was removed.
    func removedError(_ id: RecordID) throws -> OperationError {
        .removed(id, try tombstone(of: id)?.sentence ?? "\(id) was removed")
    }
}

extension RemovedRecord {
    /// What stays of it.
    func tombstone() throws -> Tombstone {
        try DisposalItemRemoved(of: Event(line: line)).tombstone
    }
}

extension OperationError {
    /// The record was removed.
    static func removed(_ id: RecordID, _ sentence: String) -> OperationError {
        OperationError(
            .removed,
            message: sentence,
            remedy: "run 'berkas show \(id)' to see its tombstone: what it was, by which rule and on whose word it went"
        )
    }
}

extension Tombstone {
    /// Why bytes that were removed are not taken in again, as a fault of whatever brings them.
    func fault(row: Int? = nil, path: String) -> Fault {
        Fault(
            row: row,
            column: row == nil ? nil : "path",
            value: path,
            message: "'\(path.displayed)' has the bytes of \(record), which must not come back: \(sentence)",
            remedy: "see 'berkas show \(record)'; leave it out, or ask whoever approved the removal"
        )
    }
}

extension ArchiveWriter {
    /// Enters that bytes of removed records were brought again and were not taken in (R48).
    func refuse(_ returning: [Tombstone]) throws {
        guard !returning.isEmpty else { return }
        let act = "take in what was removed"
        try enter(
            returning.map { stone in
                let id = stone.record.description
                let refusal = Refusal(.removed, id, stone.sentence, remedy: "see 'berkas show \(id)'")
                let attempt = RefusedAttempt(act: act, subject: id, refusals: [refusal])
                return try event(attempt, record: stone.record)
            }
        )
    }
}
