package import Acts
package import ArchiveHome
import Catalogue
package import Disposal
package import RecordsModel
import Retention

/// Decides about lists of records to dispose of, up to their execution: propose, assess, attach, approve, give up.
///
/// Each act is one event, entered under the lock, or it is refused with every reason and the refusal is entered (R48).
package struct DisposalActs {
    private let writer: ArchiveWriter

    /// Deciding under a lock that is held.
    package init(_ writer: ArchiveWriter) { self.writer = writer }

    private var actor: String { writer.context.actor }

    /// Which records a list is made of.
    package enum Choice: Sendable {
        /// These records; the note says why one without a row in the schedule is on the list.
        case records([RecordID], note: String?)
        /// Every record that is due, is neither held nor lent, proves no list and is on no other one, of a year and of a
        /// unit where they are given.
        case due(year: Int?, unit: String?)
        /// Every record of a year's dossier, which goes as a whole or not at all.
        case dossier(year: Int)
    }

    /// Freezes a list (daftar arsip usul musnah, usul serah, or to be moved).
    ///
    /// - Parameters:
    ///   - kind: whether it destroys, deposits or moves.
    ///   - title: what it is called.
    ///   - unit: the unit that the records come from; nil for the office itself.
    ///   - choice: the records.
    /// - Returns: the list as entered.
    /// - Throws: `RefusedError` with all refusals of all records; `OperationError`, code `noSuchRecord` or `removed`.
    package func propose(
        _ kind: DisposalKind,
        title: String,
        unit: String?,
        _ choice: Choice
    ) throws -> DisposalProposed {
        let act = "propose a list"
        var desk = try DisposalDesk(writer)
        let waiting = try desk.obstacles + writer.clockRefusals()
        try writer.require(waiting + desk.rules.scheduleRefusals(desk.schedule), act: act, subject: title)
        let candidates = try Self.candidates(kind, choice, &desk)
        if candidates.isEmpty, case .due = choice {
            throw OperationError(
                .usage,
                message: "no record is due for '\(kind.rawValue)' today that is neither held, lent nor on an open list",
                remedy: "run 'berkas retention list' to see when records become due"
            )
        }
        let verdict = desk.rules.propose(
            kind,
            title: title,
            unit: unit ?? writer.home.settings.office,
            candidates: candidates,
            by: actor
        )
        let proposed = try writer.allowed(verdict, act: act, subject: title)
        try writer.enter([writer.event(proposed)])
        return proposed
    }

    /// The records of a choice, each with what speaks for and against it.
    static func candidates(
        _ kind: DisposalKind,
        _ choice: Choice,
        _ desk: inout DisposalDesk
    ) throws -> [DisposalRules.Candidate] {
        switch choice {
        case .records(let ids, let note):
            return try ids.map { try desk.candidate($0, for: kind, isWholeDossier: false, note: note) }
        case .dossier(let year):
            let ids = try desk.dates(of: year).keys.sorted()
            return try ids.map { try desk.candidate($0, for: kind, isWholeDossier: true, note: nil) }
        case .due(let year, let unit):
            return try due(kind, year: year, unit: unit, &desk)
        }
    }

    private static func due(
        _ kind: DisposalKind,
        year: Int?,
        unit: String?,
        _ desk: inout DisposalDesk
    ) throws -> [DisposalRules.Candidate] {
        let today = desk.rules.today
        let open = desk.book.openItems
        // What was handed over and stays here is not handed over again.
        let handedOver = Set(
            desk.book.lists.filter { $0.kind == kind && $0.state == .executed }.flatMap { $0.transferred.map(\.record) }
        )
        // What proves a disposal is not destroyed.
        let evidence = kind == .destroy ? desk.book.evidence : [:]
        var ids: [RecordID] = []
        var units: [RecordID: String] = [:]
        try desk.catalogue.eachRetentionInput(year: year) { input in
            ids.append(input.id)
            units[input.id] = input.unit
        }
        var found: [DisposalRules.Candidate] = []
        for id in ids.sorted() {
            if let unit, units[id].map({ ExactText($0) != ExactText(unit) }) ?? true { continue }
            if open[id] != nil || handedOver.contains(id) || evidence[id] != nil { continue }
            guard try desk.holds(on: id).isEmpty, !desk.isOnLoan(id) else { continue }
            let due = try desk.due(of: id, for: kind)
            guard due.action == kind.action, let since = due.dueSince, since <= today else { continue }
            found.append(try desk.candidate(id, for: kind, isWholeDossier: false, note: nil))
        }
        return found
    }

    /// Enters what the person says of items of a list.
    ///
    /// - Parameters:
    ///   - id: the list.
    ///   - agreeing: the records that may go; nil for all of which nobody has refused and the person has said nothing.
    ///   - refusing: the records that may not.
    ///   - reason: why not.
    /// - Returns: what was entered.
    /// - Throws: `RefusedError`.
    package func assess(
        _ id: DisposalID,
        agreeing: [RecordID]?,
        refusing: [RecordID],
        reason: String?
    ) throws -> DisposalAssessed {
        let desk = try DisposalDesk(writer)
        var opinions = refusing.map { DisposalAssessed.Opinion(record: $0, agrees: false, reason: reason) }
        let refused = Set(refusing)
        let person = PersonName(actor)
        let agreed =
            agreeing
            ?? desk.book[id].map { list in
                list.pending.map(\.record).filter { !refused.contains($0) && list.standing($0)[person] == nil }
            } ?? []
        opinions += agreed.map { DisposalAssessed.Opinion(record: $0, agrees: true) }
        let verdict = desk.rules.assess(id, opinions: opinions, by: actor).refused(with: try accountRefusals(id, desk))
        return try enter(verdict, act: "assess \(id)", id)
    }

    /// Names a record as evidence of a step.
    ///
    /// - Parameters:
    ///   - id: the list.
    ///   - slot: the place in the chain.
    ///   - evidence: the record.
    ///   - words: number, date and signer, where the record leaves them open.
    /// - Throws: `RefusedError`.
    package func attach(
        _ id: DisposalID,
        _ slot: EvidenceSlot,
        _ evidence: RecordID,
        _ words: EvidenceWords
    ) throws {
        let desk = try DisposalDesk(writer)
        let verdict = desk.rules.attach(
            id,
            slot: slot,
            evidence: evidence,
            words: words,
            paper: desk.paper,
            by: actor
        )
        _ = try enter(verdict, act: "attach evidence to \(id)", id)
        try tellOfText(evidence, slot, id)
    }

    /// Tells what a paper that was read does not name.
    private func tellOfText(_ paper: RecordID, _ slot: EvidenceSlot, _ id: DisposalID) throws {
        guard let list = try writer.books.disposals()[id] else { return }
        let remarks = try EvidenceText(of: paper, in: writer.catalogue)?.remarks(paper, as: slot, of: list) ?? []
        for remark in remarks { writer.context.notice(remark) }
    }

    /// Enters the approval of a list's authority (R22, R23).
    ///
    /// - Throws: `RefusedError`.
    package func approve(_ id: DisposalID, _ letter: DisposalRules.Letter) throws -> DisposalApproved {
        try writer.require(writer.clockRefusals(), act: "approve \(id)", subject: id.description)
        var desk = try DisposalDesk(writer)
        var held: [RecordID: [HoldID]] = [:]
        for item in desk.book[id]?.pending ?? [] {
            held[item.record] = try item.isWholeDossier ? desk.holds(in: item.dossier) : desk.holds(on: item.record)
        }
        let verdict = desk.rules.approve(
            id,
            letter: letter,
            held: held,
            due: desk.schedule,
            paper: desk.paper,
            by: actor
        ).refused(with: try accountRefusals(id, desk))
        let detail = try writer.allowed(verdict, act: "approve \(id)", subject: id.description)
        try writer.enter(signing: writer.event(detail), as: .approve, subject: id.description)
        try tellOfText(letter.record, .approvalLetter, id)
        return detail
    }

    /// Takes a record off a list.
    ///
    /// - Throws: `RefusedError`.
    package func leaveOut(_ record: RecordID, from id: DisposalID, reason: String) throws {
        let act = "leave out \(record)"
        let verdict = try DisposalDesk(writer).rules.leaveOut(record, from: id, reason: reason, by: actor)
        let skipped = try writer.allowed(verdict, act: act, subject: id.description)
        try writer.enter([writer.event(skipped, record: record)])
    }

    /// Objects to a list: it is not carried out while that stands.
    ///
    /// - Returns: what was entered.
    /// - Throws: `RefusedError`.
    package func object(_ id: DisposalID, reason: String) throws -> DisposalObjected {
        let verdict = try DisposalDesk(writer).rules.object(id, reason: reason, by: actor)
        return try enter(verdict, act: "object to \(id)", id)
    }

    /// Lifts an objection.
    ///
    /// - Parameters:
    ///   - objector: whose; nil for that of whoever works.
    ///   - id: the list.
    ///   - reason: why it does not stand any more.
    /// - Returns: what was entered.
    /// - Throws: `RefusedError`.
    package func liftObjection(of objector: String?, to id: DisposalID, reason: String) throws
        -> DisposalObjectionLifted
    {
        let rules = try DisposalDesk(writer).rules
        let verdict = rules.liftObjection(of: objector ?? actor, to: id, reason: reason, by: actor)
        return try enter(verdict, act: "lift an objection to \(id)", id)
    }

    /// Gives a list up; what was removed until then stays removed.
    ///
    /// - Throws: `RefusedError`.
    package func cancel(_ id: DisposalID, reason: String) throws {
        let verdict = try DisposalDesk(writer).rules.cancel(id, reason: reason, by: actor)
        _ = try enter(verdict, act: "cancel \(id)", id)
    }

    /// Confirms that copies elsewhere were destroyed by hand (R26, R61); all of them, or none.
    ///
    /// - Parameters:
    ///   - numbers: the copies' numbers within the list; nil for all that are open.
    ///   - id: the list.
    ///   - method: how.
    /// - Returns: how many were confirmed.
    /// - Throws: `RefusedError`.
    package func confirmCopies(_ numbers: [Int]?, of id: DisposalID, method: String) throws -> Int {
        let act = "confirm copies of \(id)"
        let desk = try DisposalDesk(writer)
        let wanted = numbers ?? desk.book[id]?.openCopies.map(\.description.number) ?? []
        var refusals: [Refusal] = []
        var details: [DisposalCopyDestroyed] = []
        for number in wanted {
            switch desk.rules.confirmCopy(number, of: id, method: method, by: actor) {
            case .allowed(let detail): details.append(detail)
            case .refused(let why): refusals += why
            }
        }
        if wanted.isEmpty {
            let message = "no copy of \(id) elsewhere waits for a confirmation"
            refusals.append(Refusal(.nothingLeft, id.description, message, remedy: "nothing needs to be done"))
        }
        try writer.require(refusals, act: act, subject: id.description)
        try writer.enter(try details.map { try writer.event($0) })
        return details.count
    }

    /// Closes the review of a record that is to be appraised again (dinilai kembali, R20).
    ///
    /// - Parameters:
    ///   - record: the record.
    ///   - outcome: what is decided; nil where nothing was chosen.
    ///   - row: the code of the schedule that applies from now on.
    ///   - until: the day of the next review, for an extension.
    ///   - authority: on whose word.
    ///   - comment: why.
    /// - Returns: what was entered.
    /// - Throws: `RefusedError`.
    package func closeReview(
        of record: RecordID,
        as outcome: ReviewClosed.Disposition?,
        row: String?,
        until: CivilDate?,
        authority: String,
        comment: String
    ) throws -> ReviewClosed {
        let act = "close the review of \(record)"
        try writer.catalogue.require(record)
        var desk = try DisposalDesk(writer)
        let waiting = try desk.obstacles + writer.clockRefusals()
        try writer.require(waiting, act: act, subject: record.description, record: record)
        let due = try desk.due(of: record, for: .destroy)
        let schedule = desk.retention.schedule
        let verdict = desk.rules.closeReview(
            of: record,
            as: outcome,
            row: row,
            until: until,
            authority: authority,
            comment: comment,
            due: due,
            rowExists: { !schedule.rows(code: $0).isEmpty },
            by: actor
        )
        let closed = try writer.allowed(verdict, act: act, subject: record.description)
        try writer.enter([writer.event(closed, record: record)])
        return closed
    }

    /// Why this account may not take part in a list again: it did so for another person.
    ///
    /// Of an account that the table in force names only: what an unknown one types proves nothing either way.
    private func accountRefusals(_ id: DisposalID, _ desk: DisposalDesk) throws -> [Refusal] {
        let account = writer.context.account
        let people = desk.rules.people
        let parts: [EventType] = [.disposalProposed, .disposalAssessed, .disposalApproved]
        let earlier = try writer.catalogue.events(of: parts).first { event in
            let isOfList = event.detail["list"]?.text == id.description
            return isOfList && writer.isSameAccount(as: event, people) && !people.areSame(event.actor, actor)
        }
        guard let earlier else { return [] }
        return [
            Refusal(
                .samePerson,
                actor,
                "the account '\(account.name.displayed)' took part in \(id) for '\(earlier.actor.displayed)' "
                    + "(ledger \(earlier.seq)), and cannot do so for '\(actor.displayed)'",
                remedy: "let them do it under their own account"
            )
        ]
    }

    private func enter<Detail: EventDetail>(
        _ verdict: Verdict<Detail>,
        act: String,
        _ id: DisposalID
    ) throws -> Detail {
        let detail = try writer.allowed(verdict, act: act, subject: id.description)
        try writer.enter([writer.event(detail)])
        return detail
    }
}
