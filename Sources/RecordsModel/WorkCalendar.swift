/// One row of the table of holidays: what a decree says of a day.
package struct Holiday: Hashable, Sendable {
    /// What a decree can make of a day.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A national or regional holiday (hari libur).
        case holiday = "libur"
        /// A day of collective leave (cuti bersama).
        case jointLeave = "cuti bersama"
        /// A working day after all: what takes an earlier decree's word back.
        case working = "kerja"
    }

    /// The day.
    package let date: CivilDate
    /// Its name.
    package let name: String
    /// What it is.
    package let kind: Kind
    /// The decree's number (nomor SKB).
    package let decree: String
    /// The day of the decree: of two that speak of a day, the later counts.
    package let decreed: CivilDate
    /// Whether the row says of itself that it is a sample (CONTOH), which nobody has held against the decree.
    package let isSample: Bool

    /// A row out of its parts.
    package init(
        date: CivilDate,
        name: String,
        kind: Kind,
        decree: String,
        decreed: CivilDate,
        isSample: Bool = false
    ) {
        self.isSample = isSample
        self.date = date
        self.name = name
        self.kind = kind
        self.decree = decree
        self.decreed = decreed
    }
}

/// What a procedure counts its time in.
package enum DayUnit: String, Hashable, Sendable, CaseIterable {
    /// Days of the calendar (hari).
    case calendarDay = "hari"
    /// Days that are worked (hari kerja).
    case workingDay = "hari kerja"
    /// Seven days of the calendar (minggu).
    case week = "minggu"

    /// The most units that a step may be allowed: ten years of days.
    package static let limit = 3660

    /// The unit that a procedure names; nil for a word that is none of them, since nothing is guessed.
    package init?(word: String) {
        switch word.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ") {
        case "hari", "hari kalender": self = .calendarDay
        case "hari kerja": self = .workingDay
        case "minggu": self = .week
        default: return nil
        }
    }
}

/// Which days are worked: Monday to Friday, but for what the decrees say.
///
/// An office that serves at its counter on Saturdays is not known here: the calendar is that of the administration.
package struct WorkCalendar: Hashable, Sendable {
    private let rows: [CivilDate: Holiday]
    private let years: Set<Int>

    /// A calendar; of several rows for a day that of the latest decree counts, of the same decree the last.
    package init(_ holidays: some Sequence<Holiday>) {
        var rows: [CivilDate: Holiday] = [:]
        var years: Set<Int> = []
        for row in holidays {
            years.insert(row.date.year)
            if let earlier = rows[row.date], earlier.decreed > row.decreed { continue }
            rows[row.date] = row
        }
        self.rows = rows
        self.years = years
    }

    /// What is said of a day, where something is.
    package func entry(on day: CivilDate) -> Holiday? { rows[day] }

    /// Whether a day is worked.
    package func isWorkingDay(_ day: CivilDate) -> Bool {
        rows[day].map { $0.kind == .working } ?? Self.isWeekday(day)
    }

    /// How many days are worked behind one day, up to another and with it; 0 where that is not later.
    package func workingDays(after start: CivilDate, through end: CivilDate) -> Int {
        guard start < end else { return 0 }
        // Whole weeks have five; what decrees say of single days comes on top, so that no date far off is walked to.
        func weekdays(_ day: Int) -> Int {
            let sinceMonday = day + 4
            let week = (sinceMonday < 0 ? sinceMonday - 6 : sinceMonday) / 7
            return week * 5 + min(5, sinceMonday - week * 7)
        }
        let said = rows.values.reduce(0) { sum, row in
            guard row.date > start, row.date <= end else { return sum }
            let isWeekday = Self.isWeekday(row.date)
            return sum + (row.kind == .working ? (isWeekday ? 0 : 1) : (isWeekday ? -1 : 0))
        }
        return weekdays(end.daysSinceEpoch) - weekdays(start.daysSinceEpoch) + said
    }

    private static func isWeekday(_ day: CivilDate) -> Bool {
        // 1 January 1970 was a Thursday.
        ((day.daysSinceEpoch + 3) % 7 + 7) % 7 < 5
    }

    /// The day that lies so many units behind another.
    ///
    /// - Parameters:
    ///   - count: how many, from 0 to `DayUnit.limit`; what lies outside counts as the nearer of the two.
    ///   - unit: of what.
    ///   - start: the day that is not counted itself.
    /// - Returns: the last day that is counted; nil behind the year 9999, where no date can be written.
    package func adding(_ count: Int, _ unit: DayUnit, to start: CivilDate) -> CivilDate? {
        let count = min(max(0, count), DayUnit.limit)
        var day = start.daysSinceEpoch
        switch unit {
        case .calendarDay: day += count
        case .week: day += 7 * count
        case .workingDay:
            var left = count
            while left > 0 {
                day += 1
                if isWorkingDay(CivilDate(daysSinceEpoch: day)) { left -= 1 }
            }
        }
        let end = CivilDate(daysSinceEpoch: day)
        return end.year > 9999 ? nil : end
    }

    /// Whether a row that says of itself that it is a sample lies between two days, or on one of them.
    package func hasSample(from start: CivilDate, through end: CivilDate) -> Bool {
        rows.values.contains { $0.isSample && $0.date >= start && $0.date <= end }
    }

    /// The years from one day to another of which the table says nothing: only weekends are left out in them.
    package func silentYears(from start: CivilDate, through end: CivilDate) -> [Int] {
        guard start <= end else { return [] }
        return (start.year...end.year).filter { !years.contains($0) }
    }
}
