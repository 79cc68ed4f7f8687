package import RecordsModel

/// Dates and numbers as the office's papers write them.
package enum IndonesianWords {
    private static let months = [
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
        "Desember",
    ]
    private static let weekdays = ["Kamis", "Jumat", "Sabtu", "Minggu", "Senin", "Selasa", "Rabu"]
    private static let digits = [
        "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
    ]

    /// The month's name; `month` is 1 to 12 in every civil date.
    package static func month(_ date: CivilDate) -> String { months[(date.month - 1) % 12] }

    /// `24 November 2026`; the year has four digits (R12).
    package static func day(_ date: CivilDate) -> String {
        "\(date.day) \(month(date)) " + CivilDate.padded(date.year, to: 4)
    }

    /// `Selasa`.
    package static func weekday(_ date: CivilDate) -> String {
        // 1 January 1970 was a Thursday.
        weekdays[((date.daysSinceEpoch % 7) + 7) % 7]
    }

    /// `Selasa, tanggal dua puluh empat bulan November tahun dua ribu dua puluh enam`, as minutes begin.
    package static func dayAloud(_ date: CivilDate) -> String {
        "\(weekday(date)), tanggal \(number(date.day)) bulan \(month(date)) tahun \(number(date.year))"
    }

    /// `dua puluh empat`; a negative number is `minus …`.
    ///
    /// `se-` stands for one before ten to nineteen, hundred and thousand, and not before million and above.
    package static func number(_ value: Int) -> String {
        if value == 0 { return digits[0] }
        var rest = value.magnitude
        var groups: [UInt] = []
        while rest > 0 {
            groups.append(rest % 1000)
            rest /= 1000
        }
        let names = ["", " ribu", " juta", " miliar", " triliun", " kuadriliun", " kuintiliun"]
        var words: [String] = value < 0 ? ["minus"] : []
        for (place, group) in groups.enumerated().reversed() where group > 0 {
            words.append(place == 1 && group == 1 ? "seribu" : belowThousand(Int(group)) + names[place])
        }
        return words.joined(separator: " ")
    }

    /// `12 (dua belas)`, as minutes write counts.
    package static func counted(_ value: Int) -> String { "\(value) (\(number(value)))" }

    private static func belowThousand(_ value: Int) -> String {
        var words: [String] = []
        let (hundreds, rest) = value.quotientAndRemainder(dividingBy: 100)
        if hundreds == 1 { words.append("seratus") } else if hundreds > 1 { words.append(digits[hundreds] + " ratus") }
        switch rest {
        case 0: break
        case 1...9: words.append(digits[rest])
        case 10: words.append("sepuluh")
        case 11: words.append("sebelas")
        case 12...19: words.append(digits[rest - 10] + " belas")
        default:
            words.append(digits[rest / 10] + " puluh")
            if rest % 10 > 0 { words.append(digits[rest % 10]) }
        }
        return words.joined(separator: " ")
    }
}
