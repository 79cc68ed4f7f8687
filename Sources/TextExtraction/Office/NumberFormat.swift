/// How a format code of a spreadsheet shows a number (ECMA-376, part 1, 18.8.31).
///
/// A code has up to four sections: for positive numbers, negative ones, zero, and text; or sections with conditions.
struct NumberFormat {
    /// One thing that a section shows.
    enum Piece: Equatable {
        /// Signs as they are.
        case literal(String)
        /// A digit: `0` always, `#` where there is one, `?` a space where there is none.
        case digit(UInt8)
        /// The point before the decimals.
        case point
        /// Groups digits in threes; behind the last one, shows thousands.
        case comma
        /// A hundred times the number, with its sign.
        case percent
        /// Between the parts of a fraction.
        case slash
        /// The exponent of a number in scientific notation.
        case exponent(showsPlus: Bool)
        /// The text of a cell.
        case text
        /// The number as it is.
        case general
        /// A part of a date or a time of day, `n` for minutes, with the number of its letters.
        case date(Character, Int)
        /// Hours, minutes or seconds that go on beyond a day, an hour, a minute.
        case elapsed(Character, Int)
        /// Before or after noon.
        case halfDay(isLong: Bool)
        /// So many digits of a second's fraction.
        case secondFraction(Int)
    }

    /// What a condition compares by.
    enum Comparison: String, CaseIterable {
        /// Less or equal.
        case atMost = "<="
        /// Greater or equal.
        case atLeast = ">="
        /// Not equal.
        case differs = "<>"
        /// Less.
        case less = "<"
        /// Greater.
        case greater = ">"
        /// Equal.
        case equal = "="

        func holds(_ one: Double, _ other: Double) -> Bool {
            switch self {
            case .atMost: one <= other
            case .atLeast: one >= other
            case .differs: one != other
            case .less: one < other
            case .greater: one > other
            case .equal: one == other
            }
        }
    }

    /// A part of the code.
    struct Section {
        var pieces: [Piece] = []
        var condition: (comparison: Comparison, limit: Double)?
        var language: DateNames?
        /// Whether the system's own way of showing a date or time is asked for.
        var isSystemDate = false
        /// Whether it asks for names in a language that is not known here.
        var isForeign = false

        /// Whether it shows a date or a time.
        var isDate: Bool {
            pieces.contains { piece in
                switch piece {
                case .date, .elapsed, .halfDay: true
                default: false
                }
            }
        }

        /// Whether it shows the day that a number stands for, or a part of it.
        var hasDay: Bool {
            pieces.contains { if case .date(let letter, _) = $0 { "ymd".contains(letter) } else { false } }
        }

        /// Whether it shows the time of day.
        var hasTime: Bool {
            pieces.contains { if case .date(let letter, _) = $0 { "hns".contains(letter) } else { false } }
        }
    }

    /// The sections, in their order; never none.
    let sections: [Section]
    /// How many bytes of a code are looked at.
    static let longest = 1024

    /// Takes a code apart; what no spreadsheet would write is taken as signs.
    init(_ code: String) {
        var parser = FormatCodeParser(code)
        sections = parser.sections()
    }

    /// The code of a format that is known by its number; nil where a file defines it, and for what shows plain numbers.
    ///
    /// Those that follow the settings of the computer are dates of ISO 8601 and numbers without a currency here.
    static func builtIn(_ id: Int) -> String? {
        switch id {
        case 1: "0"
        case 2: "0.00"
        case 3: "#,##0"
        case 4: "#,##0.00"
        case 5, 6, 37, 38, 41, 42: "#,##0;-#,##0"
        case 7, 8, 39, 40, 43, 44: "#,##0.00;-#,##0.00"
        case 9: "0%"
        case 10: "0.00%"
        case 11: "0.00E+00"
        case 12: "# ?/?"
        case 13: "# ??/??"
        case 14, 27...31, 36, 50...54, 57, 58: "yyyy-mm-dd"
        case 15: "d-mmm-yy"
        case 16: "d-mmm"
        case 17: "mmm-yy"
        case 18: "h:mm AM/PM"
        case 19: "h:mm:ss AM/PM"
        case 20, 32: "h:mm"
        case 21, 33: "h:mm:ss"
        case 22: "yyyy-mm-dd hh:mm"
        case 34, 35, 55, 56: "yyyy-mm-dd"
        case 45: "mm:ss"
        case 46: "[h]:mm:ss"
        case 47: "mm:ss.0"
        case 48: "##0.0E+0"
        case 49: "@"
        default: nil
        }
    }

    /// What a number looks like.
    ///
    /// A date is followed by itself as of ISO 8601 where the code shows it in any other way, and a number that is grouped by
    /// its plain digits: both can be searched for.
    ///
    /// - Parameters:
    ///   - value: the number.
    ///   - countsFrom1904: whether days are counted from 1904.
    /// - Returns: the text; nil where the code shows the number as it is, or cannot show it.
    func shown(_ value: Double, countsFrom1904: Bool) -> String? {
        let (section, isNegated) = section(for: value)
        if section.isDate {
            return DateText(value, countsFrom1904: countsFrom1904)?.shown(by: section)
        }
        if section.pieces.isEmpty { return value == 0 ? "" : nil }
        if section.pieces.contains(.general) || section.pieces.contains(.text) {
            guard section.pieces.count > 1 else { return nil }
            let number = CellFormats.plain(isNegated ? -value : value)
            return Self.tidied(section.pieces.map { Self.words($0, value: number) }.joined())
        }
        let digits = NumberText(isNegated || value < 0 ? -value : value).shown(by: section.pieces)
        let isSigned = value < 0 && !isNegated && digits.contains { $0 != "0" && $0.isNumber }
        let text = Self.tidied(isSigned ? "-" + digits : digits)
        // Grouped or in thousands: people look for the number by its digits too.
        return section.pieces.contains(.comma) && abs(value) >= 1000 ? "\(text) (\(CellFormats.plain(value)))" : text
    }

    /// What a text looks like: as it is, mostly.
    func shown(_ text: String) -> String {
        guard let section = sections.last, section.pieces.contains(.text), section.pieces.count > 1 else { return text }
        return Self.tidied(section.pieces.map { Self.words($0, value: text) }.joined())
    }

    private static func words(_ piece: Piece, value: String) -> String {
        switch piece {
        case .literal(let text): text
        case .text, .general: value
        default: ""
        }
    }

    /// The section that a number is shown by, and whether that shows a negative number without its sign.
    private func section(for value: Double) -> (Section, isNegated: Bool) {
        var parts = sections
        if parts.count > 1, parts.count == 4 || parts[parts.count - 1].pieces.contains(.text) { parts.removeLast() }
        if parts.contains(where: { $0.condition != nil }) {
            for (index, part) in parts.enumerated() {
                guard let condition = part.condition else {
                    if index == parts.count - 1 { return (part, false) }
                    continue
                }
                guard condition.comparison.holds(value, condition.limit) else { continue }
                let isBelow = [.less, .atMost].contains(condition.comparison) && condition.limit <= 0
                return (part, value < 0 && isBelow)
            }
            return (parts.first { $0.condition == nil } ?? parts[parts.count - 1], false)
        }
        if value < 0, parts.count > 1 { return (parts[1], true) }
        if value == 0, parts.count > 2 { return (parts[2], false) }
        return (parts[0], false)
    }

    /// Without the room that a code leaves for a sign.
    static func tidied(_ text: String) -> String {
        text.split(separator: " ").joined(separator: " ")
    }
}
