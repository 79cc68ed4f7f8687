/// A stretch of time in which nothing was entered, longer than the office allows.
///
/// It may be a holiday, or a clock that was set forward: only a person can tell.
package struct ClockLeap: Hashable, Sendable, Codable {
    /// The place in the ledger of the event behind it; nil where no event followed yet, and `to` is now.
    package let seq: Int?
    /// When the event before it was entered.
    package let from: Moment
    /// When the event behind it was entered, or what the clock says now.
    package let to: Moment

    /// A leap out of its parts.
    package init(seq: Int?, from: Moment, to: Moment) {
        self.seq = seq
        self.from = from
        self.to = to
    }

    /// How many whole days it lasted.
    package var days: Int { (to.secondsSinceEpoch - from.secondsSinceEpoch) / 86_400 }

    /// Whether a time from outside says that the clock had come so far rightly.
    ///
    /// - Parameters:
    ///   - outside: the newest time that somebody outside of the office vouched for; nil where nobody did.
    ///   - days: how many days may pass between two events.
    /// - Returns: whether `to` lies no further behind that time than an event may lie behind the one before it.
    package func isVouched(by outside: Moment?, over days: Int) -> Bool {
        outside.map { !Self.isLeap(from: $0, to: to, over: days) } ?? false
    }

    /// Whether there are more than this many days between two moments.
    package static func isLeap(from: Moment, to: Moment, over days: Int) -> Bool {
        to.secondsSinceEpoch - from.secondsSinceEpoch > days * 86_400
    }
}
