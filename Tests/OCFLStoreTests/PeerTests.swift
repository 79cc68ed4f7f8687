import FileSafety
import Foundation
import OCFLStore
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct PeerTests {
    /// What ocfl-py says of an object or a root; nil where it cannot be had.
    private func validate(_ path: FilePath) throws -> ToolResult? {
        guard let bin = try Tool.pythonPeer("ocfl-py==2.1.0") else { return nil }
        return try Tool.run(bin.appending("ocfl-validate.py").string, ["--verbose", path.string])
    }

    private func sample() throws -> StoreSample {
        let sample = try StoreSample.withObject()
        try sample.add([
            StoreSample.version(["record.json": "three"]), StoreSample.version(["files/caf\u{e9} 😀": "four"]),
        ])
        for number in 1...3 {
            let id = "tag:office.example,2026:RKT-2023-000\(number)"
            try sample.add([StoreSample.version(["record.json": id])], to: id)
        }
        return sample
    }

    @Test func `ocfl-py finds no error and no warning in an object`() throws {
        let sample = try sample()
        guard let result = try validate(sample.object) else { return }
        let said = result.text + result.errorText
        #expect(result.status == 0, "\(said)")
        #expect(said.contains("is VALID"), "\(said)")
        #expect(!said.contains("[W") && !said.contains("[E"), "\(said)")
    }

    @Test func `ocfl-py finds no error and no warning in a storage root`() throws {
        let sample = try sample()
        guard let result = try validate(sample.path) else { return }
        let said = result.text + result.errorText
        #expect(result.status == 0, "\(said)")
        #expect(said.contains("is VALID"), "\(said)")
        #expect(!said.contains("[W") && !said.contains("[E"), "\(said)")
    }

    @Test func `ocfl-py and this program both find a flipped bit`() throws {
        let sample = try sample()
        try sample.write("v1/content/files/a.pdf", "b".utf8)
        #expect(try sample.findings() == ["E092 v1/content/files/a.pdf"])
        guard let result = try validate(sample.object) else { return }
        #expect(result.status != 0)
        #expect((result.text + result.errorText).contains("E092"))
    }
}
