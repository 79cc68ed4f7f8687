import Acts
import RecordsModel
import Retention
import Testing

struct PlausibleDateTests {
    private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    @Test func `a date is believed from the office's first day to today, and not before its document`() throws {
        let dates = PlausibleDates(today: try date("2026-11-30"), firstYear: 2003)
        let document = try date("2011-05-06")
        #expect(try dates.doubts(about: date("2026-11-30"), document: document).isEmpty)
        #expect(try dates.doubts(about: date("2003-01-01")).isEmpty)
        #expect(dates.doubts(about: document, document: document).isEmpty)
        #expect(try dates.doubts(about: date("2026-12-01")) == [.afterToday(date("2026-11-30"))])
        #expect(try dates.doubts(about: date("2011-05-05"), document: document) == [.beforeDocument(document)])
        #expect(
            try dates.doubts(about: date("1901-01-01"), document: document) == [
                .beforeOffice(2003), .beforeDocument(document),
            ]
        )
    }

    @Test func `a refusal names the record, the date, every doubt and the way out`() throws {
        let dates = PlausibleDates(today: try date("2026-11-30"), firstYear: 1900)
        let id = RecordID(prefix: "RKT", year: 2011, sequence: 7)
        let document = try date("2011-05-06")
        let refusals = dates.refusals(
            of: try date("1850-01-01"),
            what: "the event 'x'",
            subject: id,
            document: document
        )
        #expect(refusals.map(\.code) == [.implausibleDate])
        let text = try #require(refusals.first.map { $0.message + $0.remedy })
        for word in ["RKT-2011-0007", "1850-01-01", "1900", "2011-05-06", "--because"] { #expect(text.contains(word)) }
        #expect(dates.refusals(of: document, what: "the event 'x'", subject: id, document: document).isEmpty)
    }
}
