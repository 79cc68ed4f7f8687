import RecordsModel

/// The signed plans of a dossier: a plan that was revised within the year supersedes the earlier one.
struct SignedPlanOrder {
    /// All of them, the latest first.
    let all: [DossierRecord]
    /// The one that is valid; nil where there is none, or where no date tells which is the later.
    let valid: DossierRecord?

    /// The first that was signed.
    var first: DossierRecord? { all.last { $0.date != nil } }

    init(_ records: [DossierRecord], types: [String]) {
        let plans = records.filter { record in
            record.isSaidToBeSigned && types.contains { ExactText($0) == ExactText(record.type) }
        }
        let latest = plans.sorted { left, right in
            let days = [left.date, right.date].map { $0?.daysSinceEpoch ?? .min }
            return (days[1], right.id) < (days[0], left.id)
        }
        all = latest
        switch latest.count {
        case 0: valid = nil
        case 1: valid = latest[0]
        default:
            let isTold = latest.allSatisfy { $0.date != nil } && latest[0].date != latest[1].date
            valid = isTold ? latest[0] : nil
        }
    }
}
