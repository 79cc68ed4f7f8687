// retention-bench FOLDER COUNT: due dates of so many records on one core, and pages of 100 out of a catalogue of them.
import Catalogue
import Foundation
import RecordsModel
import Retention
import SystemPackage

guard CommandLine.arguments.count == 3, let count = Int(CommandLine.arguments[2]) else {
    print("retention-bench: give a folder and a count")
    exit(64)
}
let schedule = """
    kode,jenis arsip,aktif,inaktif,pemicu,nasib akhir,dasar hukum
    000.7.2.6,Program Kerja Tahunan,2 Tahun,3 Tahun,,Permanen,x
    000.7.2.7,Perjanjian Kinerja,3 Tahun,4 Tahun,,Musnah,x
    000.5.3.1,Agenda,2 Tahun,3 Tahun,Setelah Tidak Berlaku,Musnah,x

    """
let version = ScheduleVersion(digest: String(repeating: "0", count: 128), adopted: nil)
guard let read = RetentionSchedule.read(Array(schedule.utf8), version: version).schedule else { exit(1) }
let codes = ["000.7.2.6", "000.7.2.7", "000.5.3.1", nil]
let perYear = max(1, count / 100)

/// The facts of the record of that place; the same on every machine.
func facts(_ index: Int) -> RecordFacts {
    let year = 1950 + index / perYear
    return RecordFacts(
        id: RecordID(prefix: "RKT", year: year, sequence: index % perYear + 1),
        dossier: "RKT/\(year)",
        year: year,
        unit: "Sekretariat",
        step: 10,
        type: "rkt",
        classification: codes[index % 37 % 4],
        date: CivilDate(year: year, month: index % 12 + 1, day: index % 28 + 1),
        received: CivilDate(daysSinceEpoch: 20_000)
    )
}

func seconds(_ work: () throws -> Void) rethrows -> Double {
    let begin = ContinuousClock.now
    try work()
    let elapsed = begin.duration(to: .now)
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
}

func shown(_ value: Double) -> String { String(format: "%.4f", value) }

let all = (0..<count).map(facts)
let calculator = RetentionCalculator(schedule: read, settings: RetentionSettings())
var due = 0
for _ in 1...3 {
    due = 0
    let time = seconds { for record in all where calculator.dates(for: record).due != nil { due += 1 } }
    print("dates \(shown(time)) s for \(count) records, \(due) with a due date")
}

let catalogue = try CatalogueDatabase.open(FilePath(CommandLine.arguments[1]).appending("retention.sqlite"))
let progress = CatalogueProgress(origin: "bench", events: count, bytes: 0, frontier: [])
let moment = Moment(secondsSinceEpoch: 1_700_000_000, offset: 28_800)
for start in stride(from: 0, to: count, by: 1000) {
    let entries = try all[start..<min(count, start + 1000)].enumerated().map { offset, record in
        var said = RecordDescription(year: record.year, unit: record.unit, step: 10, type: "rkt", title: "Rencana")
        said.classification = record.classification
        said.date = record.date
        let document = RecordDocument(
            id: record.id,
            version: 1,
            dossier: record.dossier,
            description: said,
            files: [],
            source: RecordSource(path: "x", modified: 0),
            received: moment,
            receivedBy: "x"
        )
        let event = Event(
            seq: start + offset,
            time: moment,
            actor: "x",
            event: .ingestion,
            record: record.id,
            version: 1,
            detail: [:]
        )
        let kept = CatalogueEntry.KeptVersion(
            document: document,
            documentLine: String(decoding: try CanonicalJSON.line(document), as: UTF8.self),
            documentDigest: [],
            inventoryDigest: []
        )
        return CatalogueEntry(event: event, line: "{}", versions: [kept])
    }
    try catalogue.apply(entries, progress: progress)
}
let keeping = try seconds {
    for year in try catalogue.staleYears() {
        var rows: [RetentionRow] = []
        try catalogue.eachRetentionInput(year: year) { input in
            let dates = calculator.dates(for: facts((input.year - 1950) * perYear + input.id.sequence - 1))
            rows.append(
                RetentionRow(
                    record: input.row,
                    obstacle: dates.obstacle.map { $0 == .noClassification ? "no-classification" : "not-started" },
                    missing: nil,
                    start: dates.start,
                    activeEnd: dates.activeEnd,
                    due: dates.due,
                    action: dates.action?.rawValue,
                    scheduleRow: dates.row
                )
            )
        }
        try catalogue.replaceRetention(of: year, rows)
    }
}
print("index \(shown(keeping)) s for \(count) records")

// Two holds: one on every hundredth record, one on three of ten.
func hold(_ number: Int, on records: some Sequence<RecordFacts>, from seq: Int) throws -> Int {
    let entries = try records.enumerated().map { place, record in
        let event = Event(
            seq: seq + place,
            time: moment,
            actor: "x",
            event: .holdApplied,
            record: record.id,
            detail: ["hold": .string("HOLD-2026-000\(number)")]
        )
        return CatalogueEntry(
            event: event,
            line: String(decoding: try CanonicalJSON.line(event), as: UTF8.self),
            versions: []
        )
    }
    try catalogue.apply(entries, progress: progress)
    return seq + entries.count
}
let few = all.enumerated().lazy.filter { $0.offset % 100 == 0 }.map(\.element)
let many = all.enumerated().lazy.filter { $0.offset % 10 < 3 }.map(\.element)
_ = try hold(2, on: many, from: hold(1, on: few, from: count))

let day = CivilDate(daysSinceEpoch: 20_000)
var questions: [(String, RetentionQuestion)] = []
let (one, other) = (HeldFilter.by(["HOLD-2026-0001"]), HeldFilter.by(["HOLD-2026-0002"]))
for (name, phase, held, offset) in [
    ("active", "active", nil, 0), ("not started", "not-started", nil, 0), ("first", nil, nil, 0),
    ("due", "due", nil, 0), ("inactive", "inactive", nil, 0), ("deep", nil, nil, count / 2),
    ("deep not started", "not-started", nil, count / 5), ("deep due", "due", nil, count / 4),
    ("held", nil, .any, 0), ("held by the one on few", nil, one, 0), ("held by the one on many", nil, other, 0),
    ("held and active", "active", other, 0), ("held and due", "due", one, 0),
] as [(String, String?, HeldFilter?, Int)] {
    var question = RetentionQuestion(asOf: day)
    question.phase = phase
    question.held = held
    question.limit = 100
    question.offset = offset
    questions.append((name, question))
}
var year = RetentionQuestion(asOf: day)
year.filter.year = 2020
year.limit = 100
questions.append(("of a year", year))
// A day on which most records wait in their inactive period, before those that are active.
var early = RetentionQuestion(asOf: CivilDate(year: 1953, month: 1, day: 1) ?? day)
early.phase = "active"
early.limit = 100
questions.append(("active early", early))
for (name, question) in questions {
    var found = 0
    let times = try (0..<5).map { _ in
        found = 0
        return try seconds { try catalogue.retentionList(question) { _ in found += 1 } }
    }.sorted()
    print("page \(name) \(shown(times[2])) s, \(found) records")
}
