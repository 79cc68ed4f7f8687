import RecordsModel
import Retention
import Testing

struct PeriodTests {
    @Test(arguments: [
        ("-", 0, "days", nil), ("tidak ada", 0, "days", nil), ("0 tahun", 0, "years", nil),
        ("2 Tahun", 2, "years", nil),
        ("100 tahun", 100, "years", nil), ("6 bulan", 6, "months", nil), ("3 minggu", 3, "weeks", nil),
        ("10 hari", 10, "days", nil), ("2 (dua) Tahun", 2, "years", nil), ("2thn", 2, "years", nil),
        ("1 tahun 6 bulan", 18, "months", nil), ("1 minggu 3 hari", 10, "days", nil), ("2 years", 2, "years", nil),
        ("1 month", 1, "months", nil), ("2 tahun setelah tidak berlaku", 2, "years", "no-longer-valid"),
        ("2 Tahun (setelah pemeriksaan)", 2, "years", "audited"),
        ("2 tahun, sejak diterbitkan", 2, "years", "published"),
        ("Selama Belum Ada Perubahan", 0, "days", "changed"), ("S.d. masalah selesai", 0, "days", "matter-settled"),
        ("1 Tahun Setelah Pemutakhiran Data (Update)", 1, "years", "data-updated"),
    ])
    func `R9 periods have no unit, days, weeks, months or years, and may name their trigger`(
        text: String,
        count: Int,
        unit: String,
        trigger: String?
    ) throws {
        let phrase = try PeriodPhrase(text)
        #expect(phrase.period.count == count)
        #expect(phrase.period.unit.rawValue == unit)
        #expect(phrase.trigger?.kind.id == trigger)
        #expect(Array(phrase.text.utf8) == Array(text.utf8))
    }

    @Test(arguments: [
        "2", "dua tahun", "2,5 tahun", "1-2 tahun", "2 tahun setelah bulan purnama", "setelah pemeriksaan",
        "2 hari kerja",
        "1 tahun 3 hari", "-2 tahun", "99999999999999999999 tahun", "10001 tahun", "2 tahun lebih", "Permanen",
        "2 lustrum",
        "2 tahun (setelah bulan purnama)",
    ])
    func `R9 a period that is not understood is not guessed`(text: String) {
        #expect(throws: PeriodPhrase.Problem.self) { try PeriodPhrase(text) }
    }

    @Test
    func `R9 a bare number counts in the unit that its column names`() throws {
        #expect(try PeriodPhrase("2", unit: .years).period == Period(2, .years))
        #expect(try PeriodPhrase("6 bulan", unit: .years).period == Period(6, .months))
    }

    @Test(arguments: [
        ("2013-01-03", 0, Period.Unit.years, "2013-01-03"), ("2013-01-03", 100, .years, "2113-01-03"),
        ("2024-02-29", 1, .years, "2025-03-01"), ("2024-02-29", 4, .years, "2028-02-29"),
        ("1896-02-29", 4, .years, "1900-03-01"), ("1996-02-29", 4, .years, "2000-02-29"),
        ("2096-02-29", 4, .years, "2100-03-01"), ("2023-01-31", 1, .months, "2023-03-01"),
        ("2024-01-30", 1, .months, "2024-03-01"), ("2023-03-31", 1, .months, "2023-05-01"),
        ("2023-12-31", 2, .months, "2024-03-01"), ("2023-12-01", 1, .months, "2024-01-01"),
        ("2024-02-28", 1, .days, "2024-02-29"), ("1900-02-28", 1, .days, "1900-03-01"),
        ("2024-12-25", 1, .weeks, "2025-01-01"), ("9998-12-31", 1, .years, "9999-12-31"),
        ("9999-12-30", 1, .days, "9999-12-31"), ("0001-01-01", 9998, .years, "9999-01-01"),
    ])
    func `R9 R11 a period is added by the calendar, and never lands early`(
        from: String,
        count: Int,
        unit: Period.Unit,
        to: String
    ) throws {
        let period = try #require(Period(count, unit))
        #expect(try #require(CivilDate(from)).adding(period)?.description == to)
    }

    @Test(arguments: Period.Unit.allCases)
    func `a date behind the year 9999 is no date, and no count is too large to say so`(unit: Period.Unit) throws {
        let last = try #require(CivilDate("9999-12-31"))
        #expect(last.dayAfter == nil)
        #expect(last.adding(try #require(Period(1, unit))) == nil)
        for day in ["0001-01-01", "9999-12-31"] {
            #expect(try #require(CivilDate(day)).adding(try #require(Period(unit.limit, unit))) == nil)
        }
        #expect(Period(unit.limit + 1, unit) == nil)
        #expect(Period(-1, unit) == nil)
        #expect(try #require(CivilDate("0001-01-01")).dayBefore == nil)
    }

    @Test(arguments: [
        ("none", "2013-01-03", "2013-01-04"), ("month", "2013-01-03", "2013-02-01"),
        ("month", "2013-12-31", "2014-01-01"),
        ("quarter", "2013-01-01", "2013-04-01"), ("quarter", "2013-03-31", "2013-04-01"),
        ("quarter", "2013-04-01", "2013-07-01"), ("triwulan", "2013-10-01", "2014-01-01"),
        ("year", "2013-01-03", "2014-01-01"), ("tahun", "2013-12-31", "2014-01-01"),
        ("fiscal-04", "2013-03-31", "2013-04-01"), ("fiscal-04", "2013-04-01", "2014-04-01"),
        ("fiscal-01", "2013-06-01", "2014-01-01"), ("tahun anggaran", "2013-06-30", "2013-07-01"),
        ("anggaran-12", "2013-12-01", "2014-12-01"),
    ])
    func `R10 a cut-off waits for the end of its period`(name: String, day: String, first: String) throws {
        let cutoff = try #require(Cutoff(name, fiscalMonth: 7))
        #expect(cutoff.firstDay(after: try #require(CivilDate(day)))?.description == first)
        #expect(Cutoff(cutoff.name, fiscalMonth: 1) == cutoff)
    }

    @Test(arguments: ["", "fiscal-13", "fiscal-00", "fiscal-4", "week", "fiscal-٠٤"])
    func `R10 a cut-off that is not known is none`(name: String) {
        #expect(Cutoff(name, fiscalMonth: 1) == nil)
    }
}
