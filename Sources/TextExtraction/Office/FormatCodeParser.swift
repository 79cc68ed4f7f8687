/// Takes the format code of a spreadsheet's cell apart.
struct FormatCodeParser {
    private let signs: [Character]
    private var place = 0
    private var section = NumberFormat.Section()

    init(_ code: String) { signs = Array(String(decoding: code.utf8.prefix(NumberFormat.longest), as: UTF8.self)) }

    /// All sections, of which more than four are none that a spreadsheet has.
    mutating func sections() -> [NumberFormat.Section] {
        var all: [NumberFormat.Section] = []
        while place < signs.count {
            if signs[place] == ";" {
                place += 1
                all.append(finished())
                section = NumberFormat.Section()
            } else {
                next()
            }
        }
        all.append(finished())
        return Array(all.prefix(4))
    }

    private mutating func next() {
        let sign = signs[place]
        let small = Character(sign.lowercased())
        place += 1
        switch small {
        case "\"":
            let end = signs[place...].firstIndex(of: "\"") ?? signs.count
            add(String(signs[place..<end]))
            place = min(end + 1, signs.count)
        case "\\":
            if place < signs.count { add(String(signs[place])) }
            place += 1
        case "_", "*":
            // Room as wide as the next sign, or filled with it.
            add(" ")
            place += 1
        case "[":
            let end = signs[place...].firstIndex(of: "]") ?? signs.count
            bracket(String(signs[place..<end]))
            place = min(end + 1, signs.count)
        case "0", "#", "?": section.pieces.append(.digit(sign.asciiValue ?? 0x30))
        case ".": section.pieces.append(.point)
        case ",": section.pieces.append(.comma)
        case "%": section.pieces.append(.percent)
        case "/": section.pieces.append(.slash)
        case "@": section.pieces.append(.text)
        case "g" where follows("eneral"):
            section.pieces.append(.general)
            place += 6
        case "g": break
        case "a" where follows("m/pm"):
            section.pieces.append(.halfDay(isLong: true))
            place += 4
        case "a" where follows("/p"):
            section.pieces.append(.halfDay(isLong: false))
            place += 2
        case "e" where place < signs.count && "+-".contains(signs[place]):
            section.pieces.append(.exponent(showsPlus: signs[place] == "+"))
            place += 1
        case "y", "m", "d", "h", "s", "e":
            var count = 1
            while place < signs.count, signs[place].lowercased() == String(small) {
                count += 1
                place += 1
            }
            section.pieces.append(small == "e" ? .date("y", 4) : .date(small, count))
        default: add(String(sign))
        }
    }

    private func follows(_ word: String) -> Bool {
        signs[place...].prefix(word.count).elementsEqual(word) { $0.lowercased() == $1.lowercased() }
    }

    private mutating func add(_ text: String) {
        if case .literal(let before) = section.pieces.last {
            section.pieces[section.pieces.count - 1] = .literal(before + text)
        } else if !text.isEmpty {
            section.pieces.append(.literal(text))
        }
    }

    /// A colour, a condition, a currency with its language, or a time that goes on.
    private mutating func bracket(_ content: String) {
        let small = content.lowercased()
        if let letter = small.first, "hms".contains(letter), small.allSatisfy({ $0 == letter }) {
            section.pieces.append(.elapsed(letter == "m" ? "n" : letter, small.count))
        } else if content.hasPrefix("$") {
            let parts = content.dropFirst().split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            add(String(parts.first ?? ""))
            guard parts.count > 1 else { return }
            let language = parts[1].lowercased()
            section.isSystemDate = ["f800", "x-sysdate", "f400", "x-systime"].contains(language)
            section.language = DateNames(language)
            section.isForeign = section.language == nil && !section.isSystemDate && !language.isEmpty
        } else if let comparison = NumberFormat.Comparison.allCases.first(where: { content.hasPrefix($0.rawValue) }),
            let limit = Double(content.dropFirst(comparison.rawValue.count))
        {
            section.condition = (comparison, limit)
        }
    }

    /// The section with what depends on its neighbours settled: months from minutes, and fractions of seconds.
    private func finished() -> NumberFormat.Section {
        var section = section
        guard section.isDate else { return section }
        var pieces: [NumberFormat.Piece] = []
        var last: Character?
        var fraction: Int?
        for piece in section.pieces {
            if let digits = fraction {
                if case .digit = piece {
                    fraction = digits + 1
                    continue
                }
                pieces.append(digits > 0 ? .secondFraction(min(digits, 3)) : .literal("."))
                fraction = nil
            }
            switch piece {
            case .date(let letter, let count):
                if letter == "s" {
                    let place = pieces.lastIndex { if case .date = $0 { true } else { false } }
                    if let place, case .date("m", let count) = pieces[place] { pieces[place] = .date("n", count) }
                }
                pieces.append(.date(letter == "m" && last == "h" ? "n" : letter, count))
                last = letter
            case .elapsed(let letter, _):
                pieces.append(piece)
                last = letter
            case .point where last == "s": fraction = 0
            case .point: pieces.append(.literal("."))
            case .comma: pieces.append(.literal(","))
            case .slash: pieces.append(.literal("/"))
            case .percent: pieces.append(.literal("%"))
            default: pieces.append(piece)
            }
        }
        if let fraction { pieces.append(fraction > 0 ? .secondFraction(min(fraction, 3)) : .literal(".")) }
        section.pieces = pieces
        return section
    }
}
