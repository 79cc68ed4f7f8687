import FileSafety
import Fixity

extension ObjectValidation {
    /// Holds every name in the object's root against what may be there.
    func checkRootEntries(_ entries: FolderEntries) {
        let declarations = Declarations(entries, family: .object)
        let declarationIndices = Set(declarations.right + declarations.wrong.map(\.index))
        let sidecars = sidecarIndices(entries)
        for index in 0..<entries.count where !declarationIndices.contains(index) && !sidecars.contains(index) {
            let name = entries.name(index).bytes
            let path = Shown.text(name)
            if name.elementsEqual("inventory.json".utf8) { continue }
            let kind = entries.kind(index)
            guard kind == .file || kind == .directory else {
                _ = requireFile(kind, version: nil, path: path)
                continue
            }
            let isKnownVersion = root?.parsed?.version(named: name) != nil
            if kind == .directory {
                if name.elementsEqual("logs".utf8) {
                    checkForeign("logs")
                } else if name.elementsEqual("extensions".utf8) {
                    checkExtensions()
                } else if VersionName(name) != nil {
                    guard let parsed = root?.parsed, parsed.versionsPart == .object, !isKnownVersion else { continue }
                    let expected = "folders of the versions that the inventory describes"
                    log.add(.E046, version: path, path: path, found: "a folder called '\(path)'", expected: expected)
                } else {
                    checkStrangeFolder(entries.name(index), path)
                }
            } else if isKnownVersion {
                log.add(.E046, version: path, path: path, found: "a file", expected: "the folder of version '\(path)'")
            } else {
                log.add(.E001, path: path, found: "a file called \(Shown.quoted(name))", expected: Self.rootContent)
            }
        }
        checkMissingVersions(entries)
    }

    private static let rootContent =
        "declaration, inventory, sidecar, version folders, 'logs' and 'extensions', and nothing else"

    private func checkStrangeFolder(_ entry: EntryName, _ path: String) {
        let name = entry.bytes
        log.add(.E001, path: path, found: "a folder called \(Shown.quoted(name))", expected: Self.rootContent)
        if name.first == UInt8(ascii: "v"), name.count > 1, name.dropFirst().allSatisfy({ $0 == UInt8(ascii: "0") }) {
            let code: OCFLCode = log.specification == .v1_0 ? .E009 : .E105
            log.add(code, path: path, found: "a folder called '\(path)'", expected: "versions that count from 1")
        }
        guard let inside = try? folder.handle.openFolder(entry).entries() else { return }
        if Declarations.has(.object, inside) {
            log.add(
                .E082,
                path: path,
                found: "an object in an object",
                expected: "objects at the ends of the hierarchy"
            )
        }
    }

    private func checkMissingVersions(_ entries: FolderEntries) {
        guard let parsed = root?.parsed else { return }
        for version in parsed.versions where VersionName(version.name) != nil {
            guard entries.index(of: version.name) == nil else { continue }
            let name = version.shownName
            log.add(
                .E010,
                version: name,
                path: name,
                found: "no folder '\(name)'",
                expected: "a folder for every version"
            )
            let expected = "versions that correspond to folders"
            log.add(.E046, version: name, path: "inventory.json", found: "the version '\(name)'", expected: expected)
        }
        let hasFolders = (0..<entries.count).contains {
            entries.kind($0) == .directory && VersionName(entries.name($0).bytes) != nil
        }
        if !hasFolders, parsed.versionsPart == .object, !parsed.versions.isEmpty {
            log.add(.E008, found: "no version folder", expected: "one version at least")
        }
    }

    // MARK: - Logs and extensions

    private func checkExtensions() {
        do {
            for entry in try folder.handle.openFolder(EntryName("extensions")).entries() {
                let path = "extensions/" + Shown.text(entry.name.bytes)
                switch entry.kind {
                case .directory:
                    guard !RegisteredExtensions.has(entry.name) else { continue }
                    let found = "an extension called \(Shown.quoted(entry.name.bytes))"
                    log.add(.W013, path: path, found: found, expected: "the name of a registered extension")
                case .file: log.add(.E067, path: path, found: "a file", expected: "folders of extensions only")
                default: break  // Named below.
                }
            }
        } catch {
            enter(error, path: "extensions")
        }
        checkForeign("extensions")
    }

    /// Looks for links and what is no file below a folder whose content is nobody's business.
    private func checkForeign(_ name: String) {
        let cursor = FolderCursor(folder)
        var pending: [[UInt8]] = [Array(name.utf8)]
        while let path = pending.popLast() {
            do {
                let place = try cursor.folder(path[...])
                for entry in try place.handle.entries() {
                    let inner = path + [UInt8(ascii: "/")] + entry.name.bytes
                    if entry.kind == .directory {
                        pending.append(inner)
                    } else if requireFile(entry.kind, version: nil, path: Shown.text(inner)) {
                        let status = try place.handle.status(of: entry.name)
                        checkLinks(status, version: nil, path: Shown.text(inner))
                    }
                }
            } catch {
                enter(error, path: Shown.text(path))
            }
        }
    }
}
