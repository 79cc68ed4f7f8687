import Acts
import ArchiveHome
import Disposal
import Operations
import RecordsModel

extension DisposalKind {
    /// What it does, as a verb.
    var verb: String {
        switch self {
        case .destroy: "destroy"
        case .deposit: "deposit"
        case .move: "move"
        }
    }
}

/// How lists of disposal are shown.
enum DisposalRendering {
    // MARK: - Text

    /// A list on a line.
    static func line(_ list: DisposalList) -> String {
        let counts = "\(list.items.count) items, \(list.removed.count) removed, \(list.openCopies.count) copies open"
        return "\(list.id)  \(list.kind.rawValue.padded(to: 6))  \(list.state.rawValue.padded(to: 9))  \(counts)  "
            + list.title.displayed
    }

    /// A list with its items, its evidence and what comes next.
    static func whole(_ list: DisposalList) throws -> [String] {
        var lines = [
            "\(list.id)  \(list.title.displayed)  (\(list.state.rawValue))",
            "  kind        \(list.kind.rawValue) (\(list.kind.verb))", "  unit        \(list.unit.displayed)",
            "  proposed    by \(list.proposedBy.displayed) at \(list.proposedAt)",
            "  schedule    \(list.scheduleVersion.prefix(12))…", "  sha512      \(try list.digest())",
        ]
        if let approval = list.approval {
            lines.append(
                "  approved    by \(approval.authority.name), \(approval.by.displayed), \(approval.number.displayed) of "
                    + "\(approval.date) (\(approval.letter)), entered by \(approval.enteredBy.displayed)"
            )
        }
        if list.run == nil, let first = list.firstDay(waiting: 0) {
            lines.append("  waits       until \(first), for a hold or an objection")
        }
        lines += list.objections.flatMap { objection in
            ["  objection   of \(objection.by.displayed) at \(objection.at): \(objection.reason.displayed)"]
                + (objection.lifted.map {
                    ["              lifted by \($0.by.displayed) at \($0.at): \($0.reason.displayed)"]
                } ?? [])
        }
        if let run = list.run {
            let witnesses = run.witnesses.map(\.displayed).joined(separator: ", ")
            lines.append(
                "  begun       by \(run.by.displayed) at \(run.begun), \(run.place.displayed), \(run.method.displayed)"
                    + (witnesses.isEmpty ? "" : ", before \(witnesses)")
            )
        }
        lines += list.packages.map {
            "  package     \($0.name.displayed), handed over on \($0.at.date), sha512 \($0.sha512)"
        }
        if let receipt = list.receipt {
            lines.append("  received    by \(receipt.receiver.displayed) on \(receipt.date) (\(receipt.letter))")
        }
        if let end = list.executedAt { lines.append("  executed    at \(end)") }
        if let end = list.cancellation {
            lines.append("  cancelled   by \(end.by.displayed) at \(end.at): \(end.reason.displayed)")
        }
        lines.append("  evidence")
        for (slot, step) in list.kind.chain {
            let records = (list.evidence[slot] ?? []).map(\.description).joined(separator: ", ")
            let state = records.isEmpty ? "MISSING, needed to \(step.name)" : records
            lines.append("    \(slot.rawValue.padded(to: 14))  \(slot.name.padded(to: 28))  \(state)")
        }
        lines.append("  items")
        lines += list.items.flatMap { Self.lines($0, list) }
        if !list.copies.isEmpty { lines.append("  copies elsewhere") }
        lines += list.copies.sorted { $0.key < $1.key }.map { "    " + line($1, $0) }
        return lines + next(list).map { "  " + $0 }
    }

    private static func lines(_ item: DisposalItem, _ list: DisposalList) -> [String] {
        let remark = item.row == nil ? [] : (item.note.map { ["      \($0.displayed)"] } ?? [])
        let opinions = (list.opinions[item.record] ?? []).map { opinion in
            "      \(opinion.by.displayed): \(opinion.agrees ? "may go" : "may not go, \(opinion.reason?.displayed ?? "")")"
        }
        let state: [String] =
            switch list.outcome(item.record) {
            case .pending: []
            case .refused(let by, let reason): ["      refused by \(by.displayed): \(reason.displayed)"]
            case .skipped(let reasons): reasons.map { "      left: \($0.message.displayed)" }
            case .transferred: ["      handed over, and here still"]
            case .removed(let stone): ["      removed at \(stone.removedAt)"]
            }
        return ["    " + line(item)] + remark + opinions + state
    }

