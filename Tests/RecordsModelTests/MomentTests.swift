import Foundation
import RecordsModel
import Testing

struct MomentTests {
    @Test(arguments: [
        "2026-11-23T21:07:20+08:00", "1970-01-01T00:00:00+00:00", "2024-02-29T23:59:59-03:30",
        "1969-12-31T23:59:59+00:00",
        "2024-12-31T00:00:00+23:59", "2024-01-01T12:00:00-23:59", "1900-01-01T00:00:00+07:07",
    ])
    func `a moment is written as it is read`(text: String) throws {
        #expect(try #require(Moment(text)).description == text)
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0, 0), ("1970-01-01T08:00:00+08:00", 0, 28_800),
        ("1969-12-31T20:30:00-03:30", 0, -12_600),
        ("2026-11-23T21:07:20+08:00", 1_795_439_240, 28_800), ("1969-12-31T23:59:59Z", -1, 0),
        ("2001-09-09T01:46:40-00:00", 1_000_000_000, 0),
    ])
    func `the offset is taken off the clock`(text: String, seconds: Int, offset: Int) throws {
        let moment = try #require(Moment(text))
        #expect(moment.secondsSinceEpoch == seconds)
        #expect(moment.offset == offset)
    }

    @Test(arguments: [
        (0, 0, "1970-01-01"), (-1, 0, "1969-12-31"), (86_399, 0, "1970-01-01"), (86_400, 0, "1970-01-02"),
        (57_599, 28_800, "1970-01-01"), (57_600, 28_800, "1970-01-02"), (0, -60, "1969-12-31"),
        (-28_801, 28_800, "1969-12-31"), (-28_800, 28_800, "1970-01-01"), (-86_400, 0, "1969-12-31"),
        (-86_401, 0, "1969-12-30"),
    ])
    func `the civil date changes at local midnight`(seconds: Int, offset: Int, date: String) {
        let moment = Moment(secondsSinceEpoch: seconds, offset: offset)
        #expect(moment.date.description == date)
        #expect(moment.description.hasPrefix(date + "T"))
    }

    @Test(arguments: [(59, 0), (61, 60), (-59, 0), (-61, -60), (28_830, 28_800), (90_000, 86_340), (-90_000, -86_340)])
    func `an offset is whole minutes within a day`(given: Int, kept: Int) throws {
        let moment = Moment(secondsSinceEpoch: 1_700_000_000, offset: given)
        #expect(moment.offset == kept)
        #expect(Moment(moment.description) == moment)
    }

    @Test(arguments: [
        "", "2024-01-01", "2024-01-01T00:00:00", "2024-01-01 00:00:00Z", "2024-01-01t00:00:00z", "2024-01-01T24:00:00Z",
        "2024-01-01T00:60:00Z", "2024-01-01T00:00:60Z", "2024-02-30T00:00:00Z", "2024-01-01T00:00:00.5Z",
        "2024-01-01T00:00:00+0800", "2024-01-01T00:00:00+08", "2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00+08:60",
        "2024-01-01T00:00:00*08:00", "2024-01-01T0a:00:00Z", "2024-01-01T00-00-00Z", "2024-01-01T00:00:00Z    ",
        "2024-01-01T00:00:00+08:00 ", "2024-01-01T00:00:00+08.00",
    ])
    func `what is no time of RFC 3339 in whole seconds is refused`(text: String) {
        #expect(Moment(text) == nil)
    }

    @Test func `the offset tells two moments of the same second apart`() throws {
        let here = try #require(Moment("2024-01-01T08:00:00+08:00"))
        let there = try #require(Moment("2024-01-01T00:00:00Z"))
        #expect(here.secondsSinceEpoch == there.secondsSinceEpoch)
        #expect(here != there)
    }

    @Test func `a moment travels through JSON as its text`() throws {
        let moment = try #require(Moment("2024-02-29T23:59:59-03:30"))
        let line = try CanonicalJSON.line([moment])
        #expect(String(decoding: line, as: UTF8.self) == #"["2024-02-29T23:59:59-03:30"]"#)
        #expect(try CanonicalJSON.decode([Moment].self, from: line) == [moment])
        #expect(throws: DecodingError.self) {
            try CanonicalJSON.decode([Moment].self, from: Data(#"["yesterday"]"#.utf8))
        }
    }
}
