import Acts
import ArchiveHome
import Catalogue
import FileSafety
import Ledger
import OCFLStore
import RecordsModel
import SystemPackage

/// Finds out what a repair has to do: looks at everything, and changes nothing until its steps are taken.
final class RepairPlanner {
    let home: Home
    let context: OperationContext
    let aside: AsideFolder
    let backTo: Int?
    /// What is to be done, in its order.
    private(set) var steps: [(step: RepairStep, act: () throws -> Void)] = []
    /// What cannot be repaired.
    private(set) var obstacles: [RepairObstacle] = []
    /// Whether more may have to be done behind these steps.
    var isFirstPart = false
    /// Lines that the checkpoint names and that are nowhere.
    var lostLines = 0
    /// Whether the ledger can be brought in order: where it cannot, nothing is touched.
    private(set) var canBegin = true
    /// What the ledger says up to where it will end.
    var facts = LedgerFacts()
    /// The place in the log, from 0, of each version's event, by object.
    var places: [FilePath: [String: Int]] = [:]
    /// The place in the log, from 0, of each package's event, by name.
    var packing: [String: Int] = [:]
    /// The place in the log, from 0, of the first event that names a text of a policy file, by the name under which it is kept.
    var naming: [String: Int] = [:]
    /// The packages that hold a record, the newest last.
    var holders: [String: [String]] = [:]

    /// The name of the log, as its first line has it.
    var origin: String?

    var files: DurableFiles { context.files }

    init(_ home: Home, _ context: OperationContext, aside: AsideFolder, backTo: Int?) {
        self.home = home
        self.context = context
        self.aside = aside
        self.backTo = backTo
    }

    func plan() throws {
        guard home.hasTruth || FileStatus.exists(home.work) else { return }
        guard try planLedger() else {
            canBegin = false
            return
        }
        guard !isFirstPart else { return }
        try planRoot()
        try planStore()
        try planPackages()
        planPolicies()
        try planStaging()
        try planCatalogue()
        try planModes()
    }

    func add(_ area: RepairArea, _ path: String?, _ what: String, why: String, _ act: @escaping () throws -> Void) {
        steps.append((RepairStep(area: area, what: what, why: why, path: path), act))
    }

    func refuse(_ area: RepairArea, _ path: String?, _ what: String, record: String? = nil, remedy: String) {
        let obstacle = RepairObstacle(area: area, what: what, remedy: remedy, record: record, path: path)
        if !obstacles.contains(obstacle) { obstacles.append(obstacle) }
    }

    /// Puts something aside.
    func putAside(_ area: RepairArea, _ path: String, _ what: String, why: String) {
        add(area, path, what, why: why) { [aside] in try aside.keep(path) }
    }

    /// A path of the home, as a command names it.
    func typed(_ path: String) -> String { Shell.quoted(home.path.pushing(FilePath(path)).string) }

    /// Takes in what an event says.
    func take(_ event: Event) {
        facts.take(event, home.settings)
        if PolicyBook.kinds.contains(event.event) {
            for name in facts.policies.texts.compactMap(\.kept) where naming[name] == nil { naming[name] = event.seq }
        }
        if event.event == .creation { origin = event.detail["origin"]?.text ?? origin }
        if let kept = KeptVersions(event, settings: home.settings),
            let place = StorageLayout.standard.path(of: kept.objectID)
        {
            for (version, _) in kept.inventories { places[FilePath(place), default: [:]]["v\(version)"] = event.seq }
        }
        if event.event == .packing, event.detail["kept"] == .boolean(true), let name = event.detail["name"]?.text {
            packing[name] = event.seq
            for record in event.detail["records"]?.list ?? [] {
                if let record = record.text { holders[record, default: []].append(name) }
            }
        }
    }
}

/// Words for a shell.
enum Shell {
    /// A word as a shell takes it whole.
    static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "-"), UInt8(ascii: "="):
                true
            default: false
            }
        }
        return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
