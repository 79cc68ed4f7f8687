import ArchiveHome
import FileSafety
import Synchronization
import SystemPackage

/// Files of the store that have further names (hard links), and where those lie.
///
/// A name outside of the store is another's affair: a backup by `cp -al` or `rsync --link-dest` gives every file one. Two names
/// inside the store are two places that one change damages, and OCFL forbids them.
final class LinkedFiles: Sendable {
    private let met = Mutex<Set<FileStatus.Identity>>([])

    /// Takes note of a file that was met.
    func take(_ status: FileStatus) { met.withLock { _ = $0.insert(status.identity) } }

    /// What the names in the store say.
    struct Judgement {
        /// Files whose names lie in the store more than once: the paths, relative to the store, of each.
        var inside: [[FilePath]] = []
        /// How many files have a name that does not lie in the store.
        var outside = 0
    }

    /// Looks for the names of the files that were met; what cannot be looked into has been named by whoever met them.
    ///
    /// - Throws: what the context throws when it is interrupted; `FileSafetyError` where the store cannot be opened.
    func judged(in store: FilePath, _ context: OperationContext) throws -> Judgement {
        let wanted = met.withLock { $0 }
        guard !wanted.isEmpty else { return Judgement() }
        var names: [FileStatus.Identity: (count: Int, paths: [FilePath])] = [:]
        let root = try DirectoryHandle.open(store)
        var waiting: [[EntryName]] = [[]]
        while let way = waiting.popLast() {
            try context.stopIfInterrupted()
            guard let folder = try? root.openFolder(at: way), let entries = try? folder.entries() else { continue }
            for entry in entries {
                if entry.kind == .directory { waiting.append(way + [entry.name]) }
                guard entry.kind == .file, let status = try? folder.status(of: entry.name), status.linkCount > 1,
                    wanted.contains(status.identity)
                else {
                    continue
                }
                let path = (way + [entry.name]).reduce(FilePath()) { $0.appending($1) }
                names[status.identity, default: (status.linkCount, [])].paths.append(path)
            }
        }
        var judgement = Judgement()
        for (count, paths) in names.values {
            if count > paths.count { judgement.outside += 1 }
            if paths.count > 1 { judgement.inside.append(paths.sorted { $0.string < $1.string }) }
        }
        judgement.inside.sort { ($0.first?.string ?? "") < ($1.first?.string ?? "") }
        return judgement
    }
}
