import Catalogue
import Foundation
import RecordsModel
import SystemPackage
import TestSupport
import Testing

/// What is found on pages, in which order, and what is said of it.
@Suite(.scratch)
struct PageSearchTests {
    /// One record with the pages of its one file.
    private struct Paper {
        var title = "Naskah"
        var year = 2024
        var date: String?
        var signer: String?
        var pages: [String]
        var isPoor = false
    }

    private static func digest(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 128 - digits.utf8.count) + digits
    }

    private func entry(_ paper: Paper, _ sequence: Int, version: Int = 1, content: Int, seq: Int) -> CatalogueEntry {
        let id = RecordID(prefix: "RKT", year: paper.year, sequence: sequence)
        var said = RecordDescription(year: paper.year, unit: "Sekretariat", step: 10, type: "rkt", title: paper.title)
        said.date = paper.date.flatMap { CivilDate($0) }
        said.signer = paper.signer
        let file = RecordFile(path: "files/\(sequence).pdf", size: 10, sha512: Self.digest(content))
        let document = RecordDocument(filing: id, said, version: version, files: [file], from: "\(sequence).pdf")
        return CatalogueEntry(filing: document, seq: seq, line: "line \(seq)")
    }

    private func reading(_ paper: Paper, content: Int) -> CatalogueReading {
        CatalogueReading(
            digest: Self.digest(content),
            format: "pdf",
            mediaType: "application/pdf",
            isEncrypted: false,
            pageCount: paper.pages.count,
            state: "read",
            line: "{}",
            pages: paper.pages.enumerated().map { index, text in
                CatalogueReading.Page(
                    number: index + 1,
                    name: nil,
                    source: "recognised",
                    confidence: paper.isPoor ? 70 : 95,
                    isPoor: paper.isPoor,
                    text: text
                )
            }
        )
    }

    private func catalogue(_ papers: [Paper]) throws -> CatalogueDatabase {
        let catalogue = try CatalogueDatabase.open(Scratch.folder.appending("catalogue.sqlite"))
        let entries = papers.enumerated().map { entry($1, $0 + 1, content: $0 + 1, seq: $0) }
        try catalogue.apply(
            entries,
            progress: CatalogueProgress(origin: "o", events: entries.count, bytes: 9, frontier: [])
        )
        try catalogue.enter(papers.enumerated().map { reading($1, content: $0 + 1) })
        return catalogue
    }

    private func answer(
        _ words: String,
        _ catalogue: CatalogueDatabase,
        limit: Int = 10,
        _ change: (inout RecordFilter) -> Void = { _ in }
    ) throws -> SearchAnswer {
        var filter = RecordFilter()
        change(&filter)
        return try catalogue.search(try SearchQuery(words), filter: filter, dossier: "RKT", limit: limit)
    }

    private func ids(_ words: String, _ catalogue: CatalogueDatabase, _ change: (inout RecordFilter) -> Void = { _ in })
        throws -> [Int]
    {
        try answer(words, catalogue, change).hits.compactMap { RecordID($0.record.id)?.sequence }
    }

    @Test func `exact words come before stems, and near misses are looked for only where a word stands nowhere`() throws
    {
        let catalogue = try catalogue([
            Paper(pages: ["pelayanan rencana lain"]), Paper(pages: ["badan perencanaan daerah"]),
            Paper(pages: ["badan perencanan daerah"]), Paper(title: "Kencana", pages: ["tidak ada apa-apa"]),
        ])
        let found = try answer("perencanaan", catalogue)
        #expect(found.hits.map(\.record.id) == ["RKT-2024-0002", "RKT-2024-0001"])
        #expect(found.hits.map(\.tier) == [.exact, .stem] && found.near.isEmpty && !found.isMore)
        #expect(try !ids("rencana", catalogue).contains(4), "Kencana is another word")
        let mistyped = try answer("perencanaam", catalogue)
        #expect(mistyped.near == ["perencanaam": ["perencanaan", "perencanan"]])
        #expect(mistyped.hits.allSatisfy { $0.tier == .near } && Set(mistyped.hits.map(\.record.id)).count == 2)
    }

    @Test func `a word that stands nowhere is near to others, beside one that does`() throws {
        let catalogue = try catalogue([Paper(title: "Kencana", pages: ["loket dua"]), Paper(pages: ["loket satu"])])
        let found = try answer("rencana loket", catalogue)
        #expect(found.near == ["rencana": ["kencana"]] && found.hits.map(\.record.id) == ["RKT-2024-0001"])
        #expect(try answer("loket", catalogue).near.isEmpty)
    }

    @Test func `a word that a line end or a soft hyphen parts is found whole, and marked as it stands there`() throws {
        let catalogue = try catalogue([
            Paper(pages: ["Dokumen perenca-\n  naan daerah, angga\u{AD}ran\u{200B} belan\u{AD}\nja, undang-\nundang"]),
            Paper(pages: ["Sistem pengenda-\n\nlian internal pada dinas-\n\n\nkecil"]),
        ])
        func marked(_ words: String) throws -> [String] {
            let page = try #require(try answer(words, catalogue).hits.first?.pages.first, "\(words)")
            let scalars = Array(page.excerpt.unicodeScalars)
            return page.ranges.map { String(String.UnicodeScalarView(scalars[$0])) }
        }
        #expect(try marked("perencanaan") == ["perenca-\n  naan"])
        #expect(try answer("perencanaan", catalogue).hits.map(\.tier) == [.exact])
        #expect(try marked("rencana") == ["perenca-\n  naan"], "by its stem")
        #expect(try marked("naan") == ["naan"], "the part by itself")
        #expect(try marked("\"dokumen perencanaan daerah\"") == ["Dokumen", "perenca-\n  naan", "daerah"])
        #expect(try marked("anggaran") == ["angga\u{AD}ran"])
        #expect(try marked("belanja") == ["belan\u{AD}\nja"])
        #expect(try marked("pengendalian") == ["pengenda-\n\nlian"], "as recognition has it")
        #expect(try answer("dinaskecil", catalogue).hits.isEmpty)
        #expect(try marked("\"undang undang\"") == ["undang", "undang"])
        #expect(try answer("perenca", catalogue).near.isEmpty)
        #expect(try catalogue.integrityFaults().isEmpty)
    }

    @Test func `a hit shows page and excerpt with the words marked in scalars`() throws {
        let filler = String(repeating: "kata é 😀 ", count: 60)
        let catalogue = try catalogue([Paper(pages: ["kosong", filler + "target e-KTP 98 % tercapai"])])
        let page = try #require(try answer("e-ktp 98 %", catalogue).hits.first?.pages.first)
        #expect(page.page == 2 && page.file == "1.pdf" && page.version == 1 && !page.isPoor)
        let scalars = Array(page.excerpt.unicodeScalars)
        let marked = page.ranges.map { range in
            String(String.UnicodeScalarView(scalars[range]))
        }
        #expect(marked == ["e", "KTP", "98", "%"])
        let text = Array((filler + "target e-KTP 98 % tercapai").unicodeScalars)
        #expect(Array(text[page.start..<page.start + scalars.count]) == scalars)
    }

    @Test(arguments: ["1.250.000", "Rp1.250.000,00", "1250000", "Rp 1.250.000,-", "\"dukungan anggaran\"", "angg*"])
    func `numbers, phrases and beginnings are found on pages`(_ words: String) throws {
        let catalogue = try catalogue([
            Paper(pages: ["dengan dukungan anggaran sebesar Rp1.250.000,00."]), Paper(pages: ["anggap saja 125 000"]),
        ])
        let expected = words == "angg*" ? [1, 2] : [1]
        #expect(try ids(words, catalogue).sorted() == expected)
    }

    @Test func `words may be parted between description and page, and no further`() throws {
        let catalogue = try catalogue([
            Paper(title: "Rencana Kinerja 2024", pages: ["target kecamatan Mekarsari", "loket pelayanan"]),
            Paper(title: "Undangan", pages: ["kecamatan Mekarsari"]),
        ])
        #expect(try ids("kinerja mekarsari", catalogue) == [1])
        #expect(try ids("mekarsari loket", catalogue).isEmpty, "on two pages")
    }

    @Test func `filters narrow what pages find`() throws {
        let catalogue = try catalogue([
            Paper(year: 2023, date: "2022-11-30", signer: "Budi Santoso", pages: ["anggaran"]),
            Paper(year: 2024, date: "2023-12-01", signer: "Siti Rahma", pages: ["anggaran"]),
            Paper(year: 2024, pages: ["anggaran"]),
        ])
        #expect(try ids("anggaran", catalogue).count == 3)
        #expect(try ids("anggaran", catalogue) { $0.year = 2023 } == [1])
        #expect(try ids("anggaran", catalogue) { $0.signer = "RAHMA" } == [2])
        #expect(try ids("anggaran", catalogue) { $0.after = CivilDate("2022-12-01") } == [2])
        #expect(try ids("anggaran", catalogue) { $0.before = CivilDate("2023-12-01") }.sorted() == [1, 2])
        #expect(try ids("anggaran", catalogue) { $0.unit = "Bidang" }.isEmpty)
    }

    @Test func `a page whose text is poor says so`() throws {
        let catalogue = try catalogue([Paper(pages: ["anggaran"], isPoor: true)])
        #expect(try answer("anggaran", catalogue).hits.first?.pages.first?.isPoor == true)
    }

    @Test func `an earlier version is found with its number, a removed text is not`() throws {
        let first = Paper(pages: ["kata lama"])
        let catalogue = try catalogue([first])
        let second = Paper(pages: ["kata baru"])
        try catalogue.apply(
            [entry(second, 1, version: 2, content: 9, seq: 1)],
            progress: CatalogueProgress(origin: "o", events: 2, bytes: 18, frontier: [])
        )
        try catalogue.enter([reading(second, content: 9)])
        let old = try #require(try answer("lama", catalogue).hits.first)
        #expect(old.pages.map(\.version) == [1] && old.record.head == 2)
        // Read again, the page says something else, and its words are gone from index and vocabulary.
        try catalogue.enter([reading(Paper(pages: ["halaman kosong"]), content: 1)])
        #expect(try answer("lama", catalogue).hits.isEmpty)
        #expect(try answer("lamaa", catalogue).near.isEmpty)
        #expect(try catalogue.integrityFaults().isEmpty)
    }

    @Test func `of a word that stands everywhere the newest come first, and more are told of`() throws {
        let papers = (0..<4100).map { Paper(pages: ["anggaran \($0)"]) }
        let catalogue = try catalogue(papers)
        let found = try answer("anggaran", catalogue, limit: 3)
        #expect(found.hits.map(\.record.id) == ["RKT-2024-4100", "RKT-2024-4099", "RKT-2024-4098"])
        #expect(found.isMore && found.total == 1000)
        #expect(try ids("anggaran 77", catalogue).first == 78)
    }

    private static let ownTables =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'search_index*' AND name != 'grdb_migrations'"

    @Test func `a catalogue that was made before texts were searched is indexed when it is opened`() throws {
        let catalogue = try catalogue([Paper(title: "Perencanaan", pages: ["anggaran belanja"])])
        try catalogue.close()
        guard Tool.isPresent("sqlite3") else { return }
        // An earlier one: what the first six migrations make, with the same rows.
        let path = Scratch.folder.appending("earlier.sqlite").string
        let early = [
            "001-records", "002-accessions", "003-retention", "004-disposal", "005-retention-pages", "006-reading",
        ]
        var script = "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);\n"
        for name in early {
            let file = Checkout.root.pushing(FilePath("Schemas/catalogue/\(name).sql"))
            script += try String(contentsOfFile: file.string, encoding: .utf8)
            script += "\nINSERT INTO grdb_migrations VALUES ('\(name)');\n"
        }
        try #require(try Tool.run("sqlite3", [path, script]).status == 0)
        let now = Scratch.folder.appending("catalogue.sqlite").string
        let tables = try Tool.run("sqlite3", [path, Self.ownTables]).output
        for table in String(decoding: tables, as: UTF8.self).split(separator: "\n") {
            let columns = try Tool.run(
                "sqlite3",
                [path, "SELECT group_concat(name) FROM pragma_table_info('\(table)')"]
            ).output
            let names = String(decoding: columns, as: UTF8.self)
            let copy =
                "ATTACH '\(now)' AS now; INSERT OR REPLACE INTO main.\(table) (\(names)) SELECT \(names) FROM now.\(table)"
            let copied = try Tool.run("sqlite3", [path, copy])
            try #require(copied.status == 0, "\(table): \(copied.errorText)")
        }
        let opened = try CatalogueDatabase.open(FilePath(path))
        #expect(try ids("rencana", opened) == [1])
        #expect(try ids("belanja", opened) == [1])
        #expect(try answer("belanjaa", opened).near == ["belanjaa": ["belanja"]])
        #expect(try opened.integrityFaults().isEmpty)
    }
}
