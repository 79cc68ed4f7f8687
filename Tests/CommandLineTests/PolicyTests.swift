import Foundation
import SystemPackage
import TestSupport
import Testing

/// Policy files count as they were adopted: what an edit gives, who may adopt it, and what the ledger keeps of it.
@Suite(.scratch)
struct PolicyTests {
    private func ledger(_ office: Office) throws -> String {
        String(decoding: try office.content("ledger/events.jsonl"), as: UTF8.self)
    }

    private func people(_ office: Office, _ more: String) throws {
        try office.write(DisposalOffice.people + more, to: "Arsip/policy/people.csv")
    }

    private func hold(_ desk: DisposalOffice) throws -> String {
        try desk.hold("--record", "RKT-2018-0001")
        return String(
            try #require(desk.office.berkas("hold", "list").text.firstMatch(of: /HOLD-[0-9]+-[0-9]+/)?.output)
        )
    }

    @Test func `rights for a minute: a line that nobody adopted gives no right, and both changes stand in the ledger`()
        throws
    {
        let desk = try DisposalOffice()
        let hold = try hold(desk)
        try people(desk.office, "Siti,pimpinan,\n")
        let release = ["hold", "release", hold, "--reason", "selesai", "--authority", "ND 1", "--as", "Siti"]
        let refused = try desk.office.berkas(release)
        #expect(refused.status == 4, "\(refused.everything)")
        #expect(refused.errorText.contains("'policy/people.csv' is not as it was adopted"), "\(refused.everything)")
        #expect(refused.errorText.contains("berkas policy adopt"))
        try people(desk.office, "")
        let again = try desk.office.berkas(release)
        #expect(again.status == 4 && !again.errorText.contains("policy/people.csv' is not"), "\(again.everything)")
        #expect(try ledger(desk.office).components(separatedBy: "\"event\":\"policy changed\"").count == 3)
        #expect(try ledger(desk.office).contains("\"policy-not-adopted\""))
        #expect(try desk.office.berkas("hold", "list").text.contains(hold))
        #expect(try desk.office.berkas("verify").status == 0)
        #expect(try desk.office.berkas("rebuild").status == 0)
    }

