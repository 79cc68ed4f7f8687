// search-bench speed FOLDER COUNT TRUTH: a catalogue of so many records with pages, and how long questions to it take.
// search-bench recall FOLDER CATALOGUE TRUTH: of the words of the true text, how many find their page; CATALOGUE is that of
// a home that has read the sample.
//
// TRUTH is a folder of FILE.json: {"title": "…", "pages": [{"n": 1, "text": "…"}], "scan": …}.
import Catalogue
import Foundation
import RecordsModel
import SystemPackage

struct Truth: Decodable {
    struct Page: Decodable {
        let n: Int
        let text: String
    }
    struct Scan: Decodable {
        let poor: Bool
    }
    let path: String
    let title: String
    let pages: [Page]
    let scan: Scan?

    static func all(below folder: String) -> [Truth] {
        let paths = (FileManager.default.enumerator(atPath: folder) ?? .init()).compactMap { $0 as? String }
        return paths.sorted().filter { $0.hasSuffix(".json") }.compactMap { path in
            FileManager.default.contents(atPath: folder + "/" + path)
                .flatMap { try? JSONDecoder().decode(Truth.self, from: $0) }
        }
    }
}

func seconds(_ work: () throws -> Void) rethrows -> Double {
    let begun = ContinuousClock.now
    try work()
    return (ContinuousClock.now - begun) / .seconds(1)
}

/// How much of the processor this program has had, so that what else the machine does is no part of it.
func processorSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func milliseconds(_ times: [Double], _ part: Double) -> String {
    String(format: "%.1f", times[min(times.count - 1, Int(Double(times.count) * part))] * 1000)
}

/// Enters records and pages as a filing and a reading do, a group at a time, and says how fast.
func enter(_ count: Int, of corpus: Corpus, into catalogue: CatalogueDatabase) throws {
    var (seq, pages) = (0, 0)
    var (filing, indexing) = (0.0, 0.0)
    for start in stride(from: 0, to: count, by: 1000) {
        let records = start..<min(count, start + 1000)
        var entries: [CatalogueEntry] = []
        for record in records {
            for (index, content) in Corpus.contents(of: record).enumerated() {
                entries.append(try corpus.entry(record, version: index + 1, content: content, seq: seq))
                seq += 1
            }
        }
        let progress = CatalogueProgress(origin: "bench", events: seq, bytes: 0, frontier: [])
        filing += try seconds { try catalogue.apply(entries, progress: progress) }
        let readings = records.flatMap { record in
            Corpus.contents(of: record).filter { $0 / 2 == record }.map { corpus.reading($0) }
        }
        pages += readings.reduce(0) { $0 + $1.pages.count }
        for start in stride(from: 0, to: readings.count, by: 50) {
            indexing += try seconds { try catalogue.enter(Array(readings[start..<min(readings.count, start + 50)])) }
        }
    }
    print(
        String(
            format: "  %d records and %d pages: %.0f records and %.0f pages a second",
            count,
            pages,
            Double(seq) / filing,
            Double(pages) / indexing
        )
    )
}

func speed(_ folder: FilePath, _ count: Int, _ truths: [Truth]) throws {
    let corpus = Corpus(truths)
    let path = folder.appending("search-\(count).sqlite")
    if !FileManager.default.fileExists(atPath: path.string) {
        let catalogue = try CatalogueDatabase.open(path)
        try enter(count, of: corpus, into: catalogue)
        try catalogue.close()
    }
    let size = try FileManager.default.attributesOfItem(atPath: path.string)[.size] as? Int ?? 0
    print("  the catalogue has \(size / 1_000_000) MB")
    var times: [String: [Double]] = [:]
    var slow: [(Double, Question)] = []
    var processor: [Double] = []
    var processors: [String: [Double]] = [:]
    let wanted = ProcessInfo.processInfo.environment["BENCH_KIND"]
    for question in Question.made(2000, of: corpus, records: count) where wanted == nil || question.kind == wanted {
        let before = processorSeconds()
        let time = try seconds {
            // As a command does it: opened, asked, closed.
            let catalogue = try CatalogueDatabase.openForReading(path)
            _ = try catalogue.search(
                SearchQuery(question.words),
                sense: Corpus.sense,
                filter: question.filter,
                dossier: "RKT",
                limit: 50
            )
            try catalogue.close()
        }
        times[question.kind, default: []].append(time)
        processor.append(processorSeconds() - before)
        processors[question.kind, default: []].append(processor[processor.count - 1])
        slow.append((processor[processor.count - 1], question))
    }
    var openings: [Double] = []
    for _ in 0..<200 {
        openings.append(try seconds { try CatalogueDatabase.openForReading(path).close() })
    }
    print("  opening and closing alone: half \(milliseconds(openings.sorted(), 0.5)) ms")
    for (kind, all) in times.sorted(by: { $0.key < $1.key }) {
        let all = all.sorted()
        let name = kind.padding(toLength: 22, withPad: " ", startingAt: 0)
        let busy = (processors[kind] ?? []).sorted()
        print(
            "  \(name) \(all.count): half \(milliseconds(all, 0.5)), 99 % \(milliseconds(all, 0.99)) ms;"
                + " of the processor \(milliseconds(busy, 0.5)) and \(milliseconds(busy, 0.99)) ms"
        )
    }
    if ProcessInfo.processInfo.environment["BENCH_SLOWEST"] != nil {
        for (time, question) in slow.sorted(by: { $0.0 > $1.0 }).prefix(40) {
            print(String(format: "    %.1f ms %@ %@", time * 1000, question.kind, question.words))
        }
    }
    let all = times.values.joined().sorted()
    processor.sort()
    let busy = [0.5, 0.95, 0.99].map { milliseconds(processor, $0) }
    print("  of the processor: half \(busy[0]), 95 % \(busy[1]), 99 % \(busy[2]) ms")
    let under = Double(all.count { $0 < 0.02 }) / Double(all.count) * 100
    print(
        "  all \(all.count): half \(milliseconds(all, 0.5)), 95 % \(milliseconds(all, 0.95)), 99 % \(milliseconds(all, 0.99)),"
            + " slowest \(milliseconds(all, 1)) ms; "
            + String(format: "%.1f %% under 20 ms (target: at least 99 %%)", under)
    )
}

let words = Array(CommandLine.arguments.dropFirst())
guard words.count == 4, let count = words[0] == "speed" ? Int(words[2]) : 0 else {
    print(
        "search-bench: give 'speed' with a folder, a count and the true text, or 'recall' with a folder, a catalogue and it"
    )
    exit(64)
}
let truths = Truth.all(below: words[3])
guard !truths.isEmpty else {
    print("search-bench: there is no true text below '\(words[3])'")
    exit(1)
}
if words[0] == "speed" {
    try speed(FilePath(words[1]), count, truths)
} else {
    try recall(FilePath(words[1]), FilePath(words[2]), truths)
}
