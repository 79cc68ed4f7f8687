/// One thing about a dossier that a person should know: what, which, why, what to do.
package struct DossierFinding: Hashable, Sendable {
    /// What can be found.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A document that the step requires is not there.
        case missing
        /// A unit's own document is not there, where each unit is asked.
        case missingUnit = "missing-unit"
        /// A unit that is asked has filed nothing at the step, where nothing certain is required of it.
        case unitSilent = "unit-silent"
        /// What goes into the step (kelengkapan) is not there.
        case missingInput = "missing-input"
        /// A round of corrections took longer than the procedure allows.
        case lateRound = "late-round"
        /// A record has no date, so that its step cannot be counted.
        case noDate = "no-date"
        /// A step took longer than the procedure allows.
        case late
        /// A step ended before one that comes before it.
        case outOfOrder = "out-of-order"
        /// A record was filed before the date that it bears.
        case filedBeforeSigned = "filed-before-signed"
        /// There are two signed plans, and nothing tells which is valid.
        case twoPlans = "two-plans"
        /// A plan was revised, and a later one is valid.
        case superseded
        /// A record was removed, and is counted as having been there.
        case removed
        /// The procedure counts in a unit that is none.
        case unknownUnit = "unknown-unit"
    }

    /// What was found.
    package let kind: Kind
    /// The step.
    package let step: Int
    /// What it is about: a record's number, a type, a unit.
    package let subject: String
    /// What and why, without a full stop.
    package let message: String

    /// A finding out of its parts.
    package init(_ kind: Kind, step: Int, _ subject: String, _ message: String) {
        self.kind = kind
        self.step = step
        self.subject = subject
        self.message = message
    }

    /// Whether the dossier lacks something for it.
    package var isGap: Bool { kind == .missing || kind == .missingUnit }
    /// Whether it is only worth knowing, and nothing is wrong.
    package var isNote: Bool { kind == .superseded || kind == .removed }
}
