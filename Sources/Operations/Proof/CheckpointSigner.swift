package import ArchiveHome
package import Catalogue
import FileSafety
import Fixity
import Foundation
package import Ledger
import RecordsModel
package import SystemPackage

/// Signs what the log hands out, with the log's key: a private key that lies outside of the home.
///
/// Whoever has the home alone can write its history anew, and cannot sign it. Beside the key lies the last checkpoint that was
/// signed: a ledger that does not begin with it gets no signature, since a log must never sign two histories.
package struct CheckpointSigner {
    private let home: Home
    private let context: OperationContext
    private let file: FilePath?
    private let signer: NoteSigner?

    /// The signer of a home's log: one that signs nothing where the ledger names no key, or its key is not here.
    ///
    /// - Parameters:
    ///   - home: the home.
    ///   - catalogue: its index.
    ///   - context: whom to tell why nothing is signed.
    /// - Throws: `CatalogueError`; `FileSafetyError` where the key cannot be read.
    package init(_ home: Home, _ catalogue: CatalogueDatabase, _ context: OperationContext) throws {
        self.home = home
        self.context = context
        // What happens in a rehearsal never happened: the key must not remember it.
        guard home.settings.rehearsal == nil, let named = try Self.key(namedIn: catalogue) else {
            (file, signer) = (nil, nil)
            return
        }
        let place = Self.place(of: named.name)
        guard let place, FileStatus.exists(place) else {
            context.notice("the key of the log is not on this computer: what is given out is not signed")
            (file, signer) = (nil, nil)
            return
        }
        let found = try Self.read(place)
        guard found.key == named else {
            context.shortfall(
                "the key in '\(place.shown)' is not the one that the ledger names (\(named.idText)): nothing is signed; "
                    + "put the right one there, or run 'berkas ledger key --anew'"
            )
            (file, signer) = (nil, nil)
            return
        }
        (file, signer) = (place, found)
    }

    /// What the ledger of a home commits to now.
    ///
    /// - Throws: `OperationError`, code `unread`, before its first event; `LedgerError`.
    package static func newest(of home: Home) throws -> Checkpoint {
        guard home.hasTruth else {
            throw OperationError(
                .unread,
                message: "there is no ledger yet: nothing was kept",
                remedy: "take something in with 'berkas ingest' first"
            )
        }
        return try home.ledger.readCheckpoint()
    }

    /// The public key, one line; empty where nothing is signed.
    package var keyLine: String { signer.map { "\($0.key)\n" } ?? "" }

    /// The public key; nil where nothing is signed.
    package var key: NoteKey? { signer?.key }

    /// A checkpoint of the ledger as it is handed out: signed, where the key is here.
    ///
    /// - Throws: `OperationError`, code `damaged`, where the ledger does not go on from what was signed before.
    package func note(_ checkpoint: Checkpoint) throws -> SignedNote {
        var note = SignedNote(text: checkpoint.description)
        guard let signer, let file else { return note }
        let now = try home.ledger.readCheckpoint()
        try SignedState(file: FilePath(file.string + ".state")).advance(to: now, context.files) {
            try home.ledger.begins(with: $0)
        }
        note.add(signer.sign(note.text, at: 0))
        return note
    }

    /// The signature over another text; nil where nothing is signed.
    func signature(over text: String) -> NoteSignature? { signer?.sign(text, at: 0) }

    // MARK: - Where the key is

    /// The key that an event names; nil for any other event.
    static func key(namedBy event: Event) -> NoteKey? {
        event.event == .logKeyNamed ? event.detail["key"]?.text.flatMap { NoteKey($0) } : nil
    }

    /// The key that the ledger named last; nil where it has none.
    package static func key(namedIn catalogue: CatalogueDatabase) throws -> NoteKey? {
        try catalogue.events(of: [.logKeyNamed]).last.flatMap { key(namedBy: $0) }
    }

    /// Where the private key of a log lies: `BERKAS_LOG_KEY`, else a file of its own in the user's settings.
    ///
    /// - Returns: nil where the user has no folder for settings.
    package static func place(of origin: String) -> FilePath? {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["BERKAS_LOG_KEY"], !named.isEmpty { return FilePath(named) }
        return settingsFolder?.appending("log-" + Digest.of(origin.utf8, .sha256).hex.prefix(16) + ".key")
    }

    /// The folder of this user's settings of the program.
    package static var settingsFolder: FilePath? {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["XDG_CONFIG_HOME"], named.hasPrefix("/") {
            return FilePath(named).appending("berkas")
        }
        guard let own = environment["HOME"], own.hasPrefix("/") else { return nil }
        return FilePath(own).appending(".config").appending("berkas")
    }

    /// Reads a private key.
    ///
    /// - Throws: `OperationError`, code `untrusted`, for a file that is none, or that others than its owner may read;
    ///   `FileSafetyError`.
    package static func read(_ file: FilePath) throws -> NoteSigner {
        guard !FileStatus.isOpenToOthers(file) else {
            throw OperationError(
                .untrusted,
                message: "others than its owner may read the private key '\(file.shown.displayed)'",
                remedy: "run 'chmod 600' on it, and ask who could have read it"
            )
        }
        let text = String(decoding: try OpenFile.content(of: file, limit: 1 << 16), as: UTF8.self)
        guard text.hasSuffix("\n"), let signer = NoteSigner(String(text.dropLast())) else {
            throw OperationError(
                .untrusted,
                message: "'\(file.shown.displayed)' is no private key of a log or a witness",
                remedy: "put back the file that 'berkas ledger key' or 'berkas witness key' made"
            )
        }
        return signer
    }

    /// Writes a private key into a new file that only its owner may read, and its folder with it.
    static func write(_ signer: NoteSigner, to file: FilePath, _ files: DurableFiles) throws {
        let folder = file.removingLastComponent()
        if !folder.isEmpty { try files.makeDirectories(folder) }
        try files.tripwire.pass(.write, file)
        let output = try OpenFile.creating(file, .ofOneself)
        let bytes = Array("\(signer.text)\n".utf8)
        try unsafe bytes.withUnsafeBytes { try unsafe output.write($0) }
        try output.sync()
        try files.sync(folder.isEmpty ? "." : folder)
    }
}

