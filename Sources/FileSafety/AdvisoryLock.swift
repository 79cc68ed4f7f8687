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
    ///   - waits: asked, with the other holder's words, whether to try again a fiftieth of a second later.
    /// - Returns: the lock, which ends with its owner.
    /// - Throws: `FileSafetyError`, with code `locked` and the other holder's words as the reason.
    package static func take(
        _ path: FilePath,
        holder: String,
        waits: (String) -> Bool = { _ in false }
    ) throws(FileSafetyError) -> AdvisoryLock {
        let file = try OpenFile.updating(path)
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
        return AdvisoryLock(file: file)
    }

    /// Who holds the lock, in their own words.
    private static func words(in path: FilePath) -> String {
        String(decoding: (try? OpenFile.content(of: path, limit: 4096)) ?? [], as: UTF8.self)
    }
}
