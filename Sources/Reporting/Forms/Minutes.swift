import Acts
import Disposal
import RecordsModel

/// What the minutes of a destruction ask for beside the list.
package struct DestructionAct: Hashable, Sendable {
    /// Whose records they were (pemilik arsip); nil for the list's unit.
    package var owner: String?
    /// The written consideration of the panitia (surat pertimbangan).
    package var consideration: LetterReference?
    /// The subject of the letter of approval, whose number and date the list has.
    package var approvalSubject: String?
    /// Who answers for the destruction (penanggung jawab).
    package var officer: Signer?
    /// The witnesses with their offices; a name of the list's witnesses that is not among them is added.
    package var witnesses: [Signer] = []
    /// The witness for the records service (saksi kearsipan).
    package var recordsWitness: Signer?
    /// At most three photographs, and whatever else is attached.
    package var attachments: [Attachment] = []

    /// How many photographs the form has room for (`domain.md` 4.4).
    package static let photographLimit = 3

    /// An act of which nothing is told yet.
    package init() {}
}

/// The two sides of a deposit or a move, and what is said of it.
package struct HandoverAct: Hashable, Sendable {
    /// Who gives, or the head of the unit pengolah.
    package var giver: Signer?
    /// The office or unit that gives; nil for the list's unit.
    package var givingUnit: String?
    /// Who receives.
    package var receiver: Signer?
    /// The office or unit that receives.
    package var receivingUnit: String?
    /// The subject of the letter of approval, whose number and date the list has.
    package var approvalSubject: String?
    /// How much room it takes, such as `2 boks (0,4 meter lari)`.
    package var volume: String?
    /// What is attached.
    package var attachments: [Attachment] = []

    /// An act of which nothing is told yet.
    package init() {}
}

extension DisposalPaper {
    /// Berita Acara Pemusnahan with the list of what was destroyed (`domain.md` 4.4).
    ///
    /// It says that digital files were removed, and not that a medium was wiped (R27).
    ///
    /// - Throws: `ReportingError`, code `tooLarge`, for more photographs than the form has room for.
    package func destructionMinutes(_ act: DestructionAct) throws(ReportingError) -> Paper {
        guard act.attachments.count(where: { $0.photograph != nil }) <= DestructionAct.photographLimit else {
            throw ReportingError(
                .tooLarge,
                message: "the minutes of \(list.id) have more than \(DestructionAct.photographLimit) photographs",
                remedy: "choose \(DestructionAct.photographLimit)"
            )
        }
        let entries = gone
        let owner = act.owner ?? list.unit
        var paper = Paper(.destructionMinutes, frame)
        paper.opening = [
            opening(at: list.run?.place)
                + "telah melaksanakan pemusnahan arsip milik \(owner) sebanyak \(entries.counted), "
                + "sebagaimana tercantum dalam daftar terlampir."
        ]
        paper.facts =
            [
                dayFact,
                Paper.Fact("tempat_pemusnahan", "Tempat pemusnahan", list.run?.place),
                Paper.Fact("pemilik", "Pemilik arsip", owner),
                Paper.Fact("cara", "Cara pemusnahan", list.run?.method),
                Paper.Fact("jumlah", "Jumlah berkas", entries.counted),
                Paper.Fact("kurun_waktu", "Kurun waktu", entries.years),
                Paper.Fact("pertimbangan", "Dasar pertimbangan panitia", act.consideration?.words),
                Paper.Fact("persetujuan", "Dasar persetujuan", approval(subject: act.approvalSubject)),
                Paper.Fact("dasar_jra", "Dasar JRA", scheduleWords),
            ] + identity
        paper.code = codeText
        paper.tables = [.records("Daftar arsip yang dimusnahkan", Self.destructionFields, entries)]
        paper.tables += [left, copies].compactMap(\.self)
        paper.closing = doers + destructionClosing
        paper.signatures = [SignatureBlock("Penanggung jawab", act.officer)] + witnesses(act)
        paper.signatures.append(SignatureBlock("Saksi kearsipan", act.recordsWitness))
        paper.attachments = [Attachment("Daftar arsip yang dimusnahkan")] + act.attachments
        return paper
    }

    private var destructionClosing: [String] {
        var closing = [
            "Berkas digital arsip tersebut dihapus dari penyimpanan arsip beserta paket, teks turunan dan indeksnya. "
                + "Penghapusan ini tidak menyatakan bahwa media penyimpanannya telah dihancurkan."
        ]
        let open = list.openCopies.count
        if open > 0 {
            closing.append(
                "Masih ada \(IndonesianWords.counted(open)) salinan di tempat lain yang harus dimusnahkan tersendiri."
            )
        }
        closing.append("Berita Acara ini dibuat dalam rangkap 2 (dua) untuk dipergunakan sebagaimana mestinya.")
        closing.append("Salinan Berita Acara ini beserta daftarnya disampaikan kepada Kepala ANRI.")
        return closing
    }

    /// Saksi I, Saksi II …: those who are named with their offices, then those whom only the list names; two at least.
    private func witnesses(_ act: DestructionAct) -> [SignatureBlock] {
        let named = Set(act.witnesses.map { ExactText($0.name) })
        let others = (list.run?.witnesses ?? []).filter { !named.contains(ExactText($0)) }.map { Signer($0) }
        var all: [Signer?] = act.witnesses + others
        while all.count < 2 { all.append(nil) }
        return all.enumerated().map { SignatureBlock("Saksi " + Self.roman($0.offset + 1), $0.element) }
    }

