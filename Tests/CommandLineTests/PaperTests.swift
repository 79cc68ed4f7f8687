import Foundation
import SystemPackage
import TestSupport
import Testing

/// The papers of a list: in every form, from what ledger and catalogue hold.
@Suite(.scratch)
struct PaperTests {
    @Test
    func
        `R22 R29: the list and the minutes of a destruction come out as HTML, XLSX and CSV, and what is empty is named`()
        throws
    {
        let desk = try DisposalOffice()
        let list = try desk.approved()
        for ending in ["html", "xlsx", "csv"] {
            let answer = try desk.office.berkas(
                "report",
                "disposal",
                list,
                "--form",
                "daftar",
                "--columns",
                "kementerian",
                "--place",
                "Paringin",
                "--to",
                "daftar.\(ending)"
            )
            #expect(answer.status == 0, "\(answer.everything)")
            #expect(answer.errorText.contains("'Nama Kepala Unit Kearsipan' is not filled in"))
        }
        let table = String(
            decoding: try Data(contentsOf: URL(fileURLWithPath: desk.office.path("daftar.csv").string)),
            as: UTF8.self
        )
        for word in ["Perjanjian satu", "000.7.2.7", "1 Tahun", "Musnah", "RKT-2018-0003"] {
            #expect(table.contains(word), "\(word) in \(table)")
        }
        let early = try desk.office.berkas("report", "disposal", list, "--form", "berita-acara", "--to", "ba.html")
        #expect(early.status == 64)
        #expect(try desk.execute(list).status == 0)
        let minutes = try desk.office.berkas(
            "report",
            "disposal",
            list,
            "--form",
            "berita-acara",
            "--number",
            "000.5.6.2/1/2026",
            "--place",
            "Paringin",
            "--originality",
            "asli",
            "--officer",
            "Siti;Arsiparis;1980",
            "--records-witness",
            "Fajar",
            "--to",
            "ba.html"
        )
        #expect(minutes.status == 0, "\(minutes.everything)")
        #expect(!minutes.errorText.contains("is empty"), "\(minutes.errorText)")
        let page = try String(contentsOfFile: desk.office.path("ba.html").string, encoding: .utf8)
        for word in [
            "Berita Acara Pemusnahan", "Dedi", "Eka", "Siti", "000.5.6.2/1/2026", "Perjanjian satu", "Bupati", "Rak 3",
        ] {
            #expect(page.contains(word), "\(word)")
        }
        let again = try desk.office.berkas("report", "disposal", list, "--form", "berita-acara", "--to", "ba.html")
        #expect(again.status == 1)
        #expect(try desk.office.berkas("report", "disposal", list, "--form", "daftar", "--to", "x.doc").status == 64)
    }

    @Test func `a paper is kept as a record under 000.5.6.2, and the audit report is a paper too`() throws {
        let desk = try DisposalOffice()
        let list = try desk.proposed("musnah", DisposalOffice.short)
        let kept = try desk.office.berkas(
            "report",
            "disposal",
            list,
            "--form",
            "daftar",
            "--to",
            "daftar.html",
            "--file-as",
            "000.5.6.2",
            "--file-type",
            "daftar-arsip",
            "--json",
            "--as",
            "Siti"
        )
        #expect(kept.status == 0, "\(kept.everything)")
        let record = try #require(try kept.facts("kept").first?.text("record"))
        let shown = try desk.office.records().first { $0.text("id") == record }
        #expect(shown?.text("classification") == "000.5.6.2")
        #expect(shown?.text("title") == "Daftar Arsip Usul Musnah")
        let attached = try desk.berkas(
            as: "Siti",
            "disposal",
            "attach",
            list,
            "daftar",
            record,
            "--number",
            "1/2026",
            "--signer",
            "Siti"
        )
        #expect(attached.status == 0, "\(attached.everything)")
        let audit = try desk.berkas(as: "Siti", "report", "retention-audit", "--year", "2018", "--to", "audit.html")
        #expect(audit.status == 0, "\(audit.everything)")
        let page = try String(contentsOfFile: desk.office.path("audit.html").string, encoding: .utf8)
        #expect(page.contains("Laporan Audit Retensi") && page.contains("Tidak"))
    }
}
