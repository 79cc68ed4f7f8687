import OfficeFiles
import RecordsModel
import Retention
import Testing

struct ScheduleReaderTests {
    private static func read(_ text: String, knownTypes: [String] = []) -> ScheduleReading {
        RetentionSchedule.read(Array(text.utf8), version: Schedules.version, knownTypes: knownTypes)
    }

    @Test(arguments: [
        "code,title,active,inactive,disposition,basis\n1,Plan,2 years,-,destroy,Decree\n",
        "Kode Klasifikasi;Jenis  Arsip;Retensi Aktif;Retensi Inaktif;Keterangan;Dasar Hukum\r\n1;Plan;2 Tahun;-;Musnah;x\r\n",
        "kode\tjudul\taktif (tahun)\tinaktif (tahun)\tnasib akhir\tdasar\n1\tPlan\t2\t0\tMusnah\tx\n",
        "\u{FEFF}kode,jenis arsip,aktif,inaktif,nasib akhir,dasar hukum\n1,Plan,2 Tahun,-,Musnah,x",
    ])
    func `R9 a schedule is read with the separators and headers of offices`(text: String) throws {
        let reading = Self.read(text)
        #expect(reading.faults.isEmpty)
        let row = try #require(reading.schedule?.rows.first)
        #expect(row.row == 2 && row.code == "1" && row.title == "Plan")
        #expect(row.active.period == Period(2, .years))
        #expect(row.inactive.period.isNone)
        #expect(row.disposition.disposition == .destroy)
        #expect(row.trigger == .absent && row.cutoff == nil && !row.isSample && !row.followsPlan)
    }

