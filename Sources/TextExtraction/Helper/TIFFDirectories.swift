import FileSafety
import SystemPackage

/// The directories of a TIFF or BigTIFF file, one a page, read once from the first to the last.
///
/// See TIFF 6.0, section 2. A directory says where the next one lies, anywhere in the file: a hostile or a broken file
/// leads back to one that was read, or nowhere. A library that is asked for one page after the other walks all of the way
/// each time; this walk is made once.
struct TIFFDirectories {
    /// One directory.
    struct Directory {
        /// Where it lies.
        let offset: Int
        /// The picture that it describes, as it is shown: turned where the file says so.
        let picture: PagePicture
        /// How the pixels lie: 1 to 8, 1 upright (`PictureOrientation`).
        let orientation: Int
        /// Whether it is said to be a smaller form of another page, or a page's mask, and no page.
        let isReduced: Bool
        /// Whether some of its pixels lie behind the end of the file.
        let isCut: Bool
    }

    /// How the way of directories ends.
    enum End: Equatable {
        /// With the last one.
        case last
        /// It leads back to one of them; its place, from 0.
        case ring(to: Int)
        /// With one that is not there, or cannot be read.
        case lost
        /// There are more than were asked for.
        case more
    }

    /// The directories in their order.
    private(set) var directories: [Directory] = []
    /// How they end.
    private(set) var end = End.last

    /// How many tags a directory may have: pictures have some twenty.
    private static let mostTags = 1000
    private let isLittle: Bool
    private let isBig: Bool
    private let size: Int

    /// Reads the directories of a file; nil where it does not begin as a TIFF.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - most: how many are read.
    /// - Throws: `FileSafetyError`.
    init?(of file: borrowing OpenFile, most: Int) throws(FileSafetyError) {
        size = try file.status().size
        let head = try Self.bytes(of: file, at: 0, count: 16)
        guard head.count >= 8, head[0] == head[1], head[0] == 0x49 || head[0] == 0x4D else { return nil }
        isLittle = head[0] == 0x49
        let kind = Self.number(head[2..<4], isLittle)
        isBig = kind == 43
        guard kind == 42 || isBig && head.count == 16 else { return nil }
        var next = Self.number(isBig ? head[8..<16] : head[4..<8], isLittle)
        var places: [UInt64: Int] = [:]
        while next != 0 {
            if let place = places[next] {
                end = .ring(to: place)
                return
            }
            guard directories.count < most else {
                end = .more
                return
            }
            guard let offset = Int(exactly: next), let (directory, after) = try directory(in: file, at: offset) else {
                end = .lost
                return
            }
            places[next] = directories.count
            directories.append(directory)
            next = after
        }
    }

    /// The directories that are pages, in their order.
    ///
    /// A thumbnail is none. What is called one, and is as large as the largest of the others, is a page all the same: a
    /// mark alone may not take a page out of sight. Where nothing else is there, all are pages.
    var pages: [Directory] {
        let full = directories.filter { !$0.isReduced }
        let (width, height) = (full.map(\.picture.width).max() ?? 0, full.map(\.picture.height).max() ?? 0)
        return directories.filter { directory in
            !directory.isReduced || full.isEmpty
                || directory.picture.width >= width && directory.picture.height >= height
        }
    }

    private func directory(in file: borrowing OpenFile, at offset: Int) throws(FileSafetyError) -> (Directory, UInt64)?
    {
        let (head, length, foot) = isBig ? (8, 20, 8) : (2, 12, 4)
        let start = try Self.bytes(of: file, at: offset, count: head)
        guard start.count == head, offset < size else { return nil }
        let count = Self.number(start[...], isLittle)
        guard (1...UInt64(Self.mostTags)).contains(count) else { return nil }
        let whole = Int(count) * length
        let body = try Self.bytes(of: file, at: offset + head, count: whole + foot)
        guard body.count >= whole else { return nil }
        var tags: [UInt64: ArraySlice<UInt8>] = [:]
        for index in 0..<Int(count) {
            let entry = body[(index * length)..<((index + 1) * length)]
            let tag = Self.number(entry.prefix(2), isLittle)
            if tags[tag] == nil { tags[tag] = entry.dropFirst(2) }
        }
        func value(_ tag: UInt64) throws(FileSafetyError) -> Int? {
            guard let entry = tags[tag] else { return nil }
            return try self.value(entry, in: file)
        }
        guard let width = try value(256), let height = try value(257), width > 0, height > 0, width <= Int(Int32.max),
            height <= Int(Int32.max)
        else {
            return nil
        }
        let bits = try value(258) ?? 1
        let samples = try value(277) ?? 1
        let perCentimetre = try value(296) == 3
        func resolution(_ tag: UInt64) throws(FileSafetyError) -> Int? {
            guard let entry = tags[tag], let ratio = try ratio(entry, in: file) else { return nil }
            let inches = (perCentimetre ? ratio * 2.54 : ratio).rounded()
            return inches > 1 && inches < 1_000_000 ? Int(inches) : nil
        }
        let across = try resolution(282)
        let down = try resolution(283)
        let colours = try value(262)
        let isColoured = samples >= 3 || colours == 3
        let orientation = try value(274) ?? 1
        var picture = PagePicture(
            width: width,
            height: height,
            horizontalDPI: across ?? down,
            verticalDPI: down ?? across,
            colour: isColoured ? .colour : bits == 1 && samples == 1 ? .bilevel : .grey,
            bits: bits
        )
        if PictureOrientation.isAcross(orientation) { picture.swapSides() }
        let kind = try value(254) ?? 0
        // Bit 0: a smaller form of another page; bit 2: a mask. Before TIFF 6 another tag said it.
        let older = try value(255)
        let isReduced = kind & 0b101 != 0 || older == 2
        let isCut = try isCut(tags[273] ?? tags[324], tags[279] ?? tags[325], in: file)
        // A file that is cut behind its last directory has told all pages.
        let after = body.count == whole + foot ? Self.number(body[whole...], isLittle) : 0
        let directory = Directory(
            offset: offset,
            picture: picture,
            orientation: orientation,
            isReduced: isReduced,
            isCut: isCut
        )
        return (directory, after)
    }

