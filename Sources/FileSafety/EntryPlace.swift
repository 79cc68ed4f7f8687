import Glibc
import SystemPackage

/// Where something stands, as the system is told: a name in an open folder, or a path that the caller chose.
///
/// Every call that opens, looks at or changes one thing goes through here. It does not keep the folder open: the handle
/// that it was made of must outlast it.
struct EntryPlace {
    private let folder: CInt
    private let base: FilePath
    private let name: EntryName?

    /// A path that the caller chose; links on the way to its last component are followed.
    init(_ path: FilePath) {
        folder = AT_FDCWD
        base = path
        name = nil
    }

    /// A name in an open folder.
    init(_ name: EntryName, in directory: borrowing DirectoryHandle) {
        folder = directory.number
        base = directory.path
        self.name = name
    }

    /// The path, put together when a message needs it.
    var path: FilePath { name.map { base.appending($0) } ?? base }

    /// Makes a system call with the folder's descriptor and the name.
    func call(_ body: (CInt, UnsafePointer<CChar>) -> CInt) -> CInt {
        if let name { return unsafe name.withCName { unsafe body(folder, $0) } }
        return unsafe base.withPlatformString { unsafe body(folder, $0) }
    }

    /// What stands there, links not followed.
    func status(_ operation: String = "look at") throws(FileSafetyError) -> FileStatus {
        var raw = stat()
        let result = unsafe call { folder, name in unsafe fstatat(folder, name, &raw, AT_SYMLINK_NOFOLLOW) }
        guard result == 0 else { throw failure(operation) }
        return FileStatus(raw)
    }

    /// Opens a regular file; a link, folder, FIFO, socket or device is refused, and never waited on.
    ///
    /// The one place where the kind of a file is checked: before it is opened, since opening a device can already do
    /// something, and again on what was opened.
    ///
    /// - Parameters:
    ///   - flags: how it is opened, beside what keeps links, waiting and inheriting out.
    ///   - seen: what a listing, or a look a moment ago, said of its kind; nil to look.
    /// - Returns: the file.
    /// - Throws: `FileSafetyError`, code `symbolicLink` or `notARegularFile` for anything else.
    func openFile(_ flags: CInt, seen: FileStatus.Kind? = nil) throws(FileSafetyError) -> OpenFile {
        let kind = if let seen { seen } else { try status("open").kind }
        guard kind == .file else { throw FileSafetyError.notRegular(kind, path: path) }
        let file = try open(flags)
        let opened = try file.status().kind
        guard opened == .file else { throw FileSafetyError.notRegular(opened, path: path) }
        return file
    }

    /// Makes a file that is not there yet, with these rights; without them, readable by all whom the umask lets.
    ///
    /// - Throws: `FileSafetyError`, with code `exists` where the name is taken, even by a broken link.
    func createFile(_ rights: Rights?) throws(FileSafetyError) -> OpenFile {
        let file = try open(O_RDWR | O_CREAT | O_EXCL, mode: rights?.ofFiles ?? 0o644, operation: "make")
        if let fault = rights?.give(to: file.number, isFolder: false) {
            throw FileSafetyError(errno: fault, operation: "set the rights of", path: path)
        }
        return file
    }

    /// Makes a folder, with these rights; without them, open to all whom the umask lets, or to the group only.
    ///
    /// - Throws: `FileSafetyError`, with code `exists` where the name is taken, even by a broken link.
    func makeFolder(_ rights: Rights?, isPrivate: Bool = false) throws(FileSafetyError) {
        let mode = rights?.ofFolders ?? (isPrivate ? 0o750 : 0o755)
        guard unsafe call({ folder, name in unsafe mkdirat(folder, name, mode) }) == 0 else {
            throw failure("make folder")
        }
        guard let rights else { return }
        // By its descriptor: what somebody puts in its place in this moment is not touched.
        let made = try openFolder()
        if let fault = made.take(rights) {
            throw FileSafetyError(errno: fault, operation: "set the rights of", path: path)
        }
    }

    /// Opens a folder; the kernel itself refuses everything else before it opens it (`O_DIRECTORY`).
    func openFolder(shownAs shown: FilePath? = nil) throws(FileSafetyError) -> DirectoryHandle {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let opened = unsafe call { folder, name in unsafe openat(folder, name, flags) }
        guard opened >= 0 else {
            let reason = failure("open")
            // Of a link the kernel says that it is no folder.
            guard let kind = try? status().kind, kind == .symbolicLink else { throw reason }
            let text = "it leads through a symbolic link"
            throw FileSafetyError(.symbolicLink, operation: "open", path: path, reason: text)
        }
        return DirectoryHandle(adopting: opened, path: shown ?? path)
    }

    /// Opens a regular file for reading and writing, and makes it with these rights where it is missing.
    func updateFile(_ rights: Rights?) throws(FileSafetyError) -> OpenFile {
        for _ in 0..<16 {
            do {
                return try openFile(O_RDWR)
            } catch {
                guard error.code == .notFound else { throw error }
            }
            do {
                return try createFile(rights)
            } catch {
                // Made by somebody else in this moment.
                guard error.code == .exists else { throw error }
            }
        }
        let reason = "it comes and goes while it is opened"
        throw FileSafetyError(.other, operation: "open", path: path, reason: reason)
    }

    private func open(
        _ flags: CInt,
        mode: mode_t = 0,
        operation: String = "open"
    ) throws(FileSafetyError) -> OpenFile {
        let all = flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let opened = unsafe call { folder, name in unsafe openat(folder, name, all, mode) }
        guard opened >= 0 else { throw failure(operation) }
        return OpenFile(adopting: opened, place: self)
    }

    /// What the system said just now.
    func failure(_ operation: String) -> FileSafetyError {
        FileSafetyError(errno: Errno(rawValue: errno), operation: operation, path: path)
    }
}

extension FileSafetyError {
    /// Something other than a file stands where a file must be.
    static func notRegular(_ kind: FileStatus.Kind, path: FilePath) -> FileSafetyError {
        if kind == .symbolicLink {
            return FileSafetyError(.symbolicLink, operation: "open", path: path, reason: "it is a symbolic link")
        }
        return FileSafetyError(
            .notARegularFile,
            operation: "open",
            path: path,
            reason: "it is a \(kind.rawValue), not a file"
        )
    }
}
