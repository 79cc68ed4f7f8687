import Foundation
import SystemPackage
import TestSupport
import Testing

/// When a row is a new record, a new version, or nothing new.
@Suite(.scratch)
struct VersionTests {
    private func kept(_ answer: Answer) throws -> [String] {
        try answer.facts("kept").map { "\($0.text("record") ?? "?")@v\($0.number("version") ?? 0)" }
    }

    private func alreadyKept(_ answer: Answer) throws -> [String] {
        try answer.facts("already-kept").map { "\($0.text("record") ?? "?")@v\($0.number("version") ?? 0)" }
    }

    @Test func `rows of one label are versions of one record, within a batch and across batches`() throws {
        let office = try Office.founded()
        let header = "path,year,step,type,title,label,note\n"
        let first = try office.batch(
            "satu",
            header + "a,2024,6,draft-rkt,Draf,draf,versi 1\nb,2024,6,draft-rkt,Draf,draf,versi 2\n",
            files: ["a": "isi a", "b": "isi b"]
        )
        #expect(try kept(office.berkas("ingest", first.string, "--json")) == ["RKT-2024-0001@v1", "RKT-2024-0001@v2"])
        let second = try office.batch("dua", header + "c,2024,6,draft-rkt,Draf,draf,versi 3\n", files: ["c": "isi c"])
        #expect(try kept(office.berkas("ingest", second.string, "--json")) == ["RKT-2024-0001@v3"])
        let truth = try office.truth()
        for batch in [first, second] { #expect(try kept(office.berkas("ingest", batch.string, "--json")).isEmpty) }
        #expect(try office.truth() == truth)
        let shown = try office.berkas("show", "RKT-2024-0001", "--json").facts()
        #expect(shown.map(\.kind) == ["record", "version", "version", "version"])
        #expect(shown[0].number("versions") == 3)
        #expect(shown[0].text("note") == "versi 3")
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `a label counts within its year only`() throws {
        let office = try Office.founded()
        let batch = try office.batch(
            "satu",
            "path,year,step,type,label\na,2023,6,draft-rkt,draf\nb,2024,6,draft-rkt,draf\n",
            files: ["a": "isi a", "b": "isi b"]
        )
        #expect(try kept(office.berkas("ingest", batch.string, "--json")) == ["RKT-2023-0001@v1", "RKT-2024-0001@v1"])
    }

    @Test func `two unlabelled rows of the same bytes are two records, and stay two`() throws {
        let office = try Office.founded()
        let batch = try office.batch(
            "kembar",
            "path,year,step,type\na.txt,2024,1,disposisi\nb.txt,2024,1,disposisi\n",
            files: ["a.txt": "sama", "b.txt": "sama"]
        )
        #expect(try kept(office.berkas("ingest", batch.string, "--json")) == ["RKT-2024-0001@v1", "RKT-2024-0002@v1"])
        let truth = try office.truth()
        let again = try office.berkas("ingest", batch.string, "--json")
        #expect(try alreadyKept(again) == ["RKT-2024-0001@v1", "RKT-2024-0002@v1"])
        #expect(try again.facts("already-kept").allSatisfy { $0.parts("differences").isEmpty })
        #expect(try office.truth() == truth)
    }

    @Test func `the same bytes under another number are another record`() throws {
        let office = try Office.founded()
        func batch(_ name: String, _ number: String) throws -> String {
            try office.batch(name, "path,year,step,type,number\na,2024,1,disposisi,\(number)\n", files: ["a": "surat"])
                .string
        }
        #expect(try kept(office.berkas("ingest", batch("satu", "470/1/2024"), "--json")) == ["RKT-2024-0001@v1"])
        #expect(try kept(office.berkas("ingest", batch("dua", "470/2/2024"), "--json")) == ["RKT-2024-0002@v1"])
        #expect(try alreadyKept(office.berkas("ingest", batch("tiga", "470/1/2024"), "--json")) == ["RKT-2024-0001@v1"])
        #expect(
            try alreadyKept(office.berkas("ingest", batch("empat", "470/2/2024"), "--json")) == ["RKT-2024-0002@v1"]
        )
    }

    @Test func `another year or step is another record`() throws {
        let office = try Office.founded()
        try office.write("surat", to: "a")
        for (year, step, type) in [("2024", "1", "disposisi"), ("2025", "1", "disposisi"), ("2024", "2", "nota-dinas")]
        {
            let call = ["ingest", "a", "--year", year, "--step", step, "--type", type]
            #expect(try kept(office.berkas(call + ["--json"])).count == 1)
            #expect(try kept(office.berkas(call + ["--json"])).isEmpty)
        }
    }

    @Test func `a changed description of the same bytes is told and not kept`() throws {
        let office = try Office.founded()
        let header = "path,year,step,type,title,note\n"
        let first = try office.batch("satu", header + "a,2024,1,disposisi,Judul lama,\n", files: ["a": "surat"])
        try #require(office.berkas("ingest", first.string).status == 0)
        let truth = try office.truth()
        let second = try office.batch("dua", header + "a,2024,1,disposisi,Judul baru,catatan\n", files: ["a": "surat"])
        let text = try office.berkas("ingest", second.string)
        #expect(text.status == 0)
        #expect(text.everything.contains("'Judul baru' here, 'Judul lama' kept"))
        let known = try #require(try office.berkas("ingest", second.string, "--json").facts("already-kept").first)
        #expect(known.parts("differences").compactMap { $0.text("field") } == ["title", "note"])
        #expect(try office.truth() == truth)
    }

    @Test func `bytes of an earlier version are already kept`() throws {
        let office = try Office.founded()
        try office.write("isi a", to: "a")
        try office.write("isi b", to: "b")
        let options = ["--year", "2024", "--step", "6", "--type", "draft-rkt", "--label", "draf", "--json"]
        #expect(try kept(office.berkas(["ingest", "a", "b"] + options)) == ["RKT-2024-0001@v1", "RKT-2024-0001@v2"])
        #expect(try alreadyKept(office.berkas(["ingest", "a"] + options)) == ["RKT-2024-0001@v1"])
        #expect(try office.records().first?.number("versions") == 2)
    }

    @Test func `accession numbers go on and are never given twice`() throws {
        let office = try Office.founded()
        for (name, count) in [("satu", 3), ("dua", 2)] {
            try #require(office.berkas("ingest", try office.batch(name, count: count).string).status == 0)
        }
        let ids = try office.records().compactMap { $0.text("id") }
        #expect(ids == (1...5).map { "RKT-2024-000\($0)" })
    }

    @Test func `a label whose one version is faulty keeps none of its versions, and says so of each`() throws {
        let office = try Office.founded()
        let manifest = """
            path,year,step,type,label
            a,2024,6,draft-rkt,draf
            tiada,2024,6,draft-rkt,draf
            b,2024,6,draft-rkt,
            """
        let batch = try office.batch("satu", manifest, files: ["a": "isi a", "b": "isi b"])
        let answer = try office.berkas("ingest", batch.string, "--json")
        #expect(answer.status == 3)
        #expect(try answer.facts("kept").map { $0.text("path") } == ["b"])
        let rows = try answer.facts("fault").compactMap { $0.number("row") }
        #expect(Set(rows) == [2, 3], "row 2 is not kept and must be named too")
    }

    @Test func `a label of another type is refused, also when it is kept already`() throws {
        let office = try Office.founded()
        let header = "path,year,step,type,label\n"
        let first = try office.batch("satu", header + "a,2024,6,draft-rkt,draf\n", files: ["a": "a"])
        try #require(office.berkas("ingest", first.string).status == 0)
        let second = try office.batch("dua", header + "b,2024,10,rkt,draf\n", files: ["b": "b"])
        let answer = try office.berkas("ingest", second.string, "--json")
        #expect(answer.status == 1)
        let fault = try #require(try answer.facts("fault").first)
        #expect(fault.text("column") == "label")
        #expect(fault.text("message")?.contains("RKT-2024-0001") == true)
    }
}
