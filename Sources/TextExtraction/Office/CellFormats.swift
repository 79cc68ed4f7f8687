import Foundation

/// How the cells of a workbook show their numbers, as far as it matters for reading: dates and percentages
/// (ECMA-376, part 1, 18.8.30).
final class CellFormats: XMLHandler {
    private enum Kind {
        case plain
        case date
        case time
        case percent
    }

    private var codes: [Int: String] = [:]
    private var formats: [Int] = []
    private var isInCells = false
    /// Whether days are counted from 1904.
    var countsFrom1904 = false

    var isFinished: Bool { formats.count > 100_000 }

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "numFmt":
            if let id = attributes["numFmtId"].flatMap({ Int($0) }), let code = attributes["formatCode"] {
                codes[id] = String(code.prefix(256))
            }
        case "cellXfs": isInCells = true
        case "xf": if isInCells { formats.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0) }
        default: break
        }
    }

    func end(_ name: String) { if name == "cellXfs" { isInCells = false } }

    func text(_ piece: UnsafeBufferPointer<UInt8>) {}

    /// A number as a person sees it.
    ///
    /// - Parameters:
    ///   - value: the number as it is stored.
    ///   - style: the cell's style, an index.
    /// - Returns: the text of the cell.
    func shown(_ value: String, style: Int?) -> String {
        guard let number = Double(value), number.isFinite else { return value }
        let format = style.flatMap { formats.indices.contains($0) ? formats[$0] : nil } ?? 0
        switch kind(of: format) {
        case .date: if let date = Self.date(number, from1904: countsFrom1904) { return date }
        case .time: if (0..<1).contains(number) { return Self.time(number) }
        case .percent: return Self.plain(number * 100) + " %"
        case .plain: break
        }
        // Spreadsheets show 15 digits and store 17.
        return value.utf8.count > 15 ? Self.plain(number) : value
    }

    private func kind(of format: Int) -> Kind {
        switch format {
        case 9, 10: return .percent
        case 14...17, 22: return .date
        case 18...21, 45...47: return .time
        default: break
        }
        guard let code = codes[format] else { return .plain }
        var quoted = false
        var bracketed = false
        var escaped = false
        var kind = Kind.plain
        for character in code.lowercased().unicodeScalars {
            if escaped {
                escaped = false
                continue
            }
            switch character {
            case "\"": quoted.toggle()
            case "[": bracketed = true
            case "]": bracketed = false
            case "\\", "_", "*": escaped = true
            case "y", "d": if !quoted, !bracketed { return .date }
            case "h", "s": if !quoted, !bracketed { kind = .time }
            case "%": if !quoted { return .percent }
            case ";": if kind != .plain { return kind }
            default: break
            }
        }
        return kind
    }

    private static func plain(_ number: Double) -> String {
        String(format: "%.15g", locale: Locale(identifier: "en_US_POSIX"), number)
    }

    private static func time(_ number: Double) -> String {
        let seconds = Int((number * 86_400).rounded())
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let text = two(seconds / 3600) + ":" + two(seconds / 60 % 60)
        return seconds % 60 == 0 ? text : text + ":" + two(seconds % 60)
    }

    /// A serial number as a date, with the time of day where it has one; nil outside of the years 1900 to 9999.
    private static func date(_ number: Double, from1904: Bool) -> String? {
        guard number >= 0, number < 2_958_466 else { return nil }
        let whole = Int(number.rounded(.down))
        // Days since 1970-01-01. The 29th of February 1900, which never was, is day 60.
        let day = from1904 ? whole - 24_107 : whole - (whole < 60 ? 25_568 : 25_569)
        let civil = civilDate(day)
        func padded(_ value: Int, _ count: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
        }
        let text = "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))"
        let rest = number - number.rounded(.down)
        return rest < 1.0 / 86_400 ? text : text + " " + time(rest)
    }

    /// Howard Hinnant's `civil_from_days` (<https://howardhinnant.github.io/date_algorithms.html>).
    private static func civilDate(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, day)
    }
}
