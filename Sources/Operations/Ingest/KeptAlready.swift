import ArchiveHome
import Catalogue
import FileSafety
import Foundation
import Intake
import RecordsModel
import SystemPackage

/// A version that is kept and has a row's bytes, and whose record may be the one that the row means.
///
/// The one answer to "is it kept already?". Whoever reads a row's bytes asks it, once; which of several rows with the same
/// bytes stands for which record is settled in the order of the rows, out of these answers.
struct KeptAlready: Sendable {
    let version: KnownVersion
    let document: RecordDocument
    /// Whether the row names the record by its label.
    let isByLabel: Bool

    /// Whether another row stands for its record; a label says which record it is, however many rows carry it.
    func isClaimed(_ claims: Set<RecordID>) -> Bool { !isByLabel && claims.contains(version.id) }

    /// What is kept already of a row's bytes.
    ///
    /// - Parameters:
    ///   - row: what is said of the bytes.
    ///   - digest: their SHA-512, hexadecimal.
    ///   - catalogue: the index.
    /// - Returns: the best first; empty for what is new.
    /// - Throws: `CatalogueError`.
    static func versions(for row: IntakeRow, digest: String, in catalogue: CatalogueDatabase) throws -> [KeptAlready] {
        if let key = row.labelKey {
            guard let record = try catalogue.record(year: key.year, label: key.label.text),
                let version = try catalogue.version(of: record.id, holding: digest)
            else {
                return []
            }
            return [KeptAlready(version: version, document: try document(version), isByLabel: true)]
        }
        let found = try catalogue.unlabelled(holding: digest, like: row.description).compactMap { version in
            (try? document(version)).map { KeptAlready(version: version, document: $0, isByLabel: false) }
        }
        let same = found.filter { kept in
            // A letter with another number is another letter, whatever its bytes.
            guard let here = row.description.number, let there = kept.document.description.number else { return true }
            return ExactText(here) == ExactText(there)
        }
        let path = ExactText(WrittenName.inStore(row.path.rawBytes) ?? row.path.string)
        return same.filter { ExactText($0.document.source.path) == path }
            + same.filter { ExactText($0.document.source.path) != path }
    }

    private static func document(_ version: KnownVersion) throws -> RecordDocument {
        try CanonicalJSON.decode(RecordDocument.self, from: Data(version.document.utf8))
    }
}
