import Glibc
package import SystemPackage

extension DurableFiles {
    /// Removes a folder with all that is in it; links are removed, not followed.
    ///
    /// What is swapped underneath while it runs leads nowhere else: everything is removed by its name in a folder that was
    /// opened through no link. Two folders are open at once, however deep the tree is.
    package func removeTree(_ path: FilePath) throws {
        guard let status = try? FileStatus.of(path) else { return }
        guard status.kind == .directory else {
            try removeIfPresent(path)
            return
        }
        let top = try EntryPlace(path).openFolder()
        // Where it is, and what folders are left there and above.
        var (way, place): ([EntryName], FilePath) = ([], path)
        var waiting = [try removeFiles(in: top, path)]
        while let next = waiting.last?.last {
            waiting[waiting.count - 1].removeLast()
            way.append(next)
            place = place.appending(next)
            waiting.append(try removeFiles(in: try top.openFolder(at: way, shownAs: place), place))
            while waiting.last?.isEmpty == true, let done = way.popLast() {
                waiting.removeLast()
                try tripwire.pass(.remove, place)
                place.removeLastComponent()
                if way.isEmpty {
                    try top.removeFolder(done)
                } else {
                    try top.openFolder(at: way, shownAs: place).removeFolder(done)
                }
            }
        }
        try tripwire.pass(.remove, path)
        guard unsafe path.withPlatformString({ unsafe rmdir($0) }) == 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "remove", path: path)
        }
    }

    /// Removes what is no folder; returns the names of the folders, the first one last.
    private func removeFiles(in folder: borrowing DirectoryHandle, _ path: FilePath) throws -> [EntryName] {
        var folders: [EntryName] = []
        for entry in try folder.entries() {
            if entry.kind == .directory {
                folders.append(entry.name)
            } else {
                try tripwire.pass(.remove, path.appending(entry.name))
                try folder.removeFile(entry.name)
            }
        }
        return folders.reversed()
    }
}
