/// Documents of Word, made by hand out of their parts.
extension OldFiles {
    /// A document of Word 97.
    ///
    /// - Parameters:
    ///   - pieces: the text; a piece whose letters all have one byte is written so.
    ///   - parts: how many characters the text, footnotes, headers, macros, comments, endnotes and boxes have.
    ///   - flags: what the beginning says of it.
    ///   - objects: the streams of the documents that lie in it.
    /// - Returns: its bytes.
    static func document(_ pieces: [String], parts: [Int]? = nil, flags: Int = 0, objects: [[(String, [UInt8])]] = [])
        -> [UInt8]
    {
        let (stream, table) = streams(pieces, parts: parts, flags: flags)
        return compound(
            [("WordDocument", stream), ("0Table", table)],
            storage: objects.isEmpty ? nil : ("ObjectPool", objects)
        )
    }

    /// The streams of a document of Word 97: the text, and its table of pieces.
    static func streams(_ pieces: [String], parts: [Int]? = nil, flags: Int = 0) -> (
        text: [UInt8], table: [UInt8]
    ) {
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
    static func word95(_ text: [UInt8], language: Int, fonts: [UInt8] = []) -> [UInt8] {
        var head = two(0xA5DC) + two(104) + two(0) + two(language)
        head += [UInt8](repeating: 0, count: 0x18 - head.count) + four(0x300) + four(0x300 + text.count)
        head += [UInt8](repeating: 0, count: 0x34 - head.count) + four(text.count)
        head +=
            [UInt8](repeating: 0, count: 0xD0 - head.count) + four(0x300 + text.count) + four(fonts.count)
        head += [UInt8](repeating: 0, count: 0x300 - head.count)
        return compound([("WordDocument", head + text + fonts)])
    }

    /// A run of characters and what is said of it: names of properties and their values.
    typealias Run = (count: Int, properties: [UInt8])

    /// A document of Word 97 in letters of one byte, with properties.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - characters: runs of it that are alike.
    ///   - paragraphs: its paragraphs.
    ///   - authors: who corrected it.
    /// - Returns: its bytes.
    static func document(_ text: String, characters: [Run], paragraphs: [Run], authors: [String])
        -> [UInt8]
    {
        var (stream, table) = streams([text])
        func add(_ runs: [Run], at pair: Int, width: Int) {
            stream += [UInt8](repeating: 0, count: (512 - stream.count % 512) % 512)
            let number = stream.count / 512
            var page = [UInt8](repeating: 0, count: 512)
            var (place, free) = (0x400, 500)
            for (index, run) in (runs + [(0, [])]).enumerated() {
                page.replaceSubrange((4 * index)..<(4 * index + 4), with: four(place))
                place += run.count
                guard index < runs.count, !run.properties.isEmpty else { continue }
                // A paragraph has the number of its style first, and its length in pairs of bytes after a zero.
                let isParagraph = width > 1
                let style: [UInt8] = isParagraph ? [0, 0] : []
                var said = style + run.properties
                if said.count % 2 == 1, isParagraph { said.append(0) }
                let head: [UInt8] = isParagraph ? [0, UInt8(said.count / 2)] : [UInt8(said.count)]
                free = (free - head.count - said.count) / 2 * 2
                page.replaceSubrange(free..<(free + head.count + said.count), with: head + said)
                page[4 * (runs.count + 1) + width * index] = UInt8(free / 2)
            }
            page[511] = UInt8(runs.count)
            stream += page
            stream.replaceSubrange(pair..<(pair + 8), with: four(table.count) + four(12))
            table += four(0x400) + four(place) + four(number)
        }
        add(characters, at: 0xFA, width: 1)
        add(paragraphs, at: 0x102, width: 13)
        let names = authors.flatMap { two($0.utf16.count) + wide($0) }
        stream.replaceSubrange(0x232..<0x23A, with: four(table.count) + four(names.count + 6))
        table += two(0xFFFF) + two(authors.count) + two(0) + names
        return compound([("WordDocument", stream), ("0Table", table)])
    }
}
