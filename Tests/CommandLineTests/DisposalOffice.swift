import Foundation
import SystemPackage
import TestSupport
import Testing

/// An office with a schedule of its own, a panitia, witnesses and authorities, and records of 2018 that are long due.
///
/// RKT-2018-0001 to 0003 are to be destroyed under 000.7.2.7 (two years), 0004 and 0005 deposited under 000.7.2.6, 0006 is
/// to be destroyed under 000.8.6.3 (eleven years), 0007 to be appraised again under 000.1.5, 0008 has no code at all.
struct DisposalOffice {
    /// The office.
    let office: Office

    static let schedule = """
        kode,jenis arsip,aktif,inaktif,pemicu,nasib akhir,dasar hukum,contoh
        000.7.2.7,Perjanjian Kinerja,1 Tahun,1 Tahun,,Musnah,Perbup 1/2026,tidak
        000.7.2.6,Program Kerja Tahunan,1 Tahun,1 Tahun,,Permanen,Perbup 1/2026,tidak
        000.8.6.3,Akuntabilitas,8 Tahun,3 Tahun,,Musnah,Perbup 1/2026,tidak
        000.1.5,Rapat,1 Tahun,1 Tahun,,Dinilai Kembali,Perbup 1/2026,tidak
        000.5.6.2,Pemusnahan Arsip,1 Tahun,1 Tahun,,Permanen,Perbup 1/2026,tidak

        """

    static let people = """
        name,role,address
        Siti,arsiparis,
        Ani,panitia,
        Budi,panitia,
        Cici,panitia,
        Dedi,saksi,
        Eka,saksi,
        Bupati Contoh,bupati,
        Kepala ANRI,kepala-anri,
        Kepala LKD,kepala-lkd,
        Kepala UK,kepala-unit-kearsipan,
        Hasan,kepala-unit-pengolah,
        Rani,reader,

        """

    private static let records = """
        path,year,step,type,title,date,classification,location,signature
        1.txt,2018,11,berita-acara,Perjanjian satu,2018-01-10,000.7.2.7,Rak 3,basah
        2.txt,2018,11,berita-acara,Perjanjian dua,2018-01-11,000.7.2.7,,
        3.txt,2018,11,berita-acara,Perjanjian tiga,2018-01-12,000.7.2.7,,
        4.txt,2018,11,berita-acara,Rencana empat,2018-02-01,000.7.2.6,,
        5.txt,2018,11,berita-acara,Rencana lima,2018-02-02,000.7.2.6,,
        6.txt,2018,11,berita-acara,Akuntabilitas enam,2010-02-02,000.8.6.3,,
        7.txt,2018,11,berita-acara,Rapat tujuh,2018-02-02,000.1.5,,
        8.txt,2018,11,berita-acara,Tanpa kode,2018-02-02,,,

        """

    /// The papers of a chain of evidence by the slot that each fills, as records of 2026 in this order from 0001 on.
    static let papers = [
        "sk-panitia", "daftar", "notula", "pertimbangan", "pemberitahuan", "persetujuan", "penetapan", "berita-acara",
    ]

    /// The document type of each paper, as `policy/disposal-evidence.csv` of a new home has it.
    static let types = [
        "keputusan", "daftar-arsip", "notulen", "surat-pertimbangan", "surat-pemberitahuan", "surat-persetujuan",
        "penetapan", "berita-acara",
    ]

    /// The records that the Bupati may approve.
    static let short = ["RKT-2018-0001", "RKT-2018-0002", "RKT-2018-0003"]

    /// The record that fills a slot.
    static func paper(_ slot: String) throws -> String {
        let index = try #require(papers.firstIndex(of: slot))
        return "RKT-2026-000\(index + 1)"
    }

