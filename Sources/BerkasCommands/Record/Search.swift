import ArgumentParser
import Catalogue
import Operations
import RecordsModel

struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Finds records by their description, the best first.",
        discussion: """
            Looks in title, number, unit, signer, note, file names, record id and year. A word finds itself and the words \
            that begin with it, itself first; "two words" in quotation marks finds them side by side; word* says outright \
            that beginnings count. All words must be found. Letter case and accents do not matter.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var filter: FilterOptions

    @Option(help: ArgumentHelp("How many hits at the most.", valueName: "number"))
    var limit = 50

    @Argument(help: ArgumentHelp("What to look for.", valueName: "words"))
    var words: [String]

    func validate() throws {
        if words.isEmpty { throw ValidationError("name at least one word to look for") }
        if limit < 1 { throw ValidationError("--limit must be at least 1") }
    }

    func run() throws {
        let (reader, _) = try common.openReader()
        let query = try SearchQuery(words.joined(separator: " "))
        let (hits, total) = try reader.catalogue.search(
            query,
            filter: try filter.recordFilter(reader.home),
            dossier: reader.dossier,
            limit: limit
        )
        for hit in hits where !common.quiet {
            Terminal.result(common.json ? try Self.json(hit) : Self.text(hit))
        }
        Terminal.flush()
        if !common.json, !common.quiet {
            let shown = hits.count < total ? ", the best \(hits.count) shown (--limit)" : ""
            Terminal.error("\(total) record\(total == 1 ? "" : "s") found\(shown)")
        }
    }

    private static func json(_ hit: SearchHit) throws -> String {
        let matches: [JSONValue] = hit.matches.map { match in
            .object([
                "field": .string(match.field),
                "ranges": .array(match.ranges.map { .array([.integer($0.lowerBound), .integer($0.count)]) }),
                "text": .string(match.text),
            ])
        }
        let list = String(decoding: try CanonicalJSON.line(matches), as: UTF8.self)
        return String(hit.json.dropLast()) + ",\"matches\":\(list)}"
    }

    private static func text(_ hit: SearchHit) -> String {
        let marked = hit.matches.flatMap { match in Self.lines(of: match).map { (match.field, Self.marked($0)) } }
        let title = marked.first { $0.0 == "title" }?.1 ?? hit.record.title.displayed
        let others = marked.filter { !["title", "record", "year"].contains($0.0) }
        let lines = others.map { "               \($0.0): \($0.1)" }
        return ([RecordLine.text(hit.record, title: title)] + lines).joined(separator: "\n")
    }

    /// The lines of a field in which something was found: of several file names, those that have it.
    private static func lines(of match: SearchHit.Match) -> [SearchHit.Match] {
        guard match.field == "files" else { return [match] }
        var found: [SearchHit.Match] = []
        var start = 0
        for line in match.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            let end = start + line.count
            let ranges = match.ranges.filter { $0.lowerBound >= start && $0.upperBound <= end }
                .map { $0.lowerBound - start..<$0.upperBound - start }
            if !ranges.isEmpty { found.append(SearchHit.Match(field: match.field, text: String(line), ranges: ranges)) }
            start = end + 1
        }
        return found
    }

    /// The text with what was found in it set off: bold on a terminal, in «guillemets» elsewhere.
    private static func marked(_ match: SearchHit.Match) -> String {
        let (opening, closing) = Terminal.outputIsTerminal ? ("\u{1B}[1m", "\u{1B}[0m") : ("«", "»")
        let scalars = Array(match.text.unicodeScalars)
        var text = ""
        var position = 0
        func part(_ range: Range<Int>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range])
            return String(view).displayed
        }
        for range in match.ranges {
            text += part(position..<range.lowerBound) + opening + part(range) + closing
            position = range.upperBound
        }
        return text + part(position..<scalars.count)
    }
}
