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

    /// A row out of its parts.
    package init(date: CivilDate, name: String, kind: Kind, decree: String, decreed: CivilDate) {
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
        if let row = rows[day] { return row.kind == .working }
        // 1 January 1970 was a Thursday.
        return ((day.daysSinceEpoch + 3) % 7 + 7) % 7 < 5
    }

    /// How many days are worked behind one day, up to another and with it; 0 where that is not later.
    package func workingDays(after start: CivilDate, through end: CivilDate) -> Int {
        guard start < end else { return 0 }
        return (start.daysSinceEpoch + 1...end.daysSinceEpoch).count { isWorkingDay(CivilDate(daysSinceEpoch: $0)) }
    }

    /// The day that lies so many units behind another.
    ///
    /// - Parameters:
    ///   - count: how many, from 0.
    ///   - unit: of what.
    ///   - start: the day that is not counted itself.
    /// - Returns: the last day that is counted.
    package func adding(_ count: Int, _ unit: DayUnit, to start: CivilDate) -> CivilDate {
        switch unit {
        case .calendarDay: return CivilDate(daysSinceEpoch: start.daysSinceEpoch + count)
        case .week: return CivilDate(daysSinceEpoch: start.daysSinceEpoch + 7 * count)
        case .workingDay:
            var day = start.daysSinceEpoch
            var left = count
            while left > 0 {
                day += 1
                if isWorkingDay(CivilDate(daysSinceEpoch: day)) { left -= 1 }
            }
            return CivilDate(daysSinceEpoch: day)
        }
    }

    /// The years from one day to another of which the table says nothing: only weekends are left out in them.
    package func silentYears(from start: CivilDate, through end: CivilDate) -> [Int] {
        guard start <= end else { return [] }
        return (start.year...end.year).filter { !years.contains($0) }
    }
}
