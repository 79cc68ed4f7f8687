import ArchiveHome
import ArgumentParser
import Catalogue
import FileSafety
import Operations
import RecordsModel
import Reporting
import SystemPackage
import TextExtraction

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Shows which words differ between two versions of a draft.",
        discussion: """
            Compares the texts of all files of both: [-gone-] {+new+}, in colours on a terminal. With one version named, it is \
            held against the one before. It ends with 0 whether or not anything differs.

            \(ExitStatus.help)
            """
    )

    /// How many lines that are the same stand round a change.
    private static let context = 2

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("One or two versions, such as RKT-2024-0003@v1 RKT-2024-0003@v2.", valueName: "id"))
    var versions: [RecordArgument]

    @Option(help: ArgumentHelp("Write both side by side to this HTML file.", valueName: "file"))
    var html: String?

    func validate() throws {
        if !(1...2).contains(versions.count) { throw ValidationError("name one or two versions") }
    }

    func run() throws {
        let (reader, context) = try common.openReader()
        let (left, right) = try sides(reader)
        let first = try text(left, reader)
        let second = try text(right, reader)
        let comparison = TextComparison(first, second)
        if let html { try write(comparison, left, right, to: FilePath(argument: html), reader.home, context) }
        for block in comparison.blocks where !common.quiet {
            if common.json { try tell(block) } else if html == nil { show(block, in: comparison) }
        }
        let words = comparison.isSame ? "no word differs" : Self.counts(comparison)
        try common.tell(
            "\(left) and \(right): \(words)" + (html.map { "; side by side in \($0.displayed)" } ?? ""),
            [
                "added": .integer(comparison.addedWords), "kind": .string("difference"),
                "left": .string(left.description), "removed": .integer(comparison.removedWords),
                "right": .string(right.description),
            ]
        )
        Terminal.flush()
    }

    private static func counts(_ comparison: TextComparison) -> String {
        "\(Count.text(comparison.removedWords, "word")) removed, \(comparison.addedWords) added"
    }

    /// The two versions: both named, or one and the one before it.
    private func sides(_ reader: ArchiveReader) throws -> (RecordReference, RecordReference) {
        func whole(_ reference: RecordReference) throws -> RecordReference {
            try RecordReference(id: reference.id, version: reader.readings(of: reference).version)
        }
        if versions.count == 2 { return (try whole(versions[0].reference), try whole(versions[1].reference)) }
        let right = try whole(versions[0].reference)
        guard let version = right.version, version > 1 else {
            throw OperationError(
                .usage,
                message: "\(right) is the first version, and has none before it",
                remedy: "name two versions to compare"
            )
        }
        return (try whole(RecordReference(id: right.id, version: version - 1)), right)
    }

    /// The texts of a version's files, with the names of the files where there are several.
    private func text(_ reference: RecordReference, _ reader: ArchiveReader) throws -> String {
        let files = try reader.readings(of: reference).files
        return files.map { item in
            let text = item.reading.pages.map(\.markedText).joined(separator: "\n")
            return files.count == 1 ? text : "== \(item.file.name) ==\n" + text
        }.joined(separator: "\n")
    }

    private func write(
        _ comparison: TextComparison,
        _ left: RecordReference,
        _ right: RecordReference,
        to file: FilePath,
        _ home: Home,
        _ context: OperationContext
    ) throws {
        let page = ComparisonPage(
            title: "Perbandingan \(left) dan \(right)",
            left: left.description,
            right: right.description,
            comparison
        )
        try NewFile.write(Array(page.html.utf8), to: file, home, context)
    }

    private func tell(_ block: TextComparison.Block) throws {
        guard block.isChanged else { return }
        try common.tell(
            "",
            [
                "kind": .string("change"), "leftLine": .integer(block.left), "rightLine": .integer(block.right),
                "parts": .array(
                    block.parts.map { .object(["kind": .string($0.kind.rawValue), "text": .string($0.text)]) }
                ),
            ]
        )
    }

    // MARK: - On a terminal

    private func show(_ block: TextComparison.Block, in comparison: TextComparison) {
        guard block.isChanged else {
            guard !comparison.isSame, let text = block.parts.first?.text else { return }
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
            let head = block == comparison.blocks.first ? [] : Array(lines.prefix(Self.context))
            let tail = block == comparison.blocks.last ? [] : Array(lines.dropFirst(head.count).suffix(Self.context))
            let hidden = lines.count - head.count - tail.count
            for line in head { Terminal.result("  " + Self.plain(line)) }
            if hidden > 0 { Terminal.result("  … \(Count.text(hidden, "line")) the same") }
            for line in tail { Terminal.result("  " + Self.plain(line)) }
            return
        }
        let (gone, new, end) =
            Terminal.outputIsTerminal ? ("\u{1B}[31;9m", "\u{1B}[32;1m", "\u{1B}[0m") : ("[-", "{+", "")
        let text = block.parts.map { part in
            let closing = end.isEmpty ? (part.kind == .removed ? "-]" : "+}") : end
            let opening = part.kind == .removed ? gone : new
            return part.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                line.isEmpty || part.kind == .same
                    ? Self.plain(String(line)) : opening + Self.plain(String(line)) + closing
            }.joined(separator: "\n")
        }.joined()
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { Terminal.result("~ " + line) }
    }

    private static func plain(_ line: String) -> String {
        line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).displayed }
            .joined(separator: "\t")
    }
}
