package import Acts
package import RecordsModel

/// Which dates an office takes without asking why.
///
/// A slip of the finger, or a lie, moves the end of a retention by decades. So a date that lies after today, before the
/// office was there, or before the document that it is about is taken only with a reason, which stays in the ledger.
package struct PlausibleDates: Hashable, Sendable {
    /// The day on which the date is said.
    package let today: CivilDate
    /// The office's first year.
    package let firstYear: Int

    /// What is believed on a day.
    package init(today: CivilDate, firstYear: Int) {
        self.today = today
        self.firstYear = firstYear
    }

    /// What speaks against a date.
    package enum Doubt: Hashable, Sendable {
        /// It lies after the day on which it is said.
        case afterToday(CivilDate)
        /// It lies before the office's first year.
        case beforeOffice(Int)
        /// It lies before the date of the document that it is about.
        case beforeDocument(CivilDate)

        /// The doubt as a part of a sentence.
        package var words: BilingualText {
            switch self {
            case .afterToday(let today):
                BilingualText(
                    english: "it is after \(today), the day on which it was said",
                    indonesian: "sesudah \(RetentionWords.day(today).indonesian), hari tanggal itu disebutkan"
                )
            case .beforeOffice(let year):
                BilingualText(
                    english: "it is before \(year), the office's first year",
                    indonesian: "sebelum \(year), tahun pertama kantor"
                )
            case .beforeDocument(let date):
                BilingualText(
                    english: "it is before \(date), the date of the document",
                    indonesian: "sebelum \(RetentionWords.day(date).indonesian), tanggal arsip"
                )
            }
        }
    }

    /// All doubts in one part of a sentence.
    package static func why(_ doubts: [Doubt]) -> BilingualText {
        BilingualText(
            english: doubts.map(\.words.english).joined(separator: ", and "),
            indonesian: doubts.map(\.words.indonesian).joined(separator: ", dan ")
        )
    }

    /// All that speaks against a date.
    ///
    /// - Parameters:
    ///   - date: the date.
    ///   - document: the date of the document that it is about; nil for the document's own, and where it has none.
    /// - Returns: the doubts; empty where the date is believed.
    package func doubts(about date: CivilDate, document: CivilDate? = nil) -> [Doubt] {
        var doubts: [Doubt] = []
        if date > today { doubts.append(.afterToday(today)) }
        if date.year < firstYear { doubts.append(.beforeOffice(firstYear)) }
        if let document, date < document { doubts.append(.beforeDocument(document)) }
        return doubts
    }

    /// The refusal of a date that nobody gives a reason for; empty where it is believed.
    ///
    /// - Parameters:
    ///   - date: the date.
    ///   - what: what is dated, as in "the event 'superseded'".
    ///   - subject: the record.
    ///   - document: the date of the document.
    /// - Returns: the refusal, or none.
    package func refusals(of date: CivilDate, what: String, subject: RecordID, document: CivilDate?) -> [Refusal] {
        let doubts = doubts(about: date, document: document)
        if doubts.isEmpty { return [] }
        let why = Self.why(doubts).english
        return [
            Refusal(
                .implausibleDate,
                subject.description,
                "\(what) of \(subject) is dated \(date), which cannot be believed: \(why)",
                remedy: "correct the date; if it is right, run the command again with --because 'REASON'"
            )
        ]
    }
}
