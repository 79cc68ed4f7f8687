import RecordsModel
import Retention
import Testing

struct DueDateTests {
    @Test(arguments: [
        ("2013-01-03", "10 Tahun", "-", "year", "2023-12-31", "2024-01-01"),
        ("2013-01-03", "10 Tahun", "-", "", "2023-01-03", "2023-01-04"),
        ("2013-01-03", "2 Tahun", "3 Tahun", "", "2015-01-03", "2018-01-04"),
        ("2013-01-03", "-", "-", "", "2013-01-03", "2013-01-04"),
        ("2013-01-03", "0 tahun", "100 tahun", "year", "2013-12-31", "2114-01-01"),
        ("2013-01-03", "6 bulan", "-", "quarter", "2013-09-30", "2013-10-01"),
        ("2013-01-03", "10 hari", "1 minggu", "", "2013-01-13", "2013-01-21"),
        ("2024-02-29", "1 Tahun", "-", "", "2025-02-28", "2025-03-01"),
        ("2024-02-28", "1 Tahun", "-", "", "2025-02-28", "2025-03-01"),
        ("2024-02-28", "2 Tahun", "2 Tahun", "", "2026-02-28", "2028-03-01"),
        ("2023-01-31", "1 bulan", "-", "", "2023-02-28", "2023-03-01"),
        ("2023-02-28", "1 bulan", "-", "month", "2023-03-31", "2023-04-01"),
        ("1899-12-31", "1 Tahun", "-", "", "1900-12-31", "1901-01-01"),
    ])
    func `R10 R16 a record is eligible on the day behind the last full day of its period`(
        date: String,
        active: String,
        inactive: String,
        cutoff: String,
        activeEnd: String,
        due: String
    ) throws {
        let calculator = try Schedules.calculator(active: active, inactive: inactive, cutoff: cutoff)
        let dates = calculator.dates(for: try .sample(date: date))
        #expect(dates.start?.description == date)
        #expect(dates.activeEnd?.description == activeEnd)
        #expect(dates.due?.description == due)
        #expect(dates.obstacle == nil)
    }

    @Test
    func `R11 from 1900 to 2200 no record is eligible before the full period has passed, nor a day too late`() throws {
        let first = try #require(CivilDate("1900-01-01")).daysSinceEpoch
        let last = try #require(CivilDate("2200-12-31")).daysSinceEpoch
        let cases = [(1, 0), (2, 0), (4, 0), (10, 0), (100, 0), (0, 1), (0, 6), (0, 11), (0, 18)]
        for (years, months) in cases {
            let period = months > 0 ? "\(months) bulan" : "\(years) tahun"
            let calculator = try Schedules.calculator(active: period)
            var facts = try RecordFacts.sample()
            for number in stride(from: first, through: last, by: 1) {
                let start = CivilDate(daysSinceEpoch: number)
                // Every day for a year and for a month; for the rest the days at which calendars go wrong.
                if years + months > 1, (3...26).contains(start.day) { continue }
                facts.date = start
                let due = try #require(calculator.dates(for: facts).due)
                let lastDay = try #require(due.dayBefore)
                // The same day of the month that the period names, whether or not there is such a day.
                let count = start.year * 12 + start.month - 1 + years * 12 + months
                let anniversary = (count / 12, count % 12 + 1, start.day)
                let isFull = (due.year, due.month, due.day) > anniversary
                // Behind the last day of a month the period goes from the 1st to the last day of another.
                let isWhole = start.dayAfter?.day == 1 && due.day == 1 && lastDay.month == anniversary.1
                let isPrompt = (lastDay.year, lastDay.month, lastDay.day) <= anniversary || isWhole
                if !isFull || !isPrompt { Issue.record("\(start) + \(period) is due on \(due)") }
            }
        }
    }

