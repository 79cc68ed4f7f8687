import Catalogue
import Foundation
import RecordsModel
import SystemPackage
import TestSupport
import Testing

/// Pages of retention against the plainest reading of the same dates.
@Suite(.scratch)
struct RetentionPageTests {
    /// A record as the test knows it.
    private struct Known {
        let id: RecordID
        let dates: RetentionRow
        let holds: [String]

        /// Where it stands, in the words of the question and not of the index.
        func phase(_ day: String) -> String {
            if let due = dates.due?.description, due <= day { return "due" }
            if let end = dates.activeEnd?.description, day <= end { return "active" }
            if let obstacle = dates.obstacle { return obstacle }
            return dates.activeEnd == nil ? "active" : "inactive"
        }

        /// Its place in a list.
        var order: (Int, String, Int64) {
            (dates.obstacle == nil ? 1 : 0, dates.due?.description ?? "~", dates.record)
        }
    }

    private static let unit = ["Sekretariat", "Bidang Data"]

    /// A catalogue of so many records over ten years, with dates and holds that a fixed generator draws.
    private static func catalogue(_ count: Int) throws -> (CatalogueDatabase, [Known]) {
        let catalogue = try CatalogueDatabase.open(Scratch.folder.appending("catalogue.sqlite"))
        var state: UInt64 = 20_261_124
        func draw(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        var entries: [CatalogueEntry] = []
        var ids: [RecordID] = []
        for index in 0..<count {
            let year = 2015 + draw(10)
            let id = RecordID(prefix: "RKT", year: year, sequence: index + 1)
            ids.append(id)
            var said = RecordDescription(year: year, unit: unit[draw(2)], step: 1, type: "rkt", title: "R \(index)")
            said.classification = "000.7"
            let document = RecordDocument(filing: id, said, files: [], from: "x")
            let written = String(decoding: try CanonicalJSON.line(document), as: UTF8.self)
            entries.append(CatalogueEntry(filing: document, seq: index, line: "{}", documentLine: written))
        }
        let holds = try ids.map { id -> [String] in
            let drawn = draw(6)
            let names = drawn == 0 ? ["HOLD-2026-0001"] : drawn == 1 ? ["HOLD-2026-0001", "HOLD-2026-0002"] : []
            for name in names {
                let event = Event(
                    seq: entries.count,
                    time: RecordDocument.moment,
                    actor: "uji",
                    event: .holdApplied,
                    record: id,
                    detail: ["hold": .string(name)]
                )
                let line = String(decoding: try CanonicalJSON.line(event), as: UTF8.self)
                entries.append(CatalogueEntry(event: event, line: line, versions: []))
            }
            return names
        }
        try catalogue.apply(
            entries,
            progress: CatalogueProgress(origin: "o", events: entries.count, bytes: 9, frontier: [])
        )
        var known: [Known] = []
        for year in try catalogue.staleYears() {
            var rows: [RetentionRow] = []
            try catalogue.eachRetentionInput(year: year) { input in
                let row = Self.dates(input.row, draw)
                rows.append(row)
                let place = input.id.sequence - 1
                known.append(Known(id: input.id, dates: row, holds: holds[place]))
            }
            try catalogue.replaceRetention(of: year, rows)
        }
        return (catalogue, known.sorted { $0.order < $1.order })
    }

    private static func dates(_ record: Int64, _ draw: (Int) -> Int) -> RetentionRow {
        let start = CivilDate(daysSinceEpoch: 17_000 + draw(4000))
        let end = CivilDate(daysSinceEpoch: start.daysSinceEpoch + draw(1500))
        let due = CivilDate(daysSinceEpoch: end.daysSinceEpoch + 1 + draw(1500))
        let action = ["destroy", "transfer", "review", "decide"][draw(4)]
        func row(_ obstacle: String?, _ end: CivilDate?, _ due: CivilDate?) -> RetentionRow {
            RetentionRow(
                record: record,
                obstacle: obstacle,
                missing: obstacle == "not-started" ? "superseded" : nil,
                start: end == nil ? nil : start,
                activeEnd: end,
                due: due,
                action: obstacle == "no-rule" || obstacle == "no-classification" ? nil : action,
                scheduleRow: nil
            )
        }
        switch draw(10) {
        case 0: return row("no-classification", nil, nil)
        case 1: return row("no-rule", nil, nil)
        case 2: return row("not-started", nil, nil)
        case 3: return row("not-started", end, nil)  // Active, and then waiting for a second event.
        case 4: return row(nil, end, nil)  // Due behind the year 9999.
        default: return row(nil, end, due)
        }
    }

    private static func page(_ catalogue: CatalogueDatabase, _ question: RetentionQuestion) throws -> [RetentionLine] {
        var lines: [RetentionLine] = []
        try catalogue.retentionList(question) { lines.append($0) }
        return lines
    }

    @Test func `R17 each phase, act, hold, unit and year, alone and together, is what going through all records gives`()
        throws
    {
        let (catalogue, known) = try Self.catalogue(600)
        let phases = [nil, "due", "active", "inactive", "no-classification", "no-rule", "not-started"]
        let helds: [HeldFilter?] = [nil, .any, .by(["HOLD-2026-0002"]), .by(["HOLD-2026-0001", "HOLD-2026-0002"])]
        var units: [String: String] = [:]
        try catalogue.eachRetentionInput(year: nil) { units[$0.id.description] = $0.unit }
        for day in ["2017-01-01", "2020-02-29", "2024-06-30"] {
            let asOf = try #require(CivilDate(day))
            for phase in phases {
                for (action, held) in [nil, "destroy", "decide"].flatMap({ action in helds.map { (action, $0) } }) {
                    for (year, unit) in [(nil, nil), (2019, nil), (nil, "data"), (2021, "sekre")] as [(Int?, String?)] {
                        var question = RetentionQuestion(asOf: asOf)
                        question.phase = phase
                        question.action = action
                        question.held = held
                        question.filter.year = year
                        question.filter.unit = unit
                        let wanted = known.filter { record in
                            if let phase, record.phase(day) != phase { return false }
                            if let action, record.dates.action != action { return false }
                            if let year, record.id.year != year { return false }
                            if let unit, !(units[record.id.description] ?? "").lowercased().contains(unit) {
                                return false
                            }
                            switch held {
                            case nil: return true
                            case .any?: return !record.holds.isEmpty
                            case .by(let names)?: return !Set(names).isDisjoint(with: record.holds)
                            }
                        }
                        let place: Comment =
                            "\(day) \(phase ?? "-") \(action ?? "-") \(held.debugDescription) \(year ?? 0)"
                        let lines = try Self.page(catalogue, question)
                        #expect(lines.map(\.id) == wanted.map(\.id.description), place)
                        #expect(lines.map(\.phase) == wanted.map { $0.phase(day) }, place)
                        #expect(lines.map(\.holds) == wanted.map(\.holds), place)
                    }
                }
            }
        }
    }

    @Test(arguments: [nil, "due", "active", "inactive", "not-started"], [nil, HeldFilter.any])
    func `R17 pages put together are the whole list, each record once`(phase: String?, held: HeldFilter?) throws {
        let (catalogue, _) = try Self.catalogue(400)
        var question = RetentionQuestion(asOf: CivilDate(daysSinceEpoch: 19_000))
        question.phase = phase
        question.held = held
        let whole = try Self.page(catalogue, question)
        #expect(!whole.isEmpty)
        for size in [1, 7, 100] {
            var pages: [RetentionLine] = []
            question.limit = size
            for offset in stride(from: 0, through: whole.count + size, by: size) {
                question.offset = offset
                let page = try Self.page(catalogue, question)
                #expect(page.count <= size)
                pages += page
            }
            #expect(pages == whole)
        }
        question.limit = nil
        question.offset = 5
        #expect(try Self.page(catalogue, question) == Array(whole.dropFirst(5)))
        question.limit = 0
        #expect(try Self.page(catalogue, question).isEmpty)
    }

    @Test func `what stands in front of the stored dates is what they would be, and the file is not touched`() throws {
        let (stored, known) = try Self.catalogue(200)
        let path = Scratch.folder.appending("catalogue.sqlite")
        var question = RetentionQuestion(asOf: CivilDate(daysSinceEpoch: 19_000))
        let before = try Self.page(stored, question)
        let reader = try CatalogueDatabase.openForReading(path)
        try reader.beginShadow(without: [2020])
        #expect(try Self.page(reader, question) == before.filter { $0.year != 2020 })
        try reader.shadowRetention(known.filter { $0.id.year == 2020 }.map(\.dates))
        #expect(try Self.page(reader, question) == before)
        try reader.shadowHeld([("HOLD-2026-0009", before[0].id)])
        question.held = .any
        #expect(try Self.page(reader, question).map(\.id) == [before[0].id])
        question.held = nil
        #expect(try Self.page(stored, question) == before)
    }

    @Test func `R37 a hold that is lifted leaves the index, and the other holds stay in it`() throws {
        let (catalogue, known) = try Self.catalogue(100)
        let event = Event(
            seq: 5000,
            time: RecordDocument.moment,
            actor: "uji",
            event: .holdReleased,
            detail: ["hold": .string("HOLD-2026-0001"), "reason": .string("r"), "authority": .string("a")]
        )
        let entry = CatalogueEntry(event: event, line: "{}", versions: [])
        try catalogue.apply([entry], progress: CatalogueProgress(origin: "o", events: 5001, bytes: 9, frontier: []))
        var question = RetentionQuestion(asOf: CivilDate(daysSinceEpoch: 19_000))
        question.held = .any
        let left = known.filter { $0.holds.contains("HOLD-2026-0002") }
        #expect(!left.isEmpty)
        #expect(try Self.page(catalogue, question).map(\.id) == left.map(\.id.description))
    }

    @Test func `a catalogue in which a migration is missing between others is not taken for ours`() throws {
        guard Tool.isPresent("sqlite3") else { return }
        let (catalogue, _) = try Self.catalogue(100)
        let event = Event(
            seq: 5000,
            time: RecordDocument.moment,
            actor: "uji",
            event: .holdReleased,
            detail: ["hold": .string("HOLD-2026-0001"), "reason": .string("r"), "authority": .string("a")]
        )
        let line = String(decoding: try CanonicalJSON.line(event), as: UTF8.self)
        let entry = CatalogueEntry(event: event, line: line, versions: [])
        try catalogue.apply([entry], progress: CatalogueProgress(origin: "o", events: 5001, bytes: 9, frontier: []))
        try catalogue.close()
        let path = Scratch.folder.appending("catalogue.sqlite")
        let older = try Tool.run(
            "sqlite3",
            [
                path.string,
                """
                DROP TABLE held; DROP TABLE held_stale; DROP TABLE counting;
                DELETE FROM grdb_migrations WHERE identifier = '005-retention-pages';
                """,
            ]
        )
        #expect(older.status == 0, "\(older.errorText)")
        // A writer makes it anew: an older catalogue of ours lacks the last migrations, and none before them.
        #expect(throws: CatalogueError(.older, message: "", remedy: "")) { try CatalogueDatabase.open(path) }
    }
}
