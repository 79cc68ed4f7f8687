import BoundedProcess
import SystemPackage

/// What a PDF says of itself, and its text and pages as pictures, through poppler-utils, bounded.
///
/// <https://poppler.freedesktop.org>. Its programs print for people: what a document's own words could forge is not
/// believed (a title may hold line ends).
struct PDFTools: Sendable {
    /// The Debian package that has the programs.
    static let debianPackage = "poppler-utils"

    /// What a PDF says of itself.
    struct Facts {
        var pages: Int
        var isEncrypted: Bool
        /// Whether its pages are a form that only few programs show (XFA).
        var isXFA = false
        /// By page number, from 1, as the page is shown: turned where it says so.
        var sizes: [Int: PageSize]
    }

    /// Why there are no facts.
    enum Refusal: Error {
        /// A password is needed.
        case encrypted
        /// In poppler's words, or what the program ran into.
        case damaged(String)
        /// The file's budget is spent.
        case overBudget
    }

    private let limits: ReadingLimits
    private let programs: ReadingPrograms

    init(limits: ReadingLimits, programs: ReadingPrograms) {
        self.limits = limits
        self.programs = programs
    }

    private func run(_ name: String, _ words: [BoundedCommand.Word], _ path: FilePath, _ limits: ProcessLimits) throws
        -> BoundedOutcome
    {
        let program = try ProgramFinder.require(name, debianPackage: Self.debianPackage)
        return try programs.run(BoundedCommand(program, words, inputs: [path]), limits)
    }

    // MARK: - Facts

    /// Reads what the document says of itself.
    ///
    /// - Throws: `Refusal`; `BoundedProcessError` where the program cannot be run.
    func facts(_ path: FilePath) throws -> Facts {
        let words: [BoundedCommand.Word] = [
            .text("-enc"), .text("UTF-8"), .text("-f"), .text("1"), .text("-l"), .text(String(limits.pages)), .input(0),
        ]
        let outcome = try run("pdfinfo", words, path, limits.text)
        guard outcome.isSuccess else {
            if outcome.ending == .overBudget { throw Refusal.overBudget }
            let complaint = outcome.complaint ?? ""
            if complaint.contains("Incorrect password") { throw Refusal.encrypted }
            throw Refusal.damaged(outcome.reason)
        }
        guard let facts = Self.facts(in: outcome.output) else { throw Refusal.damaged("it says nothing of its pages") }
        return facts
    }

    /// Takes what `pdfinfo` prints apart; document words come first, and the last line of a kind is poppler's own.
    static func facts(in output: [UInt8]) -> Facts? {
        let lines = output.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        guard let index = lines.lastIndex(where: { $0.hasPrefix("Pages:") }),
            let pages = Int(lines[index].dropFirst(6).filter { $0 != " " }), pages >= 0
        else {
            return nil
        }
        var facts = Facts(pages: pages, isEncrypted: false, sizes: [:])
        facts.isXFA = lines[..<index].last { $0.hasPrefix("Form:") }?.contains("XFA") == true
        for line in lines[index...] {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            if line.hasPrefix("Encrypted:") { facts.isEncrypted = words.count > 1 && words[1] == "yes" }
            guard words.count >= 4, words[0] == "Page", let page = Int(words[1]) else { continue }
            if words[2] == "size:", words.count >= 6, let width = Double(words[3]), let height = Double(words[5]) {
                facts.sizes[page] = PageSize(width: width, height: height)
            } else if words[2] == "rot:", let turn = Int(words[3]), turn % 180 != 0, let size = facts.sizes[page] {
                facts.sizes[page] = PageSize(width: size.height, height: size.width)
            }
        }
        return facts
    }

    // MARK: - Text

