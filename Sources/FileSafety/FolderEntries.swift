private import CLinux
import Glibc
import SystemPackage

/// The names in a folder, held in one piece of memory: a folder of 100,000 names is two allocations, not 100,000.
///
/// Names are bytes, in the order of their bytes, without `.` and `..`.
package struct FolderEntries: Sendable {
    private struct Entry {
        let offset: Int
        let length: Int
        let kind: FileStatus.Kind
    }

    private var names: [UInt8] = []
    private var entries: [Entry] = []

    /// No names.
    package init() {}

    /// How many names there are.
    package var count: Int { entries.count }
    /// Whether the folder is empty.
    package var isEmpty: Bool { entries.isEmpty }

    /// What stands under the name at an index, links not followed.
    package func kind(_ index: Int) -> FileStatus.Kind { entries[index].kind }

    /// The bytes of the name at an index.
    package func name(_ index: Int) -> ArraySlice<UInt8> {
        let entry = entries[index]
        return names[entry.offset..<entry.offset + entry.length]
    }

    /// The name at an index as text; bytes that are no UTF-8 are shown as replacement characters.
    package func text(_ index: Int) -> String { String(decoding: name(index), as: UTF8.self) }

    /// The index of a name; nil where the folder has no such name.
    package func index(of wanted: some Collection<UInt8>) -> Int? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if name(middle).lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
        }
        guard low < entries.count, name(low).elementsEqual(wanted) else { return nil }
        return low
    }

    /// The index of a name; nil where the folder has no such name.
    package func index(of wanted: String) -> Int? { index(of: wanted.utf8) }

    fileprivate mutating func append(_ name: UnsafeRawBufferPointer, _ kind: FileStatus.Kind) {
        entries.append(Entry(offset: names.count, length: name.count, kind: kind))
        unsafe names.append(contentsOf: name)
    }

    fileprivate mutating func sort() {
        unsafe names.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            entries.sort { left, right in
                let common = unsafe memcmp(base + left.offset, base + right.offset, min(left.length, right.length))
                return common == 0 ? left.length < right.length : common < 0
            }
        }
    }
}

extension DirectoryHandle {
    /// The names in this folder, in the order of their bytes.
    ///
    /// Reads from the start each time it is asked.
    package borrowing func entries() throws(FileSafetyError) -> FolderEntries {
        var found = FolderEntries()
        guard lseek(number, 0, SEEK_SET) >= 0 else { throw failure("list") }
        var unknown: [[UInt8]] = []
        let problem: Errno? = unsafe withUnsafeTemporaryAllocation(byteCount: 1 << 15, alignment: 16) { buffer in
            while true {
                let filled = unsafe berkas_getdents(number, buffer.baseAddress, UInt(buffer.count))
                if filled == 0 { return nil }
                guard filled > 0 else {
                    if errno == EINTR { continue }
                    return Errno(rawValue: errno)
                }
                unsafe Self.take(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), into: &found, unknown: &unknown)
            }
        }
        if let problem { throw FileSafetyError(errno: problem, operation: "list", path: path) }
        // Some file systems do not say of what kind a name is.
        for name in unknown {
            let kind = try status(named: name.span).kind
            unsafe name.withUnsafeBytes { bytes in unsafe found.append(bytes, kind) }
        }
        found.sort()
        return found
    }

    /// Takes the records of one call apart: inode (8 bytes), offset (8), length of the record (2), kind (1), name, NUL.
    private static func take(
        _ records: UnsafeRawBufferPointer,
        into found: inout FolderEntries,
        unknown: inout [[UInt8]]
    ) {
        var position = 0
        while position + 19 < records.count {
            let length = Int(unsafe records.loadUnaligned(fromByteOffset: position + 16, as: UInt16.self))
            guard length > 19, position + length <= records.count else { return }
            let type = unsafe records[position + 18]
            var end = position + 19
            while end < position + length, unsafe records[end] != 0 { end += 1 }
            let name = unsafe UnsafeRawBufferPointer(rebasing: records[position + 19..<end])
            position += length
            let isDots = unsafe name.count <= 2 && name.allSatisfy { $0 == UInt8(ascii: ".") }
            guard !isDots else { continue }
            if let kind = FileStatus.Kind(listed: type) {
                unsafe found.append(name, kind)
            } else {
                unsafe unknown.append(Array(name))
            }
        }
    }

    /// What stands under a name of this folder, links not followed.
    ///
    /// The name is one name: a `/` or NUL in it, `.` and `..` are refused with the code `outside`.
    package borrowing func status(named name: Span<UInt8>) throws(FileSafetyError) -> FileStatus {
        var raw = stat()
        let result = try unsafe withName(name) { unsafe fstatat(number, $0, &raw, AT_SYMLINK_NOFOLLOW) }
        guard result == 0 else { throw failure("look at", name) }
        return FileStatus(raw)
    }

    /// Opens a folder by its name in this one; a symbolic link is refused.
    package borrowing func openDirectory(named name: Span<UInt8>) throws(FileSafetyError) -> DirectoryHandle {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let opened = try unsafe withName(name) { unsafe openat(number, $0, flags) }
        guard opened >= 0 else { throw failure("open", name) }
        return DirectoryHandle(adopting: opened, path: appending(name))
    }

    /// Opens a regular file by its name in this folder; links are refused, and nothing waits on a FIFO.
    ///
    /// - Returns: the file, whose `path` is this folder's, so that no path is put together for each of many files.
    package borrowing func openFile(named name: Span<UInt8>) throws(FileSafetyError) -> OpenFile {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
        let opened = try unsafe withName(name) { unsafe openat(number, $0, flags) }
        guard opened >= 0 else { throw failure("open", name) }
        return try OpenFile.adopting(opened, path: path)
    }

    private borrowing func withName(
        _ name: Span<UInt8>,
        _ call: (UnsafePointer<CChar>) -> CInt
    ) throws(FileSafetyError) -> CInt {
        var isPlain = !name.isEmpty
        for index in name.indices where name[index] == 0 || name[index] == UInt8(ascii: "/") { isPlain = false }
        let isDots = name.count <= 2 && name.indices.allSatisfy { name[$0] == UInt8(ascii: ".") }
        guard isPlain, !isDots else {
            throw FileSafetyError(.outside, operation: "open", path: path, reason: "a part of the path is no name")
        }
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: name.count + 1) { buffer in
            for index in name.indices { unsafe buffer[index] = CChar(bitPattern: name[index]) }
            unsafe buffer[name.count] = 0
            guard let base = buffer.baseAddress else { return -1 }
            return unsafe call(UnsafePointer(base))
        }
    }

    private borrowing func appending(_ name: Span<UInt8>) -> FilePath {
        var bytes: [CChar] = []
        bytes.reserveCapacity(name.count + 1)
        for index in name.indices { bytes.append(CChar(bitPattern: name[index])) }
        bytes.append(0)
        let component = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe buffer.baseAddress.flatMap { unsafe FilePath.Component(platformString: $0) }
        }
        return component.map { path.appending($0) } ?? path
    }

    private borrowing func failure(_ operation: String, _ name: Span<UInt8>) -> FileSafetyError {
        FileSafetyError(errno: Errno(rawValue: errno), operation: operation, path: appending(name))
    }

    private borrowing func failure(_ operation: String) -> FileSafetyError {
        FileSafetyError(errno: Errno(rawValue: errno), operation: operation, path: path)
    }
}
