package import Acts
package import ArchiveHome
import Catalogue
import Ledger
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

    /// Enters that the clock was ahead and is right now: from then on, events are of the time that it shows.
    ///
    /// It opens what a clock set years ahead would close for as many years. So it takes the right to adopt policies, as they
    /// are in force, or any person where nobody has that; and no time is entered that an outside time lies behind.
    ///
    /// - Parameter reason: how it is known which time is right.
    /// - Returns: what was entered.
    /// - Throws: `RefusedError` without a reason or the right, where the clock is not behind the ledger, or where an
    ///   outside time says that it is behind the truth.
    package func correct(reason: String) throws -> ClockCorrected {
        let act = "correct the clock"
        let now = writer.context.now()
        let last = writer.timeOfLastEvent
        let people = try writer.people()
        var refusals: [Refusal] = []
        if !people.all(allowed: .adoptPolicy).isEmpty {
            refusals += people.permissionRefusals(of: act, by: writer.context.actor, needing: .adoptPolicy)
        }
        if reason.isBlank { refusals.append(.noText("reason", of: "the correction of the clock")) }
        if let outside = try writer.catalogue.outsideTime(), now.secondsSinceEpoch + 86_400 < outside.secondsSinceEpoch
        {
            refusals.append(
                Refusal(
                    .clockLeap,
                    "\(now)",
                    "the clock says \(now), and somebody outside of the office vouched for \(outside) already",
                    remedy: "set the clock right, such as with 'sudo timedatectl set-time', and run the command again"
                )
            )
        }
        let isBehind = last.map { now.secondsSinceEpoch + LedgerFolder.clockSlack < $0.secondsSinceEpoch } ?? false
        if !isBehind {
            refusals.append(
                Refusal(
                    .nothingLeft,
                    "\(now)",
                    "the clock is not behind the ledger, whose last event is of \(last.map { "\($0)" } ?? "no time")",
                    remedy: "nothing needs to be done"
                )
            )
        }
        try writer.require(refusals, act: act, subject: "\(now)")
        let ahead = try writer.catalogue.count(eventsAfter: now)
        let corrected = ClockCorrected(from: last ?? now, to: now, ahead: ahead, reason: reason)
        try writer.enter([writer.event(corrected)])
        return corrected
    }
}
