import BoundedProcess
import FileSafety
import Foundation
import SystemPackage

extension DocumentReader {
    /// A page with fewer letters and digits than this, and a picture that covers most of it, is a scan: what text it has
    /// was put on it by a program for signing or stamping.
    private static let fewLetters = 400
    /// How much of a page a scan covers.
    private static let mostOfPage = 0.6

    // MARK: - PDF

    /// Reads a PDF's facts, its text layer, and what pictures its pages are.
    func openPDF(_ opened: inout OpenedDocument) throws {
        let file = opened.request.file
        let pdf = PDFTools(limits: limits, programs: opened.programs)
        do {
            let facts = try pdf.facts(file)
            opened.reading.pageCount = facts.pages
            opened.reading.isEncrypted = facts.isEncrypted
            guard facts.pages > 0 else {
                opened.reading.findings.append(.damaged("it has no pages"))
                return
            }
            let count = min(facts.pages, limits.pages)
            if count < facts.pages {
                opened.reading.findings.append(.limit("it has \(facts.pages) pages, of which \(count) were looked at"))
            }
            let texts = try pdf.texts(file, pages: count)
            // What drew no text in its time would draw no picture in the same.
            let isStuck = texts.allSatisfy { $0 == nil }
            let pictures = isStuck ? [:] : try pdf.pictures(file, sizes: facts.sizes, pages: count)
            for number in 1...count {
                var page = PageReading(number: number)
                page.size = facts.sizes[number]
                let text = texts.indices.contains(number - 1) ? texts[number - 1] : nil
                if let text, !text.isEmpty { (page.text, page.source) = (text, .text) }
                if let (picture, coverage) = pictures[number] {
                    page.picture = picture
                    opened.coverage[number] = coverage
                    if coverage >= Self.mostOfPage, let dpi = picture.lowest(or: nil), dpi < ReadingFinding.leastDPI {
                        page.findings.append(.lowResolution(dpi, page: number))
                    }
                }
                opened.reading.pages.append(page)
                if needsRecognition(page, opened.coverage[number] ?? 0) { opened.waiting.append(number - 1) }
            }
        } catch let error as BoundedProcessError where error.code == .missing {
            opened.reading.findings.append(.missing(error))
        } catch PDFTools.Refusal.encrypted {
            opened.reading.isEncrypted = true
            opened.reading.findings.append(.encrypted)
        } catch PDFTools.Refusal.overBudget {
            // Told with what the file's budget did not reach.
        } catch PDFTools.Refusal.damaged(let reason) {
            opened.reading.findings.append(.damaged(reason))
        }
    }

    private func needsRecognition(_ page: PageReading, _ coverage: Double) -> Bool {
        let letters = Self.letters(page.text)
        return letters == 0 || coverage >= Self.mostOfPage && letters < Self.fewLetters
    }

