import FileSafety
package import SystemPackage

extension Home {
    /// Writes a report in place of an earlier one, whole or not at all; its folder is made where it is missing.
    ///
    /// - Throws: `OperationError`, code `exists`, within the archive's own folders; `FileSafetyError`.
    package func writeReport(_ file: FilePath, _ text: String) throws {
        let folder = file.removingLastComponent()
        try requireOutsideTruth(folder)
        let files = DurableFiles(tripwire: .none)
        if !folder.isEmpty { try files.makeDirectories(folder) }
        try files.replace(file, text.utf8)
    }
}
