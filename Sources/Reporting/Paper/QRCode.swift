/// A QR code (ISO/IEC 18004): bytes at error correction level M, versions 1 to 20.
///
/// Drawn here and by no library, since a paper of the office needs this one form of it, and nothing may be missing where it
/// is printed. A test holds it against another program's, module by module.
package struct QRCode: Hashable, Sendable {
    /// How many modules a side has.
    package let size: Int
    /// The version, 1 to 20.
    package let version: Int
    /// The mask, 0 to 7.
    package let mask: Int
    private var dark: [Bool]
    private var isFunction: [Bool]

    /// Error correction codewords of a block, by version.
    private static let correction = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26]
    /// Blocks, by version.
    private static let blocks = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16]

    /// The code of a text in UTF-8; nil for one that is longer than version 20 holds, 666 bytes.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        let fitting = (1...Self.blocks.count).first { version in
            bytes.count * 8 + (version < 10 ? 12 : 20) <= Self.capacity(version) * 8
        }
        guard let version = fitting else { return nil }
        let words = Self.interleaved(Self.codewords(bytes, version), version)
        var best: (code: QRCode, penalty: Int)?
        for mask in 0..<8 {
            let code = QRCode(words, version: version, mask: mask)
            let penalty = code.penalty
            if best.map({ penalty < $0.penalty }) ?? true { best = (code, penalty) }
        }
        guard let best else { return nil }
        self = best.code
    }

    /// Whether a module is dark.
    package subscript(column: Int, row: Int) -> Bool { dark[row * size + column] }

    /// The code as a drawing that stands alone, with the quiet zone of four modules.
    package var svg: String {
        var path = ""
        for row in 0..<size {
            for column in 0..<size where self[column, row] { path += "M\(column + 4),\(row + 4)h1v1h-1z" }
        }
        let side = size + 8
        return
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(side) \(side)\" shape-rendering=\"crispEdges\">"
            + "<path fill=\"#fff\" d=\"M0,0h\(side)v\(side)h-\(side)z\"/><path d=\"\(path)\"/></svg>"
    }

    // MARK: - Codewords

    /// Modules that hold data and correction.
    private static func rawModules(_ version: Int) -> Int {
        var count = (16 * version + 128) * version + 64
        if version >= 2 {
            let lines = version / 7 + 2
            count -= (25 * lines - 10) * lines - 55
            if version >= 7 { count -= 36 }
        }
        return count
    }

    /// Codewords of data.
    private static func capacity(_ version: Int) -> Int {
        rawModules(version) / 8 - correction[version - 1] * blocks[version - 1]
    }

    private static func codewords(_ bytes: [UInt8], _ version: Int) -> [UInt8] {
        var bits: [Bool] = []
        func append(_ value: Int, _ count: Int) {
            for place in stride(from: count - 1, through: 0, by: -1) { bits.append(value >> place & 1 == 1) }
        }
        append(4, 4)
        append(bytes.count, version < 10 ? 8 : 16)
        for byte in bytes { append(Int(byte), 8) }
        let most = capacity(version) * 8
        append(0, min(4, most - bits.count))
        append(0, (8 - bits.count % 8) % 8)
        var pad = 0xEC
        while bits.count < most {
            append(pad, 8)
            pad ^= 0xEC ^ 0x11
        }
        return stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<start + 8].reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
        }
    }

    /// Data and correction of all blocks, in the order in which they are drawn.
    private static func interleaved(_ data: [UInt8], _ version: Int) -> [UInt8] {
        let (count, length) = (blocks[version - 1], correction[version - 1])
        let raw = rawModules(version) / 8
        let short = raw / count - length
        let shortBlocks = count - raw % count
        let divisor = generator(length)
        var parts: [(data: [UInt8], correction: [UInt8])] = []
        var start = 0
        for block in 0..<count {
            let part = Array(data[start..<start + short + (block < shortBlocks ? 0 : 1)])
            start += part.count
            parts.append((part, remainder(part, divisor)))
        }
        var words: [UInt8] = []
        for place in 0...short {
            for part in parts where place < part.data.count { words.append(part.data[place]) }
        }
        for place in 0..<length { for part in parts { words.append(part.correction[place]) } }
        return words
    }

    /// The product of two elements of GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1.
    private static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var result = 0
        for place in stride(from: 7, through: 0, by: -1) {
            result = result << 1 ^ (result >> 7) * 0x11D
            if right >> place & 1 == 1 { result ^= Int(left) }
        }
        return UInt8(truncatingIfNeeded: result)
    }

    private static func generator(_ degree: Int) -> [UInt8] {
        var polynomial = [UInt8](repeating: 0, count: degree - 1) + [1]
        var root: UInt8 = 1
        for _ in 0..<degree {
            for place in 0..<degree {
                polynomial[place] = product(polynomial[place], root)
                if place + 1 < degree { polynomial[place] ^= polynomial[place + 1] }
            }
            root = product(root, 2)
        }
        return polynomial
    }

    private static func remainder(_ data: [UInt8], _ divisor: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: divisor.count)
        for byte in data {
            let factor = byte ^ result.removeFirst()
            result.append(0)
            for place in result.indices { result[place] ^= product(divisor[place], factor) }
        }
        return result
    }

    // MARK: - Drawing

    private init(_ words: [UInt8], version: Int, mask: Int) {
        self.version = version
        self.mask = mask
        size = version * 4 + 17
        dark = Array(repeating: false, count: size * size)
        isFunction = dark
        drawPatterns()
        drawFormat()
        drawVersion()
        draw(words)
    }

    private mutating func set(_ column: Int, _ row: Int, _ isDark: Bool) {
        guard (0..<size).contains(column), (0..<size).contains(row) else { return }
        dark[row * size + column] = isDark
        isFunction[row * size + column] = true
    }

    private mutating func drawPatterns() {
        for place in 0..<size {
            set(6, place, place % 2 == 0)
            set(place, 6, place % 2 == 0)
        }
        for (column, row) in [(3, 3), (size - 4, 3), (3, size - 4)] {
            for down in -4...4 {
                for right in -4...4 {
                    let distance = max(abs(right), abs(down))
                    set(column + right, row + down, distance != 2 && distance != 4)
                }
            }
        }
        let lines = alignmentLines
        for (first, column) in lines.enumerated() {
            for (second, row) in lines.enumerated() {
                let corners = [(0, 0), (0, lines.count - 1), (lines.count - 1, 0)]
                if corners.contains(where: { $0 == (first, second) }) { continue }
                for down in -2...2 {
                    for right in -2...2 { set(column + right, row + down, max(abs(right), abs(down)) != 1) }
                }
            }
        }
    }

    private var alignmentLines: [Int] {
        if version == 1 { return [] }
        let count = version / 7 + 2
        let step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2
        return [6] + (0..<count - 1).map { size - 7 - $0 * step }.reversed()
    }

    private mutating func drawFormat() {
        // Level M has the bits 00.
        var rest = mask
        for _ in 0..<10 { rest = rest << 1 ^ (rest >> 9) * 0x537 }
        let bits = (mask << 10 | rest) ^ 0x5412
        func bit(_ place: Int) -> Bool { bits >> place & 1 == 1 }
        for place in 0..<6 { set(8, place, bit(place)) }
        set(8, 7, bit(6))
        set(8, 8, bit(7))
        set(7, 8, bit(8))
        for place in 9..<15 { set(14 - place, 8, bit(place)) }
        for place in 0..<8 { set(size - 1 - place, 8, bit(place)) }
        for place in 8..<15 { set(8, size - 15 + place, bit(place)) }
        set(8, size - 8, true)
    }

    private mutating func drawVersion() {
        guard version >= 7 else { return }
        var rest = version
        for _ in 0..<12 { rest = rest << 1 ^ (rest >> 11) * 0x1F25 }
        let bits = version << 12 | rest
        for place in 0..<18 {
            let isDark = bits >> place & 1 == 1
            let (far, near) = (size - 11 + place % 3, place / 3)
            set(far, near, isDark)
            set(near, far, isDark)
        }
    }

    private mutating func draw(_ words: [UInt8]) {
        var place = 0
        for right in stride(from: size - 1, through: 1, by: -2) {
            let right = right <= 6 ? right - 1 : right
            for step in 0..<size {
                let isUpward = (right + 1) & 2 == 0
                let row = isUpward ? size - 1 - step : step
                for column in [right, right - 1] where !isFunction[row * size + column] {
                    var isDark = false
                    if place < words.count * 8 { isDark = words[place >> 3] >> (7 - place & 7) & 1 == 1 }
                    place += 1
                    dark[row * size + column] = isDark != inverts(column, row)
                }
            }
        }
    }

    private func inverts(_ column: Int, _ row: Int) -> Bool {
        switch mask {
        case 0: (column + row) % 2 == 0
        case 1: row % 2 == 0
        case 2: column % 3 == 0
        case 3: (column + row) % 3 == 0
        case 4: (column / 3 + row / 2) % 2 == 0
        case 5: column * row % 2 + column * row % 3 == 0
        case 6: (column * row % 2 + column * row % 3) % 2 == 0
        default: ((column + row) % 2 + column * row % 3) % 2 == 0
        }
    }

    // MARK: - Penalty

    /// How hard it is to read, as the standard counts it.
    private var penalty: Int {
        var total = 0
        let lines = (0..<size).flatMap { row in
            [(0..<size).map { self[$0, row] }, (0..<size).map { self[row, $0] }]
        }
        let finder = [true, false, true, true, true, false, true]
        let quiet = [false, false, false, false]
        for line in lines {
            var run = 0
            for place in line.indices {
                run = place > 0 && line[place] == line[place - 1] ? run + 1 : 1
                if run == 5 { total += 3 } else if run > 5 { total += 1 }
            }
            for start in 0...(size - 11) {
                let part = line[start..<start + 11]
                if part.elementsEqual(finder + quiet) || part.elementsEqual(quiet + finder) { total += 40 }
            }
        }
        for row in 0..<size - 1 {
            for column in 0..<size - 1 {
                let colour = self[column, row]
                let others = [self[column + 1, row], self[column, row + 1], self[column + 1, row + 1]]
                if others.allSatisfy({ $0 == colour }) { total += 3 }
            }
        }
        let share = dark.count { $0 } * 20
        let whole = size * size
        return total + max(0, (abs(share - whole * 10) + whole - 1) / whole - 1) * 10
    }
}
