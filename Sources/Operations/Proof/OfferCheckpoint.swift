package import ArchiveHome
import Catalogue
import FileSafety
import Foundation
package import Ledger
import RecordsModel
package import SystemPackage

/// What a witness is offered on a stick: the checkpoint, and what proves that the log only grew since any older one.
///
/// ```
/// DIR/
///   cekpoin     what the log commits to, a note; witnesses add their signatures
///   daun        the leaf hash of every line: whichever state a witness saw last, it can compute its root
///   kunci.txt   the log's public key, where it has one
/// ```
package enum CheckpointOffer {
    static let checkpoint: FilePath.Component = "cekpoin"
    static let leaves: FilePath.Component = "daun"
    static let key: FilePath.Component = "kunci.txt"

    /// Writes an offer; an earlier one in the same folder gives way to it.
    ///
    /// - Parameters:
    ///   - folder: where.
    ///   - reader: the home.
    ///   - context: whom to tell.
    /// - Returns: the checkpoint as it was written.
    /// - Throws: `OperationError`: `exists` where something else is there, or an offer that a witness signed and that was not
    ///   accepted; `damaged` where ledger and checkpoint contradict each other.
    package static func write(
        to folder: FilePath,
        _ reader: ArchiveReader,
        _ context: OperationContext
    ) throws -> SignedNote {
        let home = reader.home
        let said = try CheckpointSigner.newest(of: home)
        let signer = try CheckpointSigner(home, reader.catalogue, context)
        let note = try signer.note(said)
        try home.requireOutsideTruth(folder)
        try requireFree(folder, reader)
        let files = context.files
        try files.makeDirectories(folder)
        let staged = folder.appending("daun.new")
        try files.removeIfPresent(staged)
        try files.tripwire.pass(.write, staged)
        let output = try files.openNew(staged)
        let tree = try unsafe LeafHashes(home.ledger.leaves).read(said.size) { piece in
            try context.stopIfInterrupted()
            try unsafe output.write(piece)
        }
        guard tree.root == said.root else {
            try files.removeIfPresent(staged)
            throw OperationError(
                .damaged,
                message: "'leaves' is not what the ledger's checkpoint names: nothing was offered",
                remedy: "run 'berkas ledger verify'"
            )
        }
        try output.sync()
        try files.rename(staged, to: folder.appending(leaves))
        try files.replace(folder.appending(key), signer.keyLine.utf8)
        try files.replace(folder.appending(checkpoint), note.description.utf8)
        return note
    }

    /// Reads the checkpoint of an offer.
    ///
    /// - Throws: `OperationError`, code `usage`, where there is none.
    static func note(in folder: FilePath) throws -> (note: SignedNote, checkpoint: Checkpoint) {
        let file = folder.appending(checkpoint)
        guard FileStatus.exists(file) else {
            throw OperationError(
                .usage,
                message: "there is no offer in '\(folder.shown.displayed)': it has no file 'cekpoin'",
                remedy: "make one with 'berkas ledger offer --to FOLDER'"
            )
        }
        let text = String(decoding: try OpenFile.content(of: file, limit: 1 << 20), as: UTF8.self)
        guard let note = SignedNote(text), let said = Checkpoint(note.text) else {
            throw OperationError(
                .usage,
                message: "'\(file.shown.displayed)' is no checkpoint",
                remedy: "make the offer anew with 'berkas ledger offer --to FOLDER'"
            )
        }
        return (note, said)
    }

    /// The names of those who cosigned a note, beside the log itself.
    static func witnesses(on note: SignedNote, of origin: String) -> [NoteSignature] {
        note.signatures.filter { !$0.name.utf8.elementsEqual(origin.utf8) }
    }

    /// Refuses a folder for what is handed out that holds anything of another name.
    static func require(nothingIn folder: FilePath, but own: [String]) throws {
        guard FileStatus.exists(folder) else { return }
        if let stranger = try FolderEntries(of: folder).first(where: { !own.contains($0.name.shown) }) {
            throw OperationError(
                .exists,
                message: "'\(folder.shown.displayed)' holds something else: '\(stranger.name.shown.displayed)'",
                remedy: "name another folder with --to; nothing was replaced"
            )
        }
    }

    private static func requireFree(_ folder: FilePath, _ reader: ArchiveReader) throws {
        try require(
            nothingIn: folder,
            but: [checkpoint.string, leaves.string, key.string].flatMap { [$0, $0 + ".new"] }
        )
        guard FileStatus.exists(folder.appending(checkpoint)) else { return }
        let (note, said) = try self.note(in: folder)
        let known = try reader.catalogue.events(of: [.checkpointCosigned]).compactMap { CosignedCheckpoint($0) }
        let waiting = witnesses(on: note, of: said.origin).first { signature in
            !known.contains { $0.note.signatures == [signature] }
        }
        if let waiting {
            throw OperationError(
                .exists,
                message:
                    "the offer in '\(folder.shown.displayed)' was signed by '\(waiting.name.displayed)', and not accepted",
                remedy: "run 'berkas ledger accept' on it first; nothing was replaced"
            )
        }
    }
}
