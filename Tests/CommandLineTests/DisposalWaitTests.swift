import Foundation
import TestSupport
import Testing

/// The time between the approval of a destruction and its execution, in which a hold or one objection stops it.
@Suite(.scratch)
struct DisposalWaitTests {
    @Test func `a list that was approved today is not executed today, unless the office waits no day`() throws {
        let desk = try DisposalOffice(waiting: nil)
        let list = try desk.approved()
        let early = try desk.execute(list)
        #expect(early.status == 4, "\(early.everything)")
        #expect(early.errorText.contains("may be carried out from") && early.errorText.contains("disposal-wait-days"))
        #expect(try desk.ledger().contains("cooling-off"))
        let shown = try desk.office.berkas("disposal", "show", list, "--json").facts("disposal list").first
        let day = try #require(shown?.text("executableFrom"))
        #expect(day > DisposalOffice.today && shown?.number("objections") == 0)
        // The wait of the day of the approval stays: making it shorter now shortens nothing.
        let settings = String(decoding: try desk.office.content("berkas.yaml"), as: UTF8.self)
        try desk.office.write(settings + "\ndisposal-wait-days: 0\n", to: "Arsip/berkas.yaml")
        let hasty = try desk.execute(list)
        #expect(hasty.status == 4 && hasty.errorText.contains("from \(day) on"), "\(hasty.everything)")
        try desk.office.adoptPolicies(as: "Kepala UK")
        guard let environment = try ClockTests.liar(in: desk.office) else { return }
        let now = Int(Date().timeIntervalSince1970)
        func execute(days: Int) throws -> Answer {
            try desk.office.berkas(
                [
                    "disposal", "execute", list, "--witness", "Dedi", "--witness", "Eka", "--place", "Paringin",
                    "--method", "hapus", "--as", "Siti",
                ],
                environment: environment(now + days * 86_400)
            )
        }
        #expect(try execute(days: 6).status == 4)
        let done = try execute(days: 7)
        #expect(done.status == 0, "\(done.everything)")
    }

    @Test func `one objection of anybody in the office stops a list, and only its maker or the authority lifts it`()
        throws
    {
        let desk = try DisposalOffice()
        let list = try desk.approved()
        func object(_ person: String, _ words: String...) throws -> Answer {
            try desk.office.berkas(["disposal", "object", list] + words + ["--as", person])
        }
        let stranger = try object("Orang Luar", "--reason", "tidak setuju")
        #expect(stranger.status == 4 && stranger.errorText.contains("the office's people do not include that name"))
        #expect(try object("Rani").status == 4, "without a reason")
        let made = try object("Rani", "--reason", "masih dipakai dalam perkara")
        #expect(made.status == 0, "\(made.everything)")
        #expect(try object("Rani", "--reason", "lagi").status == 4)
        let stopped = try desk.execute(list)
        #expect(stopped.status == 4, "\(stopped.everything)")
        #expect(stopped.errorText.contains("'Rani' objects to \(list): masih dipakai dalam perkara"))
        let shown = try desk.office.berkas("disposal", "show", list)
        #expect(
            shown.text.contains("objection   of Rani") && shown.text.contains("next: Rani objects"),
            "\(shown.text)"
        )
        for person in ["Siti", "Ani", "Dedi", "Kepala ANRI"] {
            let refused = try object(person, "--lift", "--of", "Rani", "--reason", "tidak perlu")
            #expect(refused.status == 4, "\(person): \(refused.everything)")
        }
        #expect(try object("Bupati Contoh", "--lift", "--of", "Budi", "--reason", "x").status == 4)
        #expect(try object("Bupati Contoh", "--lift", "--of", "Rani").status == 4)
        #expect(try object("Rani", "--lift", "--reason", "perkara selesai").status == 0)
        #expect(try object("Budi", "--reason", "ragu").status == 0)
        #expect(try desk.execute(list).status == 4)
        let lifted = try object("Bupati Contoh", "--lift", "--of", "Budi", "--reason", "sudah disalin", "--json")
        #expect(lifted.status == 0, "\(lifted.everything)")
        if let checked = try PublishedSchema.check(lifted.text) { #expect(checked.status == 0, "\(checked.errorText)") }
        let done = try desk.execute(list)
        #expect(done.status == 0, "\(done.everything)")
        #expect(try object("Rani", "--reason", "terlambat").status == 4)
        let audit = try desk.office.berkas(
            "report",
            "retention-audit",
            "--year",
            String(DisposalOffice.today.prefix(4)),
            "--json",
            "--as",
            "Siti"
        )
        #expect(audit.text.contains("disposal objected") && audit.text.contains("disposal objection lifted"))
        #expect(try desk.office.berkas("rebuild").status == 0)
        #expect(try desk.office.berkas("verify").status == 0)
    }

    @Test func `a hold that comes within the wait keeps its record, and the rest goes`() throws {
        let desk = try DisposalOffice()
        let list = try desk.approved()
        try desk.hold("--record", "RKT-2018-0002")
        let done = try desk.execute(list)
        #expect(done.status == 3, "\(done.everything)")
        #expect(done.text.contains("left RKT-2018-0002") && done.text.contains("removed RKT-2018-0001"))
    }

    @Test func `an objection to a list that hands over keeps the records from being removed here`() throws {
        let desk = try DisposalOffice()
        let list = try TransferTests.approved(desk)
        #expect(try desk.start(list, to: "serah.tar").status == 0)
        try desk.receive(list, of: "serah.tar", by: "Kepala LKD")
        let made = try desk.berkas(as: "Rani", "disposal", "object", list, "--reason", "salah kirim")
        #expect(made.status == 0, "\(made.everything)")
        let stopped = try desk.berkas(as: "Siti", "transfer", "remove", list, "--package", "serah.tar")
        #expect(stopped.status == 4 && stopped.errorText.contains("'Rani' objects"), "\(stopped.everything)")
    }
}
