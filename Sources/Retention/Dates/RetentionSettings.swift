/// What the office decides about how its schedule is counted; all else stands in the schedule.
package struct RetentionSettings: Hashable, Sendable {
    /// The month, 1 to 12, that the fiscal year (tahun anggaran) begins in.
    ///
    /// A fiscal year has the name of the calendar
    /// year that it begins in: of the two that it can lie in, that gives the later end.
    package var fiscalMonth: Int
    /// The cut-off of rows that name none.
    package var cutoff: Cutoff
    /// Whether the day of the event is the first day of the period.
    ///
    /// Where false, the first full day after it is, so that
    /// no period is shorter than its name. A cut-off and the end of a fiscal year are at the end of a day either way.
    package var countsStartingDay: Bool
    /// Whether the active and the inactive period are added where the length decides who approves; not confirmed in any
    /// regulation at hand (`[?]`), therefore a setting.
    package var addsPeriods: Bool
    /// The document types that are the signed plan, which drafts follow.
    package var planTypes: [String]

    /// Settings out of their parts; a month that is none is January.
    package init(
        fiscalMonth: Int = 1,
        cutoff: Cutoff = .none,
        countsStartingDay: Bool = false,
        addsPeriods: Bool = true,
        planTypes: [String] = ["rkt"]
    ) {
        self.fiscalMonth = (1...12).contains(fiscalMonth) ? fiscalMonth : 1
        self.cutoff = cutoff
        self.countsStartingDay = countsStartingDay
        self.addsPeriods = addsPeriods
        self.planTypes = planTypes
    }
}
