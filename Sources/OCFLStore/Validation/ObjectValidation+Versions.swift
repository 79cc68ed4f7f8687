import FileSafety
import Fixity

extension ObjectValidation {
    /// What the versions looked at so far have settled.
    private struct History {
        var lastSpecification: (version: String, specification: OCFLVersion)?
        var contentDirectory: InventoryField?
    }

    /// Looks at every version folder in the order of their numbers: names, inventory, content.
    func checkVersions(_ entries: FolderEntries) throws {
        var folders: [(number: Int, entry: EntryName)] = []
        for index in 0..<entries.count where entries.kind(index) == .directory {
            let entry = entries.name(index)
            guard let number = VersionName(entry.bytes)?.number else { continue }
            if let parsed = root?.parsed, parsed.versionsPart == .object, parsed.version(named: entry.bytes) == nil {
                continue
            }
            folders.append((number, entry))
        }
        folders.sort { $0.number < $1.number }
        var history = History()
        for (number, entry) in folders {
            try options.checkpoint()
            let name = Array(entry.bytes)
            let shown = Shown.text(name)
            do {
                let place = OpenFolder(try folder.handle.openFolder(entry))
                let inside = try place.handle.entries()
                checkVersionEntries(inside, name: name, shown: shown)
                readVersion(place, inside, number: number, name: name, shown: shown, &history)
            } catch {
                enter(error, path: shown)
            }
        }
        if let parsed = root?.parsed { settle(parsed, version: nil, &history) }
    }

    private func readVersion(
        _ place: OpenFolder,
        _ entries: FolderEntries,
        number: Int,
        name: [UInt8],
        shown: String,
        _ history: inout History
    ) {
        let isHead = root?.parsed?.newestVersion == name
        let reading = readInventory(place, entries, version: shown, knownAs: isHead ? root : nil)
        guard let reading else { return }
        report.inventoryDigests[shown] = reading.sha512
        if isHead, reading.sha512 == root?.sha512 {
            // Byte for byte the object's own inventory, which has been judged.
            if let parsed = root?.parsed { checkCompleteness(parsed, version: nil, path: "inventory.json") }
            return
        }
        let path = shown + "/inventory.json"
        if isHead {
            let expected = "the same bytes as the inventory in the object's root"
            log.add(.E064, version: shown, path: path, found: "an inventory of its own", expected: expected)
        }
        guard let parsed = reading.parsed else { return }
        judge(parsed, version: shown, path: path)
        expectations.add(parsed, pools: pools, by: number)
        checkCompleteness(parsed, version: shown, path: path)
        settle(parsed, version: shown, &history)
        if let head = parsed.head.bytes, head == parsed.newestVersion, head != name {
            log.add(.E040, version: shown, path: path, found: "the head \(Shown.quoted(head))", expected: "'\(shown)'")
        }
        if let root = root?.parsed, !isHead { compare(parsed, with: root, version: shown, path: path) }
    }

    /// Rules that hold from version to version: the content folder's name, and the specification's version.
    private func settle(_ parsed: ParsedInventory, version: String?, _ history: inout History) {
        let path = (version.map { $0 + "/" } ?? "") + "inventory.json"
        if let first = history.contentDirectory, first != parsed.contentDirectory {
            let found = "the contentDirectory \(parsed.contentDirectory.shown)"
            let expected = "\(first.shown), as in the first version"
            if parsed.contentDirectory != .absent {
                log.add(.E019, version: version, path: path, found: found, expected: expected)
            }
            if first != .absent { log.add(.E020, version: version, path: path, found: found, expected: expected) }
        } else if history.contentDirectory == nil {
            history.contentDirectory = parsed.contentDirectory
        }
        guard let own = parsed.specification else { return }
        if let last = history.lastSpecification, own < last.specification {
            let expected = "OCFL \(last.specification.rawValue) or later, as '\(last.version)' has it"
            log.add(.E103, version: version, path: path, found: "OCFL \(own.rawValue)", expected: expected)
        }
        history.lastSpecification = (version ?? "the object", own)
    }

    // MARK: - Names in a version folder

