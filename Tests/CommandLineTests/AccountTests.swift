import Foundation
import SystemPackage
import TestSupport
import Testing

/// Who acts: the account of the operating system stands beside the name that was typed.
@Suite(.scratch)
struct AccountTests {
    private let account: String
    private let host: String

    init() throws {
        account = try Tool.run("id", ["-un"]).text.trimmingCharacters(in: .whitespacesAndNewlines)
        host = try Tool.run("uname", ["-n"]).text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func office(_ people: String) throws -> Office {
        let office = try Office.founded()
        try office.write("name,role,account,acts-for\n" + people, to: "Arsip/policy/people.csv")
        let batch = try office.batch("b", "path,year,step,type\na.txt,2024,1,disposisi\n", files: ["a.txt": "satu"])
        let kept = try office.berkas(["ingest", batch.string], environment: ["BERKAS_AS": ""])
        #expect(kept.status == 0, "\(kept.everything)")
        return office
    }

    private func lend(_ office: Office, as person: String) throws -> Answer {
        try office.berkas(
            "loan",
            "out",
            "RKT-2024-0001",
            "--borrower",
            "Budi",
            "--purpose",
            "reviu",
            "--until",
            "2030-01-01",
            "--from",
            "Rak 1",
            "--unit",
            "Inspektorat",
            "--as",
            person
        )
    }

    @Test func `every event names the account, its number and the computer`() throws {
        let office = try office("Siti,arsiparis,,\n")
        let events = try office.berkas("history", "--json").facts("event")
        #expect(!events.isEmpty)
        #expect(
            events.allSatisfy { $0.text("account") == account && $0.text("host") == host && $0.text("sure") == "typed" }
        )
        let lines = try office.berkas("history").text
        #expect(lines.contains("(typed; account \(account))"), "\(lines)")
    }

    @Test func `where the table names the account, its person acts unnamed, and nobody else does`() throws {
        let office = try office("Siti,arsiparis,\(account),\nBudi,arsiparis,lain,\n")
        let kept = try office.berkas("history", "RKT-2024-0001", "--json").facts("event")
        #expect(kept.first?.text("actor") == "Siti" && kept.first?.text("sure") == "account")
        for person in ["Budi", "Tuti"] {
            let refused = try lend(office, as: person)
            #expect(refused.status == 4 && refused.errorText.contains("account"), "\(refused.everything)")
        }
        let ledger = String(decoding: try office.content("ledger/events.jsonl"), as: UTF8.self)
        #expect(ledger.components(separatedBy: "\"wrong-account\"").count == 3)
        #expect(try lend(office, as: "siti").status == 0)
        let lent = try office.berkas("history", "--event", "paper lent", "--json").facts("event")
        #expect(lent.first?.text("sure") == "account")
        #expect(try office.berkas("history", "--event", "paper lent").text.contains("by siti (account \(account))"))
    }

    @Test func `an account acts for whom the table lets it, and the ledger tells that it did`() throws {
        let office = try office("Siti,arsiparis,\(account)@\(host),Budi|Tuti\nBudi,arsiparis,lain,\n")
        #expect(try lend(office, as: "Budi").status == 0)
        let lent = try office.berkas("history", "--event", "paper lent", "--json").facts("event")
        #expect(lent.first?.text("sure") == "delegated" && lent.first?.text("actor") == "Budi")
    }

    @Test func `an account of that name on another computer is another one`() throws {
        let office = try office("Siti,arsiparis,\(account)@lain-komputer,\n")
        #expect(try lend(office, as: "Siti").status == 4)
    }

    @Test func `two spellings of one account are one person, and so is whoever acts for two`() throws {
        let desk = try DisposalOffice()
        let table = DisposalOffice.people.replacing("name,role,address\n", with: "name,role,address,account,acts-for\n")
            .replacing("Siti,arsiparis,\n", with: "Siti,arsiparis,,\(account),Ani|Budi|Cici|Kepala UK|Bupati Contoh\n")
            .replacing("Ani,panitia,\n", with: "Ani,panitia,,ani,\nS. Aminah,panitia,,\(account),\n")
        try desk.office.write(table, to: "Arsip/policy/people.csv")
        let adopted = try desk.office.berkas("policy", "adopt", "--reason", "akun", "--as", "Kepala UK")
        #expect(adopted.status == 0, "\(adopted.everything)")
        let list = try desk.proposed("musnah", DisposalOffice.short)
        let spelt = try desk.berkas(as: "S. Aminah", "disposal", "assess", list, "--agree-rest")
        #expect(
            spelt.status == 4 && spelt.errorText.contains("proposed \(list), and cannot assess it"),
            "\(spelt.everything)"
        )
        let other = try desk.berkas(as: "Ani", "disposal", "assess", list, "--agree-rest")
        #expect(other.status == 4, "\(other.everything)")
        #expect(other.errorText.contains("took part in \(list) for 'Siti'"), "\(other.everything)")
    }

    @Test func `a name without an account is typed as before, and one computer may serve an office`() throws {
        let office = try office("Siti,arsiparis,,\nBudi,arsiparis,lain,\n")
        #expect(try lend(office, as: "Siti").status == 0)
        let refused = try lend(office, as: "Budi")
        #expect(
            refused.status == 4 && refused.errorText.contains("works under the account lain"),
            "\(refused.everything)"
        )
    }
}
