import FileSafety
import Foundation
import Ledger
import RecordsModel
import SystemPackage
import TestSupport
import Testing

/// Ledgers longer than memory, and what is proven over them.
@Suite(.scratch)
struct LargeLedgerTests {
    private static let zero = [UInt8](repeating: 0, count: 32)

    /// The tree over that many leaves of zeros, from as many hashes as its size has binary digits.
    static func zeros(_ count: Int) throws -> MerkleFrontier {
        var heights: [[UInt8]] = [zero]
        while heights.count < 63 {
            let last = try #require(heights.last)
            var pair = MerkleFrontier()
            pair.append(last)
            pair.append(last)
            heights.append(pair.root)
        }
        let state = (0..<63).reversed().filter { count >> $0 & 1 == 1 }.flatMap { heights[$0] }
        return try #require(MerkleFrontier(size: count, state: state))
    }

    /// A ledger whose leaves are a hole in a file, and whose log lies elsewhere but for what is given.
    private static func sparse(_ count: Int) throws -> LedgerSample {
        let sample = try LedgerSample()
        try sample.write("leaves", [])
        let file = try #require(FileHandle(forWritingAtPath: sample.path.appending("leaves").string))
        try file.truncate(atOffset: UInt64(count * 32))
        try file.close()
        let root = try zeros(count).root
        let said = Checkpoint(origin: LedgerSample.origin, size: count, root: root)
        try sample.write("checkpoint", said.description.utf8)
        return sample
    }

