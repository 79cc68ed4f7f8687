private import CLinux
import Glibc
package import SystemPackage

/// One name of a listing, and what stands under it.
package struct FolderEntry: Hashable, Sendable {
    /// The name.
    package let name: EntryName
    /// What stands under it, links not followed.
    package let kind: FileStatus.Kind
}

/// The names in a folder, held in one piece of memory: a folder of 100,000 names is two allocations, not 100,000.
///
/// Without `.` and `..`.
package struct FolderEntries: Sendable {
    /// In which order the names of a folder are given.
    package enum Order: Sendable {
        /// In the order of their bytes.
        case bytes
        /// As the file system gives them, mostly as the files lie on the disk: read so, a spinning disk seeks least.
        case disk
    }

    private struct Entry {
        let offset: Int
        let length: Int
        let kind: FileStatus.Kind
    }

    private let order: Order
    private var names: [UInt8] = []
    private var entries: [Entry] = []

    fileprivate init(_ order: Order) { self.order = order }

    /// No names.
    package static let none = FolderEntries(.bytes)

    /// The names in a folder, whose path may lead through links, since its caller chose it.
    ///
    /// - Throws: `FileSafetyError`, with code `notFound` where there is no such folder.
    package init(of path: FilePath) throws(FileSafetyError) {
        self = try DirectoryHandle.open(path, for: "list").entries()
    }

    /// What stands under the name at an index, links not followed.
    package func kind(_ index: Int) -> FileStatus.Kind { entries[index].kind }

    /// The name at an index.
    package func name(_ index: Int) -> EntryName {
        let entry = entries[index]
        return EntryName(listed: names[entry.offset..<entry.offset + entry.length])
    }

    /// The index of a name; nil where the folder has no such name.
    package func index(of wanted: some Collection<UInt8>) -> Int? {
        guard order == .bytes else { return indices.first { name($0).bytes.elementsEqual(wanted) } }
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if name(middle).bytes.lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
        }
        guard low < entries.count, name(low).bytes.elementsEqual(wanted) else { return nil }
        return low
    }

    /// The index of a name; nil where the folder has no such name.
    package func index(of wanted: String) -> Int? { index(of: wanted.utf8) }

    fileprivate mutating func append(_ name: UnsafeRawBufferPointer, _ kind: FileStatus.Kind) {
        entries.append(Entry(offset: names.count, length: name.count, kind: kind))
        unsafe names.append(contentsOf: name)
    }

    fileprivate mutating func sort() {
        guard order == .bytes else { return }
        unsafe names.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            entries.sort { left, right in
                let common = unsafe memcmp(
                    base + left.offset,
                    base + right.offset,
                    Swift.min(left.length, right.length)
                )
                return common == 0 ? left.length < right.length : common < 0
            }
        }
    }
}

extension FolderEntries: RandomAccessCollection {
    /// The first index, which is 0.
    package var startIndex: Int { 0 }
    /// How many names there are.
    package var endIndex: Int { entries.count }
    /// The name at an index, with what stands under it.
    package subscript(position: Int) -> FolderEntry { FolderEntry(name: name(position), kind: kind(position)) }
}

extension DirectoryHandle {
    /// The names in this folder.
    ///
    /// Reads from the start each time it is asked; not for two threads at once.
    package borrowing func entries(in order: FolderEntries.Order = .bytes) throws(FileSafetyError) -> FolderEntries {
        var found = FolderEntries(order)
        guard lseek(number, 0, SEEK_SET) >= 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "list", path: path)
        }
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
            let kind = try status(of: EntryName(listed: name[...])).kind
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
            guard unsafe EntryName.fault(of: name) == nil else { continue }
            if let kind = FileStatus.Kind(listed: type) {
                unsafe found.append(name, kind)
            } else {
                unsafe unknown.append(Array(name))
            }
        }
    }
}

extension FileStatus.Kind {
    /// The kind that a folder's listing gives beside a name (`readdir(3)`, `d_type`); nil where the file system does not say.
    init?(listed type: UInt8) {
        switch Int(type) {
        case Int(DT_REG): self = .file
        case Int(DT_DIR): self = .directory
        case Int(DT_LNK): self = .symbolicLink
        case Int(DT_FIFO): self = .fifo
        case Int(DT_SOCK): self = .socket
        case Int(DT_CHR), Int(DT_BLK): self = .device
        default: return nil
        }
    }
}
