package import FileSafety
package import SystemPackage

extension StorageRoot {
    /// Puts a staged new object in its place.
    ///
    /// One rename: a reader sees the whole object or none. Running it again after it was interrupted, or after it was
    /// done, changes nothing; `syncFileSystem` afterwards makes it durable.
    ///
    /// - Throws: `OCFLError`, code `conflict`, where neither the staged nor the installed object is there.
    package func installObject(_ id: String, from staged: FilePath, files: DurableFiles) throws {
        let target = try folder(of: id)
        guard FileStatus.exists(staged) else {
            try requireInstalled(target.appending("inventory.json.sha512"), id: id)
            return
        }
        if FileStatus.exists(target) {
            throw OCFLError(
                .conflict,
                subject: id,
                message: "the store holds an object with this id already",
                extent: .nothing
            )
        }
        try files.makeDirectories(target.removingLastComponent())
        try files.rename(staged, to: target)
    }

    /// Adds staged versions to an object that is there: the version folders, then the inventory, then its sidecar.
    ///
    /// Running it again after it was interrupted at any of its renames carries it to its end.
    ///
    /// - Throws: `OCFLError`, code `conflict`, where a version is neither staged nor installed.
    package func installVersions(
        _ versions: [VersionNumber],
        of id: String,
        from staged: FilePath,
        files: DurableFiles
    ) throws {
        let target = try folder(of: id)
        let names = versions.map(\.description) + ["inventory.json", "inventory.json.sha512"]
        for name in names {
            let source = staged.appending(name)
            let destination = target.appending(name)
            if FileStatus.exists(source) {
                try files.rename(source, to: destination)
            } else {
                try requireInstalled(destination, id: id)
            }
        }
        // What lies there now must be the newest of these versions: its own inventory is the object's.
        guard let newest = versions.last,
            let own = try? SealedInventory.read(in: target.appending(newest.description)),
            let root = try? SealedInventory.read(in: target), root.digest == own.digest
        else {
            throw OCFLError(
                .conflict,
                subject: id,
                message: "its inventory is not that of the version that was put in its place"
            )
        }
    }

    private func requireInstalled(_ path: FilePath, id: String) throws {
        guard FileStatus.exists(path) else {
            throw OCFLError(
                .conflict,
                subject: id,
                message: "'\(path.string)' is neither staged nor in the store"
            )
        }
    }
}
