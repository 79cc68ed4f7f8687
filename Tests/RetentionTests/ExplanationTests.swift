import RecordsModel
import Retention
import Testing

struct ExplanationTests {
    @Test
    func `R8 an explanation has each step with its values, and a sentence in both languages`() throws {
        let calculator = try Schedules.calculator(
            active: "2 Tahun",
            inactive: "3 (tiga) Tahun",
            cutoff: "year",
            disposition: "Permanen"
        )
        let day = try #require(CivilDate("2026-11-24"))
        let explanation = calculator.explanation(for: try .sample(7), asOf: day)
        #expect(
            explanation.steps.map(\.name) == [
                .schedule, .classification, .row, .trigger, .clock, .active, .inactive, .due, .state,
            ]
        )
        func value(_ name: Explanation.Step.Name, _ key: String) -> JSONValue? {
            explanation.steps.first { $0.name == name }?.values[key]
        }
        #expect(value(.schedule, "digest") == .string(Schedules.version.digest))
        #expect(value(.row, "row") == .integer(2) && value(.row, "disposition") == .string("Permanen"))
        #expect(value(.trigger, "kind") == .string("document-date") && value(.trigger, "date") == .string("2013-01-03"))
        #expect(value(.clock, "cutoff") == .string("year") && value(.clock, "date") == .string("2014-01-01"))
        #expect(value(.active, "until") == .string("2015-12-31") && value(.active, "count") == .integer(2))
        #expect(value(.inactive, "phrase") == .string("3 (tiga) Tahun"))
        #expect(value(.inactive, "from") == .string("2016-01-01") && value(.inactive, "until") == .string("2018-12-31"))
        #expect(value(.due, "date") == .string("2019-01-01") && value(.due, "action") == .string("transfer"))
        let english = """
            RKT-2024-0007: schedule 2020-01-02-abababababab, adopted on 2 January 2020; code 1, document type draft-rkt; \
            row 2: 1 Rencana, 'Permanen', by Perbup; the date on the document is 3 January 2013; the first day that counts \
            is 1 January 2014, at the end of the year; active for 2 years, up to and with 31 December 2015; inactive for \
            3 years, up to and with 31 December 2018; from 1 January 2019 on it is to be handed over to the archives and \
            kept for ever; on 24 November 2026 its period is over and it is to be handed over to the archives and kept for \
            ever.
            """
        #expect(explanation.sentence.english == english)
        let indonesian = """
            RKT-2024-0007: JRA 2020-01-02-abababababab, ditetapkan 2 Januari 2020; kode 1, jenis dokumen draft-rkt; \
            baris 2: 1 Rencana, 'Permanen', dasar Perbup; tanggal dokumen 3 Januari 2013; dihitung mulai 1 Januari 2014, \
            pada akhir tahun; aktif 2 tahun, sampai dengan 31 Desember 2015; inaktif 3 tahun, sampai dengan 31 Desember \
            2018; mulai 1 Januari 2019 diusulkan serah ke lembaga kearsipan dan disimpan permanen; pada 24 November 2026 \
            jangka simpannya berakhir dan diusulkan serah ke lembaga kearsipan dan disimpan permanen.
            """
        #expect(explanation.sentence.indonesian == indonesian)
        let bytes = try CanonicalJSON.line(explanation)
        #expect(try CanonicalJSON.decode(Explanation.self, from: bytes) == explanation)
    }

    @Test
    func `R7 R8 an explanation ends at the step that cannot be taken, and says what is missing`() throws {
        let day = try #require(CivilDate("2026-11-24"))
        let waiting = try Schedules.calculator(active: "2 Tahun", trigger: "Setelah Pemeriksaan", drafts: "ya")
        let explanation = waiting.explanation(for: try .sample(), asOf: day)
        #expect(explanation.steps.map(\.name) == [.schedule, .classification, .row, .trigger, .state])
        #expect(explanation.sentence.english.contains("none is filed"))
        #expect(explanation.sentence.english.contains("'signed-plan' has no date"))
        let unclassified = waiting.explanation(for: try .sample(code: nil), asOf: day)
        #expect(unclassified.steps.map(\.name) == [.schedule, .classification, .state])
        let second = try Schedules.calculator(active: "1 Tahun", inactive: "1 Tahun setelah pemeriksaan")
        let names = second.explanation(for: try .sample(), asOf: day).steps.map(\.name)
        #expect(names == [.schedule, .classification, .row, .trigger, .clock, .active, .inactiveTrigger, .state])
    }

    @Test
    func `R8 an explanation names the entries of the ledger and the plans that it rests on`() throws {
        let day = try #require(CivilDate("2026-11-24"))
        let plan = try RecordFacts.sample(9, type: "rkt", events: [("superseded", "2024-05-05")])
        let plans = SignedPlans([plan], types: ["rkt"])
        let calculator = try Schedules.calculator(
            active: "1 Tahun",
            trigger: "setelah tidak berlaku",
            drafts: "ya",
            plans: plans
        )
        let draft = try RecordFacts.sample(events: [("superseded", "2024-01-01"), ("audited", "2025-01-01")])
        let explanation = calculator.explanation(for: draft, asOf: day)
        let step = try #require(explanation.steps.first { $0.name == .trigger })
        #expect(step.values["date"] == .string("2024-05-05"))
        #expect(step.values["plans"] == .array([.string("RKT-2024-0009")]))
        #expect(step.values["events"]?.list?.count == 1)
        #expect(step.text.english.contains("it ceased to be valid on 5 May 2024"))
    }

    @Test
    func `R12 years have four digits in every sentence`() throws {
        let day = try #require(CivilDate("0099-02-03"))
        let calculator = try Schedules.calculator(active: "2 Tahun")
        let text = calculator.explanation(for: try .sample(date: "0044-03-15"), asOf: day).sentence
        for part in [text.english, text.indonesian] {
            #expect(part.contains("0044") && part.contains("0046") && part.contains("0099"))
        }
    }

    @Test
    func `a row that is a sample is called one in the sentence`() throws {
        let schedule = try Schedules.schedule("1;Rencana;;2 Tahun;-;;;Musnah;Perbup;;ya")
        let calculator = RetentionCalculator(schedule: schedule, settings: RetentionSettings())
        let text = calculator.explanation(for: try .sample(), asOf: try #require(CivilDate("2026-11-24"))).sentence
        #expect(text.english.contains("SAMPLE") && text.indonesian.contains("CONTOH"))
    }
}
