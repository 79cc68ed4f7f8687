extension DisposalPaper {
    /// Daftar Arsip Usul Musnah (`domain.md` 4.4), signed by the heads of the unit kearsipan and of the unit pengolah.
    ///
    /// National form: No, Jenis arsip, Tahun, Jumlah, Tingkat perkembangan, Keterangan.
    package func proposedDestruction(
        form: ListForm = .national,
        recordsUnitHead: Signer?,
        unitHead: Signer?
    ) -> Paper {
        let fields = form == .national ? Self.destructionFields : Self.ministryFields
        return list(.proposedDestruction, fields, recordsUnitHead: recordsUnitHead, unitHead: unitHead)
    }

    /// Daftar Arsip Usul Serah (`domain.md` 4.4): No, Kode, Uraian, Kurun waktu, Jumlah, Ket in the national form.
    package func proposedDeposit(
        form: ListForm = .national,
        recordsUnitHead: Signer?,
        unitHead: Signer?
    ) -> Paper {
        let fields = form == .national ? Self.depositFields : Self.ministryFields
        return list(.proposedDeposit, fields, recordsUnitHead: recordsUnitHead, unitHead: unitHead)
    }

    /// Daftar Arsip Usul Pindah (`domain.md` 4.4), in the form of ministries: the only one that is known for it.
    package func proposedMove(recordsUnitHead: Signer?, unitHead: Signer?) -> Paper {
        list(.proposedMove, Self.ministryFields, recordsUnitHead: recordsUnitHead, unitHead: unitHead)
    }

    private func list(
        _ kind: PaperKind,
        _ fields: [PaperTable.Field<RecordEntry>],
        recordsUnitHead: Signer?,
        unitHead: Signer?
    ) -> Paper {
        let entries = proposed
        var paper = Paper(kind, frame)
        paper.facts = head
        paper.code = codeText
        paper.tables = [.records("Daftar arsip", fields, entries)]
        paper.closing = doers
        paper.signatures = [
            SignatureBlock("Kepala Unit Kearsipan", recordsUnitHead),
            SignatureBlock("Kepala Unit Pengolah", unitHead),
        ]
        return paper
    }

    /// The six columns of a list of what is, or was, to be destroyed.
    static let destructionFields: [PaperTable.Field<RecordEntry>] = [
        .numbering(),
        .init("Jenis arsip", key: "jenis_arsip", width: 58) { _, entry in .text(entry.kindAndTitle) },
        .init("Tahun", key: "tahun", kind: .number, width: 17) { _, entry in entry.yearsCell },
        .init("Jumlah", key: "jumlah", width: 20) { _, entry in .init(entry.quantity?.words) },
        .init("Tingkat perkembangan", key: "tingkat_perkembangan", width: 30) { _, entry in .init(entry.originality) },
        .init("Keterangan", key: "keterangan", width: 40) { _, entry in
            entry.remark(entry.code, entry.location, entry.condition)
        },
    ]

    /// The six columns of a list of what is, or was, handed over.
    static let depositFields: [PaperTable.Field<RecordEntry>] = [
        .numbering(),
        .init("Kode", key: "kode", width: 24) { _, entry in .init(entry.code) },
        .init("Uraian", key: "uraian", width: 65) { _, entry in .text(entry.kindAndTitle) },
        .init("Kurun waktu", key: "kurun_waktu", kind: .number, width: 20) { _, entry in entry.yearsCell },
        .init("Jumlah", key: "jumlah", width: 20) { _, entry in .init(entry.quantity?.words) },
        .init("Ket", key: "keterangan", width: 36) { _, entry in
            entry.remark(entry.originality, entry.location, entry.condition)
        },
    ]

    /// The ten columns of ministries.
    static let ministryFields: [PaperTable.Field<RecordEntry>] = [
        .numbering(),
        .init("Kode", key: "kode", width: 24) { _, entry in .init(entry.code) },
        .init("Jenis arsip", key: "jenis_arsip", width: 65) { _, entry in .text(entry.kindAndTitle) },
        .init("Kurun waktu", key: "kurun_waktu", kind: .number, width: 20) { _, entry in entry.yearsCell },
        .init("Jumlah", key: "jumlah", width: 20) { _, entry in .init(entry.quantity?.words) },
        .init("Tk. perkembangan", key: "tingkat_perkembangan", width: 30) { _, entry in .init(entry.originality) },
        .init("JRA", key: "jra", width: 25) { _, entry in .init(entry.schedule) },
        .init("Retensi aktif", key: "retensi_aktif", width: 27) { _, entry in .init(entry.activePeriod) },
        .init("Retensi inaktif", key: "retensi_inaktif", width: 27) { _, entry in .init(entry.inactivePeriod) },
        .init("Ket", key: "keterangan", width: 36) { _, entry in
            entry.remark(entry.fate, entry.location, entry.condition)
        },
    ]
}

extension RecordEntry {
    /// `Perjanjian Kinerja: Perjanjian Kinerja 2018`: the kind, and the title where it says more.
    var kindAndTitle: String {
        guard let kindOfRecord, !PaperText.isBlank(kindOfRecord) else { return title }
        if PaperText.isBlank(title) || title.utf8.elementsEqual(kindOfRecord.utf8) { return kindOfRecord }
        return title.utf8.starts(with: kindOfRecord.utf8) ? title : "\(kindOfRecord): \(title)"
    }
}
