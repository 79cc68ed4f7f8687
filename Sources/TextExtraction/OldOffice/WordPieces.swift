/// The characters of an old Word document in the order in which they are read ([MS-DOC], 2.4.1): pieces of the stream, in
/// letters of one byte or of two.
struct WordPieces {
    /// A run of characters, and the bytes that they have.
    struct Piece {
        /// The first character's number.
        let first: Int
        let count: Int
        /// Where its bytes lie in the stream.
        let place: Int
        /// How many bytes a character has.
        let width: Int
    }

    /// The characters, in UTF-16.
    private(set) var units: [UInt16] = []
    /// The pieces that were read.
    private(set) var pieces: [Piece] = []
    /// What is broken, in words; nil where nothing is.
    private(set) var damage: String?
    /// Whether there are more characters than are read.
    private(set) var isFull = false
    private let limit: Int

    /// Reads the text.
    ///
    /// - Parameters:
    ///   - header: the document's beginning.
    ///   - stream: the stream with the text.
    ///   - tables: the stream with the list of pieces.
    ///   - limit: how many characters are read.
    init(_ header: WordHeader, _ stream: LittleBytes, tables: LittleBytes?, limit: Int) {
        self.limit = limit
        let place = header.place(.pieces)
        let list = tables.flatMap { Self.list($0, place.start, place.count) }
        let page = header.isUnicode ? CodePage(1252) : Self.codePage(header, stream)
        if let list, let tables {
            read(list, tables, header, stream, page)
        } else {
            if header.isUnicode || header.isComplex { damage = "the list of the pieces of its text is not in it" }
            // A document that was written in one go has its text in one place.
            let total = header.counts.reduce(0, +)
            let isWide = header.isWide && header.plain.count >= 2 * total
            let width = isWide ? 2 : 1
            add(
                Piece(first: 0, count: header.plain.count / width, place: header.plain.lowerBound, width: width),
                stream,
                page
            )
        }
    }

    /// The code page of a text of before Unicode: of its language, or of its fonts where it has more of their letters.
    private static func codePage(_ header: WordHeader, _ stream: LittleBytes) -> CodePage {
        if header.isMacintosh { return CodePage(10_000) }
        let text = stream.part(header.plain.lowerBound, header.plain.count)
        let plain = text.count { (0x61...0x7A).contains($0 | 0x20) }
        if text.count(where: { $0 >= 0xC0 }) > plain {
            let pages = [161: 1253, 177: 1255, 178: 1256, 204: 1251, 222: 874]
            let place = header.place(.fonts)
            var font = place.start + 2
            while font < place.start + place.count, let length = stream.u8(font) {
                if let page = stream.u8(font + 4).flatMap({ pages[$0] }) { return CodePage(page) }
                font += length + 1
            }
        }
        return CodePage(language: header.language)
    }

    /// Where the list of pieces lies in the table: after changes of properties, which are passed over (2.9.38).
    private static func list(_ tables: LittleBytes, _ start: Int, _ count: Int) -> Range<Int>? {
        var place = start
        let end = min(start + count, tables.count)
        while place < end, let kind = tables.u8(place) {
            if kind == 1, let length = tables.u16(place + 1) {
                place += 3 + length
            } else if kind == 2, let length = tables.u32(place + 1), length >= 16 {
                return (place + 5)..<(place + 5 + length)
            } else {
                return nil
            }
        }
        return nil
    }

    private mutating func read(
        _ list: Range<Int>,
        _ tables: LittleBytes,
        _ header: WordHeader,
        _ stream: LittleBytes,
        _ page: CodePage
    ) {
        let count = (list.count - 4) / 12
        if list.upperBound > tables.count { damage = "the list of the pieces of its text is cut short" }
        for index in 0..<max(0, count) {
            guard let first = tables.u32(list.lowerBound + 4 * index),
                let next = tables.u32(list.lowerBound + 4 * index + 4),
                let stored = tables.u32(list.lowerBound + 4 * (count + 1) + 8 * index + 2)
            else { break }
            guard first == units.count || isFull, next >= first else {
                damage = "the list of the pieces of its text is broken"
                return
            }
            guard !isFull else { return }
            if !header.isUnicode {
                add(Piece(first: first, count: next - first, place: stored, width: 1), stream, page)
            } else if stored & 0x4000_0000 != 0 {
                let place = (stored & 0x3FFF_FFFF) / 2
                add(Piece(first: first, count: next - first, place: place, width: 1), stream, page)
            } else {
                let place = stored & 0x3FFF_FFFF
                add(Piece(first: first, count: next - first, place: place, width: 2), stream, page)
            }
        }
    }

    private mutating func add(_ piece: Piece, _ stream: LittleBytes, _ page: CodePage) {
        let most = limit - units.count
        // What a document says of itself lies first, and no text lies in that.
        let there = piece.place < 512 ? 0 : max(0, stream.count - piece.place) / piece.width
        if piece.count > there { damage = "a part of its text is not in it" }
        if min(piece.count, there) > most { isFull = true }
        let count = min(piece.count, most, there)
        pieces.append(Piece(first: units.count, count: count, place: piece.place, width: piece.width))
        if piece.width == 1 {
            let bytes = stream.part(piece.place, count)
            // Letters of two bytes are one character and count as two: a sign without meaning keeps the count.
            for byte in bytes { units.append(page.unit(byte)) }
            if page.hasPairs { pair(bytes, page) }
        } else {
            for index in 0..<count { units.append(UInt16(stream.u16(piece.place + 2 * index) ?? 0)) }
        }
        // What is missing of one piece must not move the others.
        let rest = min(piece.count, most) - count
        if rest > 0 { units += [UInt16](repeating: 0xFFFE, count: rest) }
    }

    /// Letters of two bytes, as languages of East Asia have: the letter, then `WordPieces.nothing`.
    private mutating func pair(_ bytes: ArraySlice<UInt8>, _ page: CodePage) {
        var place = units.count - bytes.count
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte >= 0x80, let next = rest.first {
                let letters = Array(page.text([byte, next]).utf16)
                if letters.count == 1, letters[0] != 0xFFFD {
                    units[place] = letters[0]
                    units[place + 1] = Self.nothing
                    rest.removeFirst()
                    place += 1
                } else {
                    units[place] = page.text([byte]).utf16.first ?? 0xFFFD
                }
            }
            place += 1
        }
    }

    /// A place that holds no character, which is none in Unicode either.
    static let nothing: UInt16 = 0xFFFE
}
