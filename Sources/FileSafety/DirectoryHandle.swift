import Glibc
package import SystemPackage

/// An open folder from which paths are followed component by component, through no symbolic link and never upwards.
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

    /// Opens a folder; the path to it may lead through links, since its caller chose it.
    package static func open(_ path: FilePath) throws(FileSafetyError) -> DirectoryHandle {
        let descriptor = unsafe path.withPlatformString { unsafe Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "open", path: path)
        }
        return DirectoryHandle(adopting: descriptor, path: path)
    }

    /// What stands under a name in the folder, links not followed.
    package borrowing func status(of name: FilePath.Component) throws(FileSafetyError) -> FileStatus {
        var raw = stat()
        let result = unsafe name.withPlatformString { unsafe fstatat(descriptor, $0, &raw, AT_SYMLINK_NOFOLLOW) }
        guard result == 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "look at", path: path.appending(name))
        }
        return FileStatus(raw)
    }

    /// Opens a folder inside this one; a symbolic link is refused.
    package borrowing func openDirectory(_ name: FilePath.Component) throws(FileSafetyError) -> DirectoryHandle {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let opened = unsafe name.withPlatformString { unsafe openat(descriptor, $0, flags) }
        guard opened >= 0 else {
            let reason = errno
            if let status = try? status(of: name), status.kind == .symbolicLink {
                let text = "it leads through a symbolic link"
                throw FileSafetyError(.symbolicLink, operation: "open", path: path.appending(name), reason: text)
            }
            throw FileSafetyError(errno: Errno(rawValue: reason), operation: "open", path: path.appending(name))
        }
        return DirectoryHandle(adopting: opened, path: path.appending(name))
    }

    /// Opens a regular file at a relative path below the folder, through folders only.
    ///
    /// - Throws: `FileSafetyError`: `outside` for an absolute path or one with `..`, `symbolicLink` for a link on the
    ///   way or at the end, `notARegularFile` for anything that is not a file.
    package borrowing func openFile(_ relative: FilePath) throws(FileSafetyError) -> OpenFile {
        guard let name = try Self.checked(relative, below: path) else {
            throw FileSafetyError(.notFound, operation: "open", path: path, reason: "the path is empty")
        }
        let folders = relative.removingLastComponent().components
        guard let first = folders.first else { return try OpenFile.reading(name, in: self, path: path.appending(name)) }
        var directory = try openDirectory(first)
        for folder in folders.dropFirst() {
            directory = try directory.openDirectory(folder)
        }
        return try OpenFile.reading(name, in: directory, path: directory.path.appending(name))
    }

    /// What stands at a relative path below the folder, through folders only.
    package borrowing func status(at relative: FilePath) throws(FileSafetyError) -> FileStatus {
        guard let name = try Self.checked(relative, below: path) else {
            throw FileSafetyError(.notFound, operation: "look at", path: path, reason: "the path is empty")
        }
        let folders = relative.removingLastComponent().components
        guard let first = folders.first else { return try status(of: name) }
        var directory = try openDirectory(first)
        for folder in folders.dropFirst() {
            directory = try directory.openDirectory(folder)
        }
        return try directory.status(of: name)
    }

    private static func checked(
        _ relative: FilePath,
        below path: FilePath
    ) throws(FileSafetyError) -> FilePath.Component? {
        guard !relative.isAbsolute else {
            throw FileSafetyError(.outside, operation: "open", path: relative, reason: "it is an absolute path")
        }
        for component in relative.components where component.kind != .regular {
            let reason = component.kind == .parentDirectory ? "it leads upwards through '..'" : "it has a component '.'"
            throw FileSafetyError(.outside, operation: "open", path: relative, reason: reason)
        }
        return relative.lastComponent
    }
}
