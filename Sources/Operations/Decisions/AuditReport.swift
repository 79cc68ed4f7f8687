package import Acts
package import ArchiveHome
import Catalogue
package import Disposal
import FileSafety
import Foundation
import Ledger
package import RecordsModel

/// The auditor's questions of one year, with what stands behind them.
package struct AuditReport: Sendable {
    /// The day on which the questions were answered.
    package let asOf: CivilDate
    /// The questions and answers.
    package let audit: RetentionAudit
    /// The schedule in force; nil where there is none.
    package let schedule: AuditSchedule?
    /// How many records of the year are on the list.
    package let records: Int
    /// Who decided what in the year (R62), in the order of the ledger.
    package let acts: [LedgerAct]
    /// What waits for a person for longer than the office allows on that day (R21), longest first.
    package let notices: [OverdueNotice]
    /// The ledger's checkpoint up to which everything was looked at; nil where there is no ledger.
    package let checkpoint: String?
    /// Whether the ledger goes on behind that checkpoint.
    package let isBehind: Bool
}

/// Answers the auditor's questions from the ledger and the index; changes nothing.
///
/// Works on a home that cannot be written to: dates are computed here and not taken from the index.
package struct AuditRetention {
    /// After how many days a sweep over everything is too old: a year.
    private static let fixityDays = 366

    private let ask: AskRetention
    private let context: OperationContext

    /// Opens a home for an audit.
    ///
    /// - Throws: `RefusedError` where no role of the person allows it (R52); the attempt is entered where that is possible.
    package init(_ home: Home, _ context: OperationContext) throws {
        self.context = context
        let act = "read the audit report"
        ask = try AskRetention(home, context)
        let people = try PolicyDesk(home, ask.books).people()
        let refusals = people.refusals(of: act, by: context.actor, needing: .readAudit)
        if !refusals.isEmpty {
            do {
                try ArchiveWriter(home, context).require(refusals, act: act, subject: "retention-audit")
            } catch let error as RefusedError {
                throw error
            } catch {
                context.notice("the attempt could not be entered in the ledger: \(ErrorWords.of(error))")
            }
            throw RefusedError(act: act, refusals: refusals)
        }
    }

    /// Today, in the office's time zone.
    package var today: CivilDate { ask.today }

    /// Answers the questions.
    ///
    /// - Parameters:
    ///   - year: the fiscal year of the records, and the calendar year of the acts.
    ///   - asOf: the day that phases are told for.
    /// - Returns: the answers.
    /// - Throws: `EventFault` where an event of holds or disposal cannot be true; `OperationError`, code `damaged`, for a
    ///   schedule in force that was changed.
    package func run(year: Int, asOf: CivilDate) throws -> AuditReport {
        let catalogue = ask.catalogue
        try ask.books.fold(.holds, .disposals)
        let holds = try ask.books.holds()
        let disposals = try ask.books.disposals()
        let gathering = AuditGathering(desk: ask.desk, catalogue: catalogue, disposals: disposals, asOf: asOf)
        let records = try gathering.records(of: year)
        let input = AuditInput(
            year: year,
            asOf: asOf,
            records: records,
            schedule: gathering.schedule,
            disposals: disposals,
            holds: holds,
            fixity: try AuditFixity(folding: catalogue.events(of: [.fixityCheck])),
            fixityDays: Self.fixityDays,
            dates: try AuditDates(home: ask.home, desk: ask.desk, catalogue: catalogue, asOf: asOf).found(in: year)
        )
        let end = try catalogue.progress()?.end?.checkpoint
        return AuditReport(
            asOf: asOf,
            audit: RetentionAudit(input),
            schedule: gathering.schedule,
            records: records.count { $0.isListed == true },
            acts: try acts(in: year),
            notices: try notices(disposals, records, asOf),
            checkpoint: end?.description,
            isBehind: try end != nil && ask.home.ledger.readCheckpoint() != end
        )
    }

    /// What waits too long: lists and copies of every year, reviews of the records at hand.
    private func notices(_ book: DisposalBook, _ records: [AuditRecord], _ asOf: CivilDate) throws -> [OverdueNotice] {
        let reviews = records.compactMap { record -> (record: RecordID, dueSince: CivilDate)? in
            guard case .due(let action, let since) = record.phase, action == .review || action == .decide else {
                return nil
            }
            return (record.id, since)
        }
        let people = try PolicyDesk(ask.home, ask.books).people()
        return DisposalRules(book: book, people: people, today: asOf).overdue(reviews: reviews)
    }

    /// What somebody decided, or tried to.
    private static let decisions: [EventType] = [
        .clockConfirmed, .clockCorrected, .dateAccepted, .scheduleAdopted, .countingChanged, .classificationProposed,
        .classified, .triggerEntered, .triggerCorrected, .refusal, .holdPlaced, .holdReleased, .holdWithdrawn,
        .disposalProposed, .disposalAssessed, .disposalEvidence, .disposalApproved, .disposalObjected,
        .disposalObjectionLifted, .disposalBegun, .disposalItemTransferred, .disposalItemRemoved, .disposalItemSkipped,
        .disposalReceipt, .disposalExecuted, .disposalCancelled, .disposalCopiesListed, .disposalCopyDestroyed,
        .reviewClosed, .paperLent, .paperReturned, .policyAdopted, .policyChanged, .personEnrolled, .personRetired,
        .importAdopted,
    ]

    private func acts(in year: Int) throws -> [LedgerAct] {
        var sure = try Certainties(ask.home, ask.books)
        return try ask.catalogue.events(of: Self.decisions).compactMap { event in
            guard event.time.date.year == year else { return nil }
            let named = ["hold", "list", "loan", "file", "subject"].lazy.compactMap { event.detail[$0]?.text }.first
            let files = event.detail["files"]?.list?.compactMap { $0["file"]?.text }.joined(separator: " ")
            var act = LedgerAct(event, subject: named ?? event.record ?? files ?? "berkas.yaml")
            act.sure = sure.certainty(of: event)
            return act
        }
    }
}

extension AuditFixity {
    /// What the sweeps of a ledger found: of each record what the last sweep said that looked at it by name or at everything.
    ///
    /// A whole round of samples counts as one sweep over everything; what one of them found of a record stands until a sweep
    /// by name or over everything finds the record whole.
    init(folding events: [Event]) {
        // Findings that no event names a record for, by the sweep: that over everything, or the last sample of a part.
        var unnamed: [FixitySample?: (count: Int, on: CivilDate)] = [:]
        var sweep: FixitySample?
        // Whether the findings that follow belong to a sweep over single records, or were counted with the sweep.
        var isCounted = false
        for event in events {
            if let scope = event.detail["scope"] {
                sweep = FixitySample(event)
                isCounted = scope.list != nil || event.detail["unnamed"] != nil
                if scope.list != nil { continue }
                if sweep == nil { unnamed = [:] }
                let count = event.detail["unnamed"]?.number ?? event.detail["findings"]?.number ?? 0
                unnamed[sweep] = (count, event.time.date)
            } else if event.record != nil, !isCounted, let known = unnamed[sweep] {
                unnamed[sweep] = (max(0, known.count - 1), known.on)
            }
        }
        let failed = Set(KnownFindings(folding: events).standing.compactMap { $0.record.flatMap { RecordID($0) } })
        let worst = unnamed.values.max { ($0.count, $0.on) < ($1.count, $1.on) }
        self.init(
            last: FixityStanding(folding: events).everything,
            failed: failed.sorted(),
            unnamed: worst?.count ?? 0,
            unnamedOn: worst?.on
        )
    }
}
