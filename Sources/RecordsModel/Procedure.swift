/// A standard operating procedure as the office keeps it in `policy/sop-rkt.yaml`.
package struct Procedure: Hashable, Sendable {
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
    /// Whether the office has confirmed who does which step; what is not confirmed is a proposal.
    package let areActorsConfirmed: Bool

    /// A procedure out of its parts.
    package init(
        id: String,
        title: String,
        number: String,
        office: String,
        types: [DocumentType],
        steps: [ProcedureStep],
        areActorsConfirmed: Bool = false
    ) {
        self.id = id
        self.title = title
        self.number = number
        self.office = office
        self.types = types
        self.steps = steps
        self.areActorsConfirmed = areActorsConfirmed
    }

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
package struct DocumentType: Hashable, Sendable {
    /// The id used in manifests: lower-case letters, digits and hyphens.
    package let id: String
    /// What people call it.
    package let name: String
    /// Other words for it that a manifest may use.
    package let aliases: [String]
    /// What it is, in a sentence.
    package let description: String
    /// Which stage of the plan it is; nil for what is no stage of it, and where the office has not said.
    package let stage: PlanStage?

    /// A type out of its parts.
    package init(id: String, name: String, aliases: [String], description: String, stage: PlanStage? = nil) {
        self.id = id
        self.name = name
        self.aliases = aliases
        self.description = description
        self.stage = stage
    }
}

/// A stage in which the plan itself is filed.
package enum PlanStage: String, Hashable, Sendable, CaseIterable {
    /// Not final yet.
    case draft
    /// The final text, ready to be signed.
    case final
    /// Signed.
    case signed
}

/// One step of the procedure.
package struct ProcedureStep: Hashable, Sendable {
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
    /// The document types of which each must be there for the step to be documented; empty: any of `types` will do.
    package let required: [String]
    /// First words of the names of those units that are asked each for every required document; empty: nobody is.
    package let eachUnit: [String]
    /// The stages within the step, for step 11.
    package let stages: [Stage]?

    /// A step out of its parts.
    package init(
        step: Int,
        activity: String,
        actors: [String],
        input: String,
        duration: Duration,
        output: String,
        types: [String],
        required: [String] = [],
        eachUnit: [String] = [],
        stages: [Stage]?
    ) {
        self.step = step
        self.activity = activity
        self.actors = actors
        self.input = input
        self.duration = duration
        self.output = output
        self.types = types
        self.required = required
        self.eachUnit = eachUnit
        self.stages = stages
    }

    /// A length of time in the unit that the procedure names; the unit is never converted silently.
    package struct Duration: Hashable, Sendable {
        /// The words of the procedure.
        package let text: String
        /// How many units.
        package let count: Int
        /// Calendar days (`hari`), working days (`hari kerja`) or weeks (`minggu`).
        package let unit: String

        /// A duration out of its parts.
        package init(text: String, count: Int, unit: String) {
            self.text = text
            self.count = count
            self.unit = unit
        }
    }

    /// A stage that a dossier passes through within the step.
    package struct Stage: Hashable, Sendable {
        /// The id used by commands.
        package let id: String
        /// What people call it.
        package let name: String
        /// Who may do it; empty where the office has not said.
        package let actors: [String]

        /// A stage out of its parts.
        package init(id: String, name: String, actors: [String]) {
            self.id = id
            self.name = name
            self.actors = actors
        }
    }
}
