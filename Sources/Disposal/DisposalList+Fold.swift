import Acts
import RecordsModel

extension DisposalList {
    /// Lets one event change the list.
    ///
    /// - Returns: the tombstone of a record that was removed by it.
    mutating func apply(_ event: Event) throws(EventFault) -> Tombstone? {
        switch event.event {
        case .disposalAssessed: try assess(event)
        case .disposalEvidence: try attach(event)
        case .disposalApproved: try approve(event)
        case .disposalObjected: try object(event)
        case .disposalObjectionLifted: try liftObjection(event)
        case .disposalBegun: try begin(event)
        case .disposalItemTransferred: try transfer(event)
        case .disposalItemRemoved: return try remove(event)
        case .disposalItemSkipped: try skip(event)
        case .disposalReceipt: try receive(event)
        case .disposalExecuted: try finish(event)
        case .disposalCancelled: try cancel(event)
        case .disposalCopiesListed: try listCopies(event)
        default: try destroyCopy(event)
        }
        return nil
    }

    private func require(_ event: Event, _ states: State...) throws(EventFault) {
        if !states.contains(state) {
            throw EventFault(event, .state, "\(id) is \(state.rawValue), and that comes at another time")
        }
    }

    private func itemState(_ event: Event) throws(EventFault) -> (record: RecordID, state: ItemState) {
        let record = try event.namedRecord()
        guard item(record) != nil else { throw EventFault(event, .unknown, "\(record) is not on \(id)") }
        return (record, outcome(record))
    }

    private mutating func assess(_ event: Event) throws(EventFault) {
        let said = try DisposalAssessed(of: event)
        try require(event, .proposed)
        let member = PersonName(event.actor)
        if member == PersonName(proposedBy) {
            throw EventFault(event, .samePerson, "'\(event.actor.displayed)' proposed \(id), and cannot assess it")
        }
        for opinion in said.opinions {
            guard item(opinion.record) != nil else {
                throw EventFault(event, .unknown, "\(opinion.record) is not on \(id)")
            }
            switch outcome(opinion.record) {
            case .pending: break
            case .refused where !opinion.agrees: break
            default: throw EventFault(event, .state, "\(opinion.record) is settled; a refusal is final")
            }
            if let earlier = standing(opinion.record)[member], earlier.agrees == opinion.agrees {
                throw EventFault(event, .again, "'\(event.actor.displayed)' said the same of \(opinion.record) before")
            }
        }
        for opinion in said.opinions {
            opinions[opinion.record, default: []].append(
                Opinion(by: event.actor, agrees: opinion.agrees, reason: opinion.reason, at: event.time)
            )
            if !opinion.agrees, outcome(opinion.record) == .pending {
                outcomes[opinion.record] = .refused(by: event.actor, reason: opinion.reason ?? "")
            }
        }
    }

    private mutating func attach(_ event: Event) throws(EventFault) {
        let said = try DisposalEvidence(of: event)
        guard kind.chain.contains(where: { $0.slot == said.slot }) else {
            throw EventFault(event, .value, "a list '\(kind.rawValue)' has no evidence '\(said.slot.rawValue)'")
        }
        if said.slot == .approvalLetter {
            throw EventFault(event, .state, "the letter of approval comes with the approval")
        }
        if item(said.evidence) != nil {
            throw EventFault(event, .state, "\(said.evidence) is on \(id) itself, and cannot be its evidence")
        }
        if evidence[said.slot]?.contains(said.evidence) ?? false {
            throw EventFault(event, .again, "\(said.evidence) was attached there before")
        }
        evidence[said.slot, default: []].append(said.evidence)
    }

