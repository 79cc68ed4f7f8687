import BoundedProcess
import SystemPackage

/// The text of documents of office programs before 2007, through catdoc and xls2csv, bounded
/// (<https://www.wagner.pp.ru/~vitus/software/catdoc/>).
struct Catdoc {
    /// The Debian package that has both.
    static let debianPackage = "catdoc"

    let limits: ReadingLimits
    let programs: ReadingPrograms

    /// Reads a document, or a workbook whose sheets are pages.
    ///
    /// - Returns: the pages, or why there are none.
    /// - Throws: `BoundedProcessError` where the program cannot be run; `CancellationError`.
    func read(_ path: FilePath, _ format: DocumentFormat) throws -> (pages: [PageReading], refusal: BoundedOutcome?) {
        let isText = format == .doc
        let program = try ProgramFinder.require(isText ? "catdoc" : "xls2csv", debianPackage: Self.debianPackage)
        // A form feed between sheets, a tab between cells.
        let words: [BoundedCommand.Word] =
            isText
            ? [.text("-w"), .text("-d"), .text("utf-8"), .input(0)]
            : [
                .text("-d"), .text("utf-8"), .text("-c"), .text("\t"), .text("-b"), .text("\u{0C}"), .text("-q"),
                .text("0"), .input(0),
            ]
        let outcome = try programs.run(BoundedCommand(program, words, inputs: [path]), limits.text)
        guard outcome.isSuccess else { return ([], outcome) }
        var pages: [PageReading] = []
        for part in outcome.output.split(separator: 0x0C, omittingEmptySubsequences: false).prefix(limits.pages) {
            var builder = TextBuilder(limit: limits.pageText)
            for line in part.split(separator: 0x0A) {
                for (index, cell) in line.split(separator: 0x09, omittingEmptySubsequences: false).enumerated() {
                    if index > 0 { builder.addTab() }
                    builder.append(cell)
                }
                builder.endLine()
            }
            if builder.isEmpty, !pages.isEmpty { continue }
            pages.append(builder.page(pages.count + 1))
        }
        return (pages, nil)
    }
}
