/// A text that equals another only where their bytes do.
///
/// Swift's `String` takes composed and decomposed forms for the same text; a file system and SQLite do not, and two
/// records must not become one because of it.
package struct ExactText: Hashable, Sendable {
    /// The text.
    package let text: String

    /// The text, to be compared to the letter.
    package init(_ text: String) { self.text = text }

    package static func == (left: ExactText, right: ExactText) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
