package import FileSafety
import Foundation
import Ledger
import OCFLStore
import RecordsModel
package import SystemPackage

/// What an interrupted command left: an intent that says nothing but what this home can carry out, and the lines that it
/// enters.
struct InterruptedWork {
    let intent: Intent
    let lines: [[UInt8]]
}

extension Home {
    /// What an interrupted command left, every word of it checked against what is there.
    ///
    /// A home may come from elsewhere, on a stick or in a mail. So the intent names nothing by a path, and each thing
    /// that it names must be staged, or in its place already; each must be told by one of the group's own events; and the
    /// ledger must end where the intent says. Only reads.
    ///
    /// - Returns: the work, which `carryOut` carries to its end.
    /// - Throws: `OperationError`, code `untrusted`, with the first thing that is otherwise; `FileSafetyError`.
    func interruptedWork() throws -> InterruptedWork {
        do {
            try requirePlain(work, "")
            let intent = try Intent(reading: OpenFile.content(of: intent, limit: Intent.most))
            let (lines, events) = try readEvents(behind: intent.ledger)
            try IntentCheck(home: self, root: StorageRoot.open(store), intent: intent, events: events).run()
            guard let end = intent.ledger.end else { throw IntentFault(at: "ledger.frontier", "is no tree") }
            if let objection = try ledger.objection(to: lines, behind: end) {
                throw IntentFault(at: "ledger.\(objection.place)", objection.value, objection.reason)
            }
            return InterruptedWork(intent: intent, lines: lines)
        } catch let fault as IntentFault {
            throw fault.error(self)
        } catch let error as LedgerError {
            throw IntentFault(at: "'ledger/'", "cannot take it: \(error.message)").error(self)
        } catch let error as OCFLError {
            throw IntentFault(at: "'store/'", "cannot take it: \(error.message)").error(self)
        }
    }

    /// Why what an interrupted command left cannot be carried to its end; nil where nothing was left, or where it can.
    ///
    /// - Throws: `FileSafetyError` where it cannot be looked at.
    package func objectionToWork() throws -> OperationError? {
        guard FileStatus.exists(intent) else { return nil }
        do {
            _ = try interruptedWork()
            return nil
        } catch let error as OperationError where error.code == .untrusted {
            return error
        }
    }

    /// Puts what an interrupted command left aside, whole and as it is; the caller holds the home's lock.
    ///
    /// Store, ledger and packages are not touched: what of it was done already stays for `verify` to name.
    ///
    /// - Parameters:
    ///   - folder: where it goes, on the same file system; nothing may be there.
    ///   - files: what changes files.
    /// - Throws: `FileSafetyError`, code `exists` where something is there.
    package func putWorkAside(to folder: FilePath, files: DurableFiles) throws {
        guard !FileStatus.exists(folder) else {
            throw FileSafetyError(.exists, operation: "make", path: folder, reason: "something is there already")
        }
        try files.makeDirectories(folder.removingLastComponent())
        try files.rename(work, to: folder)
        try files.sync(staging)
        try files.sync(folder.removingLastComponent())
    }

    /// The group's lines, each an event that follows the one before.
    private func readEvents(behind end: Intent.LedgerEnd) throws -> ([[UInt8]], [Event]) {
        let file = work.appending("events.jsonl")
        guard FileStatus.exists(file) else { throw IntentFault(at: "'events.jsonl'", "is missing") }
        var lines: [[UInt8]] = []
        var events: [Event] = []
        try LineReader.read(file, limit: 16 << 20) { line, _ in
            guard let event = try? CanonicalJSON.decode(Event.self, from: Data(line)) else {
                throw IntentFault(at: "'events.jsonl', line \(lines.count + 1)", "is no event")
            }
            guard event.seq == end.events + lines.count else {
                throw IntentFault(
                    at: "'events.jsonl', line \(lines.count + 1)",
                    "\(event.seq)",
                    "is not the next place in the ledger, \(end.events + lines.count)"
                )
            }
            lines.append(line)
            events.append(event)
        }
        return (lines, events)
    }