    /// The memory that this process holds, in bytes.
    private static func resident() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try #require(Int(line.split(separator: " ").dropFirst().first ?? "")) << 10
    }

    @Test func `proofs and older checkpoints of forty million lines, in bounded memory`() throws {
        let count = 40_000_000
        let sample = try Self.sparse(count)
        let before = try Self.resident()
        let said = try sample.folder.readCheckpoint()
        let older = try sample.folder.checkpoint(at: 39_999_999)
        #expect(try older.root == Self.zeros(39_999_999).root)
        let path = try sample.folder.inclusionProof(of: 33_554_433, size: count)
        #expect(MerkleProof.root(of: Self.zero, at: 33_554_432, size: count, path: path) == said.root)
        let proof = try sample.folder.consistencyProof(from: 39_999_999, to: count)
        #expect(MerkleProof.isConsistent(older, said, proof: proof))
        // The leaves alone are 1.28 GB; other tests run meanwhile.
        #expect(try Self.resident() - before < 900 << 20)
    }

    @Test func `a line more or less than two to the twenty-fifth makes no difference`() throws {
        for count in [1 << 25, (1 << 25) + 1] {
            let sample = try Self.sparse(count)
            #expect(try sample.folder.checkpoint(at: count).size == count)
            try FileManager.default.removeItem(atPath: sample.path.string)
        }
    }

    @Test func `leaves that are missing or cannot be read are no empty file`() throws {
        let sample = try LedgerSample.of(3)
        let leaves = sample.path.appending("leaves").string
        try FileManager.default.removeItem(atPath: leaves)
        #expect(try sample.folder.verify().findings.map(\.message) == ["there is no file 'leaves'"])
        try FileManager.default.createDirectory(atPath: leaves, withIntermediateDirectories: false)
        let findings = try sample.folder.verify().findings
        #expect(findings.count == 1 && findings.first?.message.hasPrefix("'leaves' cannot be read") == true)
    }

    @Test func `a log with a hole in it is a finding, and no reason to stop`() throws {
        let sample = try LedgerSample.of(3)
        let file = try #require(FileHandle(forWritingAtPath: sample.path.appending("events.jsonl").string))
        try file.truncate(atOffset: 1 << 25)
        try file.close()
        let findings = try sample.folder.verify().findings
        #expect(findings.map(\.line) == [4] && findings.first?.message.contains("no line of a ledger") == true)
    }

    @Test(arguments: [
        "events-9223372036854775806-9223372036854775807.jsonl", "events-400000000000000000-400000000000000001.jsonl",
    ])
    func `a part whose name has a number beyond all ledgers is a finding`(name: String) throws {
        let sample = try LedgerSample.of(3)
        try FileManager.default.createDirectory(atPath: sample.folder.parts.string, withIntermediateDirectories: false)
        try sample.write("parts/\(name)", try sample.content("events.jsonl"))
        #expect(try !sample.folder.verify().findings.isEmpty)
    }

    // MARK: - Against the definition

    private func leaf(_ index: Int) -> [UInt8] { MerkleFrontier.leaf("line \(index)".utf8) }

    private func frontier(_ count: Int) -> MerkleFrontier {
        var frontier = MerkleFrontier()
        for index in 0..<count { frontier.append(leaf(index)) }
        return frontier
    }

    @Test func `many leaves at once are the same tree as one after the other`() {
        for begin in [0, 1, 2, 3, 6, 8, 31, 64] {
            for count in [0, 1, 2, 3, 5, 8, 63, 64, 100] {
                var frontier = frontier(begin)
                let bytes = (begin..<begin + count).flatMap { leaf($0) }
                unsafe bytes.withUnsafeBytes { unsafe frontier.append(leaves: $0) }
                #expect(frontier == self.frontier(begin + count), "\(count) behind \(begin)")
            }
        }
    }

    @Test func `every line of every ledger up to forty is proven, and by no other path, place or leaf`() throws {
        let sample = try LedgerSample()
        try sample.write("leaves", (0..<40).flatMap { leaf($0) })
        for size in 1...40 {
            let root = frontier(size).root
            for index in 0..<size {
                let path = try sample.folder.inclusionProof(of: index + 1, size: size)
                #expect(path.count <= 6)
                func proves(_ leaf: [UInt8], _ index: Int, _ path: [[UInt8]]) -> Bool {
                    MerkleProof.root(of: leaf, at: index, size: size, path: path) == root
                }
                #expect(proves(leaf(index), index, path), "\(index) of \(size)")
                #expect(!proves(leaf(index + 1), index, path))
                #expect(!proves(leaf(index), index, path + [root]))
                #expect(size == 1 || !proves(leaf(index), index, path.dropLast()))
                #expect(size == 1 || !proves(leaf(index), (index + 1) % size, path))
            }
            #expect(throws: LedgerError.self) { try sample.folder.inclusionProof(of: size + 1, size: size) }
            #expect(throws: LedgerError.self) { try sample.folder.inclusionProof(of: 0, size: size) }
        }
    }

    @Test func `every ledger up to forty is proven to begin with each before it, and with no other`() throws {
        let sample = try LedgerSample()
        try sample.write("leaves", (0..<40).flatMap { leaf($0) })
        func said(_ frontier: MerkleFrontier) -> Checkpoint {
            Checkpoint(origin: "o", size: frontier.size, root: frontier.root)
        }
        for size in 0...40 {
            let new = said(frontier(size))
            for old in 0...size {
                let proof = try sample.folder.consistencyProof(from: old, to: size)
                #expect(MerkleProof.isConsistent(said(frontier(old)), new, proof: proof), "\(old) in \(size)")
                let forged = Checkpoint(origin: "o", size: old, root: Self.zero)
                #expect(!MerkleProof.isConsistent(forged, new, proof: proof), "\(old) in \(size)")
                let other = Checkpoint(origin: "o", size: size, root: Self.zero)
                #expect(old == 0 || !MerkleProof.isConsistent(said(frontier(old)), other, proof: proof))
                #expect(!MerkleProof.isConsistent(said(frontier(old)), new, proof: proof + [Self.zero]))
            }
            #expect(throws: LedgerError.self) { try sample.folder.consistencyProof(from: size + 1, to: size) }
        }
    }
}
