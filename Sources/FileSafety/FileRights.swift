import Glibc
package import SystemPackage

/// The permission bits of a file or folder.
package struct FileRights: Hashable, Sendable {
    /// The twelve bits: special, owner, group, others.
    package let bits: UInt32

    /// Rights by their bits.
    package init(bits: UInt32) { self.bits = bits & 0o7777 }

    /// The rights of what stands at a path, links not followed.
    package static func of(_ path: FilePath) throws(FileSafetyError) -> FileRights {
        var raw = stat()
        guard unsafe path.withPlatformString({ unsafe lstat($0, &raw) }) == 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "look at", path: path)
        }
        return FileRights(bits: raw.st_mode)
    }

    /// Gives a file or folder these rights; a link in its place is an error, and what it leads to is left alone.
    package func set(on path: FilePath) throws(FileSafetyError) {
        let result = unsafe path.withPlatformString { unsafe fchmodat(AT_FDCWD, $0, bits, AT_SYMLINK_NOFOLLOW) }
        guard result == 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "change the rights of", path: path)
        }
    }
}
