package import RecordsModel

/// One round of a step that is answered by a signature or by a correction: the text comes, and is signed or sent back.
///
/// The procedure's step 10 ends with "Dokumen RKT/Koreksi RKT". Each text has the whole time of the step, from the day on
/// which it came; what its makers take for the next text is shown beside it, and no rule allows or forbids it.
package struct SignatureRound: Hashable, Sendable {
    /// The number, from 1.
    package let number: Int
    /// The day on which the text came; nil where no text with a date did.
    package let received: CivilDate?
    /// The day on which it was answered; nil while it waits.
    package let answered: CivilDate?
    /// The correction, or the plan that was signed; nil while it waits.
    package let answer: RecordID?
    /// Whether the answer is the signature.
    package let isSigned: Bool
    /// The last day that is in time.
    package let due: CivilDate?
    /// Days of the calendar from the text to its answer, or to the day that is asked for.
    package let calendarDays: Int?
    /// Days that are worked among them.
    package let workingDays: Int?
    /// Days of the calendar from the correction before it to the text of this round; nil for the first.
    package let reworkDays: Int?
    /// Days that are worked among those.
    package let reworkWorkingDays: Int?
    /// How many days of the calendar it is over.
    package let daysOver: Int?

    /// Whether it took longer than the step may.
    package var isLate: Bool { (daysOver ?? 0) > 0 }
}

extension DossierRules {
    /// The rounds of a step; none where no correction sent a text back.
    ///
    /// - Parameters:
    ///   - step: the step.
    ///   - records: the dossier.
    ///   - plans: the signed plans.
    ///   - asOf: the day that is asked for.
    /// - Returns: the rounds in their order.
    func rounds(
        of step: ProcedureStep,
        _ records: [DossierRecord],
        _ plans: SignedPlanOrder,
        asOf: CivilDate
    ) -> [SignatureRound] {
        guard let rule = step.rounds else { return [] }
        let corrections = dated(records, rule.correction)
        guard !corrections.isEmpty else { return [] }
        let texts = dated(records, rule.text).map(\.day)
        let signed = plans.first.flatMap { plan in plan.date.map { (day: $0, id: plan.id) } }
        var answers = corrections.map { (day: $0.day, id: $0.id, isSigned: false) }
        // A correction of a later day than the signature is of the plan that revises it.
        if let signed {
            answers = answers.filter { $0.day <= signed.day }
            answers.append((signed.day, signed.id, true))
        }
        var rounds: [SignatureRound] = []
        var before: CivilDate?
        for answer in answers {
            let text = texts.filter { day in day <= answer.day && (before.map { day >= $0 } ?? true) }
            let received = before == nil ? text.max() : text.min()
            rounds.append(round(rounds.count + 1, received, answer, before, step, asOf))
            before = answer.day
        }
        if signed == nil, let last = before {
            rounds.append(round(rounds.count + 1, texts.filter { $0 >= last }.min(), nil, last, step, asOf))
        }
        return rounds
    }

    /// The day of the first correction: until then a text is what the step before made.
    func firstCorrection(_ records: [DossierRecord]) -> (text: String, day: CivilDate)? {
        for case let rule? in procedure.steps.map(\.rounds) {
            if let first = dated(records, rule.correction).first { return (rule.text, first.day) }
        }
        return nil
    }

    private func dated(_ records: [DossierRecord], _ type: String) -> [(day: CivilDate, id: RecordID)] {
        records.filter { ExactText($0.type) == ExactText(type) }
            .compactMap { record in record.date.map { (day: $0, id: record.id) } }
            .sorted { ($0.day, $0.id) < ($1.day, $1.id) }
    }

    private func round(
        _ number: Int,
        _ received: CivilDate?,
        _ answer: (day: CivilDate, id: RecordID, isSigned: Bool)?,
        _ before: CivilDate?,
        _ step: ProcedureStep,
        _ asOf: CivilDate
    ) -> SignatureRound {
        let end = answer?.day ?? asOf
        let due = DayUnit(word: step.duration.unit).flatMap { unit in
            received.flatMap { calendar.adding(step.duration.count, unit, to: $0) }
        }
        let isCounted = received.map { $0 <= end } ?? false
        let rework = before.flatMap { start in received.map { (start, $0) } }
        return SignatureRound(
            number: number,
            received: received,
            answered: answer?.day,
            answer: answer?.id,
            isSigned: answer?.isSigned ?? false,
            due: due,
            calendarDays: isCounted ? received.map { end.daysSinceEpoch - $0.daysSinceEpoch } : nil,
            workingDays: isCounted ? received.map { calendar.workingDays(after: $0, through: end) } : nil,
            reworkDays: rework.map { $0.1.daysSinceEpoch - $0.0.daysSinceEpoch },
            reworkWorkingDays: rework.map { calendar.workingDays(after: $0.0, through: $0.1) },
            daysOver: isCounted ? due.map { max(0, end.daysSinceEpoch - $0.daysSinceEpoch) } : nil
        )
    }
}
