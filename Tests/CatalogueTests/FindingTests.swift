import Catalogue
import Foundation
import RecordsModel
import SystemPackage
import TestSupport
import Testing

/// That the indexes say what the records do, whatever happens to these.
@Suite(.scratch)
struct FindingTests {
    /// A catalogue that is fed version by version.
    private struct Shelf {
        let catalogue: CatalogueDatabase
        private var seq = 0

        init(_ name: String) throws {
            catalogue = try CatalogueDatabase.open(Scratch.folder.appending(name))
        }

        static func digest(_ content: Int) -> String {
            let digits = String(content, radix: 16)
            return String(repeating: "0", count: 128 - digits.utf8.count) + digits
        }

        mutating func apply(_ event: Event, _ versions: [CatalogueEntry.KeptVersion] = []) throws {
            let line = String(decoding: try CanonicalJSON.line(event), as: UTF8.self)
            seq += 1
            try catalogue.apply(
                [CatalogueEntry(event: event, line: line, versions: versions)],
                progress: CatalogueProgress(origin: "o", events: seq, bytes: 9, frontier: [])
            )
        }

        mutating func file(_ sequence: Int, version: Int = 1, content: Int, _ said: RecordDescription) throws {
            let id = RecordID(prefix: "RKT", year: said.year, sequence: sequence)
            let file = RecordFile(path: "files/berkas.pdf", size: 10, sha512: Self.digest(content))
            let document = RecordDocument(filing: id, said, version: version, files: [file], from: "berkas.pdf")
            let filed = CatalogueEntry(filing: document, seq: seq, line: "")
            try apply(filed.event, filed.versions)
        }

        mutating func remove(_ sequence: Int, content: Int, _ said: RecordDescription) throws {
            let id = RecordID(prefix: "RKT", year: said.year, sequence: sequence)
            let description = try JSONDecoder().decode(JSONValue.self, from: CanonicalJSON.line(said))
            let file: JSONValue = .object([
                "path": .string("files/berkas.pdf"), "sha512": .string(Self.digest(content)), "size": .integer(10),
            ])
            let version: JSONValue = .object([
                "description": description, "files": .array([file]),
                "received": .string(RecordDocument.moment.description),
                "receivedBy": .string("uji"), "version": .integer(1),
            ])
            let stone: JSONValue = .object([
                "kind": .string("musnah"), "record": .string(id.description), "versions": .array([version]),
            ])
            let detail: [String: JSONValue] = ["list": .string("MUSNAH-2026-0001"), "tombstone": stone]
            try apply(
                Event(
                    seq: seq,
                    time: RecordDocument.moment,
                    actor: "uji",
                    event: .disposalItemRemoved,
                    record: id,
                    detail: detail
                )
            )
        }

        func read(_ content: Int, _ pages: [String]) throws {
            let reading = CatalogueReading(
                digest: Self.digest(content),
                format: "pdf",
                mediaType: "application/pdf",
                isEncrypted: false,
                pageCount: pages.count,
                state: "read",
                line: "{}",
                pages: pages.enumerated().map { index, text in
                    CatalogueReading.Page(
                        number: index + 1,
                        name: nil,
                        source: "text",
                        confidence: nil,
                        isPoor: false,
                        text: text
                    )
                }
            )
            try catalogue.enter([reading])
        }

        func found(_ words: String, _ change: (inout RecordFilter) -> Void = { _ in }) throws -> [String] {
            var filter = RecordFilter()
            change(&filter)
            let answer = try catalogue.search(try SearchQuery(words), filter: filter, dossier: "RKT", limit: 100)
            return answer.hits.map { hit in
                "\(hit.record.id) \(hit.tier) \(hit.pages.map { "v\($0.version) p\($0.page)" })"
            }
        }

        func ids(_ words: String, _ change: (inout RecordFilter) -> Void = { _ in }) throws -> [String] {
            try found(words, change).map { String($0.prefix(13)) }
        }
    }