    /// Founds the office, takes the records and papers in, and adopts the schedule.
    ///
    /// - Parameter days: how many days lie between an approval and its execution; nil for what holds without a word. Most
    ///   tests are about other things, and their office has set the wait to 0.
    /// - Throws: where a command fails.
    init(waiting days: Int? = 0) throws {
        office = try Office.founded()
        if let days {
            let settings = String(decoding: try office.content("berkas.yaml"), as: UTF8.self)
            try office.write(settings + "\ndisposal-wait-days: \(days)\n", to: "Arsip/berkas.yaml")
        }
        try office.write(Self.people, to: "Arsip/policy/people.csv")
        try office.write(Self.schedule, to: "jra.csv")
        var files: [String: String] = [:]
        for number in 1...8 { files["\(number).txt"] = "isi berkas nomor \(number)\n" }
        try #require(
            office.berkas("ingest", try office.batch("lama", Self.records, files: files).string, "-q").status == 0
        )
        var rows = "path,year,step,type,title,date,classification,number,signer,signature\n"
        var papers: [String: String] = [:]
        for (slot, type) in zip(Self.papers, Self.types) {
            let number = slot == "persetujuan" ? "045/77/2026" : "000.5/\(papers.count)/2026"
            rows += "\(slot).txt,2026,11,\(type),Bukti \(slot),\(Self.today),000.5.6.2,\(number),Pejabat,basah\n"
            papers["\(slot).txt"] = "surat \(slot)\n"
        }
        try #require(office.berkas("ingest", try office.batch("bukti", rows, files: papers).string, "-q").status == 0)
        let adopted = try RetentionTests.adopt(in: office)
        try #require(adopted.status == 0, "\(adopted.everything)")
    }

    /// Runs a command as a person.
    func berkas(as person: String, _ words: String...) throws -> Answer { try office.berkas(words + ["--as", person]) }

    /// Proposes a list.
    func propose(_ kind: String, _ words: [String], as person: String = "Siti") throws -> Answer {
        try office.berkas(["disposal", "propose", "--kind", kind, "--title", "Usul 2026"] + words + ["--as", person])
    }

    /// Proposes a list, and returns its number.
    func proposed(_ kind: String, _ words: [String], as person: String = "Siti") throws -> String {
        let answer = try propose(kind, words, as: person)
        #expect(answer.status == 0, "\(answer.everything)")
        return String(try #require(answer.text.firstMatch(of: /USUL-[0-9]+-[0-9]+/)?.output))
    }

    /// Places a hold.
    func hold(_ scope: String...) throws {
        let answer = try office.berkas(
            ["hold", "place"] + scope + [
                "--title", "Perkara", "--mandate", "ST 1", "--reason", "gugatan", "--ordered-by", "Bagian Hukum",
                "--ordered-on", "2026-11-01", "--as", "Siti",
            ]
        )
        #expect(answer.status == 0, "\(answer.everything)")
    }

    /// Packs what a list hands over.
    func start(_ list: String, to file: String) throws -> Answer {
        try berkas(as: "Siti", "transfer", "start", list, "--to", file, "--place", "Paringin", "--method", "flash disk")
    }

    /// Records the receiver's word, which names the package.
    func receive(_ list: String, of package: String, by receiver: String) throws {
        let letter = try Self.paper("berita-acara")
        let digest = try digest(of: package)
        let words = [
            "--receiver", receiver, "--date", Self.today, "--letter", letter, "--sha512", digest, "--as", "Siti",
        ]
        let answer = try office.berkas(["transfer", "receipt", list] + words)
        #expect(answer.status == 0, "\(answer.everything)")
    }

    /// SHA-512 of a file, as the receiver reads it.
    func digest(of file: String) throws -> String {
        let said = try Tool.run("sha512sum", [office.path(file).string])
        return String(try #require(said.lines.first).prefix(128))
    }

    /// Attaches the papers of these slots.
    func attach(_ list: String, _ slots: String...) throws {
        for slot in slots {
            let answer = try berkas(as: "Siti", "disposal", "attach", list, slot, Self.paper(slot))
            #expect(answer.status == 0, "\(slot): \(answer.everything)")
        }
    }

    /// Lets the whole panitia agree.
    func assessed(_ list: String) throws {
        try attach(list, "sk-panitia", "daftar")
        for member in ["Ani", "Budi", "Cici"] {
            let answer = try berkas(as: member, "disposal", "assess", list, "--agree-rest")
            #expect(answer.status == 0, "\(answer.everything)")
        }
    }

    /// Enters an approval.
    func approve(_ list: String, _ authority: String, by person: String, as actor: String? = nil) throws -> Answer {
        let letter = try Self.paper("persetujuan")
        return try office.berkas(
            "disposal",
            "approve",
            list,
            "--authority",
            authority,
            "--approver",
            person,
            "--letter",
            letter,
            "--number",
            "045/77/2026",
            "--date",
            Self.today,
            "--as",
            actor ?? person
        )
    }

    /// Brings a list for destruction to where it may be executed.
    func approved(_ words: [String] = DisposalOffice.short) throws -> String {
        let list = try proposed("musnah", words)
        try assessed(list)
        try attach(list, "notula", "pertimbangan")
        let answer = try approve(list, "bupati", by: "Bupati Contoh")
        #expect(answer.status == 0, "\(answer.everything)")
        try attach(list, "penetapan")
        return list
    }

    /// Executes a list before two witnesses.
    func execute(_ list: String, _ more: String...) throws -> Answer {
        try office.berkas(
            [
                "disposal", "execute", list, "--witness", "Dedi", "--witness", "Eka", "--place", "Paringin", "--method",
                "penghapusan berkas", "--as", "Siti",
            ] + more
        )
    }

    /// The lines of the ledger.
    func ledger() throws -> String {
        String(decoding: try office.content("ledger/events.jsonl"), as: UTF8.self)
    }

    /// Today in the office's time zone.
    static var today: String {
        let format = DateFormatter()
        format.calendar = Calendar(identifier: .gregorian)
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "Asia/Makassar")
        format.dateFormat = "yyyy-MM-dd"
        return format.string(from: Date())
    }
}