    /// The text layer, page by page.
    ///
    /// - Returns: as many texts as there are pages to read, nil for a page whose text could not be had; and what the
    ///   program complained of though it ended as if all were well.
    func texts(_ path: FilePath, pages: Int) throws -> (texts: [String?], complaint: String?) {
        let outcome = try run("pdftotext", textWords(from: 1, to: pages), path, limits.text)
        let complaint = outcome.isSuccess ? ProgramComplaints.poppler(outcome.errors) : nil
        if outcome.isSuccess {
            // A form feed behind each page. Text may hold one itself: then each page is asked for alone.
            let parts = outcome.output.split(separator: 0x0C, omittingEmptySubsequences: false)
            if parts.count == pages + 1, parts[pages].isEmpty {
                return (parts.dropLast().map { Self.cleaned($0) }, complaint)
            }
        }
        // The same again would take as long and come to the same.
        if outcome.isLimit, pages == 1 { return ([nil], complaint) }
        var texts: [String?] = []
        let end = ContinuousClock.now + limits.text.wall
        for page in 1...max(1, pages) {
            // One page that never ends may not take the time of all others many times over.
            guard ContinuousClock.now < end, programs.budget.cut == nil else {
                texts.append(contentsOf: repeatElement(nil, count: pages - texts.count))
                break
            }
            var alone = limits.text
            alone.wall = min(alone.wall, .seconds(10))
            let one = try run("pdftotext", textWords(from: page, to: page), path, alone)
            texts.append(one.isSuccess ? Self.cleaned(one.output[...]) : nil)
        }
        return (texts, complaint)
    }

    /// The texts with words whole that were set letter by letter; where no page has such, no program is started.
    func joined(_ path: FilePath, _ texts: [String?]) throws -> [String?] {
        let suspects = texts.indices.filter { texts[$0].map(LetterSpacing.isSuspect) ?? false }
        guard let first = suspects.first, let last = suspects.last, programs.budget.cut == nil else { return texts }
        let words: [BoundedCommand.Word] = [
            .text("-bbox"), .text("-enc"), .text("UTF-8"), .text("-f"), .text(String(first + 1)), .text("-l"),
            .text(String(last + 1)), .input(0), .text("-"),
        ]
        let outcome = try run("pdftotext", words, path, limits.text)
        let pages = LetterSpacing.pages(in: outcome.output)
        guard outcome.isSuccess, pages.count == last - first + 1 else { return texts }
        var joined = texts
        for index in suspects {
            joined[index] = texts[index].map { LetterSpacing(pages[index - first]).joined($0) }
        }
        return joined
    }

    /// How much of what is black on a page lies where its text layer has words; nil where it could not be measured.
    func cover(_ path: FilePath, page: Int, size: PageSize?) throws -> InkCover? {
        let words: [BoundedCommand.Word] = [
            .text("-bbox"), .text("-enc"), .text("UTF-8"), .text("-f"), .text(String(page)), .text("-l"),
            .text(String(page)), .input(0), .text("-"),
        ]
        let boxes = try run("pdftotext", words, path, limits.text)
        guard boxes.isSuccess else { return nil }
        let (outcome, dpi) = try grey(path, page: page, size: size, dpi: InkCover.resolution)
        guard outcome.isSuccess, dpi == InkCover.resolution, let picture = GreyPicture(pgm: outcome.output) else {
            return nil
        }
        return InkCover(picture, words: InkCover.boxes(in: boxes.output))
    }

    private func textWords(from first: Int, to last: Int) -> [BoundedCommand.Word] {
        [
            .text("-enc"), .text("UTF-8"), .text("-eol"), .text("unix"), .text("-f"), .text(String(first)), .text("-l"),
            .text(String(last)), .input(0), .text("-"),
        ]
    }

