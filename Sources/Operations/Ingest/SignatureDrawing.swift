import BoundedProcess
import FileSafety
import Signatures
import SystemPackage

/// Confirms what was said of signatures by drawing: where revisions came after a signed one, each page of the signed
/// revision and of the whole file is drawn by poppler and compared, but for the rectangles where something may have come.
///
/// What the structure of a file explains must explain every pixel. A difference that it does not explain, and a page that
/// cannot be drawn, make a valid signature one that cannot be told.
struct SignatureDrawing {
    private let file: FilePath
    private let budget: FileBudget

    /// Pixels along the longer side of a page.
    private static let side = 800
    /// Pages that are drawn at once.
    private static let stretch = 12
    /// What one program may take.
    private static let limits = ProcessLimits(wall: .seconds(60), cpuSeconds: 60, memory: 2 << 30, output: 128 << 20)
    /// How many pages are drawn of one file, all revisions together.
    private static let pageLimit = 20_000

    /// A confirmation for a file, out of what is left of its budget.
    init(_ file: FilePath, _ budget: FileBudget) {
        self.file = file
        self.budget = budget
    }

    /// The report, with doubts where drawing does not confirm it.
    func confirmed(_ report: SignatureReport) -> SignatureReport {
        var report = report
        let drawings = (report.drawings ?? []).filter { drawing in
            report.signatures.indices.contains(drawing.signature)
                && report.signatures[drawing.signature].verdict != .invalid
        }
        report.drawings = nil
        guard let pages = drawings.map(\.pages).max() else { return report }
        do {
            try compare(drawings, pages, &report)
        } catch {
            for drawing in drawings {
                report.doubt(
                    drawing.signature,
                    .unreadable,
                    "the pages could not be drawn to compare them: \(error.words)"
                )
            }
        }
        return report
    }

    /// Why pages could not be drawn.
    private struct Failure: Error {
        let words: String
    }

    private func compare(_ drawings: [RevisionDrawing], _ pages: Int, _ report: inout SignatureReport) throws(Failure) {
        guard let program = ProgramFinder.find("pdftoppm") else { throw Failure(words: "'pdftoppm' is not installed") }
        guard pages * (drawings.count + 1) <= Self.pageLimit else { throw Failure(words: "there are too many") }
        let content: [UInt8]
        do {
            content = try OpenFile.content(of: file, limit: SignatureVerifier.sizeLimit + 1)
        } catch {
            throw Failure(words: "the file cannot be read again")
        }
        guard content.count == report.bytes else { throw Failure(words: "the file changed meanwhile") }
        var told: Set<Int> = []
        for first in stride(from: 0, to: pages, by: Self.stretch) {
            let range = first..<min(first + Self.stretch, pages)
            let now = try draw(content, range, program)
            for drawing in drawings where !told.contains(drawing.signature) {
                let signed = try draw(Array(content.prefix(drawing.end)), range, program)
                guard let page = Self.difference(signed, now, range, drawing.rectangles) else { continue }
                told.insert(drawing.signature)
                report.doubt(
                    drawing.signature,
                    .shownOtherwise,
                    "page \(page + 1) looks otherwise than it was signed, and nothing that was permitted explains it"
                )
            }
        }
    }

    // MARK: - Drawing

    /// A page as it was drawn, three bytes a pixel.
    struct Picture: Hashable {
        let width: Int
        let height: Int
        let pixels: ArraySlice<UInt8>
    }

    private func draw(_ content: [UInt8], _ pages: Range<Int>, _ program: FilePath) throws(Failure) -> [Picture] {
        let words = [
            "-scale-to", String(Self.side), "-f", String(pages.lowerBound + 1), "-l", String(pages.upperBound), "-",
        ]
        let command = BoundedCommand(program, words.map { .text($0) }, standardInput: content)
        let outcome: BoundedOutcome
        do {
            outcome = try budget.run(command, limits: Self.limits, isolation: .best) { false }
        } catch {
            throw Failure(words: "\(error)")
        }
        guard outcome.isSuccess else {
            throw Failure(words: outcome.complaint ?? "the program that draws took too long or too much memory")
        }
        guard let pictures = Self.pictures(outcome.output) else {
            throw Failure(words: "the program that draws gave no picture")
        }
        return pictures
    }

    /// The pictures in PPM that stand one after the other; nil where anything else does.
    static func pictures(_ output: [UInt8]) -> [Picture]? {
        var pictures: [Picture] = []
        var place = 0
        func number() -> Int? {
            while place < output.count, [0x20, 0x0A, 0x0D, 0x09].contains(output[place]) { place += 1 }
            var value: Int?
            while place < output.count, (0x30...0x39).contains(output[place]), value ?? 0 < 1 << 24 {
                value = (value ?? 0) * 10 + Int(output[place]) - 0x30
                place += 1
            }
            return value
        }
        while place < output.count {
            guard output[place...].starts(with: "P6".utf8) else { return nil }
            place += 2
            guard let width = number(), let height = number(), number() == 255 else { return nil }
            place += 1
            let size = width * height * 3
            guard width > 0, height > 0, size <= output.count - place else { return nil }
            pictures.append(Picture(width: width, height: height, pixels: output[place..<place + size]))
            place += size
        }
        return pictures
    }

    // MARK: - Comparing

    /// The first page that differs outside of the rectangles; nil where none does.
    static func difference(
        _ signed: [Picture],
        _ now: [Picture],
        _ range: Range<Int>,
        _ rectangles: [RevisionDrawing.Rectangle]
    ) -> Int? {
        for index in 0..<max(signed.count, now.count) {
            let page = range.lowerBound + index
            guard index < signed.count, index < now.count else { return page }
            let (left, right) = (signed[index], now[index])
            guard left != right else { continue }
            guard left.width == right.width, left.height == right.height else { return page }
            if differs(left, right, rectangles.filter { $0.page == page }) { return page }
        }
        return nil
    }

    private static func differs(_ left: Picture, _ right: Picture, _ free: [RevisionDrawing.Rectangle]) -> Bool {
        // Two pixels more on each side: edges are smoothed.
        let boxes = free.map { item in
            (
                columns: span(item.left, item.right, left.width),
                rows: span(item.top, item.bottom, left.height),
                mayCoverNothing: item.mayCoverNothing
            )
        }
        for row in 0..<left.height {
            let over = boxes.filter { $0.rows.contains(row) }
            let (first, second) = (
                left.pixels.startIndex + row * left.width * 3, right.pixels.startIndex + row * left.width * 3
            )
            let length = left.width * 3
            if left.pixels[first..<first + length] == right.pixels[second..<second + length] { continue }
            for column in 0..<left.width {
                let here = over.filter { $0.columns.contains(column) }
                if here.contains(where: { !$0.mayCoverNothing }) { continue }
                for part in 0..<3 {
                    let before = Int(left.pixels[first + column * 3 + part])
                    if !here.isEmpty, before > 239 { continue }
                    if abs(before - Int(right.pixels[second + column * 3 + part])) > 16 { return true }
                }
            }
        }
        return false
    }

    private static func span(_ from: Double, _ to: Double, _ size: Int) -> Range<Int> {
        let low = min(max(from, -1), 2) * Double(size)
        let high = min(max(to, -1), 2) * Double(size)
        return Int(low.rounded(.down)) - 2..<max(Int(low.rounded(.down)) - 2, Int(high.rounded(.up)) + 2)
    }
}
