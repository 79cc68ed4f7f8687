private import CLinux
import Glibc
package import SystemPackage

/// An open file that closes itself.
///
/// Move-only: it has one owner, and the descriptor ends with it. Nothing here waits on a FIFO or opens a device.
@safe
package struct OpenFile: ~Copyable {
    private let descriptor: CInt
    /// The path that it was opened by, for messages.
    package let path: FilePath

    init(adopting descriptor: CInt, path: FilePath) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// The number of the descriptor, for the calls of this module that need it; it ends with the file.
    var number: CInt { descriptor }

    /// Opens a regular file for reading; the last component may not be a symbolic link.
    ///
    /// - Throws: `FileSafetyError`: `notARegularFile` for folders, FIFOs, sockets and devices, `symbolicLink` for a link.
    package static func reading(_ path: FilePath) throws(FileSafetyError) -> OpenFile {
        let descriptor = unsafe path.withPlatformString {
            unsafe open($0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        }
        guard descriptor >= 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "open", path: path)
        }
        let file = OpenFile(adopting: descriptor, path: path)
        try file.requireRegular()
        return file
    }

    /// Opens a regular file for reading below an open folder, one component, links not followed.
    static func reading(
        _ name: FilePath.Component,
        in directory: borrowing DirectoryHandle,
        path: FilePath
    ) throws(FileSafetyError) -> OpenFile {
        // Looked at before it is opened: opening a device can already do something.
        let kind = try directory.status(of: name).kind
        guard kind == .file else { throw FileSafetyError.notRegular(kind, path: path) }
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let descriptor = unsafe name.withPlatformString { unsafe openat(directory.number, $0, flags) }
        guard descriptor >= 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "open", path: path)
        }
        let file = OpenFile(adopting: descriptor, path: path)
        try file.requireRegular()
        return file
    }

    /// Takes over a descriptor that was opened for reading, if it is a regular file's; else it is closed.
    static func adopting(_ descriptor: CInt, path: FilePath) throws(FileSafetyError) -> OpenFile {
        let file = OpenFile(adopting: descriptor, path: path)
        try file.requireRegular()
        return file
    }

    /// Makes a new file for writing, readable by all and writable by its owner.
    ///
    /// - Throws: `FileSafetyError`, with code `exists` where there is something at the path, even a broken link.
    package static func creating(_ path: FilePath) throws(FileSafetyError) -> OpenFile {
        let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let descriptor = unsafe path.withPlatformString { unsafe open($0, flags, 0o644) }
        guard descriptor >= 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "make", path: path)
        }
        return OpenFile(adopting: descriptor, path: path)
    }

    /// Opens a file for reading and writing, and makes it where it is missing.
    package static func updating(_ path: FilePath) throws(FileSafetyError) -> OpenFile {
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW
        let descriptor = unsafe path.withPlatformString { unsafe open($0, flags, 0o644) }
        guard descriptor >= 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "open", path: path)
        }
        return OpenFile(adopting: descriptor, path: path)
    }

    /// Takes a descriptor over, and closes it where it is not one of a regular file.
    static func adoptingRegular(_ descriptor: CInt, path: FilePath) throws(FileSafetyError) -> OpenFile {
        let file = OpenFile(adopting: descriptor, path: path)
        try file.requireRegular()
        return file
    }

    private borrowing func requireRegular() throws(FileSafetyError) {
        let kind = try status().kind
        guard kind == .file else { throw FileSafetyError.notRegular(kind, path: path) }
    }

    /// What the file system says of the open file (`fstat`).
    package borrowing func status() throws(FileSafetyError) -> FileStatus {
        var raw = stat()
        guard unsafe fstat(descriptor, &raw) == 0 else { throw failure("look at") }
        return FileStatus(raw)
    }

    /// Reads up to the buffer's length; returns how many bytes came, 0 at the end.
    package borrowing func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileSafetyError) -> Int {
        while true {
            let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw failure("read") }
        }
    }

    /// Writes the whole buffer at the file's position.
    package borrowing func write(_ buffer: UnsafeRawBufferPointer) throws(FileSafetyError) {
        var done = 0
        while done < buffer.count {
            let count = unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done)
            if count > 0 {
                done += count
            } else if errno != EINTR {
                throw failure("write")
            }
        }
    }

    /// Moves the position to that many bytes from the start.
    package borrowing func seek(to offset: Int) throws(FileSafetyError) {
        guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw failure("seek in") }
    }

    /// Reads up to the buffer's length from that many bytes behind the start, and leaves the position where it was.
    ///
    /// - Returns: how many bytes came, fewer than asked for only at the end.
    package borrowing func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileSafetyError)
        -> Int
    {
        var done = 0
        while done < buffer.count {
            let count = unsafe pread(
                descriptor,
                buffer.baseAddress.map { unsafe $0 + done },
                buffer.count - done,
                off_t(offset + done)
            )
            if count == 0 { break }
            if count > 0 {
                done += count
            } else if errno != EINTR {
                throw failure("read")
            }
        }
        return done
    }

    /// Cuts or extends the file to a length in bytes.
    package borrowing func truncate(to length: Int) throws(FileSafetyError) {
        guard ftruncate(descriptor, off_t(length)) == 0 else { throw failure("cut") }
    }

    /// Waits until the content is on the disk (`fsync`).
    package borrowing func sync() throws(FileSafetyError) {
        guard fsync(descriptor) == 0 else { throw failure("sync") }
    }

    /// Asks the kernel to begin writing the content to the disk, and does not wait.
    ///
    /// A hint: what it says is not looked at, since the sync that makes the promise comes later.
    package borrowing func startWriteback() {
        _ = berkas_start_writeback(descriptor)
    }

    private borrowing func failure(_ operation: String) -> FileSafetyError {
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
