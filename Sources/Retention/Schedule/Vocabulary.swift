/// The words of retention schedules: all trigger and disposition phrases that are understood, in one table.
///
/// Trigger phrases: the published schedules of `domain.md` section 3. A phrase that is not here is a fault of its row,
/// never a guess. To understand one more, add a line: nothing else needs changing. Spellings are compared as words in
/// lower case with abbreviations written out, without "setelah" and its like in front.
package struct RetentionVocabulary: Sendable {
    /// The kinds of trigger.
    package let triggers: [TriggerKind]
    /// The words of the final dispositions.
    package let dispositions: [(words: [String], disposition: Disposition)]

    /// A vocabulary out of its parts.
    package init(triggers: [TriggerKind], dispositions: [(words: [String], disposition: Disposition)]) {
        self.triggers = triggers
        self.dispositions = dispositions
    }

    /// The words that Berkas knows.
    package static let standard = RetentionVocabulary(
        triggers: [
            .documentDate, .fiscalYearEnded, .superseded, .noLongerValid, .newPolicySet, .newStandardSet, .dataUpdated,
            .activityAccounted, .rightsAndDutiesSettled, .followUpDone, .audited, .finalCourtDecision,
            .accountabilityRegulationPassed, .changed, .matterSettled, .published, .compiledIntoProgramme,
        ],
        dispositions: [
            (["musnah"], .destroy), (["dimusnahkan"], .destroy), (["destroy"], .destroy),
            (["permanen"], .permanent), (["simpan", "permanen"], .permanent), (["statis"], .permanent),
            (["permanent"], .permanent), (["retain", "permanently"], .permanent), (["transfer"], .permanent),
            (["dinilai", "kembali"], .review), (["penilaian", "kembali"], .review), (["review"], .review),
        ]
    )

    /// The words between a disposition and its exception.
    static let exceptions = ["kecuali", "except"]

    /// The kind of that id; nil where there is none.
    package func trigger(_ id: String) -> TriggerKind? {
        triggers.first { $0.id.utf8.elementsEqual(id.utf8) }
    }
}

extension TriggerKind {
    /// No phrase: the date on the document.
    package static let documentDate = TriggerKind(
        "document-date",
        english: "the date on the document",
        indonesian: "tanggal dokumen",
        source: .document,
        phrases: ["tanggal dokumen", "tanggal surat", "document date", "date of the document"]
    )
    /// The last day of the fiscal year that the record belongs to, computed from its year.
    package static let fiscalYearEnded = TriggerKind(
        "fiscal-year-ended",
        english: "the fiscal year ended",
        indonesian: "tahun anggaran berakhir",
        source: .fiscalYear,
        phrases: ["tahun anggaran berakhir", "berakhirnya tahun anggaran", "the fiscal year ended"]
    )
    /// A newer one has taken its place; the older one is no longer valid either.
    package static let superseded = TriggerKind(
        "superseded",
        english: "the older decision was declared no longer valid",
        indonesian: "keputusan lama dinyatakan tidak berlaku",
        phrases: ["keputusan lama dinyatakan tidak berlaku", "superseded", "digantikan", "diganti"]
    )
    /// It is no longer valid, for whatever reason.
    package static let noLongerValid = TriggerKind(
        "no-longer-valid",
        english: "it ceased to be valid",
        indonesian: "tidak berlaku",
        phrases: ["* tidak berlaku", "* tidak berlaku lagi", "no longer valid"],
        states: ["berlaku", "masih berlaku", "valid"],
        alsoBy: ["superseded"]
    )
    /// The newest policy was set.
    package static let newPolicySet = TriggerKind(
        "new-policy-set",
        english: "the newest policy was set",
        indonesian: "penetapan kebijakan yang terbaru",
        phrases: ["penetapan kebijakan yang terbaru", "penetapan kebijakan terbaru", "a new policy is set"]
    )
    /// A new standard was set.
    package static let newStandardSet = TriggerKind(
        "new-standard-set",
        english: "the new standard was set",
        indonesian: "standar baru ditetapkan",
        phrases: ["standar baru ditetapkan", "a new standard is set"]
    )
    /// The data were brought up to date.
    package static let dataUpdated = TriggerKind(
        "data-updated",
        english: "the data were brought up to date",
        indonesian: "pemutakhiran data",
        phrases: ["pemutakhiran data", "data dimutakhirkan", "data update", "the data are updated"]
    )
    /// The activity was accounted for.
    package static let activityAccounted = TriggerKind(
        "activity-accounted",
        english: "the activity was accounted for",
        indonesian: "proses kegiatan dipertanggungjawabkan",
        phrases: [
            "proses kegiatan dipertanggungjawabkan", "kegiatan dipertanggungjawabkan", "the activity is accounted for",
        ]
    )
    /// Rights and duties are settled.
    package static let rightsAndDutiesSettled = TriggerKind(
        "rights-and-duties-settled",
        english: "rights and duties were settled",
        indonesian: "hak dan kewajiban selesai",
        phrases: ["hak dan kewajiban selesai", "rights and duties are settled"]
    )
    /// What was to follow has been done.
    package static let followUpDone = TriggerKind(
        "follow-up-done",
        english: "the follow-up was done",
        indonesian: "tindak lanjut selesai",
        phrases: ["tindak lanjut selesai", "selesai ditindaklanjuti", "the follow-up is done"]
    )
    /// It was audited.
    package static let audited = TriggerKind(
        "audited",
        english: "it was audited",
        indonesian: "pemeriksaan",
        phrases: ["pemeriksaan", "pemeriksaan selesai", "diperiksa", "the audit", "audited"]
    )
    /// A court's decision is final.
    package static let finalCourtDecision = TriggerKind(
        "final-court-decision",
        english: "the court's decision became final",
        indonesian: "keputusan berkekuatan hukum tetap",
        phrases: [
            "keputusan berkekuatan hukum tetap", "putusan berkekuatan hukum tetap",
            "keputusan mempunyai kekuatan hukum tetap", "the court decision is final",
        ]
    )
    /// The regional regulation on the accounts of the budget was passed.
    package static let accountabilityRegulationPassed = TriggerKind(
        "accountability-regulation-passed",
        english: "the regulation on the accounts of the budget was passed",
        indonesian: "Perda Pertanggungjawaban APBD disahkan",
        phrases: ["perda pertanggungjawaban apbd disahkan", "the accountability regulation is passed"]
    )
    /// Something has changed, which "as long as nothing has changed" waits for.
    package static let changed = TriggerKind(
        "changed",
        english: "a change was made",
        indonesian: "ada perubahan",
        phrases: ["ada perubahan", "perubahan", "a change"],
        states: ["belum ada perubahan", "tidak ada perubahan", "nothing has changed"]
    )
    /// The matter is settled.
    package static let matterSettled = TriggerKind(
        "matter-settled",
        english: "the matter was settled",
        indonesian: "masalah selesai",
        phrases: ["masalah selesai", "permasalahan selesai", "the matter is settled"]
    )
    /// It was published.
    package static let published = TriggerKind(
        "published",
        english: "it was published",
        indonesian: "diterbitkan",
        phrases: ["diterbitkan", "penerbitan", "published", "publication"]
    )
    /// It was compiled into the annual programme of the unit.
    package static let compiledIntoProgramme = TriggerKind(
        "compiled-into-programme",
        english: "it was compiled into the annual programme",
        indonesian: "dikompilasi menjadi program kerja tahunan unit kerja",
        phrases: [
            "dikompilasi menjadi program kerja tahunan unit kerja", "dikompilasi menjadi program kerja tahunan",
            "it is compiled into the annual programme",
        ]
    )
}
