import ArgumentParser
import Catalogue
import Foundation
import Operations
import RecordsModel

struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Shows what happened to a record, in the ledger's words.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The record's number.", valueName: "id"))
    var record: RecordArgument

    func run() throws {
        let (reader, _) = try common.openReader()
        let lines = try reader.catalogue.history(of: record.reference.id)
        guard !lines.isEmpty else { throw OperationError.noSuchRecord(record.reference.id.description) }
        var events = try lines.map { (try CanonicalJSON.decode(Event.self, from: Data($0.utf8)), $0) }
        if let version = record.reference.version {
            events = events.filter { $0.0.version == version }
            guard !events.isEmpty else { throw OperationError.noSuchVersion(version, of: record.reference.id) }
        }
        for (event, line) in events where !common.quiet {
            if common.json {
                var object = try CanonicalJSON.decode([String: JSONValue].self, from: Data(line.utf8))
                object["kind"] = .string("event")
                Terminal.result(String(decoding: try CanonicalJSON.line(object), as: UTF8.self))
            } else {
                Terminal.result(try Self.text(event))
            }
        }
        Terminal.flush()
    }

    private static func text(_ event: Event) throws -> String {
        let version = event.version.map { "v\($0)" } ?? "-"
        return
            "\(event.time)  \(event.event.description.padded(to: 12))  \(version.padded(to: 3))  by \(event.actor.displayed)  "
            + "(ledger \(event.seq))\n    \(try detail(of: event).displayed)"
    }

    private static func detail(of event: Event) throws -> String {
        if event.event == .accession { return origin(of: event) }
        let shown = event.detail.mapValues { value -> JSONValue in
            // A digest on a screen is for recognising, not for checking; --json has it whole.
            guard let text = value.text, text.utf8.count == 128 else { return value }
            return .string(text.prefix(16) + "…")
        }
        return String(decoding: try CanonicalJSON.line(shown), as: UTF8.self)
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
