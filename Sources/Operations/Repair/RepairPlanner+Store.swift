import ArchiveHome
import FileSafety
import Fixity
import Ledger
import OCFLStore
import RecordsModel
import SystemPackage

extension RepairPlanner {
    // MARK: - What a line names is there

    /// Whether what an event names is whole in this home: only then may a line that no checkpoint covers be taken in.
    func isBacked(_ event: Event) throws -> Bool {
        if let kept = KeptVersions(event, settings: home.settings) {
            guard let place = StorageLayout.standard.path(of: kept.objectID) else { return false }
            return kept.inventories.allSatisfy { version, digest in
                let name = "v\(version)"
                return isWhole(home.store.pushing(FilePath(place)), name, digest)
                    || staged(kept.objectID, name, digest) != nil
            }
        }
        if event.event == .packing, event.detail["kept"] == .boolean(true), let name = event.detail["name"]?.text {
            return FilePath.Component(name).map { digest(of: home.packages.appending($0)) }
                == event.detail["sha512"]?.text
        }
        if event.event == .disposalItemRemoved, let record = event.record {
            return !facts.records.contains { path, known in
                known.id == record && FileStatus.exists(home.store.pushing(path))
            }
        }
        return true
    }

    private func digest(of file: FilePath) -> String? {
        guard let open = try? OpenFile.reading(file) else { return nil }
        return try? FileDigester().read(open).digest.hex
    }

    /// Whether a version lies in an object's folder with the inventory that an event names and all content that this names.
    private func isWhole(_ folder: FilePath, _ version: String, _ wanted: String) -> Bool {
        let file = folder.pushing(FilePath(version)).appending("inventory.json")
        guard let bytes = try? OpenFile.content(of: file, limit: 256 << 20), Digest.of(bytes, .sha512).hex == wanted,
            let inventory = try? Inventory(json: bytes)
        else {
            return false
        }
        return inventory.manifest.allSatisfy { digest, paths in
            paths.allSatisfy { self.digest(of: folder.pushing(FilePath($0))) == digest }
        }
    }

    /// The folder in the work of an interrupted command that holds a version, whole or as an addition; nil where there is none.
    private func staged(_ id: String, _ version: String, _ wanted: String) -> FilePath? {
        let objects = home.work.appending("objects")
        for entry in (try? FolderEntries(of: objects)) ?? .none where entry.kind == .directory {
            let folder = objects.appending(entry.name)
            let file = folder.pushing(FilePath(version)).appending("inventory.json")
            guard let bytes = try? OpenFile.content(of: file, limit: 256 << 20),
                Digest.of(bytes, .sha512).hex == wanted, (try? Inventory(json: bytes))?.id == id
            else {
                continue
            }
            return folder
        }
        return nil
    }

    // MARK: - The root

    /// Plans what a storage root needs beside its objects.
    func planRoot() throws {
        guard FileStatus.exists(home.store) else {
            refuse(
                .store,
                "store",
                "the store is missing; the ledger names \(facts.records.count) records",
                remedy: "bring it from a copy: cp -a COPY/store \(typed("store"))"
            )
            return
        }
        for (path, content) in StorageRoot.ownFiles where !FileStatus.exists(home.store.pushing(path)) {
            add(
                .store,
                "store/\(path.string)",
                "the storage root's file '\(path.string)' is written anew",
                why: "it says the same in every home"
            ) { [home, files] in
                try files.makeDirectories(home.store.pushing(path).removingLastComponent())
                try files.replace(home.store.pushing(path), content)
            }
        }
    }

    /// Plans the objects: what the ledger does not know goes out, what can be proven is put right, the rest is named.
    func planStore() throws {
        guard FileStatus.exists(home.store) else { return }
        let walked = try OCFLValidator().outline(home.store)
        for path in walked.objects where facts.records[path] == nil { planStrange(path) }
        var touched: Set<String> = []
        for (path, record) in facts.records.sorted(by: { $0.value.id < $1.value.id }) {
            try context.stopIfInterrupted()
            let before = steps.count + obstacles.count
            planObject(path, record)
            if steps.count + obstacles.count > before { touched.insert(path.string) }
        }
        for found in walked.findings where found.code == .E073 { planEmpty(found.path) }
        try planRest(touched, unknown: Set(walked.objects.filter { facts.records[$0] == nil }.map(\.string)))
    }

