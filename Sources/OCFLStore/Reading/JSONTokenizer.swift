/// Where in a JSON text something stands.
struct JSONPlace: Hashable, Sendable, CustomStringConvertible {
    /// Counts from 1.
    let line: Int
    /// Bytes from the start of the file.
    let offset: Int

    var description: String { "line \(line), byte \(offset)" }
}

/// A JSON text that cannot be read on: what is wrong, and where.
struct JSONFault: Error, Hashable, Sendable, CustomStringConvertible {
    let place: JSONPlace
    let reason: String

    var description: String { "\(place): \(reason)" }
}

/// Takes JSON apart token by token, as RFC 8259 has it and not a hair wider.
///
/// Pulls pieces from a `ByteSource`; holds one text at a time and one bit a level of nesting, and never calls itself. What
/// leaves no doubt about how to go on (a byte order mark, bytes that are no UTF-8, half a surrogate pair, a control
/// character in a text) is kept in `flaws`; anything else is thrown as a `JSONFault`.
/// <https://www.rfc-editor.org/rfc/rfc8259>.
@safe
final class JSONTokenizer {
    /// A piece of JSON.
    enum Token: Hashable {
        /// The brackets round an object or an array.
        case beginObject, endObject, beginArray, endArray
        /// A key, the bytes of which are in `text`.
        case name
        /// A text, the bytes of which are in `text`.
        case string
        /// A number, as it is written, in `text`.
        case number
        /// The three words of JSON: `true`, `false` and `null`.
        case yes, no, null
        /// Behind the last value, with nothing but white space to the end.
        case end
    }

    /// What the next token may be.
    private enum Expectation { case value, valueOrEnd, name, nameOrEnd, separatorOrEnd, nothing }

    /// The deepest nesting that is read: an inventory has six levels.
    static let depthLimit = 512
    /// The longest text that is read, in bytes.
    static let textLimit = 16 << 20

    /// Flaws that did not keep it from reading on; the first ten.
    private(set) var flaws: [JSONFault] = []
    /// The bytes of the last name, text or number, escapes resolved.
    private(set) var text: [UInt8] = []

    private let source: ByteSource
    private let base: UnsafeMutableRawBufferPointer
    private var position = 0
    private var end = 0
    private var lines = 1
    private var containers: [Bool] = []
    private var expectation = Expectation.value
    private var hasBegun = false

    /// A tokenizer at the start of a source.
    init(_ source: ByteSource) {
        self.source = source
        unsafe base = unsafe source.buffer.bytes
        text.reserveCapacity(256)
    }

    /// How many levels are open.
    var depth: Int { containers.count }
    /// Where the next byte stands.
    var place: JSONPlace { JSONPlace(line: lines, offset: source.consumed + position) }

    /// The next token.
    ///
    /// - Throws: `JSONFault`, and what the source throws.
    func next() throws -> Token {
        if !hasBegun { try skipByteOrderMark() }
        while true {
            guard let byte = try skipSpace() else {
                guard expectation == .nothing else { throw fault("the text ends in the middle") }
                return .end
            }
            switch expectation {
            case .nothing: throw fault("there is text behind the value")
            case .separatorOrEnd:
                position += 1
                guard let isObject = containers.last else { throw fault("there is text behind the value") }
                if byte == UInt8(ascii: ",") {
                    expectation = isObject ? .name : .value
                    continue
                }
                guard byte == UInt8(ascii: isObject ? "}" : "]") else {
                    position -= 1
                    throw fault("a comma or the end of the \(isObject ? "object" : "array") is missing")
                }
                return close(isObject)
            case .nameOrEnd where byte == UInt8(ascii: "}"), .valueOrEnd where byte == UInt8(ascii: "]"):
                position += 1
                return close(byte == UInt8(ascii: "}"))
            case .name, .nameOrEnd: return try readName(byte)
            case .value, .valueOrEnd: return try readValue(byte)
            }
        }
    }

    /// Reads over the value whose first token was just given.
    func skip(_ first: Token) throws {
        guard first == .beginObject || first == .beginArray else { return }
        let outside = containers.count - 1
        while containers.count > outside { _ = try next() }
    }

    private func close(_ isObject: Bool) -> Token {
        containers.removeLast()
        expectation = containers.isEmpty ? .nothing : .separatorOrEnd
        return isObject ? .endObject : .endArray
    }

    private func readName(_ byte: UInt8) throws -> Token {
        guard byte == UInt8(ascii: "\"") else { throw fault("a key in quotation marks is missing") }
        position += 1
        try readText()
        guard try skipSpace() == UInt8(ascii: ":") else { throw fault("the colon behind a key is missing") }
        position += 1
        expectation = .value
        return .name
    }

