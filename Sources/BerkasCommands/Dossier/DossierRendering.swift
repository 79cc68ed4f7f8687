import ArchiveHome
import Dossiers
import Operations
import RecordsModel

/// A dossier as lines for a person, and as JSON objects.
struct DossierRendering {
    private let report: DossierReport
    private let assessment: DossierAssessment
    private let procedure: Procedure
    private let stages: [ProcedureStep.Stage]

    init(_ report: DossierReport, _ procedure: Procedure, stages: [ProcedureStep.Stage]) {
        self.report = report
        assessment = report.assessment
        self.procedure = procedure
        self.stages = stages
    }

    // MARK: - Lines

    var lines: [String] {
        var lines = ["\(assessment.dossier)  \(procedure.title.displayed), as of \(assessment.asOf)", ""]
        lines += verdicts
        lines += [""] + filing + past
        let bars = timeline
        if !bars.isEmpty { lines += [""] + bars }
        for step in assessment.steps { lines += [""] + self.lines(of: step) }
        if !assessment.notes.isEmpty { lines += [""] + assessment.notes.map { "note: \($0)" } }
        return lines
    }

    private var verdicts: [String] {
        let gaps = assessment.findings.count(where: \.isGap)
        var lines = [
            line("complete (lengkap)", gaps == 0 ? "yes" : "NO: \(Count.text(gaps, "document")) missing"),
            line("signed (ditandatangani)", signed),
            line("in time (tepat waktu)", inTime), line("standard (waktu baku)", standard),
        ]
        let earlier = assessment.plans.filter { assessment.isSigned && $0.id != assessment.validPlan?.id }
        if !earlier.isEmpty {
            let plans = earlier.map { "\($0.id), \($0.date?.description ?? "no date")" }.joined(separator: "; ")
            lines.insert(line("  supersedes", plans), at: 2)
        }
        if let (message, day) = report.waiting {
            lines.append(line("waiting (menunggu)", message.displayed + (day.map { ", due \($0)" } ?? "")))
        }
        return lines
    }

    private func line(_ name: String, _ value: String) -> String { "  " + name.padded(to: 26) + value }

    private var signed: String {
        guard let plan = assessment.validPlan else {
            return assessment.plans.isEmpty ? "NO: there is no signed plan" : "cannot tell which plan is valid"
        }
        let number = plan.number.map { " [\($0.displayed)]" } ?? ""
        let signer = plan.signer.map { " by \($0.displayed)" } ?? ""
        let removed = plan.removedBy.map { "; REMOVED by \($0.displayed)" } ?? ""
        return "\(plan.id)\(number), \(plan.date?.description ?? "no date")\(signer)\(removed)"
    }

    private var inTime: String {
        switch assessment.isInTime {
        case true?: "yes"
        case false?: "NO: \(Count.text(assessment.daysOver, "day")) over in all"
        case nil: "cannot tell: steps without a date"
        }
    }

    private var standard: String {
        assessment.standard.displayed + (assessment.standardDays.map { ", \(Count.text($0, "day")) in all" } ?? "")
    }

    private var filing: [String] {
        let reached = report.standing.stages
        var lines = stages.map { stage in
            let done = reached[stage.id].map { "\($0.at) by \($0.by.displayed)\(note($0))" }
            return line("\(stage.name.displayed) (\(stage.id))", done ?? "-")
        }
        var end = "-"
        if let seal = report.standing.seal {
            end = "\(seal.act.at) by \(seal.act.by.displayed), \(seal.detail.package.displayed)"
            if let reason = seal.detail.incomplete { end += ", incomplete: \(reason.displayed)" }
        }
        lines.append(line("Selesai (sealed)", end))
        if let sealing = assessment.sealing, let due = sealing.due {
            lines.append(line("  due", "\(due)\(report.standing.seal == nil && !sealing.isLate ? "" : over(sealing))"))
        }
        return lines
    }

    /// All that happened, where that is more than what holds now.
    private var past: [String] {
        guard report.standing.hasPast else { return [] }
        return ["", "  history (riwayat)"]
            + report.standing.acts.map { act in
                let (what, words) = Self.words(act, stages)
                return
                    "    \(act.at)  \(what.displayed.padded(to: 24))\(act.by.displayed)\(words.map { ": \($0.displayed)" } ?? "")"
            }
    }

