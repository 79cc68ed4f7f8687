import Foundation
import RecordsModel
import Retention
import SystemPackage
import TestSupport
import Testing

/// Holds the dates against those of `reference.py`, which was written from the rules and not from the Swift code.
struct ReferenceTests {
    /// A record as the second program reads it.
    private struct Line: Encodable {
        let classification: String?
        let type: String
        let year: Int
        let dossier: String
        let date: String?
        let events: [[String]]
    }

    private static let triggers = [
        "", "", "", "Setelah Peraturan Tidak Berlaku", "Sejak Penetapan Kebijakan yang Terbaru",
        "Sejak Keputusan Lama Dinyatakan Tidak Berlaku", "Sejak Standar Baru Ditetapkan",
        "Setelah Pemutakhiran Data (Update)",
        "Setelah Proses Kegiatan Dipertanggungjawabkan", "Setelah Hak dan Kewajiban Selesai",
        "Setelah Tindak Lanjut Selesai", "Setelah Pemeriksaan", "Setelah Keputusan Berkekuatan Hukum Tetap",
        "Sejak Perda Pertanggungjawaban APBD Disahkan", "Selama Belum Ada Perubahan", "Sampai Dengan Masalah Selesai",
        "Setelah Diterbitkan", "setelah tahun anggaran berakhir",
        "setelah dikompilasi menjadi program kerja tahunan unit kerja",
    ]
    private static let cutoffs = ["", "", "none", "month", "quarter", "year", "fiscal-04", "fiscal-07", "fiscal-12"]
    private static let types = ["rkt", "draft-rkt", "notulen", "undangan"]

    private static func period(_ numbers: inout SeededNumbers) -> String {
        switch Int.random(in: 0..<10, using: &numbers) {
        case 0: "-"
        case 1: "\(Int.random(in: 0...400, using: &numbers)) hari"
        case 2: "\(Int.random(in: 0...60, using: &numbers)) minggu"
        case 3, 4: "\(Int.random(in: 0...40, using: &numbers)) bulan"
        case 5: Bool.random(using: &numbers) ? "9000 Tahun" : "100 Tahun"
        default: "\(Int.random(in: 0...15, using: &numbers)) Tahun"
        }
    }

    /// A schedule of three hundred rows, made of all phrases, units, cut-offs and ways to write them.
    private static func schedule(_ numbers: inout SeededNumbers) -> String {
        var text = "kode,jenis arsip,types,aktif,inaktif,cutoff,pemicu,nasib akhir,dasar hukum,draf\n"
        for row in 0..<300 {
            let trigger = triggers.randomElement(using: &numbers) ?? ""
            let isInside = !trigger.isEmpty && Bool.random(using: &numbers)
            let second = row % 7 == 0 ? triggers.randomElement(using: &numbers) ?? "" : ""
            let active = period(&numbers)
            let inactive = period(&numbers)
            func joined(_ period: String, _ phrase: String) -> String {
                period == "-" ? "0 hari " + phrase : period + " " + phrase
            }
            let cells = [
                "000.7.\(row / 3)", "Rencana \(row)", ["", "rkt", "notulen undangan"][row % 3],
                isInside ? joined(active, trigger) : active,
                second.isEmpty ? inactive : joined(inactive, second),
                cutoffs.randomElement(using: &numbers) ?? "", isInside ? "" : trigger, "Musnah", "Perbup",
                row % 5 == 0 ? "ya" : "tidak",
            ]
            text += cells.joined(separator: ",") + "\n"
        }
        return text
    }

    private static func day(from first: Int, _ numbers: inout SeededNumbers) -> CivilDate {
        // 1900-01-01 to 2200-12-31, the last days of February and of the other months more often than the rest.
        let date = CivilDate(daysSinceEpoch: Int.random(in: first...84_371, using: &numbers))
        guard Int.random(in: 0..<4, using: &numbers) == 0 else { return date }
        let month = Bool.random(using: &numbers) ? 2 : date.month
        return (28...31).reversed().lazy.compactMap { CivilDate(year: date.year, month: month, day: $0) }.first ?? date
    }

