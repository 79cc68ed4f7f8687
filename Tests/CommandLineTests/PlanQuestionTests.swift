import Foundation
import SystemPackage
import TestSupport
import Testing

/// Questions as people of the office ask them, each with the record that should come first.
@Suite(.scratch)
struct PlanQuestionTests {
    private static let dinas = PlanOffice.dinas
    private static let (dafduk, capil, piak) = (PlanOffice.units[0], PlanOffice.units[1], PlanOffice.units[2])

    private static func plan(_ year: Int) -> String { "Rencana Kinerja Tahunan \(dinas) Tahun \(year)" }

    /// The plan itself, under its names, in any order, with small words, short forms, years in words and typing errors.
    private static let plans: [(words: String, title: String)] = [
        ("RKT 2020", plan(2020)), ("rencana kerja 2020", plan(2020)), ("rkt disdukcapil 2020", plan(2020)),
        ("rkt tahun 2020 yang ditandatangani", plan(2020)), ("rkt", plan(2023)), ("RKT yang terbaru", plan(2023)),
        ("rencana kinerja tahunan 2019", plan(2019)), ("Rencana Kerja Tahunan Tahun 2019", plan(2019)),
        ("RKT DUKCAPIL TA 2022", plan(2022)), ("rkt ta 2018", plan(2018)), ("rkt tahun anggaran 2023", plan(2023)),
        ("rkt dua ribu dua puluh dua", plan(2022)), ("rencana kerja tahun dua ribu sembilan belas", plan(2019)),
        ("2020 rkt", plan(2020)), ("tahunan kinerja rencana 2020", plan(2020)), ("rkt2020", plan(2020)),
        ("RKT-2019", plan(2019)), ("rkt dinas kependudukan dan pencatatan sipil 2019", plan(2019)),
        ("scan rkt 2020", plan(2020)), ("rkt 2022 ttd", plan(2022)), ("rkt 2022 tanda tangan elektronik", plan(2022)),
        ("tolong carikan rkt yang sah untuk tahun 2019", plan(2019)), ("rencana kineja tahunan 2020", plan(2020)),
        ("recana kerja 2020", plan(2020)), ("rkt disdukcpil 2020", plan(2020)), ("rkt ditandatngani 2019", plan(2019)),
        ("dokumen rkt resmi 2018", plan(2018)), ("target perekaman ktp-el 2020", plan(2020)),
        ("target ektp rkt 2019", plan(2019)), ("perubahan rkt 2021", "Perubahan " + plan(2021)),
        ("rkt 2021", "Perubahan " + plan(2021)),
    ]

    /// Its other stages, and the papers beside it.
    private static let papers: [(words: String, title: String)] = [
        ("RKT 2019 final", "RKT Tahun 2019 naskah final"), ("naskah rkt 2020", "RKT Tahun 2020 naskah final"),
        ("draf rkt 2020 hasil koreksi", "Draf RKT Tahun 2020 hasil koreksi"),
        ("konsep rkt 2020 hasil koreksi", "Draf RKT Tahun 2020 hasil koreksi"),
        ("draft rkt bidang pencatatan sipil 2019", "Draf RKT Tahun 2019 \(capil)"),
        ("notulen rapat pembahasan 2020", "Notulen rapat pembahasan draf RKT Tahun 2020"),
        ("notulen sosialisasi rkt 2021", "Notulen rapat sosialisasi pengisian Form RKT Tahun 2021"),
        ("undangan rapat sosialisasi 2019", "Undangan rapat sosialisasi pengisian Form RKT Tahun 2019"),
        ("disposisi rkt 2022", "Lembar disposisi penyusunan RKT Tahun 2022"),
        ("DISPOSISI 2018", "Lembar disposisi penyusunan RKT Tahun 2018"),
        ("dispossisi 2018", "Lembar disposisi penyusunan RKT Tahun 2018"),
        ("surat pengantar rkt 2023", "Surat pengantar penyampaian RKT Tahun 2023"),
        ("pengantar surat 2023", "Surat pengantar penyampaian RKT Tahun 2023"),
        ("berita acara penyerahan 2020", "Berita acara penyerahan berkas RKT Tahun 2020"),
        ("SK penetapan rkt 2021", "Keputusan Kepala Dinas tentang Penetapan RKT Tahun 2021"),
        ("keputusan kepala dinas penetapan rkt 2019", "Keputusan Kepala Dinas tentang Penetapan RKT Tahun 2019"),
        ("formulir bidang pencatatan sipil 2020 bertanda tangan", "Formulir RKT Tahun 2020 \(capil) bertanda tangan"),
        ("formulir isian pendaftaran penduduk 2021", "Formulir isian RKT Tahun 2021 \(dafduk)"),
        ("form rkt capil 2022 ditandatangani", "Formulir RKT Tahun 2022 \(capil) bertanda tangan"),
        ("formulir isian piak 2019", "Formulir isian RKT Tahun 2019 \(piak)"),
        ("lampiran rkt 2020 dafduk", "Lampiran RKT Tahun 2020 \(dafduk)"),
        ("rekap rkt 2020", "Rekapitulasi isian RKT Tahun 2020"),
        ("rekapitulasi isian 2021", "Rekapitulasi isian RKT Tahun 2021"),
        ("daftar hadir rapat 2022", "Daftar hadir rapat sosialisasi RKT Tahun 2022"),
        ("nota dinas persiapan 2018", "Nota dinas persiapan penyusunan RKT Tahun 2018"),
        ("permintaan formulir 2023", "Permintaan pengisian formulir RKT Tahun 2023"),
    ]

