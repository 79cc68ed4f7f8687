import Acts
import Dossiers
import RecordsModel
import Testing

/// The procedure to the letter: inputs, units that are asked, rounds of corrections, the standard total, one person.
struct LetterTests {
    private func rules(
        inputs: [Int: [String]] = [:],
        eachUnit: [Int: [String]] = [:],
        rounds: ProcedureStep.Rounds? = nil
    ) -> DossierRules {
        let known = Sample.procedure()
        let types = ["disposisi", "form-rkt", "draft-rkt", "rkt", "lampiran-rkt", "program", "naskah", "koreksi"]
        return DossierRules(
            procedure: Procedure(
                id: known.id,
                title: known.title,
                number: known.number,
                office: known.office,
                types: types.map { DocumentType(id: $0, name: $0.uppercased(), aliases: [], description: "") },
                steps: known.steps.map { step in
                    ProcedureStep(
                        step: step.step,
                        activity: step.activity,
                        actors: step.actors,
                        input: step.input,
                        duration: step.duration,
                        output: step.output,
                        types: step.types,
                        required: step.required,
                        eachUnit: eachUnit[step.step] ?? step.eachUnit,
                        stages: step.stages,
                        inputs: inputs[step.step] ?? [],
                        rounds: step.step == 4 ? rounds : nil
                    )
                }
            ),
            units: ["Dinas", "Bidang Satu", "Bidang Dua"],
            planTypes: ["rkt"],
            calendar: WorkCalendar([])
        )
    }

    private func kinds(_ found: DossierAssessment) -> [DossierFinding.Kind] { found.findings.map(\.kind) }

    @Test func `what goes into a step is shown, and named where it is not there`() {
        let rules = rules(inputs: [2: ["disposisi"], 3: ["form-rkt", "program"], 4: ["naskah"]])
        let found = Sample.assess(Sample.good, rules: rules)
        #expect(found.steps[1].input.map(\.id.sequence) == [1] && found.steps[2].input.map(\.id.sequence) == [2, 3])
        #expect(kinds(found) == [.missingInput] && found.findings[0].step == 4)
        #expect(found.isComplete, "an input is no document of the step: the dossier is not called incomplete for it")
        // Of a step that nobody worked at nothing is said, and a later step's record is no input.
        let none = Sample.assess([Sample.record(1, 5, "naskah", "2024-11-15")], rules: rules)
        #expect(!kinds(none).contains(.missingInput) && none.steps[3].input.isEmpty)
    }

    @Test func `a step without requirements asks each of its units, and tells who is silent`() {
        let rules = rules(eachUnit: [3: ["Bidang"]])
        var records = Sample.good
        records[3] = Sample.record(4, 3, "draft-rkt", "2024-11-14", unit: "bidang  satu")
        let found = Sample.assess(records, rules: rules)
        #expect(kinds(found) == [.unitSilent] && found.findings[0].subject == "Bidang Dua")
        #expect(found.isComplete)
    }

    @Test func `the first step is counted from the program document, which does not end it`() {
        let rules = rules(inputs: [1: ["program"]])
        var records = Sample.good
        records.append(Sample.record(9, 1, "program", "2024-11-01"))
        let late = Sample.assess(records, rules: rules).steps[0].timing
        #expect(late.since == StepTiming.Since(step: 0, day: Sample.day("2024-11-01")))
        #expect(late.ended == Sample.day("2024-11-04") && late.due == Sample.day("2024-11-02") && late.daysOver == 2)
        let plain = Sample.assess(Sample.good, rules: rules).steps[0].timing
        #expect(plain.since == nil && plain.daysOver == nil, "where it is not there, nothing is counted")
        records[records.count - 1] = Sample.record(9, 1, "program", "2024-11-05")
        #expect(Sample.assess(records, rules: rules).steps[0].timing.ended == Sample.day("2024-11-04"))
    }

