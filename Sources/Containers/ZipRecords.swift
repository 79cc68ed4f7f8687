/// The end of a zip: where its directory is, how long, and of how many entries (APPNOTE.TXT, sections 4.3.14 to 4.3.16).
struct ZipEnd {
    let directoryOffset: Int
    let directorySize: Int
    let count: Int
    private(set) var findings: [ContainerFinding] = []

    /// Looks for the record that ends a zip.
    ///
    /// - Throws: `ContainerFault` where there is none.
    init(_ file: FileSource) throws {
        // 22 bytes and a comment of at most 65,535.
        let tailStart = max(0, file.size - 22 - 65_535)
        let tail = try file.bytes(at: tailStart, count: file.size - tailStart)
        guard let place = Self.lastEnd(in: tail) else {
            throw ContainerFault(.containerTruncated, found: "the directory at the end of the zip is missing")
        }
        let behind = tail.count - place - 22 - tail.number(at: place + 20, 2)
        if behind > 0 {
            // Tools that write in blocks fill the last one up.
            let isEmpty = tail.suffix(behind).allSatisfy { $0 == 0 }
            let words = "\(behind) bytes\(isEmpty ? " of zeros" : "") behind the end of the zip"
            findings.append(ContainerFinding(isEmpty ? .warning : .invalid, .containerTrailing, found: words))
        } else if behind < 0 {
            findings.append(
                ContainerFinding(.invalid, .containerTruncated, found: "the comment at the end of the zip is cut")
            )
        }
        var numbers = (
            disks: tail.number(at: place + 4, 2) | tail.number(at: place + 6, 2), here: tail.number(at: place + 8, 2),
            count: tail.number(at: place + 10, 2), size: tail.number(at: place + 12, 4),
            offset: tail.number(at: place + 16, 4)
        )
        var end = tailStart + place
        if let wide = try Self.wideEnd(file, before: end) {
            let narrow = numbers
            numbers = wide.numbers
            end = wide.place
            // A number that fits its old place stands in both.
            if (narrow.count != 0xFFFF && narrow.count != numbers.count)
                || (narrow.size != 0xFFFF_FFFF && narrow.size != numbers.size)
                || (narrow.offset != 0xFFFF_FFFF && narrow.offset != numbers.offset)
            {
                findings.append(
                    ContainerFinding(.invalid, .containerHeaders, found: "the two records at the end of the zip differ")
                )
            }
        }
        guard numbers.disks == 0, numbers.here == numbers.count else {
            throw ContainerFault(.containerFormat, found: "a part of a zip that is split over files")
        }
        guard numbers.count >= 0, numbers.size >= 0, numbers.offset >= 0 else {
            throw ContainerFault(.containerDamaged, found: "the end of the zip has a number beyond all measure")
        }
        let (directoryEnd, overflow) = numbers.offset.addingReportingOverflow(numbers.size)
        guard !overflow, directoryEnd <= end else {
            throw ContainerFault(.containerLayout, found: "the directory of the zip does not end before its end record")
        }
        if directoryEnd < end {
            findings.append(
                ContainerFinding(
                    .invalid,
                    .containerLayout,
                    found: "\(end - directoryEnd) bytes between the zip's directory and its end"
                )
            )
        }
        (directoryOffset, directorySize, count) = (numbers.offset, numbers.size, numbers.count)
    }

    private typealias Numbers = (disks: Int, here: Int, count: Int, size: Int, offset: Int)

    /// The last place whose record reaches exactly to the end; else the last place with the signature.
    private static func lastEnd(in tail: [UInt8]) -> Int? {
        guard tail.count >= 22 else { return nil }
        var last: Int?
        for place in stride(from: tail.count - 22, through: 0, by: -1)
        where tail[place] == 0x50 && tail[place...].starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            if place + 22 + tail.number(at: place + 20, 2) == tail.count { return place }
            last = last ?? place
        }
        return last
    }

    private static func wideEnd(_ file: FileSource, before end: Int) throws -> (place: Int, numbers: Numbers)? {
        guard end >= 20 else { return nil }
        let locator = try file.bytes(at: end - 20, count: 20)
        guard locator.count == 20, locator.starts(with: [0x50, 0x4B, 0x06, 0x07]) else { return nil }
        let place = locator.number(at: 8, 8)
        guard place >= 0, place <= end - 20 - 56 else {
            throw ContainerFault(.containerDamaged, found: "the zip64 end record is not where its locator says")
        }
        let record = try file.bytes(at: place, count: 56)
        guard record.count == 56, record.starts(with: [0x50, 0x4B, 0x06, 0x06]),
            record.number(at: 4, 8) == end - 20 - place - 12
        else {
            throw ContainerFault(.containerDamaged, found: "the zip64 end record is none")
        }
        return (
            place,
            (
                record.number(at: 16, 4) | record.number(at: 20, 4), record.number(at: 24, 8), record.number(at: 32, 8),
                record.number(at: 40, 8), record.number(at: 48, 8)
            )
        )
    }
}

