/// A page as shades of grey, a byte a pixel, 0 black: what recognition works on, and what makes it see better.
///
/// Both steps were chosen by measurement on scans with stamps, tables and poor contrast: see ARCHITECTURE.md, "How a
/// page is read".
struct GreyPicture {
    let width: Int
    let height: Int
    /// Row by row from the top.
    private(set) var pixels: [UInt8]

    /// Reads a binary PGM with values up to 255 (<https://netpbm.sourceforge.net/doc/pgm.html>); nil where it is none.
    init?(pgm: [UInt8]) {
        guard pgm.starts(with: [0x50, 0x35]) else { return nil }
        var place = 2
        var numbers: [Int] = []
        while numbers.count < 3 {
            guard place < pgm.count else { return nil }
            let byte = pgm[place]
            if byte == 0x23 {
                while place < pgm.count, pgm[place] != 0x0A { place += 1 }
            } else if (0x30...0x39).contains(byte) {
                var number = 0
                while place < pgm.count, (0x30...0x39).contains(pgm[place]) {
                    number = number * 10 + Int(pgm[place] - 0x30)
                    guard number < 1 << 24 else { return nil }
                    place += 1
                }
                numbers.append(number)
            } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
                place += 1
            } else {
                return nil
            }
        }
        // One white space, then the pixels.
        place += 1
        guard numbers[2] == 255, numbers[0] > 0, numbers[1] > 0, pgm.count - place >= numbers[0] * numbers[1] else {
            return nil
        }
        (width, height) = (numbers[0], numbers[1])
        pixels = Array(pgm[place..<(place + numbers[0] * numbers[1])])
    }

    private init(width: Int, height: Int, pixels: [UInt8]) {
        (self.width, self.height, self.pixels) = (width, height, pixels)
    }

    /// The picture turned clockwise by 90, 180 or 270 degrees; itself for any other number.
    func turned(by degrees: Int) -> GreyPicture {
        if degrees == 180 { return GreyPicture(width: width, height: height, pixels: pixels.reversed()) }
        guard degrees == 90 || degrees == 270 else { return self }
        let (width, height) = (width, height)
        let turned = unsafe [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
            unsafe pixels.withUnsafeBufferPointer { source in
                for row in 0..<height {
                    for column in 0..<width {
                        // A row becomes a column: the right one by a turn to the right, the left one by a turn to the left.
                        let place =
                            degrees == 90
                            ? column * height + height - 1 - row : (width - 1 - column) * height + row
                        unsafe target[place] = source[row * width + column]
                    }
                }
            }
            count = pixels.count
        }
        return GreyPicture(width: height, height: width, pixels: turned)
    }

    /// The picture with white for black.
    func inverted() -> GreyPicture { GreyPicture(width: width, height: height, pixels: pixels.map { 255 - $0 }) }

    /// Whether more than three of five pixels are dark: paper is not.
    var isMostlyDark: Bool {
        let dark = unsafe pixels.withUnsafeBufferPointer { buffer in
            var count = 0
            for index in buffer.indices where unsafe buffer[index] < 128 { count += 1 }
            return count
        }
        return dark * 5 > pixels.count * 3
    }

    /// The picture as a PGM.
    var pgm: [UInt8] {
        var bytes = Array("P5\n\(width) \(height)\n255\n".utf8)
        bytes.reserveCapacity(bytes.count + pixels.count)
        bytes += pixels
        return bytes
    }

    /// Where paper and ink lie between black and white.
    struct Levels: Equatable {
        /// The shade that most of the page has.
        let paper: Int
        /// The shade of the darkest tenth of what is clearly darker than paper.
        let ink: Int
    }

    /// The page's levels; nil where there is nothing dark on it, or nothing bright.
    var levels: Levels? {
        var counts = [Int](repeating: 0, count: 256)
        unsafe pixels.withUnsafeBufferPointer { buffer in
            for index in buffer.indices { counts[Int(unsafe buffer[index])] += 1 }
        }
        guard let paper = (128..<256).max(by: { counts[$0] < counts[$1] }) else { return nil }
        let dark = counts[..<max(1, paper - Self.clearlyDarker)]
        let total = dark.reduce(0, +)
        guard total > 0 else { return nil }
        var seen = 0
        for (shade, count) in dark.enumerated() {
            seen += count
            if seen * 10 >= total { return Levels(paper: paper, ink: shade) }
        }
        return nil
    }

    private static let clearlyDarker = 50
    /// What is brighter than this part of the way from ink to paper becomes white: stamps, the back of the page, noise.
    static let whitePart = 0.55
    /// What is darker than this part of the way counts as ink when lines are looked for.
    private static let darkPart = 0.6
    /// How many pixels at 300 dpi a table's line has at least: a third of an inch, more than any letter.
    private static let shortestLine = 100
    /// How thick a table's line may be, in pixels at 300 dpi.
    private static let thickestLine = 12

    /// Makes the paper white and the ink black, and takes the lines of tables away.
    ///
    /// A picture of black and white only is left as it is, but for its lines.
    mutating func prepare(dpi: Int) {
        guard let levels, levels.paper > levels.ink else { return }
        let range = Double(levels.paper - levels.ink)
        removeLines(darkerThan: levels.ink + Int(range * Self.darkPart), dpi: dpi)
        let white = Double(levels.ink) + range * Self.whitePart
        let table = (0..<256).map { UInt8(min(255, Double($0) * 255 / max(1, white))) }
        unsafe pixels.withUnsafeMutableBufferPointer { buffer in
            for index in buffer.indices { unsafe buffer[index] = table[Int(buffer[index])] }
        }
    }

    /// Whitens runs of dark pixels that are long one way and thin the other, with the blurred pixels beside them.
    private mutating func removeLines(darkerThan threshold: Int, dpi: Int) {
        let shortest = max(20, Self.shortestLine * dpi / 300)
        let thickest = max(3, Self.thickestLine * dpi / 300)
        let marks = LineMarks(self, darkerThan: threshold, shortest: shortest, thickest: thickest)
        let (width, height) = (width, height)
        unsafe pixels.withUnsafeMutableBufferPointer { buffer in
            for mark in marks.runs {
                // Two pixels more on each side across, where the scan is blurred.
                let (top, bottom) = mark.isUpright ? (mark.first, mark.last) : (mark.at - 2, mark.at + 2)
                let (left, right) = mark.isUpright ? (mark.at - 2, mark.at + 2) : (mark.first, mark.last)
                for row in max(0, top)...min(height - 1, bottom) {
                    for column in max(0, left)...min(width - 1, right) { unsafe buffer[row * width + column] = 255 }
                }
            }
        }
    }
}
