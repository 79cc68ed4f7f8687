/// What an auditor asks of a year (`domain.md` section 7), in the order in which it is asked.
package enum AuditQuestion: String, Hashable, Sendable, Codable, CaseIterable {
    /// Is everything that is stored on the list (daftar arsip lengkap)?
    case listComplete = "list-complete"
    /// Has every entry of the list all its columns?
    case columnsComplete = "columns-complete"
    /// Is the schedule in force the office's own, adopted on a named authority?
    case scheduleAdopted = "schedule-adopted"
    /// Has every record a rule of the schedule, and a date from which it counts?
    case everyRecordHasRule = "every-record-has-rule"
    /// Is nothing kept by the unit beyond its active period?
    case noOverdueActive = "no-overdue-active"
    /// Is everything whose inactive period is over on a list?
    case overdueInactiveProposed = "overdue-inactive-proposed"
    /// Was every list on which records went approved by the authority that its retention demands?
    case approvalsComplete = "approvals-complete"
    /// Is every destruction proven by the whole chain of evidence?
    case destructionsProven = "destructions-proven"
    /// Was nothing removed that was held?
    case holdsRespected = "holds-respected"
    /// Are all copies of removed records confirmed as destroyed?
    case copiesDestroyed = "copies-destroyed"
    /// Was everything read and found whole within the time that the office sets?
    case fixityChecked = "fixity-checked"
    /// Was nothing tried that a rule refused?
    case nothingRefused = "nothing-refused"

    /// The words on the report.
    package var words: String {
        switch self {
        case .listComplete: "Apakah semua arsip yang disimpan tercantum dalam daftar?"
        case .columnsComplete: "Apakah setiap kolom daftar terisi?"
        case .scheduleAdopted: "Apakah JRA yang berlaku telah ditetapkan?"
        case .everyRecordHasRule: "Apakah setiap arsip memiliki retensi menurut JRA?"
        case .noOverdueActive: "Apakah tidak ada arsip yang melewati masa aktif di unit pengolah?"
        case .overdueInactiveProposed: "Apakah arsip yang melewati masa inaktif telah diusulkan?"
        case .approvalsComplete: "Apakah setiap penyusutan disetujui pejabat yang berwenang?"
        case .destructionsProven: "Apakah setiap pemusnahan memiliki berkas bukti lengkap?"
        case .holdsRespected: "Apakah arsip yang dibekukan tidak disusutkan?"
        case .copiesDestroyed: "Apakah salinan arsip yang dimusnahkan telah dimusnahkan?"
        case .fixityChecked: "Apakah keutuhan arsip telah diperiksa?"
        case .nothingRefused: "Apakah tidak ada tindakan yang ditolak?"
        }
    }

    /// The questions whose "no" makes the answer to this one "no" too, as the supervision form has it.
    package var upstream: [AuditQuestion] {
        switch self {
        case .columnsComplete: [.listComplete]
        case .everyRecordHasRule: [.scheduleAdopted]
        case .noOverdueActive, .overdueInactiveProposed: [.everyRecordHasRule]
        case .destructionsProven: [.approvalsComplete]
        case .listComplete, .scheduleAdopted, .approvalsComplete, .holdsRespected, .copiesDestroyed, .fixityChecked,
            .nothingRefused:
            []
        }
    }
}

/// The answer to one question, with what stands behind it.
package struct AuditAnswer: Hashable, Sendable {
    /// The three answers of the form.
    package enum Value: String, Hashable, Sendable, Codable, CaseIterable {
        /// It is so (Ya).
        case yes = "yes"
        /// It is not so (Tidak).
        case no = "no"
        /// It cannot be told from what the archive keeps.
        case cannotTell = "cannot-tell"
        /// Nothing that the question is about fell into the year: there is neither yes nor no to it.
        case nothing = "nothing"
    }

    /// One thing behind an answer.
    package struct Behind: Hashable, Sendable {
        /// The record, list or hold.
        package let subject: String
        /// What about it, in one sentence without a full stop.
        package let message: String
        /// The same in Indonesian, for the report on paper.
        package let words: String

        /// A thing out of its parts.
        package init(_ subject: String, _ message: String, words: String) {
            self.subject = subject
            self.message = message
            self.words = words
        }
    }

    /// The question.
    package let question: AuditQuestion
    /// The answer.
    package let value: Value
    /// What stands behind it, in the order of the subjects; for "yes" what was looked at, where that can be named.
    package let behind: [Behind]
    /// The questions upstream that forced the answer; empty where it is the question's own.
    package let forcedBy: [AuditQuestion]
}
