import Foundation
import SystemPackage
import TestSupport
import Testing

/// The office's lists, labels, covers and loan papers: in every form the same cells, on the sheet that they are for.
@Suite(.scratch, .serialized)
struct OfficePaperTests {
    private static let schedule = """
        kode,jenis arsip,aktif,inaktif,pemicu,nasib akhir,dasar hukum,contoh
        000.7.2.7,Perjanjian Kinerja,1 Tahun,1 Tahun,,Musnah,Perbup 1/2026,tidak
        000.7.2.6,Program Kerja Tahunan,1 Tahun,100 Tahun,,Permanen,Perbup 1/2026,tidak
        000.1.5,Rapat,100 Tahun,1 Tahun,,Musnah,Perbup 1/2026,tidak

        """

    private static let rows = """
        path,year,step,type,title,number,date,signer,classification,access,location,unit,note
        1.txt,2019,10,rkt,"Rencana, satu",470/1/2019,2019-01-10,Yuliana,000.7.2.6,biasa,Rak 1 / Boks 1 / Folder 1,Dinas Contoh,asli ditandatangani
        2.txt,2019,2,notulen,Notulen dua,,2019-01-11,,000.1.5,terbatas,rak 1/boks 1 /Folder 2,Dinas Contoh,
        3.txt,2019,11,berita-acara,Perjanjian tiga,470/3/2019,2019-02-12,Yuliana,000.7.2.7,biasa,Rak 1 / Boks 2 / Folder 1,Sekretariat,
        4.txt,2019,2,notulen,Tanpa kode,,2019-02-13,,,biasa,,Dinas Contoh,
        5.txt,2021,10,rkt,Rencana lima,470/5/2021,2021-01-10,Yuliana,000.7.2.6,biasa,Rak 2 / Boks 5 / Folder 1,Dinas Contoh,

        """

    private static let facts = """
        record,originality,medium,condition,category,quantity,items,published,link,into,device,converted
        RKT-2019-0001,asli,kertas,baik,vital,12 lembar,1,2019-02-01,https://contoh.example/rkt-2019,PDF/A,Pemindai A3,2026-01-05
        RKT-2021-0001,salinan,kertas,rapuh,vital,9 lembar,1,2021-02-01,https://contoh.example/rkt-2021,PDF/A,Pemindai A3,2026-01-06

        """

    /// An office with a schedule and five records on paper, and a loan of one of them.
    private static func office() throws -> (office: Office, loan: String) {
        let office = try Office.founded()
        try office.write("name,role,address\nSiti,arsiparis,\n", to: "Arsip/policy/people.csv")
        try office.write(schedule, to: "jra.csv")
        try office.write(facts, to: "fakta.csv")
        var files: [String: String] = [:]
        for number in 1...5 { files["\(number).txt"] = "isi \(number)\n" }
        let batch = try office.batch("isi", rows, files: files)
        try #require(office.berkas("ingest", batch.string, "-q").status == 0)
        let adopted = try RetentionTests.adopt(in: office)
        try #require(adopted.status == 0, "\(adopted.everything)")
        let loan = try LoanTests.lend(
            office,
            ["RKT-2019-0001"],
            ["--pages", "12", "--contact", "0811", "--approval", "ND 4"]
        )
        return (office, loan)
    }

