import Foundation
import SystemPackage
import TestSupport
import Testing

/// Lending paper originals, and what a loan keeps from happening to a record.
@Suite(.scratch)
struct LoanTests {
    static let terms = [
        "--borrower", "Oki Pratama;Auditor;1985", "--unit", "Inspektorat", "--purpose", "reviu SAKIP", "--as", "Siti",
    ]

    /// Lends records of a desk, and returns the loan's number.
    static func lend(_ office: Office, _ records: [String], _ more: [String] = []) throws -> String {
        let rest = more.contains("--until") ? more : more + ["--until", "2199-12-31"]
        let answer = try office.berkas(["loan", "out"] + records + Self.terms + rest)
        #expect(answer.status == 0, "\(answer.everything)")
        return String(try #require(answer.text.firstMatch(of: /PINJAM-[0-9]+-[0-9]+/)?.output))
    }

    @Test func `a loan is entered for each record, listed, shown, and ended by what comes back`() throws {
        let desk = try DisposalOffice()
        let office = desk.office
        let loan = try Self.lend(
            office,
            ["RKT-2018-0001", "RKT-2018-0002"],
            ["--from", "Rak 9", "--pages", "12", "--pages", "3"]
        )
        let listed = try office.berkas("loan", "list")
        for word in [loan, "Oki Pratama", "Inspektorat", "reviu SAKIP", "from Rak 3, 12 pages", "from Rak 9, 3 pages"] {
            #expect(listed.text.contains(word), "\(word) in \(listed.text)")
        }
        #expect(
            try office.berkas("show", "RKT-2018-0002").text.contains(
                "to Oki Pratama, Inspektorat, until 2199-12-31 (\(loan))"
            )
        )
        // R47: the record's own history says who has it.
        let history = try office.berkas("history", "RKT-2018-0002", "--json").facts().last
        #expect(history?.text("event") == "paper lent")
        #expect(history?.part("detail")?.part("terms")?.text("borrower") == "Oki Pratama")
        let back = try office.berkas("loan", "back", "RKT-2018-0002", "--note", "halaman 3 sobek", "--as", "Siti")
        #expect(back.status == 0, "\(back.everything)")
        #expect(back.text.contains("others of it are out still"))
        #expect(try !office.berkas("show", "RKT-2018-0002").text.contains("dipinjam"))
        let state = try office.berkas("loan", "list", "--json").output
        #expect(try office.berkas("rebuild").status == 0)
        #expect(try office.berkas("loan", "list", "--json").output == state)
        let rest = try office.berkas("loan", "back", loan, "--as", "Siti")
        #expect(rest.text.contains("the whole loan is back"), "\(rest.everything)")
        #expect(try office.berkas("loan", "list").errorText.contains("nothing is lent"))
        let all = try #require(try office.berkas("loan", "list", "--all", "--json").facts("loan").first)
        #expect(all.parts("items").map { $0.text("backNote") } == [nil, "halaman 3 sobek"])
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `R48: what may not go out is refused with every reason, and the attempt is in the ledger`() throws {
        let desk = try DisposalOffice()
        let office = desk.office
        _ = try Self.lend(office, ["RKT-2018-0001"])
        let answer = try office.berkas("loan", "out", "RKT-2018-0001", "RKT-2018-0002", "--as", "Rani")
        #expect(answer.status == 4)
        for word in [
            "'Rani' may not lend papers", "'borrower'", "'unit'", "'purpose'", "'until'", "is lent to Oki", "--from",
        ] {
            #expect(answer.errorText.contains(word), "\(word) in \(answer.errorText)")
        }
        #expect(try desk.ledger().contains("\"act\":\"lend papers\""))
        let stranger = try office.berkas("loan", "back", "RKT-2018-0001", "--as", "Rani")
        #expect(stranger.status == 4)
        #expect(try office.berkas("loan", "back", "RKT-2018-0002", "--as", "Siti").errorText.contains("is not lent"))
        #expect(try office.berkas("loan", "back", "PINJAM-2026-0077", "--as", "Siti").status == 4)
        #expect(
            try office.berkas(["loan", "out", "RKT-2018-0099"] + Self.terms + ["--until", "2199-01-01"]).status == 1
        )
        let early = try office.berkas(
            ["loan", "out", "RKT-2018-0003"] + Self.terms + ["--until", "2020-01-01", "--from", "R"]
        )
        #expect(early.status == 4)
        #expect(try office.berkas("loan", "back", "RKT-2018-0001", "PINJAM-2026-0001").status == 64)
        #expect(try office.berkas("loan", "out", "RKT-2018-0001", "--pages", "1", "--pages", "2").status == 64)
    }

    @Test func `who lends is data: a role of the office's own may, and the standard one no longer`() throws {
        let desk = try DisposalOffice()
        try desk.office.write("role,permission\nreader,lend\n", to: "Arsip/policy/roles.csv")
        try desk.office.adoptPolicies(as: "Kepala UK")
        let words = [
            "loan", "out", "RKT-2018-0001", "--borrower", "Oki", "--unit", "u", "--purpose", "p", "--until",
            "2199-01-01",
        ]
        #expect(try desk.office.berkas(words + ["--as", "Siti"]).status == 4)
        #expect(try desk.office.berkas(words + ["--as", "Rani"]).status == 0)
    }

    @Test func `overdue loans are listed by themselves, from the day behind the last one`() throws {
        let desk = try DisposalOffice()
        let office = desk.office
        let day = DisposalOffice.today
        let loan = try Self.lend(office, ["RKT-2018-0001"], ["--until", day])
        #expect(try office.berkas("loan", "list", "--overdue").text.isEmpty)
        let late = try office.berkas("loan", "list", "--overdue", "--as-of", "2199-01-01", "--json").facts("loan")
        #expect(late.map { $0.text("loan") } == [loan])
        #expect((late.first?.number("daysOver") ?? 0) > 60_000)
        #expect(try office.berkas("loan", "list", "--overdue", "--as-of", "2199-01-01").text.contains("terlambat"))
    }

