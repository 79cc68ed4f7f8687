import BoundedProcess
import SystemPackage

/// Recognises the text of a page's picture by tesseract (<https://github.com/tesseract-ocr/tesseract>), bounded.
struct Recogniser: Sendable {
    /// The Debian package that has the program, and the one that has the language.
    static let debianPackages = ["tesseract-ocr", "tesseract-ocr-ind"]
    /// The language: Indonesian, `ind` in tesseract's data.
    static let language = "ind"
    /// How the page is taken apart: as one block of text, line below line.
    ///
    /// Measured: see ARCHITECTURE.md, "How a page is read".
    static let segmentation = 6
    /// Pixels an inch of the pictures that are made for it.
    static let resolution = 300

    let limits: ReadingLimits
    let programs: ReadingPrograms

    /// What recognition came to.
    enum Result {
        /// The words of the page.
        case table(TesseractTable)
        /// Why there are none.
        case failure(BoundedOutcome)
    }

    /// Recognises one page.
    ///
    /// - Parameters:
    ///   - picture: the page.
    ///   - dpi: its pixels an inch.
    /// - Returns: the words, or why there are none.
    /// - Throws: `BoundedProcessError` where the program cannot be run; `CancellationError`.
    func recognise(_ picture: GreyPicture, dpi: Int) throws -> Result {
        let program = try ProgramFinder.require("tesseract", debianPackage: Self.debianPackages.joined(separator: " "))
        var prepared = picture
        prepared.prepare(dpi: dpi)
        let words = [
            "stdin", "stdout", "-l", Self.language, "--psm", String(Self.segmentation), "--dpi",
            String(max(70, min(dpi, 2400))), "-c", "tessedit_create_tsv=1",
        ]
        let command = BoundedCommand(
            program,
            words.map { .text($0) },
            standardInput: prepared.pgm,
            // One thread a page is four times as fast as its default of one a core.
            environment: ["OMP_THREAD_LIMIT": "1"]
        )
        let outcome = try programs.run(command, limits.recognition)
        guard outcome.isSuccess else {
            if outcome.complaint?.contains("Error opening data file") == true {
                throw BoundedProcessError.missing("\(Self.language).traineddata", debianPackage: Self.debianPackages[1])
            }
            return .failure(outcome)
        }
        return .table(TesseractTable(outcome.output))
    }
}