    @Test
    func `R2 all faults of all rows are named at once, with row, column, value and remedy`() throws {
        let reading = Schedules.reading(
            ";;;;;;;;;;",
            "1;Rencana;;dua tahun;2 lustrum;Mingguan;Setelah bulan purnama;Hancur;Perbup;mungkin;entah",
            "2;Rencana;;2 Tahun;-;;;Musnah;;;"
        )
        #expect(reading.schedule == nil)
        func columns(_ row: Int) -> [String?] { reading.faults.filter { $0.row == row }.map(\.column) }
        // A row without anything is what a spreadsheet leaves behind.
        #expect(columns(2).isEmpty)
        #expect(
            columns(3) == ["aktif", "inaktif", "cutoff", "pemicu", "nasib akhir", "draf", "contoh"]
        )
        #expect(columns(4) == ["dasar hukum"])
        #expect(reading.faults.allSatisfy { $0.severity == .fault && !$0.remedy.isEmpty && !$0.message.isEmpty })
        #expect(reading.faults.first { $0.column == "pemicu" }?.value == "Setelah bulan purnama")
    }

    @Test(arguments: ["kode", "jenis arsip", "aktif", "inaktif", "nasib akhir", "dasar hukum"])
    func `R2 each mandatory field that is missing is a fault, as a cell and as a column`(column: String) throws {
        let names = ["kode", "jenis arsip", "aktif", "inaktif", "nasib akhir", "dasar hukum"]
        let values = ["1", "Rencana", "2 Tahun", "-", "Musnah", "Perbup"]
        func text(_ cells: [[String]]) -> String { cells.map { $0.joined(separator: ";") }.joined(separator: "\n") }
        let whole = Self.read(text([names, values]))
        #expect(whole.faults.isEmpty && whole.schedule != nil)
        let emptied = zip(names, values).map { $0.0 == column ? "" : $0.1 }
        let cell = Self.read(text([names, emptied]))
        #expect(cell.schedule == nil)
        #expect(cell.faults.map(\.column) == [column] && cell.faults.map(\.row) == [2])
        let kept = names.indices.filter { names[$0] != column }
        let absent = Self.read(text([kept.map { names[$0] }, kept.map { values[$0] }]))
        #expect(absent.schedule == nil)
        #expect(absent.faults.count == 1 && absent.faults.first?.row == 1)
    }

    @Test
    func `R5 two rows for one code and type are a fault, rows for different types are not`() throws {
        let twice = Schedules.reading("1;A;;-;-;;;Musnah;x;;", "1;B;;-;-;;;Permanen;x;;")
        #expect(twice.faults.map(\.row) == [3])
        let sameType = Schedules.reading("1;A;rkt|notulen;-;-;;;Musnah;x;;", "1;B;undangan rkt;-;-;;;Musnah;x;;")
        #expect(sameType.faults.map(\.row) == [3])
        let schedule = try Schedules.schedule(
            "1;A;;-;-;;;Musnah;x;;",
            "1;B;rkt | keputusan;-;-;;;Permanen;x;;",
            "2;C;rkt;-;-;;;Permanen;x;;"
        )
        #expect(schedule.row(code: "1", type: "rkt")?.title == "B")
        #expect(schedule.row(code: "1", type: "keputusan")?.title == "B")
        #expect(schedule.row(code: "1", type: "notulen")?.title == "A")
        #expect(schedule.row(code: "2", type: "notulen") == nil)
        #expect(schedule.row(code: "1.2", type: "rkt") == nil)
        #expect(schedule.rows(code: "1").map(\.title) == ["A", "B"])
        // One text and one only where the bytes are the same.
        #expect(try Schedules.schedule("e\u{301};A;;-;-;;;Musnah;x;;").row(code: "\u{E9}", type: "rkt") == nil)
    }

    @Test
    func `R60 the words of the file are kept to the letter beside their reading`() throws {
        let schedule = try Schedules.schedule(
            "1;Rencana;;2 (dua) TAHUN Setelah Diterbitkan;3 Thn;year;;\"Musnah, kecuali SK; dan lain-lain\";Perbup 1/2020;ya;ya"
        )
        let row = try #require(schedule.rows.first)
        #expect(row.active.text == "2 (dua) TAHUN Setelah Diterbitkan")
        #expect(row.trigger.kind == .published && row.trigger.text == row.active.text)
        #expect(row.inactive.text == "3 Thn" && row.inactive.period == Period(3, .years))
        #expect(row.disposition.text == "Musnah, kecuali SK; dan lain-lain")
        #expect(row.disposition.disposition == .personDecides)
        #expect(row.cutoff == .year && row.basis == "Perbup 1/2020" && row.followsPlan && row.isSample)
        #expect(schedule.hasSample)
        #expect(schedule.version.name == "2020-01-02-abababababab")
    }

    @Test
    func `a trigger column and a period that name two events are a fault`() throws {
        let reading = Schedules.reading("1;A;;2 Tahun setelah pemeriksaan;-;;Setelah Diterbitkan;Musnah;x;;")
        #expect(reading.schedule == nil && reading.faults.map(\.column) == ["pemicu"])
        let same = try Schedules.schedule(
            "1;A;;2 Tahun setelah pemeriksaan;1 tahun sejak pemeriksaan;;audited;Musnah;x;;"
        )
        #expect(same.rows[0].trigger.kind == .audited && same.rows[0].inactiveTrigger == nil)
        let two = try Schedules.schedule("1;A;;2 Tahun setelah diterbitkan;1 tahun sejak pemeriksaan;;;Musnah;x;;")
        #expect(two.rows[0].inactiveTrigger?.kind == .audited)
    }

    @Test
    func `a type that the procedure does not have and a column that is not read are warnings`() throws {
        let reading = Schedules.reading("1;A;rkt drft-rkt;-;-;;;Musnah;x;;", knownTypes: ["rkt", "draft-rkt"])
        #expect(reading.schedule != nil)
        #expect(reading.faults.map(\.value) == ["drft-rkt"] && reading.faults.map(\.severity) == [.warning])
        let text =
            "no,kode,jenis arsip,aktif,inaktif,nasib akhir,dasar hukum,keterangan\n1,1,A,-,-,Musnah,x,lihat lampiran\n"
        let other = Self.read(text)
        #expect(other.schedule != nil)
        #expect(other.faults.map(\.column) == ["no", "keterangan"])
    }

    @Test(arguments: [
        "", "\n", "kode,kode,jenis arsip,aktif,inaktif,nasib akhir,dasar hukum\n1,1,A,-,-,Musnah,x\n",
        "kode,jenis arsip,aktif,inaktif,nasib akhir,dasar hukum\n", "a\"b,c\n",
        "kode,jenis arsip,aktif,inaktif,nasib akhir,dasar hukum\n1,A,-,-,Musnah,x,y,z\n",
        "kode,jenis arsip,aktif,inaktif,nasib akhir,dasar hukum\n1,\"A,-,-,Musnah,x\n",
        "kode,jenis arsip,aktif (lustrum),inaktif,nasib akhir,dasar hukum\n1,A,-,-,Musnah,x\n",
    ])
    func `a file that is no schedule is refused with a reason`(text: String) {
        let reading = Self.read(text)
        #expect(reading.schedule == nil)
        #expect(reading.faults.contains { $0.severity == .fault })
    }

    @Test
    func `bytes that are no UTF-8 are refused, and no bytes end the program`() {
        let reading = RetentionSchedule.read([0x6B, 0xFF, 0x0A], version: Schedules.version)
        #expect(reading.schedule == nil && reading.faults.count == 1)
        var numbers = SeededNumbers(state: 7)
        let pieces = [
            "2 Tahun", "(", ")", ",", ";", "\"", "\n", "setelah", "tidak berlaku", "Musnah", "kecuali", "999999999",
            "-", "\u{301}", "0",
        ]
        for _ in 0..<2000 {
            let text = (0..<40).map { _ in pieces.randomElement(using: &numbers) ?? "" }.joined(
                separator: numbers.next() % 2 == 0 ? " " : ";"
            )
            _ = Self.read(Schedules.header + text)
        }
    }
}
