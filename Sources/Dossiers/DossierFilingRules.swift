package import Acts
package import RecordsModel

/// A dossier that is to be moved on, with what the catalogue knows of it.
package struct DossierFiling: Sendable {
    /// The name: `RKT/2024`.
    package let dossier: String
    /// The stages of the procedure, in their order; the seal comes behind the last.
    package let stages: [ProcedureStep.Stage]
    /// How many records it has.
    package let records: Int
    /// The place in the ledger of the last event that brought in or removed a record of it; -1 where there is none.
    package let lastChange: Int
    /// Whether the office lets one person do all stages and the seal.
    package let allowsOnePerson: Bool

    /// A filing out of its parts.
    package init(
        dossier: String,
        stages: [ProcedureStep.Stage],
        records: Int,
        lastChange: Int,
        allowsOnePerson: Bool = false
    ) {
        self.dossier = dossier
        self.stages = stages
        self.records = records
        self.lastChange = lastChange
        self.allowsOnePerson = allowsOnePerson
    }
}

/// What a person does with a dossier, and which permission that takes.
package enum DossierAct: String, Hashable, Sendable, CaseIterable {
    /// Takes the dossier in for filing.
    case receive = "received"
    /// Finds its papers to be there and in order.
    case check = "checked"
    /// Approves that it is filed as it is.
    case approve = "filed"

    /// What it takes.
    package var permission: Permission {
        switch self {
        case .receive: .receiveDossier
        case .check: .checkFiling
        case .approve: .approveFiling
        }
    }

    /// What it is called in a refusal.
    package var words: String {
        switch self {
        case .receive: "receive a dossier"
        case .check: "check a dossier"
        case .approve: "approve the filing of a dossier"
        }
    }
}

extension DossierBook {
    /// Whether a dossier may reach a stage, with all faults at once.
    ///
    /// Each stage needs the one before it. A stage that was reached may be repeated only where records came or went since:
    /// what was looked at then is not what is there now.
    ///
    /// - Parameters:
    ///   - act: what is done.
    ///   - filing: the dossier.
    ///   - note: a remark.
    ///   - actor: who does it.
    ///   - people: who may.
    /// - Returns: what to write down, or all refusals.
    package func advance(
        _ act: DossierAct,
        _ filing: DossierFiling,
        note: String?,
        by actor: String,
        people: People
    ) -> Verdict<DossierStage> {
        var refusals = people.refusals(of: act.words, by: actor, needing: act.permission)
        refusals += openRefusals(filing)
        let reached = self[filing.dossier].stages
        guard let place = filing.stages.firstIndex(where: { $0.id == act.rawValue }) else {
            let names = filing.stages.map { "'\($0.id)'" }.joined(separator: ", ")
            let message = "the procedure has no stage '\(act.rawValue)': it has \(names)"
            refusals.append(
                Refusal(.unknown, act.rawValue, message, remedy: "correct 'stages' in 'policy/sop-rkt.yaml'")
            )
            return .refused(refusals)
        }
        if let done = reached[act.rawValue], done.seq > filing.lastChange {
            let message = "\(filing.dossier) is '\(filing.stages[place].name)' already, by \(done.by) at \(done.at)"
            let remedy = "go on with the next stage; see 'berkas dossier'"
            refusals.append(Refusal(.alreadyDone, filing.dossier, message, remedy: remedy))
        }
        if place > 0 { refusals += need(filing.stages[place - 1], filing, isFresh: place > 1) }
        let detail = DossierStage(dossier: filing.dossier, stage: act.rawValue, records: filing.records, note: note)
        if filing.records > 0 {
            refusals += detail.faults.map { Refusal(.malformed, "stage", $0, remedy: "correct it") }
        }
        return refusals.isEmpty ? .allowed(detail) : .refused(refusals)
    }

