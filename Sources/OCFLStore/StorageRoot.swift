package import FileSafety
import Fixity
package import SystemPackage

/// An OCFL 1.1 storage root on a file system.
///
/// ```
/// store/
///   0=ocfl_1.1                                                 "ocfl_1.1" and a line end
///   ocfl_layout.json                                           the layout's name
///   extensions/0003-hash-and-id-n-tuple-storage-layout/config.json
///   3c0/ff4/240/tag%3aoffice%2c2026%3aRKT-2024-0007/           an object
///     0=ocfl_object_1.1  inventory.json  inventory.json.sha512
///     v1/  inventory.json  inventory.json.sha512  content/
/// ```
package struct StorageRoot: Sendable {
    /// Where it lies.
    package let path: FilePath
    /// Where objects lie in it.
    package let layout: StorageLayout

    static let declaration: FilePath.Component = "0=ocfl_1.1"
    static let layoutFile: FilePath.Component = "ocfl_layout.json"
    static let extensions: FilePath.Component = "extensions"
    /// The largest inventory that is held in memory whole, in bytes: 100,000 files take 32 MB.
    static let inventoryLimit = 256 << 20

    private init(path: FilePath, layout: StorageLayout) {
        self.path = path
        self.layout = layout
    }

    /// Makes an empty storage root in a folder that does not exist yet; does not wait for the disk.
    package static func create(
        at path: FilePath,
        layout: StorageLayout = .standard,
        files: DurableFiles
    ) throws -> StorageRoot {
        try files.makeDirectory(path)
        if let configuration = layout.configuration {
            let folder = path.appending(extensions)
            try files.makeDirectory(folder)
            try files.makeDirectory(folder.appending(layout.name))
            try files.create(folder.appending(layout.name).appending("config.json"), configuration.utf8)
        }
        try files.create(path.appending(layoutFile), layout.layoutDocument.utf8)
        try files.create(path.appending(declaration), "ocfl_1.1\n".utf8)
        return StorageRoot(path: path, layout: layout)
    }

    /// The files that a storage root of the standard layout has beside its objects, the declaration last.
    package static var ownFiles: [(path: FilePath, content: [UInt8])] {
        let layout = StorageLayout.standard
        var own: [(path: FilePath, content: [UInt8])] = []
        if let configuration = layout.configuration, let name = FilePath.Component(layout.name) {
            let folder = FilePath(root: nil, [extensions, name])
            own.append((folder.appending("config.json"), Array(configuration.utf8)))
        }
        own.append((FilePath(root: nil, [layoutFile]), Array(layout.layoutDocument.utf8)))
        own.append((FilePath(root: nil, [declaration]), Array("ocfl_1.1\n".utf8)))
        return own
    }

    /// Opens a storage root that this program can write to.
    ///
    /// - Throws: `OCFLError`: `notAStorageRoot` without a declaration, `unsupported` without a layout that this program
    ///   knows.
    package static func open(_ path: FilePath) throws -> StorageRoot {
        guard FileStatus.exists(path.appending(declaration)) else {
            throw OCFLError(
                .notAStorageRoot,
                subject: path.string,
                message: "there is no OCFL 1.1 storage root here (no file '0=ocfl_1.1')",
                extent: .store
            )
        }
        do {
            if let layout = try StorageLayout.read(try DirectoryHandle.open(path)) {
                return StorageRoot(path: path, layout: layout)
            }
        } catch let fault as LayoutFault {
            throw unsupported(path.pushing(FilePath(fault.path)), "\(fault.found), expected \(fault.expected)")
        }
        throw unsupported(path.appending(layoutFile), "the storage root does not say where its objects lie")
    }

    private static func unsupported(_ path: FilePath, _ message: String) -> OCFLError {
        OCFLError(
            .unsupported,
            subject: path.string,
            message: message,
            remedy: "put back the file that Berkas wrote, or use the program that made this store"
        )
    }

    /// The folder of an object, whether it is there or not.
    ///
    /// - Throws: `OCFLError`, code `unsupported`, for an id that has no place in the root's layout.
    package func folder(of id: String) throws -> FilePath {
        guard let relative = relativePath(of: id) else {
            throw OCFLError(
                .unsupported,
                subject: id,
                message: "an id like this has no place in the layout '\(layout.name)'",
                remedy: "give the object another id, or use a storage root of another layout"
            )
        }
        return path.pushing(FilePath(relative))
    }

    /// The path of an object relative to the root; nil for an id that has no place in the layout.
    package func relativePath(of id: String) -> String? { layout.path(of: id) }

    /// The newest inventory of an object, checked against its sidecar.
    ///
    /// - Throws: `OCFLError`: `noSuchObject`, or `damaged` where the bytes are not those that the sidecar names.
    package func inventory(of id: String) throws -> Inventory {
        let folder = try folder(of: id)
        guard FileStatus.exists(folder) else {
            throw OCFLError(
                .noSuchObject,
                subject: id,
                message: "the store has no such object",
                extent: .store
            )
        }
        let inventory = try SealedInventory.readNewest(in: folder).inventory
        guard inventory.id == id else {
            throw OCFLError(
                .damaged,
                subject: id,
                message: "the object in its place calls itself '\(inventory.id)'",
                extent: .store
            )
        }
        return inventory
    }

    /// The file in the store that holds the bytes with this digest, for reading.
    ///
    /// - Throws: `OCFLError`: `noSuchContent`, or `damaged` where no file stands there; `FileSafetyError`, code `symbolicLink`
    ///   where the way leads through a link.
    package func contentPath(of digest: String, in inventory: Inventory) throws -> FilePath {
        guard let path = inventory.manifest[digest]?.first else {
            throw OCFLError(
                .noSuchContent,
                subject: inventory.id,
                message: "its inventory names no content for the digest \(digest.prefix(16))…",
                extent: .store
            )
        }
        let object = try folder(of: inventory.id)
        // Through folders only: a link among them could lead out of the object.
        guard try DirectoryHandle.open(object).status(at: FilePath(path)).kind == .file else {
            throw OCFLError(
                .damaged,
                subject: inventory.id,
                message: "'\(path)' is no file"
            )
        }
        return object.pushing(FilePath(path))
    }
}

