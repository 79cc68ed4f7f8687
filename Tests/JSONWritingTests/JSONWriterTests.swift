import Foundation
import JSONWriting
import Testing

struct JSONWriterTests {
    /// What `JSONEncoder` makes of a text.
    private func encoded(_ text: String) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return Array(try encoder.encode(text))
    }

    @Test func `every scalar up to U+2100 is escaped as JSONEncoder escapes it`() throws {
        for value in UInt32(0)...0x2100 {
            let text = try #require(Unicode.Scalar(value).map { "a\(String($0))b" })
            #expect(Array(JSONWriter.quoted(text).utf8) == (try encoded(text)), "U+\(String(value, radix: 16))")
        }
    }

    @Test(arguments: ["", "\"", "\\", "/", "\u{1}\u{7F}\u{2028}", "André Andre\u{301} 😀", "a\r\nb\tc"])
    func `a text is written as JSONEncoder writes it`(text: String) throws {
        #expect(Array(JSONWriter.quoted(text).utf8) == (try encoded(text)))
    }

    @Test(arguments: [true, false])
    func `groups are laid out as JSONEncoder lays them out`(isIndented: Bool) throws {
        var writer = JSONWriter(isIndented: isIndented)
        writer.object { writer in
            writer.key("a", first: true)
            writer.array(isEmpty: true) { _ in }
            writer.key("b", first: false)
            writer.object(isEmpty: true) { _ in }
            writer.key("c", first: false)
            writer.array(isEmpty: false) { writer in
                writer.element(first: true)
                writer.literal("1")
                writer.element(first: false)
                writer.object { writer in writer.member("d", "e", first: true) }
            }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = isIndented ? [.sortedKeys, .prettyPrinted] : .sortedKeys
        let same = try JSONSerialization.jsonObject(with: Data(writer.bytes)) as? NSDictionary
        #expect(same?["b"] as? NSDictionary == [:])
        #expect(writer.bytes == Array(try encoder.encode(Sample())))
    }

    private struct Sample: Encodable {
        enum Element: Encodable {
            case number(Int)
            case members([String: String])

            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                switch self {
                case .number(let number): try container.encode(number)
                case .members(let members): try container.encode(members)
                }
            }
        }

        let a: [Int] = []
        let b: [String: Int] = [:]
        let c: [Element] = [.number(1), .members(["d": "e"])]
    }
}
