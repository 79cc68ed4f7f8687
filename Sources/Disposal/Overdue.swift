import Acts
package import RecordsModel

/// Something that waits for a person for longer than the office allows (R21).
package struct OverdueNotice: Hashable, Sendable {
    /// What it waits for.
    package enum Step: String, Hashable, Sendable, Codable, CaseIterable {
        /// A list that is to be assessed and approved.
        case approval = "approval"
        /// An approved list that is to be executed.
        case execution = "execution"
        /// An interrupted execution that is to go on, or a receipt.
        case completion = "completion"
        /// Copies elsewhere that are to be confirmed as destroyed.
        case copies = "copies"
        /// A record that is to be appraised again.
        case review = "review"
    }

    /// What it waits for.
    package let step: Step
    /// The list or the record.
    package let subject: String
    /// The day since which it waits.
    package let since: CivilDate
    /// How many days it waits beyond what is allowed, from 1.
    package let overdueDays: Int

    /// What makes the notice the same tomorrow, so that it is given once.
    package var key: String { step.rawValue + " " + subject + " " + since.description }
}

extension DisposalRules {
    /// Everything that is overdue today, longest first.
    ///
    /// - Parameters:
    ///   - reviews: the records that the schedule wants appraised, each with the day since which.
    ///   - given: keys of the notices that were given before; those are left out.
    /// - Returns: the notices.
    package func overdue(
        reviews: [(record: RecordID, dueSince: CivilDate)],
        given: Set<String> = []
    ) -> [OverdueNotice] {
        var notices: [OverdueNotice] = []
        func add(_ step: OverdueNotice.Step, _ subject: String, _ since: CivilDate) {
            let late = today.daysSinceEpoch - since.daysSinceEpoch - settings.overdueDays
            if late > 0 {
                notices.append(OverdueNotice(step: step, subject: subject, since: since, overdueDays: late))
            }
        }
        for list in book.lists {
            switch list.state {
            case .proposed: add(.approval, list.id.description, list.proposedAt.date)
            case .approved: add(.execution, list.id.description, (list.approval?.at ?? list.touched).date)
            case .executing: add(.completion, list.id.description, list.touched.date)
            case .executed, .cancelled: break
            }
            if !list.state.isOpen, !list.openCopies.isEmpty {
                let end = list.executedAt ?? list.cancellation?.at ?? list.touched
                add(.copies, list.id.description, end.date)
            }
        }
        for review in reviews where book.tombstones[review.record] == nil {
            // A review that was closed after the day is done; an extension brings a later day with it.
            let closed = book.reviews[review.record]?.last?.at.date
            if closed.map({ $0 < review.dueSince }) ?? true {
                add(.review, review.record.description, review.dueSince)
            }
        }
        return notices.filter { !given.contains($0.key) }.sorted {
            ($0.overdueDays, $1.subject) > ($1.overdueDays, $0.subject)
        }
    }
}
