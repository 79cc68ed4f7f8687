import Foundation
import SystemPackage
import TestSupport
import Testing

/// Holds: what they cover, who lifts them, and that they stay.
@Suite(.scratch)
struct HoldTests {
    private static let terms = [
        "--title", "Pemeriksaan", "--mandate", "ST 12/2026", "--reason", "pemeriksaan berjalan", "--ordered-by",
        "Inspektorat", "--ordered-on", "2026-01-20", "--as", "Siti",
    ]

    private func place(_ office: Office, _ scope: String...) throws -> String {
        let answer = try office.berkas(["hold", "place"] + scope + Self.terms)
        #expect(answer.status == 0, "\(answer.everything)")
        return String(try #require(answer.text.firstMatch(of: /HOLD-[0-9]+-[0-9]+/)?.output))
    }

    @Test func `R33: a hold without mandate, reason or scope is refused with all faults at once, and leaves an event`()
        throws
    {
        let office = try RetentionTests.office()
        let answer = try office.berkas("hold", "place", "--title", "x", "--as", "Siti")
        #expect(answer.status == 4)
        for word in ["mandate", "reason", "ordered-by", "ordered-on", "scope"] {
            #expect(answer.errorText.contains("'\(word)'"), "\(word)")
        }
        let ledger = try String(contentsOfFile: office.home.string + "/ledger/events.jsonl", encoding: .utf8)
        #expect(ledger.contains("\"event\":\"refusal\""))
    }

    @Test func `R34 R35: a hold on a year covers what is there and what arrives later, with an event each`() throws {
        let office = try RetentionTests.office()
        let hold = try place(office, "--year", "2024")
        try "c".write(toFile: office.folder.string + "/c.txt", atomically: true, encoding: .utf8)
        try #require(office.berkas("ingest", "c.txt", "--year", "2024", "--step", "10", "--type", "rkt").status == 0)
        for id in ["RKT-2024-0001", "RKT-2024-0003"] {
            #expect(try office.berkas("hold", "show", id).text.contains(hold))
            #expect(try office.berkas("history", id).text.contains("hold applied"))
        }
        #expect(try office.berkas("hold", "show", hold).text.contains("RKT-2024-0003"))
    }

    @Test(arguments: [
        ["--record", "RKT-2024-0001"], ["--dossier", "RKT/2024"], ["--unit", "Dinas Contoh"], ["--class", "000.7"],
        ["--search", "rencana"],
    ])
    func `each scope covers the record that it names`(scope: [String]) throws {
        let office = try RetentionTests.office()
        let unit = try #require(office.records().first?.text("unit"))
        let words = scope.map { $0 == "Dinas Contoh" ? unit : $0 }
        let answer = try office.berkas(["hold", "place"] + words + Self.terms)
        #expect(answer.status == 0, "\(answer.everything)")
        #expect(try office.berkas("hold", "show", "RKT-2024-0001").text.contains("HOLD-"))
    }

    @Test func `R37 R38: of two holds one is lifted, with reason and authority, and the other still holds`() throws {
        let office = try RetentionTests.office()
        let (first, second) = (try place(office, "--year", "2024"), try place(office, "--record", "RKT-2024-0001"))
        let bare = try office.berkas("hold", "release", first, "--as", "Budi")
        #expect(bare.status == 4)
        #expect(bare.errorText.contains("'reason'") && bare.errorText.contains("'authority'"))
        let lifted = try office.berkas(
            "hold",
            "release",
            first,
            "--reason",
            "selesai",
            "--authority",
            "LHP 3",
            "--as",
            "Budi"
        )
        #expect(lifted.status == 0, "\(lifted.everything)")
        let left = try office.berkas("hold", "show", "RKT-2024-0001").text
        #expect(left.contains(second) && !left.contains(first))
        #expect(try office.berkas("hold", "show", "RKT-2024-0002").text.isEmpty)
    }

    @Test func `R43: a hold that covered anything is not taken back, one that never did is`() throws {
        let office = try RetentionTests.office()
        let (used, unused) = (try place(office, "--year", "2024"), try place(office, "--year", "1999"))
        #expect(try office.berkas("hold", "withdraw", used, "--reason", "x", "--as", "Budi").status == 4)
        #expect(try office.berkas("hold", "withdraw", unused, "--reason", "salah", "--as", "Budi").status == 0)
        #expect(try office.berkas("hold", "list", "--all").lines.count == 2)
        #expect(try office.berkas("hold", "list").lines.count == 1)
    }

    @Test func `R39: a hold is found by words of its reason`() throws {
        let office = try RetentionTests.office()
        let hold = try place(office, "--year", "2024")
        #expect(try office.berkas("hold", "list", "--mentioning", "BERJALAN").text.contains(hold))
        #expect(try office.berkas("hold", "list", "--mentioning", "pailit").text.isEmpty)
    }

    @Test func `R55: holds are the same after a rebuild, and an event that cannot be true stops every answer`() throws {
        let office = try RetentionTests.office()
        let hold = try place(office, "--search", "rencana")
        let before = try office.berkas("hold", "show", hold, "--json").text
        #expect(try office.berkas("rebuild").status == 0)
        #expect(try office.berkas("hold", "show", hold, "--json").text == before)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test
    func `a hold goes along with a package, holds there from the first moment, and once lifted there stays lifted`()
        throws
    {
        let office = try RetentionTests.office()
        let hold = try place(office, "--year", "2024")
        try #require(office.berkas("pack", "--year", "2024", "--to", "p.tar").status == 0)
        let other = try Office.founded(named: "Lain")
        let people = "name,role,address\nBudi,pimpinan,\nSiti Arsiparis,pengimpor,\n"
        try people.write(toFile: other.home.string + "/policy/people.csv", atomically: true, encoding: .utf8)
        try #require(other.berkas("import", "p.tar").status == 0)
        let held = try other.berkas("hold", "show", "RKT-2024-0001", "--json").text
        #expect(held.contains("Pemeriksaan") && held.contains("ST 12/2026"))
        let whole = try other.berkas("hold", "list", "--json").text
        #expect(whole.contains("\"scope\":[\"RKT-2024-0001\",\"RKT-2024-0002\"]"))
        let ledger = try String(contentsOfFile: other.home.string + "/ledger/events.jsonl", encoding: .utf8)
        let lines = ledger.split(separator: "\n")
        let placed = try #require(lines.firstIndex { $0.contains("\"hold placed\"") })
        let accession = try #require(lines.firstIndex { $0.contains("\"event\":\"accession\"") })
        #expect(placed < accession)
        #expect(lines[placed].contains(hold))
        let lifted = try other.berkas(
            "hold",
            "release",
            "HOLD-2026-0001",
            "--reason",
            "selesai",
            "--authority",
            "LHP 3",
            "--as",
            "Budi"
        )
        #expect(lifted.status == 0, "\(lifted.everything)")
        try #require(other.berkas("import", "p.tar").status == 0)
        #expect(try other.berkas("hold", "list").text.isEmpty)
        #expect(try other.berkas("verify").status == 0)
    }
}
