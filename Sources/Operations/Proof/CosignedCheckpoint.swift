import Ledger
package import RecordsModel

/// A checkpoint that a witness outside of the office cosigned, as an event of the ledger keeps it.
///
/// The witness saw this log before and found that it had only grown. Its key is in nobody's hands here, so that no one who
/// writes history anew can have such a signature over it.
package struct CosignedCheckpoint: Sendable {
    /// The note: the checkpoint, and the witness's signature.
    let note: SignedNote
    /// The checkpoint in it.
    let checkpoint: Checkpoint
    /// The witness's public key.
    let key: NoteKey
    /// When the witness signed, in seconds since 1970.
    package let time: Int
    /// What the witness is called.
    package var witness: String { key.name }
    /// How many lines the ledger had.
    package var lines: Int { checkpoint.size }

    /// What a note is, by a witness's key.
    ///
    /// - Returns: nil where the key did not cosign it.
    init?(_ note: SignedNote, by key: NoteKey) {
        guard key.kind == .cosignature, let checkpoint = Checkpoint(note.text),
            case .cosigned(let time) = key.word(on: note),
            let own = note.signatures.first(where: { $0.name == key.name && $0.keyID == key.id })
        else {
            return nil
        }
        self.note = SignedNote(text: note.text, signatures: [own])
        self.checkpoint = checkpoint
        self.key = key
        self.time = time
    }

    /// What an event tells of; nil for any other event, and for one that tells of no real cosignature.
    package init?(_ event: Event) {
        guard event.event == .checkpointCosigned, let key = event.detail["key"]?.text.flatMap({ NoteKey($0) }),
            let note = event.detail["note"]?.text.flatMap({ SignedNote($0) })
        else {
            return nil
        }
        self.init(note, by: key)
        // The size and the root beside the note are what the ledger's lines are held against.
        guard event.detail["checkpointSize"]?.number == checkpoint.size,
            event.detail["checkpointRoot"]?.text == checkpoint.rootText
        else {
            return nil
        }
    }

    /// What is wrong with an event of this kind; nil where nothing is, and for any other event.
    static func fault(of event: Event) -> LedgerFinding? {
        guard event.event == .checkpointCosigned, CosignedCheckpoint(event) == nil else { return nil }
        let message = "tells of a cosignature, and no witness's key made one over that checkpoint"
        return LedgerFinding(line: event.seq + 1, message: message)
    }

    /// The detail of the event.
    var detail: [String: JSONValue] {
        [
            "checkpointRoot": .string(checkpoint.rootText), "checkpointSize": .integer(checkpoint.size),
            "key": .string(key.description), "note": .string(note.description),
            "time": .string(Moment(secondsSinceEpoch: time, offset: 0).description), "witness": .string(key.name),
        ]
    }
}
