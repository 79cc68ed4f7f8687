package import Catalogue
import FileSafety
import Ledger
import OCFLStore
import RecordsModel
import SystemPackage

/// A home opened for asking: never waits for a writer.
///
/// Where an interrupted command left something to do, or the catalogue is missing or behind, and nobody else is at work,
/// it is set right first.
package struct ArchiveReader {
    /// The home.
    package let home: Home
    /// The index.
    package let catalogue: CatalogueDatabase

    /// The id of the procedure, the first part of a dossier's name.
    package var dossier: String { get throws { try home.procedure().id } }

    /// Opens a home for asking.
    ///
    /// - Parameters:
    ///   - home: the home.
    ///   - context: who asks, and whom to tell.
    ///   - steps: what is done wherever a home was taken to work and is in step: see `HomeStep`.
    /// - Throws: `FileSafetyError`, code `locked`, only where there is no catalogue yet and another process makes it.
    package init(_ home: Home, _ context: OperationContext, running steps: [HomeStep]) throws {
        self.home = home
        guard home.hasTruth || FileStatus.exists(home.work) else {
            catalogue = try CatalogueDatabase.empty()
            return
        }
        if let current = try Self.current(home) {
            catalogue = current
        } else {
            do {
                _ = try ArchiveWriter(home, context, running: steps)
            } catch let error as FileSafetyError
                where [.locked, .readOnly, .permissionDenied].contains(error.code) && FileStatus.exists(home.catalogue)
            {
                if error.code != .locked { context.notice("the home cannot be written to; it is read as it is") }
            } catch let error where Self.isDamage(error) && FileStatus.exists(home.catalogue) {
                context.notice(
                    "the answer comes from the index, which nothing proves: \(ErrorWords.of(error)); run 'berkas repair --dry-run'"
                )
            }
            catalogue = try CatalogueDatabase.openForReading(home.catalogue)
        }
    }

    /// Whether an error says that the ledger contradicts itself, as in a copy that was taken while a command worked.
    private static func isDamage(_ error: any Error) -> Bool {
        error is LedgerError || (error as? OperationError)?.code == .damaged
    }

    /// Whether an interrupted command left work, or the catalogue is missing or not in step with the ledger.
    package static func needsWork(_ home: Home) throws -> Bool {
        guard let catalogue = try current(home) else { return true }
        try catalogue.close()
        return false
    }

    /// The catalogue where it can be asked as it is; nil where an interrupted command left work, or where it is missing
    /// or not in step with the ledger.
    private static func current(_ home: Home) throws -> CatalogueDatabase? {
        if FileStatus.exists(home.work) || FileStatus.exists(home.incoming) || !FileStatus.exists(home.catalogue) {
            return nil
        }
        let catalogue: CatalogueDatabase
        do {
            catalogue = try CatalogueDatabase.openForReading(home.catalogue)
        } catch let error as CatalogueError where error.code == .older {
            return nil
        }
        if try catalogue.progress()?.end?.checkpoint == home.ledger.readCheckpoint() { return catalogue }
        try catalogue.close()
        return nil
    }
}
