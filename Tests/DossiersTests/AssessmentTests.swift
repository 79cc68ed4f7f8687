import Dossiers
import RecordsModel
import Testing

/// Generated years, each with one defect.
struct AssessmentTests {
    private func kinds(_ assessment: DossierAssessment) -> [DossierFinding.Kind] { assessment.findings.map(\.kind) }

    @Test func `a year in which all is well has no finding and is in time`() {
        let found = Sample.assess(Sample.good)
        #expect(found.findings.isEmpty, "\(found.findings)")
        #expect(found.isComplete && found.isSigned && found.isInTime == true && found.daysOver == 0)
        #expect(found.validPlan?.id.sequence == 5 && found.waitingFor == nil)
        let form = found.steps[1].timing
        #expect(form.since == StepTiming.Since(step: 1, day: Sample.day("2024-11-04")))
        #expect(form.due == Sample.day("2024-11-07") && form.calendarDays == 3 && form.workingDays == 3)
        #expect(found.steps[2].timing.due == Sample.day("2024-11-14"), "a week is seven days")
        #expect(found.sealing?.due == Sample.day("2024-11-16"))
    }

    @Test func `a bidang without its form is named, and only that one`() {
        let found = Sample.assess(Sample.good.filter { $0.id.sequence != 3 })
        #expect(found.findings.filter(\.isGap).map(\.subject) == ["Bidang Dua"])
        #expect(!found.isComplete)
    }

    @Test func `a document that a step requires is missed, whatever else lies there`() {
        var records = Sample.good.filter { $0.id.sequence != 5 }
        records.append(Sample.record(9, 4, "koreksi", "2024-11-15"))
        let found = Sample.assess(records)
        #expect(kinds(found).contains(.missing) && found.findings.contains { $0.subject == "rkt" })
        #expect(!found.isSigned && found.sealing == nil)
    }

    @Test func `a step without requirements is documented by any record and missed without one`() {
        let found = Sample.assess(Sample.good.filter { $0.step != 3 })
        #expect(kinds(found) == [.missing] && found.findings[0].step == 3)
        // The time of the step without a date is allowed to the next one.
        let next = found.steps[3].timing
        #expect(next.skipped == [3] && next.since?.step == 2 && next.due == Sample.day("2024-11-15"))
        #expect(next.daysOver == 0 && found.isInTime == nil, "a step that cannot be counted is not called in time")
    }

    @Test func `a late step says by how many days of both kinds`() {
        var records = Sample.good
        records[3] = Sample.record(4, 3, "draft-rkt", "2024-11-18")
        records[4] = Sample.record(5, 4, "rkt", "2024-11-19", signature: .electronic)
        records[5] = Sample.record(6, 5, "lampiran-rkt", "2024-11-19")
        let found = Sample.assess(records, sealed: "2024-11-20")
        #expect(kinds(found) == [.late])
        let timing = found.steps[2].timing
        // Due on Thursday 14 November, done on Monday 18.
        #expect(timing.daysOver == 4 && timing.workingDaysOver == 2)
        #expect(found.isInTime == false && found.daysOver == 4)
    }

    @Test func `steps in reversed order are named with both dates`() {
        var records = Sample.good
        records[3] = Sample.record(4, 3, "draft-rkt", "2024-11-05")
        let found = Sample.assess(records)
        let order = found.findings.filter { $0.kind == .outOfOrder }
        #expect(order.count == 1 && order[0].step == 3)
        #expect(order[0].message.contains("2024-11-05") && order[0].message.contains("2024-11-07"))
        #expect(found.steps[2].timing.calendarDays == nil, "no days are counted backwards")
    }

    @Test func `a record that was filed before the date that it bears is named`() {
        var records = Sample.good
        records[4] = Sample.record(5, 4, "rkt", "2024-11-15", signature: .wet, received: "2024-11-14")
        let found = Sample.assess(records)
        #expect(kinds(found) == [.filedBeforeSigned])
        #expect(found.findings[0].message.contains("signed 2024-11-15"))
    }

    @Test func `a plan that was revised supersedes the earlier one, and the step ended with the first`() {
        let revised = Sample.record(7, 4, "rkt", "2024-12-20", signature: .wet)
        let found = Sample.assess(Sample.good + [revised], sealed: "2024-12-21")
        #expect(kinds(found) == [.superseded] && found.findings[0].subject == "RKT-2025-0005")
        #expect(found.plans.map(\.id.sequence) == [7, 5] && found.validPlan?.id.sequence == 7)
        #expect(found.steps[3].records.map(\.id.sequence) == [7, 5], "the valid one is shown first")
        #expect(found.steps[3].timing.ended == Sample.day("2024-11-15"))
        #expect(found.sealing?.due == Sample.day("2024-12-21") && found.isInTime == true)
    }

