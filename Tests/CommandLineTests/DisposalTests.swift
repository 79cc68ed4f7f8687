import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

/// Lists of records to destroy: what goes, what stays, and what is told of it afterwards.
@Suite(.scratch)
struct DisposalTests {
    @Test func `R27 R28: what is destroyed is gone, and its tombstone is listed, found and shown, never "not found"`()
        throws
    {
        let desk = try DisposalOffice()
        let list = try desk.approved()
        let objects = try DisposalOffice.short.map { try desk.office.object(of: $0) }
        let answer = try desk.execute(list)
        #expect(answer.status == 0, "\(answer.everything)")
        for object in objects {
            #expect(!FileManager.default.fileExists(atPath: desk.office.home.pushing(FilePath(object)).string))
        }
        let grep = try Tool.run("grep", ["-rl", "isi berkas nomor 1", desk.office.home.string])
        #expect(grep.lines.isEmpty, "\(grep.lines)")
        let listed = try desk.office.records().filter { $0.part("removed") != nil }
        #expect(listed.compactMap { $0.text("id") } == DisposalOffice.short)
        #expect(try desk.office.berkas("list", "--kept").text.contains("RKT-2018-0004"))
        #expect(try !desk.office.berkas("list", "--kept").text.contains("RKT-2018-0001"))
        #expect(try desk.office.berkas("search", "Perjanjian satu").text.contains("(removed"))
        let shown = try desk.office.berkas("show", "RKT-2018-0001")
        #expect(shown.status == 0)
        for word in ["REMOVED", list, "Bupati", "Dedi, Eka", "000.7.2.7", "RKT-2026-0006", "sha512"] {
            #expect(shown.text.contains(word), "\(word) in \(shown.text)")
        }
        let got = try desk.office.berkas("get", "RKT-2018-0001", "--to", "keluar")
        #expect(got.status == 1)
        #expect(got.errorText.contains("removed by the destruction \(list)"))
        #expect(try desk.office.berkas("verify").status == 0)
        #expect(try desk.ledger().contains("wiped") == false)
    }