    private func planStrange(_ path: FilePath) {
        let name = "store/\(path.string)"
        if let gone = facts.removed[path] {
            refuse(
                .store,
                name,
                "\(gone.id) is here, and the ledger says that \(gone.list) removed it on \(gone.time.date)",
                record: gone.id,
                remedy: "see 'berkas history \(gone.id)'; to carry the removal to its end: rm -r \(typed(name))"
            )
            return
        }
        add(
            .store,
            name,
            "an object that the ledger does not name is put aside",
            why: "it was never told as kept here; it stays in the folder of the repair, whole"
        ) { [home, aside, files] in
            try aside.keep(name)
            try Self.removeEmpty(above: home.store.pushing(path), upTo: home.store, files)
        }
    }

    /// Removes folders that were left empty.
    static func removeEmpty(above path: FilePath, upTo root: FilePath, _ files: DurableFiles) throws {
        var folder = path.removingLastComponent()
        while folder != root, folder.starts(with: root), FileStatus.exists(folder),
            try FolderEntries(of: folder).isEmpty
        {
            try files.removeTree(folder)
            folder.removeLastComponent()
        }
        if FileStatus.exists(folder) { try files.sync(folder) }
    }

    private func planEmpty(_ path: String?) {
        guard let path, (try? FolderEntries(of: home.store.pushing(FilePath(path))))?.isEmpty == true else {
            return
        }
        add(.store, "store/\(path)", "an empty folder is removed", why: "nothing is in it") { [home, files] in
            let folder = home.store.pushing(FilePath(path))
            try files.removeTree(folder)
            try Self.removeEmpty(above: folder, upTo: home.store, files)
        }
    }

    // MARK: - An object

    private func planObject(_ path: FilePath, _ record: LedgerFacts.Record) {
        let folder = home.store.pushing(path)
        let versions = record.inventories.compactMap { name, digest in VersionNumber(name).map { ($0, digest) } }
            .sorted { $0.0 < $1.0 }
        guard let (head, headDigest) = versions.last else { return }
        let id = places[path].flatMap { _ in objectID(path, record) } ?? home.settings.uriPrefix + record.id
        guard FileStatus.exists(folder) else {
            if let source = staged(id, "\(head)", headDigest), versions.allSatisfy({ isWhole(source, "\($0.0)", $0.1) })
            {
                add(
                    .store,
                    "store/\(path.string)",
                    "\(record.id) is put into the store from the work of an interrupted command",
                    why: "its inventory is the one that the ledger names"
                ) { [files] in
                    try files.makeDirectories(folder.removingLastComponent())
                    try files.rename(source, to: folder)
                    try files.syncFileSystem(holding: folder)
                }
            } else {
                refuse(missing: record.id, path, versions: versions.map { "\($0.0)" })
            }
            return
        }
        planVersions(path, record, versions, id)
        planInventory(path, record, head: "\(head)", digest: headDigest)
        let declaration = folder.appending("0=ocfl_object_1.1")
        if !FileStatus.exists(declaration), inventoryDigest(folder) == headDigest {
            add(
                .store,
                "store/\(path.string)",
                "the declaration of the object of \(record.id) is written anew",
                why: "it says the same in every object"
            ) { [files] in try files.replace(declaration, "ocfl_object_1.1\n".utf8) }
        }
    }

    private func objectID(_ path: FilePath, _ record: LedgerFacts.Record) -> String? {
        let file = home.store.pushing(path).appending("inventory.json")
        return (try? OpenFile.content(of: file, limit: 256 << 20)).flatMap { try? Inventory(json: $0) }?.id
    }

