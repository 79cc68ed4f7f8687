/// A standard operating procedure as the office keeps it in `policy/sop-rkt.yaml`.
package struct Procedure: Hashable, Sendable, Codable {
    /// The short id, also the first part of a dossier's name (`RKT`).
    package let id: String
    /// What the procedure is called.
    package let title: String
    /// Its number, verbatim.
    package let number: String
    /// The office that it belongs to.
    package let office: String
    /// The kinds of document that can be filed, in the order of the file.
    package let types: [DocumentType]
    /// The steps, numbered from 1 without a gap.
    package let steps: [ProcedureStep]

    /// The document type of that id, or else of that alias, letter case aside.
    package func type(named name: String) -> DocumentType? {
        let wanted = name.lowercased()
        return types.first { $0.id.lowercased() == wanted }
            ?? types.first { $0.aliases.contains { $0.lowercased() == wanted } }
    }

    /// The steps that a document type belongs to.
    package func steps(of type: String) -> [Int] {
        steps.filter { $0.types.contains(type) }.map(\.step)
    }
}

/// A kind of document that the procedure produces.
package struct DocumentType: Hashable, Sendable, Codable {
    /// The id used in manifests: lower-case letters, digits and hyphens.
    package let id: String
    /// What people call it.
    package let name: String
    /// Other words for it that a manifest may use.
    package let aliases: [String]
    /// What it is, in a sentence.
    package let description: String

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        name = try container.decode(String.self, forKey: .name)
        aliases = try container.decodeIfPresent([String].self, forKey: .aliases) ?? []
        description = try container.decodeIfPresent(String.self, forKey: .description) ?? ""
    }
}

/// One step of the procedure.
package struct ProcedureStep: Hashable, Sendable, Codable {
    /// The number, from 1.
    package let step: Int
    /// What is done, as the procedure says it.
    package let activity: String
    /// Who does it; empty where the procedure leaves it open.
    package let actors: [String]
    /// What goes in, as the procedure says it (kelengkapan).
    package let input: String
    /// The standard duration, as the procedure says it and as read.
    package let duration: Duration
    /// What comes out, as the procedure says it.
    package let output: String
    /// The document types that belong to the step.
    package let types: [String]
    /// The stages within the step, for step 11.
    package let stages: [Stage]?

    /// A length of time in the unit that the procedure names; the unit is never converted silently.
    package struct Duration: Hashable, Sendable, Codable {
        /// The words of the procedure.
        package let text: String
        /// How many units.
        package let count: Int
        /// Calendar days (`hari`), working days (`hari kerja`) or weeks (`minggu`).
        package let unit: String
    }

    /// A stage that a dossier passes through within the step.
    package struct Stage: Hashable, Sendable, Codable {
        /// The id used by commands.
        package let id: String
        /// What people call it.
        package let name: String
        /// Who may do it; empty where the office has not said.
        package let actors: [String]
    }
}
