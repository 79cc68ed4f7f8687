import Acts
import RecordsModel

/// How acts are shown: who, what, when, and how sure it is that the person did it.
enum ActRendering {
    /// Who is said to have acted, and how sure that is.
    static func person(_ actor: String, _ account: Account?, _ sure: Certainty) -> String {
        if sure == .unproven { return "\(actor.displayed) (of another archive, unproven)" }
        guard let account else { return "\(actor.displayed) (typed)" }
        let name = account.name.displayed
        return switch sure {
        case .key: "\(actor.displayed) (signed; account \(name))"
        case .account: "\(actor.displayed) (account \(name))"
        case .delegated: "\(actor.displayed) (account \(name), which may act for them)"
        case .typed, .unproven: "\(actor.displayed) (typed; account \(name))"
        }
    }

    /// An act on a line.
    static func text(_ act: LedgerAct) -> String {
        let subject = act.record.map { $0 == act.subject ? $0 : "\(act.subject) \($0)" } ?? act.subject
        return "      \(act.time)  \(act.event.rawValue.displayed.padded(to: 24))  \(subject.displayed)  "
            + "by \(person(act.actor, act.account, act.sure))  (ledger \(act.seq))"
    }

    /// An act as JSON.
    static func object(_ act: LedgerAct) -> [String: JSONValue] {
        [
            "kind": .string("audit act"), "seq": .integer(act.seq), "time": .string(act.time.description),
            "actor": .string(act.actor), "event": .string(act.event.rawValue), "subject": .string(act.subject),
            "record": act.record.map { .string($0) } ?? .null,
            "account": act.account.map { .string($0.name) } ?? .null, "sure": .string(act.sure.rawValue),
        ]
    }
}
