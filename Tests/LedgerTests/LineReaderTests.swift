import FileSafety
import Ledger
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct LineReaderTests {
    private func lines(_ text: some Sequence<UInt8>, from start: Int = 0, limit: Int = 1 << 20) throws -> [String] {
        let path = try Scratch.file("lines", text)
        var found: [String] = []
        try LineReader.read(path, from: start, limit: limit) { line, isWhole in
            found.append(String(decoding: line, as: UTF8.self) + (isWhole ? "" : "…"))
        }
        return found
    }

    @Test(arguments: [
        ("", []), ("a\nb\n", ["a", "b"]), ("a\nb", ["a", "b…"]), ("\n\n", ["", ""]), ("a\r\nb\n", ["a\r", "b"]),
        ("a", ["a…"]),
    ])
    func `a file is read line by line, a torn last line told`(text: String, expected: [String]) throws {
        #expect(try lines(text.utf8).map { Array($0.utf8) } == expected.map { Array($0.utf8) })
    }

    @Test func `reading begins where it is told to`() throws {
        #expect(try lines("one\ntwo\nthree\n".utf8, from: 4) == ["two", "three"])
        #expect(try lines("one\n".utf8, from: 4).isEmpty)
        #expect(try lines("one\n".utf8, from: 100).isEmpty)
    }

    @Test(arguments: [262_143, 262_144, 262_145, 600_000])
    func `lines longer than the buffer come whole`(length: Int) throws {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: length)
        let found = try lines(long + [10] + long + [10] + Array("end".utf8))
        #expect(found.map(\.utf8.count) == [length, length, "end…".utf8.count])
    }

    @Test func `a line over the limit is refused, not held`() throws {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        #expect(throws: FileSafetyError(.tooLarge, operation: "", path: "", reason: "")) {
            try lines(long, limit: 1000)
        }
    }
}
