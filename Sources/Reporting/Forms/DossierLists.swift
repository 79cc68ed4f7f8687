import RecordsModel

/// What the office's lists say of one dossier (berkas).
package struct DossierEntry: Hashable, Sendable {
    /// Its number (nomor berkas).
    package let number: String
    /// The unit that keeps it (unit pengolah).
    package var unit: String?
    /// The classification code.
    package var code: String?
    /// What it is about (uraian informasi berkas).
    package var title: String?
    /// The years that it spans (kurun waktu), in words.
    package var years: String?
    /// How much there is of it (jumlah), in words.
    package var quantity: String?
    /// A remark (keterangan).
    package var note: String?

    /// A dossier of which no more is known than its number.
    package init(_ number: String) { self.number = number }

    /// The dossiers of records, in the order in which they come, each with what its records say together.
    ///
    /// Codes that differ within a dossier are all named. A record without a dossier is left out of this list.
    package static func gathered(_ entries: [RecordEntry], unit: String?) -> [DossierEntry] {
        var order: [ExactText] = []
        var members: [ExactText: [RecordEntry]] = [:]
        for entry in entries {
            guard let dossier = entry.dossier else { continue }
            let key = ExactText(dossier)
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(entry)
        }
        return order.map { key in
            let own = members[key] ?? []
            var dossier = DossierEntry(key.text)
            dossier.unit = unit ?? own.compactMap(\.unit).first
            dossier.code = distinct(own.compactMap(\.code))
            dossier.title = "Berkas \(key.text)"
            dossier.years = own.years
            dossier.quantity = own.quantities ?? "\(own.count) arsip"
            dossier.note = distinct(own.compactMap(\.location))
            return dossier
        }
    }

    /// Texts that differ, in the order in which they come; nil where there is none.
    package static func distinct(_ texts: [String]) -> String? {
        var seen: Set<ExactText> = []
        let different = texts.filter { !PaperText.isBlank($0) && seen.insert(ExactText($0)).inserted }
        return different.isEmpty ? nil : different.joined(separator: ", ")
    }
}

extension PaperTable {
    /// A table of records with their count, and their quantities by unit, below it.
    static func records(_ title: String, _ fields: [Field<RecordEntry>], _ entries: [RecordEntry]) -> PaperTable {
        PaperTable(id: "arsip", title: title, fields: fields, items: entries, totals: entries.totals)
    }

    /// Daftar Berkas (`domain.md` 4.4), seven columns.
    static func dossiers(_ dossiers: [DossierEntry], totals: [Total] = []) -> PaperTable {
        let fields: [Field<DossierEntry>] = [
            .init("Unit pengolah", key: "unit_pengolah", width: 45) { _, dossier in .init(dossier.unit) },
            .init("Nomor berkas", key: "nomor_berkas", width: 28) { _, dossier in .text(dossier.number) },
            .init("Kode klasifikasi", key: "kode_klasifikasi", width: 28) { _, dossier in .init(dossier.code) },
            .init("Uraian informasi berkas", key: "uraian", width: 75) { _, dossier in .init(dossier.title) },
            .init("Kurun waktu", key: "kurun_waktu", width: 22) { _, dossier in .init(dossier.years) },
            .init("Jumlah", key: "jumlah", width: 25) { _, dossier in .init(dossier.quantity) },
            .init("Keterangan", key: "keterangan", width: 45, mayLack: true) { _, dossier in .init(dossier.note) },
        ]
        return PaperTable(id: "daftar-berkas", title: "Daftar Berkas", fields: fields, items: dossiers, totals: totals)
    }

    /// Daftar Isi Berkas (`domain.md` 4.4), seven columns.
    static func contents(_ entries: [RecordEntry], totals: [Total] = []) -> PaperTable {
        let fields: [Field<RecordEntry>] = [
            .init("Nomor berkas", key: "nomor_berkas", width: 28) { _, entry in .init(entry.dossier) },
            .init("Nomor item arsip", key: "nomor_item", width: 36) { _, entry in
                .text(entry.item ?? entry.record.description)
            },
            .init("Kode klasifikasi", key: "kode_klasifikasi", width: 28) { _, entry in .init(entry.code) },
            .init("Uraian informasi arsip", key: "uraian", width: 75) { _, entry in .text(entry.kindAndTitle) },
            .init("Tanggal", key: "tanggal", kind: .date, width: 30) { _, entry in .init(entry.date) },
            .init("Jumlah", key: "jumlah", width: 25) { _, entry in .init(entry.quantity?.words) },
            .init("Keterangan", key: "keterangan", width: 45, mayLack: true) { _, entry in
                let remarks = [entry.originality, entry.location, entry.note].compactMap(\.self)
                return .init(remarks.first { !PaperText.isBlank($0) })
            },
        ]
        return PaperTable(
            id: "daftar-isi-berkas",
            title: "Daftar Isi Berkas",
            fields: fields,
            items: entries,
            totals: totals
        )
    }
}
