package import FileSafety
package import SystemPackage

extension StorageRoot {
    /// Takes an object out of the root and removes its bytes; folders that this leaves empty above it go too, as the
    /// specification wants (<https://ocfl.io/1.1/spec/#root-hierarchies>: no empty folders).
    ///
    /// One rename takes it out: a reader sees the whole object or none. Running it again after it was interrupted
    /// anywhere, or after it was done, ends in the same. `syncFileSystem` afterwards makes it durable. The bytes are
    /// removed, not wiped: what the disk does with the blocks is its own affair.
    ///
    /// - Parameters:
    ///   - id: the OCFL id.
    ///   - trash: where it lies while it is removed, on the same file system; what lies there already is removed.
    ///   - files: how files are changed.
    /// - Throws: `FileSafetyError`; `OCFLError`, code `unsupported`, for an id that has no place in the root's layout.
    package func removeObject(_ id: String, through trash: FilePath, files: DurableFiles) throws {
        let target = try folder(of: id)
        try files.removeTree(trash)
        if FileStatus.exists(target) {
            try files.rename(target, to: trash)
            try files.removeTree(trash)
        }
        var folder = target.removingLastComponent()
        while folder != path, folder.components.count > path.components.count {
            if FileStatus.exists(folder) {
                guard try FolderEntries(of: folder).isEmpty else { break }
                try files.removeTree(folder)
            }
            folder.removeLastComponent()
        }
    }

    /// SHA-512 of an object's newest inventory as it lies there now, hexadecimal; nil where there is no such object.
    ///
    /// - Throws: `OCFLError`, code `damaged`, where the bytes are not those that the sidecar names.
    package func inventoryDigest(of id: String) throws -> String? {
        let folder = try folder(of: id)
        guard FileStatus.exists(folder) else { return nil }
        return try SealedInventory.readNewest(in: folder).digest
    }
}
