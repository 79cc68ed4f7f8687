import Foundation
import SystemPackage
import TestSupport
import Testing

/// `retention list`: by hold, together with everything else, and in homes that cannot be written to.
@Suite(.scratch)
struct RetentionListTests {
    private static let terms = [
        "--title", "Pemeriksaan", "--mandate", "ST 12/2026", "--reason", "berjalan", "--ordered-by", "Inspektorat",
        "--ordered-on", "2026-01-20", "--as", "Siti",
    ]

    /// A home with a schedule in force and two holds: one on the year, one on the first record.
    private func officeWithHolds() throws -> Office {
        let office = try RetentionTests.office()
        try #require(RetentionTests.adopt(in: office).status == 0)
        for scope in [["--year", "2024"], ["--record", "RKT-2024-0001"]] {
            try #require(office.berkas(["hold", "place"] + scope + Self.terms).status == 0)
        }
        return office
    }

    private func ids(_ office: Office, _ words: String...) throws -> [String] {
        try office.berkas(["retention", "list", "--json"] + words).facts("retention").compactMap { $0.text("id") }
    }

    @Test func `R17 R37 records are listed by any hold or by one, with the holds on each`() throws {
        let office = try officeWithHolds()
        #expect(try ids(office, "--held") == ["RKT-2024-0002", "RKT-2024-0001"])
        #expect(try ids(office, "--held", "HOLD-2026-0002") == ["RKT-2024-0001"])
        let first = try #require(
            try office.berkas("retention", "list", "--held", "HOLD-2026-0002", "--json").facts("retention").first
        )
        #expect(first.values["holds"] as? [String] == ["HOLD-2026-0001", "HOLD-2026-0002"])
        let text = try office.berkas("retention", "list", "--held")
        #expect(text.lines.first?.contains("HELD BY") == true)
        #expect(text.text.contains("HOLD-2026-0001+1"))
        let release = ["--reason", "selesai", "--authority", "LHP 3", "--as", "Budi"]
        try #require(office.berkas(["hold", "release", "HOLD-2026-0001"] + release).status == 0)
        #expect(try ids(office, "--held") == ["RKT-2024-0001"])
        try #require(office.berkas("rebuild").status == 0)
        #expect(try ids(office, "--held") == ["RKT-2024-0001"])
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `R17 day, phase, act, unit, year and hold narrow together, page by page`() throws {
        let office = try officeWithHolds()
        #expect(try ids(office, "--held", "--phase", "due", "--as-of", "2026-01-01") == ["RKT-2024-0001"])
        #expect(try ids(office, "--held", "--phase", "due", "--as-of", "2025-02-28").isEmpty)
        #expect(try ids(office, "--held", "--action", "transfer", "--year", "2024") == ["RKT-2024-0001"])
        #expect(try ids(office, "--held", "--unit", "contoh", "--limit", "1", "--offset", "1") == ["RKT-2024-0001"])
        #expect(try ids(office, "--year", "2023", "--held").isEmpty)
        #expect(try ids(office, "--phase", "no-classification", "--unit", "contoh") == ["RKT-2024-0002"])
    }

    @Test func `a hold that was never placed is named, and a number without --held is no word of the call`() throws {
        let office = try officeWithHolds()
        let none = try office.berkas("retention", "list", "--held", "HOLD-2020-0001")
        #expect(none.status == 1)
        #expect(none.errorText.contains("there is no hold 'HOLD-2020-0001'"))
        #expect(try office.berkas("retention", "list", "HOLD-2026-0001").status == 64)
        #expect(try office.berkas("retention", "list", "--held", "x").status == 64)
    }

    @Test func `a home that another process has is asked all the same, stale dates included`() throws {
        let office = try officeWithHolds()
        let before = try office.berkas("retention", "list", "--json").text
        try office.write("retention:\n  cutoff: year\n", to: "tambahan")
        try #require(office.shell("cat tambahan >> Arsip/berkas.yaml").status == 0)
        let holder = try office.begin(program: "flock", "--no-fork", "Arsip/.lock", "sleep", "100")
        holder.wait { (try? office.shell("flock -n Arsip/.lock true").status) == 1 }
        let catalogue = try office.content("catalogue.sqlite")
        let answer = try office.berkas(["retention", "list", "--json"], killAfter: 20)
        #expect(answer.status == 0, "\(answer.everything)")
        #expect(answer.text != before && answer.text.contains("\"due\":\"2026-01-01\""))
        #expect(try office.berkas(["retention", "list", "--held"], killAfter: 20).lines.count == 3)
        #expect(try office.berkas(["report", "retention-audit", "--year", "2024", "--as", "Siti"]).status == 0)
        #expect(try office.content("catalogue.sqlite") == catalogue)
        holder.interrupt()
        _ = holder.end()
        #expect(try office.berkas("retention", "list", "--json").text == answer.text)
    }

    @Test func `a home on a disk that cannot be written to is asked all the same, stale dates included`() throws {
        let office = try officeWithHolds()
        // Filed and never asked for: the dates of the year are stale.
        try office.write("c", to: "c.txt")
        let words = ["--year", "2024", "--step", "10", "--type", "rkt", "--classification", "000.7.2.6"]
        try #require(office.berkas(["ingest", "c.txt", "--date", "2021-05-06"] + words).status == 0)
        let mounted = try office.shell("mkdir Baca && mount --bind Arsip Baca && mount -o remount,ro,bind Baca")
        guard mounted.status == 0 else {
            print("LEFT OUT: nothing may be mounted here: \(mounted.errorText)")
            return
        }
        defer { _ = try? office.shell("umount Baca") }
        let answer = try office.berkas("retention", "list", "--json", "--home", "Baca")
        #expect(answer.status == 0, "\(answer.everything)")
        #expect(try answer.facts("retention").count == 3)
        #expect(answer.text.contains("\"due\":\"2026-05-07\""))
        #expect(try office.berkas("retention", "list", "--held", "--home", "Baca").lines.count == 4)
        #expect(try office.berkas("retention", "explain", "RKT-2024-0003", "--home", "Baca").status == 0)
        let audit = try office.berkas("report", "retention-audit", "--year", "2024", "--home", "Baca", "--as", "Siti")
        #expect(audit.status == 0, "\(audit.everything)")
        #expect(audit.lines.first?.contains("of 2024") == true)
        #expect(try office.berkas("retention", "list", "--json").text == answer.text)
    }
}
