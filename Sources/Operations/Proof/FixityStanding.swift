import ArchiveHome
package import RecordsModel

/// When the bytes of the archive were read last, and what came of it: folded from the sweeps of a ledger.
package struct FixityStanding: Hashable, Sendable {
    /// One sweep.
    package struct Sweep: Hashable, Sendable {
        /// When.
        package let on: CivilDate
        /// Which part of the archive; nil for everything.
        package let sample: FixitySample?
        /// How many findings stand behind it: its own, and those of the parts that it did not look at.
        package private(set) var findings: Int
        /// The first findings, each in one sentence, with the record where one is concerned.
        package internal(set) var messages: [String] = []

        /// Takes what stands in the ledger into account.
        fileprivate mutating func stand(_ count: Int) { findings = max(findings, count) }
    }

    /// The most findings that are kept of a sweep.
    private static let shown = 5

    /// The last sweep over everything or over a part; nil where there was none.
    package private(set) var last: Sweep?
    /// The day since which every byte was read at least once: that of the last sweep over everything, or the oldest of a
    /// whole round of samples; nil where there was neither.
    package private(set) var everything: CivilDate?

    /// The standing of a ledger; sweeps over single records tell nothing of the rest and are passed over.
    package init(folding events: some Sequence<Event>) {
        var whole: CivilDate?
        var rounds: [Int: [Int: CivilDate]] = [:]
        // Whether the findings that follow belong to the last sweep.
        var isShown = false
        // Whether the last sweep entered only what was new; one of an earlier version entered all that it found.
        var entersNew = false
        for event in events where event.event == .fixityCheck {
            guard let scope = event.detail["scope"] else {
                if isShown, !entersNew { tell(event) }
                continue
            }
            let sample = FixitySample(event)
            isShown = sample != nil || scope.text == "everything"
            guard isShown else { continue }
            let day = event.time.date
            last = Sweep(on: day, sample: sample, findings: event.detail["findings"]?.number ?? 0)
            entersNew = event.detail["new"] != nil
            if let sample { rounds[sample.parts, default: [:]][sample.part] = day } else { whole = day }
        }
        let complete = rounds.compactMap { parts, days in days.count == parts ? days.values.min() : nil }
        everything = ([whole].compactMap(\.self) + complete).max()
        guard entersNew else { return }
        // A sweep over a part says nothing of faults in the others: they stand until one looks there.
        let standing = KnownFindings(folding: events).standing
        last?.stand(standing.count)
        for event in standing { tell(event) }
    }

    private mutating func tell(_ finding: Event) {
        guard let count = last?.messages.count, count < Self.shown else { return }
        let record = finding.record.map { "\($0): " } ?? ""
        last?.messages.append(record + (finding.detail["message"]?.text ?? ""))
    }
}
