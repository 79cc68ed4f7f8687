/// What the ledger commits to, as a paper shows it.
///
/// Whoever keeps the paper can hold the ledger against it years later: a camera reads the code, a hand types the short form.
package struct PaperCheckpoint: Hashable, Sendable {
    /// Its three lines: the log's name, how many lines it has, the root in base64.
    package let text: String
    /// The form that is short enough to be typed.
    package let short: String

    /// A checkpoint of a paper.
    package init(text: String, short: String) {
        self.text = text
        self.short = short
    }

    /// The three lines on one.
    package var line: String { text.split(separator: "\n").joined(separator: " ") }

    /// What stands in the foot of a page.
    package var foot: String { "\(line) (\(short))" }

    /// The code for a camera, as a drawing that stands alone; nil where the text is too long for one.
    package var drawing: String? { QRCode(text)?.svg }
}