    private func said(_ title: String, year: Int = 2024, date: String? = nil, signer: String? = nil)
        -> RecordDescription
    {
        var said = RecordDescription(year: year, unit: "Sekretariat", step: 10, type: "rkt", title: title)
        said.date = date.flatMap { CivilDate($0) }
        said.signer = signer
        return said
    }

    @Test func `a content of two records is found under both, each with its own description`() throws {
        var shelf = try Shelf("a.sqlite")
        try shelf.file(1, content: 1, said("Rencana Mawar"))
        try shelf.read(1, ["anggaran loket"])
        try shelf.file(2, content: 1, said("Rencana Melati", year: 2025))
        #expect(try shelf.ids("anggaran").sorted() == ["RKT-2024-0001", "RKT-2025-0002"])
        #expect(try shelf.ids("anggaran melati") == ["RKT-2025-0002"])
        #expect(try shelf.ids("anggaran mawar") == ["RKT-2024-0001"])
        #expect(try shelf.ids("mawar melati loket").isEmpty, "no record has both")
        #expect(try shelf.ids("anggaran") { $0.year = 2025 } == ["RKT-2025-0002"])
        #expect(try shelf.catalogue.integrityFaults().isEmpty)
    }

    @Test func `a further version is found by its new description, with pages of both`() throws {
        var shelf = try Shelf("a.sqlite")
        try shelf.file(1, content: 1, said("Draf Kamboja"))
        try shelf.read(1, ["anggaran lama"])
        try shelf.file(1, version: 2, content: 2, said("Draf Kenanga"))
        try shelf.read(2, ["anggaran baru"])
        #expect(try shelf.found("anggaran") == ["RKT-2024-0001 exact [\"v2 p1\", \"v1 p1\"]"])
        #expect(try shelf.found("kenanga lama") == ["RKT-2024-0001 exact [\"v1 p1\"]"])
        #expect(try shelf.ids("kamboja lama").isEmpty, "the description that it no longer has")
        #expect(try shelf.catalogue.integrityFaults().isEmpty)
    }

    @Test func `the words of a removed record's pages are gone, and a content that another record has stays`() throws {
        var shelf = try Shelf("a.sqlite")
        try shelf.file(1, content: 1, said("Satu Mawar"))
        try shelf.file(2, content: 1, said("Dua Melati"))
        try shelf.file(3, content: 3, said("Tiga"))
        try shelf.read(1, ["kata bersama"])
        try shelf.read(3, ["kata sendirian"])
        try shelf.remove(1, content: 1, said("Satu Mawar"))
        try shelf.remove(3, content: 3, said("Tiga"))
        #expect(try shelf.ids("kata") == ["RKT-2024-0002"])
        #expect(try shelf.ids("mawar") == ["RKT-2024-0001"], "its tombstone")
        #expect(try shelf.ids("mawar bersama").isEmpty)
        #expect(try shelf.ids("melati bersama") == ["RKT-2024-0002"])
        #expect(try shelf.ids("sendirian").isEmpty)
        #expect(try shelf.ids("sendirjan").isEmpty, "nor near")
        #expect(try shelf.catalogue.integrityFaults().isEmpty)

        // As a rebuild goes: what was removed never had bytes here.
        var fresh = try Shelf("b.sqlite")
        try fresh.file(2, content: 1, said("Dua Melati"))
        try fresh.read(1, ["kata bersama"])
        try fresh.remove(1, content: 1, said("Satu Mawar"))
        try fresh.remove(3, content: 3, said("Tiga"))
        for words in ["kata", "mawar", "melati bersama", "bersma", "tiga", "melatii", "mawarr"] {
            #expect(try shelf.found(words) == fresh.found(words), "\(words)")
        }
    }

