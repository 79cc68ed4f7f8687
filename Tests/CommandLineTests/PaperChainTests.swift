import Foundation
import SystemPackage
import TestSupport
import Testing

/// The papers of a destruction name the list and its digest; the consideration names the members.
@Suite(.scratch)
struct PaperChainTests {
    @Test func `the digest on the papers is that of the ledger's event, and the consideration names the panitia`()
        throws
    {
        let desk = try DisposalOffice()
        let list = try desk.approved()
        let shown = try desk.office.berkas("disposal", "show", list, "--json").facts("disposal list").first
        let digest = try #require(shown?.text("digest"))
        // Whoever has the ledger finds the same, with nothing of Berkas.
        let script = """
            import hashlib, json, sys
            for line in open(sys.argv[1], encoding="utf-8"):
                event = json.loads(line)
                if event["event"] == "disposal proposed":
                    text = json.dumps(event["detail"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
                    print(hashlib.sha512(text.encode()).hexdigest())
            """
        try desk.office.write(script, to: "sidik.py")
        let log = desk.office.home.appending("ledger").appending("events.jsonl").string
        let found = try Tool.run("python3", [desk.office.path("sidik.py").string, log])
        #expect(found.lines.map { String($0) } == [digest], "\(found.text)\(found.errorText)")
        let grouped = stride(from: 0, to: 128, by: 8).map { start in
            String(Array(digest)[start..<start + 8])
        }.joined(separator: " ")
        for form in ["daftar", "pertimbangan"] {
            let answer = try desk.berkas(as: "Siti", "report", "disposal", list, "--form", form, "--to", "\(form).html")
            #expect(answer.status == 0, "\(answer.everything)")
            let page = try String(contentsOfFile: desk.office.path("\(form).html").string, encoding: .utf8)
            #expect(page.contains(list) && page.contains(grouped) && page.contains("data:image/svg+xml;base64,"))
            if form == "pertimbangan" {
                for member in ["Ani", "Budi", "Cici"] { #expect(page.contains(member), "\(member)") }
                #expect(page.contains("Keputusan pembentukan panitia"))
            }
        }
        let move = try desk.berkas(as: "Hasan", "disposal", "list", "--all")
        #expect(move.status == 0)
    }

    @Test func `a paper that was read and does not name its list, or the panitia, is told when it is attached`() throws
    {
        let desk = try DisposalOffice()
        let list = try desk.proposed("musnah", DisposalOffice.short)
        try desk.assessed(list)
        let silent = try desk.berkas(as: "Siti", "disposal", "attach", list, "notula", DisposalOffice.paper("notula"))
        #expect(silent.status == 0 && !silent.errorText.contains("was read"), "what was not read is not judged")
        #expect(try desk.office.berkas("read", "-q").status == 0)
        let paper = try DisposalOffice.paper("pertimbangan")
        let told = try desk.berkas(as: "Siti", "disposal", "attach", list, "pertimbangan", paper)
        #expect(told.status == 0, "\(told.everything)")
        #expect(told.errorText.contains("'\(paper)' was read, and its text does not name \(list)"), "\(told.errorText)")
        #expect(told.errorText.contains("does not name 'Ani', 'Budi', 'Cici' of the panitia"), "\(told.errorText)")
    }

    @Test func `the cover of a dossier has what the procedure's paper says`() throws {
        guard let office = try Office.withSample() else { return }
        let answer = try office.berkas("report", "cover", "--year", "2024", "--to", "sampul.html")
        #expect(answer.status == 0, "\(answer.everything)")
        let page = try String(contentsOfFile: office.path("sampul.html").string, encoding: .utf8)
        for words in [
            "Undang-Undang Nomor 23 Tahun 2014 Tentang pemerintah daerah", "SOP Penyusunan Renstra",
            "D III-Diploma sederajat.", "Komputer/Printer/Scanner", "470/ 257 /2023",
            "18 hari + 1 minggu (25 hari kalender)",
        ] {
            #expect(page.contains(words), "\(words)")
        }
        let shown = try office.berkas("dossier", "2024")
        #expect(shown.text.contains("18 hari + 1 minggu, 25 days in all"), "\(shown.text)")
        #expect(shown.text.contains("input (kelengkapan): Dokumen Program Kerja: NOT THERE"))
        #expect(shown.text.contains("input (kelengkapan): Disposisi: RKT-2024-0001"))
        if let checked = try PublishedSchema.check(try office.berkas("dossier", "2024", "--json").text) {
            #expect(checked.status == 0, "\(checked.errorText)")
        }
    }
}
