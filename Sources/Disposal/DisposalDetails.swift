package import Acts
package import RecordsModel

/// The detail of `disposal proposed`: the frozen list.
package struct DisposalProposed: EventDetail {
    /// The kind of event.
    package static let type = EventType.disposalProposed

    /// The number.
    package var list: DisposalID
    /// Whether it destroys, deposits or moves.
    package var kind: DisposalKind
    /// What it is called.
    package var title: String
    /// The unit that the records come from.
    package var unit: String
    /// The version of the schedule in force.
    package var scheduleVersion: String
    /// The items, in the order of the list.
    package var items: [DisposalItem]

    /// A proposal out of its parts.
    package init(
        list: DisposalID,
        kind: DisposalKind,
        title: String,
        unit: String,
        scheduleVersion: String,
        items: [DisposalItem]
    ) {
        self.list = list
        self.kind = kind
        self.title = title
        self.unit = unit
        self.scheduleVersion = scheduleVersion
        self.items = items
    }

    /// What is wrong with the values.
    package var faults: [String] {
        var faults = [title].textFaults("title") + [unit].textFaults("unit")
        faults += [scheduleVersion].textFaults("scheduleVersion")
        if items.isEmpty { faults.append("'items' is empty") }
        if items.count > EventLimit.items { faults.append("'items' has more than \(EventLimit.items) members") }
        if Set(items.map(\.record)).count != items.count { faults.append("'items' names a record twice") }
        return faults + items.flatMap(\.faults)
    }
}

/// The detail of `disposal assessed`: the actor's word, as a member of the panitia, on items of a list.
package struct DisposalAssessed: EventDetail {
    /// The kind of event.
    package static let type = EventType.disposalAssessed

    /// The word on one item.
    package struct Opinion: Hashable, Sendable, Codable {
        /// The record.
        package var record: RecordID
        /// Whether it may go.
        package var agrees: Bool
        /// Why not; must be there for a refusal.
        package var reason: String?

        /// An opinion out of its parts.
        package init(record: RecordID, agrees: Bool, reason: String? = nil) {
            self.record = record
            self.agrees = agrees
            self.reason = reason
        }
    }

    /// The list.
    package var list: DisposalID
    /// The word on each item, an item once.
    package var opinions: [Opinion]

    /// An assessment out of its parts.
    package init(list: DisposalID, opinions: [Opinion]) {
        self.list = list
        self.opinions = opinions
    }

    /// What is wrong with the values.
    package var faults: [String] {
        var faults: [String] = []
        if opinions.isEmpty { faults.append("'opinions' is empty") }
        if opinions.count > EventLimit.items { faults.append("'opinions' has more than \(EventLimit.items) members") }
        if Set(opinions.map(\.record)).count != opinions.count { faults.append("'opinions' names a record twice") }
        for opinion in opinions where !opinion.agrees && (opinion.reason?.isBlank ?? true) {
            faults.append("the refusal of \(opinion.record) has no reason")
        }
        return faults
    }
}

/// The detail of `disposal evidence attached`.
package struct DisposalEvidence: EventDetail {
    /// The kind of event.
    package static let type = EventType.disposalEvidence

    /// The list.
    package var list: DisposalID
    /// The place in the chain.
    package var slot: EvidenceSlot
    /// The record that is the evidence.
    package var evidence: RecordID
    /// The paper's number; nil in ledgers from before it was asked for, as the next two.
    package var number: String?
    /// The paper's date.
    package var date: CivilDate?
    /// Who signed it.
    package var signer: String?

    /// A detail out of its parts.
    package init(
        list: DisposalID,
        slot: EvidenceSlot,
        evidence: RecordID,
        number: String? = nil,
        date: CivilDate? = nil,
        signer: String? = nil
    ) {
        self.list = list
        self.slot = slot
        self.evidence = evidence
        self.number = number
        self.date = date
        self.signer = signer
    }

    /// What is wrong with the values.
    package var faults: [String] {
        [number].compactMap { $0 }.textFaults("number") + [signer].compactMap { $0 }.textFaults("signer")
    }
}

/// The detail of `disposal approved`; the event's actor is who entered it.
package struct DisposalApproved: EventDetail {
    /// The kind of event.
    package static let type = EventType.disposalApproved

    /// The list.
    package var list: DisposalID
    /// Which authority.
    package var authority: DisposalAuthority
    /// Who approved.
    package var by: String
    /// The record that is the letter.
    package var letter: RecordID
    /// The letter's number, verbatim.
    package var number: String
    /// The letter's date.
    package var date: CivilDate
    /// How many days lie between this day and the execution; nil in ledgers from before there was a wait.
    package var waitDays: Int?

    /// An approval out of its parts.
    package init(
        list: DisposalID,
        authority: DisposalAuthority,
        by: String,
        letter: RecordID,
        number: String,
        date: CivilDate,
        waitDays: Int? = nil
    ) {
        self.list = list
        self.authority = authority
        self.by = by
        self.letter = letter
        self.number = number
        self.date = date
        self.waitDays = waitDays
    }

    /// What is wrong with the values.
    package var faults: [String] {
        let isWait = waitDays.map { (0...366).contains($0) } ?? true
        return [by].textFaults("by") + [number].textFaults("number")
            + (isWait ? [] : ["'waitDays' is not from 0 to 366"])
    }
}

