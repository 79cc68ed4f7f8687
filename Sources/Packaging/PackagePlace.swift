import FileSafety
import SystemPackage

/// The paths that a package takes: the container, its checksum file, and both while they are made.
struct PackagePlace {
    let destination: FilePath
    let part: FilePath
    let checksum: FilePath
    let checksumPart: FilePath
    let folder: FilePath

    init(_ destination: FilePath) {
        self.destination = destination
        part = destination.suffixed(".part")
        checksum = destination.suffixed(".sha512")
        checksumPart = checksum.suffixed(".part")
        folder = destination.folder
    }

    /// The container's own name, in bytes.
    var fileName: [UInt8] { destination.lastComponent.map { FilePath(root: nil, [$0]).bytes } ?? [] }

    /// Refuses a place where there is something.
    func requireFree() throws(PackagingError) {
        for path in [destination, checksum] where FileStatus.exists(path) {
            throw PackagingError(
                .exists,
                subject: destination.string,
                message: "there is something at '\(path.string)' already",
                remedy: "choose another name, or move what is there out of the way"
            )
        }
    }
}
