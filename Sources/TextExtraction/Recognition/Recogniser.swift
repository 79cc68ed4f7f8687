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

    /// From which mean confidence a page counts as upright without being asked.
    ///
    /// Seen on one page: 96 upright, 39 on its side. Not measured on many; a wrong guess costs time, and no text.
    static let upright = 70.0
    /// From which of its own confidences tesseract's detection of the direction is believed.
    ///
    /// Seen on one page: 16, upright and on its side. Where it is less sure, the best of four is taken.
    static let sureOfDirection = 2.0

    let limits: ReadingLimits
    let programs: ReadingPrograms

    /// What recognition came to.
    enum Result {
        /// The words of the page, and the turn by which they stand upright.
        case table(TesseractTable, turn: Int)
        /// Why there are none.
        case failure(BoundedOutcome)
    }

    /// Recognises one page, upright: a page that reads well is, any other is looked at from more sides.
    ///
    /// - Parameters:
    ///   - picture: the page.
    ///   - dpi: its pixels an inch.
    ///   - mayLie: whether it may lie on a side or on its head.
    /// - Returns: the words, or why there are none.
    /// - Throws: `BoundedProcessError` where the program cannot be run; `CancellationError`.
    func recognise(_ picture: GreyPicture, dpi: Int, mayLie: Bool = true) throws -> Result {
        var picture = picture
        var best: TesseractTable
        switch try recogniseAsItIs(picture, dpi: dpi) {
        case .failure(let outcome): return .failure(outcome)
        case .table(let table, _): best = table
        }
        if isGood(best) { return .table(best, turn: 0) }
        if picture.isMostlyDark {
            let inverted = picture.inverted()
            if case .table(let table, _) = try recogniseAsItIs(inverted, dpi: dpi), table.weight > best.weight {
                (picture, best) = (inverted, table)
            }
            if isGood(best) { return .table(best, turn: 0) }
        }
        guard mayLie, picture.levels != nil else { return .table(best, turn: 0) }
        var turn = 0
        let direction = try direction(of: picture, dpi: dpi)
        if direction == 0 { return .table(best, turn: 0) }
        for degrees in direction.map({ [$0] }) ?? PageReading.turns {
            let turned = picture.turned(by: degrees)
            guard case .table(let table, _) = try recogniseAsItIs(turned, dpi: dpi) else { continue }
            // Junk is much alike from all sides, and no reason to turn a page.
            if table.weight > best.weight * 1.2 + 500 { (best, turn) = (table, degrees) }
        }
        return .table(best, turn: turn)
    }

    private func isGood(_ table: TesseractTable) -> Bool {
        guard let confidence = table.confidence else { return false }
        return confidence >= Self.upright && !table.sure.isEmpty
    }

    /// By how many degrees clockwise tesseract would turn the page; nil where it cannot tell.
    private func direction(of picture: GreyPicture, dpi: Int) throws -> Int? {
        let outcome = try run(["--psm", "0"], picture, dpi: dpi)
        guard outcome.isSuccess else { return nil }
        return Self.direction(in: outcome.output)
    }

    /// Takes what tesseract prints of a page's direction apart.
    static func direction(in output: [UInt8]) -> Int? {
        var values: [String: Double] = [:]
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            values[String(parts[0])] = Double(parts[1].drop { $0 == " " })
        }
        guard let turn = values["Rotate"], let sure = values["Orientation confidence"], sure >= sureOfDirection,
            let degrees = Int(exactly: turn), degrees == 0 || PageReading.turns.contains(degrees)
        else {
            return nil
        }
        return degrees
    }

    private func run(_ words: [String], _ picture: GreyPicture, dpi: Int) throws -> BoundedOutcome {
        let program = try ProgramFinder.require("tesseract", debianPackage: Self.debianPackages.joined(separator: " "))
        let command = BoundedCommand(
            program,
            (["stdin", "stdout", "--dpi", String(max(70, min(dpi, 2400)))] + words).map { .text($0) },
            standardInput: picture.pgm,
            // One thread a page is four times as fast as its default of one a core.
            environment: ["OMP_THREAD_LIMIT": "1"]
        )
        return try programs.run(command, limits.recognition)
    }

    private func recogniseAsItIs(_ picture: GreyPicture, dpi: Int) throws -> Result {
        var prepared = picture
        prepared.prepare(dpi: dpi)
        let words = ["-l", Self.language, "--psm", String(Self.segmentation), "-c", "tessedit_create_tsv=1"]
        let outcome = try run(words, prepared, dpi: dpi)
        guard outcome.isSuccess else {
            if outcome.complaint?.contains("Error opening data file") == true {
                throw BoundedProcessError.missing("\(Self.language).traineddata", debianPackage: Self.debianPackages[1])
            }
            return .failure(outcome)
        }
        return .table(TesseractTable(outcome.output), turn: 0)
    }
}
