package import RecordsModel

/// Computes dates under one version of the schedule.
///
/// The rules (R7 to R11), each chosen so that nothing is ever early:
///
/// - The latest date of an event counts where several were entered; a correction takes the place of what it corrects
///   before the facts come here.
/// - The first day that counts is the first full day behind the event, or behind the cut-off's period that holds it. The
///   day of the event itself counts only where the office says so.
/// - The record is eligible on the day behind the last day of its inactive period, which begins where the active one is
///   over. Both are added one after the other: 29 February and two years is 1 March, and two years more is 1 March.
/// - Without a date of the event nothing has started, and it is never due.
/// - Where the row follows the signed plan, every signed plan of the dossier must have the event, and the latest date of
///   theirs and of the record's own counts.
package struct RetentionCalculator: Sendable {
    /// The schedule.
    package let schedule: RetentionSchedule
    /// What the office decides.
    package let settings: RetentionSettings
    private let plans: SignedPlans
    private let rules: [Rule]

    /// What the arithmetic needs of a row, so that a million records copy no text.
    private struct Rule {
        let trigger: TriggerKind
        let second: TriggerKind?
        let cutoff: Cutoff
        let active: Period
        let inactive: Period
        let action: RetentionAction
        let followsPlan: Bool
    }

    /// A calculator.
    ///
    /// - Parameters:
    ///   - schedule: the version in force, or a proposal.
    ///   - settings: what the office decides.
    ///   - plans: the signed plans of all dossiers that will be asked for.
    package init(schedule: RetentionSchedule, settings: RetentionSettings, plans: SignedPlans = .none) {
        self.schedule = schedule
        self.settings = settings
        self.plans = plans
        rules = schedule.rows.map { row in
            Rule(
                trigger: row.trigger.kind,
                second: row.inactiveTrigger?.kind,
                cutoff: row.cutoff ?? settings.cutoff,
                active: row.active.period,
                inactive: row.inactive.period,
                action: row.disposition.disposition.action,
                followsPlan: row.followsPlan
            )
        }
    }

    /// Where a record stands on a day.
    package func answer(for facts: RecordFacts, asOf: CivilDate) -> RetentionAnswer {
        RetentionAnswer(asOf: asOf, version: schedule.version, dates: dates(for: facts))
    }

    /// The dates of a record.
    ///
    /// - Complexity: two look-ups and arithmetic in a fixed number of steps, and the record's own events.
    package func dates(for facts: RecordFacts) -> RetentionDates {
        guard let code = facts.classification, !code.utf8.isEmpty else {
            return RetentionDates(obstacle: .noClassification)
        }
        guard let index = schedule.index(code: code, type: facts.type) else { return RetentionDates(obstacle: .noRule) }
        let rule = rules[index]
        var dates = RetentionDates(row: index, obstacle: nil)
        dates.action = rule.action
        dates.obstacle = fill(&dates, by: rule, for: facts)
        return dates
    }

    /// Fills in the dates as far as they can be known; returns what is in the way of the rest.
    private func fill(_ dates: inout RetentionDates, by rule: Rule, for facts: RecordFacts) -> RetentionDates.Obstacle?
    {
        let start: CivilDate
        switch day(of: rule.trigger, followsPlan: rule.followsPlan, for: facts) {
        case .success(let day): start = day
        case .failure(let obstacle): return obstacle.obstacle
        }
        dates.start = start
        dates.clock = clock(from: start, rule.trigger, rule.cutoff)
        guard let clock = dates.clock, var inactive = clock.adding(rule.active) else { return .beyondCalendar }
        dates.activeEnd = inactive.dayBefore
        if let second = rule.second {
            switch day(of: second, followsPlan: rule.followsPlan, for: facts) {
            case .success(let day):
                guard let other = self.clock(from: day, second, rule.cutoff) else { return .beyondCalendar }
                inactive = max(inactive, other)
            case .failure(let obstacle): return obstacle.obstacle
            }
        }
        dates.inactiveClock = inactive
        dates.due = inactive.adding(rule.inactive)
        return dates.due == nil ? .beyondCalendar : nil
    }

    /// The first day that counts behind the day of an event.
    func clock(from day: CivilDate, _ kind: TriggerKind, _ cutoff: Cutoff) -> CivilDate? {
        if settings.countsStartingDay, cutoff == .none, kind.source != .fiscalYear { return day }
        return cutoff.firstDay(after: day)
    }

    private struct Missing: Error {
        let obstacle: RetentionDates.Obstacle
    }

    /// The day of an event for a record, under a row that may follow the plan.
    private func day(of kind: TriggerKind, followsPlan: Bool, for facts: RecordFacts) -> Result<CivilDate, Missing> {
        var latest = ownDay(of: kind, for: facts)
        if followsPlan, kind.source != .fiscalYear {
            let plans = plans.plans(of: facts.dossier)
            if plans.isEmpty { return .failure(Missing(obstacle: .missingPlan)) }
            for plan in plans {
                guard let day = ownDay(of: kind, for: plan) else {
                    return .failure(Missing(obstacle: .missing(trigger: kind.id)))
                }
                latest = max(latest ?? day, day)
            }
        }
        guard let latest else { return .failure(Missing(obstacle: .missing(trigger: kind.id))) }
        return .success(latest)
    }

    /// The latest day of an event in one record's own facts; nil where none is known.
    func ownDay(of kind: TriggerKind, for facts: RecordFacts) -> CivilDate? {
        var latest: CivilDate?
        switch kind.source {
        case .document: latest = facts.date
        case .fiscalYear: latest = fiscalYearEnd(facts.year)
        case .event: break
        }
        for trigger in facts.triggers where kind.isMet(by: trigger.kind) {
            latest = max(latest ?? trigger.date, trigger.date)
        }
        return latest
    }

    /// The last day of the fiscal year with that name, the calendar year that it begins in.
    private func fiscalYearEnd(_ year: Int) -> CivilDate? {
        guard settings.fiscalMonth > 1 else { return CivilDate(year: year, month: 12, day: 31) }
        // A year that no calendar has must not overflow.
        guard (1...9998).contains(year) else { return nil }
        return CivilDate(year: year + 1, month: settings.fiscalMonth, day: 1)?.dayBefore
    }

    /// The signed plans that a record's row follows; empty where it follows none.
    func followedPlans(of facts: RecordFacts, row: ScheduleRow) -> [RecordFacts] {
        row.followsPlan ? plans.plans(of: facts.dossier) : []
    }

    /// The day of an event for a record under a row; nil where it is not known.
    func eventDay(of kind: TriggerKind, row: ScheduleRow, for facts: RecordFacts) -> CivilDate? {
        try? day(of: kind, followsPlan: row.followsPlan, for: facts).get()
    }
}
