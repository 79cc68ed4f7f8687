import Reporting
import Testing

/// Two texts against each other.
struct ComparisonTests {
    private func told(_ left: String, _ right: String) -> [String] {
        TextComparison(left, right).blocks.flatMap(\.parts).map { part in
            switch part.kind {
            case .same: part.text
            case .removed: "-" + part.text
            case .added: "+" + part.text
            }
        }
    }

    @Test func `texts that differ in white space at line ends only are the same`() {
        #expect(TextComparison("a \nb\n\n", "a\nb").isSame)
        #expect(TextComparison("", "").isSame)
        #expect(TextComparison("", "").blocks.isEmpty)
    }

    @Test func `a changed word is told inside its line`() {
        #expect(told("satu dua tiga", "satu empat tiga") == ["satu ", "-dua", "+empat", " tiga"])
        let comparison = TextComparison("satu dua tiga", "satu empat tiga")
        #expect(comparison.removedWords == 1 && comparison.addedWords == 1)
    }

    @Test func `a line that is new stands between those that stayed`() {
        let blocks = TextComparison("a\nc", "a\nb\nc").blocks
        #expect(blocks.map(\.isChanged) == [false, true, false])
        #expect(blocks[1].left == 2 && blocks[1].right == 2)
        #expect(blocks[1].parts.map(\.text) == ["b"] && blocks[1].parts[0].kind == .added)
        #expect(blocks[2].left == 2 && blocks[2].right == 3)
    }

    @Test func `both texts can be put together again from the parts`() {
        var state: UInt64 = 7
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        for _ in 0..<300 {
            func text() -> String {
                (0..<random(12)).map { _ in
                    (0..<random(5)).map { _ in ["a", "b", "c", "target", "98"][random(5)] }.joined(separator: " ")
                }.joined(separator: "\n")
            }
            let (left, right) = (text(), text())
            let blocks = TextComparison(left, right).blocks
            func side(_ kind: TextComparison.Part.Kind) -> String {
                let lines = blocks.compactMap { block -> String? in
                    let parts = block.parts.filter { $0.kind == .same || $0.kind == kind }
                    let isOther = block.parts.allSatisfy { $0.kind != .same && $0.kind != kind }
                    return isOther ? nil : parts.map(\.text).joined()
                }
                return lines.joined(separator: "\n")
            }
            func plain(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
            #expect(plain(side(.removed)) == plain(left))
            #expect(plain(side(.added)) == plain(right))
        }
    }

    @Test func `two long texts that have nothing in common are told without searching for ever`() {
        let left = (0..<60_000).map { "kiri \($0 % 50_000)" }.joined(separator: "\n")
        let right = (0..<60_000).map { "kanan \($0 % 50_000)" }.joined(separator: "\n")
        let comparison = TextComparison(left, right)
        #expect(comparison.blocks.count == 1 && !comparison.isSame)
    }

    @Test func `a page shows both sides and lets no text act`() {
        let comparison = TextComparison("<script>alert(1)</script> 98", "<script>alert(1)</script> 99")
        let html = ComparisonPage(title: "a & b", left: "satu", right: "dua", comparison).html
        #expect(html.contains("<del>98</del>") && html.contains("<ins>99</ins>"))
        #expect(!html.contains("<script>") && html.contains("&lt;script&gt;") && html.contains("a &amp; b"))
    }
}
