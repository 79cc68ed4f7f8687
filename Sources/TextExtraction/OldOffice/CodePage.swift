/// Letters of one byte, as Windows and the Macintosh wrote them before Unicode: which byte is which letter.
struct CodePage {
    private let name: String
    /// What the upper half stands for; nil where a letter may have two bytes.
    private let upper: [Unicode.Scalar]?

    /// A code page by its number (<https://learn.microsoft.com/windows/win32/intl/code-page-identifiers>).
    init(_ number: Int) {
        switch number {
        case 10_000, 0x8000: name = "MACINTOSH"
        case 0, 367, 1200, 0x8001: name = "CP1252"
        default: name = "CP\(number)"
        }
        let all = String(decoding: PlainText.convert(Array(0x80...0xFF), from: name).text, as: UTF8.self)
        let scalars = Array(all.unicodeScalars)
        upper = scalars.count == 128 ? scalars : nil
    }

    /// The code page of the Windows that a language goes with ([MS-LCID]).
    init(language: Int) {
        switch language & 0x3FF {
        case 0x19, 0x02, 0x22, 0x23, 0x2F: self.init(1251)
        case 0x1A where language == 0x0C1A: self.init(1251)
        case 0x05, 0x0E, 0x15, 0x18, 0x1A, 0x1B, 0x1C, 0x24: self.init(1250)
        case 0x08: self.init(1253)
        case 0x1F: self.init(1254)
        case 0x0D: self.init(1255)
        case 0x01, 0x20, 0x29: self.init(1256)
        case 0x25, 0x26, 0x27: self.init(1257)
        case 0x2A: self.init(1258)
        case 0x1E: self.init(874)
        case 0x11: self.init(932)
        case 0x12: self.init(949)
        case 0x04: self.init([0x0404, 0x0C04, 0x1404].contains(language) ? 950 : 936)
        default: self.init(1252)
        }
    }

    /// Whether a letter may have two bytes.
    var hasPairs: Bool { upper == nil }

    /// A text in this code page.
    func text(_ bytes: some Collection<UInt8>) -> String {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        guard let upper else {
            return String(decoding: PlainText.convert(Array(bytes), from: name).text, as: UTF8.self)
        }
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(byte < 0x80 ? Unicode.Scalar(byte) : upper[Int(byte) - 0x80]) }
        return String(text)
    }

    /// A letter of one byte; U+FFFD where a letter may have two.
    func unit(_ byte: UInt8) -> UInt16 {
        if byte < 0x80 { return UInt16(byte) }
        return upper.map { UInt16(truncatingIfNeeded: $0[Int(byte) - 0x80].value) } ?? 0xFFFD
    }
}
