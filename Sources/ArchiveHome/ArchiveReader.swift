import Acts
package import Catalogue
import FileSafety
import Ledger
import RecordsModel
import SystemPackage

/// A home opened for asking: never waits for a writer, and never changes a byte.
///
/// It answers from what is there. An index that is missing, behind the ledger or not ours is left as it is: the ledger is
/// followed in memory, so that the answer is whole, and a person is told. An interrupted command is not carried on.
package struct ArchiveReader {
    /// The home.
    package let home: Home
    /// The index.
    package let catalogue: CatalogueDatabase
    /// What the acts amount to, each book folded once.
    package let books: Books

    /// The id of the procedure, the first part of a dossier's name.
    package var dossier: String { get throws { try home.procedure().id } }

    /// Opens a home for asking.
    ///
    /// - Parameters:
    ///   - home: the home.
    ///   - context: who asks, and whom to tell; its `shortfall` is told of what no answer can hold.
    /// - Throws: `FileSafetyError`, code `locked`, only where there is no catalogue yet and another process makes it;
    ///   `OperationError`, `LedgerError` where the truth contradicts itself; `CatalogueError`, code `newer`.
    package init(_ home: Home, _ context: OperationContext) throws {
        self.home = home
        guard home.hasTruth || FileStatus.exists(home.work) else {
            catalogue = try CatalogueDatabase.empty(isInterrupted: context.isInterrupted)
            books = Books(catalogue)
            return
        }
        let index = ReadIndex(home: home, context: context)
        index.tellOfWaitingWork()
        catalogue = try home.isHalfMade ? .empty(isInterrupted: context.isInterrupted) : index.answering()
        let leaps = try catalogue.clockLeaps(over: home.settings.clockLeapDays, until: context.now())
        if let told = leaps.sentence(over: home.settings.clockLeapDays) { context.notice(told) }
        books = Books(catalogue)
    }

    /// Whether an interrupted command left work, or the catalogue is missing or not in step with the ledger.
    package static func needsWork(_ home: Home, _ context: OperationContext) throws -> Bool {
        if FileStatus.exists(home.work) || FileStatus.exists(home.incoming) { return true }
        guard case .inStep(let catalogue) = try ReadIndex(home: home, context: context).look() else { return true }
        // One of an older version was carried over in memory, and its file is still to be.
        let isCarriedOver = catalogue.path == nil
        try catalogue.close()
        return isCarriedOver
    }
}

extension Home {
    /// Whether setting it up was interrupted before both store and ledger were there.
    fileprivate var isHalfMade: Bool {
        FileStatus.exists(work) && !FileStatus.exists(intent)
            && (!FileStatus.exists(store) || !FileStatus.exists(ledger.path))
    }
}
