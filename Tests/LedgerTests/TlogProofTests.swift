import Foundation
import Ledger
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct TlogProofTests {
    private func tree(of sample: LedgerSample, _ size: Int) throws -> MerkleFrontier {
        try unsafe LeafHashes(sample.folder.leaves).read(size) { _ in }
    }

    @Test func `a proof is text in the form of C2SP`() throws {
        let sample = try LedgerSample.of(5)
        let checkpoint = try sample.folder.readCheckpoint()
        let paths = try sample.folder.inclusionProofs(of: [1, 5], size: 5)
        let leaves = try sample.lines().map { MerkleFrontier.leaf($0) }
        let proof = TlogProof(index: 4, path: paths[1], checkpoint: checkpoint.description)
        var first = MerkleFrontier()
        for leaf in leaves.prefix(4) { first.append(leaf) }
        let left = Data(first.root).base64EncodedString()
        #expect(proof.description == "c2sp.org/tlog-proof@v1\nindex 4\n\(left)\n\n\(checkpoint)")
        #expect(MerkleProof.root(of: leaves[0], at: 0, size: 5, path: paths[0]) == checkpoint.root)
        #expect(MerkleProof.root(of: leaves[4], at: 4, size: 5, path: paths[1]) == checkpoint.root)
        #expect(throws: LedgerError(.damaged, message: "")) { try sample.folder.inclusionProofs(of: [6], size: 5) }
        let whole = try tree(of: sample, 5)
        #expect(whole.root == checkpoint.root)
        #expect(throws: LedgerError(.damaged, message: "")) { try tree(of: sample, 6) }
    }

    @Test func `another program finds the same roots and the same proofs for ledgers of 1 to 1,000 lines`() throws {
        guard let bin = try Tool.pythonPeer("pymerkle==6.1.0") else { return }
        let sample = try LedgerSample.of(1000)
        let lines = try sample.lines()
        var frontier = MerkleFrontier()
        var told = ""
        for size in 1...1000 {
            frontier.append(MerkleFrontier.leaf(lines[size - 1]))
            let places = Set([0, size / 3, size / 2, size - 1]).sorted()
            let paths = try sample.folder.inclusionProofs(of: places.map { $0 + 1 }, size: size)
            for (place, path) in zip(places, paths) {
                let root = MerkleProof.root(of: MerkleFrontier.leaf(lines[place]), at: place, size: size, path: path)
                #expect(root == frontier.root, "line \(place + 1) of \(size)")
                let hashes = path.map { Data($0).base64EncodedString() }.joined(separator: " ")
                told += "\(size) \(place) \(Data(frontier.root).base64EncodedString()) \(hashes)\n"
            }
        }
        let script = """
            import base64, hashlib, sys
            from pymerkle import InmemoryTree
            tree, lines = InmemoryTree(algorithm="sha256"), open(sys.argv[1], "rb").read().split(b"\\n")[:-1]
            for line in lines: tree.append_entry(line)
            count = 0
            for row in open(sys.argv[2]):
                size, place, root, *path = row.split()
                size, place, path = int(size), int(place), [base64.b64decode(text).hex() for text in path]
                assert tree.get_state(size) == base64.b64decode(root), size
                leaf = hashlib.sha256(b"\\0" + lines[place]).hexdigest()
                theirs = tree.prove_inclusion(place + 1, size).serialize()["path"]
                assert sorted(theirs) == sorted(path + [leaf]), (size, place)
                count += 1
            print(count)
            """
        let files = [("check.py", script), ("told", told)].map { (Scratch.folder.appending($0.0).string, $0.1) }
        for (file, text) in files { try text.write(toFile: file, atomically: true, encoding: .utf8) }
        let log = sample.folder.events.string
        let result = try Tool.run(bin.appending("python3").string, [files[0].0, log, files[1].0])
        #expect(result.status == 0, "\(result.errorText)")
        #expect(result.text == "\(told.split(separator: "\n").count)\n")
    }
}
