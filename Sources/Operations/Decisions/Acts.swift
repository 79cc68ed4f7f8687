package import Acts
import ArchiveHome
import Catalogue
import RecordsModel
import Retention

/// What a person asked for and a rule does not allow; the attempt stands in the ledger.
package struct RefusedError: Error, Sendable, CustomStringConvertible {
    /// What was asked for, as in "may not …".
    package let act: String
    /// Every reason.
    package let refusals: [Refusal]

    /// A refusal out of its parts.
    package init(act: String, refusals: [Refusal]) {
        self.act = act
        self.refusals = refusals
    }

    /// One line a reason: what, which, why, what to do.
    package var description: String {
        "refused to \(act)\n" + refusals.map { "  \($0.message); \($0.remedy)" }.joined(separator: "\n")
    }
}

extension ArchiveWriter {
    /// Which dates this office takes today without a reason.
    var plausibleDates: PlausibleDates {
        PlausibleDates(today: context.now().date, firstYear: home.settings.firstYear)
    }

    /// An event of now, by whoever works.
    func event(_ detail: some EventDetail, record: RecordID? = nil) throws -> Event {
        try Event(detail, seq: 0, time: context.now(), actor: context.actor, record: record)
    }

    /// The same of a kind whose detail has no type of its own.
    func event(
        _ kind: EventType,
        _ detail: [String: JSONValue],
        record: RecordID? = nil,
        version: Int? = nil
    ) -> Event {
        Event(
            seq: 0,
            time: context.now(),
            actor: context.actor,
            event: kind,
            record: record,
            version: version,
            detail: detail
        )
    }

    /// Lets an act pass that nothing speaks against; else enters the attempt in the ledger (R48) and throws.
    ///
    /// - Throws: `RefusedError` with every reason.
    func require(_ refusals: [Refusal], act: String, subject: String, record: RecordID? = nil) throws {
        if !refusals.isEmpty { try refuse(refusals, act: act, subject: subject, record: record) }
    }

    /// What a rule allows; else enters the attempt in the ledger and throws, as `require` does.
    func allowed<Value>(_ verdict: Verdict<Value>, act: String, subject: String) throws -> Value {
        switch verdict {
        case .allowed(let value): return value
        case .refused(let refusals): try refuse(refusals, act: act, subject: subject)
        }
    }

    private func refuse(
        _ refusals: [Refusal],
        act: String,
        subject: String,
        record: RecordID? = nil
    ) throws -> Never {
        // Two persons of one act may be refused for one reason.
        var said: [Refusal] = []
        for refusal in refusals where !said.contains(refusal) { said.append(refusal) }
        try enter([event(RefusedAttempt(act: act, subject: subject, refusals: said), record: record)])
        throw RefusedError(act: act, refusals: said)
    }
}
