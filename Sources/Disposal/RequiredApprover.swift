import RecordsModel
package import Retention

/// Which approval a destruction demands, with what must be looked at again.
///
/// From ten years or without a row: Kepala ANRI; under ten: Bupati (Permendagri 83/2022 as quoted in `domain.md` 4.2).
package struct RequiredApprover: Hashable, Sendable {
    /// Why a person should check the authority.
    package enum Warning: String, Hashable, Sendable, Codable {
        /// The retention is nine to eleven years long, where sources differ between "10" and "more than 10".
        case nearTenYears = "near-ten-years"
        /// Adding the periods or not gives another authority.
        case dependsOnAdding = "depends-on-adding"
    }

    /// Who.
    package let authority: DisposalAuthority
    /// How many months the retention may reach, as the office counts; nil without a row.
    package let months: Int?
    /// What to look at again, in a fixed order.
    package let warnings: [Warning]

    /// The approver for a row, or for a record without one.
    ///
    /// Periods that are not in years count too: days are taken for as many months as they can possibly be, so that a
    /// retention that may reach ten years never goes to the lesser authority. Where the periods are not added, the longer
    /// of the two decides.
    package init(for row: ScheduleRow?, settings: RetentionSettings) {
        guard let row else {
            authority = .nationalArchives
            months = nil
            warnings = []
            return
        }
        let (active, inactive) = (row.active.period, row.inactive.period)
        let sum = RetentionLength(active) + RetentionLength(inactive)
        let each = [RetentionLength(active), RetentionLength(inactive)]
        let counted = settings.addsPeriods ? [sum] : each
        months = counted.map(\.mostMonths).max()
        authority = DisposalSettings().authority(months: months, hasRow: true)
        var warnings: [Warning] = []
        if counted.contains(where: { $0.canReach(months: 108) && !$0.mustPass(months: 132) }) {
            warnings.append(.nearTenYears)
        }
        if sum.canReach(months: 120) != each.contains(where: { $0.canReach(months: 120) }) {
            warnings.append(.dependsOnAdding)
        }
        self.warnings = warnings
    }
}

/// The length of a retention in months and days, which have no common measure.
private struct RetentionLength {
    var months = 0
    var days = 0

    init(_ period: Period) {
        switch period.unit {
        case .years: months = period.count * 12
        case .months: months = period.count
        case .weeks: days = period.count * 7
        case .days: days = period.count
        }
    }

    static func + (left: RetentionLength, right: RetentionLength) -> RetentionLength {
        var sum = left
        sum.months += right.months
        sum.days += right.days
        return sum
    }

    /// Whether there is a day from which on it is at least that many months long.
    func canReach(months wanted: Int) -> Bool {
        let rest = wanted - months
        return rest <= 0 || days >= Self.fewestDays(in: rest)
    }

    /// How many months it can reach from some day on.
    var mostMonths: Int {
        if days == 0 { return months }
        var rest = days / 31
        while days >= Self.fewestDays(in: rest + 1) { rest += 1 }
        return months + rest
    }

    /// Whether it is longer than that many months, from whatever day on.
    func mustPass(months wanted: Int) -> Bool {
        let rest = wanted - months
        return rest < 0 || (rest == 0 && days > 0) || (rest > 0 && days > Self.mostDays(in: rest))
    }

    /// Days of the shortest and of the longest run of months of the civil calendar, which repeats after 400 years.
    private static func lengths(of months: Int) -> (fewest: Int, most: Int) {
        var (fewest, most) = (Int.max, 0)
        for start in 0..<4800 {
            guard let first = CivilDate(year: 2000 + start / 12, month: start % 12 + 1, day: 1),
                let period = Period(months, .months), let end = first.adding(period)
            else {
                continue
            }
            let days = end.daysSinceEpoch - first.daysSinceEpoch
            (fewest, most) = (min(fewest, days), max(most, days))
        }
        return (fewest, most)
    }

    private static func fewestDays(in months: Int) -> Int { lengths(of: months).fewest }
    private static func mostDays(in months: Int) -> Int { lengths(of: months).most }
}
