import Foundation
import SystemPackage
import TestSupport
import Testing

/// Files on their way out.
@Suite(.scratch)
struct GetTests {
    private func office() throws -> Office {
        let office = try Office.founded()
        let manifest =
            "path,year,step,type,label\na/draf.txt,2024,6,draft-rkt,draf\nb/draf.txt,2024,6,draft-rkt,draf\nc.txt,2024,1,disposisi,\n"
        let files = ["a/draf.txt": "satu\n", "b/draf.txt": "dua\n", "c.txt": "tiga\n"]
        try #require(office.berkas("ingest", try office.batch("satu", manifest, files: files).string, "-q").status == 0)
        return office
    }

    private func read(_ office: Office, _ name: String) -> String? {
        FileManager.default.contents(atPath: office.path(name).string).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `the newest version comes out, and the one that is named`() throws {
        let office = try office()
        for (reference, folder, content) in [
            ("RKT-2024-0001", "baru/dalam", "dua\n"), ("RKT-2024-0001@v1", "lama", "satu\n"),
            ("RKT-2024-0001@v2", "dua", "dua\n"),
        ] {
            let answer = try office.berkas("get", reference, "--to", folder, "--json")
            #expect(answer.status == 0, "\(answer.errorText)")
            #expect(read(office, "\(folder)/draf.txt") == content)
            let fact = try #require(try answer.facts("file").first)
            let sum = try office.shell("sha512sum \(folder)/draf.txt").text.prefix(128)
            #expect(fact.text("sha512") == String(sum))
        }
    }

    @Test func `another file of that name is never overwritten`() throws {
        let office = try office()
        try office.write("milik orang lain", to: "keluar/draf.txt")
        let refused = try office.berkas("get", "RKT-2024-0001", "--to", "keluar")
        #expect(refused.status == 1)
        #expect(refused.errorText.contains("keluar/draf.txt"))
        #expect(read(office, "keluar/draf.txt") == "milik orang lain")
        #expect(try FileManager.default.contentsOfDirectory(atPath: office.path("keluar").string) == ["draf.txt"])

        try #require(office.berkas("get", "RKT-2024-0001@v1", "--to", "lain").status == 0)
        #expect(try office.berkas("get", "RKT-2024-0001@v2", "--to", "lain").status == 1)
        #expect(read(office, "lain/draf.txt") == "satu\n")
        let same = try office.berkas("get", "RKT-2024-0001@v1", "--to", "lain")
        #expect(same.status == 0)
        #expect(same.text.contains("already there"))
    }

    @Test func `several records and a year come out into folders of their numbers`() throws {
        let office = try office()
        let answer = try office.berkas("get", "--year", "2024", "--to", "tahun")
        #expect(answer.status == 0)
        #expect(read(office, "tahun/RKT-2024-0001/draf.txt") == "dua\n")
        #expect(read(office, "tahun/RKT-2024-0002/c.txt") == "tiga\n")
        let partly = try office.berkas("get", "RKT-2024-0002", "RKT-2024-9999", "--to", "dua")
        #expect(partly.status == 3)
        #expect(partly.errorText.contains("RKT-2024-9999"))
        #expect(read(office, "dua/RKT-2024-0002/c.txt") == "tiga\n")
    }

    @Test func `what stands in the way is named with what to do`() throws {
        let office = try office()
        try office.write("x", to: "berkas")
        try #require(office.shell("mkdir -p tautan && ln -s /nowhere tautan/c.txt && mkdir -p map/c.txt").status == 0)
        for place in ["berkas", "tautan", "map"] {
            let answer = try office.berkas("get", "RKT-2024-0002", "--to", place)
            #expect(answer.status == 1, "\(place)")
            #expect(answer.errorLines.count == 1)
            #expect(answer.errorText.contains(place))
            #expect(answer.errorText.contains("; "), "what to do is missing: \(answer.errorText)")
        }
    }

    @Test(arguments: ["store", "ledger", "packages", "staging", "store/000"])
    func `files are not brought into the truth of a home`(part: String) throws {
        let office = try office()
        let before = try office.truth()
        let answer = try office.berkas("get", "RKT-2024-0002", "--to", "Arsip/\(part)")
        #expect(answer.status == 1, "\(answer.text)")
        #expect(try office.truth() == before)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `bytes that were changed in the store do not come out`() throws {
        let office = try office()
        let object = try office.object(of: "RKT-2024-0002")
        try #require(
            office.shell("printf X | dd of='Arsip/\(object)/v1/content/files/c.txt' conv=notrunc bs=1 seek=1 2>&1")
                .status == 0
        )
        let answer = try office.berkas("get", "RKT-2024-0002", "--to", "keluar")
        #expect(answer.status == 5)
        #expect(answer.errorText.contains("RKT-2024-0002"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: office.path("keluar").string).isEmpty)
    }
}
