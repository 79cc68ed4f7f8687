import ArchiveHome
import FileSafety
import Fixity
import Foundation
import Ledger
import RecordsModel
import SystemPackage

/// The folder of a proof in the making: what is put into it is listed.
struct ProofKit {
    /// Where it is made.
    let folder: FilePath
    private let context: OperationContext
    private let digester = FileDigester()
    /// SHA-512 of each file by its path in the folder.
    private var list: [(path: String, sha512: String)] = []
    private var folders: Set<String> = []
    /// Length of all files in bytes.
    private(set) var bytes = 0

    init(folder: FilePath, context: OperationContext) {
        self.folder = folder
        self.context = context
    }

    /// Makes a folder in it, with those above it.
    mutating func makeFolder(_ path: String) throws {
        guard folders.insert(path).inserted else { return }
        try context.files.makeDirectories(folder.pushing(FilePath(path)))
    }

    /// Adds a file.
    mutating func add(_ path: String, _ content: [UInt8]) throws {
        try context.files.create(folder.pushing(FilePath(path)), content)
        list.append((path, Digest.of(content, .sha512).hex))
        bytes += content.count
    }

    /// Adds the leaf hashes of all lines that a checkpoint covers.
    ///
    /// - Throws: `OperationError`, code `damaged`, where they are not those that it commits to.
    mutating func addLeaves(_ path: String, of ledger: LedgerFolder, _ checkpoint: Checkpoint) throws {
        let place = folder.pushing(FilePath(path))
        try context.files.tripwire.pass(.write, place)
        let output = try context.files.openNew(place)
        var digest = DigestContext(.sha512)
        let frontier = try unsafe LeafHashes(ledger.leaves).read(checkpoint.size) { piece in
            try context.stopIfInterrupted()
            unsafe digest.update(piece)
            try unsafe output.write(piece)
        }
        guard frontier.root == checkpoint.root else {
            throw Prove.damaged("'leaves' is not what the ledger's checkpoint names", "'berkas ledger verify'")
        }
        list.append((path, digest.finish().hex))
        bytes += checkpoint.size * 32
    }

    /// Adds a file of the store.
    ///
    /// - Throws: `OperationError`, code `damaged`, where its digest is another one.
    mutating func copy(_ source: FilePath, to path: String, sha512: String, _ reference: RecordReference) throws {
        let way = FilePath(path)
        let names = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard !path.utf8.contains(0), way.components.count == names.count,
            way.components.allSatisfy({ $0.kind == .regular })
        else {
            throw Prove.damaged(
                "\(reference): the name '\(path.displayed)' is no file name",
                "'berkas verify \(reference.id)'"
            )
        }
        if let end = path.lastIndex(of: "/") { try makeFolder(String(path[..<end])) }
        let place = folder.pushing(FilePath(path))
        let command = "'berkas verify \(reference.id)', then 'berkas repair --dry-run'"
        guard FileStatus.exists(source) else {
            throw Prove.damaged("\(reference): '\(path.displayed)' is missing in the store", command)
        }
        try context.files.tripwire.pass(.write, place)
        let output = try context.files.openNew(place)
        let reading = try unsafe digester.read(try OpenFile.reading(source)) { piece in
            try context.stopIfInterrupted()
            try unsafe output.write(piece)
        }
        guard reading.digest.hex == sha512 else {
            throw Prove.damaged("\(reference): '\(path.displayed)' does not have the SHA-512 that was entered", command)
        }
        list.append((path, sha512))
        bytes += reading.size
    }

    /// Writes the list of all files.
    ///
    /// - Parameter signer: who signs it; nil to leave it unsigned.
    /// - Returns: its SHA-512.
    /// - Throws: `FileSafetyError`.
    mutating func close(signedBy signer: CheckpointSigner?) throws -> String {
        let sorted = list.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        var note = SignedNote(text: sorted.map { "\($0.sha512)  \($0.path)\n" }.joined())
        if let signature = signer?.signature(over: note.text) { note.add(signature) }
        try add("daftar.txt", Array(note.description.utf8))
        return list[list.count - 1].sha512
    }
}
