import Foundation
import RecordsModel

/// What a template can ask a paper for, by the names that the office's templates use.
///
/// A value that is not there is `NSNull`: printed as nothing, and false as a section. Every level has all of its names, so
/// that a missing one is never taken from the level above.
enum PageValues {
    /// All names, without those of the facts, which are `isian.KEY`.
    static let names: Set<String> = [
        "jenis", "judul", "nomor", "bernomor", "tanggal", "tanggal_angka", "hari", "tanggal_huruf", "tempat",
        "titik_periksa", "ada_titik_periksa", "titik_periksa_qr", "titik_periksa_pendek",
        "ukuran", "ukuran_lampiran",
        "kop_atas", "kop_bawah", "baris_kop", "kantor",
        "pembuka", "penutup", "paragraf",
        "ada_isian", "daftar_isian", "nama_isian", "nilai_isian",
        "ada_tabel", "tabel", "id_tabel", "judul_tabel", "kolom", "judul_kolom", "lebar", "jumlah_kolom", "baris",
        "sel",
        "isi", "jenis_sel", "judul_sel", "nihil", "ada_total", "total", "nama_total", "isi_total",
        "ada_tanda_tangan", "tanda_tangan", "peran", "jabatan", "nama", "nip",
        "qr", "qr_isi", "qr_teks",
        "ada_lampiran", "lampiran", "nama_lampiran", "foto", "foto_jenis", "foto_isi",
    ]

    /// The values of a paper.
    static func values(of paper: Paper) -> [String: Any] {
        var facts: [String: Any] = [:]
        for fact in paper.facts { facts[fact.key] = text(fact.value) }
        let code = paper.code.flatMap { QRCode($0) }
        let drawing = paper.checkpoint?.drawing
        return [
            "jenis": paper.kind.rawValue,
            "judul": text(paper.title),
            "nomor": text(paper.number),
            "bernomor": paper.kind.asksForNumber || paper.number != nil,
            "tanggal": IndonesianWords.day(paper.date),
            "tanggal_angka": paper.date.description,
            "hari": IndonesianWords.weekday(paper.date),
            "tanggal_huruf": IndonesianWords.dayAloud(paper.date),
            "tempat": text(paper.place),
            "titik_periksa": text(paper.checkpoint?.foot),
            "ada_titik_periksa": drawing != nil,
            "titik_periksa_qr": text(drawing.map { Data($0.utf8).base64EncodedString() }),
            "titik_periksa_pendek": text(paper.checkpoint?.short),
            "ukuran": size(paper.sheet, isLandscape: paper.isLandscape),
            "ukuran_lampiran": size(paper.sheet, isLandscape: paper.isWide),
            "kop_atas": lines(paper.letterhead.above),
            "kop_bawah": lines(paper.letterhead.below),
            "kantor": text(paper.letterhead.office),
            "pembuka": paragraphs(paper.opening),
            "penutup": paragraphs(paper.closing),
            "ada_isian": !paper.facts.isEmpty,
            "daftar_isian": paper.facts.map {
                ["nama_isian": text($0.heading), "nilai_isian": text($0.value)] as [String: Any]
            },
            "isian": facts,
            "ada_tabel": !paper.tables.isEmpty,
            "tabel": paper.tables.map(values),
            "ada_tanda_tangan": !paper.signatures.isEmpty,
            "tanda_tangan": paper.signatures.map {
                [
                    "peran": text($0.role), "jabatan": text($0.position), "nama": text($0.name), "nip": text($0.nip),
                ] as [String: Any]
            },
            "qr": code != nil,
            "qr_isi": text(code.map { Data($0.svg.utf8).base64EncodedString() }),
            "qr_teks": text(paper.code),
            "ada_lampiran": !paper.attachments.isEmpty,
            "lampiran": paper.attachments.map(values),
        ]
    }

    private static func values(of table: PaperTable) -> [String: Any] {
        let width = Double(table.width)
        return [
            "id_tabel": table.id,
            "judul_tabel": text(table.title),
            "jumlah_kolom": String(table.columns.count),
            "kolom": table.columns.map {
                let share = Int((Double($0.width) / width * 1000).rounded())
                return ["judul_kolom": text($0.heading), "lebar": "\(share / 10).\(share % 10)%"] as [String: Any]
            },
            "baris": table.rows.map { row in
                [
                    "sel": zip(table.columns, row).map { column, cell in
                        [
                            "isi": text(cell.words), "jenis_sel": column.kind.rawValue,
                            "judul_sel": text(column.heading),
                        ] as [String: Any]
                    }
                ] as [String: Any]
            },
            "nihil": table.rows.isEmpty,
            "ada_total": !table.totals.isEmpty,
            "total": table.totals.map {
                ["nama_total": text($0.heading), "isi_total": text($0.value)] as [String: Any]
            },
        ]
    }

    private static func values(of attachment: Attachment) -> [String: Any] {
        let photograph = attachment.photograph
        return [
            "nama_lampiran": text(attachment.title),
            "foto": photograph != nil,
            "foto_jenis": text(photograph?.format.rawValue),
            "foto_isi": text(photograph.map { Data($0.bytes).base64EncodedString() }),
        ]
    }

    private static func lines(_ texts: [String]) -> [[String: Any]] { texts.map { ["baris_kop": text($0)] } }
    private static func paragraphs(_ texts: [String]) -> [[String: Any]] { texts.map { ["paragraf": text($0)] } }

    /// A text, printable; nothing where it has nothing to be seen.
    private static func text(_ text: String?) -> Any {
        guard let text, !PaperText.isBlank(text) else { return NSNull() }
        return PaperText.printable(text)
    }

    private static func size(_ sheet: SheetSize, isLandscape: Bool) -> String {
        isLandscape ? "\(sheet.height)mm \(sheet.width)mm" : "\(sheet.width)mm \(sheet.height)mm"
    }
}
