import Containers

/// Plain text in whatever encoding it is: told by its mark, by its zero bytes, by being UTF-8; else Windows-1252.
struct PlainText {
    /// The encodings that are told apart.
    enum Encoding: String {
        /// UTF-8, with a mark or without one.
        case utf8 = "UTF-8"
        /// UTF-16, the low byte first.
        case utf16Little = "UTF-16LE"
        /// UTF-16, the high byte first.
        case utf16Big = "UTF-16BE"
        /// UTF-32, the lowest byte first.
        case utf32Little = "UTF-32LE"
        /// UTF-32, the highest byte first.
        case utf32Big = "UTF-32BE"
        /// What Windows in offices of Latin script writes where it does not write Unicode.
        case windows1252 = "WINDOWS-1252"
    }

    /// The encoding.
    let encoding: Encoding
    /// The pages: form feeds stand between them.
    let pages: [String]
    /// How many places of the file are no characters in the encoding.
    let faults: Int
    /// How many zero bytes stand between the characters.
    let zeros: Int

    /// Reads a text; nil where it is none, since it has control characters that no text has.
    init?(_ file: [UInt8]) {
        var file = file
        var zeros = 0
        if Self.encoding(of: file) == nil {
            // A text that was cut off by a lost disk cache, or padded: zeros, and no other sign that no text has.
            zeros = file.count { $0 == 0 }
            file.removeAll { $0 == 0 }
            let isClean = file.allSatisfy { $0 >= 0x20 || [0x09, 0x0A, 0x0C, 0x0D].contains($0) }
            guard isClean, zeros < file.count, String(validating: file, as: UTF8.self) != nil else { return nil }
        }
        self.zeros = zeros
        guard let (encoding, mark) = Self.encoding(of: file) else { return nil }
        let body = Array(file.dropFirst(mark))
        var decoded: (text: [UInt8], faults: Int)
        if encoding == .utf8 {
            decoded = Self.repaired(body)
        } else {
            decoded = Self.convert(body, from: encoding.rawValue)
        }
        let odd = decoded.text.count { $0 < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D, 0x1A, 0x1B, 0x08].contains($0) }
        guard odd == 0 || odd * 100 < decoded.text.count else { return nil }
        self.encoding = encoding
        faults = decoded.faults
        pages = Self.pages(of: decoded.text)
    }

    /// The encoding, and how many bytes its mark has; nil where there is no text in any.
    private static func encoding(of file: [UInt8]) -> (Encoding, mark: Int)? {
        let marks: [(Encoding, [UInt8])] = [
            (.utf8, [0xEF, 0xBB, 0xBF]), (.utf32Little, [0xFF, 0xFE, 0, 0]), (.utf32Big, [0, 0, 0xFE, 0xFF]),
            (.utf16Little, [0xFF, 0xFE]), (.utf16Big, [0xFE, 0xFF]),
        ]
        for (encoding, mark) in marks where file.starts(with: mark) { return (encoding, mark.count) }
        let sample = file.prefix(1 << 16)
        var zeros = [0, 0, 0, 0]
        for (index, byte) in sample.enumerated() where byte == 0 { zeros[index % 4] += 1 }
        if zeros.allSatisfy({ $0 == 0 }) {
            return (String(validating: file, as: UTF8.self) == nil ? .windows1252 : .utf8, 0)
        }
        // Latin text has its zeros in the high bytes, nearly all of them and no others.
        let quarter = max(1, sample.count / 4)
        func isHigh(_ place: Int) -> Bool { zeros[place] * 10 >= quarter * 7 }
        func isLow(_ place: Int) -> Bool { zeros[place] * 20 <= quarter }
        if file.count % 4 == 0 {
            if isLow(0), isHigh(1), isHigh(2), isHigh(3) { return (.utf32Little, 0) }
            if isLow(3), isHigh(0), isHigh(1), isHigh(2) { return (.utf32Big, 0) }
        }
        guard file.count % 2 == 0 else { return nil }
        if isLow(0), isLow(2), isHigh(1) || isHigh(3) { return (.utf16Little, 0) }
        if isLow(1), isLow(3), isHigh(0) || isHigh(2) { return (.utf16Big, 0) }
        return nil
    }

    /// UTF-8 with what is none replaced by U+FFFD.
    private static func repaired(_ bytes: [UInt8]) -> (text: [UInt8], faults: Int) {
        if String(validating: bytes, as: UTF8.self) != nil { return (bytes, 0) }
        let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
        return (text, marks(in: text))
    }

    private static func marks(in text: [UInt8]) -> Int {
        var count = 0
        for index in text.indices.dropFirst(2)
        where text[index] == 0xBD && text[index - 1] == 0xBF && text[index - 2] == 0xEF { count += 1 }
        return count
    }

    /// Converts by `iconv(3)`; what is no character is replaced by U+FFFD and counted.
    static func convert(_ bytes: [UInt8], from name: String) -> (text: [UInt8], faults: Int) {
        guard var converter = EncodingConverter(from: name) else { return repaired(bytes) }
        let unit = name.hasPrefix("UTF-32") ? 4 : name.hasPrefix("UTF-16") ? 2 : 1
        var input = bytes
        var text: [UInt8] = []
        var done = 0
        var faults = 0
        while done < input.count {
            done = converter.convert(&input, from: done, into: &text)
            if done < input.count {
                text += [0xEF, 0xBF, 0xBD]
                faults += 1
                done += unit
            }
        }
        return (text, faults)
    }

    /// A text in UTF-8, out of the character set that it names, or out of what its bytes are.
    static func decoded(_ file: [UInt8], charset: String?) -> [UInt8] {
        let name = charset?.uppercased() ?? ""
        if !name.isEmpty, !["UTF-8", "UTF8", "US-ASCII"].contains(name), !name.hasPrefix("UTF-16"),
            name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), EncodingConverter(from: name) != nil
        {
            return convert(file, from: name).text
        }
        guard let text = PlainText(file) else { return repaired(file.filter { $0 != 0 }).text }
        return Array(text.pages.joined(separator: "\n").utf8)
    }

    /// Cuts at form feeds, with every kind of line end as LF.
    private static func pages(of text: [UInt8]) -> [String] {
        var pages: [String] = []
        var current: [UInt8] = []
        var previous: UInt8 = 0
        for byte in text {
            switch byte {
            case 0x0A: if previous != 0x0D { current.append(0x0A) }
            case 0x0D: current.append(0x0A)
            case 0x0C:
                pages.append(String(decoding: current, as: UTF8.self))
                current = []
            case 0x09: current.append(0x09)
            default: current.append(byte < 0x20 || byte == 0x7F ? 0x20 : byte)
            }
            previous = byte
        }
        // A form feed at the end ends the last page and begins no other.
        if !current.isEmpty || pages.isEmpty { pages.append(String(decoding: current, as: UTF8.self)) }
        return pages
    }
}
