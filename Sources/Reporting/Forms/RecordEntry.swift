package import Disposal
package import RecordsModel

/// How much there is of something on paper, such as `2 berkas`.
package struct Quantity: Hashable, Sendable {
    /// How many; from 0.
    package var count: Int
    /// Of what: `berkas`, `lembar`, `buku`, `boks`.
    package var unit: String

    /// A quantity out of its parts.
    package init(_ count: Int, _ unit: String) {
        self.count = count
        self.unit = unit
    }

    /// `2 berkas`.
    package var words: String { "\(count) \(unit)" }
}

/// What the office's forms say of one record (`domain.md`, section 4.4).
///
/// What nobody has told is nil, and leaves its column empty.
package struct RecordEntry: Hashable, Sendable {
    /// The record.
    package let record: RecordID
    /// The title (uraian informasi).
    package var title: String
    /// What kind of record it is (jenis arsip): the name of its document type.
    package var kindOfRecord: String?
    /// The unit that it comes from (unit pengolah).
    package var unit: String?
    /// The classification code, verbatim.
    package var code: String?
    /// The document's own number, verbatim.
    package var number: String?
    /// The date on the document.
    package var date: CivilDate?
    /// The years that it spans (kurun waktu).
    package var years: ClosedRange<Int>?
    /// How much there is of it (jumlah).
    package var quantity: Quantity?
    /// How many items it has (jumlah item).
    package var items: Int?
    /// How original it is (tingkat perkembangan): `asli`, `salinan`, `tembusan`, `kombinasi`.
    package var originality: String?
    /// What it is on (media): `kertas`, `elektronik`.
    package var medium: String?
    /// How it is (kondisi): `baik`, `rapuh`, `rusak`.
    package var condition: String?
    /// Where it lies (lokasi): room, shelf, box, folder.
    package var location: String?
    /// Its category (kategori): `vital`, `terjaga`, `biasa`.
    package var category: String?
    /// Its security class (klasifikasi keamanan).
    package var access: String?
    /// The dossier that it belongs to (nomor berkas).
    package var dossier: String?
    /// Its number within the dossier (nomor item arsip).
    package var item: String?
    /// On which schedule its fate stands (JRA).
    package var schedule: String?
    /// The active period in the schedule's words.
    package var activePeriod: String?
    /// The inactive period in the schedule's words.
    package var inactivePeriod: String?
    /// The final disposition in the schedule's words (nasib akhir).
    package var fate: String?
    /// What tells its scan (link alih media).
    package var scan: String?
    /// A remark (keterangan).
    package var note: String?

    /// An entry of which no more is known than record and title.
    package init(_ record: RecordID, title: String) {
        self.record = record
        self.title = title
    }

    /// What was said of a record when it was filed.
    ///
    /// - Parameters:
    ///   - record: the record.
    ///   - description: what was said.
    ///   - kindOfRecord: the name of the document type; its id stands in the description.
    package init(_ record: RecordID, _ description: RecordDescription, kindOfRecord: String? = nil) {
        self.init(record, title: description.title)
        self.kindOfRecord = kindOfRecord ?? description.type
        unit = description.unit
        code = description.classification
        number = description.number
        date = description.date
        years = description.year...description.year
        location = description.location
        access = description.access
        note = description.note
    }

    /// What is left of a record that was removed.
    package init(_ stone: Tombstone, kindOfRecord: String? = nil) {
        if let last = stone.versions.last {
            self.init(stone.record, last.description, kindOfRecord: kindOfRecord)
        } else {
            self.init(stone.record, title: "")
        }
        code = stone.code ?? code
        dossier = stone.dossier
        schedule = stone.rule.row
    }

    /// What a frozen list says of a record, and no more.
    package init(_ item: DisposalItem) {
        self.init(item.record, title: item.title)
        fill(from: item)
    }

    /// The entry with what a frozen list says, where it says nothing itself; the list's code is the one in force.
    mutating func fill(from item: DisposalItem) {
        if PaperText.isBlank(title) { title = item.title }
        code = item.code ?? code
        dossier = dossier ?? item.dossier
        schedule = schedule ?? item.row
        note = [item.note, note].compactMap(\.self).first { !PaperText.isBlank($0) }
        years = years ?? (item.record.year...item.record.year)
    }

    /// `2018`, `2018-2020`, as a cell.
    var yearsCell: PaperTable.Cell {
        guard let years else { return .empty }
        return years.count == 1 ? .number(years.lowerBound) : .text("\(years.lowerBound)-\(years.upperBound)")
    }

    /// The remark with what tells one record from another: its accession number, and what no other column of a short form
    /// has.
    func remark(_ parts: String?...) -> PaperTable.Cell {
        let said = [record.description] + parts.compactMap(\.self) + [note].compactMap(\.self)
        return .text(said.filter { !PaperText.isBlank($0) }.joined(separator: "; "))
    }
}

extension [RecordEntry] {
    /// The years that all of them span: `2018`, `2018-2020`; nil where none has any.
    package var years: String? {
        let known = compactMap(\.years)
        guard let first = known.map(\.lowerBound).min(), let last = known.map(\.upperBound).max() else { return nil }
        return first == last ? String(first) : "\(first)-\(last)"
    }

    /// All quantities, added by their unit in the order in which units come: `3 berkas, 12 lembar`; nil where none has any.
    var quantities: String? {
        var units: [String] = []
        var sums: [String: Int] = [:]
        for quantity in compactMap(\.quantity) {
            if sums[quantity.unit] == nil { units.append(quantity.unit) }
            let (sum, isTooLarge) = sums[quantity.unit, default: 0].addingReportingOverflow(quantity.count)
            sums[quantity.unit] = isTooLarge ? .max : sum
        }
        return units.isEmpty ? nil : units.map { "\(sums[$0, default: 0]) \($0)" }.joined(separator: ", ")
    }

    /// `12 (dua belas) arsip dalam 1 (satu) berkas`.
    var counted: String {
        let dossiers = Set(compactMap(\.dossier).map { ExactText($0) }).count
        let within = dossiers == 0 ? "" : " dalam \(IndonesianWords.counted(dossiers)) berkas"
        return "\(IndonesianWords.counted(count)) arsip\(within)"
    }

    /// The lines below a list.
    var totals: [PaperTable.Total] {
        let quantities = quantities.map { [PaperTable.Total("Jumlah menurut satuan", $0)] } ?? []
        return [PaperTable.Total("Jumlah arsip", counted)] + quantities
    }
}