    private static func records(_ count: Int, _ numbers: inout SeededNumbers) -> [RecordFacts] {
        let kinds = RetentionVocabulary.standard.triggers.map(\.id)
        return (1...count).map { sequence in
            let year = Int.random(in: 1900...2200, using: &numbers)
            let events = (0..<Int.random(in: 0...14, using: &numbers)).map { seq in
                TriggerFact(
                    kind: kinds.randomElement(using: &numbers) ?? "",
                    date: day(from: -25_567, &numbers),
                    seq: seq
                )
            }
            let hasCode = Int.random(in: 0..<50, using: &numbers) != 0
            return RecordFacts(
                id: RecordID(prefix: "RKT", year: year, sequence: sequence),
                dossier: "RKT/\(year)",
                year: year,
                unit: "Sekretariat",
                step: 8,
                type: types[Int.random(in: 0..<20, using: &numbers) == 0 ? 0 : Int.random(in: 1...3, using: &numbers)],
                classification: hasCode ? "000.7.\(Int.random(in: 0...101, using: &numbers))" : nil,
                date: Int.random(in: 0..<20, using: &numbers) == 0 ? nil : day(from: -25_567, &numbers),
                received: day(from: 0, &numbers),
                triggers: events
            )
        }
    }

    /// The line that the second program prints for the same dates.
    private static func line(_ dates: RetentionDates) -> String {
        var words = [dates.start, dates.clock, dates.activeEnd, dates.due].map { $0?.description ?? "-" }
        if dates.obstacle == .beyondCalendar {
            for place in 1..<4 where words[place] == "-" { words[place] = "beyond" }
        }
        return words.joined(separator: " ")
    }

    @Test(
        .scratch,
        arguments: [
            RetentionSettings(), RetentionSettings(fiscalMonth: 7, cutoff: .quarter),
            RetentionSettings(fiscalMonth: 4, countsStartingDay: true),
        ]
    )
    func `R8 a second program gives the same dates for 10,000 records from 1900 to 2200`(settings: RetentionSettings)
        throws
    {
        guard Tool.isPresent("python3") else { return }
        var numbers = SeededNumbers(state: 2026)
        let csv = Self.schedule(&numbers)
        let records = Self.records(10_000, &numbers)
        let reading = RetentionSchedule.read(
            Array(csv.utf8),
            version: Schedules.version,
            fiscalMonth: settings.fiscalMonth
        )
        let schedule = try #require(reading.schedule, "\(reading.faults.prefix(5))")
        let plans = SignedPlans(records, types: settings.planTypes)
        let calculator = RetentionCalculator(schedule: schedule, settings: settings, plans: plans)

        let lines = try records.map { facts in
            let events = facts.triggers.map { [$0.kind, $0.date.description] }
            return try CanonicalJSON.line(
                Line(
                    classification: facts.classification,
                    type: facts.type,
                    year: facts.year,
                    dossier: facts.dossier,
                    date: facts.date?.description,
                    events: events
                )
            )
        }
        let scheduleFile = Scratch.folder.appending("schedule.csv").string
        let recordsFile = Scratch.folder.appending("records.jsonl").string
        try csv.write(toFile: scheduleFile, atomically: false, encoding: .utf8)
        try Data(lines.joined(separator: [10])).write(to: URL(fileURLWithPath: recordsFile))
        let program = Checkout.root.appending("Tests").appending("RetentionTests").appending("reference.py").string
        let result = try Tool.run(
            "python3",
            [
                program, scheduleFile, recordsFile, String(settings.fiscalMonth), settings.cutoff.name,
                settings.countsStartingDay ? "yes" : "no",
            ]
        )
        #expect(result.status == 0, "\(result.errorText)")
        let mine = records.map { Self.line(calculator.dates(for: $0)) }
        #expect(result.lines.count == mine.count)
        let differing = zip(result.lines, mine).enumerated().filter { $0.element.0 != $0.element.1 }
        for (index, pair) in differing.prefix(5) {
            Issue.record("\(records[index]): the second program has '\(pair.0)', the first '\(pair.1)'")
        }
        #expect(differing.isEmpty)
        // All ways to an answer were gone.
        let counts = Dictionary(grouping: mine) { $0.split(separator: " ").map { $0.count == 10 ? "d" : $0 }.joined() }
        for form in ["dddd", "ddd-", "----", "dddbeyond", "ddbeyondbeyond"] {
            #expect(counts[form, default: []].count > 10, "\(form)")
        }
    }
}
