import Catalogue
import Foundation
import RecordsModel
import SystemPackage
import TestSupport
import Testing

/// What a record is comes before its words: signed and valid, then the final text, then drafts.
@Suite(.scratch)
struct PlanOrderTests {
    private struct Filed {
        var title = "RKT Tahun 2024"
        var type = "rkt"
        var year = 2024
        var signature: SignatureKind?
        var date: String?
        var unit = "Dinas Contoh"
        var document = "{}"
    }

    private static func sense(today: String? = nil, abbreviations: [Abbreviation] = []) -> SearchSense {
        let types: [(id: String, stage: PlanStage?)] = [
            ("rkt", nil), ("naskah", .final), ("konsep-rkt", nil), ("nota-dinas", nil),
        ]
        let procedure = Procedure(
            id: "RKT",
            title: "Penyusunan RKT",
            number: "1",
            office: "Dinas Contoh",
            types: types.map { DocumentType(id: $0.id, name: $0.id, aliases: [], description: "", stage: $0.stage) },
            steps: []
        )
        let settings = OfficeSettings(
            office: "Dinas Contoh",
            idPrefix: "ARS",
            uriPrefix: "tag:contoh.example,2026:",
            timeZone: "Asia/Makassar",
            units: ["Dinas Contoh", "Bidang Pelayanan Contoh"],
            abbreviations: abbreviations
        )
        return SearchSense(procedure: procedure, settings: settings, today: today.flatMap { CivilDate($0) })
    }

    private func catalogue(_ records: [Filed]) throws -> CatalogueDatabase {
        let catalogue = try CatalogueDatabase.open(Scratch.folder.appending("catalogue.sqlite"))
        let entries = records.enumerated().map { index, record in
            var said = RecordDescription(
                year: record.year,
                unit: record.unit,
                step: 10,
                type: record.type,
                title: record.title
            )
            said.signature = record.signature
            said.date = record.date.flatMap { CivilDate($0) }
            let id = RecordID(prefix: "ARS", year: record.year, sequence: index + 1)
            let file = RecordFile(path: "files/\(index).pdf", size: 1, sha512: String(repeating: "0", count: 128))
            let document = RecordDocument(filing: id, said, files: [file], from: "\(index).pdf")
            return CatalogueEntry(filing: document, seq: index, line: "{}", documentLine: record.document)
        }
        try catalogue.apply(
            entries,
            progress: CatalogueProgress(origin: "o", events: entries.count, bytes: 9, frontier: [])
        )
        return catalogue
    }

    private func found(_ words: String, _ catalogue: CatalogueDatabase, _ sense: SearchSense = Self.sense()) throws
        -> [Int]
    {
        let answer = try catalogue.search(
            SearchQuery(words),
            sense: sense,
            filter: RecordFilter(),
            dossier: "RKT",
            limit: 100
        )
        return answer.hits.compactMap { RecordID($0.record.id)?.sequence }
    }

    @Test func `a signature that is not valid, or not there, does not put a plan before its final text`() throws {
        let invalid = #"{"signatures":[{"report":{"category":"invalid"}}]}"#
        let catalogue = try catalogue([
            Filed(type: "konsep-rkt"), Filed(signature: SignatureKind.none),
            Filed(signature: .electronic, document: invalid),
            Filed(type: "naskah"), Filed(), Filed(signature: .wet, date: "2023-11-01"),
            Filed(signature: .electronic, date: "2023-12-01"), Filed(type: "nota-dinas"),
            Filed(signature: .wet, date: "2023-12-30", unit: "Bidang Pelayanan Contoh"),
        ])
        let order = try found("rkt 2024", catalogue)
        #expect(order.prefix(5) == [7, 6, 9, 5, 4], "\(order)")
        #expect(Set(order[5...6]) == [2, 3] && order.suffix(2) == [1, 8], "\(order)")
        #expect(try found("konsep rkt 2024", catalogue).first == 1, "by the type's name, since no stage is said")
        #expect(try found("naskah rkt 2024", catalogue).first == 4)
        #expect(try found("rkt 2024 final", catalogue).first == 4)
        #expect(try Set(found("rkt 2024 ditandatangani", catalogue).prefix(3)) == [6, 7, 9])
    }

