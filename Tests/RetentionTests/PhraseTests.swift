import Retention
import Testing

struct PhraseTests {
    @Test(arguments: [
        ("Setelah Peraturan Tidak Berlaku", "no-longer-valid"),
        ("Sejak Keputusan Tidak Berlaku", "no-longer-valid"),
        ("Setelah Tidak Berlaku", "no-longer-valid"),
        ("setelah dinyatakan tdk berlaku lagi", "no-longer-valid"),
        ("Selama masih berlaku", "no-longer-valid"),
        ("Sejak Penetapan Kebijakan yang Terbaru", "new-policy-set"),
        ("Sejak Keputusan Lama Dinyatakan Tidak Berlaku", "superseded"),
        ("Sejak Standar Baru Ditetapkan", "new-standard-set"),
        ("Setelah Pemutakhiran Data (Update)", "data-updated"),
        ("Setelah Proses Kegiatan Dipertanggungjawabkan", "activity-accounted"),
        ("Setelah Hak dan Kewajiban Selesai", "rights-and-duties-settled"),
        ("Setelah Tindak Lanjut Selesai", "follow-up-done"),
        ("Setelah Pemeriksaan", "audited"),
        ("Setelah Keputusan Berkekuatan Hukum Tetap", "final-court-decision"),
        ("Sejak Perda Pertanggungjawaban APBD Disahkan", "accountability-regulation-passed"),
        ("Selama Belum Ada Perubahan", "changed"),
        ("Sampai Dengan Masalah Selesai", "matter-settled"),
        ("s.d. Masalah Selesai", "matter-settled"),
        ("S/D  masalah\u{A0}selesai.", "matter-settled"),
        ("Setelah Diterbitkan", "published"),
        ("setelah tahun anggaran berakhir", "fiscal-year-ended"),
        ("setelah dikompilasi menjadi program kerja tahunan unit kerja", "compiled-into-programme"),
        ("SEJAK\n pemeriksaan", "audited"),
        ("Terhitung sejak penetapan kebijakan yg terbaru", "new-policy-set"),
        ("superseded", "superseded"),
        ("rights-and-duties-settled", "rights-and-duties-settled"),
    ])
    func `R16 every published trigger phrase is understood and kept to the letter`(text: String, kind: String) throws {
        let phrase = try #require(TriggerPhrase(text))
        #expect(phrase.kind.id == kind)
        #expect(Array(phrase.text.utf8) == Array(text.utf8))
    }

    @Test(arguments: [
        "", "Setelah", "Setelah bulan purnama", "Setelah Pemeriksaan atau tidak berlaku", "Selama pemeriksaan",
        "Setelah tidak berlaku kecuali SK", "Jika tidak berlaku", "Setelah belum tidak berlaku",
        "Setelah diterbitkan (kecuali SK)", "Setelah audit, tidak berlaku",
        String(repeating: "setelah ", count: 1000) + "pemeriksaan",
    ])
    func `R16 a phrase that is not known is not guessed`(text: String) {
        #expect(TriggerPhrase(text) == nil)
    }

    @Test
    func `every kind of trigger has an id and phrases of its own`() {
        let kinds = RetentionVocabulary.standard.triggers
        #expect(Set(kinds.map(\.id)).count == kinds.count)
        for kind in kinds {
            #expect(TriggerPhrase(kind.id)?.kind == kind)
            #expect(TriggerPhrase("setelah " + kind.indonesian)?.kind == kind, "\(kind.id)")
            #expect(kind.id.utf8.allSatisfy { (97...122).contains($0) || $0 == 45 })
        }
    }

    @Test
    func `an office's own words are understood once they are in the table`() {
        let election = TriggerKind(
            "election-held",
            english: "the election was held",
            indonesian: "pemilu selesai",
            phrases: ["pemilu selesai"]
        )
        let standard = RetentionVocabulary.standard
        let extended = RetentionVocabulary(
            triggers: standard.triggers + [election],
            dispositions: standard.dispositions
        )
        #expect(TriggerPhrase("Setelah Pemilu Selesai") == nil)
        #expect(TriggerPhrase("Setelah Pemilu Selesai", vocabulary: extended)?.kind == election)
    }

    @Test(arguments: [
        ("Musnah", Disposition.destroy), ("MUSNAH.", .destroy), ("Permanen", .permanent), ("Dinilai Kembali", .review),
        ("dinilai  kembali", .review), ("Musnah, kecuali notulen terkait kebijakan Permanen", .personDecides),
        ("Musnah, Kecuali barang Tidak Bergerak", .personDecides),
        ("Musnah, kecuali SK masuk berkas perseorangan", .personDecides),
        ("Musnah (kecuali SK)", .personDecides), ("Permanen kecuali konsep", .personDecides),
        ("destroy", .destroy), ("review", .review),
    ])
    func `R3 every published disposition is understood and a compound one is left to a person`(
        text: String,
        disposition: Disposition
    ) throws {
        let phrase = try #require(DispositionPhrase(text))
        #expect(phrase.disposition == disposition)
        #expect(Array(phrase.text.utf8) == Array(text.utf8))
    }

    @Test(arguments: ["", "Musnah atau Permanen", "Musnah dan permanen", "Musnah, kecuali", "tidak musnah", "Hancur"])
    func `R3 a disposition that is not known is not guessed`(text: String) {
        #expect(DispositionPhrase(text) == nil)
    }
}
