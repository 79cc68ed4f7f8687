import FileSafety
import Ledger
import OCFLStore
import SystemPackage

extension Home {
    /// Refuses this user where what every command that writes changes could not be changed.
    ///
    /// - Throws: `FileSafetyError`, code `permissionDenied` or `readOnly`, which names the first path and what to type.
    func requireRights() throws {
        for place in [path, staging, ledger.path, ledger.events, ledger.leaves] { try requireWritable(place) }
        for suffix in ["", "-wal", "-shm"] { try requireWritable(FilePath(catalogue.string + suffix)) }
    }

    /// Refuses a group that this user could not carry to its end, before its intent is written: then nothing has changed.
    ///
    /// Looks at every folder and file of the truth that the group will change.
    ///
    /// - Throws: `FileSafetyError`, code `permissionDenied` or `readOnly`, which names the first path and what to type.
    func requireRights(for intent: Intent) throws {
        try requireRights()
        if intent.closesLog == true { try requireWritable(ledger.parts) }
        let root = try StorageRoot.open(store)
        for object in intent.objects {
            let folder = try root.folder(of: object.id)
            try requireWritable(object.isNew ? Self.nearest(folder.removingLastComponent()) : folder)
        }
        if !intent.packages.isEmpty { try requireWritable(packages) }
        for removal in intent.removals ?? [] {
            try requireRemovable(try root.folder(of: removal.object), below: root.path)
            if !removal.packages.isEmpty { try requireWritable(packages) }
            for content in removal.contents { try requireRemovable(derived(of: content), below: derived) }
        }
    }

    /// Refuses where a folder cannot be taken away whole, with those above it that this leaves empty.
    private func requireRemovable(_ folder: FilePath, below top: FilePath) throws {
        guard FileStatus.exists(folder) else { return }
        var waiting = [folder]
        while let next = waiting.popLast() {
            try requireWritable(next)
            for entry in try FolderEntries(of: next) where entry.kind == .directory {
                waiting.append(next.appending(entry.name))
            }
        }
        var above = folder
        repeat {
            above = above.removingLastComponent()
            try requireWritable(above)
        } while try above != top && above.starts(with: top) && FolderEntries(of: above).count < 2
    }

    /// The nearest folder that is there.
    private static func nearest(_ folder: FilePath) -> FilePath {
        var folder = folder
        while !FileStatus.exists(folder), !folder.removingLastComponent().isEmpty { folder.removeLastComponent() }
        return folder
    }

    private func requireWritable(_ place: FilePath) throws {
        if let obstacle = FileStatus.obstacle(toChanging: place) { throw refusal(obstacle) }
    }

    /// A refusal of this user, with what to type; anything else as it is.
    func refusal(_ obstacle: FileSafetyError) -> FileSafetyError {
        guard obstacle.code == .permissionDenied else { return obstacle }
        let quoted = "'" + path.string.replacing("'", with: "'\\''") + "'"
        let group = FileStatus.group(of: path).map { "\($0)" } ?? "GROUP"
        return FileSafetyError(
            .permissionDenied,
            operation: obstacle.operation,
            path: obstacle.path,
            reason: obstacle.reason + "; nothing was changed",
            remedy: "let its owner, or root, type: chgrp -R \(group) \(quoted) && chmod -R g+rwX,-t \(quoted)"
        )
    }
}
