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
