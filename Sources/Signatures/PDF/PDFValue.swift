/// A name object, such as `/Type`, by its bytes and without its solidus (ISO 32000-2, 7.3.5).
struct PDFName: Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The bytes, escapes resolved.
    let bytes: [UInt8]

    /// A name of these bytes.
    init(_ bytes: [UInt8]) { self.bytes = bytes }
    /// A name that the program knows.
    init(stringLiteral value: String) { bytes = Array(value.utf8) }
    /// The name as text, for a report.
    var description: String { String(decoding: bytes, as: UTF8.self) }
}

/// Which indirect object is meant (ISO 32000-2, 7.3.10).
struct PDFReference: Hashable {
    /// Its object number.
    let number: Int32
    /// Its generation number.
    let generation: Int32
}

/// A dictionary: keys with an absent or null value are not in it.
typealias PDFDictionary = [PDFName: PDFValue]

/// A PDF object as a value (ISO 32000-2, 7.3).
indirect enum PDFValue: Hashable {
    /// Nothing.
    case null
    /// True or false.
    case boolean(Bool)
    /// A whole number.
    case integer(Int)
    /// Any other number, as written.
    case real([UInt8])
    /// A string, decrypted.
    case string([UInt8])
    /// A name.
    case name(PDFName)
    /// A list.
    case array([PDFValue])
    /// A dictionary.
    case dictionary(PDFDictionary)
    /// A reference to an indirect object, not followed.
    case reference(PDFReference)
    /// A stream by its dictionary; its data are asked for apart.
    case stream(PDFDictionary, PDFReference)

    /// The number, where this is a whole one.
    var integer: Int? { if case .integer(let value) = self { value } else { nil } }
    /// The bytes, where this is a string.
    var string: [UInt8]? { if case .string(let value) = self { value } else { nil } }
    /// The name, where this is one.
    var name: PDFName? { if case .name(let value) = self { value } else { nil } }
    /// The reference, where this is one.
    var reference: PDFReference? { if case .reference(let value) = self { value } else { nil } }
    /// The number, whole or not.
    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .real(let text): Double(String(decoding: text, as: UTF8.self))
        default: nil
        }
    }

    /// Whether both are the same number, however written: `612.0` is `612`.
    func isSameNumber(as other: PDFValue) -> Bool {
        guard let number, let second = other.number else { return false }
        return number == second
    }

    /// Every object that it refers to, without those behind them, and whether that is drawn.
    ///
    /// What a stream refers to always is.
    func links(isDrawn: Bool = false) -> [PDFLink] {
        switch self {
        case .reference(let reference): [PDFLink(reference: reference, isDrawn: isDrawn)]
        case .array(let items): items.flatMap { $0.links(isDrawn: isDrawn) }
        case .dictionary(let entries):
            entries.flatMap { $0.value.links(isDrawn: isDrawn || StructuralKeys.never.contains($0.key)) }
        case .stream(let entries, _): entries.values.flatMap { $0.links(isDrawn: true) }
        default: []
        }
    }

    /// Every object that it refers to, without those behind them.
    var references: [PDFReference] {
        switch self {
        case .reference(let reference): [reference]
        case .array(let items): items.flatMap(\.references)
        case .dictionary(let entries), .stream(let entries, _): entries.values.flatMap(\.references)
        default: []
        }
    }
}

/// A reference that stands in an object.
struct PDFLink: Hashable {
    /// To which object.
    let reference: PDFReference
    /// Whether what it leads to is drawn.
    let isDrawn: Bool
}