    @Test(arguments: [false, true])
    func `no word of a destroyed record is left in the catalogue's bytes, whether somebody reads or not`(isRead: Bool)
        throws
    {
        let desk = try DisposalOffice()
        let rows = """
            path,year,step,type,title,date,classification
            9.txt,2018,11,berita-acara,Perjanjian sembilan,2018-01-13,000.7.2.7

            """
        // Long enough that pages of it are freed as a whole.
        let text = (0..<2000).map { "zamrudkuning\($0)q" }.joined(separator: " ")
        let batch = try desk.office.batch("kata", rows, files: ["9.txt": text])
        #expect(try desk.office.berkas("ingest", batch.string, "-q").status == 0)
        #expect(try desk.office.berkas("read", "-q").status == 0)
        let list = try desk.approved(["RKT-2018-0001", "RKT-2018-0009"])
        func bytes() throws -> String {
            let names = ["catalogue.sqlite", "catalogue.sqlite-wal"]
            return try names.filter { FileManager.default.fileExists(atPath: desk.office.home.appending($0).string) }
                .map { String(decoding: try desk.office.content($0), as: Unicode.ASCII.self) }.joined()
        }
        #expect(try bytes().contains("amrudkun"))
        #expect(try desk.office.berkas("search", "zamrudkuning7q").status == 0)
        // What a reader does: it shares the lock of the folder.
        let reader = try #require(FileHandle(forReadingAtPath: desk.office.home.string))
        if isRead { try #require(flock(reader.fileDescriptor, LOCK_SH) == 0) }
        let answer = try desk.execute(list)
        #expect(answer.status == (isRead ? 3 : 0), "\(answer.everything)")
        if isRead {
            #expect(answer.errorText.contains("berkas rebuild"))
            try #require(flock(reader.fileDescriptor, LOCK_UN) == 0)
            // Whoever writes next erases what is owed.
            let words = ["classify", "RKT-2018-0008", "000.7.2.7", "--reason", "uji", "--confirm", "--as", "Siti"]
            #expect(try desk.office.berkas(words).status == 0)
        }
        #expect(try !bytes().contains("amrudkun"))
        #expect(try desk.office.berkas("verify").status == 0)
    }

    @Test func `R55: everything is the same after a rebuild, and verify finds what came back`() throws {
        let desk = try DisposalOffice()
        let list = try desk.approved()
        let object = try desk.office.object(of: "RKT-2018-0002")
        let copy = desk.office.path("salinan")
        try FileManager.default.copyItem(
            atPath: desk.office.home.pushing(FilePath(object)).string,
            toPath: copy.string
        )
        #expect(try desk.execute(list).status == 0)
        func answers() throws -> [String] {
            try [
                ["list", "--json"], ["search", "Perjanjian", "--json"], ["disposal", "show", list, "--json"],
                ["show", "RKT-2018-0001", "--json"], ["history", "RKT-2018-0001", "--json"],
                ["retention", "list", "--json"],
            ].map { try desk.office.berkas($0).text }
        }
        let before = try answers()
        #expect(try desk.office.berkas("rebuild").status == 0)
        #expect(try answers() == before)
        #expect(try desk.office.berkas("verify").status == 0)
        let place = desk.office.home.pushing(FilePath(object))
        try FileManager.default.createDirectory(
            atPath: place.removingLastComponent().string,
            withIntermediateDirectories: true
        )
        try FileManager.default.moveItem(atPath: copy.string, toPath: place.string)
        let found = try desk.office.berkas("verify")
        #expect(found.status == 5)
        #expect(found.everything.contains("is here again: the ledger says that \(list) removed it"))
    }

    @Test
    func `R28: the same bytes are not taken in again, by ingest or by import, and the attempt stands in the ledger`()
        throws
    {
        let desk = try DisposalOffice()
        try #require(desk.office.berkas("pack", "--year", "2018", "--to", "luar.tar").status == 0)
        #expect(try desk.execute(try desk.approved()).status == 0)
        try desk.office.write("isi berkas nomor 2\n", to: "lagi.txt")
        let again = try desk.office.berkas(
            "ingest",
            "lagi.txt",
            "--year",
            "2026",
            "--step",
            "11",
            "--type",
            "berita-acara"
        )
        #expect(again.status == 1 || again.status == 3, "\(again.everything)")
        #expect(again.errorText.contains("RKT-2018-0002") && again.errorText.contains("must not come back"))
        let imported = try desk.office.berkas("import", "luar.tar", "--as", "Siti")
        #expect(imported.status != 0)
        #expect(imported.everything.contains("RKT-2018-0003") && imported.everything.contains("must not come back"))
        #expect(try desk.ledger().components(separatedBy: "take in what was removed").count >= 4)
        #expect(try desk.office.berkas("verify").status == 0)
        // The numbers of removed records are not given again.
        try desk.office.write("lain sama sekali", to: "baru.txt")
        let fresh = try desk.office.berkas(
            "ingest",
            "baru.txt",
            "--year",
            "2018",
            "--step",
            "11",
            "--type",
            "berita-acara"
        )
        #expect(fresh.text.contains("RKT-2018-0009"), "\(fresh.everything)")
    }

    @Test
    func `R26 R61: packages of the home go too, and copies elsewhere wait until a person says that they are destroyed`()
        throws
    {
        let desk = try DisposalOffice()
        try #require(desk.office.berkas("pack", "--year", "2018").status == 0)
        try #require(desk.office.berkas("pack", "RKT-2018-0001", "--to", "pinjam.zip").status == 0)
        let list = try desk.approved()
        #expect(try desk.execute(list).status == 0)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: desk.office.home.appending("packages").string).isEmpty
        )
        let copies = try desk.office.berkas("disposal", "copies", list)
        #expect(copies.text.contains("paper: Rak 3") && copies.text.contains("package: pinjam.zip"), "\(copies.text)")
        #expect(copies.text.contains("TO BE DESTROYED BY HAND"))
        let bare = try desk.berkas(as: "Siti", "disposal", "copies", list, "--all-destroyed")
        #expect(bare.status == 4)
        let said = try desk.berkas(as: "Siti", "disposal", "copies", list, "--all-destroyed", "--method", "dicacah")
        #expect(said.status == 0, "\(said.everything)")
        #expect(try !desk.office.berkas("disposal", "copies", list).text.contains("BY HAND"))
        #expect(try desk.office.berkas("verify").status == 0)
        #expect(try desk.office.berkas("rebuild").status == 0)
        #expect(try desk.office.berkas("verify").status == 0)
    }

