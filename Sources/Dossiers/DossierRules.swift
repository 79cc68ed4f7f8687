package import RecordsModel

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
    ///   - sealed: the day on which it was sealed with the plan that is valid, for the first time, as
    ///     `DossierProgress.sealing(of:)` tells; nil where it never was.
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
        let rounds = procedure.steps.map { self.rounds(of: $0, records, plans, asOf: asOf) }
        let steps = procedure.steps.indices.map { index in
            // What the papers of the archiving bear is no matter: it ends with the seal.
            let isArchiving = procedure.steps[index].stages != nil
            let own = timing(
                of: index,
                ends,
                records,
                asOf: asOf,
                isWaiting: index == waiting,
                lastText: rounds[index].last?.received
            )
            let timing = isArchiving ? sealing ?? own.unended : own
            return step(index, ends, records, plans, timing, rounds: rounds[index])
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
            notes: notes(steps.map(\.timing), records),
            standard: procedure.standardTotal,
            standardDays: procedure.standardDays
        )
    }

    /// The signed plan that is valid; nil where there is none, or where nothing tells which it is.
    package func validPlan(of records: [DossierRecord]) -> DossierRecord? {
        SignedPlanOrder(records, types: planTypes).valid
    }

    // MARK: - Time

    /// The day on which a step ended: that of the signature where it brings the plan, else the latest on its records.
    private func end(of step: ProcedureStep, _ records: [DossierRecord], _ plans: SignedPlanOrder) -> CivilDate? {
        if let signed = plans.first, signed.step == step.step, let date = signed.date { return date }
        var own = records.filter { $0.step == step.step }
        // What the first step is counted from does not end it.
        if step.step == procedure.steps.first?.step {
            let others = own.filter { !Self.isInput($0, of: step) }
            if !others.isEmpty { own = others }
        }
        // A text that was sent back and came again is a round of the step that sent it.
        if let (text, day) = firstCorrection(records) {
            own = own.filter { ExactText($0.type) != ExactText(text) || $0.date.map { $0 <= day } ?? true }
        }
        return own.compactMap(\.date).max()
    }

    private static func isInput(_ record: DossierRecord, of step: ProcedureStep) -> Bool {
        step.inputs.contains { ExactText($0) == ExactText(record.type) }
    }

    /// What the first step is counted from: the latest date of its input (Dokumen Program Kerja), where that is there.
    private func begin(_ step: ProcedureStep, _ records: [DossierRecord]) -> StepTiming.Since? {
        guard step.step == procedure.steps.first?.step else { return nil }
        let days = records.filter { $0.step == step.step && Self.isInput($0, of: step) }.compactMap(\.date)
        return days.max().map { StepTiming.Since(step: 0, day: $0) }
    }

    private func timing(
        of index: Int,
        _ ends: [CivilDate?],
        _ records: [DossierRecord],
        asOf: CivilDate,
        isWaiting: Bool,
        lastText: CivilDate?
    ) -> StepTiming {
        let steps = procedure.steps
        let before = ends[..<index].lastIndex { $0 != nil }
        var skipped = before.map { Array($0 + 1..<index) } ?? []
        var since = before.flatMap { place in ends[place].map { StepTiming.Since(step: steps[place].step, day: $0) } }
        if since == nil { since = begin(steps[index], records) }
        // A text that came again has the whole time of the step.
        if let lastText, let known = since, lastText > known.day {
            since = StepTiming.Since(step: known.step, day: lastText)
            skipped = []
        }
        return StepTiming(
            durations: (skipped + [index]).map { steps[$0].duration },
            since: since,
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

    private func notes(_ timings: [StepTiming], _ records: [DossierRecord]) -> [String] {
        let days = timings.flatMap { [$0.since?.day, $0.ended, $0.due] }.compactMap(\.self)
        var notes: [String] = []
        if let first = days.min(), let last = days.max() {
            let silent = calendar.silentYears(from: first, through: last)
            if !silent.isEmpty {
                let years = silent.map(String.init).joined(separator: ", ")
                notes.append(
                    "holidays.csv says nothing of \(years): in working days only Saturdays and Sundays are left out there"
                )
            }
            if calendar.hasSample(from: first, through: last) {
                notes.append("holidays.csv has rows marked CONTOH for this time: working days are as sure as they are")
            }
        }
        for step in procedure.steps where !step.eachUnit.isEmpty && askedUnits(step).isEmpty {
            let words = step.eachUnit.map { "'\($0)'" }.joined(separator: ", ")
            notes.append(
                "step \(step.step) asks each unit whose name begins with \(words), and 'units' in berkas.yaml has none: "
                    + "one document is taken for all"
            )
        }
        let known = Set(procedure.steps.map(\.step))
        let strays = records.filter { !known.contains($0.step) }.map { "\($0.id) (step \($0.step))" }
        if !strays.isEmpty {
            notes.append(
                "of steps that the procedure does not have, and counted nowhere: \(strays.joined(separator: ", "))"
            )
        }
        if !procedure.areActorsConfirmed {
            notes.append("who does a step is a proposal until the office sets 'actors-confirmed: true' in sop-rkt.yaml")
        }
        return notes
    }
}
