package import Foundation

/// A JSON value whose shape is known only to its reader, such as the detail of an event.
package enum JSONValue: Hashable, Sendable, Codable {
    /// A text.
    case string(String)
    /// A whole number.
    case integer(Int)
    /// A number that is not whole.
    case decimal(Double)
    /// True or false.
    case boolean(Bool)
    /// A list.
    case array([JSONValue])
    /// Names and values.
    case object([String: JSONValue])
    /// Nothing.
    case null

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            // What is whole as a number is whole, however many digits after the point rounding took from it: it is
            // written without a point, and must be read as the same value again.
            self = Int(exactly: value).map(JSONValue.integer) ?? .decimal(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .string(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .decimal(let value): try container.encode(value)
        case .boolean(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        case .null: try container.encodeNil()
        }
    }

    /// The text, where this is one.
    package var text: String? { if case .string(let value) = self { value } else { nil } }
    /// The whole number, where this is one.
    package var number: Int? { if case .integer(let value) = self { value } else { nil } }
    /// The list, where this is one.
    package var list: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    /// The member of that name, where this is an object that has it.
    package subscript(name: String) -> JSONValue? { if case .object(let members) = self { members[name] } else { nil } }
}

/// The one way in which Berkas writes JSON: UTF-8, keys sorted, `/` not escaped, so that the same value is always the
/// same bytes.
package enum CanonicalJSON {
    /// One line without a line end, for ledger lines and JSON Lines.
    package static func line(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// Indented, ending in a line end, for files that a person may open.
    package static func document(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return try encoder.encode(value) + [UInt8(ascii: "\n")]
    }

    /// What `line` writes of a value, made out of what `document` wrote of it: the space between its parts is left out.
    package static func line(ofDocument document: [UInt8]) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(document.count)
        var isText = false
        var isEscaped = false
        for byte in document {
            if isText {
                line.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
            } else if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\n") {
                line.append(byte)
                isText = byte == UInt8(ascii: "\"")
            }
        }
        return line
    }

    /// Reads one value; throws `DecodingError` where the bytes are not that value.
    package static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        try JSONDecoder().decode(type, from: data)
    }
}
