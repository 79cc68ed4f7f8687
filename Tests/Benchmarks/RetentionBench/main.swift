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

let day = CivilDate(daysSinceEpoch: 20_000)
var questions: [(String, RetentionQuestion)] = []
for (name, phase, offset) in [
    ("active", "active", 0), ("not started", "not-started", 0),
    ("first", nil, 0), ("due", "due", 0), ("inactive", "inactive", 0), ("deep", nil, count / 2),
] as [(String, String?, Int)] {
    var question = RetentionQuestion(asOf: day)
    question.phase = phase
    question.limit = 100
    question.offset = offset
    questions.append((name, question))
}
for (name, question) in questions {
    var found = 0
    let times = try (0..<5).map { _ in
        found = 0
        return try seconds { try catalogue.retentionList(question) { _ in found += 1 } }
    }.sorted()
    print("page \(name) \(shown(times[2])) s, \(found) records")
}
