import RecordsModel

/// Puts the derivation of one record's dates into steps and words; computes no date of its own.
struct Explainer {
    let calculator: RetentionCalculator
    let facts: RecordFacts
    let answer: RetentionAnswer
    private(set) var steps: [Explanation.Step] = []

    init(calculator: RetentionCalculator, facts: RecordFacts, answer: RetentionAnswer) {
        self.calculator = calculator
        self.facts = facts
        self.answer = answer
    }

    private var dates: RetentionDates { answer.dates }
    private var row: ScheduleRow? { answer.row.map { calculator.schedule.rows[$0] } }

    mutating func explain() {
        explainSchedule()
        explainClassification()
        if let row {
            explainRow(row)
            explainTrigger(row, row.trigger, .trigger)
            if dates.start != nil { explainClock(row) }
            if dates.clock != nil { explainActive(row) }
            if let second = row.inactiveTrigger, dates.activeEnd != nil {
                explainTrigger(row, second, .inactiveTrigger)
            }
            if dates.activeEnd != nil, !isMissing { explainInactive(row) }
            if let due = dates.due, let action = dates.action { explainDue(due, action) }
        }
        add(.state, ["phase": .string(answer.phase.rawValue), "as-of": .string(answer.asOf.description)], stateText)
    }

    private var isMissing: Bool {
        switch dates.obstacle {
        case .missing, .missingPlan: true
        default: false
        }
    }

    private mutating func add(_ name: Explanation.Step.Name, _ values: [String: JSONValue], _ text: BilingualText) {
        steps.append(Explanation.Step(name: name, values: values, text: text))
    }

    private func json(_ date: CivilDate?) -> JSONValue { date.map { .string($0.description) } ?? .null }

    // MARK: - The steps

    private mutating func explainSchedule() {
        let version = answer.version
        let values: [String: JSONValue] = ["digest": .string(version.digest), "adopted": json(version.adopted)]
        var text = BilingualText(english: "schedule \(version.name)", indonesian: "JRA \(version.name)")
        if let adopted = version.adopted {
            let day = RetentionWords.day(adopted)
            text.english += ", adopted on \(day.english)"
            text.indonesian += ", ditetapkan \(day.indonesian)"
        } else {
            text = text + BilingualText(english: ", proposed, not adopted", indonesian: ", usulan, belum ditetapkan")
        }
        add(.schedule, values, text)
    }

    private mutating func explainClassification() {
        let code = facts.classification.map { JSONValue.string($0) } ?? .null
        let text: BilingualText
        if let code = facts.classification, !code.utf8.isEmpty {
            text = BilingualText(
                english: "code \(code), document type \(facts.type)",
                indonesian: "kode \(code), jenis dokumen \(facts.type)"
            )
        } else {
            text = BilingualText(english: "no code has been chosen", indonesian: "kode klasifikasi belum dipilih")
        }
        add(.classification, ["code": code, "type": .string(facts.type)], text)
    }

    private mutating func explainRow(_ row: ScheduleRow) {
        let values: [String: JSONValue] = [
            "row": .integer(row.row), "code": .string(row.code), "title": .string(row.title),
            "types": .array(row.types.map { .string($0) }), "disposition": .string(row.disposition.text),
            "reading": .string(row.disposition.disposition.rawValue), "basis": .string(row.basis),
            "sample": .boolean(row.isSample),
        ]
        var text = BilingualText(
            english: "row \(row.row): \(row.code) \(row.title), '\(row.disposition.text)', by \(row.basis)",
            indonesian: "baris \(row.row): \(row.code) \(row.title), '\(row.disposition.text)', dasar \(row.basis)"
        )
        if row.isSample {
            text =
                text
                + BilingualText(
                    english: "; a SAMPLE, no rule of this office",
                    indonesian: "; CONTOH, bukan JRA kantor ini"
                )
        }
        add(.row, values, text)
    }

    private mutating func explainTrigger(
        _ row: ScheduleRow,
        _ phrase: TriggerPhrase,
        _ name: Explanation.Step.Name
    ) {
        let plans = calculator.followedPlans(of: facts, row: row)
        let found = calculator.eventDay(of: phrase.kind, row: row, for: facts)
        let values: [String: JSONValue] = [
            "kind": .string(phrase.kind.id), "phrase": .string(phrase.text), "date": json(found),
            "events": .array(
                facts.triggers.filter { phrase.kind.isMet(by: $0.kind) }.map {
                    .object(["kind": .string($0.kind), "date": json($0.date), "seq": .integer($0.seq)])
                }
            ),
            "follows-plan": .boolean(row.followsPlan), "plans": .array(plans.map { .string($0.id.description) }),
        ]
        var text: BilingualText
        if let found {
            text = RetentionWords.event(phrase.kind, found)
        } else {
            text = BilingualText(
                english: "not known: when \(phrase.kind.english); nothing starts without it",
                indonesian: "belum diketahui: \(phrase.kind.indonesian); tanpa itu jangka simpan belum mulai"
            )
        }
        if row.followsPlan {
            let names = plans.map(\.id.description).joined(separator: ", ")
            text =
                text
                + BilingualText(
                    english: "; by the signed plan of the dossier (\(names.isEmpty ? "none is filed" : names))",
                    indonesian: "; mengikuti RKT yang ditandatangani (\(names.isEmpty ? "belum ada" : names))"
                )
        }
        add(name, values, text)
    }

