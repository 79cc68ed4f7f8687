import FileSafety

/// Walks from a storage root down to its objects, and enters what should not be on the way.
///
/// Opens no object. One folder of the root at a time, so that a root of a million objects is no more in memory than a part of
/// it; no link is followed.
final class RootWalk {
    /// The layout that the root says it has, where this program knows it.
    private(set) var layout: StorageLayout?
    /// What the root declares.
    private(set) var declared: OCFLVersion?

    private let root: OpenFolder
    private let log: FindingLog
    private let options: ValidationOptions
    private let cursor: FolderCursor
    private var folders: [[UInt8]] = []

    /// A folder between the root and its objects.
    private struct Node {
        let path: [UInt8]
        let parent: Int
        let isEmpty: Bool
        let strays: [[UInt8]]
        var leadsToObjects = false
        var holdsFiles: Bool
    }

    init(_ root: OpenFolder, log: FindingLog, options: ValidationOptions = ValidationOptions()) {
        self.root = root
        self.options = options
        self.log = log
        cursor = FolderCursor(root)
    }

    /// Looks at the root itself: declaration, layout, extensions, other files.
    ///
    /// - Throws: `FileSafetyError` where the root cannot be listed.
    func begin() throws {
        let entries = try root.handle.entries()
        let declarations = checkDeclarations(entries)
        log.specification = declared ?? .v1_1
        checkLayout()
        for index in 0..<entries.count where !declarations.contains(index) {
            let entry = entries.name(index)
            let name = Array(entry.bytes)
            switch entries.kind(index) {
            case .directory where entry.text == StorageLayout.extensionsFolder: checkExtensions(name)
            case .directory: folders.append(name)
            case .file:
                checkLinks(entry, in: root, path: name)
                guard entry.text != StorageLayout.layoutFile else { continue }
                let expected = "nothing; files in a storage root that a validator does not understand are ignored"
                log.add(.E087, path: Shown.text(name), found: "a further file", expected: expected, as: .note)
            case .symbolicLink, .fifo, .socket, .device: enterSpecial(entries.kind(index), name)
            }
        }
        folders.reverse()
    }

    /// The next objects, some hundreds of them or all of one folder of the root; empty at the end.
    ///
    /// The checkpoint is asked before each folder.
    func next(atLeast wanted: Int, checkpoint: () throws -> Void) throws -> [[UInt8]] {
        var objects: [[UInt8]] = []
        while objects.count < wanted, let folder = folders.popLast() {
            try checkpoint()
            walk(folder, into: &objects)
        }
        return objects
    }

    private func walk(_ top: [UInt8], into objects: inout [[UInt8]]) {
        var nodes: [Node] = []
        var pending: [(path: [UInt8], parent: Int)] = [(top, -1)]
        while let (path, parent) = pending.popLast() {
            let entries: FolderEntries
            do {
                entries = try cursor.folder(path[...]).handle.entries()
            } catch {
                log.addUnread(path: Shown.text(path), reason: "\(error)")
                if nodes.indices.contains(parent) { nodes[parent].leadsToObjects = true }
                continue
            }
            if Self.isObject(entries) {
                objects.append(path)
                if nodes.indices.contains(parent) { nodes[parent].leadsToObjects = true }
                continue
            }
            if Declarations.has(.root, entries) {
                let expected = "storage roots that do not lie in one another"
                log.add(.E074, path: Shown.text(path), found: "a storage root", expected: expected)
            }
            let first = pending.count
            var strays: [[UInt8]] = []
            for index in 0..<entries.count {
                let inner = path + [UInt8(ascii: "/")] + entries.name(index).bytes
                switch entries.kind(index) {
                case .directory: pending.append((inner, nodes.count))
                case .file: strays.append(inner)
                case .symbolicLink, .fifo, .socket, .device: enterSpecial(entries.kind(index), inner)
                }
            }
            pending[first...].reverse()
            nodes.append(
                Node(path: path, parent: parent, isEmpty: entries.isEmpty, strays: strays, holdsFiles: !strays.isEmpty)
            )
        }
        enter(&nodes)
    }

    /// Whether a folder is an object's root; one that lost its declaration still has its inventory.
    static func isObject(_ entries: FolderEntries) -> Bool {
        if Declarations.has(.object, entries) { return true }
        return entries.index(of: "inventory.json").map { entries.kind($0) == .file } ?? false
    }

    /// Enters what is wrong with folders, once it is known which of them lead to objects.
    private func enter(_ nodes: inout [Node]) {
        // Folders stand behind those that hold them.
        for index in nodes.indices.reversed() {
            let parent = nodes[index].parent
            guard nodes.indices.contains(parent) else { continue }
            if nodes[index].leadsToObjects { nodes[parent].leadsToObjects = true }
            if nodes[index].holdsFiles { nodes[parent].holdsFiles = true }
        }
        for node in nodes {
            let path = Shown.text(node.path)
            if node.isEmpty { log.add(.E073, path: path, found: "an empty folder", expected: "no empty folders") }
            for stray in node.strays {
                let expected = "no files between the root and its objects"
                log.add(.E072, path: Shown.text(stray), found: "a file", expected: expected)
                guard node.leadsToObjects else { continue }
                log.add(
                    .E084,
                    path: Shown.text(stray),
                    found: "a file in a folder that leads to objects",
                    expected: expected
                )
            }
            guard !node.leadsToObjects, node.holdsFiles else { continue }
            if node.parent == -1 {
                let expected = "folders that lead to objects, and 'extensions'"
                log.add(.E088, path: path, found: "a folder without any object in it", expected: expected)
            } else if nodes[node.parent].leadsToObjects {
                log.add(.E085, path: path, found: "folders that end without an object", expected: "objects at the ends")
            }
        }
    }

