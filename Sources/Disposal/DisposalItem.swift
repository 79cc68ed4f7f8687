package import Acts
package import RecordsModel
package import Retention

/// What the schedule asks for once a period has passed.
package enum DueAction: String, Hashable, Sendable, Codable, CaseIterable {
    /// Destroy (musnah).
    case destroy = "destroy"
    /// Keep for ever, and hand over to the archives (permanen).
    case transfer = "transfer"
    /// Appraise again (dinilai kembali).
    case review = "review"
    /// Let a person decide: a compound phrase.
    case decide = "decide"
    /// Move to the unit kearsipan: the active period is over.
    case move = "move"

    /// What a schedule's disposition asks for.
    package init(_ action: RetentionAction) {
        switch action {
        case .destroy: self = .destroy
        case .transfer: self = .transfer
        case .review: self = .review
        case .decide: self = .decide
        }
    }

    /// The action in the words of a paper.
    package var words: String {
        switch self {
        case .destroy: "musnah"
        case .transfer: "permanen"
        case .review: "dinilai kembali"
        case .decide: "diputuskan petugas"
        case .move: "dipindahkan"
        }
    }
}

/// What the schedule says of one record today, for one kind of list.
package struct DueFacts: Hashable, Sendable {
    /// What is to be done; nil where the schedule says nothing.
    package var action: DueAction?
    /// The first day on which it may be done; nil where the period has not begun or nobody can tell.
    package var dueSince: CivilDate?
    /// The version of the schedule in force.
    package var scheduleVersion: String
    /// Whether that is the marked sample.
    package var isSample: Bool
    /// The row that applies, by its code; nil where the schedule has none for the record.
    package var row: String?
    /// The length of the retention in months as the office counts it; nil where it is not known.
    package var totalMonths: Int?

    /// Facts out of their parts.
    package init(
        action: DueAction?,
        dueSince: CivilDate?,
        scheduleVersion: String,
        isSample: Bool,
        row: String?,
        totalMonths: Int?
    ) {
        self.action = action
        self.dueSince = dueSince
        self.scheduleVersion = scheduleVersion
        self.isSample = isSample
        self.row = row
        self.totalMonths = totalMonths
    }

    /// Whether the schedule has a row for the record.
    package var hasRow: Bool { row != nil }
}

/// One record of a list, as it was when the list was frozen.
package struct DisposalItem: Hashable, Sendable, Codable {
    /// The record.
    package var record: RecordID
    /// Its newest version, from 1.
    package var version: Int
    /// SHA-512 of the inventory of its object, 128 lower-case hexadecimal digits.
    package var digest: String
    /// The title.
    package var title: String
    /// The dossier.
    package var dossier: String
    /// Whether the whole dossier is disposed of, so that one held record keeps all of it (R36).
    package var isWholeDossier: Bool
    /// The classification code; nil where nobody has chosen one.
    package var code: String?
    /// The row of the schedule, by its code; nil where the schedule has none for the record.
    package var row: String?
    /// The first day on which it might be done; nil only where the schedule has no row.
    package var dueSince: CivilDate?
    /// The length of the retention in months as the office counts it; nil where it is not known.
    package var totalMonths: Int?
    /// Why it is on the list though the schedule has no row for it.
    package var note: String?

    /// An item out of its parts.
    package init(
        record: RecordID,
        version: Int,
        digest: String,
        title: String,
        dossier: String,
        isWholeDossier: Bool = false,
        code: String?,
        row: String?,
        dueSince: CivilDate?,
        totalMonths: Int?,
        note: String? = nil
    ) {
        self.record = record
        self.version = version
        self.digest = digest
        self.title = title
        self.dossier = dossier
        self.isWholeDossier = isWholeDossier
        self.code = code
        self.row = row
        self.dueSince = dueSince
        self.totalMonths = totalMonths
        self.note = note
    }

    /// Whether nobody has chosen a code for it.
    package var isUnclassified: Bool { code?.isBlank ?? true }

    /// What is wrong with the values, each in one sentence without a full stop.
    package var faults: [String] {
        var faults = [dossier].textFaults("dossier")
        if version < 1 { faults.append("the version of \(record) is not from 1") }
        if !digest.isSHA512 { faults.append("the digest of \(record) is no SHA-512") }
        if let totalMonths, !(0...120_000).contains(totalMonths) {
            faults.append("the retention of \(record) is not from 0 to 120000 months")
        }
        if row == nil, note?.isBlank ?? true {
            faults.append("\(record) has no row in the schedule, and nothing says why it is on the list")
        }
        if row != nil, dueSince == nil { faults.append("\(record) has no date from which it is due") }
        return faults
    }
}

/// What has become of an item.
package enum ItemState: Hashable, Sendable {
    /// Nothing yet.
    case pending
    /// A member of the panitia refused; that is final.
    case refused(by: String, reason: String)
    /// It was left out at the execution or before it.
    case skipped([SkipReason])
    /// A copy went to the receiver; the record is here still.
    case transferred
    /// Its bytes are gone; the tombstone stays.
    case removed(Tombstone)
}

/// Why an item is left out.
package struct SkipReason: Hashable, Sendable, Codable {
    /// The reasons by stable names.
    package enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        /// A hold covers the record.
        case held = "held"
        /// A hold covers a record of the dossier that would go as a whole.
        case dossierHeld = "dossier-held"
        /// It is not due, or not any more.
        case notDue = "not-due"
        /// The schedule asks for something else.
        case otherAction = "other-action"
        /// Another row of the schedule applies.
        case rowChanged = "row-changed"
        /// A version was added.
        case versionChanged = "version-changed"
        /// What lies in the store is not what was approved.
        case digestChanged = "digest-changed"
        /// It is lent.
        case onLoan = "on-loan"
        /// It is not there.
        case absent = "absent"
        /// A person took it off the list.
        case byHand = "by-hand"
        /// Nobody has classified it.
        case unclassified = "unclassified"
        /// The schedule changed, so that the whole run stopped.
        case scheduleChanged = "schedule-changed"
    }

    /// The reason.
    package let code: Code
    /// The reason in one sentence without a full stop.
    package let message: String
    /// The holds, where one is the reason.
    package let holds: [HoldID]

    /// A reason out of its parts.
    package init(_ code: Code, _ message: String, holds: [HoldID] = []) {
        self.code = code
        self.message = message
        self.holds = holds
    }
}
