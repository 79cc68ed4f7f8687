import Foundation
import RecordsModel
import Reporting
import TestSupport
import Testing

struct OfficeFormTests {
    private let head = Signer("Kartika", nip: "1978", position: "Sekretaris")

    private func headings(_ paper: Paper, _ place: Int = 0) -> [String] {
        paper.tables.count > place ? paper.tables[place].columns.map(\.heading) : []
    }

    private func full(_ number: Int) -> RecordEntry {
        var entry = Papers.entry(number)
        entry.items = number
        entry.scan = "RKT-2018-\(number)"
        return entry
    }

    private var loan: LoanEntry {
        var loan = LoanEntry([.init(full(1), pages: 12), .init(full(2), pages: 3)])
        loan.borrower = Signer("Mira")
        loan.unit = "Bidang Pelayanan"
        loan.contact = "0811"
        loan.purpose = "Pemeriksaan"
        loan.out = CivilDate("2026-11-01")
        loan.due = CivilDate("2026-11-08")
        loan.approval = "Nota dinas 5/2026"
        return loan
    }

    @Test func `Daftar Berkas and Daftar Isi Berkas have seven columns, and lack none`() {
        let entries = (1...8).map { full($0) }
        let dossiers = DossierEntry.gathered(entries, unit: "Subbag Program")
        let list = Paper.dossierList(dossiers, unit: "Subbag Program", frame: Papers.frame(), unitHead: head)
        #expect(headings(list).count == 7 && headings(list).first == "Unit pengolah" && list.emptyColumns.isEmpty)
        #expect(list.tables[0].rows.count == 2 && list.missingParts.isEmpty)
        let contents = Paper.contentsList(entries, unit: "Subbag Program", frame: Papers.frame(), unitHead: head)
        let expected = [
            "Nomor berkas", "Nomor item arsip", "Kode klasifikasi", "Uraian informasi arsip", "Tanggal", "Jumlah",
            "Keterangan",
        ]
        #expect(headings(contents) == expected && contents.emptyColumns.isEmpty)
    }

    @Test func `a dossier says together what its records say, and names codes that differ`() throws {
        var other = full(2)
        other.code = "000.7.2.6"
        other.years = 2015...2016
        let dossier = try #require(DossierEntry.gathered([full(1), other], unit: nil).first)
        #expect(dossier.code == "000.7.2.7, 000.7.2.6" && dossier.years == "2015-2018")
        #expect(dossier.quantity == "1 berkas, 2 lembar" && dossier.unit == "Subbag Program")
    }

    @Test func `two dossiers whose numbers differ in their bytes only stay two`() {
        var (one, two) = (full(1), full(2))
        one.dossier = "e\u{301}"
        two.dossier = "\u{E9}"
        #expect(DossierEntry.gathered([one, two], unit: nil).count == 2)
    }