    private mutating func explainClock(_ row: ScheduleRow) {
        let cutoff = row.cutoff ?? calculator.settings.cutoff
        let values: [String: JSONValue] = [
            "cutoff": .string(cutoff.name), "cutoff-of": .string(row.cutoff == nil ? "office" : "row"),
            "counts-starting-day": .boolean(calculator.settings.countsStartingDay), "date": json(dates.clock),
        ]
        let (day, words) = (RetentionWords.day(dates.clock), RetentionWords.cutoff(cutoff))
        let text = BilingualText(
            english: "the first day that counts is \(day.english), \(words.english)",
            indonesian: "dihitung mulai \(day.indonesian), \(words.indonesian)"
        )
        add(.clock, values, text)
    }

    private mutating func explainActive(_ row: ScheduleRow) {
        let period = row.active.period
        let values: [String: JSONValue] = [
            "phrase": .string(row.active.text), "count": .integer(period.count), "unit": .string(period.unit.rawValue),
            "from": json(dates.clock), "until": json(dates.activeEnd),
        ]
        let (day, words) = (RetentionWords.day(dates.activeEnd), RetentionWords.period(period))
        let text = BilingualText(
            english: "active for \(words.english), up to and with \(day.english)",
            indonesian: "aktif \(words.indonesian), sampai dengan \(day.indonesian)"
        )
        add(.active, values, text)
    }

    private mutating func explainInactive(_ row: ScheduleRow) {
        let period = row.inactive.period
        let until = dates.due?.dayBefore
        let values: [String: JSONValue] = [
            "phrase": .string(row.inactive.text), "count": .integer(period.count),
            "unit": .string(period.unit.rawValue), "from": json(dates.inactiveClock), "until": json(until),
        ]
        let (day, words) = (RetentionWords.day(until), RetentionWords.period(period))
        let text = BilingualText(
            english: "inactive for \(words.english), up to and with \(day.english)",
            indonesian: "inaktif \(words.indonesian), sampai dengan \(day.indonesian)"
        )
        add(.inactive, values, text)
    }

    private mutating func explainDue(_ due: CivilDate, _ action: RetentionAction) {
        let (day, words) = (RetentionWords.day(due), RetentionWords.action(action))
        let text = BilingualText(
            english: "from \(day.english) on \(words.english)",
            indonesian: "mulai \(day.indonesian) \(words.indonesian)"
        )
        add(.due, ["date": json(due), "action": .string(action.rawValue)], text)
    }

    // MARK: - The sentence

    private var stateText: BilingualText {
        let day = RetentionWords.day(answer.asOf)
        let stands: BilingualText
        switch answer.state {
        case .noClassification:
            stands = BilingualText(
                english: "it has no classification code",
                indonesian: "kode klasifikasinya belum ada"
            )
        case .noRule:
            stands = BilingualText(english: "the schedule has no rule for it", indonesian: "JRA tidak memuat aturannya")
        case .notStarted(let missing):
            stands = BilingualText(
                english: "its period has not started, since '\(missing)' has no date",
                indonesian: "jangka simpannya belum mulai karena '\(missing)' belum bertanggal"
            )
        case .active: stands = BilingualText(english: "it is active", indonesian: "arsip ini aktif")
        case .inactive: stands = BilingualText(english: "it is inactive", indonesian: "arsip ini inaktif")
        case .due(let action, _):
            let words = RetentionWords.action(action)
            stands = BilingualText(
                english: "its period is over and \(words.english)",
                indonesian: "jangka simpannya berakhir dan \(words.indonesian)"
            )
        }
        return BilingualText(
            english: "on \(day.english) \(stands.english)",
            indonesian: "pada \(day.indonesian) \(stands.indonesian)"
        )
    }

    /// All steps behind the record's number, as one sentence with a full stop.
    var sentence: BilingualText {
        BilingualText(
            english: "\(facts.id): " + steps.map(\.text.english).joined(separator: "; ") + ".",
            indonesian: "\(facts.id): " + steps.map(\.text.indonesian).joined(separator: "; ") + "."
        )
    }
}
