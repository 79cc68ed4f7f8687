import Foundation
import SystemPackage
import TestSupport
import Testing

/// What another archive decided about a record is history here until somebody adopts it, with due dates before and after.
@Suite(.scratch)
struct ImportAdoptionTests {
    private let desk: DisposalOffice
    private let other: Office

    /// A package with RKT-2018-0004, which is kept for ever, and under a short code in the other office's words.
    init() throws {
        desk = try DisposalOffice()
        try desk.office.write(DisposalOffice.people + "Kepala UK,arsiparis,\n", to: "Arsip/policy/people.csv")
        try desk.office.adoptPolicies(as: "Kepala UK")
        let words = ["classify", "RKT-2018-0004", "000.7.2.7", "--reason", "pendek", "--confirm", "--by"]
        try #require(desk.office.berkas(words + ["Siti"]).status == 3)
        try #require(desk.office.berkas(words + ["Kepala UK"]).status == 0)
        try #require(desk.office.berkas("pack", "RKT-2018-0004", "--to", "satu.tar").status == 0)
        other = try Office.founded(named: "Lain")
        try other.write(DisposalOffice.people + "Kepala UK,arsiparis,\n", to: "Lain/policy/people.csv")
        try #require(RetentionTests.adopt(in: other).status == 0)
    }

    private func ledger() throws -> String { String(decoding: try other.content("ledger/events.jsonl"), as: UTF8.self) }

    @Test func `somebody without the right imports nothing, and the attempt stands in the ledger`() throws {
        let refused = try other.berkas("import", "satu.tar", "--as", "Rani")
        #expect(refused.status == 4 && refused.errorText.contains("may not import"), "\(refused.everything)")
        #expect(try ledger().contains("\"event\":\"refusal\"") && !ledger().contains("\"event\":\"accession\""))
    }

    @Test func `an import moves no due date until its decisions are adopted by another person, who saw both dates`()
        throws
    {
        let taken = try other.berkas("import", "satu.tar", "--as", "Siti")
        #expect(taken.status == 0 && taken.text.contains("decisions that wait"), "\(taken.everything)")
        let kept = try other.berkas("retention", "explain", "RKT-2018-0004", "--json").text
        #expect(kept.contains("Permanen") || kept.contains("transfer"), "\(kept)")
        let shown = try other.berkas("import", "show", "--json").facts("import pending")
        #expect(shown.count == 1 && shown.first?.text("dueAfter") != nil, "\(shown)")
        #expect(shown.first?.text("phaseBefore") != nil)
        let text = try other.berkas("import", "show").text
        #expect(text.contains("classification  000.7.2.7") && text.contains("due before:"), "\(text)")
        let reasonless = try other.berkas("import", "adopt", "--all", "--as", "Kepala UK")
        #expect(reasonless.status == 4 && reasonless.errorText.contains("--reason"))
        let own = try other.berkas("import", "adopt", "RKT-2018-0004", "--reason", "a", "--as", "Siti")
        #expect(own.status == 4 && own.errorText.contains("imported RKT-2018-0004"), "\(own.everything)")
        let rightless = try other.berkas("import", "adopt", "RKT-2018-0004", "--reason", "a", "--as", "Rani")
        #expect(rightless.status == 4)
        let adopted = try other.berkas("import", "adopt", "RKT-2018-0004", "--reason", "sesuai", "--as", "Kepala UK")
        #expect(adopted.status == 0, "\(adopted.everything)")
        #expect(try ledger().contains("\"event\":\"import adopted\""))
        let after = try other.berkas("retention", "explain", "RKT-2018-0004", "--json").text
        #expect(after.contains("000.7.2.7"), "\(after)")
        #expect(try other.berkas("import", "show").text.contains("no decision of another archive waits"))
        #expect(try other.berkas("import", "adopt", "RKT-2018-0004", "--reason", "a", "--as", "Kepala UK").status == 4)
        let list = try other.berkas("retention", "list", "--json").text
        #expect(try other.shell("rm Lain/catalogue.sqlite*").status == 0)
        #expect(try other.berkas("rebuild").status == 0)
        #expect(try other.berkas("retention", "list", "--json").text == list)
        #expect(try other.berkas("verify").status == 0)
    }

    @Test func `history tells of what another archive decided that nothing here proves it`() throws {
        #expect(try other.berkas("import", "satu.tar", "--as", "Siti").status == 0)
        let events = try other.berkas("history", "RKT-2018-0004", "--json").facts("event")
        let carried = events.filter { $0.text("event") == "classification" }
        #expect(carried.count == 1 && carried.allSatisfy { $0.text("sure") == "unproven" }, "\(events)")
        #expect(events.last { $0.text("event") == "accession" }?.text("sure") == "typed")
        #expect(try other.berkas("history", "RKT-2018-0004").text.contains("of another archive, unproven"))
    }
}
