private import CLeptonica
import FileSafety
import Glibc
import SystemPackage

/// Why a picture could not be read.
struct PictureError: Error, CustomStringConvertible {
    /// In words.
    let reason: String

    var description: String { reason }
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
        /// The numbers of those whose pixels end before they should: the file is cut short.
        var cut: [Int] = []
        /// Whether it moves, and the first of its pictures is the page.
        var isMoving = false

        /// Takes how many frames a file of moving pictures has; nil where it ends before its end.
        fileprivate mutating func tell(frames: Int?) {
            isMoving = (frames ?? 0) > 1
            if frames == nil { cut = [1] }
        }
    }

    /// How many bytes of a JPEG are read to see whether it is whole.
    private static let mostBytes = 512 << 20

    /// A file with one page.
    private static func single(_ path: FilePath, _ kind: PictureKind) throws(PictureError) -> Pages {
        if kind == .webp || kind == .heif { return try modern(path, kind) }
        var pages = Pages(pictures: [try picture(path)], count: 1)
        let head = beginning(of: path, PictureOrientation.most)
        if PictureOrientation.isAcross(PictureOrientation.of(head)) { pages.pictures[0].swapSides() }
        if kind == .gif { pages.tell(frames: GIFFrames.count(beginning(of: path, mostBytes))) }
        guard kind == .jpeg else { return pages }
        // The end of a JPEG is looked for; nothing else is read whole.
        let bytes = beginning(of: path, mostBytes)
        if bytes.count < mostBytes, JPEGSegments.isCut(bytes) { pages.cut = [1] }
        return pages
    }

    /// A file of a kind that has a library of its own.
    private static func modern(_ path: FilePath, _ kind: PictureKind) throws(PictureError) -> Pages {
        let bytes = beginning(of: path, mostBytes)
        func described(_ width: Int, _ height: Int, _ bits: Int) -> PagePicture {
            PagePicture(
                width: width,
                height: height,
                horizontalDPI: nil,
                verticalDPI: nil,
                colour: .colour,
                bits: bits
            )
        }
        if kind == .heif {
            let file = try HEIFPicture(bytes)
            var pages = Pages(pictures: [], count: file.count)
            for number in 1...file.count {
                let facts = try file.facts(number)
                pages.pictures.append(described(facts.width, facts.height, facts.bits))
            }
            return pages
        }
        let facts = try WebPPicture.facts(bytes)
        var pages = Pages(pictures: [described(facts.width, facts.height, 8)], count: 1)
        if PictureOrientation.isAcross(PictureOrientation.of(bytes)) { pages.pictures[0].swapSides() }
        pages.isMoving = facts.isMoving
        if facts.isCut { pages.cut = [1] }
        return pages
    }

    private static func beginning(of path: FilePath, _ count: Int) -> [UInt8] {
        guard let size = try? OpenFile.reading(path).status().size else { return [] }
        return (try? OpenFile.reading(path).beginning(min(size, count))) ?? []
    }

    /// The pages of a picture file as its headers describe them.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - kind: what it is.
    ///   - most: how many pages are described.
    /// - Returns: the pages.
    /// - Throws: `PictureError` where the first header cannot be read.
    static func pages(of path: FilePath, kind: PictureKind, most: Int) throws(PictureError) -> Pages {
        // What goes wrong is told by the values that come back.
        _ = setMsgSeverity(CInt(L_SEVERITY_NONE))
        guard kind == .tiff else { return try single(path, kind) }
        let found = try directories(of: path, most: most)
        let shown = found.pages
        let count = shown.count
        var pages = Pages(pictures: shown.map(\.picture), count: count)
        pages.cut = shown.indices.filter { shown[$0].isCut }.map { $0 + 1 }
        switch found.end {
        case .last: break
        case .more: pages.count = nil
        case .ring(let place):
            let number = (shown.firstIndex { $0.offset == found.directories[place].offset } ?? 0) + 1
            pages.damage =
                "its directories form a ring: after page \(count) comes page \(number) again, and pages may be missing"
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
            } else if format == IFF_JFIF_JPEG {
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

    static func colour(bits: CInt, samples: CInt, hasMap: Bool) -> PagePicture.Colour {
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

    /// How a page is given.
    struct Rendering {
        /// What it becomes.
        var form: Form
        /// Its width, in percent of the pixels.
        var across = 100
        /// Its height, in percent of the pixels.
        var down = 100
        /// By how much it is turned clockwise, behind what the file says itself: 0, 90, 180 or 270 degrees.
        var turn = 0
    }

    /// A page, decoded: upright where the file says how it lies, and on white where it lets something shine through.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - page: the page's number, from 1.
    ///   - kind: what it is.
    ///   - rendering: how it is given.
    /// - Returns: a file of that form.
    /// - Throws: `PictureError` where it cannot be decoded.
    static func page(
        _ path: FilePath,
        _ page: Int,
        kind: PictureKind,
        rendering: Rendering
    ) throws(PictureError) -> [UInt8] {
        _ = setMsgSeverity(CInt(L_SEVERITY_NONE))
        var decoded: UnsafeMutablePointer<Pix>?
        // How Leptonica's picture still has to be turned: it obeys what a TIFF says itself.
        var orientation = PictureOrientation.upright
        if kind == .tiff {
            let found = try directories(of: path, most: most(for: page)).pages
            guard found.count >= page else { throw PictureError(reason: "it has no such page") }
            var place = found[page - 1].offset
            // Where the directory lies, the library need not look for it.
            unsafe decoded = path.withPlatformString { unsafe pixReadFromMultipageTiff($0, &place) }
            if unsafe decoded == nil {
                unsafe decoded = TIFFPixels.read(path, found[page - 1])
                orientation = found[page - 1].orientation
            }
        } else if kind == .heif {
            // The library obeys what the file says of how it lies.
            unsafe decoded = try HEIFPicture(beginning(of: path, mostBytes)).read(page)
        } else if kind == .webp {
            let bytes = beginning(of: path, mostBytes)
            orientation = PictureOrientation.of(bytes)
            unsafe decoded = WebPPicture.read(bytes)
        } else {
            orientation = PictureOrientation.of(beginning(of: path, PictureOrientation.most))
            unsafe decoded = path.withPlatformString { unsafe read($0) }
        }
        guard unsafe decoded != nil else { throw PictureError(reason: "its pixels cannot be read") }
        return try unsafe finish(decoded, orientation, rendering)
    }

    /// How many directories are walked for a page: those of thumbnails stand between.
    private static func most(for page: Int) -> Int { page > 1_000_000 ? page : page * 4 + 64 }

    private static func read(_ path: UnsafePointer<CChar>) -> UnsafeMutablePointer<Pix>? {
        var format: CInt = 0
        _ = unsafe findFileFormat(path, &format)
        guard format == IFF_JFIF_JPEG else { return unsafe pixRead(path) }
        // What can be seen of a damaged picture is shown, and what the library says of it is told by who asked.
        return unsafe pixReadJpeg(path, 0, 1, nil, CInt(L_JPEG_CONTINUE_WITH_BAD_DATA))
    }

    /// A picture that another program made, turned.
    ///
    /// - Parameters:
    ///   - png: the picture.
    ///   - turn: by how much, clockwise.
    /// - Returns: a PNG.
    /// - Throws: `PictureError`.
    static func turned(_ png: [UInt8], by turn: Int) throws(PictureError) -> [UInt8] {
        _ = setMsgSeverity(CInt(L_SEVERITY_NONE))
        let decoded = unsafe png.withUnsafeBufferPointer { unsafe pixReadMem($0.baseAddress, $0.count) }
        guard unsafe decoded != nil else { throw PictureError(reason: "its pixels cannot be read") }
        return try unsafe finish(decoded, PictureOrientation.upright, Rendering(form: .png, turn: turn))
    }

    /// A picture that is a part of an office document, decoded.
    ///
    /// - Parameters:
    ///   - name: the part's name.
    ///   - path: the document.
    ///   - rendering: how it is given.
    /// - Returns: a file of that form.
    /// - Throws: `PictureError` where it is not there or cannot be decoded; `FileSafetyError`.
    static func part(_ name: String, of path: FilePath, rendering: Rendering) throws -> [UInt8] {
        _ = setMsgSeverity(CInt(L_SEVERITY_NONE))
        guard let bytes = try OfficeParts.part(name, of: path), picture(in: bytes) != nil else {
            throw PictureError(reason: "the document has no such picture")
        }
        let isJPEG = bytes.starts(with: [0xFF, 0xD8])
        let decoded = unsafe bytes.withUnsafeBufferPointer { buffer -> UnsafeMutablePointer<Pix>? in
            if isJPEG {
                let hint = CInt(L_JPEG_CONTINUE_WITH_BAD_DATA)
                return unsafe pixReadMemJpeg(buffer.baseAddress, buffer.count, 0, 1, nil, hint)
            }
            return unsafe pixReadMem(buffer.baseAddress, buffer.count)
        }
        guard unsafe decoded != nil else { throw PictureError(reason: "its pixels cannot be read") }
        let orientation = PictureOrientation.of(Array(bytes.prefix(PictureOrientation.most)))
        return try unsafe finish(decoded, orientation, rendering)
    }

    /// Takes a decoded picture over, and gives it as it was asked for.
    private static func finish(
        _ decoded: UnsafeMutablePointer<Pix>?,
        _ orientation: Int,
        _ rendering: Rendering
    ) throws(PictureError) -> [UInt8] {
        // Owned one behind the other: each step makes a picture of its own.
        var steps: [UnsafeMutablePointer<Pix>?] = unsafe [decoded]
        defer {
            for index in unsafe steps.indices { unsafe pixDestroy(&steps[index]) }
        }
        func step(_ make: (UnsafeMutablePointer<Pix>?) -> UnsafeMutablePointer<Pix>?) {
            unsafe steps.append(make(steps[steps.count - 1]))
        }
        var isOpaque: CInt = 1
        if let map = unsafe pixGetColormap(steps[0]) { _ = unsafe pixcmapIsOpaque(map, &isOpaque) }
        if isOpaque == 0 {
            unsafe step { unsafe pixRemoveColormapGeneral($0, CInt(REMOVE_CMAP_WITH_ALPHA), CInt(L_COPY)) }
        }
        unsafe step { unsafe pixRemoveAlpha($0) }
        if (5...8).contains(orientation) { unsafe step { unsafe pixRotate90($0, orientation == 8 ? -1 : 1) } }
        switch orientation {
        case 2, 5: unsafe step { unsafe pixFlipLR(nil, $0) }
        case 3: unsafe step { unsafe pixRotate180(nil, $0) }
        case 4, 7: unsafe step { unsafe pixFlipTB(nil, $0) }
        default: break
        }
        if rendering.form == .grey { unsafe step { unsafe pixConvertTo8($0, 0) } }
        if rendering.across != 100 || rendering.down != 100 {
            unsafe step { unsafe pixScale($0, Float(rendering.across) / 100, Float(rendering.down) / 100) }
        }
        switch rendering.turn {
        case 90: unsafe step { unsafe pixRotate90($0, 1) }
        case 180: unsafe step { unsafe pixRotate180(nil, $0) }
        case 270: unsafe step { unsafe pixRotate90($0, -1) }
        default: break
        }
        guard let made = unsafe steps[steps.count - 1] else { throw PictureError(reason: "its pixels cannot be used") }
        var (bytes, count): (UnsafeMutablePointer<UInt8>?, Int) = (nil, 0)
        let status =
            rendering.form == .png
            ? unsafe pixWriteMemPng(&bytes, &count, made, 0) : unsafe pixWriteMemPnm(&bytes, &count, made)
        guard status == 0, let bytes = unsafe bytes else {
            throw PictureError(reason: "no \(rendering.form.rawValue) picture can be made of it")
        }
        defer { unsafe free(bytes) }
        return unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: count))
    }
}
