import Foundation
import SystemPackage
import TestSupport
import Testing

/// Homes that earlier versions wrote: `Tests/Fixtures/home-VERSION/`, each with what that version answered.
///
/// A line may gain members in later versions. What it said then, it says now.
@Suite(.scratch)
struct UpgradeTests {
    private static let records = ["RKT-2023-0001", "RKT-2023-0002", "RKT-2024-0001", "RKT-2024-0002", "RKT-2024-0003"]

    /// The questions about what is kept and what happened, by the name of the file with their answers.
    ///
    /// What depends on the day is asked for the day of the answers.
    private static let questions: [(file: String, words: [String])] = [
        ("list", ["list"]), ("history", ["history"]), ("history-record", ["history", "RKT-2024-0002"]),
        ("hold-list", ["hold", "list"]), ("loan-list", ["loan", "list", "--as-of", "2026-11-30"]),
        ("ledger-verify", ["ledger", "verify"]),
    ]

    /// The questions about what is read; a reading of version 0.1 is in no event, and is made anew before it is believed.
    private static let readings: [(file: String, words: [String])] = [
        ("show", ["show"] + records), ("search", ["search", "target"]), ("search-percent", ["search", "sasaran"]),
        ("text", ["text", "RKT-2024-0002"]),
    ]

    private static var fixture: FilePath {
        Checkout.root.appending("Tests").appending("Fixtures").appending("home-0.1")
    }

    private func unpacked() throws -> Office {
        let office = Office(folder: Scratch.folder, home: Scratch.folder.appending("home"))
        let archive = Self.fixture.appending("home.tar.gz").string
        try #require(office.shell("tar -xzf '\(archive)'").status == 0)
        return office
    }

    /// Holds today's answers against those of then, and says how many were equal.
    private func compare(_ office: Office) throws -> Int {
        var equal = try Self.questions.reduce(0) { try $0 + compare($1.file, $1.words, office) }
        try #require(office.berkas("read").status == 0)
        for reading in Self.readings { equal += try compare(reading.file, reading.words, office) }
        return equal
    }

    private func compare(_ name: String, _ words: [String], _ office: Office) throws -> Int {
        let file = Self.fixture.appending("answers").appending(name + ".jsonl").string
        let before = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        let answer = try office.berkas(words + ["--json"])
        #expect(answer.status == 0, "\(words): \(answer.everything)")
        try #require(!before.isEmpty && answer.lines.count == before.count, "\(words): \(answer.text)")
        return try zip(before, answer.lines).allSatisfy { old, new in
            let said = try object(String(old))
            let kept = try object(new).filter { said[$0.key] != nil } as NSDictionary
            return kept.isEqual(said as NSDictionary)
        } ? 1 : 0
    }

    private func object(_ line: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    @Test func `R56 a home that version 0.1 wrote gives equal answers`() throws {
        #expect(try compare(unpacked()) == 10)
    }

    @Test func `R56 a home that version 0.1 wrote gives equal answers once its catalogue is made anew`() throws {
        let office = try unpacked()
        try #require(office.shell("rm home/catalogue.sqlite").status == 0)
        let rebuilt = try office.berkas("rebuild")
        #expect(rebuilt.status == 0, "\(rebuilt.everything)")
        #expect(try compare(office) == 10)
    }

    @Test func `R56 a home that version 0.1 wrote verifies, and goes on`() throws {
        let office = try unpacked()
        let proof = try office.berkas("verify")
        #expect(proof.status == 0, "\(proof.everything)")
        try office.write("catatan baru\n", to: "baru.txt")
        let words = ["ingest", "baru.txt", "--year", "2024", "--step", "7", "--type", "notulen", "--title", "Baru"]
        let kept = try office.berkas(words)
        #expect(kept.status == 0 && kept.text.contains("RKT-2024-0004@v1"), "\(kept.everything)")
        #expect(try office.berkas("verify").status == 0)
    }
}
