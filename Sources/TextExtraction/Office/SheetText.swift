/// The cells of one sheet: a line a row, a tab between cells.
final class SheetText: XMLHandler {
    var builder: TextBuilder
    /// How many cells have a formula and no result.
    private(set) var formulas = 0
    private let strings: [[UInt8]]
    private let formats: CellFormats
    private let limit: Int
    private var isInCell = false
    private var type = ""
    private var style: Int?
    private var column = 0
    private var value: [UInt8] = []
    private var formula: [UInt8]?
    private var shared: Int?
    private var sharedFormulas: [Int: [UInt8]] = [:]
    private var target = Target.none
    private var phonetic = 0
    private var margins: [(isHeader: Bool, code: [UInt8])] = []

    private enum Target {
        case none
        case value
        case formula
        case margin
    }

    /// How many empty cells before another are told by tabs.
    private static let mostGap = 64

    init(limit: Int, strings: [[UInt8]], formats: CellFormats) {
        builder = TextBuilder(limit: limit)
        self.limit = limit
        self.strings = strings
        self.formats = formats
    }

    var isFinished: Bool { builder.isFull }

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "row": column = 0
        case "c":
            isInCell = true
            type = attributes["t"] ?? "n"
            style = attributes["s"].flatMap { Int($0) }
            (value, formula, shared) = ([], nil, nil)
            let place = attributes["r"].flatMap(Self.column) ?? column + 1
            for _ in 0..<max(0, min(place - column - 1, Self.mostGap)) { builder.addTab() }
            column = max(column + 1, place)
        case "rPh": phonetic += 1
        case "v", "t": if isInCell, phonetic == 0 { target = .value }
        case "f":
            guard isInCell else { break }
            formula = []
            if attributes["t"] == "shared" { shared = attributes["si"].flatMap { Int($0) } }
            target = .formula
        case "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter":
            margins.append((name.hasSuffix("Header"), []))
            target = .margin
        default: break
        }
    }

    func end(_ name: String) {
        switch name {
        case "v", "t", "f", "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter":
            target = .none
        case "rPh": phonetic = max(0, phonetic - 1)
        case "c":
            isInCell = false
            addCell()
            builder.addTab()
        case "row": builder.endLine()
        default: break
        }
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) {
        switch target {
        case .none: break
        case .value: if value.count + piece.count <= limit { unsafe value.append(contentsOf: piece) }
        case .formula: if (formula?.count ?? 0) + piece.count <= 1 << 16 { unsafe formula?.append(contentsOf: piece) }
        case .margin:
            guard let index = margins.indices.last, margins[index].code.count + piece.count <= 1 << 16 else { break }
            unsafe margins[index].code.append(contentsOf: piece)
        }
    }

    private func addCell() {
        if let shared, let formula, !formula.isEmpty, sharedFormulas.count < 10_000 { sharedFormulas[shared] = formula }
        guard !value.isEmpty else {
            if type != "str", type != "inlineStr", formula != nil { addFormula() }
            return
        }
        switch type {
        case "s":
            guard let index = Int(String(decoding: value, as: UTF8.self)), strings.indices.contains(index) else {
                return
            }
            builder.append(formats.shown(text: strings[index], style: style))
        case "b": builder.append(value == [0x31] ? "TRUE" : "FALSE")
        case "n": builder.append(formats.shown(String(decoding: value, as: UTF8.self), style: style))
        case "str", "inlineStr": builder.append(formats.shown(text: value, style: style))
        case "d":
            let parts = String(decoding: value, as: UTF8.self).split(separator: "T")
            builder.append(parts.filter { $0 != "00:00:00" && $0 != "00:00:00Z" }.joined(separator: " "))
        default: builder.append(value)
        }
    }

    /// Shows a formula that nothing has computed, as it is stored.
    private func addFormula() {
        var words = formula ?? []
        if words.isEmpty, let first = shared.flatMap({ sharedFormulas[$0] }) {
            // It counts from its own cell; what that makes of it is not computed.
            words = first + Array(" (shared)".utf8)
        }
        guard !words.isEmpty else { return }
        formulas += 1
        builder.append([0x3D] + words)
    }

    /// The number of the column in a cell's name, such as 28 of `AB7`.
    private static func column(_ name: String) -> Int? {
        var number = 0
        for byte in name.utf8 {
            guard (0x41...0x5A).contains(byte & 0xDF), byte >= 0x41 else { break }
            number = number * 26 + Int(byte & 0xDF) - 0x40
            guard number <= 16_384 else { return nil }
        }
        return number > 0 ? number : nil
    }

    // MARK: - Page headers and footers

    /// Adds what is printed above and below each page, once and in its places.
    func addMargins(sheet: String) {
        var seen: Set<String> = []
        func lines(_ isHeader: Bool) -> [String] {
            margins.filter { $0.isHeader == isHeader }.map { Self.words($0.code, sheet: sheet) }
                .filter { !$0.isEmpty && seen.insert($0).inserted }
        }
        for line in lines(true).reversed() { builder.putFirst(line, .margin) }
        for line in lines(false) { builder.addLine(line, .margin) }
    }

    /// The words of a header or footer without its codes: places, fonts, page numbers (ECMA-376, part 1, 18.3.1.46).
    static func words(_ code: [UInt8], sheet: String) -> String {
        var words: [UInt8] = []
        var place = 0
        while place < code.count {
            let byte = code[place]
            place += 1
            guard byte == 0x26, place < code.count else {
                words.append(byte)
                continue
            }
            let sign = code[place]
            place += 1
            switch sign {
            case 0x26: words.append(sign)
            case 0x22: place = min(code.count, (code[place...].firstIndex(of: 0x22) ?? code.count) + 1)
            case 0x30...0x39: while place < code.count, (0x30...0x39).contains(code[place]) { place += 1 }
            case UInt8(ascii: "K"):
                // A colour: six digits, or two of a theme with a shade.
                let isTheme = place + 2 < code.count && [0x2B, 0x2D].contains(code[place + 2])
                let isSign: (UInt8) -> Bool = { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte & 0xDF)
                }
                var left = isTheme ? 2 : 6
                while left > 0, place < code.count, isSign(code[place]) {
                    place += 1
                    left -= 1
                }
                if isTheme {
                    place += 1
                    left = 3
                    while left > 0, place < code.count, (0x30...0x39).contains(code[place]) {
                        place += 1
                        left -= 1
                    }
                }
            case UInt8(ascii: "A"): words += sheet.utf8
            case UInt8(ascii: "L"), UInt8(ascii: "C"), UInt8(ascii: "R"): words.append(0x20)
            default: break
            }
        }
        return String(decoding: words, as: UTF8.self).split { " \n\r\t".contains($0) }.joined(separator: " ")
    }
}
