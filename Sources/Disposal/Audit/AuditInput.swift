package import RecordsModel

/// What an audit looks at in one record.
package struct AuditRecord: Hashable, Sendable {
    /// Where the record stands on the day of the audit.
    package enum Phase: Hashable, Sendable {
        /// In the unit's keeping, rightly.
        case active
        /// Still in the unit's keeping though the active period is over since that day.
        case overdueActive(since: CivilDate)
        /// In the keeping of the unit kearsipan, rightly.
        case inactive
        /// Its whole retention is over since that day, and the schedule asks for an act.
        case due(DueAction, since: CivilDate)
        /// The schedule has no row for it, or nobody has classified it.
        case noRule
        /// The event that starts its period has no date.
        case notStarted
        /// The archives have it and confirmed that; what is kept here is a copy, and nothing is due for it.
        case handedOver
        /// It cannot be told, since the record is not on the list.
        case cannotTell
    }

    /// The record.
    package var id: RecordID
    /// The fiscal year of the plan.
    package var year: Int
    /// Whether it is on the list that the unit keeps; nil where nobody can tell.
    package var isListed: Bool?
    /// The columns of the list that are empty for it.
    package var missingColumns: [String]
    /// Where it stands.
    package var phase: Phase
    /// The first day behind its active period, where nothing says that the unit gave it away, whatever its phase.
    package var unmovedSince: CivilDate?

    /// A record out of its parts.
    package init(
        id: RecordID,
        year: Int,
        isListed: Bool?,
        missingColumns: [String],
        phase: Phase,
        unmovedSince: CivilDate? = nil
    ) {
        self.id = id
        self.year = year
        self.isListed = isListed
        self.missingColumns = missingColumns
        self.phase = phase
        if case .overdueActive(let since) = phase {
            self.unmovedSince = unmovedSince ?? since
        } else {
            self.unmovedSince = unmovedSince
        }
    }
}

/// The schedule in force on the day of the audit.
package struct AuditSchedule: Hashable, Sendable {
    /// Its version.
    package var version: String
    /// Whether it is the marked sample.
    package var isSample: Bool
    /// On whose authority it was adopted; nil where nobody adopted it.
    package var authority: String?
    /// The day on which it was adopted.
    package var adopted: CivilDate?

    /// A schedule out of its parts.
    package init(version: String, isSample: Bool, authority: String?, adopted: CivilDate?) {
        self.version = version
        self.isSample = isSample
        self.authority = authority
        self.adopted = adopted
    }
}

/// The sweeps that read everything and compared it with its digests.
package struct AuditFixity: Hashable, Sendable {
    /// The day since which everything was read: by a sweep, or by a whole round of samples; nil where it never was.
    package var last: CivilDate?
    /// The records that were not whole when they were read last, or could not be read.
    package var failed: [RecordID]
    /// Findings of the last sweep over everything, or of a sample, that no event names a record for.
    package var unnamed: Int
    /// The day of those findings; nil for the day of `last`.
    package var unnamedOn: CivilDate?

    /// The outcome of sweeps.
    package init(last: CivilDate?, failed: [RecordID], unnamed: Int = 0, unnamedOn: CivilDate? = nil) {
        self.last = last
        self.failed = failed
        self.unnamed = unnamed
        self.unnamedOn = unnamedOn
    }
}

/// A date that cannot be believed, with the reason of whoever let it stand.
package struct AuditDate: Hashable, Sendable {
    /// The record.
    package var record: RecordID
    /// What is dated, and why it cannot be believed, in one sentence without a full stop.
    package var message: String
    /// The same in Indonesian.
    package var words: String
    /// Whether a person gave a reason.
    package var isAccepted: Bool

    /// A date out of its parts.
    package init(record: RecordID, message: String, words: String, isAccepted: Bool) {
        self.record = record
        self.message = message
        self.words = words
        self.isAccepted = isAccepted
    }
}

/// Everything that an audit of a year looks at, as values.
package struct AuditInput: Sendable {
    /// The year that is audited: records of its plan, and acts of its calendar.
    package var year: Int
    /// The day on which the questions are answered.
    package var asOf: CivilDate
    /// The records that the archive keeps, of every year; those of other years are left out of the answers on the list.
    package var records: [AuditRecord]
    /// The schedule in force; nil where there is none.
    package var schedule: AuditSchedule?
    /// The lists, reviews and refusals.
    package var disposals: DisposalBook
    /// The holds.
    package var holds: HoldBook
    /// The sweeps; nil where the ledger does not tell.
    package var fixity: AuditFixity?
    /// After how many days a sweep is too old.
    package var fixityDays: Int
    /// What the office set about disposal.
    package var settings: DisposalSettings
    /// Dates that cannot be believed: of records of the year, and those that somebody gave a reason for in the year.
    package var dates: [AuditDate]

    /// An input out of its parts.
    package init(
        year: Int,
        asOf: CivilDate,
        records: [AuditRecord],
        schedule: AuditSchedule?,
        disposals: DisposalBook,
        holds: HoldBook,
        fixity: AuditFixity?,
        fixityDays: Int = 366,
        settings: DisposalSettings = DisposalSettings(),
        dates: [AuditDate] = []
    ) {
        self.year = year
        self.asOf = asOf
        self.records = records
        self.schedule = schedule
        self.disposals = disposals
        self.holds = holds
        self.fixity = fixity
        self.fixityDays = fixityDays
        self.settings = settings
        self.dates = dates
    }
}
