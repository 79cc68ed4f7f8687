import FileSafety
import Foundation

/// The proof that a line stands in a log, as text: the C2SP form `tlog-proof` (<https://c2sp.org/tlog-proof>).
///
/// It holds the line's place, the hashes beside its way to the root, and the checkpoint whose root that is: whoever knows the
/// line needs nothing else.
package struct TlogProof: Hashable, Sendable, CustomStringConvertible {
    /// The line's place, from 0.
    package let index: Int
    /// The hashes beside its way to the root, the nearest first.
    package let path: [[UInt8]]
    /// The checkpoint that it leads to, a note to the letter.
    package let checkpoint: String

    /// A proof out of its parts.
    package init(index: Int, path: [[UInt8]], checkpoint: String) {
        self.index = index
        self.path = path
        self.checkpoint = checkpoint
    }

    private static let header = "c2sp.org/tlog-proof@v1"

    /// The lines of the file.
    package var description: String {
        let hashes = path.map { Data($0).base64EncodedString() + "\n" }.joined()
        return "\(Self.header)\nindex \(index)\n\(hashes)\n\(checkpoint)"
    }
}

extension LedgerFolder {
    /// The proofs that lines stand in their places, from the kept leaf hashes.
    ///
    /// Where many lines are asked for, what their ways have in common is computed once.
    ///
    /// - Parameters:
    ///   - lines: the lines, from 1.
    ///   - size: how many lines the ledger has that the proofs are for.
    /// - Returns: for each line its hashes, the nearest first.
    /// - Throws: `LedgerError`, code `damaged`, where the ledger has no such line.
    package func inclusionProofs(of lines: [Int], size: Int) throws -> [[[UInt8]]] {
        let file = try LeafFile(leaves)
        var roots: [Range<Int>: [UInt8]] = [:]
        return try lines.map { line in
            guard size > 0, (1...size).contains(line) else {
                throw LedgerError(.damaged, message: "there is no line \(line) among \(size)")
            }
            return try MerkleProof.path(of: line - 1, in: 0..<size).map { stretch in
                if let known = roots[stretch] { return known }
                var frontier = MerkleFrontier()
                try file.add(stretch, to: &frontier)
                roots[stretch] = frontier.root
                return frontier.root
            }
        }
    }
}
