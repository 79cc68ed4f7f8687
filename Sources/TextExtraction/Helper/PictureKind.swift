/// The kinds of picture files, told by their first bytes.
enum PictureKind {
    /// TIFF, in one of its two byte orders, or with offsets of 64 bits.
    case tiff
    /// JPEG.
    case jpeg
    /// PNG.
    case png
    /// GIF of 1987 or 1989.
    case gif
    /// A bitmap of Windows or OS/2.
    case bmp
    /// JPEG 2000, in its box or as it is.
    case jp2
    /// WebP.
    case webp
    /// HEIC, AVIF, or another still picture of HEIF.
    case heif

    /// How many bytes tell.
    static let most = 256

    /// What a file is that begins so; nil for what is no picture that is read.
    init?(_ head: [UInt8]) {
        func has(_ text: String, at place: Int = 0) -> Bool { head.dropFirst(place).starts(with: text.utf8) }
        if has("II*\0") || has("MM\0*") || has("II+\0") || has("MM\0+") {
            self = .tiff
        } else if head.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if head.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
            self = .png
        } else if has("GIF87a") || has("GIF89a") {
            self = .gif
        } else if has("BM"), head.count > 18, [12, 40, 52, 56, 64, 108, 124].contains(head[14]), head[15] == 0 {
            self = .bmp
        } else if has("jP  \r\n", at: 4) || head.starts(with: [0xFF, 0x4F, 0xFF, 0x51]) {
            self = .jp2
        } else if has("RIFF"), has("WEBP", at: 8) {
            self = .webp
        } else if has("ftyp", at: 4), Self.isHEIF(head) {
            self = .heif
        } else {
            return nil
        }
    }

    /// Whether one of the brands is of still pictures (ISO/IEC 23008-12; AVIF).
    private static func isHEIF(_ head: [UInt8]) -> Bool {
        let length = min(head.count, head.prefix(4).reduce(0) { $0 << 8 | Int($1) })
        let brands: Set = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "mif2", "msf1", "avif", "avis"]
        for place in stride(from: 8, to: length - 3, by: 4) where place != 12 {
            if brands.contains(String(decoding: head[place..<(place + 4)], as: UTF8.self)) { return true }
        }
        return false
    }

    /// The format.
    var format: DocumentFormat {
        switch self {
        case .tiff: .tiff
        case .jpeg: .jpeg
        case .png: .png
        case .gif: .gif
        case .bmp: .bmp
        case .jp2: .jp2
        case .webp: .webp
        case .heif: .heif
        }
    }
}

/// The frames of a GIF: it may move, and its first is the page.
enum GIFFrames {
    /// How many frames a file has, up to two; nil where it ends in the middle of one.
    static func count(_ bytes: [UInt8]) -> Int? {
        guard bytes.count > 13 else { return nil }
        var place = 13 + table(bytes[10])
        var frames = 0
        while place < bytes.count, frames < 2 {
            switch bytes[place] {
            case 0x3B: return frames
            case 0x21: place += 2
            case 0x2C:
                guard place + 11 <= bytes.count else { return nil }
                frames += 1
                place += 11 + table(bytes[place + 9])
            default: return frames
            }
            // Blocks, each with its length in front, up to an empty one.
            while place < bytes.count, bytes[place] != 0 { place += 1 + Int(bytes[place]) }
            place += 1
        }
        return frames == 2 ? 2 : nil
    }

    /// How many bytes a table of colours has.
    private static func table(_ flags: UInt8) -> Int { flags & 0x80 != 0 ? 3 << (Int(flags & 7) + 1) : 0 }
}
