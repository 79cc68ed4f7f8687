import Acts
import ArchiveHome
import ArgumentParser
import Catalogue
import Operations
import RecordsModel

struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Finds records by their description and by the texts of their pages, the best first.",
        discussion: """
            Ask as you would ask a colleague: 'rkt disdukcapil tahun 2020 yang ditandatangani'. The plan itself comes first: \
            signed, then its final text, then drafts. Years are understood (2020, TA 2020, 2020-2022, dua ribu dua puluh), \
            and so are document types, short forms, and draf, final, ditandatangani, scan. Small words are passed over.

            Looks in title, number, unit, signer, note, file names, place, record id and year, and on every page that was \
            read. A word finds itself, then words of its stem (perencanaan, merencanakan, rencana); one that stands nowhere \
            finds words that are nearly it, marked as near. In descriptions a word also finds those that begin with it; \
            word* says so for pages too. "Two words" in quotation marks are found side by side. Numbers are found however \
            they are written: 1.250.000, Rp1.250.000,00, 98 %, 470/257/2023. Each word must stand in the description or on \
            one and the same page; words on two pages are no hit. Letter case and accents do not matter. Of words that \
            stand in more than a thousand records the newest are shown.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var filter: FilterOptions

    @Option(help: ArgumentHelp("How many hits at the most.", valueName: "number"))
    var limit = 50

    @Flag(help: "How many of all that is found are of each year, type and unit, after the hits.")
    var counts = false

    @Option(help: ArgumentHelp("Save it under this name, in policy/searches.csv.", valueName: "name"))
    var save: String?

    @Option(
        help: ArgumentHelp("The search that was saved under this name; words and options add to it.", valueName: "name")
    )
    var saved: String?

    @Argument(help: ArgumentHelp("What to look for.", valueName: "words"))
    var words: [String] = []

    func validate() throws {
        if words.isEmpty, saved == nil { throw ValidationError("name at least one word to look for") }
        if let save, save.isBlank { throw ValidationError("--save needs a name") }
        if limit < 1 { throw ValidationError("--limit must be at least 1") }
    }

    func run() throws {
        let (reader, context) = try common.openReader()
        var filter = filter
        var words = words
        if let saved {
            let entry = try SavedSearches(reader.home).entry(named: saved)
            words.insert(entry.words, at: 0)
            try filter.narrow(by: entry)
        }
        let query = try SearchQuery(words.joined(separator: " "))
        if let save {
            let entry = SavedSearches.Entry(
                name: save,
                words: words.joined(separator: " "),
                options: filter.said
            )
            try SavedSearches.save(entry, in: reader.home, context)
        }
        let procedure = try reader.home.procedure()
        let answer = try reader.catalogue.search(
            query,
            sense: SearchSense(procedure: procedure, settings: reader.home.settings, today: context.now().date),
            filter: try filter.recordFilter(reader.home),
            dossier: procedure.id,
            limit: limit,
            counts: counts
        )
        for hit in answer.hits where !common.quiet {
            Terminal.result(common.json ? try Self.json(hit) : Self.text(hit))
        }
        if let counts = answer.counts, !common.quiet {
            Terminal.result(common.json ? try Self.json(counts) : Self.text(counts))
        }
        let states = try reader.catalogue.readingStates()
        if common.json, !common.quiet { Terminal.result(try Self.json(answer, states)) }
        Terminal.flush()
        guard !common.json, !common.quiet else { return }
        let shown = answer.hits.count < answer.total ? ", the best \(answer.hits.count) shown (--limit)" : ""
        let count = (answer.isMore ? "at least " : "") + Count.text(answer.total, "record")
        Terminal.error("\(count) found\(shown)")
        if let words = answer.relativeYear, let year = answer.years.first {
            Terminal.error("note: '\(words.displayed)' was read as \(year), by this computer's clock")
        }
        if !answer.passedOver.isEmpty {
            let words = answer.passedOver.map { "'\($0.displayed)'" }.joined(separator: ", ")
            Terminal.error("note: nothing has all of these words; passed over: \(words)")
        }
        for (word, others) in answer.near.sorted(by: { $0.key < $1.key }) {
            Terminal.error("near: \(others.joined(separator: ", ")) for '\(word)'")
        }
        // Counted only where it may be why: it takes a look at every file.
        let unread = answer.total == 0 ? try reader.catalogue.unreadContents() : 0
        if unread > 0 {
            Terminal.error(
                "note: \(Count.text(unread, "file")) not read yet, and found by description only: 'berkas read'"
            )
        }
        if states.notRead + states.doubtful > 0 {
            let parts = [
                states.notRead > 0 ? "\(Count.text(states.notRead, "file")) could not be read whole" : nil,
                states.doubtful > 0 ? "\(Count.text(states.doubtful, "file")) may be read wrongly" : nil,
            ].compactMap(\.self).joined(separator: ", ")
            Terminal.error("note: of what is kept, \(parts): words of theirs may be missed; 'berkas list --unread'")
        }
    }

    private static func json(_ answer: SearchAnswer, _ states: (notRead: Int, doubtful: Int)) throws -> String {
        let near = answer.near.mapValues { JSONValue.array($0.map { .string($0) }) }
        let values: JSONValue = .object([
            "doubtful": .integer(states.doubtful), "isExact": .boolean(!answer.isMore), "kind": .string("search"),
            "near": .object(near), "notRead": .integer(states.notRead),
            "passedOver": .array(answer.passedOver.map { .string($0) }), "shown": .integer(answer.hits.count),
            "total": .integer(answer.total), "years": .array(answer.years.map { .integer($0) }),
        ])
        return String(decoding: try CanonicalJSON.line(values), as: UTF8.self)
    }

    private static func json(_ counts: SearchCounts) throws -> String {
        func list(_ name: String, _ counts: [SearchCounts.Count], _ value: (String) -> JSONValue) -> JSONValue {
            .array(counts.map { .object([name: value($0.value), "records": .integer($0.records)]) })
        }
        let values: JSONValue = .object([
            "kind": .string("counts"), "total": .integer(counts.total),
            "types": list("type", counts.types) { .string($0) }, "units": list("unit", counts.units) { .string($0) },
            "years": list("year", counts.years) { .integer(Int($0) ?? 0) },
        ])
        return String(decoding: try CanonicalJSON.line(values), as: UTF8.self)
    }

    private static func text(_ counts: SearchCounts) -> String {
        func lines(_ name: String, _ counts: [SearchCounts.Count]) -> [String] {
            [name] + counts.map { "  \($0.value.displayed.padded(to: 40))\($0.records)" }
        }
        let all =
            lines("by year (tahun)", counts.years) + lines("by type (jenis)", counts.types)
            + lines("by unit (unit)", counts.units)
        return all.joined(separator: "\n")
    }

    private static func json(_ hit: SearchHit) throws -> String {
        let matches: [JSONValue] = hit.matches.map { match in
            .object([
                "field": .string(match.field),
                "ranges": .array(match.ranges.map { .array([.integer($0.lowerBound), .integer($0.count)]) }),
                "text": .string(match.text),
            ])
        }
        let pages: [JSONValue] = hit.pages.map { page in
            .object([
                "excerpt": .string(page.excerpt), "file": .string(page.file), "isPoor": .boolean(page.isPoor),
                "name": page.name.map { .string($0) } ?? .null, "page": .integer(page.page),
                "ranges": .array(page.ranges.map { .array([.integer($0.lowerBound), .integer($0.count)]) }),
                "start": .integer(page.start), "tier": .string(page.tier.rawValue), "version": .integer(page.version),
            ])
        }
        func list(_ values: [JSONValue]) throws -> String {
            String(decoding: try CanonicalJSON.line(values), as: UTF8.self)
        }
        return String(hit.json.dropLast())
            + ",\"matches\":\(try list(matches)),\"pages\":\(try list(pages)),\"tier\":\"\(hit.tier.rawValue)\"}"
    }

    private static func text(_ hit: SearchHit) -> String {
        let marked = hit.matches.flatMap { match in Self.lines(of: match).map { (match.field, Self.marked($0)) } }
        let title = marked.first { $0.0 == "title" }?.1 ?? hit.record.title.displayed
        let others = marked.filter { !["title", "record", "year"].contains($0.0) }
        let lines = others.map { "               \($0.0): \($0.1)" } + hit.pages.flatMap { Self.lines(of: $0, in: hit) }
        return ([RecordLine.text(hit.record, title: title)] + lines).joined(separator: "\n")
    }

    /// A page: where it is, and the words in their surroundings.
    private static func lines(of page: PageMatch, in hit: SearchHit) -> [String] {
        let isOld = page.version < hit.record.head
        let place = [
            isOld ? "v\(page.version), an earlier version" : nil, "page \(page.page)", page.name?.displayed,
            page.tier == .near ? "near" : nil,
        ].compactMap(\.self).joined(separator: ", ")
        let plain = String(String.UnicodeScalarView(page.excerpt.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
        let marked = marked(SearchHit.Match(field: "page", text: plain, ranges: page.ranges))
        let line = "               \(place): \(marked)"
        guard page.isPoor else { return [line] }
        let id = "\(hit.record.id)\(isOld ? "@v\(page.version)" : "")"
        let remedy = "look at the image: berkas page \(id) --page \(page.page) --to FILE.png"
        return [line, "                 the text may be wrong or not whole; \(remedy)"]
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
