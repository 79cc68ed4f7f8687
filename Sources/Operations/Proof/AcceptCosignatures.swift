import Acts
package import ArchiveHome
import Catalogue
import FileSafety
import Foundation
import Ledger
import OfficeFiles
import RecordsModel
package import SystemPackage

/// Takes in what witnesses cosigned: from then on the ledger itself names who had seen which of its lines, and when.
package enum AcceptCosignatures {
    /// The table of the witnesses that the office knows: their names and public keys.
    static let table: FilePath.Component = "witnesses.csv"

    /// What was taken in.
    package struct Outcome: Sendable {
        /// The cosignatures that are new, in the order of the table.
        package let new: [CosignedCheckpoint]
        /// How many the ledger knew already.
        package let known: Int
        /// Names on the note that the office does not know as witnesses; they are passed over.
        package let strangers: [String]
    }

    /// Takes the cosignatures of an offer in.
    ///
    /// - Parameters:
    ///   - folder: the offer, as it came back.
    ///   - home: the home.
    ///   - context: who takes it in, and when.
    /// - Returns: what was taken in.
    /// - Throws: `OperationError`: `usage` where there is no offer; `unread` where no known witness signed it; `damaged` where
    ///   a signature is forged, or the ledger does not begin with what was cosigned. `RefusedError` where the table of the
    ///   witnesses is not as it was adopted: whoever names witnesses decides who vouches for the log.
    package static func run(_ folder: FilePath, _ home: Home, _ context: OperationContext) throws -> Outcome {
        let (note, checkpoint) = try CheckpointOffer.note(in: folder)
        let writer = try ArchiveWriter(home, context)
        let now = try home.ledger.readCheckpoint()
        guard checkpoint.origin.utf8.elementsEqual(now.origin.utf8) else {
            throw OperationError(
                .usage,
                message:
                    "the offer is of the log '\(checkpoint.origin.displayed)', and this is '\(now.origin.displayed)'",
                remedy: "take it to that archive"
            )
        }
        guard try home.ledger.begins(with: checkpoint) else {
            throw OperationError(
                .damaged,
                message:
                    "history was cut back or rewritten: witnesses cosigned \(checkpoint.size) lines, and this ledger of "
                    + "\(now.size) does not begin with them",
                remedy: "find out what happened; bring back the newest copy of the home"
            )
        }
        let desk = try PolicyDesk(home, writer.books)
        if desk.unadopted.contains(.witnesses) {
            let act = "take a witness's signature in"
            try writer.require([People.unadopted(.witnesses, act)], act: act, subject: folder.shown)
        }
        let witnesses = try keys(try desk.content(inForce: .witnesses), in: home)
        var found: [CosignedCheckpoint] = []
        for key in witnesses {
            if key.word(on: note) == .forged {
                throw OperationError(
                    .damaged,
                    message: "the signature of '\(key.name.displayed)' on the offer is not that of its key",
                    remedy: "ask that witness; nothing was taken in"
                )
            }
            if let cosigned = CosignedCheckpoint(note, by: key) { found.append(cosigned) }
        }
        let strangers = CheckpointOffer.witnesses(on: note, of: now.origin).map(\.name).filter { name in
            !found.contains { $0.witness == name }
        }
        guard !found.isEmpty else { throw unknown(strangers, home) }
        let limit = writer.context.now().secondsSinceEpoch + 86_400
        if let late = found.first(where: { $0.time > limit }) {
            throw OperationError(
                .clock,
                message:
                    "'\(late.witness.displayed)' signed at \(Moment(secondsSinceEpoch: late.time, offset: 0)), after today",
                remedy: "hold both computers' clocks against each other; nothing was taken in"
            )
        }
        let there = try writer.catalogue.events(of: [.checkpointCosigned]).compactMap { CosignedCheckpoint($0) }
        let new = found.filter { one in !there.contains { $0.note == one.note } }
        try writer.enter(new.map { writer.event(.checkpointCosigned, $0.detail) })
        return Outcome(new: new, known: found.count - new.count, strangers: strangers)
    }

    /// The keys of the witnesses that the office knows, out of the text of the table; none where there is none.
    ///
    /// - Throws: `OfficeFileError`; `OperationError`, code `usage`, for a row that names no witness's key.
    static func keys(_ text: [UInt8]?, in home: Home) throws -> [NoteKey] {
        let file = home.policy.appending(table)
        let rows = try text.map { try PolicyFiles.rows($0, from: file, columns: ["name", "vkey"]) } ?? []
        return try rows.map { row, cells in
            let name = cells["name"] ?? ""
            guard let key = NoteKey(cells["vkey"] ?? ""), key.kind == .cosignature,
                key.name.utf8.elementsEqual(name.utf8)
            else {
                throw OperationError(
                    .usage,
                    message: "row \(row) of 'policy/witnesses.csv' has no key of the witness '\(name.displayed)'",
                    remedy: "put there what 'berkas witness key' shows on that computer, and the same name"
                )
            }
            return key
        }
    }

    private static func unknown(_ strangers: [String], _ home: Home) -> OperationError {
        guard let first = strangers.first else {
            return OperationError(
                .unread,
                message: "nobody cosigned the offer yet",
                remedy: "take it to a witness, and run 'berkas witness sign' there"
            )
        }
        return OperationError(
            .unread,
            message:
                "the offer is signed by '\(first.displayed)', whom 'policy/witnesses.csv' does not name with that key",
            remedy: "enter the witness there as 'name,vkey', once you have the key from the witness in person"
        )
    }
}
