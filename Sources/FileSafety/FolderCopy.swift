private import CLinux
import Glibc
package import SystemPackage

/// Copies of folders that share no byte that could be written through.
///
/// Hard links would be quicker, and are not used: whoever changes rights or content of one name changes both. Where the
/// file system can share blocks until one side is written (`copy_file_range` on Btrfs, XFS and others), the kernel does so.
package struct FolderCopy: Sendable {
    /// Bytes of a file that are copied at a time.
    private static let piece = 1 << 26
    /// How deep folders may lie in each other; deeper than any home that this program made.
    private static let depth = 64
    /// Names at the top that are left out.
    private let leftOut: Set<String>
    private let stop: @Sendable () throws -> Void
    /// How many bytes the copied files have.
    package private(set) var bytes = 0
    /// Links and special files, which are not copied, as paths.
    package private(set) var strange: [FilePath] = []

    /// Copies without a file yet.
    ///
    /// - Parameters:
    ///   - names: names at the top that are left out.
    ///   - stop: asked before each file; what it throws ends the copying.
    package init(leavingOut names: Set<String> = [], stop: @escaping @Sendable () throws -> Void = {}) {
        leftOut = names
        self.stop = stop
    }

    /// How many bytes the files of a folder have.
    ///
    /// - Throws: `FileSafetyError`.
    package static func size(of folder: FilePath) throws -> Int { try size(of: folder, depth) }

    private static func size(of folder: FilePath, _ depth: Int) throws -> Int {
        if depth == 0 { return 0 }
        var total = 0
        for entry in try FolderEntries(of: folder) {
            let path = folder.appending(entry.name)
            switch entry.kind {
            case .directory: total += try size(of: path, depth - 1)
            case .file: total += try FileStatus.of(path).size
            default: continue
            }
        }
        return total
    }

    /// Copies what is in a folder into a new one.
    ///
    /// - Throws: `FileSafetyError`; what `stop` throws.
    package mutating func copy(_ folder: FilePath, to target: FilePath) throws {
        try copy(folder, to: target, Self.depth)
    }

    private mutating func copy(_ folder: FilePath, to target: FilePath, _ depth: Int) throws {
        guard unsafe target.withPlatformString({ unsafe mkdir($0, 0o700) }) == 0 else {
            throw FileSafetyError(errno: Errno(rawValue: errno), operation: "make", path: target)
        }
        for entry in try FolderEntries(of: folder) {
            try stop()
            if depth == Self.depth, leftOut.contains(String(decoding: entry.name.bytes, as: UTF8.self)) { continue }
            let path = folder.appending(entry.name)
            let place = target.appending(entry.name)
            switch entry.kind {
            case .directory where depth > 1: try copy(path, to: place, depth - 1)
            case .file: bytes += try Self.copyFile(path, to: place)
            default: strange.append(path)
            }
        }
    }

    private static func copyFile(_ path: FilePath, to target: FilePath) throws -> Int {
        let old = try OpenFile.reading(path)
        let new = try OpenFile.creating(target)
        var done = 0
        while true {
            let count = berkas_copy_range(old.number, new.number, UInt(piece))
            if count > 0 {
                done += count
            } else if count == 0 {
                // Some file systems say "nothing left" of a file that they cannot copy so.
                return done + (try copyRest(old, to: new))
            } else if errno != EINTR {
                return done + (try copyRest(old, to: new))
            }
        }
    }

    private static func copyRest(_ old: borrowing OpenFile, to new: borrowing OpenFile) throws -> Int {
        var done = 0
        while true {
            let count = try unsafe withUnsafeTemporaryAllocation(byteCount: 1 << 18, alignment: 16) { buffer in
                let count = try unsafe old.read(into: buffer)
                try unsafe new.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                return count
            }
            if count == 0 { return done }
            done += count
        }
    }
}