    private func enterSpecial(_ kind: FileStatus.Kind, _ path: [UInt8]) {
        if kind == .symbolicLink {
            log.add(.E090, path: Shown.text(path), found: "a symbolic link", expected: "no links")
        } else {
            let expected = "a file or a folder; anything else must be wrapped in an image of a file system"
            log.add(.E089, path: Shown.text(path), found: "a \(kind.rawValue)", expected: expected)
        }
    }

    private func checkLinks(_ name: EntryName, in place: OpenFolder, path: [UInt8]) {
        guard let status = try? place.handle.status(of: name), let found = options.findsLinks(status) else { return }
        log.add(.E090, path: Shown.text(path), found: found, expected: "no links")
    }
}

// MARK: - The root's own files

extension RootWalk {
    /// - Returns: the indices of the names that declare something.
    private func checkDeclarations(_ entries: FolderEntries) -> Set<Int> {
        let names = Declarations(entries, family: .root)
        for (index, code) in names.wrong {
            let path = Shown.text(entries.name(index).bytes)
            let expected = "a declaration called '0=ocfl_1.0' or '0=ocfl_1.1'"
            log.add(
                code,
                path: path,
                found: "a file called \(Shown.quoted(entries.name(index).bytes))",
                expected: expected
            )
        }
        for index in names.right { checkDeclaration(entries, index) }
        if names.right.isEmpty {
            log.add(.E069, found: "no declaration", expected: "a declaration, '0=ocfl_1.0' or '0=ocfl_1.1'")
        } else if names.right.count > 1 {
            log.add(.E076, found: "\(names.right.count) declarations", expected: "exactly one declaration")
        }
        return Set(names.right + names.wrong.map(\.index))
    }

    private func checkDeclaration(_ entries: FolderEntries, _ index: Int) {
        let entry = entries.name(index)
        let name = Array(entry.bytes)
        let path = Shown.text(name)
        declared = [declared, OCFLVersion.allCases.first { path == "0=\($0.rootDeclaration)" }].compactMap(\.self).max()
        guard entries.kind(index) == .file else {
            if entries.kind(index) == .directory {
                log.add(.E075, path: path, found: "a folder", expected: "a file, as NAMASTE has it")
            } else {
                enterSpecial(entries.kind(index), name)
            }
            return
        }
        checkLinks(entry, in: root, path: name)
        do {
            let said = try Declarations.content(try root.handle.openFile(entry, seen: .file))
            let expected = String(path.utf8.dropFirst(2)) ?? ""
            guard said != Array((expected + "\n").utf8) else { return }
            log.add(.E080, path: path, found: Shown.quoted(said), expected: "'\(expected)' and a line feed")
        } catch {
            log.addUnread(path: path, reason: "\(error)")
        }
    }

    private func checkLayout() {
        do {
            layout = try StorageLayout.read(root.handle)
        } catch let fault as LayoutFault {
            if let code = fault.code {
                log.add(code, path: fault.path, found: fault.found, expected: fault.expected)
            } else {
                let expected = "\(fault.expected); whether objects lie where their ids say was not checked"
                log.add(.E083, path: fault.path, found: fault.found, expected: expected, as: .note)
            }
        } catch let error as FileSafetyError where [.symbolicLink, .notARegularFile].contains(error.code) {
            let expected = "a file that holds a JSON object"
            log.add(.E070, path: StorageLayout.layoutFile, found: "no regular file", expected: expected)
        } catch {
            log.addUnread(path: StorageLayout.layoutFile, reason: "\(error)")
        }
    }

    private func checkExtensions(_ name: [UInt8]) {
        var pending: [[UInt8]] = [name]
        while let path = pending.popLast() {
            do {
                let place = try cursor.folder(path[...])
                let entries = try place.handle.entries()
                if entries.isEmpty {
                    log.add(.E073, path: Shown.text(path), found: "an empty folder", expected: "no empty folders")
                }
                for entry in entries {
                    let inner = path + [UInt8(ascii: "/")] + entry.name.bytes
                    let isTop = path == name
                    switch entry.kind {
                    case .directory:
                        pending.append(inner)
                        guard isTop, !RegisteredExtensions.has(entry.name) else { continue }
                        let found = "an extension called \(Shown.quoted(entry.name.bytes))"
                        log.add(
                            .W016,
                            path: Shown.text(inner),
                            found: found,
                            expected: "the name of a registered extension"
                        )
                    case .file:
                        checkLinks(entry.name, in: place, path: inner)
                        guard isTop else { continue }
                        log.add(.E112, path: Shown.text(inner), found: "a file", expected: "folders of extensions only")
                    case .symbolicLink, .fifo, .socket, .device: enterSpecial(entry.kind, inner)
                    }
                }
            } catch {
                log.addUnread(path: Shown.text(path), reason: "\(error)")
            }
        }
    }
}
