import Containers
import FileSafety
import Fixity
import SystemPackage

/// The files below a folder, found through directory handles, no link followed.
struct FolderTree {
    /// A file: the folder that it stands in, and its name.
    struct Entry {
        let folder: Int
        let name: EntryName
    }

    /// The folders below the root as their names, the root itself first.
    private(set) var folders: [[EntryName]] = [[]]
    /// The files, those of a folder one behind the other.
    private(set) var files: [Entry] = []
    /// What is in the tree and has no place in a bag.
    private(set) var findings: [BagFinding] = []

    /// Walks the tree.
    ///
    /// - Throws: `FileSafetyError` where a folder cannot be listed; `CancellationError`.
    init(_ root: borrowing DirectoryHandle, options: BagOptions) throws {
        var names = MemberNames(use: options.use, depth: options.limits.depth)
        var waiting = [0]
        while let folder = waiting.popLast() {
            if options.isInterrupted() { throw CancellationError() }
            let prefix = folders[folder]
            for entry in try root.openFolder(at: prefix).entries(in: .disk) {
                let path = Self.path(prefix, entry.name)
                let before = findings.count
                findings += names.problems(of: path).map { BagFinding($0) }
                switch entry.kind {
                case .file, .directory:
                    findings += names.register(path, isFolder: entry.kind == .directory).map { BagFinding($0) }
                case .symbolicLink: tell(.memberLink, path, "a symbolic link")
                case .fifo, .socket, .device: tell(.memberSpecial, path, "a \(entry.kind.rawValue)")
                }
                // A name that is not safe to keep is still safe to read: it was found, and not given.
                let isTooDeep = findings[before...].contains { $0.rule == .memberLimit }
                switch entry.kind {
                case .file: files.append(Entry(folder: folder, name: entry.name))
                case .directory where !isTooDeep:
                    waiting.append(folders.count)
                    folders.append(prefix + [entry.name])
                default: break
                }
                guard files.count + folders.count <= options.limits.members else {
                    findings.append(
                        BagFinding(
                            .invalid,
                            .containerLimit,
                            found: "more than \(options.limits.members) files and folders",
                            expected: "at most \(options.limits.members)",
                            limit: .members
                        )
                    )
                    return
                }
            }
        }
        // The files of a folder come together, so that it is opened once for many of them.
        files.sort { $0.folder < $1.folder }
    }

    /// The path of a file below the root.
    func path(of number: Int) -> [UInt8] { Self.path(folders[files[number].folder], files[number].name) }

    private static func path(_ prefix: [EntryName], _ name: EntryName) -> [UInt8] {
        var path: [UInt8] = []
        for component in prefix { path += component.bytes + [0x2F] }
        return path + name.bytes
    }

    private mutating func tell(_ rule: BagRule, _ path: [UInt8]?, _ found: String, _ expected: String? = nil) {
        findings.append(BagFinding(.invalid, rule, path, found: found, expected: expected ?? "files and folders"))
    }
}

/// Opens the files of a tree for one thread, which holds the folder that it is in open.
@safe
final class TreeReader {
    private let tree: FolderTree
    private let root: DirectoryHandle
    private var folder: DirectoryHandle?
    private var folderNumber = 0
    private let buffer: UnsafeMutableRawBufferPointer

    /// - Parameters:
    ///   - tree: the files.
    ///   - path: where its root is.
    /// - Throws: `FileSafetyError` where it cannot be opened.
    init(_ tree: FolderTree, at path: FilePath) throws {
        self.tree = tree
        root = try DirectoryHandle.open(path)
        unsafe buffer = .allocate(byteCount: 1 << 18, alignment: 4096)
    }

    deinit { unsafe buffer.deallocate() }

    /// Reads a file from its start to its end; every piece is valid during the call only.
    ///
    /// - Returns: its length in bytes.
    /// - Throws: `FileChangedError` where it was not the same before and after; `FileSafetyError`; what the sink throws.
    func read(_ number: Int, _ sink: (UnsafeRawBufferPointer) throws -> Void) throws -> Int {
        let file = try open(number)
        let before = try file.status()
        var size = 0
        while size < before.size {
            let count = try unsafe file.read(into: buffer)
            guard count > 0 else { break }
            size += count
            try unsafe sink(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        guard size == before.size, try file.status() == before else {
            throw FileChangedError(path: root.path.pushing(FilePath(tree.path(of: number).shown)))
        }
        return size
    }

    /// The first bytes of a file; fewer than asked for only where it has no more.
    func head(_ number: Int, count: Int) throws -> [UInt8] {
        let file = try open(number)
        return try unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = try unsafe file.read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)
        }
    }

    /// The whole content of a file.
    func content(_ number: Int, limit: Int) throws -> [UInt8] { try open(number).content(limit: limit) }

    private func open(_ number: Int) throws -> OpenFile {
        let entry = tree.files[number]
        let way = tree.folders[entry.folder]
        guard !way.isEmpty else { return try root.openFile(entry.name, seen: .file) }
        if folder == nil || folderNumber != entry.folder {
            folder = try root.openFolder(at: way)
            folderNumber = entry.folder
        }
        guard let file = try folder?.openFile(entry.name, seen: .file) else {
            throw FileSafetyError(.notFound, operation: "open", path: root.path, reason: "the folder is gone")
        }
        return file
    }
}
