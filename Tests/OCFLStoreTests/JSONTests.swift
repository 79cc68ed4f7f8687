import FileSafety
import Fixity
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import OCFLStore

struct JSONTests {
    /// All tokens of a text, read through a buffer of that size.
    private func tokens(_ bytes: [UInt8], buffer: Int = 4096) throws -> (tokens: [String], flaws: Int) {
        let tokenizer = JSONTokenizer(ByteSource(bytes: bytes, buffer: PieceBuffer(size: buffer)))
        var found: [String] = []
        while true {
            let token = try tokenizer.next()
            if token == .end { return (found, tokenizer.flaws.count) }
            let hasText = [.name, .string, .number].contains(token)
            found.append("\(token)" + (hasText ? " " + String(decoding: tokenizer.text, as: UTF8.self) : ""))
        }
    }

    @Test(arguments: 1...9)
    func `a text is taken apart the same way in pieces of any size`(size: Int) throws {
        let text = #" {"a" : [1, -0.5e+10, true, false, null, "é😀\u00e9\ud83d\ude00\n"], "b":{}, "":[] } "#
        let (found, flaws) = try tokens(Array(text.utf8), buffer: size)
        #expect(flaws == 0)
        #expect(
            found == [
                "beginObject", "name a", "beginArray", "number 1", "number -0.5e+10", "yes", "no", "null",
                "string é😀é😀\n", "endArray", "name b", "beginObject", "endObject", "name ", "beginArray", "endArray",
                "endObject",
            ]
        )
    }

    @Test(arguments: [
        "", " ", "{", "[", "\"", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "[1,]", "[,1]", "[1 2]",
        "{\"a\" 1}", "{1:2}", "{'a':1}", "{a:1}", "nul", "nulll", "True", "01", "-", "1.", ".5", "1e", "1e+", "+1",
        "0x1",
        "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "1 1", "{} {}", "[] x", "[}", "{]", "NaN", "Infinity", "-Infinity",
        "\u{b}1",
        "/* */ 1", "\"abc", "\u{a0}1",
    ])
    func `what is no JSON is refused, wherever the pieces break`(text: String) throws {
        for size in [1, 2, 4096] {
            #expect(throws: JSONFault.self) { try tokens(Array(text.utf8), buffer: size) }
        }
    }

    @Test(
        arguments: [
            [0xEF, 0xBB, 0xBF, 0x31], [0x22, 0xC3, 0x28, 0x22], [0x22, 0x80, 0x22], [0x22, 0xC0, 0x80, 0x22],
            [0x22, 0xE0, 0x80, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
            [0x22, 0xF8, 0x88, 0x80, 0x80, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22], [0x22, 0x01, 0x22],
            [0x22, 0x0A, 0x22],
            Array("\"\\ud800\"".utf8), Array("\"\\udc00\"".utf8), Array("\"\\ud800\\n\"".utf8),
            Array("\"\\ud800\\ud800\"".utf8), Array("\"\\ud800x\"".utf8),
        ] as [[UInt8]]
    )
    func `what leaves no doubt how to go on is a flaw, and the reading goes on`(bytes: [UInt8]) throws {
        for size in [1, 2, 4096] {
            let (found, flaws) = try tokens(bytes, buffer: size)
            #expect(flaws >= 1)
            #expect(found.count == 1)
        }
    }

    @Test func `a fault is told by its line and its byte`() throws {
        let error = #expect(throws: JSONFault.self) { try tokens(Array("{\n  \"a\": 1,\n  x\n}".utf8)) }
        #expect(error?.place == JSONPlace(line: 3, offset: 14))
        #expect(error?.description.hasPrefix("line 3, byte 14: ") == true)
    }

    @Test func `nesting has an end, and costs no stack`() throws {
        #expect(throws: JSONFault.self) { try tokens(Array(repeating: UInt8(ascii: "["), count: 1_000_000)) }
        let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        #expect(try tokens(Array(deep.utf8)).tokens.count == 1000)
        let objects = String(repeating: "{\"a\":", count: 500) + "1" + String(repeating: "}", count: 500)
        #expect(try tokens(Array(objects.utf8)).tokens.count == 1501)
    }

    @Test func `a text has an end`() throws {
        let long =
            [UInt8(ascii: "\"")] + Array(repeating: UInt8(ascii: "a"), count: (16 << 20) + 2) + [UInt8(ascii: "\"")]
        #expect(throws: JSONFault.self) { try tokens(long) }
    }

    @Test func `random changes of an inventory are refused or read, and never end the program`() throws {
        let text =
            Array(
                #"{"id":"urn:x","type":"https://ocfl.io/1.1/spec/#inventory","digestAlgorithm":"sha512","head":"v1","#
                    .utf8
            )
            + Array(#""manifest":{"ab":["v1/content/x"]},"versions":{"v1":{"created":"c","state":{"ab":["x"]}}}}"#.utf8)
        #expect(try Inventory(json: text).versions["v1"]?.state == ["ab": ["x"]])
        var generator = SystemRandomNumberGenerator()
        var read = 0
        var refused = 0
        for _ in 0..<20_000 {
            var bytes = text
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                switch Int.random(in: 0...2, using: &generator) {
                case 0:
                    bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: Int.random(in: 0..<bytes.count, using: &generator))
                default: bytes.removeLast(Int.random(in: 0..<bytes.count / 2, using: &generator))
                }
            }
            do {
                let inventory = try Inventory(json: bytes)
                read += 1
                let paths = inventory.manifest.values.joined()
                let leads = paths.filter { $0.hasPrefix("/") || $0.split(separator: "/").contains("..") }
                #expect(leads.isEmpty, "\(String(decoding: bytes, as: UTF8.self))")
            } catch {
                #expect(error is InventoryFault || error is JSONFault, "\(error)")
                refused += 1
            }
        }
        #expect(read > 0 && refused > 0)
    }

    @Test func `strings are held once each, and found again`() {
        var pool = BytePool()
        var numbers: [String: BytePool.ID] = [:]
        for number in 0..<10_000 {
            let text = "v1/content/\(number % 5000)"
            let id = pool.intern(Array(text.utf8))
            #expect(numbers[text] == nil || numbers[text] == id)
            numbers[text] = id
        }
        #expect(pool.count == 5000)
        for (text, id) in numbers {
            #expect(pool[id].elementsEqual(text.utf8))
            #expect(pool.find(text.utf8) == id)
        }
        #expect(pool.find("nothing".utf8) == nil)
        let file = pool.intern(Array("v1/content/17/x".utf8))
        #expect(pool.firstFolder(of: file) { _ in true } == numbers["v1/content/17"])
        #expect(pool.firstFolder(of: file) { _ in false } == nil)
    }

    @Test func `digests are the same whatever their case, and are written as they came`() {
        var pool = DigestPool()
        let texts = ["ab01", "AB01", "Ab01", "abc", "xyz", "", "ab01"]
        let ids = texts.map { pool.intern(Array($0.utf8)) }
        #expect(Set(ids).count == 6 && ids[0] == ids[6])
        #expect(ids.map { String(decoding: pool.text($0), as: UTF8.self) } == texts)
        #expect(pool.folded(ids[1]) == ids[0] && pool.folded(ids[2]) == ids[0] && pool.folded(ids[3]) == ids[3])
        #expect(
            pool.value(ids[1]).map(Array.init) == [0xAB, 1] && pool.value(ids[3]) == nil && pool.value(ids[4]) == nil
        )
    }

    @Test(arguments: [
        ("a", false, false), ("a/b", false, false), ("", false, true), ("/", true, false), ("/a", true, false),
        ("a/", true, false), ("//a", true, true), ("a//b", false, true), (".", false, true), ("..", false, true),
        ("a/./b", false, true), ("a/..", false, true), ("../a", false, true), ("...", false, false),
        (".a", false, false),
        ("a/...", false, false), ("a/b..", false, false),
    ])
    func `a path is told by its ends and its elements`(path: String, ends: Bool, element: Bool) {
        let form = PathForm(Array(path.utf8))
        #expect(form.hasSlashAtAnEnd == ends)
        #expect(form.hasForbiddenElement == element)
    }
}

