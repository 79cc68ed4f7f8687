import Acts
import ArchiveHome
import Catalogue
import Disposal
import Foundation
import RecordsModel
import Retention

/// Finds the dates that cannot be believed, for the audit of a year, with the reasons that the ledger holds for them.
struct AuditDates {
    let home: Home
    let desk: RetentionDesk
    let catalogue: CatalogueDatabase
    let asOf: CivilDate

    /// Why a person let a date stand.
    private struct Reason {
        let because: String
        let by: String
        let at: Moment
    }

    /// Those of the records of the year, and those that somebody gave a reason for in the year.
    func found(in year: Int) throws -> [AuditDate] {
        let events = try catalogue.events(of: [.dateAccepted, .triggerEntered, .triggerCorrected])
        var reasons: [Int: Reason] = [:]
        var documents: [RecordID: Reason] = [:]
        var days: [Int: CivilDate] = [:]
        for event in events {
            days[event.seq] = event.time.date
            guard let because = event.detail["because"]?.text else { continue }
            let reason = Reason(because: because, by: event.actor, at: event.time)
            reasons[event.seq] = reason
            if event.event == .dateAccepted, let id = event.record.flatMap({ RecordID($0) }) { documents[id] = reason }
        }
        // A reason counts in the year in which it was given too, whatever the year of its record.
        let given = Set(
            events.filter { reasons[$0.seq] != nil && $0.time.date.year == year }.compactMap { event in
                event.record.flatMap { RecordID($0) }
            }
        )
        var dates: [AuditDate] = []
        for other in Set([year] + given.map(\.year)).sorted() {
            for facts in try desk.facts(of: other, in: catalogue) where other == year || given.contains(facts.id) {
                dates += try doubtful(facts, documents[facts.id], reasons, days)
            }
        }
        return dates
    }

    private func doubtful(
        _ facts: RecordFacts,
        _ accepted: Reason?,
        _ reasons: [Int: Reason],
        _ days: [Int: CivilDate]
    ) throws -> [AuditDate] {
        var found: [AuditDate] = []
        func look(_ date: CivilDate, on day: CivilDate, document: CivilDate?, _ what: BilingualText, _ reason: Reason?)
        {
            let plausible = PlausibleDates(today: day, firstYear: home.settings.firstYear)
            let doubts = plausible.doubts(about: date, document: document)
            if doubts.isEmpty { return }
            let why = PlausibleDates.why(doubts)
            var message = "\(what.english) is dated \(date): \(why.english)"
            var words = "\(what.indonesian) bertanggal \(RetentionWords.day(date).indonesian): \(why.indonesian)"
            if let reason {
                let text = reason.because.displayed
                message += "; '\(reason.by.displayed)' said on \(reason.at.date) why: \(text)"
                let day = RetentionWords.day(reason.at.date).indonesian
                words += "; alasan oleh '\(reason.by.displayed)' pada \(day): \(text)"
            } else {
                message += "; nobody said why"
                words += "; tanpa alasan"
            }
            found.append(AuditDate(record: facts.id, message: message, words: words, isAccepted: reason != nil))
        }
        if let date = facts.date {
            let what = BilingualText(english: "the document", indonesian: "arsip")
            // A later version may be dated after the day on which the first one came.
            let received = date > facts.received ? try catalogue.document(of: facts.id)?.received.date : nil
            look(date, on: received ?? facts.received, document: nil, what, accepted)
        }
        for trigger in facts.triggers {
            let what = BilingualText(english: "the event '\(trigger.kind)'", indonesian: "peristiwa '\(trigger.kind)'")
            // An event that came with a package has no line of its own here.
            look(trigger.date, on: days[trigger.seq] ?? asOf, document: facts.date, what, reasons[trigger.seq])
        }
        return found
    }
}