    /// Whether a dossier may be sealed, before its package is made.
    ///
    /// - Parameters:
    ///   - filing: the dossier.
    ///   - gaps: what is missing, each in a sentence.
    ///   - incomplete: why it is sealed all the same.
    ///   - actor: who seals.
    ///   - people: who may.
    /// - Returns: all refusals; empty where it may be.
    package func sealRefusals(
        _ filing: DossierFiling,
        gaps: [String],
        incomplete: String?,
        by actor: String,
        people: People
    ) -> [Refusal] {
        var refusals = people.refusals(of: "seal a dossier", by: actor, needing: .sealDossier)
        refusals += openRefusals(filing)
        if let last = filing.stages.last { refusals += need(last, filing, isFresh: true) }
        refusals += onePersonRefusals(filing, by: actor, people)
        let hasReason = incomplete.map { !$0.allSatisfy(\.isWhitespace) } ?? false
        if !gaps.isEmpty, !hasReason {
            refusals += gaps.map { gap in
                let remedy = "file what is missing, or say why it is sealed without: --incomplete REASON"
                return Refusal(.evidenceMissing, filing.dossier, gap, remedy: remedy)
            }
        }
        return refusals
    }

    /// Whether a sealed dossier may be opened again.
    package func reopen(
        _ dossier: String,
        reason: String,
        by actor: String,
        people: People
    ) -> Verdict<DossierReopened> {
        var refusals = people.refusals(of: "open a sealed dossier", by: actor, needing: .reopenDossier)
        if self[dossier].seal == nil {
            let message = "\(dossier) is not sealed"
            refusals.append(Refusal(.wrongState, dossier, message, remedy: "file into it as it is"))
        }
        let detail = DossierReopened(dossier: dossier, reason: reason)
        refusals += detail.faults.map { Refusal(.missing, "reason", $0, remedy: "say why: --reason WORDS") }
        return refusals.isEmpty ? .allowed(detail) : .refused(refusals)
    }

    /// That one person did every stage and would seal too, which the office must have said.
    private func onePersonRefusals(_ filing: DossierFiling, by actor: String, _ people: People) -> [Refusal] {
        let reached = filing.stages.compactMap { self[filing.dossier].stages[$0.id]?.by }
        guard !filing.allowsOnePerson, !reached.isEmpty, reached.count == filing.stages.count,
            reached.allSatisfy({ people.areSame($0, actor) })
        else {
            return []
        }
        let message = "'\(actor.displayed)' received, checked and filed \(filing.dossier), and would seal it too"
        let remedy =
            "let another person seal it, or set 'one-person: true' at the step with stages in 'policy/sop-rkt.yaml'"
        return [Refusal(.samePerson, actor, message, remedy: remedy)]
    }

    private func openRefusals(_ filing: DossierFiling) -> [Refusal] {
        var refusals: [Refusal] = []
        if let seal = self[filing.dossier].seal {
            let message = "\(filing.dossier) is sealed, by \(seal.act.by) at \(seal.act.at)"
            refusals.append(
                Refusal(.alreadyDone, filing.dossier, message, remedy: "open it again with 'berkas reopen' first")
            )
        }
        if filing.records == 0 {
            let message = "\(filing.dossier) has no record"
            refusals.append(Refusal(.unknown, filing.dossier, message, remedy: "see 'berkas dossier --all'"))
        }
        return refusals
    }

    private func need(_ stage: ProcedureStep.Stage, _ filing: DossierFiling, isFresh: Bool) -> [Refusal] {
        guard let done = self[filing.dossier].stages[stage.id] else {
            let message = "\(filing.dossier) is not '\(stage.name)' yet"
            return [Refusal(.wrongState, filing.dossier, message, remedy: "do that stage first (\(stage.id))")]
        }
        guard isFresh, done.seq < filing.lastChange else { return [] }
        let message = "records of \(filing.dossier) came or went after it was '\(stage.name)' at \(done.at)"
        return [Refusal(.wrongState, filing.dossier, message, remedy: "do that stage (\(stage.id)) again")]
    }
}
