package import ArchiveHome
import FileSafety
import Fixity
import Foundation
package import Ledger
import RecordsModel
package import SystemPackage

/// One who looks on from outside of the office: another office, the Inspektorat, the regional archives.
///
/// A witness has a key of its own and remembers of each log the last checkpoint that it signed. It needs no home, no network
/// and no trust in the office: it signs what goes on from there, and nothing else.
package struct Witness {
    /// Where its key lies; what it remembers lies in a folder beside it.
    package let file: FilePath
    private let context: OperationContext

    /// The witness of this user.
    ///
    /// - Parameters:
    ///   - file: where its key lies; nil for `BERKAS_WITNESS_KEY`, else a place in the user's settings.
    ///   - context: when, and whom to tell.
    /// - Throws: `OperationError`, code `usage`, where the user has no folder for settings.
    package init(file: FilePath? = nil, _ context: OperationContext) throws {
        let named = ProcessInfo.processInfo.environment["BERKAS_WITNESS_KEY"].flatMap {
            $0.isEmpty ? nil : FilePath($0)
        }
        guard let place = file ?? named ?? CheckpointSigner.settingsFolder?.appending("witness.key") else {
            throw OperationError(
                .usage,
                message: "there is no folder for this user's settings, where the witness's key would lie",
                remedy: "name its file with BERKAS_WITNESS_KEY"
            )
        }
        self.file = place
        self.context = context
    }

    /// The witness's public key; made where there is none.
    ///
    /// - Parameter name: what the witness is called; nil where it has a key.
    /// - Returns: the key, and whether it was made just now.
    /// - Throws: `OperationError`: `usage` for a name that no key can have, or none for a new key; `exists` where the witness
    ///   is called otherwise; `untrusted`.
    package func key(named name: String?) throws -> (key: NoteKey, isNew: Bool) {
        if FileStatus.exists(file) {
            let signer = try CheckpointSigner.read(file)
            guard name.map({ $0.utf8.elementsEqual(signer.key.name.utf8) }) ?? true else {
                throw OperationError(
                    .exists,
                    message: "this witness is called '\(signer.key.name.displayed)', in '\(file.shown.displayed)'",
                    remedy: "name the file of another one with BERKAS_WITNESS_KEY"
                )
            }
            return (signer.key, false)
        }
        guard let name, let signer = NoteSigner(new: name, kind: .cosignature) else {
            throw OperationError(
                .usage,
                message: "there is no witness's key in '\(file.shown.displayed)'",
                remedy: "make one with 'berkas witness key --name inspektorat.example/saksi': no spaces, no plus sign"
            )
        }
        try CheckpointSigner.write(signer, to: file, context.files)
        return (signer.key, true)
    }

    /// What was cosigned.
    package struct Outcome: Sendable {
        /// The log's name.
        package let log: String
        /// How many lines it has.
        package let lines: Int
        /// How many it had when this witness signed it last; nil at the first time.
        package let previous: Int?
        /// The witness's public key.
        package let key: NoteKey
        /// When, in seconds since 1970.
        package let time: Int
        /// The log's public key as the witness remembers it; nil where it has none.
        package let logKey: NoteKey?
    }

    /// Looks at an offer, and cosigns its checkpoint.
    ///
    /// What was seen is on the disk before anything is signed.
    ///
    /// - Parameters:
    ///   - folder: the offer.
    ///   - given: the log's public key where the witness knows that it has another one now.
    /// - Returns: what was signed.
    /// - Throws: `OperationError`: `usage` where there is no offer; `damaged` where it does not go on from what this witness
    ///   signed last, contradicts itself, or is not signed by the log's key; nothing is signed then.
    package func sign(_ folder: FilePath, logKey given: NoteKey? = nil) throws -> Outcome {
        try context.requireClock()
        let signer = try signer()
        let (read, checkpoint) = try CheckpointOffer.note(in: folder)
        let leaves = LeafHashes(folder.appending(CheckpointOffer.leaves))
        guard FileStatus.exists(folder.appending(CheckpointOffer.leaves)), try leaves.count() == checkpoint.size,
            try leaves.begin(with: checkpoint)
        else {
            throw Self.refusal("its leaf hashes are not the tree that its checkpoint names")
        }
        let memory = FilePath(file.string + ".logs")
        let name = Digest.of(checkpoint.origin.utf8, .sha256).hex.prefix(16)
        let pinned = try requireKey(folder, read, memory.appending("\(name).key"), given, checkpoint.origin)
        let state = SignedState(file: memory.appending("\(name).state"))
        let previous = try state.last()?.size
        try context.files.makeDirectories(memory)
        if let pinned { try context.files.replace(memory.appending("\(name).key"), "\(pinned)\n".utf8) }
        try state.advance(to: checkpoint, context.files) { last in try leaves.begin(with: last) }
        let time = context.now().secondsSinceEpoch
        var note = read
        note.add(signer.sign(note.text, at: time))
        try context.files.replace(folder.appending(CheckpointOffer.checkpoint), note.description.utf8)
        return Outcome(
            log: checkpoint.origin,
            lines: checkpoint.size,
            previous: previous,
            key: signer.key,
            time: time,
            logKey: pinned
        )
    }

    private func signer() throws -> NoteSigner {
        _ = try key(named: nil)
        let signer = try CheckpointSigner.read(file)
        guard signer.key.kind == .cosignature else {
            throw OperationError(
                .untrusted,
                message: "'\(file.shown.displayed)' is the key of a log, not of a witness",
                remedy: "name the witness's own with BERKAS_WITNESS_KEY"
            )
        }
        return signer
    }

    /// The log's public key, by which its checkpoint must be signed: the one that was given, else the remembered one, else the
    /// one that the offer brings at the first time.
    private func requireKey(
        _ folder: FilePath,
        _ note: SignedNote,
        _ memory: FilePath,
        _ given: NoteKey?,
        _ origin: String
    ) throws -> NoteKey? {
        func key(in file: FilePath) throws -> NoteKey? {
            guard FileStatus.exists(file) else { return nil }
            let text = String(decoding: try OpenFile.content(of: file, limit: 1 << 16), as: UTF8.self)
            if text.isEmpty { return nil }
            guard text.hasSuffix("\n"), let key = NoteKey(String(text.dropLast())) else {
                throw Self.refusal("'\(file.shown.displayed)' is no public key")
            }
            return key
        }
        let offered = try key(in: folder.appending(CheckpointOffer.key))
        guard let expected = try given ?? key(in: memory) ?? offered else { return nil }
        guard expected.kind == .signature, expected.name.utf8.elementsEqual(origin.utf8),
            expected.word(on: note) == .signed
        else {
            throw Self.refusal("its checkpoint is not signed by the log's key \(expected)")
        }
        return expected
    }

    private static func refusal(_ reason: String) -> OperationError {
        OperationError(
            .damaged,
            message: "the offer is refused, and nothing is signed: \(reason)",
            remedy: "ask the office what happened; a new key of its log is given with --key once it has told you so"
        )
    }
}
