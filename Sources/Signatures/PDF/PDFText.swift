internal import RecordsModel

/// Text strings and dates of PDF (ISO 32000-2, 7.9.2 and 7.9.4).
enum PDFText {
    /// The text of a string: UTF-16BE or UTF-8 where it begins with their mark, else PDFDocEncoding.
    static func decoded(_ bytes: [UInt8]) -> String {
        if bytes.starts(with: [0xFE, 0xFF]) {
            var units: [UInt16] = []
            for place in stride(from: 2, to: bytes.count - 1, by: 2) {
                units.append(UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1]))
            }
            return String(decoding: units, as: UTF16.self)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(decoding: bytes.dropFirst(3), as: UTF8.self) }
        var text = ""
        for byte in bytes { text.unicodeScalars.append(scalar(byte)) }
        return text
    }

    /// PDFDocEncoding (ISO 32000-2, Annex D.3).
    private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
        let low: [Unicode.Scalar] = [
            "\u{02D8}", "\u{02C7}", "\u{02C6}", "\u{02D9}", "\u{02DD}", "\u{02DB}", "\u{02DA}", "\u{02DC}",
        ]
        let high: [Unicode.Scalar] = [
            "\u{2022}", "\u{2020}", "\u{2021}", "\u{2026}", "\u{2014}", "\u{2013}", "\u{0192}", "\u{2044}",
            "\u{2039}", "\u{203A}", "\u{2212}", "\u{2030}", "\u{201E}", "\u{201C}", "\u{201D}", "\u{2018}",
            "\u{2019}", "\u{201A}", "\u{2122}", "\u{FB01}", "\u{FB02}", "\u{0141}", "\u{0152}", "\u{0160}",
            "\u{0178}", "\u{017D}", "\u{0131}", "\u{0142}", "\u{0153}", "\u{0161}", "\u{017E}", "\u{FFFD}",
            "\u{20AC}",
        ]
        switch byte {
        case 0x18..<0x20: return low[Int(byte) - 0x18]
        case 0x80...0xA0: return high[Int(byte) - 0x80]
        default: return Unicode.Scalar(byte)
        }
    }

    /// Reads `D:YYYYMMDDHHmmSSOHH'mm'`; parts from the month on may be absent, and without an offset it counts as UTC.
    ///
    /// - Returns: nil for anything else.
    static func moment(_ bytes: [UInt8]) -> Moment? {
        var digits = decoded(bytes).utf8[...]
        if digits.starts(with: "D:".utf8) { digits = digits.dropFirst(2) }
        func number(_ length: Int, _ absent: Int?) -> Int? {
            let part = digits.prefix(length)
            guard part.count == length, part.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return absent }
            digits = digits.dropFirst(length)
            return part.reduce(0) { $0 * 10 + Int($1) - 0x30 }
        }
        guard let year = number(4, nil), let month = number(2, 1), let day = number(2, 1), let hour = number(2, 0),
            let minute = number(2, 0), let second = number(2, 0),
            let date = CivilDate(year: year, month: month, day: day), hour < 24, minute < 60, second < 60
        else {
            return nil
        }
        var offset = 0
        if let sign = digits.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            digits = digits.dropFirst()
            guard let hours = number(2, nil), hours < 24 else { return nil }
            if digits.first == UInt8(ascii: "'") { digits = digits.dropFirst() }
            guard let minutes = number(2, 0), minutes < 60 else { return nil }
            offset = (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
        }
        let local = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second
        return Moment(secondsSinceEpoch: local - offset, offset: offset)
    }
}
