private import CLinux
import Glibc
package import SystemPackage

/// Changes files and folders in ways that outlast a crash, each step through the tripwire.
///
/// The rule everywhere: data before names, and a name is durable only when its folder has been synced
/// (`fsync(2)`: "calling fsync() does not necessarily ensure that the entry in the directory … has also reached disk").
package struct DurableFiles: Sendable {
    /// What each step asks first.
    package let tripwire: Tripwire
    private let home: RightsBelow?

    /// Changes that ask this tripwire, and give what they make below a home the home's rights.
    package init(tripwire: Tripwire = .none, home: RightsBelow? = nil) {
        self.tripwire = tripwire
        self.home = home
    }

    /// The rights of what is made at a path; nil where the umask decides.
    package func rights(at path: FilePath) -> Rights? { home?.rights(at: path) }

    /// Makes a new file and leaves it open; whoever asks has asked the tripwire.
    ///
    /// - Throws: `FileSafetyError`, with code `exists` where something is there.
    package func openNew(_ path: FilePath) throws(FileSafetyError) -> OpenFile {
        try OpenFile.creating(path, rights(at: path))
    }

    /// Makes a new file with this content; does not wait for the disk.
    ///
    /// - Throws: `FileSafetyError`, with code `exists` where something is there.
    package func create(_ path: FilePath, _ content: some Sequence<UInt8>) throws {
        try tripwire.pass(.write, path)
        let file = try openNew(path)
        let bytes = Array(content)
        try unsafe bytes.withUnsafeBytes { buffer in try unsafe file.write(buffer) }
    }

    /// Puts this content at a path so that a reader, or a crash, finds either the old content or the new one whole.
    package func replace(_ path: FilePath, _ content: some Sequence<UInt8>) throws {
        let staged = FilePath(path.string + ".new")
        try removeIfPresent(staged)
        try create(staged, content)
        try sync(staged)
        try rename(staged, to: path)
        let folder = path.removingLastComponent()
        try sync(folder.isEmpty ? "." : folder)
    }

    /// Makes one folder; its parent must be there.
    package func makeDirectory(_ path: FilePath) throws {
        try tripwire.pass(.makeDirectory, path)
        try EntryPlace(path).makeFolder(rights(at: path))
    }

    /// Makes the top folder of a new home, and those above it where they are missing: see `Rights.ofNewTop`.
    package func makeTop(_ path: FilePath) throws {
        guard !FileStatus.exists(path) else { return try makeDirectories(path) }
        let parent = path.removingLastComponent()
        if !parent.isEmpty { try makeDirectories(parent) }
        try tripwire.pass(.makeDirectory, path)
        try EntryPlace(path).makeFolder(Rights.ofNewTop(in: parent.isEmpty ? "." : parent), isPrivate: true)
    }

    /// Makes a folder and those above it where they are missing; a file or a broken link in the way is an error.
    package func makeDirectories(_ path: FilePath) throws {
        if let status = try? FileStatus.following(path) {
            guard status.kind == .directory else {
                let reason = "a \(status.kind.rawValue) is in the way"
                throw FileSafetyError(.exists, operation: "make folder", path: path, reason: reason)
            }
            return
        }
        let parent = path.removingLastComponent()
        if !parent.isEmpty, parent != path { try makeDirectories(parent) }
        do {
            try makeDirectory(path)
        } catch let error as FileSafetyError where error.code == .exists {
            // Made by somebody else in the meantime, or a link that leads nowhere.
            guard (try? FileStatus.following(path))?.kind == .directory else { throw error }
        }
    }

    /// Gives a file or folder another name; what is at the new name is replaced if it is a file or an empty folder.
    package func rename(_ old: FilePath, to new: FilePath) throws {
        try tripwire.pass(.rename, new)
        let result = unsafe old.withPlatformString { from in
            unsafe new.withPlatformString { to in unsafe Glibc.rename(from, to) }
        }
        guard result == 0 else { throw FileSafetyError(errno: Errno(rawValue: errno), operation: "rename", path: old) }
    }

    /// Removes one file, if it is there.
    package func removeIfPresent(_ path: FilePath) throws {
        guard FileStatus.exists(path) else { return }
        try tripwire.pass(.remove, path)
        guard unsafe path.withPlatformString({ unsafe unlink($0) }) == 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "remove", path: path)
        }
    }

    /// Cuts a file to a length in bytes, adds content there, and waits for the disk.
    ///
    /// Idempotent by construction: whatever an interrupted append left behind `offset` is cut off first. A file with
    /// further names is written anew first: what bears the other names is a copy, and stays what it is.
    package func append(_ content: some Sequence<UInt8>, to path: FilePath, at offset: Int) throws {
        try separate(path, upTo: offset)
        try tripwire.pass(.append, path)
        let file = try OpenFile.updating(path, rights(at: path))
        if try file.status().size > offset {
            try tripwire.pass(.truncate, path)
            try file.truncate(to: offset)
        }
        try file.seek(to: offset)
        let bytes = Array(content)
        try unsafe bytes.withUnsafeBytes { buffer in try unsafe file.write(buffer) }
        try tripwire.pass(.sync, path)
        try file.sync()
    }

    /// Waits until a file's content, or a folder's names, are on the disk.
    package func sync(_ path: FilePath) throws {
        try tripwire.pass(.sync, path)
        let descriptor = unsafe path.withPlatformString {
            unsafe open($0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        }
        guard descriptor >= 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "sync", path: path)
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "sync", path: path)
        }
    }

    /// Waits until everything written to the file system that holds the path is on the disk (`syncfs`).
    ///
    /// One call for a whole batch: a sync a file costs four times the writing itself. Linux 5.8 and later report
    /// write-back errors here.
    package func syncFileSystem(holding path: FilePath) throws {
        try tripwire.pass(.sync, path)
        let descriptor = unsafe path.withPlatformString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "sync", path: path)
        }
        defer { close(descriptor) }
        guard berkas_syncfs(descriptor) == 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "sync", path: path)
        }
    }
}
