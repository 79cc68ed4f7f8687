import ArchiveHome
import Catalogue
import FileSafety
import Fixity
import Ledger
import OCFLStore
import RecordsModel
import SystemPackage

extension RepairPlanner {
    // MARK: - Packages

    /// Plans packages: one without its digest gets it, one that the ledger does not name goes out.
    func planPackages() throws {
        var expected: [String: LedgerFacts.Package] = [:]
        for package in facts.packages where package.isKept { expected[package.name] = package }
        for entry in FileStatus.exists(home.packages) ? try FolderEntries(of: home.packages) : .none {
            let name = entry.name.shown
            let isSidecar = name.hasSuffix(".sha512") && expected[String(name.dropLast(7))] != nil
            guard expected[name] == nil, !isSidecar, !Stranger.isStranger(at: home.packages.appending(entry.name))
            else {
                continue
            }
            putAside(
                .packages,
                "packages/\(name)",
                "a file that the ledger does not name as a package is put aside",
                why: "it was never told as made here; it stays in the folder of the repair"
            )
        }
        for (name, package) in expected.sorted(by: { $0.key < $1.key }) {
            try context.stopIfInterrupted()
            try plan(package, name)
        }
    }

    private func plan(_ package: LedgerFacts.Package, _ name: String) throws {
        guard let component = FilePath.Component(name) else { return }
        let file = home.packages.appending(component)
        guard let open = try? OpenFile.reading(file), let digest = try? FileDigester().read(open).digest.hex,
            digest == package.sha512
        else {
            let what = FileStatus.exists(file) ? "is not the package that the ledger names" : "is missing"
            refuse(
                .packages,
                "packages/\(name)",
                "the package '\(name)' \(what)",
                remedy: "bring it from a copy: cp -a COPY/packages/\(Shell.quoted(name)) \(typed("packages/"))"
                    + (FileStatus.exists(file) ? "" : wayBack(packing[name]))
            )
            return
        }
        let sidecar = FilePath(file.string + ".sha512")
        let text = (try? OpenFile.content(of: sidecar, limit: 1 << 16)) ?? []
        guard !String(decoding: text, as: UTF8.self).contains(package.sha512) else { return }
        add(
            .packages,
            "packages/\(name).sha512",
            "the digest beside the package '\(name)' is written anew",
            why: "the package has the SHA-512 that the ledger names"
        ) { [files] in try files.replace(sidecar, "\(package.sha512)  \(name)\n".utf8) }
    }

    // MARK: - Staging

    /// Plans what lies in the folder for work in progress: nobody is at work while the lock is held.
    func planStaging() throws {
        let entries = FileStatus.exists(home.staging) ? try FolderEntries(of: home.staging) : .none
        for entry in entries where !Stranger.isStranger(at: home.staging.appending(entry.name)) {
            putAside(
                .staging,
                "staging/\(entry.name.shown)",
                "unfinished work is put aside",
                why: "it was never told as kept, and what of it the ledger names was taken into the store before"
            )
        }
        for entry in try FolderEntries(of: home.path)
        where entry.kind == .file && ["berkas.yaml.new", ".lock.new"].contains(entry.name.shown) {
            putAside(
                .staging,
                entry.name.shown,
                "a half replacement of a file is put aside",
                why: "the file itself is there"
            )
        }
    }

    // MARK: - The index

    /// Plans the index: what does not follow the ledger is put aside, and made anew by the next command.
    func planCatalogue() throws {
        var reason: String?
        if FileStatus.exists(home.catalogue) {
            // What the store lost, and somebody may bring back, only the index still describes.
            let describesLost = obstacles.contains { $0.area == .store && $0.record != nil }
            let putsRight = steps.contains { [.ledger, .store].contains($0.step.area) }
            reason = putsRight && !describesLost ? "the truth is put right" : indexFault()
        }
        for name in ["catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm"] where reason != nil {
            guard FileStatus.exists(home.path.pushing(FilePath(name))) else { continue }
            putAside(
                .catalogue,
                name,
                "the index is put aside, and made anew from the truth: \(reason ?? "")",
                why: "it holds nothing that the ledger and the store do not tell"
            )
        }
        for entry in try FolderEntries(of: home.path)
        where entry.name.shown.hasPrefix("catalogue.sqlite.new") {
            putAside(
                .catalogue,
                entry.name.shown,
                "an index that was not finished is put aside",
                why: "it holds nothing that the ledger and the store do not tell"
            )
        }
    }

    private func indexFault() -> String? {
        do {
            let catalogue = try CatalogueDatabase.openForReading(home.catalogue)
            defer { try? catalogue.close() }
            guard let known = try catalogue.progress() else { return nil }
            guard let end = known.end, let there = try? home.ledger.end(of: known.events, origin: end.origin),
                there == end
            else {
                return "it follows other lines than the ledger has"
            }
            if let fault = try catalogue.integrityFaults().first { return fault }
            // One that was copied while it was written to may be whole as a file and half as an index.
            var report = VerifyReport()
            try CatalogueSweep(home: home, context: context).run(only: [], into: &report)
            return report.findings.isEmpty ? nil : "it does not say what the truth says"
        } catch let error as CatalogueError where [.older, .busy, .noSpace, .noLocks].contains(error.code) {
            return nil
        } catch {
            return "it cannot be read"
        }
    }

    // MARK: - Rights

    /// Plans rights: the owner can read and write all of the home, and where its top folder is a group's, the group too.
    func planModes() throws {
        guard let top = try? FileRights.of(home.path) else { return }
        let shared = top.bits & 0o020 == 0 ? 0 : top.bits & 0o2070
        var wrong: [(path: FilePath, bits: UInt32)] = []
        func look(_ path: FilePath) throws {
            try context.stopIfInterrupted()
            guard let status = try? FileStatus.of(path), status.kind == .file || status.kind == .directory,
                let rights = try? FileRights.of(path)
            else {
                return
            }
            let isFolder = status.kind == .directory
            let wanted = isFolder ? 0o700 | shared : 0o600 | shared & 0o060
            let bits = (rights.bits | wanted) & ~0o002
            if bits != rights.bits { wrong.append((path, bits)) }
            guard isFolder, let entries = try? FolderEntries(of: path) else { return }
            for entry in entries { try look(path.appending(entry.name)) }
        }
        for name in ["store", "ledger", "packages", "staging", "catalogue.sqlite", "policy", "berkas.yaml"] {
            try look(home.path.pushing(FilePath(name)))
        }
        guard let first = wrong.first else { return }
        add(
            .modes,
            String(first.path.string.dropFirst(home.path.string.utf8.count + 1)),
            "the rights of \(wrong.count) file\(wrong.count == 1 ? "" : "s") and folders are set as those of the home",
            why: "no content is touched"
        ) { [context, home] in
            var refused = 0
            for (path, bits) in wrong where FileStatus.exists(path) {
                do {
                    try FileRights(bits: bits).set(on: path)
                } catch let error as FileSafetyError where error.code == .permissionDenied {
                    refused += 1
                }
            }
            guard refused > 0 else { return }
            let owner = "sudo chown -R \"$USER\" \(Shell.quoted(home.path.string))"
            context.notice("the rights of \(refused) files are another user's to set: \(owner)")
        }
    }
}
