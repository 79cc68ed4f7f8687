import Disposal
import RecordsModel
import Retention
import Testing

struct ApproverTests {
    private static func required(_ active: String, _ inactive: String, adds: Bool = true) throws -> RequiredApprover {
        let header = "kode;jenis arsip;types;aktif;inaktif;cutoff;pemicu;nasib akhir;dasar hukum;draf;contoh"
        let text = header + "\n1;A;;\(active);\(inactive);;;Musnah;x;;\n"
        let version = ScheduleVersion(digest: String(repeating: "ab", count: 32), adopted: CivilDate("2020-01-02"))
        let reading = RetentionSchedule.read(Array(text.utf8), version: version)
        let row = try #require(reading.schedule?.rows.first, "\(reading.faults)")
        return RequiredApprover(for: row, settings: RetentionSettings(addsPeriods: adds))
    }

    @Test(arguments: [
        ("2 Tahun", "3 Tahun", DisposalAuthority.regent, false), ("2 Tahun", "8 Tahun", .nationalArchives, true),
        ("2 Tahun", "7 Tahun", .regent, true), ("2 Tahun", "83 bulan", .regent, false),
        ("2 Tahun", "95 bulan", .regent, true), ("24 bulan", "96 bulan", .nationalArchives, true),
        ("5 Tahun", "6 Tahun", .nationalArchives, true), ("5 Tahun", "73 bulan", .nationalArchives, false),
        ("-", "-", .regent, false), ("100 Tahun", "-", .nationalArchives, false),
        ("3650 hari", "-", .regent, true), ("3651 hari", "-", .nationalArchives, true),
        ("520 minggu", "-", .regent, true), ("9 Tahun", "365 hari", .nationalArchives, true),
        ("9 Tahun", "364 hari", .regent, true), ("4018 hari", "-", .nationalArchives, true),
        ("4019 hari", "-", .nationalArchives, false),
    ])
    func `R22 from ten years on Kepala ANRI approves, under ten the Bupati, and near ten years there is a warning`(
        active: String,
        inactive: String,
        authority: DisposalAuthority,
        isNear: Bool
    ) throws {
        let required = try Self.required(active, inactive)
        #expect(required.authority == authority)
        #expect(required.warnings.contains(.nearTenYears) == isNear)
    }

    @Test
    func `R22 without a row Kepala ANRI approves`() {
        #expect(RequiredApprover(for: nil, settings: RetentionSettings()).authority == .nationalArchives)
    }

    @Test
    func `R22 whether the periods are added is a setting, and it is told where that decides`() throws {
        let added = try Self.required("5 Tahun", "7 Tahun")
        let single = try Self.required("5 Tahun", "7 Tahun", adds: false)
        #expect(added.authority == .nationalArchives && added.warnings == [.dependsOnAdding])
        #expect(single.authority == .regent && single.warnings == [.dependsOnAdding])
        #expect(try Self.required("2 Tahun", "10 Tahun", adds: false).authority == .nationalArchives)
    }
}