    /// Berita Acara Penyerahan with the list of what was handed over (`domain.md` 4.4): two sides, two copies.
    package func depositMinutes(_ act: HandoverAct) -> Paper {
        let entries = gone
        var paper = Paper(.depositMinutes, frame)
        let giver = act.givingUnit ?? list.unit
        paper.opening = [
            opening(at: frame.place)
                + "\(giver), selanjutnya disebut Pihak Pertama, menyerahkan kepada "
                + "\(act.receivingUnit ?? "Lembaga Kearsipan Daerah"), selanjutnya disebut Pihak Kedua, arsip statis "
                + "sebanyak \(entries.counted), sebagaimana tercantum dalam daftar terlampir."
        ]
        paper.facts =
            [
                dayFact,
                Paper.Fact("pihak_pertama", "Pihak Pertama", giver),
                Paper.Fact("pihak_kedua", "Pihak Kedua", act.receivingUnit),
                Paper.Fact("jumlah", "Jumlah arsip", entries.counted),
                Paper.Fact("kurun_waktu", "Kurun waktu", entries.years),
                Paper.Fact("persetujuan", "Dasar persetujuan", approval(subject: act.approvalSubject)),
                Paper.Fact("dasar_jra", "Dasar JRA", scheduleWords),
                Paper.Fact("tanda_terima", "Tanda terima", receipt),
            ] + identity
        paper.code = codeText
        paper.tables = [.records("Daftar arsip yang diserahkan", Self.depositFields, entries)]
        paper.tables += [left].compactMap(\.self)
        paper.closing = doers
        paper.closing += [
            "Pihak Pertama menyatakan bahwa arsip tersebut autentik, terpercaya, utuh dan dapat digunakan.",
            "Berita Acara ini dibuat dalam rangkap 2 (dua), bermeterai cukup, satu untuk setiap pihak.",
        ]
        paper.signatures = [
            SignatureBlock("Pihak Kedua", act.receiver), SignatureBlock("Pihak Pertama", act.giver),
        ]
        paper.attachments = [Attachment("Daftar arsip yang diserahkan")] + act.attachments
        return paper
    }

    /// Berita Acara Pemindahan with Daftar Berkas and Daftar Isi Berkas of what was moved (`domain.md` 4.1, 4.4).
    package func moveMinutes(_ act: HandoverAct) -> Paper {
        let entries = gone
        var paper = Paper(.moveMinutes, frame)
        let giver = act.givingUnit ?? list.unit
        paper.opening = [
            opening(at: frame.place)
                + "\(giver) memindahkan arsip inaktif sebanyak \(entries.counted) kepada "
                + "\(act.receivingUnit ?? "Unit Kearsipan"), sebagaimana tercantum dalam daftar terlampir."
        ]
        paper.facts =
            [
                dayFact,
                Paper.Fact("unit_pengolah", "Unit pengolah", giver),
                Paper.Fact("unit_kearsipan", "Unit kearsipan", act.receivingUnit),
                Paper.Fact("dasar_jra", "Dasar JRA", scheduleWords),
                Paper.Fact("jumlah", "Jumlah berkas", entries.counted),
                Paper.Fact("volume", "Volume", act.volume ?? entries.quantities),
                Paper.Fact("kurun_waktu", "Kurun waktu", entries.years),
                Paper.Fact("persetujuan", "Dasar persetujuan", approval(subject: act.approvalSubject)),
            ] + identity
        paper.code = codeText
        paper.tables = [
            PaperTable.dossiers(DossierEntry.gathered(entries, unit: giver)),
            PaperTable.contents(entries, totals: entries.totals),
        ]
        paper.tables += [left].compactMap(\.self)
        paper.closing = doers
        paper.closing.append("Berita Acara ini dibuat dalam rangkap 2 (dua) untuk dipergunakan sebagaimana mestinya.")
        paper.signatures = [
            SignatureBlock("Yang menerima", act.receiver), SignatureBlock("Yang menyerahkan", act.giver),
        ]
        paper.attachments = [Attachment("Daftar Berkas"), Attachment("Daftar Isi Berkas")] + act.attachments
        return paper
    }

    private var dayFact: Paper.Fact {
        Paper.Fact(
            "hari_tanggal",
            "Hari/tanggal",
            "\(IndonesianWords.weekday(frame.date)), \(IndonesianWords.day(frame.date))"
        )
    }

    private var receipt: String? {
        list.receipt.map { "\($0.receiver), \(IndonesianWords.day($0.date)) (\($0.letter))" }
    }

    private func opening(at place: String?) -> String {
        let where_ = place.map { "bertempat di \($0), " } ?? ""
        return "Pada hari ini \(IndonesianWords.dayAloud(frame.date)), \(where_)"
    }

    /// I, II, III … up to thousands.
    private static func roman(_ number: Int) -> String {
        let signs = [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
            (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
        ]
        var rest = number
        var text = ""
        for (value, sign) in signs {
            while rest >= value {
                text += sign
                rest -= value
            }
        }
        return text
    }
}
