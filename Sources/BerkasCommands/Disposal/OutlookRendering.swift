import Acts
import Disposal
import Operations
import RecordsModel

/// How answers about a day are shown.
extension DisposalRendering {
    /// What would be proposed on a day.
    static func tell(
        _ preview: DisposalOutlook.Preview,
        _ kind: DisposalKind,
        on day: CivilDate,
        _ common: CommonOptions
    ) throws {
        let authority = preview.authority.map { ", to be approved by \($0.name)" } ?? ""
        try common.tell(
            "on \(day) \(Count.text(preview.items.count, "record")) would be proposed to \(kind.verb)\(authority)",
            [
                "kind": .string("disposal preview"), "asOf": .string(day.description),
                "authority": preview.authority.map { .string($0.rawValue) } ?? .null,
                "disposal": .string(kind.rawValue), "records": .integer(preview.items.count),
            ]
        )
        for item in preview.items {
            var object = members(item)
            object["kind"] = .string("disposal preview item")
            try common.tell("  " + line(item), object)
        }
        Terminal.flush()
        if !common.quiet { Terminal.error("this was a question: nothing was entered") }
    }

    /// How a list would stand on a day; nothing of a day that has passed, whose list was told as it stood then.
    static func tell(_ standing: DisposalOutlook.Standing, on day: CivilDate, _ common: CommonOptions) throws {
        let id = JSONValue.string(standing.list.id.description)
        guard let waiting = standing.waiting else {
            if !common.quiet { Terminal.error("\(standing.list.id) as it stood on \(day)") }
            return
        }
        func outlook(_ record: RecordID?, _ reasons: [String]) -> [String: JSONValue] {
            [
                "kind": .string("disposal outlook"), "list": id, "asOf": .string(day.description),
                "record": record.map { .string($0.description) } ?? .null, "goes": .boolean(reasons.isEmpty),
                "reasons": .array(reasons.map { .string($0) }),
            ]
        }
        func words(_ reasons: [String]) -> String { reasons.map(\.displayed).joined(separator: "; ") }
        guard standing.list.state.isOpen else { return }
        try common.tell(
            "  on \(day)\n    "
                + (waiting.isEmpty ? "it could be carried out" : "it could not be carried out: \(words(waiting))"),
            outlook(nil, waiting)
        )
        for (record, reasons) in standing.items {
            try common.tell(
                "    \(record)  " + (reasons.isEmpty ? "would go" : "would stay: \(words(reasons))"),
                outlook(record, reasons)
            )
        }
    }
}
