import ArchiveHome
import ArgumentParser
import Catalogue
import Operations
import RecordsModel
import TextExtraction

struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists records by year and number.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var filter: FilterOptions

    @Flag(help: "Only what is here: records that were removed, of which a tombstone stays, are left out.")
    var kept = false

    @Flag(
        help: "Only records of which something was not read, not yet or not whole, or may be wrong: each file, and why."
    )
    var unread = false

    func run() throws {
        let (reader, _) = try common.openReader()
        var filter = try filter.recordFilter(reader.home)
        filter.leavesOutRemoved = kept
        filter.isUnread = unread
        if common.quiet { return }
        if common.json {
            try reader.catalogue.listJSON(filter, dossier: reader.dossier) { Terminal.result($0) }
            if unread {
                for item in try reader.catalogue.unread(filter) {
                    try item.files.forEach { try tell($0, of: item.record) }
                }
            }
        } else if unread {
            try tellUnread(try reader.catalogue.unread(filter))
        } else {
            var count = 0
            try reader.catalogue.list(filter) { record in
                if count == 0 { Terminal.result(RecordLine.header) }
                count += 1
                Terminal.result { RecordLine.append(record, title: record.title.displayed, to: &$0) }
            }
            if count == 0 { Terminal.error("no records match") }
        }
        Terminal.flush()
    }

    private func tellUnread(_ records: [UnreadRecord]) throws {
        if records.isEmpty { return Terminal.error("all that is kept of these records was read") }
        Terminal.result(RecordLine.header)
        for item in records {
            Terminal.result { RecordLine.append(item.record, title: item.record.title.displayed, to: &$0) }
            try item.files.forEach { try tell($0, of: item.record) }
        }
    }

    /// A file of a record that was not read, with the reasons.
    private func tell(_ file: UnreadRecord.File, of record: RecordSummary) throws {
        let reading = try file.file.outline()
        let reasons = ReadingRendering.reasons(reading)
        let state = reading.map { ($0.state ?? .read).rawValue } ?? "unread"
        let name = file.file.name
        if common.json {
            let object: [String: JSONValue] = [
                "file": .string(name), "findings": .array(reasons.map { ReadingRendering.finding($0) }),
                "kind": .string("unread file"), "record": .string(record.id), "state": .string(state),
                "version": .integer(file.version),
            ]
            return Terminal.result(String(decoding: try CanonicalJSON.line(object), as: UTF8.self))
        }
        let indent = String(repeating: " ", count: 15)
        let place = "\(indent)v\(file.version) \(name.displayed)"
        guard reading != nil else { return Terminal.result("\(place): not read yet; 'berkas read \(record.id)'") }
        Terminal.result("\(place): \(state == "doubtful" ? "doubtful" : "not read whole")")
        for reason in reasons {
            let page = reason.page.map { "page \($0): " } ?? ""
            Terminal.result("\(indent)  \(page)\(reason.message.displayed); \(reason.remedy.displayed)")
        }
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
        filter.signer = signer
        filter.after = after
        filter.before = before
        filter.location = location
        if let type { filter.type = try home.procedure().type(named: type)?.id ?? type }
        return filter
    }
}

/// A record on one line.
enum RecordLine {
    static let header = "RECORD         STEP  TYPE              DATE        V  TITLE"

    /// The line, for a place among other words.
    static func text(_ record: RecordSummary, title: String) -> String {
        var bytes: [UInt8] = []
        append(record, title: title, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Adds the line's bytes, without a line end: putting texts together takes longer than asking for them.
    static func append(_ record: RecordSummary, title: String, to bytes: inout [UInt8]) {
        func add(_ text: String, width: Int) {
            bytes.append(contentsOf: text.utf8)
            for _ in 0..<(max(0, width - text.displayWidth) + 2) { bytes.append(UInt8(ascii: " ")) }
        }
        add(record.id, width: 13)
        add(String(record.step), width: 4)
        add(record.type, width: 16)
        add(record.date ?? "", width: 10)
        add(String(record.head), width: 0)
        bytes.append(contentsOf: title.utf8)
        if let number = record.number {
            bytes.append(contentsOf: "  [".utf8)
            bytes.append(contentsOf: number.displayed.utf8)
            bytes.append(UInt8(ascii: "]"))
        }
        if let removal = record.removal {
            bytes.append(contentsOf: "  (removed \(removal.time.prefix(10)) by \(removal.list), \(removal.kind))".utf8)
        }
    }
}
