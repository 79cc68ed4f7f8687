import Acts
import ArchiveHome
import ArgumentParser
import Catalogue
import Operations
import RecordsModel
import TextExtraction

struct TextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text",
        abstract: "Prints the text of a record's files.",
        discussion: """
            Pages are parted by a form feed. Corrections that were not accepted yet stand as {++inserted++} and \
            {--deleted--}, comments as {>>author: comment<<}. Where a page was recognised in a picture and is poor, it is said \
            on standard error: look at the picture with 'berkas page'.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("\(NamedRecord.help)", valueName: "id"))
    var record: NamedRecord

    @Option(help: ArgumentHelp("Only this page, from 1.", valueName: "number"))
    var page: Int?

    @Option(help: ArgumentHelp("Only the file of this name.", valueName: "name"))
    var file: String?

    func validate() throws {
        if let page, page < 1 { throw ValidationError("--page must be at least 1") }
    }

    func run() throws {
        let (reader, _) = try common.openReader()
        let named = try record.reference(reader.catalogue, common)
        let (version, files) = try reader.readings(of: named, file: file)
        let reference = RecordReference(id: named.id, version: version)
        var isFirst = true
        var shown = 0
        for item in files {
            for page in item.reading.pages where self.page.map({ $0 == page.number }) ?? true {
                shown += 1
                try tell(page, of: item, reference, isFirst: &isFirst)
            }
        }
        Terminal.flush()
        for item in files where !common.json {
            for finding in item.reading.allFindings where page == nil || finding.page == page {
                Terminal.error(ReadingRendering.line(finding, of: "\(reference) \(item.file.name.displayed)"))
            }
        }
        guard shown > 0 else { throw nothing(reference, files) }
    }

    private func nothing(_ reference: RecordReference, _ files: [ReadDocument]) -> OperationError {
        let pages = files.map(\.reading.pages.count).max() ?? 0
        guard let page, pages > 0 else {
            return OperationError(
                .unread,
                message: "\(reference) has no text",
                remedy: "look at it with 'berkas get \(reference) --to FOLDER'"
            )
        }
        return OperationError(
            .unread,
            message: "\(reference) has no page \(page): \(Count.text(pages, "page")) were read",
            remedy: "name a page from 1 to \(pages)"
        )
    }

    private func tell(_ page: PageReading, of item: ReadDocument, _ reference: RecordReference, isFirst: inout Bool)
        throws
    {
        if common.json {
            let spans = try JSONValue(encoding: page.spans)
            try common.tell(
                "",
                [
                    "confidence": page.confidence.map { .integer(Int($0.rounded())) } ?? .null,
                    "file": .string(item.file.name), "isPoor": .boolean(page.isPoor), "kind": .string("page"),
                    "name": page.shownName.map { .string($0) } ?? .null, "page": .integer(page.number),
                    "record": .string(reference.id.description), "source": .string(page.source.rawValue),
                    "spans": spans, "text": .string(page.text), "version": .integer(reference.version ?? 1),
                ]
            )
            return
        }
        guard !common.quiet else { return }
        var lines = page.markedText.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.count > 1, lines.last?.isEmpty ?? false { lines.removeLast() }
        // Tabs part the cells of a row; all else that would steer a terminal is written out.
        let text = lines.map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).displayed }
                .joined(separator: "\t")
        }
        Terminal.result((isFirst ? "" : "\u{C}") + text.joined(separator: "\n"))
        isFirst = false
    }
}
