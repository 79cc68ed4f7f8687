import Acts
import Disposal
import Foundation
import RecordsModel
import Reporting
import SystemPackage
import TestSupport
import Testing

/// Papers and lists made for tests.
enum Papers {
    static let today = CivilDate("2026-11-24") ?? CivilDate(daysSinceEpoch: 0)
    static let checkpoint = PaperCheckpoint(
        text: "tag:disdukcapil.example,2026:ledger\n42\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        short: "42-0000-0000-0000-0000-0000-0000-64"
    )

    static let letterhead = Letterhead(
        above: ["PEMERINTAH KABUPATEN BALANGAN"],
        office: "Dinas Kependudukan dan Pencatatan Sipil",
        below: ["Jalan Ahmad Yani, Paringin 71611", "disdukcapil@balangan.example"]
    )

    static func frame(sheet: SheetSize = .f4, number: String? = "000.5.6.2/12/Disdukcapil/2026") -> PaperFrame {
        PaperFrame(
            letterhead: letterhead,
            number: number,
            date: today,
            place: "Paringin",
            checkpoint: checkpoint,
            sheet: sheet
        )
    }

    static func id(_ number: Int) -> RecordID { RecordID(prefix: "RKT", year: 2018, sequence: number) }

    /// An entry with every column filled.
    static func entry(_ number: Int, title: String? = nil) -> RecordEntry {
        var entry = RecordEntry(id(number), title: title ?? "Perjanjian Kinerja Nomor \(number)")
        entry.kindOfRecord = "Perjanjian Kinerja"
        entry.unit = "Subbag Program"
        entry.code = "000.7.2.7"
        entry.number = "470/\(number)/2018"
        entry.date = CivilDate(year: 2018, month: number % 12 + 1, day: number % 28 + 1)
        entry.years = number % 3 == 0 ? 2017...2018 : 2018...2018
        entry.quantity = Quantity(number, number % 2 == 0 ? "lembar" : "berkas")
        entry.originality = number % 2 == 0 ? "asli" : "salinan"
        entry.medium = "kertas"
        entry.condition = "baik"
        entry.location = "Ruang 1, Rak \(number), Boks 2"
        entry.category = "biasa"
        entry.access = "Biasa/Terbuka"
        entry.dossier = number % 4 == 0 ? "RKT/2017" : "RKT/2018"
        entry.item = "\(number)"
        entry.schedule = "000.7.2.7"
        entry.activePeriod = "3 Tahun"
        entry.inactivePeriod = "4 Tahun"
        entry.fate = "Musnah"
        entry.note = "catatan \(number)"
        return entry
    }

    /// A table of one column of texts, as wide as asked for.
    static func table(_ texts: [String], width: Int = 120, mayLack: Bool = false) -> PaperTable {
        let fields: [PaperTable.Field<String>] = [
            .init("No", key: "no", kind: .number, width: 12) { number, _ in .number(number) },
            .init("Uraian", key: "uraian", width: width, mayLack: mayLack) { _, text in .text(text) },
        ]
        return PaperTable(id: "arsip", title: "Daftar arsip", fields: fields, items: texts)
    }

    /// A list with one table of those texts.
    static func paper(_ texts: [String], width: Int = 120, sheet: SheetSize = .f4) -> Paper {
        var paper = Paper(.proposedDestruction, frame(sheet: sheet))
        paper.tables = [table(texts, width: width)]
        return paper
    }

    /// Texts that mean harm, or at least trouble, with a name each.
    static let hostile: [String] = [
        "<script>alert(1)</script>", "</td></tr></table><h1>x", "\" onmouseover=\"alert(1)", "' onfocus='alert(1)",
        "\"\u{301} onmouseover=alert(1) x=\"", "<\u{301}script>", "&lt;b&gt; &amp;amp;", "{{judul}}", "{{{judul}}}",
        "{{#tabel}}{{/tabel}}", "{{> kop}}", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1:A9)", "\t=1+1", "\r=1+1",
        "\n=1+1", " =1+1", "\u{A0}=1+1", "\u{200B}=1+1", "\u{FEFF}=1+1", "\"=1+1", "'=1+1", "\u{201C}=1+1",
        "\u{FF1D}1+1",
        "\u{FF0B}1", "\u{FF0D}1", "\u{FF20}A1", "\u{2212}1", "=HYPERLINK(\"http://127.0.0.1/\",\"x\")",
        "http://127.0.0.1/", "mailto:a@b.example", "a\u{202E}fdp.exe", "\u{2066}x", "nul\u{0}nul", "bell\u{7}\u{1B}[2J",
        "\u{85}baris\u{2028}baru", "\u{301}sendiri", "e\u{301}\u{E9}", "\u{FFFE}\u{FFFF}", "_x0041_", "a,b;c\"d\"",
        "baris satu\r\nbaris dua", "-", "007", "1E5", "\u{1F5C4}\u{FE0F} arsip", "\u{628}\u{631}\u{643}\u{633}",
        "%00", "|cmd", "url(http://127.0.0.1/)", "--><!--", "]]>", "\\u{41}",
    ]
}

/// A ledger's events about lists, and the lists that they make.
struct ListHistory {
    private var events: [Event] = []

    static let number = DisposalID(year: 2026, sequence: 1)
    private let list: DisposalID

