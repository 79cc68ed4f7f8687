/// Fields whose code is what they show: formulas, readings over letters, and buttons.
enum WordField {
    /// What a field without a result shows; nil where that is nothing.
    static func shown(_ code: ArraySlice<UInt16>) -> String? {
        // Longer codes are of no field that shows them.
        guard code.count < 10_000, !code.contains(0x13) else { return nil }
        let text = String(decoding: code, as: UTF16.self)
        let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard let name = words.first, words.count == 2 else { return nil }
        switch name.uppercased() {
        case "EQ": return equation(words[1])
        case "MACROBUTTON":
            // The first word names the macro.
            return words[1].split(separator: " ", maxSplits: 1).dropFirst().first.map(String.init)
        default: return nil
        }
    }

    /// The words of a formula: what `\o\ad(\s\up 10(Atas),bawah)` says without how it is laid out.
    private static func equation(_ code: Substring) -> String? {
        var words = ""
        var rest = code
        while let sign = rest.popFirst() {
            switch sign {
            case "\\":
                guard let next = rest.first else { break }
                if next == "*" {
                    // A format: a word, or one in quotation marks.
                    rest = rest.dropFirst().drop { $0 == " " }
                    rest =
                        rest.first == "\"" ? rest.dropFirst().drop { $0 != "\"" }.dropFirst() : rest.drop { $0 != " " }
                } else if next.isASCII, next.isLetter {
                    rest = rest.drop { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == " ") }
                } else {
                    words.append(rest.removeFirst())
                }
            case "(", ")", ",", ";": words.append(" ")
            default: words.append(sign)
            }
        }
        let shown = words.split(separator: " ").joined(separator: " ")
        return shown.isEmpty ? nil : shown
    }
}
