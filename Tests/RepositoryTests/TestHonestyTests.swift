import Testing

/// A test that cannot fail says nothing.
struct TestHonestyTests {
    @Test func `every test has an expectation of its own`() throws {
        var without: [String] = []
        var count = 0
        for file in try SourceTree.files(below: "Tests") {
            for (line, body) in Self.tests(in: file.lines) {
                count += 1
                if !Self.expects(body) { without.append("\(file.path):\(line): \(body.first ?? "")") }
            }
        }
        #expect(count > 1_000)
        #expect(without.isEmpty, "\(without.joined(separator: "\n"))")
    }

    @Test func `a test without an expectation is found, and one that hides in a text is not`() {
        // Put together here, so that this file does not find itself.
        let mark = "@" + "Test"
        let text = """
            struct Some {
                \(mark)(arguments: [
                    1, 2,
                ])
                func `one`(_ number: Int) throws {
                    _ = try look(number)
                }

                \(mark) func `two`() {
                    #expect(1 == 1)
                }
                \(mark) func `three`() throws { try #require(1 == 1) }
            }
            """
        let tests = Self.tests(in: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        #expect(tests.map(\.line) == [2, 9, 12])
        #expect(tests.map { Self.expects($0.body) } == [false, true, true])
    }

    private static func expects(_ body: [String]) -> Bool {
        let marks = ["#expect(", "#require(", "Issue.record(", "confirmation("]
        return body.contains { line in marks.contains { line.contains($0) } }
    }

    /// The tests of a file, each with the number of its first line and the lines of its function.
    ///
    /// A function ends at the first line that closes at its own indentation, which the formatter sees to.
    private static func tests(in lines: [String]) -> [(line: Int, body: [String])] {
        var found: [(line: Int, body: [String])] = []
        for (index, line) in lines.enumerated()
        where line.utf8.drop(while: { $0 == UInt8(ascii: " ") }).starts(with: "@Test".utf8) {
            guard let start = lines[index...].firstIndex(where: { $0.contains("func ") }) else { continue }
            let indentation = lines[start].prefix { $0 == " " }
            var end = start
            if !lines[start].hasSuffix("}") {
                end = lines[(start + 1)...].firstIndex { $0.hasPrefix(indentation + "}") } ?? lines.count - 1
            }
            found.append((index + 1, Array(lines[start...end])))
        }
        return found
    }
}
