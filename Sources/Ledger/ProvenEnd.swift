/// Where the log is proven to end, for one who asks and changes nothing.
///
/// The log may go on behind it: a command was stopped there, or the ledger was copied while one worked.
package struct ProvenEnd: Hashable, Sendable {
    /// How what an index remembers stands to the log.
    package enum Relation: Hashable, Sendable {
        /// The log goes on from what is remembered, or ends there, up to the checkpoint.
        case behind
        /// The log holds what is remembered, and the checkpoint is older.
        case ahead
        /// The log does not hold what is remembered.
        case foreign
    }

    /// What the checkpoint commits to.
    package let end: LedgerFolder.End
    /// How what is remembered stands to the log; `behind` where nothing is.
    package let relation: Relation
}

extension LedgerFolder {
    /// The length of the whole log in bytes, proven or not.
    package func size() throws -> Int { try logSize() }

    /// Where the log is proven to end.
    ///
    /// - Parameter remembered: the end that an index remembers; what lies before it is not read again where it fits.
    /// - Returns: the end that the checkpoint commits to, and how what is remembered stands to it.
    /// - Throws: `LedgerError`, code `damaged`, where the log is not what its checkpoint commits to.
    package func provenEnd(remembered: End? = nil) throws -> ProvenEnd {
        let said = try readCheckpoint()
        if let remembered, remembered.frontier.size <= said.size {
            let (reached, _) = try walk(from: remembered, to: said.size, and: said.size)
            if reached.checkpoint == said { return ProvenEnd(end: reached, relation: .behind) }
        }
        let start = End(origin: said.origin, bytes: 0, frontier: MerkleFrontier())
        let (end, last) = try walk(from: start, to: said.size, and: max(said.size, remembered?.frontier.size ?? 0))
        guard end.checkpoint == said else {
            throw LedgerError(.damaged, message: "its lines are not those that the checkpoint names")
        }
        guard let remembered else { return ProvenEnd(end: end, relation: .behind) }
        return ProvenEnd(end: end, relation: last == remembered ? .ahead : .foreign)
    }

    /// The ends behind two numbers of lines, the second not before the first; earlier where the log has fewer.
    private func walk(from start: End, to first: Int, and second: Int) throws -> (End, End) {
        struct Reached: Error {}
        var end = start
        var at = start
        guard start.frontier.size < second else { return (start, start) }
        do {
            try readLog(from: start.bytes) { line, isWhole in
                guard isWhole else { throw Reached() }
                var frontier = end.frontier
                frontier.append(MerkleFrontier.leaf(line))
                end = End(origin: start.origin, bytes: end.bytes + line.count + 1, frontier: frontier)
                if frontier.size == first { at = end }
                if frontier.size == second { throw Reached() }
            }
        } catch is Reached {}
        return (first <= end.frontier.size ? at : end, end)
    }
}
