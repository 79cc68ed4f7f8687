/// The columns of a schedule's file, with the names that offices give them.
enum ScheduleColumn: String, CaseIterable {
    /// The classification code that the row is about.
    case code
    /// The kind of record, in the regulation's words.
    case title
    /// Document types of the procedure that the row is limited to.
    case types
    /// What the row covers and what it does not.
    case description
    /// How long the record is active, with the unit.
    case active
    /// How long it is inactive after that, with the unit.
    case inactive
    /// The end of a year, quarter or month to which the beginning is moved.
    case cutoff
    /// The event that starts the clock, as a phrase.
    case trigger
    /// What becomes of the record: destroyed, kept for good, or looked at again.
    case disposition
    /// The regulation that says so.
    case basis
    /// Whether a draft goes by the dates of its year's plan.
    case drafts
    /// Whether the row is a sample, on which nothing may be destroyed.
    case sample

    /// The names in a header, in lower case with single spaces.
    private var names: [String] {
        switch self {
        case .code: ["code", "kode", "kode klasifikasi", "classification", "klasifikasi"]
        case .title: ["title", "jenis arsip", "kode/jenis arsip", "jenis/seri arsip", "judul"]
        case .types: ["types", "type", "jenis dokumen", "tipe"]
        case .description: ["description", "scope", "scope note", "uraian", "ruang lingkup", "catatan"]
        case .active: ["active", "aktif", "retensi aktif", "jangka simpan aktif"]
        case .inactive: ["inactive", "inaktif", "retensi inaktif", "jangka simpan inaktif"]
        case .cutoff: ["cutoff", "cut-off", "cut off", "tutup buku"]
        case .trigger: ["trigger", "pemicu"]
        case .disposition: ["disposition", "nasib akhir", "status akhir", "keterangan"]
        case .basis: ["basis", "legal basis", "mandate", "dasar hukum", "dasar"]
        case .drafts: ["drafts", "draft", "draf", "draf mengikuti rkt"]
        case .sample: ["sample", "contoh"]
        }
    }

    /// Whether a schedule without it is none, and a row without it has a fault.
    var isMandatory: Bool {
        switch self {
        case .code, .title, .active, .inactive, .disposition, .basis: true
        case .types, .description, .cutoff, .trigger, .drafts, .sample: false
        }
    }

    /// The column that a header names, and the unit that it gives in brackets: `aktif (tahun)`.
    static func named(_ header: String) -> (ScheduleColumn, Period.Unit?)? {
        var name = header.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        var unit: Period.Unit?
        if let open = name.firstIndex(of: "("), name.hasSuffix(")") {
            let inside = name[name.index(after: open)...].dropLast()
            switch inside {
            case "tahun", "thn", "years": unit = .years
            case "bulan", "bln", "months": unit = .months
            default: return nil
            }
            name = ScheduleText.trimmed(String(name[..<open]))
        }
        guard let column = allCases.first(where: { $0.names.contains(name) }) else { return nil }
        let isPeriod = column == .active || column == .inactive
        return isPeriod || unit == nil ? (column, unit) : nil
    }
}
