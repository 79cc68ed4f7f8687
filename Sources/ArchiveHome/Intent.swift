package import FileSafety
import Foundation
import Ledger
import OCFLStore
import RecordsModel
package import SystemPackage

/// What a group of changes is about to do, written down before the first of them touches the truth.
///
/// ```
/// staging/work/
///   objects/0, objects/1 …   whole OCFL objects, or new versions of one
///   packages/NAME …          packages
///   removed/0, removed/1 …   objects on their way out, while they are removed
///   events.jsonl             the ledger's new lines
///   intent.json              this; once it is there, the group will be carried to its end
/// ```
///
/// It names things by digests, record ids and single names, never by paths. Whoever finds one reads it through
/// `Home.interruptedWork`, which believes nothing of it.
struct Intent: Encodable, Sendable {
    /// An object to put into the store.
    struct ObjectInstall: Encodable, Sendable {
        /// The OCFL id.
        let id: String
        /// The name of its folder in the work folder's `objects/`.
        let number: Int
        /// The versions that are new.
        let versions: [Int]
        /// Whether it is a whole new object.
        let isNew: Bool
    }

    /// A package to put into `packages/`.
    struct PackageInstall: Encodable, Sendable {
        /// The file's name, there and in the work folder's `packages/`.
        let name: String
    }

    /// What goes from the home: an object, and what was made of it.
    struct Removal: Encodable, Sendable {
        /// The OCFL id.
        let object: String
        /// Names of packages in `packages/` that hold it.
        let packages: [String]
        /// SHA-512 of contents that no other record has: what was derived from them goes too.
        let contents: [String]
    }

    /// Where the ledger ended before.
    struct LedgerEnd: Encodable, Sendable {
        let origin: String
        let bytes: Int
        let events: Int
        let frontier: Data

        init(_ end: LedgerFolder.End) {
            origin = end.origin
            bytes = end.bytes
            events = end.frontier.size
            frontier = Data(end.frontier.state)
        }

        init(origin: String, bytes: Int, events: Int, frontier: Data) {
            self.origin = origin
            self.bytes = bytes
            self.events = events
            self.frontier = frontier
        }

        var end: LedgerFolder.End? {
            MerkleFrontier(size: events, state: Array(frontier)).map {
                LedgerFolder.End(origin: origin, bytes: bytes, frontier: $0)
            }
        }
    }

    /// What this program writes; format 1 named the folder of a staged object by a path, `objects/0`.
    var format = 2
    let ledger: LedgerEnd
    let objects: [ObjectInstall]
    let packages: [PackageInstall]
    /// What goes.
    let removals: [Removal]
    /// Whether the log is closed before the lines are entered.
    let closesLog: Bool
}

extension Home {
    /// Carries an intent to its end: store, packages, ledger.
    ///
    /// Running it again, after an interruption anywhere, gives the
    /// same truth.
    ///
    /// - Returns: where the ledger ends now.
    func carryOut(_ intent: Intent, lines: [[UInt8]], files: DurableFiles) throws -> LedgerFolder.End {
        guard let end = intent.ledger.end else {
            throw IntentFault(at: "ledger.frontier", "has not the length that belongs to 'ledger.events'").error(self)
        }
        let root = try StorageRoot.open(store)
        // Each goes to a place of its own, in any order: an interrupted group has put any of them there.
        _ = try ParallelWork.map(count: intent.objects.count) { index, _ in
            try install(intent.objects[index], in: root, files: files)
        }
        for package in intent.packages {
            for name in [package.name, package.name + ".sha512"] {
                let staged = work.appending("packages").appending(name)
                if FileStatus.exists(staged) { try files.rename(staged, to: packages.appending(name)) }
            }
        }
        for (index, removal) in intent.removals.enumerated() {
            try carryOut(removal, number: index, root: root, files: files)
        }
        // The bytes are gone before the ledger says so: no state tells of a removal that was not.
        try files.syncFileSystem(holding: store)
        if intent.closesLog { try ledger.close(at: end, files: files) }
        return try ledger.append(lines, behind: end, files: files)
    }

    private func install(_ object: Intent.ObjectInstall, in root: StorageRoot, files: DurableFiles) throws {
        let staged = staged(object)
        if object.isNew {
            try root.installObject(object.id, from: staged, files: files)
        } else {
            let versions = object.versions.map { VersionNumber($0) }
            try root.installVersions(versions, of: object.id, from: staged, files: files)
        }
    }

    private func carryOut(_ removal: Intent.Removal, number: Int, root: StorageRoot, files: DurableFiles) throws {
        let trash = work.appending("removed")
        if !FileStatus.exists(trash) { try files.makeDirectory(trash) }
        try root.removeObject(removal.object, through: trash.appending("\(number)"), files: files)
        for package in removal.packages {
            for name in [package, package + ".sha512"] {
                if let name = FilePath.Component(name) { try files.removeIfPresent(packages.appending(name)) }
            }
        }
        for content in removal.contents { try files.removeTree(derived(of: content)) }
    }

    /// Where an object lies while it is not in the store yet.
    func staged(_ object: Intent.ObjectInstall) -> FilePath {
        work.appending("objects").appending("\(object.number)")
    }

    /// The folder of what was derived from bytes with this SHA-512: their text, and pictures of their pages.
    package func derived(of sha512: String) -> FilePath {
        derived.appending(String(sha512.prefix(2))).appending(sha512)
    }

    /// Takes the intent away, and the work folder with it.
    ///
    /// From here on the group is done.
    package func dropWork(files: DurableFiles) throws {
        if FileStatus.exists(intent) {
            try files.removeIfPresent(intent)
            try files.sync(work)
        }
        try files.removeTree(work)
    }
}
