import Foundation
import Ledger
import OCFLStore
import RecordsModel
import SystemPackage

/// What the ledger says should be there.
struct LedgerFacts {
    /// A record as the ledger knows it.
    struct Record {
        let id: String
        /// SHA-512 of each version's inventory, by version folder.
        var inventories: [String: String]
    }

    /// A package as the ledger knows it.
    struct Package {
        let name: String
        let sha512: String
        let bytes: Int
        let isKept: Bool
    }

    /// By the object's path relative to the storage root.
    var records: [FilePath: Record] = [:]
    /// In the order in which they were made; the newest of a name counts.
    var packages: [Package] = []
    /// What recomputing the tree found.
    var report = LedgerReport()

    /// Reads the whole ledger, and recomputes its tree.
    static func read(_ home: Home) throws -> LedgerFacts {
        var facts = LedgerFacts()
        let layout = StorageLayout.standard
        facts.report = try home.ledger.verify { event, _ in
            if event.event == .ingestion, let text = event.record, let id = RecordID(text), let version = event.version,
                let place = layout.path(of: home.settings.objectID(of: id))
            {
                facts.records[FilePath(place), default: Record(id: text, inventories: [:])]
                    .inventories["v\(version)"] = event.detail["inventory"]?.text ?? ""
            }
            if event.event == .packing {
                facts.packages.append(
                    Package(
                        name: event.detail["name"]?.text ?? "",
                        sha512: event.detail["sha512"]?.text ?? "",
                        bytes: event.detail["bytes"]?.number ?? 0,
                        isKept: event.detail["kept"] == .boolean(true)
                    )
                )
            }
        }
        return facts
    }
}