    @Test func `each text that was sent back has a round of its own, with its days`() {
        let rules = rules(rounds: ProcedureStep.Rounds(correction: "koreksi", text: "naskah"))
        var records = Array(Sample.good.prefix(3))
        records += [
            Sample.record(4, 3, "naskah", "2024-11-14"), Sample.record(7, 4, "koreksi", "2024-11-15"),
            Sample.record(8, 3, "naskah", "2024-11-18"), Sample.record(9, 4, "koreksi", "2024-11-21"),
            Sample.record(10, 3, "naskah", "2024-11-22"),
            Sample.record(5, 4, "rkt", "2024-11-23", signature: .wet),
        ]
        let found = Sample.assess(records, rules: rules)
        let rounds = found.steps[3].rounds
        #expect(rounds.map(\.number) == [1, 2, 3] && rounds.map(\.isSigned) == [false, false, true])
        #expect(rounds.map(\.received) == ["2024-11-14", "2024-11-18", "2024-11-22"].map { Sample.day($0) })
        #expect(rounds.map(\.calendarDays) == [1, 3, 1] && rounds.map(\.daysOver) == [0, 2, 0])
        #expect(rounds.map(\.reworkDays) == [nil, 3, 1] && rounds[1].reworkWorkingDays == 1)
        #expect(found.findings.filter { $0.kind == .lateRound }.map(\.subject) == ["round 2"])
        // The step that made the text is judged by its first text, and the signature by the last.
        #expect(found.steps[2].timing.ended == Sample.day("2024-11-14") && found.steps[2].timing.daysOver == 0)
        #expect(found.steps[3].timing.since?.day == Sample.day("2024-11-22") && found.steps[3].timing.daysOver == 0)
        // A text that came again and was not answered waits.
        let open = Sample.assess(Array(records.prefix(6)), rules: rules, sealed: nil, asOf: "2024-11-25")
        #expect(open.steps[3].rounds.map(\.answered) == [Sample.day("2024-11-15"), nil])
        #expect(open.steps[3].rounds.last?.daysOver == 6)
        #expect(Sample.assess(Sample.good, rules: rules).steps[3].rounds.isEmpty, "no correction, no rounds")
    }

    @Test func `the standard total adds unit by unit, and days of the calendar where all units are of it`() {
        #expect(Sample.procedure().standardTotal == "6 hari + 1 minggu" && Sample.procedure().standardDays == 13)
        let mixed = Sample.procedure(secondUnit: "hari kerja")
        #expect(mixed.standardTotal == "3 hari + 3 hari kerja + 1 minggu" && mixed.standardDays == nil)
    }

    @Test func `one person does not do all of the archiving, unless the office says so`() throws {
        func stage(_ id: String, _ seq: Int, _ actor: String) throws -> Event {
            let time = Moment(secondsSinceEpoch: 1_700_000_000, offset: 28_800)
            return try Event(
                DossierStage(dossier: "RKT/2025", stage: id, records: 3, note: nil),
                seq: seq,
                time: time,
                actor: actor
            )
        }
        func refusals(
            _ book: DossierBook,
            allows: Bool,
            by actor: String = "Siti",
            people: People = Sample.people
        ) -> [Refusal.Code] {
            let filing = DossierFiling(
                dossier: "RKT/2025",
                stages: Sample.stages,
                records: 3,
                lastChange: 2,
                allowsOnePerson: allows
            )
            return book.sealRefusals(filing, gaps: [], incomplete: nil, by: actor, people: people).map(\.code)
        }
        let alone = try DossierBook(folding: [
            stage("received", 5, "Siti"), stage("checked", 6, "siti"), stage("filed", 7, "Siti"),
        ])
        #expect(refusals(alone, allows: false) == [.samePerson])
        #expect(refusals(alone, allows: true).isEmpty)
        #expect(refusals(alone, allows: false, by: "Kepala").isEmpty)
        let two = try DossierBook(folding: [
            stage("received", 5, "Siti"), stage("checked", 6, "Siti"), stage("filed", 7, "Kepala"),
        ])
        #expect(refusals(two, allows: false).isEmpty)
        let shared = People([
            Person(name: "Siti", roles: ["arsiparis"], accounts: ["siti"]),
            Person(name: "Kepala", roles: ["kepala-unit-kearsipan"], accounts: ["siti"]),
        ])
        #expect(refusals(two, allows: false, people: shared) == [.samePerson], "two names of one account")
    }
}
