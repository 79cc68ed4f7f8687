import Foundation
import RecordsModel
import Testing

struct JSONTests {
    private let sample: JSONValue = .object([
        "z": .array([.null, .boolean(true), .boolean(false), .integer(0), .integer(-7), .integer(.max)]),
        "a": .string("/ \" \\ \n \u{1} \u{2028} Andr\u{e9} Andre\u{301} 😀"),
        "B": .object([:]),
        "m": .array([]),
        "a10": .integer(10),
        "a9": .integer(9),
    ])

    @Test func `a value travels through JSON unchanged`() throws {
        let line = try CanonicalJSON.line(sample)
        let read = try CanonicalJSON.decode(JSONValue.self, from: line)
        #expect(read == sample)
        // `==` of texts would overlook a change of Unicode form.
        #expect(read["a"]?.text.map(ExactText.init) == sample["a"]?.text.map(ExactText.init))
    }

    @Test func `the same value is always the same bytes, on one line`() throws {
        let line = try CanonicalJSON.line(sample)
        for _ in 0..<50 { #expect(try CanonicalJSON.line(sample) == line) }
        let again = try CanonicalJSON.decode(JSONValue.self, from: line)
        #expect(try CanonicalJSON.line(again) == line)
        #expect(!line.contains(UInt8(ascii: "\n")) && !line.contains(UInt8(ascii: "\r")))
    }

    @Test func `keys are sorted and slashes are not escaped`() throws {
        let value: JSONValue = .object(["b": .string("a/b"), "a": .integer(1), "c": .null])
        #expect(String(decoding: try CanonicalJSON.line(value), as: UTF8.self) == #"{"a":1,"b":"a/b","c":null}"#)
    }

    @Test func `a document is indented and ends in a line end`() throws {
        let bytes = try CanonicalJSON.document(JSONValue.object(["b": .integer(2), "a": .integer(1)]))
        #expect(String(decoding: bytes, as: UTF8.self) == "{\n  \"a\" : 1,\n  \"b\" : 2\n}\n")
    }

    @Test func `a document without its space is the line of the same value`() throws {
        let texts = ["\"", "\\", "\\\"", " a  b ", "\n\r\t", "/", "", "\u{1}\u{7f}\u{2028}", "é 😀"]
        let value: JSONValue = .object([
            "all": sample, "texts": .array(texts.map { .string($0) }),
            " k \" \\": .object(["in": .array([.array([])])]),
        ])
        let document = Array(try CanonicalJSON.document(value))
        #expect(CanonicalJSON.line(ofDocument: document) == Array(try CanonicalJSON.line(value)))
    }

    @Test(arguments: [
        ("true", JSONValue.boolean(true)), ("1", .integer(1)), ("0", .integer(0)), ("\"1\"", .string("1")),
        ("null", .null), ("[]", .array([])), ("{}", .object([:])), ("\"\"", .string("")), ("1.5", .decimal(1.5)),
    ])
    func `a number is no truth value and a text no number`(text: String, value: JSONValue) throws {
        #expect(try CanonicalJSON.decode([JSONValue].self, from: Data("[\(text)]".utf8)) == [value])
    }

    @Test(arguments: ["17004444444444444.0444", "1e-400", "-0.0", "4503599627370497.0", "1E5", "9.3e18", "1.5"])
    func `a number that is read and written is read as the same value again`(text: String) throws {
        let value = try CanonicalJSON.decode([JSONValue].self, from: Data("[\(text)]".utf8))
        let line = try CanonicalJSON.line(value)
        #expect(try CanonicalJSON.decode([JSONValue].self, from: line) == value)
    }

    @Test(arguments: ["", "{", "{\"a\":}", "nul", "[1] [2]", "\u{0}"])
    func `what is no value is refused`(text: String) {
        #expect(throws: DecodingError.self) { try CanonicalJSON.decode(JSONValue.self, from: Data(text.utf8)) }
    }

    @Test func `a hundred thousand nested lists are refused, not followed`() {
        let text = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(throws: DecodingError.self) { try CanonicalJSON.decode(JSONValue.self, from: Data(text.utf8)) }
    }

    @Test func `a part of the wrong kind is nil`() {
        #expect(JSONValue.integer(1).text == nil)
        #expect(JSONValue.string("1").number == nil)
        #expect(JSONValue.null.list == nil)
        #expect(JSONValue.array([])["a"] == nil)
        #expect(sample["z"]?.list?.count == 6)
        #expect(sample["a9"]?.number == 9)
    }

    @Test func `an event travels through a ledger line, and unknown kinds stay`() throws {
        let event = Event(
            seq: 3,
            time: Moment(secondsSinceEpoch: 1_700_000_000, offset: 28_800),
            actor: "Arsiparis",
            event: EventType(rawValue: "a kind of tomorrow"),
            record: RecordID(prefix: "RKT", year: 2024, sequence: 7),
            version: 2,
            detail: ["inventory": .string("00")]
        )
        let line = try CanonicalJSON.line(event)
        #expect(try CanonicalJSON.decode(Event.self, from: line) == event)
        #expect(!String(decoding: line, as: UTF8.self).contains("\n"))
    }

    @Test(arguments: [Fault.Severity.fault, .warning])
    func `a fault travels through JSON, with and without its place`(severity: Fault.Severity) throws {
        let placed = Fault(severity, row: 3, column: "date", value: "30", message: "is none", remedy: "correct")
        let bare = Fault(severity, message: "is none", remedy: "correct")
        let bytes = try CanonicalJSON.document([placed, bare])
        #expect(try CanonicalJSON.decode([Fault].self, from: bytes) == [placed, bare])
        #expect(String(decoding: bytes, as: UTF8.self).contains("\"severity\" : \"\(severity.rawValue)\""))
    }
}
