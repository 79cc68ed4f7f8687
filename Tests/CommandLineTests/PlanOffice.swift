import Foundation
import SystemPackage
import TestSupport
import Testing

/// An office of six years with all that a procedure leaves behind: drafts, final texts, signed plans, and other papers that
/// speak of the plan.
struct PlanOffice {
    static let years = 2018...2023
    static let dinas = "Dinas Kependudukan dan Pencatatan Sipil"
    static let units = [
        "Bidang Pelayanan Pendaftaran Penduduk", "Bidang Pelayanan Pencatatan Sipil",
        "Bidang Pengelolaan Informasi Administrasi Kependudukan",
    ]
    private static let head = "Dra. Yuliana Harahap, S.Sos."

    let office: Office
    private var rows = ["path,year,unit,step,type,title,number,date,signer,signature,location,label"]
    private var files: [String: String] = [:]
    private var next = 100

    /// The office with everything filed; what is in its papers is read.
    static func founded(procedure change: (String) -> String = { $0 }) throws -> Office {
        var made = PlanOffice(office: Office(folder: Scratch.folder, home: Scratch.folder.appending("Arsip")))
        let office = made.office
        let begun = try office.berkas("init", "Arsip", "--office", dinas, "--uri-prefix", "tag:contoh.example,2026:")
        try #require(begun.status == 0, "\(begun.errorText)")
        var settings = String(decoding: try office.content("berkas.yaml"), as: UTF8.self)
        if !settings.contains("\nunits:") {
            settings += "\nunits:\n" + ([dinas, "Sekretariat"] + units).map { "  - \($0)\n" }.joined()
        }
        try office.write(settings, to: "Arsip/berkas.yaml")
        let procedure = String(decoding: try office.content("policy/sop-rkt.yaml"), as: UTF8.self)
        try office.write(change(procedure), to: "Arsip/policy/sop-rkt.yaml")
        for year in years { made.addYear(year) }
        made.addOthers()
        let batch = try office.batch("masuk", made.rows.joined(separator: "\n") + "\n", files: made.files)
        let kept = try office.berkas(["ingest", batch.string, "-q"], environment: ["BERKAS_NO_READ": ""])
        try #require(kept.status == 0, "\(kept.errorText)")
        return office
    }

    private init(office: Office) { self.office = office }

    private mutating func add(
        _ year: Int,
        _ step: Int,
        _ type: String,
        _ title: String,
        unit: String = dinas,
        signed: String? = nil,
        number: String? = nil,
        isNumbered: Bool = true,
        day: String = "11-20",
        label: String = "",
        text: String = ""
    ) {
        next += 7
        let path = "\(year)/\(step)-\(type)-\(next).txt"
        let own = number ?? "470/\(next)/\(year)"
        let signer = signed == nil ? "" : "\"\(Self.head)\""
        let place = signed == "basah" ? "Rak \(year - 2017) / Boks 1 / Folder \(step)" : ""
        rows.append(
            "\(path),\(year),\(unit),\(step),\(type),\"\(title)\",\(isNumbered ? own : ""),\(year - 1)-\(day),\(signer),"
                + "\(signed ?? ""),\(place),\(label)"
        )
        files[path] = "\(title)\n\(text)\nberkas \(next)\n"
    }

