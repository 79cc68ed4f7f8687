import FileSafety
import Fixity
package import SystemPackage

/// Why an object, or versions of one, cannot be put into the store, and are left where they lie.
package struct InstallObjection: Error, Hashable, Sendable {
    /// What is wrong, without a full stop.
    package let message: String
}

/// A version that is being put into the store, wherever it lies at this moment.
package struct InstallingVersion: Sendable {
    /// Which.
    package let number: VersionNumber
    /// Its folder, staged still or in the store already.
    package let folder: FilePath
    /// Its inventory, held against its sidecar.
    package let inventory: Inventory
    /// SHA-512 of the inventory, hexadecimal.
    package let digest: String

    /// The bytes of a file that this version shows and was the first to hold.
    ///
    /// - Parameters:
    ///   - path: the file's path in the version.
    ///   - limit: how many bytes the caller is ready to hold.
    /// - Returns: its bytes, which have the digest that the inventory names; nil where the version has no such file of
    ///   its own.
    /// - Throws: `FileSafetyError`; `InstallObjection` where the bytes are others.
    package func ownContent(of path: String, limit: Int) throws -> [UInt8]? {
        guard let file = inventory.files(in: number)?.first(where: { $0.path.utf8.elementsEqual(path.utf8) }),
            let place = inventory.manifest[file.digest]?.first(where: { $0.hasPrefix("\(number)/") })
        else {
            return nil
        }
        let below = FilePath(String(place.dropFirst("\(number)/".count)))
        // Through folders only: a link among them could lead out of the object.
        guard try DirectoryHandle.open(folder).status(at: below).kind == .file else {
            throw InstallObjection(message: "'\(place)' is no file")
        }
        let bytes = try OpenFile.content(of: folder.pushing(below), limit: limit)
        guard let algorithm = DigestAlgorithm(rawValue: inventory.digestAlgorithm),
            Digest.of(bytes, algorithm).hex == file.digest.lowercased()
        else {
            throw InstallObjection(message: "'\(place)' does not have the digest that its inventory names")
        }
        return bytes
    }
}

extension StorageRoot {
    /// Looks at what is about to be installed, or is installed in part, and changes nothing.
    ///
    /// Whatever passes, `installObject` or `installVersions` carries to its end, and nothing of an object that is there
    /// gets lost by it: each version stands in one place, staged or in the store, the first follows the newest that is
    /// there, and each inventory is sealed and names the object.
    ///
    /// - Parameters:
    ///   - id: the object's id.
    ///   - versions: the versions, ascending and without a gap; at least one.
    ///   - staged: the folder in which they were staged.
    /// - Returns: the versions where they lie.
    /// - Throws: `InstallObjection`; `FileSafetyError` where something cannot be read.
    package func inspectInstall(
        of id: String,
        versions: [VersionNumber],
        from staged: FilePath
    ) throws -> [InstallingVersion] {
        let target = try plainFolder(of: id)
        guard let first = versions.first, let newest = versions.last else {
            throw InstallObjection(message: "no version of it is named")
        }
        let isNew = first.number == 1
        let isStaged = try isFolder(staged)
        let isThere = try isFolder(target)
        if isNew, isStaged == isThere {
            throw InstallObjection(
                message: isThere ? "it is in the store already" : "it is neither staged nor in the store"
            )
        }
        if !isNew, !isThere { throw InstallObjection(message: "the store has no such object to add to") }
        var found: [InstallingVersion] = []
        for version in versions {
            let places = try [staged, target].map { $0.appending(version.description) }.filter { try isFolder($0) }
            guard places.count == 1 else {
                let state = places.isEmpty ? "neither staged nor in the store" : "both staged and in the store"
                throw InstallObjection(message: "\(version) is \(state)")
            }
            let sealed = try sealed(in: places[0], id: id, head: version)
            found.append(
                InstallingVersion(
                    number: version,
                    folder: places[0],
                    inventory: sealed.inventory,
                    digest: sealed.digest
                )
            )
        }
        try requireInventory(
            of: id,
            first: first,
            newest: found.last?.digest ?? "",
            newest,
            staged,
            target,
            isNew: isNew
        )
        return found
    }

    /// The object's own inventory: the newest version's, or the one that the first version follows.
    private func requireInventory(
        of id: String,
        first: VersionNumber,
        newest digest: String,
        _ newest: VersionNumber,
        _ staged: FilePath,
        _ target: FilePath,
        isNew: Bool
    ) throws {
        let waiting = staged.appending("inventory.json")
        if FileStatus.exists(waiting) {
            let bytes = try OpenFile.content(of: waiting, limit: Self.inventoryLimit)
            guard Digest.of(bytes, .sha512).hex == digest else {
                throw InstallObjection(message: "its staged inventory is not that of \(newest)")
            }
            guard !isNew else { return }
            let before = try sealed(in: target, id: id, head: nil)
            guard before.inventory.headNumber?.next == first else {
                throw InstallObjection(
                    message: "the store holds \(before.inventory.head) of it, which \(first) does not follow"
                )
            }
            for version in before.inventory.versions.keys {
                guard let number = VersionNumber(version), try isFolder(target.appending(version)), number < first
                else {
                    throw InstallObjection(message: "\(version) of it is not in its place in the store")
                }
            }
        } else {
            let bytes = try OpenFile.content(of: target.appending("inventory.json"), limit: Self.inventoryLimit)
            guard Digest.of(bytes, .sha512).hex == digest else {
                throw InstallObjection(message: "its inventory in the store is not that of \(newest)")
            }
        }
    }

    private func sealed(in folder: FilePath, id: String, head: VersionNumber?) throws -> SealedInventory {
        let sealed: SealedInventory
        do {
            sealed = try SealedInventory.read(in: folder)
        } catch let error as OCFLError {
            throw InstallObjection(message: error.message)
        }
        guard sealed.inventory.id.utf8.elementsEqual(id.utf8) else {
            throw InstallObjection(message: "an inventory of it names another object, '\(sealed.inventory.id)'")
        }
        if let head, sealed.inventory.headNumber != head {
            throw InstallObjection(message: "the inventory of \(head) says that it is \(sealed.inventory.head)")
        }
        return sealed
    }

    /// The folder of an object, whose way from the root leads through folders only.
    ///
    /// - Throws: `InstallObjection` for an id that has no place here, and where a link or a file stands on the way.
    package func plainFolder(of id: String) throws -> FilePath {
        guard let relative = relativePath(of: id) else {
            throw InstallObjection(message: "an id like this has no place in the store")
        }
        var place = path
        for component in FilePath(relative).components {
            guard component.kind == .regular else { throw InstallObjection(message: "its place is not in the store") }
            place.append(component)
            _ = try isFolder(place)
        }
        return place
    }

    /// Whether a folder is there; a link, or anything else in its place, is an objection.
    private func isFolder(_ place: FilePath) throws -> Bool {
        guard let kind = try? FileStatus.of(place).kind else { return false }
        guard kind == .directory else {
            throw InstallObjection(message: "'\(place.string)' is a \(kind.rawValue) where a folder belongs")
        }
        return true
    }
}