    /// An item on a line: what it is, and since when it is due.
    static func line(_ item: DisposalItem) -> String {
        let due = item.dueSince.map { "due \($0)" } ?? "no row: \(item.note?.displayed ?? "")"
        return "\(item.record)@v\(item.version)  \(item.code ?? "-")  \(due)  \(item.title.displayed)"
    }

    /// A copy elsewhere on a line.
    static func line(_ copy: DisposalList.Copy, _ number: Int) -> String {
        let state = copy.destroyed.map { "destroyed, said \($0.by.displayed) on \($0.at.date): \($0.reason.displayed)" }
        return "\(number)  \(copy.record)  \(copy.description.kind.rawValue): \(copy.description.place.displayed)  "
            + (state ?? "TO BE DESTROYED BY HAND")
    }

    /// What comes next, and what is missing for it.
    static func next(_ list: DisposalList) -> [String] {
        func missing(_ step: DisposalStep) -> String {
            let slots = list.missingEvidence(before: step).filter { $0 != .approvalLetter }
            return slots.isEmpty ? "" : "; first attach \(slots.map(\.rawValue).joined(separator: ", "))"
        }
        let id = list.id
        switch list.state {
        case .proposed:
            if list.opinions.isEmpty {
                return ["next: the panitia assesses it, 'berkas disposal assess \(id) …'" + missing(.assess)]
            }
            return ["next: its authority approves it, 'berkas disposal approve \(id) …'" + missing(.approve)]
        case .approved:
            if let objection = list.standingObjections.first {
                return [
                    "next: \(objection.by.displayed) objects; cancel it, or 'berkas disposal object \(id) --lift …'"
                ]
            }
            let command = list.kind == .destroy ? "disposal execute" : "transfer start"
            let day = list.firstDay(waiting: 0).map { " from \($0) on" } ?? ""
            return ["next: carry it out\(day), 'berkas \(command) \(id) …'" + missing(.execute)]
        case .executing:
            if !list.pending.isEmpty {
                let command = list.kind == .destroy ? "disposal execute" : "transfer start"
                return ["next: go on, 'berkas \(command) \(id)'; \(list.pending.count) items are left"]
            }
            if list.receipt == nil { return ["next: the receiver's word, 'berkas transfer receipt \(id) …'"] }
            return [
                "next: 'berkas transfer remove \(id) --package FILE', or 'berkas transfer close \(id)' to keep the records here too"
            ]
        case .executed, .cancelled:
            var lines: [String] = []
            if list.state == .executed, !list.missingEvidence(before: .close).isEmpty {
                lines.append("next: close the chain" + missing(.close))
            }
            if !list.openCopies.isEmpty {
                lines.append("next: \(list.openCopies.count) copies elsewhere, 'berkas disposal copies \(id)'")
            }
            return lines
        }
    }

    /// Tells what became of an item.
    static func tell(_ outcome: DisposalOutcome, _ list: DisposalID, _ common: CommonOptions) throws {
        let id = JSONValue.string(list.description)
        switch outcome {
        case .removed(let stone):
            try common.tell(
                "removed \(stone.record)",
                ["kind": .string("disposal item removed"), "list": id, "record": .string(stone.record.description)]
            )
        case .transferred(let record):
            try common.tell(
                "handed over \(record)",
                ["kind": .string("disposal item transferred"), "list": id, "record": .string(record.description)]
            )
        case .left(let record, let reasons):
            try common.tell(
                "left \(record): " + reasons.map(\.displayed).joined(separator: "; "),
                [
                    "kind": .string("disposal item left"), "list": id, "record": .string(record.description),
                    "reasons": .array(reasons.map { .string($0) }),
                ]
            )
        }
    }

