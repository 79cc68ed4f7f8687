package import ArchiveHome
import Catalogue
import FileSafety
import Fixity
import Foundation
import Ledger
import OCFLStore
package import RecordsModel
package import SystemPackage

/// Gives out what proves records to somebody who trusts neither the office nor this program.
///
/// ```
/// DIR/
///   periksa.py            checks all of it with Python and openssl alone
///   daftar.txt            SHA-512 of every other file, as `sha512sum -c` reads it; signed where the log has its key here
///   cekpoin               what the log commits to
///   daun                  the leaf hash of every line of the log: with them any older checkpoint can be held against it
///   kunci.txt             the log's public keys and those of its witnesses, one a line
///   peristiwa.jsonl       the events of the records, to the letter
///   bukti/SEQ.tlog-proof  for each of them, that it stands in the log
///   saksi/…               checkpoints that witnesses cosigned, and the newest time stamp
///   arsip/ID/vN/…         each version as the store has it: inventory.json, record.json, files/
/// ```
///
/// All of it is checked before anything lies in `DIR`: what does not hold is not given out. The home is only read.
package struct Prove {
    let reader: ArchiveReader
    let context: OperationContext

    /// A proof out of a home that was opened for asking.
    package init(_ reader: ArchiveReader, _ context: OperationContext) {
        self.reader = reader
        self.context = context
    }

    /// What was given out.
    package struct Outcome: Sendable {
        /// The folder.
        package let path: FilePath
        /// The records, by number.
        package let records: [RecordID]
        /// Those of them that were removed: only their events are there.
        package internal(set) var removed: [RecordID] = []
        /// How many versions.
        package internal(set) var versions = 0
        /// How many files the versions have.
        package internal(set) var files = 0
        /// Length of all of it in bytes.
        package internal(set) var bytes = 0
        /// How many events.
        package internal(set) var events = 0
        /// What the log commits to: a note, signed or not.
        package internal(set) var checkpoint = ""
        /// Whether the log's key signed it.
        package internal(set) var isSigned = false
        /// SHA-512 of the list of all files.
        package internal(set) var list = ""
    }

    /// Puts the proof of records into a folder.
    ///
    /// - Parameters:
    ///   - ids: the records; all versions of each.
    ///   - folder: where; nothing may be there, or an empty folder.
    /// - Returns: what was given out.
    /// - Throws: `OperationError`: `noSuchRecord`, `exists`, or `damaged` where something would not verify; then nothing is
    ///   there.
    package func run(_ ids: [RecordID], to folder: FilePath) throws -> Outcome {
        let records = Array(Set(ids)).sorted()
        for id in records where try reader.catalogue.summary(of: id) == nil {
            throw OperationError.noSuchRecord(id.description)
        }
        try requireFree(folder)
        let files = context.files
        let parent = folder.removingLastComponent()
        try reader.home.requireOutsideTruth(folder)
        if !parent.isEmpty { try files.makeDirectories(parent) }
        let name = folder.lastComponent?.string ?? ""
        let staged = parent.appending(".\(name).berkas-part")
        try files.removeTree(staged)
        do {
            try files.makeDirectory(staged)
            var kit = ProofKit(folder: staged, context: context)
            var outcome = Outcome(path: folder, records: records)
            try fill(&kit, &outcome)
            outcome.bytes = kit.bytes
            try files.syncFileSystem(holding: staged)
            try files.rename(staged, to: folder)
            try files.sync(parent.isEmpty ? "." : parent)
            return outcome
        } catch {
            try? files.removeTree(staged)
            if error is DecodingError {
                throw Self.damaged("an event or a description cannot be read", "'berkas verify'")
            }
            throw error
        }
    }

    private func requireFree(_ folder: FilePath) throws {
        guard folder.lastComponent?.kind == .regular else {
            throw OperationError(
                .usage,
                message: "'\(folder.shown.displayed)' is no name of a new folder",
                remedy: "name one with --to"
            )
        }
        guard FileStatus.exists(folder) else { return }
        let isEmpty = try FileStatus.of(folder).kind == .directory && FolderEntries(of: folder).isEmpty
        guard isEmpty else {
            throw OperationError(
                .exists,
                message: "'\(folder.shown.displayed)' is there already and holds something",
                remedy: "name another folder with --to; nothing was replaced"
            )
        }
    }

    private func fill(_ kit: inout ProofKit, _ outcome: inout Outcome) throws {
        let home = reader.home
        let checkpoint = try home.ledger.readCheckpoint()
        let signer = try CheckpointSigner(home, reader.catalogue, context)
        let note = try signer.note(checkpoint)
        outcome.checkpoint = note.description
        outcome.isSigned = !note.signatures.isEmpty
        try kit.add("periksa.py", PackageResources.periksa_py)
        try kit.add("cekpoin", Array(note.description.utf8))
        try kit.addLeaves("daun", of: home.ledger, checkpoint)
        let keys = (outcome.isSigned ? signer.keyLine : "") + (try addWitnesses(&kit, checkpoint))
        try kit.add("kunci.txt", Array(keys.utf8))
        try addStamp(&kit, checkpoint)
        let lines = try addEvents(&kit, &outcome, checkpoint, note.description)
        for id in outcome.records {
            try context.stopIfInterrupted()
            let events = try (lines[id] ?? []).map { try Event(line: $0) }
            if events.contains(where: { $0.event == .disposalItemRemoved }) {
                outcome.removed.append(id)
            } else {
                try addVersions(of: id, events, &kit, &outcome)
            }
        }
        outcome.list = try kit.close(signedBy: outcome.isSigned ? signer : nil)
    }

    /// Adds the newest checkpoint that each witness cosigned.
    ///
    /// - Returns: their public keys, one a line.
    private func addWitnesses(_ kit: inout ProofKit, _ checkpoint: Checkpoint) throws -> String {
        var newest: [NoteKey: CosignedCheckpoint] = [:]
        for event in try reader.catalogue.events(of: [.checkpointCosigned]) {
            guard let cosigned = CosignedCheckpoint(event) else {
                throw Self.damaged("line \(event.seq + 1) tells of a forged cosignature", "'berkas ledger verify'")
            }
            if cosigned.lines <= checkpoint.size { newest[cosigned.key] = cosigned }
        }
        for (key, cosigned) in newest {
            let said = cosigned.checkpoint
            guard try reader.home.ledger.begins(with: said) else {
                throw Self.damaged("the ledger does not begin with what a witness cosigned", "'berkas ledger verify'")
            }
            try kit.makeFolder("saksi")
            try kit.add("saksi/\(said.size)-\(key.idText).cekpoin", Array(cosigned.note.description.utf8))
        }
        return newest.keys.map { "\($0)\n" }.sorted().joined()
    }

    /// Adds the newest time stamp, with the checkpoint that it is over and the anchor that vouched for it.
    private func addStamp(_ kit: inout ProofKit, _ checkpoint: Checkpoint) throws {
        let stamps = try LedgerStamp.stamps(reader.catalogue, origin: checkpoint.origin)
        guard let newest = stamps.filter({ $0.checkpoint.size <= checkpoint.size }).max(by: { $0.time < $1.time })
        else {
            return
        }
        let said = newest.checkpoint
        guard try reader.home.ledger.begins(with: said) else {
            throw Self.damaged("the ledger does not begin with what was stamped", "'berkas ledger verify'")
        }
        let anchor = try LedgerStamp.anchors(reader.home).first { $0.lastComponent?.string == newest.anchor }
        guard let anchor else {
            context.notice(
                "the newest time stamp is not given out: 'policy/trust/\(newest.anchor.displayed)' is not there any more"
            )
            return
        }
        try kit.makeFolder("saksi")
        let place = "saksi/waktu-\(said.size)"
        try kit.add(place + ".cekpoin", Array(said.description.utf8))
        try kit.add(place + ".tsr", newest.response)
        try kit.add(place + ".pem", try OpenFile.content(of: anchor, limit: 1 << 20))
    }

    /// Adds the events of all records, each held against the checkpoint.
    private func addEvents(
        _ kit: inout ProofKit,
        _ outcome: inout Outcome,
        _ checkpoint: Checkpoint,
        _ note: String
    ) throws -> [RecordID: [String]] {
        var lines: [RecordID: [String]] = [:]
        var all: [(seq: Int, line: String)] = []
        for id in outcome.records {
            let own = try reader.catalogue.events(of: id)
            guard !own.isEmpty else { throw OperationError.noSuchRecord(id.description) }
            lines[id] = own
            all += try own.map { (try Event(line: $0).seq, $0) }
        }
        all.sort { $0.seq < $1.seq }
        guard all.allSatisfy({ (0..<checkpoint.size).contains($0.seq) }) else {
            throw Self.damaged("an event is not covered by the ledger's checkpoint", "'berkas repair --dry-run'")
        }
        let paths = try reader.home.ledger.inclusionProofs(of: all.map { $0.seq + 1 }, size: checkpoint.size)
        try kit.makeFolder("bukti")
        for ((seq, line), path) in zip(all, paths) {
            let leaf = MerkleFrontier.leaf(line.utf8)
            guard MerkleProof.root(of: leaf, at: seq, size: checkpoint.size, path: path) == checkpoint.root else {
                throw Self.damaged(
                    "the event \(seq) is not the line that the ledger commits to",
                    "'berkas ledger verify'"
                )
            }
            let proof = TlogProof(index: seq, path: path, checkpoint: note)
            try kit.add("bukti/\(seq).tlog-proof", Array(proof.description.utf8))
        }
        try kit.add("peristiwa.jsonl", Array(all.map { $0.line + "\n" }.joined().utf8))
        outcome.events = all.count
        return lines
    }

    /// Adds each version of a record, held against the event that brought it in.
    private func addVersions(
        of id: RecordID,
        _ events: [Event],
        _ kit: inout ProofKit,
        _ outcome: inout Outcome
    ) throws {
        let object = try reader.home.objectID(of: id, in: reader.catalogue)
        let root = try StorageRoot.open(reader.home.store)
        var digests: [Int: String] = [:]
        for event in events {
            for kept in KeptVersions(event, settings: reader.home.settings)?.inventories ?? [] {
                guard digests[kept.version] ?? kept.digest == kept.digest else {
                    throw Self.damaged(
                        "two events tell of two contents of \(id)@v\(kept.version)",
                        "'berkas verify \(id)'"
                    )
                }
                digests[kept.version] = kept.digest
            }
        }
        guard !digests.isEmpty, digests.keys.sorted() == Array(1...digests.count) else {
            throw Self.damaged("the events do not tell of every version of \(id)", "'berkas verify \(id)'")
        }
        for (version, digest) in digests.sorted(by: { $0.key < $1.key }) {
            let sealed = try root.folder(of: object).appending("v\(version)").appending("inventory.json")
            let reference = RecordReference(id: id, version: version)
            let place = "arsip/\(id)/v\(version)/"
            try kit.makeFolder(String(place.dropLast()))
            try kit.copy(sealed, to: place + "inventory.json", sha512: digest, reference)
            let json = try OpenFile.content(of: sealed, limit: 256 << 20)
            guard Digest.of(json, .sha512).hex == digest, let inventory = try? Inventory(json: json),
                inventory.headNumber?.number == version,
                let files = inventory.files(in: VersionNumber(version)),
                files.contains(where: { $0.path == "record.json" })
            else {
                throw Self.damaged(
                    "\(reference): its inventory is not the one that was entered",
                    "'berkas verify \(id)'"
                )
            }
            for file in files {
                try context.stopIfInterrupted()
                let source = try content(file, of: reference, root, inventory)
                try kit.copy(source, to: place + file.path, sha512: file.digest, reference)
            }
            try requireDescribed(files, at: kit.folder.pushing(FilePath(place + "record.json")), reference)
            outcome.versions += 1
            outcome.files += files.count + 1
        }
    }

    /// The file in the store that holds a content.
    private func content(
        _ file: LogicalFile,
        of reference: RecordReference,
        _ root: StorageRoot,
        _ inventory: Inventory
    ) throws -> FilePath {
        do {
            return try root.contentPath(of: file.digest, in: inventory)
        } catch let error as FileSafetyError where error.code == .notFound {
            let command = "'berkas verify \(reference.id)', then 'berkas repair --dry-run'"
            throw Self.damaged("\(reference): '\(file.path.displayed)' is missing in the store", command)
        }
    }

    /// Refuses a version whose description names other files than its inventory.
    private func requireDescribed(_ files: [LogicalFile], at path: FilePath, _ reference: RecordReference) throws {
        let bytes = try OpenFile.content(of: path, limit: 16 << 20)
        let document = try CanonicalJSON.decode(RecordDocument.self, from: Data(bytes))
        let said = Dictionary(document.files.map { (ExactText($0.path), $0.sha512) }) { first, _ in first }
        let kept = files.filter { $0.path.behind("files/") != nil }.map { (ExactText($0.path), $0.digest) }
        guard document.id == reference.id.description, document.version == reference.version,
            said == Dictionary(kept, uniquingKeysWith: { first, _ in first })
        else {
            throw Self.damaged("\(reference): 'record.json' names other files", "'berkas verify \(reference.id)'")
        }
    }

    static func damaged(_ message: String, _ command: String) -> OperationError {
        OperationError(.damaged, message: "\(message): no proof was given out", remedy: "run \(command)")
    }
}
