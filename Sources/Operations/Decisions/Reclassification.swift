import Acts
import ArchiveHome
import Catalogue
import Disposal
package import RecordsModel
package import Retention

/// What came of a choice of a record's code.
package enum ClassificationOutcome: Sendable {
    /// The code is in force.
    case classified(Classified)
    /// It waits for a second person.
    case proposed(ClassificationProposed)
}

extension RetentionActs {
    /// Chooses the classification code of a record.
    ///
    /// From a code under which it is kept for ever to one under which it is not it takes two persons: the first one
    /// proposes, and it is in force when another one chooses the same.
    ///
    /// - Throws: `RefusedError`: by a person who may not, under a code that no schedule in force knows (R4), without a
    ///   reason, by the person who proposed it. `OperationError`, code `noSuchRecord`.
    package func classify(_ id: RecordID, code: String, reason: String) throws -> ClassificationOutcome {
        let act = "choose the classification of \(id)"
        let desk = try RetentionDesk(writer.home, writer.catalogue)
        let (facts, dossier) = try desk.facts(of: id, in: writer.catalogue)
        let before = facts.classification
        var refusals = people.refusals(of: act, by: actor, needing: .classify)
        refusals += Self.missing(reason, "reason", of: id)
        if desk.schedule.rows(code: code).isEmpty { refusals.append(Self.unknown(code, of: id, desk)) }
        let losing = before.flatMap { desk.keepsForEver(facts, dossier, instead: code) ? $0 : nil }
        let proposal = losing == nil ? nil : try proposal(of: code, before: before, for: id)
        if let proposal, people.areSame(proposal.actor, actor) || writer.isSameAccount(as: proposal, people) {
            refusals.append(
                Refusal(
                    .samePerson,
                    actor,
                    "'\(actor.displayed)' proposed to take \(id) from '\(before?.displayed ?? "")' to '\(code.displayed)', and "
                        + "cannot decide it",
                    remedy:
                        "let another person decide: 'berkas classify \(id) \(code.displayed) --by PERSON --reason … --confirm'"
                )
            )
        }
        try writer.require(refusals, act: act, subject: id.description, record: id)
        if let losing, proposal == nil {
            let proposed = ClassificationProposed(code: code, before: losing, reason: reason)
            try writer.enter([writer.event(proposed, record: id)])
            return .proposed(proposed)
        }
        let detail = Classified(code: code, before: before, reason: reason, proposedBy: proposal?.actor)
        // Entered together with the holds that the record comes under by it.
        var holds = try Holds(writer.home, writer.books)
        let applied = try holds.fresh(on: facts, code: code).map { try writer.event(HoldApplied(hold: $0), record: id) }
        try writer.enter([writer.event(detail, record: id)] + applied)
        try writer.catalogue.setHeldCurrent()
        return .classified(detail)
    }

    /// The proposal that waits for a second person; nil where there is none, and where the code changed since.
    private func proposal(of code: String, before: String?, for id: RecordID) throws -> Event? {
        let kinds: [EventType] = [.classificationProposed, .classified]
        var found: Event?
        for event in try writer.catalogue.events(of: kinds) where event.record == id.description {
            found = event.event == .classificationProposed ? event : nil
        }
        guard let found else { return nil }
        let said = try ClassificationProposed(of: found)
        let isSame =
            ExactText(said.code) == ExactText(code) && before.map { ExactText($0) == ExactText(said.before) } ?? false
        return isSame ? found : nil
    }

    private static func unknown(_ code: String, of id: RecordID, _ desk: RetentionDesk) -> Refusal {
        let codes = desk.schedule.rows.map(\.code).joined(separator: ", ")
        return Refusal(
            .malformed,
            id.description,
            "the schedule in force has no row for the code '\(code)'",
            remedy: desk.adopted == nil
                ? "adopt a schedule first: run 'berkas retention simulate FILE'"
                : "choose one of \(codes), or adopt a schedule that has it"
        )
    }
}

extension RetentionDesk {
    /// Whether a record is kept for ever under the code in force, and would not be under another one.
    func keepsForEver(_ facts: RecordFacts, _ dossier: [RecordFacts], instead code: String) -> Bool {
        func isForEver(_ facts: RecordFacts) -> Bool {
            let dates = calculator(schedule, over: dossier).dates(for: facts)
            if let row = dates.row { return schedule.rows[row].disposition.disposition.action == .transfer }
            // No row applies to its type: one that keeps for ever counts.
            return schedule.rows(code: facts.classification ?? "").contains {
                $0.disposition.disposition.action == .transfer
            }
        }
        var after = facts
        after.classification = code
        return isForEver(facts) && !isForEver(after)
    }
}

/// The records whose code a person changed since the schedule in force was adopted, in the words of a list and its papers.
struct Reclassified {
    private var remarks: [RecordID: String] = [:]

    /// What the ledger tells of them.
    init(_ catalogue: CatalogueDatabase, since adopted: CivilDate?) throws {
        for event in try catalogue.events(of: [.classified]) {
            let said = try Classified(of: event)
            guard let id = event.record.flatMap({ RecordID($0) }), let before = said.before,
                ExactText(before) != ExactText(said.code),
                adopted.map({ event.time.date >= $0 }) ?? true
            else {
                continue
            }
            let persons = [said.proposedBy, event.actor].compactMap { $0?.displayed }.joined(separator: " dan ")
            let day = RetentionWords.day(event.time.date).indonesian
            let remark =
                "diklasifikasi ulang dari \(before.displayed) ke \(said.code.displayed) pada \(day) oleh \(persons): "
                + said.reason.displayed
            remarks[id] = remarks[id].map { "\($0); \(remark)" } ?? remark
        }
    }

    /// What is to be said of a record; nil where its code is the one that it came with.
    subscript(id: RecordID) -> String? { remarks[id] }
}
