package import Acts
package import RecordsModel

/// A list of records to dispose of (daftar arsip usul musnah, usul serah, or to be moved) with all that was done to it.
package struct DisposalList: Hashable, Sendable {
    /// Where a list stands.
    package enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// Frozen; assessed and given evidence.
        case proposed = "proposed"
        /// Approved by its authority.
        case approved = "approved"
        /// Under execution, or interrupted in it.
        case executing = "executing"
        /// Nothing is left to do.
        case executed = "executed"
        /// Given up.
        case cancelled = "cancelled"

        /// Whether something is left to do.
        package var isOpen: Bool { self != .executed && self != .cancelled }
    }

    /// One member's word on one item.
    package struct Opinion: Hashable, Sendable {
        /// Who.
        package let by: String
        /// Whether it may go.
        package let agrees: Bool
        /// Why, where it may not; where it may, what there is to add.
        package let reason: String?
        /// When.
        package let at: Moment
    }

    /// A list's approval.
    package struct Approval: Hashable, Sendable {
        /// Which authority.
        package let authority: DisposalAuthority
        /// Who approved.
        package let by: String
        /// The record that is the letter.
        package let letter: RecordID
        /// The letter's number, verbatim.
        package let number: String
        /// The letter's date.
        package let date: CivilDate
        /// Who entered it.
        package let enteredBy: String
        /// When it was entered.
        package let at: Moment
        /// How many days the execution waits, as the office had it then; nil in ledgers from before there was a wait.
        package let waitDays: Int?
    }

    /// A list's execution.
    package struct Run: Hashable, Sendable {
        /// Who executes.
        package let by: String
        /// Who looks on.
        package let witnesses: [String]
        /// Where, and by which method, as the berita acara says it.
        package let place: String
        /// How, such as "penghapusan berkas digital".
        package let method: String
        /// When it began.
        package let begun: Moment
    }

    /// A package that records of the list went into.
    package struct Package: Hashable, Sendable {
        /// Its name.
        package let name: String
        /// SHA-512 of it.
        package let sha512: String
        /// When it was made to be handed over.
        package let at: Moment
    }

    /// The receiver's word that it has the records.
    package struct Receipt: Hashable, Sendable {
        /// Who received.
        package let receiver: String
        /// The day.
        package let date: CivilDate
        /// The record that is the receipt.
        package let letter: RecordID
        /// SHA-512 of the packages that it names; empty where it was entered by a version of Berkas that did not ask.
        package let packages: [String]
        /// Who entered it.
        package let enteredBy: String
    }

    /// A copy of a removed record elsewhere.
    package struct Copy: Hashable, Sendable {
        /// What and where it is.
        package let description: KnownCopy
        /// The removed record.
        package let record: RecordID
        /// Who confirmed that it was destroyed, and when; nil while nobody did.
        package internal(set) var destroyed: HoldEnding?
    }

    /// The number.
    package let id: DisposalID
    /// Whether it destroys, deposits or moves.
    package let kind: DisposalKind
    /// What it is called.
    package let title: String
    /// The unit that the records come from.
    package let unit: String
    /// The version of the schedule under which it was frozen.
    package let scheduleVersion: String
    /// The items, frozen.
    package let items: [DisposalItem]
    /// Who proposed it.
    package let proposedBy: String
    /// When.
    package let proposedAt: Moment
    /// Where it stands.
    package internal(set) var state = State.proposed
    /// What became of each item.
    package internal(set) var outcomes: [RecordID: ItemState] = [:]
    /// What the members said, by item, in the order of the ledger.
    package internal(set) var opinions: [RecordID: [Opinion]] = [:]
    /// The evidence.
    package internal(set) var evidence: [EvidenceSlot: [RecordID]] = [:]
    /// The approval.
    package internal(set) var approval: Approval?
    /// The objections, lifted ones too, in the order of the ledger.
    package internal(set) var objections: [Objection] = []
    /// The execution.
    package internal(set) var run: Run?
    /// The packages that records went into, in the order of the ledger.
    package internal(set) var packages: [Package] = []
    /// The receiver's word.
    package internal(set) var receipt: Receipt?
    /// When nothing was left to do.
    package internal(set) var executedAt: Moment?
    /// Who gave it up, when and why.
    package internal(set) var cancellation: HoldEnding?
    /// Copies elsewhere by their number within the list.
    package internal(set) var copies: [Int: Copy] = [:]
    /// When something was done to it last.
    package internal(set) var touched: Moment
    private let places: [RecordID: Int]

    init(_ said: DisposalProposed, event: Event) {
        id = said.list
        kind = said.kind
        title = said.title
        unit = said.unit
        scheduleVersion = said.scheduleVersion
        items = said.items
        proposedBy = event.actor
        proposedAt = event.time
        touched = event.time
        places = Dictionary(said.items.enumerated().map { ($1.record, $0) }) { first, _ in first }
    }

    /// What was frozen: what the event `disposal proposed` says, from which the list's digest is made.
    package var frozen: DisposalProposed {
        DisposalProposed(
            list: id,
            kind: kind,
            title: title,
            unit: unit,
            scheduleVersion: scheduleVersion,
            items: items
        )
    }

    /// The item of a record.
    package func item(_ record: RecordID) -> DisposalItem? { places[record].map { items[$0] } }
    /// What became of a record of the list.
    package func outcome(_ record: RecordID) -> ItemState { outcomes[record] ?? .pending }
    /// The items of which nothing has become yet.
    package var pending: [DisposalItem] { items.filter { outcome($0.record) == .pending } }
    /// The items that were removed.
    package var removed: [DisposalItem] {
        items.filter { if case .removed = outcome($0.record) { true } else { false } }
    }
    /// The items that went to the receiver and are here still.
    package var transferred: [DisposalItem] { items.filter { outcome($0.record) == .transferred } }
    /// Everybody who assessed an item.
    package var assessors: Set<PersonName> { Set(opinions.values.joined().map { PersonName($0.by) }) }
    /// The copies elsewhere that nobody has confirmed to be destroyed.
    package var openCopies: [Copy] { copies.sorted { $0.key < $1.key }.map(\.value).filter { $0.destroyed == nil } }

    /// Who has said what of an item last: a member's later word replaces an earlier one.
    package func standing(_ record: RecordID) -> [PersonName: Opinion] {
        Dictionary((opinions[record] ?? []).map { (PersonName($0.by), $0) }) { $1 }
    }

    /// The evidence that must be there before a step and is not, in the order of the chain.
    package func missingEvidence(before step: DisposalStep) -> [EvidenceSlot] {
        kind.chain.filter { $0.before <= step && (evidence[$0.slot] ?? []).isEmpty }.map(\.slot)
    }

    /// The authority that must approve: of a list with several demands, the highest (`domain.md` 4.2, step 6).
    package func requiredAuthority(_ settings: DisposalSettings) -> DisposalAuthority {
        settings.authority(for: kind, pending)
    }
}

