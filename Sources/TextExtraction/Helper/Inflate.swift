/// Unpacks what was packed by DEFLATE (RFC 1951), into memory and no further than its length is said to be.
///
/// Libraries that do it belong to the module that reads containers from files; this is for a few small packages inside
/// of others.
struct Inflate {
    private let input: ArraySlice<UInt8>
    private var place: Int
    private var buffer: UInt32 = 0
    private var held = 0
    private var output: [UInt8] = []
    private let size: Int

    /// Unpacks; nil where the bytes are no such stream, or hold more than `size`.
    static func inflate(_ packed: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
        var state = Inflate(packed, size: size)
        return state.run() ? state.output : nil
    }

    private init(_ packed: ArraySlice<UInt8>, size: Int) {
        input = packed
        place = packed.startIndex
        self.size = size
        // No more than the packed bytes can become.
        output.reserveCapacity(min(size, packed.count * 1032 + 64))
    }

    /// A code of Huffman's as counts of lengths, and the symbols in the order of their codes.
    private struct Code {
        var counts = [Int](repeating: 0, count: 16)
        var symbols: [Int] = []

        init?(_ lengths: ArraySlice<Int>) {
            for length in lengths { counts[length] += 1 }
            counts[0] = 0
            var left = 1
            for length in 1...15 {
                left = left << 1 - counts[length]
                guard left >= 0 else { return nil }
            }
            var offsets = [Int](repeating: 0, count: 17)
            for length in 1...15 { offsets[length + 1] = offsets[length] + counts[length] }
            symbols = [Int](repeating: 0, count: lengths.count)
            for (symbol, length) in lengths.enumerated() where length > 0 {
                symbols[offsets[length]] = symbol
                offsets[length] += 1
            }
        }
    }

    private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    private static let lengthBase = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthExtra = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBase = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12_289, 16_385, 24_577,
    ]
    private static let distanceExtra = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ]

    private mutating func bits(_ count: Int) -> Int? {
        while held < count {
            guard place < input.endIndex else { return nil }
            buffer |= UInt32(input[place]) << UInt32(held)
            place += 1
            held += 8
        }
        let value = Int(buffer & (1 << UInt32(count) - 1))
        buffer >>= UInt32(count)
        held -= count
        return value
    }

    private mutating func symbol(_ code: Code) -> Int? {
        var (value, first, index) = (0, 0, 0)
        for length in 1...15 {
            guard let bit = bits(1) else { return nil }
            value |= bit
            let count = code.counts[length]
            if value - count < first { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        return nil
    }

    private mutating func run() -> Bool {
        while true {
            guard let isLast = bits(1), let kind = bits(2) else { return false }
            let isGood: Bool
            switch kind {
            case 0: isGood = stored()
            case 1: isGood = fixed()
            case 2: isGood = dynamic()
            default: isGood = false
            }
            guard isGood else { return false }
            if isLast == 1 { return true }
        }
    }

    private mutating func stored() -> Bool {
        (buffer, held) = (0, 0)
        guard place + 4 <= input.endIndex else { return false }
        let count = Int(input[place]) | Int(input[place + 1]) << 8
        let check = Int(input[place + 2]) | Int(input[place + 3]) << 8
        place += 4
        guard count == ~check & 0xFFFF, place + count <= input.endIndex, output.count + count <= size else {
            return false
        }
        output += input[place..<(place + count)]
        place += count
        return true
    }

    private mutating func fixed() -> Bool {
        let lengths = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
        guard let codes = Code(lengths[...]), let distances = Code([Int](repeating: 5, count: 30)[...]) else {
            return false
        }
        return block(codes, distances)
    }

    private mutating func dynamic() -> Bool {
        guard let literals = bits(5), let distances = bits(5), let count = bits(4), literals <= 29, distances <= 29
        else {
            return false
        }
        var lengths = [Int](repeating: 0, count: 19)
        for index in 0..<(count + 4) {
            guard let length = bits(3) else { return false }
            lengths[Self.order[index]] = length
        }
        guard let code = Code(lengths[...]) else { return false }
        let total = literals + 257 + distances + 1
        lengths = []
        while lengths.count < total {
            guard let symbol = symbol(code) else { return false }
            var (value, times) = (symbol, 1)
            if symbol >= 16 {
                guard let more = bits([2, 3, 7][symbol - 16]) else { return false }
                times = more + (symbol == 18 ? 11 : 3)
                value = 0
                if symbol == 16 {
                    guard let last = lengths.last else { return false }
                    value = last
                }
            }
            guard lengths.count + times <= total else { return false }
            lengths += repeatElement(value, count: times)
        }
        guard let first = Code(lengths[..<(literals + 257)]), let second = Code(lengths[(literals + 257)...]) else {
            return false
        }
        return block(first, second)
    }

    private mutating func block(_ codes: Code, _ distances: Code) -> Bool {
        while true {
            guard let symbol = symbol(codes) else { return false }
            if symbol == 256 { return true }
            if symbol < 256 {
                guard output.count < size else { return false }
                output.append(UInt8(symbol))
                continue
            }
            guard symbol - 257 < Self.lengthBase.count, let extra = bits(Self.lengthExtra[symbol - 257]),
                let far = self.symbol(distances), far < Self.distanceBase.count,
                let more = bits(Self.distanceExtra[far])
            else {
                return false
            }
            let length = Self.lengthBase[symbol - 257] + extra
            let distance = Self.distanceBase[far] + more
            guard distance <= output.count, output.count + length <= size else { return false }
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }
}
