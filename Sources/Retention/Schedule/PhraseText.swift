/// The words of a cell as they are compared: lower case, one space, abbreviations written out.
///
/// Brackets are as if they were not there, save where all that is in them repeats what stands before: "2 (dua) tahun",
/// "Pemutakhiran Data (Update)". A trigger or an exception in brackets is one all the same. What it was read from stays
/// verbatim beside it; this form is never shown or stored.
struct PhraseText: Hashable, Sendable {
    /// The words, in order.
    let words: [String]

    /// The longest cell that is read, in bytes; a longer one has no words.
    static let limit = 2000

    init(words: [String]) { self.words = words }

    init(_ text: String) {
        guard text.utf8.count <= Self.limit else {
            words = []
            return
        }
        var found: [String] = []
        var bracketStart: Int?
        for piece in text.lowercased().split(whereSeparator: \.isWhitespace) {
            for word in Self.pieces(of: piece) {
                if word == "(" {
                    bracketStart = found.count
                } else if word == ")" {
                    if let start = bracketStart, found[start...].allSatisfy({ Self.repetitions.contains($0) }) {
                        found.removeSubrange(start...)
                    }
                    bracketStart = nil
                } else {
                    found += Self.abbreviations[word] ?? [word]
                }
            }
        }
        words = found
    }

    /// Words that repeat in brackets what stands before them.
    private static let repetitions: Set<String> = [
        "update", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
        "belas", "puluh", "seratus", "ratus", "seribu", "ribu", "one", "two", "three", "four", "five", "six", "seven",
        "eight", "nine", "ten",
    ]

    /// A word between spaces, cut at brackets and commas; full stops and quotation marks at its ends are left out.
    private static func pieces(of word: Substring) -> [String] {
        var pieces: [String] = []
        var current = ""
        func trimmed(_ text: String) -> String {
            if abbreviations[text] != nil { return text }
            var rest = Substring(text)
            while let last = rest.unicodeScalars.last, ".:\"'”“".unicodeScalars.contains(last) { rest.removeLast() }
            while let first = rest.unicodeScalars.first, "\"'”“".unicodeScalars.contains(first) { rest.removeFirst() }
            return String(rest)
        }
        for character in word {
            if "(),;".contains(character) {
                pieces.append(trimmed(current))
                pieces.append(String(character))
                current = ""
            } else {
                current.append(character)
            }
        }
        pieces.append(trimmed(current))
        return pieces.filter { !$0.isEmpty }
    }

    /// Short forms that schedules use.
    private static let abbreviations: [String: [String]] = [
        "s.d.": ["sampai", "dengan"], "s.d": ["sampai", "dengan"], "s/d": ["sampai", "dengan"],
        "sd": ["sampai", "dengan"], "sd.": ["sampai", "dengan"],
        "thn": ["tahun"], "thn.": ["tahun"], "th": ["tahun"], "th.": ["tahun"], "bln": ["bulan"], "bln.": ["bulan"],
        "stlh": ["setelah"], "stlh.": ["setelah"], "yg": ["yang"], "dgn": ["dengan"], "tdk": ["tidak"],
        "dst": ["dan", "seterusnya"], "–": ["-"], "—": ["-"],
    ]
}
