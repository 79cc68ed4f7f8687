import RecordsModel
import Testing

struct TextTests {
    private let composed = "Andr\u{e9}"
    private let decomposed = "Andre\u{301}"

    @Test func `composed and decomposed forms are two texts`() {
        #expect(composed == decomposed)
        #expect(ExactText(composed) != ExactText(decomposed))
        #expect(Set([ExactText(composed), ExactText(decomposed), ExactText(composed)]).count == 2)
    }

    @Test func `the same bytes are the same text`() {
        #expect(ExactText(composed) == ExactText("Andr" + "\u{e9}"))
        #expect(ExactText(composed).hashValue == ExactText("Andr" + "\u{e9}").hashValue)
    }

    @Test(arguments: [
        ("two\nlines", "two\\nlines"), ("\r\n", "\\r\\n"), ("tab\t.", "tab\\t."), ("\u{1b}[2J", "\\u{1B}[2J"),
        ("nul\0", "nul\\u{0}"), ("\u{7f}", "\\u{7F}"), ("\u{9b}31m", "\\u{9B}31m"),
        ("\u{85}", "\\u{85}"),
        ("\u{202e}fdp.exe", "\\u{202E}fdp.exe"), ("\u{200f}א", "\\u{200F}א"), ("\u{200e}", "\\u{200E}"),
        ("\u{61c}", "\\u{61C}"), ("\u{2066}a\u{2069}", "\\u{2066}a\\u{2069}"),
        ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
        ("e\u{301}\n", "e\u{301}\\n"),
    ])
    func `what a terminal would act on is written out`(raw: String, shown: String) {
        #expect(ExactText(raw.displayed) == ExactText(shown))
        #expect(ExactText(raw.displayed.displayed) == ExactText(shown))
    }

    @Test(arguments: [
        "", "Rencana Kinerja Tahunan", "Andr\u{e9}", "Andre\u{301}", "\u{301}first", "😀👩‍👩‍👧", "עברית", "a\u{a0}b",
        "back\\slash", "\u{feff}bom", "\u{10ffff}",
    ])
    func `what a terminal shows stays to the byte`(text: String) {
        #expect(ExactText(text.displayed) == ExactText(text))
    }

    @Test func `no C0 or C1 control reaches the terminal`() throws {
        for value in [0..<0x20, 0x7f..<0xa0].joined() {
            let scalar = try #require(Unicode.Scalar(UInt32(value)))
            let shown = "a\(scalar)b".displayed
            let isPlain = shown.unicodeScalars.allSatisfy { (0x20..<0x7f).contains($0.value) }
            #expect(isPlain, "the character \(value)")
        }
    }
}
