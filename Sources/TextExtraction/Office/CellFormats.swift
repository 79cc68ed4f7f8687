import Foundation

/// How the cells of a workbook show their numbers: dates in any form, times that go on, percentages, grouped and padded
/// digits (ECMA-376, part 1, 18.8.30).
final class CellFormats: XMLHandler {
    private var known: [Int: NumberFormat] = [:]
    private var formats: [Int] = []
    private var isInCells = false
    /// Whether days are counted from 1904.
    var countsFrom1904 = false

    var isFinished: Bool { formats.count > 100_000 || known.count > 100_000 }

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "numFmt":
            if let id = attributes["numFmtId"].flatMap({ Int($0) }), let code = attributes["formatCode"] {
                define(id, code: code)
            }
        case "cellXfs": isInCells = true
        case "xf": if isInCells { formats.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0) }
        default: break
        }
    }

    func end(_ name: String) { if name == "cellXfs" { isInCells = false } }

    func text(_ piece: UnsafeBufferPointer<UInt8>) {}

    /// Makes a format known by its number.
    func define(_ id: Int, code: String) { known[id] = NumberFormat(code) }

    /// A number as a person sees it.
    ///
    /// - Parameters:
    ///   - value: the number as it is stored.
    ///   - style: the cell's style, an index.
    /// - Returns: the text of the cell.
    func shown(_ value: String, style: Int?) -> String {
        guard let number = Double(value), number.isFinite else { return value }
        // Spreadsheets show 15 digits and store 17.
        return shown(number, format: format(style)) ?? (value.utf8.count > 15 ? Self.plain(number) : value)
    }

    /// A number as the format of that number shows it; nil where it is shown as it is.
    func shown(_ number: Double, format id: Int) -> String? {
        format(id)?.shown(number, countsFrom1904: countsFrom1904)
    }

    /// A text as a person sees it: some codes put words around it.
    func shown(text: [UInt8], style: Int?) -> [UInt8] {
        guard let style, let format = format(format(style)), let last = format.sections.last,
            last.pieces.count > 1, last.pieces.contains(.text)
        else {
            return text
        }
        return Array(format.shown(String(decoding: text, as: UTF8.self)).utf8)
    }

    private func format(_ style: Int?) -> Int {
        style.flatMap { formats.indices.contains($0) ? formats[$0] : nil } ?? 0
    }

    private func format(_ id: Int) -> NumberFormat? {
        if let format = known[id] { return format }
        guard let code = NumberFormat.builtIn(id) else { return nil }
        let format = NumberFormat(code)
        known[id] = format
        return format
    }

    /// A number by its fifteen digits.
    static func plain(_ number: Double) -> String {
        String(format: "%.15g", locale: Locale(identifier: "en_US_POSIX"), number)
    }
}
