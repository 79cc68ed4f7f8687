package import RecordsModel

/// The detail of `clock corrected`: the clock was ahead, and from this event on it is the one that was set right.
///
/// The one place where time in the ledger may run backwards: the event states the time of the last one before it, and is
/// itself of the time that is right.
package struct ClockCorrected: EventDetail {
    /// The kind of event.
    package static let type = EventType.clockCorrected

    /// The time of the event before it.
    package var from: Moment
    /// The time that is right, and that of the event.
    package var to: Moment
    /// How many events state a time that was still to come.
    package var ahead: Int
    /// How it is known which clock was right.
    package var reason: String

    /// A detail out of its parts.
    package init(from: Moment, to: Moment, ahead: Int, reason: String) {
        self.from = from
        self.to = to
        self.ahead = ahead
        self.reason = reason
    }

    /// What is wrong with the values.
    package var faults: [String] {
        var faults = [reason].textFaults("reason")
        if to.secondsSinceEpoch >= from.secondsSinceEpoch { faults.append("'to' is not before 'from'") }
        if ahead < 1 { faults.append("'ahead' is not above 0") }
        return faults
    }

    /// What happened, in one sentence without a full stop.
    package var sentence: String {
        "the clock was set back from \(from) to \(to) (\(ahead) events state a time that was still to come): "
            + reason.displayed
    }
}
