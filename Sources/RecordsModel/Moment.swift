/// A point in time with the offset of the place where it was written down.
///
/// Whole seconds. Written in RFC 3339 with a numeric offset, `2026-11-23T21:07:20+08:00`; the offset is kept, since a
/// moment without it cannot be held against a paper's local time.
package struct Moment: Hashable, Sendable, CustomStringConvertible {
    /// Seconds since 1970-01-01T00:00:00Z.
    package let secondsSinceEpoch: Int
    /// Seconds that the local clock is ahead of UTC, a multiple of 60 from -86,340 to 86,340.
    package let offset: Int

    /// A moment as read off a clock in a place with this offset; the offset is cut to whole minutes.
    package init(secondsSinceEpoch: Int, offset: Int) {
        self.secondsSinceEpoch = secondsSinceEpoch
        self.offset = max(-86_340, min(86_340, offset - offset % 60))
    }

    /// Reads RFC 3339 date-time in whole seconds, with `Z` or a numeric offset; nil for anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        func number(_ start: Int) -> Int? {
            guard start + 2 <= bytes.count else { return nil }
            let (high, low) = (bytes[start] &- 48, bytes[start + 1] &- 48)
            return high < 10 && low < 10 ? Int(high) * 10 + Int(low) : nil
        }
        guard bytes.count == 20 || bytes.count == 25, let date = CivilDate(text.prefix(10)),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let hour = number(11), let minute = number(14), let second = number(17), hour < 24, minute < 60, second < 60
        else {
            return nil
        }
        var offset = 0
        if bytes.count == 25 {
            guard bytes[19] == UInt8(ascii: "+") || bytes[19] == UInt8(ascii: "-"), bytes[22] == UInt8(ascii: ":"),
                let hours = number(20), let minutes = number(23), hours < 24, minutes < 60
            else {
                return nil
            }
            offset = (hours * 3600 + minutes * 60) * (bytes[19] == UInt8(ascii: "-") ? -1 : 1)
        } else if bytes[19] != UInt8(ascii: "Z") {
            return nil
        }
        let local = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second
        self.init(secondsSinceEpoch: local - offset, offset: offset)
    }

    /// The civil date on the local calendar at this moment.
    package var date: CivilDate {
        let local = secondsSinceEpoch + offset
        return CivilDate(daysSinceEpoch: (local - ((local % 86_400) + 86_400) % 86_400) / 86_400)
    }

    /// RFC 3339 with a numeric offset.
    package var description: String {
        let secondOfDay = (((secondsSinceEpoch + offset) % 86_400) + 86_400) % 86_400
        func two(_ value: Int) -> String { CivilDate.padded(value, to: 2) }
        let time = two(secondOfDay / 3600) + ":" + two(secondOfDay % 3600 / 60) + ":" + two(secondOfDay % 60)
        let zone = (offset < 0 ? "-" : "+") + two(abs(offset) / 3600) + ":" + two(abs(offset) % 3600 / 60)
        return date.description + "T" + time + zone
    }
}

extension Moment: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let moment = Moment(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no RFC 3339 time")
        }
        self = moment
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
