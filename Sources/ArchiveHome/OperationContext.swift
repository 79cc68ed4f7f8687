package import FileSafety
import Foundation
import Ledger
package import RecordsModel
import Synchronization
package import SystemPackage

/// Who works, when, and whom to tell: what every operation is given beside its subject.
package struct OperationContext: Sendable {
    /// Who answers for what is done.
    package let actor: String
    /// Under which account of the operating system it is done.
    package let account: Account
    /// The key that signs what the person does, by its file; nil where an agent is asked.
    package let keyFile: FilePath?
    /// Tells the time, in the time zone of the office.
    package private(set) var now: @Sendable () -> Moment
    /// Asked before every durable step.
    package let tripwire: Tripwire
    /// Told of anything that a person should know and that is no result, in one sentence.
    package let notice: @Sendable (String) -> Void
    /// Told of anything that an answer lacks, in one sentence.
    package let shortfall: @Sendable (String) -> Void
    /// Whether the index is left aside, and a question answered from store and ledger alone.
    package let leavesIndexAside: Bool
    /// Told when the home's lock was taken: from then on something may change.
    package let tookLock: @Sendable () -> Void
    /// Told how far the work is.
    package let progress: @Sendable (OperationProgress) -> Void
    /// Whether somebody asked the program to stop.
    package let isInterrupted: @Sendable () -> Bool
    /// Whether the work is to enter that the clock was ahead: then it may be behind the ledger.
    private(set) var correctsClock = false
    /// The rights of what is made in the home that is worked in; nil where none is, and the umask decides.
    private var rights: RightsBelow?

    /// A context out of its parts.
    package init(
        actor: String,
        account: Account = .ofThisProcess,
        keyFile: FilePath? = nil,
        now: @escaping @Sendable () -> Moment,
        tripwire: Tripwire = .none,
        notice: @escaping @Sendable (String) -> Void = { _ in },
        shortfall: @escaping @Sendable (String) -> Void = { _ in },
        leavesIndexAside: Bool = false,
        tookLock: @escaping @Sendable () -> Void = {},
        progress: @escaping @Sendable (OperationProgress) -> Void = { _ in },
        isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) {
        self.actor = actor
        self.account = account
        self.keyFile = keyFile
        self.now = now
        self.tripwire = tripwire
        self.notice = notice
        self.shortfall = shortfall
        self.leavesIndexAside = leavesIndexAside
        self.tookLock = tookLock
        self.progress = progress
        self.isInterrupted = isInterrupted
    }

    /// File changes that ask the tripwire.
    package var files: DurableFiles { DurableFiles(tripwire: tripwire, home: rights) }

    /// The same for work in a home: what is made there gets the rights of the home's top folder.
    package func working(in home: Home) throws -> OperationContext { try working(below: home.path) }

    func working(below top: FilePath) throws -> OperationContext {
        var context = self
        context.rights = try RightsBelow(top)
        return context
    }

    /// The same for work that enters nothing but that the clock was ahead.
    package func correctingClock() -> OperationContext {
        var context = self
        context.correctsClock = true
        return context
    }

    /// Stops here if somebody asked for it.
    package func stopIfInterrupted() throws {
        guard isInterrupted() else { return }
        throw OperationError(
            .interrupted,
            message: "interrupted; what was reported as kept is kept",
            remedy: "run the same command again: it carries on"
        )
    }

    /// The years in which the clock of a computer can be right.
    package static let clockYears = 1970...2199

    /// Refuses a clock that cannot be right: what is dated by it would stand in the ledger for good.
    ///
    /// - Throws: `OperationError`, code `clock`.
    package func requireClock() throws { try Self.require(now()) }

    /// Refuses a moment that no clock can have shown rightly.
    static func require(_ moment: Moment) throws {
        guard !clockYears.contains(moment.date.year) else { return }
        throw OperationError(
            .clock,
            message: "the computer's clock says that the year is \(moment.date.year), and nothing was written",
            remedy:
                "set the clock, such as with 'sudo timedatectl set-time \"2026-11-23 08:00:00\"', and run the command again"
        )
    }

    /// The same, with a clock that is never behind the ledger: one that is a little late takes the last event's time.
    ///
    /// - Parameter last: when the last event was entered; nil where there is none.
    /// - Returns: the context.
    /// - Throws: `OperationError`, code `clock`, where it is further behind than `LedgerFolder.clockSlack`.
    func notBehind(_ last: Moment?) throws -> OperationContext {
        guard let last, !correctsClock else { return self }
        try Self.require(now(), notBehind: last)
        var context = self
        let clock = now
        context.now = {
            let moment = clock()
            return moment.secondsSinceEpoch < last.secondsSinceEpoch ? last : moment
        }
        return context
    }

    /// Refuses a moment that lies far behind what the ledger says already: time there never runs backwards.
    static func require(_ moment: Moment, notBehind last: Moment) throws {
        guard moment.secondsSinceEpoch + LedgerFolder.clockSlack < last.secondsSinceEpoch else { return }
        let times = "\(moment), before the ledger's last event of \(last)"
        throw OperationError(
            .clock,
            message: "the computer's clock says \(times); nothing was written",
            remedy: "look at another clock: where this one is behind, use 'sudo timedatectl set-time'; where it is "
                + "right, and was ahead before, say so with 'berkas clock correct --reason TEXT'"
        )
    }

    /// A clock that shows the time of a zone.
    ///
    /// - Parameters:
    ///   - zone: its IANA name.
    ///   - days: how many days it is ahead, for a rehearsal.
    /// - Returns: nil where there is no such zone.
    package static func clock(in zone: String, ahead days: Int = 0) -> (@Sendable () -> Moment)? {
        guard let zone = TimeZone(identifier: zone) else { return nil }
        return {
            let date = Date().addingTimeInterval(Double(days) * 86_400)
            return Moment(
                secondsSinceEpoch: Int(date.timeIntervalSince1970.rounded(.down)),
                offset: zone.secondsFromGMT(for: date)
            )
        }
    }
}

/// How far an operation is.
package struct OperationProgress: Hashable, Sendable {
    /// What is being done, as a noun.
    package let phase: String
    /// Items done.
    package let items: Int
    /// Items in all, where known.
    package let totalItems: Int?
    /// Bytes done.
    package let bytes: Int
    /// Bytes in all, where known.
    package let totalBytes: Int?

    /// Progress out of its parts.
    package init(phase: String, items: Int, totalItems: Int?, bytes: Int, totalBytes: Int?) {
        self.phase = phase
        self.items = items
        self.totalItems = totalItems
        self.bytes = bytes
        self.totalBytes = totalBytes
    }
}

/// Counts what several threads have done, and tells how far they are.
package final class ProgressCounter: Sendable {
    private struct Count {
        var items = 0
        var bytes = 0
    }

    private let count = Mutex(Count())
    private let phase: String
    private let totalItems: Int?
    private let totalBytes: Int?
    private let report: @Sendable (OperationProgress) -> Void

    /// A counter at nothing.
    package init(
        phase: String,
        totalItems: Int?,
        totalBytes: Int?,
        report: @escaping @Sendable (OperationProgress) -> Void
    ) {
        self.phase = phase
        self.totalItems = totalItems
        self.totalBytes = totalBytes
        self.report = report
    }

    /// Adds what has been done, and tells.
    package func add(items: Int, bytes: Int) {
        let now = count.withLock { count in
            count.items += items
            count.bytes += bytes
            return count
        }
        report(
            OperationProgress(
                phase: phase,
                items: now.items,
                totalItems: totalItems,
                bytes: now.bytes,
                totalBytes: totalBytes
            )
        )
    }
}
