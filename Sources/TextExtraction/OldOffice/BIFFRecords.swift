/// The records of an old workbook: each a kind, a length and its bytes ([MS-XLS], 2.1.4).
struct BIFFRecords {
    /// One record: its place in the stream, and the kind of thing that it tells.
    struct Record {
        let kind: Int
        /// Where its bytes begin.
        let start: Int
        /// Where its bytes end, and the next record begins.
        let end: Int
    }

    /// The kinds of records that are read, by their numbers ([MS-XLS], 2.3).
    enum Kind {
        static let end = 0x0A
        static let header = 0x14
        static let footer = 0x15
        static let note = 0x1C
        static let dateMode = 0x22
        static let filePassword = 0x2F
        static let continued = 0x3C
        static let codePage = 0x42
        static let object = 0x5D
        static let sheet = 0x85
        static let drawingGroup = 0xEB
        static let sharedStrings = 0xFC
        static let text = 0x1B6
        static let seriesText = 0x100D
    }

    /// The stream.
    let bytes: LittleBytes

    init(_ bytes: [UInt8]) { self.bytes = LittleBytes(bytes) }

    /// The record at a place; nil at the end, and where it is not whole.
    func record(at place: Int) -> Record? {
        guard let kind = bytes.u16(place), let length = bytes.u16(place + 2), place + 4 + length <= bytes.count else {
            return nil
        }
        return Record(kind: kind, start: place + 4, end: place + 4 + length)
    }

    /// The records that go on with one that was too long (2.1.4).
    func continuations(of record: Record) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var place = record.end
        while let next = self.record(at: place), next.kind == Kind.continued {
            parts.append(next.start..<next.end)
            place = next.end
        }
        return parts
    }

    /// The version of the format by a record that begins a part: 2 to 5, or 8; nil where it begins none.
    func version(of record: Record) -> Int? {
        switch record.kind {
        case 0x009: 2
        case 0x209: 3
        case 0x409: 4
        // Excel 5.0 and 95 wrote 0x0500; what else is there is of their kind.
        case 0x809: bytes.u16(record.start) == 0x0600 ? 8 : 5
        default: nil
        }
    }
}

/// Goes through the bytes of a record and those that go on with it, as one.
struct BIFFReader {
    private let bytes: LittleBytes
    private let parts: [Range<Int>]
    private var part = 0
    private var place: Int

    init(_ records: BIFFRecords, _ parts: [Range<Int>]) {
        bytes = records.bytes
        let whole = parts.filter { !$0.isEmpty }
        self.parts = whole.isEmpty ? [0..<0] : whole
        place = self.parts[0].lowerBound
    }

    /// Whether all was read.
    var isAtEnd: Bool { place >= parts[part].upperBound && part + 1 >= parts.count }

    /// Whether a byte is there, perhaps in the next part.
    private mutating func hasMore() -> Bool {
        if place < parts[part].upperBound { return true }
        guard part + 1 < parts.count else { return false }
        part += 1
        place = parts[part].lowerBound
        return true
    }

    /// The next byte.
    mutating func u8() -> Int? {
        guard hasMore(), let value = bytes.u8(place) else { return nil }
        place += 1
        return value
    }

    /// The next two bytes.
    mutating func u16() -> Int? {
        guard let low = u8(), let high = u8() else { return nil }
        return low | high << 8
    }

    /// The next four bytes.
    mutating func u32() -> Int? {
        guard let low = u16(), let high = u16() else { return nil }
        return low | high << 16
    }

    /// Passes bytes over, as far as there are any.
    mutating func skip(_ count: Int) {
        var left = count
        while left > 0, hasMore() {
            let step = min(left, parts[part].upperBound - place)
            place += step
            left -= step
        }
    }

    /// Letters of one byte.
    mutating func letters(_ count: Int, _ page: CodePage) -> String {
        var text: [UInt8] = []
        while text.count < count, let byte = u8() { text.append(UInt8(byte)) }
        return page.text(text)
    }

    /// Letters in Unicode, of two bytes, or of one where all others are zero ([MS-XLS], 2.5.293).
    ///
    /// Where they go on in the next record, that says anew which it is.
    mutating func unicode(_ count: Int, isWide: Bool) -> String {
        var units: [UInt16] = []
        var width = isWide ? 2 : 1
        while units.count < count {
            let left = parts[part].upperBound - place
            if left >= width {
                guard let unit = width == 2 ? bytes.u16(place) : bytes.u8(place) else { break }
                units.append(UInt16(unit))
                place += width
            } else {
                place += max(0, left)
                guard hasMore(), let flags = u8() else { break }
                width = flags & 1 != 0 ? 2 : 1
            }
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// A text with its own flags in front of its letters (2.5.294).
    mutating func unicode(_ count: Int) -> String {
        guard let flags = u8() else { return "" }
        return unicode(count, isWide: flags & 1 != 0)
    }

    /// A text of the list of strings, whose fonts and readings are passed over (2.5.293); nil at the end.
    mutating func sharedString() -> String? {
        guard let count = u16(), let flags = u8() else { return nil }
        let runs = flags & 8 != 0 ? u16() ?? 0 : 0
        let more = flags & 4 != 0 ? u32() ?? 0 : 0
        let text = unicode(count, isWide: flags & 1 != 0)
        skip(4 * runs + more)
        return text
    }
}
