package import RecordsModel

/// One record that was converted to another medium (alih media).
package struct ConvertedRecord: Hashable, Sendable {
    /// The record.
    package var entry: RecordEntry
    /// What it was on (semula).
    package var from: String?
    /// What it is on now as well (menjadi), with format and resolution.
    package var into: String?
    /// What it was converted with (alat).
    package var device: String?
    /// When (waktu).
    package var date: CivilDate?
    /// What tells the copy: where it is, or its SHA-256 (tautan).
    package var link: String?

    /// A conversion of which no more is known than the record.
    package init(_ entry: RecordEntry) { self.entry = entry }
}

/// What the minutes of a conversion ask for beside the records.
package struct ConversionAct: Hashable, Sendable {
    /// The day, or the days, on which it was done (waktu pelaksanaan); nil for the paper's day.
    package var time: String?
    /// Where (tempat).
    package var place: String?
    /// From which kind of medium to which (jenis media).
    package var media: String?
    /// How it was done (keterangan proses).
    package var process: String?
    /// Who did it (pelaksana).
    package var operators: [Signer] = []
    /// The head of the unit pengolah, who signs.
    package var unitHead: Signer?
    /// The unit pengolah.
    package var unit: String?

    /// An act of which nothing is told yet.
    package init() {}
}

extension Paper {
    /// The forms of a list of converted records.
    package enum ConversionForm: String, Hashable, Sendable, CaseIterable {
        /// That of the supervision form: unit pengolah, nomor urut, jenis, jumlah, kurun waktu, keterangan.
        case national = "nasional"
        /// That of offices: from what, to what, with what, when, and the link.
        case office = "kantor"
    }

    /// Berita Acara Alih Media with its list (`domain.md` 4.4); it says that the original is kept (`domain.md` 1).
    package static func conversionMinutes(
        _ records: [ConvertedRecord],
        _ act: ConversionAct,
        form: ConversionForm = .national,
        frame: PaperFrame
    ) -> Paper {
        let entries = records.map(\.entry)
        var paper = Paper(.conversionMinutes, frame)
        let place = act.place.map { "bertempat di \($0), " } ?? ""
        paper.opening = [
            "Pada hari ini \(IndonesianWords.dayAloud(frame.date)), \(place)telah dilaksanakan alih media arsip "
                + "sebanyak \(entries.counted), sebagaimana tercantum dalam daftar terlampir."
        ]
        let operators = act.operators.map(\.name).joined(separator: ", ")
        paper.facts = [
            Fact("waktu", "Waktu pelaksanaan", act.time ?? IndonesianWords.day(frame.date)),
            Fact("tempat_pelaksanaan", "Tempat", act.place),
            Fact("jenis_media", "Jenis media", act.media),
            Fact("jumlah", "Jumlah arsip", entries.counted),
            Fact("proses", "Keterangan proses", act.process),
            Fact("pelaksana", "Pelaksana", operators),
        ]
        paper.closing = [
            "Arsip asli tetap disimpan di tempatnya; alih media tidak menjadi dasar pemusnahan arsip asli.",
            "Berita Acara ini dibuat untuk dipergunakan sebagaimana mestinya.",
        ]
        paper.tables = [conversionTable(records, act, form)]
        paper.signatures = [SignatureBlock("Pimpinan Unit Pengolah", act.unitHead)]
        paper.signatures += (act.operators.isEmpty ? [nil] : act.operators.map(Optional.some)).map {
            SignatureBlock("Pelaksana", $0)
        }
        paper.attachments = [Attachment("Daftar Arsip Alih Media")]
        return paper
    }

    /// Daftar Arsip Alih Media alone (`domain.md` 4.4).
    package static func conversionList(
        _ records: [ConvertedRecord],
        _ act: ConversionAct,
        form: ConversionForm = .national,
        frame: PaperFrame
    ) -> Paper {
        var paper = Paper(.conversionList, frame)
        paper.facts = [Fact("unit_pengolah", "Unit pengolah", act.unit)]
        paper.tables = [conversionTable(records, act, form)]
        paper.signatures = [SignatureBlock("Pimpinan Unit Pengolah", act.unitHead)]
        return paper
    }

    private static func conversionTable(
        _ records: [ConvertedRecord],
        _ act: ConversionAct,
        _ form: ConversionForm
    ) -> PaperTable {
        PaperTable(
            id: "alih-media",
            title: "Daftar Arsip Alih Media",
            fields: form == .national ? nationalFields(unit: act.unit) : officeFields,
            items: records,
            totals: records.map(\.entry).totals
        )
    }

    private static func nationalFields(unit: String?) -> [PaperTable.Field<ConvertedRecord>] {
        [
            .init("Unit pengolah", key: "unit_pengolah", width: 38) { _, record in .init(unit ?? record.entry.unit) },
            .numbering("Nomor urut"),
            .init("Jenis arsip", key: "jenis_arsip", width: 55) { _, record in .text(record.entry.kindAndTitle) },
            .init("Jumlah arsip", key: "jumlah", width: 20) { _, record in .init(record.entry.quantity?.words) },
            .init("Kurun waktu", key: "kurun_waktu", kind: .number, width: 18) { _, record in record.entry.yearsCell },
            .init("Keterangan", key: "keterangan", width: 34) { _, record in
                record.entry.remark(record.entry.location, record.link)
            },
        ]
    }

    private static let officeFields: [PaperTable.Field<ConvertedRecord>] = [
        .numbering(),
        .init("Jenis arsip", key: "jenis_arsip", width: 60) { _, record in .text(record.entry.kindAndTitle) },
        .init("Semula", key: "semula", width: 25) { _, record in .init(record.from) },
        .init("Menjadi", key: "menjadi", width: 35) { _, record in .init(record.into) },
        .init("Jumlah", key: "jumlah", width: 20) { _, record in .init(record.entry.quantity?.words) },
        .init("Alat", key: "alat", width: 30) { _, record in .init(record.device) },
        .init("Waktu", key: "waktu", kind: .date, width: 30) { _, record in .init(record.date) },
        .init("Ket", key: "keterangan", width: 36) { _, record in record.entry.remark(record.entry.location) },
        .init("Tautan", key: "tautan", width: 40) { _, record in .init(record.link) },
    ]
}
