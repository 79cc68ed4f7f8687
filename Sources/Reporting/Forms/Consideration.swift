import Disposal
package import RecordsModel

/// A member of the panitia, with what they said of a list.
package struct CommitteeMember: Hashable, Sendable {
    /// The name.
    package let name: String
    /// The unit, where the office says it.
    package let unit: String?
    /// How many items may go, in the member's word.
    package let agrees: Int
    /// How many may not.
    package let refuses: Int
    /// The day of the last word; nil where nothing was said yet.
    package let last: CivilDate?

    /// A member out of the parts.
    package init(name: String, unit: String?, agrees: Int, refuses: Int, last: CivilDate?) {
        self.name = name
        self.unit = unit
        self.agrees = agrees
        self.refuses = refuses
        self.last = last
    }
}

extension DisposalPaper {
    /// Surat Pertimbangan of the panitia (`domain.md` 4.2, step 5): the list, its digest, every member with what they said,
    /// what may go, and what stays.
    ///
    /// - Parameters:
    ///   - members: everybody who must assess the list, and everybody who did.
    ///   - decree: the decree that formed the panitia (SK).
    /// - Returns: the paper; each member signs it.
    package func consideration(_ members: [CommitteeMember], decree: LetterReference?) -> Paper {
        let entries = agreed
        let act = list.kind == .destroy ? "dimusnahkan" : "diserahkan"
        var paper = Paper(.consideration, frame)
        paper.opening = [
            "Panitia Penilai Arsip telah menilai arsip dalam usul \(list.id) milik \(list.unit) sebanyak "
                + "\(IndonesianWords.counted(list.items.count)) arsip, dan mempertimbangkan bahwa "
                + "\(IndonesianWords.counted(entries.count)) arsip dapat \(act)."
        ]
        paper.facts =
            identity + [
                Paper.Fact("unit_pengolah", "Unit pengolah", list.unit),
                Paper.Fact("sk_panitia", "Keputusan pembentukan panitia", decree?.words),
                Paper.Fact(
                    "panitia",
                    "Anggota panitia",
                    members.isEmpty ? nil : members.map(\.name).joined(separator: "; ")
                ),
                Paper.Fact("dasar_jra", "Dasar JRA", scheduleWords),
            ]
        paper.code = codeText
        paper.tables = [
            PaperTable(id: "panitia", title: "Penilaian anggota panitia", fields: Self.memberFields, items: members),
            .records("Daftar arsip yang dapat \(act)", Self.destructionFields, entries),
        ]
        paper.tables += [left].compactMap(\.self)
        paper.closing += doers
        paper.signatures = members.map { SignatureBlock("Anggota", Signer($0.name, position: $0.unit)) }
        paper.attachments = [Attachment("Penilaian anggota panitia"), Attachment("Daftar arsip yang dapat \(act)")]
        return paper
    }

    private static let memberFields: [PaperTable.Field<CommitteeMember>] = [
        .numbering(),
        .init("Nama", key: "nama", width: 60) { _, member in .text(member.name) },
        .init("Unit", key: "unit", width: 40, mayLack: true) { _, member in .init(member.unit) },
        .init("Setuju", key: "setuju", kind: .number, width: 20) { _, member in .number(member.agrees) },
        .init("Tidak setuju", key: "tidak_setuju", kind: .number, width: 22) { _, member in .number(member.refuses) },
        .init("Tanggal penilaian", key: "tanggal_penilaian", kind: .date, width: 33) { _, member in
            .init(member.last)
        },
    ]
}
