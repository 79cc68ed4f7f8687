import Foundation
import SystemPackage
import TestSupport
import Testing

/// The auditor's questions, asked of the built program.
@Suite(.scratch)
struct AuditReportTests {
    private func audit(_ office: Office, _ words: String..., year: String = "2024") throws -> Answer {
        try office.berkas(["report", "retention-audit", "--year", year, "--as", "Siti"] + words)
    }

    private func answers(_ answer: Answer) throws -> [String: String] {
        var found: [String: String] = [:]
        for fact in try answer.facts("audit answer") { found[fact.text("question") ?? ""] = fact.text("answer") }
        return found
    }

    private func subjects(_ answer: Answer, _ question: String) throws -> [String] {
        try answer.facts("audit item").filter { $0.text("question") == question }.compactMap { $0.text("subject") }
    }

    @Test func `the sample before a schedule is in force, and what nobody did cannot be told`() throws {
        guard let office = try Office.withSample() else { return }
        let words = ["report", "retention-audit", "--year", "2024", "--json"]
        let answer = try office.berkas(words + ["--as", "Arsiparis Contoh"])
        #expect(answer.status == 0, "\(answer.everything)")
        let head = try #require(try answer.facts("retention audit").first)
        #expect(head.number("records") == 14 && head.values["schedule"] is NSNull)
        #expect(head.text("checkpoint")?.contains("ledger\n") == true)
        let found = try answers(answer)
        #expect(found.count == 12)
        #expect(found["list-complete"] == "yes")
        #expect(found["schedule-adopted"] == "no")
        #expect(found["every-record-has-rule"] == "no")
        // Nothing was removed: there is no approval to judge.
        #expect(found["approvals-complete"] == "nothing" && found["copies-destroyed"] == "nothing")
        #expect(head.number("nothing") == found.values.count { $0 == "nothing" })
        // Nobody has swept.
        #expect(found["fixity-checked"] == "cannot-tell")
        try #require(office.berkas("verify").status == 0)
        #expect(try answers(office.berkas(words + ["--as", "Arsiparis Contoh"]))["fixity-checked"] == "yes")
        // The minutes of the sample have no classification code.
        let missing = try answer.facts("audit item").filter { $0.text("question") == "columns-complete" }
        #expect(missing.contains { $0.text("message")?.contains("kode klasifikasi") == true })
        // A year of which nothing was filed is not in order: there is nothing to judge.
        let empty = try answers(
            office.berkas(["report", "retention-audit", "--year", "1999", "--json", "--as", "Arsiparis Contoh"])
        )
        for (question, answer) in empty where !["schedule-adopted", "fixity-checked"].contains(question) {
            #expect(answer == "nothing", "\(question)")
        }
    }

