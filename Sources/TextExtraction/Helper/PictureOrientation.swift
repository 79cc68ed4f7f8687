/// How the pixels of a picture lie, as its file says: 1 to 8, as TIFF 6.0 (tag 274) and Exif number it.
///
/// A camera that is held on its side writes the pixels as they come, and says so here.
enum PictureOrientation {
    /// Upright.
    static let upright = 1
    private static let tag: UInt64 = 274
    /// How many bytes at the beginning of a file are searched.
    static let most = 1 << 20

    /// Whether width and height change places.
    static func isAcross(_ orientation: Int) -> Bool { (5...8).contains(orientation) }

    /// What a JPEG, PNG or WebP says by its beginning; upright where it says nothing, or nothing that is known.
    static func of(_ bytes: [UInt8]) -> Int {
        if bytes.starts(with: [0xFF, 0xD8]) { return jpeg(bytes) }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return png(bytes) }
        if bytes.starts(with: Array("RIFF".utf8)) { return webp(bytes) }
        return upright
    }

    private static func jpeg(_ bytes: [UInt8]) -> Int {
        let mark = Array("Exif\0\0".utf8)
        for segment in JPEGSegments(bytes) where segment.marker == 0xE1 {
            let content = bytes[segment.content]
            if content.starts(with: mark) { return exif(content.dropFirst(mark.count)) }
        }
        return upright
    }

    private static func png(_ bytes: [UInt8]) -> Int {
        var place = 8
        while place + 12 <= bytes.count {
            let length = Int(TIFFDirectories.number(bytes[place..<(place + 4)], false))
            guard length <= bytes.count - place - 12 else { break }
            let content = bytes[(place + 8)..<(place + 8 + length)]
            if bytes[(place + 4)..<(place + 8)].elementsEqual("eXIf".utf8) { return exif(content) }
            place += length + 12
        }
        return upright
    }

    private static func webp(_ bytes: [UInt8]) -> Int {
        var place = 12
        while place + 8 <= bytes.count {
            let length = Int(TIFFDirectories.number(bytes[(place + 4)..<(place + 8)], true))
            guard length <= bytes.count - place - 8 else { break }
            var content = bytes[(place + 8)..<(place + 8 + length)]
            if bytes[place..<(place + 4)].elementsEqual("EXIF".utf8) {
                let mark = Array("Exif\0\0".utf8)
                if content.starts(with: mark) { content = content.dropFirst(mark.count) }
                return exif(content)
            }
            place += 8 + length + length % 2
        }
        return upright
    }

    /// Exif is a TIFF inside; its first directory has the tag.
    private static func exif(_ content: ArraySlice<UInt8>) -> Int {
        let bytes = Array(content)
        guard bytes.count >= 8, bytes[0] == bytes[1], bytes[0] == 0x49 || bytes[0] == 0x4D else { return upright }
        let isLittle = bytes[0] == 0x49
        let start = Int(TIFFDirectories.number(bytes[4..<8], isLittle))
        guard start <= bytes.count - 2 else { return upright }
        let count = Int(TIFFDirectories.number(bytes[start..<(start + 2)], isLittle))
        for index in 0..<count {
            let place = start + 2 + index * 12
            guard place + 12 <= bytes.count else { break }
            guard TIFFDirectories.number(bytes[place..<(place + 2)], isLittle) == tag else { continue }
            let value = Int(TIFFDirectories.number(bytes[(place + 8)..<(place + 10)], isLittle))
            return (1...8).contains(value) ? value : upright
        }
        return upright
    }
}

/// The segments of a JPEG in front of its pixels (ISO/IEC 10918-1, annex B).
struct JPEGSegments: Sequence, IteratorProtocol {
    /// One segment.
    struct Segment {
        let marker: UInt8
        /// Behind its length.
        let content: Range<Int>
    }

    private let bytes: [UInt8]
    private var place = 2
    private var isOver = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next segment; the last is the header of the first scan.
    mutating func next() -> Segment? {
        guard !isOver else { return nil }
        while place + 1 < bytes.count, bytes[place] == 0xFF, bytes[place + 1] == 0xFF { place += 1 }
        guard place + 4 <= bytes.count, bytes[place] == 0xFF else { return nil }
        let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
        guard length >= 2, place + 2 + length <= bytes.count else { return nil }
        let segment = Segment(marker: bytes[place + 1], content: (place + 4)..<(place + 2 + length))
        place += 2 + length
        isOver = segment.marker == 0xDA
        return segment
    }

    /// Whether a whole file has no mark of its end behind the first pixels: it was cut short.
    static func isCut(_ bytes: [UInt8]) -> Bool {
        guard let scan = JPEGSegments(bytes).first(where: { $0.marker == 0xDA }) else { return true }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            var place = buffer.count - 2
            // The mark is mostly the last, and is looked for from behind.
            while place >= scan.content.upperBound {
                if unsafe buffer[place] == 0xFF, unsafe buffer[place + 1] == 0xD9 { return false }
                place -= 1
            }
            return true
        }
    }
}

extension PagePicture {
    /// What lies across becomes what lies down.
    mutating func swapSides() {
        (width, height) = (height, width)
        (horizontalDPI, verticalDPI) = (verticalDPI, horizontalDPI)
    }
}
