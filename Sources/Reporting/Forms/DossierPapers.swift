package import RecordsModel

/// What stands on the label of a box or a folder.
package struct LabelEntry: Hashable, Sendable {
    /// What is labelled.
    package enum Holder: String, Hashable, Sendable, CaseIterable {
        /// A box (boks).
        case box = "Boks"
        /// A folder (folder).
        case folder = "Folder"
    }

    /// What is labelled.
    package var holder: Holder
    /// The number of the box, or of the dossier in the folder.
    package var number: String
    /// The unit pengolah.
    package var unit: String?
    /// The classification code.
    package var code: String?
    /// What is in it.
    package var title: String?
    /// The years that it spans.
    package var years: String?
    /// Where it belongs: room, shelf, row.
    package var location: String?
    /// When it may go, and how it ends.
    package var fate: String?

    /// A label of which no more is known than its number.
    package init(_ holder: Holder, _ number: String) {
        self.holder = holder
        self.number = number
    }
}

/// One document that an evaluation of the office's performance (SAKIP) asks for.
package struct EvidenceEntry: Hashable, Sendable {
    /// The criteria that the archive can prove (`domain.md`, section 7).
    package enum Criterion: String, Hashable, Sendable, CaseIterable {
        /// Documents of planning are available.
        case available = "1.a"
        /// They are formalised and published in time.
        case standard = "1.b"
    }

    /// The criterion.
    package var criterion: Criterion
    /// The fiscal year.
    package var year: Int
    /// Which document it is.
    package var document: String
    /// The record; nil where the archive has none, which is what an evaluation looks for first.
    package var record: RecordID?
    /// Its number, verbatim.
    package var number: String?
    /// The day on which it was set (tanggal penetapan).
    package var date: CivilDate?
    /// Who signed it.
    package var signer: String?
    /// The day on which it was published.
    package var published: CivilDate?
    /// Where the paper lies.
    package var location: String?
    /// Where it can be read.
    package var link: String?
    /// A remark.
    package var note: String?

    /// A document of which no more is known than that it is asked for.
    package init(_ criterion: Criterion, year: Int, document: String) {
        self.criterion = criterion
        self.year = year
        self.document = document
    }
}

extension Paper {
    /// Labels of boxes and folders, a row each.
    package static func labels(_ labels: [LabelEntry], frame: PaperFrame) -> Paper {
        var paper = Paper(.labels, frame)
        let fields: [PaperTable.Field<LabelEntry>] = [
            .init("Jenis", key: "jenis", width: 18) { _, label in .text(label.holder.rawValue) },
            .init("Nomor", key: "nomor", width: 25) { _, label in .text(label.number) },
            .init("Unit pengolah", key: "unit_pengolah", width: 40) { _, label in .init(label.unit) },
            .init("Kode", key: "kode", width: 24) { _, label in .init(label.code) },
            .init("Uraian", key: "uraian", width: 60) { _, label in .init(label.title) },
            .init("Kurun waktu", key: "kurun_waktu", width: 22) { _, label in .init(label.years) },
            .init("Lokasi", key: "lokasi", width: 36) { _, label in .init(label.location) },
            .init("Retensi", key: "retensi", width: 36) { _, label in .init(label.fate) },
        ]
        paper.tables = [PaperTable(id: "label", title: "Label", fields: fields, items: labels)]
        return paper
    }