    /// The papers, each with what is asked beside its file.
    private static func papers(_ loan: String) -> [(name: String, words: [String], kind: String, sheet: [Int]?)] {
        let said = ["--facts", "fakta.csv", "--place", "Paringin"]
        let head = ["--unit-head", "Hasan;Sekretaris;1980"]
        return [
            ("dossier-list", said + head, "daftar-berkas", [330, 215]),
            ("contents-list", said + head + ["--sheet", "a4"], "daftar-isi-berkas", [297, 210]),
            ("active-list", said + head, "daftar-arsip-aktif", [330, 215]),
            (
                "inactive-list", said + head + ["--columns", "rinci", "--records-head", "Rini"], "daftar-arsip-inaktif",
                [330, 215]
            ),
            (
                "conversion-minutes",
                said + head + [
                    "--number", "000.5.7/1/2026", "--media", "kertas ke PDF", "--process", "dipindai 300 dpi",
                    "--operator", "Siti;Arsiparis", "--operator", "Tono", "--columns", "kantor",
                ],
                "berita-acara-alih-media", [215, 330]
            ),
            ("conversion-list", said + head, "daftar-arsip-alih-media", [215, 330]),
            ("labels", said, "label", [215, 330]),
            ("cover", said + ["--year", "2019"], "sampul", [215, 330]),
            ("sakip", said + ["--head", "Yuliana;Kepala Dinas"], "daftar-bukti-sakip", [330, 215]),
            ("loan-form", [loan, "--place", "Paringin", "--keeper", "Siti"], "formulir-peminjaman", nil),
            ("out-indicator", [loan, "--place", "Paringin"], "kartu-keluar", [148, 210]),
        ]
    }

    /// The files of a paper as CSV: one, or one for each table.
    private func tables(_ office: Office, _ name: String) throws -> [FilePath] {
        try FileManager.default.contentsOfDirectory(atPath: office.folder.string)
            .filter { $0.hasPrefix(name) && $0.hasSuffix(".csv") }.map { office.path($0) }
    }

    private static let check = """
        import csv, subprocess, sys
        pdf, book, tables = sys.argv[1], sys.argv[2], sys.argv[3:]
        fold = lambda text: "".join(text.split())
        read = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", pdf, "-"], capture_output=True, text=True, check=True)
        printed = fold(read.stdout)
        months = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
        def words(value):
            if value is None: return ""
            if hasattr(value, "month"): return f"{value.day} {months[value.month - 1]} {value.year:04}"
            return str(value)
        sheets = []
        if book != "-":
            import openpyxl
            for sheet in openpyxl.load_workbook(book).worksheets:
                assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row), "a formula"
                sheets.append([[words(cell.value) for cell in row] for row in sheet.iter_rows()])
        cells = 0
        for table in tables:
            rows = list(csv.reader(open(table, encoding="utf-8-sig", newline=""), strict=True))
            assert len(rows) > 1, ("no row", table)
            for row in rows:
                for cell in row:
                    cells += 1
                    assert fold(cell) in printed, ("not in the PDF", cell, table)
            if sheets:
                found = [sheet for sheet in sheets if [[fold(c) for c in r[:len(rows[0])]] for r in sheet[:len(rows)]]
                    == [[fold(c) for c in r] for r in rows]]
                assert found, ("no sheet has the cells of", table, sheets)
        print(cells)
        """

    @Test func `every paper says the same cells as CSV, XLSX and PDF, page by page on its own sheet`() throws {
        guard ["weasyprint", "pdftotext", "pdftoppm", "pdfinfo"].allSatisfy({ Tool.isPresent($0) }),
            let python = try Tool.pythonPeer("openpyxl==3.1.5")
        else { return }
        let (office, loan) = try Self.office()
        try office.write(Self.check, to: "periksa.py")
        for (name, words, kind, sheet) in Self.papers(loan) {
            for ending in ["csv", "xlsx", "pdf"] {
                let made = try office.berkas(
                    ["report", name] + words + ["--date", "2026-11-27", "--to", "\(kind).\(ending)"]
                )
                #expect(made.status == 0, "\(name): \(made.everything)")
            }
            let tables = try tables(office, kind)
            #expect(!tables.isEmpty, "\(name)")
            // A card counts its prints, so that each of its forms says another number.
            let read = try Tool.run(
                python.appending("python3").string,
                [office.path("periksa.py").string, "\(kind).pdf", "\(kind).xlsx"] + tables.map(\.string),
                directory: office.folder
            )
            #expect(read.status == 0, "\(name): \(read.errorText)")
            try look(at: "\(kind).pdf", in: office, sheet: sheet)
        }
    }

