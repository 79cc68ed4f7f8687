import Foundation
import SystemPackage
import TestSupport
import Testing

/// Records are named by the number that stands on the paper, found by the place where it lies, and counted.
@Suite(.scratch)
struct DocumentNumberTests {
    private static let manifest = """
        path,year,unit,step,type,title,number,date,location
        a.txt,2024,Sekretariat,9,naskah-rkt,Naskah,470/169/2024,2023-11-26,
        b.txt,2024,Sekretariat,10,rkt,Rencana,470/169/2024,2023-12-01,Rak 2 / Boks 1
        c.txt,2023,Bidang Pencatatan,7,undangan,Undangan,470/ 53 /2023,2022-11-01,Rak 20 / Boks 1
        """

    private func office() throws -> Office {
        let office = try Office.founded()
        let files = Dictionary(uniqueKeysWithValues: ["a", "b", "c"].map { ("\($0).txt", "isi \($0)\n") })
        let batch = try office.batch("masuk", Self.manifest, files: files)
        let kept = try office.berkas(["ingest", batch.string, "-q"], environment: ["BERKAS_NO_READ": ""])
        try #require(kept.status == 0, "\(kept.errorText)")
        return office
    }

    private static let commands = [
        ["show"], ["history"], ["text"], ["get", "--to", "keluar"], ["page", "--to", "h.png"],
    ]

    @Test func `a number that one document has names its record`() throws {
        let office = try office()
        for number in ["470/53/2023", "470/ 53 /2023", "470/53/2023@v1"] {
            #expect(try office.berkas("show", number).text.contains("RKT-2023-0001"), "\(number)")
        }
        for command in Self.commands.prefix(4) {
            let named = try office.berkas(command + ["470/53/2023", "--json"])
            let numbered = try office.berkas(command + ["RKT-2023-0001", "--json"])
            #expect(named.status == 0 && numbered.status == 0, "\(command): \(named.errorText)")
            if command[0] != "get" { #expect(named.text == numbered.text && !named.text.isEmpty, "\(command)") }
        }
        #expect(try office.berkas("page", "470/53/2023", "--to", "h.png").errorText.contains("RKT-2023-0001"))
        #expect(try office.berkas("show", "470/53/2023@v9").errorText.contains("no version 9"))
    }

    @Test func `of a number that several have the candidates are listed, and none is taken`() throws {
        let office = try office()
        var lines = ""
        for command in Self.commands {
            let answer = try office.berkas(command + ["470/169/2024"])
            #expect(answer.status == 64, "\(command): \(answer.errorText)")
            #expect(answer.text.contains("RKT-2024-0001") && answer.text.contains("RKT-2024-0002"), "\(answer.text)")
            #expect(answer.errorText.contains("2 documents have the number '470/169/2024'"), "\(answer.errorText)")
            lines += try office.berkas(command + ["470/169/2024", "--json"]).text
        }
        #expect(try office.shell("test ! -e keluar && test ! -e h.png").status == 0)
        lines += try office.berkas("search", "2024", "--counts", "--json").text
        guard let result = try PublishedSchema.check(lines) else { return }
        #expect(result.status == 0, "\(result.errorText)")
        #expect(result.lines == ["candidate", "counts", "hit", "search"])
    }

    @Test func `a number that nobody has is said, and what can be no number is refused`() throws {
        let office = try office()
        let unknown = try office.berkas("show", "470/1/2024")
        #expect(unknown.status == 1 && unknown.errorText.contains("470/1/2024"), "\(unknown.errorText)")
        #expect(try office.berkas("show", "RKT-2024-1-1").status == 64)
        #expect(try office.berkas("show", "undangan").status == 64)
        #expect(try office.berkas("get", "470/1/2024", "--to", "keluar").status == 1)
    }

    @Test func `places are found and narrow, by whole words`() throws {
        let office = try office()
        func ids(_ words: String...) throws -> [String] {
            try office.berkas(words + ["--json"]).facts().compactMap { $0.text("id") }
        }
        #expect(try ids("list", "--location", "rak 2") == ["RKT-2024-0002"])
        #expect(try ids("search", "rencana", "--location", "Rak 2").first == "RKT-2024-0002")
        #expect(try ids("search", "rak 20").first == "RKT-2023-0001")
        #expect(try office.berkas("search", "boks").text.contains("location: Rak 2 / «Boks» 1"))
        #expect(try ids("list", "--location", "rak 3").isEmpty)
    }

    @Test func `what is found is counted by year, type and unit`() throws {
        let office = try office()
        let answer = try office.berkas("search", "rkt", "--counts", "--json", "--limit", "1")
        let counts = try #require(try answer.facts("counts").first)
        #expect(counts.number("total") == 3)
        #expect(counts.parts("years").map { $0.number("year") } == [2024, 2023])
        #expect(counts.parts("units").map { $0.number("records") } == [2, 1])
        let text = try office.berkas("search", "rkt", "--counts").text
        #expect(
            text.contains("by year (tahun)") && text.contains("naskah-rkt") && text.contains("Bidang Pencatatan"),
            "\(text)"
        )
    }

    @Test func `last year is told from the day of the question, and said`() throws {
        let office = try office()
        let answer = try office.berkas("search", "rkt tahun lalu", "--json")
        let years = try #require(try answer.facts("search").first?.values["years"] as? [Int])
        let today = try #require(Int(Date().formatted(.iso8601.year())))
        #expect(abs(today - 1 - (years.first ?? 0)) <= 1)
        #expect(try office.berkas("search", "rkt tahun lalu").errorText.contains("'tahun lalu' was read as"))
        #expect(try office.berkas("search", "rkt balangan").errorText.contains("passed over: 'balangan'"))
    }
}