/// What an office can set about disposal.
package struct DisposalSettings: Hashable, Sendable {
    /// From that many months of retention on, Kepala ANRI approves a destruction; 120, which is ten years.
    ///
    /// Whether active and inactive periods are added is decided by the caller, who counts the months.
    package var nationalFromMonths = 120
    /// How many members the panitia has at least: its chair, the unit's head and an arsiparis (`domain.md` 4.2, step 1).
    package var committee = 3
    /// How many witnesses there are at least; never fewer than two.
    package var witnesses = 2
    /// How many days lie between the approval of a destruction and its execution.
    package var waitDays = OfficeSettings.usualDisposalWaitDays
    /// After that many days without a step forward, a list or a review is overdue (R21).
    package var overdueDays = 30

    /// The settings that hold where the office says nothing.
    package init() {}

    /// Who must approve the destruction of a record.
    package func authority(months: Int?, hasRow: Bool) -> DisposalAuthority {
        guard hasRow, let months else { return .nationalArchives }
        return months >= nationalFromMonths ? .nationalArchives : .regent
    }

    /// Who must approve a list of these items: of several demands, the highest (`domain.md` 4.2, step 6).
    ///
    /// - Parameters:
    ///   - kind: whether it destroys, deposits or moves.
    ///   - items: the items.
    /// - Returns: the authority.
    package func authority(for kind: DisposalKind, _ items: [DisposalItem]) -> DisposalAuthority {
        switch kind {
        case .deposit: .regionalArchives
        case .move: .recordsUnit
        case .destroy:
            items.contains { authority(months: $0.totalMonths, hasRow: $0.row != nil) == .nationalArchives }
                ? .nationalArchives : .regent
        }
    }
}
