/// Writes JSON by hand, with keys in the order in which they are given.
///
/// The form is that of Foundation's `JSONEncoder`: UTF-8, `/` not escaped; where it is indented, by two spaces and with a
/// space on both sides of a colon. Encoding through `Codable` costs more than the rest of keeping a small record, so that
/// what is written for each record goes this way.
package struct JSONWriter: Sendable {
    /// What was written until now.
    package private(set) var bytes: [UInt8] = []
    private let isIndented: Bool
    private var indent = 0

    /// Nothing is written yet.
    ///
    /// - Parameters:
    ///   - isIndented: whether each member stands on a line of its own.
    ///   - capacity: how many bytes are expected.
    package init(isIndented: Bool, capacity: Int = 0) {
        self.isIndented = isIndented
        bytes.reserveCapacity(capacity)
    }

    /// A text in quotation marks, escaped where RFC 8259 demands it.
    package static func quoted(_ text: String) -> String {
        var writer = JSONWriter(isIndented: false)
        writer.text(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// An object; `members` writes a `key` and a value for each of its members.
    ///
    /// - Parameters:
    ///   - isEmpty: whether it has no member.
    ///   - members: what writes them.
    package mutating func object(isEmpty: Bool = false, _ members: (inout JSONWriter) throws -> Void) rethrows {
        try group(UInt8(ascii: "{"), UInt8(ascii: "}"), isEmpty: isEmpty, members)
    }

    /// A list; `elements` writes an `element` and a value for each of its elements.
    ///
    /// - Parameters:
    ///   - isEmpty: whether it has no element.
    ///   - elements: what writes them.
    package mutating func array(isEmpty: Bool, _ elements: (inout JSONWriter) throws -> Void) rethrows {
        try group(UInt8(ascii: "["), UInt8(ascii: "]"), isEmpty: isEmpty, elements)
    }

    private mutating func group(
        _ opening: UInt8,
        _ closing: UInt8,
        isEmpty: Bool,
        _ inside: (inout JSONWriter) throws -> Void
    ) rethrows {
        bytes.append(opening)
        indent += 2
        try inside(&self)
        indent -= 2
        if isIndented {
            if isEmpty { bytes.append(UInt8(ascii: "\n")) }
            line()
        }
        bytes.append(closing)
    }

    /// Begins an element of a list.
    package mutating func element(first: Bool) {
        if !first { bytes.append(UInt8(ascii: ",")) }
        if isIndented { line() }
    }

    /// Begins a member of an object with its name.
    package mutating func key(_ name: String, first: Bool) {
        element(first: first)
        text(name)
        if isIndented {
            bytes.append(contentsOf: " : ".utf8)
        } else {
            bytes.append(UInt8(ascii: ":"))
        }
    }

    /// A member that is a text.
    package mutating func member(_ name: String, _ value: String, first: Bool = false) {
        key(name, first: first)
        text(value)
    }

    /// A text in quotation marks, escaped where RFC 8259 demands it.
    package mutating func text(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            if unsafe utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
                unsafe bytes.append(contentsOf: utf8)
            } else {
                for index in utf8.indices { escape(unsafe utf8[index]) }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// What is no text and needs no escape: a number, `true`, `false`, `null`.
    package mutating func literal(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Ends the last line.
    package mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

    private mutating func line() {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
    }

    private mutating func escape(_ byte: UInt8) {
        let short: UnicodeScalar? =
            switch byte {
            case UInt8(ascii: "\""): "\""
            case UInt8(ascii: "\\"): "\\"
            case 0x08: "b"
            case 0x0C: "f"
            case 0x0A: "n"
            case 0x0D: "r"
            case 0x09: "t"
            default: nil
            }
        if let short {
            bytes += [UInt8(ascii: "\\"), UInt8(ascii: short)]
        } else if byte < 0x20 {
            let digits = Array("0123456789abcdef".utf8)
            bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        } else {
            bytes.append(byte)
        }
    }
}