    @Test func `the year is the one that is named, in digits, in words, and as a span`() throws {
        let catalogue = try catalogue((2019...2024).map { Filed(title: "RKT", year: $0, signature: .wet) })
        let questions: [(String, [Int])] = [
            ("rkt 2021", [3]), ("rkt ta 2021", [3]), ("rkt '21", [3]), ("rkt tahun 21", [3]), ("rkt 21", [3]),
            ("rkt tahun anggaran dua ribu dua puluh satu", [3]), ("rkt duaribu duapuluh satu", [3]),
            ("rkt dua nol dua satu", [3]), ("rkt dua ribu sembilan belas", [1]), ("rkt dua ribu dua puluh", [2]),
            ("rkt 2020-2022", [2, 3, 4]), ("rkt 2020/2021", [2, 3]), ("rkt 2020/21", [2, 3]),
            ("rkt 2020 s.d. 2022", [2, 3, 4]), ("rkt 2020 s/d 2022", [2, 3, 4]),
            ("rkt 2020 sampai dengan 2022", [2, 3, 4]),
            ("rkt antara 2020 dan 2022", [2, 3, 4]), ("rkt 2020 dan 2022", [2, 4]), ("rkt2021", [3]), ("RKT-2021", [3]),
            ("rkt 2031", []),
        ]
        for (words, years) in questions { #expect(try found(words, catalogue) == years, "\(words)") }
    }

    @Test func `last year is not guessed where the day is not known`() throws {
        let catalogue = try catalogue((2022...2024).map { Filed(title: "RKT", year: $0, signature: .wet) })
        #expect(try found("rkt tahun lalu", catalogue) == [3, 2, 1], "all, the newest first")
        #expect(try found("rkt tahun lalu", catalogue, Self.sense(today: "2024-05-01")) == [2])
        #expect(try found("rkt tahun anggaran ini", catalogue, Self.sense(today: "2024-05-01")) == [3])
        #expect(try found("rkt tahun depan", catalogue, Self.sense(today: "2023-05-01")) == [3])
    }

    @Test func `what the office calls things is the office's`() throws {
        let catalogue = try catalogue([
            Filed(title: "Kajian Awal", type: "nota-dinas"), Filed(title: "Rencana Lain", type: "nota-dinas"),
            Filed(title: "Naskah kerja", type: "nota-dinas", unit: "Bidang Pelayanan Contoh"),
        ])
        #expect(try found("kjwl", catalogue).isEmpty)
        let sense = Self.sense(abbreviations: [Abbreviation("KJWL", meaning: "Kajian Awal")])
        #expect(try found("kjwl", catalogue, sense) == [1])
        #expect(try found("KAJIAN yang awal", catalogue, sense) == [1])
        #expect(
            try found("rencana lain dinas contoh", catalogue, sense) == [2],
            "the office's own name asks for nothing"
        )
        #expect(try found("bidang pelayanan contoh", catalogue, sense) == [3], "a unit's does")
        #expect(try found("kerja nota dinas", catalogue, sense) == [3])
    }

    @Test func `of more than are looked at the plan comes first all the same`() throws {
        var records = [Filed(title: "RKT", year: 2020, signature: .wet)]
        records += (0..<1500).map { _ in Filed(title: "Bahan RKT 2020", type: "nota-dinas", year: 2020) }
        let catalogue = try catalogue(records)
        #expect(try found("rkt 2020", catalogue).first == 1)
        #expect(try found("rkt", catalogue).first == 1)
        #expect(try found("bahan", catalogue).count == 100)
    }
}
