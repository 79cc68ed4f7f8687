/// Bytes that are asked for numbers, the low byte first; where there are none, there is no number.
struct LittleBytes {
    /// The bytes.
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// How many there are.
    var count: Int { bytes.count }

    /// A number of one byte.
    func u8(_ place: Int) -> Int? {
        guard place >= 0, place < bytes.count else { return nil }
        return Int(bytes[place])
    }

    /// A number of two bytes.
    func u16(_ place: Int) -> Int? {
        guard place >= 0, place <= bytes.count - 2 else { return nil }
        return Int(bytes[place]) | Int(bytes[place + 1]) << 8
    }

    /// A number of four bytes.
    func u32(_ place: Int) -> Int? {
        guard let low = u16(place), let high = u16(place + 2) else { return nil }
        return low | high << 16
    }

    /// A floating point number of eight bytes (IEEE 754).
    func double(_ place: Int) -> Double? {
        guard let low = u32(place), let high = u32(place + 4) else { return nil }
        return Double(bitPattern: UInt64(high) << 32 | UInt64(low))
    }

    /// A part, as far as it is there.
    func part(_ place: Int, _ count: Int) -> ArraySlice<UInt8> {
        guard place >= 0, place < bytes.count, count > 0 else { return [] }
        return bytes[place..<(place + min(count, bytes.count - place))]
    }

    /// Letters of two bytes, as far as they are there.
    func wide(_ place: Int, _ count: Int) -> String {
        let part = Array(part(place, 2 * count))
        let units = stride(from: 0, to: part.count - 1, by: 2).map { UInt16(part[$0]) | UInt16(part[$0 + 1]) << 8 }
        return String(decoding: units, as: UTF16.self)
    }
}
