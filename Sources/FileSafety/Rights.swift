import CLinux
import Glibc
package import SystemPackage

/// Who may do what with the files and folders that are made in a place, whatever the umask of the process says.
///
/// They are those of the place's top folder: its group and its bits for owner, group and others, and its setgid bit, by
/// which the kernel hands the group down. A file gets them without the bits for executing. What root makes in a place that
/// belongs to somebody else is given to them.
package struct Rights: Hashable, Sendable {
    private let mode: mode_t
    private let group: gid_t
    /// To whom what is made is given; nil where the kernel's own choice, the user of the process, is right.
    private let owner: uid_t?

    /// The rights that a top folder has.
    ///
    /// - Throws: `FileSafetyError`, with code `notFound` where there is no such folder.
    package init(of folder: FilePath) throws(FileSafetyError) {
        var raw = stat()
        guard unsafe folder.withPlatformString({ unsafe stat($0, &raw) }) == 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "look at", path: folder)
        }
        mode = raw.st_mode & 0o2777
        group = raw.st_gid
        owner = geteuid() == 0 ? raw.st_uid : nil
    }

    private init(mode: mode_t, group: gid_t) {
        self.mode = mode
        self.group = group
        owner = nil
    }

    /// The rights that a new top folder gets: others may do nothing; a group shares it where the folder that it is made
    /// in says so, by its setgid bit and the group's right to write.
    ///
    /// - Returns: nil where no group shares it: then the umask may take more away.
    package static func ofNewTop(in parent: FilePath) -> Rights? {
        guard let parent = try? Rights(of: parent), parent.mode & 0o2020 == 0o2020 else { return nil }
        return Rights(mode: 0o2770, group: parent.group)
    }

    var ofFolders: mode_t { mode }
    var ofFiles: mode_t { mode & 0o666 }

    /// Gives an open file or folder that was just made these rights.
    ///
    /// File systems without owners and bits of their own (a stick, some shares) keep what they have.
    ///
    /// - Returns: what the system would not do; nil where all is well.
    func give(to descriptor: CInt, isFolder: Bool) -> Errno? {
        var raw = stat()
        guard unsafe fstat(descriptor, &raw) == 0 else { return Errno(rawValue: errno) }
        var wanted = isFolder ? ofFolders : ofFiles
        if let owner {
            if raw.st_uid != owner || raw.st_gid != group, fchown(descriptor, owner, group) != 0, let fault = Self.fault
            {
                return fault
            }
        } else if raw.st_gid != group, fchown(descriptor, uid_t.max, group) != 0 {
            // Of another group than the top folder's: the bits were not meant for that one.
            wanted &= ~0o2070
        }
        guard raw.st_mode & 0o7777 != wanted, fchmod(descriptor, wanted) != 0 else { return nil }
        return Self.fault
    }

    /// What the system said just now, where it is more than that it has no such thing.
    private static var fault: Errno? {
        [EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS].contains(errno) ? nil : Errno(rawValue: errno)
    }
}

/// A home, or whatever else has a top folder, and the rights of what is made below it.
package struct RightsBelow: Sendable {
    private let top: FilePath
    private let rights: Rights

    /// The rights of a top folder, for all that is made below it.
    ///
    /// - Throws: `FileSafetyError`, with code `notFound` where there is no such folder.
    package init(_ top: FilePath) throws(FileSafetyError) {
        self.top = top
        rights = try Rights(of: top)
    }

    /// The rights of the nearest folder above a path that is there.
    package init?(above path: FilePath) {
        var folder = path
        while !FileStatus.exists(folder) {
            let parent = folder.removingLastComponent()
            guard parent != folder else { return nil }
            folder = parent
        }
        guard let found = try? RightsBelow(folder) else { return nil }
        self = found
    }

    /// The rights of what is made at a path; nil outside, where the umask decides.
    package func rights(at path: FilePath) -> Rights? {
        guard path != top, path.starts(with: top), !path.components.contains(where: { $0.kind == .parentDirectory })
        else {
            return nil
        }
        return rights
    }
}

extension FileStatus {
    /// What keeps this user from changing a file in place, or from adding to and taking from a folder.
    ///
    /// - Returns: nil where nothing does, or where there is nothing at the path.
    package static func obstacle(toChanging path: FilePath) -> FileSafetyError? {
        var raw = stat()
        guard unsafe path.withPlatformString({ unsafe lstat($0, &raw) }) == 0 else { return nil }
        let isFolder = raw.st_mode & S_IFMT == S_IFDIR
        let mode = isFolder ? W_OK | X_OK | R_OK : W_OK | R_OK
        let result = unsafe path.withPlatformString { unsafe faccessat(AT_FDCWD, $0, mode, AT_EACCESS) }
        let user = geteuid()
        if result != 0 { return FileSafetyError(errno: Errno(rawValue: errno), operation: "write to", path: path) }
        // In a folder with the sticky bit only the owner of a file takes it away or puts another in its place.
        guard isFolder, raw.st_mode & S_ISVTX != 0, user != 0, user != raw.st_uid else { return nil }
        let reason = "the folder has the sticky bit, and user \(raw.st_uid) owns it"
        return FileSafetyError(.permissionDenied, operation: "write to", path: path, reason: reason)
    }

    /// The number of the group that a path belongs to; nil where there is nothing.
    package static func group(of path: FilePath) -> UInt32? {
        var raw = stat()
        guard unsafe path.withPlatformString({ unsafe stat($0, &raw) }) == 0 else { return nil }
        return raw.st_gid
    }
}

extension Rights {
    /// Of what only the user of the process may read: a private key and its folder.
    package static var ofOneself: Rights { Rights(mode: 0o700, group: getegid()) }
}

extension FileStatus {
    /// Whether anybody but its owner may read or change what the path leads to.
    package static func isOpenToOthers(_ path: FilePath) -> Bool {
        var raw = stat()
        guard unsafe path.withPlatformString({ unsafe stat($0, &raw) }) == 0 else { return false }
        return raw.st_mode & 0o077 != 0
    }
}
