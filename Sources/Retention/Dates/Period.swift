package import RecordsModel

/// A length of time in the unit that a schedule names; the unit is never converted silently (R9).
package struct Period: Hashable, Sendable {
    /// What is counted: calendar days, weeks of seven days, months or years of the civil calendar.
    package enum Unit: String, Sendable, Codable, CaseIterable {
        /// Calendar days (hari), not working days.
        case days
        /// Seven calendar days (minggu).
        case weeks
        /// Months of the civil calendar (bulan).
        case months
        /// Years of the civil calendar (tahun).
        case years

        /// The largest count that a period can have, ten thousand years.
        package var limit: Int {
            switch self {
            case .days: 3_652_500
            case .weeks: 521_786
            case .months: 120_000
            case .years: 10_000
            }
        }
    }

    /// How many units; 0 is no period at all.
    package let count: Int
    /// The unit.
    package let unit: Unit

    /// A period, or nil for a count below 0 or above ten thousand years.
    package init?(_ count: Int, _ unit: Unit) {
        guard (0...unit.limit).contains(count) else { return nil }
        self.count = count
        self.unit = unit
    }

    private init(none unit: Unit) {
        count = 0
        self.unit = unit
    }

    /// No period: what begins after it begins at once.
    package static let none = Period(none: .days)

    /// Whether it has no length.
    package var isNone: Bool { count == 0 }
}

/// The arithmetic of retention periods: never early.
extension CivilDate {
    /// The day after this one; nil after 31 December 9999.
    package var dayAfter: CivilDate? {
        CivilDate(year: year, month: month, day: day + 1) ?? CivilDate(year: year, month: month + 1, day: 1)
            ?? CivilDate(year: year + 1, month: 1, day: 1)
    }

    /// The day before this one; nil before 1 January of the year 1.
    package var dayBefore: CivilDate? {
        guard day == 1 else { return CivilDate(year: year, month: month, day: day - 1) }
        guard self > Self.first else { return nil }
        return CivilDate(daysSinceEpoch: daysSinceEpoch - 1)
    }

    /// The day on which a period that begins with this day is over: the day behind its last one; nil behind 9999.
    ///
    /// Years and months go to the same day of the month. Where that month has no such day, to the first of the month
    /// behind it: 29 February 2024 and a year is 1 March 2025, 31 January and a month is 1 March. The last day of the
    /// shorter month would be a day or more too early.
    ///
    /// - Complexity: a fixed number of steps, whatever the length.
    package func adding(_ period: Period) -> CivilDate? {
        switch period.unit {
        case .days: addingDays(period.count)
        case .weeks: addingDays(period.count * 7)
        case .months: addingMonths(period.count)
        case .years: addingMonths(period.count * 12)
        }
    }

    private func addingDays(_ count: Int) -> CivilDate? {
        let days = daysSinceEpoch + count
        return days > Self.last.daysSinceEpoch ? nil : CivilDate(daysSinceEpoch: days)
    }

    private func addingMonths(_ count: Int) -> CivilDate? {
        let months = year * 12 + month - 1 + count
        let (year, month) = (months / 12, months % 12 + 1)
        if let same = CivilDate(year: year, month: month, day: day) { return same }
        // Only a month of fewer than 31 days lacks a day, so never December.
        return CivilDate(year: year, month: month + 1, day: 1)
    }

    /// 1 January of the year 1.
    private static let first = CivilDate(daysSinceEpoch: -719_162)
    /// 31 December 9999.
    private static let last = CivilDate(daysSinceEpoch: 2_932_896)
}
