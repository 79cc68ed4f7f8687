package import RecordsModel

/// A dossier held against its procedure: what is there, what is missing, what was late.
///
/// A pure function of records, procedure, calendar and day. What cannot be told is not told: see `StepTiming`.
package struct DossierAssessment: Hashable, Sendable {
    /// One step of the procedure.
    package struct Step: Hashable, Sendable {
        /// What the procedure says of it.
        package let step: ProcedureStep
        /// The records that belong to it, by date and number; those that were removed among them.
        package let records: [DossierRecord]
        /// When it began and ended.
        package let timing: StepTiming
        /// What is wrong, or worth knowing.
        package let findings: [DossierFinding]
        /// The records that are its input (kelengkapan), at this step or an earlier one.
        package let input: [DossierRecord]
        /// The rounds of a step that goes round; empty where it does not, or where no text has come.
        package let rounds: [SignatureRound]

        /// Whether a document that it requires is not there.
        package var hasGap: Bool { findings.contains(where: \.isGap) }
    }

    /// The dossier's name: `RKT/2024`.
    package let dossier: String
    /// The fiscal year.
    package let year: Int
    /// The day that was asked for.
    package let asOf: CivilDate
    /// The steps, in the order of the procedure.
    package let steps: [Step]
    /// The signed plans, the valid one first.
    package let plans: [DossierRecord]
    /// Which of them is valid; nil where there is none, or where nothing tells.
    package let validPlan: DossierRecord?
    /// The time from the signature to the seal, which is that of the step with stages; nil where there is no signed plan.
    package let sealing: StepTiming?
    /// The step that is waited for; nil where all are done, or nothing has begun.
    package let waitingFor: Int?
    /// What a person must know of how days were counted.
    package let notes: [String]

    /// The standard time of all steps together, in the words of the procedure: `18 hari + 1 minggu`.
    package let standard: String
    /// The same in days of the calendar; nil where a unit is none of the calendar.
    package let standardDays: Int?

    /// All findings in the order of the steps.
    package var findings: [DossierFinding] { steps.flatMap(\.findings) }
    /// How many records there are, without those that were removed.
    package var records: Int { steps.flatMap(\.records).count { $0.removedBy == nil } }
    /// Whether it never had a record: what was removed was there once.
    package var isEmpty: Bool { steps.allSatisfy(\.records.isEmpty) }
    /// Whether every step has what it requires.
    package var isComplete: Bool { !steps.contains(where: \.hasGap) }
    /// Whether there is a signed plan that is valid.
    package var isSigned: Bool { validPlan != nil }
    /// Whether no step was late and the seal is in time; nil where some step could not be counted and none was late.
    package var isInTime: Bool? {
        let timings = steps.map(\.timing)
        if timings.contains(where: \.isLate) { return false }
        // The first step has none before it.
        return timings.dropFirst().allSatisfy { $0.daysOver != nil } ? true : nil
    }
    /// How many days of the calendar the late steps took too long, all together.
    package var daysOver: Int { steps.reduce(0) { $0 + ($1.timing.daysOver ?? 0) } }

    /// The days that a picture of its time goes from and to; nil where there are no two of them.
    ///
    /// What is waited for, and a seal, reach no further than a quarter behind everything else: a dossier that was sealed
    /// years later would leave the steps no room.
    package var span: (first: CivilDate, last: CivilDate)? {
        let worked = steps.filter { $0.step.stages == nil }.map(\.timing)
        let days = worked.flatMap { [$0.since?.day, $0.first, $0.ended, $0.due] } + [sealing?.due]
        let known = days.compactMap(\.self)
        guard let first = known.min(), let last = known.max(), first < last else { return nil }
        guard let end = sealing?.ended ?? (sealing?.isLate == true ? asOf : nil), end > last else {
            return (first, last)
        }
        let room = (last.daysSinceEpoch - first.daysSinceEpoch) / 4
        return (first, min(end, CivilDate(daysSinceEpoch: last.daysSinceEpoch + room)))
    }
}
