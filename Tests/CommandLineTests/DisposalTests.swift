import Foundation
import SystemPackage
import TestSupport
import Testing

/// Lists of records to destroy: proposed, assessed, approved, executed; and what stays.
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
        let imported = try desk.office.berkas("import", "luar.tar")
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

    @Test func `R22 R23: eleven years and no row go to Kepala ANRI, two years to the Bupati`() throws {
        let desk = try DisposalOffice()
        let list = try desk.proposed("musnah", ["RKT-2018-0006"])
        try desk.assessed(list)
        try desk.attach(list, "notula", "pertimbangan")
        let wrong = try desk.approve(list, "bupati", by: "Bupati Contoh")
        #expect(wrong.status == 4)
        #expect(wrong.errorText.contains("needs the approval of Kepala ANRI"))
        #expect(try desk.approve(list, "kepala-anri", by: "Kepala ANRI").status == 0)
        let bare = try desk.propose("musnah", ["RKT-2018-0008"])
        #expect(bare.status == 4)
        let noted = try desk.proposed("musnah", ["RKT-2018-0008", "--note", "tidak ada dalam JRA"])
        try desk.assessed(noted)
        try desk.attach(noted, "notula", "pertimbangan")
        #expect(try desk.approve(noted, "bupati", by: "Bupati Contoh").errorText.contains("Kepala ANRI"))
    }

    @Test func `R23: nobody does two of proposing, assessing and approving, and one refusal stops an item`() throws {
        let desk = try DisposalOffice()
        try desk.office.write(
            DisposalOffice.people + "Siti,panitia,\nAni,bupati,\nAni,saksi,\n",
            to: "Arsip/policy/people.csv"
        )
        let list = try desk.proposed("musnah", DisposalOffice.short)
        try desk.attach(list, "sk-panitia", "daftar")
        let own = try desk.berkas(as: "Siti", "disposal", "assess", list, "--agree-rest")
        #expect(own.status == 4)
        #expect(own.errorText.contains("proposed \(list), and cannot assess it"))
        for member in ["Ani", "Cici"] {
            #expect(try desk.berkas(as: member, "disposal", "assess", list, "--agree-rest").status == 0)
        }
        let no = try desk.berkas(
            as: "Budi",
            "disposal",
            "assess",
            list,
            "--agree-rest",
            "--refuse",
            "RKT-2018-0002",
            "--reason",
            "masih dipakai"
        )
        #expect(no.status == 0, "\(no.everything)")
        try desk.attach(list, "notula", "pertimbangan")
        #expect(try desk.approve(list, "bupati", by: "Ani").errorText.contains("assessed \(list), and cannot approve"))
        #expect(
            try desk.approve(list, "bupati", by: "Bupati Contoh", as: "Siti").errorText.contains("proposed \(list)")
        )
        #expect(try desk.approve(list, "bupati", by: "Bupati Contoh").status == 0)
        try desk.attach(list, "penetapan")
        let witness = try desk.office.berkas(
            "disposal",
            "execute",
            list,
            "--witness",
            "Ani",
            "--witness",
            "Eka",
            "--place",
            "p",
            "--method",
            "m",
            "--as",
            "Siti"
        )
        #expect(witness.status == 4)
        #expect(witness.errorText.contains("cannot be its witness"))
        #expect(try desk.execute(list).status == 0)
        #expect(try desk.office.berkas("get", "RKT-2018-0002", "--to", "keluar").status == 0)
    }

    @Test
    func `R22: without the chain of evidence or witnesses nothing is destroyed, and each step says what is missing`()
        throws
    {
        let desk = try DisposalOffice()
        let list = try desk.proposed("musnah", DisposalOffice.short)
        let early = try desk.execute(list)
        #expect(early.status == 4)
        let assess = try desk.berkas(as: "Ani", "disposal", "assess", list, "--agree-rest")
        #expect(assess.status == 4)
        #expect(assess.errorText.contains("SK Panitia") && assess.errorText.contains("Daftar Arsip"))
        try desk.assessed(list)
        let approval = try desk.approve(list, "bupati", by: "Bupati Contoh")
        #expect(approval.status == 4)
        #expect(approval.errorText.contains("Notula") && approval.errorText.contains("pertimbangan"))
        let shown = try desk.office.berkas("disposal", "show", list).text
        #expect(shown.contains("MISSING, needed to approve") && shown.contains("next: "))
        try desk.attach(list, "notula", "pertimbangan")
        #expect(try desk.approve(list, "bupati", by: "Bupati Contoh").status == 0)
        let bare = try desk.execute(list)
        #expect(bare.status == 4)
        #expect(bare.errorText.contains("Penetapan"))
        try desk.attach(list, "penetapan")
        let alone = try desk.office.berkas(
            "disposal",
            "execute",
            list,
            "--witness",
            "Dedi",
            "--place",
            "p",
            "--method",
            "m",
            "--as",
            "Siti"
        )
        #expect(alone.status == 4)
        #expect(alone.errorText.contains("needs 2 witnesses"))
        #expect(try desk.office.records().allSatisfy { $0.part("removed") == nil })
        #expect(try desk.execute(list).status == 0)
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

    @Test func `R20: a review decides with authority and comment, and only then the record can be proposed`() throws {
        let desk = try DisposalOffice()
        let refused = try desk.propose("musnah", ["RKT-2018-0007"])
        #expect(refused.status == 4)
        let bare = try desk.berkas(as: "Kepala UK", "retention", "review", "RKT-2018-0007")
        #expect(bare.status == 4)
        for word in ["disposition", "authority", "comment"] { #expect(bare.errorText.contains("'\(word)'"), "\(word)") }
        let closed = try desk.berkas(
            as: "Kepala UK",
            "retention",
            "review",
            "RKT-2018-0007",
            "--outcome",
            "musnah",
            "--authority",
            "ND 3/2026",
            "--comment",
            "tidak berguna lagi"
        )
        #expect(closed.status == 0, "\(closed.everything)")
        let list = try desk.proposed("musnah", ["RKT-2018-0007"])
        #expect(try desk.office.berkas("disposal", "show", list).text.contains("Rapat tujuh"))
    }

    @Test func `R20 R32: a closed review goes along with a package, and binds where the same schedule is in force`()
        throws
    {
        let desk = try DisposalOffice()
        let review = [
            "retention", "review", "RKT-2018-0007", "--outcome", "musnah", "--authority", "ND 3/2026", "--comment",
            "lama",
        ]
        try #require(desk.office.berkas(review + ["--as", "Kepala UK"]).status == 0)
        let bag = desk.office.path("2018.tar").string
        try #require(desk.office.berkas("pack", "--year", "2018", "--to", bag).status == 0)

        let other = try Office.founded(named: "Lain")
        try other.write(DisposalOffice.people, to: "Lain/policy/people.csv")
        try #require(RetentionTests.adopt(in: other).status == 0)
        for _ in 1...2 {
            let taken = try other.berkas("import", bag)
            #expect(taken.status == 0, "\(taken.everything)")
        }
        func propose() throws -> Answer {
            try other.berkas(
                "disposal",
                "propose",
                "--kind",
                "musnah",
                "--title",
                "Usul",
                "RKT-2018-0007",
                "--as",
                "Siti"
            )
        }
        let listed = try propose()
        #expect(listed.status == 0, "\(listed.everything)")
        let list = String(try #require(listed.text.firstMatch(of: /USUL-[0-9]+-[0-9]+/)?.output))
        try #require(other.berkas("disposal", "cancel", list, "--reason", "uji", "--as", "Siti").status == 0)
        try FileManager.default.removeItem(atPath: other.home.appending("catalogue.sqlite").string)
        #expect(try other.berkas("rebuild").status == 0)
        #expect(try propose().status == 0)
        #expect(try other.berkas("verify").status == 0)
    }

    @Test func `a list is given up or an item left out with a reason, and what stays can be proposed again`() throws {
        let desk = try DisposalOffice()
        let list = try desk.proposed("musnah", DisposalOffice.short)
        let twice = try desk.propose("musnah", ["RKT-2018-0001"])
        #expect(twice.status == 4)
        #expect(twice.errorText.contains("is on the open list \(list)"))
        #expect(try desk.berkas(as: "Siti", "disposal", "leave-out", list, "RKT-2018-0001").status == 4)
        let left = try desk.berkas(as: "Siti", "disposal", "leave-out", list, "RKT-2018-0001", "--reason", "salah")
        #expect(left.status == 0, "\(left.everything)")
        let second = try desk.proposed("musnah", ["RKT-2018-0001"])
        #expect(try desk.berkas(as: "Siti", "disposal", "cancel", list, "--reason", "diulang").status == 0)
        #expect(try desk.office.berkas("disposal", "list").text.contains(second))
        #expect(try !desk.office.berkas("disposal", "list").text.contains(list))
        #expect(try desk.office.berkas("disposal", "list", "--all").text.contains(list))
    }
}