    private func checkVersionEntries(_ entries: FolderEntries, name: [UInt8], shown: String) {
        let contentFolder = root?.parsed?.contentFolder ?? Array("content".utf8)
        let sidecars = sidecarIndices(entries)
        var hasContent = false
        for index in 0..<entries.count where !sidecars.contains(index) {
            let entry = entries.name(index).bytes
            if entry.elementsEqual("inventory.json".utf8) { continue }
            let path = shown + "/" + Shown.text(entry)
            switch entries.kind(index) {
            case .directory where entry.elementsEqual(contentFolder):
                hasContent = true
                walkContent(name + [UInt8(ascii: "/")] + entry, version: shown)
            case .directory:
                let expected = "no folder but '\(Shown.text(contentFolder))'"
                log.add(.W002, version: shown, path: path, found: "a further folder", expected: expected)
            case .file:
                let expected = "inventory, sidecar and content folder, and nothing else"
                log.add(.E015, version: shown, path: path, found: "a file", expected: expected)
            case .symbolicLink, .fifo, .socket, .device:
                _ = requireFile(entries.kind(index), version: shown, path: path)
            }
        }
        guard !hasContent, let parsed = root?.parsed else { return }
        let prefix = name + [UInt8(ascii: "/")]
        if parsed.manifest.allPaths.contains(where: { pools.paths[$0].starts(with: prefix) }) {
            let path = shown + "/" + Shown.text(contentFolder)
            let expected = "a content folder, since the manifest names files of this version"
            log.add(.E016, version: shown, path: path, found: "no content folder", expected: expected)
        }
    }

    /// Enters every file below a content folder; what is no file, and empty folders, are findings.
    private func walkContent(_ start: [UInt8], version: String) {
        let cursor = FolderCursor(folder)
        var pending: [BytePool.ID] = [pools.paths.intern(start)]
        while let next = pending.popLast() {
            let path = Array(pools.paths[next])
            do {
                let entries = try cursor.folder(path[...]).handle.entries()
                if entries.isEmpty, path == start {
                    let expected = "no content folder in a version without content"
                    log.add(
                        .W003,
                        version: version,
                        path: Shown.text(path),
                        found: "an empty folder",
                        expected: expected
                    )
                } else if entries.isEmpty {
                    log.add(
                        .E024,
                        version: version,
                        path: Shown.text(path),
                        found: "an empty folder",
                        expected: "files"
                    )
                }
                try take(entries, of: path, version: version, &pending)
            } catch {
                enter(error, path: Shown.text(path))
            }
        }
    }

    private func take(_ entries: FolderEntries, of path: [UInt8], version: String, _ pending: inout [BytePool.ID])
        throws
    {
        var place = path + [UInt8(ascii: "/")]
        let length = place.count
        let subfolders = pending.count
        for index in 0..<entries.count {
            place.removeLast(place.count - length)
            place.append(contentsOf: entries.name(index).bytes)
            guard pools.haveRoom(for: place.count) else {
                let reason = "the object has more files than can be held"
                throw FileSafetyError(.tooLarge, operation: "list", path: folder.handle.path, reason: reason)
            }
            let id = pools.paths.intern(place)
            switch entries.kind(index) {
            case .directory: pending.append(id)
            case .file:
                setState(.file, of: id)
                files.append(id)
            case .symbolicLink, .fifo, .socket, .device:
                setState(.other, of: id)
                _ = requireFile(entries.kind(index), version: version, path: Shown.text(place))
                if !expectations.isExpected(id) {
                    let expected = "files that the manifest names"
                    let found = "a \(entries.kind(index).rawValue)"
                    log.add(.E023, version: version, path: Shown.text(place), found: found, expected: expected)
                }
            }
        }
        // The last pushed is looked at first: turn them round, so that folders come in the order of their names.
        pending[subfolders...].reverse()
    }

    private func setState(_ state: PathState, of id: BytePool.ID) {
        let index = Int(id)
        if onDisk.count <= index {
            onDisk.append(contentsOf: repeatElement(.nothing, count: index + 1 - onDisk.count))
        }
        onDisk[index] = state
    }

    func state(of id: BytePool.ID) -> PathState { Int(id) < onDisk.count ? onDisk[Int(id)] : .nothing }

    /// Every file that is there up to this version must be in the version's own manifest.
    private func checkCompleteness(_ parsed: ParsedInventory, version: String?, path: String) {
        guard parsed.manifestPart == .object else { return }
        var there = 0
        for path in parsed.manifest.allPaths where state(of: path) == .file || state(of: path) == .unlisted {
            there += 1
        }
        guard there < files.count else { return }
        var isListed = [Bool](repeating: false, count: pools.paths.count)
        for path in parsed.manifest.allPaths { isListed[Int(path)] = true }
        for file in files where !isListed[Int(file)] && state(of: file) == .file {
            // Once told, whichever of the manifests lacks it.
            setState(.unlisted, of: file)
            let name = pools.paths[file]
            let folder = Shown.text(name.prefix { $0 != UInt8(ascii: "/") })
            let expected = "a file that the manifest of '\(path)' names"
            log.add(.E023, version: folder, path: Shown.text(name), found: "a file", expected: expected)
        }
    }
}