    @Test(arguments: ["2024-11-15", nil] as [String?])
    func `of two signed plans that no date parts none is called valid`(_ date: String?) {
        let found = Sample.assess(Sample.good + [Sample.record(7, 4, "rkt", date, signature: .wet)])
        #expect(found.validPlan == nil && !found.isSigned)
        #expect(kinds(found).filter { $0 == .twoPlans }.count == 2)
    }

    @Test func `an unsigned plan is no plan`() {
        var records = Sample.good
        records[4] = Sample.record(5, 4, "rkt", "2024-11-15", signature: SignatureKind.none)
        #expect(!Sample.assess(records).isSigned)
    }

    @Test func `a record that was removed counts as having been there, and is named`() {
        var records = Sample.good
        records[3] = Sample.record(4, 3, "draft-rkt", "2024-11-14", removedBy: "MUSNAH-2030-0001")
        let found = Sample.assess(records)
        #expect(kinds(found) == [.removed] && found.isComplete && found.records == 5)
    }

    @Test func `a record without a date is named and nothing is guessed`() {
        var records = Sample.good
        records[3] = Sample.record(4, 3, "draft-rkt", nil)
        let found = Sample.assess(records)
        #expect(kinds(found) == [.noDate] && found.steps[2].timing.ended == nil && found.isInTime == nil)
    }

    @Test func `working days leave out weekends and what the calendar says`() {
        let rules = Sample.rules(
            secondUnit: "hari kerja",
            holidays: [
                Holiday(
                    date: Sample.day("2024-11-05"),
                    name: "Libur",
                    kind: .holiday,
                    decree: "SKB 1",
                    decreed: Sample.day("2023-09-01")
                )
            ]
        )
        let found = Sample.assess(Sample.good, rules: rules)
        // Monday 4: Wednesday, Thursday, Friday are the three days.
        #expect(found.steps[1].timing.due == Sample.day("2024-11-08"))
        #expect(found.steps[1].timing.workingDays == 2 && found.steps[1].timing.calendarDays == 3)
        #expect(!found.notes.contains { $0.contains("holidays.csv") })
        #expect(Sample.assess(Sample.good).notes.contains { $0.contains("2024") }, "a silent year is said")
    }

    @Test func `a unit of time that is none is named, and no due date made of it`() {
        let found = Sample.assess(Sample.good, rules: Sample.rules(secondUnit: "purnama"))
        #expect(kinds(found) == [.unknownUnit] && found.steps[1].timing.due == nil)
        #expect(found.isInTime == nil)
    }

    @Test func `what is waited for is counted up to the day that is asked for`() {
        let begun = Array(Sample.good.prefix(1))
        let found = Sample.assess(begun, sealed: nil, asOf: "2024-11-11")
        #expect(found.waitingFor == 2 && found.steps[1].timing.daysOver == 4)
        #expect(found.steps[2].timing.calendarDays == nil, "a step behind it is not waited for yet")
        let signed = Sample.assess(Array(Sample.good.prefix(5)), sealed: nil, asOf: "2024-11-20")
        #expect(signed.sealing?.daysOver == 4 && signed.isInTime == false)
    }

    @Test func `a step that asks units of which the office has none says so`() {
        let rules = DossierRules(
            procedure: Sample.procedure(),
            units: ["Dinas"],
            planTypes: ["rkt"],
            calendar: WorkCalendar([])
        )
        let found = Sample.assess(Sample.good, rules: rules)
        #expect(found.notes.contains { $0.contains("step 2 asks each unit whose name begins with 'Bidang'") })
        #expect(!Sample.assess(Sample.good).notes.contains { $0.contains("asks each unit") })
    }

    @Test func `a record of a step that the procedure does not have is named and counted nowhere`() {
        let found = Sample.assess(Sample.good + [Sample.record(9, 12, "rkt", "2024-11-15")])
        #expect(found.records == 6 && found.notes.contains { $0.contains("RKT-2025-0009 (step 12)") })
    }

    @Test func `a week and seven working days are different times`() {
        func due(_ unit: String) -> CivilDate? {
            var records = Sample.good
            records.removeAll { $0.step == 2 }
            records.append(Sample.record(2, 2, "form-rkt", "2024-11-06", unit: "Bidang Satu"))
            return Sample.assess(records, rules: Sample.rules(secondUnit: unit)).steps[1].timing.due
        }
        // Three of each from Monday 4 November on.
        #expect(due("hari") == Sample.day("2024-11-07") && due("minggu") == Sample.day("2024-11-25"))
        #expect(due("hari kerja") == Sample.day("2024-11-07"))
    }
}