/// The detail of `disposal begun`.
package struct DisposalBegun: EventDetail {
    /// The kind of event.
    package static let type = EventType.disposalBegun

    /// The list.
    package var list: DisposalID
    /// Who looks on; at least two persons for a destruction.
    package var witnesses: [String]
    /// The version of the schedule in force.
    package var scheduleVersion: String
    /// Where.
    package var place: String
    /// How.
    package var method: String

    /// A beginning out of its parts.
    package init(list: DisposalID, witnesses: [String], scheduleVersion: String, place: String, method: String) {
        self.list = list
        self.witnesses = witnesses
        self.scheduleVersion = scheduleVersion
        self.place = place
        self.method = method
    }

    /// What is wrong with the values.
    package var faults: [String] {
        var faults = witnesses.textFaults("witnesses") + [scheduleVersion].textFaults("scheduleVersion")
        faults += [place].textFaults("place") + [method].textFaults("method")
        if witnesses.count > EventLimit.items { faults.append("'witnesses' has more than \(EventLimit.items) members") }
        if Set(witnesses.map { PersonName($0) }).count != witnesses.count {
            faults.append("'witnesses' names a person twice")
        }
        return faults
    }
}

/// The detail of `disposal item transferred`: a copy of the event's record went into a package for the receiver.
package struct DisposalItemTransferred: EventDetail {
    /// The kind of event.
    package static let type = EventType.disposalItemTransferred

    /// The list.
    package var list: DisposalID
    /// The package's name.
    package var package: String
    /// SHA-512 of the package, 128 lower-case hexadecimal digits.
    package var sha512: String

    /// A detail out of its parts.
    package init(list: DisposalID, package: String, sha512: String) {
        self.list = list
        self.package = package
        self.sha512 = sha512
    }

    /// What is wrong with the values.
    package var faults: [String] {
        [package].textFaults("package") + (sha512.isSHA512 ? [] : ["'sha512' is no SHA-512"])
    }
}

/// The detail of `disposal item removed`: the event's record is gone from here.
package struct DisposalItemRemoved: EventDetail {
    /// The kind of event.
    package static let type = EventType.disposalItemRemoved

    /// The list.
    package var list: DisposalID
    /// What stays.
    package var tombstone: Tombstone
    /// The packages of the home that held it and went with it, by name.
    package var packages: [String]

    /// A detail out of its parts.
    package init(list: DisposalID, tombstone: Tombstone, packages: [String] = []) {
        self.list = list
        self.tombstone = tombstone
        self.packages = packages
    }

    /// What is wrong with the values.
    package var faults: [String] {
        packages.textFaults("packages") + tombstone.faults
            + (tombstone.list == list ? [] : ["the tombstone names another list, \(tombstone.list)"])
    }
}

/// The detail of `disposal item skipped`: the event's record is left out, and stays.
package struct DisposalItemSkipped: EventDetail {
    /// The kind of event.
    package static let type = EventType.disposalItemSkipped

    /// The list.
    package var list: DisposalID
    /// Why, all of it.
    package var reasons: [SkipReason]

    /// A detail out of its parts.
    package init(list: DisposalID, reasons: [SkipReason]) {
        self.list = list
        self.reasons = reasons
    }

    /// What is wrong with the values.
    package var faults: [String] {
        reasons.isEmpty ? ["'reasons' is empty"] : reasons.map(\.message).textFaults("reasons")
    }
}

/// The detail of `disposal receipt recorded` (R31).
package struct DisposalReceipt: EventDetail {
    /// The kind of event.
    package static let type = EventType.disposalReceipt

    /// The list.
    package var list: DisposalID
    /// Who received.
    package var receiver: String
    /// The day.
    package var date: CivilDate
    /// The record that is the receipt.
    package var letter: RecordID
    /// SHA-512 of each package that the receipt names; nil in ledgers from before it was asked for.
    package var packages: [String]?

    /// A receipt out of its parts.
    package init(
        list: DisposalID,
        receiver: String,
        date: CivilDate,
        letter: RecordID,
        packages: [String]? = nil
    ) {
        self.list = list
        self.receiver = receiver
        self.date = date
        self.letter = letter
        self.packages = packages
    }

    /// What is wrong with the values.
    package var faults: [String] {
        [receiver].textFaults("receiver")
            + ((packages ?? []).allSatisfy(\.isSHA512) ? [] : ["'packages' names something that is no SHA-512"])
    }
}

/// The detail of `disposal executed`, with the counts that the fold holds against what it knows.
package struct DisposalExecuted: EventDetail {
    /// The kind of event.
    package static let type = EventType.disposalExecuted

    /// The list.
    package var list: DisposalID
    /// Items removed.
    package var removed: Int
    /// Items handed over and kept here.
    package var transferred: Int
    /// Items left out or refused.
    package var left: Int

    /// A detail with the counts of a list as it stands.
    package init(_ list: DisposalList) {
        self.list = list.id
        removed = list.removed.count
        transferred = list.transferred.count
        left = list.items.count - removed - transferred - list.pending.count
    }

    /// What is wrong with the values.
    package var faults: [String] { min(removed, transferred, left) < 0 ? ["a count is below 0"] : [] }
}

/// The detail of `disposal cancelled`.
package struct DisposalCancelled: EventDetail {
    /// The kind of event.
    package static let type = EventType.disposalCancelled

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
