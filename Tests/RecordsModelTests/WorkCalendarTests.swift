import RecordsModel
import Testing

/// Which days are worked.
struct WorkCalendarTests {
    private func day(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(daysSinceEpoch: 0) }

    private func row(_ date: String, _ kind: Holiday.Kind, decreed: String) -> Holiday {
        Holiday(date: day(date), name: "", kind: kind, decree: "SKB", decreed: day(decreed))
    }

    @Test func `of two decrees on a day the later counts, in whatever order they stand`() {
        let first = row("2025-08-18", .holiday, decreed: "2024-10-14")
        let later = row("2025-08-18", .working, decreed: "2025-08-07")
        #expect(!WorkCalendar([first]).isWorkingDay(day("2025-08-18")))
        #expect(WorkCalendar([first, later]).isWorkingDay(day("2025-08-18")))
        #expect(WorkCalendar([later, first]).isWorkingDay(day("2025-08-18")))
        let added = row("2025-08-19", .jointLeave, decreed: "2025-08-07")
        #expect(WorkCalendar([first, added]).workingDays(after: day("2025-08-17"), through: day("2025-08-20")) == 1)
    }

    @Test func `a decree can make a Saturday a working day`() {
        #expect(!WorkCalendar([]).isWorkingDay(day("2024-11-09")))
        #expect(WorkCalendar([row("2024-11-09", .working, decreed: "2024-10-01")]).isWorkingDay(day("2024-11-09")))
    }

    @Test func `days, working days and weeks are counted from the day behind the start`() {
        let calendar = WorkCalendar([])
        #expect(calendar.adding(3, .calendarDay, to: day("2024-02-28")) == day("2024-03-02"))
        #expect(calendar.adding(1, .workingDay, to: day("2024-11-08")) == day("2024-11-11"))
        #expect(calendar.adding(1, .week, to: day("2024-12-28")) == day("2025-01-04"))
        #expect(calendar.adding(0, .workingDay, to: day("2024-11-09")) == day("2024-11-09"))
        #expect(calendar.workingDays(after: day("2024-11-08"), through: day("2024-11-08")) == 0)
    }

    @Test func `working days are the same counted one by one, over years and before 1970`() {
        let rows = [
            row("2024-11-05", .holiday, decreed: "2023-09-01"), row("2024-11-09", .working, decreed: "2024-10-01"),
            row("2024-11-10", .holiday, decreed: "2023-09-01"), row("2024-11-12", .working, decreed: "2024-10-01"),
        ]
        let calendar = WorkCalendar(rows)
        for (start, end) in [
            ("2024-10-28", "2024-11-20"), ("2024-11-04", "2024-11-05"), ("1965-03-04", "1971-02-03"),
            ("0001-01-01", "0003-01-07"),
        ] {
            for shift in 0..<7 {
                let from = CivilDate(daysSinceEpoch: day(start).daysSinceEpoch + shift)
                let counted = (from.daysSinceEpoch + 1...day(end).daysSinceEpoch + 7).count {
                    calendar.isWorkingDay(CivilDate(daysSinceEpoch: $0))
                }
                let through = CivilDate(daysSinceEpoch: day(end).daysSinceEpoch + 7)
                #expect(calendar.workingDays(after: from, through: through) == counted, "\(from)")
            }
        }
        #expect(calendar.workingDays(after: day("0001-01-01"), through: day("9999-12-31")) > 2_600_000)
    }

    @Test func `no day behind the year 9999 is counted to, and no count is walked for ever`() {
        let calendar = WorkCalendar([])
        for unit in DayUnit.allCases { #expect(calendar.adding(5, unit, to: day("9999-12-30")) == nil) }
        #expect(calendar.adding(.max, .week, to: day("2024-01-01")) == day("2024-01-01").adding(weeks: DayUnit.limit))
        #expect(calendar.adding(-3, .workingDay, to: day("2024-01-01")) == day("2024-01-01"))
    }

    @Test func `a unit is one of the procedure's words, and nothing else`() {
        #expect(DayUnit(word: "Hari") == .calendarDay && DayUnit(word: "hari  kerja") == .workingDay)
        #expect(DayUnit(word: "minggu") == .week && DayUnit(word: "bulan") == nil && DayUnit(word: "") == nil)
    }
}

extension CivilDate {
    fileprivate func adding(weeks: Int) -> CivilDate { CivilDate(daysSinceEpoch: daysSinceEpoch + 7 * weeks) }
}
