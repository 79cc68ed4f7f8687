import Foundation
import SystemPackage
import TestSupport
import Testing

/// A home of which somebody made a copy with hard links (`cp -al`, `rsync --link-dest`).
@Suite(.scratch)
struct HardLinkTests {
    /// A home with two records, and a copy of it that shares every file.
    private func pair() throws -> (office: Office, copy: FilePath) {
        let office = try Office.founded()
        try office.batch("satu", "path,year,step,type,label\na.txt,2024,1,disposisi,L1\n", files: ["a.txt": "a"])
        try office.batch("dua", "path,year,step,type,label\nb.txt,2024,7,notulen,L2\n", files: ["b.txt": "b"])
        for batch in ["satu", "dua"] { #expect(try office.berkas("ingest", batch).status == 0) }
        #expect(try office.berkas("pack", "--year", "2024").status == 0)
        let copied = try Tool.run("cp", ["-al", office.home.string, office.path("salin").string])
        try #require(copied.status == 0, "\(copied.errorText)")
        return (office, office.path("salin"))
    }

    @Test func `whatever is written in the copy leaves every byte of the home as it was`() throws {
        let (office, copy) = try pair()
        let before = try TreeSnapshot.of(office.home)
        try office.batch("tiga", "path,year,step,type,label\nc.txt,2024,1,disposisi,L1\n", files: ["c.txt": "c"])
        try office.batch("empat", "path,year,step,type\nd.txt,2025,1,disposisi\n", files: ["d.txt": "d"])
        let commands: [[String]] = [
            ["verify"], ["ingest", "tiga"], ["list"], ["ingest", "empat"], ["pack", "--year", "2025"], ["rebuild"],
            ["classify", "RKT-2024-0001", "--code", "000.7.1.1", "--reason", "uji"], ["ledger", "close"],
            ["hold", "place", "--record", "RKT-2024-0001", "--reason", "uji"], ["ledger", "verify"], ["verify"],
        ]
        for words in commands {
            let answer = try office.berkas(words, environment: ["BERKAS_HOME": copy.string])
            #expect(answer.status != 5 && answer.status != 6, "\(words): \(answer.everything)")
            #expect(try TreeSnapshot.of(office.home) == before, "\(words)")
        }
        for words in [["list"], ["ledger", "verify"], ["verify"]] {
            let answer = try office.berkas(words)
            #expect(answer.status == 0, "\(words): \(answer.everything)")
        }
        #expect(try office.berkas("list", "--json", environment: ["BERKAS_HOME": copy.string]).lines.count == 3)
    }

    @Test func `whatever is written in the home leaves every byte of the copy as it was`() throws {
        let (office, copy) = try pair()
        let before = try TreeSnapshot.of(copy)
        try office.batch("tiga", "path,year,step,type,label\nc.txt,2024,1,disposisi,L1\n", files: ["c.txt": "c"])
        for words in [["ingest", "tiga"], ["verify"], ["rebuild"], ["list"]] {
            let answer = try office.berkas(words)
            #expect(answer.status == 0, "\(words): \(answer.everything)")
            #expect(try TreeSnapshot.of(copy) == before, "\(words)")
        }
        let verified = try office.berkas("verify", environment: ["BERKAS_HOME": copy.string])
        #expect(verified.status == 0, "\(verified.everything)")
    }

    @Test func `verify warns in one line of names outside of the store, with their number`() throws {
        let (office, _) = try pair()
        let answer = try office.berkas("verify", "--json")
        #expect(answer.status == 0, "\(answer.everything)")
        let files = try Tool.run("find", [office.home.appending("store").string, "-type", "f", "-links", "+1"]).lines
        let facts = try answer.facts()
        #expect(facts.count == 1)
        #expect(facts.last?.number("linked") == files.count)
        #expect(answer.errorLines.count { $0.hasPrefix("warning: \(files.count) files of the store have") } == 1)
        // One record only, and a part only.
        for words in [["verify", "RKT-2024-0001"], ["verify", "--sample", "50%"]] {
            let answer = try office.berkas(words)
            #expect(answer.status == 0, "\(words): \(answer.everything)")
            #expect(answer.errorText.contains("a further name outside of it"), "\(answer.everything)")
        }
    }

    @Test func `two names inside the store are E090, whatever names there are outside`() throws {
        let (office, _) = try pair()
        let store = office.home.appending("store")
        let found = try Tool.run("find", [store.string, "-path", "*/v1/content/*", "-name", "record.json"]).lines
            .sorted()
        try #require(found.count == 2)
        let linked = try Tool.run("ln", ["-f", found[0], found[1]])
        try #require(linked.status == 0, "\(linked.errorText)")
        let answer = try office.berkas("verify", "--json")
        #expect(answer.status == 5)
        let codes = try answer.facts().filter { $0.text("kind") == "finding" && $0.text("code") == "E090" }
        #expect(codes.count == 2, "\(answer.text)")
        #expect(Set(codes.compactMap { $0.text("record") }) == ["RKT-2024-0001", "RKT-2024-0002"], "\(answer.text)")
        let validated = try office.berkas("ocfl", "validate", store.string)
        #expect(validated.status == 5)
        #expect(validated.everything.contains("E090"))
    }

    @Test func `hardlink-home.sh: the snapshot verifies clean, its sibling and the live home stay usable`() throws {
        guard Tool.isPresent("rsync"), let script = Checkout.shared("found/home/hardlink-home.sh") else { return }
        let ran = try Tool.run("bash", [script.string, try Checkout.binary.string], killAfter: 300)
        let ends = ran.lines.filter { $0.contains("rc=") }
        #expect(ends.count == 3, "\(ran.text)\(ran.errorText)")
        for end in ends { #expect(end.contains("rc=0 "), "\(ran.text)\(ran.errorText)") }
        // The last line is the live home's 'ledger verify'.
        #expect(ran.status == 0, "\(ran.text)\(ran.errorText)")
    }
}