/// An inventory together with the digest that its sidecar promises.
struct SealedInventory {
    /// What it says.
    let inventory: Inventory
    /// SHA-512 of its bytes, hexadecimal.
    let digest: String

    /// Reads `inventory.json` in a folder and holds it against the sidecar of its own algorithm.
    static func read(in folder: FilePath) throws -> SealedInventory {
        let path = folder.appending("inventory.json")
        let bytes = try OpenFile.content(of: path, limit: StorageRoot.inventoryLimit)
        let digest = Digest.of(bytes, .sha512).hex
        let inventory: Inventory
        do {
            inventory = try Inventory(json: bytes)
        } catch {
            throw damaged(path, "it is no OCFL inventory that can be followed: \(error)")
        }
        guard let algorithm = DigestAlgorithm(rawValue: inventory.digestAlgorithm),
            algorithm == .sha512 || algorithm == .sha256
        else {
            throw damaged(path, "it names the digest algorithm '\(inventory.digestAlgorithm)'")
        }
        let sidecar = try OpenFile.content(of: FilePath(path.string + "." + algorithm.rawValue), limit: 4096)
        let actual = algorithm == .sha512 ? digest : Digest.of(bytes, algorithm).hex
        guard ObjectValidation.sidecarDigest(sidecar)?.lowercased() == actual else {
            throw damaged(path, "its \(algorithm.rawValue) is not the one that its sidecar names")
        }
        return SealedInventory(inventory: inventory, digest: digest)
    }

    /// Reads the newest inventory of an object, also in the instant in which a new version is being put in its place.
    ///
    /// The inventory is renamed before its sidecar. Between the two, the inventory is sealed by the sidecar in the folder
    /// of the newest version, which was there first.
    static func readNewest(in folder: FilePath) throws -> SealedInventory {
        do {
            return try read(in: folder)
        } catch let error as OCFLError where error.code == .damaged {
            let bytes = try OpenFile.content(of: folder.appending("inventory.json"), limit: StorageRoot.inventoryLimit)
            guard let head = (try? Inventory(json: bytes))?.headNumber,
                let sealed = try? read(in: folder.appending(head.description)),
                sealed.digest == Digest.of(bytes, .sha512).hex
            else {
                throw error
            }
            return sealed
        }
    }

    /// The bytes of a sidecar that names a digest.
    static func sidecar(_ digest: String) -> [UInt8] { Array("\(digest) inventory.json\n".utf8) }

    private static func damaged(_ path: FilePath, _ message: String) -> OCFLError {
        OCFLError(
            .damaged,
            subject: path.string,
            message: message
        )
    }
}