/// One extra field of a member: an identifier and bytes (section 4.5).
struct ZipExtra {
    let id: Int
    let bytes: [UInt8]

    /// The fields in order; nil where a length leads outside.
    static func all(in bytes: [UInt8]) -> [ZipExtra]? {
        var fields: [ZipExtra] = []
        var place = 0
        while place + 4 <= bytes.count {
            let length = bytes.number(at: place + 2, 2)
            guard place + 4 + length <= bytes.count else { return nil }
            fields.append(ZipExtra(id: bytes.number(at: place, 2), bytes: Array(bytes[place + 4..<place + 4 + length])))
            place += 4 + length
        }
        // Some writers fill up with a few zeros so that the content lies well.
        return bytes[place...].allSatisfy { $0 == 0 } ? fields : nil
    }

    /// The name in UTF-8 that stands in field 0x7075, where it belongs to this name (section 4.6.9).
    static func unicodeName(_ fields: [ZipExtra], of name: [UInt8]) -> [UInt8]? {
        for field in fields where field.id == 0x7075 && field.bytes.count > 5 && field.bytes[0] == 1 {
            if UInt32(field.bytes.number(at: 1, 4)) == CyclicSum.of(name) { return Array(field.bytes[5...]) }
        }
        return nil
    }
}

/// The numbers of a member that zip64 makes wider.
struct ZipNumbers {
    var size: Int
    var packedSize: Int
    var offset: Int

    /// Takes from field 1 each number that its old place has no room for; false where one is missing (section 4.5.3).
    mutating func widen(by fields: [ZipExtra]) -> Bool {
        guard let field = fields.first(where: { $0.id == 1 }) else {
            return true
        }
        var place = 0
        func next() -> Int? {
            guard place + 8 <= field.bytes.count else { return nil }
            defer { place += 8 }
            return field.bytes.number(at: place, 8)
        }
        if size == 0xFFFF_FFFF {
            guard let wide = next(), wide >= 0 else { return false }
            size = wide
        }
        if packedSize == 0xFFFF_FFFF {
            guard let wide = next(), wide >= 0 else { return false }
            packedSize = wide
        }
        if offset == 0xFFFF_FFFF {
            guard let wide = next(), wide >= 0 else { return false }
            offset = wide
        }
        return true
    }
}

/// The cyclic redundancy check of zip, for the few bytes of a name.
enum CyclicSum {
    /// The check sum of bytes (polynomial 0xEDB88320).
    static func of(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}

/// A stretch of a file that is read in order, a block at a time.
struct ByteWindow {
    private let file: FileSource
    private let end: Int
    private let block: Int
    private var buffer: [UInt8] = []
    private var start = 0
    /// Where in the file the next byte stands.
    private(set) var position: Int

    init(_ file: FileSource, from: Int, to end: Int, block: Int = 512) {
        self.file = file
        self.end = end
        self.block = block
        position = from
    }

    /// So many bytes; nil where there are fewer.
    mutating func take(_ count: Int) throws -> [UInt8]? {
        guard count <= end - position else { return nil }
        if buffer.count - start < count {
            buffer = try file.bytes(at: position, count: min(max(count, block), end - position))
            start = 0
            guard buffer.count >= count else { return nil }
        }
        defer {
            start += count
            position += count
        }
        return Array(buffer[start..<start + count])
    }
}

extension [UInt8] {
    /// A number of so many bytes, the lowest first; one of eight bytes above `Int.max` is negative.
    func number(at offset: Int, _ count: Int) -> Int {
        var value: UInt64 = 0
        for index in stride(from: count - 1, through: 0, by: -1) { value = value << 8 | UInt64(self[offset + index]) }
        return Int(truncatingIfNeeded: value)
    }
}
