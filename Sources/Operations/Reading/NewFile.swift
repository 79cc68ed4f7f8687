package import ArchiveHome
import FileSafety
package import SystemPackage

/// A file that a person asked for, outside the archive's own folders.
package enum NewFile {
    /// Writes it, and never in the place of another.
    ///
    /// - Parameters:
    ///   - bytes: the content.
    ///   - target: where to; missing folders are made.
    ///   - home: the home, whose own folders are kept clear.
    ///   - context: who works.
    /// - Returns: whether the same file was there already.
    /// - Throws: `OperationError`, code `exists`, where something else is there; `FileSafetyError`.
    @discardableResult
    package static func write(
        _ bytes: [UInt8],
        to target: FilePath,
        _ home: Home,
        _ context: OperationContext
    ) throws -> Bool {
        let folder = target.removingLastComponent()
        try home.requireOutsideTruth(folder)
        if FileStatus.exists(target) {
            guard let there = try? OpenFile.content(of: target, limit: bytes.count + 1), there == bytes else {
                throw OperationError(
                    .exists,
                    message: "'\(target.string)' is there already and holds something else",
                    remedy: "name another file; nothing was replaced"
                )
            }
            return true
        }
        if !folder.isEmpty { try context.files.makeDirectories(folder) }
        try context.files.replace(target, bytes)
        return false
    }
}
