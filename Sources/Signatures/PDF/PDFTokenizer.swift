/// Takes the bytes of one object apart (ISO 32000-2, 7.2 and 7.3), to say where in the file its parts stand.
///
/// qpdf gives values without places, and of a key that stands twice only the last. Nothing here recurses, and every
/// token moves onwards.
struct PDFTokenizer {
    /// A token, with the offset of its first byte; its end is where the tokenizer then stands.
    enum Token: Hashable {
        /// `<<`.
        case dictionaryStart
        /// `>>`.
        case dictionaryEnd
        /// `[`.
        case arrayStart
        /// `]`.
        case arrayEnd
        /// A name, escapes resolved.
        case name([UInt8])
        /// `(…)`; what is inside is not looked at.
        case literalString
        /// `<…>`; false where something else than hexadecimal digits and white space is in it.
        case hexString(isClean: Bool)
        /// A number or a keyword, as written.
        case word([UInt8])
        /// The end of the bytes, or what cannot be a token.
        case end
    }

    private let bytes: FileBytes
    private let limit: Int
    /// Where the next token is looked for.
    private(set) var offset: Int
    /// Where the last token began.
    private(set) var start: Int

    /// A tokenizer that begins at an offset and reads nothing at or behind a limit.
    init(_ bytes: FileBytes, at offset: Int, limit: Int) {
        self.bytes = bytes
        self.limit = min(limit, bytes.count)
        self.offset = max(0, offset)
        start = offset
    }

    /// White space as PDF has it.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x0C || byte == 0
    }

    /// White space that every program takes for that: no zero byte and no form feed.
    static func isPlainSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// Whether a byte ends a name or a word and begins something else.
    static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "/"), UInt8(ascii: "%"):
            true
        default: false
        }
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        offset + ahead < limit ? bytes.byte(offset + ahead) : nil
    }

    /// The next token.
    mutating func next() -> Token {
        skipSpace()
        start = offset
        guard let byte = peek() else { return .end }
        switch byte {
        case UInt8(ascii: "["): return single(.arrayStart)
        case UInt8(ascii: "]"): return single(.arrayEnd)
        case UInt8(ascii: "/"):
            offset += 1
            return .name(Self.unescaped(regular()))
        case UInt8(ascii: "("): return literalString()
        case UInt8(ascii: "<"):
            if peek(1) == UInt8(ascii: "<") { return double(.dictionaryStart) }
            return hexString()
        case UInt8(ascii: ">"):
            return peek(1) == UInt8(ascii: ">") ? double(.dictionaryEnd) : .end
        case _ where Self.isDelimiter(byte): return .end
        default: return .word(regular())
        }
    }

    /// The next token as a whole number; nil where it is none.
    mutating func nextNumber() -> Int? {
        guard case .word(let digits) = next(), digits.count <= 18 else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    private mutating func single(_ token: Token) -> Token {
        offset += 1
        return token
    }

    private mutating func double(_ token: Token) -> Token {
        offset += 2
        return token
    }

    private mutating func skipSpace() {
        while let byte = peek() {
            if byte == UInt8(ascii: "%") {
                while let inside = peek(), inside != 0x0A, inside != 0x0D { offset += 1 }
            } else if Self.isSpace(byte) {
                offset += 1
            } else {
                return
            }
        }
    }

    private mutating func regular() -> [UInt8] {
        var text: [UInt8] = []
        while let byte = peek(), !Self.isSpace(byte), !Self.isDelimiter(byte) {
            text.append(byte)
            offset += 1
        }
        return text
    }

    private mutating func literalString() -> Token {
        var depth = 0
        while let byte = peek() {
            offset += 1
            switch byte {
            case UInt8(ascii: "\\"): offset += 1
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return .literalString }
            default: break
            }
        }
        return .end
    }

    private mutating func hexString() -> Token {
        offset += 1
        var isClean = true
        while let byte = peek() {
            offset += 1
            if byte == UInt8(ascii: ">") { return .hexString(isClean: isClean) }
            if HexText.value(byte) == nil, !Self.isSpace(byte) { isClean = false }
        }
        return .end
    }

    private static func unescaped(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(UInt8(ascii: "#")) else { return text }
        var plain: [UInt8] = []
        var place = 0
        while place < text.count {
            if text[place] == UInt8(ascii: "#"), place + 2 < text.count, let high = HexText.value(text[place + 1]),
                let low = HexText.value(text[place + 2])
            {
                plain.append(high << 4 | low)
                place += 3
            } else {
                plain.append(text[place])
                place += 1
            }
        }
        return plain
    }
}

/// Hexadecimal text.
enum HexText {
    /// The value of a digit in either case; nil for anything else.
    static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The bytes of a hexadecimal string without its angle brackets: white space is skipped, a last odd digit is the
    /// high half of its byte (ISO 32000-2, 7.3.4.3).
    static func bytes(_ text: some Sequence<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in text {
            guard let value = value(digit) else { continue }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        if let high { bytes.append(high << 4) }
        return bytes
    }

    /// Lower-case text of bytes.
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
