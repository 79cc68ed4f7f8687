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
    /// Short forms that people type for names.
    package let abbreviations: [Abbreviation]
    /// The office's first year: a date before it is taken only with a reason.
    package let firstYear: Int
    /// How many days may pass between two events; a longer gap waits for a person who says that the clock was right.
    package let clockLeapDays: Int
    /// How many days lie between the approval of a destruction and its execution.
    package let disposalWaitDays: Int
    /// The day that the copy of a rehearsal is for; nil in an archive.
    package let rehearsal: String?

    /// Which acts must be signed with the person's key.
    package let signedActs: Set<SignableAct>

    /// What holds where the office does not say when it began: the first year that a plan can be of.
    package static let usualFirstYear = 1900
    /// What holds where the office says nothing of the clock: a month and a half.
    package static let usualClockLeapDays = 45
    /// What holds where the office says nothing of the wait: a week.
    package static let usualDisposalWaitDays = 7

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
        strangers: StrangerPolicy = .warn,
        abbreviations: [Abbreviation] = Abbreviation.usual,
        firstYear: Int = Self.usualFirstYear,
        clockLeapDays: Int = Self.usualClockLeapDays,
        disposalWaitDays: Int = Self.usualDisposalWaitDays,
        signedActs: Set<SignableAct> = [],
        rehearsal: String? = nil
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
        self.abbreviations = abbreviations
        self.firstYear = firstYear
        self.clockLeapDays = clockLeapDays
        self.disposalWaitDays = disposalWaitDays
        self.signedActs = signedActs
        self.rehearsal = rehearsal
    }

    /// The OCFL object id of a record.
    package func objectID(of id: RecordID) -> String { uriPrefix + id.description }

    /// The origin line of the ledger's checkpoint.
    package var ledgerOrigin: String { uriPrefix + "ledger" }
}

/// An act that an office may want signed, as `signed-acts` in `berkas.yaml` names it.
package enum SignableAct: String, Hashable, Sendable, CaseIterable {
    /// A retention schedule, or policy files, are put in force.
    case adopt
    /// A list is approved, or an approval is entered.
    case approve
    /// A destruction is begun.
    case execute
    /// A hold is lifted.
    case releaseHold = "release-hold"
    /// A dossier is sealed.
    case seal
    /// Records are handed over.
    case handOver = "hand-over"
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
    /// After how many days somebody outside should have looked at the log again; nil where the office asks for nobody.
    package let witnessDays: Int?

    /// What holds where the office says nothing: a month, a year and a quarter.
    package init(fixityDays: Int = 30, packageDays: Int = 365, retentionMonths: Int = 3, witnessDays: Int? = nil) {
        self.fixityDays = fixityDays
        self.packageDays = packageDays
        self.retentionMonths = retentionMonths
        self.witnessDays = witnessDays
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

/// A short form that people type for a name, as `berkas.yaml` says it under `abbreviations`; a search finds either by the
/// other.
package struct Abbreviation: Hashable, Sendable {
    /// The short form: `RKT`.
    package let short: String
    /// What it stands for: `Rencana Kerja Tahunan`.
    package let long: String

    /// A short form with what it stands for.
    package init(_ short: String, meaning long: String) {
        self.short = short
        self.long = long
    }

    /// What holds where the office says nothing: the papers and offices of a county's planning.
    package static let usual: [Abbreviation] = [
        Abbreviation("RKT", meaning: "Rencana Kerja Tahunan"), Abbreviation("RKT", meaning: "Rencana Kinerja Tahunan"),
        Abbreviation("Disdukcapil", meaning: "Dinas Kependudukan dan Pencatatan Sipil"),
        Abbreviation("Dukcapil", meaning: "Kependudukan dan Pencatatan Sipil"),
        Abbreviation("Capil", meaning: "Pencatatan Sipil"), Abbreviation("Dafduk", meaning: "Pendaftaran Penduduk"),
        Abbreviation("PIAK", meaning: "Pengelolaan Informasi Administrasi Kependudukan"),
        Abbreviation("Adminduk", meaning: "Administrasi Kependudukan"), Abbreviation("Kabid", meaning: "Kepala Bidang"),
        Abbreviation("Kadis", meaning: "Kepala Dinas"), Abbreviation("Kasubbag", meaning: "Kepala Subbagian"),
        Abbreviation("Renstra", meaning: "Rencana Strategis"),
        Abbreviation("Renja", meaning: "Rencana Kerja Perangkat Daerah"),
        Abbreviation("RKPD", meaning: "Rencana Kerja Pemerintah Daerah"),
        Abbreviation("RPJMD", meaning: "Rencana Pembangunan Jangka Menengah Daerah"),
        Abbreviation("RKA", meaning: "Rencana Kerja dan Anggaran"), Abbreviation("Renaksi", meaning: "Rencana Aksi"),
        Abbreviation("DPA", meaning: "Dokumen Pelaksanaan Anggaran"), Abbreviation("PK", meaning: "Perjanjian Kinerja"),
        Abbreviation("IKU", meaning: "Indikator Kinerja Utama"),
        Abbreviation("LKjIP", meaning: "Laporan Kinerja Instansi Pemerintah"),
        Abbreviation("LAKIP", meaning: "Laporan Akuntabilitas Kinerja Instansi Pemerintah"),
        Abbreviation("LAKIP", meaning: "LKjIP"), Abbreviation("SOP", meaning: "Standar Operasional Prosedur"),
        Abbreviation("BA", meaning: "Berita Acara"),
        Abbreviation("SK", meaning: "Surat Keputusan"), Abbreviation("ND", meaning: "Nota Dinas"),
        Abbreviation("Rekap", meaning: "Rekapitulasi"), Abbreviation("Notula", meaning: "Notulen"),
        Abbreviation("KIA", meaning: "Kartu Identitas Anak"), Abbreviation("KK", meaning: "Kartu Keluarga"),
        Abbreviation("IKD", meaning: "Identitas Kependudukan Digital"), Abbreviation("EKTP", meaning: "e-KTP"),
        Abbreviation("EKTP", meaning: "KTP-el"), Abbreviation("EKTP", meaning: "KTP elektronik"),
    ]
}
