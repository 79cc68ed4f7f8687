package import Acts
package import RecordsModel

/// The detail of `review closed`: what becomes of the event's record, which was to be appraised again (R20).
package struct ReviewClosed: EventDetail {
    /// The kind of event.
    package static let type = EventType.reviewClosed

    /// What was decided.
    package enum Disposition: String, Hashable, Sendable, Codable, CaseIterable {
        /// It may be destroyed.
        case destroy = "musnah"
        /// It is kept for ever.
        case permanent = "permanen"
        /// It is appraised again at a later day.
        case extend = "perpanjang"
    }

    /// What was decided.
    package var disposition: Disposition
    /// The row of the schedule that applies from now on, by its code; nil where the disposition alone was decided.
    package var row: String?
    /// The day of the next review, for an extension only.
    package var until: CivilDate?
    /// On whose word, such as a letter with its number.
    package var authority: String
    /// Why.
    package var comment: String
    /// The version of the schedule under which it was appraised.
    package var scheduleVersion: String

    /// An outcome out of its parts.
    package init(
        disposition: Disposition,
        row: String? = nil,
        until: CivilDate? = nil,
        authority: String,
        comment: String,
        scheduleVersion: String
    ) {
        self.disposition = disposition
        self.row = row
        self.until = until
        self.authority = authority
        self.comment = comment
        self.scheduleVersion = scheduleVersion
    }

    /// What is wrong with the values.
    package var faults: [String] {
        var faults = [authority].textFaults("authority") + [comment].textFaults("comment")
        faults += [scheduleVersion].textFaults("scheduleVersion")
        if let row { faults += [row].textFaults("row") }
        if (disposition == .extend) != (until != nil) {
            faults.append("'until' belongs to an extension, and to nothing else")
        }
        return faults
    }
}

/// A review with its outcome, who closed it and when.
package struct ClosedReview: Hashable, Sendable {
    /// The outcome.
    package let outcome: ReviewClosed
    /// Who closed it.
    package let by: String
    /// When.
    package let at: Moment
}

extension DisposalRules {
    /// Whether a review may be closed; all refusals at once (R20).
    ///
    /// - Parameters:
    ///   - record: the record.
    ///   - disposition: what is decided, nil where nothing was chosen.
    ///   - row: the row that applies from now on.
    ///   - until: the day of the next review, for an extension.
    ///   - authority: on whose word.
    ///   - comment: why.
    ///   - due: what the schedule says of the record.
    ///   - rowExists: whether the schedule in force has a row by that code.
    ///   - actor: who closes it.
    /// - Returns: the detail of the event, or all refusals.
    package func closeReview(
        of record: RecordID,
        as disposition: ReviewClosed.Disposition?,
        row: String?,
        until: CivilDate?,
        authority: String,
        comment: String,
        due: DueFacts,
        rowExists: (String) -> Bool,
        by actor: String
    ) -> Verdict<ReviewClosed> {
        var refusals = people.refusals(of: "close a review", by: actor, needing: .closeReview)
        if authority.isBlank { refusals.append(.noText("authority", of: "a review")) }
        if comment.isBlank { refusals.append(.noText("comment", of: "a review")) }
        if disposition == nil { refusals.append(.noText("disposition", of: "a review")) }
        if let row, !rowExists(row) {
            refusals.append(.malformed("row", "the schedule in force has no row '\(row.displayed)'"))
        }
        if disposition == .extend {
            if until == nil { refusals.append(.noText("until", of: "an extension")) }
            if let until, until <= today { refusals.append(.malformed("until", "\(until) is not later than today")) }
        } else if until != nil {
            refusals.append(.malformed("until", "only an extension has a day"))
        }
        if book.tombstones[record] != nil { refusals.append(.gone(record)) }
        switch due.action {
        case .review?, .decide?:
            if due.dueSince.map({ $0 > today }) ?? true { refusals.append(.notDue(record, due, today)) }
        case .destroy?, .transfer?, .move?, nil:
            refusals.append(.otherAction(record, due, wanted: .review))
        }
        refusals += scheduleRefusals(due)
        guard refusals.isEmpty, let disposition else { return .refused(refusals) }
        return .allowed(
            ReviewClosed(
                disposition: disposition,
                row: row,
                until: until,
                authority: authority,
                comment: comment,
                scheduleVersion: due.scheduleVersion
            )
        )
    }
}
