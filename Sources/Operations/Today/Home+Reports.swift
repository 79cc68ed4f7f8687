package import ArchiveHome
import FileSafety
import RecordsModel
package import SystemPackage

extension Home {
    /// Writes a report, whole or not at all; its folder is made where it is missing.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - text: the report.
    ///   - replaces: whether it takes the place of what is there.
    /// - Throws: `OperationError`, code `exists`, where it would replace something or lie in the archive's own folders;
    ///   `FileSafetyError`.
    package func writeReport(_ file: FilePath, _ text: String, replacing replaces: Bool) throws {
        let folder = file.removingLastComponent()
        try requireOutsideTruth(folder)
        if !replaces, FileStatus.exists(file) {
            throw OperationError(
                .exists,
                message: "'\(file.string.displayed)' is there already",
                remedy: "name another file, or a folder for the file of the day; nothing was replaced"
            )
        }
        let files = DurableFiles(tripwire: .none, home: try RightsBelow(path))
        if !folder.isEmpty { try files.makeDirectories(folder) }
        try files.replace(file, text.utf8)
    }
}
