import Glibc
package import SystemPackage

/// What the file system says of a path: its kind, length, times and identity.
package struct FileStatus: Hashable, Sendable {
    /// What stands at a path.
    package enum Kind: String, Hashable, Sendable {
        /// A regular file.
        case file
        /// A folder.
        case directory = "folder"
        /// A symbolic link.
        case symbolicLink = "symbolic link"
        /// A FIFO, which a reader could wait on for ever.
        case fifo = "FIFO"
        /// A socket.
        case socket
        /// A character or block device.
        case device
    }

    /// What stands there.
    package let kind: Kind
    /// Length in bytes.
    package let size: Int
    /// Time of last change, whole seconds since 1970.
    package let modified: Int
    /// Nanoseconds that belong to `modified`.
    package let modifiedNanoseconds: Int
    /// How many names the file has; more than one means hard links.
    package let linkCount: Int
    /// The device and the inode: the same pair is the same file.
    package let identity: Identity

    /// Which file it is, whatever its names.
    package struct Identity: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
    }

    init(_ raw: stat) {
        kind =
            switch raw.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            case S_IFIFO: .fifo
            case S_IFSOCK: .socket
            default: .device
            }
        size = Int(raw.st_size)
        modified = Int(raw.st_mtim.tv_sec)
        modifiedNanoseconds = Int(raw.st_mtim.tv_nsec)
        linkCount = Int(raw.st_nlink)
        identity = Identity(device: UInt64(raw.st_dev), inode: UInt64(raw.st_ino))
    }

    /// The status of the path itself, links not followed (`lstat`).
    ///
    /// - Throws: `FileSafetyError`, with code `notFound` where there is nothing.
    package static func of(_ path: FilePath) throws(FileSafetyError) -> FileStatus {
        var raw = stat()
        guard unsafe path.withPlatformString({ unsafe lstat($0, &raw) }) == 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "look at", path: path)
        }
        return FileStatus(raw)
    }

    /// The status of what the path leads to, links followed (`stat`).
    ///
    /// - Throws: `FileSafetyError`, with code `notFound` where there is nothing.
    package static func following(_ path: FilePath) throws(FileSafetyError) -> FileStatus {
        var raw = stat()
        guard unsafe path.withPlatformString({ unsafe stat($0, &raw) }) == 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "look at", path: path)
        }
        return FileStatus(raw)
    }

    /// Whether there is anything at the path, links not followed.
    package static func exists(_ path: FilePath) -> Bool { (try? of(path)) != nil }
}