    @Test
    func `R24 R36 R44: a hold placed after the approval keeps the record, one in a whole dossier keeps the dossier`()
        throws
    {
        let desk = try DisposalOffice()
        let list = try desk.approved()
        try desk.hold("--record", "RKT-2018-0003")
        let answer = try desk.execute(list)
        #expect(answer.status == 3, "\(answer.everything)")
        #expect(answer.text.contains("left RKT-2018-0003: RKT-2018-0003 is held by HOLD-2026-0001"))
        #expect(try desk.office.berkas("get", "RKT-2018-0003", "--to", "keluar").status == 0)
        let whole = try desk.propose("musnah", ["--dossier", "2018"])
        #expect(whole.status == 4)
        #expect(whole.errorText.contains("is held by"))
    }

    @Test func `R25: a changed schedule, a new version or a changed digest keeps what was approved`() throws {
        let desk = try DisposalOffice()
        let list = try desk.approved()
        let longer = DisposalOffice.schedule.replacingOccurrences(
            of: "Perjanjian Kinerja,1 Tahun,1 Tahun",
            with: "Perjanjian Kinerja,9 Tahun,9 Tahun"
        )
        try desk.office.write(longer, to: "jra-2.csv")
        #expect(try RetentionTests.adopt("jra-2.csv", in: desk.office).status == 0)
        let answer = try desk.execute(list)
        #expect(answer.status == 4)
        #expect(answer.errorText.contains("was frozen under the schedule"))
        #expect(try desk.office.records().allSatisfy { $0.part("removed") == nil })
    }

    @Test func `R1 R48: nothing is destroyed under the sample schedule, early, or on the word of a changed catalogue`()
        throws
    {
        let desk = try DisposalOffice()
        let list = try desk.approved()
        let catalogue = desk.office.home.appending("catalogue.sqlite").string
        let edited = try Tool.run(
            "sqlite3",
            [catalogue, "DELETE FROM act WHERE seq = (SELECT max(seq) FROM act WHERE seq < 40)"]
        )
        #expect(edited.status == 0)
        let answer = try desk.execute(list)
        #expect(answer.status == 5 || answer.status == 4, "\(answer.everything)")
        #expect(try desk.office.records().allSatisfy { $0.part("removed") == nil })
        #expect(try desk.office.berkas("rebuild").status == 0)
        // Not due: the permanent ones, and a record of this year.
        let early = try desk.propose("musnah", ["RKT-2018-0004", "RKT-2026-0001"])
        #expect(early.status == 4)
        #expect(early.errorText.contains("RKT-2018-0004") && early.errorText.contains("RKT-2026-0001"))
        let sample = try RetentionTests.adopt("Arsip/policy/retention/contoh.csv", in: desk.office)
        #expect(sample.status == 0, "\(sample.everything)")
        let refused = try desk.propose("musnah", ["--due"])
        #expect(refused.status == 4 || refused.status == 64, "\(refused.everything)")
        #expect(try desk.execute(list).errorText.contains("sample"))
        #expect(try desk.ledger().contains("\"event\":\"refusal\""))
    }

    @Test func `R29 R49: the history of a destroyed record stays readable: who, when, why, on whose word, which bytes`()
        throws
    {
        let desk = try DisposalOffice()
        let before = try desk.office.berkas("history", "RKT-2018-0001", "--json").lines
        let list = try desk.approved()
        #expect(try desk.execute(list).status == 0)
        let answer = try desk.office.berkas("history", "RKT-2018-0001", "--json")
        #expect(answer.status == 0)
        #expect(answer.lines.starts(with: before))
        let event = try #require(try answer.facts("event").first { $0.text("event") == "disposal item removed" })
        #expect(event.text("actor") == "Siti")
        #expect(event.text("time")?.isEmpty == false)
        let stone = try #require(event.part("detail")?.part("tombstone"))
        #expect(stone.part("authority")?.text("approvedBy") == "Bupati Contoh")
        #expect(stone.part("rule")?.text("row") == "000.7.2.7")
        let file = try #require(stone.parts("versions").first?.parts("files").first)
        let sum = try Tool.run("sha512sum", [desk.office.path("lama/1.txt").string]).text.prefix(128)
        #expect(file.text("sha512") == String(sum))
        #expect(stone.text("digest")?.utf8.count == 128)
    }
}
