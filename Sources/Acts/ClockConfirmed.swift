package import RecordsModel

/// The detail of `clock confirmed`: a person says that the clock was right, up to the moment of the event.
package struct ClockConfirmed: EventDetail {
    /// The kind of event.
    package static let type = EventType.clockConfirmed

    /// How many leaps one event names at most; all of them are confirmed.
    package static let most = 100

    /// The leaps that are confirmed, in the order of the ledger.
    package var leaps: [ClockLeap]
    /// How that is known.
    package var reason: String

    /// A detail out of its parts.
    package init(leaps: [ClockLeap], reason: String) {
        self.leaps = Array(leaps.prefix(Self.most))
        self.reason = reason
    }

    /// What is wrong with the values.
    package var faults: [String] {
        var faults = [reason].textFaults("reason")
        if leaps.isEmpty { faults.append("'leaps' is empty") }
        if leaps.count > Self.most { faults.append("'leaps' has more than \(Self.most) members") }
        if leaps.contains(where: { $0.to.secondsSinceEpoch <= $0.from.secondsSinceEpoch }) {
            faults.append("'leaps' names one that ends before it begins")
        }
        return faults
    }
}

/// Words for leaps of the clock.
extension [ClockLeap] {
    /// What happened and what waits, in one sentence without a full stop; nil where there is no leap.
    ///
    /// - Parameter days: how many days may pass between two events.
    /// - Returns: the sentence.
    package func sentence(over days: Int) -> String? {
        guard let widest = self.max(by: { $0.days < $1.days }) else { return nil }
        let until = widest.seq == nil ? "now, \(widest.to)," : "\(widest.to)"
        let more = count > 1 ? ", and \(count - 1) more such \(count == 2 ? "gap" : "gaps")" : ""
        return "from \(widest.from) to \(until) nothing was entered: \(widest.days) days, where "
            + "'clock-leap-days' allows \(days)\(more). Was the office closed, or was the clock set forward? "
            + "Acts that rest on the date wait until somebody who knows runs 'berkas clock confirm --reason TEXT'"
    }

    /// Why an act that rests on the date waits; empty where nothing speaks against the clock.
    package func refusals(over days: Int) -> [Refusal] {
        guard let widest = self.max(by: { $0.days < $1.days }) else { return [] }
        let message =
            "the clock went from \(widest.from) to \(widest.to) without an event between them: \(widest.days) days, "
            + "and 'clock-leap-days' allows \(days)"
        return [
            Refusal(
                .clockLeap,
                "\(widest.to)",
                message,
                remedy: "if the clock is right, say so with 'berkas clock confirm --reason TEXT'; if not, set it right"
            )
        ]
    }
}
