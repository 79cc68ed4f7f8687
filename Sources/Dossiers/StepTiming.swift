package import RecordsModel

/// When a step began and ended, and how that stands to what the procedure allows.
///
/// A step begins on the day on which the nearest step before it that has a date ended, and ends with the latest date on its
/// records; the step that brings the signed plan ends with the signature. That first day is not counted: a step of one day
/// is in time on the same day and on the next. Where steps between have no date, their time is allowed as well. Without a
/// step before it nothing is counted.
///
/// The step that archives is counted from the signature of the valid plan to the first seal that holds it: what is added
/// later to a dossier that was sealed in time does not make it late.
package struct StepTiming: Hashable, Sendable {
    /// The step that it is counted from, and the day on which that ended; nil where there is none.
    package let since: Since?
    /// The earliest date on its records.
    package let first: CivilDate?
    /// The day on which it ended; nil where it has not, or where no record says.
    package let ended: CivilDate?
    /// The last day that is in time; nil where nothing can be counted.
    package let due: CivilDate?
    /// Steps between that have no date, and whose time is allowed as well.
    package let skipped: [Int]
    /// Days of the calendar from the beginning to the end, or to the day that is asked for where it has not ended.
    package let calendarDays: Int?
    /// Days that are worked among them.
    package let workingDays: Int?
    /// How many days of the calendar it is over; 0 where it is in time.
    package let daysOver: Int?
    /// How many days that are worked it is over.
    package let workingDaysOver: Int?

    /// Where a step is counted from.
    package struct Since: Hashable, Sendable {
        /// The step.
        package let step: Int
        /// The day on which it ended.
        package let day: CivilDate

        /// A beginning out of its parts.
        package init(step: Int, day: CivilDate) {
            self.step = step
            self.day = day
        }
    }

    /// Whether it took longer than it may.
    package var isLate: Bool { (daysOver ?? 0) > 0 }

    /// A step of which nothing but the dates on its records is known.
    private init(first: CivilDate?) {
        (since, self.first, ended, due, skipped) = (nil, first, nil, nil, [])
        (calendarDays, workingDays, daysOver, workingDaysOver) = (nil, nil, nil, nil)
    }

    /// The same step, of which it is not known that it ended or began.
    var unended: StepTiming { StepTiming(first: first) }

    /// Counts a step.
    ///
    /// - Parameters:
    ///   - durations: what the procedure allows: of the steps between without a date, then of this one.
    ///   - since: where it is counted from.
    ///   - first: the earliest date on its records.
    ///   - ended: the day on which it ended.
    ///   - skipped: the steps between without a date.
    ///   - asOf: the day that is asked for: what has not ended is counted up to it.
    ///   - isWaiting: whether a step that has not ended is being waited for.
    ///   - calendar: which days are worked.
    init(
        durations: [ProcedureStep.Duration],
        since: Since?,
        first: CivilDate?,
        ended: CivilDate?,
        skipped: [Int],
        asOf: CivilDate,
        isWaiting: Bool,
        calendar: WorkCalendar
    ) {
        self.since = since
        self.first = first
        self.ended = ended
        self.skipped = skipped
        let units = durations.map { DayUnit(word: $0.unit) }
        var due = since?.day
        for (duration, unit) in zip(durations, units) {
            due = unit.flatMap { unit in due.flatMap { calendar.adding(duration.count, unit, to: $0) } }
        }
        self.due = due
        let end = ended ?? (isWaiting ? asOf : nil)
        guard let since, let end, end >= since.day else {
            (calendarDays, workingDays, daysOver, workingDaysOver) = (nil, nil, nil, nil)
            return
        }
        calendarDays = end.daysSinceEpoch - since.day.daysSinceEpoch
        workingDays = calendar.workingDays(after: since.day, through: end)
        daysOver = due.map { max(0, end.daysSinceEpoch - $0.daysSinceEpoch) }
        workingDaysOver = due.map { calendar.workingDays(after: $0, through: end) }
    }
}