    @Test func `R60 while a sample row is in force the schedule is not the office's own, and what depends on it is no`()
        throws
    {
        let office = try RetentionTests.office()
        let sample = RetentionTests.schedule.replacingOccurrences(of: "Perbup 1/2026,tidak", with: "CONTOH,ya")
        try office.write(sample, to: "contoh.csv")
        try #require(RetentionTests.adopt("contoh.csv", in: office).status == 0)
        let answer = try audit(office, "--json")
        #expect(try answers(answer)["schedule-adopted"] == "no")
        #expect(try answers(answer)["no-overdue-active"] == "no")
        try #require(RetentionTests.adopt(in: office).status == 0)
        let own = try audit(office, "--json")
        #expect(try answers(own)["schedule-adopted"] == "yes")
        let item = try #require(
            try own.facts("audit item").first { $0.text("question") == "schedule-adopted" }
        )
        // R60: the rule cites its authority and its day.
        #expect(item.text("message")?.contains("on the authority of Perbup 1/2026") == true)
    }

    @Test func `overdue records are behind their questions, and the day decides`() throws {
        let office = try RetentionTests.office()
        try #require(RetentionTests.adopt(in: office).status == 0)
        let now = try audit(office, "--json", "--as-of", "2026-11-24")
        #expect(try answers(now)["every-record-has-rule"] == "no")
        #expect(try subjects(now, "every-record-has-rule") == ["RKT-2024-0002"])
        #expect(try subjects(now, "overdue-inactive-proposed") == ["RKT-2024-0001"])
        #expect(try subjects(now, "no-overdue-active") == ["RKT-2024-0001"])
        let inactive = try audit(office, "--json", "--as-of", "2025-02-28")
        #expect(try subjects(inactive, "overdue-inactive-proposed").isEmpty)
        #expect(try subjects(inactive, "no-overdue-active") == ["RKT-2024-0001"])
        let active = try audit(office, "--json", "--as-of", "2022-02-28")
        #expect(try subjects(active, "no-overdue-active").isEmpty)
    }

    @Test func `R48 R52 R62 the report tells who decided what and what was refused, to those who may read it`() throws {
        let office = try RetentionTests.office()
        try #require(RetentionTests.adopt(in: office).status == 0)
        let choose = ["classify", "RKT-2024-0002", "000.7.2.7", "--reason", "PK", "--confirm", "--by"]
        #expect(try office.berkas(choose + ["Rani"]).status == 4)
        #expect(try office.berkas(choose + ["Siti"]).status == 0)
        let place = ["hold", "place", "--year", "2024", "--title", "t", "--mandate", "m", "--reason", "r"]
        let order = ["--ordered-by", "o", "--ordered-on", "2026-01-02", "--as", "Budi"]
        try #require(office.berkas(place + order).status == 0)
        for stranger in ["Rani", "Orang Luar"] {
            let refused = try office.berkas("report", "retention-audit", "--year", "2024", "--as", stranger)
            #expect(refused.status == 4)
            #expect(refused.text.isEmpty && refused.errorText.contains("'\(stranger)' may not read the audit report"))
        }
        let year = String(try #require(try office.berkas("history", "--json").facts().first?.text("time")?.prefix(4)))
        let answer = try audit(office, "--json", year: year)
        let acts = try answer.facts("audit act")
        func actors(_ event: String) -> [String] {
            acts.filter { $0.text("event") == event }.compactMap { $0.text("actor") }
        }
        #expect(actors("retention schedule adopted") == ["Siti"])
        #expect(actors("retention settings changed") == ["Siti"])
        #expect(actors("classification") == ["Siti"])
        #expect(actors("hold placed") == ["Budi"])
        #expect(actors("refusal") == ["Rani", "Rani", "Orang Luar"])
        #expect(try answers(answer)["nothing-refused"] == "no")
        #expect(try subjects(answer, "nothing-refused").count == 3)
        #expect(try subjects(answer, "holds-respected") == ["HOLD-\(year)-0001"])
        #expect(try audit(office, "--json", year: "2001").facts("audit act").isEmpty)
    }

    @Test func `R55 the report is the same after a rebuild, and asking changes nothing`() throws {
        let office = try RetentionTests.office()
        try #require(RetentionTests.adopt(in: office).status == 0)
        let before = try audit(office, "--json", "--as-of", "2026-11-24").text
        let truth = try office.truth()
        try #require(office.berkas("rebuild").status == 0)
        #expect(try audit(office, "--json", "--as-of", "2026-11-24").text == before)
        #expect(try office.truth() == truth)
    }

    @Test func `a record whose object is gone is kept by the ledger's word and not on the list`() throws {
        let office = try RetentionTests.office()
        let object = try office.object(of: "RKT-2024-0002")
        try FileManager.default.removeItem(atPath: office.home.pushing(FilePath(object)).string)
        _ = try office.berkas("rebuild")
        let answer = try audit(office, "--json")
        #expect(try answers(answer)["list-complete"] == "no")
        #expect(try subjects(answer, "list-complete") == ["RKT-2024-0002"])
        #expect(try answers(answer)["columns-complete"] == "no")
        _ = try office.berkas("verify")
        let swept = try audit(office, "--json")
        #expect(try answers(swept)["fixity-checked"] == "no")
        #expect(try subjects(swept, "fixity-checked").contains("RKT-2024-0002"))
    }

    @Test func `a person is shown the first few, with how many more there are, and JSON has all`() throws {
        let office = try Office.founded()
        let people = "name,role,address\nSiti,arsiparis,\n"
        try office.write(people, to: "Arsip/policy/people.csv")
        try #require(office.berkas("ingest", try office.batch("banyak", count: 25).string, "-q").status == 0)
        let text = try audit(office)
        #expect(text.status == 0)
        #expect(text.text.contains("and 15 more (--json has all)"))
        #expect(text.text.contains("Apakah") && text.text.contains("NO (tidak)") && text.text.contains("YES (ya)"))
        #expect(try subjects(audit(office, "--json"), "columns-complete").count == 25)
        #expect(try office.berkas("report", "retention-audit", "--as", "Siti").status == 64)
        #expect(try office.berkas("report", "retention-audit", "--year", "24", "--as", "Siti").status == 64)
    }

    @Test func `R21 a review that waits longer than the office allows is told, and not before that day`() throws {
        let office = try RetentionTests.office()
        let schedule = RetentionTests.schedule.replacingOccurrences(of: "Permanen", with: "Dinilai Kembali")
        try office.write(schedule, to: "nilai.csv")
        try #require(RetentionTests.adopt("nilai.csv", in: office).status == 0)
        // Due since 1 March 2025; thirty days are allowed.
        #expect(try audit(office, "--json", "--as-of", "2025-03-31").facts("audit notice").isEmpty)
        let notice = try #require(try audit(office, "--json", "--as-of", "2025-04-01").facts("audit notice").first)
        #expect(notice.text("subject") == "RKT-2024-0001" && notice.text("step") == "review")
        #expect(notice.text("since") == "2025-03-01" && notice.number("overdueDays") == 1)
        #expect(try audit(office, "--as-of", "2025-04-01").text.contains("waits for a person for too long (1)"))
    }
}
