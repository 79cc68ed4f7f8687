package import RecordsModel

/// The end of a period that is waited for before the clock starts: "at the end of the year" (R10, R19).
///
/// The cut-off starts the clock: a record of 3 January 2013 under a row of ten years with the cut-off `year` begins to
/// count on 1 January 2014 and is eligible on 1 January 2024. The other reading, to add first and to go to the end of
/// the period then, gives the same for whole years and an earlier day for parts of one.
package enum Cutoff: Hashable, Sendable {
    /// The clock starts with the day behind the event.
    case none
    /// With the first of the next month.
    case month
    /// With the first of the next quarter of the calendar year.
    case quarter
    /// With the next 1 January.
    case year
    /// With the first day of the next year that begins in a month, 1 to 12.
    case fiscal(firstMonth: Int)

    /// The first day behind the period that a day lies in; nil behind 9999.
    ///
    /// Without a cut-off, the day after.
    package func firstDay(after day: CivilDate) -> CivilDate? {
        switch self {
        case .none:
            return day.dayAfter
        case .month:
            return CivilDate(year: day.year, month: day.month + 1, day: 1)
                ?? CivilDate(year: day.year + 1, month: 1, day: 1)
        case .quarter:
            let month = (day.month + 2) / 3 * 3 + 1
            return CivilDate(year: day.year, month: month, day: 1) ?? CivilDate(year: day.year + 1, month: 1, day: 1)
        case .year:
            return CivilDate(year: day.year + 1, month: 1, day: 1)
        case .fiscal(let month):
            return CivilDate(year: day.month < month ? day.year : day.year + 1, month: month, day: 1)
        }
    }

    /// The written form in a schedule: `none`, `month`, `quarter`, `year`, `fiscal-07`.
    package var name: String {
        switch self {
        case .none: "none"
        case .month: "month"
        case .quarter: "quarter"
        case .year: "year"
        case .fiscal(let month): "fiscal-" + CivilDate.padded(month, to: 2)
        }
    }

    /// Reads the written form, in English or Indonesian, letter case aside; nil for anything else.
    ///
    /// - Parameters:
    ///   - text: the cell, not empty.
    ///   - fiscalMonth: the month that the office's fiscal year begins in, for a `fiscal` without a month.
    package init?(_ text: String, fiscalMonth: Int) {
        let words = PhraseText(text).words
        switch words {
        case ["none"], ["tidak", "ada"], ["tanpa"], ["-"]: self = .none
        case ["month"], ["bulan"]: self = .month
        case ["quarter"], ["triwulan"], ["kuartal"]: self = .quarter
        case ["year"], ["tahun"], ["tahun", "kalender"]: self = .year
        case ["fiscal"], ["fiscal", "year"], ["tahun", "anggaran"]: self = .fiscal(firstMonth: fiscalMonth)
        default:
            guard words.count == 1, let word = words.first,
                let digits = word.behind("fiscal-") ?? word.behind("anggaran-"),
                digits.utf8.count == 2, digits.utf8.allSatisfy({ (48...57).contains($0) }), let month = Int(digits),
                (1...12).contains(month)
            else {
                return nil
            }
            self = .fiscal(firstMonth: month)
        }
    }
}
