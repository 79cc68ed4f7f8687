import OfficeFiles
import Testing

struct CSVReaderTests {
    private func records(_ text: String, separator: Character? = nil) -> [CSVReader.Record] {
        var reader = CSVReader(Array(text.utf8), separator: separator?.asciiValue)
        var found: [CSVReader.Record] = []
        while let record = reader.next() { found.append(record) }
        return found
    }

    private func fields(_ text: String) -> [[String]] { records(text).map(\.fields) }

    @Test(arguments: [
        ("a,b,c\n1,2,3\n", [["a", "b", "c"], ["1", "2", "3"]]),
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ("a,b\n\"1,5\",2\n", [["a", "b"], ["1,5", "2"]]),
        ("a,b\n\"say \"\"hi\"\"\",2\n", [["a", "b"], ["say \"hi\"", "2"]]),
        ("a,b\n\"two\nlines\",2\n", [["a", "b"], ["two\nlines", "2"]]),
        ("a,b\n\"two\r\nlines\",2\n", [["a", "b"], ["two\r\nlines", "2"]]),
        ("a,b\n\"\",\n", [["a", "b"], ["", ""]]),
        ("a,b\n,\n", [["a", "b"], ["", ""]]),
        ("a,b\n1,", [["a", "b"], ["1", ""]]),
        ("a,b\n\"\"\"\",2\n", [["a", "b"], ["\"", "2"]]),
        ("a,b\n 1 , 2 \n", [["a", "b"], [" 1 ", " 2 "]]),
        ("a\n\"b\"", [["a"], ["b"]]),
        ("a,b\n\"\r\",2\n", [["a", "b"], ["\r", "2"]]),
        ("", []),
        ("\n", [[""]]),
    ])
    func `records are read as RFC 4180 has them`(text: String, expected: [[String]]) {
        #expect(fields(text) == expected)
        #expect(records(text).allSatisfy { $0.fault == nil })
    }

    @Test(arguments: [
        ("a;b;c\n1,5;2;3", [["a", "b", "c"], ["1,5", "2", "3"]]),
        ("a\tb\n1,5\t2;0", [["a", "b"], ["1,5", "2;0"]]),
        ("\"a;b;c\",d\n1,2", [["a;b;c", "d"], ["1", "2"]]),
        ("\"a\n;;;\",d\n1,2", [["a\n;;;", "d"], ["1", "2"]]),
        ("a\n1;2;3", [["a"], ["1;2;3"]]),
        ("\"a,\"\"b\"\";\";c;d\n1;2;3", [["a,\"b\";", "c", "d"], ["1", "2", "3"]]),
    ])
    func `the separator is the one that the first record has most of outside quotes`(text: String, expected: [[String]])
    {
        #expect(fields(text) == expected)
    }

    @Test func `a separator that is given is not guessed`() {
        #expect(records("a,b;c\n", separator: ";").map(\.fields) == [["a,b", "c"]])
    }

    @Test func `a combining accent right behind a separator does not swallow it`() {
        let found = fields("a,b\n1,\u{301}x\n\u{301},\u{200d}\n")
        #expect(found.map(\.count) == [2, 2, 2])
        #expect(found[1].map { Array($0.utf8) } == [Array("1".utf8), Array("\u{301}x".utf8)])
        #expect(found[2].map { Array($0.utf8) } == [Array("\u{301}".utf8), Array("\u{200d}".utf8)])
    }

    @Test func `a combining accent right behind a quotation mark or a line end does not swallow it`() {
        let found = fields("a,b\n\"\u{301}x\",\"y\"\n\u{301}z,2\n")
        #expect(found.map(\.count) == [2, 2, 2])
        #expect(Array(found[1][0].utf8) == Array("\u{301}x".utf8))
        #expect(Array(found[2][0].utf8) == Array("\u{301}z".utf8))
    }

    @Test func `fields keep their Unicode form`() {
        let found = fields("a,b\ncaf\u{e9},cafe\u{301}\n")
        #expect(found[1].map { Array($0.utf8) } == [Array("caf\u{e9}".utf8), Array("cafe\u{301}".utf8)])
    }

    @Test(arguments: ["a,b\n\"1,2\n3,4\n", "a,b\n\"1", "a,b\n\""])
    func `a quotation mark that is never closed is named with its line`(text: String) {
        let last = records(text).last
        #expect(last?.fault == "the quotation mark on line 2 is never closed")
        #expect(last?.row == 2)
    }

    @Test func `the line of an unclosed quotation mark is its own, not its record's`() {
        let found = records("a,b\n\"x\ny\",\"z\n")
        #expect(found.last?.fault == "the quotation mark on line 3 is never closed")
        #expect(found.last?.line == 2)
    }

    @Test func `text behind a closing quotation mark is a fault of its row alone`() {
        let found = records("a,b\n\"1\"x,2\n3,4\n")
        #expect(found.map(\.fault) == [nil, "there is text behind a closing quotation mark", nil])
        #expect(found.map(\.fields.count) == [2, 2, 2])
    }

    @Test(arguments: ["5\" disk", "x\"", " \"quoted\""])
    func `a quotation mark inside a plain field is a fault of its row alone`(field: String) {
        let found = records("a,b\n1,\(field)\n3,4\n")
        #expect(found[1].fault?.contains("quotation mark stands inside a field") == true)
        #expect(found[1].fields == ["1", field])
        #expect(found[2].fault == nil)
    }

    @Test func `rows are counted as spreadsheets do, lines as editors do`() {
        let found = records("a,b\n\"1\n2\n3\",x\n\n , \n4,5\r\n\"6\r\n7\",8\n9,10")
        #expect(found.map(\.row) == [1, 2, 3, 4, 5, 6, 7])
        #expect(found.map(\.line) == [1, 2, 5, 6, 7, 8, 10])
        #expect(found.map(\.isBlank) == [false, false, true, true, false, false, false])
    }

    @Test func `a row of separators and tabs is blank, one with a fault is not`() {
        #expect(records("a,b,c\n,\t, \n")[1].isBlank)
        #expect(!records("a,b\n\"\" ,\n")[1].isBlank)
    }
}
