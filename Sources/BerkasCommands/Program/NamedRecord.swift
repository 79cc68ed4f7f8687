import ArchiveHome
import ArgumentParser
import Catalogue
import Foundation
import Operations
import RecordsModel

/// A record as a person names it: by its accession number, or by the number of the letter or decree itself.
struct NamedRecord: ExpressibleByArgument {
    /// How it can be named, for help texts.
    static let help =
        "The record's number (RKT-2024-0007), or the document's own (470/169/2024); with @vN for one version."

    let text: String
    private let named: RecordReference?
    private let number: String
    private let version: Int?

    /// A word that is neither an accession number nor can be the number of a letter is refused.
    init?(argument: String) {
        text = argument
        named = RecordReference(argument)
        let parts = argument.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        number = String(parts[0])
        version = parts.count == 2 ? RecordReference("A-2000-1@" + parts[1])?.version : nil
        if named != nil { return }
        // A letter's number is several numbers or words; a mistyped accession number is not taken for one.
        let isNumber = number.contains { $0.isNumber } && number.contains { "/. ".contains($0) }
        guard isNumber, parts.count == 1 || version != nil else { return nil }
    }

    /// The record that is named.
    ///
    /// - Throws: `OperationError`: `noSuchRecord` where no document has the number. Where several have it, they are listed, and
    ///   the command ends with status 64: none of them is guessed.
    func reference(_ catalogue: CatalogueDatabase, _ common: CommonOptions) throws -> RecordReference {
        if let named { return named }
        let found = try catalogue.records(numbered: number)
        guard let first = found.first, let id = RecordID(first.id) else {
            throw OperationError(
                .noSuchRecord,
                message: "no document has the number '\(number.displayed)'",
                remedy: "run 'berkas search' with a part of it"
            )
        }
        guard found.count > 1 else { return RecordReference(id: id, version: version) }
        for record in found where !common.quiet {
            try common.tell(
                RecordLine.text(record, title: record.title.displayed),
                [
                    "id": .string(record.id), "kind": .string("candidate"), "number": .string(record.number ?? ""),
                    "step": .integer(record.step), "title": .string(record.title), "type": .string(record.type),
                ]
            )
        }
        Terminal.flush()
        throw OperationError(
            .usage,
            message: "\(found.count) documents have the number '\(number.displayed)'",
            remedy:
                "name one of them: \(found.prefix(4).map(\.id).joined(separator: ", "))\(found.count > 4 ? " …" : "")"
        )
    }
}
