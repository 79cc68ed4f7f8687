/// What `berkas.yaml` says: whose archive this is and what its identifiers look like.
package struct OfficeSettings: Hashable, Sendable {
    /// The format of the archive home that this version of Berkas writes.
    package static let currentFormat = 1

    /// The format of the archive home.
    package let format: Int
    /// The name of the office; also the unit of a row that names none.
    package let office: String
    /// The prefix of record ids, such as `RKT`.
    package let idPrefix: String
    /// The `tag:` URI (RFC 4151) that OCFL object ids begin with.
    package let uriPrefix: String
    /// The IANA name of the office's time zone.
    package let timeZone: String
    /// The units that file; empty where the office does not keep a list.
    package let units: [String]
    /// How the office counts retention.
    package let retention: RetentionCounting
    /// Where backups of the home lie, in the office's words; whatever is removed here lies there still.
    package let backups: [String]
    /// When `berkas today` reminds a person.
    package let reminders: Reminders
    /// What all that is done with one file may use.
    package let fileBudget: FileBudgetSettings
    /// What `verify` makes of files that a desktop left in the home.
    package let strangers: StrangerPolicy

    /// Settings out of their parts.
    package init(
        format: Int = Self.currentFormat,
        office: String,
        idPrefix: String,
        uriPrefix: String,
        timeZone: String,
        units: [String] = [],
        retention: RetentionCounting = RetentionCounting(),
        backups: [String] = [],
        reminders: Reminders = Reminders(),
        fileBudget: FileBudgetSettings = FileBudgetSettings(),
        strangers: StrangerPolicy = .warn
    ) {
        self.format = format
        self.office = office
        self.idPrefix = idPrefix
        self.uriPrefix = uriPrefix
        self.timeZone = timeZone
        self.units = units
        self.retention = retention
        self.backups = backups
        self.reminders = reminders
        self.fileBudget = fileBudget
        self.strangers = strangers
    }

    /// The OCFL object id of a record.
    package func objectID(of id: RecordID) -> String { uriPrefix + id.description }

    /// The origin line of the ledger's checkpoint.
    package var ledgerOrigin: String { uriPrefix + "ledger" }
}

/// How an office counts retention, as `berkas.yaml` says it under `retention`.
package struct RetentionCounting: Hashable, Sendable {
    /// The month, 1 to 12, that the fiscal year begins in.
    package let fiscalMonth: Int
    /// The cut-off of rows that name none: `none`, `month`, `quarter`, `year` or `fiscal`.
    package let cutoff: String
    /// Whether the day of the event is the first day of the period.
    package let countsStartingDay: Bool
    /// Whether the active and the inactive period are added where the length decides who approves.
    package let addsPeriods: Bool
    /// The document types that are the signed plan.
    package let planTypes: [String]

    /// What holds where the office says nothing.
    package init(
        fiscalMonth: Int = 1,
        cutoff: String = "none",
        countsStartingDay: Bool = false,
        addsPeriods: Bool = true,
        planTypes: [String] = ["rkt"]
    ) {
        self.fiscalMonth = fiscalMonth
        self.cutoff = cutoff
        self.countsStartingDay = countsStartingDay
        self.addsPeriods = addsPeriods
        self.planTypes = planTypes
    }
}

/// When `berkas today` reminds a person, as `berkas.yaml` says it under `reminders`.
package struct Reminders: Hashable, Sendable {
    /// After how many days it is time to read every byte again.
    package let fixityDays: Int
    /// After how many days it is time for another package.
    package let packageDays: Int
    /// How many months ahead records are named whose period ends.
    package let retentionMonths: Int

    /// What holds where the office says nothing: a month, a year and a quarter.
    package init(fixityDays: Int = 30, packageDays: Int = 365, retentionMonths: Int = 3) {
        self.fixityDays = fixityDays
        self.packageDays = packageDays
        self.retentionMonths = retentionMonths
    }
}

/// What a check makes of files that a desktop left in the home (`._X`, `.DS_Store`, `Thumbs.db`, `desktop.ini`), as
/// `berkas.yaml` says it under `strangers`.
package enum StrangerPolicy: String, Hashable, Sendable, CaseIterable {
    /// They are told in one line, and the check ends well.
    case warn
    /// They are told in one line, and the check ends with status 3.
    case report
}
