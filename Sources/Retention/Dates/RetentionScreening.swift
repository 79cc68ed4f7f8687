package import RecordsModel

/// Where a record stands, without its dates; the first three cannot be computed and are faults.
package enum RetentionPhase: String, Hashable, Sendable, Codable, CaseIterable {
    /// Nobody has chosen a classification code.
    case noClassification = "no-classification"
    /// The schedule has no row for it.
    case noRule = "no-rule"
    /// The date of an event is missing.
    case notStarted = "not-started"
    /// Kept by the unit (aktif).
    case active
    /// Kept by the records unit (inaktif).
    case inactive
    /// Its period is over.
    case due

    /// The phase of a state.
    package init(_ state: RetentionState) {
        self =
            switch state {
            case .noClassification: .noClassification
            case .noRule: .noRule
            case .notStarted: .notStarted
            case .active: .active
            case .inactive: .inactive
            case .due: .due
            }
    }

    /// Whether its dates are known; what is not computed stands in front of a list.
    package var isComputed: Bool {
        switch self {
        case .noClassification, .noRule, .notStarted: false
        case .active, .inactive, .due: true
        }
    }
}

/// Where a record stands in `retention list`: what cannot be computed in front, then by due date, then by number.
package struct RetentionSortKey: Hashable, Sendable, Comparable {
    /// 0 for what cannot be computed, else 1.
    package let group: Int
    /// The phase among those that cannot be computed, else the due date as `YYYYMMDD`; the largest where there is none.
    package let order: Int
    /// The record.
    package let id: RecordID

    /// The key of a record.
    package init(id: RecordID, answer: RetentionAnswer) {
        self.id = id
        if let place = Self.uncomputed.firstIndex(of: answer.phase) {
            group = 0
            order = place
        } else {
            group = 1
            order = answer.dueDate.map { $0.year * 10_000 + $0.month * 100 + $0.day } ?? Int.max
        }
    }

    private static let uncomputed = RetentionPhase.allCases.filter { !$0.isComputed }

    package static func < (left: RetentionSortKey, right: RetentionSortKey) -> Bool {
        (left.group, left.order, left.id) < (right.group, right.order, right.id)
    }
}

/// What a list of retention is asked for (R17); an empty set asks for all.
///
/// Holds are asked for elsewhere.
package struct RetentionScreening: Hashable, Sendable {
    /// The phases.
    package var phases: Set<RetentionPhase> = []
    /// What is to be done once due.
    package var actions: Set<RetentionAction> = []
    /// The units, to the letter.
    package var units: Set<ExactText> = []
    /// The fiscal years.
    package var years: Set<Int> = []
    /// The classification codes, to the letter.
    package var codes: Set<ExactText> = []
    /// Kinds of event that the record must have been given one of.
    package var events: Set<ExactText> = []
    /// The first due date.
    package var dueFrom: CivilDate?
    /// The last due date.
    package var dueUntil: CivilDate?

    /// A question for all records.
    package init() {}

    /// Whether a record belongs to the list.
    package func matches(_ facts: RecordFacts, _ answer: RetentionAnswer) -> Bool {
        func has<Value>(_ wanted: Set<Value>, _ value: Value?) -> Bool {
            wanted.isEmpty || value.map { wanted.contains($0) } ?? false
        }
        guard has(phases, answer.phase), has(actions, answer.action), has(years, facts.year) else { return false }
        guard has(units, ExactText(facts.unit)), has(codes, facts.classification.map { ExactText($0) }) else {
            return false
        }
        guard events.isEmpty || facts.triggers.contains(where: { events.contains(ExactText($0.kind)) }) else {
            return false
        }
        if dueFrom == nil, dueUntil == nil { return true }
        guard let due = answer.dueDate else { return false }
        return dueFrom.map { $0 <= due } ?? true && dueUntil.map { due <= $0 } ?? true
    }
}
