import Foundation

/// The columns of an intake manifest, read from the published `Schemas/intake-columns.json`.
package struct IntakeColumns: Sendable {
    /// A column that the program knows.
    package enum Name: String, CaseIterable, Codable, Sendable {
        /// The file, relative to the batch.
        case path
        /// The fiscal year.
        case year
        /// The unit that the document comes from.
        case unit
        /// The step of the procedure.
        case step
        /// The document type.
        case type
        /// The title.
        case title
        /// The document's own number.
        case number
        /// The date on the document.
        case date
        /// Who signed it.
        case signer
        /// How it was signed.
        case signature
        /// The classification code.
        case classification
        /// The security class.
        case access
        /// Where the paper lies.
        case location
        /// What ties versions together.
        case label
        /// A remark.
        case note
    }

    private struct Column: Decodable {
        let name: Name
        let required: Bool
        let aliases: [String]
    }

    private let columns: [Column]

    /// The published columns.
    package static let published: IntakeColumns = {
        struct File: Decodable { let columns: [Column] }
        do {
            let file = try JSONDecoder().decode(File.self, from: Data(PackageResources.intake_columns_json))
            return IntakeColumns(columns: file.columns)
        } catch {
            preconditionFailure("Schemas/intake-columns.json, as built into the program, cannot be read: \(error)")
        }
    }()

    /// The columns that a manifest must have.
    package var required: [Name] { columns.filter(\.required).map(\.name) }

    /// The column that a header means, by name or alias; letter case, spaces, hyphens and underscores aside.
    package func column(named header: String) -> Name? {
        let wanted = Self.folded(header)
        return columns.first {
            Self.folded($0.name.rawValue) == wanted || $0.aliases.contains { Self.folded($0) == wanted }
        }?.name
    }

    private static func folded(_ text: String) -> String {
        String(text.lowercased().unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "-" && $0 != "_" })
    }
}
