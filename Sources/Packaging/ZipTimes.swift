/// Puts the local times of a zip into UTC.
///
/// A zip holds each time twice: as whole seconds since 1970, and as a date and time of day without a time zone. For the
/// latter libarchive asks the time zone of the process, so that the same members would make other bytes elsewhere. The
/// zone belongs to the whole process and cannot be changed for one call, so the four bytes are put right in the headers
/// on their way out. Layout of the headers: APPNOTE.TXT 6.3.10, sections 4.3.7 and 4.3.12,
/// <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>.
enum ZipTimes {
    private static let localHeader: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    private static let directoryHeader: [UInt8] = [0x50, 0x4B, 0x01, 0x02]

    /// The date and time of day in UTC, as MS-DOS packs them: two seconds a step, 1980 to 2107.
    static func packed(_ seconds: Int) -> UInt32 {
        let (earliest, latest) = (315_532_800, 4_354_819_199)  // 1980-01-01 00:00:00 and 2107-12-31 23:59:59.
        let clamped = min(max(seconds, earliest), latest)
        let (days, second) = clamped.quotientAndRemainder(dividingBy: 86_400)
        // Years from 1 March, so that the leap day is a year's last: 719,468 days lie between 0000-03-01 and 1970-01-01
        // (https://howardhinnant.github.io/date_algorithms.html#civil_from_days).
        let (era, dayOfEra) = (days + 719_468).quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        let date = (year - 1980) << 9 | month << 5 | day
        let time = (second / 3600) << 11 | (second / 60 % 60) << 5 | second % 60 / 2
        return UInt32(date << 16 | time)
    }

    /// Stamps the header before a member's content; false where the bytes are no such header.
    static func stamp(localHeader bytes: inout [UInt8], with time: UInt32) -> Bool {
        guard bytes.count >= 30, bytes.starts(with: localHeader) else { return false }
        put(time, into: &bytes, at: 10)
        return true
    }

    /// Stamps the headers at the end, one a member in order; false where the bytes do not hold exactly these.
    static func stamp(directory bytes: inout [UInt8], with times: [UInt32]) -> Bool {
        var offset = 0
        for time in times {
            guard bytes.count >= offset + 46, bytes[offset...].starts(with: directoryHeader) else { return false }
            put(time, into: &bytes, at: offset + 12)
            let lengths = [28, 30, 32].map { Int(bytes[offset + $0]) | Int(bytes[offset + $0 + 1]) << 8 }
            offset += 46 + lengths.reduce(0, +)
        }
        return offset <= bytes.count && !bytes[offset...].starts(with: directoryHeader)
    }

    private static func put(_ value: UInt32, into bytes: inout [UInt8], at offset: Int) {
        for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(index))) }
    }
}
