import Acts
import Disposal
import Foundation
import RecordsModel
import Reporting
import TestSupport
import Testing

struct FormTests {
    private let head = Signer("Kartika, S.Sos.", nip: "197801012005012001", position: "Sekretaris")
    private let unitHead = Signer("Joko", position: "Kasubbag Program")

    private func paper(
        _ history: ListHistory,
        _ numbers: some Sequence<Int>,
        number: String? = "1/BA/2026"
    ) throws -> DisposalPaper {
        DisposalPaper(
            try history.value,
            entries: numbers.map { Papers.entry($0) },
            frame: Papers.frame(number: number),
            schedule: "Perbup 1/2026"
        )
    }

    private func headings(_ table: PaperTable?) -> [String]? { table?.columns.map(\.heading) }
    private func column(_ key: String, of table: PaperTable?) -> [String] {
        guard let table, let place = table.columns.firstIndex(where: { $0.key == key }) else { return [] }
        return table.rows.map { $0[place].words }
    }

    private func destroyed() throws -> ListHistory {
        var history = try ListHistory()
        try history.propose(.destroy, 1...4)
        try history.refuse(3)
        try history.approve(.regent)
        try history.begin()
        try history.remove(1)
        try history.remove(2)
        try history.skip(4, SkipReason(.held, "held", holds: [try #require(HoldID(year: 2026, sequence: 7))]))
        try history.listCopy(of: 1, at: "Rak 1")
        return history
    }

    @Test func `Daftar Arsip Usul Musnah has its six columns, all filled, and two signatures`() throws {
        var history = try ListHistory()
        try history.propose(.destroy, 1...3)
        let paper = try paper(history, 1...3).proposedDestruction(recordsUnitHead: head, unitHead: unitHead)
        #expect(paper.title == "Daftar Arsip Usul Musnah" && !paper.isLandscape)
        let expected = ["No", "Jenis arsip", "Tahun", "Jumlah", "Tingkat perkembangan", "Keterangan"]
        #expect(headings(paper.tables.first) == expected && paper.tables[0].rows.count == 3)
        #expect(paper.emptyColumns.isEmpty && paper.missingParts.isEmpty)
        #expect(column("tahun", of: paper.tables.first) == ["2018", "2018", "2017-2018"])
        #expect(column("keterangan", of: paper.tables.first)[0].hasPrefix("RKT-2018-0001; 000.7.2.7; Ruang 1"))
        #expect(paper.signatures.map(\.role) == ["Kepala Unit Kearsipan", "Kepala Unit Pengolah"])
        #expect(paper.tables[0].totals.map(\.value) == ["3 (tiga) arsip dalam 1 (satu) berkas", "4 berkas, 2 lembar"])
    }

    @Test func `the form of ministries has its ten columns, for destruction, deposit and move`() throws {
        let expected = [
            "No", "Kode", "Jenis arsip", "Kurun waktu", "Jumlah", "Tk. perkembangan", "JRA", "Retensi aktif",
            "Retensi inaktif", "Ket",
        ]
        for kind in DisposalKind.allCases {
            var history = try ListHistory()
            try history.propose(kind, 1...2)
            let source = try paper(history, 1...2)
            let made =
                switch kind {
                case .destroy: source.proposedDestruction(form: .ministry, recordsUnitHead: head, unitHead: unitHead)
                case .deposit: source.proposedDeposit(form: .ministry, recordsUnitHead: head, unitHead: unitHead)
                case .move: source.proposedMove(recordsUnitHead: head, unitHead: unitHead)
                }
            #expect(headings(made.tables.first) == expected && made.isLandscape && made.emptyColumns.isEmpty)
        }
    }

    @Test func `Daftar Arsip Usul Serah has its six columns`() throws {
        var history = try ListHistory()
        try history.propose(.deposit, 1...2)
        let paper = try paper(history, 1...2).proposedDeposit(recordsUnitHead: head, unitHead: unitHead)
        #expect(headings(paper.tables.first) == ["No", "Kode", "Uraian", "Kurun waktu", "Jumlah", "Ket"])
        #expect(paper.emptyColumns.isEmpty)
    }

    @Test func `what nobody told about a record is an empty column, named before printing`() throws {
        var history = try ListHistory()
        try history.propose(.destroy, 1...3)
        let paper = try paper(history, 2...2).proposedDestruction(recordsUnitHead: nil, unitHead: nil)
        #expect(paper.emptyColumns.map(\.key) == ["jumlah", "tingkat_perkembangan"])
        #expect(paper.emptyColumns.map(\.rows) == [[1, 3], [1, 3]])
        #expect(paper.missingParts == ["Nama Kepala Unit Kearsipan", "Nama Kepala Unit Pengolah"])
        #expect(column("jenis_arsip", of: paper.tables.first)[0] == "Perjanjian Kinerja Nomor 1")
    }

    @Test func `Berita Acara Pemusnahan names the day, the act, its grounds and what went, and claims no wiping`()
        throws
    {
        var act = DestructionAct()
        act.consideration = LetterReference(number: "5/PPA/2026", date: Papers.today, subject: "Pertimbangan")
        act.approvalSubject = "Persetujuan Pemusnahan"
        act.officer = head
        act.witnesses = [Signer("Hadi Saksi", position: "Inspektorat")]
        act.recordsWitness = Signer("Ani Arsiparis")
        let paper = try paper(try destroyed(), 1...4).destructionMinutes(act)
        let aloud =
            "Pada hari ini Selasa, tanggal dua puluh empat bulan November tahun dua ribu dua puluh enam, "
            + "bertempat di Gudang arsip, Paringin, "
        #expect(paper.opening[0].hasPrefix(aloud) && paper.opening[0].contains("2 (dua) arsip dalam 1 (satu) berkas"))
        let facts = Dictionary(uniqueKeysWithValues: paper.facts.map { ($0.key, $0.value ?? "") })
        #expect(facts["hari_tanggal"] == "Selasa, 24 November 2026" && facts["cara"] == "penghapusan berkas digital")
        #expect(facts["pemilik"] == "Subbag Program" && facts["kurun_waktu"] == "2018")
        #expect(facts["pertimbangan"] == "nomor 5/PPA/2026 tanggal 24 November 2026 perihal Pertimbangan")
        let approval = "Bupati, nomor 000.5.6.2/12/2026 tanggal 24 November 2026 perihal Persetujuan Pemusnahan"
        #expect(facts["persetujuan"] == approval && facts["dasar_jra"]?.hasPrefix("Perbup 1/2026, versi ") ?? false)
        #expect(paper.tables.map(\.id) == ["arsip", "tetap-disimpan", "salinan"])
        #expect(paper.tables[0].rows.count == 2 && paper.emptyColumns.isEmpty && paper.missingParts.isEmpty)
        #expect(
            column("alasan", of: paper.tables[1]) == [
                "ditolak Budi Santoso: masih dipakai", "dibekukan (HOLD-2026-0007)",
            ]
        )
        #expect(column("keadaan", of: paper.tables[2]) == ["belum dimusnahkan"])
        #expect(paper.closing.contains { $0.contains("tidak menyatakan bahwa media penyimpanannya telah dihancurkan") })
        #expect(paper.closing.contains { $0.contains("1 (satu) salinan") })
        #expect(
            paper.signatures.map { $0.role + "=" + ($0.name ?? "") }
                == [
                    "Penanggung jawab=Kartika, S.Sos.", "Saksi I=Hadi Saksi", "Saksi II=Gita Saksi",
                    "Saksi kearsipan=Ani Arsiparis",
                ]
        )
    }

    @Test func `the minutes of a list that nobody executed say what is missing`() throws {
        var history = try ListHistory()
        try history.propose(.destroy, 1...1)
        let paper = try paper(history, 1...1, number: nil).destructionMinutes(DestructionAct())
        #expect(paper.tables[0].rows.isEmpty && paper.number == nil)
        let missing = [
            "Nomor", "Tempat pemusnahan", "Cara pemusnahan", "Dasar persetujuan", "Nama Saksi I", "Nama Saksi II",
        ]
        for part in missing { #expect(paper.missingParts.contains(part), "\(part)") }
    }

    @Test func `more photographs than the form has room for are refused`() throws {
        var act = DestructionAct()
        act.attachments = try (1...4).map { try Attachment("Foto \($0)", photograph: [0xFF, 0xD8, 0xFF]) }
        let source = try paper(try destroyed(), 1...4)
        #expect(throws: ReportingError(.tooLarge, message: "", remedy: "")) { try source.destructionMinutes(act) }
        act.attachments.removeLast()
        #expect(try source.destructionMinutes(act).attachments.count == 4)
    }

    @Test func `Berita Acara Penyerahan has two sides, the statement, two copies and the list`() throws {
        var history = try ListHistory()
        try history.propose(.deposit, 1...2)
        try history.approve(.regionalArchives)
        try history.begin()
        try history.transfer(1)
        try history.transfer(2)
        var act = HandoverAct()
        act.giver = head
        act.receiver = Signer("Lestari", position: "Kepala Dinas Perpustakaan dan Kearsipan")
        act.receivingUnit = "Dinas Perpustakaan dan Kearsipan"
        let paper = try paper(history, 1...2).depositMinutes(act)
        #expect(paper.opening[0].contains("Pihak Pertama") && paper.opening[0].contains("Pihak Kedua"))
        #expect(paper.closing[0].contains("autentik, terpercaya, utuh dan dapat digunakan"))
        #expect(paper.closing[1].contains("rangkap 2 (dua)"))
        #expect(paper.signatures.map(\.role) == ["Pihak Kedua", "Pihak Pertama"])
        #expect(paper.missingParts == ["Tanda terima"] && paper.tables.map(\.rows.count) == [2])
    }

    @Test func `Berita Acara Pemindahan has both units, the volume and both lists of seven columns`() throws {
        var history = try ListHistory()
        try history.propose(.move, 3...4)
        try history.approve(.recordsUnit)
        try history.begin()
        try history.transfer(3)
        try history.transfer(4)
        var act = HandoverAct()
        act.giver = unitHead
        act.receiver = head
        act.receivingUnit = "Sekretariat"
        act.volume = "1 boks (0,2 meter lari)"
        let paper = try paper(history, 3...4).moveMinutes(act)
        #expect(paper.tables.map(\.title) == ["Daftar Berkas", "Daftar Isi Berkas"])
        let dossiers = [
            "Unit pengolah", "Nomor berkas", "Kode klasifikasi", "Uraian informasi berkas", "Kurun waktu", "Jumlah",
            "Keterangan",
        ]
        let contents = [
            "Nomor berkas", "Nomor item arsip", "Kode klasifikasi", "Uraian informasi arsip", "Tanggal", "Jumlah",
            "Keterangan",
        ]
        #expect(headings(paper.tables[0]) == dossiers && headings(paper.tables[1]) == contents)
        #expect(column("nomor_berkas", of: paper.tables[0]) == ["RKT/2018", "RKT/2017"])
        #expect(paper.emptyColumns.isEmpty && paper.missingParts.isEmpty && paper.isWide && !paper.isLandscape)
        #expect(paper.signatures.map(\.role) == ["Yang menerima", "Yang menyerahkan"])
    }

    @Test func `what is left of a removed record fills its line`() throws {
        let stone = try #require(try destroyed().book.tombstones[Papers.id(1)])
        let entry = RecordEntry(stone, kindOfRecord: "Perjanjian Kinerja")
        #expect(entry.title == "PK 1" && entry.code == "000.7.2.7" && entry.dossier == "RKT/2018")
        #expect(entry.years == 2018...2018 && entry.schedule == "000.7.2.7")
    }

    @Test func `the audit report has each question with its answer, and in Indonesian what stands behind it`() throws {
        let records = [
            AuditRecord(id: Papers.id(1), year: 2018, isListed: true, missingColumns: ["Jumlah"], phase: .noRule)
        ]
        let audit = RetentionAudit(
            AuditInput(
                year: 2018,
                asOf: Papers.today,
                records: records,
                schedule: nil,
                disposals: DisposalBook(),
                holds: HoldBook(),
                fixity: nil
            )
        )
        let paper = Paper.retentionAudit(
            audit,
            asOf: Papers.today,
            frame: Papers.frame(),
            auditor: nil,
            unitHead: head
        )
        #expect(paper.tables[0].rows.count == AuditQuestion.allCases.count && paper.emptyColumns.isEmpty)
        let answers = column("jawaban", of: paper.tables[0])
        #expect(answers.prefix(4) == ["Ya", "Tidak", "Tidak", "Tidak"] && answers.contains("Tidak dapat dijawab"))
        #expect(column("keterangan", of: paper.tables[0]).contains("menurut jawaban nomor 4"))
        #expect(column("keterangan", of: paper.tables[1]) == ["kosong: Jumlah", "tidak ada baris JRA yang berlaku"])
        #expect(paper.missingParts == ["Nama Auditor"] && paper.title == "Laporan Audit Retensi Arsip")
    }

    @Test func `every form has a page, and the page has every heading and cell`() throws {
        var history = try ListHistory()
        try history.propose(.destroy, 1...3)
        let source = try paper(history, 1...3)
        for paper in [
            source.proposedDestruction(recordsUnitHead: head, unitHead: unitHead),
            source.proposedDeposit(recordsUnitHead: head, unitHead: unitHead),
            source.proposedMove(recordsUnitHead: head, unitHead: unitHead),
            try source.destructionMinutes(DestructionAct()), source.depositMinutes(HandoverAct()),
            source.moveMinutes(HandoverAct()),
        ] {
            let page = try HTMLRenderer().page(of: paper)
            for table in paper.tables {
                for column in table.columns { #expect(page.contains("<th>\(column.heading)</th>")) }
                for cell in table.rows.joined() { #expect(page.contains(">\(cell.words)</td>")) }
            }
        }
    }
}