    /// Stops where the work folder holds anything but folders and files; what is on its way out is only removed.
    private func requirePlain(_ folder: FilePath, _ place: String) throws {
        for entry in try FolderEntries(of: folder) {
            let name = place + entry.name.shown
            switch entry.kind {
            case .file: break
            case .directory: if name != "removed" { try requirePlain(folder.appending(entry.name), name + "/") }
            default: throw IntentFault(at: "'staging/work'", name, "is a \(entry.kind.rawValue)")
            }
        }
    }
}

/// Holds what an intent names against the group's events, against what was staged and against what is in its place.
private struct IntentCheck {
    let home: Home
    let root: StorageRoot
    let intent: Intent
    let events: [Event]

    func run() throws {
        try checkObjects()
        try checkPackages()
        try checkRemovals()
        try checkClosing()
    }

    // MARK: - Objects

    /// What the events say comes in: by object, the record and its inventories' digests.
    private func told() throws -> [String: (record: RecordID, inventories: [Int: String])] {
        var told: [String: (record: RecordID, inventories: [Int: String])] = [:]
        for event in events {
            guard let kept = KeptVersions(event, settings: home.settings) else { continue }
            var entry = told[kept.objectID] ?? (kept.id, [:])
            let isTwice = kept.inventories.contains { entry.inventories[$0.version] != nil }
            guard entry.record == kept.id, !isTwice, !kept.inventories.isEmpty else {
                throw IntentFault(at: "'events.jsonl'", kept.objectID, "is told twice, or for another record")
            }
            entry.inventories.merge(kept.inventories.map { ($0.version, $0.digest) }) { $1 }
            told[kept.objectID] = entry
        }
        return told
    }

    private func checkObjects() throws {
        var told = try told()
        for (index, object) in intent.objects.enumerated() {
            let place = "objects[\(index)].id"
            guard let event = told.removeValue(forKey: object.id), event.inventories.keys.sorted() == object.versions
            else {
                throw IntentFault(at: place, object.id, "has other versions than the group's events tell of")
            }
            do {
                let versions = object.versions.map { VersionNumber($0) }
                for version in try root.inspectInstall(of: object.id, versions: versions, from: home.staged(object)) {
                    guard version.digest == event.inventories[version.number.number] else {
                        let reason = "has another inventory in \(version.number) than its event names"
                        throw IntentFault(at: place, object.id, reason)
                    }
                    try checkDocument(of: version, record: event.record, place, object.id)
                }
            } catch let objection as InstallObjection {
                throw IntentFault(at: place, object.id, "cannot be installed: \(objection.message)")
            }
        }
        if let left = told.keys.min() {
            throw IntentFault(at: "'events.jsonl'", left, "is told to come in, and the intent does not name it")
        }
    }

    /// The `record.json` of each version says whose it is.
    private func checkDocument(
        of version: InstallingVersion,
        record: RecordID,
        _ place: String,
        _ object: String
    ) throws {
        guard let bytes = try version.ownContent(of: "record.json", limit: 16 << 20),
            let document = try? CanonicalJSON.decode(RecordDocument.self, from: Data(bytes)),
            RecordID(document.id) == record, document.version == version.number.number
        else {
            throw IntentFault(at: place, object, "is not the object of \(record): its 'record.json' says otherwise")
        }
    }

    // MARK: - Packages

    private func checkPackages() throws {
        var told: [String: Event] = [:]
        for event in events where event.event == .packing && event.detail["kept"] == .boolean(true) {
            if let name = event.detail["name"]?.text { told[name] = event }
        }
        for (index, package) in intent.packages.enumerated() {
            let place = "packages[\(index)].name"
            guard let event = told.removeValue(forKey: package.name) else {
                throw IntentFault(at: place, package.name, "is in none of the group's events")
            }
            for name in [package.name, package.name + ".sha512"] {
                let folders = [home.work.appending("packages"), home.packages]
                let there = folders.compactMap { try? FileStatus.of($0.appending(name)) }
                guard there.count == 1, there[0].kind == .file else {
                    throw IntentFault(at: place, name, "must be staged, or in 'packages/', once and as a file")
                }
                if name == package.name, there[0].size != event.detail["bytes"]?.number {
                    throw IntentFault(at: place, name, "has another length than its event names")
                }
            }
        }
        if let left = told.keys.min() {
            throw IntentFault(at: "'events.jsonl'", left, "is told to be kept, and the intent does not name it")
        }
    }

