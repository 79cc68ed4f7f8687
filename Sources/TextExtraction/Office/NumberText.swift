import Foundation

/// A number that is not negative, as the digits that a spreadsheet counts with: fifteen.
struct NumberText {
    private let value: Double
    private var digits: [UInt8]
    /// How many of the digits stand in front of the point; fewer than none where zeros come first.
    private var point: Int

    init(_ value: Double) {
        self.value = value
        let text = String(format: "%.14e", value).lowercased()
        let parts = text.split(separator: "e")
        digits = (parts.first ?? "0").utf8.filter { $0 != 0x2E }.map { $0 &- 0x30 }
        point = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + 1
        if value == 0 { point = 1 }
    }

    /// The digits before and behind the point, of the latter so many, rounded as people do it.
    private func rounded(_ places: Int) -> (whole: [UInt8], fraction: [UInt8]) {
        var (kept, point) = (digits, point)
        let cut = point + places
        if cut < 0 {
            kept = []
        } else if cut < kept.count {
            let goesUp = kept[cut] >= 5
            kept = Array(kept[..<cut])
            var index = cut - 1
            while goesUp, index >= 0, kept[index] == 9 {
                kept[index] = 0
                index -= 1
            }
            if goesUp, index >= 0 {
                kept[index] += 1
            } else if goesUp {
                kept.insert(1, at: 0)
                point += 1
            }
        }
        func digit(_ index: Int) -> UInt8 { kept.indices.contains(index) ? kept[index] : 0 }
        let whole = (0..<max(point, 0)).map(digit).drop { $0 == 0 }
        return (Array(whole), (0..<places).map { digit(point + $0) })
    }

    /// What the pieces of a section show of it.
    func shown(by pieces: [NumberFormat.Piece]) -> String {
        if let slash = pieces.firstIndex(of: .slash), let text = fraction(pieces, slash) { return text }
        var number = self
        number.point += 2 * pieces.count { $0 == .percent }
        let layout = Layout(pieces)
        number.point -= 3 * layout.thousands
        var exponent = 0
        var (whole, fraction) = number.rounded(layout.fraction.count)
        if layout.exponentPlace != nil, value != 0 {
            let width = max(1, layout.whole.count)
            exponent = Int((Double(number.point - 1) / Double(width)).rounded(.down)) * width
            number.point -= exponent
            (whole, fraction) = number.rounded(layout.fraction.count)
            if whole.count > width {
                exponent += width
                number.point -= width
                (whole, fraction) = number.rounded(layout.fraction.count)
            }
        }
        var shown = pieces.map(Self.sign)
        layout.place(whole, into: &shown, pieces)
        for (index, place) in layout.fraction.enumerated() {
            let isOver = fraction[index...].allSatisfy { $0 == 0 }
            shown[place] = isOver && pieces[place] != .digit(0x30) ? "" : String(fraction[index])
        }
        if let place = layout.exponentPlace, case .exponent(let showsPlus) = pieces[place] {
            let text = String(abs(exponent))
            let zeros = String(repeating: "0", count: max(0, layout.exponent.count - text.count))
            shown[place] = "E" + (exponent < 0 ? "-" : showsPlus ? "+" : "") + zeros + text
            for digit in layout.exponent { shown[digit] = "" }
        }
        return shown.joined()
    }

    /// What a piece shows that is no digit.
    private static func sign(_ piece: NumberFormat.Piece) -> String {
        switch piece {
        case .literal(let text): text
        case .point: "."
        case .percent: "%"
        case .slash: "/"
        default: ""
        }
    }

    /// Where the digits of a section stand.
    private struct Layout {
        var whole: [Int] = []
        var fraction: [Int] = []
        var exponent: [Int] = []
        var exponentPlace: Int?
        var pointPlace: Int?
        /// Whether digits are grouped in threes.
        var isGrouped = false
        /// How many times the number is shown in thousands.
        var thousands = 0

        init(_ pieces: [NumberFormat.Piece]) {
            exponentPlace = pieces.firstIndex { if case .exponent = $0 { true } else { false } }
            pointPlace = pieces.firstIndex(of: .point)
            for (index, piece) in pieces.enumerated() {
                guard case .digit = piece else { continue }
                if let exponentPlace, index > exponentPlace {
                    exponent.append(index)
                } else if let pointPlace, index > pointPlace {
                    fraction.append(index)
                } else {
                    whole.append(index)
                }
            }
            for (index, piece) in pieces.enumerated() where piece == .comma {
                if let last = whole.last, index < last { isGrouped = true } else { thousands += 1 }
            }
        }

        func place(_ digits: [UInt8], into shown: inout [String], _ pieces: [NumberFormat.Piece]) {
            var left = digits
            var count = 0
            func text(_ digits: [UInt8]) -> String {
                var text = ""
                for digit in digits.reversed() {
                    if isGrouped, count > 0, count % 3 == 0 { text = "," + text }
                    text = String(digit) + text
                    count += 1
                }
                return text
            }
            for (index, place) in whole.enumerated().reversed() {
                var these: [UInt8] = []
                if index == 0 { (these, left) = (left, []) } else if let last = left.popLast() { these = [last] }
                if these.isEmpty, pieces[place] == .digit(0x30) { these = [0] }
                shown[place] = text(these)
            }
            if whole.isEmpty, let pointPlace { shown[pointPlace] = text(left) + "." }
        }
    }

    // MARK: - Fractions

    private func fraction(_ pieces: [NumberFormat.Piece], _ slash: Int) -> String? {
        func isDigit(_ index: Int) -> Bool {
            guard pieces.indices.contains(index), case .digit = pieces[index] else { return false }
            return true
        }
        var start = slash
        while isDigit(start - 1) { start -= 1 }
        guard start < slash, slash + 1 < pieces.count else { return nil }
        var end = slash + 1
        var denominator = ""
        while end < pieces.count {
            if isDigit(end) {
                denominator += "0"
            } else if case .literal(let text) = pieces[end], let number = Int(text), number > 0, number < 10_000 {
                denominator += text
            } else {
                break
            }
            end += 1
        }
        guard !denominator.isEmpty, denominator.utf8.count < 6, value < 1e15 else { return nil }
        let isMixed = pieces[..<start].contains { if case .digit = $0 { true } else { false } }
        let whole = isMixed ? value.rounded(.down) : 0
        let (top, bottom) = Self.nearest(value - whole, denominator)
        var parts: [String] = []
        let (carried, rest) = isMixed && top == bottom ? (Int(whole) + 1, 0) : (Int(whole), top)
        if isMixed, carried > 0 || rest == 0 { parts.append(String(carried)) }
        if rest > 0 || !isMixed { parts.append("\(rest)/\(bottom)") }
        let before = pieces[..<start].map(Self.sign).joined().drop { $0 == " " }
        return before.split(separator: " ").joined(separator: " ") + (before.isEmpty ? "" : " ")
            + parts.joined(separator: " ") + pieces[end...].map(Self.sign).joined()
    }

    private static func nearest(_ value: Double, _ denominator: String) -> (Int, Int) {
        if let fixed = Int(denominator), fixed > 0 { return (Int((value * Double(fixed)).rounded()), fixed) }
        var best = (top: Int(value.rounded()), bottom: 1)
        var least = abs(value - Double(best.top))
        let most = [9, 99, 999][min(denominator.utf8.count, 3) - 1]
        for bottom in 1...most {
            let top = (value * Double(bottom)).rounded()
            let away = abs(value - top / Double(bottom))
            if away < least - 1e-12 { (best, least) = ((Int(top), bottom), away) }
        }
        return best
    }
}
