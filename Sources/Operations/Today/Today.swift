import Acts
package import ArchiveHome
import Catalogue
import Ledger
import Loans
package import RecordsModel
import Retention

/// Asks what waits for a person today; changes nothing but dates in the catalogue that must be computed anew.
package struct Today {
    /// Tells which dossiers are late or wait on a day.
    package typealias Dossiers = (Home, Books, CivilDate) throws -> DossierStanding

    /// The most things that stand below a row.
    package static let shown = 10

    private let ask: AskRetention
    private let dossiers: Dossiers?

    /// Opens a home for asking.
    ///
    /// - Parameters:
    ///   - home: the home.
    ///   - context: who asks.
    ///   - dossiers: tells of dossiers; nil leaves their row out.
    /// - Throws: `OperationError`, `OfficeFileError`.
    package init(_ home: Home, _ context: OperationContext, dossiers: Dossiers? = nil) throws {
        ask = try AskRetention(home, context)
        self.dossiers = dossiers
    }

    private var home: Home { ask.home }
    private var reminders: Reminders { home.settings.reminders }

    /// The rows of a day.
    ///
    /// - Parameter day: the day; nil for today.
    /// - Returns: a row a topic.
    /// - Throws: `EventFault` where an event of loans cannot be true; `CatalogueError`.
    package func run(asOf day: CivilDate?) throws -> TodayReport {
        let day = day ?? ask.today
        var rows: [TodayReport.Row] = []
        if let clock = try clock() { rows.append(clock) }
        if let policy = try policy() { rows.append(policy) }
        if let dossiers { rows.append(row(of: try dossiers(home, ask.books, day))) }
        rows.append(try classification(day))
        rows.append(try loans(day))
        rows.append(try retention(day))
        rows.append(try reading())
        rows.append(try fixity(day))
        rows.append(try packing(day))
        rows.append(try witness(day))
        rows.append(try stamp(day))
        return TodayReport(
            asOf: day,
            office: home.settings.office,
            rows: rows,
            checkpoint: home.hasTruth ? try home.ledger.readCheckpoint().description : nil
        )
    }

    /// The row of the clock; nil where it did not leap.
    private func clock() throws -> TodayReport.Row? {
        let leaps = try ask.catalogue.clockLeaps(over: home.settings.clockLeapDays, until: ask.now)
        if leaps.isEmpty { return nil }
        return TodayReport.Row(
            .clock,
            isCalling: true,
            "it leapt forward by more than \(home.settings.clockLeapDays) days; acts that rest on the date wait",
            remedy: "if it is right, say so with 'berkas clock confirm --reason TEXT'; if not, set it right",
            count: leaps.count,
            items: leaps.prefix(Self.shown).map { leap in
                TodayReport.Item(
                    leap.seq.map { "event \($0)" } ?? "now",
                    "\(leap.days) days without an event, from \(leap.from) to \(leap.to)",
                    day: leap.to.date
                )
            }
        )
    }

    /// The row of the policy files; nil where each is as it was adopted.
    private func policy() throws -> TodayReport.Row? {
        let edited = try PolicyDesk(home, ask.books).unadopted
        if edited.isEmpty { return nil }
        return TodayReport.Row(
            .policy,
            isCalling: true,
            "edited and not adopted: \(edited.map(\.path).joined(separator: ", ")); acts that rest on it wait",
            remedy: "see 'berkas policy diff', then 'berkas policy adopt --reason WORDS'",
            count: edited.count
        )
    }

    private func row(of standing: DossierStanding) -> TodayReport.Row {
        let count = standing.items.count
        return TodayReport.Row(
            .dossiers,
            isCalling: count > 0,
            count == 0 ? "none is late or waits" : "\(count) late or waiting",
            remedy: "see 'berkas dossier --all'",
            count: count,
            items: Array(standing.items.prefix(Self.shown))
        )
    }

    private func classification(_ day: CivilDate) throws -> TodayReport.Row {
        var question = RetentionQuestion(asOf: day)
        question.phase = RetentionPhase.noClassification.rawValue
        var count = 0
        var items: [TodayReport.Item] = []
        try ask.list(question) { line in
            count += 1
            if items.count < Self.shown { items.append(.init(line.id, line.title)) }
        }
        return TodayReport.Row(
            .classification,
            isCalling: count > 0,
            count == 0 ? "every record has a code" : "\(Self.records(count)) without a code",
            remedy: "choose one for each with 'berkas classify ID'",
            count: count,
            items: items
        )
    }

    private func loans(_ day: CivilDate) throws -> TodayReport.Row {
        let book = try ask.books.loans()
        let overdue = book.overdue(on: day)
        let items = overdue.prefix(Self.shown).map { loan in
            let records = loan.out.map(\.record.description).joined(separator: ", ")
            let who = "\(loan.terms.borrower), \(loan.terms.unit)"
            let days = loan.daysOver(on: day) ?? 0
            return TodayReport.Item(
                loan.id.description,
                "\(who): \(records), \(days) \(days == 1 ? "day" : "days") over",
                day: loan.terms.due
            )
        }
        return TodayReport.Row(
            .loans,
            isCalling: !overdue.isEmpty,
            "\(overdue.count) overdue, \(book.open.count) out",
            remedy: "ask for the papers; 'berkas loan back' when they are here",
            count: overdue.count,
            items: Array(items)
        )
    }

    private func retention(_ day: CivilDate) throws -> TodayReport.Row {
        let months = reminders.retentionMonths
        // The calendar ends in the year 9999: behind it nothing becomes due.
        let end = Period(months, .months).flatMap { day.adding($0) } ?? day
        var question = RetentionQuestion(asOf: end)
        question.phase = RetentionPhase.due.rawValue
        var (past, coming) = (0, 0)
        var items: [TodayReport.Item] = []
        try ask.list(question) { line in
            guard let due = line.due.flatMap({ CivilDate($0) }) else { return }
            if due <= day { past += 1 } else { coming += 1 }
            guard due > day, items.count < Self.shown else { return }
            let held = line.holds.isEmpty ? "" : ", held by \(line.holds.joined(separator: ", "))"
            items.append(.init(line.id, "\(line.action ?? "no action"): \(line.title)\(held)", day: due))
        }
        let message =
            "\(Self.records(coming)) become due until \(end) (\(months) \(months == 1 ? "month" : "months")), "
            + "\(past) are due already"
        let schedule =
            ask.desk.adopted == nil
            ? "; no schedule (JRA) is in force"
            : ask.desk.schedule.hasSample
                ? "; the schedule in force is a sample (CONTOH)" : ""
        return TodayReport.Row(
            .retention,
            isCalling: past + coming > 0 || ask.desk.adopted == nil,
            message + schedule,
            remedy: ask.desk.adopted == nil
                ? "adopt the office's own with 'berkas retention simulate' and 'berkas retention adopt'"
                : "see 'berkas retention list --phase due --as-of \(end)'",
            count: past + coming,
            items: items
        )
    }

    private func reading() throws -> TodayReport.Row {
        let unread = try ask.catalogue.unreadContents()
        let states = try ask.catalogue.readingStates()
        let count = unread + states.notRead + states.doubtful
        var parts: [String] = []
        if unread > 0 { parts.append("\(Self.files(unread)) not read yet") }
        if states.notRead > 0 { parts.append("\(Self.files(states.notRead)) not read whole") }
        if states.doubtful > 0 { parts.append("\(Self.files(states.doubtful)) read, and perhaps wrongly") }
        var filter = RecordFilter()
        filter.isUnread = true
        var items: [TodayReport.Item] = []
        if count > 0 {
            try ask.catalogue.list(filter) { if items.count < Self.shown { items.append(.init($0.id, $0.title)) } }
        }
        return TodayReport.Row(
            .reading,
            // What may be wrong is told; nobody can make it certain, so that it would call for ever.
            isCalling: unread + states.notRead > 0,
            count == 0 ? "all that is kept was read" : parts.joined(separator: ", "),
            remedy: unread > 0 ? "run 'berkas read', then see 'berkas list --unread'" : "see 'berkas list --unread'",
            count: count,
            items: items
        )
    }

    private static func files(_ count: Int) -> String { "\(count) \(count == 1 ? "file" : "files")" }

    private func fixity(_ day: CivilDate) throws -> TodayReport.Row {
        let standing = FixityStanding(folding: try ask.catalogue.events(of: [.fixityCheck]))
        let totals = try ask.catalogue.totals()
        let allowed = reminders.fixityDays
        let age = standing.everything.map { day.daysSinceEpoch - $0.daysSinceEpoch }
        let isOld = totals.records > 0 && (age.map { $0 > allowed } ?? true)
        let findings = standing.last?.findings ?? 0
        var parts: [String] = []
        if let last = standing.last {
            let what = last.sample.map { "part \($0.part) of \($0.parts)" } ?? "everything"
            let found = findings == 0 ? "all was well" : "\(findings) FAULTS"
            parts.append("last check on \(last.on) (\(what)): \(found)")
        }
        if let everything = standing.everything {
            parts.append("every byte was read since \(everything)")
        } else if totals.records > 0 {
            parts.append("never has every byte been read")
        } else if parts.isEmpty {
            parts.append("nothing is kept yet")
        }
        if let age, isOld { parts.append("\(age) days ago, \(allowed) are allowed") }
        return TodayReport.Row(
            .fixity,
            isCalling: isOld || findings > 0,
            parts.joined(separator: "; "),
            remedy: findings > 0 ? "run 'berkas verify' and mend what it names" : "run 'berkas verify'",
            count: findings,
            items: (standing.last?.messages ?? []).map { .init("finding", $0) }
        )
    }

    private func packing(_ day: CivilDate) throws -> TodayReport.Row {
        let last = try ask.catalogue.events(of: [.packing]).last
        let allowed = reminders.packageDays
        guard let last else {
            let records = try ask.catalogue.totals().records
            return TodayReport.Row(
                .packing,
                isCalling: records > 0,
                records > 0 ? "none was made yet" : "nothing is kept yet",
                remedy: "make one with 'berkas pack --year YEAR --to FILE', and keep it elsewhere"
            )
        }
        let on = last.time.date
        let age = day.daysSinceEpoch - on.daysSinceEpoch
        let name = last.detail["name"]?.text ?? "a package"
        return TodayReport.Row(
            .packing,
            isCalling: age > allowed,
            "the last, '\(name)', was made on \(on)"
                + (age > allowed ? ", \(age) days ago; \(allowed) are allowed" : ""),
            remedy: "make one with 'berkas pack --year YEAR --to FILE', and keep it elsewhere"
        )
    }

    private func witness(_ day: CivilDate) throws -> TodayReport.Row {
        let seen = try ask.catalogue.events(of: [.checkpointCosigned]).compactMap { CosignedCheckpoint($0) }
        let remedy = "take an offer to a witness ('berkas ledger offer --to FOLDER'), and accept what comes back"
        guard let last = seen.max(by: { $0.time < $1.time }) else {
            return TodayReport.Row(
                .witness,
                isCalling: reminders.witnessDays != nil,
                "nobody outside of the office has looked at the ledger yet",
                remedy: remedy
            )
        }
        let on = Moment(secondsSinceEpoch: last.time, offset: 0).date
        let age = day.daysSinceEpoch - on.daysSinceEpoch
        let isOld = reminders.witnessDays.map { age > $0 } ?? false
        let behind = isOld ? ", \(age) days ago; \(reminders.witnessDays ?? 0) are allowed" : ""
        return TodayReport.Row(
            .witness,
            isCalling: isOld,
            "the last was of \(last.witness) on \(on), at \(last.lines) lines\(behind)",
            remedy: remedy
        )
    }

    private func stamp(_ day: CivilDate) throws -> TodayReport.Row {
        let stamps = try LedgerStamp.stamps(ask.catalogue, origin: home.settings.ledgerOrigin)
        guard let last = stamps.max(by: { $0.time < $1.time }) else {
            return TodayReport.Row(.stamp, isCalling: false, "no authority outside has stamped the ledger's time yet")
        }
        let on = Moment(secondsSinceEpoch: last.time, offset: 0).date
        let age = day.daysSinceEpoch - on.daysSinceEpoch
        let isOld = age > LedgerStamp.days
        return TodayReport.Row(
            .stamp,
            isCalling: isOld,
            "the last is of \(on), at \(last.checkpoint.size) lines"
                + (isOld ? ", \(age) days ago; a newer one renews all older ones each year" : ""),
            remedy: "ask for one with 'berkas ledger stamp --request FILE'"
        )
    }

    private static func records(_ count: Int) -> String { "\(count) \(count == 1 ? "record" : "records")" }
}
