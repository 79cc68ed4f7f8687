package import BoundedProcess
import FileSafety
import Foundation
package import SystemPackage

/// One file to read.
package struct ReadingRequest: Sendable {
    /// The file; it is only read.
    package var file: FilePath
    /// The name that it came with, whose extension is compared with the content; bytes, perhaps with folders.
    package var name: [UInt8]
    /// The content's digest in hexadecimal, which the result is known by.
    package var digest: String
    /// The folder in which finished pages are kept until the whole is read; nil keeps none.
    ///
    /// It must belong to this content alone. Remove it when the result is kept.
    package var pages: FilePath?

    /// A request out of its parts.
    package init(file: FilePath, name: [UInt8], digest: String, pages: FilePath?) {
        self.file = file
        self.name = name
        self.digest = digest
        self.pages = pages
    }
}

/// Reads files: what they are, how many pages, and the text of each.
///
/// Whatever takes a file apart runs in `BoundedProcess`. A file that does harm, or is damaged, is a reading with findings
/// and no error: see `ReadingFinding`. Nothing is written but finished pages, where the request says.
///
/// For example, with the program's own helper and two pages at a time:
///
///     let reader = DocumentReader(helper: try HelperProgram.own())
///     try reader.read(requests) { index, result in … }
package struct DocumentReader: Sendable {
    /// Where the libraries run.
    package let helper: HelperProgram
    /// What reading may use.
    package let limits: ReadingLimits
    /// What all that is done with one file may use.
    package let budget: FileBudget.Limits
    /// How programs are kept apart.
    package let isolation: Isolation
    /// Asked several times a second whether to stop; finished pages are kept.
    package let isInterrupted: @Sendable () -> Bool

    /// A reader.
    package init(
        helper: HelperProgram,
        limits: ReadingLimits = ReadingLimits(),
        budget: FileBudget.Limits = FileBudget.Limits(),
        isolation: Isolation = .best,
        isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) {
        self.helper = helper
        self.limits = limits
        self.budget = budget
        self.isolation = isolation
        self.isInterrupted = isInterrupted
    }

    /// How the programs of one file are run.
    private func programs() -> ReadingPrograms {
        ReadingPrograms(budget: FileBudget(budget), isolation: isolation, isInterrupted: isInterrupted)
    }

    /// Reads one file, a page after the other.
    ///
    /// - Returns: all that was read.
    /// - Throws: `FileSafetyError` where the file cannot be opened or a page cannot be kept; `BoundedProcessError` where
    ///   the helper cannot be started; `CancellationError`.
    package func read(_ request: ReadingRequest) throws -> DocumentReading { try read(request, nil) }

    /// Reads one file; where it is attached to another, out of that one's budget.
    func read(_ request: ReadingRequest, _ nesting: Nesting?) throws -> DocumentReading {
        var opened = try open(request, nesting)
        for index in opened.waiting { opened.reading.pages[index] = try recognise(index, of: opened) }
        return opened.finished()
    }

    // MARK: - Opening

    /// Reads all of a file that needs no recognition, and says which pages do.
    func open(_ request: ReadingRequest, _ nesting: Nesting? = nil) throws -> OpenedDocument {
        // Said by name before a program complains of it in its own words.
        _ = try OpenFile.reading(request.file).status()
        let nesting = nesting ?? Nesting(programs: programs(), depth: 0, left: Nesting.Counter(Nesting.most))
        let programs = nesting.programs
        let inspection = try inspect(request.file, programs)
        var format = inspection.format
        format.compare(with: request.name)
        // What is in an encrypted container nobody can see: the name may well be right.
        if inspection.isEncrypted || inspection.isUntold, format.format == nil { format.agrees = nil }
        var reading = DocumentReading(digest: request.digest, format: format, isolation: isolation)
        reading.isEncrypted = inspection.isEncrypted
        reading.findings = inspection.findings
        reading.pages = inspection.pages
        reading.pageCount = inspection.pageCount
        if format.agrees == false {
            let message = "the name ends with '.\(format.claimed ?? "")', and the content is: \(format.name)"
            reading.findings.append(
                ReadingFinding(.extensionDiffers, .warning, message, remedy: "check that it is the file that was meant")
            )
        }
        var opened = OpenedDocument(request: request, programs: programs, reading: reading)
        opened.inside = inspection.inside
        if reading.isEncrypted {
            opened.reading.findings.append(.encrypted)
            return opened
        }
        switch format.format {
        case .pdf:
            try openPDF(&opened)
            try readParts(of: &opened, nesting)
        case .tiff, .jpeg, .png, .gif, .bmp, .jp2, .webp, .heif: openPictures(&opened)
        case .docx, .xlsx, .odt, .ods: openInnerPictures(&opened)
        case .doc, .xls, .html, .rtf, .mhtml, .spreadsheetML, .wordML, .txt: break
        case nil:
            // A warning, such as that the name says something else, is not yet that it was not read.
            if opened.reading.findings.allSatisfy({ $0.severity != .fault }), !inspection.isUntold {
                opened.reading.findings.append(
                    ReadingFinding(
                        .unknownFormat,
                        .fault,
                        "the content is none of the formats that are read: \(format.name)",
                        remedy: "it is kept all the same; describe it well, since its text cannot be found"
                    )
                )
            }
        }
        return opened
    }

    private func inspect(_ file: FilePath, _ programs: ReadingPrograms) throws -> Inspection {
        func ask(
            _ verb: String,
            _ words: [String],
            _ limits: ProcessLimits,
            _ programs: ReadingPrograms
        ) throws -> (Inspection?, BoundedOutcome) {
            let outcome = try helper.run(verb, file, words, limits: limits, by: programs)
            guard outcome.isSuccess else { return (nil, outcome) }
            return (try? JSONDecoder().decode(Inspection.self, from: Data(outcome.output)), outcome)
        }
        let (inspection, outcome) = try ask(
            "inspect",
            [String(limits.pages), String(limits.pageText)],
            limits.document,
            programs
        )
        if let inspection { return inspection }
        // Looking closer ended badly: what it is can mostly be told all the same, with a few seconds of its own.
        let unknown = IdentifiedFormat(format: nil, mediaType: "application/octet-stream", name: "unknown")
        let (told, _) = try ask("identify", [], limits.identity, self.programs())
        var identity = told ?? Inspection(format: unknown)
        identity.isUntold = told == nil
        if outcome.ending != .overBudget {
            identity.findings.append(outcome.isLimit ? .limit(outcome.reason) : .damaged(outcome.reason))
        }
        return identity
    }

    private func openPictures(_ opened: inout OpenedDocument) {
        for index in opened.reading.pages.indices {
            guard let picture = opened.reading.pages[index].picture else { continue }
            let page = opened.reading.pages[index].number
            if let dpi = picture.lowest(or: nil) {
                if dpi < ReadingFinding.leastDPI {
                    opened.reading.pages[index].findings.append(.lowResolution(dpi, page: page))
                }
            } else if let dpi = picture.guessedDPI, dpi < ReadingFinding.leastDPI {
                opened.reading.pages[index].findings.append(.lowResolution(dpi, page: page, isGuessed: true))
            }
            let (count, overflow) = picture.width.multipliedReportingOverflow(by: picture.height)
            if overflow || count > limits.pixels {
                let size = "\(picture.width) by \(picture.height) pixels"
                opened.reading.pages[index].findings.append(.limit("the page has \(size)", page: page))
            } else {
                opened.waiting.append(index)
            }
        }
    }

    // MARK: - A page as a picture

    /// A page as a PNG, for a person to look at.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - page: the page's number, from 1.
    ///   - format: what the file is: a PDF or a picture.
    ///   - dpi: pixels an inch of a PDF's page; a picture comes in the pixels that it has, squared where they are not.
    ///   - known: what was read of the page, which says how it is turned to stand upright.
    /// - Returns: the PNG, or why there is none, in words.
    /// - Throws: `BoundedProcessError` where a program cannot be run; `CancellationError`.
    package func png(
        of file: FilePath,
        page: Int,
        format: DocumentFormat,
        dpi: Int,
        known: PageReading? = nil
    ) throws -> Result<[UInt8], PageImageError> {
        // A picture inside of an office file can be drawn again; what is attached to a PDF has no picture here.
        if let part = known?.part, known?.picture == nil || format == .pdf {
            let reason = "it belongs to '\(part)', a part of the file that has no picture here"
            return .failure(PageImageError(reason: reason))
        }
        var outcome: BoundedOutcome
        let programs = programs()
        let turn = known?.turn ?? 0
        let pdf = PDFTools(limits: limits, programs: programs)
        switch format {
        case .pdf:
            outcome = try pdf.png(file, page: page, size: try? pdf.facts(file).sizes[page], dpi: dpi)
            if turn != 0, outcome.isSuccess {
                outcome = try helper.turn(outcome.output, by: turn, limits: limits.picture, by: programs)
            }
        case .tiff, .jpeg, .png, .gif, .bmp, .jp2, .webp, .heif:
            let scale = known?.picture?.shownScale ?? PictureScale(across: 100, down: 100, dpi: 0)
            outcome = try helper.run(
                "png",
                file,
                [String(page), String(scale.across), String(scale.down), String(turn)],
                limits: limits.picture(of: format),
                by: programs
            )
        case .docx, .xlsx, .odt, .ods:
            guard let part = known?.part, known?.picture != nil else {
                return .failure(PageImageError(reason: "a file of this format has no pages that are pictures"))
            }
            let words = [part, "png", "100", "100", String(turn)]
            outcome = try helper.run("part", file, words, limits: limits.picture, by: programs)
        default: return .failure(PageImageError(reason: "a file of this format has no pages that are pictures"))
        }
        guard outcome.isSuccess, outcome.output.starts(with: [0x89, 0x50, 0x4E, 0x47]) else {
            return .failure(PageImageError(reason: outcome.reason))
        }
        return .success(outcome.output)
    }
}

