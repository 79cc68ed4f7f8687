/// The drawings of old office documents ([MS-ODRAW]), as far as to know how many pictures there are.
enum OfficeDrawing {
    /// How many pictures a drawing group keeps: entries of its store that have bytes (2.2.32).
    static func pictures(in bytes: [UInt8]) -> Int {
        let bytes = LittleBytes(bytes)
        var count = 0
        var place = 0
        while let head = bytes.u16(place), let kind = bytes.u16(place + 2), let length = bytes.u32(place + 4) {
            if kind == 0xF007, (bytes.u32(place + 28) ?? 0) > 0, (bytes.u32(place + 32) ?? 0) > 0 { count += 1 }
            // Containers are gone into, all else is passed over.
            place += head & 0xF == 0xF ? 8 : 8 + length
        }
        return count
    }
}