    private mutating func approve(_ event: Event) throws(EventFault) {
        let said = try DisposalApproved(of: event)
        try require(event, .proposed)
        for name in [said.by, event.actor] {
            let person = PersonName(name)
            if person == PersonName(proposedBy) || assessors.contains(person) {
                throw EventFault(
                    event,
                    .samePerson,
                    "'\(name.displayed)' proposed or assessed \(id), and cannot approve it"
                )
            }
        }
        let allowed: [DisposalAuthority] =
            switch kind {
            case .destroy: [.regent, .nationalArchives]
            case .deposit: [.regionalArchives]
            case .move: [.recordsUnit]
            }
        guard allowed.contains(said.authority) else {
            throw EventFault(event, .value, "\(said.authority.name) does not approve a list '\(kind.rawValue)'")
        }
        if pending.isEmpty { throw EventFault(event, .state, "no item of \(id) is left to approve") }
        for item in pending where standing(item.record).isEmpty {
            throw EventFault(event, .state, "nobody has assessed \(item.record)")
        }
        if item(said.letter) != nil {
            throw EventFault(event, .state, "\(said.letter) is on \(id) itself, and cannot be its evidence")
        }
        approval = Approval(
            authority: said.authority,
            by: said.by,
            letter: said.letter,
            number: said.number,
            date: said.date,
            enteredBy: event.actor,
            at: event.time,
            waitDays: said.waitDays
        )
        evidence[.approvalLetter, default: []].append(said.letter)
        state = .approved
    }

    private mutating func begin(_ event: Event) throws(EventFault) {
        let said = try DisposalBegun(of: event)
        try require(event, .approved)
        guard said.scheduleVersion.utf8.elementsEqual(scheduleVersion.utf8) else {
            throw EventFault(event, .state, "the schedule in force is not that of \(id)")
        }
        if kind == .destroy, said.witnesses.count < 2 {
            throw EventFault(event, .value, "a destruction has at least two witnesses")
        }
        if let first = firstDay(waiting: 0), event.time.date < first {
            throw EventFault(event, .state, "\(id) may be carried out from \(first) on")
        }
        if let objection = standingObjections.first {
            throw EventFault(event, .state, "'\(objection.by.displayed)' objects to \(id)")
        }
        let involved = parties.union([PersonName(event.actor)])
        for name in said.witnesses where involved.contains(PersonName(name)) {
            throw EventFault(event, .samePerson, "'\(name.displayed)' took part in \(id), and cannot be its witness")
        }
        run = Run(
            by: event.actor,
            witnesses: said.witnesses,
            place: said.place,
            method: said.method,
            begun: event.time
        )
        state = .executing
    }

    private mutating func object(_ event: Event) throws(EventFault) {
        let said = try DisposalObjected(of: event)
        try require(event, .proposed, .approved, .executing)
        if objection(of: event.actor) != nil {
            throw EventFault(event, .again, "'\(event.actor.displayed)' objected to \(id) before")
        }
        objections.append(Objection(by: event.actor, reason: said.reason, at: event.time, lifted: nil))
    }

    private mutating func liftObjection(_ event: Event) throws(EventFault) {
        let said = try DisposalObjectionLifted(of: event)
        try require(event, .proposed, .approved, .executing)
        let person = PersonName(said.objector)
        guard let place = objections.firstIndex(where: { $0.lifted == nil && PersonName($0.by) == person }) else {
            throw EventFault(event, .unknown, "no objection of '\(said.objector.displayed)' to \(id) stands")
        }
        let actor = PersonName(event.actor)
        if actor != person, actor == PersonName(proposedBy) || assessors.contains(actor) {
            throw EventFault(event, .samePerson, "'\(event.actor.displayed)' proposed or assessed \(id)")
        }
        objections[place].lifted = HoldEnding(event, reason: said.reason)
    }

    /// Everybody who proposed, assessed, approved or entered the approval.
    var parties: Set<PersonName> {
        var parties = assessors.union([PersonName(proposedBy)])
        if let approval { parties.formUnion([PersonName(approval.by), PersonName(approval.enteredBy)]) }
        return parties
    }

    private mutating func transfer(_ event: Event) throws(EventFault) {
        let said = try DisposalItemTransferred(of: event)
        try require(event, .executing)
        if kind == .destroy { throw EventFault(event, .state, "\(id) destroys, and hands nothing over") }
        let (record, state) = try itemState(event)
        guard state == .pending else { throw EventFault(event, .again, "\(record) is settled") }
        outcomes[record] = .transferred
        if !packages.contains(where: { $0.sha512 == said.sha512 }) {
            packages.append(Package(name: said.package, sha512: said.sha512, at: event.time))
        }
    }