    private static func letters(_ text: String) -> Int {
        text.unicodeScalars.count { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }

    // MARK: - Recognition

    /// Recognises one page, or takes the page that was kept.
    ///
    /// What goes wrong with the page is a finding on it.
    ///
    /// - Throws: `FileSafetyError` where the page cannot be kept; `BoundedProcessError`; `CancellationError`.
    func recognise(_ index: Int, of opened: OpenedDocument) throws -> PageReading {
        var page = opened.reading.pages[index]
        let store = opened.request.pages.map { PageStore(folder: $0) }
        if let kept = store?.page(page.number) { return kept }
        if opened.programs.budget.cut != nil {
            page.findings.append(.overBudget(page: page.number))
            return page
        }
        do {
            switch try picture(of: page, opened) {
            case .failure(let failure):
                page.findings.append(failure.finding)
                return page
            case .success(let (picture, dpi)):
                let recogniser = Recogniser(limits: limits, programs: opened.programs)
                switch try recogniser.recognise(picture, dpi: dpi) {
                case .failure(let outcome):
                    page.findings.append(Self.unreadable(page.number, outcome))
                    return page
                case .table(let table): take(table, into: &page)
                }
            }
        } catch let error as BoundedProcessError where error.code == .missing {
            page.findings.append(.missing(error, page: page.number))
            return page
        }
        try store?.keep(page)
        return page
    }

    /// Takes the recognised words, unless the page's own text says as much.
    private func take(_ table: TesseractTable, into page: inout PageReading) {
        if page.source == .text, Self.letters(table.text) * 10 < Self.letters(page.text) * 13 { return }
        page.text = table.text
        page.source = .recognised
        page.confidence = table.confidence
        page.words = table.words
        page.doubtfulWords = table.doubtful
    }

    private func picture(of page: PageReading, _ opened: OpenedDocument) throws -> Result<
        (GreyPicture, dpi: Int), PageFailure
    > {
        let outcome: BoundedOutcome
        var dpi = Recogniser.resolution
        if opened.reading.format.format == .pdf {
            let pdf = PDFTools(limits: limits, programs: opened.programs)
            (outcome, dpi) = try pdf.grey(opened.request.file, page: page.number, size: page.size, dpi: dpi)
        } else {
            // Brought to the resolution that recognition is best at, where it is far from it.
            let known = page.picture?.plausibleDPI ?? dpi
            let percent = max(10, min(800, (dpi * 100 + known / 2) / max(1, known)))
            let isClose = (75...133).contains(percent)
            if isClose { dpi = known }
            outcome = try helper.run(
                "grey",
                opened.request.file,
                [String(page.number), String(isClose ? 100 : percent)],
                limits: limits.picture,
                by: opened.programs
            )
        }
        guard outcome.isSuccess, let picture = GreyPicture(pgm: outcome.output) else {
            return .failure(PageFailure(finding: Self.unreadable(page.number, outcome)))
        }
        return .success((picture, dpi))
    }

    private static func unreadable(_ page: Int, _ outcome: BoundedOutcome) -> ReadingFinding {
        if outcome.ending == .overBudget { return .overBudget(page: page) }
        return ReadingFinding(
            outcome.isLimit ? .limit : .pageUnreadable,
            .fault,
            page: page,
            "the page could not be read: \(outcome.reason)",
            remedy: "look at the page itself, and scan it again where it cannot be seen"
        )
    }
}

/// A page that has no picture, as an error that carries the finding.
private struct PageFailure: Error {
    let finding: ReadingFinding
}

extension PagePicture {
    /// The lower of the two resolutions; another where the file says none.
    func lowest(or guess: Int?) -> Int? {
        switch (horizontalDPI, verticalDPI) {
        case (let across?, let down?): min(across, down)
        case (let one?, nil), (nil, let one?): one
        case (nil, nil): guess
        }
    }

    /// The resolution that it has if it is a page of A4, whose long side is 11.69 inches.
    var guessedDPI: Int? {
        let longest = max(width, height)
        return longest > 0 ? Int((Double(longest) / 11.69).rounded()) : nil
    }

    /// The resolution that the file says, unless the paper would be larger than A2 (23.4 inches): cameras write 72.
    var plausibleDPI: Int? {
        guard let known = lowest(or: nil), Double(max(width, height)) / Double(known) <= 23.4 else { return guessedDPI }
        return known
    }
}

extension ReadingFinding {
    /// Below how many pixels an inch a scan is warned of.
    static let leastDPI = 200

    /// A scan of few pixels.
    static func lowResolution(_ dpi: Int, page: Int) -> ReadingFinding {
        ReadingFinding(
            .lowResolution,
            .warning,
            page: page,
            "the scan has \(dpi) pixels an inch (dpi), fewer than \(leastDPI)",
            remedy: "scan the page again with 300 dpi while the paper is at hand"
        )
    }

    /// A file that needs a password.
    static let encrypted = ReadingFinding(
        .encrypted,
        .fault,
        "the file is encrypted, and cannot be read without its password",
        remedy: "ask for the file without a password; nobody may remember it in ten years"
    )

    /// A program that is not installed.
    static func missing(_ error: BoundedProcessError, page: Int? = nil) -> ReadingFinding {
        ReadingFinding(
            .programMissing,
            .fault,
            page: page,
            "the file was not read: '\(error.program)' cannot be run, since \(error.reason)",
            remedy: (error.remedy ?? "install it") + ", then read the file again"
        )
    }
}
