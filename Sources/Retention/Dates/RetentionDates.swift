package import RecordsModel

/// The dates of one record under one schedule, whatever day it is.
package struct RetentionDates: Hashable, Sendable {
    /// Why nothing can be computed, or not all of it.
    package enum Obstacle: Hashable, Sendable {
        /// Nobody has chosen a classification code.
        case noClassification
        /// The schedule has no row for its code and type.
        case noRule
        /// There is no date of an event that the row waits for; the id of its kind.
        case missing(trigger: String)
        /// The row follows the signed plan, and the dossier has none.
        case missingPlan
        /// A date lies behind 31 December 9999.
        case beyondCalendar
    }

    /// The place of the row in the schedule's `rows`.
    package var row: Int?
    /// The day of the event that starts the period.
    package var start: CivilDate?
    /// The first day that counts.
    package var clock: CivilDate?
    /// The last day of the active period; before `clock` where there is none.
    package var activeEnd: CivilDate?
    /// The first day of the inactive period: the one behind `activeEnd`, or a later one where it waits for an event.
    package var inactiveClock: CivilDate?
    /// The first day on which it is eligible, the one behind the last day of the inactive period.
    package var due: CivilDate?
    /// What is to be done then.
    package var action: RetentionAction?
    /// Why dates are missing; nil where all are there.
    package var obstacle: Obstacle?

    /// Dates of which none is known.
    init(row: Int? = nil, obstacle: Obstacle?) {
        self.row = row
        self.obstacle = obstacle
    }
}

/// Where a record stands on a day.
package enum RetentionState: Hashable, Sendable {
    /// Nobody has chosen a classification code; a fault.
    case noClassification
    /// The schedule has no row for it; a fault, and only Kepala ANRI could approve its destruction.
    case noRule
    /// The event that starts the active or the inactive period has no date (R7); a fault, and it is never due.
    ///
    /// `missing` is the id of a kind of trigger, or `signed-plan` where the dossier has no signed plan to follow.
    case notStarted(missing: String)
    /// In the unit's keeping up to and with that day; nil where it lies behind the year 9999.
    case active(until: CivilDate?)
    /// In the records unit's keeping up to and with that day; nil where it lies behind the year 9999.
    case inactive(until: CivilDate?)
    /// Eligible, from that day on. Being due makes a candidate and never an act.
    case due(RetentionAction, since: CivilDate)
}

/// Where a record stands on a day under a version of the schedule.
package struct RetentionAnswer: Hashable, Sendable {
    /// The day that was asked for.
    package let asOf: CivilDate
    /// Which schedule.
    package let version: ScheduleVersion
    /// The dates, which do not depend on the day.
    package let dates: RetentionDates
    /// Where it stands.
    package let state: RetentionState

    /// The answer for a day.
    ///
    /// A record whose inactive period waits for an event of its own is active up to the end of its active period, and
    /// not started after it.
    package init(asOf: CivilDate, version: ScheduleVersion, dates: RetentionDates) {
        self.asOf = asOf
        self.version = version
        self.dates = dates
        state = Self.state(of: dates, asOf: asOf)
    }

    private static func state(of dates: RetentionDates, asOf: CivilDate) -> RetentionState {
        if let due = dates.due, due <= asOf, let action = dates.action { return .due(action, since: due) }
        if let end = dates.activeEnd, asOf <= end { return .active(until: end) }
        switch dates.obstacle {
        case .noClassification: return .noClassification
        case .noRule: return .noRule
        case .missing(let trigger): return .notStarted(missing: trigger)
        case .missingPlan: return .notStarted(missing: "signed-plan")
        case .beyondCalendar, nil: break
        }
        return dates.activeEnd == nil ? .active(until: nil) : .inactive(until: dates.due?.dayBefore)
    }

    /// The day of the event that starts the period.
    package var startDate: CivilDate? { dates.start }
    /// The last day of the active period.
    package var activeEnd: CivilDate? { dates.activeEnd }
    /// The first day on which it is eligible.
    package var dueDate: CivilDate? { dates.due }
    /// What is to be done then.
    package var action: RetentionAction? { dates.action }
    /// The place of its row in the schedule's `rows`.
    package var row: Int? { dates.row }
    /// Where it stands, without the dates.
    package var phase: RetentionPhase { RetentionPhase(state) }
}
