package import RecordsModel

/// One row of a retention schedule: what is kept how long, and what becomes of it.
package struct ScheduleRow: Hashable, Sendable {
    /// The row of the file as a spreadsheet counts it, the header being row 1.
    package let row: Int
    /// The classification code, without spaces around it.
    package let code: String
    /// The kind of record (jenis arsip), verbatim.
    package let title: String
    /// The document types that the row is for; empty for all that no other row of the code lists.
    package let types: [String]
    /// The scope note; empty where there is none.
    package let note: String
    /// How long the unit that made it keeps it.
    package let active: PeriodPhrase
    /// How long the records unit keeps it after that.
    package let inactive: PeriodPhrase
    /// The cut-off; nil for the office's own.
    package let cutoff: Cutoff?
    /// The event that starts the active period.
    package let trigger: TriggerPhrase
    /// The event that the inactive period waits for besides, where the cell names another one.
    package let inactiveTrigger: TriggerPhrase?
    /// What becomes of it in the end.
    package let disposition: DispositionPhrase
    /// The legal basis, verbatim.
    package let basis: String
    /// Whether the date is that of the signed plan of the dossier: drafts are not older than what came of them.
    package let followsPlan: Bool
    /// Whether the row is a sample, on which nothing may be disposed of.
    package let isSample: Bool
}

/// Which schedule: the digest of its file and the day on which it was adopted.
package struct ScheduleVersion: Hashable, Sendable, Codable {
    /// The digest of the file's bytes, lower-case hexadecimal digits, as the caller made it.
    package let digest: String
    /// The day on which it was adopted; nil for a proposal.
    package let adopted: CivilDate?

    /// A version out of its parts.
    package init(digest: String, adopted: CivilDate?) {
        self.digest = digest
        self.adopted = adopted
    }

    /// The name for people and files: the day of adoption, or `proposed`, and the first twelve digits of the digest.
    package var name: String { (adopted?.description ?? "proposed") + "-" + digest.prefix(12) }
}
