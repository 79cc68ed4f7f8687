private import CLinux
import Glibc
package import SystemPackage

/// An open file that closes itself.
///
/// Move-only: it has one owner, and the descriptor ends with it. Nothing here waits on a FIFO or opens a device.
@safe
package struct OpenFile: ~Copyable {
    private let descriptor: CInt
    private let place: EntryPlace

    /// Takes over a descriptor that `EntryPlace` opened, and saw to be a regular file's.
    init(adopting descriptor: CInt, place: EntryPlace) {
        self.descriptor = descriptor
        self.place = place
    }

    deinit { close(descriptor) }

    /// The path that it was opened by, for messages; put together when it is asked for.
    package var path: FilePath { place.path }

    /// The number of the descriptor, for the calls of this module that need it; it ends with the file.
    var number: CInt { descriptor }

    /// Lends the descriptor's number to a call that hands it to another process; it ends with the file.
    package borrowing func withDescriptor<Result, Failure: Error>(
        _ body: (CInt) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(descriptor)
    }

    /// Opens a regular file for reading; the last component may not be a symbolic link.
    ///
    /// - Throws: `FileSafetyError`: `notARegularFile` for folders, FIFOs, sockets and devices, `symbolicLink` for a link.
    package static func reading(_ path: FilePath) throws(FileSafetyError) -> OpenFile {
        try EntryPlace(path).openFile(O_RDONLY)
    }

    /// Makes a new file for writing, with these rights; without them, readable by all whom the umask lets.
    ///
    /// - Throws: `FileSafetyError`, with code `exists` where there is something at the path, even a broken link.
    package static func creating(_ path: FilePath, _ rights: Rights? = nil) throws(FileSafetyError) -> OpenFile {
        try EntryPlace(path).createFile(rights)
    }

    /// Opens a regular file for reading and writing, and makes it with these rights where it is missing.
    package static func updating(_ path: FilePath, _ rights: Rights? = nil) throws(FileSafetyError) -> OpenFile {
        try EntryPlace(path).updateFile(rights)
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

    private borrowing func failure(_ operation: String) -> FileSafetyError { place.failure(operation) }
}
