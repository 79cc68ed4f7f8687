import FileSafety
import Foundation
import Ledger
import OCFLStore
import RecordsModel
import SystemPackage

extension Home {
    /// Carries an interrupted group to its end where its intent was written, and undoes it where it was not.
    ///
    /// Called under the lock. All that the intent says is checked before its first step: see `interruptedWork`. Before
    /// the intent is there, nothing but `staging/` was touched; from then on everything that the group needs lies in
    /// `staging/` and every step can be taken again.
    package func recover(_ context: OperationContext) throws {
        guard FileStatus.exists(work) else { return }
        let files = context.files
        guard FileStatus.exists(intent) else {
            context.notice(
                "an interrupted command left unfinished work, which was never reported as kept; it is undone"
            )
            try files.removeTree(work)
            return
        }
        let found = try interruptedWork()
        let lines = found.lines
        try requireRights(for: found.intent)
        context.notice(
            "an interrupted command is carried to its end: \(lines.count) event\(lines.count == 1 ? "" : "s")"
        )
        _ = try carryOut(found.intent, lines: lines, files: files)
        // The work folder stays until the catalogue has followed: the caller drops it.
    }

    /// Makes store and ledger where neither has anything in it yet.
    ///
    /// - Throws: `OperationError`, code `damaged`, where one of them is missing and the other holds records.
    func prepareTruth(_ context: OperationContext) throws {
        let files = context.files
        for folder in [staging, packages] where !FileStatus.exists(folder) { try files.makeDirectories(folder) }
        let hasStore = FileStatus.exists(store)
        let hasLedger = FileStatus.exists(ledger.path)
        if hasStore, hasLedger { return }
        let isEmpty = try !hasStore || OCFLValidator().outline(StorageRoot.open(store).path).objects.isEmpty
        let said = hasLedger ? try ledger.readCheckpoint().size : 0
        guard isEmpty, said <= 1 else {
            throw OperationError(
                .damaged,
                message: hasStore
                    ? "the folder '\(ledger.path.string)' is missing, and the store holds records"
                    : "the folder '\(store.string)' is missing, and the ledger names records",
                remedy:
                    "nothing was written; bring it from a copy with 'cp -a COPY/\(hasStore ? "ledger" : "store") HOME/', "
                    + "or run 'berkas repair --dry-run'"
            )
        }
        // Each is made whole in the work folder and renamed into its place.
        try files.makeDirectory(work)
        if !hasStore {
            let staged = work.appending("store")
            _ = try StorageRoot.create(at: staged, files: files)
            try files.syncFileSystem(holding: staged)
            try files.rename(staged, to: store)
        }
        if !hasLedger { try makeLedger(context) }
        try files.sync(path)
        try dropWork(files: files)
    }

    private func makeLedger(_ context: OperationContext) throws {
        let files = context.files
        let staged = LedgerFolder(work.appending("ledger"))
        try staged.create(origin: settings.ledgerOrigin, files: files)
        var creation = Event(
            seq: 0,
            time: context.now(),
            actor: context.actor,
            event: .creation,
            detail: [
                "format": .integer(settings.format),
                "office": .string(settings.office),
                "origin": .string(settings.ledgerOrigin),
                "uriPrefix": .string(settings.uriPrefix),
            ]
        )
        creation.writtenBy = context.account
        let line = Array(try CanonicalJSON.line(creation))
        _ = try staged.append([line], behind: try staged.end(), files: files)
        try files.syncFileSystem(holding: staged.path)
        try files.rename(staged.path, to: ledger.path)
    }
}
