package import FileSafety
import Fixity
package import SystemPackage

/// One version to be added to an object.
package struct NewVersion: Sendable {
    /// A file of the version.
    package struct File: Sendable {
        /// Where its bytes are now.
        package enum Content: Sendable {
            /// In a file on the same file system, which is moved, not copied.
            case staged(FilePath)
            /// In memory.
            case bytes([UInt8])
        }

        /// The path within the version: relative, `/` between its parts.
        package let path: String
        /// SHA-512 of its bytes, lower-case hexadecimal.
        package let digest: String
        /// The bytes.
        package let content: Content

        /// A file out of its parts.
        package init(path: String, digest: String, content: Content) {
            self.path = path
            self.digest = digest
            self.content = content
        }
    }

    /// When, RFC 3339.
    package let created: String
    /// Why.
    package let message: String
    /// Who.
    package let user: Inventory.User
    /// All files that the version shows, not only what is new.
    package let files: [File]

    /// A version out of its parts.
    package init(created: String, message: String, user: Inventory.User, files: [File]) {
        self.created = created
        self.message = message
        self.user = user
        self.files = files
    }
}

/// An object, or new versions of one, laid out in a staging folder and ready to be put in its place.
package struct StagedObject: Sendable {
    /// The folder that holds it.
    package let folder: FilePath
    /// The object's id.
    package let id: String
    /// The versions that are new, ascending.
    package let versions: [VersionNumber]
    /// SHA-512 of each new version's inventory, hexadecimal, in the same order.
    package let inventoryDigests: [String]
}

extension StorageRoot {
    /// Lays new versions of an object out in a staging folder, as a whole object where there is none yet.
    ///
    /// New content only (forward delta): bytes that the object holds already are not written again. Nothing in the store
    /// is touched, and nothing waits for the disk.
    ///
    /// - Parameters:
    ///   - id: the object's id.
    ///   - base: the newest inventory, or nil for a new object.
    ///   - versions: the versions, in order; at least one.
    ///   - folder: the staging folder; it must not exist yet.
    ///   - files: what changes files.
    /// - Returns: what was staged.
    /// - Throws: `FileSafetyError`, a full disk above all; `OCFLError`, code `unsupported`, for an object of another program
    ///   whose versions this one does not write.
    package static func stage(
        _ id: String,
        on base: Inventory?,
        versions: [NewVersion],
        in folder: FilePath,
        files: DurableFiles
    ) throws -> StagedObject {
        var inventory = base ?? Inventory(newObject: id)
        var number = VersionNumber(1)
        if let base {
            guard let head = base.headNumber, base.digestAlgorithm == DigestAlgorithm.sha512.rawValue else {
                throw OCFLError(
                    .unsupported,
                    subject: id,
                    message: "its versions are padded, or not addressed by sha512, as the program that made it wanted",
                    remedy: "add versions with that program"
                )
            }
            number = head.next
        }
        try files.makeDirectory(folder)
        var staged: [(VersionNumber, String)] = []
        var newest: (bytes: [UInt8], digest: String) = ([], "")
        if base == nil { try files.create(folder.appending("0=ocfl_object_1.1"), "ocfl_object_1.1\n".utf8) }
        for version in versions {
            let versionFolder = folder.appending(number.description)
            try files.makeDirectory(versionFolder)
            try stageContent(of: version, number, in: versionFolder, into: &inventory, files: files)
            let bytes = inventory.json()
            newest = (bytes, Digest.of(bytes, .sha512).hex)
            try stageInventory(newest, in: versionFolder, files: files)
            staged.append((number, newest.digest))
            number = number.next
        }
        // The root shows the newest version's inventory to the byte.
        try stageInventory(newest, in: folder, files: files)
        return StagedObject(folder: folder, id: id, versions: staged.map(\.0), inventoryDigests: staged.map(\.1))
    }

    private static func stageContent(
        of version: NewVersion,
        _ number: VersionNumber,
        in folder: FilePath,
        into inventory: inout Inventory,
        files: DurableFiles
    ) throws {
        var state: [String: [String]] = [:]
        var made: Set<FilePath> = []
        let contentFolder = inventory.contentDirectory ?? "content"
        let content = folder.pushing(FilePath(contentFolder))
        for file in version.files {
            state[file.digest, default: []].append(file.path)
            guard inventory.manifest[file.digest] == nil else { continue }
            let contentPath = "\(number)/\(contentFolder)/\(file.path)"
            inventory.manifest[file.digest] = [contentPath]
            let target = content.pushing(FilePath(file.path))
            try makeFolders(above: target, below: folder, made: &made, files: files)
            switch file.content {
            case .staged(let source): try files.rename(source, to: target)
            case .bytes(let bytes): try files.create(target, bytes)
            }
        }
        for (digest, paths) in state {
            state[digest] = paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
        inventory.head = number.description
        inventory.versions[number.description] = Inventory.Version(
            created: version.created,
            message: version.message,
            state: state,
            user: version.user
        )
    }

    static func makeFolders(
        above target: FilePath,
        below folder: FilePath,
        made: inout Set<FilePath>,
        files: DurableFiles
    ) throws {
        let parent = target.removingLastComponent()
        guard parent != folder, !made.contains(parent) else { return }
        try makeFolders(above: parent, below: folder, made: &made, files: files)
        try files.makeDirectory(parent)
        made.insert(parent)
    }

    private static func stageInventory(
        _ inventory: (bytes: [UInt8], digest: String),
        in folder: FilePath,
        files: DurableFiles
    ) throws {
        try files.create(folder.appending("inventory.json"), inventory.bytes)
        try files.create(folder.appending("inventory.json.sha512"), SealedInventory.sidecar(inventory.digest))
    }
}
