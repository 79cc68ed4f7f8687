import Acts
package import ArchiveHome
import Ledger
import RecordsModel

/// Recomputes the ledger's tree.
package enum VerifyLedger {
    /// What recomputing found, in words.
    package struct Report: Sendable {
        /// What is wrong; empty for a ledger that is what it commits to.
        package let findings: [VerifyFinding]
        /// How many lines were read.
        package let lines: Int
        /// What the ledger commits to, three lines.
        package let checkpoint: String?
        /// The checkpoints from outside that the ledger begins with: where each comes from, and how many lines it covers.
        package var consistent: [(source: String, lines: Int)] = []
        /// Files that a desktop left in the ledger's folder, relative to the home: no damage.
        package var strangers: Set<String> = []
    }

    /// Reads every line, and names the first that differs.
    ///
    /// - Parameters:
    ///   - home: the home.
    ///   - context: who asks, and whom to tell.
    ///   - outside: checkpoints that were kept elsewhere; each that the ledger does not begin with is a finding.
    /// - Returns: what was found.
    /// - Throws: `FileSafetyError` where a file cannot be read at all.
    package static func run(
        _ home: Home,
        _ context: OperationContext,
        against outside: [OutsideCheckpoint] = []
    ) throws -> Report {
        guard home.hasTruth else {
            let findings = outside.compactMap { $0.finding(.longer, in: LedgerReport(), proven: 0) }
            return Report(findings: findings, lines: 0, checkpoint: nil)
        }
        ReadIndex(home: home, context: context).tellOfWaitingWork()
        var clock = ClockFold(over: home.settings.clockLeapDays)
        var corrected: [String] = []
        var forged: [LedgerFinding] = []
        let report = try home.ledger.verify(against: outside.map(\.checkpoint)) { event, _ in
            clock.take(event)
            if let told = ClockCorrected.told(of: event) { corrected.append(told) }
            if let fault = CosignedCheckpoint.fault(of: event) { forged.append(fault) }
        }
        clock.end(context.now())
        if let told = clock.leaps.sentence(over: home.settings.clockLeapDays) { context.notice(told) }
        corrected.forEach(context.notice)
        var findings = (report.findings + forged).map { VerifyFinding($0, in: report) }
        // Of a log that cannot be read to its end nothing was held against anything.
        let compared = zip(outside, report.outside)
        let agreeing = compared.filter { $0.1 == .consistent }.map(\.0)
        let proven = agreeing.map(\.checkpoint.size).max() ?? 0
        findings += compared.compactMap { $0.finding($1, in: report, proven: proven) }
        findings += outside.dropFirst(report.outside.count).map {
            VerifyFinding(.ledger, message: "nothing could be held against the checkpoint '\($0.source.displayed)'")
        }
        if !findings.isEmpty, let work = UnderwayWork(home) {
            let count = work.takeExplained(from: &findings)
            if count > 0 { context.notice(UnderwayWork.notice(count)) }
        }
        return Report(
            findings: findings,
            lines: report.lines,
            checkpoint: report.checkpoint?.description,
            consistent: agreeing.map { ($0.source, $0.checkpoint.size) },
            strangers: Set(report.strangers.map { "ledger/" + $0 })
        )
    }
}

/// The leaps of the clock that nobody has confirmed, out of the log itself.
private struct ClockFold {
    private(set) var leaps: [ClockLeap] = []
    private let days: Int
    private var last: Moment?
    /// The newest time that somebody outside vouched for.
    private var outside: Moment?

    init(over days: Int) { self.days = days }

    /// Takes in one event more.
    mutating func take(_ event: Event) {
        if [.timeStampAccepted, .checkpointCosigned].contains(event.event),
            let time = event.detail["time"]?.text.flatMap({ Moment($0) }),
            outside.map({ $0.secondsSinceEpoch < time.secondsSinceEpoch }) ?? true
        {
            outside = time
        }
        if [.clockConfirmed, .clockCorrected].contains(event.event) {
            leaps = []
        } else if let last, ClockLeap.isLeap(from: last, to: event.time, over: days) {
            leaps.append(ClockLeap(seq: event.seq, from: last, to: event.time))
        }
        last = event.time
    }

    /// Takes in what the clock says, behind all events.
    mutating func end(_ now: Moment) {
        if let last, ClockLeap.isLeap(from: last, to: now, over: days) {
            leaps.append(ClockLeap(seq: nil, from: last, to: now))
        }
        leaps.removeAll { $0.isVouched(by: outside, over: days) }
    }
}

extension ClockCorrected {
    /// What an event tells of a clock that was ahead, with its line; nil for any other event.
    static func told(of event: Event) -> String? {
        guard event.event == .clockCorrected, let said = try? ClockCorrected(of: event) else { return nil }
        return "line \(event.seq + 1) of the ledger, by '\(event.actor.displayed)': \(said.sentence)"
    }
}

extension VerifyFinding {
    /// What recomputing the ledger found, in the words of a sweep.
    init(_ finding: LedgerFinding, in report: LedgerReport) {
        self.init(
            .ledger,
            path: finding.line.map { report.place(of: $0) },
            line: finding.line,
            message: (finding.line.map { "line \($0) " } ?? "") + finding.message
        )
    }
}