    init() throws { list = try #require(Self.number) }

    private mutating func add(
        _ detail: some EventDetail,
        record: RecordID? = nil,
        by actor: String = "Ani Arsiparis"
    ) throws {
        let time = Moment(secondsSinceEpoch: Papers.today.daysSinceEpoch * 86_400 + 3600 + events.count, offset: 28_800)
        events.append(try Event(detail, seq: events.count, time: time, actor: actor, record: record))
    }

    mutating func propose(_ kind: DisposalKind, _ numbers: some Sequence<Int>) throws {
        let items = numbers.map { number in
            DisposalItem(
                record: Papers.id(number),
                version: 1,
                digest: String(repeating: "a", count: 128),
                title: "Perjanjian Kinerja Nomor \(number)",
                dossier: "RKT/2018",
                code: "000.7.2.7",
                row: "000.7.2.7",
                dueSince: CivilDate("2026-01-01"),
                totalMonths: 84
            )
        }
        try add(
            DisposalProposed(
                list: list,
                kind: kind,
                title: "Usul 2026",
                unit: "Subbag Program",
                scheduleVersion: "2026-01-02-0123456789ab",
                items: items
            )
        )
    }

    mutating func refuse(_ number: Int) throws {
        let opinion = DisposalAssessed.Opinion(record: Papers.id(number), agrees: false, reason: "masih dipakai")
        try add(DisposalAssessed(list: list, opinions: [opinion]), by: "Budi Santoso")
    }

    /// Approves, after the one member has agreed to all that was not refused.
    mutating func approve(_ authority: DisposalAuthority) throws {
        let list = try value
        let open = list.items.map(\.record).filter { list.outcome($0) == .pending }
        let opinions = open.map { DisposalAssessed.Opinion(record: $0, agrees: true) }
        try add(DisposalAssessed(list: list.id, opinions: opinions), by: "Budi Santoso")
        try add(
            DisposalApproved(
                list: list.id,
                authority: authority,
                by: "Eka Bupati",
                letter: Papers.id(90),
                number: "000.5.6.2/12/2026",
                date: Papers.today
            ),
            by: "Eka Bupati"
        )
    }

    mutating func begin() throws {
        try add(
            DisposalBegun(
                list: list,
                witnesses: ["Gita Saksi", "Hadi Saksi"],
                scheduleVersion: "2026-01-02-0123456789ab",
                place: "Gudang arsip, Paringin",
                method: "penghapusan berkas digital"
            )
        )
    }

    mutating func skip(_ number: Int, _ reason: SkipReason) throws {
        try add(DisposalItemSkipped(list: list, reasons: [reason]), record: Papers.id(number))
    }

    mutating func transfer(_ number: Int) throws {
        let digest = String(repeating: "c", count: 128)
        try add(
            DisposalItemTransferred(list: list, package: "serah.tar", sha512: digest),
            record: Papers.id(number)
        )
    }

    mutating func remove(_ number: Int) throws {
        let description = RecordDescription(
            year: 2018,
            unit: "Subbag Program",
            step: 10,
            type: "pk",
            title: "PK \(number)"
        )
        let version = Tombstone.Version(
            version: 1,
            received: Moment(secondsSinceEpoch: 1_546_300_800, offset: 28_800),
            receivedBy: "Siti",
            description: description,
            files: [RecordFile(path: "files/pk.pdf", size: 10, sha512: String(repeating: "b", count: 128))]
        )
        let stone = try #require(
            Tombstone(
                of: Papers.id(number),
                on: try value,
                versions: [version],
                by: "Ani Arsiparis",
                at: Moment(secondsSinceEpoch: Papers.today.daysSinceEpoch * 86_400 + 7200, offset: 28_800)
            )
        )
        try add(DisposalItemRemoved(list: list, tombstone: stone), record: Papers.id(number))
    }

    mutating func listCopy(of number: Int, at place: String) throws {
        let copy = KnownCopy(number: number, kind: .paper, place: place)
        try add(DisposalCopiesListed(list: list, copies: [copy]), record: Papers.id(number))
    }

    var book: DisposalBook { get throws { try DisposalBook(folding: events) } }
    var value: DisposalList { get throws { try #require(try book[list]) } }
}

/// What the peers say of a file.
enum Peer {
    /// Runs `Peers/read.py`, with the packages of a Python environment where one is given.
    static func read<Answer: Decodable>(
        _ form: String,
        _ content: some Sequence<UInt8>,
        python: String = "python3",
        as type: Answer.Type
    ) throws -> Answer {
        let file = try Scratch.file("peer-" + UUID().uuidString.lowercased() + "." + form, content)
        let script = Checkout.root.appending("Tests/ReportingTests/Peers/read.py").string
        let run = try Tool.run(python, [script, form, file.string])
        try #require(run.status == 0, "\(run.errorText)")
        return try JSONDecoder().decode(type, from: run.output)
    }
}

/// A page as Python's `html.parser` reads it.
struct ReadPage: Decodable {
    struct Table: Decodable {
        let `class`: String?
        let rows: [[String?]]
    }

    let elements: [String: Int]
    let attributes: [[String?]]
    let tables: [Table]
    let text: String
}

/// A spreadsheet as openpyxl reads it.
struct ReadWorkbook: Decodable {
    struct Sheet: Decodable {
        let title: String
        let rows: [[Cell]]
        let frozen: String?
        let repeated: String?
        let orientation: String?
        let paper: Int?
        let footer: String
    }

    struct Cell: Decodable {
        let kind: String
        let value: String
        let isLink: Bool

        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            kind = try parts.decode(String.self)
            value = try parts.decode(String.self)
            isLink = try parts.decode(Bool.self)
        }
    }

    let sheets: [Sheet]
    let title: String?
    let created: String
}
