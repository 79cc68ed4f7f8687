package import Acts
package import RecordsModel

/// What is true of a record right now, under the lock.
package struct CurrentFacts: Hashable, Sendable {
    /// The newest version; nil where the record is not in the store.
    package var version: Int?
    /// SHA-512 of the object's inventory as it was read just now.
    package var digest: String
    /// What the schedule in force says.
    package var due: DueFacts
    /// The holds on the record, from `HoldBook.covering(_:search:)`.
    package var holds: [HoldID]
    /// The holds in and over its dossier, from `HoldBook.covering(dossier:records:search:)`.
    package var dossierHolds: [HoldID]
    /// Whether it is lent.
    package var isOnLoan: Bool

    /// Facts out of their parts.
    package init(
        version: Int?,
        digest: String,
        due: DueFacts,
        holds: [HoldID],
        dossierHolds: [HoldID],
        isOnLoan: Bool
    ) {
        self.version = version
        self.digest = digest
        self.due = due
        self.holds = holds
        self.dossierHolds = dossierHolds
        self.isOnLoan = isOnLoan
    }
}

/// What becomes of an item at its execution.
package enum Recheck: Hashable, Sendable {
    /// It may go.
    case go
    /// It stays, for all these reasons; the run goes on with the next.
    case skip([SkipReason])
    /// The whole run stops.
    case stop([SkipReason])
}

extension DisposalItem {
    /// Asks again whether the item may go (R24, R25): approval alone is never enough.
    ///
    /// - Parameters:
    ///   - current: what is true now.
    ///   - list: the list that the item is on.
    ///   - today: today on the office's calendar.
    /// - Returns: whether it goes, stays, or stops the run.
    package func recheck(against current: CurrentFacts, list: DisposalList, today: CivilDate) -> Recheck {
        let due = current.due
        guard due.scheduleVersion.utf8.elementsEqual(list.scheduleVersion.utf8) else {
            let message =
                "the schedule '\(list.scheduleVersion.displayed)' of the list is not in force any more, but "
                + "'\(due.scheduleVersion.displayed)'"
            return .stop([SkipReason(.scheduleChanged, message)])
        }
        if due.isSample { return .stop([SkipReason(.scheduleChanged, "the schedule in force is the marked sample")]) }
        guard let version = current.version else {
            return .skip([SkipReason(.absent, "\(record) is not in the store")])
        }
        var reasons: [SkipReason] = []
        if !current.holds.isEmpty {
            let names = current.holds.map(\.description).joined(separator: ", ")
            reasons.append(SkipReason(.held, "\(record) is held by \(names)", holds: current.holds))
        }
        let around = current.dossierHolds.filter { !current.holds.contains($0) }
        if isWholeDossier, !around.isEmpty {
            let names = around.map(\.description).joined(separator: ", ")
            let message = "the dossier '\(dossier.displayed)' goes as a whole, and something in it is held by \(names)"
            reasons.append(SkipReason(.dossierHeld, message, holds: around))
        }
        if version != self.version {
            reasons.append(SkipReason(.versionChanged, "v\(self.version) was approved, and v\(version) is there"))
        }
        if !current.digest.utf8.elementsEqual(digest.utf8) {
            reasons.append(SkipReason(.digestChanged, "what lies in the store is not what was approved"))
        }
        if list.kind == .destroy, isUnclassified {
            reasons.append(SkipReason(.unclassified, "\(record) has no classification code"))
        }
        if current.isOnLoan { reasons.append(SkipReason(.onLoan, "\(record) is lent")) }
        reasons += dueReasons(due, list.kind, today)
        return reasons.isEmpty ? .go : .skip(reasons)
    }

    private func dueReasons(_ due: DueFacts, _ kind: DisposalKind, _ today: CivilDate) -> [SkipReason] {
        guard row.map(ExactText.init) == due.row.map(ExactText.init), totalMonths == due.totalMonths else {
            let (then, now) = (row ?? "none", due.row ?? "none")
            let message =
                "the row '\(then.displayed)' was approved, and '\(now.displayed)' applies, or its length changed"
            return [SkipReason(.rowChanged, message)]
        }
        if kind == .destroy, row == nil, due.action == nil { return [] }
        guard due.action == kind.action else {
            return [SkipReason(.otherAction, "the schedule asks for '\(due.action?.rawValue ?? "nothing")'")]
        }
        guard let since = due.dueSince else { return [SkipReason(.notDue, "its period has not begun")] }
        return since <= today ? [] : [SkipReason(.notDue, "it is due on \(since)")]
    }
}

extension DueFacts {
    /// What the schedule says once a person has closed the record's review, under the same version of the schedule.
    ///
    /// A review under another version binds nobody: the record is appraised again.
    package func after(_ review: ClosedReview?) -> DueFacts {
        guard let outcome = review?.outcome, action == .review || action == .decide,
            outcome.scheduleVersion.utf8.elementsEqual(scheduleVersion.utf8)
        else {
            return self
        }
        var facts = self
        facts.row = outcome.row ?? row
        switch outcome.disposition {
        case .destroy: facts.action = .destroy
        case .permanent: facts.action = .transfer
        case .extend:
            facts.action = .review
            facts.dueSince = outcome.until
        }
        return facts
    }
}
