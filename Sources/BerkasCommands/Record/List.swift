import ArgumentParser
import Catalogue
import Operations
import RecordsModel

struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists records by year and number.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var filter: FilterOptions

    func run() throws {
        let (reader, _) = try common.openReader()
        let filter = try filter.recordFilter(reader.home)
        if common.quiet { return }
        if common.json {
            try reader.catalogue.listJSON(filter, dossier: reader.dossier) { Terminal.result($0) }
        } else {
            var count = 0
            try reader.catalogue.list(filter) { record in
                if count == 0 { Terminal.result(RecordLine.header) }
                count += 1
                Terminal.result(RecordLine.text(record, title: record.title.displayed))
            }
            if count == 0, !common.quiet { Terminal.error("no records match") }
        }
        Terminal.flush()
    }
}

extension FilterOptions {
    /// The filter that is meant; a document type may be given by one of its aliases.
    func recordFilter(_ home: Home) throws -> RecordFilter {
        var filter = RecordFilter()
        filter.year = year
        filter.unit = unit
        filter.step = step
        filter.classification = classification
        if let type { filter.type = try home.procedure().type(named: type)?.id ?? type }
        return filter
    }
}

/// A record on one line.
enum RecordLine {
    static let header = "RECORD         STEP  TYPE              DATE        V  TITLE"

    static func text(_ record: RecordSummary, title: String) -> String {
        let number = record.number.map { "  [\($0.displayed)]" } ?? ""
        return record.id.padded(to: 13) + "  " + String(record.step).padded(to: 4) + "  " + record.type.padded(to: 16)
            + "  "
            + (record.date ?? "").padded(to: 10) + "  " + String(record.head) + "  " + title + number
    }
}