    @Test func `filters let the same pass through the indexes as through the records`() throws {
        var shelf = try Shelf("a.sqlite")
        let dates = [nil, "2021-12-31", "2022-01-01", "2023-06-15", "2024-02-29", "2009-05-05"]
        let signers = [nil, "Budi \"Édi\" Santoso", "Siti_Rahma 100%"]
        for number in 1...60 {
            var said = said("Rencana", year: 2020 + number % 5, date: dates[number % 6], signer: signers[number % 3])
            said.unit = ["Sekretariat", "Bidang Pendaftaran", "Bidang Pencatatan"][number % 3]
            said.step = number % 11 + 1
            said.type = ["rkt", "draft-rkt"][number % 2]
            try shelf.file(number, content: number, said)
            try shelf.read(number, ["anggaran \(number)"])
        }
        let filters: [(inout RecordFilter) -> Void] = [
            { $0.year = 2022 }, { $0.unit = "BIDANG" }, { $0.unit = "catat" }, { $0.unit = "%" }, { $0.step = 3 },
            { $0.type = "rkt" }, { $0.type = "lain" }, { $0.signer = "édi" }, { $0.signer = "_rahma" },
            { $0.signer = "x" }, { $0.after = CivilDate("2022-01-01") }, { $0.before = CivilDate("2022-01-01") },
            { $0.before = CivilDate("2001-01-01") }, { $0.after = CivilDate("2030-01-01") },
            {
                $0.after = CivilDate("2023-06-16")
                $0.before = CivilDate("2024-02-28")
            },
            {
                $0.after = CivilDate("2023-06-15")
                $0.before = CivilDate("2024-02-29")
                $0.unit = "pen"
                $0.type = "rkt"
            },
        ]
        for (index, change) in filters.enumerated() {
            var filter = RecordFilter()
            change(&filter)
            var expected: [String] = []
            try shelf.catalogue.list(filter) { expected.append($0.id) }
            for words in ["anggaran", "rencana", "rencana anggaran"] {
                #expect(try shelf.ids(words, change).sorted() == expected.sorted(), "\(index) \(words)")
            }
        }
    }

    @Test func `words that look like what filters ask for find nothing by it`() throws {
        var shelf = try Shelf("a.sqlite")
        try shelf.file(1, content: 1, said("Rencana", date: "2024-02-29"))
        try shelf.read(1, ["anggaran"])
        for words in ["xy2024", "xs10", "xd2024", "xm202402", "xx", "xy*", "anggaran xy2024", "rencana xs10"] {
            #expect(try shelf.ids(words).isEmpty, "\(words)")
        }
    }

    @Test func `what was changed behind the program's back is told`() throws {
        guard Tool.isPresent("sqlite3") else { return }
        let changes = [
            "UPDATE vocabulary SET pages = 7 WHERE word = 'anggaran'", "DELETE FROM vocabulary_trigram",
            "UPDATE page_text SET text = 'lain'", "UPDATE search_text SET title = 'palsu'",
            "UPDATE record SET year = 2001",
        ]
        for (index, change) in changes.enumerated() {
            var shelf = try Shelf("\(index).sqlite")
            try shelf.file(1, content: 1, said("Rencana"))
            try shelf.read(1, ["anggaran"])
            #expect(try shelf.catalogue.integrityFaults().isEmpty)
            try shelf.catalogue.close()
            let path = Scratch.folder.appending("\(index).sqlite")
            try #require(try Tool.run("sqlite3", [path.string, change]).status == 0)
            #expect(try !CatalogueDatabase.openForReading(path).integrityFaults().isEmpty, "\(change)")
        }
    }

    @Test func `near words have no digits alone, and the nearer and the more frequent come first`() throws {
        var shelf = try Shelf("a.sqlite")
        try shelf.file(1, content: 1, said("Satu"))
        try shelf.read(1, ["disdukcapil 470257", "disdukcapil", "disdukcapel disdukcapilx"])
        let answer = try shelf.catalogue.search(
            try SearchQuery("disdukcapll"),
            filter: RecordFilter(),
            dossier: "RKT",
            limit: 10
        )
        #expect(answer.near == ["disdukcapll": ["disdukcapil", "disdukcapel", "disdukcapilx"]])
        #expect(try shelf.ids("470258").isEmpty)
    }

