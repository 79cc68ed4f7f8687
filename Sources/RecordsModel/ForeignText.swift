/// Names from elsewhere that are no UTF-8.
package enum ForeignText {
    /// The bytes as text, those that are no UTF-8 written out as `\xE9`.
    package static func shown(_ bytes: [UInt8]) -> String {
        pieces(bytes).map { piece in
            switch piece {
            case .text(let scalar): String(scalar)
            case .byte(let byte): "\\x" + HexadecimalText.of([byte]).uppercased()
            }
        }.joined()
    }

    /// One character of a name, or one byte that is part of none.
    package enum Piece: Hashable, Sendable {
        /// A character in UTF-8.
        case text(Unicode.Scalar)
        /// A byte that is no UTF-8.
        case byte(UInt8)
    }

    /// The bytes taken apart.
    package static func pieces(_ bytes: some Collection<UInt8>) -> [Piece] {
        var pieces: [Piece] = []
        var rest = Array(bytes)[...]
        while let first = rest.first {
            let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            let text = String(validating: rest.prefix(length), as: UTF8.self)
            if let text, let scalar = text.unicodeScalars.first {
                pieces.append(.text(scalar))
                rest = rest.dropFirst(length)
            } else {
                pieces.append(.byte(first))
                rest = rest.dropFirst()
            }
        }
        return pieces
    }

    /// The bytes read as Windows-1252, which ISO 8859-1 is a part of: what names of Western offices that are no UTF-8 mean.
    ///
    /// A guess: good for finding a name and for nothing else. Bytes without a meaning become U+FFFD.
    package static func western(_ bytes: [UInt8]) -> String {
        var text = ""
        for byte in bytes {
            let value = (0x80..<0xA0).contains(byte) ? high[Int(byte - 0x80)] : UInt32(byte)
            text.unicodeScalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
        }
        return text
    }

    /// What Windows-1252 has from 0x80 to 0x9F
    /// (<https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT>).
    private static let high: [UInt32] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
        0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0xFFFD, 0x017E, 0x0178,
    ]
}

/// Bytes as hexadecimal digits, two a byte, in lower case.
package enum HexadecimalText {
    /// The digits of bytes.
    package static func of(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The bytes of digits as this writes them; nil for anything else.
    package static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count % 2 == 0, !digits.isEmpty else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}
