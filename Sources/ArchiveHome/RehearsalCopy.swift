import FileSafety
import Foundation
import Ledger
import OfficeFiles
package import RecordsModel
package import SystemPackage

/// A copy of a home in a temporary folder, in which a day to come can be tried; it is removed at the end.
///
/// No byte of it is shared with the home so that it could be written through. Its `berkas.yaml` says that it is a
/// rehearsal: no other command opens it, and what is packed in it is marked, so that no archive takes it in.
package struct RehearsalCopy: Sendable {
    /// The copy.
    package let home: FilePath
    /// How many bytes were copied.
    package let bytes: Int
    private let folder: FilePath

    /// What a rehearsal needs nothing of.
    private static let leftOut: Set<String> = [".lock", "intake", "reports", "repair"]

    /// Copies a home, which is not changed.
    ///
    /// - Parameters:
    ///   - original: the home.
    ///   - day: the day that is tried.
    ///   - place: the folder in which the temporary folder is made.
    ///   - context: who asks.
    /// - Throws: `OperationError`: `usage` for a day that has passed, `exists` where there is no room, `interrupted`;
    ///   `FileSafetyError`, code `locked`, where a command works in the home.
    package init(of original: Home, for day: CivilDate, in place: FilePath, _ context: OperationContext) throws {
        let today = context.now().date
        guard day >= today else {
            throw OperationError(
                .usage,
                message: "\(day) has passed, and time in a ledger never runs backwards",
                remedy: "rehearse today (\(today)) or a later day; what was on a day is asked with --as-of"
            )
        }
        try original.requireQuiet()
        let before = try original.end()
        let needed = try FolderCopy.size(of: original.path)
        try Self.requireRoom(needed, in: place)
        let folder = place.appending("berkas-rehearsal-\(UUID().uuidString.lowercased())")
        try FileManager.default.createDirectory(
            atPath: folder.string,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        self.folder = folder
        home = folder.appending("home")
        var copy = FolderCopy(leavingOut: Self.leftOut, stop: { try context.stopIfInterrupted() })
        do {
            try copy.copy(original.path, to: home)
            for path in copy.strange {
                context.notice("'\(path.shown.displayed)' is no file and no folder, and is not in the copy")
            }
            bytes = copy.bytes
            try Self.mark(home, day)
            try original.requireQuiet()
            guard try original.end() == before else { throw original.changedError() }
        } catch {
            try? DurableFiles(tripwire: .none).removeTree(folder)
            throw error
        }
    }

    /// Removes the copy, with all that was done in it.
    ///
    /// - Throws: `FileSafetyError` where something of it stays.
    package func remove() throws { try DurableFiles(tripwire: .none).removeTree(folder) }

    /// Writes into the copy that it is one.
    private static func mark(_ home: FilePath, _ day: CivilDate) throws {
        let file = home.appending(Home.settingsFile)
        let said = try OpenFile.content(of: file, limit: PolicyFiles.limit)
        try DurableFiles(tripwire: .none).replace(file, said + marking("\(day)"))
    }

    /// What is written behind the settings of a copy.
    private static func marking(_ day: String) -> [UInt8] { Array("\nrehearsal: \"\(day)\"\n".utf8) }

    /// The settings of a copy as they are in the home: they count there as they were adopted, and so they do here.
    package static func unmarked(_ settings: [UInt8], of home: Home) -> [UInt8] {
        guard let day = home.settings.rehearsal else { return settings }
        let mark = marking(day)
        return settings.count >= mark.count && settings.suffix(mark.count).elementsEqual(mark)
            ? Array(settings.dropLast(mark.count)) : settings
    }

    private static func requireRoom(_ needed: Int, in place: FilePath) throws {
        let said = try FileManager.default.attributesOfFileSystem(forPath: place.string)[.systemFreeSize]
        guard let free = (said as? NSNumber)?.intValue, free < needed else { return }
        throw OperationError(
            .exists,
            message: "the copy needs \(needed) bytes, and '\(place.string)' has room for \(free)",
            remedy: "name a folder with more room in TMPDIR, such as TMPDIR=/var/tmp; nothing was copied"
        )
    }
}

extension Home {
    /// Where the ledger ends: its checkpoint, and the length of its log.
    fileprivate func end() throws -> [String] {
        guard hasTruth else { return [] }
        return [try ledger.readCheckpoint().description, "\(try ledger.size())"]
    }

    /// Refuses a home in which a command works: a copy of it would hold halves.
    fileprivate func requireQuiet() throws {
        if AdvisoryLock.isHeld(lock) { throw changedError() }
    }

    fileprivate func changedError() -> FileSafetyError {
        FileSafetyError(.locked, operation: "copy", path: path, reason: "locked, or was changed while it was copied")
    }

    /// What is told of a home that is the copy of a rehearsal.
    static func rehearsalError(_ path: FilePath) -> OperationError {
        OperationError(
            .noHome,
            message: "'\(path.string)' is the copy of a rehearsal (gladi), and no archive: nothing in it counts",
            remedy: "name the archive's own home; the copy can be removed"
        )
    }
}
