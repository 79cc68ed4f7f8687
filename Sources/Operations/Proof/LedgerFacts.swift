import Acts
import ArchiveHome
import Disposal
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
    /// The texts of policy files that the ledger names, and which were in force when.
    var policies = PolicyBook()
    /// The events of persons' keys.
    var keys: [Event] = []
    /// The events that are signed, and those of acts that an office may want signed.
    var signedActs: [Event] = []
    /// Lists that destroy; the others hand over.
    private var destroying: Set<String> = []
    /// By content, SHA-512 of each reading of it that was named, in the order of the events; the newest counts.
    var readings: [String: [String]] = [:]
    /// The part that a sample looked at last, by the number of parts.
    var sampled: [Int: Int] = [:]
    /// The public keys of the log, in the order in which they were named; the newest signs.
    var logKeys: [NoteKey] = []
    /// Time stamps, each with the line that tells of it; nil where that line holds none.
    var stamps: [(line: Int, stamp: StampedCheckpoint?)] = []
    /// Events that cannot be true: cosignatures that no witness's key made, and policies that the lines before belie.
    var untrue: [LedgerFinding] = []
    /// What is told of each clock that was ahead.
    var corrections: [String] = []
    /// What recomputing the tree found.
    var report = LedgerReport()

    /// Reads the whole ledger, and recomputes its tree.
    static func read(_ home: Home) throws -> LedgerFacts {
        var facts = LedgerFacts()
        facts.report = try home.ledger.verify { event, _ in facts.take(event, home.settings) }
        return facts
    }

    /// Takes in what an event says.
    mutating func take(_ event: Event, _ settings: OfficeSettings) {
        if let kept = KeptVersions(event, settings: settings),
            let place = StorageLayout.standard.path(of: kept.objectID)
        {
            records[FilePath(place), default: Record(id: kept.id.description, inventories: [:])]
                .inventories.merge(kept.inventories.map { ("v\($0.version)", $0.digest) }) { $1 }
        }
        if event.event == .disposalItemRemoved { remove(by: event) }
        if let sample = FixitySample(event) { sampled[sample.parts] = sample.part }
        if event.event == .reading {
            for (content, anchor) in ReadingAnchors(event).anchors { readings[content, default: []].append(anchor) }
        }
        if event.event == .scheduleAdopted, let file = event.detail["file"]?.text {
            schedules.append((file, event.detail["digest"]?.text ?? ""))
        }
        do { try policies.apply(event) } catch {
            untrue.append(LedgerFinding(line: error.seq + 1, message: error.description))
        }
        if let told = ClockCorrected.told(of: event) { corrections.append(told) }
        if KeyBook.kinds.contains(event.event) { keys.append(event) }
        if event.event == .disposalProposed, event.detail["kind"]?.text == DisposalKind.destroy.rawValue {
            destroying.insert(event.detail["list"]?.text ?? "")
        }
        if event.signature != nil || act(of: event) != nil { signedActs.append(event) }
        if event.event == .timeStampAccepted {
            stamps.append((event.seq + 1, StampedCheckpoint(event, origin: settings.ledgerOrigin)))
        }
        if let fault = CosignedCheckpoint.fault(of: event) { untrue.append(fault) }
        if let key = CheckpointSigner.key(namedBy: event) { logKeys.append(key) }
        if event.event == .packing {
            packages.append(
                Package(
                    name: event.detail["name"]?.text ?? "",
                    sha512: event.detail["sha512"]?.text ?? "",
                    bytes: event.detail["bytes"]?.number ?? 0,
                    isKept: event.detail["kept"] == .boolean(true)
                )
            )
        }
    }

    /// Which act that an office may want signed an event is; nil for any other one.
    func act(of event: Event) -> SignableAct? {
        switch event.event {
        case .scheduleAdopted: .adopt
        case .policyAdopted: event.detail["basis"]?.text == PolicyAdopted.Basis.found.rawValue ? nil : .adopt
        case .disposalApproved: .approve
        case .holdReleased: .releaseHold
        case .dossierSealed: .seal
        case .disposalBegun: destroying.contains(event.detail["list"]?.text ?? "") ? .execute : .handOver
        default: nil
        }
    }

    private mutating func remove(by event: Event) {
        guard let id = event.record, let path = records.first(where: { $0.value.id == id })?.key else { return }
        records[path] = nil
        removed[path] = Removed(id: id, list: event.detail["list"]?.text ?? "", time: event.time)
        let gone = Set((event.detail["packages"]?.list ?? []).compactMap(\.text).map { ExactText($0) })
        if !gone.isEmpty { packages.removeAll { gone.contains(ExactText($0.name)) && $0.isKept } }
    }
}
