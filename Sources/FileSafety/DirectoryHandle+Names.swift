import Glibc
import SystemPackage

/// A name in a folder, as the bytes that the file system holds, and what stands under it.
///
/// Bytes and not `FilePath.Component`: a folder of a hundred thousand files is listed and opened without a text made for
/// each of them.
package struct NamedEntry: Hashable, Sendable {
    /// The name, without a NUL.
    package let name: [UInt8]
    /// What stands under it, links not followed.
    package let kind: FileStatus.Kind
}

extension DirectoryHandle {
    /// The names in the folder, without `.` and `..`, in the order in which the file system gives them.
    ///
    /// That order is mostly the one in which the files lie on the disk: read in it, a spinning disk seeks least.
    package borrowing func names() throws(FileSafetyError) -> [NamedEntry] {
        // A descriptor of its own: closing the stream closes it, and its position is not shared.
        let copy = unsafe openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw FileSafetyError(errno: Errno(rawValue: errno), operation: "list", path: path) }
        guard let stream = unsafe fdopendir(copy) else {
            let failure = FileSafetyError(errno: Errno(rawValue: errno), operation: "list", path: path)
            close(copy)
            throw failure
        }
        defer { unsafe closedir(stream) }
        var entries: [NamedEntry] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                guard errno == 0 else {
                    throw FileSafetyError(errno: Errno(rawValue: errno), operation: "list", path: path)
                }
                return entries
            }
            let type = unsafe entry.pointee.d_type
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                let start = unsafe UnsafeRawPointer(pointer)
                let length = unsafe strlen(start.assumingMemoryBound(to: CChar.self))
                return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: length))
            }
            if name == [0x2E] || name == [0x2E, 0x2E] { continue }
            entries.append(NamedEntry(name: name, kind: try kind(type, of: name)))
        }
    }

    private borrowing func kind(_ type: UInt8, of name: [UInt8]) throws(FileSafetyError) -> FileStatus.Kind {
        if let kind = FileStatus.Kind(listed: type) { kind } else { try status(named: name).kind }
    }

    /// What stands under a name, links not followed.
    ///
    /// - Throws: `FileSafetyError`, whose path is the folder's: the caller knows the name.
    package borrowing func status(named name: [UInt8]) throws(FileSafetyError) -> FileStatus {
        var raw = stat()
        let result = unsafe withCName(name) { unsafe fstatat(number, $0, &raw, AT_SYMLINK_NOFOLLOW) }
        guard result == 0 else { throw failure("look at") }
        return FileStatus(raw)
    }

    /// Opens a folder inside this one; a symbolic link is refused.
    package borrowing func openDirectory(named name: [UInt8]) throws(FileSafetyError) -> DirectoryHandle {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let opened = unsafe withCName(name) { unsafe openat(number, $0, flags) }
        guard opened >= 0 else { throw failure("open") }
        return DirectoryHandle(adopting: opened, path: path)
    }

    /// Opens a regular file inside this folder; a link, FIFO, socket or device is refused, and never waited on.
    ///
    /// - Returns: the file, whose path is the folder's: the caller knows the name.
    package borrowing func openFile(named name: [UInt8]) throws(FileSafetyError) -> OpenFile {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let opened = unsafe withCName(name) { unsafe openat(number, $0, flags) }
        guard opened >= 0 else { throw failure("open") }
        return try OpenFile.adoptingRegular(opened, path: path)
    }

    /// Makes a folder inside this one; its name may not be taken, not even by a link.
    package borrowing func makeDirectory(named name: [UInt8]) throws(FileSafetyError) {
        guard unsafe withCName(name, { unsafe mkdirat(number, $0, 0o755) }) == 0 else { throw failure("make folder") }
    }

    /// Makes a new file inside this folder for writing, readable by all and writable by its owner.
    ///
    /// - Throws: `FileSafetyError`, with code `exists` where the name is taken, even by a broken link.
    package borrowing func createFile(named name: [UInt8]) throws(FileSafetyError) -> OpenFile {
        let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let made = unsafe withCName(name) { unsafe openat(number, $0, flags, 0o644) }
        guard made >= 0 else { throw failure("make") }
        return OpenFile(adopting: made, path: path)
    }

    private borrowing func failure(_ operation: String) -> FileSafetyError {
        FileSafetyError(errno: Errno(rawValue: errno), operation: operation, path: path)
    }

    /// Hands a name over as C wants it; one with a slash or NUL, or of no length, fails as a name that is not there.
    private borrowing func withCName(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> CInt) -> CInt {
        guard !name.isEmpty, !name.contains(0), !name.contains(0x2F) else {
            errno = ENOENT
            return -1
        }
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: name.count + 1) { buffer in
            for index in name.indices { unsafe buffer[index] = CChar(bitPattern: name[index]) }
            unsafe buffer[name.count] = 0
            guard let start = buffer.baseAddress else { return -1 }
            return unsafe body(UnsafePointer(start))
        }
    }
}