struct TextFormTests {
    @Test(arguments: [
        "2024-02-29T00:00:00Z", "2024-12-31T23:59:59.999999999+14:00", "2024-01-01t00:00:00z",
        "0000-01-01T00:00:00-00:00",
        "2016-12-31T23:59:60Z", "2017-01-01T07:59:60+08:00", "2000-02-29T12:00:00Z",
    ])
    func `a date and time of RFC 3339 is one`(text: String) { #expect(TextForm.isTimestamp(Array(text.utf8))) }

    @Test(arguments: [
        "", "2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2024-13-01T00:00:00Z",
        "2024-00-01T00:00:00Z", "2024-01-00T00:00:00Z", "2024-01-01", "2024-01-01T00:00:00", "2024-01-01T00:00Z",
        "2024-01-01 00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z", "2024-01-01T12:00:60Z",
        "2024-01-01T00:00:61Z", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00+08", "2024-01-01T00:00:00+0800",
        "2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00Zx", "24-01-01T00:00:00Z", "+2024-01-01T00:00:00Z",
        "２０２４-01-01T00:00:00Z",
    ])
    func `what only looks like a date and time is none`(text: String) {
        #expect(!TextForm.isTimestamp(Array(text.utf8)))
    }

    @Test(arguments: [
        "urn:x", "ark:123/abc", "https://example.org/a?b#c", "mailto:a@b.example",
        "tag:office.example,2026:RKT-2024-0001",
        "info:%20", "x:", "a+b-c.d:e",
    ])
    func `a URI is one`(text: String) { #expect(TextForm.isURI(Array(text.utf8))) }

    @Test(arguments: [
        "", "abc", ":x", "1a:x", "a b:c", "urn:a b", "urn:é", "urn:%2", "urn:%zz", "urn:<x>", "not_a_uri:x",
    ])
    func `what is no URI is none`(text: String) { #expect(!TextForm.isURI(Array(text.utf8))) }
}
