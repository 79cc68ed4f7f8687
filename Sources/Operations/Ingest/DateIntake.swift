import Acts
package import ArchiveHome
import FileSafety
package import Intake
package import RecordsModel
import Retention
import SystemPackage

/// Says whether the date of a document that comes in can be believed, and keeps the reason where it cannot.
package struct DateIntake: Sendable {
    private let plausible: PlausibleDates
    /// Why a date is let in that cannot be believed; nil where none is.
    private let because: String?

    /// What a home believes today.
    ///
    /// - Parameters:
    ///   - home: the home, whose settings name the office's first year.
    ///   - context: what tells the day.
    ///   - because: why a date is right that cannot be believed; nil where nobody says so.
    package init(_ home: Home, _ context: OperationContext, because: String?) {
        plausible = PlausibleDates(today: context.now().date, firstYear: home.settings.firstYear)
        self.because = because
    }

    /// What is wrong with the dates of the rows that a survey lets pass; a reason makes warnings of faults.
    package func faults(of batch: Batch, survey: BatchSurvey, policy: IntakePolicy) -> [Fault] {
        var faults: [Fault] = []
        batch.eachAccepted(survey, policy: policy) { if let fault = fault(of: $0) { faults.append(fault) } }
        return faults
    }

    /// What is wrong with the date of a row; nil where nothing is.
    func fault(of row: IntakeRow) -> Fault? {
        guard let date = row.description.date else { return nil }
        let doubts = plausible.doubts(about: date)
        if doubts.isEmpty { return nil }
        let why = PlausibleDates.why(doubts).english
        return Fault(
            because == nil ? .fault : .warning,
            row: row.row,
            column: IntakeColumns.Name.date.rawValue,
            value: date.description,
            message: "'\(row.path.shown.displayed)' is dated \(date), which cannot be believed: \(why)",
            remedy: because.map { "accepted: \($0)" }
                ?? "correct the date; if it is right, run the command again with --because 'REASON' --as PERSON"
        )
    }

    /// The event of the person who says why such a date is right; nil where nobody had to.
    func acceptance(of document: RecordDocument, by person: String, at moment: Moment) throws -> Event? {
        guard let because, let date = document.description.date, !plausible.doubts(about: date).isEmpty else {
            return nil
        }
        return try Event(
            DateAccepted(date: date, because: because),
            seq: 0,
            time: moment,
            actor: person,
            record: RecordID(document.id),
            version: document.version
        )
    }
}

extension ArchiveWriter {
    /// Enters in the ledger that documents were not taken in, since their dates cannot be believed (R48).
    func refuse(dates faults: [Fault]) throws {
        if faults.isEmpty { return }
        let refusals = faults.map { Refusal(.implausibleDate, $0.value ?? "", $0.message, remedy: $0.remedy) }
        let act = "take in documents with dates that cannot be believed"
        try enter([event(RefusedAttempt(act: act, subject: "date", refusals: refusals))])
    }
}
