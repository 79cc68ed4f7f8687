import FileSafety
import Fixity
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
    }

    func run(_ scope: Scope, into report: inout VerifyReport) throws {
        let root: StorageRoot
        do {
            root = try StorageRoot.open(home.store)
        } catch {
            report.findings.append(VerifyFinding(.store, code: "E069", path: "store", message: "\(error)"))
            return
        }
        let (walked, objects) = try outline(root, scope)
        report.findings += walked.findings.map {
            VerifyFinding(.store, code: $0.code, path: $0.path, message: $0.message)
        }
        let counter = ProgressCounter(
            phase: "records",
            totalItems: objects.count,
            totalBytes: nil,
            report: context.progress
        )
        let reports = try ParallelWork.map(count: objects.count) { index, digester in
            try context.stopIfInterrupted()
            let looked = inspect(objects[index], root: root, digester: digester)
            counter.add(items: 1, bytes: looked.bytes)
            return looked
        }
        for looked in reports {
            report.records += 1
            report.files += looked.files
            report.bytes += looked.bytes
            report.findings += looked.findings
        }
        if case .objects = scope { return }
        let present = Set(walked.objects)
        for (path, record) in facts.records.sorted(by: { $0.value.id < $1.value.id }) where !present.contains(path) {
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

    private func outline(_ root: StorageRoot, _ scope: Scope) throws -> (RootReport, [FilePath]) {
        switch scope {
        case .everything:
            let walked = try root.walk()
            return (walked, walked.objects)
        case .objects(let wanted):
            return (RootReport(), wanted)
        case .suspects(let suspects):
            let walked = try root.walk()
            return (walked, walked.objects.filter { suspects.contains($0) })
        }
    }

    private struct Looked: Sendable {
        var findings: [VerifyFinding] = []
        var files = 0
        var bytes = 0
    }

    private func inspect(_ path: FilePath, root: StorageRoot, digester: FileDigester) -> Looked {
        let known = facts.records[path]
        var looked = Looked()
        func find(_ code: String?, _ version: String?, _ place: String?, _ message: String) {
            looked.findings.append(
                VerifyFinding(
                    .store,
                    code: code,
                    record: known?.id,
                    version: version,
                    path: place ?? path.string,
                    object: path.string,
                    message: message
                )
            )
        }
        guard FileStatus.exists(root.path.pushing(path)) else {
            find(nil, nil, nil, "the object is missing")
            return looked
        }
        do {
            var inspector = ObjectInspector(folder: root.path.pushing(path), name: path.string, digester: digester)
            let report = try inspector.inspect()
            looked.files = report.filesRead
            looked.bytes = report.bytesRead
            for finding in report.findings {
                find(finding.code, finding.version, finding.path, finding.message)
            }
            if let inventory = report.inventory, root.relativePath(of: inventory.id) != path.string {
                find("E083", nil, nil, "the object calls itself '\(inventory.id)', which belongs elsewhere in the root")
            }
            guard let known else {
                find(nil, nil, nil, "the ledger knows no such object")
                return looked
            }
            compare(report, with: known, find)
        } catch {
            find("E001", nil, nil, "the object cannot be read: \(error)")
        }
        return looked
    }

    /// Holds an object's versions against what the ledger entered when each was kept.
    private func compare(
        _ report: ObjectReport,
        with known: LedgerFacts.Record,
        _ find: (String?, String?, String?, String) -> Void
    ) {
        let said = report.inventory?.versions.keys.sorted() ?? []
        for version in said where known.inventories[version] == nil {
            find(nil, version, version, "the ledger knows no such version")
        }
        for (version, digest) in known.inventories.sorted(by: { $0.key < $1.key }) {
            guard let found = report.inventoryDigests[version] else {
                if report.inventory != nil, !said.contains(version) {
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
