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

    @Test func `a unit is one of the procedure's words, and nothing else`() {
        #expect(DayUnit(word: "Hari") == .calendarDay && DayUnit(word: "hari  kerja") == .workingDay)
        #expect(DayUnit(word: "minggu") == .week && DayUnit(word: "bulan") == nil && DayUnit(word: "") == nil)
    }
}
