import Acts
package import Catalogue
package import FileSafety
import Foundation
import Glibc
package import Ledger
package import OCFLStore
package import RecordsModel
import SystemPackage

/// The one writer of a home: holds its lock, and brings truth and index forward together.
///
/// Taking it carries an interrupted command to its end, so that whoever holds it finds store, ledger and catalogue in
/// step. The lock ends with the object or with the process, whichever is first.
package final class ArchiveWriter {
    /// The home.
    package let home: Home
    /// Who works, and whom to tell; its clock is never behind the ledger.
    package private(set) var context: OperationContext
    private let lock: AdvisoryLock
    /// The store.
    package let root: StorageRoot
    /// The procedure of the office.
    package let procedure: Procedure
    /// The index, in step with the ledger.
    package let catalogue: CatalogueDatabase
    /// What the acts amount to up to now: folded once under this lock.
    package let books: Books
    /// What is entered in front of the next group, whatever that is.
    private var owed: (entries: [Group.Entry], prepare: (ArchiveWriter) throws -> Void)?
    /// When the last event was entered; nil where there is none.
    private var lastTime: Moment?
    /// Where the ledger ends.
    package private(set) var end: LedgerFolder.End
    /// Records that the store did not give up when the index followed the ledger, each with the reason.
    let faults: [String]

    /// Takes the home's lock and brings everything in step.
    ///
    /// - Parameters:
    ///   - home: the home.
    ///   - context: who works, and whom to tell.
    ///   - isBrief: whether the lock is held for a moment only, for which others wait instead of giving up.
    ///   - makesIndexAnew: whether the index is made from nothing, in the place of the one that is there.
    ///   - mendsIndex: whether a catalogue that is damaged or not ours is made anew; else it is an error.
    ///   - steps: what is done, in this order, once everything is in step.
    /// - Throws: `FileSafetyError`, code `locked`, with who has it; `readOnly` or `permissionDenied`; `OperationError`,
    ///   code `damaged`, where the truth contradicts itself; `CatalogueError`.
    package init(
        _ home: Home,
        _ context: OperationContext,
        isBrief: Bool = false,
        makesIndexAnew: Bool = false,
        mendsIndex: Bool = true,
        running steps: [HomeStep]
    ) throws {
        self.home = home
        let context = try context.working(in: home)
        self.context = context
        try context.requireClock()
        lock = try home.takeLock(context, isBrief: isBrief)
        try home.requireRights()
        context.tookLock()
        procedure = try home.procedure()
        let files = context.files
        try home.recover(context)
        try home.prepareTruth(context)
        root = try StorageRoot.open(home.store)
        let (catalogue, followed) =
            try makesIndexAnew ? home.remadeIndex(context) : home.followedIndex(context, mends: mendsIndex)
        self.catalogue = catalogue
        books = Books(catalogue)
        let last = try catalogue.lastEvent().map { try Event(line: $0).time }
        lastTime = last
        self.context = try context.notBehind(last)
        end = followed.end
        faults = followed.faults
        if FileStatus.exists(home.work) { try home.dropWork(files: files) }
        try files.removeTree(home.incoming)
        eraseRemoved()
        if let told = try clockLeaps().sentence(over: home.settings.clockLeapDays) { context.notice(told) }
        for step in steps { try step.run(self) }
    }

    /// When the last event was entered; nil where there is none.
    package var timeOfLastEvent: Moment? { lastTime }

    /// Where the clock leapt forward and nobody has said yet that it was right, up to now.
    package func clockLeaps() throws -> [ClockLeap] {
        try catalogue.clockLeaps(over: home.settings.clockLeapDays, until: context.now())
    }

    /// Makes a group of changes ready and commits it: all of it is kept when this returns, or nothing.
    ///
    /// - Parameter body: puts into the work folder what is to be kept, and into the group what to do with it. A group that
    ///   it leaves empty changes nothing, and neither does one for which it throws: the work folder goes again.
    /// - Returns: what `body` returns.
    /// - Throws: what `body` throws, and whatever stops a commit. Behind the intent the next command carries it to its end.
    package func transact<Result>(_ body: (inout Group) throws -> Result) throws -> Result {
        let files = context.files
        if FileStatus.exists(home.work) { try home.dropWork(files: files) }
        try files.makeDirectory(home.work)
        do {
            var group = Group()
            let result = try body(&group)
            if group.isEmpty { try home.dropWork(files: files) } else { try commit(group) }
            return result
        } catch {
            // Undone at once where that is possible; otherwise the next command does it.
            if !FileStatus.exists(home.intent) { try? home.dropWork(files: files) }
            throw error
        }
    }

    /// Enters events that bring in no bytes: all of them, or none.
    ///
    /// - Throws: as `transact` does.
    package func enter(_ events: [Event]) throws {
        try transact { group in group.add(events) }
    }

    /// Has events entered in front of what the command enters; nothing where it enters nothing.
    ///
    /// - Parameters:
    ///   - events: events that bring in no bytes.
    ///   - prepare: makes durable what they name, just before they are entered.
    package func owe(_ events: [Event], prepare: @escaping (ArchiveWriter) throws -> Void) {
        owed = (events.map { Group.Entry($0) }, prepare)
    }

    /// The times with which events are entered one behind the other: none before the last, and none of a signed one changed.
    ///
    /// - Throws: `OperationError`, code `clock`, where a clock is wrong, or was set back since an event was signed.
    private func times(of events: [Event]) throws -> [Moment] {
        // What goes in front of a signed event is not later than it, though it was made later.
        var times = events.map(\.time)
        var signed: Moment?
        for (index, event) in events.enumerated().reversed() {
            if let signed, signed.secondsSinceEpoch < times[index].secondsSinceEpoch { times[index] = signed }
            if event.signature != nil { signed = times[index] }
        }
        var last = lastTime
        for (index, event) in events.enumerated() {
            // A clock may be set wrong while a command runs.
            try OperationContext.require(event.time)
            var time = times[index]
            if let last, time.secondsSinceEpoch < last.secondsSinceEpoch, event.event != .clockCorrected {
                // What is entered in front of a correction is of the time that stood before.
                if !context.correctsClock { try OperationContext.require(time, notBehind: last) }
                time = last
            }
            guard event.signature == nil || time == event.time else {
                throw OperationError(
                    .clock,
                    message: "the clock was set back while the act of \(event.time) was signed; nothing was written",
                    remedy: "run the command again"
                )
            }
            times[index] = time
            last = time
        }
        return times
    }

    /// Commits a group: durable staging, intent, store, ledger, catalogue.
    ///
    /// When it returns, all of it is kept.
    private func commit(_ group: Group) throws {
        let files = context.files
        var entries: [CatalogueEntry] = []
        var lines: [[UInt8]] = []
        try owed?.prepare(self)
        let owing = (owed?.entries ?? []) + group.entries
        let times = try times(of: owing.map(\.event))
        for (index, entry) in owing.enumerated() {
            var placed = entry.event
            placed.time = times[index]
            lastTime = placed.time
            placed.seq = end.frontier.size + index
            placed.writtenBy = context.account
            let line = try CanonicalJSON.line(placed)
            lines.append(Array(line))
            entries.append(
                CatalogueEntry(
                    event: placed,
                    line: String(decoding: line, as: UTF8.self),
                    versions: entry.versions
                )
            )
        }
        let intent = Intent(
            ledger: Intent.LedgerEnd(end),
            objects: group.objects.map { object in
                Intent.ObjectInstall(
                    id: object.staged.id,
                    number: object.number,
                    versions: object.staged.versions.map(\.number),
                    isNew: object.isNew
                )
            },
            packages: group.packages.map { Intent.PackageInstall(name: $0) },
            removals: group.removals.map {
                Intent.Removal(object: $0.object, packages: $0.packages, contents: $0.contents)
            },
            closesLog: group.closesLog
        )
        try home.requireRights(for: intent)
        try files.create(home.work.appending("events.jsonl"), lines.joined(separator: [UInt8(ascii: "\n")]))
        let staged = home.work.appending("intent.json.new")
        try files.create(staged, try CanonicalJSON.document(intent))
        try catalogue.apply(entries) { rows in
            // The disk writes while the rows are made.
            try ParallelWork.run(rows, beside: { [work = home.work] in try files.syncFileSystem(holding: work) })
            try files.rename(staged, to: home.intent)
            try files.sync(home.work)
            end = try home.carryOut(intent, lines: lines, files: files)
            try context.tripwire.pass(.commit, home.catalogue)
            owed = nil
            return end.progress
        }
        books.take(entries)
        try home.dropWork(files: files)
    }
}

