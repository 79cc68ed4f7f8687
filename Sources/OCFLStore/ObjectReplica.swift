package import FileSafety
import Fixity
package import SystemPackage

/// A version of an object as another storage root holds it, to be kept to the letter.
package struct ReplicaVersion: Sendable {
    /// The version.
    package let number: VersionNumber
    /// The bytes of its `inventory.json`.
    package let inventory: [UInt8]
    /// The content that the version adds: each path relative to the object's root (`v1/content/…`), and the file that holds
    /// the bytes now, on the same file system; it is moved, not copied.
    package let content: [(path: String, source: FilePath)]

    /// A version out of its parts.
    package init(number: VersionNumber, inventory: [UInt8], content: [(path: String, source: FilePath)]) {
        self.number = number
        self.inventory = inventory
        self.content = content
    }
}

extension StorageRoot {
    /// Lays versions of another root's object out in a staging folder, inventories to the letter.
    ///
    /// Nothing in the store is touched, and nothing waits for the disk. Whether the inventories say the truth about the
    /// content is for the caller to have found out.
    ///
    /// - Parameters:
    ///   - id: the object's id.
    ///   - versions: the versions, ascending and without a gap; at least one.
    ///   - folder: the staging folder; it must not exist yet.
    ///   - files: what changes files.
    /// - Returns: what was staged, as a whole object where it begins with version 1.
    /// - Throws: `OCFLError`, code `unsupported`, for a content path that is none; `FileSafetyError`, a full disk above all.
    package static func stage(
        replicaOf id: String,
        versions: [ReplicaVersion],
        in folder: FilePath,
        files: DurableFiles
    ) throws -> StagedObject {
        try files.makeDirectory(folder)
        if versions.first?.number.number == 1 {
            try files.create(folder.appending("0=ocfl_object_1.1"), "ocfl_object_1.1\n".utf8)
        }
        var digests: [String] = []
        for version in versions {
            let versionFolder = folder.appending(version.number.description)
            try files.makeDirectory(versionFolder)
            var made: Set<FilePath> = []
            for (path, source) in version.content {
                let target = try place(of: path, in: version.number, of: id, below: folder)
                try makeFolders(above: target, below: versionFolder, made: &made, files: files)
                try files.rename(source, to: target)
            }
            digests.append(try seal(version.inventory, in: versionFolder, files: files))
        }
        if let last = versions.last { _ = try seal(last.inventory, in: folder, files: files) }
        return StagedObject(folder: folder, id: id, versions: versions.map(\.number), inventoryDigests: digests)
    }

    /// Writes an inventory with its sidecar; returns its SHA-512, hexadecimal.
    private static func seal(_ inventory: [UInt8], in folder: FilePath, files: DurableFiles) throws -> String {
        let digest = Digest.of(inventory, .sha512).hex
        try files.create(folder.appending("inventory.json"), inventory)
        try files.create(folder.appending("inventory.json.sha512"), SealedInventory.sidecar(digest))
        return digest
    }

    private static func place(
        of path: String,
        in version: VersionNumber,
        of id: String,
        below folder: FilePath
    ) throws -> FilePath {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8) && !part.contains(0)
        }
        guard isPlain, parts.count > 2, parts[0].elementsEqual(version.description.utf8),
            parts[1].elementsEqual("content".utf8)
        else {
            throw OCFLError(
                .unsupported,
                subject: id,
                message: "'\(path)' is no content path of \(version)",
                remedy: "ask whoever made it for another copy"
            )
        }
        return folder.pushing(FilePath(path))
    }
}
