/// UTF-8 looked at byte by byte (RFC 3629): no surrogate, no overlong form, nothing above U+10FFFF.
package enum UTF8Text {
    /// The character that begins at an index, and how many bytes it takes; nil where there is none.
    package static func scalar(at index: Int, of bytes: [UInt8]) -> (scalar: Unicode.Scalar, length: Int)? {
        let first = bytes[index]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let length: Int
        var value: UInt32
        switch first {
        case 0xC2...0xDF: (length, value) = (2, UInt32(first & 0x1F))
        case 0xE0...0xEF: (length, value) = (3, UInt32(first & 0x0F))
        case 0xF0...0xF4: (length, value) = (4, UInt32(first & 0x07))
        default: return nil
        }
        guard index + length <= bytes.count else { return nil }
        for place in index + 1..<index + length {
            guard bytes[place] & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(bytes[place] & 0x3F)
        }
        let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
        guard value >= smallest, let scalar = Unicode.Scalar(value) else { return nil }
        return (scalar, length)
    }

    /// Whether the bytes are UTF-8 from their beginning to their end.
    package static func isValid(_ bytes: [UInt8]) -> Bool { firstFault(in: bytes) == nil }

    /// The index of the first byte that begins no character; nil where all is UTF-8.
    package static func firstFault(in bytes: [UInt8]) -> Int? {
        var index = 0
        while index < bytes.count {
            if bytes[index] < 0x80 {
                index += 1
            } else if let (_, length) = scalar(at: index, of: bytes) {
                index += length
            } else {
                return index
            }
        }
        return nil
    }
}