extension Home {
    /// What the lock says of one who holds it for a moment only.
    private static let brief = ", for a moment"

    /// Takes the home's lock; waits where it is held for a moment only, up to five seconds.
    ///
    /// - Throws: `FileSafetyError`, code `locked`, with who has it.
    package func takeLock(_ context: OperationContext, isBrief: Bool) throws -> AdvisoryLock {
        let holder = "process \(getpid()) since \(context.now())" + (isBrief ? Self.brief : "")
        var tries = 0
        do throws(FileSafetyError) {
            return try AdvisoryLock.take(lock, holder: holder, rights: context.files.rights(at: lock)) { words in
                tries += 1
                return words.hasSuffix(Self.brief) && tries < 250
            }
        } catch {
            throw refusal(error)
        }
    }

    /// The catalogue that is there, brought up to the ledger; one made anew where there is none, or none of ours.
    fileprivate func followedIndex(
        _ context: OperationContext,
        mends: Bool
    ) throws -> (CatalogueDatabase, Follower.Outcome) {
        if !FileStatus.exists(catalogue), try ledger.readCheckpoint().size > 1 {
            context.notice("the catalogue is missing and is being made anew")
        }
        do {
            try context.files.prepareDatabase(catalogue)
            let there = try CatalogueDatabase.open(catalogue)
            return (there, try Follower(home: self, context: context).follow(there))
        } catch let error as CatalogueError where mends && [.damaged, .strange].contains(error.code) {
            context.notice("\(error.message); it is made anew from the store and the ledger")
            return try remadeIndex(context)
        }
    }

