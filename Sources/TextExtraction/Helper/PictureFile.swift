private import CLeptonica
import FileSafety
import Glibc
import SystemPackage

/// Why a picture could not be read.
struct PictureError: Error {
    /// In words.
    let reason: String
}

/// What a picture file says of itself, and its pages decoded, through Leptonica
/// (<http://www.leptonica.org/source/README.html>), which tesseract reads pictures by.
enum PictureFile {
    /// The pages of a picture file.
    struct Pages {
        /// As its headers describe them.
        var pictures: [PagePicture]
        /// How many there are; nil where there are more than were asked for.
        var count: Int?
        /// Why some may be missing, in words; nil where none is.
        var damage: String?
    }

    /// The pages of a picture file as its headers describe them.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - isTIFF: whether it may have several pages.
    ///   - most: how many pages are described.
    /// - Returns: the pages.
    /// - Throws: `PictureError` where the first header cannot be read.
    static func pages(of path: FilePath, isTIFF: Bool, most: Int) throws(PictureError) -> Pages {
        // What goes wrong is told by the values that come back.
        _ = setMsgSeverity(CInt(L_SEVERITY_NONE))
        guard isTIFF else { return Pages(pictures: [try picture(path)], count: 1) }
        let found = try directories(of: path, most: most)
        let count = found.directories.count
        var pages = Pages(pictures: found.directories.map(\.picture), count: count)
        switch found.end {
        case .last: break
        case .more: pages.count = nil
        case .ring(let place):
            pages.damage =
                "its directories form a ring: after page \(count) comes page \(place + 1) again, and pages may be missing"
        case .lost: pages.damage = "what comes after page \(count) cannot be read, and pages may be missing"
        }
        return pages
    }

    private static func directories(of path: FilePath, most: Int) throws(PictureError) -> TIFFDirectories {
        let found: TIFFDirectories?
        do throws(FileSafetyError) {
            found = try TIFFDirectories(of: try OpenFile.reading(path), most: most)
        } catch {
            throw PictureError(reason: error.reason)
        }
        guard let found, !found.directories.isEmpty else { throw PictureError(reason: "its header cannot be read") }
        return found
    }

    private static func picture(_ path: FilePath) throws(PictureError) -> PagePicture {
        var (format, width, height, bits, samples, map): (CInt, CInt, CInt, CInt, CInt, CInt) = (0, 0, 0, 0, 0, 0)
        let status = unsafe path.withPlatformString {
            unsafe pixReadHeader($0, &format, &width, &height, &bits, &samples, &map)
        }
        guard status == 0, width > 0, height > 0 else { throw PictureError(reason: "its header cannot be read") }
        var (across, down): (CInt, CInt) = (0, 0)
        if let file = unsafe path.withPlatformString({ unsafe fopen($0, "rb") }) {
            if format == IFF_PNG {
                _ = unsafe fgetPngResolution(file, &across, &down)
            } else {
                _ = unsafe fgetJpegResolution(file, &across, &down)
            }
            unsafe fclose(file)
        }
        return PagePicture(
            width: Int(width),
            height: Int(height),
            horizontalDPI: across > 1 ? Int(across) : nil,
            verticalDPI: down > 1 ? Int(down) : nil,
            colour: colour(bits: bits, samples: samples, hasMap: map != 0),
            bits: Int(bits)
        )
    }

    private static func colour(bits: CInt, samples: CInt, hasMap: Bool) -> PagePicture.Colour {
        if samples >= 3 || hasMap { return .colour }
        return bits == 1 && samples == 1 ? .bilevel : .grey
    }

    /// The forms that a page is given in.
    enum Form: String {
        /// A PNG with its colours.
        case png
        /// A PGM: shades of grey, 8 bits.
        case grey
    }

    /// A page, decoded.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - page: the page's number, from 1.
    ///   - isTIFF: whether it may have several pages.
    ///   - form: what it becomes.
    ///   - percent: its size, in percent of the pixels across and down.
    /// - Returns: a file of that form.
    /// - Throws: `PictureError` where it cannot be decoded.
    static func page(
        _ path: FilePath,
        _ page: Int,
        isTIFF: Bool,
        form: Form,
        percent: Int
    ) throws(PictureError) -> [UInt8] {
        _ = setMsgSeverity(CInt(L_SEVERITY_NONE))
        var place = 0
        if isTIFF {
            let found = try directories(of: path, most: page).directories
            guard found.count == page else { throw PictureError(reason: "it has no such page") }
            place = found[page - 1].offset
        }
        let decoded = unsafe path.withPlatformString {
            // Where the directory lies, the library need not look for it.
            isTIFF ? unsafe pixReadFromMultipageTiff($0, &place) : unsafe pixRead($0)
        }
        guard unsafe decoded != nil else { throw PictureError(reason: "its pixels cannot be read") }
        // Owned one behind the other: each step makes a picture of its own.
        var steps: [UnsafeMutablePointer<Pix>?] = unsafe [decoded]
        defer {
            for index in unsafe steps.indices { unsafe pixDestroy(&steps[index]) }
        }
        if form == .grey { unsafe steps.append(pixConvertTo8(steps[steps.count - 1], 0)) }
        if percent != 100, let last = unsafe steps[steps.count - 1] {
            let factor = Float(percent) / 100
            unsafe steps.append(pixScale(last, factor, factor))
        }
        guard let made = unsafe steps[steps.count - 1] else { throw PictureError(reason: "its pixels cannot be used") }
        var (bytes, count): (UnsafeMutablePointer<UInt8>?, Int) = (nil, 0)
        let status =
            form == .png
            ? unsafe pixWriteMemPng(&bytes, &count, made, 0) : unsafe pixWriteMemPnm(&bytes, &count, made)
        guard status == 0, let bytes = unsafe bytes else {
            throw PictureError(reason: "no \(form.rawValue) picture can be made of it")
        }
        defer { unsafe free(bytes) }
        return unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: count))
    }
}