    @Test
    func `R7 without the date of its event a record has not started, and is never due`() throws {
        let calculator = try Schedules.calculator(active: "-", trigger: "Setelah Pemeriksaan")
        let farAway = try #require(CivilDate("9999-12-31"))
        let answer = calculator.answer(for: try .sample(), asOf: farAway)
        #expect(answer.state == .notStarted(missing: "audited"))
        #expect(answer.dueDate == nil && answer.startDate == nil)
        #expect(!answer.phase.isComputed)
        #expect(answer.fault?.value == "audited" && answer.fault?.severity == .fault)
        let undated = try Schedules.calculator(active: "-").answer(for: try .sample(date: nil), asOf: farAway)
        #expect(undated.state == .notStarted(missing: "document-date"))
        let dated = try RecordFacts.sample(date: nil, events: [("document-date", "2020-05-05")])
        #expect(try Schedules.calculator(active: "-").dates(for: dated).due == CivilDate("2020-05-06"))
    }

    @Test
    func `R4 a record without a code or without a row has no rule`() throws {
        let calculator = try Schedules.calculator(active: "-")
        let day = try #require(CivilDate("2026-01-01"))
        #expect(calculator.answer(for: try .sample(code: nil), asOf: day).state == .noClassification)
        #expect(calculator.answer(for: try .sample(code: ""), asOf: day).state == .noClassification)
        #expect(calculator.answer(for: try .sample(code: "1.1"), asOf: day).state == .noRule)
        #expect(calculator.answer(for: try .sample(code: nil), asOf: day).fault?.column == "classification")
        #expect(calculator.answer(for: try .sample(), asOf: day).fault == nil)
        #expect(calculator.answer(for: try .sample(code: " 1\u{A0}"), asOf: day).row == 0)
    }

    @Test
    func `R16 time, event, and time after an event`() throws {
        let day = try #require(CivilDate("2026-01-01"))
        let time = try Schedules.calculator(active: "2 Tahun").answer(for: try .sample(date: "2023-06-01"), asOf: day)
        #expect(time.state == .due(.destroy, since: try #require(CivilDate("2025-06-02"))))
        let event = try Schedules.calculator(active: "Selama Belum Ada Perubahan", disposition: "Permanen")
        let changed = try RecordFacts.sample(events: [("changed", "2025-05-05")])
        #expect(
            event.answer(for: changed, asOf: day).state == .due(.transfer, since: try #require(CivilDate("2025-05-06")))
        )
        let after = try Schedules.calculator(active: "1 Tahun", inactive: "1 Tahun", trigger: "setelah diterbitkan")
        let published = try RecordFacts.sample(events: [("published", "2025-05-05")])
        #expect(after.answer(for: published, asOf: day).state == .active(until: CivilDate("2026-05-05")))
        let later = try #require(CivilDate("2026-05-06"))
        #expect(after.answer(for: published, asOf: later).state == .inactive(until: CivilDate("2027-05-05")))
    }