    /// How many strips or tiles of a page are looked at.
    private static let mostStrips = 1 << 17

    /// Whether a strip or tile lies behind the end of the file, or ends there.
    private func isCut(
        _ places: ArraySlice<UInt8>?,
        _ counts: ArraySlice<UInt8>?,
        in file: borrowing OpenFile
    ) throws(FileSafetyError) -> Bool {
        guard let places else { return false }
        let starts = try values(places, in: file)
        let lengths = try counts.map { entry throws(FileSafetyError) in try values(entry, in: file) } ?? []
        for (index, start) in starts.enumerated() {
            let length = index < lengths.count ? lengths[index] : 0
            let (end, overflow) = start.addingReportingOverflow(length)
            if overflow || end > UInt64(size) { return true }
        }
        return false
    }

    /// All values of an entry: whole numbers of 16, 32 or 64 bits.
    private func values(_ entry: ArraySlice<UInt8>, in file: borrowing OpenFile) throws(FileSafetyError) -> [UInt64] {
        let widths: [UInt64: Int] = [3: 2, 4: 4, 16: 8]
        guard let width = widths[Self.number(entry.prefix(2), isLittle)] else { return [] }
        let bytes = try content(entry, width: width, most: Self.mostStrips, in: file)
        return (0..<(bytes.count / width)).map { index in
            Self.number(bytes[(index * width)..<((index + 1) * width)], isLittle)
        }
    }

    // MARK: - Values

    /// The first value of an entry: a whole number of 8, 16, 32 or 64 bits.
    private func value(_ entry: ArraySlice<UInt8>, in file: borrowing OpenFile) throws(FileSafetyError) -> Int? {
        let widths: [UInt64: Int] = [1: 1, 3: 2, 4: 4, 16: 8]
        guard let width = widths[Self.number(entry.prefix(2), isLittle)] else { return nil }
        let bytes = try content(entry, width: width, in: file)
        return bytes.count == width ? Int(exactly: Self.number(bytes[...], isLittle)) : nil
    }

    /// The first value of an entry: a ratio of two whole numbers.
    private func ratio(_ entry: ArraySlice<UInt8>, in file: borrowing OpenFile) throws(FileSafetyError) -> Double? {
        guard Self.number(entry.prefix(2), isLittle) == 5 else { return nil }
        let bytes = try content(entry, width: 8, in: file)
        guard bytes.count == 8 else { return nil }
        let below = Self.number(bytes[4...], isLittle)
        return below == 0 ? nil : Double(Self.number(bytes[..<4], isLittle)) / Double(below)
    }

    /// The bytes of an entry's first values, which lie in the entry where all fit and anywhere in the file where not.
    private func content(
        _ entry: ArraySlice<UInt8>,
        width: Int,
        most: Int = 1,
        in file: borrowing OpenFile
    ) throws(FileSafetyError) -> [UInt8] {
        let room = isBig ? 8 : 4
        let rest = entry.dropFirst(2)
        let count = Self.number(rest.prefix(room), isLittle)
        let place = rest.dropFirst(room)
        guard count > 0 else { return [] }
        let wanted = Int(min(count, UInt64(most))) * width
        if count <= UInt64(room / width) { return Array(place.prefix(wanted)) }
        guard let offset = Int(exactly: Self.number(place, isLittle)) else { return [] }
        return try Self.bytes(of: file, at: offset, count: wanted)
    }

    /// A whole number of up to eight bytes.
    static func number(_ bytes: ArraySlice<UInt8>, _ isLittle: Bool) -> UInt64 {
        (isLittle ? Array(bytes.reversed()) : Array(bytes)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func bytes(of file: borrowing OpenFile, at offset: Int, count: Int) throws(FileSafetyError)
        -> [UInt8]
    {
        guard offset >= 0, offset <= Int.max - count else { return [] }
        var bytes = [UInt8](repeating: 0, count: count)
        var result: Result<Int, FileSafetyError> = .success(0)
        unsafe bytes.withUnsafeMutableBytes { buffer in
            do throws(FileSafetyError) {
                result = .success(try unsafe file.read(into: buffer, at: offset))
            } catch {
                result = .failure(error)
            }
        }
        return Array(bytes.prefix(try result.get()))
    }
}
