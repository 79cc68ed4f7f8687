/// A file by which the office decides, whose text counts only as it was adopted, by its digest.
///
/// Schedules have events of their own, and each adopted one is kept under a name of its own.
package enum PolicyFile: String, Hashable, Sendable, CaseIterable {
    /// Who works here, in which roles, under which accounts.
    case people = "people.csv"
    /// Which role allows what.
    case roles = "roles.csv"
    /// The procedure.
    case procedure = "sop-rkt.yaml"
    /// Which days are not worked.
    case holidays = "holidays.csv"
    /// The access classes.
    case access = "access.csv"
    /// The classification codes.
    case classification = "classification.csv"
    /// Which document types fill which place of a chain of evidence.
    case evidence = "disposal-evidence.csv"
    /// Whose signature over the log counts as that of a witness.
    case witnesses = "witnesses.csv"
    /// The office's settings, among them how retention is counted.
    case settings = "berkas.yaml"

    /// Its path in the home.
    package var path: String { self == .settings ? rawValue : "policy/\(rawValue)" }
}

extension Permission {
    /// The files that an act of this kind rests on: it is refused while one of them is not as it was adopted.
    ///
    /// What only stops others rests on none, or an edited file would keep a hold away: placing a hold, giving a list up,
    /// reading the audit, looking on. What the person's roles allow is read in the version in force there too.
    package var restsOn: Set<PolicyFile> {
        switch self {
        case .placeHold, .cancel, .readAudit, .witness, .adoptPolicy: []
        case .releaseHold, .lend, .enrolPerson, .importPackage: [.people, .roles]
        case .adoptSchedule, .classify, .enterTrigger: [.people, .roles, .classification, .procedure, .settings]
        case .receiveDossier, .checkFiling, .approveFiling, .sealDossier, .reopenDossier:
            [.people, .roles, .procedure, .holidays, .settings]
        case .propose, .assess, .assessMove, .attachEvidence, .approveAsRegent, .approveAsNationalArchives,
            .approveAsRegionalArchives, .approveMove, .enterApproval, .execute, .recordReceipt, .confirmCopies,
            .closeReview:
            [.people, .roles, .classification, .evidence, .procedure, .settings]
        }
    }
}
