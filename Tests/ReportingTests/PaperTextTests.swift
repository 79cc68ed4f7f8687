import Reporting
import Testing

struct PaperTextTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func `plain words stay to the letter`() {
        for text in ["Perjanjian Kinerja 2018", "e\u{301}", "\u{E9}", "\u{628}\u{631}", "\u{301}x", "\\u{41}", ""] {
            #expect(bytes(PaperText.printable(text)) == bytes(text))
        }
    }

    @Test(arguments: [
        ("a\nb", "a b"), ("a\r\nb", "a b"), ("a\rb", "a b"), ("a\tb", "a b"), ("a\u{2028}b", "a b"), ("a\n\nb", "a  b"),
        ("a\u{202E}b", "a\\u{202E}b"), ("a\u{0}b", "a\\u{0}b"), ("\u{1B}[2J", "\\u{1B}[2J"),
        ("\u{FEFF}x", "\\u{FEFF}x"),
        ("\u{FFFF}", "\\u{FFFF}"), ("\u{1FFFE}", "\\u{1FFFE}"), ("\u{E0041}", "\\u{E0041}"), ("\u{7F}", "\\u{7F}"),
        ("\u{2069}", "\\u{2069}"),
    ])
    func `what would act instead of being seen is written out, and a text is one line`(_ text: String, _ shown: String)
    {
        #expect(bytes(PaperText.printable(text)) == bytes(shown))
    }

    @Test(arguments: [
        "=1", "+1", "-1", "@A1", "\t=1", "\rx", "\nx", "\tx", " =1", "  -1", "\u{A0}=1", "\u{3000}=1", "\u{200B}=1",
        "'=1",
        "\"=1", "\u{201C}=1", "\u{FF1D}1", "\u{FF0B}1", "\u{FF0D}1", "\u{FF20}1", "\u{FE66}1", "\u{2212}1", "=\u{301}1",
        "--", "- ", "|cmd", "%0", "\u{AD}=1", "\u{FF02}=1",
    ])
    func `what a spreadsheet could take for a formula has an apostrophe in front`(_ text: String) {
        #expect(bytes(PaperText.guarded(text)) == bytes("'" + PaperText.printable(text)))
    }

    @Test(arguments: ["", "-", "a=1", "7", "(=1)", "e\u{301}=", "\u{301}", "RKT-2018-0001", "000.7.2.7", "'", " "])
    func `what no spreadsheet takes for a formula stays`(_ text: String) {
        #expect(bytes(PaperText.guarded(text)) == bytes(text))
    }

    @Test func `a text of spaces and shapeless characters is blank`() {
        for text in ["", " ", "\u{A0}\u{3000}\t\n", "\u{200B}", "\u{2060}\u{AD}"] { #expect(PaperText.isBlank(text)) }
        for text in ["-", "0", "\u{301}", "x"] { #expect(!PaperText.isBlank(text)) }
    }
}
