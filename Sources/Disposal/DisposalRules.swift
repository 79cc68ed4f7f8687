package import Acts
package import RecordsModel

/// What may be done with disposal lists, as pure functions that return all refusals at once.
///
/// Nothing is written here: an allowed act comes back as the detail of the event that says that it was done.
package struct DisposalRules: Sendable {
    /// The lists so far.
    package let book: DisposalBook
    /// Who may do what.
    package let people: People
    /// What the office set.
    package let settings: DisposalSettings
    /// Today on the office's calendar.
    package let today: CivilDate
    /// Which papers may prove what.
    package let types: EvidenceTypes

    /// Rules for a day; without a table of types no paper proves anything.
    package init(
        book: DisposalBook,
        people: People,
        settings: DisposalSettings = DisposalSettings(),
        today: CivilDate,
        types: EvidenceTypes = EvidenceTypes()
    ) {
        self.book = book
        self.people = people
        self.settings = settings
        self.today = today
        self.types = types
    }

    /// A record that is proposed, with what speaks for and against it today.
    package struct Candidate: Hashable, Sendable {
        /// The item as it will be frozen.
        package var item: DisposalItem
        /// What the schedule says.
        package var due: DueFacts
        /// The holds on the record.
        package var holds: [HoldID]
        /// The holds in its dossier; counted where the dossier goes as a whole.
        package var dossierHolds: [HoldID]
        /// Whether it is lent.
        package var isOnLoan: Bool

        /// A candidate out of its parts.
        package init(
            item: DisposalItem,
            due: DueFacts,
            holds: [HoldID] = [],
            dossierHolds: [HoldID] = [],
            isOnLoan: Bool = false
        ) {
            self.item = item
            self.due = due
            self.holds = holds
            self.dossierHolds = dossierHolds
            self.isOnLoan = isOnLoan
        }
    }

    /// Whether a list may be proposed and frozen.
    ///
    /// - Parameters:
    ///   - kind: whether it destroys, deposits or moves.
    ///   - title: what it is called.
    ///   - unit: the unit that the records come from.
    ///   - candidates: the records.
    ///   - actor: who proposes.
    /// - Returns: the detail of the event, or all refusals.
    package func propose(
        _ kind: DisposalKind,
        title: String,
        unit: String,
        candidates: [Candidate],
        by actor: String
    ) -> Verdict<DisposalProposed> {
        var refusals = people.refusals(of: "propose a list", by: actor, needing: .propose)
        if title.isBlank { refusals.append(.noText("title", of: "a list")) }
        if unit.isBlank { refusals.append(.noText("unit", of: "a list")) }
        if candidates.isEmpty { refusals.append(.noText("records", of: "a list")) }
        if candidates.count > EventLimit.items {
            refusals.append(.malformed("records", "there are more than \(EventLimit.items)"))
        }
        let open = book.openItems
        let evidence = kind == .destroy ? book.evidence : [:]
        var seen: Set<RecordID> = []
        for candidate in candidates {
            let record = candidate.item.record
            if !seen.insert(record).inserted { refusals.append(.malformed("records", "\(record) is named twice")) }
            refusals += self.refusals(of: candidate, kind: kind, otherList: open[record])
            if let places = evidence[record] { refusals.append(.evidence(record, of: places, on: nil)) }
        }
        let versions = Set(candidates.map { ExactText($0.due.scheduleVersion) })
        if versions.count > 1 {
            refusals.append(.malformed("schedule", "the records were held against several versions"))
        }
        if let due = candidates.first?.due { refusals += scheduleRefusals(due) }
        guard refusals.isEmpty, let version = versions.first?.text else { return .refused(refusals) }
        guard let id = book.nextID(in: today.year) else {
            return .refused([.malformed("list", "the numbers of \(today.year) are used up")])
        }
        return .allowed(
            DisposalProposed(
                list: id,
                kind: kind,
                title: title,
                unit: unit,
                scheduleVersion: version,
                items: candidates.map(\.item)
            )
        )
    }

    private func refusals(of candidate: Candidate, kind: DisposalKind, otherList: DisposalID?) -> [Refusal] {
        let item = candidate.item
        let record = item.record
        var refusals = item.faults.map { Refusal.malformed(record.description, $0) }
        if let otherList { refusals.append(.onOtherList(record, otherList)) }
        if book.tombstones[record] != nil { refusals.append(.gone(record)) }
        let holds = candidate.holds + (item.isWholeDossier ? candidate.dossierHolds : [])
        if !holds.isEmpty { refusals.append(.held(record, holds)) }
        if candidate.isOnLoan { refusals.append(.onLoan(record)) }
        if kind == .destroy, item.isUnclassified { refusals.append(.unclassified(record)) }
        if item.row != candidate.due.row || item.dueSince != candidate.due.dueSince
            || item.totalMonths != candidate.due.totalMonths
        {
            refusals.append(.malformed(record.description, "the item says something else than the schedule"))
        }
        return refusals + dueRefusals(record, candidate.due, kind: kind)
    }

    /// Never early, and never what the schedule does not ask for.
    ///
    /// A record without a row may be proposed for destruction: only Kepala ANRI can approve that (`domain.md` 4.2).
    func dueRefusals(_ record: RecordID, _ due: DueFacts, kind: DisposalKind) -> [Refusal] {
        if kind == .destroy, !due.hasRow, due.action == nil { return [] }
        guard due.action == kind.action else { return [.otherAction(record, due, wanted: kind.action)] }
        return due.dueSince.map { $0 <= today } ?? false ? [] : [.notDue(record, due, today)]
    }

    /// Nothing is disposed of under the marked sample.
    package func scheduleRefusals(_ due: DueFacts) -> [Refusal] {
        guard due.isSample else { return [] }
        return [
            Refusal(
                .sampleSchedule,
                due.scheduleVersion,
                "the schedule in force, '\(due.scheduleVersion.displayed)', is the marked sample, and nobody has adopted it",
                remedy: "load the office's own schedule with 'berkas retention adopt FILE --authority …'"
            )
        ]
    }

    /// The list of that number, or why it cannot be worked on in one of these states.
    func list(_ id: DisposalID, in states: Set<DisposalList.State>) -> (list: DisposalList?, refusals: [Refusal]) {
        guard let list = book[id] else {
            let message = "there is no \(id)"
            return (nil, [Refusal(.unknown, id.description, message, remedy: "see 'berkas disposal list'")])
        }
        if states.contains(list.state) { return (list, []) }
        let wanted = states.map(\.rawValue).sorted().joined(separator: " or ")
        let refusal = Refusal(
            .wrongState,
            id.description,
            "\(id) is \(list.state.rawValue); that is possible while a list is \(wanted)",
            remedy: "see 'berkas disposal show \(id)' for what comes next"
        )
        return (list, [refusal])
    }

    /// Whether a member may say this of items of a list.
    package func assess(
        _ id: DisposalID,
        opinions: [DisposalAssessed.Opinion],
        by actor: String
    ) -> Verdict<DisposalAssessed> {
        let (found, state) = list(id, in: [.proposed])
        var refusals = state
        guard let list = found else { return .refused(refusals) }
        refusals += people.refusals(of: "assess \(id)", by: actor, needing: list.kind.assessing)
        let member = PersonName(actor)
        if people.areSame(actor, list.proposedBy) {
            refusals.append(.samePerson(actor, "proposed \(id), and cannot assess it"))
        }
        let said = DisposalAssessed(list: id, opinions: opinions)
        refusals += said.faults.map { .malformed("opinions", $0) }
        refusals += missing(list, before: .assess)
        for opinion in opinions {
            let record = opinion.record
            guard list.item(record) != nil else {
                refusals.append(.notOnList(record, id))
                continue
            }
            switch list.outcome(record) {
            case .pending: break
            case .refused where !opinion.agrees: break
            case .refused(let by, let reason):
                refusals.append(
                    .settled(record, "'\(by.displayed)' refused it (\(reason.displayed)), and that is final")
                )
            default: refusals.append(.settled(record, "it is settled"))
            }
            if let earlier = list.standing(record)[member], earlier.agrees == opinion.agrees {
                refusals.append(.settled(record, "'\(actor.displayed)' said the same of it before"))
            }
        }
        return refusals.isEmpty ? .allowed(said) : .refused(refusals)
    }

    /// The items of a destruction that are evidence of a list, one refusal each.
    func evidenceItems(of list: DisposalList) -> [Refusal] {
        guard list.kind == .destroy else { return [] }
        let evidence = book.evidence
        return list.pending.compactMap { item in
            evidence[item.record].map { .evidence(item.record, of: $0, on: list.id) }
        }
    }

    /// What of the chain is still missing before a step, one refusal a document.
    func missing(_ list: DisposalList, before step: DisposalStep) -> [Refusal] {
        list.missingEvidence(before: step).map { slot in
            Refusal(
                .evidenceMissing,
                slot.rawValue,
                "\(list.id) has no \(slot.name) yet",
                remedy: "ingest it, then 'berkas disposal attach \(list.id) \(slot.rawValue) ID'"
            )
        }
    }
}
