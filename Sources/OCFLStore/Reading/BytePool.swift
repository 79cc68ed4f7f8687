/// Byte strings held once each in one piece of memory, known by small numbers.
///
/// Hundreds of thousands of paths and digests cost their bytes and some twenty more each. Looking one up costs time in
/// proportion to its length, whatever is in the pool: the hash is a polynomial over a prime field at a point chosen anew in
/// each process, so that no input can be made whose strings collide.
struct BytePool {
    /// The number of a string in the pool.
    typealias ID = UInt32

    /// A hash in the making: that of every beginning of a string is met on the way.
    struct RunningHash {
        // 2^61 - 1, a Mersenne prime; the point lies below it.
        private static let prime: UInt64 = (1 << 61) - 1
        private static let chosen = UInt64.random(in: 1 << 32..<prime)
        private let point = RunningHash.chosen
        private(set) var value: UInt64 = 1

        mutating func add(_ byte: UInt8) {
            let (high, low) = value.multipliedFullWidth(by: point)
            // 2^61 is 1 in the field: fold what lies above.
            var sum = (low & Self.prime) &+ (low >> 61 | high << 3) &+ UInt64(byte) &+ 1
            if sum >= Self.prime { sum -= Self.prime }
            value = sum
        }
    }

    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []
    private var slots: [ID] = []
    private static let free = ID.max

    /// An empty pool.
    init() {}

    /// How many strings it holds; their numbers run from 0 to below that.
    var count: Int { ends.count }

    /// How many bytes its strings have together.
    var byteCount: Int { bytes.count }

    /// The bytes of a string.
    subscript(id: ID) -> ArraySlice<UInt8> { bytes[range(id)] }

    private func range(_ id: ID) -> Range<Int> {
        let index = Int(id)
        return (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
    }

    /// The number of a string that is in the pool.
    func find(_ string: some Collection<UInt8>) -> ID? {
        var hash = RunningHash()
        for byte in string { hash.add(byte) }
        return find(string, hash: hash)
    }

    /// The number of a string whose hash is known.
    func find(_ string: some Collection<UInt8>, hash: RunningHash) -> ID? {
        guard !slots.isEmpty else { return nil }
        var slot = Int(truncatingIfNeeded: hash.value) & (slots.count - 1)
        while slots[slot] != Self.free {
            if holds(slots[slot], string) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The number of a string, which is put into the pool if it is not there.
    mutating func intern(_ string: some Collection<UInt8>) -> ID {
        var hash = RunningHash()
        for byte in string { hash.add(byte) }
        if let known = find(string, hash: hash) { return known }
        precondition(bytes.count + string.count < Int(UInt32.max), "the names of an object are limited to 3 GiB")
        if (ends.count + 1) * 3 > slots.count * 2 { grow() }
        bytes.append(contentsOf: string)
        ends.append(UInt32(bytes.count))
        let id = ID(ends.count - 1)
        place(id, hash.value)
        return id
    }

    private mutating func place(_ id: ID, _ hash: UInt64) {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != Self.free { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = id
    }

    private mutating func grow() {
        slots = Array(repeating: Self.free, count: max(64, slots.count * 2))
        for id in 0..<ID(ends.count) {
            var hash = RunningHash()
            for index in range(id) { hash.add(bytes[index]) }
            place(id, hash.value)
        }
    }

    private func holds(_ id: ID, _ string: some Collection<UInt8>) -> Bool {
        let range = range(id)
        guard range.count == string.count else { return false }
        let same: Bool? = unsafe bytes.withUnsafeBufferPointer { all in
            string.withContiguousStorageIfAvailable { other in
                for index in 0..<other.count where unsafe all[range.lowerBound + index] != other[index] { return false }
                return true
            }
        }
        return same ?? bytes[range].elementsEqual(string)
    }

    /// Whether some beginning of a string that ends before a slash is a string for which `isWanted` holds.
    ///
    /// - Returns: the first such string's number.
    func firstFolder(of id: ID, where isWanted: (ID) -> Bool) -> ID? {
        let range = range(id)
        var hash = RunningHash()
        for index in range {
            if bytes[index] == UInt8(ascii: "/"), index > range.lowerBound,
                let folder = find(bytes[range.lowerBound..<index], hash: hash), isWanted(folder)
            {
                return folder
            }
            hash.add(bytes[index])
        }
        return nil
    }
}

/// The digests that inventories name, held once each: as bytes where they are lower-case hexadecimal, as text elsewhere.
struct DigestPool {
    private var pool = BytePool()
    private var isText: [Bool] = []
    private var folds: [BytePool.ID: BytePool.ID] = [:]
    private var scratch: [UInt8] = []

    /// An empty pool.
    init() {}

    /// How many digests it holds.
    var count: Int { pool.count }
    /// How many bytes they have together.
    var byteCount: Int { pool.byteCount }

    /// The number of a digest as it is written: two that differ by case have two numbers.
    mutating func intern(_ text: [UInt8]) -> BytePool.ID {
        if decode(text) { return insert(scratch, asText: false) }
        // A mark that no hexadecimal digest begins with keeps text and bytes apart.
        let id = insert([0xFF] + text, asText: true)
        if folds[id] == nil {
            let lower = text.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
            folds[id] = decode(lower) ? insert(scratch, asText: false) : id
        }
        return id
    }

    /// The number that a digest has in lower case.
    func folded(_ id: BytePool.ID) -> BytePool.ID { isText[Int(id)] ? folds[id] ?? id : id }

    /// The digest's own bytes; nil where it is not written in pairs of hexadecimal digits.
    func value(_ id: BytePool.ID) -> ArraySlice<UInt8>? {
        let lower = folded(id)
        return isText[Int(lower)] ? nil : pool[lower].dropFirst()
    }

    /// The digest as it is written.
    func text(_ id: BytePool.ID) -> [UInt8] {
        if isText[Int(id)] { return Array(pool[id].dropFirst()) }
        let digits = Array("0123456789abcdef".utf8)
        return pool[id].dropFirst().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    /// Whether it is a number of bytes as extension 0009 writes sizes: decimal, without padding.
    func isDecimal(_ id: BytePool.ID) -> Bool {
        let text = text(id)
        return (1...18).contains(text.count) && text.allSatisfy { (48...57).contains($0) }
            && (text.count == 1 || text[0] != UInt8(ascii: "0"))
    }

    private mutating func insert(_ bytes: [UInt8], asText: Bool) -> BytePool.ID {
        let id = pool.intern(bytes)
        if Int(id) == isText.count { isText.append(asText) }
        return id
    }

    /// Decodes lower-case digits into `scratch`, behind a zero.
    private mutating func decode(_ text: [UInt8]) -> Bool {
        guard !text.isEmpty, text.count % 2 == 0 else { return false }
        scratch.removeAll(keepingCapacity: true)
        scratch.append(0)
        for index in stride(from: 0, to: text.count, by: 2) {
            guard let high = Self.lower(text[index]), let low = Self.lower(text[index + 1]) else { return false }
            scratch.append(high << 4 | low)
        }
        return true
    }

    private static func lower(_ digit: UInt8) -> UInt8? {
        (0x41...0x5A).contains(digit) ? nil : HexDigits.value(of: digit)
    }
}
