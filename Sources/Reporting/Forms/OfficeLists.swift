import RecordsModel

extension Paper {
    /// Daftar Berkas (`domain.md` 4.4): seven columns, with the unit at its head and in its rows.
    package static func dossierList(
        _ dossiers: [DossierEntry],
        unit: String?,
        frame: PaperFrame,
        unitHead: Signer?
    ) -> Paper {
        var paper = Paper(.dossierList, frame)
        paper.facts = [Fact("unit_pengolah", "Unit pengolah", unit)]
        let totals = [PaperTable.Total("Jumlah berkas", IndonesianWords.counted(dossiers.count))]
        paper.tables = [.dossiers(dossiers, totals: totals)]
        paper.signatures = [SignatureBlock("Kepala Unit Pengolah", unitHead)]
        return paper
    }

    /// Daftar Isi Berkas (`domain.md` 4.4): seven columns.
    package static func contentsList(
        _ entries: [RecordEntry],
        unit: String?,
        frame: PaperFrame,
        unitHead: Signer?
    ) -> Paper {
        var paper = Paper(.contentsList, frame)
        paper.facts = [Fact("unit_pengolah", "Unit pengolah", unit)]
        paper.tables = [.contents(entries, totals: entries.totals)]
        paper.signatures = [SignatureBlock("Kepala Unit Pengolah", unitHead)]
        return paper
    }

    /// Daftar Arsip Aktif in the form of ministries (`domain.md` 4.4): twelve columns.
    package static func activeList(
        _ entries: [RecordEntry],
        unit: String?,
        frame: PaperFrame,
        unitHead: Signer?
    ) -> Paper {
        var paper = Paper(.activeList, frame)
        paper.facts = [Fact("unit_pengolah", "Unit pengolah", unit)]
        paper.tables = [.records("Daftar arsip", activeFields + remarkFields, entries)]
        paper.signatures = [SignatureBlock("Kepala Unit Pengolah", unitHead)]
        return paper
    }

    /// The forms of a list of inactive records.
    package enum InactiveForm: String, Hashable, Sendable, CaseIterable {
        /// That of ministries: twelve columns.
        case ministry = "kementerian"
        /// With creator, items, medium, condition, category and link to the scan.
        case detailed = "rinci"
    }

    /// Daftar Arsip Inaktif (`domain.md` 4.4), signed by both units.
    package static func inactiveList(
        _ entries: [RecordEntry],
        unit: String?,
        form: InactiveForm = .ministry,
        frame: PaperFrame,
        recordsUnitHead: Signer?,
        unitHead: Signer?
    ) -> Paper {
        var paper = Paper(.inactiveList, frame)
        paper.facts = [Fact("unit_pengolah", "Unit pengolah", unit)]
        let fields = form == .ministry ? inactiveFields : inactiveFields + detailFields
        paper.tables = [.records("Daftar arsip", fields + remarkFields, entries)]
        paper.signatures = [
            SignatureBlock("Kepala Unit Kearsipan", recordsUnitHead), SignatureBlock("Kepala Unit Pengolah", unitHead),
        ]
        return paper
    }

    private static let activeFields: [PaperTable.Field<RecordEntry>] = [
        .numbering(),
        .init("No berkas", key: "nomor_berkas", width: 24) { _, entry in .init(entry.dossier) },
        .init("Kode", key: "kode", width: 24) { _, entry in .init(entry.code) },
        .init("Uraian berkas", key: "uraian", width: 60) { _, entry in .text(entry.kindAndTitle) },
        .init("Kurun waktu", key: "kurun_waktu", kind: .number, width: 18) { _, entry in entry.yearsCell },
        .init("Jml", key: "jumlah", width: 18) { _, entry in .init(entry.quantity?.words) },
        .init("No item", key: "nomor_item", width: 32) { _, entry in .text(entry.item ?? entry.record.description) },
        .init("Tgl arsip", key: "tanggal", kind: .date, width: 28) { _, entry in .init(entry.date) },
        .init("Tk. perkembangan", key: "tingkat_perkembangan", width: 28) { _, entry in .init(entry.originality) },
        .init("Lokasi", key: "lokasi", width: 32) { _, entry in .init(entry.location) },
        .init("Kls keamanan", key: "klasifikasi_keamanan", width: 24) { _, entry in .init(entry.access) },
    ]

    private static let inactiveFields: [PaperTable.Field<RecordEntry>] = [
        .numbering(),
        .init("No arsip", key: "nomor_arsip", width: 32) { _, entry in .text(entry.record.description) },
        .init("Kode", key: "kode", width: 24) { _, entry in .init(entry.code) },
        .init("Uraian", key: "uraian", width: 60) { _, entry in .text(entry.kindAndTitle) },
        .init("Kurun waktu", key: "kurun_waktu", kind: .number, width: 18) { _, entry in entry.yearsCell },
        .init("Jml", key: "jumlah", width: 18) { _, entry in .init(entry.quantity?.words) },
        .init("Tk. perkembangan", key: "tingkat_perkembangan", width: 28) { _, entry in .init(entry.originality) },
        .init("Lokasi", key: "lokasi", width: 32) { _, entry in .init(entry.location) },
        .init("Kls keamanan", key: "klasifikasi_keamanan", width: 24) { _, entry in .init(entry.access) },
        .init("Jangka simpan", key: "jangka_simpan", width: 32) { _, entry in .init(entry.keeping) },
        .init("Nasib akhir", key: "nasib_akhir", width: 24) { _, entry in .init(entry.fate) },
    ]

    private static let detailFields: [PaperTable.Field<RecordEntry>] = [
        .init("Pencipta", key: "pencipta", width: 32) { _, entry in .init(entry.unit) },
        .init("Jumlah item", key: "jumlah_item", kind: .number, width: 16) { _, entry in
            entry.items.map { .number($0) } ?? .empty
        },
        .init("Media", key: "media", width: 20) { _, entry in .init(entry.medium) },
        .init("Kondisi", key: "kondisi", width: 18) { _, entry in .init(entry.condition) },
        .init("Kategori", key: "kategori", width: 18) { _, entry in .init(entry.category) },
        .init("Link alih media", key: "alih_media", width: 36, mayLack: true) { _, entry in .init(entry.scan) },
    ]

    private static let remarkFields: [PaperTable.Field<RecordEntry>] = [
        .init("Ket", key: "keterangan", width: 30, mayLack: true) { _, entry in .init(entry.note) }
    ]
}

extension RecordEntry {
    /// `aktif 3 Tahun, inaktif 4 Tahun`; nil where neither period is known.
    fileprivate var keeping: String? {
        let parts = [activePeriod.map { "aktif " + $0 }, inactivePeriod.map { "inaktif " + $0 }].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
