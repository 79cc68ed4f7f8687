package import Acts
package import RecordsModel

/// What a person enters for a hold, before anything of it is known to be right.
package struct HoldDraft: Hashable, Sendable {
    /// What it is called.
    package var title = ""
    /// The law or order that it rests on.
    package var mandate = ""
    /// What is meant by the scope, in words.
    package var scopeNotes = ""
    /// Why.
    package var reason = ""
    /// Who ordered it.
    package var orderedBy = ""
    /// The day of the order, `YYYY-MM-DD`.
    package var orderedOn = ""
    /// What it covers; nil where nothing was chosen.
    package var scope: HoldScope?
    /// Another archive's hold that it carries on.
    package var origin: HoldPlaced.Origin?

    /// A draft in which nothing is entered.
    package init() {}
}

/// An act that changes or removes what a hold keeps.
package enum HeldAct: String, Hashable, Sendable, CaseIterable {
    /// Destruction (pemusnahan).
    case destroy = "destroy"
    /// Removal here of what was handed over.
    case transferWithRemoval = "remove after transfer"
    /// Removal of versions or of metadata (R41).
    case prune = "prune"
    /// A change of the record itself; a derived file, which can be made again, is no part of it.
    case alter = "alter"
}

extension HoldBook {
    /// Whether a hold may be placed, with all faults at once (R33).
    ///
    /// It may be at any moment, whatever is under way (R44).
    ///
    /// - Parameters:
    ///   - draft: what was entered.
    ///   - actor: who enters it.
    ///   - today: an order cannot be of a later day.
    ///   - people: who may.
    /// - Returns: the detail of the event, or all refusals.
    package func place(_ draft: HoldDraft, by actor: String, today: CivilDate, people: People) -> Verdict<HoldPlaced> {
        var refusals = people.refusals(of: "place a hold", by: actor, needing: .placeHold)
        let texts = [
            ("title", draft.title), ("mandate", draft.mandate), ("reason", draft.reason),
            ("ordered-by", draft.orderedBy),
        ]
        for (name, text) in texts {
            if text.isBlank {
                refusals.append(.noText(name, of: "a hold"))
            } else if text.utf8.count > EventLimit.text {
                refusals.append(.malformed(name, "it is longer than \(EventLimit.text) bytes"))
            }
        }
        if draft.scopeNotes.utf8.count > EventLimit.text {
            refusals.append(.malformed("scope-notes", "they are longer than \(EventLimit.text) bytes"))
        }
        let ordered = CivilDate(draft.orderedOn)
        if draft.orderedOn.isBlank {
            refusals.append(.noText("ordered-on", of: "a hold"))
        } else if ordered == nil {
            refusals.append(.malformed("ordered-on", "'\(draft.orderedOn.displayed)' is no date YYYY-MM-DD"))
        } else if let ordered, ordered > today {
            refusals.append(.malformed("ordered-on", "\(ordered) is later than today, \(today)"))
        }
        if let scope = draft.scope {
            refusals += scope.faults.map { .malformed("scope", $0) }
        } else {
            refusals.append(.noText("scope", of: "a hold"))
        }
        guard refusals.isEmpty, let scope = draft.scope, let ordered else { return .refused(refusals) }
        guard let id = nextID(in: today.year) else {
            return .refused([.malformed("hold", "the numbers of \(today.year) are used up")])
        }
        return .allowed(
            HoldPlaced(
                hold: id,
                title: draft.title,
                mandate: draft.mandate,
                scopeNotes: draft.scopeNotes,
                reason: draft.reason,
                orderedBy: draft.orderedBy,
                orderedOn: ordered,
                scope: scope,
                origin: draft.origin
            )
        )
    }

    /// Whether a hold may be lifted, which needs a reason and an authority (R38); the others stay (R37).
    package func release(
        _ id: HoldID,
        reason: String,
        authority: String,
        by actor: String,
        people: People
    ) -> Verdict<HoldReleased> {
        var refusals = people.refusals(of: "lift a hold", by: actor, needing: .releaseHold) + openness(of: id)
        if reason.isBlank { refusals.append(.noText("reason", of: "a release")) }
        if authority.isBlank { refusals.append(.noText("authority", of: "a release")) }
        return refusals.isEmpty
            ? .allowed(HoldReleased(hold: id, reason: reason, authority: authority)) : .refused(refusals)
    }