    /// Numbers, and plans of other kinds.
    private static let others: [(words: String, title: String)] = [
        ("470/170/2020", plan(2020)),
        ("188.45/21/KPTS/2021", "Keputusan Kepala Dinas tentang Penetapan RKT Tahun 2021"),
        ("renstra 2021-2026", "Rencana Strategis \(dinas) 2021-2026"),
        ("rencana strategis 2016", "Rencana Strategis (Renstra) \(dinas) 2016-2021"),
        ("renja 2020", "Renja \(dinas) Tahun 2020"),
        ("perjanjian kinerja 2022", "Perjanjian Kinerja \(dinas) Tahun 2022"),
        ("PK 2019", "Perjanjian Kinerja \(dinas) Tahun 2019"),
        ("lkjip 2021", "LKjIP \(dinas) Tahun 2021"),
        ("rka 2020", "Rencana Kerja dan Anggaran (RKA) \(dinas) Tahun 2020"),
        ("rencana kerja dan anggaran 2019", "Rencana Kerja dan Anggaran (RKA) \(dinas) Tahun 2019"),
    ]

    private func hold(_ office: Office, _ questions: [(words: String, title: String)], first least: Int) throws {
        var (first, late): (Int, [String]) = (0, [])
        for (words, title) in questions {
            let answer = try office.berkas("search", "--json", "--limit", "5", "--", words)
            #expect(answer.status == 0, "\(words): \(answer.errorText)")
            let titles = try answer.facts("hit").compactMap { $0.text("title") }
            if titles.first == title {
                first += 1
            } else {
                late.append("'\(words)' wants '\(title)' and has \(titles.prefix(3))")
            }
            #expect(titles.prefix(3).contains(title), "'\(words)' wants '\(title)' and has \(titles)")
        }
        #expect(first >= least, "\(first) of \(questions.count) come first; \(late.joined(separator: "\n"))")
    }

    @Test func `of more than sixty questions of an office nearly all have the right record first, and all among three`()
        throws
    {
        let all = Self.plans + Self.papers + Self.others
        try #require(all.count >= 60)
        try hold(PlanOffice.founded(), all, first: all.count - 4)
    }

    @Test func `a procedure that says nothing of stages tells them by its types' names`() throws {
        let office = try PlanOffice.founded { procedure in
            procedure.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("    stage: ") }
                .joined(separator: "\n")
        }
        try hold(office, Self.plans + Self.papers.prefix(5), first: Self.plans.count + 1)
        // What is signed, its final text, then drafts.
        let types = try office.berkas("search", "--json", "rkt 2019").facts("hit").compactMap { $0.text("type") }
        #expect(types.prefix(6) == ["rkt", "naskah-rkt", "draft-rkt", "draft-rkt", "draft-rkt", "draft-rkt"])
    }
}