    private static func words(_ act: DossierProgress.Act, _ stages: [ProcedureStep.Stage]) -> (String, String?) {
        switch act.kind {
        case .stage(let detail):
            let name = stages.first { $0.id == detail.stage }?.name
            return (name.map { "\($0) (\(detail.stage))" } ?? detail.stage, detail.note)
        case .seal(let detail):
            return ("Selesai (sealed)", detail.package + (detail.incomplete.map { ", incomplete: \($0)" } ?? ""))
        case .reopening(let detail):
            return ("opened again", detail.reason)
        }
    }

    private func note(_ act: DossierProgress.Act) -> String {
        if case .stage(let detail) = act.kind, let note = detail.note { ": \(note.displayed)" } else { "" }
    }

    private func over(_ timing: StepTiming) -> String {
        guard let days = timing.daysOver, days > 0 else { return ", in time" }
        return ", \(Count.text(days, "day")) over (\(Count.text(timing.workingDaysOver ?? 0, "working day")))"
    }

    private func lines(of step: DossierAssessment.Step) -> [String] {
        let said = step.step
        let actors = said.actors.isEmpty ? "" : "  [\(said.actors.joined(separator: ", ").displayed)]"
        var lines = ["\(String(said.step).leftPadded(to: 2)). \(said.activity.displayed)\(actors)"]
        let types = said.types.map { procedure.type(named: $0)?.name ?? $0 }.joined(separator: ", ")
        lines.append(
            "    expected: \(said.output.displayed) (\(types.displayed)); allowed: \(said.duration.text.displayed)"
        )
        let input = step.input.map { record in "\(record.id)\(record.removedBy == nil ? "" : " (removed)")" }
        let there = said.inputs.isEmpty ? "not checked" : input.isEmpty ? "NOT THERE" : input.joined(separator: ", ")
        lines.append("    input (kelengkapan): \(said.input.displayed): \(there)")
        lines.append("  \(step.timing.isLate ? "!" : " ") " + time(step))
        lines += step.rounds.map { "  \($0.isLate ? "!" : " ") " + Self.words($0) }
        for record in step.records {
            let number = record.number.map { " [\($0.displayed)]" } ?? ""
            let mark = record.removedBy == nil ? " " : "x"
            lines.append(
                "  \(mark) \(record.date?.description ?? "no date   ")  \(record.id)  \(record.title.displayed)\(number)"
            )
        }
        // That it is late stands in the line of its time.
        lines += step.findings.filter { $0.kind != .late }.map { finding in
            let subject = finding.subject.hasPrefix("step ") || finding.isGap ? "" : finding.subject.displayed + ": "
            return "  \(finding.isNote ? "-" : "!") \(subject)\(finding.message.displayed)"
        }
        return lines
    }

    private static func words(_ round: SignatureRound) -> String {
        let text = round.received.map { "text of \($0)" } ?? "no text with a date"
        let rework = round.reworkDays.map { days in
            " (\(Count.text(days, "day")), \(Count.text(round.reworkWorkingDays ?? 0, "working day")) behind the correction)"
        }
        let what = round.isSigned ? "signed" : "sent back"
        let answer = round.answered.map { "\(what) \($0), \(round.answer?.description ?? "")" } ?? "waits"
        let days = round.calendarDays.map { days in
            ": \(Count.text(days, "day")) (\(Count.text(round.workingDays ?? 0, "working day")))"
        }
        let due = round.due.map {
            ", due \($0)" + (round.isLate ? ", \(Count.text(round.daysOver ?? 0, "day")) over" : "")
        }
        return "round \(round.number): \(text)\(rework ?? ""), \(answer)\(days ?? "")\(due ?? "")"
    }

