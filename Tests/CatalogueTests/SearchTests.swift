import Catalogue
import Foundation
import RecordsModel
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct SearchTests {
    /// A catalogue of a few records, each with a title, a number and one version.
    private func catalogue(_ records: [(title: String, number: String?, year: Int)]) throws -> CatalogueDatabase {
        let catalogue = try CatalogueDatabase.open(Scratch.folder.appending("catalogue.sqlite"))
        var entries: [CatalogueEntry] = []
        for (index, record) in records.enumerated() {
            let id = RecordID(prefix: "RKT", year: record.year, sequence: index + 1)
            var said = RecordDescription(
                year: record.year,
                unit: "Sekretariat",
                step: index + 1,
                type: "rkt",
                title: record.title
            )
            said.number = record.number
            said.classification = index == 0 ? "000.7.2.6" : "000.70"
            let file = RecordFile(path: "files/\(index).pdf", size: 10, sha512: String(repeating: "0a", count: 64))
            let document = RecordDocument(filing: id, said, files: [file], from: "\(index).pdf")
            entries.append(CatalogueEntry(filing: document, seq: index, line: "line \(index)"))
        }
        try catalogue.apply(
            entries,
            progress: CatalogueProgress(origin: "o", events: entries.count, bytes: 9, frontier: [])
        )
        return catalogue
    }

    private func titles(_ words: String, _ catalogue: CatalogueDatabase, _ filter: RecordFilter = .init()) throws
        -> [String]
    {
        try catalogue.search(try SearchQuery(words), filter: filter, dossier: "RKT", limit: 10).hits.map(\.record.title)
    }

    @Test
    func `a word finds itself before the words that begin with it`() throws {
        let catalogue = try catalogue([
            ("Rencana kerjasama antar bidang", nil, 2024), ("Rencana kerja", nil, 2023),
            ("Lain sama sekali", nil, 2022),
        ])
        #expect(try titles("kerja", catalogue) == ["Rencana kerja", "Rencana kerjasama antar bidang"])
        #expect(try titles("kerja*", catalogue).count == 2)
        #expect(try titles("\"kerja\"", catalogue) == ["Rencana kerja"])
        #expect(try titles("RÉNCANA lain", catalogue).isEmpty)
        #expect(try titles("LAÍN", catalogue) == ["Lain sama sekali"])
    }

    @Test
    func `a letter's number is found whole, in part, and with other spaces`() throws {
        let catalogue = try catalogue([
            ("a", "470/257/2023", 2023), ("b", "470/ 25 /2023", 2023), ("c", "257/470/2024", 2024),
        ])
        #expect(try titles("470/257/2023", catalogue) == ["a"])
        #expect(try titles("470/ 257 /2023", catalogue) == ["a"])
        #expect(try titles("\"470/25/2023\"", catalogue) == ["b"])
        #expect(try titles("257", catalogue).sorted() == ["a", "c"])
    }

    @Test(arguments: [
        "\"", "* AND (", "title:", "NEAR(a b)", "a\" OR \"b", "-x", "^x", "{title}: x", "'; DROP TABLE record",
    ])
    func `what the query language would act on is looked for and not obeyed`(_ words: String) throws {
        let catalogue = try catalogue([("satu", nil, 2024)])
        if let query = try? SearchQuery(words) {
            #expect(try catalogue.search(query, filter: .init(), dossier: "RKT", limit: 10).hits.isEmpty)
        }
        #expect(try catalogue.totals().records == 1)
    }

    @Test(arguments: ["", " ", "\"\"", "/ - *", "«»"])
    func `words without a letter or digit are refused`(_ words: String) {
        #expect(throws: CatalogueError(.nothingToSearch, message: "", remedy: "")) { try SearchQuery(words) }
    }

    @Test
    func `filters narrow, and a class finds those below it but not its neighbours`() throws {
        let catalogue = try catalogue([("satu", nil, 2024), ("dua", nil, 2024), ("tiga", nil, 2023)])
        func found(_ change: (inout RecordFilter) -> Void) throws -> [String] {
            var filter = RecordFilter()
            change(&filter)
            var ids: [String] = []
            try catalogue.list(filter) { ids.append($0.title) }
            return ids
        }
        #expect(try found { _ in } == ["tiga", "satu", "dua"])
        #expect(try found { $0.year = 2024 } == ["satu", "dua"])
        #expect(try found { $0.step = 3 } == ["tiga"])
        #expect(try found { $0.classification = "000.7" } == ["satu"])
        #expect(try found { $0.unit = "SEKRET" }.count == 3)
        #expect(try found { $0.unit = "%" }.isEmpty)
        #expect(try found { $0.type = "form-rkt" }.isEmpty)
    }

    @Test
    func `where the words stand is told in the text's own letters`() throws {
        let catalogue = try catalogue([("Ünal 😀 Rencana", nil, 2024)])
        let hit = try #require(
            try catalogue.search(try SearchQuery("rencana"), filter: .init(), dossier: "RKT", limit: 1).hits.first
        )
        #expect(hit.matches == [SearchHit.Match(field: "title", text: "Ünal 😀 Rencana", ranges: [7..<14])])
    }

    @Test
    func `a catalogue of a newer version is refused with what to do`() throws {
        let path = Scratch.folder.appending("catalogue.sqlite")
        _ = try catalogue([("satu", nil, 2024)])
        let sql = "INSERT INTO grdb_migrations VALUES ('999-later')"
        guard Tool.isPresent("sqlite3") else { return }
        #expect(try Tool.run("sqlite3", [path.string, sql]).status == 0)
        let newer = CatalogueError(.newer, message: "", remedy: "")
        #expect(throws: newer) { try CatalogueDatabase.open(path) }
        #expect(throws: newer) { try CatalogueDatabase.openForReading(path) }
    }

    @Test
    func `a file that is no catalogue is refused with what to do`() throws {
        let path = Scratch.folder.appending("catalogue.sqlite")
        try Data(repeating: 65, count: 8192).write(to: URL(fileURLWithPath: path.string))
        let damaged = CatalogueError(.damaged, message: "", remedy: "")
        #expect(throws: damaged) { try CatalogueDatabase.open(path) }
        #expect(throws: damaged) { try CatalogueDatabase.openForReading(path) }
    }
}
