import Glibc
package import SystemPackage

/// An open folder, below which things are opened, looked at and changed by their names, through no symbolic link and never
/// upwards.
///
/// Move-only; closes itself. A batch of files from elsewhere is read through it, so that a name in a manifest cannot
/// lead out of the batch, whatever is swapped underneath while it is read.
@safe
package struct DirectoryHandle: ~Copyable, Sendable {
    private let descriptor: CInt
    /// The path that it was opened by, for messages.
    package let path: FilePath

    init(adopting descriptor: CInt, path: FilePath) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    var number: CInt { descriptor }

    /// Gives this folder rights; see `Rights.give`.
    borrowing func take(_ rights: Rights) -> Errno? { rights.give(to: descriptor, isFolder: true) }

    /// Opens a folder; the path to it may lead through links, since its caller chose it.
    package static func open(_ path: FilePath) throws(FileSafetyError) -> DirectoryHandle {
        try open(path, for: "open")
    }

    static func open(_ path: FilePath, for operation: String) throws(FileSafetyError) -> DirectoryHandle {
        let descriptor = unsafe path.withPlatformString { unsafe Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: operation, path: path)
        }
        return DirectoryHandle(adopting: descriptor, path: path)
    }

    // MARK: - One name

    /// What stands under a name, links not followed.
    package borrowing func status(of name: EntryName) throws(FileSafetyError) -> FileStatus {
        try EntryPlace(name, in: self).status()
    }

    /// Opens a folder inside this one; a symbolic link is refused.
    package borrowing func openFolder(_ name: EntryName) throws(FileSafetyError) -> DirectoryHandle {
        try EntryPlace(name, in: self).openFolder()
    }

    /// Opens a regular file inside this folder for reading; a link, FIFO, socket or device is refused, and never waited on.
    ///
    /// - Parameters:
    ///   - name: the file's name.
    ///   - seen: what a listing, or a look a moment ago, said of its kind, so that it need not be looked at again.
    /// - Returns: the file.
    /// - Throws: `FileSafetyError`, code `symbolicLink` or `notARegularFile` for anything else.
    package borrowing func openFile(
        _ name: EntryName,
        seen: FileStatus.Kind? = nil
    ) throws(FileSafetyError) -> OpenFile {
        try EntryPlace(name, in: self).openFile(O_RDONLY, seen: seen)
    }

    /// Makes a folder inside this one; its name may not be taken, not even by a link.
    package borrowing func makeFolder(_ name: EntryName, _ rights: Rights? = nil) throws(FileSafetyError) {
        try EntryPlace(name, in: self).makeFolder(rights)
    }

    /// Makes a new file inside this folder for writing, with these rights; without them, as the umask lets.
    ///
    /// - Throws: `FileSafetyError`, with code `exists` where the name is taken, even by a broken link.
    package borrowing func createFile(
        _ name: EntryName,
        _ rights: Rights? = nil
    ) throws(FileSafetyError) -> OpenFile {
        try EntryPlace(name, in: self).createFile(rights)
    }

    /// Gives what stands under a name another one in the same folder; a file or an empty folder there is replaced.
    package borrowing func rename(_ old: EntryName, to new: EntryName) throws(FileSafetyError) {
        let place = EntryPlace(old, in: self)
        let number = self.number
        let result = unsafe place.call { folder, old in
            unsafe new.withCName { unsafe renameat(folder, old, number, $0) }
        }
        guard result == 0 else { throw place.failure("rename") }
    }

    /// Takes a name away that is no folder's; a link is removed, and not what it leads to.
    package borrowing func removeFile(_ name: EntryName) throws(FileSafetyError) { try remove(name, flags: 0) }

    /// Takes an empty folder away.
    package borrowing func removeFolder(_ name: EntryName) throws(FileSafetyError) {
        try remove(name, flags: AT_REMOVEDIR)
    }

    private borrowing func remove(_ name: EntryName, flags: CInt) throws(FileSafetyError) {
        let place = EntryPlace(name, in: self)
        let result = unsafe place.call { folder, name in unsafe unlinkat(folder, name, flags) }
        guard result == 0 else { throw place.failure("remove") }
    }

    // MARK: - A way of names

    /// Opens the folder at the end of a way of names.
    package borrowing func openFolder(
        at way: some Collection<EntryName>
    ) throws(FileSafetyError) -> DirectoryHandle {
        guard let first = way.first else { return try reopened() }
        var folder = try openFolder(first)
        for name in way.dropFirst() { folder = try folder.openFolder(name) }
        return folder
    }

    /// The same with a path that is known: to put it together for every folder of a long way takes longer than to open them.
    borrowing func openFolder(
        at way: some Collection<EntryName>,
        shownAs shown: FilePath
    ) throws(FileSafetyError) -> DirectoryHandle {
        guard let first = way.first else { return try reopened() }
        var folder = try openFolder(first, shownAs: shown)
        for name in way.dropFirst() { folder = try folder.openFolder(name, shownAs: shown) }
        return folder
    }

    private borrowing func openFolder(
        _ name: EntryName,
        shownAs shown: FilePath
    ) throws(FileSafetyError) -> DirectoryHandle {
        try EntryPlace(name, in: self).openFolder(shownAs: shown)
    }

    /// This folder with a descriptor of its own.
    private borrowing func reopened() throws(FileSafetyError) -> DirectoryHandle {
        let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw FileSafetyError(errno: Errno(rawValue: errno), operation: "open", path: path) }
        return DirectoryHandle(adopting: copy, path: path)
    }

    /// Opens a regular file at a relative path below the folder, through folders only.
    ///
    /// - Throws: `FileSafetyError`: `outside` for an absolute path or one with `..`, `symbolicLink` for a link on the
    ///   way or at the end, `notARegularFile` for anything that is not a file.
    package borrowing func openFile(at relative: FilePath) throws(FileSafetyError) -> OpenFile {
        let (way, name) = try Self.names(of: relative, below: path)
        guard !way.isEmpty else { return try openFile(name) }
        return try openFolder(at: way).openFile(name)
    }

    /// What stands at a relative path below the folder, through folders only.
    package borrowing func status(at relative: FilePath) throws(FileSafetyError) -> FileStatus {
        let (way, name) = try Self.names(of: relative, below: path)
        guard !way.isEmpty else { return try status(of: name) }
        return try openFolder(at: way).status(of: name)
    }

    private static func names(
        of relative: FilePath,
        below path: FilePath
    ) throws(FileSafetyError) -> (way: [EntryName], name: EntryName) {
        guard !relative.isAbsolute else {
            throw FileSafetyError(.outside, operation: "open", path: relative, reason: "it is an absolute path")
        }
        var names: [EntryName] = []
        for component in relative.components {
            do {
                names.append(try EntryName(component))
            } catch {
                throw FileSafetyError(.outside, operation: "open", path: relative, reason: error.reason)
            }
        }
        guard let name = names.popLast() else {
            throw FileSafetyError(.notFound, operation: "open", path: path, reason: "the path is empty")
        }
        return (names, name)
    }
}
