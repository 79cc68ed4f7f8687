/// What is to be drawn to confirm a verdict: the signed revision and the whole file, page by page, which must look the
/// same but in the rectangles where something was permitted to come.
package struct RevisionDrawing: Codable, Hashable, Sendable {
    /// Which signature of the report.
    package var signature: Int
    /// Where the signed revision ends.
    package var end: Int
    /// How many pages it has.
    package var pages: Int
    /// The rectangles.
    package var rectangles: [Rectangle]

    /// A rectangle of a page as it is shown, in parts of its width and height, from its upper left corner.
    package struct Rectangle: Codable, Hashable, Sendable {
        /// The page, counted from 0.
        package var page: Int
        /// The left edge, 0 to 1.
        package var left: Double
        /// The upper edge, 0 to 1.
        package var top: Double
        /// The right edge, 0 to 1.
        package var right: Double
        /// The lower edge, 0 to 1.
        package var bottom: Double
        /// Whether only blank paper may have been covered there.
        package var mayCoverNothing = false
    }

    /// Places the overlays on the pages as they are shown.
    init(end: Int, _ overlays: [PageOverlay], in file: PDFFile, pages: [PDFReference]) throws(PDFReadingError) {
        signature = 0
        self.end = end
        self.pages = pages.count
        rectangles = []
        for overlay in overlays where pages.indices.contains(overlay.page) {
            let entries = try file.dictionary(.reference(pages[overlay.page])) ?? [:]
            let whole = PageFrame(left: 0, bottom: 0, right: 612, top: 792)
            let box = try PageFrame(file.inherited("MediaBox", of: entries) { $0 }, in: file) ?? whole
            let turn = try file.inherited("Rotate", of: entries) { $0 }?.integer ?? 0
            guard !box.isEmpty else { continue }
            rectangles.append(Self.placed(overlay, in: box, turned: ((turn % 360) + 360) % 360))
        }
    }

    private static func placed(_ overlay: PageOverlay, in box: PageFrame, turned: Int) -> Rectangle {
        let (width, height) = (box.right - box.left, box.top - box.bottom)
        let (left, right) = ((overlay.frame.left - box.left) / width, (overlay.frame.right - box.left) / width)
        let (top, bottom) = ((box.top - overlay.frame.top) / height, (box.top - overlay.frame.bottom) / height)
        func rectangle(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> Rectangle {
            Rectangle(
                page: overlay.page,
                left: left,
                top: top,
                right: right,
                bottom: bottom,
                mayCoverNothing: overlay.mayCoverNothing
            )
        }
        return switch turned {
        case 90: rectangle(1 - bottom, left, 1 - top, right)
        case 180: rectangle(1 - right, 1 - bottom, 1 - left, 1 - top)
        case 270: rectangle(top, 1 - right, bottom, 1 - left)
        default: rectangle(left, top, right, bottom)
        }
    }
}

extension SignatureReport {
    /// Says that drawing did not confirm a verdict: what was valid cannot be told then.
    ///
    /// - Parameters:
    ///   - signature: which signature.
    ///   - reason: why.
    ///   - words: the same in words.
    package mutating func doubt(_ signature: Int, _ reason: SignatureReason, _ words: String) {
        guard signatures.indices.contains(signature) else { return }
        if signatures[signature].verdict == .valid {
            signatures[signature].verdict = reason.verdict
            signatures[signature].reason = reason
        }
        signatures[signature].explanations.append(words)
        let worst = signatures.map(\.verdict).reduce(SignatureVerdict.valid, SignatureVerdict.worse)
        category = Category(rawValue: worst.rawValue) ?? .cannotTell
    }
}