    private mutating func remove(_ event: Event) throws(EventFault) -> Tombstone {
        let said = try DisposalItemRemoved(of: event)
        let (record, state) = try itemState(event)
        // Rule, authority and witnesses are those of this list, its approval and its run: nothing else can stand there.
        let expected = Tombstone(
            of: record,
            on: self,
            versions: said.tombstone.versions,
            by: event.actor,
            at: said.tombstone.removedAt
        )
        guard said.tombstone == expected, said.tombstone.versions.count == item(record)?.version else {
            throw EventFault(event, .value, "the tombstone is not that of \(record) as it stands on \(id)")
        }
        switch (kind, state) {
        case (.destroy, .pending):
            try require(event, .executing)
        case (.deposit, .transferred), (.move, .transferred):
            try require(event, .executing)
            if receipt == nil { throw EventFault(event, .state, "the receiver has not confirmed \(id)") }
        default:
            throw EventFault(event, .state, "\(record) cannot be removed: it is settled, or not handed over yet")
        }
        outcomes[record] = .removed(said.tombstone)
        return said.tombstone
    }

    private mutating func skip(_ event: Event) throws(EventFault) {
        let said = try DisposalItemSkipped(of: event)
        try require(event, .proposed, .approved, .executing)
        let (record, state) = try itemState(event)
        guard state == .pending else { throw EventFault(event, .again, "\(record) is settled") }
        outcomes[record] = .skipped(said.reasons)
    }

    private mutating func receive(_ event: Event) throws(EventFault) {
        let said = try DisposalReceipt(of: event)
        try require(event, .executing)
        if kind == .destroy { throw EventFault(event, .state, "\(id) destroys, and nobody receives") }
        if receipt != nil { throw EventFault(event, .again, "\(id) was confirmed before") }
        if transferred.isEmpty { throw EventFault(event, .state, "nothing of \(id) was handed over") }
        if !pending.isEmpty { throw EventFault(event, .state, "\(pending.count) items of \(id) are not handed over") }
        if item(said.letter) != nil {
            throw EventFault(event, .state, "\(said.letter) is on \(id) itself, and cannot be its evidence")
        }
        receipt = Receipt(
            receiver: said.receiver,
            date: said.date,
            letter: said.letter,
            packages: said.packages ?? [],
            enteredBy: event.actor
        )
    }

    private mutating func finish(_ event: Event) throws(EventFault) {
        let said = try DisposalExecuted(of: event)
        try require(event, .executing)
        if !pending.isEmpty { throw EventFault(event, .state, "\(pending.count) items of \(id) are left") }
        if !transferred.isEmpty, receipt == nil {
            throw EventFault(event, .state, "the receiver has not confirmed \(id)")
        }
        if said != DisposalExecuted(self) { throw EventFault(event, .value, "its counts are not those of \(id)") }
        executedAt = event.time
        state = .executed
    }

    private mutating func cancel(_ event: Event) throws(EventFault) {
        let said = try DisposalCancelled(of: event)
        try require(event, .proposed, .approved, .executing)
        cancellation = HoldEnding(event, reason: said.reason)
        state = .cancelled
    }

    private mutating func listCopies(_ event: Event) throws(EventFault) {
        let said = try DisposalCopiesListed(of: event)
        let (record, state) = try itemState(event)
        guard case .removed = state else { throw EventFault(event, .state, "\(record) is here still") }
        for copy in said.copies where copies[copy.number] != nil {
            throw EventFault(event, .again, "copy \(copy.number) of \(id) was listed before")
        }
        for copy in said.copies { copies[copy.number] = Copy(description: copy, record: record) }
    }

    private mutating func destroyCopy(_ event: Event) throws(EventFault) {
        let said = try DisposalCopyDestroyed(of: event)
        guard var copy = copies[said.copy] else {
            throw EventFault(event, .unknown, "\(id) has no copy \(said.copy)")
        }
        guard copy.destroyed == nil else {
            throw EventFault(event, .again, "copy \(said.copy) of \(id) was confirmed before")
        }
        copy.destroyed = HoldEnding(event, reason: said.method)
        copies[said.copy] = copy
    }
}
