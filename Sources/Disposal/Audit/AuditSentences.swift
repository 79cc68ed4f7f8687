package import Retention

extension AuditAnswer.Value {
    /// The word of the form.
    package var words: BilingualText {
        switch self {
        case .yes: BilingualText(english: "yes", indonesian: "ya")
        case .no: BilingualText(english: "no", indonesian: "tidak")
        case .cannotTell: BilingualText(english: "cannot tell", indonesian: "tidak dapat dipastikan")
        case .nothing: BilingualText(english: "nothing to judge", indonesian: "tidak ada yang dinilai")
        }
    }
}

extension AuditQuestion {
    /// The number on the report, from 1.
    package var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }

    /// What "yes" says, as a part of a sentence.
    private var affirmed: BilingualText {
        switch self {
        case .listComplete: .init("everything that is kept is on the list", "semua arsip tercantum dalam daftar")
        case .columnsComplete: .init("every entry of the list has all its columns", "setiap kolom daftar terisi")
        case .scheduleAdopted:
            .init(
                "the schedule in force is the office's own, adopted on a named authority",
                "JRA yang berlaku telah ditetapkan"
            )
        case .everyRecordHasRule:
            .init(
                "every record has a rule, and a date from which it counts",
                "setiap arsip memiliki retensi menurut JRA"
            )
        case .noOverdueActive:
            .init(
                "no unit keeps a record beyond its active period",
                "tidak ada arsip yang melewati masa aktif di unit pengolah"
            )
        case .overdueInactiveProposed:
            .init("every record whose period is over is on a list", "arsip yang jatuh tempo telah diusulkan")
        case .approvalsComplete:
            .init(
                "every removal was approved by the authority that it demands",
                "setiap penyusutan disetujui pejabat yang berwenang"
            )
        case .destructionsProven:
            .init("every removal has the whole chain of evidence", "setiap penyusutan memiliki berkas bukti lengkap")
        case .holdsRespected: .init("nothing was removed while it was held", "arsip yang dibekukan tidak disusutkan")
        case .copiesDestroyed:
            .init("every known copy of what was removed is gone", "salinan arsip yang disusutkan telah dimusnahkan")
        case .fixityChecked:
            .init("everything was read in time and found whole", "keutuhan arsip telah diperiksa dan arsip utuh")
        case .nothingRefused: .init("nothing was tried that a rule refused", "tidak ada tindakan yang ditolak")
        }
    }

    /// What "no" says, as a part of a sentence.
    private var denied: BilingualText {
        switch self {
        case .listComplete:
            .init("something is kept and not on the list", "ada arsip yang tidak tercantum dalam daftar")
        case .columnsComplete: .init("entries of the list lack columns", "ada kolom daftar yang kosong")
        case .scheduleAdopted:
            .init(
                "no schedule of the office's own is in force on a named authority",
                "belum ada JRA yang ditetapkan kantor"
            )
        case .everyRecordHasRule:
            .init("records have no rule, or no date from which it counts", "ada arsip tanpa retensi menurut JRA")
        case .noOverdueActive:
            .init(
                "a unit keeps records beyond their active period",
                "ada arsip yang melewati masa aktif di unit pengolah"
            )
        case .overdueInactiveProposed:
            .init("records whose period is over are on no list", "ada arsip jatuh tempo yang belum diusulkan")
        case .approvalsComplete:
            .init(
                "records were removed without the approval that it demands",
                "ada penyusutan tanpa persetujuan pejabat yang berwenang"
            )
        case .destructionsProven:
            .init("records were removed, and evidence is missing", "ada penyusutan yang berkas buktinya tidak lengkap")
        case .holdsRespected: .init("records were removed while they were held", "ada arsip dibekukan yang disusutkan")
        case .copiesDestroyed:
            .init("copies of what was removed are not confirmed as gone", "ada salinan yang belum dimusnahkan")
        case .fixityChecked:
            .init(
                "not everything was read in time and found whole",
                "keutuhan arsip belum diperiksa atau ada arsip yang tidak utuh"
            )
        case .nothingRefused: .init("a rule refused what somebody tried", "ada tindakan yang ditolak")
        }
    }

    fileprivate func said(_ value: AuditAnswer.Value) -> BilingualText {
        switch value {
        case .yes: affirmed
        case .no: denied
        case .nothing: .init("nothing of the year is there for it", "tidak ada hal tahun itu yang dapat dinilai")
        case .cannotTell: BilingualText("it cannot be told whether ", "tidak dapat dipastikan apakah ") + affirmed
        }
    }
}

extension AuditAnswer {
    /// The answer as a sentence with a full stop, to be read aloud.
    package var sentence: BilingualText {
        var text = BilingualText(value.words.english.capitalisedFirst, value.words.indonesian.capitalisedFirst)
        let said: BilingualText
        if forcedBy.isEmpty {
            said = question.said(value)
        } else {
            // The question's own answer would be another one.
            let numbers = forcedBy.map { String($0.number) }.joined(separator: ", ")
            said = BilingualText(
                "it depends on question \(numbers), which is not answered 'yes'",
                "bergantung pada pertanyaan \(numbers), yang tidak dijawab 'ya'"
            )
        }
        if value == .cannotTell, forcedBy.isEmpty {
            text = BilingualText(said.english.capitalisedFirst, said.indonesian.capitalisedFirst)
        } else {
            text = text + BilingualText(": ", ": ") + said
        }
        return text + BilingualText(".", ".")
    }
}

extension BilingualText {
    fileprivate init(_ english: String, _ indonesian: String) {
        self.init(english: english, indonesian: indonesian)
    }
}

extension String {
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
