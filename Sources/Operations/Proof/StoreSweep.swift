import ArchiveHome
import FileSafety
import OCFLStore
import RecordsModel
import SystemPackage

/// Holds the storage root against the ledger: every object, every version, every byte.
struct StoreSweep {
    let home: Home
    let context: OperationContext
    let facts: LedgerFacts

    /// What is looked at.
    enum Scope {
        /// The whole root.
        case everything
        /// These objects.
        case objects([FilePath])
        /// The root's outline, and of the objects only these: a second look at what the first one found.
        case suspects(Set<FilePath>)
        /// The root's outline, what the ledger does not know, and of the objects one part.
        case sample(FixitySample)
    }

    func run(_ scope: Scope, into report: inout VerifyReport) throws {
        let root: StorageRoot
        do {
            root = try StorageRoot.open(home.store)
        } catch {
            report.findings.append(VerifyFinding(.store, code: "E069", path: "store", message: ErrorWords.of(error)))
            report.unseen.insert(.store)
            return
        }
        if root.layout != .standard {
            let message = "the storage root says that its objects lie elsewhere than this program has put them"
            report.findings.append(VerifyFinding(.store, code: "E071", path: "extensions", message: message))
        }
        let linked = LinkedFiles()
        let (walked, objects) = try outline(scope, linked)
        for found in walked.findings {
            if let stranger = stranger(found, in: nil) {
                report.strangers.insert(stranger)
            } else {
                report.findings.append(Self.finding(found))
            }
        }
        report.findings += walked.unread.map { VerifyFinding(.store, path: $0.path, message: $0.reason) }
        let counter = ProgressCounter(
            phase: "records",
            totalItems: objects.count,
            totalBytes: nil,
            report: context.progress
        )
        var options = ValidationOptions(
            checkpoint: { try context.stopIfInterrupted() },
            progress: { objects, _, bytes in counter.add(items: objects, bytes: bytes) }
        )
        options.takesLinks = { linked.take($0) }
        let validator = OCFLValidator(options: options)
        let present = objects.filter { FileStatus.exists(root.path.pushing($0)) }
        for path in Set(objects).subtracting(present).sorted(by: { $0.string < $1.string }) {
            report.records += 1
            report.findings.append(finding(nil, path, nil, nil, "the object is missing"))
        }
        try validator.inspect(present, in: root.path) { found in
            report.records += 1
            report.files += found.filesRead
            report.bytes += found.bytesRead
            report.findings += findings(of: found, strangers: &report.strangers)
        }
        let judgement = try linked.judged(in: root.path, context)
        report.linked += judgement.outside
        report.findings += judgement.inside.joined().map { twice($0) }
        if case .objects = scope { return }
        let walkedObjects = Set(walked.objects)
        for (path, record) in facts.records.sorted(by: { $0.value.id < $1.value.id })
        where !walkedObjects.contains(path) {
            report.findings.append(
                VerifyFinding(
                    .store,
                    record: record.id,
                    path: path.string,
                    message: "the object is missing; the ledger names \(record.inventories.count) version(s) of it"
                )
            )
        }
    }

    /// A file whose bytes lie in the store under another name too.
    private func twice(_ path: FilePath) -> VerifyFinding {
        var object = path.removingLastComponent()
        while facts.records[object] == nil, !object.isEmpty { object.removeLastComponent() }
        let inside = FilePath(root: nil, path.components.dropFirst(object.components.count))
        let version = object.isEmpty ? nil : inside.components.first?.string
        let message = "the same file lies in the store under another name too (hard links); expected: no links"
        return finding("E090", object, inside.components.count > 1 ? version : nil, inside.string, message)
    }

    private func outline(_ scope: Scope, _ linked: LinkedFiles) throws -> (RootOutline, [FilePath]) {
        if case .objects(let wanted) = scope { return (RootOutline(), wanted) }
        var options = ValidationOptions(checkpoint: { try context.stopIfInterrupted() })
        options.takesLinks = { linked.take($0) }
        let walked = try OCFLValidator(options: options).outline(home.store)
        return switch scope {
        case .everything, .objects: (walked, walked.objects)
        case .suspects(let suspects): (walked, walked.objects.filter { suspects.contains($0) })
        case .sample(let sample): (walked, walked.objects.filter { sample.holds($0) || facts.records[$0] == nil })
        }
    }