    private func readValue(_ byte: UInt8) throws -> Token {
        let after: Expectation = containers.isEmpty ? .nothing : .separatorOrEnd
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard containers.count < Self.depthLimit else {
                throw fault("values are nested more than \(Self.depthLimit) deep")
            }
            position += 1
            let isObject = byte == UInt8(ascii: "{")
            containers.append(isObject)
            expectation = isObject ? .nameOrEnd : .valueOrEnd
            return isObject ? .beginObject : .beginArray
        case UInt8(ascii: "\""):
            position += 1
            try readText()
            expectation = after
            return .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try readNumber()
            expectation = after
            return .number
        case UInt8(ascii: "t"): try readWord("true")
        case UInt8(ascii: "f"): try readWord("false")
        case UInt8(ascii: "n"): try readWord("null")
        default: throw fault("no value begins like this")
        }
        expectation = after
        return byte == UInt8(ascii: "t") ? .yes : byte == UInt8(ascii: "f") ? .no : .null
    }

    // MARK: - Bytes

    /// The next byte, which stays the next; nil at the end.
    private func peek() throws -> UInt8? {
        if position == end {
            end = try source.refill()
            position = 0
            if end == 0 { return nil }
        }
        return unsafe base[position]
    }

    private func skipSpace() throws -> UInt8? {
        while let byte = try peek() {
            switch byte {
            case 0x0A: lines += 1
            case 0x20, 0x09, 0x0D: break
            default: return byte
            }
            position += 1
        }
        return nil
    }

    private func skipByteOrderMark() throws {
        hasBegun = true
        for (index, byte) in [UInt8(0xEF), 0xBB, 0xBF].enumerated() {
            guard try peek() == byte else {
                if index > 0 { throw fault("the text begins with half a byte order mark") }
                return
            }
            position += 1
        }
        flaw("the text begins with a byte order mark")
    }

    private func fault(_ reason: String) -> JSONFault { JSONFault(place: place, reason: reason) }

    private func flaw(_ reason: String) {
        if flaws.count < 10 { flaws.append(fault(reason)) }
    }

    // MARK: - Texts

    private func readText() throws {
        text.removeAll(keepingCapacity: true)
        while let first = try peek() {
            var stop = position
            while stop < end {
                let byte = unsafe base[stop]
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 || byte >= 0x80 { break }
                stop += 1
            }
            if stop > position {
                unsafe text.append(contentsOf: UnsafeRawBufferPointer(rebasing: base[position..<stop]))
                position = stop
                guard text.count <= Self.textLimit else { throw fault("a text has more than 16 MiB") }
                continue
            }
            switch first {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"):
                position += 1
                try readEscape()
            case 0..<0x20:
                flaw("a control character stands in a text without an escape")
                if first == 0x0A { lines += 1 }
                text.append(first)
                position += 1
            default: try readSequence(first)
            }
        }
        throw fault("the text ends in the middle")
    }

    /// Reads one character of more than one byte (RFC 3629, section 4); what is none is kept byte by byte, with a flaw.
    private func readSequence(_ first: UInt8) throws {
        position += 1
        text.append(first)
        var range: ClosedRange<UInt8> = 0x80...0xBF
        var missing: Int
        switch first {
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, range) = (2, 0xA0...0xBF)
        case 0xED: (missing, range) = (2, 0x80...0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, range) = (3, 0x90...0xBF)
        case 0xF1...0xF3: missing = 3
        case 0xF4: (missing, range) = (3, 0x80...0x8F)
        default: return flaw("a byte is no UTF-8")
        }
        while missing > 0 {
            guard let byte = try peek(), range.contains(byte) else { return flaw("a byte is no UTF-8") }
            text.append(byte)
            position += 1
            range = 0x80...0xBF
            missing -= 1
        }
    }

    private func readEscape() throws {
        guard let byte = try peek() else { throw fault("the text ends in the middle") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): try readUnicodeEscape()
        default:
            position -= 1
            throw fault("there is no such escape")
        }
    }

    private func readUnicodeEscape() throws {
        var unit = try readFourDigits()
        while true {
            guard (0xD800..<0xDC00).contains(unit) else {
                if (0xDC00..<0xE000).contains(unit) { return appendHalf() }
                return append(UInt32(unit))
            }
            guard try peek() == UInt8(ascii: "\\") else { return appendHalf() }
            position += 1
            guard try peek() == UInt8(ascii: "u") else {
                appendHalf()
                return try readEscape()
            }
            position += 1
            let second = try readFourDigits()
            if (0xDC00..<0xE000).contains(second) {
                return append(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
            }
            appendHalf()
            unit = second
        }
    }

    private func appendHalf() {
        flaw("half of a surrogate pair stands alone")
        append(0xFFFD)
    }

    private func append(_ scalar: UInt32) {
        guard let scalar = Unicode.Scalar(scalar) else { return }
        text.append(contentsOf: Unicode.UTF8.encode(scalar) ?? .init())
    }

    private func readFourDigits() throws -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = try peek(), let digit = HexDigits.value(of: byte) else {
                throw fault("an escape has not four hexadecimal digits")
            }
            position += 1
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    // MARK: - Numbers and words

    private func readNumber() throws {
        text.removeAll(keepingCapacity: true)
        if try peek() == UInt8(ascii: "-") { try take() }
        if try peek() == UInt8(ascii: "0") { try take() } else { try takeDigits() }
        if try peek() == UInt8(ascii: ".") {
            try take()
            try takeDigits()
        }
        if let byte = try peek(), byte | 0x20 == UInt8(ascii: "e") {
            try take()
            if let sign = try peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { try take() }
            try takeDigits()
        }
        if let byte = try peek(), (48...57).contains(byte) { throw fault("a number begins with 0") }
    }

    private func take() throws {
        guard let byte = try peek() else { return }
        if text.count < 1000 { text.append(byte) }
        position += 1
    }

    private func takeDigits() throws {
        var count = 0
        while let byte = try peek(), (48...57).contains(byte) {
            try take()
            count += 1
        }
        if count == 0 { throw fault("a number lacks its digits") }
    }

    private func readWord(_ word: StaticString) throws {
        for index in 0..<word.utf8CodeUnitCount {
            guard let byte = try peek(), byte == (unsafe word.utf8Start[index]) else {
                throw fault("no value begins like this")
            }
            position += 1
        }
    }
}

/// Hexadecimal digits as bytes.
enum HexDigits {
    /// The value of a digit of either case; nil for anything else.
    static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
