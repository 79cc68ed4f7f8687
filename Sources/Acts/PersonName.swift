/// A name that is the same however it is typed: letter case, spaces, Unicode form and invisible characters aside.
///
/// Separation of duties (R23) would be worth nothing if "budi  Santoso" were another person than "Budi Santoso". Units,
/// dossiers and roles are compared in the same way. Titles behind a name are a part of it.
package struct PersonName: Hashable, Sendable, CustomStringConvertible {
    /// The name to the letter.
    package let text: String
    /// What is compared; equality of `String` is by canonical equivalence, and that is what is wanted here.
    private let folded: String

    /// A name as it is written.
    package init(_ text: String) {
        self.text = text
        if Self.isPlain(text) {
            folded = text.lowercased()
            return
        }
        var scalars = String.UnicodeScalarView()
        var isBehindSpace = false
        for scalar in text.unicodeScalars where !scalar.properties.isDefaultIgnorableCodePoint {
            if scalar.properties.isWhitespace {
                isBehindSpace = true
                continue
            }
            if isBehindSpace, !scalars.isEmpty { scalars.append(" ") }
            isBehindSpace = false
            scalars.append(scalar)
        }
        folded = String(scalars).uppercased().lowercased()
    }

    /// Whether it is ASCII with single spaces inside only, as nearly all names are; then letter case is all there is to it.
    private static func isPlain(_ text: String) -> Bool {
        var isBehindSpace = true
        for byte in text.utf8 {
            guard byte > 0x20 && byte < 0x7F || byte == 0x20 && !isBehindSpace else { return false }
            isBehindSpace = byte == 0x20
        }
        return !isBehindSpace
    }

    /// Whether there is nothing to be seen of it.
    package var isEmpty: Bool { folded.isEmpty }
    /// The name to the letter.
    package var description: String { text }

    package static func == (left: PersonName, right: PersonName) -> Bool { left.folded == right.folded }
    package func hash(into hasher: inout Hasher) { hasher.combine(folded) }

    /// The name with every hyphen and low line taken for a space: `kepala-anri` is "Kepala ANRI".
    package static func role(_ text: String) -> PersonName {
        PersonName(String(text.map { $0 == "-" || $0 == "_" ? " " : $0 }))
    }
}

extension String {
    /// Whether there is nothing to be seen of it.
    package var isBlank: Bool { PersonName(self).isEmpty }
}
