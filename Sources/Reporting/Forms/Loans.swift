package import RecordsModel

/// A loan of paper originals, as its form has it (`domain.md` 4.4).
package struct LoanEntry: Hashable, Sendable {
    /// Who borrows (peminjam); the NIP is optional.
    package var borrower: Signer?
    /// The borrower's unit.
    package var unit: String?
    /// How the borrower is reached (kontak).
    package var contact: String?
    /// What for (keperluan).
    package var purpose: String?
    /// The day on which it goes out (tanggal pinjam).
    package var out: CivilDate?
    /// The day on which it must be back (tanggal wajib kembali).
    package var due: CivilDate?
    /// The day on which it came back; nil while it is out.
    package var back: CivilDate?
    /// What proves that the loan was allowed (bukti persetujuan).
    package var approval: String?
    /// A remark (catatan).
    package var note: String?
    /// What is lent, each with the number of its pages.
    package var items: [Item]

    /// One thing that is lent.
    package struct Item: Hashable, Sendable {
        /// The record, with the place that it comes from.
        package var entry: RecordEntry
        /// How many pages it has (jumlah halaman).
        package var pages: Int?

        /// A thing out of its parts.
        package init(_ entry: RecordEntry, pages: Int? = nil) {
            self.entry = entry
            self.pages = pages
        }
    }

    /// A loan of which no more is known than what is lent.
    package init(_ items: [Item]) { self.items = items }
}

extension Paper {
    /// The loan form (formulir peminjaman arsip).
    package static func loanForm(_ loan: LoanEntry, frame: PaperFrame, keeper: Signer?) -> Paper {
        var paper = Paper(.loanForm, frame)
        paper.facts = [
            Fact("peminjam", "Peminjam", loan.borrower?.name),
            Fact("nip", "NIP", loan.borrower?.nip, mayLack: true),
            Fact("unit", "Unit kerja", loan.unit),
            Fact("kontak", "Kontak", loan.contact),
            Fact("keperluan", "Keperluan", loan.purpose),
            Fact("tanggal_pinjam", "Tanggal pinjam", loan.out.map(IndonesianWords.day)),
            Fact("tanggal_wajib_kembali", "Tanggal wajib kembali", loan.due.map(IndonesianWords.day)),
            Fact("bukti_persetujuan", "Bukti persetujuan", loan.approval),
            Fact("catatan", "Catatan", loan.note, mayLack: true),
            Fact("tanggal_kembali", "Tanggal kembali", loan.back.map(IndonesianWords.day), mayLack: true),
        ]
        let fields: [PaperTable.Field<LoanEntry.Item>] = [
            .numbering(),
            .init("Nomor arsip", key: "nomor_arsip", width: 35) { _, item in .text(item.entry.record.description) },
            .init("Berkas", key: "berkas", width: 25) { _, item in .init(item.entry.dossier) },
            .init("Uraian", key: "uraian", width: 50) { _, item in .text(item.entry.kindAndTitle) },
            .init("Lokasi asal", key: "lokasi", width: 35) { _, item in .init(item.entry.location) },
            .init("Jumlah halaman", key: "jumlah_halaman", kind: .number, width: 20) { _, item in
                item.pages.map { .number($0) } ?? .empty
            },
        ]
        let pages = loan.items.compactMap(\.pages)
        let totals = pages.isEmpty ? [] : [PaperTable.Total("Jumlah halaman", String(pages.reduce(0, &+)))]
        paper.tables = [
            PaperTable(id: "arsip", title: "Arsip yang dipinjam", fields: fields, items: loan.items, totals: totals)
        ]
        paper.signatures = [
            SignatureBlock("Petugas arsip", keeper), SignatureBlock("Peminjam", loan.borrower),
        ]
        return paper
    }

    /// The card in the empty place of what is lent (out indicator), on A5.
    ///
    /// - Parameters:
    ///   - loan: the loan.
    ///   - print: how often the card was printed, this time counted: each print is in the ledger.
    ///   - frame: what every paper has; the sheet is always A5.
    /// - Returns: the paper.
    package static func outIndicator(_ loan: LoanEntry, print: Int, frame: PaperFrame) -> Paper {
        var card = frame
        card.sheet = .a5
        var paper = Paper(.outIndicator, card)
        paper.facts = [
            Fact("peminjam", "Peminjam", loan.borrower?.name),
            Fact("unit", "Unit kerja", loan.unit),
            Fact("tanggal_pinjam", "Tanggal pinjam", loan.out.map(IndonesianWords.day)),
            Fact("tanggal_wajib_kembali", "Tanggal wajib kembali", loan.due.map(IndonesianWords.day)),
            Fact("cetakan", "Cetakan ke", String(print)),
        ]
        let fields: [PaperTable.Field<LoanEntry.Item>] = [
            .numbering(),
            .init("Nomor arsip", key: "nomor_arsip", width: 28) { _, item in .text(item.entry.record.description) },
            .init("Uraian", key: "uraian", width: 45) { _, item in .text(item.entry.kindAndTitle) },
            .init("Lokasi asal", key: "lokasi", width: 30) { _, item in .init(item.entry.location) },
        ]
        paper.tables = [PaperTable(id: "arsip", title: "Sedang dipinjam", fields: fields, items: loan.items)]
        return paper
    }
}
