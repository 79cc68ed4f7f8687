package import RecordsModel

/// A sentence in both languages of an explanation.
package struct BilingualText: Hashable, Sendable, Codable {
    /// In English.
    package var english: String
    /// In Indonesian.
    package var indonesian: String

    /// A text out of its parts.
    package init(english: String, indonesian: String) {
        self.english = english
        self.indonesian = indonesian
    }

    /// One text behind the other, in both languages.
    package static func + (left: BilingualText, right: BilingualText) -> BilingualText {
        BilingualText(english: left.english + right.english, indonesian: left.indonesian + right.indonesian)
    }

    /// The same in both languages.
    init(both text: String) { self.init(english: text, indonesian: text) }
}

/// Dates, periods and actions as they are read aloud.
package enum RetentionWords {
    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let indonesianMonths = [
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
        "Desember",
    ]

    /// `3 January 2013`, `3 Januari 2013`; years have four digits (R12).
    package static func day(_ date: CivilDate) -> BilingualText {
        func written(_ months: [String]) -> String {
            "\(date.day) \(months[date.month - 1]) " + CivilDate.padded(date.year, to: 4)
        }
        return BilingualText(english: written(englishMonths), indonesian: written(indonesianMonths))
    }

    /// A date, or that it lies behind the calendar.
    static func day(_ date: CivilDate?) -> BilingualText {
        guard let date else {
            return BilingualText(english: "a day after the year 9999", indonesian: "hari sesudah tahun 9999")
        }
        return day(date)
    }

    /// `2 years`, `2 tahun`.
    static func period(_ period: Period) -> BilingualText {
        if period.isNone { return BilingualText(english: "no period", indonesian: "tanpa jangka simpan") }
        let words =
            switch period.unit {
            case .days: ("day", "hari")
            case .weeks: ("week", "minggu")
            case .months: ("month", "bulan")
            case .years: ("year", "tahun")
            }
        let english = "\(period.count) \(words.0)" + (period.count == 1 ? "" : "s")
        return BilingualText(english: english, indonesian: "\(period.count) \(words.1)")
    }

    /// What is to be done.
    static func action(_ action: RetentionAction) -> BilingualText {
        switch action {
        case .destroy:
            BilingualText(english: "it may be proposed for destruction", indonesian: "dapat diusulkan musnah")
        case .transfer:
            BilingualText(
                english: "it is to be handed over to the archives and kept for ever",
                indonesian: "diusulkan serah ke lembaga kearsipan dan disimpan permanen"
            )
        case .review:
            BilingualText(english: "it is to be appraised again", indonesian: "dinilai kembali")
        case .decide:
            BilingualText(
                english: "a person decides, since the rule has an exception",
                indonesian: "diputuskan oleh petugas karena aturannya memuat pengecualian"
            )
        }
    }

    /// What a cut-off does.
    static func cutoff(_ cutoff: Cutoff) -> BilingualText {
        switch cutoff {
        case .none: BilingualText(english: "without a cut-off", indonesian: "tanpa tutup buku")
        case .month: BilingualText(english: "at the end of the month", indonesian: "pada akhir bulan")
        case .quarter: BilingualText(english: "at the end of the quarter", indonesian: "pada akhir triwulan")
        case .year: BilingualText(english: "at the end of the year", indonesian: "pada akhir tahun")
        case .fiscal: BilingualText(english: "at the end of the fiscal year", indonesian: "pada akhir tahun anggaran")
        }
    }

    /// The event of a kind on a day.
    static func event(_ kind: TriggerKind, _ date: CivilDate) -> BilingualText {
        let day = day(date)
        if kind.source == .document {
            return BilingualText(
                english: "\(kind.english) is \(day.english)",
                indonesian: "\(kind.indonesian) \(day.indonesian)"
            )
        }
        return BilingualText(
            english: "\(kind.english) on \(day.english)",
            indonesian: "\(kind.indonesian) pada \(day.indonesian)"
        )
    }
}
