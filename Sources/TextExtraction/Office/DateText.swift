/// The names of months and days in a language.
struct DateNames {
    let months: [String]
    let days: [String]

    static let indonesian = DateNames(
        months: [
            "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
            "November", "Desember",
        ],
        days: ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"]
    )
    static let english = DateNames(
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ],
        days: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    )

    private init(months: [String], days: [String]) { (self.months, self.days) = (months, days) }

    /// The names of the language that a code names by its number at Microsoft, or as of BCP 47; nil where others are used.
    init?(_ language: String) {
        let number = UInt32(language, radix: 16).map { $0 & 0x3FF }
        switch (number, language.prefix(2)) {
        case (0x21, _), (nil, "id"): self = .indonesian
        case (0x09, _), (nil, "en"): self = .english
        default: return nil
        }
    }
}

/// A number of a spreadsheet as a date or a time.
struct DateText {
    private let value: Double
    private let countsFrom1904: Bool

    /// Nil where no spreadsheet shows a date: before 1900 and after 9999.
    init?(_ value: Double, countsFrom1904: Bool) {
        guard value >= 0, value < 2_958_466 else { return nil }
        self.value = value
        self.countsFrom1904 = countsFrom1904
    }

    /// The parts of a moment, rounded to what is shown.
    private struct Moment {
        var day: Int
        var ticks: Int
        var civil: (year: Int, month: Int, day: Int)
        var second: Int
        var fraction: Int
    }

    /// What a section of a code shows; where that is a day in another form than that of ISO 8601, both.
    func shown(by section: NumberFormat.Section) -> String {
        var digits = 0
        for case .secondFraction(let count) in section.pieces { digits = count }
        let moment = moment(digits)
        let isHalf = section.pieces.contains { if case .halfDay = $0 { true } else { false } }
        // What the office's own computers say where the code names no language.
        let names = section.language ?? .indonesian
        var text = ""
        for piece in section.pieces {
            switch piece {
            case .literal(let words): text += words
            case .date(let letter, let count): text += part(letter, count, moment, names, isHalf: isHalf)
            case .elapsed(let letter, let count):
                let unit = letter == "h" ? 3600 : letter == "n" ? 60 : 1
                text += Self.padded(moment.ticks / unit, count)
            case .halfDay(let isLong):
                let isMorning = moment.second < 43_200
                text += isLong ? (isMorning ? "AM" : "PM") : (isMorning ? "A" : "P")
            case .secondFraction(let count): text += "." + Self.padded(moment.fraction, count)
            default: break
            }
        }
        text = NumberFormat.tidied(text)
        guard section.hasDay else { return text }
        var plain = Self.iso(moment.civil)
        if text.hasPrefix(plain) || text.contains(plain) { return text }
        let isNamed = section.pieces.contains {
            if case .date(let letter, 3...) = $0 { "md".contains(letter) } else { false }
        }
        if section.isSystemDate || (section.isForeign && isNamed) {
            if section.hasTime { plain += " " + Self.clock(moment.second) }
            return plain
        }
        return text.isEmpty ? plain : "\(text) (\(plain))"
    }

    private func moment(_ digits: Int) -> Moment {
        let scale = [1, 10, 100, 1000][digits]
        let all = Int((value * 86_400 * Double(scale)).rounded())
        let ticks = all / scale
        let whole = ticks / 86_400
        // Days since 1970-01-01. The 29th of February 1900, which never was, is day 60.
        let day = countsFrom1904 ? whole - 24_107 : whole - (whole < 60 ? 25_568 : 25_569)
        return Moment(
            day: day,
            ticks: ticks,
            civil: Self.civilDate(day),
            second: ticks % 86_400,
            fraction: all % scale
        )
    }

    private func part(_ letter: Character, _ count: Int, _ moment: Moment, _ names: DateNames, isHalf: Bool) -> String {
        let (year, month, day) = moment.civil
        switch letter {
        case "y": return count <= 2 ? Self.padded(year % 100, 2) : Self.padded(year, 4)
        case "m":
            if count <= 2 { return Self.padded(month, count) }
            let name = names.months[month - 1]
            return count == 3 ? String(name.prefix(3)) : count == 5 ? String(name.prefix(1)) : name
        case "d":
            if count <= 2 { return Self.padded(day, count) }
            let name = names.days[((moment.day + 4) % 7 + 7) % 7]
            return count == 3 ? String(name.prefix(3)) : name
        case "h":
            let hour = moment.second / 3600
            return Self.padded(isHalf ? (hour + 11) % 12 + 1 : hour, min(count, 2))
        case "n": return Self.padded(moment.second / 60 % 60, min(count, 2))
        default: return Self.padded(moment.second % 60, min(count, 2))
        }
    }

    private static func clock(_ second: Int) -> String {
        [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }.joined(separator: ":")
    }

    private static func iso(_ date: (year: Int, month: Int, day: Int)) -> String {
        "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
    }

    private static func padded(_ value: Int, _ count: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, min(count, 32) - text.utf8.count)) + text
    }

    /// Howard Hinnant's `civil_from_days` (<https://howardhinnant.github.io/date_algorithms.html>).
    private static func civilDate(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, day)
    }
}
