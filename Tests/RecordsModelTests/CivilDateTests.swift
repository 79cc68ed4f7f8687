import Foundation
import RecordsModel
import Testing

struct CivilDateTests {
    /// The length of a month as a table, so that it is not the code under test that counts.
    private static func length(of month: Int, in year: Int) -> Int {
        let isLeap = [4, 100, 400].count { year % $0 == 0 } % 2 == 1
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    @Test func `every day from 1900 to 2200 has the number that counting gives it, and back`() throws {
        // 1 January 1900 is 25,567 days before 1 January 1970.
        var number = -25_567
        for year in 1900...2200 {
            for month in 1...12 {
                for day in 1...Self.length(of: month, in: year) {
                    let date = try #require(CivilDate(year: year, month: month, day: day))
                    guard date.daysSinceEpoch == number, CivilDate(daysSinceEpoch: number) == date else {
                        Issue.record("\(date) is counted as \(date.daysSinceEpoch), not \(number)")
                        return
                    }
                    number += 1
                }
            }
        }
        #expect(number == 84_371)
    }

    @Test(arguments: [("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("0001-01-01", -719_162)])
    func `known days have their known numbers`(text: String, number: Int) throws {
        #expect(try #require(CivilDate(text)).daysSinceEpoch == number)
        #expect(CivilDate(daysSinceEpoch: number).description == text)
    }

    @Test(arguments: [2000, 2024, 1904, 2400])
    func `a leap year has 29 February`(year: Int) {
        #expect(CivilDate(year: year, month: 2, day: 29) != nil)
        #expect(CivilDate(year: year, month: 2, day: 30) == nil)
    }

    @Test(arguments: [1900, 2100, 2200, 2023])
    func `another year has no 29 February`(year: Int) {
        #expect(CivilDate(year: year, month: 2, day: 28) != nil)
        #expect(CivilDate(year: year, month: 2, day: 29) == nil)
    }

    @Test(arguments: [
        "2024-02-30", "2023-02-29", "2024-04-31", "2024-00-10", "2024-13-01", "2024-01-00", "2024-01-32", "0000-01-01",
        "2024-1-01", "2024-01-1", "24-01-01", "12024-01-01", "2024/01/01", "20240101", "2024-01-01 ", " 2024-01-01",
        "2024-01-01T00:00:00Z", "", "01-01-2024", "-024-01-01", "+024-01-01", "２０24-01-01", "2024-01-٠١", "2024–01–01",
        "2024-0 -01", "2024-01-0\u{301}",
    ])
    func `what is no date of the calendar in its one form is refused`(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test(arguments: ["0001-01-01", "0099-12-31", "2024-02-29", "9999-12-31"])
    func `a date is written as it is read`(text: String) throws {
        #expect(try #require(CivilDate(text)).description == text)
    }

    @Test func `the years 0 and 10000 are out of range`() {
        #expect(CivilDate(year: 0, month: 1, day: 1) == nil)
        #expect(CivilDate(year: 10_000, month: 1, day: 1) == nil)
    }

    @Test func `dates stand in the order of the calendar`() throws {
        let texts = ["1999-12-31", "2000-01-01", "2000-01-02", "2000-02-01", "2001-01-01"]
        let dates = try texts.map { try #require(CivilDate($0)) }
        #expect(dates.shuffled().sorted() == dates)
    }

    @Test func `a date travels through JSON as its text`() throws {
        let date = try #require(CivilDate("2024-02-29"))
        let line = try CanonicalJSON.line([date])
        #expect(String(decoding: line, as: UTF8.self) == #"["2024-02-29"]"#)
        #expect(try CanonicalJSON.decode([CivilDate].self, from: line) == [date])
        #expect(throws: DecodingError.self) {
            try CanonicalJSON.decode([CivilDate].self, from: Data(#"["2024-02-30"]"#.utf8))
        }
    }

    @Test(arguments: [(7, 4, "0007"), (0, 4, "0000"), (12_345, 4, "12345"), (9, 1, "9")])
    func `padding adds zeroes and cuts nothing`(number: Int, width: Int, text: String) {
        #expect(CivilDate.padded(number, to: width) == text)
    }
}
