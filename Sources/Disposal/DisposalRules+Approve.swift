package import Acts
package import RecordsModel

extension DisposalRules {
    /// A letter of approval, as it is entered.
    package struct Letter: Hashable, Sendable {
        /// Which authority wrote it.
        package var authority: DisposalAuthority
        /// Who signed it.
        package var by: String
        /// The record that it is kept as.
        package var record: RecordID
        /// Its number, verbatim.
        package var number: String
        /// Its date.
        package var date: CivilDate

        /// A letter out of its parts.
        package init(authority: DisposalAuthority, by: String, record: RecordID, number: String, date: CivilDate) {
            self.authority = authority
            self.by = by
            self.record = record
            self.number = number
            self.date = date
        }
    }

    /// Whether a list may be approved (R22, R23).
    ///
    /// - Parameters:
    ///   - id: the list.
    ///   - letter: the authority's letter.
    ///   - held: the holds on items now; a held item blocks the list until it is taken off (R44).
    ///   - due: what the schedule says now of any one item: whether it is a sample, and its version.
    ///   - paper: what a record says of itself; nil where the archive keeps no such record.
    ///   - actor: who enters it; the approver or somebody else, but nobody who proposed or assessed.
    /// - Returns: the detail of the event, or all refusals.
    package func approve(
        _ id: DisposalID,
        letter: Letter,
        held: [RecordID: [HoldID]],
        due: DueFacts,
        paper: (RecordID) -> EvidencePaper?,
        by actor: String
    ) -> Verdict<DisposalApproved> {
        let (found, state) = list(id, in: [.proposed])
        var refusals = state
        guard let list = found else { return .refused(refusals) }
        refusals += approverRefusals(list, letter, by: actor)
        if letter.number.isBlank { refusals.append(.noText("number", of: "a letter of approval")) }
        if letter.date > today, paper(letter.record) == nil {
            refusals.append(.malformed("date", "the letter's date, \(letter.date), is later than today"))
        }
        if letter.date < list.proposedAt.date {
            refusals.append(.malformed("date", "the letter's date, \(letter.date), is earlier than the list's"))
        }
        let words = EvidenceWords(number: letter.number, date: letter.date, signer: letter.by)
        refusals += evidenceRefusals(letter.record, list, as: Place(.approvalLetter), words: words, paper: paper)
        refusals += missing(list, before: .approve)
        refusals += assessmentRefusals(list)
        refusals += scheduleRefusals(due) + versionRefusals(list, due.scheduleVersion)
        refusals += evidenceItems(of: list)
        if list.pending.isEmpty { refusals.append(.nothingLeft(list.id)) }
        for item in list.pending {
            if list.kind == .destroy, item.isUnclassified { refusals.append(.unclassified(item.record)) }
            if let holds = held[item.record], !holds.isEmpty { refusals.append(.held(item.record, holds)) }
        }
        guard refusals.isEmpty else { return .refused(refusals) }
        return .allowed(
            DisposalApproved(
                list: id,
                authority: letter.authority,
                by: letter.by,
                letter: letter.record,
                number: letter.number,
                date: letter.date,
                waitDays: list.kind == .destroy ? settings.waitDays : nil
            )
        )
    }

    private func approverRefusals(_ list: DisposalList, _ letter: Letter, by actor: String) -> [Refusal] {
        var refusals = people.refusals(
            of: "approve \(list.id) as \(letter.authority.name)",
            by: letter.by,
            needing: letter.authority.permission
        )
        if PersonName(letter.by) != PersonName(actor) {
            refusals += people.refusals(of: "enter an approval", by: actor, needing: .enterApproval)
        }
        let required = list.requiredAuthority(settings)
        if letter.authority != required {
            refusals.append(
                Refusal(
                    .wrongAuthority,
                    list.id.description,
                    "\(list.id) needs the approval of \(required.name), not of \(letter.authority.name)"
                        + reason(for: required, list),
                    remedy: "send the list to \(required.name), or propose the records in lists of their own"
                )
            )
        }
        for name in letter.by == actor ? [actor] : [letter.by, actor] {
            if people.areSame(name, list.proposedBy) {
                refusals.append(.samePerson(name, "proposed \(list.id), and cannot approve it or enter its approval"))
            }
            if list.assessors.contains(where: { people.areSame(name, $0.text) }) {
                refusals.append(.samePerson(name, "assessed \(list.id), and cannot approve it or enter its approval"))
            }
        }
        return refusals
    }

    private func reason(for required: DisposalAuthority, _ list: DisposalList) -> String {
        guard list.kind == .destroy else { return "" }
        let years = "\(settings.nationalFromMonths / 12) years"
        guard required == .nationalArchives else { return ": no item has a retention of \(years) or more" }
        let count = list.pending.count { settings.authority(months: $0.totalMonths, hasRow: $0.row != nil) == required }
        return ": \(count) items have a retention of \(years) or more, or none that is known"
    }

    /// Everybody who must assess a list: the panitia without its proposer; for a move, the giving unit's head.
    package func committee(of list: DisposalList) -> [Person] {
        people.all(allowed: list.kind.assessing).filter { person in
            if people.areSame(person.name, list.proposedBy) { return false }
            guard list.kind == .move, let unit = person.unit else { return true }
            return PersonName(unit) == PersonName(list.unit)
        }
    }

    private func assessmentRefusals(_ list: DisposalList) -> [Refusal] {
        let members = committee(of: list)
        var refusals: [Refusal] = []
        let fewest = list.kind == .move ? 1 : max(1, settings.committee)
        if members.count < fewest {
            refusals.append(
                Refusal(
                    .assessmentMissing,
                    list.id.description,
                    "the panitia of \(list.id) has \(members.count) members beside its proposer, and needs \(fewest)",
                    remedy: "enter the members of the SK with the role 'panitia' in 'policy/people.csv'"
                )
            )
        }
        for member in members {
            let name = PersonName(member.name)
            let left = list.pending.filter { list.standing($0.record)[name] == nil }
            guard let first = left.first else { continue }
            refusals.append(
                Refusal(
                    .assessmentMissing,
                    member.name,
                    "'\(member.name.displayed)' has not assessed \(left.count) items of \(list.id), such as \(first.record)",
                    remedy: "let the member assess them: 'berkas disposal assess \(list.id) …'"
                )
            )
        }
        return refusals
    }

    /// A changed schedule stops everything (R25).
    func versionRefusals(_ list: DisposalList, _ version: String) -> [Refusal] {
        if version.utf8.elementsEqual(list.scheduleVersion.utf8) { return [] }
        return [
            Refusal(
                .scheduleChanged,
                list.id.description,
                "\(list.id) was frozen under the schedule '\(list.scheduleVersion.displayed)', and "
                    + "'\(version.displayed)' is in force now",
                remedy: "cancel the list, and propose what is still due under the new schedule"
            )
        ]
    }
}