    /// Whether a hold that was entered by mistake may be taken back; one that covers anything may not (R43).
    ///
    /// - Parameters:
    ///   - id: the hold.
    ///   - covered: how many records it covers now.
    ///   - reason: why.
    ///   - actor: who.
    ///   - people: who may.
    /// - Returns: the detail of the event, or all refusals.
    package func withdraw(
        _ id: HoldID,
        covered: Int,
        reason: String,
        by actor: String,
        people: People
    ) -> Verdict<HoldWithdrawn> {
        var refusals = people.refusals(of: "take back a hold", by: actor, needing: .releaseHold) + openness(of: id)
        if reason.isBlank { refusals.append(.noText("reason", of: "a withdrawal")) }
        if let hold = known(id), hold.wasUsed || covered > 0 {
            refusals.append(
                Refusal(
                    .holdWasUsed,
                    id.description,
                    "\(id) took effect on \(max(covered, hold.applied.count)) records, and cannot be deleted",
                    remedy: "release it with a reason and an authority; it stays in the list of holds"
                )
            )
        }
        return refusals.isEmpty ? .allowed(HoldWithdrawn(hold: id, reason: reason)) : .refused(refusals)
    }

    /// Why a record may not be changed or removed; empty where no hold covers it.
    package func refusals(
        of act: HeldAct,
        on facts: HoldFacts,
        search: HoldSearch
    ) throws -> [Refusal] {
        try covering(facts, search: search).map { .held(facts.id.description, by: $0, against: act) }
    }

    /// Why a dossier may not be changed or removed as a whole; empty where nothing in or over it is held.
    package func refusals(
        of act: HeldAct,
        onDossier dossier: String,
        records: some Sequence<HoldFacts>,
        search: HoldSearch
    ) throws -> [Refusal] {
        try covering(dossier: dossier, records: records, search: search)
            .map { .held(dossier, by: $0, against: act) }
    }

    /// What another archive must be told of holds on records that go there: the terms of holds on just these records.
    ///
    /// A package that takes records along without these would lose their holds; the receiving archive places one hold
    /// of its own for each, so that it can be lifted there on an authority of that place.
    package func carried(
        with records: [HoldFacts],
        from archive: String,
        search: HoldSearch
    ) throws -> [HoldPlaced] {
        try inForce.compactMap { hold in
            let covered = try records.filter { try hold.covers($0, search: search) }.map(\.id)
            guard !covered.isEmpty else { return nil }
            var terms = hold.terms
            terms.scope = .records(Set(covered).sorted())
            terms.origin = terms.origin ?? HoldPlaced.Origin(archive: archive, hold: hold.id)
            return terms
        }
    }

    private func known(_ id: HoldID) -> Hold? { self[id] }

    private func openness(of id: HoldID) -> [Refusal] {
        guard let hold = self[id] else {
            return [Refusal(.unknown, id.description, "there is no \(id)", remedy: "see 'berkas hold list'")]
        }
        guard let ending = hold.release ?? hold.withdrawal else { return [] }
        return [
            Refusal(
                .alreadyDone,
                id.description,
                "\(id) was lifted on \(ending.at.date) by \(ending.by.displayed)",
                remedy: "nothing is left to do"
            )
        ]
    }
}

extension Refusal {
    static func held(_ subject: String, by hold: Hold, against act: HeldAct) -> Refusal {
        let why = "\(hold.id) (\(hold.terms.title.displayed)) holds \(hold.terms.scope.summary)"
        return Refusal(
            .held,
            subject,
            "'\(subject.displayed)' may not be touched (\(act.rawValue)): \(why)",
            remedy: "wait until the hold is released by its authority, \(hold.terms.orderedBy.displayed)"
        )
    }
}
