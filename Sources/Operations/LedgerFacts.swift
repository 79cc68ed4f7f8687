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

    /// A record that was removed.
    struct Removed {
        let id: String
        let list: String
        let time: Moment
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
    /// Records that were removed, by their object's path.
    var removed: [FilePath: Removed] = [:]
    /// In the order in which they were made; the newest of a name counts.
    var packages: [Package] = []
    /// The files of adopted schedules, each with its SHA-512, in the order of their adoption.
    var schedules: [(file: String, sha512: String)] = []
    /// By content, SHA-512 of each reading of it that was named, in the order of the events; the newest counts.
    var readings: [String: [String]] = [:]
    /// The part that a sample looked at last, by the number of parts.
    var sampled: [Int: Int] = [:]
    /// What recomputing the tree found.
    var report = LedgerReport()

    /// Reads the whole ledger, and recomputes its tree.
    static func read(_ home: Home) throws -> LedgerFacts {
        var facts = LedgerFacts()
        let layout = StorageLayout.standard
        facts.report = try home.ledger.verify { event, _ in
            if let kept = KeptVersions(event, settings: home.settings), let place = layout.path(of: kept.objectID) {
                facts.records[FilePath(place), default: Record(id: kept.id.description, inventories: [:])]
                    .inventories.merge(kept.inventories.map { ("v\($0.version)", $0.digest) }) { $1 }
            }
            if event.event == .disposalItemRemoved { facts.remove(by: event) }
            if let sample = FixitySample(event) { facts.sampled[sample.parts] = sample.part }
            if event.event == .reading {
                for (content, anchor) in ReadingAnchors(event).anchors {
                    facts.readings[content, default: []].append(anchor)
                }
            }
            if event.event == .scheduleAdopted, let file = event.detail["file"]?.text {
                facts.schedules.append((file, event.detail["digest"]?.text ?? ""))
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

    private mutating func remove(by event: Event) {
        guard let id = event.record, let path = records.first(where: { $0.value.id == id })?.key else { return }
        records[path] = nil
        removed[path] = Removed(id: id, list: event.detail["list"]?.text ?? "", time: event.time)
        let gone = Set((event.detail["packages"]?.list ?? []).compactMap(\.text).map { ExactText($0) })
        if !gone.isEmpty { packages.removeAll { gone.contains(ExactText($0.name)) && $0.isKept } }
    }
}

/// What an event says of versions that came to be kept, by ingestion or by accession.
struct KeptVersions {
    /// The record.
    let id: RecordID
    /// The OCFL id of its object.
    let objectID: String
    /// The OCFL id where it is not of this archive's own form.
    let foreignID: String?
    /// The versions, ascending, each with SHA-512 of its inventory, hexadecimal.
    let inventories: [(version: Int, digest: String)]

    /// Nil for an event that brought nothing in.
    init?(_ event: Event, settings: OfficeSettings) {
        guard let id = event.record.flatMap({ RecordID($0) }) else { return nil }
        switch event.event {
        case .ingestion:
            guard let version = event.version, version >= 1 else { return nil }
            inventories = [(version, event.detail["inventory"]?.text ?? "")]
        case .accession:
            guard case .object(let said) = event.detail["inventories"] else { return nil }
            inventories = said.compactMap { name, digest in
                VersionNumber(name).map { ($0.number, digest.text ?? "") }
            }.sorted { $0.0 < $1.0 }
        default: return nil
        }
        self.id = id
        foreignID = event.detail["object"]?.text
        objectID = foreignID ?? settings.objectID(of: id)
    }
}