    /// Runs what carries a list out, tells what becomes of each item and where the list stands then.
    ///
    /// - Returns: done, or partly where an item stays.
    static func carryOut(
        _ list: DisposalID,
        _ common: CommonOptions,
        _ work: ((DisposalOutcome) throws -> Void) throws -> DisposalList
    ) throws -> ExitStatus {
        var left = 0
        let after = try work { outcome in
            if case .left = outcome { left += 1 }
            try tell(outcome, list, common)
        }
        try tellEnd(after, common)
        return left == 0 ? .done : .partly
    }

    /// Tells where a list stands after a run.
    static func tellEnd(_ list: DisposalList, _ common: CommonOptions) throws {
        try common.tell(line(list), object(list))
        if !common.json, !common.quiet { for line in next(list) { Terminal.error(line) } }
        Terminal.flush()
    }

    // MARK: - JSON

    /// A list as JSON.
    static func object(_ list: DisposalList) throws -> [String: JSONValue] {
        let missing = list.kind.chain.filter { (list.evidence[$0.slot] ?? []).isEmpty }
        return [
            "digest": .string(try list.digest()),
            "kind": .string("disposal list"), "list": .string(list.id.description), "title": .string(list.title),
            "disposal": .string(list.kind.rawValue), "state": .string(list.state.rawValue),
            "unit": .string(list.unit), "schedule": .string(list.scheduleVersion),
            "items": .integer(list.items.count), "removed": .integer(list.removed.count),
            "pending": .integer(list.pending.count), "transferred": .integer(list.transferred.count),
            "proposedBy": .string(list.proposedBy), "proposedAt": .string(list.proposedAt.description),
            "approvedBy": list.approval.map { .string($0.by) } ?? .null,
            "authority": list.approval.map { .string($0.authority.rawValue) } ?? .null,
            "letter": list.approval.map { .string($0.letter.description) } ?? .null,
            "witnesses": .array((list.run?.witnesses ?? []).map { .string($0) }),
            "executedAt": list.executedAt.map { .string($0.description) } ?? .null,
            "missing": .array(missing.map { .string($0.slot.rawValue) }),
            "openCopies": .integer(list.openCopies.count),
            "executableFrom": list.firstDay(waiting: 0).map { .string($0.description) } ?? .null,
            "objections": .integer(list.standingObjections.count),
        ]
    }

    /// An item of a list as JSON.
    static func object(_ item: DisposalItem, _ list: DisposalList) -> [String: JSONValue] {
        let state: (String, [String]) =
            switch list.outcome(item.record) {
            case .pending: ("pending", [])
            case .refused(let by, let reason): ("refused", ["\(by): \(reason)"])
            case .skipped(let reasons): ("left", reasons.map(\.message))
            case .transferred: ("transferred", [])
            case .removed: ("removed", [])
            }
        let more: [String: JSONValue] = [
            "kind": .string("disposal item"), "list": .string(list.id.description), "digest": .string(item.digest),
            "state": .string(state.0), "reasons": .array(state.1.map { .string($0) }),
        ]
        return members(item).merging(more) { $1 }
    }

    /// What JSON says of an item, on a list or before there is one.
    static func members(_ item: DisposalItem) -> [String: JSONValue] {
        [
            "record": .string(item.record.description), "version": .integer(item.version),
            "title": .string(item.title), "code": item.code.map { .string($0) } ?? .null,
            "row": item.row.map { .string($0) } ?? .null,
            "dueSince": item.dueSince.map { .string($0.description) } ?? .null,
            "months": item.totalMonths.map { .integer($0) } ?? .null, "note": item.note.map { .string($0) } ?? .null,
        ]
    }

    /// A copy elsewhere as JSON.
    static func object(_ copy: DisposalList.Copy, _ number: Int, _ list: DisposalID) -> [String: JSONValue] {
        [
            "kind": .string("disposal copy"), "list": .string(list.description), "copy": .integer(number),
            "record": .string(copy.record.description), "class": .string(copy.description.kind.rawValue),
            "place": .string(copy.description.place), "destroyed": .boolean(copy.destroyed != nil),
            "destroyedBy": copy.destroyed.map { .string($0.by) } ?? .null,
        ]
    }
}

extension DisposalStep {
    /// The step as a verb.
    var name: String {
        switch self {
        case .assess: "assess"
        case .approve: "approve"
        case .execute: "carry out"
        case .close: "close"
        }
    }
}
