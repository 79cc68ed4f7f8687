import Glibc
package import SystemPackage

/// One name in a folder.
package struct DirectoryEntry: Hashable, Sendable {
    /// The name, as the bytes that the file system holds.
    package let name: FilePath.Component
    /// What stands under it, links not followed.
    package let kind: FileStatus.Kind
}

/// Reads folders.
package enum DirectoryListing {
    /// The names in a folder, without `.` and `..`, in the order of their bytes.
    ///
    /// - Throws: `FileSafetyError`, with code `notFound` where there is no such folder.
    package static func entries(of path: FilePath) throws(FileSafetyError) -> [DirectoryEntry] {
        guard let stream = unsafe path.withPlatformString({ unsafe opendir($0) }) else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "list", path: path)
        }
        defer { unsafe closedir(stream) }
        var entries: [DirectoryEntry] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                guard errno == 0 else {
                    throw FileSafetyError(errno: Errno(rawValue: errno), operation: "list", path: path)
                }
                break
            }
            let type = unsafe entry.pointee.d_type
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe FilePath.Component(platformString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
            }
            guard let name, name.kind == .regular else { continue }
            let listed = FileStatus.Kind(listed: type)
            let kind = if let listed { listed } else { try FileStatus.of(path.appending(name)).kind }
            entries.append(DirectoryEntry(name: name, kind: kind))
        }
        return entries.sorted { $0.name.bytesPrecede($1.name) }
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

extension FilePath.Component {
    /// Whether this name stands before another in the order of their bytes, which no locale changes.
    package func bytesPrecede(_ other: FilePath.Component) -> Bool {
        unsafe withPlatformString { left in
            unsafe other.withPlatformString { right in unsafe strcmp(left, right) < 0 }
        }
    }
}
