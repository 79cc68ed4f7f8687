package import Acts
package import RecordsModel

/// The detail of `disposal objected`: the actor objects, and the list is not carried out while that stands.
package struct DisposalObjected: EventDetail {
    /// The kind of event.
    package static let type = EventType.disposalObjected

    /// The list.
    package var list: DisposalID
    /// Why.
    package var reason: String

    /// A detail out of its parts.
    package init(list: DisposalID, reason: String) {
        self.list = list
        self.reason = reason
    }

    /// What is wrong with the values.
    package var faults: [String] { [reason].textFaults("reason") }
}

/// The detail of `disposal objection lifted`.
package struct DisposalObjectionLifted: EventDetail {
    /// The kind of event.
    package static let type = EventType.disposalObjectionLifted

    /// The list.
    package var list: DisposalID
    /// Whose objection it is.
    package var objector: String
    /// Why it does not stand any more.
    package var reason: String

    /// A detail out of its parts.
    package init(list: DisposalID, objector: String, reason: String) {
        self.list = list
        self.objector = objector
        self.reason = reason
    }

    /// What is wrong with the values.
    package var faults: [String] { [objector].textFaults("objector") + [reason].textFaults("reason") }
}

extension DisposalList {
    /// A person's word against the execution of a list.
    package struct Objection: Hashable, Sendable {
        /// Who.
        package let by: String
        /// Why.
        package let reason: String
        /// When.
        package let at: Moment
        /// Who lifted it, when and why; nil while it stands.
        package internal(set) var lifted: HoldEnding?
    }

    /// The objections that stand.
    package var standingObjections: [Objection] { objections.filter { $0.lifted == nil } }

    /// The first day on which a destruction may be carried out; nil before its approval, and for what destroys nothing.
    ///
    /// The day of the approval in the ledger counts, not the letter's, which somebody typed. The wait that held then
    /// stays: a setting that is made shorter afterwards shortens nothing.
    ///
    /// - Parameter days: the office's wait of today.
    /// - Returns: the day, or nil.
    package func firstDay(waiting days: Int) -> CivilDate? {
        guard kind == .destroy, let approval else { return nil }
        let day = approval.at.date.daysSinceEpoch + max(days, approval.waitDays ?? 0)
        return CivilDate(daysSinceEpoch: day)
    }
}

extension DisposalRules {
    /// Whether a person may object to a list: anybody whom the office names, while something is left to do.
    ///
    /// - Parameters:
    ///   - id: the list.
    ///   - reason: why.
    ///   - actor: who objects.
    /// - Returns: the detail of the event, or all refusals.
    package func object(_ id: DisposalID, reason: String, by actor: String) -> Verdict<DisposalObjected> {
        let (found, state) = list(id, in: [.proposed, .approved, .executing])
        var refusals = state
        if people.person(named: actor) == nil {
            refusals.append(
                Refusal(
                    .notPermitted,
                    actor,
                    "'\(actor.displayed)' may not object: the office's people do not include that name",
                    remedy: "enter the person, with any role, in 'policy/people.csv'"
                )
            )
        }
        if reason.isBlank { refusals.append(.noText("reason", of: "an objection")) }
        if let list = found, list.objection(of: actor) != nil {
            let message = "'\(actor.displayed)' objects to \(id) already"
            refusals.append(Refusal(.alreadyDone, actor, message, remedy: "nothing needs to be done: it stands"))
        }
        return refusals.isEmpty ? .allowed(DisposalObjected(list: id, reason: reason)) : .refused(refusals)
    }

    /// Whether a person may lift an objection: who made it, or who approves the list and neither proposed nor assessed it.
    package func liftObjection(
        of objector: String,
        to id: DisposalID,
        reason: String,
        by actor: String
    ) -> Verdict<DisposalObjectionLifted> {
        let (found, state) = list(id, in: [.proposed, .approved, .executing])
        var refusals = state
        if reason.isBlank { refusals.append(.noText("reason", of: "lifting an objection")) }
        guard let list = found else { return .refused(refusals) }
        guard let objection = list.objection(of: objector) else {
            let message = "no objection of '\(objector.displayed)' to \(id) stands"
            refusals.append(Refusal(.unknown, objector, message, remedy: "see 'berkas disposal show \(id)'"))
            return .refused(refusals)
        }
        if PersonName(actor) != PersonName(objection.by) {
            let authority = list.requiredAuthority(settings)
            refusals += people.refusals(
                of: "lift the objection of '\(objection.by.displayed)'",
                by: actor,
                needing: authority.permission
            )
            if ([list.proposedBy] + list.assessors.map(\.text)).contains(where: { people.areSame(actor, $0) }) {
                refusals.append(.samePerson(actor, "proposed or assessed \(id), and cannot lift another's objection"))
            }
        }
        guard refusals.isEmpty else { return .refused(refusals) }
        return .allowed(DisposalObjectionLifted(list: id, objector: objection.by, reason: reason))
    }

    /// Why a list may not be carried out yet: somebody objects, or the time since its approval is too short.
    func waitRefusals(_ list: DisposalList) -> [Refusal] {
        var refusals = objectionRefusals(list)
        if list.run == nil, let first = list.firstDay(waiting: settings.waitDays), let approval = list.approval,
            today < first
        {
            refusals.append(
                Refusal(
                    .coolingOff,
                    list.id.description,
                    "\(list.id) was approved on \(approval.at.date) and may be carried out from \(first) on: until then "
                        + "a hold or an objection stops it ('disposal-wait-days')",
                    remedy: "wait until \(first)"
                )
            )
        }
        return refusals
    }

    /// Everything that speaks against carrying a list out on the day, its items aside.
    ///
    /// - Parameters:
    ///   - list: the list.
    ///   - due: what the schedule says of any one item: whether it is a sample, and its version.
    /// - Returns: the refusals.
    package func obstacles(to list: DisposalList, _ due: DueFacts) -> [Refusal] {
        let approval =
            list.approval == nil
            ? [
                Refusal(
                    .wrongState,
                    list.id.description,
                    "\(list.id) is not approved",
                    remedy: "see 'berkas disposal show \(list.id)' for what comes next"
                )
            ] : []
        return approval + standingRefusals(list, due)
    }

    /// What speaks against carrying an approved list out on the day, whoever does it, its items aside.
    func standingRefusals(_ list: DisposalList, _ due: DueFacts) -> [Refusal] {
        scheduleRefusals(due) + versionRefusals(list, due.scheduleVersion) + missing(list, before: .execute)
            + evidenceItems(of: list) + waitRefusals(list)
    }

    /// The objections that stand, one refusal each.
    func objectionRefusals(_ list: DisposalList) -> [Refusal] {
        list.standingObjections.map { objection in
            Refusal(
                .objected,
                list.id.description,
                "'\(objection.by.displayed)' objects to \(list.id): \(objection.reason.displayed)",
                remedy: "cancel the list, or let the objector or the approving authority lift it: "
                    + "'berkas disposal object \(list.id) --lift …'"
            )
        }
    }
}

extension DisposalList {
    /// The objection of a person that stands.
    func objection(of name: String) -> Objection? {
        standingObjections.first { PersonName($0.by) == PersonName(name) }
    }
}
