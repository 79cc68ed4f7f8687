import Foundation
import SystemPackage
import TestSupport
import Testing

/// The way to a destruction: who may do what, on which papers, and how a list or a review ends without one.
@Suite(.scratch)
struct DisposalChainTests {
    @Test func `R22 R23: eleven years and no row go to Kepala ANRI, two years to the Bupati`() throws {
        let desk = try DisposalOffice()
        let list = try desk.proposed("musnah", ["RKT-2018-0006"])
        try desk.assessed(list)
        try desk.attach(list, "notula", "pertimbangan")
        let wrong = try desk.approve(list, "bupati", by: "Bupati Contoh")
        #expect(wrong.status == 4)
        #expect(wrong.errorText.contains("needs the approval of Kepala ANRI"))
        #expect(try desk.approve(list, "kepala-anri", by: "Kepala ANRI").status == 0)
        // What nobody has classified is not destroyed, whatever is said; a code without a row is a person's decision.
        for note in [[], ["--note", "tidak ada dalam JRA"]] {
            let bare = try desk.propose("musnah", ["RKT-2018-0008"] + note)
            #expect(bare.status == 4)
            #expect(bare.errorText.contains("RKT-2018-0008 has no classification code"), "\(bare.everything)")
        }
        #expect(try desk.ledger().contains("\"code\":\"unclassified\""))
        let rows =
            "path,year,step,type,title,date,classification\n9.txt,2018,11,berita-acara,Luar JRA,2018-02-02,999.9\n"
        let batch = try desk.office.batch("luar", rows, files: ["9.txt": "di luar JRA"])
        #expect(try desk.office.berkas("ingest", batch.string, "-q").status == 0)
        let silent = try desk.propose("musnah", ["RKT-2018-0009"])
        #expect(silent.status == 4 && silent.errorText.contains("nothing says why it is on the list"))
        let noted = try desk.proposed("musnah", ["RKT-2018-0009", "--note", "tidak ada dalam JRA"])
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
        try desk.office.adoptPolicies(as: "Kepala UK")
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
            let taken = try other.berkas("import", bag, "--as", "Siti")
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
        #expect(try propose().status == 4, "a review of another archive is history until it is adopted")
        let rightless = try other.berkas("import", "adopt", "--all", "--reason", "sama", "--as", "Siti")
        #expect(rightless.status == 4, "\(rightless.everything)")
        let adopted = try other.berkas("import", "adopt", "--all", "--reason", "sama", "--as", "Kepala UK")
        #expect(adopted.status == 0, "\(adopted.everything)")
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
