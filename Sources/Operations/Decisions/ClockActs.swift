package import Acts
package import ArchiveHome
import Catalogue
package import RecordsModel

extension ArchiveWriter {
    /// Why an act that rests on the date waits: the clock leapt forward, and nobody has said that it was right.
    ///
    /// A refusal is entered with the time of the same clock. So the last event alone tells nothing: every gap since the
    /// last confirmation counts.
    func clockRefusals() throws -> [Refusal] { try clockLeaps().refusals(over: home.settings.clockLeapDays) }
}

/// How the clock stands.
package struct ClockStanding: Sendable {
    /// What the clock says.
    package let now: Moment
    /// When the last event was entered; nil where there is none.
    package let last: Moment?
    /// The leaps that nobody has confirmed.
    package let leaps: [ClockLeap]
    /// How many days may pass between two events.
    package let allowed: Int

    /// Asks a home; changes nothing.
    package init(_ reader: ArchiveReader, _ context: OperationContext) throws {
        now = context.now()
        last = try reader.catalogue.lastEvent().map { try Event(line: $0).time }
        allowed = reader.home.settings.clockLeapDays
        leaps = try reader.catalogue.clockLeaps(over: allowed, until: now)
    }
}

/// Says of the computer's clock that it is right.
package struct ClockActs {
    private let writer: ArchiveWriter

    /// Confirming under a lock that is held.
    package init(_ writer: ArchiveWriter) { self.writer = writer }

    /// Enters that the clock was right wherever it leapt forward, up to now.
    ///
    /// - Parameter reason: how that is known.
    /// - Returns: what was entered.
    /// - Throws: `RefusedError` without a reason, or where the clock did not leap.
    package func confirm(reason: String) throws -> ClockConfirmed {
        let leaps = try writer.clockLeaps()
        var refusals: [Refusal] = []
        if reason.isBlank { refusals.append(.noText("reason", of: "the confirmation of the clock")) }
        if leaps.isEmpty {
            refusals.append(
                Refusal(
                    .nothingLeft,
                    "\(writer.context.now())",
                    "the clock did not leap by more than \(writer.home.settings.clockLeapDays) days, or that is confirmed",
                    remedy: "nothing needs to be done"
                )
            )
        }
        try writer.require(refusals, act: "confirm the clock", subject: "\(writer.context.now())")
        let confirmed = ClockConfirmed(leaps: leaps, reason: reason)
        try writer.enter([writer.event(confirmed)])
        return confirmed
    }
}