    @Test
    func `R16 each phase lasts through its last day, and a record is due from its due date on`() throws {
        let calculator = try Schedules.calculator(active: "2 Tahun", inactive: "3 Tahun")
        func state(_ day: String) throws -> RetentionState {
            calculator.answer(for: try .sample(date: "2013-01-03"), asOf: try #require(CivilDate(day))).state
        }
        #expect(try state("2010-01-01") == .active(until: CivilDate("2015-01-03")))
        #expect(try state("2015-01-03") == .active(until: CivilDate("2015-01-03")))
        #expect(try state("2015-01-04") == .inactive(until: CivilDate("2018-01-03")))
        #expect(try state("2018-01-03") == .inactive(until: CivilDate("2018-01-03")))
        let due = try #require(CivilDate("2018-01-04"))
        #expect(try state("2018-01-04") == .due(.destroy, since: due))
        #expect(try state("2999-01-01") == .due(.destroy, since: due))
    }

    @Test
    func `R13 of several dates of an event the latest counts, and other events do not`() throws {
        let calculator = try Schedules.calculator(active: "1 Tahun", trigger: "Setelah tidak berlaku")
        let facts = try RecordFacts.sample(events: [
            ("no-longer-valid", "2020-01-01"), ("superseded", "2021-01-01"), ("no-longer-valid", "2019-01-01"),
            ("audited", "2025-01-01"),
        ])
        #expect(calculator.dates(for: facts).start == CivilDate("2021-01-01"))
    }

    @Test(arguments: [(1, "2026-12-31"), (4, "2027-03-31"), (7, "2027-06-30")])
    func `R16 the end of the fiscal year is computed from the year and the office's month`(month: Int, end: String)
        throws
    {
        let settings = RetentionSettings(fiscalMonth: month, countsStartingDay: true)
        let trigger = "setelah tahun anggaran berakhir"
        let calculator = try Schedules.calculator(active: "1 bulan", trigger: trigger, settings: settings)
        let dates = calculator.dates(for: try .sample(date: nil, year: 2026))
        #expect(dates.start?.description == end)
        #expect(dates.due == dates.start?.dayAfter?.adding(try #require(Period(1, .months))))
    }

    @Test
    func `the day of the event counts only where the office says so, and never with a cut-off`() throws {
        let settings = RetentionSettings(countsStartingDay: true)
        let plain = try Schedules.calculator(active: "1 Tahun", settings: settings)
        #expect(plain.dates(for: try .sample(date: "2024-02-29")).due == CivilDate("2025-03-01"))
        #expect(plain.dates(for: try .sample(date: "2013-01-03")).due == CivilDate("2014-01-03"))
        let cut = try Schedules.calculator(active: "10 Tahun", cutoff: "year", settings: settings)
        #expect(cut.dates(for: try .sample(date: "2013-01-03")).due == CivilDate("2024-01-01"))
    }

    @Test
    func `an inactive period with an event of its own starts with the later of both`() throws {
        let calculator = try Schedules.calculator(active: "2 Tahun", inactive: "1 Tahun setelah pemeriksaan")
        let day = try #require(CivilDate("2014-01-01"))
        let open = calculator.answer(for: try .sample(), asOf: day)
        #expect(open.state == .active(until: CivilDate("2015-01-03")))
        #expect(open.fault?.value == "audited")
        #expect(open.dueDate == nil && open.dates.obstacle == .missing(trigger: "audited"))
        let late = try #require(CivilDate("2030-01-01"))
        #expect(calculator.answer(for: try .sample(), asOf: late).state == .notStarted(missing: "audited"))
        let early = try RecordFacts.sample(events: [("audited", "2013-05-05")])
        #expect(calculator.dates(for: early).due == CivilDate("2016-01-04"))
        let after = try RecordFacts.sample(events: [("audited", "2020-05-05")])
        #expect(calculator.dates(for: after).due == CivilDate("2021-05-06"))
    }

    @Test
    func `drafts follow the signed plan's event where the row says so`() throws {
        let plan = try RecordFacts.sample(1, date: "2024-01-10", type: "rkt", events: [("superseded", "2025-01-02")])
        let revision = try RecordFacts.sample(2, date: "2024-08-01", type: "rkt")
        let draft = try RecordFacts.sample(3, date: "2023-11-01", events: [("superseded", "2023-12-01")])
        func due(_ drafts: String, _ plans: [RecordFacts], trigger: String = "") throws -> RetentionDates {
            let plans = SignedPlans(plans + [draft], types: ["rkt"])
            return try Schedules.calculator(active: "1 Tahun", trigger: trigger, drafts: drafts, plans: plans)
                .dates(for: draft)
        }
        #expect(try due("tidak", [plan]).start == CivilDate("2023-11-01"))
        #expect(try due("ya", [plan]).start == CivilDate("2024-01-10"))
        #expect(try due("ya", [plan, revision]).start == CivilDate("2024-08-01"))
        #expect(try due("ya", []).obstacle == .missingPlan)
        #expect(try due("ya", [plan], trigger: "superseded").start == CivilDate("2025-01-02"))
        #expect(try due("ya", [plan, revision], trigger: "superseded").obstacle == .missing(trigger: "superseded"))
    }

    @Test
    func `a date behind the year 9999 is never due`() throws {
        let calculator = try Schedules.calculator(active: "9000 Tahun")
        let last = try #require(CivilDate("9999-12-31"))
        let answer = calculator.answer(for: try .sample(), asOf: last)
        #expect(answer.state == .active(until: nil))
        #expect(answer.dates.obstacle == .beyondCalendar && answer.fault?.severity == .warning)
        let inactive = try Schedules.calculator(active: "2 Tahun", inactive: "9000 Tahun")
        #expect(inactive.answer(for: try .sample(), asOf: last).state == .inactive(until: nil))
    }
}
