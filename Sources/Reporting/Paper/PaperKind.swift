/// The papers of the office, by stable names that commands, files and templates use.
package enum PaperKind: String, Hashable, Sendable, CaseIterable {
    /// Daftar Arsip Usul Musnah.
    case proposedDestruction = "daftar-arsip-usul-musnah"
    /// Berita Acara Pemusnahan, with the list of what was destroyed.
    case destructionMinutes = "berita-acara-pemusnahan"
    /// Surat Pertimbangan: what the panitia found, with its members.
    case consideration = "surat-pertimbangan"
    /// Daftar Arsip Usul Serah.
    case proposedDeposit = "daftar-arsip-usul-serah"
    /// Berita Acara Penyerahan, with the list of what was handed over.
    case depositMinutes = "berita-acara-penyerahan"
    /// Daftar Arsip Usul Pindah.
    case proposedMove = "daftar-arsip-usul-pindah"
    /// Berita Acara Pemindahan, with both lists of what was moved.
    case moveMinutes = "berita-acara-pemindahan"
    /// Laporan Audit Retensi.
    case retentionAudit = "laporan-audit-retensi"
    /// Daftar Berkas.
    case dossierList = "daftar-berkas"
    /// Daftar Isi Berkas.
    case contentsList = "daftar-isi-berkas"
    /// Daftar Arsip Aktif.
    case activeList = "daftar-arsip-aktif"
    /// Daftar Arsip Inaktif.
    case inactiveList = "daftar-arsip-inaktif"
    /// Berita Acara Alih Media, with the list of what was converted.
    case conversionMinutes = "berita-acara-alih-media"
    /// Daftar Arsip Alih Media.
    case conversionList = "daftar-arsip-alih-media"
    /// Labels of boxes and folders.
    case labels = "label"
    /// The cover sheet of a dossier.
    case cover = "sampul"
    /// The list of evidence for SAKIP 1.a and 1.b.
    case sakipEvidence = "daftar-bukti-sakip"
    /// The files whose text was not read, or may be wrong.
    case unreadList = "daftar-arsip-belum-terbaca"
    /// The loan form.
    case loanForm = "formulir-peminjaman"
    /// The card in the empty place of what is lent.
    case outIndicator = "kartu-keluar"

    /// The papers that look alike, and share a template where the office has made none of its own for the kind.
    package enum Family: String, Hashable, Sendable, CaseIterable {
        /// A list or a report: title, paragraphs, facts, tables, signatures.
        case list = "daftar"
        /// Minutes: paragraphs, facts and signatures on upright sheets, the lists behind them.
        case minutes = "berita-acara"
        /// Labels: a frame for each row of the table.
        case label = "label"
        /// A cover: facts on an upright sheet, the tables behind them.
        case cover = "sampul"
    }

    /// The paper's title.
    package var title: String {
        switch self {
        case .proposedDestruction: "Daftar Arsip Usul Musnah"
        case .destructionMinutes: "Berita Acara Pemusnahan Arsip"
        case .consideration: "Surat Pertimbangan Panitia Penilai Arsip"
        case .proposedDeposit: "Daftar Arsip Usul Serah"
        case .depositMinutes: "Berita Acara Penyerahan Arsip Statis"
        case .proposedMove: "Daftar Arsip Usul Pindah"
        case .moveMinutes: "Berita Acara Pemindahan Arsip Inaktif"
        case .retentionAudit: "Laporan Audit Retensi Arsip"
        case .dossierList: "Daftar Berkas"
        case .contentsList: "Daftar Isi Berkas"
        case .activeList: "Daftar Arsip Aktif"
        case .inactiveList: "Daftar Arsip Inaktif"
        case .conversionMinutes: "Berita Acara Alih Media"
        case .conversionList: "Daftar Arsip Alih Media"
        case .labels: "Label Boks dan Folder"
        case .cover: "Sampul Berkas"
        case .sakipEvidence: "Daftar Bukti Dukung SAKIP 1.a dan 1.b"
        case .unreadList: "Daftar Arsip yang Belum Terbaca"
        case .loanForm: "Formulir Peminjaman Arsip"
        case .outIndicator: "Kartu Keluar (Out Indicator)"
        }
    }

    /// What it looks like.
    package var family: Family {
        switch self {
        case .destructionMinutes, .depositMinutes, .moveMinutes, .conversionMinutes, .consideration: .minutes
        case .labels: .label
        case .cover: .cover
        case .proposedDestruction, .proposedDeposit, .proposedMove, .retentionAudit, .dossierList, .contentsList,
            .activeList, .inactiveList, .conversionList, .sakipEvidence, .unreadList, .loanForm, .outIndicator:
            .list
        }
    }

    /// Whether the form has a number of its own, so that its absence is a gap.
    package var asksForNumber: Bool { family == .minutes }
}
