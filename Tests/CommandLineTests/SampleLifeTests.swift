import Foundation
import SystemPackage
import TestSupport
import Testing

/// The sample batch from the day it comes in until it is asked for again.
@Suite(.scratch)
struct SampleLifeTests {
    @Test func `a new home has the parts of the design and passes verify`() throws {
        let office = try Office.founded()
        for part in ["berkas.yaml", "policy/sop-rkt.yaml", "intake", "packages", "staging"] {
            #expect(FileManager.default.fileExists(atPath: office.home.pushing(FilePath(part)).string), "\(part)")
        }
        #expect(try office.berkas("verify").status == 0)
        #expect(try office.berkas("list", "--json").output.isEmpty)
        #expect(try office.berkas("ledger", "verify").status == 0)
    }

    @Test func `init says nothing of a missing catalogue, and a second init is refused and changes nothing`() throws {
        let office = Office(folder: Scratch.folder, home: Scratch.folder.appending("Arsip"))
        let made = try office.berkas("init", "Arsip")
        #expect(made.status == 0)
        #expect(made.errorText.isEmpty, "\(made.errorText)")
        let before = try TreeSnapshot.of(office.home)
        let again = try office.berkas("init", "Arsip")
        #expect(again.status == 1)
        #expect(again.errorLines.count == 1)
        #expect(try TreeSnapshot.of(office.home) == before)
    }

    @Test func `check says what ingest will do and writes nothing`() throws {
        guard let sample = Checkout.shared("samples/rkt") else { return }
        let office = try Office.founded()
        let before = try TreeSnapshot.of(office.home)
        for words in [["check", sample.string], ["ingest", "--dry-run", sample.string]] {
            let checked = try office.berkas(words)
            #expect(checked.status == 0)
            #expect(checked.text.contains("25 rows"))
            #expect(try TreeSnapshot.of(office.home) == before)
        }
        let summary = try #require(try office.berkas("check", "--json", sample.string).facts("summary").first)
        #expect(summary.number("rows") == 25)
        #expect(summary.number("accepted") == 25)
        #expect(summary.number("faults") == 0)
    }

    @Test func `the batch is kept once, and sources and a second run change nothing`() throws {
        guard let sample = Checkout.shared("samples/rkt") else { return }
        let office = try Office.founded()
        let sources = try TreeSnapshot.of(sample)
        let first = try office.berkas("ingest", "--json", sample.string)
        #expect(first.status == 0)
        #expect(try first.facts("kept").count == 25)
        let summary = try #require(try first.facts("summary").first)
        #expect(summary.number("records") == 23)
        #expect(summary.number("versions") == 25)
        let truth = try office.truth()

        let second = try office.berkas("ingest", "--json", sample.string)
        #expect(second.status == 0)
        #expect(try second.facts("already-kept").count == 25)
        #expect(try second.facts("kept").isEmpty)
        #expect(try second.facts("summary").first?.number("versions") == 0)
        #expect(try office.truth() == truth)
        #expect(try office.berkas("ingest", sample.string).text.contains("Nothing new was kept"))
        #expect(try office.truth() == truth)
        #expect(try TreeSnapshot.of(sample) == sources)
        #expect(try TreeSnapshot.of(office.home.appending("staging")).isEmpty)
    }

    @Test func `list shows every record in the order of year and number, and narrows by every filter`() throws {
        guard let office = try Office.withSample() else { return }
        let all = try office.records()
        #expect(all.allSatisfy { $0.kind == "record" })
        #expect(all.compactMap { $0.text("id") } == all.compactMap { $0.text("id") }.sorted())
        #expect(try office.berkas("list").lines.count == 24)
        let counts: [([String], Int)] = [
            ([], 23), (["--year", "2023"], 9), (["--year", "2024"], 14), (["--year", "1999"], 0),
            (["--step", "10"], 3),
            (["--type", "rkt"], 2), (["--type", "draf-rkt"], 4), (["--unit", "Pendaftaran"], 8),
            (["--class", "000.7"], 20), (["--class", "000.7.2.6"], 20), (["--class", "000"], 20),
            (["--year", "2024", "--step", "10", "--type", "surat-pengantar"], 1),
        ]
        for (filter, count) in counts {
            let answer = try office.berkas(["list", "--json"] + filter)
            #expect(answer.status == 0)
            #expect(try answer.facts().count == count, "\(filter)")
        }
    }

    @Test func `show tells all that the manifest said`() throws {
        guard let office = try Office.withSample() else { return }
        let text = try office.berkas("show", "RKT-2023-0001")
        #expect(text.status == 0)
        let said = [
            "RKT/2023", "470/53/2023", "2022-09-25", "Dra. Yuliana Harahap, S.Sos.", "basah", "000.7.2.6", "biasa",
            "Rak 1 / Boks 1 / Folder 1", "disposisi-rkt-2023.jpg", "Siti Arsiparis", "Lembar disposisi penyusunan RKT",
        ]
        for word in said { #expect(text.text.contains(word), "\(word)") }
        let facts = try office.berkas("show", "--json", "RKT-2023-0004").facts()
        #expect(facts.map(\.kind) == ["record", "version", "version"])
        #expect(facts.last?.part("document")?.part("description")?.text("note") == "versi 2")
        #expect(try office.berkas("show", "RKT-2023-0004").text.contains("v2  received"))
    }

    @Test func `history gives the ledger's events of a record`() throws {
        guard let office = try Office.withSample() else { return }
        let events = try office.berkas("history", "RKT-2023-0004", "--json").facts()
        #expect(events.map { $0.text("event") } == ["ingestion", "ingestion"])
        #expect(events.allSatisfy { $0.kind == "event" && $0.text("actor") == "Siti Arsiparis" })
        let one = try office.berkas("history", "RKT-2023-0004@v2", "--json").facts()
        #expect(one.map { $0.number("version") } == [2])
        #expect(try office.berkas("history", "RKT-2023-0004").text.contains("by Siti Arsiparis"))
    }

    @Test func `every command answers in JSON Lines with a kind`() throws {
        guard let office = try Office.withSample() else { return }
        let calls = [
            ["list"], ["show", "RKT-2024-0007"], ["history", "RKT-2024-0007"], ["search", "draf"], ["verify"],
            ["ledger", "verify"], ["get", "RKT-2024-0007", "--to", "keluar"], ["pack", "RKT-2024-0007"], ["rebuild"],
        ]
        for call in calls {
            let answer = try office.berkas(call + ["--json"])
            #expect(answer.status == 0, "\(call)")
            #expect(try !answer.facts().isEmpty, "\(call)")
            #expect(answer.errorText.isEmpty, "\(call): \(answer.errorText)")
        }
    }

    @Test func `a home that was copied elsewhere is an archive`() throws {
        guard let office = try Office.withSample() else { return }
        let list = try office.berkas("list", "--json").output
        #expect(try office.shell("cp -a Arsip Salinan && rm -rf Arsip").status == 0)
        #expect(try office.berkas("list", "--json", "--home", "Salinan").output == list)
        #expect(try office.berkas("verify", "--home", "Salinan").status == 0)
    }
}
