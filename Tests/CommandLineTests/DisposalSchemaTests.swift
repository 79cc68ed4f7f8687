import Foundation
import SystemPackage
import TestSupport
import Testing

/// What the commands of disposal print with `--json` is what the published schema says.
@Suite(.scratch)
struct DisposalSchemaTests {
    @Test func `every line of disposal and transfer is what the published schema says`() throws {
        let desk = try DisposalOffice()
        var lines = ""
        func asked(_ person: String, _ words: String...) throws {
            let answer = try desk.office.berkas(words + ["--json", "--as", person])
            #expect(answer.status == 0, "\(words): \(answer.everything)")
            lines += answer.text
        }
        try asked(
            "Kepala UK",
            "retention",
            "review",
            "RKT-2018-0007",
            "--outcome",
            "perpanjang",
            "--until",
            "2199-01-01",
            "--authority",
            "ND 1",
            "--comment",
            "masih perlu"
        )
        try asked("Siti", "disposal", "propose", "--kind", "musnah", "--title", "batal", "RKT-2018-0001")
        try asked("Siti", "disposal", "cancel", "USUL-2026-0001", "--reason", "salah")
        let list = try desk.approved()
        try asked("Siti", "disposal", "leave-out", list, "RKT-2018-0002", "--reason", "salah")
        let paper = try DisposalOffice.paper("berita-acara")
        try asked(
            "Siti",
            "disposal",
            "execute",
            list,
            "--witness",
            "Dedi",
            "--witness",
            "Eka",
            "--place",
            "p",
            "--method",
            "m"
        )
        try asked("Siti", "disposal", "attach", list, "berita-acara", paper)
        try asked("Siti", "disposal", "show", list)
        try asked("Siti", "disposal", "list", "--all")
        try asked("Siti", "disposal", "copies", list)
        try asked("Siti", "disposal", "copies", list, "--all-destroyed", "--method", "dicacah")
        try asked("Siti", "show", "RKT-2018-0001")
        try asked("Siti", "list")
        try asked("Siti", "search", "Perjanjian")
        let given = try desk.proposed("serah", ["--due"])
        try desk.attach(given, "sk-panitia", "daftar")
        for member in ["Ani", "Budi", "Cici"] { try asked(member, "disposal", "assess", given, "--agree-rest") }
        try desk.attach(given, "notula", "pertimbangan", "pemberitahuan")
        try asked(
            "Kepala LKD",
            "disposal",
            "approve",
            given,
            "--authority",
            "kepala-lkd",
            "--approver",
            "Kepala LKD",
            "--letter",
            DisposalOffice.paper("persetujuan"),
            "--number",
            "045/77/2026",
            "--date",
            DisposalOffice.today
        )
        try desk.attach(given, "penetapan")
        try asked("Siti", "transfer", "start", given, "--to", "s.tar", "--place", "p", "--method", "m")
        try asked(
            "Siti",
            "transfer",
            "receipt",
            given,
            "--receiver",
            "LKD",
            "--date",
            DisposalOffice.today,
            "--letter",
            paper,
            "--sha512",
            try desk.digest(of: "s.tar")
        )
        try asked("Siti", "transfer", "remove", given, "--package", "s.tar")
        guard let result = try PublishedSchema.check(lines) else { return }
        #expect(result.status == 0, "\(result.errorText)")
        let kinds: String = result.lines.joined(separator: ", ") + "\n"
        #expect(
            kinds
                == "audit act, disposal approved, disposal assessed, disposal cancelled, disposal copies destroyed, disposal copy,"
                + " disposal evidence attached, disposal item, disposal item left, disposal item removed,"
                + " disposal item transferred, disposal list, disposal proposed, hit, record, review closed, search, tombstone,"
                + " transfer package, transfer receipt\n"
        )
    }
}
