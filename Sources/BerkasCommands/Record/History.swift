import Acts
import ArchiveHome
import ArgumentParser
import Catalogue
import Foundation
import Operations
import RecordsModel
import Reporting

struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Shows what happened to a record, or in the whole archive, in the ledger's words.",
        discussion: """
            Without a record: everything, narrowed by person, kind of event and day.

              berkas history --by 'Siti' --from 2026-01-01 --until 2026-12-31
              berkas history --event 'retention settings changed' --csv

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("\(NamedRecord.help)", valueName: "id"))
    var record: NamedRecord?

    @Option(help: ArgumentHelp("Only what this person did.", valueName: "person"))
    var by: String?

    @Option(help: ArgumentHelp("Only this kind of event, as the ledger names it.", valueName: "kind"))
    var event: String?

    @Option(help: ArgumentHelp("Only from this day on, YYYY-MM-DD.", valueName: "date"))
    var from: CivilDate?

    @Option(help: ArgumentHelp("Only up to and with this day, YYYY-MM-DD.", valueName: "date"))
    var until: CivilDate?

    @Flag(help: "As CSV, one row an event, for a spreadsheet.")
    var csv = false

    func validate() throws {
        if csv, common.json { throw ValidationError("give --csv or --json, not both") }
    }

    func run() throws {
        let (reader, _) = try common.openReader()
        var sure = try Certainties(reader.home, reader.books)
        if csv, !common.quiet { Terminal.result(EventRow.header) }
        if let reference = try record?.reference(reader.catalogue, common) {
            let lines = try reader.catalogue.history(of: reference.id)
            guard !lines.isEmpty else { throw OperationError.noSuchRecord(reference.id.description) }
            var events = try lines.map { (try Event(line: $0.line), $0.line, $0.isCarried) }
            if let version = reference.version {
                events = events.filter { $0.0.version == version }
                guard !events.isEmpty else { throw OperationError.noSuchVersion(version, of: reference.id) }
            }
            for (event, line, isCarried) in events where passes(event) {
                try tell(event, line, isCarried ? .unproven : sure.certainty(of: event))
            }
        } else {
            try reader.catalogue.eachEvent(kind: event) { line in
                let event = try Event(line: line)
                if passes(event) { try tell(event, line, sure.certainty(of: event)) }
            }
        }
        Terminal.flush()
    }

    private func passes(_ event: Event) -> Bool {
        if let by, PersonName(by) != PersonName(event.actor) { return false }
        if let kind = self.event, !kind.utf8.elementsEqual(event.event.rawValue.utf8) { return false }
        let day = event.time.date
        return from.map { $0 <= day } ?? true && until.map { day <= $0 } ?? true
    }

    private func tell(_ event: Event, _ line: String, _ sure: Certainty) throws {
        if common.quiet { return }
        if csv {
            Terminal.result(try EventRow.row(event, sure))
        } else if common.json {
            var object = try CanonicalJSON.decode([String: JSONValue].self, from: Data(line.utf8))
            object["kind"] = .string("event")
            object["sure"] = .string(sure.rawValue)
            Terminal.result(String(decoding: try CanonicalJSON.line(object), as: UTF8.self))
        } else {
            Terminal.result(try text(event, sure))
        }
    }

    private func text(_ event: Event, _ sure: Certainty) throws -> String {
        let version = event.version.map { "v\($0)" } ?? "-"
        return
            "\(event.time)  \(event.event.description.padded(to: 12))  \(version.padded(to: 3))  by \(ActRendering.person(event.actor, event.writtenBy, sure))  "
            + (record == nil ? event.record.map { "\($0)  " } ?? "" : "")
            + "(ledger \(event.seq))\n    \(try Self.detail(of: event).displayed)"
    }

    private static func detail(of event: Event) throws -> String {
        if event.event == .accession { return origin(of: event) }
        // Two digests a content on a screen tell nobody anything; --json and --csv have them all.
        if event.event == .reading {
            return "what was read of \(Count.text(ReadingAnchors(event).anchors.count, "file"))"
        }
        return String(decoding: try CanonicalJSON.line(event.detail.mapValues(shortened)), as: UTF8.self)
    }

    /// A value with its digests cut: on a screen they are for recognising, not for checking; --json has them whole.
    private static func shortened(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text) where text.utf8.count == 128: .string(text.prefix(16) + "…")
        case .array(let values): .array(values.map(shortened))
        case .object(let members): .object(members.mapValues(shortened))
        default: value
        }
    }

    /// Where the versions of an accession came from, and what of their past stands above it.
    private static func origin(of event: Event) -> String {
        let detail = event.detail
        let ledger = detail["checkpoint"]?.text?.split(separator: "\n").first.map { "'\($0)'" }
        var text = "imported from \(ledger ?? "a bag of another program")"
        if let organisation = detail["organisation"]?.text { text += ", \(organisation)" }
        text += ": bag \(detail["bag"]?.text ?? "?")"
        if let container = detail["container"], let name = container["name"]?.text {
            text += " in \(name), SHA-512 \((container["sha512"]?.text ?? "").prefix(16))…"
        }
        if let carried = detail["events"]?.list {
            text +=
                "; \(Count.text(carried.count, "event")) of that archive \(carried.count == 1 ? "stands" : "stand") above"
        }
        return text
    }
}

/// An event as a row of CSV (RFC 4180), cleaned by the same rule as every other table (`PaperText.guarded`).
enum EventRow {
    static let header = "seq,time,actor,event,record,version,detail,account,uid,host,sure"

    static func row(_ event: Event, _ sure: Certainty) throws -> String {
        [
            String(event.seq), event.time.description, event.actor, event.event.rawValue, event.record ?? "",
            event.version.map(String.init) ?? "",
            escaped(String(decoding: try CanonicalJSON.line(event.detail), as: UTF8.self)),
            event.account ?? "", event.uid.map(String.init) ?? "", event.host ?? "", sure.rawValue,
        ].map(cell).joined(separator: ",")
    }

    /// A cell in quotation marks; one that a spreadsheet would take for a formula has an apostrophe before it.
    private static func cell(_ text: String) -> String {
        "\"" + PaperText.guarded(text).replacing("\"", with: "\"\"") + "\""
    }

    /// The same JSON, with what no paper prints as it is in the escapes of JSON: so it stays JSON when it is cleaned.
    private static func escaped(_ json: String) -> String {
        if json.utf8.allSatisfy({ $0 < 0x80 }) { return json }
        var text = ""
        for scalar in json.unicodeScalars {
            let character = String(Character(scalar))
            if scalar.isASCII || PaperText.printable(character).utf8.elementsEqual(character.utf8) {
                text.unicodeScalars.append(scalar)
                continue
            }
            for unit in character.utf16 {
                let digits = String(unit, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return text
    }
}
