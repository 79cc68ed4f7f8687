import GRDB
package import RecordsModel

extension CatalogueDatabase {
    /// Where the clock leapt forward since a person confirmed or corrected it last, in the order of the ledger.
    ///
    /// What a time from outside has reached is no leap: a time stamp, or a witness's signature (RFC 3161, C2SP
    /// cosignature/v1). Time in the ledger runs backwards only where somebody corrected the clock. So a stretch of events
    /// whose ends are not further apart than is allowed has no leap in it, and is not looked into: a ledger of ten years is
    /// asked for some hundred events, however long it is. Where time ran backwards all the same, `verify` names it.
    ///
    /// - Parameters:
    ///   - days: how many days may pass between two events.
    ///   - now: what the clock says; nil where only the ledger is asked.
    /// - Returns: the leaps.
    /// - Throws: `CatalogueError`.
    package func clockLeaps(over days: Int, until now: Moment?) throws -> [ClockLeap] {
        guard let last = try lastPlace(), let first = try settledPlace(), let end = try time(at: last) else {
            return []
        }
        var leaps: [ClockLeap] = []
        // The earliest stretch is looked into first.
        var waiting: [(first: (place: Int, time: Moment), last: (place: Int, time: Moment))] = []
        if let begin = try time(at: first) { waiting.append(((first, begin), (last, end))) }
        while let (low, high) = waiting.popLast() {
            guard high.place > low.place, ClockLeap.isLeap(from: low.time, to: high.time, over: days) else { continue }
            let middle = low.place + (high.place - low.place) / 2
            // An event that cannot be asked leaves the whole stretch in doubt.
            guard middle > low.place, let time = try time(at: middle) else {
                leaps.append(ClockLeap(seq: high.place, from: low.time, to: high.time))
                continue
            }
            waiting.append(((middle, time), high))
            waiting.append((low, (middle, time)))
        }
        if let now, ClockLeap.isLeap(from: end, to: now, over: days) {
            leaps.append(ClockLeap(seq: nil, from: end, to: now))
        }
        if leaps.isEmpty { return [] }
        let outside = try outsideTime()
        return leaps.filter { !$0.isVouched(by: outside, over: days) }
    }

    /// The newest time that a time-stamping authority or a witness vouched for, as the ledger tells; nil where it tells of none.
    ///
    /// - Throws: `CatalogueError`.
    package func outsideTime() throws -> Moment? {
        var newest: Moment?
        try each(
            "SELECT line ->> '$.detail.time' FROM counting JOIN event USING (seq) WHERE event IN (?, ?)",
            [EventType.timeStampAccepted.rawValue, EventType.checkpointCosigned.rawValue]
        ) { row in
            guard let time = (row[0] as String?).flatMap({ Moment($0) }) else { return }
            if newest.map({ $0.secondsSinceEpoch < time.secondsSinceEpoch }) ?? true { newest = time }
        }
        return newest
    }

    /// How many events state a time behind a moment.
    ///
    /// - Throws: `CatalogueError`.
    package func count(eventsAfter moment: Moment) throws -> Int {
        guard let last = try lastPlace() else { return 0 }
        var count = 0
        while count <= last, let time = try time(at: last - count), time.secondsSinceEpoch > moment.secondsSinceEpoch {
            count += 1
        }
        return count
    }

    /// The place in the ledger up to which a person has said that the clock was right, or set it right; 0 where nobody has.
    private func settledPlace() throws -> Int? {
        var place = 0
        try each(
            "SELECT seq FROM counting JOIN event USING (seq) WHERE event IN (?, ?) ORDER BY seq DESC LIMIT 1",
            [EventType.clockConfirmed.rawValue, EventType.clockCorrected.rawValue]
        ) { place = $0[0] }
        return place
    }

    private func lastPlace() throws -> Int? {
        var place: Int?
        try each("SELECT max(seq) FROM event", []) { place = $0[0] }
        return place
    }

    private func time(at place: Int) throws -> Moment? {
        var text: String?
        try each("SELECT line ->> '$.time' FROM event WHERE seq = ?", [place]) { text = $0[0] }
        return text.flatMap { Moment($0) }
    }
}