    /// A catalogue out of the whole ledger, in the place of whatever was there.
    fileprivate func remadeIndex(_ context: OperationContext) throws -> (CatalogueDatabase, Follower.Outcome) {
        // Made beside the old one and renamed over it: a crash leaves one or the other, never a half.
        let fresh = FilePath(catalogue.string + ".new")
        let files = context.files
        let suffixes = ["-wal", "-shm", "-journal"]
        for suffix in [""] + suffixes { try files.removeIfPresent(FilePath(fresh.string + suffix)) }
        try files.prepareDatabase(fresh)
        let made = try CatalogueDatabase.open(fresh, isInPlace: false)
        let followed = try Follower(home: self, context: context).follow(made)
        try made.close()
        for suffix in suffixes { try files.removeIfPresent(FilePath(catalogue.string + suffix)) }
        try files.sync(fresh)
        try files.rename(fresh, to: catalogue)
        try files.sync(path)
        return (try CatalogueDatabase.open(catalogue), followed)
    }
}

extension LedgerFolder.End {
    /// The end as a catalogue remembers it.
    package var progress: CatalogueProgress {
        CatalogueProgress(origin: origin, events: frontier.size, bytes: bytes, frontier: frontier.state)
    }
}

extension CatalogueProgress {
    /// The ledger's end that the catalogue remembers.
    package var end: LedgerFolder.End? {
        MerkleFrontier(size: events, state: frontier).map {
            LedgerFolder.End(origin: origin, bytes: bytes, frontier: $0)
        }
    }
}
