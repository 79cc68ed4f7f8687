package import Foundation
import JSONWriting

/// The one way in which Berkas writes JSON: UTF-8, keys sorted, `/` not escaped, so that the same value is always the
/// same bytes.
///
/// A value that is written for each record is written by hand, in the same bytes: `JSONEncoder` took a sixth of an ingest.
package enum CanonicalJSON {
    /// One line without a line end, for ledger lines and JSON Lines.
    package static func line(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// One line without a line end, of a value that is written for each record.
    package static func line(_ value: some WrittenByHand) throws -> Data {
        var writer = JSONWriter(isIndented: false, capacity: 512)
        try value.write(to: &writer)
        return Data(writer.bytes)
    }

    /// Indented, ending in a line end, for files that a person may open.
    package static func document(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return try encoder.encode(value) + [UInt8(ascii: "\n")]
    }

    /// Indented, ending in a line end, of a value that is written for each record.
    package static func document(_ value: some WrittenByHand) throws -> Data {
        var writer = JSONWriter(isIndented: true, capacity: 2048)
        try value.write(to: &writer)
        writer.endLine()
        return Data(writer.bytes)
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
