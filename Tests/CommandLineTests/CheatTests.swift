import Foundation
import SystemPackage
import TestSupport
import Testing

/// What a dishonest insider tries, and what becomes of it.
@Suite(.scratch)
struct CheatTests {
    private func event(_ desk: DisposalOffice, _ words: String...) throws -> Answer {
        try desk.office.berkas(["retention", "event"] + words + ["--reason", "agenda", "--as", "Siti"])
    }

    @Test
    func
        `a trigger after today, before the office or before its paper is refused unless somebody says why, and the audit tells`()
        throws
    {
        let desk = try DisposalOffice()
        let paper = try event(desk, "no-longer-valid", "RKT-2018-0001", "--on", "2017-12-31")
        #expect(paper.status == 4)
        #expect(paper.errorText.contains("before 2018-01-10, the date of the document"), "\(paper.everything)")
        #expect(paper.errorText.contains("--because"))
        let future = try event(desk, "no-longer-valid", "RKT-2018-0001", "--on", "2999-01-01")
        #expect(future.status == 4 && future.errorText.contains("is after \(DisposalOffice.today)"))
        let old = try event(desk, "no-longer-valid", "RKT-2018-0001", "--on", "1850-01-01")
        #expect(old.status == 4 && old.errorText.contains("before 1900, the office's first year"))
        #expect(try desk.ledger().components(separatedBy: "implausible-date").count == 4)
        let blank = try event(desk, "no-longer-valid", "RKT-2018-0001", "--on", "2017-12-31", "--because", " ")
        #expect(blank.status == 4)
        let told = try event(
            desk,
            "no-longer-valid",
            "RKT-2018-0001",
            "--on",
            "2017-12-31",
            "--because",
            "tanggal surat keliru"
        )
        #expect(told.status == 0, "\(told.everything)")
        #expect(try desk.ledger().contains("\"because\":\"tanggal surat keliru\""))
        let seq = try #require(
            desk.office.berkas("history", "RKT-2018-0001").text.matches(of: /ledger ([0-9]+)/).last?.output.1
        )
        let corrected = try event(desk, "--correct", String(seq), "--on", "2999-01-01")
        #expect(corrected.status == 4 && corrected.errorText.contains("cannot be believed"))
        for year in ["2018", String(DisposalOffice.today.prefix(4))] {
            let audit = try desk.office.berkas("report", "retention-audit", "--year", year, "--json", "--as", "Siti")
            let shown = try audit.facts("audit item").filter {
                $0.text("question") == "every-record-has-rule" && $0.text("subject") == "RKT-2018-0001"
            }
            #expect(shown.contains { $0.text("message")?.contains("tanggal surat keliru") == true }, "\(year)")
        }
        #expect(try desk.office.berkas("rebuild").status == 0)
        #expect(try desk.office.berkas("verify").status == 0)
    }

    @Test
    func `a paper dated in the future or before the office is named by check, and kept only where somebody says why`()
        throws
    {
        let office = try Office.founded()
        var settings = String(decoding: try office.content("berkas.yaml"), as: UTF8.self)
        settings += "\nfirst-year: 2015\n"
        try office.write(settings, to: "Arsip/berkas.yaml")
        let rows = """
            path,year,step,type,date,label
            a.txt,2024,1,disposisi,2024-01-02,
            b.txt,2024,1,disposisi,2999-01-01,
            c.txt,2024,1,disposisi,2014-12-31,urut
            d.txt,2024,1,disposisi,2024-01-04,urut

            """
        let files = ["a.txt": "satu", "b.txt": "dua", "c.txt": "tiga", "d.txt": "empat"]
        let batch = try office.batch("masuk", rows, files: files)
        let checked = try office.berkas("check", batch.string)
        #expect(checked.status == 3)
        #expect(checked.text.contains("'b.txt' is dated 2999-01-01, which cannot be believed"), "\(checked.everything)")
        #expect(checked.text.contains("before 2015, the office's first year"))
        let taken = try office.berkas("ingest", batch.string)
        #expect(taken.status == 3 && taken.everything.contains("--because"), "\(taken.everything)")
        // The later version of the record whose first one is kept out would take its place.
        #expect(try office.records().compactMap { $0.text("date") } == ["2024-01-02"])
        let ledger = String(decoding: try office.content("ledger/events.jsonl"), as: UTF8.self)
        #expect(ledger.contains("implausible-date") && ledger.contains("take in documents with dates"))
        let nobody = try office.berkas(
            ["ingest", batch.string, "--because", "salinan lama"],
            environment: ["BERKAS_AS": ""]
        )
        #expect(nobody.status == 64, "\(nobody.everything)")
        let told = try office.berkas("ingest", batch.string, "--because", "salinan lama", "--as", "Siti")
        #expect(told.status == 0, "\(told.everything)")
        let accepted = try office.berkas("history", "--event", "date accepted", "--json").facts("event")
        #expect(accepted.count == 2)
        #expect(try office.berkas("verify").status == 0)
        #expect(try office.berkas("rebuild").status == 0)
    }

    @Test func `what proves a list is not destroyed: not proposed, and not attached where it is to be destroyed`()
        throws
    {
        let desk = try DisposalOffice()
        let list = try desk.approved(["RKT-2018-0001", "RKT-2018-0002"])
        let table = String(decoding: try desk.office.content("policy/disposal-evidence.csv"), as: UTF8.self)
        try desk.office.write(table + "penetapan,berita-acara\n", to: "Arsip/policy/disposal-evidence.csv")
        try desk.office.adoptPolicies(as: "Kepala UK")
        let due = try desk.proposed("musnah", ["RKT-2018-0003"])
        let doomed = try desk.berkas(as: "Siti", "disposal", "attach", list, "penetapan", "RKT-2018-0003")
        #expect(doomed.status == 4)
        #expect(doomed.errorText.contains("is to be destroyed by \(due)"), "\(doomed.everything)")
        #expect(try desk.berkas(as: "Siti", "disposal", "cancel", due, "--reason", "bukti").status == 0)
        let attached = try desk.berkas(
            as: "Siti",
            "disposal",
            "attach",
            list,
            "penetapan",
            "RKT-2018-0003",
            "--number",
            "1",
            "--signer",
            "Pejabat"
        )
        #expect(attached.status == 0, "\(attached.everything)")
        #expect(try desk.execute(list).status == 0)
        let refused = try desk.propose("musnah", ["RKT-2018-0003"])
        #expect(refused.status == 4)
        #expect(refused.errorText.contains("RKT-2018-0003 is evidence (Penetapan of \(list))"), "\(refused.everything)")
        #expect(try desk.ledger().contains("evidence-of-list"))
        let rest = try desk.propose("musnah", ["--due"])
        #expect(rest.status == 0 && !rest.text.contains("RKT-2018-0003"), "\(rest.everything)")
    }

    @Test func `a receipt is not older than the handing over, names the package, and nothing is removed without it`()
        throws
    {
        let desk = try DisposalOffice()
        let list = try TransferTests.approved(desk)
        #expect(try desk.start(list, to: "serah.tar").status == 0)
        let digest = try desk.digest(of: "serah.tar")
        let letter = try DisposalOffice.paper("berita-acara")
        func receipt(_ date: String, _ digest: String...) throws -> Answer {
            let words = [
                "transfer", "receipt", list, "--receiver", "LKD", "--date", date, "--letter", letter, "--as", "Siti",
            ]
            return try desk.office.berkas(words + digest.flatMap { ["--sha512", $0] })
        }
        let early = try receipt("2019-01-02", digest)
        #expect(early.status == 4 && early.errorText.contains("was handed over on \(DisposalOffice.today)"))
        #expect(try receipt("2999-01-02", digest).status == 4)
        let silent = try receipt(DisposalOffice.today)
        #expect(silent.status == 4 && silent.errorText.contains("'serah.tar' by its digest"), "\(silent.everything)")
        let other = try receipt(DisposalOffice.today, digest, String(repeating: "0", count: 128))
        #expect(other.status == 4 && other.errorText.contains("no package of the list has that digest"))
        #expect(try desk.office.berkas("disposal", "show", list).text.contains("sha512 \(digest)"))
        let good = try receipt(DisposalOffice.today, String(digest.prefix(12)))
        #expect(good.status == 0, "\(good.everything)")
        #expect(try desk.ledger().contains("\"packages\":[\"\(digest)\"]"))
        let lost = try desk.berkas(as: "Siti", "transfer", "remove", list)
        #expect(lost.status == 4 && lost.errorText.contains("--package FILE"), "\(lost.everything)")
        try desk.office.write("bukan paketnya", to: "lain.tar")
        let swapped = try desk.berkas(as: "Siti", "transfer", "remove", list, "--package", "lain.tar")
        #expect(swapped.status == 4)
        #expect(try desk.berkas(as: "Siti", "transfer", "remove", list, "--package", "tiada.tar").status == 4)
        #expect(try desk.office.records().allSatisfy { $0.part("removed") == nil })
        #expect(try desk.ledger().contains("package-missing"))
        let gone = try desk.berkas(as: "Siti", "transfer", "remove", list, "--package", "serah.tar")
        #expect(gone.status == 0, "\(gone.everything)")
    }

    @Test func `a hold that is lost on the way, or made up, keeps a package out, and one that was lifted does not`()
        throws
    {
        let desk = try DisposalOffice()
        try desk.hold("--record", "RKT-2018-0001")
        try #require(desk.office.berkas("pack", "--year", "2018", "--to", "asli.tar").status == 0)
        let other = try Office.founded(named: "LKD")
        let cheats = [
            (": > data/ledger/holds.jsonl", "RKT-2018-0001: its events say that HOLD-2026-0001 holds it"),
            ("rm data/ledger/holds.jsonl", "RKT-2018-0001: its events say that HOLD-2026-0001 holds it"),
            (
                "sed -i 's/RKT-2018-0001/RKT-2018-0002/' data/ledger/holds.jsonl",
                "RKT-2018-0002: 'data/ledger/holds.jsonl'"
            ),
            (
                "sed -i '/hold applied/d' data/ledger/events.jsonl",
                "says that HOLD-2026-0001 holds it, and its events do not"
            ),
        ]
        for (change, said) in cheats {
            let answer = try other.berkas("import", try ImportTests.forged(desk.office, year: "2018", change))
            #expect(answer.status == 4, "\(change): \(answer.everything)")
            #expect(answer.errorText.contains(said), "\(answer.errorText)")
        }
        #expect(try other.records().isEmpty)
        let ledger = String(decoding: try other.content("ledger/events.jsonl"), as: UTF8.self)
        #expect(ledger.components(separatedBy: "holds-disagree").count > cheats.count)
        let people = DisposalOffice.people + "Pim,pimpinan,\n"
        try desk.office.write(people, to: "Arsip/policy/people.csv")
        try desk.office.adoptPolicies(as: "Kepala UK")
        let lifted = try desk.berkas(
            as: "Pim",
            "hold",
            "release",
            "HOLD-2026-0001",
            "--reason",
            "selesai",
            "--authority",
            "LHP 3"
        )
        #expect(lifted.status == 0, "\(lifted.everything)")
        try #require(desk.office.berkas("pack", "--year", "2018", "--to", "bebas.tar").status == 0)
        let free = try other.berkas("import", "bebas.tar")
        #expect(free.status == 0, "\(free.everything)")
        #expect(free.errorText.contains("was lifted there") && free.errorText.contains("LHP 3"))
        #expect(try other.berkas("hold", "list").text.isEmpty)
        #expect(try other.berkas("verify").status == 0)
    }

    @Test func `one paper is not all papers: each place takes its own kind, once, with number, date and signer`() throws
    {
        let desk = try DisposalOffice()
        let list = try desk.proposed("musnah", DisposalOffice.short)
        let decree = try DisposalOffice.paper("sk-panitia")
        for slot in ["daftar", "notula", "pertimbangan", "berita-acara"] {
            let answer = try desk.berkas(as: "Siti", "disposal", "attach", list, slot, decree)
            #expect(
                answer.status == 4 && answer.errorText.contains("is a 'keputusan'"),
                "\(slot): \(answer.everything)"
            )
        }
        try desk.attach(list, "sk-panitia")
        let twice = try desk.berkas(as: "Siti", "disposal", "attach", list, "penetapan", decree)
        #expect(twice.status == 4 && twice.errorText.contains("one paper proves one thing"), "\(twice.everything)")
        #expect(try desk.ledger().contains("wrong-document"))
        try desk.office.write("notula tanpa nomor", to: "n.txt")
        let bare = try desk.office.berkas("ingest", "n.txt", "--year", "2026", "--step", "7", "--type", "notulen")
        let minutes = String(try #require(bare.text.firstMatch(of: /RKT-2026-[0-9]+/)?.output))
        let attach = ["disposal", "attach", list, "notula", minutes, "--as", "Siti"]
        let refused = try desk.office.berkas(attach)
        #expect(refused.status == 4)
        for word in ["has no number", "has no date", "has no signer"] { #expect(refused.errorText.contains(word)) }
        let told = try desk.office.berkas(
            attach + ["--number", "7/2026", "--date", DisposalOffice.today, "--signer", "Ani"]
        )
        #expect(told.status == 0, "\(told.everything)")
        #expect(try desk.ledger().contains("\"number\":\"7/2026\""))
        // The office says what its places take.
        try desk.office.write("slot,type\ndaftar,keputusan\n", to: "Arsip/policy/disposal-evidence.csv")
        let other = try desk.berkas(
            as: "Siti",
            "disposal",
            "attach",
            list,
            "penetapan",
            DisposalOffice.paper("penetapan")
        )
        #expect(other.status == 4 && other.errorText.contains("takes nothing"), "\(other.everything)")
    }

    @Test func `from Permanen to Musnah it takes two persons, and a list and its papers say that a code was changed`()
        throws
    {
        let desk = try DisposalOffice()
        try desk.office.write(DisposalOffice.people + "Kiki,kasubbag,\n", to: "Arsip/policy/people.csv")
        try desk.office.adoptPolicies(as: "Kepala UK")
        func classify(_ record: String, _ code: String, by person: String) throws -> Answer {
            try desk.office.berkas(
                "classify",
                record,
                code,
                "--by",
                person,
                "--reason",
                "salah kode",
                "--confirm"
            )
        }
        let first = try classify("RKT-2018-0004", "000.7.2.7", by: "Siti")
        #expect(first.status == 3 && first.text.contains("a second person decides"), "\(first.everything)")
        #expect(try desk.propose("musnah", ["RKT-2018-0004"]).status == 4)
        let again = try classify("RKT-2018-0004", "000.7.2.7", by: "siti ")
        #expect(again.status == 4 && again.errorText.contains("cannot decide it"), "\(again.everything)")
        // Another code than the one that was proposed is a proposal of its own.
        #expect(try classify("RKT-2018-0004", "000.1.5", by: "Kiki").status == 3)
        let second = try classify("RKT-2018-0004", "000.1.5", by: "Siti")
        #expect(second.status == 0, "\(second.everything)")
        #expect(try classify("RKT-2018-0005", "000.7.2.7", by: "Siti").status == 3)
        let decided = try classify("RKT-2018-0005", "000.7.2.7", by: "Kiki")
        #expect(decided.status == 0, "\(decided.everything)")
        // To what is kept for ever, and between codes that are not, one person is enough.
        #expect(try classify("RKT-2018-0003", "000.7.2.6", by: "Siti").status == 0)
        // A later version that brings another code along is told too.
        for (name, code) in [("v1", "000.7.2.6"), ("v2", "000.7.2.7")] {
            let row = "\(name).txt,2018,11,berita-acara,Rencana,2018-03-01,\(code),rencana\n"
            let rows = "path,year,step,type,title,date,classification,label\n" + row
            let batch = try desk.office.batch(name, rows, files: ["\(name).txt": "isi \(name)"])
            #expect(try desk.office.berkas("ingest", batch.string, "-q").status == 0)
        }
        let versions = try desk.proposed("musnah", ["RKT-2018-0009"])
        let changed = try desk.office.berkas("disposal", "show", versions).text
        #expect(changed.contains("membawa kode 000.7.2.7 menggantikan 000.7.2.6"), "\(changed)")
        let list = try desk.proposed("musnah", ["RKT-2018-0005"])
        let said = "diklasifikasi ulang dari 000.7.2.6 ke 000.7.2.7"
        let shown = try desk.office.berkas("disposal", "show", list).text
        #expect(shown.contains(said) && shown.contains("oleh Siti dan Kiki: salah kode"), "\(shown)")
        let words = ["report", "disposal", list, "--form", "daftar", "--to", "daftar.html", "--as", "Siti"]
        let paper = try desk.office.berkas(words)
        #expect(paper.status == 0, "\(paper.everything)")
        #expect(try String(contentsOfFile: desk.office.path("daftar.html").string, encoding: .utf8).contains(said))
        #expect(try desk.office.berkas("verify").status == 0)
    }
}
