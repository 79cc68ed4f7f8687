import Glibc
package import SystemPackage

/// An exclusive lock on a file, which the kernel drops with its process: no crash leaves a stale one.
///
/// `flock(2)` on a descriptor that is closed on exec. What the file says (who holds it, since when) is for messages
/// only; the lock itself is the kernel's.
@safe
package struct AdvisoryLock: ~Copyable {
    private let file: OpenFile

    private init(file: consuming OpenFile) { self.file = file }

    // Said outright: a program that is being started at this moment has the descriptor too, until it is itself, and closing
    // ours alone would leave the lock with it.
    deinit { _ = flock(file.number, LOCK_UN) }

    /// Takes the lock at once, or says who has it.
    ///
    /// - Parameters:
    ///   - path: the lock file, made where it is missing.
    ///   - holder: what to write into it, such as `process 4711 since 2026-11-23T21:07:20+08:00`.
    ///   - rights: what the file gets where it is made; without them, the umask decides.
    ///   - waits: asked, with the other holder's words, whether to try again a fiftieth of a second later.
    /// - Returns: the lock, which ends with its owner.
    /// - Throws: `FileSafetyError`: code `locked`, with the other holder's words as the reason; code `permissionDenied` for
    ///   who may not write to the file, and so may not lock it either.
    package static func take(
        _ path: FilePath,
        holder: String,
        rights: Rights? = nil,
        waits: (String) -> Bool = { _ in false }
    ) throws(FileSafetyError) -> AdvisoryLock {
        while true {
            let file = try OpenFile.updating(path, rights)
            try lock(file, at: path, waits)
            // Somebody put another file there, or took it away, while this one was waited for.
            guard let there = try? FileStatus.of(path), try there.identity == file.status().identity else { continue }
            guard there.linkCount > 1 else {
                try write(holder, to: file)
                return AdvisoryLock(file: file)
            }
            // The lock of a copy made with hard links too: under it, this home gets a file of its own.
            let own = try ownFile(path, rights)
            try lock(own, at: path, waits)
            try write(holder, to: own)
            try put(path, own: FilePath(path.string + ".new"))
            return AdvisoryLock(file: own)
        }
    }

    /// Locks an open file; waits as long as it is told to.
    private static func lock(
        _ file: borrowing OpenFile,
        at path: FilePath,
        _ waits: (String) -> Bool
    ) throws(FileSafetyError) {
        while flock(file.number, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else {
                throw FileSafetyError(errno: Errno(rawValue: errno), operation: "lock", path: path)
            }
            let words = Self.words(in: path)
            guard waits(words) else {
                throw FileSafetyError(.locked, operation: "lock", path: path, reason: "locked by \(words)")
            }
            usleep(20_000)
        }
    }

    /// A new file beside the lock; only who holds the lock makes one.
    private static func ownFile(_ path: FilePath, _ rights: Rights?) throws(FileSafetyError) -> OpenFile {
        let staged = FilePath(path.string + ".new")
        _ = unsafe staged.withPlatformString { unsafe unlink($0) }
        return try OpenFile.creating(staged, rights)
    }

    private static func put(_ path: FilePath, own staged: FilePath) throws(FileSafetyError) {
        let result = unsafe staged.withPlatformString { from in
            unsafe path.withPlatformString { to in unsafe rename(from, to) }
        }
        guard result == 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "rename", path: staged)
        }
    }

    private static func write(_ holder: String, to file: borrowing OpenFile) throws(FileSafetyError) {
        try file.truncate(to: 0)
        try file.seek(to: 0)
        let bytes = Array(holder.utf8)
        let failure: FileSafetyError? = unsafe bytes.withUnsafeBytes { buffer in
            do throws(FileSafetyError) {
                try unsafe file.write(buffer)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    /// Who holds the lock, in their own words.
    private static func words(in path: FilePath) -> String {
        String(decoding: (try? OpenFile.content(of: path, limit: 4096)) ?? [], as: UTF8.self)
    }
}
