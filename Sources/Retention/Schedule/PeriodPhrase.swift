/// A cell of a period as a schedule publishes it: "2 Tahun", "-", "2 (dua) tahun setelah audit", "Selama berlaku".
package struct PeriodPhrase: Hashable, Sendable {
    /// The cell to the letter.
    package let text: String
    /// The length; none for "-", and for a cell that only says how long something lasts.
    package let period: Period
    /// The trigger that the cell names behind its length; nil where it names none.
    package let trigger: TriggerPhrase?

    /// A cell with its meaning.
    package init(text: String, period: Period, trigger: TriggerPhrase? = nil) {
        self.text = text
        self.period = period
        self.trigger = trigger
    }

    /// What a cell is not.
    package struct Problem: Error, Hashable, Sendable {
        /// What is wrong and why, without a full stop.
        package let message: String
        /// What to do about it, without a full stop.
        package let remedy: String
    }

    private static let remedy =
        "write '2 Tahun', '6 bulan', '10 hari' or '-', and behind it the trigger where there is one"

    /// Reads a cell.
    ///
    /// - Parameters:
    ///   - text: the cell.
    ///   - unit: the unit that the column's name gives, such as `aktif (tahun)`; without it a bare number is no period.
    ///   - vocabulary: the words that are understood.
    /// - Throws: `Problem` where it is not understood; nothing is guessed.
    package init(
        _ text: String,
        unit: Period.Unit? = nil,
        vocabulary: RetentionVocabulary = .standard
    ) throws(Problem) {
        var words = PhraseText(text).words[...]
        if words.elementsEqual(["-"]) || Self.nothing.contains(Array(words)) {
            self.init(text: text, period: .none)
            return
        }
        let period = try Self.period(&words, unit: unit)
        if words.isEmpty, let period {
            self.init(text: text, period: period)
            return
        }
        if period != nil, words.first == "," { words.removeFirst() }
        guard let (kind, relation) = TriggerPhrase.meaning(of: Array(words), in: vocabulary) else {
            let message =
                period == nil
                ? "it is no period that is understood"
                : "the words behind the period name no trigger that is understood"
            throw Problem(message: message, remedy: Self.remedy)
        }
        // Without a length only "until" says how long: "setelah audit" leaves it open.
        guard period != nil || relation == .until else {
            throw Problem(message: "it names a trigger and no length", remedy: Self.remedy)
        }
        let trigger = TriggerPhrase(text: text, kind: kind, relation: relation)
        self.init(text: text, period: period ?? .none, trigger: trigger)
    }

    private static let nothing: [[String]] = [
        ["none"], ["tidak", "ada"], ["nihil"], ["0"],
    ]

    private static let units: [String: Period.Unit] = [
        "tahun": .years, "thn": .years, "th": .years, "year": .years, "years": .years,
        "bulan": .months, "bln": .months, "month": .months, "months": .months,
        "minggu": .weeks, "pekan": .weeks, "week": .weeks, "weeks": .weeks,
        "hari": .days, "day": .days, "days": .days,
    ]

    /// Takes the length off the front of the words: "2 tahun", "2tahun", "1 tahun 6 bulan"; nil where none is there.
    private static func period(_ words: inout ArraySlice<String>, unit: Period.Unit?) throws(Problem) -> Period? {
        var total: Period?
        while let first = words.first, let (number, attached) = split(first) {
            words.removeFirst()
            guard let count = Int(number), number.utf8.count <= 7 else {
                throw Problem(message: "'\(number)' is no whole number of up to seven digits", remedy: remedy)
            }
            var found = attached.isEmpty ? nil : units[attached]
            if attached.isEmpty, let word = words.first, let named = units[word] {
                words.removeFirst()
                found = named
            } else if attached.isEmpty, words.isEmpty, total == nil {
                found = unit
            }
            guard let found else {
                throw Problem(message: "'\(number)' has no unit", remedy: remedy)
            }
            if found == .days, words.first == "kerja" || words.first == "working" {
                throw Problem(message: "working days are no unit of a retention period", remedy: "write calendar days")
            }
            total = try sum(total, count, found)
        }
        return total
    }

    /// The digits that a word begins with and the rest of it; nil where it begins with none.
    private static func split(_ word: String) -> (String, String)? {
        let digits = word.utf8.prefix { (48...57).contains($0) }
        guard !digits.isEmpty else { return nil }
        return (
            String(decoding: digits, as: UTF8.self), String(decoding: word.utf8.dropFirst(digits.count), as: UTF8.self)
        )
    }

    /// Years and months are added in months, weeks and days in days; the two are never mixed.
    private static func sum(_ total: Period?, _ count: Int, _ unit: Period.Unit) throws(Problem) -> Period {
        var (count, unit) = (count, unit)
        if let total {
            let months: [Period.Unit: Int] = [.years: 12, .months: 1]
            let days: [Period.Unit: Int] = [.weeks: 7, .days: 1]
            if let old = months[total.unit], let new = months[unit] {
                (count, unit) = (total.count * old + count * new, .months)
            } else if let old = days[total.unit], let new = days[unit] {
                (count, unit) = (total.count * old + count * new, .days)
            } else {
                throw Problem(message: "years or months and weeks or days stand in one period", remedy: remedy)
            }
        }
        guard let period = Period(count, unit) else {
            throw Problem(message: "the period is longer than ten thousand years", remedy: remedy)
        }
        return period
    }
}
