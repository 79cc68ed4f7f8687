import Catalogue
import Foundation
import RecordsModel
import SystemPackage

/// How many words of the true text were looked for, and how many found their page.
struct Recall {
    var asked = 0
    var found = 0
    var near = 0
    var missed: [String: Int] = [:]

    func line(_ name: String) -> String {
        func percent(_ count: Int) -> String { String(format: "%.2f %%", 100 * Double(count) / Double(max(1, asked))) }
        let often = missed.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(8).map(\.key)
        let examples = often.isEmpty ? "" : "; not found: \(often.joined(separator: ", "))"
        return
            "  \(name): \(asked) words, \(percent(found)) found, \(percent(found + near)) with near misses\(examples)"
    }
}

/// A page as it was read, or as it is, with what its true text is.
private struct TruePage {
    let group: String
    let truth: String
    let text: String
}

/// Looks for every word of the true text, as it stands there, in a catalogue in which each page is a record of its own.
func recall(_ folder: FilePath, _ kept: FilePath, _ truths: [Truth]) throws {
    print("  with the true text itself:")
    try report(
        truths.flatMap { truth in truth.pages.map { TruePage(group: "pages", truth: $0.text, text: $0.text) } },
        folder.appending("truth.sqlite")
    )
    let catalogue = try CatalogueDatabase.openForReading(kept)
    var digests: [String: String] = [:]
    try catalogue.contents { digests[$0.name] = $0.digest }
    var pages: [TruePage] = []
    var unread = 0
    for truth in truths {
        let name = truth.path.split(separator: "/").last.map(String.init) ?? truth.path
        guard let reading = try digests[name].flatMap({ try catalogue.reading(of: $0) }) else {
            unread += 1
            continue
        }
        let group = truth.scan.map { $0.poor ? "poor scans" : "clean scans (target 99 %)" } ?? "texts"
        let whole = reading.pages.map(\.text).joined(separator: "\n")
        for page in truth.pages {
            let text = reading.pages.first { $0.number == page.n }?.text ?? ""
            pages.append(TruePage(group: group, truth: page.text, text: truth.pages.count == 1 ? whole : text))
        }
    }
    print("  with what was read of the sample\(unread > 0 ? " (\(unread) files were not read)" : ""):")
    try report(pages, folder.appending("read.sqlite"))
}

private func report(_ pages: [TruePage], _ path: FilePath) throws {
    let catalogue = try CatalogueDatabase.open(path)
    let entries = pages.indices.map { index in
        // Nothing in the description is a word of the pages.
        let id = RecordID(prefix: "QQ", year: 1901, sequence: index + 1)
        let document = RecordDocument(
            id: id,
            version: 1,
            dossier: "QQ/1901",
            description: RecordDescription(year: 1901, unit: "qq", step: 1, type: "qq", title: "qq"),
            files: [RecordFile(path: "files/qq", size: 1, sha512: Corpus.digest(index))],
            source: RecordSource(path: "qq", modified: 0),
            received: Moment(secondsSinceEpoch: 0, offset: 0),
            receivedBy: "qq"
        )
        return Corpus.entry(document, seq: index)
    }
    let progress = CatalogueProgress(origin: "bench", events: entries.count, bytes: 0, frontier: [])
    try catalogue.apply(entries, progress: progress)
    try catalogue.enter(pages.enumerated().map { Corpus.reading($0, [$1.text]) })
    var groups: [String: Recall] = [:]
    var answers: [String: [Int: SearchTier]] = [:]
    for (index, page) in pages.enumerated() {
        let words = page.truth.split(whereSeparator: \.isWhitespace).map {
            $0.trimmingCharacters(in: .alphanumerics.inverted)
        }
        for word in Set(words) {
            guard let query = try? SearchQuery(word) else { continue }
            if answers[word] == nil {
                let hits = try catalogue.search(query, filter: RecordFilter(), dossier: "QQ", limit: pages.count).hits
                let tiers = hits.map { ((RecordID($0.record.id)?.sequence ?? 0) - 1, $0.tier) }
                answers[word] = Dictionary(tiers) { first, _ in first }
            }
            var recall = groups[page.group] ?? Recall()
            recall.asked += 1
            switch answers[word]?[index] {
            case .exact?, .stem?: recall.found += 1
            case .near?: recall.near += 1
            case nil: recall.missed[word, default: 0] += 1
            }
            groups[page.group] = recall
        }
    }
    for (group, recall) in groups.sorted(by: { $0.key < $1.key }) { print("  " + recall.line(group)) }
}