    /// Turns the pages into images, and holds their number and size against what the file says of itself.
    private func look(at file: String, in office: Office, sheet: [Int]?) throws {
        let info = try Tool.run("pdfinfo", ["-f", "1", "-l", "99", file], directory: office.folder).lines
        let sizes = info.compactMap { line -> [Int]? in
            guard let match = line.firstMatch(of: /Page +\d+ size: +([0-9.]+) x ([0-9.]+) pts/) else { return nil }
            return [match.1, match.2].map { Int(((Double($0) ?? 0) / 72 * 25.4).rounded()) }
        }
        #expect(!sizes.isEmpty && (sheet == nil || sizes.first == sheet), "\(file): \(sizes)")
        let stem = "gambar-" + file
        #expect(try Tool.run("pdftoppm", ["-r", "25.4", "-gray", file, stem], directory: office.folder).status == 0)
        let images = try FileManager.default.contentsOfDirectory(atPath: office.folder.string)
            .filter { $0.hasPrefix(stem) }.sorted()
        #expect(images.count == sizes.count, "\(file): \(images)")
        let text = try Tool.run("pdftotext", ["-enc", "UTF-8", file, "-"], directory: office.folder).text
        for (place, image) in images.enumerated() {
            // 25.4 dots an inch: a dot is a millimetre.
            let bytes = try Data(contentsOf: URL(fileURLWithPath: office.path(image).string))
            let head = String(decoding: bytes.prefix(30), as: UTF8.self).split(whereSeparator: \.isWhitespace)
            let size = head.dropFirst().prefix(2).compactMap { Int($0) }
            #expect(zip(size, sizes[place]).allSatisfy { abs($0 - $1) <= 1 }, "\(image): \(size)")
            // Something is printed on it.
            #expect(bytes.suffix(size.reduce(1, *)).contains { $0 < 128 }, "\(image) is blank")
            #expect(text.contains("Halaman \(place + 1) dari \(sizes.count)"), "\(file), page \(place + 1)")
        }
        let foot = text.split(whereSeparator: \.isWhitespace).joined()
        #expect(foot.contains("tag:contoh.example,2026:ledger"), "\(file) has no checkpoint")
    }

