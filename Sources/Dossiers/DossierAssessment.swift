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

    /// All findings in the order of the steps.
    package var findings: [DossierFinding] { steps.flatMap(\.findings) }
    /// How many records there are, without those that were removed.
    package var records: Int { steps.flatMap(\.records).count { $0.removedBy == nil } }
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
}

/// What a dossier is held against.
package struct DossierRules: Sendable {
    /// The procedure.
    package let procedure: Procedure
    /// The units of the office, as berkas.yaml names them.
    package let units: [String]
    /// The document types that are the signed plan.
    package let planTypes: [String]
    /// Which days are worked.
    package let calendar: WorkCalendar

    /// Rules out of their parts.
    package init(procedure: Procedure, units: [String], planTypes: [String], calendar: WorkCalendar) {
        self.procedure = procedure
        self.units = units
        self.planTypes = planTypes
        self.calendar = calendar
    }

    /// Holds a dossier against the procedure.
    ///
    /// - Parameters:
    ///   - records: its records, those that were removed among them, in any order.
    ///   - year: the fiscal year.
    ///   - sealed: the day on which it was sealed; nil where it is open.
    ///   - asOf: the day that is asked for.
    /// - Returns: where it stands.
    package func assess(
        _ records: [DossierRecord],
        year: Int,
        sealed: CivilDate?,
        asOf: CivilDate
    ) -> DossierAssessment {
        let plans = SignedPlanOrder(records, types: planTypes)
        let ends = procedure.steps.map { end(of: $0, records, plans) }
        let last = ends.lastIndex { $0 != nil }
        // The step behind the last one that has a date; the steps that archive are the seal's, told beside it.
        let waiting = last.flatMap { $0 + 1 < procedure.steps.count ? $0 + 1 : nil }
            .flatMap { procedure.steps[$0].stages == nil ? $0 : nil }
        let sealing = sealing(plans, sealed: sealed, asOf: asOf)
        let steps = procedure.steps.indices.map { index in
            // What the papers of the archiving bear is no matter: it ends with the seal.
            let isArchiving = procedure.steps[index].stages != nil
            let own = timing(of: index, ends, records, asOf: asOf, isWaiting: index == waiting)
            return step(index, ends, records, plans, isArchiving ? sealing ?? own.unended : own)
        }
        return DossierAssessment(
            dossier: "\(procedure.id)/\(year)",
            year: year,
            asOf: asOf,
            steps: steps,
            plans: plans.all,
            validPlan: plans.valid,
            sealing: sealing,
            waitingFor: waiting.map { procedure.steps[$0].step },
            notes: notes(steps.map(\.timing))
        )
    }

    // MARK: - Time

    /// The day on which a step ended: that of the signature where it brings the plan, else the latest on its records.
    private func end(of step: ProcedureStep, _ records: [DossierRecord], _ plans: SignedPlanOrder) -> CivilDate? {
        if let signed = plans.first, signed.step == step.step, let date = signed.date { return date }
        return records.filter { $0.step == step.step }.compactMap(\.date).max()
    }

    private func timing(
        of index: Int,
        _ ends: [CivilDate?],
        _ records: [DossierRecord],
        asOf: CivilDate,
        isWaiting: Bool
    ) -> StepTiming {
        let steps = procedure.steps
        let before = ends[..<index].lastIndex { $0 != nil }
        let skipped = before.map { Array($0 + 1..<index) } ?? []
        return StepTiming(
            durations: (skipped + [index]).map { steps[$0].duration },
            since: before.flatMap { place in
                ends[place].map { StepTiming.Since(step: steps[place].step, day: $0) }
            },
            first: records.filter { $0.step == steps[index].step }.compactMap(\.date).min(),
            ended: ends[index],
            skipped: skipped.map { steps[$0].step },
            asOf: asOf,
            isWaiting: isWaiting,
            calendar: calendar
        )
    }

    /// The time from the signature to the seal: the step that has stages is allowed it.
    private func sealing(_ plans: SignedPlanOrder, sealed: CivilDate?, asOf: CivilDate) -> StepTiming? {
        guard let step = procedure.steps.last(where: { $0.stages != nil }) else { return nil }
        guard let plan = plans.valid ?? plans.all.first, let signed = plan.date else { return nil }
        return StepTiming(
            durations: [step.duration],
            since: StepTiming.Since(step: plan.step, day: signed),
            first: nil,
            ended: sealed,
            skipped: [],
            asOf: asOf,
            isWaiting: true,
            calendar: calendar
        )
    }

    private func notes(_ timings: [StepTiming]) -> [String] {
        let days = timings.flatMap { [$0.since?.day, $0.ended, $0.due] }.compactMap(\.self)
        let span = days.min().flatMap { first in days.max().map { (first, $0) } }
        let silent = span.map { calendar.silentYears(from: $0.0, through: $0.1) } ?? []
        var notes: [String] = []
        if !silent.isEmpty {
            let years = silent.map(String.init).joined(separator: ", ")
            notes.append(
                "holidays.csv says nothing of \(years): in working days only Saturdays and Sundays are left out there"
            )
        }
        if !procedure.areActorsConfirmed {
            notes.append("who does a step is a proposal until the office sets 'actors-confirmed: true' in sop-rkt.yaml")
        }
        return notes
    }

    // MARK: - Findings

    private func step(
        _ index: Int,
        _ ends: [CivilDate?],
        _ records: [DossierRecord],
        _ plans: SignedPlanOrder,
        _ timing: StepTiming
    ) -> DossierAssessment.Step {
        let step = procedure.steps[index]
        let own = records.filter { $0.step == step.step }.sorted { left, right in
            let days = [left.date, right.date].map { $0?.daysSinceEpoch ?? .max }
            return (days[0], left.id) < (days[1], right.id)
        }
        var findings = missing(step, own)
        findings += order(step, index, ends)
        if DayUnit(word: step.duration.unit) == nil {
            let message = "the procedure allows \(step.duration.text), and '\(step.duration.unit)' is no unit of days"
            findings.append(DossierFinding(.unknownUnit, step: step.step, step.duration.unit, message))
        }
        if timing.isLate, let due = timing.due, let over = timing.daysOver {
            let end = timing.ended.map { "ended on \($0)" } ?? "has not ended"
            let message = "\(end), due on \(due) (\(step.duration.text)): \(over) day\(over == 1 ? "" : "s") over"
            findings.append(DossierFinding(.late, step: step.step, "step \(step.step)", message))
        }
        for record in own {
            findings += self.findings(of: record, plans)
        }
        return DossierAssessment.Step(step: step, records: own, timing: timing, findings: findings)
    }

    private func order(_ step: ProcedureStep, _ index: Int, _ ends: [CivilDate?]) -> [DossierFinding] {
        guard let end = ends[index] else { return [] }
        let later = procedure.steps.indices[..<index].filter { place in ends[place].map { $0 > end } ?? false }
        return later.map { place in
            let other = procedure.steps[place].step
            let message = "ended on \(end), before step \(other), which ended on \(ends[place]?.description ?? "")"
            return DossierFinding(.outOfOrder, step: step.step, "step \(step.step)", message)
        }
    }

    /// What the step requires and does not have; of a record that was removed it is known that it was there.
    private func missing(_ step: ProcedureStep, _ own: [DossierRecord]) -> [DossierFinding] {
        if step.stages != nil, step.required.isEmpty { return [] }
        guard !step.required.isEmpty else {
            guard own.isEmpty else { return [] }
            let names = step.types.map { procedure.type(named: $0)?.name ?? $0 }.joined(separator: ", ")
            let message = "no record at all; expected: \(step.output) (\(names))"
            return [DossierFinding(.missing, step: step.step, step.output, message)]
        }
        var findings: [DossierFinding] = []
        let asked = askedUnits(step)
        for type in step.required {
            let name = procedure.type(named: type)?.name ?? type
            let there = own.filter { ExactText($0.type) == ExactText(type) }
            if asked.isEmpty {
                guard there.isEmpty else { continue }
                findings.append(DossierFinding(.missing, step: step.step, type, "the document '\(name)' is not there"))
                continue
            }
            for unit in asked where !there.contains(where: { Self.isSame($0.unit, unit) }) {
                let message = "'\(unit)' has filed no '\(name)'"
                findings.append(DossierFinding(.missingUnit, step: step.step, unit, message))
            }
        }
        return findings
    }

    /// The units that a step asks each: those of the office whose names begin with one of its words.
    package func askedUnits(_ step: ProcedureStep) -> [String] {
        units.filter { unit in
            let words = unit.lowercased().split(whereSeparator: \.isWhitespace)
            return step.eachUnit.contains { word in
                words.starts(with: word.lowercased().split(whereSeparator: \.isWhitespace))
            }
        }
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        func plain(_ text: String) -> String {
            text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return ExactText(plain(left)) == ExactText(plain(right))
    }

    private func findings(of record: DossierRecord, _ plans: SignedPlanOrder) -> [DossierFinding] {
        var findings: [DossierFinding] = []
        func find(_ kind: DossierFinding.Kind, _ message: String) {
            findings.append(DossierFinding(kind, step: record.step, record.id.description, message))
        }
        if let list = record.removedBy { find(.removed, "it was removed by \(list), and counts as having been there") }
        if record.date == nil { find(.noDate, "it has no date, so that it does not count in its step's time") }
        if let date = record.date, record.received.date < date {
            let word = record.isSaidToBeSigned ? "signed" : "dated"
            find(.filedBeforeSigned, "it was filed on \(record.received.date), and is \(word) \(date)")
        }
        if plans.all.contains(where: { $0.id == record.id }) {
            if let valid = plans.valid {
                if valid.id != record.id { find(.superseded, "it is superseded by \(valid.id) of \(Self.day(valid))") }
            } else {
                let others = plans.all.filter { $0.id != record.id }.map(\.id.description).joined(separator: ", ")
                find(.twoPlans, "it is a signed plan as \(others) is, and no later date tells which is valid")
            }
        }
        return findings
    }

    private static func day(_ record: DossierRecord) -> String { record.date?.description ?? "no date" }
}

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
