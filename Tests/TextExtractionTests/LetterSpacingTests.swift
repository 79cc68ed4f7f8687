import TestSupport
import Testing

@testable import TextExtraction

/// Words that are set letter by letter are whole, and lists of letters stay lists.
@Suite(.scratch)
struct LetterSpacingTests {
    /// Words in a row at these places: letters of five points width and ten points height.
    private func row(_ letters: String, gaps: [Double]) -> [LetterSpacing.Word] {
        var left = 72.0
        return letters.enumerated().map { index, letter in
            if index > 0 { left += 5 + gaps[(index - 1) % gaps.count] }
            let box = InkCover.Box(left: left, top: 100, right: left + 5, bottom: 110)
            return LetterSpacing.Word(text: String(letter), box: box)
        }
    }

    private let prose = (0..<12).map { index in
        let left = Double(index) * 33
        let box = InkCover.Box(left: left, top: 300, right: left + 30, bottom: 310)
        return LetterSpacing.Word(text: "kata\(index)", box: box)
    }

    @Test
    func `letters and words are told apart by their gaps`() {
        let gaps = [2.0, 2, 2, 2, 2, 2, 2, 7, 2, 2, 2]
        let words = LetterSpacing(prose + row("Alderman2024", gaps: gaps))
        #expect(words.joined("kata1\nA l d e r m a n 2 0 2 4\n") == "kata1\nAlderman 2024\n")
    }

    @Test(arguments: ["abcdef", "12345", "xxxx", "53434"])
    func `a list stays a list`(_ letters: String) {
        // As far apart as words of the same page are.
        let text = letters.map(String.init).joined(separator: " ")
        #expect(LetterSpacing(prose + row(letters, gaps: [3])).joined(text) == text)
    }

    @Test
    func `columns of a table are no word`() {
        #expect(LetterSpacing(row("2023", gaps: [40])).joined("2 0 2 3") == "2 0 2 3")
        #expect(LetterSpacing(row("adfh", gaps: [3])).joined("a d f h") == "a d f h")
        #expect(LetterSpacing.isSuspect("No 1 2 3 4") && !LetterSpacing.isSuspect("Pasal 5 a b\nI V"))
    }

    @Test
    func `a heading that a program set apart is read as its words`() throws {
        var pdf = MadePDF()
        pdf.shown =
            "Dinas\\) Tj 0 -40 Td 6 Tc \\(RENCANA KERJA 2024\\) Tj 0 Tc 0 -40 Td \\(a b c d e f pada tabel\\) Tj \\("
            .replacing(
                "\\",
                with: ""
            )
        let reading = try Reading.read(try pdf.write())
        let text = try #require(reading.pages.first).text
        let words = ["RENCANA", "KERJA", "2024", "a b c d e f pada tabel"]
        #expect(words.allSatisfy { text.contains($0) }, "\(text)")
    }
}
