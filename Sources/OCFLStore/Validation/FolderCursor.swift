import FileSafety
import SystemPackage

/// An open folder with several users, closed with the last of them.
final class OpenFolder: Sendable {
    let handle: DirectoryHandle

    init(_ handle: consuming DirectoryHandle) { self.handle = handle }
}

/// Moves through the folders below an object's root, one open handle a level, through no link and never upwards.
///
/// Going to the folder where the last file was costs a comparison; going next door, one `openat`. Not for several threads.
final class FolderCursor {
    /// The deepest folder that is opened: each level holds a descriptor, and a process has 1,024.
    static let depthLimit = 250

    private let root: OpenFolder
    private var levels: [(name: ArraySlice<UInt8>, folder: OpenFolder)] = []
    private var path: [UInt8] = []

    init(_ root: OpenFolder) { self.root = root }

    /// The folder at a path of names joined by `/`; the root for an empty path.
    ///
    /// - Throws: `FileSafetyError`.
    func folder(_ wanted: ArraySlice<UInt8>) throws(FileSafetyError) -> OpenFolder {
        if wanted.elementsEqual(path) { return levels.last?.folder ?? root }
        let names = wanted.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard names.count <= Self.depthLimit else {
            let reason = "its folders are nested more than \(Self.depthLimit) deep"
            throw FileSafetyError(.other, operation: "open", path: root.handle.path, reason: reason)
        }
        var kept = 0
        while kept < levels.count, kept < names.count, levels[kept].name.elementsEqual(names[kept]) { kept += 1 }
        levels.removeLast(levels.count - kept)
        path = Array(names[..<kept].joined(separator: [UInt8(ascii: "/")]))
        if !wanted.isEmpty {
            for name in names[kept...] {
                let parent = levels.last?.folder ?? root
                levels.append((name, OpenFolder(try parent.handle.openFolder(EntryName(name)))))
                path = Array(names[..<levels.count].joined(separator: [UInt8(ascii: "/")]))
            }
        }
        return levels.last?.folder ?? root
    }

    /// The folder and the name of a path.
    static func split(_ path: ArraySlice<UInt8>) -> (folder: ArraySlice<UInt8>, name: ArraySlice<UInt8>) {
        guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return (path.prefix(0), path) }
        return (path[..<slash], path[(slash + 1)...])
    }
}
