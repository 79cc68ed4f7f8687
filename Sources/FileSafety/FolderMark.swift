import Glibc
package import SystemPackage

/// A mark on a folder, by which those who read a file in it and the one who rewrites that file keep out of each other's way.
///
/// `flock(2)` on the folder itself: nothing is made and no byte is written, so that it works where nothing may be written, and
/// the kernel drops it with its process.
package final class FolderMark: Sendable {
    /// The open folder.
    package let number: CInt

    /// What became of an attempt.
    package enum Outcome: Hashable, Sendable {
        /// The mark is there.
        case taken
        /// Others are in the way.
        case busy
        /// Folders cannot be marked on this file system: nobody can have one.
        case unknown
    }

    /// Opens a folder without marking it.
    ///
    /// - Throws: `FileSafetyError` where it cannot be opened.
    package init(_ folder: FilePath) throws(FileSafetyError) {
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
        number = unsafe (folder.isEmpty ? "." : folder).withPlatformString { unsafe open($0, flags) }
        guard number >= 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "open", path: folder)
        }
    }

    deinit {
        drop()
        close(number)
    }

    /// Marks that somebody reads, beside others who do; waits a second at the most for one who rewrites.
    package func share() -> Outcome { attempt(LOCK_SH, tries: 50) }

    /// Marks that nobody reads; does not wait.
    package func takeAlone() -> Outcome { attempt(LOCK_EX, tries: 1) }

    /// Takes the mark away.
    package func drop() { _ = flock(number, LOCK_UN) }

    private func attempt(_ kind: CInt, tries: Int) -> Outcome {
        var left = tries
        while flock(number, kind | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else { return .unknown }
            left -= 1
            guard left > 0 else { return .busy }
            usleep(20_000)
        }
        return .taken
    }
}