    @Test
    func `each paper has what the archive and the person said, and what neither did is named before it is written`()
        throws
    {
        let (office, loan) = try Self.office()
        for (name, words, kind, _) in Self.papers(loan) {
            let made = try office.berkas(["report", name] + words + ["--to", "\(kind).html"])
            #expect(made.status == 0, "\(name): \(made.everything)")
        }
        func page(_ kind: String) throws -> String {
            try String(contentsOfFile: office.path("\(kind).html").string, encoding: .utf8)
        }
        let expected: [(String, [String], [String])] = [
            ("daftar-arsip-aktif", ["Notulen dua", "terbatas"], ["Rencana, satu", "Tanpa kode", "Perjanjian tiga"]),
            (
                "daftar-arsip-inaktif",
                ["Rencana, satu", "12 lembar", "vital", "Musnah", "aktif 1 Tahun, inaktif 100 Tahun"],
                ["Notulen dua", "Tanpa kode"]
            ),
            ("daftar-berkas", ["RKT/2019", "RKT/2021", "000.7.2.6, 000.1.5"], []),
            (
                "berita-acara-alih-media",
                ["000.5.7/1/2026", "dipindai 300 dpi", "Tono", "PDF/A", "Arsip asli tetap disimpan"],
                ["Tanpa kode"]
            ),
            ("label", ["Boks", "Folder 1: RKT/2019", "Berkas RKT/2019 (2 arsip)", "Rak 1"], ["Tanpa kode"]),
            ("sampul", ["RKT/2019", "biasa, terbatas", "4 (empat) arsip"], ["Rencana lima"]),
            ("daftar-bukti-sakip", ["BELUM ADA", "470/1/2019", "https://contoh.example/rkt-2021", "1.b"], []),
            ("formulir-peminjaman", ["Oki Pratama", "1985", "ND 4", "0811", "Rak 1 / Boks 1 / Folder 1"], []),
            ("kartu-keluar", ["Oki Pratama", "Cetakan ke", "Sedang dipinjam"], []),
        ]
        for (kind, present, absent) in expected {
            let text = try page(kind)
            for word in present { #expect(text.contains(word), "\(word) in \(kind)") }
            for word in absent { #expect(!text.contains(word), "\(word) in \(kind)") }
        }
        // The year without a plan stands in front of those that have one.
        let evidence = try page("daftar-bukti-sakip")
        let missing = try #require(evidence.range(of: "BELUM ADA"))
        let first = try #require(evidence.range(of: "470/1/2019"))
        #expect(missing.lowerBound < first.lowerBound)
        let bare = try office.berkas("report", "active-list", "--to", "kosong.html")
        for word in [
            "'Tk. perkembangan' of 'arsip' is empty", "'Tempat' is not filled in", "'Nama Kepala Unit Pengolah'",
            "1 record left out", "RKT-2019-0004",
        ] {
            #expect(bare.errorText.contains(word), "\(word) in \(bare.errorText)")
        }
        let minutes = try office.berkas("report", "conversion-minutes", "--to", "ba.html")
        #expect(minutes.errorText.contains("'Nomor' is not filled in") && minutes.errorText.contains("'Pelaksana'"))
        #expect(minutes.errorText.contains("1 record left out, which do not say where a paper of them lies"))
    }

    @Test func `each print is in the ledger with its digest, a card counts its prints, and a rebuild changes nothing`()
        throws
    {
        let (office, loan) = try Self.office()
        for number in 1...3 {
            if number == 3 { try #require(office.berkas("rebuild").status == 0) }
            let made = try office.berkas("report", "out-indicator", loan, "--to", "kartu-\(number).csv", "--as", "Siti")
            #expect(made.status == 0, "\(made.everything)")
            #expect(try office.berkas("report", "out-indicator", loan, "--to", "kartu-\(number)-b.html").status == 0)
            let page = try String(contentsOfFile: office.path("kartu-\(number)-b.html").string, encoding: .utf8)
            #expect(page.contains("<td>: \(number * 2)</td>"), "\(number)")
        }
        let events = try office.berkas("history", "--event", "paper printed", "--json").facts("event")
        #expect(events.count == 6)
        let detail = try #require(events.first?.part("detail"))
        #expect(detail.text("paper") == "kartu-keluar" && detail.text("subject") == loan)
        let digest = try #require(detail.parts("files").first?.text("sha512"))
        let sum = try Tool.run("sha512sum", [office.path("kartu-1.csv").string])
        #expect(sum.text.hasPrefix(digest))
        let before = try office.berkas("history", "--json").output
        let there = try office.berkas("report", "out-indicator", loan, "--to", "kartu-1.csv")
        #expect(there.status == 1)
        #expect(try office.berkas("history", "--json").output == before)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `a paper of the office becomes a record, by another template, and a wrong template says file and line`()
        throws
    {
        let (office, _) = try Self.office()
        try office.write("<p>{{judul}} untuk {{isian.unit_pengolah}}</p>{{>tabel}}\n", to: "pendek.mustache")
        let kept = try office.berkas(
            "report",
            "daftar-isi-berkas",
            "--unit",
            "Sekretariat",
            "--template",
            "pendek.mustache",
            "--to",
            "isi.html",
            "--file-as",
            "000.5.3.2",
            "--file-type",
            "berita-acara",
            "--as",
            "Siti",
            "--json"
        )
        #expect(kept.status == 0, "\(kept.everything)")
        let page = try String(contentsOfFile: office.path("isi.html").string, encoding: .utf8)
        #expect(page.contains("Daftar Isi Berkas untuk Sekretariat") && page.contains("Perjanjian tiga"))
        #expect(try kept.facts("kept").count == 1)
        try office.write("<p>\n{{tiada}}</p>\n", to: "salah.mustache")
        let wrong = try office.berkas("report", "contents-list", "--template", "salah.mustache", "--to", "salah.html")
        #expect(wrong.status == 1)
        #expect(wrong.errorText.contains("salah.mustache") && wrong.errorText.contains("line 2"), "\(wrong.errorText)")
        #expect(try office.berkas("report", "contents-list", "--template", "x.mustache", "--to", "x.csv").status == 64)
        #expect(try office.berkas("report", "contents-list").status == 64)
        #expect(try office.berkas("report", "cover", "--to", "x.html").status == 64)
    }

    @Test func `a table of facts with a fault is named by its row, and nothing is written`() throws {
        let (office, _) = try Self.office()
        let faults = [
            ("record,warna\nRKT-2019-0001,biru\n", "'warna'"), ("record,published\nRKT-2019-0001,kemarin\n", "row 2"),
            ("record,items\nRKT-2019-0001,x\n", "'items'"), ("record,quantity\nRKT-2019-0001,lima\n", "'quantity'"),
            ("record\nRKT-2019-0001\nRKT-2019-0001\n", "row 3"), ("record\nx\n", "no record's number"),
            ("arsip\nRKT-2019-0001\n", "'record' is missing"),
        ]
        for (table, word) in faults {
            try office.write(table, to: "salah.csv")
            let answer = try office.berkas("report", "sakip", "--facts", "salah.csv", "--to", "x.csv")
            #expect(answer.status == 1, "\(table)")
            #expect(answer.errorText.contains(word), "\(word) in \(answer.errorText)")
        }
        #expect(try office.berkas("report", "sakip", "--facts", "tiada.csv", "--to", "x.csv").status == 1)
        #expect(!FileManager.default.fileExists(atPath: office.path("x.csv").string))
    }

    @Test func `where the home is locked only the audit report is printed, with a note, and no other paper is`() throws
    {
        let desk = try DisposalOffice()
        let office = desk.office
        // What must be computed once is computed before.
        try #require(office.berkas("retention", "list", "-q").status == 0)
        let before = try desk.ledger()
        let holder = try office.begin(program: "flock", "--no-fork", "Arsip/.lock", "sleep", "100")
        holder.wait { (try? office.shell("flock -n Arsip/.lock true").status) == 1 }
        let audit = try desk.berkas(as: "Siti", "report", "retention-audit", "--year", "2018", "--to", "audit.html")
        #expect(audit.status == 0, "\(audit.everything)")
        #expect(audit.errorText.contains("the ledger will not name this paper"))
        #expect(FileManager.default.fileExists(atPath: office.path("audit.html").string))
        let sakip = try office.berkas("report", "sakip", "--to", "sakip.csv")
        #expect(sakip.status == 6, "\(sakip.everything)")
        #expect(!FileManager.default.fileExists(atPath: office.path("sakip.csv").string))
        #expect(try desk.ledger() == before)
        holder.interrupt()
        _ = holder.end()
        #expect(try office.berkas("report", "sakip", "--to", "sakip.csv").status == 0)
    }

    @Test func `a choice that nothing passes makes no paper, and neither do records without a box`() throws {
        let (office, _) = try Self.office()
        let none = try office.berkas("report", "dossier-list", "--year", "1999", "--to", "x.csv")
        #expect(none.status == 1)
        #expect(none.errorText.contains("year 1999"))
        let typo = try office.berkas("report", "sakip", "--type", "rtk", "--to", "x.csv")
        #expect(typo.status == 64)
        #expect(typo.errorText.contains("'rtk'"))
        let labels = try office.berkas("report", "labels", "--class", "000.9", "--to", "x.csv")
        #expect(labels.status == 1)
        let alone = try office.berkas("report", "conversion-list", "RKT-2019-0004", "--to", "x.csv")
        #expect(alone.status == 1)
        #expect(alone.errorText.contains("no record says where a paper of it lies"))
        #expect(try office.berkas("report", "loan-form", "PINJAM-2020-0001", "--to", "x.csv").status == 1)
    }
}
