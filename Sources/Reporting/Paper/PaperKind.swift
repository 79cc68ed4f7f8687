/// The papers of the office, by stable names that commands, files and templates use.
package enum PaperKind: String, Hashable, Sendable, CaseIterable {
    /// Daftar Arsip Usul Musnah.
    case proposedDestruction = "daftar-arsip-usul-musnah"
    /// Berita Acara Pemusnahan, with the list of what was destroyed.
    case destructionMinutes = "berita-acara-pemusnahan"
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

    /// The papers that look alike, and share a template where the office has made none of its own for the kind.
    package enum Family: String, Hashable, Sendable, CaseIterable {
        /// A list or a report: title, paragraphs, facts, tables, signatures.
        case list = "daftar"
        /// Minutes: paragraphs, facts and signatures on upright sheets, the lists behind them.
        case minutes = "berita-acara"
    }

    /// The paper's title.
    package var title: String {
        switch self {
        case .proposedDestruction: "Daftar Arsip Usul Musnah"
        case .destructionMinutes: "Berita Acara Pemusnahan Arsip"
        case .proposedDeposit: "Daftar Arsip Usul Serah"
        case .depositMinutes: "Berita Acara Penyerahan Arsip Statis"
        case .proposedMove: "Daftar Arsip Usul Pindah"
        case .moveMinutes: "Berita Acara Pemindahan Arsip Inaktif"
        case .retentionAudit: "Laporan Audit Retensi Arsip"
        }
    }

    /// What it looks like.
    package var family: Family {
        switch self {
        case .proposedDestruction, .proposedDeposit, .proposedMove, .retentionAudit: .list
        case .destructionMinutes, .depositMinutes, .moveMinutes: .minutes
        }
    }

    /// Whether the form has a number of its own, so that its absence is a gap.
    package var asksForNumber: Bool { family == .minutes }
}