    private func shelved(_ title: String, _ location: String, number: String? = nil, unit: String = "Sekretariat")
        -> RecordDescription
    {
        var said = RecordDescription(year: 2024, unit: unit, step: 10, type: "rkt", title: title)
        said.location = location
        said.number = number
        return said
    }

    @Test func `a place is found by its words, narrows by them, and decides nothing`() throws {
        var shelf = try Shelf("a.sqlite")
        try shelf.file(1, content: 1, shelved("Satu", "Rak 2 / Boks 1"))
        try shelf.file(2, content: 2, shelved("Dua", "Rak 20 / Boks 2"))
        try shelf.read(1, ["anggaran"])
        try shelf.read(2, ["anggaran"])
        #expect(try shelf.ids("rak 2 boks 1") == ["RKT-2024-0001"])
        #expect(try shelf.ids("anggaran rak 20") == ["RKT-2024-0002"], "the place with the page")
        for place in ["rak 2", "RAK 2", "Rak 2 / Boks 1", "rak 2 boks 1"] {
            #expect(try shelf.ids("anggaran") { $0.location = place } == ["RKT-2024-0001"], "\(place)")
        }
        #expect(try shelf.ids("anggaran") { $0.location = "/" }.isEmpty)
        #expect(try shelf.ids("anggaran") { $0.location = "boks 3" }.isEmpty)
        #expect(try shelf.catalogue.described(by: try SearchQuery("rak")).isEmpty, "a hold does not rest on a shelf")
        // What is said of the place now counts.
        try shelf.file(1, version: 2, content: 3, shelved("Satu", "Lemari 7"))
        #expect(try shelf.ids("lemari 7") == ["RKT-2024-0001"] && shelf.ids("\"rak 2\"").isEmpty)
        #expect(try shelf.catalogue.integrityFaults().isEmpty)
    }

    @Test func `a document's own number names its records, however it is spaced`() throws {
        var shelf = try Shelf("a.sqlite")
        try shelf.file(1, content: 1, shelved("Satu", "", number: "470/ 169 /2024"))
        try shelf.file(2, content: 2, shelved("Dua", "", number: "470/169/2024"))
        try shelf.file(3, content: 3, shelved("Tiga", "", number: "1.470/169/2024"))
        func named(_ number: String) throws -> [String] { try shelf.catalogue.records(numbered: number).map(\.id) }
        #expect(try named("470/169/2024") == ["RKT-2024-0001", "RKT-2024-0002"])
        #expect(try named("1.470/169/2024") == ["RKT-2024-0003"])
        #expect(try named("470/169").isEmpty && named("/").isEmpty && named("\" OR \"").isEmpty)
    }

    @Test func `all that is found is counted, also where only the newest are looked at`() throws {
        var shelf = try Shelf("a.sqlite")
        for number in 1...1100 {
            try shelf.file(
                number,
                content: number,
                shelved("Anggaran", "", unit: number % 10 == 0 ? "Bidang" : "Sekretariat")
            )
        }
        let answer = try shelf.catalogue.search(
            SearchQuery("anggaran"),
            filter: RecordFilter(),
            dossier: "RKT",
            limit: 1,
            counts: true
        )
        let counts = try #require(answer.counts)
        #expect(answer.isMore && answer.total == 1000 && counts.total == 1100)
        #expect(counts.years.map(\.records) == [1100] && counts.types.map(\.value) == ["rkt"])
        #expect(counts.units.map(\.value) == ["Sekretariat", "Bidang"] && counts.units.map(\.records) == [990, 110])
    }
}