/// The last checkpoint that a key signed: it lies beside the key, outside of any home.
struct SignedState {
    /// The file: a checkpoint's three lines.
    let file: FilePath

    /// The last checkpoint; nil where there is none yet.
    ///
    /// - Throws: `OperationError`, code `untrusted`, where the file is none.
    func last() throws -> Checkpoint? {
        guard FileStatus.exists(file) else { return nil }
        let text = String(decoding: try OpenFile.content(of: file, limit: 1 << 16), as: UTF8.self)
        guard let said = Checkpoint(text) else {
            throw OperationError(
                .untrusted,
                message:
                    "'\(file.shown.displayed)' is no checkpoint: what was signed last is not known, and nothing is signed",
                remedy: "put the file back from a copy; a key without it may not sign again"
            )
        }
        return said
    }

    /// Goes on to a newer checkpoint, before anything is signed.
    ///
    /// - Parameters:
    ///   - now: the newer one.
    ///   - files: what changes files.
    ///   - continues: whether the newer one goes on from the last one.
    /// - Throws: `OperationError`, code `damaged`, where it does not.
    func advance(to now: Checkpoint, _ files: DurableFiles, _ continues: (Checkpoint) throws -> Bool) throws {
        let last = try last()
        if let last {
            guard last.origin.utf8.elementsEqual(now.origin.utf8), try continues(last) else {
                throw OperationError(
                    .damaged,
                    message: "history was cut back or rewritten: the key signed \(last.size) lines with the root "
                        + "\(last.rootText) before, and this log of \(now.size) lines does not begin with them; nothing is "
                        + "signed",
                    remedy: "find out what happened; bring back the newest copy of the home"
                )
            }
        }
        if last != now { try files.replace(file, now.description.utf8) }
    }
}
