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
    /// What the head of the procedure's paper says.
    package let head: Head

    /// The head of the paper: lists in the words of the procedure, which no rule depends on.
    package struct Head: Hashable, Sendable {
        /// On which law it rests (Dasar Hukum).
        package let legalBasis: [String]
        /// Which procedures it hangs together with (Keterkaitan).
        package let related: [String]
        /// What those who carry it out must know (Kualifikasi Pelaksana).
        package let qualifications: [String]
        /// What it takes (Peralatan/Perlengkapan).
        package let equipment: [String]

        /// A head out of its parts.
        package init(
            legalBasis: [String] = [],
            related: [String] = [],
            qualifications: [String] = [],
            equipment: [String] = []
        ) {
            self.legalBasis = legalBasis
            self.related = related
            self.qualifications = qualifications
            self.equipment = equipment
        }
    }

    /// A procedure out of its parts.
    package init(
        id: String,
        title: String,
        number: String,
        office: String,
        types: [DocumentType],
        steps: [ProcedureStep],
        areActorsConfirmed: Bool = false,
        head: Head = Head()
    ) {
        self.id = id
        self.title = title
        self.number = number
        self.office = office
        self.types = types
        self.steps = steps
        self.areActorsConfirmed = areActorsConfirmed
        self.head = head
    }

    /// The standard time of all steps together, unit by unit in the order in which they come: `18 hari + 1 minggu`.
    ///
    /// Units are not converted: a week is no seven days where an office counts in working days.
    package var standardTotal: String {
        var order: [String] = []
        var counts: [String: Int] = [:]
        for step in steps {
            let unit = step.duration.unit
            if counts[unit] == nil { order.append(unit) }
            counts[unit, default: 0] += step.duration.count
        }
        return order.map { "\(counts[$0] ?? 0) \($0)" }.joined(separator: " + ")
    }

    /// The same in days of the calendar; nil where a unit is not one of the calendar.
    package var standardDays: Int? {
        var days = 0
        for step in steps {
            switch DayUnit(word: step.duration.unit) {
            case .calendarDay: days += step.duration.count
            case .week: days += step.duration.count * 7
            case .workingDay, nil: return nil
            }
        }
        return days
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
    /// The document types of which one is the step's input (kelengkapan), at this step or an earlier one; empty: nothing is
    /// asked.
    package let inputs: [String]
    /// How the step goes round: what sends the text back, and what comes again; nil where it does not.
    package let rounds: Rounds?
    /// Whether one person may do all stages and the seal.
    package let allowsOnePerson: Bool

    /// Rounds of a step that is answered by a signature or by a correction (Dokumen RKT/Koreksi RKT).
    package struct Rounds: Hashable, Sendable {
        /// The document type that sends the text back.
        package let correction: String
        /// The document type of the text that comes again.
        package let text: String

        /// Rounds out of their parts.
        package init(correction: String, text: String) {
            self.correction = correction
            self.text = text
        }
    }

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
        stages: [Stage]?,
        inputs: [String] = [],
        rounds: Rounds? = nil,
        allowsOnePerson: Bool = false
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
        self.inputs = inputs
        self.rounds = rounds
        self.allowsOnePerson = allowsOnePerson
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
