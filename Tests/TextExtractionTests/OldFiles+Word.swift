/// Documents of Word, made by hand out of their parts.
extension OldFiles {
    /// A document of Word 97.
    ///
    /// - Parameters:
    ///   - pieces: the text; a piece whose letters all have one byte is written so.
    ///   - parts: how many characters the text, footnotes, headers, macros, comments, endnotes and boxes have.
    ///   - flags: what the beginning says of it.
    ///   - objects: how many documents lie in it.
    /// - Returns: its bytes.
    static func document(_ pieces: [String], parts: [Int]? = nil, flags: Int = 0, objects: Int = 0) -> [UInt8] {
        let (stream, table) = streams(pieces, parts: parts, flags: flags)
        return compound(
            [("WordDocument", stream), ("0Table", table)],
            storage: objects == 0 ? nil : ("ObjectPool", objects)
        )
    }

    /// The streams of a document of Word 97: the text, and its table of pieces.
    static func streams(_ pieces: [String], parts: [Int]? = nil, flags: Int = 0) -> (text: [UInt8], table: [UInt8]) {
        var text: [UInt8] = []
        var places: [Int] = [0]
        var details: [UInt8] = []
        for piece in pieces {
            let place = 0x400 + text.count
            let isWide = piece.unicodeScalars.contains { $0.value > 0xFF }
            text += isWide ? wide(piece) : piece.unicodeScalars.map { UInt8($0.value) }
            places.append((places.last ?? 0) + piece.utf16.count)
            details += two(0) + four(isWide ? place : place * 2 | 0x4000_0000) + two(0)
        }
        let list = places.flatMap(four) + details
        var counts = parts ?? [places.last ?? 0]
        counts += [Int](repeating: 0, count: 8 - counts.count)
        var head = two(0xA5EC) + two(193) + two(0) + two(0x0421) + two(0) + two(flags)
        head += [UInt8](repeating: 0, count: 0x4C - head.count) + counts.flatMap(four)
        head += [UInt8](repeating: 0, count: 0x1A2 - head.count) + four(0) + four(list.count + 5)
        head += [UInt8](repeating: 0, count: 0x400 - head.count)
        return (head + text, [2] + four(list.count) + list)
    }

    /// A document of Word 95, written in one go.
    static func word95(_ text: [UInt8], language: Int) -> [UInt8] {
        var head = two(0xA5DC) + two(104) + two(0) + two(language)
        head += [UInt8](repeating: 0, count: 0x18 - head.count) + four(0x300) + four(0x300 + text.count)
        head += [UInt8](repeating: 0, count: 0x34 - head.count) + four(text.count)
        head += [UInt8](repeating: 0, count: 0x300 - head.count)
        return compound([("WordDocument", head + text)])
    }
}
