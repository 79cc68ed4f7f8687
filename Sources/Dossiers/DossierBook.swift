package import Acts
package import RecordsModel

/// Where the filing of a dossier stands: its stages, its seals, and when it was opened again.
package struct DossierProgress: Hashable, Sendable {
    /// One thing that happened to it.
    package struct Act: Hashable, Sendable {
        /// What a person did.
        package enum Kind: Hashable, Sendable {
            /// It reached a stage.
            case stage(DossierStage)
            /// It was sealed.
            case seal(DossierSealed)
            /// It was opened again.
            case reopening(DossierReopened)
        }

        /// What was done.
        package let kind: Kind
        /// By whom.
        package let by: String
        /// When.
        package let at: Moment
        /// The place in the ledger.
        package let seq: Int
    }

    /// All that happened, in order.
    package internal(set) var acts: [Act] = []

    /// When it was opened again last; nil where it never was, or is sealed since.
    package var reopened: (detail: DossierReopened, act: Act)? {
        for act in acts.reversed() {
            switch act.kind {
            case .seal: return nil
            case .reopening(let detail): return (detail, act)
            case .stage: continue
            }
        }
        return nil
    }

    /// The act that ended the archiving of a plan: the first seal that holds it, else the seal in force.
    ///
    /// - Parameter plan: the plan that is valid; nil where there is none.
    /// - Returns: the act; nil where the dossier was never sealed with it and is open.
    package func sealing(of plan: RecordID?) -> Act? {
        let first = acts.first { act in
            if case .seal(let detail) = act.kind, let plan { detail.plan == plan.description } else { false }
        }
        return first ?? seal?.act
    }

    /// Whether more happened than the stages that hold and the seal: it was opened again, or a stage was done twice.
    package var hasPast: Bool { acts.count > stages.count + (seal == nil ? 0 : 1) }

    /// A dossier of which nothing is entered.
    package init() {}

    /// The seal in force; nil where the dossier is open.
    package var seal: (detail: DossierSealed, act: Act)? {
        for act in acts.reversed() {
            switch act.kind {
            case .seal(let detail): return (detail, act)
            case .reopening: return nil
            case .stage: continue
            }
        }
        return nil
    }

    /// The stages that it reached since it was opened last, or up to the seal in force: the last act of each.
    package var stages: [String: Act] {
        var found: [String: Act] = [:]
        for act in acts {
            switch act.kind {
            case .stage(let detail): found[detail.stage] = act
            case .reopening: found = [:]
            case .seal: continue
            }
        }
        return found
    }
}

/// The filing of all dossiers, as the ledger tells of it.
///
/// A fold over the events: the same events give the same book after a rebuild. One that cannot be true stops it and is
/// named, since a seal that is overlooked lets a dossier change unseen.
package struct DossierBook: EventBook, Hashable {
    /// The kinds of events that it is made of.
    package static let kinds: Set<EventType> = [.dossierStage, .dossierSealed, .dossierReopened]
    private var known: [ExactText: DossierProgress] = [:]
    private var lastSeq = -1

    /// A book in which nothing is entered.
    package init() {}

    /// Where the filing of a dossier stands.
    package subscript(dossier: String) -> DossierProgress { known[ExactText(dossier)] ?? DossierProgress() }

    /// The names of the dossiers that are sealed, with their seals.
    package var sealed: [(dossier: String, seal: DossierSealed, act: DossierProgress.Act)] {
        known.compactMap { name, standing in standing.seal.map { (name.text, $0.detail, $0.act) } }
            .sorted { $0.dossier < $1.dossier }
    }

    /// Takes in one event more, which must stand behind all others in the ledger.
    package mutating func apply(_ event: Event) throws(EventFault) {
        let kind: DossierProgress.Act.Kind
        let dossier: String
        switch event.event {
        case .dossierStage:
            let detail = try DossierStage(of: event)
            (kind, dossier) = (.stage(detail), detail.dossier)
        case .dossierSealed:
            let detail = try DossierSealed(of: event)
            (kind, dossier) = (.seal(detail), detail.dossier)
        case .dossierReopened:
            let detail = try DossierReopened(of: event)
            (kind, dossier) = (.reopening(detail), detail.dossier)
        default: return
        }
        guard event.seq > lastSeq else { throw EventFault(event, .order, "it stands behind event \(lastSeq)") }
        if event.actor.isBlank { throw EventFault(event, .value, "it names nobody who did it") }
        let isSealed = self[dossier].seal != nil
        if case .reopening = kind {
            if !isSealed { throw EventFault(event, .state, "\(dossier) was not sealed") }
        } else if isSealed {
            throw EventFault(event, .state, "\(dossier) was sealed")
        }
        let act = DossierProgress.Act(kind: kind, by: event.actor, at: event.time, seq: event.seq)
        known[ExactText(dossier), default: DossierProgress()].acts.append(act)
        lastSeq = event.seq
    }
}
