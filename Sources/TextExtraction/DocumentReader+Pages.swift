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
            opened.tellInside(isXFA: facts.isXFA)
            let count = min(facts.pages, limits.pages)
            if count < facts.pages {
                opened.reading.findings.append(.limit("it has \(facts.pages) pages, of which \(count) were looked at"))
            }
            let (stored, complaint) = try pdf.texts(file, pages: count)
            let texts = try pdf.joined(file, stored)
            if let complaint { opened.reading.findings.append(.complaint(complaint, page: count == 1 ? 1 : nil)) }
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

    /// How much of a page a picture covers at least to have a page's text in it: a letterhead's arms have a fortieth.
    private static let largePicture = 0.08

    /// Whether a page has to be looked at: nothing speaks for its text, or something against it.
    private func needsRecognition(_ page: PageReading, _ coverage: Double) -> Bool {
        let letters = Self.letters(page.text)
        return letters < Self.fewLetters || coverage >= Self.largePicture || LayerTrust.isUnlike(page.text)
    }

    /// Whether a page's own text says what the page shows, so that it need not be recognised.
    ///
    /// Costs two programs where the words cannot tell, and none on most pages.
    private func isTrusted(_ page: PageReading, _ opened: OpenedDocument) throws -> Bool {
        guard opened.reading.format.format == .pdf else { return false }
        let letters = Self.letters(page.text)
        let coverage = opened.coverage[page.number] ?? 0
        if letters == 0 || LayerTrust.isUnlike(page.text) { return false }
        if letters < Self.fewLetters, coverage >= Self.mostOfPage { return false }
        let pdf = PDFTools(limits: limits, programs: opened.programs)
        guard let cover = try pdf.cover(opened.request.file, page: page.number, size: page.size) else {
            // It cannot be drawn: recognition says why.
            return false
        }
        return !cover.leavesOut
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
            if try isTrusted(page, opened) { return page }
            switch try picture(of: page, opened) {
            case .failure(let failure):
                page.findings.append(failure.finding)
                return page
            case .success(let drawn):
                page.findings += drawn.findings
                let recogniser = Recogniser(limits: limits, programs: opened.programs)
                switch try recogniser.recognise(drawn.picture, dpi: drawn.dpi, mayLie: mayLie(page)) {
                case .failure(let outcome):
                    page.findings.append(Self.unreadable(page.number, outcome))
                    return page
                case .table(let table, let turn):
                    if page.part == nil || isText(table) {
                        if turn != 0 { page.turn = turn }
                        take(table, into: &page)
                    }
                }
            }
        } catch let error as BoundedProcessError where error.code == .missing {
            page.findings.append(.missing(error, page: page.number))
            return page
        }
        try store?.keep(page)
        return page
    }

    /// From which part of the layer's words that are seen in the picture the layer is right after all.
    private static let agrees = 0.6
    /// How many words a picture has to show that the layer lacks to be kept beside it.
    private static let fewWords = 3

    /// Takes the recognised words; a page's own text is never replaced by them: both stand, the better one first.
    private func take(_ table: TesseractTable, into page: inout PageReading) {
        let layer = page.text
        guard page.source == .text, !layer.isEmpty else {
            page.text = table.text
            page.source = .recognised
            (page.confidence, page.words, page.doubtfulWords) = (table.confidence, table.words, table.doubtful)
            return
        }
        let isUnlike = LayerTrust.isUnlike(layer)
        let (own, seen) = (LayerTrust.words(layer), LayerTrust.words(table.sure.joined(separator: " ")))
        let agreement = LayerTrust.agreement(of: own, with: table.text)
        // Words that are none may be names, codes or another language: then the picture shows the same.
        let isWrong = (isUnlike || seen.count >= 10) && (agreement ?? 1) < Self.agrees
        if seen.subtracting(own).count < Self.fewWords {
            if isUnlike, (agreement ?? 0) < Self.agrees {
                page.findings.append(.layerDistrusted("its words are none", page: page.number))
            }
            return
        }
        (page.confidence, page.words, page.doubtfulWords) = (table.confidence, table.words, table.doubtful)
        page.source = .mixed
        let parts: [(TextSpan.Kind, String)] =
            isWrong && isUnlike
            ? [(.recognised, table.text), (.layer, layer)] : [(.layer, layer), (.recognised, table.text)]
        page.text = parts.map(\.1).joined(separator: "\n\n")
        let middle = parts[0].1.utf8.count
        page.spans = [
            TextSpan(parts[0].0, start: 0, end: middle),
            TextSpan(parts[1].0, start: middle + 2, end: page.text.utf8.count),
        ]
        if isWrong {
            let share = Int(((agreement ?? 0) * 100).rounded())
            let reason =
                isUnlike ? "its words are none of Indonesian or English" : "\(share) of 100 of its words are seen there"
            page.findings.append(.layerDistrusted(reason, page: page.number))
        }
    }

    /// A page's picture to recognise.
    private struct Drawn {
        var picture: GreyPicture
        var dpi: Int
        var findings: [ReadingFinding] = []
    }

    private func picture(of page: PageReading, _ opened: OpenedDocument) throws -> Result<Drawn, PageFailure> {
        let outcome: BoundedOutcome
        var dpi = Recogniser.resolution
        let isPDF = opened.reading.format.format == .pdf
        if isPDF {
            let pdf = PDFTools(limits: limits, programs: opened.programs)
            (outcome, dpi) = try pdf.grey(opened.request.file, page: page.number, size: page.size, dpi: dpi)
        } else {
            let scale =
                page.picture.map { page.part == nil ? $0.scale(to: dpi) : partScale($0) }
                ?? PictureScale(across: 100, down: 100, dpi: dpi)
            dpi = scale.dpi
            if let part = page.part {
                outcome = try drawPart(part, scale, opened)
            } else {
                outcome = try helper.run(
                    "grey",
                    opened.request.file,
                    [String(page.number), String(scale.across), String(scale.down), "0"],
                    limits: limits.picture(of: opened.reading.format.format),
                    by: opened.programs
                )
            }
        }
        guard outcome.isSuccess, let picture = GreyPicture(pgm: outcome.output) else {
            return .failure(PageFailure(finding: Self.unreadable(page.number, outcome)))
        }
        var drawn = Drawn(picture: picture, dpi: dpi)
        switch isPDF ? nil : ProgramComplaints.picture(outcome.errors) {
        case .cut(let words) where !page.findings.contains { $0.code == .damaged }:
            drawn.findings = [.damaged("a part of the page is not in it: \(words)", page: page.number)]
        case .doubt(let words): drawn.findings = [.complaint(words, page: page.number)]
        case .cut, nil: break
        }
        return .success(drawn)
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

extension ReadingFinding {
    /// Below how many pixels an inch a scan is warned of.
    static let leastDPI = 200

    /// A scan of few pixels.
    ///
    /// - Parameters:
    ///   - dpi: how many an inch.
    ///   - page: on which page.
    ///   - isGuessed: whether the file does not say it, and they are counted as if the paper were A4.
    /// - Returns: the finding.
    static func lowResolution(_ dpi: Int, page: Int, isGuessed: Bool = false) -> ReadingFinding {
        let said = isGuessed ? "the file does not say its resolution; on paper of A4 it" : "the scan"
        return ReadingFinding(
            .lowResolution,
            .warning,
            page: page,
            "\(said) has \(dpi) pixels an inch (dpi), fewer than \(leastDPI)",
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
