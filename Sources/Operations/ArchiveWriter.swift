package import Catalogue
import FileSafety
import Foundation
import Glibc
import Ledger
import OCFLStore
import RecordsModel
import SystemPackage

/// The one writer of a home: holds its lock, and brings truth and index forward together.
///
/// Taking it carries an interrupted command to its end, so that whoever holds it finds store, ledger and catalogue in
/// step. The lock ends with the object or with the process, whichever is first.
package final class ArchiveWriter {
    /// The home.
    package let home: Home
    /// Who works, and whom to tell.
    package let context: OperationContext
    let lock: AdvisoryLock
    let root: StorageRoot
    let procedure: Procedure
    /// The index, in step with the ledger.
    package private(set) var catalogue: CatalogueDatabase
    private(set) var end: LedgerFolder.End

    /// Takes the home's lock and brings everything in step.
    ///
    /// - Parameters:
    ///   - home: the home.
    ///   - context: who works, and whom to tell.
    ///   - isBrief: whether the lock is held for a moment only, for which others wait instead of giving up.
    ///   - mendsIndex: whether a catalogue that is damaged or not ours is made anew; else it is an error.
    /// - Throws: `FileSafetyError`, code `locked`, with who has it; `readOnly` or `permissionDenied`; `OperationError`,
    ///   code `damaged`, where the truth contradicts itself; `CatalogueError`.
    package init(
        _ home: Home,
        _ context: OperationContext,
        isBrief: Bool = false,
        mendsIndex: Bool = true
    ) throws {
        self.home = home
        self.context = context
        lock = try home.takeLock(context, isBrief: isBrief)
        context.tookLock()
        procedure = try home.procedure()
        let files = context.files
        try home.recover(context)
        try home.prepareTruth(context)
        root = try StorageRoot.open(home.store)
        let (catalogue, followed) = try home.followedIndex(context, mends: mendsIndex)
        self.catalogue = catalogue
        end = followed.end
        if FileStatus.exists(home.work) { try home.dropWork(files: files) }
        try files.removeTree(home.incoming)
        try enterCounting()
        try resumeHolds()
    }

    /// The home, in step; the catalogue made anew from nothing.
    package static func rebuilding(_ home: Home, _ context: OperationContext) throws -> (ArchiveWriter, RebuildReport) {
        let writer = try ArchiveWriter(home, context, rebuild: true)
        return (writer, writer.rebuilt)
    }

    private var rebuilt = RebuildReport()

    private init(_ home: Home, _ context: OperationContext, rebuild: Bool) throws {
        self.home = home
        self.context = context
        lock = try home.takeLock(context, isBrief: false)
        procedure = try home.procedure()
        try home.recover(context)
        try home.prepareTruth(context)
        root = try StorageRoot.open(home.store)
        let (made, followed) = try home.remadeIndex(context)
        catalogue = made
        end = followed.end
        rebuilt = RebuildReport(
            totals: try catalogue.totals(),
            events: followed.end.frontier.size,
            faults: followed.faults
        )
    }

    /// What a group of changes adds.
    struct Group {
        /// An object that was staged, and whether it is new.
        struct Object {
            let staged: StagedObject
            let isNew: Bool
        }

        var objects: [Object] = []
        /// Names of files in the work folder's `packages/`, each with its `.sha512`.
        var packages: [String] = []
        /// What goes from the home before the events are entered.
        var removals: [Intent.Removal] = []
        /// Whether the log is closed first, so that the events begin a new file of it.
        var closesLog = false
        /// The events, without their place in the ledger.
        var events: [Event] = []
        /// The versions that each event brings in, at the same index as the event.
        var versions: [[CatalogueEntry.KeptVersion]] = []
    }

    /// Makes a folder for a group's work.
    func beginWork() throws {
        let files = context.files
        if FileStatus.exists(home.work) { try home.dropWork(files: files) }
        try files.makeDirectory(home.work)
    }

    /// Commits a group: durable staging, intent, store, ledger, catalogue.
    ///
    /// When it returns, all of it is kept.
    func commit(_ group: Group) throws {
        let files = context.files
        var entries: [CatalogueEntry] = []
        var lines: [[UInt8]] = []
        for (index, event) in group.events.enumerated() {
            var placed = event
            placed.seq = end.frontier.size + index
            let line = try CanonicalJSON.line(placed)
            lines.append(Array(line))
            entries.append(
                CatalogueEntry(
                    event: placed,
                    line: String(decoding: line, as: UTF8.self),
                    versions: group.versions[index]
                )
            )
        }
        let intent = Intent(
            ledger: Intent.LedgerEnd(end),
            objects: group.objects.map { object in
                Intent.ObjectInstall(
                    id: object.staged.id,
                    staged: "objects/" + (object.staged.folder.lastComponent?.string ?? ""),
                    versions: object.staged.versions.map(\.number),
                    isNew: object.isNew
                )
            },
            packages: group.packages.map { Intent.PackageInstall(name: $0) },
            removals: group.removals,
            closesLog: group.closesLog
        )
        try files.create(home.work.appending("events.jsonl"), lines.joined(separator: [UInt8(ascii: "\n")]))
        let staged = home.work.appending("intent.json.new")
        try files.create(staged, try CanonicalJSON.document(intent))
        try files.syncFileSystem(holding: home.work)
        try files.rename(staged, to: home.intent)
        try files.sync(home.work)
        end = try home.carryOut(intent, lines: lines, files: files)
        try context.tripwire.pass(.commit, home.catalogue)
        try catalogue.apply(entries, progress: end.progress)
        try home.dropWork(files: files)
    }
}

extension Home {
    /// What the lock says of one who holds it for a moment only.
    private static let brief = ", for a moment"

    /// Takes the home's lock; waits where it is held for a moment only, up to five seconds.
    ///
    /// - Throws: `FileSafetyError`, code `locked`, with who has it.
    fileprivate func takeLock(_ context: OperationContext, isBrief: Bool) throws -> AdvisoryLock {
        let holder = "process \(getpid()) since \(context.now())" + (isBrief ? Self.brief : "")
        var tries = 0
        return try AdvisoryLock.take(lock, holder: holder) { words in
            tries += 1
            return words.hasSuffix(Self.brief) && tries < 250
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
    var progress: CatalogueProgress {
        CatalogueProgress(origin: origin, events: frontier.size, bytes: bytes, frontier: frontier.state)
    }
}

extension CatalogueProgress {
    /// The ledger's end that the catalogue remembers.
    var end: LedgerFolder.End? {
        MerkleFrontier(size: events, state: frontier).map {
            LedgerFolder.End(origin: origin, bytes: bytes, frontier: $0)
        }
    }
}