    @Test func `R24 R61: a record whose paper is lent after the approval stays, with the reason, and goes later`()
        throws
    {
        let desk = try DisposalOffice()
        let list = try desk.approved()
        _ = try Self.lend(desk.office, ["RKT-2018-0001"])
        let run = try desk.execute(list)
        #expect(run.text.contains("RKT-2018-0001 is lent"), "\(run.everything)")
        let shown = try desk.office.berkas("show", "RKT-2018-0001")
        #expect(!shown.text.contains("REMOVED") && shown.text.contains("dipinjam"))
        #expect(try desk.office.berkas("show", "RKT-2018-0002").text.contains("REMOVED"))
        #expect(try desk.ledger().contains("\"code\":\"on-loan\""))
        #expect(try desk.office.berkas("verify").status == 0)
        // Lent, it is on no new list; back, it is.
        let refused = try desk.propose("musnah", ["RKT-2018-0001"])
        #expect(refused.status == 4)
        #expect(refused.errorText.contains("RKT-2018-0001 is lent"))
        let due = try desk.propose("musnah", ["--due"])
        #expect(due.status == 0, "\(due.everything)")
        let next = String(try #require(due.text.firstMatch(of: /USUL-[0-9]+-[0-9]+/)?.output))
        let listed = try desk.office.berkas("disposal", "show", next).text
        #expect(listed.contains("RKT-2018-0006") && !listed.contains("RKT-2018-0001"))
        #expect(try desk.office.berkas("loan", "back", "RKT-2018-0001", "--as", "Siti").status == 0)
        #expect(try desk.propose("musnah", ["RKT-2018-0001"]).status == 0)
    }

    @Test func `R31 R61: what is lent is neither packed for the archives nor removed after its receipt`() throws {
        let desk = try DisposalOffice()
        let list = try desk.proposed("serah", ["--due"])
        try desk.assessed(list)
        try desk.attach(list, "notula", "pertimbangan", "pemberitahuan")
        try #require(try desk.approve(list, "kepala-lkd", by: "Kepala LKD").status == 0)
        try desk.attach(list, "penetapan")
        _ = try Self.lend(desk.office, ["RKT-2018-0004"], ["--from", "Rak 4"])
        let started = try desk.start(list, to: "serah.tar")
        #expect(started.text.contains("packed 1 record"), "\(started.everything)")
        #expect(started.text.contains("RKT-2018-0004 is lent"))
        _ = try Self.lend(desk.office, ["RKT-2018-0005"], ["--from", "Rak 5"])
        try desk.receive(list, of: "serah.tar", by: "Kepala LKD")
        let removed = try desk.berkas(as: "Siti", "transfer", "remove", list, "--package", "serah.tar")
        #expect(removed.status == 4)
        #expect(removed.errorText.contains("RKT-2018-0005 is lent"), "\(removed.everything)")
        #expect(try desk.office.berkas("loan", "back", "RKT-2018-0005", "--as", "Siti").status == 0)
        #expect(try desk.berkas(as: "Siti", "transfer", "remove", list, "--package", "serah.tar").status == 0)
        #expect(try desk.office.berkas("verify").status == 0)
    }

    @Test func `a package takes a loan along as history, and the archive that imports it has lent nothing`() throws {
        let desk = try DisposalOffice()
        _ = try Self.lend(desk.office, ["RKT-2018-0001"])
        try #require(desk.office.berkas("pack", "RKT-2018-0001", "--to", "luar.tar").status == 0)
        let other = try Office.founded(named: "Lain")
        try other.write(DisposalOffice.people, to: "Lain/policy/people.csv")
        let taken = try other.berkas("import", "luar.tar", "--as", "Siti")
        #expect(taken.status == 0, "\(taken.everything)")
        #expect(try other.berkas("loan", "list", "--all").text.isEmpty)
        #expect(try other.berkas("history", "RKT-2018-0001").text.contains("paper lent"))
        #expect(try other.berkas("verify").status == 0)
        #expect(try other.berkas("rebuild").status == 0)
        #expect(try other.berkas("loan", "list", "--all").text.isEmpty)
        _ = try Self.lend(other, ["RKT-2018-0001"])
        // Imported where it came from, it is lent still.
        _ = try desk.office.berkas("import", "luar.tar")
        #expect(try desk.office.berkas("loan", "list").text.contains("RKT-2018-0001"))
    }

    @Test func `every line of loans is what the published schema says`() throws {
        let desk = try DisposalOffice()
        var lines = ""
        let terms =
            Self.terms + [
                "--until", "2018-03-01", "--on", "2018-02-01", "--contact", "0811", "--approval", "ND 1", "--note", "n",
                "--json",
            ]
        lines += try desk.office.berkas(["loan", "out", "RKT-2018-0001", "RKT-2018-0002", "--from", "Rak 1"] + terms)
            .text
        lines += try desk.office.berkas("loan", "back", "RKT-2018-0002", "--json", "--as", "Siti").text
        lines += try desk.office.berkas("loan", "list", "--json", "--as-of", "2027-01-01").text
        lines += try desk.office.berkas("--json", "loan", "list", "--all").text
        guard let result = try PublishedSchema.check(lines) else { return }
        #expect(result.status == 0, "\(result.errorText)")
        #expect(result.text == "loan\nloan back\nloan out\n")
    }
}