    /// A finding about the root itself.
    ///
    /// A stranger that OCFL lets lie there was not put there by this program, either.
    private static func finding(_ found: OCFLFinding) -> VerifyFinding {
        guard found.severity != .note else {
            return VerifyFinding(.store, path: found.path, message: "does not belong in the store")
        }
        return VerifyFinding(.store, code: found.code.rawValue, path: found.path, message: words(found))
    }

    /// What OCFL says of a file that nothing names; whatever else it says of a file is about the file.
    private static let unnamed: Set<OCFLCode> = [.E001, .E005, .E015, .E023, .E067, .E072, .E084, .E087, .E112]

    /// The path, relative to the home, of a file that a desktop left where nothing names it; nil for anything else.
    ///
    /// A file of a record may have such a name: what is wrong with one that an inventory names is no such finding.
    private func stranger(_ found: OCFLFinding, in object: String?) -> String? {
        guard Self.unnamed.contains(found.code), let path = found.path else { return nil }
        let place = (object.map { $0 + "/" } ?? "") + path
        return Stranger.isStranger(at: home.store.pushing(FilePath(place))) ? "store/" + place : nil
    }

    private static func words(_ found: OCFLFinding) -> String { "\(found.found); expected: \(found.expected)" }

    private func finding(
        _ code: String?,
        _ object: FilePath,
        _ version: String?,
        _ place: String?,
        _ message: String
    ) -> VerifyFinding {
        VerifyFinding(
            .store,
            code: code,
            record: facts.records[object]?.id,
            version: version,
            path: place ?? object.string,
            object: object.string,
            message: message
        )
    }

    private func findings(of report: ObjectReport, strangers: inout Set<String>) -> [VerifyFinding] {
        let path = FilePath(report.object)
        var findings: [VerifyFinding] = []
        for found in report.findings {
            if let stranger = stranger(found, in: report.object) {
                strangers.insert(stranger)
                continue
            }
            findings.append(finding(found.code.rawValue, path, found.version, found.path, Self.words(found)))
        }
        for unread in report.unread { findings.append(finding(nil, path, nil, unread.path, unread.reason)) }
        if let id = report.id, StorageLayout.standard.path(of: id) != report.object {
            let message = "the object calls itself '\(id)', which belongs elsewhere in the root"
            findings.append(finding("E083", path, nil, nil, message))
        }
        guard let known = facts.records[path] else {
            findings.append(finding(nil, path, nil, nil, strange(path)))
            return findings
        }
        compare(report, with: known) { findings.append(finding($0, path, $1, $2, $3)) }
        return findings
    }

    /// What is wrong with an object that the ledger does not name as kept.
    private func strange(_ path: FilePath) -> String {
        guard let gone = facts.removed[path] else { return "the ledger knows no such object" }
        return "\(gone.id) is here again: the ledger says that \(gone.list) removed it on \(gone.time.date)"
    }

    /// Holds an object's versions against what the ledger entered when each was kept.
    private func compare(
        _ report: ObjectReport,
        with known: LedgerFacts.Record,
        _ find: (String?, String?, String?, String) -> Void
    ) {
        let said = report.versions ?? []
        for version in said where known.inventories[version] == nil {
            find(nil, version, version, "the ledger knows no such version")
        }
        for (version, digest) in known.inventories.sorted(by: { $0.key < $1.key }) {
            guard let found = report.inventoryDigests[version] else {
                if report.versions != nil, !said.contains(version) {
                    find(nil, version, version, "the version is missing; the ledger names it")
                }
                continue
            }
            if found != digest {
                find(
                    "E060",
                    version,
                    "\(version)/inventory.json",
                    "is not the inventory that the ledger entered when the version was kept"
                )
            }
        }
    }
}
