/// Proofs over the tree of the ledger: RFC 6962, sections 2.1.1 and 2.1.2.
///
/// A path proves that a line stands where somebody says; a consistency proof, that a longer ledger begins with the shorter one
/// that a checkpoint elsewhere names. Both are checked with the algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2, from
/// hashes alone.
package enum MerkleProof {
    /// The stretches of leaves whose roots make the path of one leaf, the nearest first.
    static func path(of index: Int, in range: Range<Int>) -> [Range<Int>] {
        guard range.count > 1 else { return [] }
        let middle = split(range)
        return index < middle
            ? path(of: index, in: range.lowerBound..<middle) + [middle..<range.upperBound]
            : path(of: index, in: middle..<range.upperBound) + [range.lowerBound..<middle]
    }

    /// The stretches of leaves whose roots prove that the first `old` leaves of a range begin it.
    static func consistency(_ old: Int, in range: Range<Int>, isWhole: Bool = true) -> [Range<Int>] {
        if old == range.upperBound { return isWhole ? [] : [range] }
        let middle = split(range)
        return old <= middle
            ? consistency(old, in: range.lowerBound..<middle, isWhole: isWhole) + [middle..<range.upperBound]
            : consistency(old, in: middle..<range.upperBound, isWhole: false) + [range.lowerBound..<middle]
    }

    /// Where a range of two leaves or more is split: behind the largest power of two below its length.
    private static func split(_ range: Range<Int>) -> Int {
        range.lowerBound + 1 << (Int.bitWidth - 1 - (range.count - 1).leadingZeroBitCount)
    }

    /// The root that a path leads to; nil where it cannot be the path of that leaf.
    ///
    /// - Parameters:
    ///   - leaf: the leaf's hash.
    ///   - index: its place, from 0.
    ///   - size: how many leaves the tree has.
    ///   - path: the hashes beside its way to the root, the nearest first.
    /// - Returns: the root that a checkpoint must name for the proof to hold.
    package static func root(of leaf: [UInt8], at index: Int, size: Int, path: [[UInt8]]) -> [UInt8]? {
        guard index >= 0, index < size else { return nil }
        var (place, last, node) = (index, size - 1, leaf)
        for beside in path {
            guard last > 0 else { return nil }
            if place & 1 == 1 || place == last {
                node = MerkleFrontier.join(beside, node)
                while place & 1 == 0, place > 0 { (place, last) = (place >> 1, last >> 1) }
            } else {
                node = MerkleFrontier.join(node, beside)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 ? node : nil
    }

    /// Whether a tree begins with a smaller one.
    ///
    /// - Parameters:
    ///   - old: what the smaller one commits to.
    ///   - new: what the larger one commits to.
    ///   - proof: the hashes, as `LedgerFolder.consistencyProof` gives them.
    /// - Returns: whether it does.
    package static func isConsistent(_ old: Checkpoint, _ new: Checkpoint, proof: [[UInt8]]) -> Bool {
        guard old.size <= new.size else { return false }
        if old.size == new.size { return proof.isEmpty && old.root == new.root }
        if old.size == 0 { return proof.isEmpty && old.root == MerkleFrontier().root }
        var rest = proof[...]
        // A smaller tree that is one full subtree is its own first hash.
        guard let first = old.size & (old.size - 1) == 0 ? old.root : rest.popFirst() else { return false }
        var (place, last) = (old.size - 1, new.size - 1)
        while place & 1 == 1 { (place, last) = (place >> 1, last >> 1) }
        var (before, after) = (first, first)
        for beside in rest {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                before = MerkleFrontier.join(beside, before)
                after = MerkleFrontier.join(beside, after)
                while place & 1 == 0, place > 0 { (place, last) = (place >> 1, last >> 1) }
            } else {
                after = MerkleFrontier.join(after, beside)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 && before == old.root && after == new.root
    }
}

extension LedgerFolder {
    /// The proof that a line stands in its place, from the kept leaf hashes, which it reads once and in pieces.
    ///
    /// - Parameters:
    ///   - line: the line, from 1.
    ///   - size: how many lines the ledger has that the proof is for.
    /// - Returns: the hashes, the nearest first.
    /// - Throws: `LedgerError`, code `damaged`, where the ledger has no such line.
    package func inclusionProof(of line: Int, size: Int) throws -> [[UInt8]] {
        guard (1...size).contains(line) else {
            throw LedgerError(.damaged, message: "there is no line \(line) among \(size)")
        }
        return try roots(of: MerkleProof.path(of: line - 1, in: 0..<size))
    }

    /// The proof that the ledger of so many lines begins with an older state of it.
    ///
    /// - Parameters:
    ///   - old: how many lines the older state has.
    ///   - size: how many lines the newer one has.
    /// - Returns: the hashes, as `MerkleProof.isConsistent` takes them.
    /// - Throws: `LedgerError`, code `damaged`, where the ledger is shorter.
    package func consistencyProof(from old: Int, to size: Int) throws -> [[UInt8]] {
        guard (0...size).contains(old) else {
            throw LedgerError(.damaged, message: "a ledger of \(size) lines does not begin with \(old)")
        }
        return old == 0 || old == size ? [] : try roots(of: MerkleProof.consistency(old, in: 0..<size))
    }

    private func roots(of stretches: [Range<Int>]) throws -> [[UInt8]] {
        let file = try LeafFile(leaves)
        return try stretches.map { stretch in
            var frontier = MerkleFrontier()
            try file.add(stretch, to: &frontier)
            return frontier.root
        }
    }
}