    private func time(_ step: DossierAssessment.Step) -> String {
        let timing = step.timing
        let open = step.step.stages == nil ? "no date" : "not sealed"
        let ended = timing.ended.map { "\(step.step.stages == nil ? "ended" : "sealed") \($0)" } ?? open
        guard let since = timing.since else {
            return "\(ended); no step before it has a date, so that no days are counted"
        }
        guard let days = timing.calendarDays, let working = timing.workingDays else {
            return timing.ended == nil
                ? ended : "\(ended); counted from step \(since.step), \(since.day): not behind it"
        }
        let skipped = timing.skipped.map(String.init).joined(separator: ", ")
        let have = timing.skipped.count == 1 ? "which has" : "which have"
        let more = skipped.isEmpty ? "" : ", with the time of \(skipped), \(have) no date"
        let due = timing.due.map { ", due \($0)\(over(timing))" } ?? ""
        let used = "\(Count.text(days, "day")) (\(Count.text(working, "working day")))"
        let begin = since.step == 0 ? step.step.input.displayed : "step \(since.step)"
        return "\(ended); from \(begin), \(since.day)\(more): \(used)\(due)"
    }

    // MARK: - The timeline

    /// Bars from the first to the last date, on a terminal that is wide enough.
    private var timeline: [String] {
        guard Terminal.outputIsTerminal, let columns = Terminal.columns, columns >= 100 else { return [] }
        return Self.timeline(assessment, width: columns - 40)
    }

    /// A bar a step: `-` what it may take, `#` what it took, `!` what is over, `>` where that goes on behind the edge.
    static func timeline(_ assessment: DossierAssessment, width: Int) -> [String] {
        guard let span = assessment.span else { return [] }
        let length = span.last.daysSinceEpoch - span.first.daysSinceEpoch
        func column(_ day: CivilDate) -> Int {
            (min(day, span.last).daysSinceEpoch - span.first.daysSinceEpoch) * (width - 1) / length
        }
        var lines = ["  " + "".padded(to: 30) + "\(span.first)" + "\(span.last)".leftPadded(to: width - 10)]
        for step in assessment.steps {
            let timing = step.timing
            var bar = Array(repeating: Character(" "), count: width)
            func draw(_ from: CivilDate, _ to: CivilDate, _ mark: Character) {
                for place in column(from)...column(max(from, to)) { bar[place] = mark }
            }
            let end = timing.ended ?? (timing.isLate ? assessment.asOf : nil)
            let start = timing.since?.day ?? timing.first ?? end
            if timing.ended == nil, let start, let due = timing.due { draw(start, due, "-") }
            if let start, let ended = timing.ended { draw(min(start, ended), ended, "#") }
            if let start, let end, let due = timing.due, due < end, timing.isLate { draw(max(due, start), end, "!") }
            if let end, end > span.last { bar[width - 1] = ">" }
            let name = "\(String(step.step.step).leftPadded(to: 2)). \(step.step.activity.displayed)"
            lines.append("  " + String(name.prefix(28)).padded(to: 30) + String(bar))
        }
        return lines
    }

    // MARK: - Objects

    static func summary(_ report: DossierReport) -> [String: JSONValue] {
        let assessment = report.assessment
        return [
            "asOf": .string(assessment.asOf.description), "complete": .boolean(assessment.isComplete),
            "daysOver": .integer(assessment.daysOver), "dossier": .string(assessment.dossier),
            "due": assessment.sealing?.due.map { .string($0.description) } ?? .null,
            "inTime": assessment.isInTime.map { .boolean($0) } ?? .null, "kind": .string("dossier"),
            "missing": .integer(assessment.findings.count(where: \.isGap)),
            "standard": .string(assessment.standard),
            "standardDays": assessment.standardDays.map { .integer($0) } ?? .null,
            "notes": .array(assessment.notes.map { .string($0) }),
            "plan": assessment.validPlan.map { .string($0.id.description) } ?? .null,
            "plans": .array(assessment.plans.map { .string($0.id.description) }),
            "records": .integer(assessment.records),
            "reopened": report.standing.reopened.map { .string($0.act.at.description) } ?? .null,
            "sealed": report.standing.seal.map { .string($0.act.at.description) } ?? .null,
            "sealedPackage": report.standing.seal.map { .string($0.detail.package) } ?? .null,
            "signed": assessment.validPlan?.date.map { .string($0.description) } ?? .null,
            "waiting": report.waiting.map { .string($0.message) } ?? .null, "year": .integer(assessment.year),
        ]
    }