    /// The cover sheet of a dossier (sampul berkas) with what is in it.
    package static func cover(
        _ dossier: DossierEntry,
        _ entries: [RecordEntry],
        access: String?,
        fate: String?,
        procedure: Procedure? = nil,
        frame: PaperFrame
    ) -> Paper {
        func list(_ texts: [String]?) -> String? {
            guard let texts, !texts.isEmpty else { return nil }
            return texts.count == 1
                ? texts[0] : texts.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "; ")
        }
        let head = procedure?.head
        var paper = Paper(.cover, frame)
        paper.facts = [
            Fact("nomor_berkas", "Nomor berkas", dossier.number),
            Fact("judul_berkas", "Judul berkas", dossier.title),
            Fact("unit_pengolah", "Unit pengolah", dossier.unit),
            Fact("kode_klasifikasi", "Kode klasifikasi", dossier.code),
            Fact("kurun_waktu", "Kurun waktu", dossier.years),
            Fact("jumlah", "Jumlah", dossier.quantity),
            Fact("klasifikasi_keamanan", "Klasifikasi keamanan", access),
            Fact("nasib_akhir", "Retensi dan nasib akhir", fate),
            Fact("keterangan", "Keterangan", dossier.note, mayLack: true),
        ]
        if let procedure {
            let days = procedure.standardDays.map { " (\($0) hari kalender)" } ?? ""
            paper.facts += [
                Fact("nomor_sop", "Nomor SOP", procedure.number, mayLack: true),
                Fact("dasar_hukum", "Dasar hukum", list(head?.legalBasis), mayLack: true),
                Fact("keterkaitan", "Keterkaitan", list(head?.related), mayLack: true),
                Fact("kualifikasi", "Kualifikasi pelaksana", list(head?.qualifications), mayLack: true),
                Fact("peralatan", "Peralatan/perlengkapan", list(head?.equipment), mayLack: true),
                Fact("waktu_baku", "Waktu baku", procedure.standardTotal + days, mayLack: true),
            ]
        }
        paper.tables = [.contents(entries, totals: entries.totals)]
        return paper
    }

    /// The list of evidence for an evaluation by the Inspektorat (SAKIP 1.a and 1.b): years without a document come first.
    ///
    /// - Parameters:
    ///   - evidence: the documents asked for, each once.
    ///   - frame: what every paper has.
    ///   - head: who signs for the office.
    /// - Returns: the paper.
    package static func sakipEvidence(_ evidence: [EvidenceEntry], frame: PaperFrame, head: Signer?) -> Paper {
        var paper = Paper(.sakipEvidence, frame)
        let span = [evidence.map(\.year).min(), evidence.map(\.year).max()].compactMap { $0.map { String($0) } }
        let missing = evidence.filter { $0.record == nil }
        paper.facts = [
            Fact("tahun", "Tahun", span.joined(separator: "-")),
            Fact("belum_ada", "Dokumen yang belum ada", IndonesianWords.counted(missing.count)),
        ]
        paper.tables = [
            PaperTable(
                id: "bukti",
                title: "Daftar bukti dukung",
                fields: evidenceFields(on: frame.date),
                items: missing + evidence.filter { $0.record != nil }
            )
        ]
        paper.signatures = [SignatureBlock("Kepala Dinas", head)]
        return paper
    }

    private static func evidenceFields(on today: CivilDate) -> [PaperTable.Field<EvidenceEntry>] {
        [
            .numbering(),
            .init("Kriteria", key: "kriteria", width: 16) { _, entry in .text(entry.criterion.rawValue) },
            .init("Tahun", key: "tahun", kind: .number, width: 14) { _, entry in .number(entry.year) },
            .init("Dokumen", key: "dokumen", width: 50) { _, entry in .text(entry.document) },
            .init("Nomor arsip", key: "nomor_arsip", width: 32) { _, entry in
                .text(entry.record?.description ?? "BELUM ADA")
            },
            .init("Nomor", key: "nomor", width: 32) { _, entry in .init(entry.number) },
            .init("Tanggal penetapan", key: "tanggal", kind: .date, width: 30) { _, entry in .init(entry.date) },
            .init("Penanda tangan", key: "penanda_tangan", width: 32) { _, entry in .init(entry.signer) },
            .init("Tanggal publikasi", key: "publikasi", kind: .date, width: 30) { _, entry in .init(entry.published) },
            .init("Lokasi", key: "lokasi", width: 30) { _, entry in .init(entry.location) },
            .init("Tautan", key: "tautan", width: 36) { _, entry in .init(entry.link) },
            .init("Umur (tahun)", key: "umur", kind: .number, width: 16) { _, entry in
                entry.date.map { .number($0.fullYears(until: today)) } ?? .empty
            },
            .init("Keterangan", key: "keterangan", width: 30, mayLack: true) { _, entry in .init(entry.note) },
        ]
    }
}

extension CivilDate {
    /// Whole years from this day to a later one; 0 where it is not later.
    fileprivate func fullYears(until day: CivilDate) -> Int {
        let isBeforeTheDay = (day.month, day.day) < (month, self.day)
        return max(0, day.year - year - (isBeforeTheDay ? 1 : 0))
    }
}
