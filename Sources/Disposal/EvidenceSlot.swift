package import Acts

/// What a list does with its records.
package enum DisposalKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Destruction (pemusnahan, daftar arsip usul musnah).
    case destroy = "musnah"
    /// Deposit with the regional archives (penyerahan arsip statis, daftar arsip usul serah).
    case deposit = "serah"
    /// Move from the unit pengolah to the unit kearsipan (pemindahan, daftar arsip yang dipindahkan).
    case move = "pindah"

    /// What the schedule must say of a record on such a list.
    package var action: DueAction {
        switch self {
        case .destroy: .destroy
        case .deposit: .transfer
        case .move: .move
        }
    }

    /// What a member of the list's panitia, or the unit that gives records away, must be allowed to do.
    package var assessing: Permission { self == .move ? .assessMove : .assess }
}

/// Who approves a list.
package enum DisposalAuthority: String, Hashable, Sendable, Codable, CaseIterable {
    /// The head of the region.
    case regent = "bupati"
    /// The head of the national archives.
    case nationalArchives = "kepala-anri"
    /// The head of the regional archives (LKD), which receive a deposit.
    case regionalArchives = "kepala-lkd"
    /// The head of the unit kearsipan, which receives a move.
    case recordsUnit = "kepala-unit-kearsipan"

    /// The office's name.
    package var name: String {
        switch self {
        case .regent: "Bupati"
        case .nationalArchives: "Kepala ANRI"
        case .regionalArchives: "Kepala LKD"
        case .recordsUnit: "Kepala Unit Kearsipan"
        }
    }

    /// What such an approver must be allowed to do.
    package var permission: Permission {
        switch self {
        case .regent: .approveAsRegent
        case .nationalArchives: .approveAsNationalArchives
        case .regionalArchives: .approveAsRegionalArchives
        case .recordsUnit: .approveMove
        }
    }
}

/// The steps of a list that evidence is asked for.
package enum DisposalStep: Int, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// The panitia assesses the items.
    case assess = 1
    /// The authority approves.
    case approve = 2
    /// Records are removed or handed over.
    case execute = 3
    /// The act is wholly proven.
    case close = 4

    package static func < (left: DisposalStep, right: DisposalStep) -> Bool { left.rawValue < right.rawValue }
}

/// A place in the chain of evidence that a record fills.
///
/// The chains are those of `domain.md`, sections 4.1 to 4.3, in their order.
package enum EvidenceSlot: String, Hashable, Sendable, Codable, CaseIterable {
    /// The decree that forms the panitia penilai arsip.
    case committeeDecree = "sk-panitia"
    /// The list as signed.
    case list = "daftar"
    /// The minutes of the appraisal (notula penilaian).
    case minutes = "notula"
    /// The panitia's written consideration (surat pertimbangan).
    case consideration = "pertimbangan"
    /// The notification to the LKD, with the statement that the records are authentic, trustworthy, whole and usable.
    case notification = "pemberitahuan"
    /// The authority's letter of approval (surat persetujuan).
    case approvalLetter = "persetujuan"
    /// The decision that fixes what is disposed of (penetapan).
    case decision = "penetapan"
    /// The signed minutes of the act (berita acara).
    case certificate = "berita-acara"

    /// The words on the form.
    package var name: String {
        switch self {
        case .committeeDecree: "SK Panitia Penilai Arsip"
        case .list: "Daftar Arsip"
        case .minutes: "Notula penilaian"
        case .consideration: "Surat pertimbangan panitia"
        case .notification: "Surat pemberitahuan ke LKD"
        case .approvalLetter: "Surat persetujuan"
        case .decision: "Penetapan"
        case .certificate: "Berita Acara"
        }
    }
}

extension DisposalKind {
    /// The chain of evidence in its order, each with the step before which it must be there.
    ///
    /// The letter of approval comes with the approval itself.
    package var chain: [(slot: EvidenceSlot, before: DisposalStep)] {
        switch self {
        case .destroy:
            [
                (.committeeDecree, .assess), (.list, .assess), (.minutes, .approve), (.consideration, .approve),
                (.approvalLetter, .execute), (.decision, .execute), (.certificate, .close),
            ]
        case .deposit:
            [
                (.committeeDecree, .assess), (.list, .assess), (.minutes, .approve), (.consideration, .approve),
                (.notification, .approve), (.approvalLetter, .execute), (.decision, .execute), (.certificate, .close),
            ]
        case .move:
            [(.list, .assess), (.approvalLetter, .execute), (.certificate, .close)]
        }
    }
}
