import Glibc
package import SystemPackage

extension AdvisoryLock {
    /// Whether another process holds the lock just now; nothing is written, and nobody who takes it meanwhile is in the way.
    ///
    /// The kernel's list of locks is asked. Where it cannot tell, the lock is tried for a moment, shared.
    ///
    /// - Returns: false also where the lock file cannot be looked at.
    package static func isHeld(_ path: FilePath) -> Bool {
        var raw = stat()
        guard unsafe path.withPlatformString({ unsafe lstat($0, &raw) }) == 0, raw.st_mode & S_IFMT == S_IFREG else {
            return false
        }
        if let bytes = try? OpenFile.reading("/proc/locks").whole() {
            let device = UInt64(raw.st_dev)
            let major = (device >> 8) & 0xfff | (device >> 32) & ~0xfff
            let minor = device & 0xff | (device >> 12) & ~0xff
            var isDoubtful = false
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
                // `1: FLOCK  ADVISORY  WRITE 4711 08:02:123456 0 EOF`; one that waits has `->` in front.
                let words = line.split(separator: " ")
                guard words.count >= 6, words[1] == "FLOCK", words[3] == "WRITE" else { continue }
                let place = words[5].split(separator: ":")
                guard place.count == 3, UInt64(place[2]) == UInt64(raw.st_ino) else { continue }
                if UInt64(place[0], radix: 16) == major, UInt64(place[1], radix: 16) == minor { return true }
                // Some file systems show another device here than to those who look at the file.
                isDoubtful = true
            }
            if !isDoubtful { return false }
        }
        return isHeldNow(path)
    }

    private static func isHeldNow(_ path: FilePath) -> Bool {
        let descriptor = unsafe path.withPlatformString {
            unsafe open($0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        }
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else {
            _ = flock(descriptor, LOCK_UN)
            return false
        }
        return errno == EWOULDBLOCK
    }
}

extension OpenFile {
    /// What can be read, of a file that says it is empty, as those of `/proc` do.
    fileprivate consuming func whole() throws(FileSafetyError) -> [UInt8] { try content(limit: 16 << 20) }
}
