package import RecordsModel

// What is found of each step: missing, late, out of order, and what there is to say of single records.
extension DossierRules {
    /// A step with its records and all that is found of it.
    func step(
        _ index: Int,
        _ ends: [CivilDate?],
        _ records: [DossierRecord],
        _ plans: SignedPlanOrder,
        _ timing: StepTiming,
        rounds: [SignatureRound]
    ) -> DossierAssessment.Step {
        let step = procedure.steps[index]
        let own = records.filter { $0.step == step.step }.sorted { left, right in
            // The valid plan stands in front of those that it supersedes.
            let ranks = [left, right].map { $0.id == plans.valid?.id ? 0 : 1 }
            let days = [left.date, right.date].map { $0?.daysSinceEpoch ?? .max }
            return (ranks[0], days[0], left.id) < (ranks[1], days[1], right.id)
        }
        var findings = missing(step, own)
        let input = input(of: step, records)
        findings += missingInput(step, own, input) + silentUnits(step, own)
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
        findings += rounds.filter(\.isLate).map { round in
            let message =
                "it was due on \(round.due?.description ?? "-"), and "
                + (round.answered.map { "was answered on \($0)" } ?? "waits still")
            return DossierFinding(.lateRound, step: step.step, "round \(round.number)", message)
        }
        for record in own {
            findings += self.findings(of: record, plans)
        }
        return DossierAssessment.Step(
            step: step,
            records: own,
            timing: timing,
            findings: findings,
            input: input,
            rounds: rounds
        )
    }

    /// The records that are a step's input: of its types, at this step or an earlier one.
    private func input(of step: ProcedureStep, _ records: [DossierRecord]) -> [DossierRecord] {
        let types = Set(step.inputs.map { ExactText($0) })
        return records.filter { $0.step <= step.step && types.contains(ExactText($0.type)) }.sorted { $0.id < $1.id }
    }

    /// That a step was worked at without what goes into it; nothing is said of a step that has no record yet.
    private func missingInput(
        _ step: ProcedureStep,
        _ own: [DossierRecord],
        _ input: [DossierRecord]
    ) -> [DossierFinding] {
        guard !step.inputs.isEmpty, !own.isEmpty, input.isEmpty else { return [] }
        let names = step.inputs.map { procedure.type(named: $0)?.name ?? $0 }.joined(separator: ", ")
        let message = "its input (kelengkapan) '\(step.input)' is not there: \(names)"
        return [DossierFinding(.missingInput, step: step.step, step.input, message)]
    }

    /// The units that a step asks and that filed nothing there, where it requires no certain document.
    private func silentUnits(_ step: ProcedureStep, _ own: [DossierRecord]) -> [DossierFinding] {
        guard step.required.isEmpty, !own.isEmpty else { return [] }
        return askedUnits(step).filter { unit in !own.contains { Self.isSame($0.unit, unit) } }.map { unit in
            DossierFinding(.unitSilent, step: step.step, unit, "'\(unit)' is asked, and has filed nothing at this step")
        }
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