    // MARK: - Removals

    private func checkRemovals() throws {
        var removed: [String: Event] = [:]
        for event in events where event.event == .disposalItemRemoved {
            if let record = event.record { removed[record] = event }
        }
        let objects = try objects(of: Set(removed.keys))
        for (index, removal) in intent.removals.enumerated() {
            let place = "removals[\(index)]"
            guard let record = objects[removal.object], let event = removed.removeValue(forKey: record) else {
                throw IntentFault(
                    at: place + ".object",
                    removal.object,
                    "is none that the group's events tell the removal of"
                )
            }
            let packages = Set((event.detail["packages"]?.list ?? []).compactMap(\.text))
            if let other = packages.symmetricDifference(removal.packages).min() {
                throw IntentFault(
                    at: place + ".packages",
                    other,
                    "goes with \(record) in the intent or in its event, not in both"
                )
            }
            let contents = Self.contents(of: event)
            if let other = removal.contents.first(where: { !contents.contains($0) }) {
                throw IntentFault(at: place + ".contents", other, "is no content of \(record)")
            }
            for content in removal.contents { try checkDerived(content, place) }
            do {
                _ = try root.plainFolder(of: removal.object)
            } catch let objection as InstallObjection {
                throw IntentFault(at: place + ".object", removal.object, "cannot be removed: \(objection.message)")
            }
        }
        if let left = removed.keys.min() {
            throw IntentFault(at: "'events.jsonl'", left, "is told to be removed, and the intent does not name it")
        }
    }

    /// The object of each of these records, by the object: one of this archive's own form, or the one that the ledger says
    /// it came with.
    private func objects(of records: Set<String>) throws -> [String: String] {
        var objects: [String: String] = [:]
        for record in records {
            guard let id = RecordID(record) else { continue }
            objects[home.settings.objectID(of: id)] = record
        }
        guard intent.removals.contains(where: { objects[$0.object] == nil }) else { return objects }
        try home.ledger.read(from: 0) { event, _ in
            guard let kept = KeptVersions(event, settings: home.settings), let foreign = kept.foreignID else { return }
            if records.contains(kept.id.description) { objects[foreign] = kept.id.description }
        }
        return objects
    }

    /// The digests of the contents that a tombstone names.
    private static func contents(of event: Event) -> Set<String> {
        let versions = event.detail["tombstone"]?["versions"]?.list ?? []
        return Set(versions.flatMap { $0["files"]?.list ?? [] }.compactMap { $0["sha512"]?.text })
    }

    private func checkDerived(_ content: String, _ place: String) throws {
        let folder = home.derived(of: content)
        for part in [folder.removingLastComponent(), folder] {
            guard let kind = try? FileStatus.of(part).kind, kind != .directory else { continue }
            throw IntentFault(
                at: place + ".contents",
                content,
                "has a \(kind.rawValue) in 'derived/' where a folder belongs"
            )
        }
    }

    // MARK: - Closing the log

    private func checkClosing() throws {
        let closing = events.filter { $0.event == .partClosed }
        guard intent.closesLog else {
            if closing.isEmpty { return }
            throw IntentFault(at: "closesLog", "false", "does not fit the group's events, which close the log")
        }
        guard closing.count == 1, closing[0].seq == intent.ledger.events,
            closing[0].detail["last"]?.number == intent.ledger.events
        else {
            throw IntentFault(at: "closesLog", "true", "does not fit the group's events")
        }
    }
}
