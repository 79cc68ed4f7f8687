import Testing

@testable import Signatures

/// What a byte range must be, on files that hold one signature dictionary.
struct ByteRangeTests {
    /// A file with one dictionary, and where its string stands.
    private struct Example {
        let bytes: FileBytes
        let hole: Range<Int>
        var end: Int { bytes.count }

        init(_ text: String = "5 0 obj\n<< /Type /Sig /Contents <30 0aFF> /M (x) >>\nendobj\ntail") {
            let all = Array(text.utf8)
            bytes = FileBytes(all)
            let start = all.lastIndex(of: UInt8(ascii: "<")) ?? 0
            hole = start..<(all[start...].firstIndex(of: UInt8(ascii: ">")) ?? 0) + 1
        }

        func judge(_ numbers: [Int], contents: [UInt8]? = [0x30, 0x0A, 0xFF], object: Int32 = 5) -> ByteRange.Fault? {
            do throws(ByteRange.Fault) {
                _ = try ByteRange(
                    .array(numbers.map { .integer($0) }),
                    contents: contents,
                    owner: PDFReference(number: object, generation: 0),
                    in: bytes
                )
                return nil
            } catch {
                return error
            }
        }

        var right: [Int] { [0, hole.lowerBound, hole.upperBound, end - hole.upperBound] }
    }

    @Test
    func `a range that leaves out exactly the string of Contents is right`() {
        let example = Example()
        #expect(example.judge(example.right) == nil)
    }

    @Test
    func `white space in the string belongs to it, other characters do not`() {
        let clean = Example("5 0 obj << /Contents <30 \n0aFF> >> endobj")
        #expect(clean.judge(clean.right) == nil)
        let foreign = Example("5 0 obj << /Contents <30 z0aFF> >> endobj")
        #expect(foreign.judge(foreign.right) != nil)
    }

    @Test
    func `numbers that fit no file are refused, however large`() {
        let example = Example()
        let (a, b, c) = (example.right[1], example.right[2], example.right[3])
        let wrong: [[Int]] = [
            [], [0], [0, a, b], [0, a, b, c, 0], [1, a, b, c], [0, a, 0, c], [0, a, b, c + 1], [0, a, b, -1],
            [0, -a, b, c], [0, 0, b, c], [0, a, b, 0], [0, a, Int.max, c], [0, a, b, Int.max], [0, Int.max, b, c],
            [0, a + 1, b, c], [0, a, b + 1, c - 1], [0, a - 1, b, c], [0, a, b - 1, c + 1], [0, a, a, c], [0, b, a, c],
        ]
        for numbers in wrong { #expect(example.judge(numbers) != nil, "\(numbers)") }
    }

    @Test
    func `a range that is missing makes the signature malformed`() {
        #expect(throws: ByteRange.Fault.self) {
            try ByteRange(
                nil,
                contents: [],
                owner: PDFReference(number: 5, generation: 0),
                in: Example().bytes
            )
        }
        #expect(Example().judge([])?.isMalformed == true)
    }

    @Test
    func `a string of another key, of another object, or in a comment is not Contents`() {
        let key = Example("5 0 obj << /Kontents <300aFF> >> endobj")
        #expect(key.judge(key.right) != nil)
        let other = Example("5 0 obj << /Contents (x) >> endobj 6 0 obj << /Contents <300aFF> >> endobj")
        #expect(other.judge(other.right) != nil)
        let comment = Example("5 0 obj << /Type /Sig % /Contents <300aFF>\n /M (x) >> endobj")
        #expect(comment.judge(comment.right) != nil)
        let text = Example("5 0 obj << /Reason (/Contents <300aFF>) >> endobj")
        #expect(text.judge(text.right) != nil)
        let nested = Example("5 0 obj << /Reference [ <300aFF> ] >> endobj")
        #expect(nested.judge(nested.right) != nil)
    }

    @Test
    func `two Contents, also with an escaped name, make the signature malformed`() {
        let later = Example("5 0 obj << /Contents (x) /M (y) /Contents <300aFF> >> endobj")
        #expect(later.judge(later.right)?.isMalformed == true)
        let escaped = Example("5 0 obj << /C#6fntents (x) /Contents <300aFF> >> endobj")
        #expect(escaped.judge(escaped.right)?.isMalformed == true)
    }

    @Test
    func `what qpdf reads as Contents must be what stands in the hole`() {
        let example = Example()
        #expect(example.judge(example.right, contents: [0x30, 0x0A])?.isMalformed == true)
        #expect(example.judge(example.right, contents: nil) == nil)
    }

    @Test
    func `a signature that stands directly in its field is found there`() {
        let example = Example("5 0 obj << /FT /Sig /V << /Type /Sig /Contents <300aFF> >> >> endobj")
        #expect(example.judge(example.right) == nil)
    }

    @Test
    func `the number of an object is its whole number`() {
        let example = Example("15 0 obj << /Contents <300aFF> >> endobj")
        #expect(example.judge(example.right) != nil)
        #expect(example.judge(example.right, object: 15) == nil)
    }
}
