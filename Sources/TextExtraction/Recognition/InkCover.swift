/// How much of what is black on a page lies where the text layer has words.
///
/// Stamps, page numbers and headings over a scan, or over letters that are drawn as outlines, cover little of it.
struct InkCover {
    /// Pixels an inch of the picture that is measured: a point a pixel.
    static let resolution = 72
    /// From which part of uncovered ink a page is recognised too.
    ///
    /// Chosen on the pages at hand, of which those with a scan or a stamp lie above it; not measured on many.
    static let mostUncovered = 0.25
    /// From how many uncovered dark pixels; chosen so that a short line counts, and not measured on many.
    static let leastInk = 400
    private static let ink: UInt8 = 200

    /// A word's place on the page, in points from its upper left corner.
    struct Box: Equatable {
        var left: Double
        var top: Double
        var right: Double
        var bottom: Double
    }

    /// How many pixels are dark, the lines of tables left out.
    let total: Int
    /// How many of them lie in no word.
    let uncovered: Int

    /// Whether the words leave out so much that the page has to be recognised.
    var leavesOut: Bool {
        uncovered >= Self.leastInk && Double(uncovered) >= Double(total) * Self.mostUncovered
    }

    /// Measures a page's picture of 72 pixels an inch.
    init(_ picture: GreyPicture, words: [Box]) {
        var cleaned = picture
        cleaned.prepare(dpi: Self.resolution)
        let (width, height) = (picture.width, picture.height)
        var covered = [Bool](repeating: false, count: width * height)
        func place(_ value: Double, _ grow: Double, _ end: Int) -> Int {
            let moved = value + grow
            return moved.isFinite ? Int(max(0, min(Double(end - 1), moved.rounded()))) : 0
        }
        for word in words where word.right >= word.left && word.bottom >= word.top {
            // A point more on each side, where letters are blurred.
            let (left, right) = (place(word.left, -1, width), place(word.right, 1, width))
            for row in place(word.top, -1, height)...place(word.bottom, 1, height) {
                for column in left...max(left, right) { covered[row * width + column] = true }
            }
        }
        var (total, uncovered) = (0, 0)
        for (index, pixel) in cleaned.pixels.enumerated() where pixel < Self.ink {
            total += 1
            if !covered[index] { uncovered += 1 }
        }
        (self.total, self.uncovered) = (total, uncovered)
    }

    /// Takes what `pdftotext -bbox` prints apart: document words are escaped there, and cannot look like a tag.
    static func boxes(in output: [UInt8]) -> [Box] {
        var boxes: [Box] = []
        let mark = Array("<word ".utf8)
        for line in output.split(separator: 0x0A) {
            let start = line.drop { $0 == 0x20 }
            guard start.starts(with: mark), let end = start.firstIndex(of: 0x3E) else { continue }
            var values: [String: Double] = [:]
            for part in String(decoding: start[..<end], as: UTF8.self).split(separator: " ").dropFirst() {
                let sides = part.split(separator: "=", maxSplits: 1)
                guard sides.count == 2 else { continue }
                values[String(sides[0])] = Double(sides[1].filter { $0 != "\"" })
            }
            if let left = values["xMin"], let top = values["yMin"], let right = values["xMax"],
                let bottom = values["yMax"]
            {
                boxes.append(Box(left: left, top: top, right: right, bottom: bottom))
            }
        }
        return boxes
    }
}