    @Test func `Daftar Arsip Aktif and Inaktif have the twelve columns of ministries`() {
        let entries = (1...4).map { full($0) }
        let active = Paper.activeList(entries, unit: "Subbag", frame: Papers.frame(), unitHead: head)
        #expect(
            headings(active) == [
                "No", "No berkas", "Kode", "Uraian berkas", "Kurun waktu", "Jml", "No item", "Tgl arsip",
                "Tk. perkembangan",
                "Lokasi", "Kls keamanan", "Ket",
            ]
        )
        let inactive = Paper.inactiveList(
            entries,
            unit: "Subbag",
            frame: Papers.frame(),
            recordsUnitHead: head,
            unitHead: head
        )
        #expect(
            headings(inactive) == [
                "No", "No arsip", "Kode", "Uraian", "Kurun waktu", "Jml", "Tk. perkembangan", "Lokasi", "Kls keamanan",
                "Jangka simpan", "Nasib akhir", "Ket",
            ]
        )
        let detailed = Paper.inactiveList(
            entries,
            unit: "Subbag",
            form: .detailed,
            frame: Papers.frame(),
            recordsUnitHead: head,
            unitHead: head
        )
        for heading in ["Pencipta", "Jumlah item", "Media", "Kondisi", "Kategori", "Link alih media"] {
            #expect(headings(detailed).contains(heading))
        }
        #expect(headings(detailed).last == "Ket")
        for paper in [active, inactive, detailed] { #expect(paper.emptyColumns.isEmpty && paper.isLandscape) }
        #expect(inactive.signatures.count == 2 && active.signatures.count == 1)
    }

    @Test func `Berita Acara Alih Media has every field, keeps the original, and its list in both forms`() {
        var act = ConversionAct()
        act.place = "Ruang arsip"
        act.media = "kertas ke elektronik"
        act.process = "dipindai 300 dpi, PDF/A"
        act.operators = [Signer("Ani")]
        act.unitHead = head
        act.unit = "Subbag Program"
        let records = (1...2).map { number in
            var record = ConvertedRecord(full(number))
            record.from = "kertas"
            record.into = "PDF/A 300 dpi"
            record.device = "pemindai"
            record.date = Papers.today
            record.link = "sha256:00"
            return record
        }
        let paper = Paper.conversionMinutes(records, act, frame: Papers.frame(number: "3/2026"))
        let facts = ["Waktu pelaksanaan", "Tempat", "Jenis media", "Jumlah arsip", "Keterangan proses", "Pelaksana"]
        #expect(paper.facts.map(\.heading) == facts && paper.missingParts.isEmpty && paper.emptyColumns.isEmpty)
        #expect(paper.closing[0].contains("tidak menjadi dasar pemusnahan arsip asli"))
        #expect(paper.signatures.first?.role == "Pimpinan Unit Pengolah")
        let national = ["Unit pengolah", "Nomor urut", "Jenis arsip", "Jumlah arsip", "Kurun waktu", "Keterangan"]
        #expect(headings(paper) == national)
        let office = Paper.conversionList(records, act, form: .office, frame: Papers.frame())
        let columns = ["No", "Jenis arsip", "Semula", "Menjadi", "Jumlah", "Alat", "Waktu", "Ket", "Tautan"]
        #expect(headings(office) == columns && office.emptyColumns.isEmpty)
    }

    @Test func `a loan form asks for everything but what is optional, and counts pages`() {
        let paper = Paper.loanForm(loan, frame: Papers.frame(), keeper: head)
        #expect(paper.missingParts.isEmpty && paper.emptyColumns.isEmpty)
        #expect(paper.facts.map(\.heading).contains("Tanggal wajib kembali") && paper.tables[0].totals[0].value == "15")
        var empty = loan
        empty.borrower = nil
        empty.purpose = nil
        let lacking = Paper.loanForm(empty, frame: Papers.frame(), keeper: head)
        #expect(lacking.missingParts == ["Peminjam", "Keperluan", "Nama Peminjam"])
    }

    @Test func `an out indicator is a card of A5 that says how often it was printed`() {
        let card = Paper.outIndicator(loan, print: 2, frame: Papers.frame())
        #expect(card.sheet == .a5 && !card.isLandscape && card.emptyColumns.isEmpty && card.missingParts.isEmpty)
        #expect(card.facts.last?.value == "2")
    }

    @Test func `labels are a frame a row`() throws {
        var label = LabelEntry(.box, "12")
        label.title = "<RKT>"
        let paper = Paper.labels([label, LabelEntry(.folder, "RKT/2018")], frame: Papers.frame())
        let page = try HTMLRenderer().page(of: paper)
        #expect(page.components(separatedBy: "class=\"label\"").count == 3 && page.contains("<td>&lt;RKT&gt;</td>"))
        #expect(
            paper.emptyColumns.map(\.key) == ["unit_pengolah", "kode", "uraian", "kurun_waktu", "lokasi", "retensi"]
        )
    }

    @Test func `a cover sheet has the dossier's facts upright and its contents behind them`() throws {
        let entries = [full(1), full(2)]
        let dossier = try #require(DossierEntry.gathered(entries, unit: "Subbag Program").first)
        let paper = Paper.cover(dossier, entries, access: "Biasa/Terbuka", fate: "Musnah", frame: Papers.frame())
        #expect(paper.missingParts.isEmpty && paper.emptyColumns.isEmpty && !paper.isLandscape && paper.isWide)
        #expect(try HTMLRenderer().page(of: paper).contains("<td>: RKT/2018</td>"))
    }

    @Test func `a list of evidence has missing years in front, and the age of each document`() throws {
        var here = EvidenceEntry(.available, year: 2024, document: "RKT")
        here.record = Papers.id(1)
        here.date = CivilDate("2023-11-25")
        let missing = EvidenceEntry(.standard, year: 2025, document: "RKT")
        let paper = Paper.sakipEvidence([here, missing], frame: Papers.frame(), head: head)
        let rows = paper.tables[0].rows.map { $0.map(\.words) }
        #expect(rows[0].contains("BELUM ADA") && rows[0].contains("2025") && rows[1].contains("RKT-2018-0001"))
        #expect(rows[1][11] == "2" && paper.facts.map(\.value) == ["2024-2025", "1 (satu)"])
        #expect(paper.emptyColumns.map(\.key).contains("nomor"))
    }

    @Test(arguments: PaperKind.allCases) func `every kind has a title and a template of its family`(_ kind: PaperKind)
        throws
    {
        #expect(!kind.title.isEmpty)
        #expect(try TemplateSet.builtIn.source(for: kind).name == kind.family.rawValue)
        #expect(try HTMLRenderer().page(of: Paper(kind, Papers.frame())).contains(kind.title))
    }
}