    private mutating func addYear(_ year: Int) {
        let body =
            "Rencana kerja tahun \(year): target perekaman KTP-el \(70 + year - 2000) %, pelayanan akta kelahiran."
        add(year, 1, "disposisi", "Lembar disposisi penyusunan RKT Tahun \(year)", signed: "basah", day: "09-25")
        add(year, 2, "nota-dinas", "Nota dinas persiapan penyusunan RKT Tahun \(year)", day: "10-01")
        add(year, 3, "surat-permintaan", "Permintaan pengisian formulir RKT Tahun \(year)", day: "10-05")
        add(year, 3, "undangan", "Undangan rapat sosialisasi pengisian Form RKT Tahun \(year)", day: "10-06")
        add(
            year,
            3,
            "daftar-hadir",
            "Daftar hadir rapat sosialisasi RKT Tahun \(year)",
            isNumbered: false,
            day: "10-08"
        )
        add(
            year,
            3,
            "notulen",
            "Notulen rapat sosialisasi pengisian Form RKT Tahun \(year)",
            isNumbered: false,
            day: "10-08"
        )
        for unit in Self.units {
            add(
                year,
                4,
                "form-rkt",
                "Formulir isian RKT Tahun \(year) \(unit)",
                unit: unit,
                isNumbered: false,
                day: "10-18"
            )
            add(
                year,
                4,
                "form-rkt",
                "Formulir RKT Tahun \(year) \(unit) bertanda tangan",
                unit: unit,
                signed: "basah",
                day: "10-19"
            )
            add(
                year,
                6,
                "draft-rkt",
                "Draf RKT Tahun \(year) \(unit)",
                unit: unit,
                isNumbered: false,
                day: "11-05",
                text: body
            )
            add(
                year,
                11,
                "lampiran-rkt",
                "Lampiran RKT Tahun \(year) \(unit)",
                unit: unit,
                signed: "basah",
                day: "12-04"
            )
        }
        add(
            year,
            5,
            "rekapitulasi",
            "Rekapitulasi isian RKT Tahun \(year)",
            isNumbered: false,
            day: "10-28",
            text: body
        )
        add(year, 7, "undangan", "Undangan rapat pembahasan RKT Tahun \(year)", day: "11-07")
        add(
            year,
            7,
            "notulen",
            "Notulen rapat pembahasan draf RKT Tahun \(year)",
            isNumbered: false,
            day: "11-09",
            text: "Rapat membahas target dan anggaran; dokumen final ditandatangani bulan depan."
        )
        add(
            year,
            8,
            "draft-rkt",
            "Draf RKT Tahun \(year) hasil koreksi",
            isNumbered: false,
            day: "11-15",
            text: body + " Rencana kerja ini yang ditandatangani nanti."
        )
        let number = "470/\(year - 1850)/\(year)"
        add(year, 9, "naskah-rkt", "RKT Tahun \(year) naskah final", number: number, day: "11-19", text: body)
        add(
            year,
            10,
            "rkt",
            "Rencana Kinerja Tahunan \(Self.dinas) Tahun \(year)",
            signed: year < 2022 ? "basah" : "elektronik",
            number: number,
            day: "11-26",
            text: body
        )
        add(year, 10, "surat-pengantar", "Surat pengantar penyampaian RKT Tahun \(year)", signed: "basah", day: "11-29")
        add(
            year,
            10,
            "keputusan",
            "Keputusan Kepala Dinas tentang Penetapan RKT Tahun \(year)",
            signed: "basah",
            number: "188.45/\(year - 2000)/KPTS/\(year)",
            day: "11-27"
        )
        add(year, 11, "berita-acara", "Berita acara penyerahan berkas RKT Tahun \(year)", signed: "basah", day: "12-10")
    }

    private mutating func addOthers() {
        add(
            2021,
            10,
            "rkt",
            "Perubahan Rencana Kinerja Tahunan \(Self.dinas) Tahun 2021",
            signed: "basah",
            day: "12-20"
        )
        for (title, year) in [
            ("Rencana Strategis (Renstra) \(Self.dinas) 2016-2021", 2018),
            ("Rencana Strategis \(Self.dinas) 2021-2026", 2021),
        ] { add(year, 1, "dokumen-program-kerja", title, signed: "basah", day: "03-01") }
        for year in Self.years {
            for title in ["Renja", "Perjanjian Kinerja", "LKjIP", "Rencana Kerja dan Anggaran (RKA)"] {
                add(
                    year,
                    1,
                    "dokumen-program-kerja",
                    "\(title) \(Self.dinas) Tahun \(year)",
                    signed: "basah",
                    day: "02-01",
                    text: "Bagian dari RKT tahun \(year)."
                )
            }
        }
    }
}
