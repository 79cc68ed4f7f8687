package import ArchiveHome
import Catalogue
import FileSafety
import Foundation
package import Ledger
import RecordsModel
package import SystemPackage

/// Gives the log its key: the private one outside of the home, the public one as an event of the ledger.
package enum NameLogKey {
    /// The key that the log has.
    package struct Outcome: Sendable {
        /// The public key.
        package let key: NoteKey
        /// Where the private key lies.
        package let file: FilePath
        /// Whether the ledger names it since just now.
        package let isNew: Bool
        /// The public key that it replaces; nil where there was none.
        package let replaced: NoteKey?
    }

    /// Makes the key where there is none, names it in the ledger, and tells it.
    ///
    /// - Parameters:
    ///   - home: the home.
    ///   - context: who does it, and when.
    ///   - file: where the private key lies, or is to lie; nil for its own place.
    ///   - reason: why the log gets another key than the one that it has; nil where it keeps its own.
    /// - Returns: the key.
    /// - Throws: `OperationError`: `usage` for a place inside of the home, or a log whose name no key can have; `unread` where
    ///   the ledger names a key that is not here; `untrusted` for a file that is no private key.
    package static func run(
        _ home: Home,
        _ context: OperationContext,
        file: FilePath? = nil,
        anewBecause reason: String? = nil
    ) throws -> Outcome {
        try home.requireReal("a key")
        let asked = try ArchiveReader(home, context)
        let origin = home.hasTruth ? try home.ledger.readCheckpoint().origin : home.settings.ledgerOrigin
        guard let place = file ?? CheckpointSigner.place(of: origin) else {
            throw OperationError(
                .usage,
                message: "there is no folder for this user's settings, where the key would lie",
                remedy: "name a file outside of the home with --to"
            )
        }
        guard NoteKey.isName(origin) else {
            throw OperationError(
                .usage,
                message: "the log's name '\(origin.displayed)' has a space or a plus sign, and no key can bear it",
                remedy: "leave the checkpoints unsigned; the name of a log is never changed"
            )
        }
        try home.requireOutside(place)
        let known = try CheckpointSigner.key(namedIn: asked.catalogue)
        if reason == nil, let there = try present(place, named: known) { return there }
        let writer = try ArchiveWriter(home, context)
        // An interrupted command that was carried on just now may have named it.
        let named = try CheckpointSigner.key(namedIn: writer.catalogue)
        if reason == nil, let there = try present(place, named: named) { return there }
        let signer = try makeOrRead(place, origin: origin, isAnew: reason != nil, named, writer.context)
        var detail: [String: JSONValue] = ["key": .string(signer.key.description)]
        if let named { detail["replaces"] = .string(named.description) }
        if let reason { detail["reason"] = .string(reason) }
        try writer.enter([writer.event(.logKeyNamed, detail)])
        return Outcome(key: signer.key, file: place, isNew: true, replaced: named)
    }

    /// The key that is there and that the ledger names; nil where the ledger names none yet.
    private static func present(_ place: FilePath, named: NoteKey?) throws -> Outcome? {
        guard let named else { return nil }
        let anew = "or give the log another one with 'berkas ledger key --anew --reason TEXT'"
        guard FileStatus.exists(place) else {
            throw OperationError(
                .unread,
                message: "the log has the key \(named), and its private part is not in '\(place.shown.displayed)'",
                remedy: "put the file back there, or name its place with BERKAS_LOG_KEY; \(anew)"
            )
        }
        let found = try CheckpointSigner.read(place)
        guard found.key == named else {
            throw OperationError(
                .unread,
                message: "'\(place.shown.displayed)' is the key \(found.key), and the ledger names \(named)",
                remedy: "put the right file there, or name its place with BERKAS_LOG_KEY; \(anew)"
            )
        }
        return Outcome(key: named, file: place, isNew: false, replaced: nil)
    }

    /// The private key for a log that names none, or that gets another one; durable before the ledger names it.
    private static func makeOrRead(
        _ place: FilePath,
        origin: String,
        isAnew: Bool,
        _ named: NoteKey?,
        _ context: OperationContext
    ) throws -> NoteSigner {
        if FileStatus.exists(place) {
            let found = try CheckpointSigner.read(place)
            // One that was made, and that a power cut kept out of the ledger.
            let isUsable = found.key.kind == .signature && found.key.name.utf8.elementsEqual(origin.utf8)
            if isUsable, found.key != named { return found }
            guard isUsable, isAnew else {
                throw OperationError(
                    .exists,
                    message: "'\(place.shown.displayed)' is the key of '\(found.key.name.displayed)', not of this log",
                    remedy: "name another file with --to"
                )
            }
            let aside = "\(place.string).\(found.key.idText).old"
            try context.files.rename(place, to: FilePath(aside))
            let state = FilePath(place.string + ".state")
            if FileStatus.exists(state) { try context.files.rename(state, to: FilePath(aside + ".state")) }
        }
        guard let signer = NoteSigner(new: origin, kind: .signature) else {
            preconditionFailure("the name of the log was found fit for a key")
        }
        try CheckpointSigner.write(signer, to: place, context.files)
        return signer
    }
}

extension Home {
    /// Refuses to make in a rehearsal what stays outside of it.
    ///
    /// - Throws: `OperationError`, code `usage`.
    func requireReal(_ thing: String) throws {
        guard settings.rehearsal != nil else { return }
        throw OperationError(
            .usage,
            message: "a rehearsal makes nothing that stays, and \(thing) would",
            remedy: "run the command without 'berkas rehearse'"
        )
    }

    /// Refuses a place inside of the home: a private key that is copied with it protects nothing.
    ///
    /// - Throws: `OperationError`, code `usage`.
    package func requireOutside(_ place: FilePath) throws {
        let own = try FileStatus.following(path).identity
        let here = FilePath(FileManager.default.currentDirectoryPath)
        var folder = (place.isAbsolute ? place : here.pushing(place)).lexicallyNormalized().removingLastComponent()
        while true {
            if (try? FileStatus.following(folder))?.identity == own {
                throw OperationError(
                    .usage,
                    message:
                        "'\(place.shown.displayed)' lies inside of the home, and whoever copies the home would have the key",
                    remedy: "name a file outside of it with --to"
                )
            }
            let parent = folder.removingLastComponent()
            if parent == folder { return }
            folder = parent
        }
    }
}