    private func inventoryDigest(_ folder: FilePath) -> String? { digest(of: folder.appending("inventory.json")) }

    private func planVersions(
        _ path: FilePath,
        _ record: LedgerFacts.Record,
        _ versions: [(VersionNumber, String)],
        _ id: String
    ) {
        let folder = home.store.pushing(path)
        for (version, digest) in versions where !FileStatus.exists(folder.appending(version.description)) {
            guard let source = staged(id, "\(version)", digest) else {
                refuse(missing: record.id, path, versions: ["\(version)"])
                continue
            }
            add(
                .store,
                "store/\(path.string)/\(version)",
                "\(version) of \(record.id) is put into the store from the work of an interrupted command",
                why: "its inventory is the one that the ledger names"
            ) { [files] in
                try files.rename(source.appending(version.description), to: folder.appending(version.description))
                try files.syncFileSystem(holding: folder)
            }
        }
        for entry in (try? FolderEntries(of: folder)) ?? .none {
            guard let version = VersionNumber(entry.name.shown), record.inventories["\(version)"] == nil else {
                continue
            }
            putAside(
                .store,
                "store/\(path.string)/\(version)",
                "\(version) of \(record.id), which the ledger does not name, is put aside",
                why: "it was never told as kept here; it stays in the folder of the repair"
            )
        }
    }

    /// Plans the inventory of an object's root and those of its newest version: each is the other's copy.
    private func planInventory(_ path: FilePath, _ record: LedgerFacts.Record, head: String, digest: String) {
        let folder = home.store.pushing(path)
        let inner = folder.pushing(FilePath(head))
        let isRootRight = inventoryDigest(folder) == digest
        let comesIn = !FileStatus.exists(inner) && staged(head, digest)
        let isInnerRight = inventoryDigest(inner) == digest || comesIn
        // A version that is nowhere is named as missing; an inventory alone would only look like one.
        let hasInner = FileStatus.exists(inner) || comesIn
        guard isRootRight || isInnerRight else { return }
        let sidecar = Array("\(digest) inventory.json\n".utf8)
        for (place, isRight, source) in [(folder, isRootRight, inner), (inner, isInnerRight, folder)]
        where place == folder || hasInner {
            let name = "store/\(path.string)" + (place == folder ? "" : "/\(head)")
            if !isRight {
                add(
                    .store,
                    name + "/inventory.json",
                    "the inventory of \(record.id) is put right from its copy",
                    why: "it is the one that the ledger names; the other is put aside"
                ) { [aside, files] in
                    let bytes = try OpenFile.content(of: source.appending("inventory.json"), limit: 256 << 20)
                    let target = place.appending("inventory.json")
                    if FileStatus.exists(target) {
                        let old = try OpenFile.content(of: target, limit: 256 << 20)
                        try files.replace(try aside.place(name + "/inventory.json"), old)
                    }
                    try files.replace(target, bytes)
                }
            }
            // An object of another program may have a sidecar of another algorithm, and is left as it is.
            let written = (try? OpenFile.content(of: place.appending("inventory.json.sha512"), limit: 4096)) ?? []
            let isSealed = String(decoding: written, as: UTF8.self).lowercased().hasPrefix(digest)
            guard !isSealed, !FileStatus.exists(place.appending("inventory.json.sha256")) else { continue }
            add(
                .store,
                name + "/inventory.json.sha512",
                "the digest beside the inventory of \(record.id) is written anew",
                why: "it is the one that the ledger names"
            ) { [files] in try files.replace(place.appending("inventory.json.sha512"), sidecar) }
        }
    }

    private func staged(_ version: String, _ wanted: String) -> Bool {
        let objects = home.work.appending("objects")
        return ((try? FolderEntries(of: objects)) ?? .none).contains { entry in
            digest(of: objects.appending(entry.name).pushing(FilePath(version)).appending("inventory.json")) == wanted
        }
    }

    // MARK: - What is left

