import Glibc
package import SystemPackage

/// Whether a file system has the locks that SQLite asks for.
package enum FileLocks {
    /// Tries a shared lock on a byte that no file has, and drops it again.
    ///
    /// Not while a connection to the file is open in this process: closing any descriptor of a file drops all of a process's
    /// locks on it.
    ///
    /// - Returns: false only where the system says that there are none; true where the file cannot be opened.
    package static func work(on path: FilePath) -> Bool {
        let descriptor = unsafe path.withPlatformString {
            unsafe open($0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        }
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var lock = flock()
        lock.l_type = Int16(F_RDLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = 1 << 61
        lock.l_len = 1
        guard unsafe fcntl(descriptor, F_SETLK, &lock) != 0 else { return true }
        return ![ENOLCK, ENOSYS, EOPNOTSUPP].contains(errno)
    }
}
