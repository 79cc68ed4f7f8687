import Catalogue
import FileSafety
import Ledger
import RecordsModel
import SystemPackage

/// The index that a question is answered from: the one that is there, or one in memory that follows the ledger.
package struct ReadIndex {
    let home: Home
    let context: OperationContext

    /// An index for a question about a home.
    package init(home: Home, context: OperationContext) {
        self.home = home
        self.context = context
    }

    /// What was found where the catalogue should be.
    enum Look {
        /// It knows what the ledger commits to.
        case inStep(CatalogueDatabase)
        /// It can be asked, and knows another number of events.
        case apart(CatalogueDatabase, CatalogueProgress?)
        /// It cannot be asked, for this reason, a sentence without a full stop.
        case unusable(String)
    }

    /// Looks at the catalogue and changes nothing.
    ///
    /// - Throws: `CatalogueError`: `newer` or `interrupted`; `FileSafetyError` where something other than a file stands there;
    ///   `LedgerError` without a checkpoint.
    func look() throws -> Look {
        let said = try home.ledger.readCheckpoint()
        guard !context.leavesIndexAside else { return .unusable("the catalogue is left aside") }
        guard FileStatus.exists(home.catalogue) else { return .unusable("the catalogue is missing") }
        do {
            let catalogue = try opened()
            let progress = try catalogue.progress()
            return progress?.end?.checkpoint == said ? .inStep(catalogue) : .apart(catalogue, progress)
        } catch let error as CatalogueError where ![.newer, .interrupted].contains(error.code) {
            return .unusable(error.message)
        } catch let error as FileSafetyError where [.permissionDenied, .device].contains(error.code) {
            return .unusable("the catalogue cannot be read: \(error.reason)")
        }
    }

    /// The catalogue for asking; one of an older version is carried over in memory.
    private func opened() throws -> CatalogueDatabase {
        do {
            return try CatalogueDatabase.openForReading(home.catalogue, isInterrupted: context.isInterrupted)
        } catch let error as CatalogueError where error.code == .older {
            return try CatalogueDatabase.carriedOver(home.catalogue, isInterrupted: context.isInterrupted)
        }
    }

    /// Says that an interrupted command left something, unless it is at work just now.
    package func tellOfWaitingWork() {
        guard FileStatus.exists(home.work), !AdvisoryLock.isHeld(home.lock) else { return }
        context.notice(
            FileStatus.exists(home.intent)
                ? "a command that was interrupted waits to be carried on: run 'berkas verify', or any command that writes"
                : "an interrupted command left unfinished work, which was never reported as kept; "
                    + "the next command that writes undoes it"
        )
    }

    /// The index to answer from.
    ///
    /// - Throws: as `look`; `FileSafetyError`, code `locked`, where there is no catalogue and another process holds the home;
    ///   `OperationError`, code `damaged`, where the catalogue knows more than the ledger.
    func answering() throws -> CatalogueDatabase {
        var seen = try look()
        if case .inStep(let catalogue) = seen, try !isLogLonger(than: catalogue) {
            try tellOfLeftOut(catalogue)
            return catalogue
        }
        if AdvisoryLock.isHeld(home.lock) {
            switch seen {
            // It lags for the moment, by what nobody was told yet.
            case .inStep(let catalogue), .apart(let catalogue, _):
                try tellOfLeftOut(catalogue)
                return catalogue
            case .unusable: if !FileStatus.exists(home.catalogue) { throw lockedError() }
            }
        } else {
            // A writer may have ended between both looks.
            seen = try look()
        }
        switch seen {
        case .inStep(let catalogue):
            try tellOfLeftOut(catalogue)
            if try isLogLonger(than: catalogue), !FileStatus.exists(home.intent) { tellOfLongerLog() }
            return catalogue
        case .apart(let catalogue, let progress): return try brought(catalogue, progress)
        case .unusable(let reason): return try fromNothing(reason)
        }
    }

    /// Whether the log goes on behind what the catalogue, and the checkpoint, know of it.
    private func isLogLonger(than catalogue: CatalogueDatabase) throws -> Bool {
        try home.ledger.size() > catalogue.progress()?.bytes ?? 0
    }

    /// Names the records that no answer from this index can hold.
    private func tellOfLeftOut(_ catalogue: CatalogueDatabase) throws {
        for record in try catalogue.leftOut() {
            context.shortfall("\(record.reason); once it is back in the store, run 'berkas rebuild'")
        }
    }

    private func lockedError() -> FileSafetyError {
        let words = (try? OpenFile.content(of: home.lock, limit: 4096)) ?? []
        return FileSafetyError(
            .locked,
            operation: "lock",
            path: home.lock,
            reason: "locked by " + String(decoding: words, as: UTF8.self).displayed
        )
    }

    private func tellOfLongerLog() {
        context.shortfall(
            "the ledger's log goes on behind its checkpoint, as in a copy that was taken while a command worked; "
                + "what is behind it is not in the answer: run 'berkas repair --dry-run'"
        )
    }

    // MARK: - In memory

    private func brought(
        _ catalogue: CatalogueDatabase,
        _ progress: CatalogueProgress?
    ) throws -> CatalogueDatabase {
        let proven = try proven(remembered: progress?.end)
        let known = progress?.events ?? 0
        switch proven.relation {
        case .ahead:
            let more = known - proven.end.frontier.size
            try tellOfLeftOut(catalogue)
            context.notice(
                "the ledger's checkpoint is \(Self.events(more)) older than its log and the catalogue, as in a copy that was "
                    + "taken while a command worked; the answer holds them all the same: run 'berkas repair --dry-run'"
            )
            return catalogue
        case .foreign where known > proven.end.frontier.size:
            throw OperationError(
                .damaged,
                message: "the catalogue knows \(known) events, and the ledger that it followed has changed or was cut",
                remedy: "run 'berkas repair --dry-run' to see what can be put right; else 'berkas rebuild'"
            )
        case .foreign: return try fromNothing("the catalogue followed another ledger than the one that is here")
        case .behind:
            try tellOfLeftOut(catalogue)
            let behind = proven.end.frontier.size - known
            context.notice(
                "the catalogue is \(Self.events(behind)) behind the ledger and is followed in memory; "
                    + "'berkas rebuild', or any command that writes, sets it right"
            )
            let copy = try catalogue.copied(isInterrupted: context.isInterrupted)
            try catalogue.close()
            return try follow(copy, from: progress?.end, to: proven.end)
        }
    }

    /// Where the log is proven to end; one that contradicts itself, as in a copy taken while a command worked, is told with
    /// what to do.
    private func proven(remembered end: LedgerFolder.End?) throws -> ProvenEnd {
        do {
            return try home.ledger.provenEnd(remembered: end)
        } catch let error as LedgerError {
            throw OperationError(
                .damaged,
                message: error.description,
                remedy: "run 'berkas repair --dry-run' to see what can be put right"
            )
        }
    }

    /// An index out of the whole ledger.
    private func fromNothing(_ reason: String) throws -> CatalogueDatabase {
        let proven = try proven(remembered: nil)
        if proven.end.frontier.size > 1 {
            context.notice(
                "\(reason); the answer comes from the ledger and the store, read as a whole: "
                    + "'berkas rebuild' makes the catalogue anew"
            )
        }
        return try follow(.empty(isInterrupted: context.isInterrupted), from: nil, to: proven.end)
    }

    private func follow(
        _ catalogue: CatalogueDatabase,
        from begin: LedgerFolder.End?,
        to end: LedgerFolder.End
    ) throws -> CatalogueDatabase {
        // Nothing durable happens, so that no tripwire is asked; what cannot be read is told as missing.
        let quiet = OperationContext(
            actor: context.actor,
            now: context.now,
            progress: context.progress,
            isInterrupted: context.isInterrupted
        )
        let outcome = try Follower(home: home, context: quiet).follow(catalogue, from: begin, to: end)
        for fault in outcome.faults { context.shortfall(fault) }
        if try home.ledger.size() > end.bytes, !FileStatus.exists(home.intent), !AdvisoryLock.isHeld(home.lock) {
            tellOfLongerLog()
        }
        return catalogue
    }

    private static func events(_ count: Int) -> String { "\(count) event\(count == 1 ? "" : "s")" }
}