    var objects: [[String: JSONValue]] {
        [Self.summary(report)] + report.standing.acts.map { object($0) } + assessment.steps.map { object($0) }
    }

    private func object(_ act: DossierProgress.Act) -> [String: JSONValue] {
        var object: [String: JSONValue] = [
            "at": .string(act.at.description), "by": .string(act.by), "dossier": .string(assessment.dossier),
            "kind": .string("dossier act"), "note": .null, "package": .null, "sha512": .null,
        ]
        switch act.kind {
        case .stage(let detail):
            object["act"] = .string(detail.stage)
            object["note"] = detail.note.map { .string($0) } ?? .null
        case .seal(let detail):
            object["act"] = .string("sealed")
            object["note"] = detail.incomplete.map { .string($0) } ?? .null
            object["package"] = .string(detail.package)
            object["sha512"] = .string(detail.sha512)
        case .reopening(let detail):
            object["act"] = .string("reopened")
            object["note"] = .string(detail.reason)
        }
        return object
    }

    private func object(_ record: DossierRecord) -> JSONValue {
        .object([
            "date": record.date.map { .string($0.description) } ?? .null,
            "filed": .string(record.received.date.description),
            "record": .string(record.id.description), "removedBy": record.removedBy.map { .string($0) } ?? .null,
            "title": .string(record.title), "type": .string(record.type), "unit": .string(record.unit),
            "valid": .boolean(record.id == assessment.validPlan?.id), "version": .integer(record.versions),
        ])
    }

    private static func object(_ round: SignatureRound) -> JSONValue {
        func day(_ date: CivilDate?) -> JSONValue { date.map { .string($0.description) } ?? .null }
        func count(_ number: Int?) -> JSONValue { number.map { .integer($0) } ?? .null }
        return .object([
            "answer": round.answer.map { .string($0.description) } ?? .null, "answered": day(round.answered),
            "calendarDays": count(round.calendarDays), "daysOver": count(round.daysOver), "due": day(round.due),
            "received": day(round.received), "reworkDays": count(round.reworkDays),
            "reworkWorkingDays": count(round.reworkWorkingDays), "round": .integer(round.number),
            "signed": .boolean(round.isSigned), "workingDays": count(round.workingDays),
        ])
    }

    private func object(_ step: DossierAssessment.Step) -> [String: JSONValue] {
        func day(_ date: CivilDate?) -> JSONValue { date.map { .string($0.description) } ?? .null }
        func count(_ number: Int?) -> JSONValue { number.map { .integer($0) } ?? .null }
        let timing = step.timing
        return [
            "activity": .string(step.step.activity), "actors": .array(step.step.actors.map { .string($0) }),
            "allowed": .string(step.step.duration.text), "allowedCount": .integer(step.step.duration.count),
            "allowedUnit": .string(step.step.duration.unit), "calendarDays": count(timing.calendarDays),
            "daysOver": count(timing.daysOver), "dossier": .string(assessment.dossier), "due": day(timing.due),
            "ended": day(timing.ended), "expected": .string(step.step.output),
            "findings": .array(
                step.findings.map { finding in
                    .object([
                        "finding": .string(finding.kind.rawValue), "message": .string(finding.message),
                        "subject": .string(finding.subject),
                    ])
                }
            ),
            "input": .string(step.step.input), "inputTypes": .array(step.step.inputs.map { .string($0) }),
            "inputs": .array(step.input.map { .string($0.id.description) }),
            "rounds": .array(step.rounds.map { Self.object($0) }),
            "kind": .string("dossier step"),
            "records": .array(step.records.map { object($0) }), "since": day(timing.since?.day),
            "sinceStep": count(timing.since?.step),
            "skippedSteps": .array(timing.skipped.map { .integer($0) }), "step": .integer(step.step.step),
            "types": .array(step.step.types.map { .string($0) }), "workingDays": count(timing.workingDays),
            "workingDaysOver": count(timing.workingDaysOver),
        ]
    }
}

extension String {
    /// With spaces in front, to a width in characters.
    fileprivate func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - displayWidth)) + self
    }
}