    @Test func `an edited table is adopted by somebody with the right under the version before, and not under itself`()
        throws
    {
        let desk = try DisposalOffice()
        try people(desk.office, "Rani,kepala-unit-kearsipan,\nGita,pimpinan,\n")
        let difference = try desk.office.berkas("policy", "diff")
        #expect(difference.text.contains("+14: Rani,kepala-unit-kearsipan,"), "\(difference.everything)")
        let own = try desk.office.berkas("policy", "adopt", "--reason", "SK baru", "--as", "Rani")
        #expect(own.status == 4 && own.errorText.contains("may not adopt a policy"), "\(own.everything)")
        let unnamed = try desk.office.berkas("policy", "adopt", "--as", "Kepala UK")
        #expect(unnamed.status == 4 && unnamed.errorText.contains("--reason"))
        let adopt = ["policy", "adopt", "people.csv", "--reason", "SK baru", "--authority", "SK 800/1/2026"]
        let adopted = try desk.office.berkas(adopt + ["--as", "Kepala UK"])
        #expect(adopted.status == 0 && adopted.text.contains("in force: people.csv"), "\(adopted.everything)")
        let shown = try desk.office.berkas("policy", "show", "people.csv", "--json").facts("policy")
        #expect(shown.first?.text("state") == "in force" && shown.first?.text("adoptedBy") == "Kepala UK")
        #expect(shown.first?.text("authority") == "SK 800/1/2026" && shown.first?.text("basis") == "right")
        #expect(try desk.office.berkas("policy", "diff").text.contains("as it was adopted"))
        let twice = try desk.office.berkas(adopt + ["--as", "Rani"])
        #expect(twice.status == 4 && twice.errorText.contains("nothing needs to be done"), "\(twice.everything)")
        #expect(
            try desk.office.berkas("report", "retention-audit", "--year", "2026", "--as", "Siti").text
                .contains("policy adopted")
        )
    }

    @Test
    func `the procedure edited: a dossier is not sealed by a text that nobody adopted, and a seal names its procedure`()
        throws
    {
        let desk = try DisposalOffice()
        let file = "Arsip/policy/sop-rkt.yaml"
        let text = String(decoding: try desk.office.content("policy/sop-rkt.yaml"), as: UTF8.self)
        try desk.office.write(text.replacing(/required: \[[^\]]*\]/, with: "required: []"), to: file)
        let edited = try desk.office.berkas("receive", "2018", "--as", "Siti")
        #expect(edited.status == 4, "\(edited.everything)")
        #expect(edited.errorText.contains("'policy/sop-rkt.yaml' is not as it was adopted"))
        try desk.office.write(text, to: file)
        let stages = [("receive", "Siti"), ("check-filing", "Siti"), ("approve-filing", "Kepala UK")]
        for (stage, person) in stages {
            let done = try desk.office.berkas(stage, "2018", "--as", person)
            #expect(done.status == 0, "\(done.everything)")
        }
        let sealed = try desk.office.berkas("seal", "2018", "--incomplete", "berkas lama", "--as", "Kepala UK")
        #expect(sealed.status == 0, "\(sealed.everything)")
        let digest = try Tool.run("sha512sum", [desk.office.path(file).string]).text.prefix(128)
        #expect(try ledger(desk.office).contains("\"procedure\":\"\(digest)\""))
    }

    @Test func `where nobody has the right, anybody adopts, and the ledger says so; a hold needs no adoption`() throws {
        let office = try Office.founded()
        let batch = try office.batch("b", "path,year,step,type\na.txt,2024,1,disposisi\n", files: ["a.txt": "satu"])
        #expect(try office.berkas("ingest", batch.string).status == 0)
        try office.write("name,role\nSiti,arsiparis\n", to: "Arsip/policy/people.csv")
        let none = try office.berkas(
            "classify",
            "RKT-2024-0001",
            "000.7.1",
            "--reason",
            "a",
            "--confirm",
            "--by",
            "Siti"
        )
        #expect(none.status == 4 && none.errorText.contains("policy/people.csv"), "\(none.everything)")
        let adopted = try office.berkas("policy", "adopt", "--reason", "awal", "--as", "Siti", "--json")
        #expect(adopted.status == 0, "\(adopted.everything)")
        #expect(try adopted.facts("policy adopted").first?.text("basis") == "open")
        let rest = try office.berkas("policy", "adopt", "--reason", "awal", "--as", "Siti")
        #expect(rest.text.contains("in force: sop-rkt.yaml") && !rest.text.contains("people.csv"), "\(rest.everything)")
        let third = try office.berkas("policy", "adopt", "--reason", "awal", "--as", "Siti")
        #expect(third.text.contains("nothing to adopt"), "\(third.everything)")
        try office.write("name,role\nSiti,arsiparis\nBudi,pimpinan\n", to: "Arsip/policy/people.csv")
        let words = [
            "--title", "a", "--mandate", "ST 1", "--reason", "b", "--ordered-by", "c", "--ordered-on", "2026-11-01",
        ]
        let placed = try office.berkas(["hold", "place", "--record", "RKT-2024-0001", "--as", "Siti"] + words)
        #expect(placed.status == 0, "\(placed.everything)")
    }

    @Test func `a text that the ledger names and the history lost is found by verify, and no right is read without it`()
        throws
    {
        let desk = try DisposalOffice()
        try desk.hold("--record", "RKT-2018-0001")
        let kept = try desk.office.shell("ls Arsip/policy/history/*.people.csv").text.split(separator: "\n")
        let file = String(try #require(kept.first))
        #expect(kept.count == 1)
        try people(desk.office, "Siti,pimpinan,\n")
        #expect(try desk.office.shell("rm '\(file)'").status == 0)
        let proof = try desk.office.berkas("verify")
        #expect(proof.status == 5 && proof.everything.contains("policy/history"), "\(proof.everything)")
        let act = try desk.office.berkas("policy", "adopt", "--reason", "a", "--as", "Siti")
        #expect(act.status != 0 && act.errorText.contains("cp -a COPY/policy/history"), "\(act.everything)")
    }

    @Test func `an edit of a policy is told once a text, and a file that cannot be read is no file`() throws {
        let desk = try DisposalOffice()
        try people(desk.office, "Gita,reader,\n")
        for _ in 1...2 { #expect(try desk.office.berkas("loan", "list").status == 0) }
        let today = try desk.office.berkas("today")
        #expect(today.text.contains("edited and not adopted: policy/people.csv"), "\(today.everything)")
        #expect(try !ledger(desk.office).contains("policy changed"), "a question changes nothing")
        for number in 1...2 {
            let batch = try desk.office.batch(
                "n\(number)",
                "path,year,step,type\na.txt,2025,1,disposisi\n",
                files: ["a.txt": "isi \(number)"]
            )
            let kept = try desk.office.berkas("ingest", batch.string)
            #expect(kept.status == 0 && kept.errorText.contains("is not as it was adopted"), "\(kept.everything)")
        }
        #expect(try ledger(desk.office).components(separatedBy: "\"event\":\"policy changed\"").count == 2)
        #expect(try desk.office.shell("rm Arsip/policy/people.csv; mkfifo Arsip/policy/people.csv").status == 0)
        #expect(try desk.office.berkas("policy", "show", "people.csv").text.contains("unreadable"))
    }
}
