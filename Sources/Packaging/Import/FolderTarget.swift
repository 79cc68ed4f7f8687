import Containers
import FileSafety
import SystemPackage

/// Writes the files of a bag below a folder, each through the handle of the folder that it stands in.
///
/// No link is followed, nothing is replaced, and no path is put together from names: a name is one component, given to
/// `openat(2)` and `mkdirat(2)` as it is. Nothing can come to stand outside, whatever the names say.
final class FolderTarget: BagTarget {
    private let root: DirectoryHandle
    private let files: DurableFiles
    private var folder: DirectoryHandle?
    private var folderPath: [UInt8] = []
    private var file: OpenFile?
    private var filePath: FilePath
    private(set) var written = 0

    /// - Parameters:
    ///   - path: the folder, which must be there and be empty.
    ///   - files: what each step is asked of.
    /// - Throws: `FileSafetyError` where the folder cannot be opened.
    init(_ path: FilePath, files: DurableFiles) throws {
        root = try DirectoryHandle.open(path)
        filePath = path
        self.files = files
    }

    func folder(_ path: [UInt8]) throws { try enter(path) }

    func begin(_ path: [UInt8]) throws {
        let slash = path.lastIndex(of: 0x2F)
        try enter(slash.map { Array(path[..<$0]) } ?? [])
        let name = try EntryName(path[(slash.map { $0 + 1 } ?? 0)...])
        filePath = root.path.pushing(FilePath(path.shown))
        try files.tripwire.pass(.write, filePath)
        if folderPath.isEmpty {
            file = try root.createFile(name, files.rights(at: filePath))
        } else {
            file = try folder?.createFile(name, files.rights(at: filePath))
        }
    }

    func receive(_ piece: UnsafeRawBufferPointer) throws {
        try files.tripwire.pass(.write, filePath)
        try unsafe file?.write(piece)
        written += piece.count
    }

    func end(isWhole: Bool) throws {
        file?.startWriteback()
        file = nil
    }

    /// Opens the folder of that path, and makes what is missing of it.
    private func enter(_ path: [UInt8]) throws {
        guard path != folderPath else { return }
        folderPath = []
        folder = nil
        guard !path.isEmpty else { return }
        var made: [UInt8] = []
        var opened: DirectoryHandle?
        for component in path.split(separator: 0x2F) {
            made += (made.isEmpty ? [] : [0x2F]) + component
            if let parent = opened.take() {
                opened = try step(EntryName(component), in: parent, path: made)
            } else {
                opened = try step(EntryName(component), in: root, path: made)
            }
        }
        folder = opened.take()
        folderPath = path
    }

    private func step(_ name: EntryName, in parent: borrowing DirectoryHandle, path: [UInt8]) throws -> DirectoryHandle
    {
        do throws(FileSafetyError) {
            return try parent.openFolder(name)
        } catch {
            guard error.code == .notFound else { throw error }
        }
        let place = root.path.pushing(FilePath(path.shown))
        try files.tripwire.pass(.makeDirectory, place)
        try parent.makeFolder(name, files.rights(at: place))
        return try parent.openFolder(name)
    }
}
