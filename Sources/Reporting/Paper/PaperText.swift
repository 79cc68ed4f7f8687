/// How a text that comes from elsewhere stands on a paper, the same in every form that the paper is printed in.
package enum PaperText {
    /// The text on one line, with nothing in it that acts instead of being seen.
    ///
    /// Line ends and tabs become one space. All that would steer a terminal, a spreadsheet or the direction of writing is
    /// written out as `\u{202E}`: control characters (C0, C1), the bidirectional controls of UAX #9, tags, annotations, the
    /// byte order mark, and characters that XML 1.0 cannot hold. All else stays to the letter, in whatever Unicode form.
    package static func printable(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var shown = ""
        var isBehindReturn = false
        for scalar in text.unicodeScalars {
            let isLineFeedOfReturn = isBehindReturn && scalar == "\n"
            isBehindReturn = scalar == "\r"
            if isLineFeedOfReturn { continue }
            switch scalar.value {
            case 0x09...0x0D, 0x85, 0x2028, 0x2029: shown += " "
            case _ where scalar.isUnseen: shown += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// Whether nothing of the text is seen: it is empty, or has only white space and characters without a shape.
    package static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0.properties.isDefaultIgnorableCodePoint }
    }

    /// A printable text as a spreadsheet may have it: one that could be taken for a formula has an apostrophe in front.
    ///
    /// Spreadsheets evaluate a cell that begins with `=`, `+`, `-` or `@`, some also with their full-width and small forms
    /// or the sign for minus, and some after spaces, quotation marks or characters without a shape; an imported apostrophe
    /// makes it a text (OWASP, "CSV Injection",
    /// <https://owasp.org/www-community/attacks/CSV_Injection>). One hyphen alone, the "none" of many a form, cannot be
    /// evaluated and stays.
    package static func guarded(_ text: String) -> String {
        let printed = printable(text)
        guard let first = printed.unicodeScalars.first(where: { !$0.canStandBeforeFormula }), first.beginsFormula else {
            // A tab or a line end in front was a beginning too; they are spaces by now.
            let begins = text.unicodeScalars.first.map { (0x09...0x0D).contains($0.value) } ?? false
            return begins ? "'" + printed : printed
        }
        return printed.utf8.elementsEqual("-".utf8) ? printed : "'" + printed
    }
}

extension Unicode.Scalar {
    /// Whether a reader of the text would act on the character, or could not hold it.
    fileprivate var isUnseen: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0: true
        case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x206F: true
        case 0xFEFF, 0xFFF9...0xFFFB, 0xFDD0...0xFDEF, 0xE0000...0xE007F: true
        default: value & 0xFFFE == 0xFFFE
        }
    }

    /// Whether a spreadsheet passes over the character before it looks for a formula.
    fileprivate var canStandBeforeFormula: Bool {
        switch self {
        case "'", "\"", "`", "\u{2018}"..."\u{201F}", "\u{AB}", "\u{BB}", "\u{2039}", "\u{203A}", "\u{FF02}",
            "\u{FF07}":
            true
        default: properties.isWhitespace || properties.isDefaultIgnorableCodePoint
        }
    }

    /// Whether a spreadsheet takes a text that begins with the character for a formula.
    fileprivate var beginsFormula: Bool {
        switch self {
        case "=", "+", "-", "@", "|", "%": true
        // Full-width and small forms, as Japanese and Chinese input writes them, and the sign for minus.
        case "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "\u{FE66}", "\u{FE62}", "\u{FE63}", "\u{FE6B}", "\u{2212}":
            true
        default: false
        }
    }
}