    private static func cleaned(_ bytes: ArraySlice<UInt8>) -> String {
        var text = bytes.map { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 || $0 == 0x7F ? 0x20 : $0 }
        while let last = text.last, last == 0x0A || last == 0x20 { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }

    // MARK: - Pictures

    /// The largest picture of each page, and how much of the page all of them cover (0 to 1): a scan may be in strips.
    func pictures(_ path: FilePath, sizes: [Int: PageSize], pages: Int) throws -> [Int: (PagePicture, coverage: Double)]
    {
        let words: [BoundedCommand.Word] = [.text("-list"), .text("-l"), .text(String(pages)), .input(0)]
        let outcome = try run("pdfimages", words, path, limits.text)
        return Self.pictures(in: outcome.output, sizes: sizes)
    }

    /// Takes the list that `pdfimages` prints apart: numbers and keywords only, nothing of the document's own words.
    static func pictures(in output: [UInt8], sizes: [Int: PageSize]) -> [Int: (PagePicture, coverage: Double)] {
        var found: [Int: (PagePicture, coverage: Double)] = [:]
        var largest: [Int: Double] = [:]
        for line in output.split(separator: 0x0A).dropFirst(2) {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: true)
            guard words.count >= 13, let page = Int(words[0]), ["image", "stencil"].contains(words[2]),
                let width = Int(words[3]), let height = Int(words[4]), let components = Int(words[6]),
                let bits = Int(words[7])
            else {
                continue
            }
            // The object is two numbers, or one word for a picture inside the page's own content.
            let place = words[10] == "[inline]" ? 11 : 12
            guard words.count > place + 1, let across = Int(words[place]), let down = Int(words[place + 1]) else {
                continue
            }
            let isBilevel = bits == 1 && components == 1 || words[2] == "stencil"
            let picture = PagePicture(
                width: width,
                height: height,
                horizontalDPI: across > 0 ? across : nil,
                verticalDPI: down > 0 ? down : nil,
                colour: isBilevel ? .bilevel : components == 1 && words[5] != "index" ? .grey : .colour,
                bits: bits
            )
            var area = 0.0
            if let size = sizes[page], across > 0, down > 0, size.width > 0, size.height > 0 {
                let points = Double(width) / Double(across) * 72 * (Double(height) / Double(down) * 72)
                area = min(1, points / (size.width * size.height))
            }
            let shown = area >= largest[page] ?? -1 ? picture : found[page]?.0 ?? picture
            largest[page] = max(area, largest[page] ?? 0)
            found[page] = (shown, min(1, area + (found[page]?.coverage ?? 0)))
        }
        return found
    }

    /// A page as a picture in shades of grey.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - page: the page's number, from 1.
    ///   - size: the page's size; A4 where it is not known.
    ///   - dpi: pixels an inch; fewer where the page would have more pixels than it may.
    /// - Returns: what `pdftoppm` made of it, a PGM, and the resolution that it has.
    /// - Throws: `BoundedProcessError` where the program cannot be run; `CancellationError`.
    func grey(_ path: FilePath, page: Int, size: PageSize?, dpi: Int) throws -> (outcome: BoundedOutcome, dpi: Int) {
        let used = resolution(size, dpi)
        let words: [BoundedCommand.Word] = [
            .text("-gray"), .text("-r"), .text(String(used)), .text("-f"), .text(String(page)), .text("-l"),
            .text(String(page)), .input(0),
        ]
        return (try run("pdftoppm", words, path, limits.picture), used)
    }

    /// A page as a PNG.
    func png(_ path: FilePath, page: Int, size: PageSize?, dpi: Int) throws -> BoundedOutcome {
        let words: [BoundedCommand.Word] = [
            .text("-png"), .text("-r"), .text(String(resolution(size, dpi))), .text("-f"), .text(String(page)),
            .text("-l"), .text(String(page)), .input(0),
        ]
        return try run("pdftoppm", words, path, limits.picture)
    }

    private func resolution(_ size: PageSize?, _ dpi: Int) -> Int {
        guard let size, size.width > 0, size.height > 0 else { return dpi }
        let inches = size.width / 72 * (size.height / 72)
        let most = (Double(limits.pixels) / max(inches, 1e-6)).squareRoot()
        return max(10, min(dpi, most.isFinite ? Int(min(most, 10_000)) : dpi))
    }
}

extension BoundedOutcome {
    /// Why a program gave no answer, in words.
    var reason: String {
        switch ending {
        case .exited: complaint ?? "the program that reads it gives up and does not say why"
        case .signalled(31): "the program that reads it was ended: it asked the system for what no reader needs"
        case .signalled(let number): "the program that reads it crashed (signal \(number))"
        case .wallTime, .cpuTime: "it takes longer than it may"
        case .overBudget: "all that a file may take is used up"
        case .tooMuchOutput: "it gives more than it may"
        case .interrupted: "reading was stopped"
        }
    }

    /// Whether it ran into a limit.
    var isLimit: Bool { [.wallTime, .cpuTime, .tooMuchOutput, .overBudget].contains(ending) }
}