    private func refuse(missing record: String, _ path: FilePath, versions: [String]) {
        let lines = versions.compactMap { places[path]?[$0] }
        refuse(
            .store,
            "store/\(path.string)",
            "\(versions.joined(separator: ", ")) of \(record) is missing; the ledger names it in line \((lines.min() ?? 0) + 1)",
            record: record,
            remedy: remedy(record, path, line: lines.min())
        )
    }

    /// Where an object is to be had.
    private func remedy(_ record: String, _ path: FilePath, line: Int? = nil) -> String {
        let object = "store/\(path.string)"
        let above = typed(FilePath(object).removingLastComponent().string)
        var words = "bring it from a copy: mkdir -p \(above) && cp -a COPY/\(Shell.quoted(object)) \(above)/"
        if let package = holders[record]?.last(where: { name in
            FilePath.Component(name).map { FileStatus.exists(home.packages.appending($0)) } ?? false
        }) {
            words +=
                "; or from the package: berkas init /tmp/pulih && berkas --home /tmp/pulih "
                + "--as 'Arsiparis Contoh' import \(typed("packages/\(package)")) && mkdir -p \(above) && "
                + "cp -a /tmp/pulih/\(Shell.quoted(object)) \(above)/"
        }
        return words + wayBack(line)
    }

    /// The way out of a copy that was made while the home was written to.
    func wayBack(_ line: Int?) -> String {
        guard let line, line > 0 else { return "" }
        return
            "; or, where this home is a copy that was made while records were taken in, go back to the state before: "
            + "berkas repair --back-to \(line)"
    }

    /// Names what a sweep finds beyond what is planned, and takes strangers out.
    private func planRest(_ touched: Set<String>, unknown: Set<String>) throws {
        var report = VerifyReport()
        try StoreSweep(home: home, context: context, facts: facts).run(.everything, into: &report)
        planStrangers(report.strangers)
        let ownFiles = Set(StorageRoot.ownFiles.map { "store/\($0.path.string)" })
        for finding in report.findings {
            if let object = finding.object, touched.contains(object) || unknown.contains(object) { continue }
            if finding.code == "E073" || (finding.object == nil && finding.message.hasPrefix("the object is missing")) {
                continue
            }
            if finding.object == nil, steps.contains(where: { $0.step.path == "store/" + (finding.path ?? "") }) {
                continue
            }
            if finding.object == nil, let path = finding.path, unknown.contains(where: { $0.hasPrefix(path + "/") }) {
                continue
            }
            // A root without a file of its own cannot be opened yet.
            if finding.code == "E069", steps.contains(where: { ownFiles.contains($0.step.path ?? "") }) { continue }
            let place = finding.object ?? finding.path ?? ""
            let known = FilePath(finding.object ?? "")
            refuse(
                .store,
                "store/\(place)",
                (finding.path.map { $0 == place ? "" : $0 + " " } ?? "") + finding.message,
                record: finding.record,
                remedy: finding.record.map { remedy($0, known) }
                    ?? "see what it is, and take it out: mv \(typed("store/\(place)")) /tmp/"
            )
        }
    }

    private func planStrangers(_ found: Set<String>) {
        var all = found
        for (folder, prefix) in [
            (home.ledger.path, "ledger/"), (home.ledger.parts, "ledger/parts/"), (home.packages, "packages/"),
            (home.staging, "staging/"),
        ] {
            for entry in (try? FolderEntries(of: folder)) ?? .none
            where Stranger.isStranger(at: folder.appending(entry.name)) {
                all.insert(prefix + entry.name.shown)
            }
        }
        guard let first = all.min() else { return }
        add(
            .strangers,
            first,
            "\(all.count) file\(all.count == 1 ? "" : "s") that a desktop left \(all.count == 1 ? "is" : "are") put aside",
            why: "no inventory, package or line of the ledger names them"
        ) { [aside] in for path in all.sorted() { try aside.keep(path) } }
    }
}
