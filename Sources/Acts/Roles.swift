/// What a role allows; who may do what with a list stands here and nowhere else.
package enum Permission: String, Hashable, Sendable, Codable, CaseIterable {
    /// Adopt a retention schedule.
    case adoptSchedule = "adopt-schedule"
    /// Choose a record's classification code.
    case classify = "classify"
    /// Enter or correct the event that starts a period.
    case enterTrigger = "enter-trigger"
    /// Propose a list.
    case propose = "propose"
    /// Assess items of a list for destruction or deposit, as a member of the panitia.
    case assess = "assess"
    /// Agree, for the unit that gives records away, to a move to the unit kearsipan.
    case assessMove = "assess-move"
    /// Name records as evidence.
    case attachEvidence = "attach-evidence"
    /// Approve as the head of the region.
    case approveAsRegent = "approve-bupati"
    /// Approve as the head of the national archives.
    case approveAsNationalArchives = "approve-kepala-anri"
    /// Approve as the head of the regional archives, which receive.
    case approveAsRegionalArchives = "approve-kepala-lkd"
    /// Approve a move, as the head of the unit kearsipan, which receives.
    case approveMove = "approve-kepala-unit-kearsipan"
    /// Enter an approval that another person gave by letter.
    case enterApproval = "enter-approval"
    /// Execute a list.
    case execute = "execute"
    /// Be a witness.
    case witness = "witness"
    /// Give up a list.
    case cancel = "cancel"
    /// Record the receiver's receipt.
    case recordReceipt = "record-receipt"
    /// Confirm that a copy elsewhere was destroyed.
    case confirmCopies = "confirm-copies"
    /// Place a hold.
    case placeHold = "place-hold"
    /// Lift a hold, or take one back that never took effect.
    case releaseHold = "release-hold"
    /// Close a review.
    case closeReview = "close-review"
    /// Lend paper originals, and take them back.
    case lend = "lend"
    /// Take a dossier in for filing (terima).
    case receiveDossier = "receive-dossier"
    /// Check that a dossier's papers are there and in order (periksa).
    case checkFiling = "check-filing"
    /// Approve that a dossier is filed (berkaskan).
    case approveFiling = "approve-filing"
    /// Seal a dossier (selesai).
    case sealDossier = "seal-dossier"
    /// Open a sealed dossier again.
    case reopenDossier = "reopen-dossier"
    /// Read the audit report.
    case readAudit = "read-audit"
    /// Adopt what was edited in a policy file.
    case adoptPolicy = "adopt-policy"
    /// Take in packages and bags of other archives.
    case importPackage = "import"
    /// Enter and retire the keys of persons.
    case enrolPerson = "enrol-person"
}

/// Which role allows what.
///
/// The table is the office's own: `standard` is a beginning, a file may say otherwise.
package struct RoleTable: Hashable, Sendable {
    private var permissions: [PersonName: Set<Permission>] = [:]

    /// A table out of pairs of a role and what it allows.
    package init(_ rows: [(role: String, permissions: Set<Permission>)]) {
        for row in rows { permissions[.role(row.role), default: []].formUnion(row.permissions) }
    }

    /// A table out of rows of a file, with the rows whose permission nobody knows.
    ///
    /// - Returns: the table, and the places in `rows` of those that are not understood, which allow nothing.
    package static func reading(_ rows: [(role: String, permission: String)]) -> (table: RoleTable, unknown: [Int]) {
        var known: [(role: String, permissions: Set<Permission>)] = []
        var unknown: [Int] = []
        for (place, row) in rows.enumerated() {
            if let permission = Permission(rawValue: row.permission), !row.role.isBlank {
                known.append((row.role, [permission]))
            } else {
                unknown.append(place)
            }
        }
        return (RoleTable(known), unknown)
    }

    /// What a role allows; nothing where the table does not know it.
    package func permissions(of role: String) -> Set<Permission> { permissions[.role(role)] ?? [] }

    /// Whether one of a person's roles allows something.
    package func allows(_ permission: Permission, to person: Person) -> Bool {
        person.roles.contains { permissions(of: $0).contains(permission) }
    }

    /// The roles that allow something, in the order of their letters.
    package func roles(allowing permission: Permission) -> [String] {
        permissions.filter { $0.value.contains(permission) }.map(\.key.text).sorted()
    }

    /// The roles of `domain.md` section 4: who proposes, assesses, approves, executes and looks on.
    package static let standard = RoleTable([
        (
            "arsiparis",
            [
                .adoptSchedule, .classify, .enterTrigger, .propose, .attachEvidence, .enterApproval, .execute,
                .cancel, .recordReceipt, .confirmCopies, .placeHold, .lend, .readAudit, .receiveDossier, .checkFiling,
                .sealDossier, .importPackage,
            ]
        ),
        (
            "kasubbag",
            [
                .classify, .enterTrigger, .propose, .attachEvidence, .enterApproval, .placeHold, .readAudit,
                .receiveDossier, .checkFiling, .approveFiling, .reopenDossier,
            ]
        ),
        ("panitia", [.assess, .attachEvidence]),
        (
            "pimpinan",
            [
                .attachEvidence, .enterApproval, .cancel, .placeHold, .releaseHold, .closeReview, .readAudit,
                .approveFiling, .reopenDossier, .adoptPolicy, .enrolPerson,
            ]
        ),
        ("bupati", [.approveAsRegent, .enterApproval, .placeHold, .releaseHold]),
        ("kepala-anri", [.approveAsNationalArchives, .enterApproval]),
        ("kepala-lkd", [.approveAsRegionalArchives, .enterApproval, .importPackage]),
        (
            "kepala-unit-kearsipan",
            [
                .approveMove, .enterApproval, .attachEvidence, .cancel, .placeHold, .releaseHold, .closeReview,
                .lend, .readAudit, .receiveDossier, .checkFiling, .approveFiling, .sealDossier, .reopenDossier,
                .adoptPolicy, .enrolPerson, .importPackage,
            ]
        ),
        ("kepala-unit-pengolah", [.propose, .assessMove, .placeHold]),
        ("saksi", [.witness]),
        ("auditor", [.placeHold, .readAudit]),
        ("reader", []),
    ])
}