/// Why a page cannot be shown as a picture.
package struct PageImageError: Error, Hashable, Sendable {
    /// In words, without a full stop.
    package let reason: String
}

/// A file that was opened: what was read so far, and which pages wait for recognition.
struct OpenedDocument: Sendable {
    let request: ReadingRequest
    /// How its programs are run.
    let programs: ReadingPrograms
    var reading: DocumentReading
    /// Places in `reading.pages`, in their order.
    var waiting: [Int] = []
    /// What a PDF has beside its pages; nil where nobody could look.
    var inside: PDFInside?
    /// The pages of files that are attached.
    var parts: [PageReading] = []
    /// How much of a PDF's page its pictures cover, by page number.
    var coverage: [Int: Double] = [:]

    /// The reading, with what is told of the whole.
    func finished() -> DocumentReading {
        var reading = reading
        for index in reading.pages.indices where reading.pages[index].isPoor {
            let page = reading.pages[index]
            let message = "the text was recognised with a confidence of \(page.confidence ?? 0) of 100"
            reading.pages[index].findings.append(
                ReadingFinding(
                    .poorText,
                    .doubt,
                    page: page.number,
                    message,
                    remedy: "look at the picture of the page"
                )
            )
        }
        reading.dropPicturesWithoutText()
        reading = withInside(reading)
        reading.tellReach(programs.budget.cut)
        reading.settleStates()
        return reading
    }
}
